"""The situation: plain tables of what the reports state, and nothing else."""

from __future__ import annotations

import pytest

from stemma.events import find_interactions
from stemma.events.positions import positions
from stemma.events.situation import Situation, situation
from stemma.language import annotate
from stemma.read import report_from_text
from stemma.records import Actor, Annotated, Interaction

TEXT = (
    "Chile banned imports of Kenyan tea on Monday in retaliation for Kenya's new duties. "
    "Ghana and Norway held talks in a hotel. "
    "Poland refuses to join the boycott. "
    "The row was triggered by a remark about the harbour. "
    "Iceland abstained from the vote."
)


def report(text: str = TEXT, language: str = "en") -> Annotated:
    return annotate(report_from_text(text, id="r", language=language))


def table(text: str = TEXT) -> tuple[Situation, tuple[Interaction, ...]]:
    one = report(text)
    found = find_interactions(one, [])
    return situation(found, (), (one,)), found


def test_dyads_hold_the_interactions_behind_them() -> None:
    told, found = table()
    assert told.dyads
    for line in told.dyads:
        for number in line.interactions:
            one = found[number]
            codes = {p.code for p in (*one.actor, *one.recipient)}
            assert {line.actor.code, line.recipient.code} <= codes
            assert (line.quad, line.status, line.date) == (one.quad, one.status, one.date)


def test_a_measure_stands_with_its_cause() -> None:
    told, _ = table()
    measure = next(m for m in told.measures if m.type == "SANCTION")
    assert [p.code for p in measure.actor] == ["CHL"]
    assert [p.code for p in measure.recipient] == ["KEN"]
    assert [TEXT[w.start : w.end] for w in measure.because] == ["in retaliation for Kenya's new duties"]


def test_causes_without_an_interaction_are_kept() -> None:
    told, _ = table()
    assert "triggered by a remark about the harbour" in [TEXT[w.start : w.end] for w in told.causes]


def test_talks_are_mutual() -> None:
    told, _ = table()
    talks = [d for d in told.dyads if d.mutual]
    assert [(d.actor.code, d.recipient.code, d.quad) for d in talks] == [("GHA", "NOR", "verbal cooperation")]


def test_positions_are_stated_by_cue_and_span() -> None:
    told = {(p.party.code, p.stance): TEXT[p.where.start : p.where.end] for p in positions(report())}
    assert told[("POL", "refuses")] == "Poland refuses to join the boycott"
    assert told[("ISL", "abstains")] == "Iceland abstained from the vote"


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
    one = report("Ghanaian police arrested three Kenyan sailors.")
    chile = Actor("a1", "Republic of Ghana", "state", (), (), (), "GH")
    told = situation(find_interactions(one, []), (chile,))
    assert told.dyads[0].actor.name == "Republic of Ghana"


def test_order_of_interactions_changes_only_indexes() -> None:
    _, found = table()
    forward, backward = situation(found), situation(found[::-1])
    assert [(d.date, d.actor.code, d.recipient.code, d.quad) for d in forward.dyads] == [
        (d.date, d.actor.code, d.recipient.code, d.quad) for d in backward.dyads
    ]
    assert [m.where for m in forward.measures] == [m.where for m in backward.measures]


def test_nothing_gives_nothing() -> None:
    assert situation(()) == Situation((), (), (), ())
