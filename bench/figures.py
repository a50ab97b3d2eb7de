"""Where the figures of the benches are kept: ``docs/figures.md``, each table between two marks of its name."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def write_figures(name: str, text: str) -> None:
    """Put the text in the place of what the last run of the bench of that name wrote."""
    page = ROOT / "docs" / "figures.md"
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    head, _, rest = page.read_text(encoding="utf-8").partition(begin)
    _, found, tail = rest.partition(end)
    if not found:
        raise SystemExit(f"{page} has no place for these figures: put {begin} and {end} where they belong")
    page.write_text(f"{head}{begin}\n{text}\n{end}{tail}", encoding="utf-8")
