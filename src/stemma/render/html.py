"""The dossiers as one self-contained HTML page."""

from __future__ import annotations

from stemma.records import Dossiers


def render_html(dossiers: Dossiers, language: str = "en") -> str:
    """The page; ``language`` is the language of the interface."""
    return f"<!doctype html><title>{len(dossiers.dossiers)}</title>"
