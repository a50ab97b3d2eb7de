"""The reading room: every report in full, its paragraphs numbered, shared passages marked, every span a place to jump to."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup, escape

from stemma.records import Passage, Witness
from stemma.render.clean import Block, shown
from stemma.render.evidence import Apparatus, Ref
from stemma.render.sigla import Named, tail
from stemma.render.wording import Piece, compare

MOST_PASSAGES = 2500  # in the page's data; a story of 300 copies has 45,000, and no one compares them by eye
MOST_CHANGES = 20  # near passages whose changed words are written out
MOST_PARTNERS = 8  # sigla at the head of a shared passage
LISTED = 12  # partners listed under a report
CROWD = 40  # reports of a story from which on each lists three partners, later by letter only: the lists would outweigh the texts
KINDS = ("verbatim", "near", "translated", "boilerplate")


@dataclass(frozen=True)
class Partner:
    """Another report with which one shares passages: where, here and there."""

    siglum: str
    name: str
    places: list[tuple[Ref, Ref, str]]


@dataclass(frozen=True)
class Sheet:
    """One report in the room."""

    named: Named
    body: Markup
    partners: list[Partner]
    more: int
    credits: str
    path: str


@dataclass(frozen=True)
class Changed:
    """A near passage: the words of both, what changed marked."""

    a: Ref
    b: Ref
    pieces: list[Piece]
    lang: str
    dir: str | None


@dataclass(frozen=True)
class Room:
    """The part as a whole; ``data`` is what the script needs to set reports side by side."""

    sheets: list[Sheet]
    changes: list[Changed]
    left_out: int
    data: Markup


def make_room(book: Apparatus) -> Room:
    """The reading room of one story. Call it last: it gives a place to every span that another part points to."""
    passages = [p for p in book.dossier.passages if p.a.report in book.named and p.b.report in book.named]
    kept = _kept(book, passages)
    partners, more = _partners(book, kept)
    changes = [] if book.short else _changes(book, kept)
    shared = _shared(book, passages)
    sheets = []
    for one, named in book.named.items():
        report = named.report
        sheets.append(
            Sheet(
                named=named,
                body=Markup("").join(
                    _block(book, named, block, before, shared.get(one, []))
                    for block, before in _with_before(book.blocks[one])
                ),
                partners=partners.get(one, []),
                more=more.get(one, 0),
                credits=", ".join(dict.fromkeys(shown(c.name) for c in report.credits)),
                path=shown(tail(report.read_from or "", 1)),
            )
        )
    return Room(sheets, changes, len(passages) - len(kept), _data(book, kept))


def _kept(book: Apparatus, passages: list[Passage]) -> list[Passage]:
    """The passages that the page's data holds: those along the tree first, then the longest."""
    if len(passages) <= MOST_PASSAGES:
        return passages
    joined = {(e.from_, e.to) for e in book.dossier.stemma.edges}
    along = joined | {(b, a) for a, b in joined}
    best = sorted(passages, key=lambda p: ((p.a.report, p.b.report) not in along, -(p.a.end - p.a.start), p.a, p.b))[
        :MOST_PASSAGES
    ]
    return sorted(best, key=lambda p: (p.a, p.b, p.kind))


def _partners(book: Apparatus, passages: list[Passage]) -> tuple[dict[str, list[Partner]], dict[str, int]]:
    """For each report the others it shares passages with, in the order of their sigla, and how many more there are."""
    listed = LISTED if len(book.named) < CROWD else 3
    places: dict[str, dict[str, list[tuple[Witness, Witness, str]]]] = defaultdict(lambda: defaultdict(list))
    for passage in passages:
        if passage.kind == "boilerplate":
            continue
        places[passage.a.report][passage.b.report].append((passage.a, passage.b, passage.kind))
        places[passage.b.report][passage.a.report].append((passage.b, passage.a, passage.kind))
    found: dict[str, list[Partner]] = {}
    for one, others in places.items():
        for other in sorted(others, key=book.rank)[:listed]:
            links = []
            for here, there, kind in sorted(others[other])[
                : listed if len(book.named) < 3 * CROWD and not book.short else 0
            ]:
                a, b = book.ref(here), book.ref(there)
                if a and b:
                    links.append((a, b, book.words(f"room.kinds_{kind}")))
            found.setdefault(one, []).append(Partner(book.named[other].siglum, book.named[other].name, links))
    return found, {one: len(others) - listed for one, others in places.items() if len(others) > listed}


def _changes(book: Apparatus, passages: list[Passage]) -> list[Changed]:
    """The longest near passages with their changed words, one for each pair of places."""
    near = [p for p in passages if p.kind == "near" and book.named[p.a.report].lang == book.named[p.b.report].lang]
    near.sort(key=lambda p: (-(p.a.end - p.a.start), p.a, p.b))
    found = []
    for passage in near[: 3 * MOST_CHANGES]:
        first, second = sorted((passage.a, passage.b), key=lambda w: book.rank(w.report))
        pieces = compare(book.quote(first).text, book.quote(second).text)
        a, b = book.ref(first), book.ref(second)
        if pieces and a and b and any(p.change != "same" for p in pieces):
            found.append(Changed(a, b, pieces, book.named[second.report].lang, book.named[second.report].dir))
        if len(found) == MOST_CHANGES:
            break
    return found


Shared = list[tuple[int, int, str]]


def _shared(book: Apparatus, passages: list[Passage]) -> dict[str, Shared]:
    """For each report where shared passages stand, with the sigla of the others, places of the same extent as one."""
    grouped: dict[str, dict[tuple[int, int], list[str]]] = defaultdict(lambda: defaultdict(list))
    for passage in passages:
        if passage.kind == "boilerplate":
            continue
        grouped[passage.a.report][(passage.a.start, passage.a.end)].append(passage.b.report)
        grouped[passage.b.report][(passage.b.start, passage.b.end)].append(passage.a.report)
    found: dict[str, Shared] = {}
    for one, spans in grouped.items():
        lines: Shared = []
        for (start, end), others in sorted(spans.items()):
            sigla = [book.named[other].siglum for other in sorted(set(others), key=book.rank)]
            more = f" +{len(sigla) - MOST_PARTNERS}" if len(sigla) > MOST_PARTNERS else ""
            lines.append((start, end, " ".join(sigla[:MOST_PARTNERS]) + more))
        found[one] = lines
    return found


def _with_before(parts: tuple[Block, ...]) -> list[tuple[Block, int]]:
    """Each block with the end of the one before it."""
    return [(block, parts[k - 1].end if k else 0) for k, block in enumerate(parts)]


def _block(book: Apparatus, named: Named, block: Block, before: int, shared: Shared) -> Markup:
    """One paragraph, cut wherever a span begins or ends."""
    text = named.report.text
    starts = book.starts.get(named.id, set())
    inside = [s for s in shared if s[0] < block.end and s[1] > block.start]
    places = {max(at, block.start) for at in starts if before <= at < block.end}
    early = sorted(at for at in starts if before <= at < block.start)
    cuts = {block.start, block.end} | places
    cuts |= {at for at in book.ends.get(named.id, ()) if block.start < at < block.end}
    cuts |= {at for start, end, _ in inside for at in (start, end) if block.start < at < block.end}
    ordered = sorted(cuts)
    pieces = [f'<span id="{named.anchor}-{at}"></span>' for at in early]
    for low, high in itertools.pairwise(ordered):
        over = [s for s in inside if s[0] <= low and s[1] >= high]
        begins = [s for s in over if s[0] == low or (s[0] < block.start == low and not s[2].count("+"))]
        pieces.append(
            _piece(
                named,
                shown(text[low:high]),
                low if low in starts else None,
                bool(over),
                " ".join(dict.fromkeys(s[2] for s in begins)),
            )
        )
    class_ = "" if block.number else ' class="outside"'
    return Markup(f'<p{class_} data-o="{block.start}">{"".join(pieces)}</p>\n')


def _piece(named: Named, words: str, place: int | None, shared: bool, sigla: str) -> str:
    plain = str(escape(words))
    fragment = f' id="{named.anchor}-{place}"' if place is not None else ""
    if shared:
        also = f' data-also="{escape(sigla)}"' if sigla else ""
        return f"<mark{fragment}{also}>{plain}</mark>"
    return f"<span{fragment}>{plain}</span>" if fragment else plain


def _data(book: Apparatus, passages: list[Passage]) -> Markup:
    """Reports and passages as JSON; "<" is escaped, so that no text can end the script element."""
    index = {one: k for k, one in enumerate(book.named)}
    reports = [{"s": n.siglum, "f": n.letter, "c": n.colour, "a": n.anchor, "l": n.lang} for n in book.named.values()]
    rows = [
        [index[p.a.report], p.a.start, p.a.end, index[p.b.report], p.b.start, p.b.end, KINDS.index(p.kind)]
        for p in passages
        if p.kind != "boilerplate"
    ]
    return Markup(
        json.dumps({"reports": reports, "passages": rows}, ensure_ascii=False, separators=(",", ":"))
        .replace("<", "\\u003c")
        .replace("\u2028", " ")
        .replace("\u2029", " ")
    )
