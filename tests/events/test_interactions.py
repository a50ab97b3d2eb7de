"""Who did what to whom: cases of our own, negatives, known failures, and the promise that reasons replay."""

from __future__ import annotations

from typing import Any

import pytest

from case_files import cases_in
from clock import seconds
from stemma.events import find_interactions
from stemma.language import annotate
from stemma.read import report_from_text
from stemma.reasons import replay
from stemma.records import Interaction
from stemma.story import borrow_dates

CASES = cases_in("interactions.jsonl")


def found(case: dict[str, Any]) -> tuple[Interaction, ...]:
    return find_interactions(annotate(report_from_text(case["text"], id="r", language=case["language"])), [])


def _params() -> list[Any]:
    return [
        pytest.param(case, id=case["about"], marks=pytest.mark.xfail(reason=case["known"]) if "known" in case else ())
        for case in CASES
    ]


@pytest.mark.parametrize("case", _params())
def test_case(case: dict[str, Any]) -> None:
    if case.get("none"):
        assert not found(case)
        return
    first = found(case)[0]
    assert (first.type, first.quad, first.status) == (case["type"], case["quad"], case["status"])
    assert [p.code for p in first.actor] == case["actor"]
    assert [p.code for p in first.recipient] == case["recipient"]


@pytest.mark.parametrize("case", [c for c in CASES if not c.get("none") and "known" not in c], ids=lambda c: c["about"])
def test_reasons_replay_and_spans_hold(case: dict[str, Any]) -> None:
    report = report_from_text(case["text"], id="r", language=case["language"])
    for line in find_interactions(annotate(report), []):
        assert 0 <= line.start < line.end <= len(report.text)
        assert line.reasons
        assert all(replay(reason, {"r": report}) == reason.score > 0 for reason in line.reasons)


@pytest.mark.parametrize(
    "piece", ["Norway attacked ", "Norway and ", "talks between Chile and ", "said by ", "“Kenya "]
)
def test_hostile_text_costs_linear_time(piece: str) -> None:
    """A "sentence" of thousands of clauses is skipped, not read against itself."""
    annotated = annotate(report_from_text(piece * 4000, id="r", language="en"))
    assert seconds(lambda: find_interactions(annotated, [])) < 2


def test_a_cause_stands_with_the_event_it_explains() -> None:
    text = "Ghana expelled two Kenyan envoys in response to Kenya's tariffs."
    report = annotate(report_from_text(text, id="r", language="en"))
    first = find_interactions(report, [])[0]
    assert [text[w.start : w.end] for w in first.because] == ["in response to Kenya's tariffs"]


def test_a_reply_takes_in_what_it_includes() -> None:
    text = "Chile's retaliatory measures, including a ban on Kenyan tea, began in May."
    report = annotate(report_from_text(text, id="r", language="en"))
    spans = [text[w.start : w.end] for line in find_interactions(report, []) for w in line.because]
    assert spans == ["Chile's retaliatory measures, including a ban on Kenyan tea"]


def test_a_state_inside_the_name_of_a_firm_is_no_party() -> None:
    text = "Unions accused Air Kenya of fraud. Pro-Kenyan voters attacked Ghana."
    report = annotate(report_from_text(text, id="r", language="en"))
    assert {p.code for line in find_interactions(report, []) for p in (*line.actor, *line.recipient)} == {"GHA"}


def test_the_date_of_another_clause_is_not_the_events() -> None:
    text = "Ghana expelled two Kenyan envoys after losing the vote in 2022."
    report = annotate(report_from_text(text, id="r", language="en", published="2031-05-05"))
    assert [line.date for line in find_interactions(report, borrow_dates([report]))] == [None]
