"""Pairs of invented reports: what differs is found at its tier and kind, what agrees is left alone."""

from __future__ import annotations

from typing import Any

import pytest

from case_files import cases_in
from stemma.collate import find_statements
from stemma.compare import find_disagreements
from stemma.language import annotate
from stemma.reasons import replay
from stemma.records import Disagreement, Family, Report, Span
from stemma.story import one_story

ALARMS = {"contradiction", "counted differently", "role"}


def load() -> list[Any]:
    return [
        pytest.param(case, id=case["name"], marks=[pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else [])
        for case in cases_in("disagreements.jsonl")
    ]


def reports_of(case: dict[str, Any]) -> list[Report]:
    return [
        Report(
            id=f"r{number}",
            text=one["text"],
            language=one["language"],
            published=one.get("published"),
            body=(Span(0, len(one["text"])),),
        )
        for number, one in enumerate(case["reports"])
    ]


def compared(reports: list[Report], one_line: bool = False) -> tuple[Disagreement, ...]:
    """``one_line``: the reports are one line of reporting, not each its own."""
    members = [annotate(report) for report in reports]
    lines = [tuple(r.id for r in reports)] if one_line else [(r.id,) for r in reports]
    families = tuple(Family(f"f-{ids[0]}", ids, None, "unknown") for ids in lines)
    story = one_story(members)
    statements = find_statements(story, members, (), families)
    return find_disagreements(story, members, statements, families, ()).disagreements


def touches(one: Disagreement, reports: list[Report], wanted: dict[str, str]) -> bool:
    """Two different readings of the disagreement touch the wanted words, one in each report."""
    hits = []
    for report, words in ((reports[0], wanted["a"]), (reports[1], wanted["b"])):
        start = report.text.index(words)
        hits.append(
            {
                n
                for n, reading in enumerate(one.readings)
                for w in reading.witnesses
                if w.report == report.id and w.start < start + len(words) and start < w.end
            }
        )
    return any(a != b for a in hits[0] for b in hits[1])


@pytest.mark.parametrize("case", load())
def test_case(case: dict[str, Any]) -> None:
    reports = reports_of(case)
    found = compared(reports, case.get("one_line", False))
    shown = [(d.tier, d.kind, d.slot, [r.value for r in d.readings]) for d in found]
    for wanted in case["expect"]:
        hits = [d for d in found if touches(d, reports, wanted)]
        assert any((d.slot, d.tier, d.kind) == (wanted["slot"], wanted["tier"], wanted["kind"]) for d in hits), shown
    alarms = [d for d in found if d.kind in ALARMS and not any(touches(d, reports, w) for w in case["expect"])]
    assert not alarms, shown


def test_reasons_replay_and_spans_are_exact() -> None:
    for param in load():
        reports = reports_of(param.values[0])
        by_id = {report.id: report for report in reports}
        for one in compared(reports):
            for reason in one.reasons:
                assert replay(reason, by_id) == reason.score
            for reading in one.readings:
                assert (
                    reading.value
                    == by_id[reading.witnesses[0].report].text[reading.witnesses[0].start : reading.witnesses[0].end]
                )
                assert all(0 <= w.start < w.end <= len(by_id[w.report].text) for w in reading.witnesses)


def test_the_order_of_the_reports_does_not_matter() -> None:
    for param in load()[:12]:
        reports = reports_of(param.values[0])
        assert compared(reports) == compared(reports[::-1])


def test_what_was_not_compared_is_said_once_a_class() -> None:
    texts = [
        "A fire destroyed the Velmar rope factory in Lindhavn on Tuesday and killed 14 workers, the harbour police said.",
        "A fire destroyed the Velmar rope factory in Lindhavn on Tuesday and killed 14 workers, the harbour police said.",
        "The choir of Brennholm sang in the rain for two hours.",
        "Nobody knows why the herons left the ponds of Ostrava this spring.",
    ]
    reports = [Report(id=f"r{n}", text=t, language="en", body=(Span(0, len(t)),)) for n, t in enumerate(texts)]
    members = [annotate(report) for report in reports]
    story = one_story(members)
    left_out = find_disagreements(story, members, find_statements(story, members, (), ()), (), ()).not_compared
    assert [(one.what, len(one.spans)) for one in left_out] == [("2 whole reports", 2)]


def test_a_language_without_words_is_named() -> None:
    text = "Velmar 14 Lindhavn 2031."
    reports = [Report(id=f"r{n}", text=text, language="tlh", body=(Span(0, len(text)),)) for n in range(2)]
    members = [annotate(report) for report in reports]
    story = one_story(members)
    left_out = find_disagreements(story, members, (), (), ()).not_compared
    assert any("tlh" in one.what for one in left_out)


def test_a_list_without_full_stops_is_not_compared_and_said() -> None:
    texts = ["14 boats will not leave, " * 300, "17 boats left, " * 300]
    reports = [Report(id=f"r{n}", text=t, language="en", body=(Span(0, len(t)),)) for n, t in enumerate(texts)]
    members = [annotate(report) for report in reports]
    left_out = find_disagreements(one_story(members), members, (), (), ())
    assert not left_out.disagreements
    assert any("600 words" in one.what and len(one.spans) == 2 for one in left_out.not_compared)
