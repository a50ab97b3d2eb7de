"""What only one report has: sentences with a name or a number that stands in no other report of the story."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from stemma.records import Span, Witness
from stemma.render.clean import flat, sentences
from stemma.render.evidence import Apparatus, Ref
from stemma.render.sigla import Named
from stemma.spans import merge

MOST_REPORTS = 40
MOST_SENTENCES = 8
_NUMBER = re.compile(r"(?<![\w.,:])\d{1,3}(?:[.,\u00a0 ]\d{3})+(?![\w])|(?<![\w.,:])\d{2,}(?:[.,]\d+)?")


@dataclass(frozen=True)
class Lonely:
    """A sentence as pieces; True where a name or number stands that no other report has."""

    anchor: str
    ref: Ref
    pieces: list[tuple[bool, str]]


@dataclass(frozen=True)
class Alone:
    """One report with its sentences."""

    named: Named
    sentences: list[Lonely]
    more: int


def make_alone(book: Apparatus) -> list[Alone]:
    """The reports that have something of their own, in the order of their sigla."""
    if len(book.named) < 2:
        return []
    marks = _marks(book)
    found = []
    for one, named in book.named.items():
        lines = _sentences(book, named, marks.get(one, []))
        if lines:
            found.append(Alone(named, lines[:MOST_SENTENCES], max(0, len(lines) - MOST_SENTENCES)))
        if len(found) == MOST_REPORTS:
            break
    return found


def _marks(book: Apparatus) -> dict[str, list[Span]]:
    """Where each report first names what no other names: actors of one report only, and figures of one report only."""
    marks: dict[str, list[Span]] = {}
    folded = {one: named.report.text.casefold() for one, named in book.named.items()}
    for actor in book.dossier.actors:
        if len({m.report for m in actor.mentions}) == 1 and actor.kind != "description":
            first = min(actor.mentions)
            if first.report in book.named and _only_here(book, first, folded):
                marks.setdefault(first.report, []).append(Span(first.start, first.end))
    figures = {one: _figures(named.report.text) for one, named in book.named.items()}
    spread = Counter(figure for found in figures.values() for figure in found)
    for one, found in figures.items():
        marks.setdefault(one, []).extend(span for figure, span in found.items() if spread[figure] == 1)
    return marks


def _figures(text: str) -> dict[str, Span]:
    """Each figure of a text by its digits, where it stands first."""
    found: dict[str, Span] = {}
    for match in _NUMBER.finditer(text):
        found.setdefault(re.sub(r"\D", "", match.group()), Span(*match.span()))
    return found


def _only_here(book: Apparatus, first: Witness, folded: dict[str, str]) -> bool:
    """Whether a name's words stand in no other report, even where they were not joined, and are not a credited outlet."""
    report = book.named[first.report].report
    words = report.text[first.start : first.end].casefold()
    credited = {credit.name.casefold() for credit in report.credits}
    credited |= {report.text[credit.span.start : credit.span.end].casefold() for credit in report.credits}
    return words not in credited and not any(words in text for one, text in folded.items() if one != first.report)


def _sentences(book: Apparatus, named: Named, marks: list[Span]) -> list[Lonely]:
    text, found = named.report.text, []
    joined = merge(marks)
    for block in book.blocks[named.id]:
        if not block.number:
            continue
        for start, end in sentences(text, block.start, block.end):
            inside = [m for m in joined if start <= m.start and m.end <= end]
            ref = book.ref(Witness(named.id, start, end)) if inside else None
            if ref:
                found.append(Lonely(f"only-{named.anchor}-{start}", ref, _cut(text, start, end, inside)))
    return found


def _cut(text: str, start: int, end: int, marks: list[Span]) -> list[tuple[bool, str]]:
    pieces, at = [], start
    for mark in marks:
        if at < mark.start:
            pieces.append((False, flat(text[at : mark.start])))
        pieces.append((True, flat(text[mark.start : mark.end])))
        at = mark.end
    if at < end:
        pieces.append((False, flat(text[at:end])))
    return pieces
