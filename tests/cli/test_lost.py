"""A stage that fails on one story or one report: the rest is answered, and what is missing is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import stemma
from stemma.cli import group
from stemma.errors import LostWarning
from stemma.stages import TRACEBACK

TEXT = "The mayor of Orsholm closed the grain harbour on Monday. Nine of its fourteen piers are hollow, Ada Brask said."


def fails(*_: Any) -> None:
    raise ZeroDivisionError("of the test")


@pytest.fixture
def pile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(TRACEBACK, raising=False)  # the other tests want defects to be raised
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_a_lost_story_is_said_on_stderr(pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stemma.stages.collate.find_statements", fails)
    done = CliRunner().invoke(group, ["statements", str(pile)])
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "left out" in done.stderr
    assert "ZeroDivisionError" in done.stderr


def test_a_lost_report_is_said_by_lines_and_by_analyse(pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = stemma.read_reports([str(pile)]).reports
    monkeypatch.setattr("stemma.stages.language.annotate", fails)
    with pytest.warns(LostWarning, match="ZeroDivisionError"):
        assert stemma.lines(reports, "quotations") == ()
    assert [one.read_from for one in stemma.analyse(reports).set_aside] == [str(pile / "one.txt")]
