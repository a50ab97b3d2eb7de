"""The situation: plain lines of what the reports state, and nothing else."""

from __future__ import annotations

import pytest

from stemma.events import describe_situation, find_interactions
from stemma.events.positions import positions
from stemma.language import annotate
from stemma.read import report_from_text
from stemma.reasons import replay
from stemma.records import Actor, Annotated, Family, SituationLine, Story

TEXT = (
    "Chile banned imports of Kenyan tea on Monday in retaliation for Kenya's new duties. "
    "Ghana and Norway held talks in a hotel. "
    "Poland refuses to join the boycott. "
    "The row was triggered by a remark about the harbour. "
    "Iceland abstained from the vote."
)
STORY = Story("s1", "Tea", ("r",), None, None, ("en",))


def report(text: str = TEXT, language: str = "en", name: str = "r") -> Annotated:
    return annotate(report_from_text(text, id=name, language=language))


def lines(
    *members: Annotated, actors: tuple[Actor, ...] = (), families: tuple[Family, ...] = ()
) -> list[SituationLine]:
    members = members or (report(),)
    found = [i for one in members for i in find_interactions(one, [])]
    return list(describe_situation(STORY, members, found, actors, families))


def of_kind(kind: str, *members: Annotated) -> list[SituationLine]:
    return [line for line in lines(*members) if line.kind == kind]


def words(line: SituationLine, text: str = TEXT) -> list[str]:
    return [text[w.start : w.end] for w in line.witnesses]


def test_a_dyad_holds_the_words_behind_it() -> None:
    dyads = {(d.actor[0].code, d.recipient[0].code): d for d in of_kind("dyad")}
    assert dyads["CHL", "KEN"].quad == "material conflict"
    assert words(dyads["CHL", "KEN"]) == ["banned imports"]


def test_a_measure_stands_with_its_sort_and_its_cause() -> None:
    measure = next(m for m in of_kind("measure") if m.type == "SANCTION")
    assert ([p.code for p in measure.actor], [p.code for p in measure.recipient]) == (["CHL"], ["KEN"])
    assert measure.measure == "ban"
    assert [TEXT[w.start : w.end] for w in measure.because] == ["in retaliation for Kenya's new duties"]


def test_causes_without_an_interaction_are_kept() -> None:
    assert ["triggered by a remark about the harbour"] in [words(line) for line in of_kind("cause")]


def test_talks_are_mutual() -> None:
    talks = [d for d in of_kind("dyad") if d.mutual]
    assert [(d.actor[0].code, d.recipient[0].code, d.quad) for d in talks] == [("GHA", "NOR", "verbal cooperation")]


def test_positions_are_stated_by_cue_and_span() -> None:
    told = {(p.actor[0].code, p.stance): words(p) for p in of_kind("position")}
    assert told["POL", "refuses"] == ["Poland refuses to join the boycott"]
    assert told["ISL", "abstains"] == ["Iceland abstained from the vote"]


def test_every_line_has_spans_and_reasons_that_replay() -> None:
    one = report()
    for line in lines(one):
        assert line.witnesses and line.families and line.reasons
        for reason in line.reasons:
            assert replay(reason, {"r": one.report}) == reason.score > 0


def test_two_reports_of_one_act_are_one_line_with_two_families() -> None:
    a, b = report("Chile banned Kenyan tea.", name="a"), report("Chile has banned tea from Kenya.", name="b")
    (dyad,) = of_kind("dyad", a, b)
    assert [w.report for w in dyad.witnesses] == ["a", "b"] and dyad.families == ("a", "b")
    joined = lines(a, b, families=(Family("f", ("a", "b"), None, "unknown"),))
    assert joined[0].families == ("f",)


def test_who_says_so_is_kept_where_nobody_tells_it_himself() -> None:
    said = report("Poland said that Ghana attacked Norway.", name="a")
    told = report("Ghana attacked Norway.", name="b")
    attack = next(d for d in of_kind("dyad", said) if d.quad == "material conflict")
    assert attack.attributed_to == ("Poland",)
    assert next(d for d in of_kind("dyad", said, told) if d.quad == "material conflict").attributed_to == ()


@pytest.mark.parametrize(
    ("text", "language", "sort"),
    [
        ("Ghana imposed tariffs on Norway.", "en", "tariff"),
        ("Kenya's president visited Chile.", "en", "visit"),
        ("Norway signed an agreement with Peru.", "en", "agreement"),
        ("Ghana attacked Norway.", "en", None),
        ("Norge utviste to diplomater fra Ghana.", "nb", "expulsion"),
        ("Ghana verhängte Sanktionen gegen Norwegen.", "de", "sanctions"),
        ("La France et le Ghana ont signé un accord.", "fr", "agreement"),
    ],
)
def test_sorts_of_measures(text: str, language: str, sort: str | None) -> None:
    assert {m.measure for m in of_kind("measure", report(text, language))} <= {sort}
    assert bool(of_kind("measure", report(text, language))) == (sort is not None)


@pytest.mark.parametrize(
    ("text", "language", "stance"),
    [
        ("Kenya will not take sides in the quarrel.", "en", "neutral"),
        ("Norge nekter å sende skip.", "nb", "refuses"),
        ("Kenya does not want to pay.", "en", "refuses"),
        ("Chile quiere un acuerdo.", "es", "wants"),
        ("Die Schweiz bleibt neutral.", "de", "neutral"),
    ],
)
def test_positions_in_languages(text: str, language: str, stance: str) -> None:
    assert [p.stance for p in positions(report(text, language))] == [stance]


def test_nobody_named_takes_no_position() -> None:
    assert positions(report("She refuses to eat soup. The shop wants to open in May.")) == ()


def test_states_take_their_name_in_the_story() -> None:
    ghana = Actor("a1", "Republic of Ghana", "state", (), (), (), "GH")
    told = lines(report("Ghanaian police arrested three Kenyan sailors."), actors=(ghana,))
    assert told[0].actor[0].name == "Republic of Ghana"


def test_the_order_of_reports_and_interactions_changes_nothing() -> None:
    a, b = report(name="a"), report("Ghana attacked Norway on Monday.", name="b")
    found = [i for one in (a, b) for i in find_interactions(one, [])]
    forward = describe_situation(STORY, (a, b), found)
    assert forward == describe_situation(STORY, (b, a), found[::-1])
    assert len({line.id for line in forward}) == len(forward)


def test_nothing_gives_nothing() -> None:
    assert describe_situation(STORY, (), ()) == ()
