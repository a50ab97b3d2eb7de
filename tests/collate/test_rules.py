"""Rules are replayed from reports, spans and values alone."""

from __future__ import annotations

from stemma import reasons
from stemma.collate import rules
from stemma.records import Report, Span, Witness

TEXT = "Mayor Ada Quill opened the Brant tunnel on Monday. It cost 90 million crowns and took six years."
OTHER = "Borgermester Ada Quill åpnet Brant-tunnelen mandag. Den kostet 90 millioner kroner og tok seks år."


def reports() -> dict[str, Report]:
    one = Report(id="a", text=TEXT, language="en", body=(Span(0, len(TEXT)),))
    return {"a": one, "b": Report(id="b", text=OTHER, language="nb", body=(Span(0, len(OTHER)),))}


def test_every_rule_can_be_replayed() -> None:
    both = reports()
    whole = (Witness("a", 0, len(TEXT)), Witness("b", 0, len(OTHER)))
    for name in ("shared passage", "aligned sentence pair", "translated passage"):
        reason = reasons.give(name, both, whole)
        assert reasons.replay(reason, reports()) == reason.score
        assert 0 <= reason.score <= 1


def test_what_the_scores_say() -> None:
    both = reports()
    same = (Witness("a", 0, 49), Witness("a", 0, 49))
    assert rules.shared_passage(both, same, ()) == 1.0
    whole = (Witness("a", 0, len(TEXT)), Witness("b", 0, len(OTHER)))
    assert rules.translated_passage(both, whole, ()) > 0.7
    assert rules.shared_passage(both, whole, ()) < 0.4
