"""Rendering: dossiers to one self-contained HTML page, to a folder of pages, to Markdown, to tables."""

from stemma.render.html import render_html
from stemma.render.markdown import render_markdown
from stemma.render.site import render_site

__all__ = ["render_html", "render_markdown", "render_site"]
