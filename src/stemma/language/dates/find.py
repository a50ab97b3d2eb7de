"""Dates of one report: lex, match, read tense and context, work out values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from stemma.language.dates import context
from stemma.language.dates.build import BUILDERS
from stemma.language.dates.calendar import Point, bounds, evaluate, partial, point
from stemma.language.dates.dateline import dateline_date
from stemma.language.dates.grammar import COMPILED, RUN, Found
from stemma.language.dates.lexer import Lexed, lexer, read
from stemma.language.dates.match import Match
from stemma.language.dates.words import Words
from stemma.language.kept import Kept
from stemma.records import Basis, DateMention, Sentence, Status


def find_dates(
    text: str, sentences: Sequence[Sentence], language: str | None, published: str | None
) -> tuple[DateMention, ...]:
    """Every date that the report's sentences (and a dateline above them) state, with its value as far as the report shows it.

    Offsets are code points into ``text``; ``published`` is ISO 8601 or None, and then the date of a dateline at the top of
    the text is taken. The clock is never asked.
    """
    of = lexer(language)
    if of is None or not sentences:
        return ()
    lexed = read(text, max(one.end for one in sentences), of)
    matches = select(candidates(lexed, of.known))
    return _mentions(text, lexed, matches, sentences, of.known, published)


class Shape(NamedTuple):
    """Where a pattern of the grammar fits a run of kinds: its name and place in the grammar, and its named parts."""

    name: str
    order: int
    first: int
    last: int
    parts: tuple[tuple[str, int], ...]


def _shapes(run: str) -> tuple[Shape, ...]:
    """All that the grammar sees in a run of kinds."""
    found = []
    for order, (name, pattern, needed) in enumerate(COMPILED):
        if not needed.isdisjoint(run):
            for hit in pattern.finditer(run):
                parts = tuple((key, hit.start(key)) for key, value in hit.groupdict().items() if value)
                found.append(Shape(name, order, hit.start(), hit.end(), parts))
    return tuple(found)


SHAPES = Kept(_shapes)


def candidates(lexed: Lexed, known: Words) -> list[tuple[Found, int]]:
    """Every expression that a pattern and its builder accept, with the place of the pattern in the grammar.

    No pattern holds another word ("x"), so each run between two of them is matched on its own, and runs recur."""
    result = []
    found, kinds = lexed.atoms, lexed.kinds
    for run in RUN.finditer(kinds):
        at = run.start()
        for name, order, first, last, parts in SHAPES[run.group()]:
            named = {key: found[at + place] for key, place in parts}
            built = BUILDERS[name](Match(named, found, kinds, at + first, at + last, known.settings))
            if built:
                result.append((built, order))
    return result


def select(offered: list[tuple[Found, int]]) -> list[Found]:
    """The longest of overlapping expressions, then the one listed first in the grammar; in text order."""
    taken: set[int] = set()
    chosen = []
    for one, _ in sorted(offered, key=lambda item: (item[0].first - item[0].last, item[1], item[0].first)):
        if taken.isdisjoint(range(one.first, one.last)):
            taken.update(range(one.first, one.last))
            chosen.append(one)
    return sorted(chosen)


def _mentions(
    text: str,
    lexed: Lexed,
    matches: list[Found],
    sentences: Sequence[Sentence],
    known: Words,
    published: str | None,
) -> tuple[DateMention, ...]:
    if not matches:
        return ()
    places = context.place(lexed, context.split_ranges(matches, lexed.atoms), sentences)
    anchor = point(published)
    days = [
        (one.start, one.end, one.found.rule[4:]) for one in places if one.inside and one.found.rule.startswith("fix:")
    ]
    own = None if anchor else point(dateline_date(text, days))
    basis: Basis = "own date" if anchor or own else "borrowed"
    readings = context.connect(lexed, places, known, anchor or own)
    mentions = []
    for reading in readings:
        stated = evaluate(reading.rule, None)
        value = stated or evaluate(reading.rule, anchor or own) or partial(reading.rule)
        mentions.append(
            DateMention(
                start=reading.start,
                end=reading.end,
                value=value,
                basis="stated" if stated else basis,
                needs="" if stated else "year" if partial(reading.rule) else "anchor",
                rule=reading.rule,
                status=_by_time(reading.status, value, anchor or own),
                sentence=reading.sentence,
            )
        )
    return tuple(mentions)


def _by_time(status: Status, value: str | None, anchor: Point | None) -> Status:
    """A day after the report's own is no past, a day before it no future, whatever the verb beside it says."""
    day = anchor.date() if anchor else None
    limits = bounds(value) if value else None
    if day is None or limits is None or status in ("negated", "hypothetical"):
        return status
    if limits[0] > day:
        return "future"
    return "historical" if status == "future" and limits[1] < day else status


def work_out(rule: str, anchor: str | None) -> str | None:
    """The EDTF value of a mention's rule on an anchor date (ISO 8601); None, or partial, where that does not do."""
    return evaluate(rule, point(anchor)) or partial(rule)


def resolve(mention: DateMention, anchor: str | None) -> str | None:
    """The EDTF value of a mention on another anchor date (ISO 8601); None, or partial, where that does not do."""
    return work_out(mention.rule, anchor)
