"""Stemma reads a pile of news reports and gives back one sourced picture of what they tell.

    reading = stemma.read(["reports/"])
    dossiers = stemma.analyse(reading.reports, set_aside=reading.set_aside)

The names are loaded when first used, so that the command line starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stemma.read import Reading, read, report_from_text
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
    "read",
    "render_html",
    "render_markdown",
    "report_from_text",
]

_HOMES = {
    "Dossier": "stemma.records",
    "Dossiers": "stemma.records",
    "Reading": "stemma.read",
    "Report": "stemma.records",
    "analyse": "stemma.run",
    "lines": "stemma.run",
    "read": "stemma.read",
    "read_reports": "stemma.read",
    "render_html": "stemma.render",
    "render_markdown": "stemma.render",
    "report_from_text": "stemma.read",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'stemma' has no attribute {name!r}")
    module = import_module(_HOMES[name])
    found = getattr(module, name)
    globals()[name] = found
    return found
