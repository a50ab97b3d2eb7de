"""Many stories as a folder that any web server, or none, can show: an index, a page for each story, a feed, a site map.

The pages share one style sheet and one program, named by their content; each allows nothing else. Dates are those of the
reports, never the clock's: the feed of the same pile is the same tomorrow.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile

import xxhash
from msgspec.structs import replace

from stemma.records import Dossier, Dossiers, Report
from stemma.render.clean import clip, shown
from stemma.render.days import published
from stemma.render.evidence import Apparatus
from stemma.render.headline import story_title
from stemma.render.html import largest_first, left_out, script_of, shell, style_of, template, titles_of
from stemma.render.sigla import anchor, outlet_of
from stemma.render.story import make_story
from stemma.render.words import Words

MOST_STORIES = 2000  # a page each; an index of more is no index
IN_FEED = 200  # the newest stories: a reader that looks once a day misses none of a busy desk
NAMES = 12  # names of a story that the index is searched by
OUTLETS = 6
MADE = "page.made_many"
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True)
class Row:
    """A story in the index and in the feed. ``updated`` is the time of its last report (RFC 3339), "" where none is dated."""

    id: str
    path: str
    title: str
    lang: str
    reports: int
    sources: int
    clashes: int
    languages: str
    codes: str
    outlets: str
    names: str
    dates: str
    last: str
    updated: str
    summary: str


def render_site(dossiers: Dossiers, language: str = "en", base: str = "") -> Iterator[tuple[str, str]]:
    """The files of the folder as (path, text), one at a time. ``base`` is the address that the folder will have, ending in
    "/"; with it there is a site map, and the feed names whole addresses."""
    words = Words(language)
    style, script = style_of(), script_of()
    files = {"css": f"assets/page-{_digest(style)}.css", "js": f"assets/page-{_digest(script)}.js"}
    yield files["css"], style
    yield files["js"], script
    known = {one.id: one for one in dossiers.reports}
    rows, titles = [], titles_of(dossiers, language)
    for dossier in largest_first(list(dossiers.dossiers)):
        book = Apparatus.of(dossier, known, words, language, set())
        row = _row(book)
        rows.append(row)
        yield row.path, _page(dossiers, book, row, files, titles)
    yield "index.html", _index(dossiers, words, rows, files)
    yield from _feed(dossiers, words, rows, base)


def _digest(content: str) -> str:
    return xxhash.xxh3_64_hexdigest(content.encode())[:12]


def _page(dossiers: Dossiers, book: Apparatus, row: Row, files: dict[str, str], titles: dict[str, str]) -> str:
    """One story's page; ``titles`` are those of all stories."""
    mine = replace(dossiers, dossiers=(book.dossier,), set_aside=())
    return str(
        template("page.html.j2").render(
            **shell(mine, book.words, tuple(one.report for one in book.named.values()), MADE),
            style_file=f"../{files['css']}",
            script_file=f"../{files['js']}",
            policy=POLICY,
            pages=[make_story(book, dossiers.not_compared)],
            titles=titles,
            many=False,
            singles=[],
            reports=row.reports,
            stories=1,
            home="../index.html",
            set_aside=[],
            skipped=[],
            unmatched=[],
        )
    )


def _index(dossiers: Dossiers, words: Words, rows: list[Row], files: dict[str, str]) -> str:
    return str(
        template("index.html.j2").render(
            **shell(dossiers, words, dossiers.reports, MADE),
            policy=POLICY,
            style_file=files["css"],
            script_file=files["js"],
            rows=rows,
            reports=len(dossiers.reports),
            feed=any(row.updated for row in rows),
            undated=sum(not row.updated for row in rows),
            **left_out(dossiers, words, {one.story.id for one in dossiers.dossiers}),
        )
    )


def _feed(dossiers: Dossiers, words: Words, rows: list[Row], base: str) -> Iterator[tuple[str, str]]:
    """The feed of the newest stories, where any is dated (a feed must be), and with an address the site map."""
    dated = sorted((row for row in rows if row.updated), key=lambda row: (row.updated, row.id), reverse=True)
    if dated:
        yield (
            "feed.xml",
            template("feed.xml.j2").render(
                w=words,
                id=_urn(base or f"feed {_pile(dossiers.reports)}".rstrip()),
                stories=len(rows),
                updated=dated[0].updated,
                by=shown(dossiers.made.by),
                base=base,
                entries=dated[:IN_FEED],
            ),
        )
    if base:
        updated = dated[0].updated if dated else ""
        yield "sitemap.xml", template("sitemap.xml.j2").render(base=base, updated=updated, entries=rows)


def _pile(reports: Sequence[Report]) -> str:
    """What a pile is called that has no address, the same when its folder is made again: the folder that holds all its
    files, or the one file of several reports; "" where there is neither. Two piles of one name have one."""
    files = {(one.read_from or "").replace("\\", "/") for one in reports if "://" not in (one.read_from or "")}
    holders = {file.partition("#")[0] if "#" in file else file.rpartition("/")[0] for file in files - {""}}
    levels = zip(*(holder.split("/") for holder in holders), strict=False)
    *_, last = ("", *(level[0] for level in takewhile(lambda level: len(set(level)) == 1, levels)))
    return "" if last in (".", "..") else last


def _row(book: Apparatus) -> Row:
    dossier, words = book.dossier, book.words
    story = dossier.story
    title, lang = story_title(book)
    reports = [named.report for named in book.named.values()]
    updated = max((moment for one in reports if (moment := moment_of(one.published))), default=None)
    outlets = list(dict.fromkeys(name for one in reports if (name := outlet_of(one))))
    return Row(
        id=_urn(story.id),
        path=f"stories/{anchor('', story.id)}.html",
        title=clip(title, 160) or story.id,
        lang=lang,
        reports=len(reports),
        sources=dossier.independent_at_most,
        clashes=sum(one.tier == "clash" for one in dossier.disagreements),
        languages=", ".join(words.tongue(code) for code in story.languages),
        codes=" ".join(shown(code) for code in story.languages),
        outlets=", ".join(outlets[:OUTLETS]) + (" …" if len(outlets) > OUTLETS else ""),
        names=_names(dossier),
        dates=published(story.first, story.last, words),
        last=shown((story.last or "")[:10]),
        updated=updated.strftime("%Y-%m-%dT%H:%M:%SZ") if updated else "",
        summary=_summary(book, reports),
    )


def _names(dossier: Dossier) -> str:
    """Who is named most, in every spelling, for the search."""
    told = Counter({one.id: len(one.mentions) for one in dossier.actors if one.kind != "description"})
    forms = {one.id: [one.name, *(form.text for form in one.forms)] for one in dossier.actors}
    most = sorted(told, key=lambda one: (-told[one], one))[:NAMES]
    return clip(shown(", ".join(dict.fromkeys(form for one in most for form in forms[one]))), 400)


def _summary(book: Apparatus, reports: list[Report]) -> str:
    """ "5 reports, at most 3 independent sources. First sentence of the brief."""
    words, dossier = book.words, book.dossier
    counted = f"{words.count('headline.reports', len(reports))}, {words.count('headline.sources', dossier.independent_at_most)}."
    first = next((one for one in dossier.brief if one.report in book.named), None)
    if first is None:
        return counted
    text = book.named[first.report].report.text[first.start : first.end]
    return f"{counted} {clip(shown(text), 300)}"


def moment_of(published: str | None) -> datetime | None:
    """A date of publication as a moment: the start of its day where only the day is stated, UTC where no zone is."""
    try:
        moment = datetime.fromisoformat(published or "")
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _urn(name: str) -> str:
    """An address of no place, the same in every run."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'stemma:{name}')}"
