"""What a disagreement is called, how a report without an outlet is called, and what is said of a part only."""

from __future__ import annotations

import msgspec
import pytest
import render_pile as pile

from stemma.records import Disagreement, Lineage, Quotation, Reading, Reason, Report, Span, Speaker, Witness
from stemma.render import render_html
from stemma.render.carried import MUCH_SHORTER, make_brief
from stemma.render.counted import in_short, shared_words, spread, subject, told_apart
from stemma.render.disagreeing import in_order
from stemma.render.evidence import Apparatus
from stemma.render.headline import make_headline
from stemma.render.sigla import file_of, heading
from stemma.render.speech import cue_of
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
        (differing("12", "21 passengers"), "Number: passengers"),
        (differing("12", "twenty-one passengers"), "Number: passengers"),
        (differing("12", "21"), "Number"),
        (differing("former mayor Brandt", "mayor Ida Brandt", slot="role"), "Office or role: mayor Brandt"),
        (differing("will meet Brandt", "met Brandt", slot="status"), "Done or still to come"),
    ],
)
def test_a_difference_is_called_by_what_is_counted(found: Disagreement, said: str) -> None:
    assert subject(book(), found) == said


def test_a_count_is_its_number_in_a_list() -> None:
    said = differing("more than 1,600 dead", "three died", "some died")
    assert [in_short(book(), r) for r in said.readings] == ["1,600", "3", "some died"]
    late = differing("took the lives of at least three", "took two of the three")
    assert [in_short(book(), r) for r in late.readings] == ["3", "2"]
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


@pytest.mark.parametrize(
    ("values", "most", "said"),
    [
        (["had been told", "had not been told"], 34, ["had been told", "had not been told"]),
        (["the old lighthouse was lit", "the old lighthouse was dark"], 20, ["was lit", "was dark"]),
        (["so the crew had left the ship", "so the crew had not left the ship"], 20, ["had left", "had not left"]),
        (["nothing at all is shared", "between two such wordings"], 12, ["nothing at …", "between two …"]),
    ],
)
def test_long_values_are_told_apart_by_what_differs(values: list[str], most: int, said: list[str]) -> None:
    assert told_apart(values, most) == said


@pytest.mark.parametrize(
    ("text", "cue", "kind", "said"),
    [
        ("Ida Brandt denied that rules were broken.", "denied", "indirect", "denied"),
        ("Ida Brandt has so far not confirmed that it failed.", "confirmed", "indirect", "has so far not confirmed"),
        ("Ida Brandt, who is mayor, said that it failed.", "said", "indirect", "said"),
        ("Ida Brandt called it “a shame”.", "called", "mixed", "called"),
        ("Ida Brandt said “it is a shame”.", "said", "direct", ""),
    ],
)
def test_speech_in_the_reports_words_has_the_reports_cue(text: str, cue: str, kind: str, said: str) -> None:
    at = text.index(cue)
    quotation = Quotation(
        id="q1",
        report="r1",
        content=(Span(at + len(cue) + 1, len(text)),),
        speaker=Speaker(Span(0, 10), "Ida Brandt"),
        cue=Span(at, at + len(cue)),
        type=kind,  # type: ignore[arg-type]
        marking="none",
        attribution="explicit",
    )
    assert cue_of(text, quotation) == said


@pytest.mark.parametrize("apart", [False, True])
def test_reports_without_a_shown_direction_are_told_at_a_glance(apart: bool) -> None:
    made = book()
    known = made.named
    one, two = next(
        (a, b)
        for a in known
        for b in known
        if a != b and known[a].lang == known[b].lang and (known[a].letter != known[b].letter) == apart
    )
    lines = tuple(
        Lineage(a, None, None, "shared source", "unsure", "f", linked=(b,)) for a, b in ((one, two), (two, one))
    )
    made = Apparatus.of(
        msgspec.structs.replace(made.dossier, lineage=lines),
        {key: named.report for key, named in made.named.items()},
        Words("en"),
        "en",
        set(),
    )
    sigla = " and ".join(named.siglum for key, named in made.named.items() if key in (one, two))
    counted = "; too little to count as one source" if apart else ""
    assert [g.answer for g in make_headline(made).glances][1] == f"{sigla} share text (direction not shown){counted}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The ferry struck the pier on Monday. Nobody was hurt.", "The ferry struck the pier on Monday."),
        ("Breaking. The ferry struck the pier. Nobody was hurt.", "Breaking. The ferry struck the pier."),
        ("word " * 60, "word " * 16 + "…"),
        ("海" * 100, "海" * 40 + " …"),
    ],
)
def test_a_story_without_a_title_is_called_by_its_first_sentence(text: str, said: str) -> None:
    assert heading("", Report(id="r1", text=text), 80) == said
    assert heading("A title", Report(id="r1", text=text), 80) == "A title"


def test_several_lines_that_disagree_inside_are_told_in_the_plural() -> None:
    for language, one, two in (("en", "Line A does", "Lines A and B do"), ("nb", "Linje A er", "Linjene A og B er")):
        words = Words(language)
        assert words.count("disagree.partly", 1, letter="A").startswith(one)
        assert words.count("disagree.partly", 2, letter=words.series(["A", "B"])).startswith(two)
