"""docs/corpus.md as it stands: its commands run, and their answers are those on the page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip(
    "duckdb", reason="docs/corpus.md asks with DuckDB, which is not installed: its commands are not run"
)
pytest.importorskip("numba", reason="a corpus needs the extra corpus")

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "corpus.md").read_text(encoding="utf-8")
# What a better rule may move a figure by (points, stories, minutes) before the page has to be written again.
TOLERANCE = 10.0


def test_commands_and_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bench").symlink_to(ROOT / "bench")
    (commands,) = re.findall(r"```sh\n(.*?)```", PAGE, flags=re.DOTALL)
    for line in commands.splitlines():
        if not line.startswith("pip "):
            subprocess.run(["sh", "-c", line], check=True)
    questions = re.findall(r"```python\n(.*?)```(.*?)(?=\n## |\Z)", PAGE, flags=re.DOTALL)
    assert len(questions) == 3
    for code, below in questions:
        answers: list[Any] = []
        exec(code, {"print": answers.append})
        _compare(table_in(below), [answers[0].columns, *answers[0].fetchall()])


def table_in(text: str) -> list[list[str]]:
    """The rows of the page's table, the names of its columns first."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    return [rows[0], *(row for row in rows[2:] if row[0] != "...")]


def _compare(shown: list[list[str]], found: list[Any]) -> None:
    assert shown[0] == list(found[0])
    assert len(shown) > 1
    for row in shown[1:]:
        same = next((one for one in found[1:] if str(one[0]) == row[0]), None)
        assert same is not None, f"docs/corpus.md has a row {row[0]!r}, and the run has not: {found}"
        assert all(map(_near, row[1:], same[1:])), f"docs/corpus.md says {row}, the run {same}: write the page again"


def _near(shown: str, value: Any) -> bool:
    """Whether a figure is about the same; a text begins with what is shown before "..."."""
    if isinstance(value, str):
        return value.startswith(shown.removesuffix("...").rstrip())
    return abs(float(shown) - float(value)) <= TOLERANCE
