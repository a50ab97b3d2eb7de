"""Rendering: dossiers to one self-contained HTML page, to a folder of pages, to Markdown, to tables.

Where to find what (docs/design-of-the-page.md says why each part looks as it does):

- naming: ``words`` (the strings of the interface), ``sigla`` (A1, A2, B), ``clean`` (text as it may be shown), ``days``
- ``evidence``: from a span to the link that shows it; every part is made from an ``Apparatus``
- the parts, in the page's order, each a ``make_...`` that gives records ready for the template: ``headline``, ``carried``
  (the brief, and what several carry), ``disagreeing`` (with ``counted``), ``origins`` (with ``tree``), ``speech`` (with
  ``wording``), ``timeline``, ``doing``, ``situation``, ``alone``, ``room``; shared by several: ``why``, ``corrected``, ``svg``
- pages: ``story`` puts the parts together, ``html`` makes one page, ``site`` a folder; ``templates/``, ``static/``, ``strings/``
- search: ``matching`` (when words meet), ``numbered`` (numbers in words), ``units`` (what can answer), ``finding`` (what does),
  ``answers`` (on a terminal); ``static/find.js`` is the first and the fourth again
- other forms: ``markdown``, ``tables``
"""

from stemma.render.html import render_html
from stemma.render.markdown import render_markdown
from stemma.render.site import render_site

__all__ = ["render_html", "render_markdown", "render_site"]
