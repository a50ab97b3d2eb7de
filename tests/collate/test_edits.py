"""The edits inside a passage."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.collate.edits import edits
from stemma.records import Passage, Span, Witness


def passage(a: str, b: str) -> Passage:
    return Passage(a=Witness("a", 0, len(a)), b=Witness("b", 0, len(b)), kind="near", similarity=0.9)


def seen(a: str, b: str) -> list[tuple[str, str, str]]:
    return [(e.kind, a[e.a.start : e.a.end], b[e.b.start : e.b.end]) for e in edits(a, b, passage(a, b))]


def test_replaced_added_and_dropped_words() -> None:
    a = "The mayor of Orland opened the new bridge on Monday in heavy rain before two hundred guests"
    b = "The mayor of Orland opened the old stone bridge on Monday before two hundred happy guests"
    assert seen(a, b) == [
        ("added", "", "old"),
        ("replaced", "new", "stone"),
        ("dropped", "in heavy rain", ""),
        ("added", "", "happy"),
    ]


def test_a_verbatim_passage_has_no_edits_whatever_its_punctuation() -> None:
    assert seen("He said: “No, never.”", 'HE SAID, "No never"') == []


def test_spans_count_from_the_beginning_of_the_report() -> None:
    a, b = "xx yy one two three", "one two four"
    given_passage = Passage(a=Witness("a", 6, 19), b=Witness("b", 0, 12), kind="near", similarity=0.7)
    assert edits(a, b, given_passage) == (("replaced", Span(14, 19), Span(8, 12)),)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_the_edits_turn_one_side_into_the_other(seed: int) -> None:
    rng = random.Random(seed)
    left = [f"w{rng.randrange(30)}" for _ in range(rng.randrange(1, 60))]
    right = [w for w in left if rng.random() > 0.15]
    right = [f"v{rng.randrange(30)}" if rng.random() < 0.1 else w for w in right]
    a, b = " ".join(left), " ".join(right)
    kept_a, kept_b = list(a), list(b)
    for edit in edits(a, b, passage(a, b)):
        kept_a[edit.a.start : edit.a.end] = [" "] * (edit.a.end - edit.a.start)
        kept_b[edit.b.start : edit.b.end] = [" "] * (edit.b.end - edit.b.start)
    assert "".join(kept_a).split() == "".join(kept_b).split()
