"""Trees from ties: directions that are known are kept, unknown ones follow the leanings, no ring comes out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.lineage.forest import Tie, grow


def ties(*rows: tuple[str, str, float, str, float]) -> list[Tie]:
    return [Tie((-near,), a, b, way, lean) for a, b, near, way, lean in rows]  # type: ignore[arg-type]


def edges(found: list[Tie]) -> dict[str, str]:
    return {edge.child: edge.parent for edge in grow(found).edges}


def test_with_known_directions_each_takes_its_nearest_earlier_relative() -> None:
    rows = ties(("a", "b", 90, "a to b", 8), ("b", "c", 80, "a to b", 8), ("a", "c", 70, "a to b", 8))
    assert edges(rows) == {"b": "a", "c": "b"}


def test_two_sources_of_one_report_stay_two_trees() -> None:
    forest = grow(ties(("a", "c", 60, "a to b", 8), ("b", "c", 40, "a to b", 8)))
    assert [(e.parent, e.child) for e in forest.edges] == [("a", "c")]
    assert [(t.a, t.b) for t in forest.left_over] == [("b", "c")]


def test_the_root_is_where_the_leanings_point_from() -> None:
    assert edges(ties(("a", "b", 60, "either", -2), ("b", "c", 50, "either", 1), ("c", "d", 40, "either", 0))) == {
        "a": "b",
        "c": "b",
        "d": "c",
    }


def test_a_margin_says_how_much_better_the_direction_is() -> None:
    forest = grow(ties(("a", "b", 60, "either", 3), ("b", "c", 50, "either", 0)))
    assert {e.child: e.margin for e in forest.edges} == {"b": 6.0, "c": 6.0}
    assert next(iter(grow(ties(("a", "b", 60, "either", 0))).edges)).margin == 0.0


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcdefgh"),
            st.sampled_from("abcdefgh"),
            st.integers(1, 5),
            st.sampled_from(["a to b", "b to a", "either"]),
            st.integers(-3, 3),
        ),
        max_size=20,
    )
)
def test_no_rings_one_source_each_and_known_directions_kept(rows: list[tuple[str, str, int, str, int]]) -> None:
    found = {
        (a, b): Tie((-near,), a, b, way, lean)  # type: ignore[arg-type]
        for a, b, near, way, lean in rows
        if a < b
    }
    forest = grow(found.values())
    parent = {edge.child: edge.parent for edge in forest.edges}
    assert len(parent) == len(forest.edges)
    for start in parent:
        at, steps = start, 0
        while at in parent:
            at, steps = parent[at], steps + 1
            assert steps <= len(parent)
    for child, source in parent.items():
        tie = found[min(child, source), max(child, source)]
        assert tie.way != ("b to a" if source < child else "a to b")
    assert grow(list(found.values())[::-1]) == forest
