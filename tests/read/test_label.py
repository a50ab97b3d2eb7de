"""How reports are called."""

from __future__ import annotations

from stemma.read import label, report_from_text
from stemma.read.label import labels, letter, printed_by

TEXT = "The harbour council of Fjordby said on Tuesday that the quay was late, the master of the harbour told NHK."


def test_the_outlet_where_it_is_known() -> None:
    assert label(report_from_text(TEXT, outlet="Fjordposten"), "B") == "Fjordposten"


def test_what_helps_where_it_is_not() -> None:
    assert label(report_from_text(TEXT), "B") == "B · English · undated · credits NHK"
    assert (
        label(report_from_text(TEXT, agency="AFP", published="2026-02-03T10:15:00Z"), "A")
        == "A · AFP · English · 2026-02-03 · credits NHK"
    )
    assert label(report_from_text("12345"), "C") == "C · language not known · undated"


def test_never_a_hash() -> None:
    report = report_from_text("12345")
    assert report.id not in label(report)


def test_letters() -> None:
    assert [letter(number) for number in (0, 1, 25, 26, 27, 701, 702)] == ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]


def test_a_storys_labels_differ() -> None:
    reports = [
        report_from_text(TEXT, outlet=outlet, id=str(number))
        for number, outlet in enumerate(("Fjordposten", None, "Fjordposten", None))
    ]
    assert list(labels(reports).values()) == [
        "Fjordposten (1)", "B · English · undated · credits NHK", "Fjordposten (2)", "D · English · undated · credits NHK",
    ]  # fmt: skip


def test_a_broken_address_is_no_host() -> None:
    assert printed_by(report_from_text(TEXT, url="http://[fjord")) is None
    assert printed_by(report_from_text(TEXT, url="https://www.fjordposten.example/quay")) == "fjordposten.example"
