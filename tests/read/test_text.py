"""Texts to reports: title, byline, dateline, agency, date, body, credits, cuts, language. Cases in cases/reading.jsonl."""

from __future__ import annotations

from typing import Any

import pytest

from case_files import cases_in
from stemma.read import report_from_text

CASES = cases_in("reading.jsonl")


def marked(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason="known failure")] if case["kind"] == "known failure" else []
    return pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    report = report_from_text(case["text"])
    paragraphs = [report.text[start:end] for start, end in report.body]
    for field in ("title", "byline", "dateline", "agency", "published", "language"):
        if field in case:
            assert getattr(report, field) == case[field], field
    if "body" in case:
        assert paragraphs == case["body"]
    if "paragraphs" in case:
        assert len(paragraphs) == case["paragraphs"], paragraphs
    for words in case.get("not_body", ()):
        assert not any(words in paragraph for paragraph in paragraphs), words
    if "credits" in case:
        assert list(dict.fromkeys(credit.name for credit in report.credits)) == case["credits"]
    if "cut" in case:
        assert list(report.cut) == case["cut"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_laws(case: dict[str, Any]) -> None:
    """The text stays as it is; spans lie in it, in order, without white space at their edges."""
    report = report_from_text(case["text"])
    assert report.text == case["text"]
    end = 0
    for span in report.body:
        assert end <= span.start < span.end <= len(report.text)
        assert report.text[span.start : span.end].strip() == report.text[span.start : span.end]
        end = span.end
    for credit in report.credits:
        assert 0 <= credit.span.start < credit.span.end <= len(report.text)


def test_the_id_is_the_text_and_what_is_known() -> None:
    text = CASES[0]["text"]
    assert report_from_text(text, read_from="a").id == report_from_text(text, read_from="b").id
    assert report_from_text(text, outlet="Fjordposten").id != report_from_text(text, outlet="Havnebladet").id
    assert report_from_text(text, id="given").id == "given"


def test_what_is_known_wins() -> None:
    report = report_from_text(CASES[0]["text"], agency="dpa", byline="Bo Quist", published="2026-02-04", language="nb")
    assert (report.agency, report.byline, report.published, report.language) == ("dpa", "Bo Quist", "2026-02-04", "nb")


def test_a_standfirst_is_body() -> None:
    """Where the title is known, a first line without a full stop is the report's own summary."""
    text = "Council of Fjordby builds quay for forty ships\n\nThe council of Fjordby said so on Tuesday."
    report = report_from_text(text, title="A quay is built")
    assert report.title == "A quay is built"
    assert [report.text[s:e] for s, e in report.body] == text.split("\n\n")


def test_a_title_known_from_elsewhere_is_no_body() -> None:
    report = report_from_text("A quay is built.\n\nThe council said so on Tuesday.", title="A quay  is built.")
    assert [report.text[s:e] for s, e in report.body] == ["The council said so on Tuesday."]
