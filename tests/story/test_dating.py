"""Dates borrowed within a story: from whom, with which span, and what is left alone."""

from __future__ import annotations

import random

import msgspec

from stemma.language import annotate
from stemma.reasons import describe, replay
from stemma.records import Annotated, DateLine, Report, Span
from stemma.story import borrow_dates

DATED = (
    "The mayors of Ashwick and Varnholt met in Lindmoor on Tuesday. Mayor Oda Brandt of Ashwick said in November that the "
    "ferry to Varnholt would be sold. They last met in October at the port fair in Eskvik."
)
UNDATED = (
    "Mayors of Ashwick and Varnholt will meet in Lindmoor on Tuesday. In November Oda Brandt said the ferry to Varnholt "
    "would be sold. The two last met in October at the port fair in Eskvik. A toll was refused in March."
)


def annotated(name: str, text: str, published: str | None, language: str = "en") -> Annotated:
    report = Report(id=name, text=text, language=language, published=published, body=(Span(0, len(text)),))
    return annotate(report)


def words(members: list[Annotated], line: DateLine) -> str:
    text = next(one.report.text for one in members if one.report.id == line.report)
    return text[line.start : line.end]


def test_an_undated_report_borrows_from_the_sentence_that_tells_the_same() -> None:
    members = [annotated("r1", DATED, "2026-01-14"), annotated("r2", UNDATED, None)]
    lines = {words(members, line): line for line in borrow_dates(members) if line.report == "r2"}
    assert {key: line.value for key, line in lines.items()} == {
        "Tuesday": "2026-01-13",
        "November": "2025-11",
        "October": "2025-10",
        "March": "2025-03",
    }
    assert all(line.basis == "borrowed" for line in lines.values())
    source = lines["Tuesday"].borrowed_from
    assert source is not None
    assert DATED[source.start : source.end] == "Tuesday"
    assert lines["March"].borrowed_from is not None


def test_every_loan_has_a_reason_that_replays() -> None:
    members = [annotated("r1", DATED, "2026-01-14"), annotated("r2", UNDATED, None)]
    reports = {one.report.id: one.report for one in members}
    borrowed = [line for line in borrow_dates(members) if line.basis == "borrowed"]
    assert {reason.rule for line in borrowed for reason in line.reasons} == {
        "date of the same event",
        "date worked out on a report of the story",
    }
    for line in borrowed:
        assert line.confidence != "sure"
        for reason in line.reasons:
            assert reason.score > 0
            assert replay(reason, reports) == reason.score
            assert describe(reason.rule).endswith(".")


def test_a_loan_that_does_not_fit_scores_nothing() -> None:
    members = [annotated("r1", DATED, "2026-01-14"), annotated("r2", UNDATED, None)]
    reports = {one.report.id: one.report for one in members}
    reason = next(line for line in borrow_dates(members) if line.basis == "borrowed").reasons[0]
    assert replay(msgspec.structs.replace(reason, values=("wday:2;past", "2026-01-14", "2026-01-14")), reports) == 0


def test_a_preview_takes_the_day_that_the_account_gives() -> None:
    """The account is of Wednesday: counted from its own date, "on Tuesday" of the preview would be a week later."""
    members = [annotated("r1", DATED, "2026-01-14"), annotated("r2", UNDATED, None)]
    assert next(line.value for line in borrow_dates(members) if line.report == "r2") == "2026-01-13"


def test_nothing_is_borrowed_where_nothing_lends() -> None:
    lines = borrow_dates([annotated("r2", UNDATED, None)])
    assert [(line.value, line.basis, line.borrowed_from) for line in lines] == [
        ("XXXX-11", "stated", None),
        ("XXXX-10", "stated", None),
        ("XXXX-03", "stated", None),
    ]


def test_dated_reports_far_apart_do_not_lend_their_date() -> None:
    other = "The council of Eskvik chose a new harbour master, Per Lunde, and a new pilot. It meets on Friday."
    members = [annotated("r1", DATED, "2026-01-14"), annotated("r3", DATED, "2026-03-02"), annotated("r4", other, None)]
    assert [line for line in borrow_dates(members) if line.report == "r4"] == []


def test_a_report_with_its_own_date_borrows_nothing() -> None:
    members = [annotated("r1", DATED, "2026-01-14"), annotated("r2", UNDATED, "2026-01-12")]
    assert {line.basis for line in borrow_dates(members)} == {"own date"}


def test_languages_lend_to_each_other() -> None:
    text = "Ordførerne i Ashwick og Varnholt møttes i Lindmoor på tirsdag. De møttes sist i oktober på havnemessen i Eskvik."
    members = [annotated("r1", DATED, "2026-01-14"), annotated("r2", text, None, "nb")]
    lines = [line for line in borrow_dates(members) if line.report == "r2"]
    assert [(line.value, line.basis) for line in lines] == [("2026-01-13", "borrowed"), ("2025-10", "borrowed")]


def test_a_report_without_text_lends_nothing() -> None:
    lines = borrow_dates([annotated("r1", "", "2026-01-14"), annotated("r2", UNDATED, None)])
    assert {line.basis for line in lines} == {"stated"}


def test_the_order_of_the_reports_does_not_matter() -> None:
    members = [
        annotated("r1", DATED, "2026-01-14"),
        annotated("r2", UNDATED, None),
        annotated("r3", UNDATED + " It rained.", None),
    ]
    first = borrow_dates(members)
    for seed in range(4):
        random.Random(seed).shuffle(members)
        assert borrow_dates(members) == first


def test_the_weekday_that_most_siblings_give() -> None:
    """Nothing in the undated report tells alike, and its likeliest sibling is a week late."""
    members = [
        annotated("r1", "The pilots of Varnholt walked out on Saturday.", "2026-01-12"),
        annotated("r2", "All ships of Halvard Lines lay idle on Saturday.", "2026-01-11"),
        annotated("r3", "The strike of the crane drivers is over, their union in Eskvik said.", "2026-01-20"),
        annotated("r4", "From Saturday 400 crane drivers of the union in Eskvik want to strike.", None),
    ]
    lines = [(line.value, line.basis, line.confidence) for line in borrow_dates(members) if line.report == "r4"]
    assert lines == [("2026-01-10", "borrowed", "unsure")]
