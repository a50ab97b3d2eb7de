"""What a disagreement is called, how a report without an outlet is called, and what is said of a part only."""

from __future__ import annotations

import pytest
import render_pile as pile

from stemma.records import Disagreement, Reading, Reason, Report, Witness
from stemma.render import render_html
from stemma.render.carried import MUCH_SHORTER, make_brief
from stemma.render.counted import in_short, shared_words, spread, subject
from stemma.render.disagreeing import in_order
from stemma.render.evidence import Apparatus
from stemma.render.sigla import file_of
from stemma.render.words import Words


def book() -> Apparatus:
    made = pile.make_dossiers()
    return Apparatus.of(made.dossiers[0], {one.id: one for one in made.reports}, Words("en"), "en", set())


def differing(*values: str, slot: str = "count", category: tuple[str, ...] = (), tier: str = "look") -> Disagreement:
    readings = tuple(Reading(value, (f"f{n}",), (Witness(pile.A1.id, 0, 1),)) for n, value in enumerate(values))
    reasons = (Reason("one thing counted", 1.0, (), category),) if category else ()
    return Disagreement("d1", "s1", slot, tier, "contradiction", readings, reasons=reasons)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (differing("9 drowned", "12 dead", category=("dead", "T:NO")), "Dead in Norway"),
        (differing("9 drowned", "12 dead", category=("dead", "P:Tarnholm")), "Dead in Tarnholm"),
        (differing("9 drowned", "12 dead", category=("dead", "no place named")), "Dead"),
        (differing("3 kites", "4 kites", category=("C:kite", "")), "Kites"),
        (differing("former mayor Brandt", "mayor Ida Brandt", slot="role"), "Office or role: mayor Brandt"),
        (differing("will meet Brandt", "met Brandt", slot="status"), "Done or still to come"),
    ],
)
def test_a_difference_is_called_by_what_is_counted(found: Disagreement, said: str) -> None:
    assert subject(book(), found) == said


def test_a_count_is_its_number_in_a_list() -> None:
    said = differing("more than 1,600 dead", "three died", "some died")
    assert [in_short(book(), r) for r in said.readings] == ["1,600", "3", "some died"]
    assert [r.value for r in in_order(book(), said)] == ["some died", "three died", "more than 1,600 dead"]
    assert shared_words(differing("one thing")) == ""


def test_clashes_come_first_then_deaths() -> None:
    clash, dead, other = (
        differing("1", "2", tier="clash"),
        differing("1", "2", category=("dead", "")),
        differing("1", "2", "3", category=("boats", "")),
    )
    assert sorted([other, dead, clash], key=spread) == [clash, dead, other]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/home/ida/pile/evening-paper.txt", "evening-paper.txt"),
        ("pile/000_9f3c2ab17e55.txt", None),
        ("pile/20260304.txt", None),
        ("pile.jsonl#3", None),
        ("https://example.org/a.html", None),
        (None, None),
    ],
)
def test_a_file_is_named_where_a_person_named_it(path: str | None, name: str | None) -> None:
    assert file_of(Report(id="r", text="x", read_from=path)) == name


def test_the_words_of_a_line_stay_whole_where_they_are_marked() -> None:
    said = make_brief(book())
    assert said and all("".join(text for _, text in one.pieces) == one.quote.text for one in said)
    assert all(len({flag[0] for flag in one.flags}) == len(one.flags) for one in said)
    assert 0 < MUCH_SHORTER < 1


def test_ids_lead_to_explain() -> None:
    page = render_html(pile.make_dossiers())
    assert all(f'data-x="{d.id}"' in page for d in pile.make_dossiers().dossiers[0].disagreements)
    assert "stemma explain ${line.dataset.x}" in page
