"""JSON Lines, JSON, CSV and Parquet: texts stay character for character, what is filled in wins, bad rows are set aside."""

from __future__ import annotations

import builtins
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.errors import CannotWrite, UnreadableInput
from stemma.read import read, report_from_text
from stemma.read.table import read_table, write_table

TEXT = "Quay to be built\n\nThe harbour council of Fjordby said on Tuesday that the new quay would be built."


def lines(path: Path, *rows: str) -> str:
    path.write_text("\n".join(rows), encoding="utf-8")
    return str(path)


def test_only_a_text_is_needed_and_other_names_are_understood(tmp_path: Path) -> None:
    row = {
        "text": TEXT,
        "source": "Fjordposten",
        "date": "3 February 2026",
        "id": 17,
        "headline": "Quay to be built",
        "lang": "en-GB",
    }
    (report,) = read([lines(tmp_path / "r.jsonl", json.dumps(row))]).reports
    assert (report.id, report.outlet, report.published, report.title, report.language) == (
        "17", "Fjordposten", "2026-02-03", "Quay to be built", "en",
    )  # fmt: skip
    assert [report.text[s:e] for s, e in report.body] == [TEXT.split("\n\n")[1]]


@pytest.mark.parametrize(
    ("stated", "iso"),
    [
        ("2026-02-03", "2026-02-03"),
        ("2026-02-03T10:15:00+01:00", "2026-02-03T10:15:00+01:00"),
        ("2026-02-03 10:15", "2026-02-03T10:15:00"),
        ("2026-02-03T10:15:00.123Z", "2026-02-03T10:15:00Z"),
        ("20260203", "2026-02-03"),
        (20260203, "2026-02-03"),
        ("3. februar 2026", "2026-02-03"),
        ("Feb. 3, 2026", "2026-02-03"),
        ("03.02.2026", "2026-02-03"),
        ("13/02/2026", "2026-02-13"),
        ("02/13/2026", "2026-02-13"),
        ("2026年2月3日", "2026-02-03"),
        ("03/04/2026", None),
        ("Tuesday", None),
        ("3 February", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_of_publication(tmp_path: Path, stated: object, iso: str | None) -> None:
    """Whole dates only; where day and month cannot be told apart nothing is guessed."""
    (report,) = read(
        [
            lines(
                tmp_path / "r.jsonl",
                json.dumps({"text": "The quay in the harbour was built by the council.", "date": stated}),
            )
        ]
    ).reports
    assert report.published == iso


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("03/04/2031", 'date "03/04/2031" not read: it has two meanings; write 2031-03-04 or 2031-04-03'),
        ("2031-02-30", 'date "2031-02-30" not read: no whole date'),
        ("sometime in spring", "write it as 2031-12-24"),
        (1927483200000, 'date "1927483200000" not read'),
        ("x" * 500, 'xxx ..." not read'),
        ("2031-04-03", None),
        ("", None),
        ("NaT", None),
        (None, None),
    ],
)
def test_a_date_that_cannot_be_read_is_said(tmp_path: Path, stated: object, said: str | None) -> None:
    """The report is read without it; what has no value is no date."""
    row = json.dumps({"text": TEXT, "date": stated})
    (report,) = read([lines(tmp_path / "r.jsonl", row)]).reports
    assert len(report.unread) == bool(said) and (said or "") in "".join(report.unread)


def test_bad_lines_are_set_aside_with_their_numbers(tmp_path: Path) -> None:
    good = json.dumps({"text": TEXT})
    path = lines(
        tmp_path / "r.jsonl",
        good,
        '{"text": "not closed',
        good,
        '{"text": 12}',
        "[1, 2]",
        '{"title": "no text"}',
        '"words"',
        "",
        "null",
        good,
    )
    reading = read([path])
    assert len(reading.reports) == 3
    assert [one.read_from for one in reading.set_aside] == [f"{path}#{number}" for number in (2, 4, 5, 6, 7, 9)]
    assert all(";" in one.reason for one in reading.set_aside)


def test_lone_surrogates_null_bytes_and_other_types(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "r.jsonl",
        '{"text": "A \\ud83d lone surrogate in the report.", "outlet": 5, "title": ["x", 2], "url": {"a": 1}, "byline": true}',
        '{"text": "A null \\u0000 in the report of the council."}',
        '{"text": "Not a number in a field of it.", "score": NaN}',
    )
    first, second, _ = read([path]).reports
    assert first.text == "A \ufffd lone surrogate in the report."
    assert (first.outlet, first.byline) == ("5", None)
    assert second.text == "A null \0 in the report of the council."


def test_nesting_without_end(tmp_path: Path) -> None:
    reading = read([lines(tmp_path / "r.jsonl", "[" * 200_000, json.dumps({"text": TEXT}))])
    assert len(reading.reports) == 1 and len(reading.set_aside) == 1


@pytest.mark.parametrize("shape", ["list", "reports", "one", "lines"])
def test_json(tmp_path: Path, shape: str) -> None:
    row: Any = {"text": TEXT, "id": "a"}
    whole = {"list": [row], "reports": {"schema": "x", "reports": [row]}, "one": row}.get(shape)
    (tmp_path / "r.json").write_text(
        json.dumps(whole) if whole else json.dumps(row) + "\n" + json.dumps(row), encoding="utf-8"
    )
    assert [report.id for report in read([str(tmp_path / "r.json")]).reports] == ["a"] * (2 if shape == "lines" else 1)


def test_a_body_that_fits_is_kept_and_one_that_does_not_is_found_again(tmp_path: Path) -> None:
    rows = [
        {"text": TEXT, "body": body}
        for body in ([[0, 16]], [[5, 3]], [[0, 10_000]], [["a", 1]], "x", [[0, 10], [5, 20]])
    ]
    kept, *others = read([lines(tmp_path / "r.jsonl", *map(json.dumps, rows))]).reports
    assert kept.body == ((0, 16),)
    assert {report.body for report in others} == {((18, len(TEXT)),)}


def test_the_table_of_a_user(tmp_path: Path) -> None:
    """Write, fill in, read: what is filled in wins, the text is the same, a semicolon table from a spreadsheet is read too."""
    pile = tmp_path / "pile.csv"
    write_table([report_from_text(TEXT), report_from_text(TEXT + " Again.")], pile)
    table = pile.read_text(encoding="utf-8-sig")
    filled = table.replace("r", "r", 1).splitlines(keepends=True)
    assert filled[0].startswith("id,outlet,published,language,title")
    pile.write_text(table.replace(",,,en,", ",Fjordposten,2026-02-03,en,", 1), encoding="utf-8-sig", newline="")
    first, second = read([str(pile)]).reports
    assert (first.outlet, first.published, first.text) == ("Fjordposten", "2026-02-03", TEXT)
    assert (second.outlet, second.published, second.text) == (None, None, TEXT + " Again.")
    (tmp_path / "s.csv").write_bytes('text;outlet\r\n"Møtet på kaia; i går";Fjordposten\r\n'.encode("windows-1252"))
    (report,) = read([str(tmp_path / "s.csv")]).reports
    assert (report.text, report.outlet) == ("Møtet på kaia; i går", "Fjordposten")
    (tmp_path / "h.csv").write_text("source,date,headline,body\nFjordposten,2026-02-03,Kaia,Kaia ble stengt i går.\n")
    (report,) = read([str(tmp_path / "h.csv")]).reports
    assert (report.text, report.title, report.published) == ("Kaia ble stengt i går.", "Kaia", "2026-02-03")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(lambda words: words.strip()),
        min_size=1,
        max_size=4,
    )
)
def test_texts_come_back_from_a_table_as_they_were(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    file = tmp_path_factory.mktemp("t") / "pile.csv"
    reports = [report_from_text(one, language="en") for one in words]
    write_table(reports, file)
    assert [report.text for report in read_table(file)] == words


def test_reports_come_back_whole(tmp_path: Path) -> None:
    text = 'Title, with "marks"\r\n\r\nBy Ann Linde\r\n\r\nFJORDBY, Feb 3 (AFP) - The council said so, she told NHK.\r\n\r\n=1+1 is two, it said.'
    report = report_from_text(text, outlet="Fjordposten", read_from="x.txt", published="2026-02-03")
    write_table([report], tmp_path / "pile.csv")
    assert read_table(tmp_path / "pile.csv") == (report,)


def test_reports_come_back_whole_from_json_lines(tmp_path: Path) -> None:
    """What `stemma read -o reports.jsonl` writes is read again as the same reports."""
    import msgspec

    text = "Quay to be built\n\nBy Ann Linde\n\nFJORDBY, Feb 3 (AFP) - The council said so on Tuesday, she told NHK.\n\nRelated Links\n\nMore"
    reports = tuple(
        report_from_text(text, outlet=outlet, read_from=f"{outlet}.txt") for outlet in (None, "Fjordposten")
    )
    path = lines(tmp_path / "reports.jsonl", *(msgspec.json.encode(report).decode() for report in reports))
    assert read([path]).reports == reports


def test_tables_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert 'without a column "text"' in read([str(tmp_path / "n.csv")]).set_aside[0].reason
    with pytest.raises(UnreadableInput):
        read_table(tmp_path / "n.csv")
    with pytest.raises(CannotWrite):
        write_table([], tmp_path / "no" / "such" / "folder.csv")


def test_parquet(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    import datetime

    from pyarrow import parquet

    day = datetime.datetime(2026, 2, 3, 10, 15, tzinfo=datetime.UTC)
    rows = {"id": ["a", "b", "c"], "text": [TEXT, None, TEXT], "date": [day, day, None], "other": [1, 2, 3]}
    parquet.write_table(pyarrow.table(rows), tmp_path / "r.parquet")
    reading = read([str(tmp_path / "r.parquet")])
    assert [(report.id, report.published) for report in reading.reports] == [
        ("a", "2026-02-03T10:15:00+00:00"),
        ("c", None),
    ]
    assert [one.read_from.rsplit("#")[1] for one in reading.set_aside] == ["2"]
    (tmp_path / "bad.parquet").write_bytes(b"PAR1" + bytes(100))
    assert "not a Parquet file" in read([str(tmp_path / "bad.parquet")]).set_aside[0].reason


def test_a_time_that_no_calendar_has_costs_its_row(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="Parquet needs the extra corpus")
    from pyarrow import parquet

    texts = ["Lorvik has a new bridge.", "The ferry stays.", "Rain is on its way."]
    times = pa.array([0, 2**62, 86_400_000_000], pa.timestamp("us"))
    parquet.write_table(pa.table({"text": texts, "published": times}), tmp_path / "t.parquet")
    found = read([str(tmp_path / "t.parquet")])
    assert [(one.text, one.read_from) for one in found.reports] == [
        (texts[0], f"{tmp_path}/t.parquet#1"),
        (texts[2], f"{tmp_path}/t.parquet#3"),
    ]
    assert [one.read_from for one in found.set_aside] == [f"{tmp_path}/t.parquet#2"]
    assert "write it as text" in found.set_aside[0].reason


def test_parquet_without_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "r.parquet").write_bytes(b"PAR1" + bytes(100))
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    assert "stemma-news[corpus]" in read([str(tmp_path / "r.parquet")]).set_aside[0].reason
