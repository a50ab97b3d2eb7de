"""Rendering: dossiers to one self-contained HTML page, to Markdown, to tables."""

from stemma.render.html import render_html
from stemma.render.markdown import render_markdown

__all__ = ["render_html", "render_markdown"]
