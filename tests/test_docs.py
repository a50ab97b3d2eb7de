"""The generated pages of docs/ are what the program says today, and the pages link to files that exist."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
from write_docs import pages  # noqa: E402


@pytest.mark.parametrize("name", ["schema.md", "schema.json"])
def test_generated_pages_are_current(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == pages()[name], (
        "run ./run docs and commit what it writes"
    )


def test_the_command_line_page_names_every_command() -> None:
    """Not compared word by word: click wraps help in its own way from version to version."""
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    from stemma.cli import COMMANDS

    assert [name for name in COMMANDS if f"## stemma {name}" not in page] == []


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))]
)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link and link[0] != "#"]
    assert [link for link in links if link and not ((ROOT / page).parent / link).exists()] == []
