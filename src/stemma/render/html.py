"""The dossiers as one self-contained HTML page.

Nothing is fetched: styles and script stand in the page, and its policy allows exactly these two by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from stemma.records import Dossier, Dossiers, NotCompared, Report
from stemma.render import finding, matching
from stemma.render.alone import Alone, make_alone
from stemma.render.carried import Carried, Said, make_brief, make_carried
from stemma.render.clean import clip, direction, flat, shown, tag
from stemma.render.days import in_words
from stemma.render.disagreeing import Differences, make_differences
from stemma.render.doing import Doings, make_doings
from stemma.render.evidence import Apparatus, Refs
from stemma.render.headline import Headline, make_headline
from stemma.render.origins import Origins, make_origins
from stemma.render.room import Room, make_room
from stemma.render.sigla import anchor, facts_of, outlet_of, tail
from stemma.render.speech import Speech, make_speech
from stemma.render.standing import Standing, make_standing
from stemma.render.timeline import Times, make_timeline
from stemma.render.words import Words

MOST_FULL = (
    60  # stories of several reports that get every part on one page; beyond, the smaller ones are given in short
)
NAMES = 10  # stories up to which each link to evidence carries its report's name as a tooltip
SHORT = ("brief", "disagree", "origins", "room", "aside")
COMPARING = ("carried", "disagree", "origins", "alone")  # parts that a single report cannot have


@dataclass(frozen=True)
class StoryPage:
    """Every part of one story, ready for the template. ``n`` counts the lines of each part, for the contents."""

    anchor: str
    headline: Headline
    brief: list[Said]
    brief_language: str
    reader: str
    carried: Carried
    differences: Differences
    origins: Origins
    speech: Speech
    times: Times
    doings: Doings
    standing: Standing
    alone: list[Alone]
    room: Room
    find: Markup
    skipped: list[tuple[str, str, Refs]]
    n: dict[str, int]
    parts: list[str]
    short: bool
    index: dict[str, object]


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
    pages = [
        _story(one, reports, words, language, dossiers.not_compared, used, rank >= MOST_FULL, len(several) < NAMES)
        for rank, one in enumerate(_largest_first(several))
    ]
    singles = [_single(one, reports, words, used) for one in dossiers.dossiers if one.story.id not in full]
    known = {one.story.id for one in several}
    style, script = _asset("page.css"), _asset("find.js") + _asset("page.js")
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            w=words,
            style=style,
            script=script,
            script_words=words.as_json(("page", "panel", "copy", "room", "index", "find", "languages")),
            endings=matching.as_json({(one.language or "").split("-")[0] for one in dossiers.reports}),
            policy=policy(style, script),
            pages=pages,
            many=len(pages) > 1 or bool(singles and not _compared(several)),
            singles=sorted((one for one in singles if one), key=lambda one: (one.title.casefold(), one.anchor)),
            reports=len(reports),
            stories=len(dossiers.dossiers),
            set_aside=[(shown(tail(one.read_from, 2)), shown(one.reason)) for one in dossiers.set_aside],
            skipped=[(shown(one.what), shown(one.reason)) for one in dossiers.not_compared if one.story not in known],
            made=words("page.made", date=in_words(dossiers.made.at[:10], words), by=shown(dossiers.made.by)),
        )
    )


def _compared(dossiers: list[Dossier]) -> bool:
    """Whether any story has reports to compare; the page opens on such a story where it is the only one."""
    return any(len(one.story.reports) > 1 for one in dossiers)


def policy(style: str, script: str) -> str:
    """The page's Content-Security-Policy: nothing but its own styles and script."""
    return f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"


def _hash(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


@cache
def _asset(name: str) -> str:
    return (files("stemma.render") / "static" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("stemma.render"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def _largest_first(dossiers: list[Dossier]) -> list[Dossier]:
    return sorted(
        dossiers,
        key=lambda one: (-one.independent_at_most, -len(one.story.reports), one.story.first or "9999", one.story.id),
    )


def _story(
    dossier: Dossier,
    reports: dict[str, Report],
    words: Words,
    reader: str,
    skipped: tuple[NotCompared, ...],
    used: set[str],
    short: bool,
    names: bool,
) -> StoryPage:
    book = Apparatus.of(dossier, reports, words, reader, used, names)
    headline, brief, carried = make_headline(book), make_brief(book), make_carried(book)
    differences, origins = make_differences(book), make_origins(book)
    speech = Speech([], [], [], [], 0) if short else make_speech(book)
    times = Times([], [], "") if short else make_timeline(book)
    doings = Doings([], [], Markup(""), []) if short else make_doings(book)
    alone = [] if short else make_alone(book)
    left = [(shown(s.what), shown(s.reason), book.refs(s.spans)) for s in skipped if s.story == dossier.story.id]
    standing = Standing([], [], []) if short else make_standing(book)
    room = make_room(book)
    clashes = len(differences.clashes)
    counts = {
        "brief": len(brief),
        "carried": len(carried.first) + len(carried.rest),
        "disagree": clashes + len(differences.looks) + len(differences.rest),
        "origins": len(book.named),
        "speech": len(dossier.quotations),
        "timeline": len(times.moments) + len(times.rest),
        "doing": len(doings.deeds) + len(doings.rest),
        "alone": sum(len(one.sentences) for one in alone),
        "room": len(book.named),
        "aside": len(left),
    }
    return StoryPage(
        anchor=anchor("", dossier.story.id),
        headline=headline,
        brief=brief,
        brief_language=_brief_language(book, brief),
        reader=words.tongue(reader),
        carried=carried,
        differences=differences,
        origins=origins,
        speech=speech,
        times=times,
        doings=doings,
        standing=standing,
        alone=alone,
        room=room,
        find=finding.as_data(finding.make_index(book)),
        skipped=left,
        n=counts,
        parts=[
            part
            for part in counts
            if (len(book.named) > 1 or part not in COMPARING) and not (short and part not in SHORT)
        ],
        short=short,
        index=_index_row(book, headline, clashes),
    )


def _brief_language(book: Apparatus, brief: list[Said]) -> str:
    """The languages of the brief's sentences where no report is in the reader's."""
    spoken = list(dict.fromkeys(said.quote.lang for said in brief))
    if not spoken or any(book.reads(one) for one in book.named):
        return ""
    return book.words.series([book.words.tongue(code) for code in spoken])


def _index_row(book: Apparatus, headline: Headline, clashes: int) -> dict[str, object]:
    story = book.dossier.story
    return {
        "reports": len(book.named),
        "sources": book.dossier.independent_at_most,
        "languages": ", ".join(book.words.tongue(code) for code in story.languages),
        "first": shown((story.first or "")[:10]),
        "dates": " – ".join(dict.fromkeys(in_words(end[:10], book.words) for end in (story.first, story.last) if end)),
        "clashes": clashes,
    }


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
