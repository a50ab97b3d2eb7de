"""The timeline: events of one date joined and kept apart, bases, clauses, order."""

from __future__ import annotations

import random

from stemma.events import build_timeline
from stemma.events.timeline import sort_key
from stemma.language import annotate
from stemma.records import Annotated, Family, Report, Span, Statement, TimelineEntry, Witness
from stemma.story import borrow_dates

DATED = (
    "The mayors of Ashwick and Varnholt met in Lindmoor on Tuesday. They last met in October at the port fair in Eskvik. "
    "Ashwick held the island of Torrey from 1910 to 1945. On Jan. 6, a day after the fire in Dunmere, the ferry was sold to "
    "Halvard Lines. The toll of 1942 killed the trade of Dunmere."
)
UNDATED = (
    "Mayors of Ashwick and Varnholt will meet in Lindmoor on Tuesday. In October Sela Quist was chosen chair of the pilots. "
    "The island of Torrey, held by Ashwick 1910-1945, is in dispute."
)


def story() -> list[Annotated]:
    texts = {"r1": (DATED, "2026-01-14"), "r2": (UNDATED, None)}
    return [
        annotate(Report(id=name, text=text, language="en", published=date, body=(Span(0, len(text)),)))
        for name, (text, date) in texts.items()
    ]


def timeline(members: list[Annotated]) -> tuple[TimelineEntry, ...]:
    families = (Family("f1", ("r1",), None, "unknown"), Family("f2", ("r2",), None, "unknown"))
    return build_timeline(members, borrow_dates(members), (), families)


def test_entries_by_date_with_the_reports_that_tell_them() -> None:
    told = [(entry.date, sorted({w.report for w in entry.witnesses})) for entry in timeline(story())]
    assert told == [
        ("1910/1945", ["r1", "r2"]),
        ("1942", ["r1"]),
        ("2025-10", ["r1"]),
        ("2025-10", ["r2"]),
        ("2026-01-05", ["r1"]),
        ("2026-01-06", ["r1"]),
        ("2026-01-13", ["r1", "r2"]),
    ]


def test_a_borrowed_date_is_never_sure() -> None:
    for entry in timeline(story()):
        if entry.basis == "borrowed":
            assert entry.confidence != "sure"
    main = timeline(story())[-1]
    assert (main.basis, main.confidence, main.families) == ("own date", "likely", ("f1", "f2"))
    assert {w.report: w.basis for w in main.witnesses} == {"r1": "own date", "r2": "borrowed"}


def test_a_witness_is_the_clause_with_its_date() -> None:
    members = story()
    text = members[0].report.text
    entry = next(entry for entry in timeline(members) if entry.date == "2026-01-05")
    witness = entry.witnesses[0]
    assert text[witness.start : witness.end] == "a day after the fire in Dunmere"
    assert witness.date is not None
    assert text[witness.date.start : witness.date.end] == "a day after"


def test_every_witness_holds_its_date() -> None:
    for entry in timeline(story()):
        for witness in entry.witnesses:
            assert witness.date is not None
            assert witness.start <= witness.date.start < witness.date.end <= witness.end


def test_the_order_of_the_reports_does_not_matter() -> None:
    members = story()
    first = timeline(members)
    random.Random(1).shuffle(members)
    assert timeline(members[::-1]) == first


def test_a_report_that_tells_the_main_event_without_its_day_is_a_witness() -> None:
    third = "Mayors meet in Lindmoor. The mayors of Ashwick and Varnholt met in Lindmoor."
    members = [*story(), annotate(Report(id="r3", text=third, language="en", body=(Span(0, len(third)),)))]
    same = tuple(
        Witness(one.report.id, s.start, s.end)
        for one in members
        for s in one.sentences
        if "met in L" in one.report.text[s.start : s.end]
    )
    statement = Statement(id="st1", story="s", sentences=same, families=("f1", "f3"), confidence="likely")
    main = build_timeline(members, borrow_dates(members), (statement,), ())[-1]
    assert {w.report: w.basis for w in main.witnesses} == {"r1": "own date", "r2": "borrowed", "r3": "borrowed"}
    assert next(w for w in main.witnesses if w.report == "r3").borrowed_from is not None


def test_dates_in_the_order_of_time() -> None:
    dates = ["-0489", "-0479", "2024", "2024-33", "2024-01-05", "2024-04", "2024-22", "XXXX-10"]
    shuffled = [dates[n] for n in (3, 0, 7, 5, 1, 6, 2, 4)]
    assert sorted(shuffled, key=sort_key) == dates


def test_no_reports_no_timeline() -> None:
    assert build_timeline((), (), (), ()) == ()


def test_a_time_of_day_alone_is_no_date() -> None:
    text = "The ferry sank at 6.10 pm off Lindmoor. The mayor of Ashwick wept on Tuesday."
    report = Report(id="r1", text=text, language="en", published="2026-01-14", body=(Span(0, len(text)),))
    assert [entry.date for entry in timeline([annotate(report)])] == ["2026-01-13"]
