"""The commands of docs/corpus.md run as they stand there, on fewer reports."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip(
    "duckdb", reason="docs/corpus.md asks with DuckDB, which is not installed: its commands are not run"
)
pytest.importorskip("numba", reason="a corpus needs the extra corpus")

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ("2000", "60")  # on the page, here


def test_every_command_runs(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "corpus.md").read_text(encoding="utf-8")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    (tmp_path / "bench").symlink_to(ROOT / "bench")
    answers = []
    for language, block in re.findall(r"```(sh|python)\n(.*?)```", page, flags=re.DOTALL):
        commands = [line for line in block.splitlines() if line and not line.startswith("pip ")]
        calls = (
            [["sh", "-c", line.replace(*REPORTS)] for line in commands]
            if language == "sh"
            else [[sys.executable, "-c", block]]
        )
        for call in calls:
            done = subprocess.run(call, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{call}: {done.stderr}"
            answers.append(done.stdout)
    assert sum("outlets" in one or "sources" in one or "source, %" in one or "copies" in one for one in answers) == 3
