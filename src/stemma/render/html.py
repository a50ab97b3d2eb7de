"""The dossiers as one self-contained HTML page.

Nothing is fetched: styles and script stand in the page, and its policy allows exactly these two by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined, compiler

from stemma.cache import cache_folder, content_of
from stemma.records import Dossier, Dossiers, Report
from stemma.render import matching
from stemma.render.clean import clip, direction, flat, shown, tag
from stemma.render.days import in_words
from stemma.render.evidence import Apparatus
from stemma.render.sigla import anchor, facts_of, outlet_of, reports_in_order, tail, title_of
from stemma.render.story import make_story
from stemma.render.words import Words

# Lines of the stories that get every part on one page; the others are given in short. Such a line takes about 2.5 kB with
# what belongs to it, so that the page stays near 1 MB beside its texts (133 real reports in 14 stories: 0.98 MB).
MOST_LINES = 300
# Files of static/, in the order in which the browser gets them. The scripts share one scope; find.js, before them, is used
# by tests as well.
STYLES = ("base", "parts", "print")
SCRIPTS = ("start", "panel", "room", "search", "copy", "index", "end")
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
SCRIPT_WORDS = ("page", "panel", "copy", "room", "index", "find", "languages")


@dataclass(frozen=True)
class Single:
    """A story of one report: a row with its text folded."""

    anchor: str
    title: str
    name: str
    facts: str
    published: str
    lang: str
    dir: str | None
    text: list[str]


def render_html(dossiers: Dossiers, language: str = "en") -> str:
    """The page; ``language`` is the language of the interface, and the one that quoted words are preferred in."""
    words = Words(language)
    reports = {one.id: one for one in dossiers.reports}
    used: set[str] = set()
    several = [one for one in dossiers.dossiers if len(one.story.reports) > 1] or list(dossiers.dossiers[:1])
    full = {one.story.id for one in several}
    ordered = largest_first(several)
    pages = [
        make_story(Apparatus.of(one, reports, words, language, used, short), dossiers.not_compared)
        for one, short in zip(ordered, _short(ordered), strict=True)
    ]
    singles = [_single(one, reports, words, used) for one in dossiers.dossiers if one.story.id not in full]
    style, script = style_of(), script_of()
    page: str = template("page.html.j2").render(
        **shell(dossiers, words, dossiers.reports),
        titles=titles_of(dossiers, language),
        style=style,
        script=script,
        style_file=None,
        script_file=None,
        policy=_policy(style, script),
        pages=pages,
        many=len(pages) > 1 or bool(singles and not _compared(several)),
        singles=sorted((one for one in singles if one), key=lambda one: (one.title.casefold(), one.anchor)),
        reports=len(reports),
        stories=len(dossiers.dossiers),
        home=None,
        **left_out(dossiers, words, {one.story.id for one in several}),
    )
    return page


def _short(ordered: list[Dossier]) -> list[bool]:
    """Which stories are given in short: a page that opens at once holds the largest in full. The first always is."""
    lines = [
        len(one.statements) + len(one.quotations) + len(one.timeline) + len(one.interactions) + len(one.disagreements)
        for one in ordered
    ]
    return [rank > 0 and total > MOST_LINES for rank, total in enumerate(accumulate(lines))]


def shell(dossiers: Dossiers, words: Words, reports: tuple[Report, ...], made: str = "page.made") -> dict[str, Any]:
    """What every page needs around its stories; ``reports`` are those that it shows, ``made`` the words at its foot."""
    return {
        "w": words,
        "script_words": words.as_json(SCRIPT_WORDS),
        "endings": matching.as_json({(one.language or "").split("-")[0] for one in reports}),
        "made": words(made, date=in_words(dossiers.made.at[:10], words), by=shown(dossiers.made.by)),
    }


def titles_of(dossiers: Dossiers, reader: str) -> dict[str, str]:
    """Story -> its title, for the stories that others follow up."""
    reports = {one.id: one for one in dossiers.reports}
    return {
        one.story.id: title_of(one, reports_in_order(one, reports), reader)[0] or one.story.id
        for one in dossiers.dossiers
    }


def left_out(dossiers: Dossiers, words: Words, told: set[str]) -> dict[str, Any]:
    """What could not be read, corrections that match nothing, and what was not compared and is not ``told`` with a story."""
    return {
        "set_aside": [(shown(tail(one.read_from, 2)), shown(one.reason)) for one in dossiers.set_aside],
        "skipped": [(shown(one.what), shown(one.reason)) for one in dossiers.not_compared if one.story not in told],
        "unmatched": [
            words(
                "corrected.not_matched",
                kind=one.kind,
                who=shown(one.who),
                when=in_words(one.when, words),
                note=shown(one.note or ""),
            )
            for one in dossiers.corrections
            if one.outcome == "not matched"
        ],
    }


def _compared(dossiers: list[Dossier]) -> bool:
    """Whether any story has reports to compare; the page opens on such a story where it is the only one."""
    return any(len(one.story.reports) > 1 for one in dossiers)


def style_of() -> str:
    """The style sheet of every page."""
    return "".join(_asset(f"{name}.css") for name in STYLES)


def script_of() -> str:
    """The program of every page."""
    rest = "".join(_asset(f"{name}.js") for name in SCRIPTS)
    return f'{_asset("find.js")}(() => {{\n"use strict";\n{rest}}})();\n'


def _policy(style: str, script: str) -> str:
    """The page's Content-Security-Policy: nothing but its own styles and script."""
    return f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"


def _hash(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


@cache
def _asset(name: str) -> str:
    """A file of ``static/`` without the blanks that begin its lines: a tenth of its size that no browser needs."""
    return _INDENT.sub("", (files("stemma.render") / "static" / name).read_text(encoding="utf-8"))


@cache
def _environment() -> Environment:
    """The templates, compiled once for each version of them and of jinja: that takes longer than a small page."""
    sources = (Path(__file__).parent / "templates").iterdir()
    kept = cache_folder("templates", content_of([*sources, Path(compiler.__file__)]))
    return Environment(
        loader=PackageLoader("stemma.render"),
        bytecode_cache=FileSystemBytecodeCache(str(kept)) if kept else None,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def template(name: str) -> Any:
    """A template of ``templates/``."""
    return _environment().get_template(name)


def largest_first(dossiers: list[Dossier]) -> list[Dossier]:
    """The order of stories: most independent sources, then most reports, then the earlier."""
    return sorted(
        dossiers,
        key=lambda one: (-one.independent_at_most, -len(one.story.reports), one.story.first or "9999", one.story.id),
    )


def _single(dossier: Dossier, reports: dict[str, Report], words: Words, used: set[str]) -> Single | None:
    report = next((reports[one] for one in dossier.story.reports if one in reports), None)
    if report is None:
        return None
    place = anchor("", dossier.story.id)
    used.add(place)
    title = clip(flat(dossier.story.title or report.title or ""), 160) or clip(flat(report.text[:300]), 90)
    return Single(
        anchor=place,
        title=title,
        name=outlet_of(report) or "",
        facts=" · ".join(facts_of(report, words)),
        published=shown((report.published or "")[:10]),
        lang=tag(report.language),
        dir=direction(report.language),
        text=[shown(line) for line in report.text.splitlines() if line.strip()],
    )
