"""Notes among the reports of a folder: one rule tells them apart; what is named by itself is always read."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from case_files import cases_in
from stemma.read import read

CASES = cases_in("notes.jsonl")


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_notes_and_reports_in_a_folder(case: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / case["name"]
    file.write_text(case["text"], encoding="utf-8")
    found = read([str(tmp_path)])
    assert (len(found.reports), len(found.set_aside)) == ((1, 0) if case["report"] else (0, 1))
    for one in found.set_aside:
        assert one.read_from == str(file) and "who published it or when" in one.reason
    for path in (str(file), str(tmp_path / "*")):
        (one,) = read([path]).reports
        assert one.text == case["text"]
        for field, value in case.get("known", {}).items():
            assert getattr(one, field) == value
        for start, end in one.body:
            assert one.text[start:end].strip() and "---" not in one.text[start:end]


def test_notes_in_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pile.zip", "w") as pile:
        pile.writestr("README", "What lies in this archive: one report of the quay of Tarn.")
        pile.writestr("quay.txt", "The mayor of Tarn opened the new quay on Monday.")
    found = read([str(tmp_path / "pile.zip")])
    assert [one.read_from for one in found.reports] == [f"{tmp_path}/pile.zip#quay.txt"]
    assert [one.read_from for one in found.set_aside] == [f"{tmp_path}/pile.zip#README"]


def test_a_long_text_that_begins_with_a_rule_is_read_in_linear_time(tmp_path: Path) -> None:
    (tmp_path / "rule.txt").write_text("---\n" + "date:" * 100_000, encoding="utf-8")
    assert len(read([str(tmp_path / "rule.txt")]).reports) == 1


def test_prose_between_two_rules_is_no_head(tmp_path: Path) -> None:
    text = "---\nSource: Tarn Times\nThe mayor of Tarn resigned on Monday.\n---\nThe council meets again in May.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (one,) = read([str(tmp_path)]).reports
    assert "resigned" in "".join(text[start:end] for start, end in one.body)


def test_a_table_is_no_note_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("text\nThe mayor of Tarn opened the new quay on Monday.\n", encoding="utf-8")
    assert len(read([str(tmp_path)]).reports) == 1
