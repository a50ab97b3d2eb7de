"""Where figures are kept: ``docs/figures.md``, each table between two marks of its name. Benches and ``./run eval`` write there."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def write_figures(name: str, text: str, note: str = "") -> None:
    """Put the text in the place of what the last run of that name wrote, below a line that says when and at which commit it was
    measured, and ``note``."""
    page = ROOT / "docs" / "figures.md"
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    head, _, rest = page.read_text(encoding="utf-8").partition(begin)
    _, found, tail = rest.partition(end)
    if not found:
        raise SystemExit(f"{page} has no place for these figures: put {begin} and {end} where they belong")
    measured = f"Measured {datetime.date.today()} at commit {_commit()}{note}."
    page.write_text(f"{head}{begin}\n{measured}\n\n{text}\n{end}{tail}", encoding="utf-8")


def _commit() -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip() or "unknown"
