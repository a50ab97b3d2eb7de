"""The dossiers as Markdown."""

from __future__ import annotations

from stemma.records import Dossiers


def render_markdown(dossiers: Dossiers, language: str = "en") -> str:
    """The dossiers as Markdown; ``language`` is the language of the headings."""
    return ""
