"""What a run leaves behind that was killed half way, and what two runs at once make of one file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "harbour"
STEMMA = (sys.executable, "-m", "stemma")


def started(target: Path) -> subprocess.Popen[bytes]:
    command = (
        *STEMMA,
        "report",
        str(EXAMPLE),
        "-o",
        str(target),
        "--json",
        str(target.with_suffix(".json")),
        "--quiet",
    )
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def whole(page: Path) -> bool:
    return page.read_text(encoding="utf-8").rstrip().endswith("</html>")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
@pytest.mark.parametrize("after", [0.2, 0.5, 0.9, 1.3])
def test_killed_half_way_the_former_output_stays_whole(tmp_path: Path, after: float) -> None:
    page, before = tmp_path / "page.html", "<html>former</html>\n"
    page.write_text(before, encoding="utf-8")
    run = started(page)
    time.sleep(after)
    run.kill()
    run.wait()
    assert whole(page)
    data = page.with_suffix(".json")
    assert not data.exists() or json.loads(data.read_text(encoding="utf-8"))["schema"]
    assert started(page).wait() == 0  # what the killed run left does not stand in the way of the next
    assert whole(page)
    assert page.read_text(encoding="utf-8") != before


def test_two_runs_at_once_into_one_file_leave_one_whole_answer(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    runs = [started(page), started(page)]
    assert [run.wait() for run in runs] == [0, 0]
    assert whole(page)
    assert json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))["schema"]
    assert sorted(os.listdir(tmp_path)) == ["page.html", "page.json"]
