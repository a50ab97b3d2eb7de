"""docs/corrections.md and its worked example are what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from stemma import analyse, read_reports
from stemma.corrections import parse, read_corrections, told
from stemma.corrections.file import KINDS
from stemma.given import Given


def test_the_page_shows_every_kind_and_its_toml_is_read(examples: Path) -> None:
    page = (examples.parent / "docs" / "corrections.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in page] == []
    blocks = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert blocks
    assert all(parse(block) for block in blocks)


def test_the_worked_example(examples: Path) -> None:
    given = Given(read_corrections(examples / "harbour-corrections.toml"))
    found = analyse(read_reports([str(examples / "harbour")]).reports, given=given, workers=1)
    assert [one.outcome for one in found.corrections] == ["took effect"] * 4
    named = {(one.read_from or "").rsplit("/", 1)[1]: one for one in found.reports}
    main = max(found.dossiers, key=lambda one: len(one.story.reports))
    assert len(main.story.reports) == 8
    assert [told(reason) for reason in main.story.reasons] == [
        "corrected by Ida Holm, 2026-03-06: we file previews apart from what happened"
    ]
    rewrite, wire = named["05-rewrite.txt"], named["01-wire.txt"]
    assert (rewrite.outlet, rewrite.published) == ("The Quayside Herald", "2026-03-04")
    tuesday = next(line for line in main.dates if line.report == rewrite.id and line.value == "2026-03-03")
    assert tuesday.basis == "own date"
    assert [reason.values[0] for reason in tuesday.reasons] == ["this date"]
    made = [line for line in main.lineage if line.source == wire.id]
    assert made
    assert all("correction" in [reason.rule for reason in line.reasons] for line in made)
