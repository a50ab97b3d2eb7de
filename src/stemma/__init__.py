"""Stemma reads a pile of news reports and gives back one sourced picture of what they tell.

    reading = stemma.read_reports(["reports/"])
    dossiers = stemma.analyse(reading.reports, set_aside=reading.set_aside)

The names are loaded when first used, so that the command line starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stemma.read import Reading, report_from_text
    from stemma.read import read as read_reports
    from stemma.records import Dossier, Dossiers, Report
    from stemma.render import render_html, render_markdown
    from stemma.run import analyse, lines

from stemma.version import VERSION as __version__

__all__ = [
    "Dossier",
    "Dossiers",
    "Reading",
    "Report",
    "__version__",
    "analyse",
    "lines",
    "read_reports",
    "render_html",
    "render_markdown",
    "report_from_text",
]

# public name -> (module, name there)
_HOMES = {
    "Dossier": ("stemma.records", "Dossier"),
    "Dossiers": ("stemma.records", "Dossiers"),
    "Reading": ("stemma.read", "Reading"),
    "Report": ("stemma.records", "Report"),
    "analyse": ("stemma.run", "analyse"),
    "lines": ("stemma.run", "lines"),
    "read_reports": ("stemma.read", "read"),
    "render_html": ("stemma.render", "render_html"),
    "render_markdown": ("stemma.render", "render_markdown"),
    "report_from_text": ("stemma.read", "report_from_text"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'stemma' has no attribute {name!r}")
    module, there = _HOMES[name]
    found = getattr(import_module(module), there)
    globals()[name] = found
    return found
