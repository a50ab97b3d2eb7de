"""``stemma find`` and ``stemma report -o FOLDER/`` as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stemma.cli import group
from stemma.errors import BadUsage


def call(*arguments: str) -> Result:
    return CliRunner().invoke(group, list(arguments), catch_exceptions=False)


def test_answers_come_with_their_witnesses(examples: Path) -> None:
    said = call("find", "bridges", str(examples / "bridge"), "--one-story").output
    assert "reports, at most" in said and "¶" in said and "  A" in said


def test_what_nobody_says_is_not_stated(examples: Path) -> None:
    found = call("find", "unicorn", str(examples / "bridge"))
    assert found.exit_code == 0 and found.output.startswith("Not stated")


def test_marks_stand_round_spoken_words_alone(tmp_path: Path) -> None:
    told = "Mayor Ida Solberg said that the quay at Tarnholm would open in March. The work has taken two years so far."
    quoted = 'Mayor Ida Solberg said: "The quay at Tarnholm will open in March." The work has taken two years so far.'
    for text, marked in ((told, False), (quoted, True)):
        (tmp_path / "report.txt").write_text(text, encoding="utf-8")
        said = call("find", "Solberg", str(tmp_path / "report.txt"), "-q").output
        assert "Solberg: " in said and ("“" in said) == marked


def test_answers_as_json_lines(examples: Path, tmp_path: Path) -> None:
    target = tmp_path / "new" / "answers.jsonl"
    call("find", "bridge", str(examples / "bridge"), "-o", str(target), "-q")
    lines = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert lines and {"story", "kind", "id", "text", "families", "disagreements", "witnesses"} <= set(lines[0])
    reports = {
        json.loads(line)["id"]: json.loads(line)["text"]
        for line in call("read", str(examples / "bridge")).stdout.splitlines()
    }
    for line in lines:
        assert all(reports[w["report"]][w["start"] : w["end"]] for w in line["witnesses"])


def test_words_without_a_letter_are_wrong_usage(examples: Path) -> None:
    with pytest.raises(BadUsage, match="no word to look for"):
        call("find", "...", str(examples / "bridge"))


def test_a_folder_of_pages(examples: Path, tmp_path: Path) -> None:
    target = tmp_path / "new" / "site"
    call("report", str(examples / "bridge"), "-o", f"{target}/", "--base", "https://desk.example/x", "-q")
    assert (target / "index.html").is_file() and (target / "sitemap.xml").is_file()
    call(
        "report", str(examples / "bridge"), "-o", str(target), "-q"
    )  # again, and a folder that is there needs no slash
    assert (target / "index.html").is_file() and not (target / "sitemap.xml").exists()


@pytest.mark.parametrize("base", ["desk.example", "ftp://desk.example/", "https://desk.example/?a=1"])
def test_an_address_must_be_one(examples: Path, tmp_path: Path, base: str) -> None:
    with pytest.raises(BadUsage, match="no address"):
        call("report", str(examples / "bridge"), "-o", f"{tmp_path}/site/", "--base", base)


def test_an_address_needs_a_folder(examples: Path) -> None:
    with pytest.raises(BadUsage, match="FOLDER/"):
        call("report", str(examples / "bridge"), "-o", "x.html", "--base", "https://desk.example/")


@pytest.mark.parametrize("command", ["report", "brief", "statements", "read"])
def test_a_missing_folder_is_made(examples: Path, tmp_path: Path, command: str) -> None:
    target = tmp_path / "not" / "there" / "out.jsonl"
    target = target.with_suffix(".html") if command == "report" else target
    call(command, str(examples / "bridge"), "-o", str(target), "-q")
    assert target.is_file()
