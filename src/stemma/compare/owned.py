"""Figures with an owner: a party's seats and its share of the vote, told of one party by several families.

A vote is told as a list of parties with a figure each, so a figure says nothing without whose it is. The owner is the
name, the quoted words or the letters ("PWS") before the figure, behind the figure before it; owners of two languages are one
where a word of their names begins alike, or letters and a name stand in one pair of brackets anywhere in the story.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from stemma.collate.content import cognate
from stemma.compare.context import Spot
from stemma.compare.findings import Finding, Joined, Told
from stemma.compare.news_counts import NewsCounts, Patterns, news_counts
from stemma.compare.sequence import published
from stemma.compare.slots import Line, Slot
from stemma.compare.values import conflict, parse
from stemma.language.concepts import concept_of
from stemma.language.words import word_set
from stemma.reasons import give
from stemma.records import DisagreementKind, Report, Witness

# Pieces round a figure in which "outgoing", "needed" or "counted" belongs to it; pieces behind it among which its owner may
# stand where none stands before ("in second place, with 21%, was ...").
ROUND, BEHIND = 4, 9
# Pieces behind a figure among which "seats" says what it counts.
SEATS = 3
# Pieces of a sentence before a figure that opens it, with its owner behind.
OPENING = 6
# Sentences before a share in which its sentence's vote is spoken of.
BEFORE = 2
# Points of a share that two counts of one evening lie apart at the least: less is the counting.
POINTS = 1.0
# Letters in which names of one party begin alike in two languages.
ALIKE = 5
# Words of a name at the most, and the signs round quoted ones.
NAME, QUOTES, CLOSING = 6, tuple('"„“«‘”'), tuple('"“”»’')
# Figures of one party that are compared with each other, and readings that are shown.
PAIRED, AT_MOST = 200, 8
SPEAKS = "speaks of seats or votes"  # what ``Line.found`` keeps it by


class Owned(NamedTuple):
    """A figure of one owner. ``sort``: "seats", "seats before" or "share"; ``keys``: what its owner is called."""

    line: Line
    slot: Slot
    sort: str
    keys: frozenset[str]
    name: str


class Bearer(NamedTuple):
    """A name that can own figures: pieces ``first:last``."""

    first: int
    last: int
    keys: frozenset[str]


def owned(
    reports: Mapping[str, Report], lines: Mapping[str, tuple[Line, ...]], families: Mapping[str, str]
) -> list[Finding]:
    """A look for each party whose seats or share families of the story give differently."""
    told = [one for report in sorted(lines) for one in _figures(lines[report])]
    speaking = sorted({one.line.one.report.id for one in told})
    owner = _joined([*(one.keys for one in told), *(keys for report in speaking for keys in _two_names(lines[report]))])
    groups: dict[tuple[str, str], list[Owned]] = {}
    for one in told:
        groups.setdefault((owner[min(one.keys)], one.sort), []).append(one)
    counting = {report for report in lines if any(line.find("provisional") for line in lines[report])}
    found = (_compare(reports, groups[key][:PAIRED], families, counting) for key in sorted(groups))
    return [one for one in found if one is not None]


def counts_seats(line: Line, slot: Slot) -> bool:
    """Whether a figure counts seats of a parliament, which are always somebody's."""
    return _holds(news_counts(line.language).seats, line, slot.last, min(len(line.pieces), slot.last + SEATS))


def _figures(lines: Sequence[Line]) -> Iterator[Owned]:
    """The seats and shares of one report, with their owners."""
    for n, line in enumerate(lines):
        counted = news_counts(line.language)
        slots = [s for s in line.slots if s.kind in ("percent", "count") and s.first < len(line.pieces)]
        if not slots or not (
            counted.seats.known() and any(_speaks(one, counted) for one in lines[max(0, n - BEFORE) : n + 1])
        ):
            continue
        bearers, listed, low = list(_bearers(line, counted)), False, 0
        for slot in slots:
            sort = _sort(line, slot, counted, listed)
            owner = _owner(line, bearers, low, slot) if sort else None
            listed = listed or sort == "seats"
            low = slot.last if slot.kind == "percent" or sort else low
            if owner is not None:
                yield Owned(line, slot, sort, owner.keys, _text(line, owner))


def _two_names(lines: Sequence[Line]) -> Iterator[frozenset[str]]:
    """The names of those whose short name stands behind the long one: "Party of Work and Salt (PWS)"."""
    for line in lines:
        for one in _bearers(line, news_counts(line.language)):
            if len(one.keys) > 1 and _sign_before(line, one.first) == "(":
                yield one.keys


def _speaks(line: Line, counted: NewsCounts) -> bool:
    """Whether a sentence has a word of seats or votes; looked up once, for each of the sentences behind it asks too."""
    if SPEAKS not in line.found:
        said = any(_holds(patterns, line, 0, len(line.pieces)) for patterns in (counted.seats, *_votes(counted)))
        line.found[SPEAKS] = [(0, 0, "")] if said else []
    return bool(line.found[SPEAKS])


def _votes(counted: NewsCounts) -> tuple[Patterns, ...]:
    return (counted.near["votes"],) if "votes" in counted.near else ()


def _sort(line: Line, slot: Slot, counted: NewsCounts, listed: bool) -> str:
    """What a figure is: seats by their word (or behind seats in a list: "the bloc 26, the party 8"), a share by its sign."""
    low, high = max(0, slot.first - ROUND), min(len(line.pieces), slot.last + ROUND)
    if _holds(counted.not_owned, line, low, high) or _hyphen(line, slot):
        return ""
    if slot.kind == "percent":
        return "share"
    if " " in slot.value or parse(slot.value)[0] != parse(slot.value)[1] or _whole(line, slot):
        return ""
    if counts_seats(line, slot):
        return "seats before" if _holds(counted.outgoing, line, 0, len(line.pieces)) else "seats"
    return "seats" if listed and not slot.noun else ""


def _whole(line: Line, slot: Slot) -> bool:
    """ "Of the 99 seats", "mit den 99 Sitzen": with an article the figure is all there are."""
    return slot.first > 0 and concept_of(line.pieces[slot.first - 1].norm, line.language) == "_the"


def _hyphen(line: Line, slot: Slot) -> bool:
    """ "The 99-seat parliament": the size of the whole."""
    end = line.pieces[slot.last - 1].end
    return line.one.report.text[end : end + 1] in ("-", "‑")


def _holds(patterns: Patterns, line: Line, low: int, high: int) -> bool:
    return patterns.first(line.pieces, low, high) is not None


def _owner(line: Line, bearers: Sequence[Bearer], low: int, slot: Slot) -> Bearer | None:
    """The last name between the figure before and this one; where there is none and the figure opens a phrase, the next one."""
    before = [one for one in bearers if low <= one.first and one.last <= slot.first]
    if before:
        return None if _with_others(line, before[-1].last, slot.first) else before[-1]
    behind = [one for one in bearers if slot.last <= one.first < slot.last + BEHIND]
    return behind[0] if behind and slot.first <= OPENING else None


def _with_others(line: Line, first: int, last: int) -> bool:
    """Whether others share a figure: "the Harbour Front and two smaller parties won 52 seats"."""
    counted = {slot.first for slot in line.slots if slot.kind == "count"}
    return any(
        concept_of(line.pieces[n].norm, line.language) == "_and" and (line.pieces[n + 1].capital or n + 1 in counted)
        for n in range(first, last - 1)
    )


def _bearers(line: Line, counted: NewsCounts) -> Iterator[Bearer]:
    """Runs of words with a capital, quoted words and short names in capitals, with what they are called."""
    nouns = bool(word_set(line.language, "words", "capital_nouns"))
    people = [(slot.first, slot.last) for slot in line.slots if slot.kind == "name"]
    at = 0
    while at < len(line.pieces):
        sign = _sign_before(line, at)
        last = max(_run(line, at), _quote_end(line, at) if sign in QUOTES else at)
        if last == at:
            at += 1
            continue
        keys = _keys(line, at, last, counted)
        if not keys and not nouns:  # "le Bloc portuaire": the word behind says which
            keys = _keys(line, last, last + 1, counted)
        short = any(key.startswith("a:") for key in keys)
        if short and sign == "(":  # "Party of Work and Salt (PWS)": one party's two names
            keys |= _keys(line, _name_before(line, at), at, counted)
        person = any(first < last and at < end for first, end in people)
        if keys and not person and (not nouns or last - at > 1 or short or sign in QUOTES):
            yield Bearer(at, last, keys)
        at = last


def _keys(line: Line, first: int, last: int, counted: NewsCounts) -> frozenset[str]:
    return frozenset(key for n in range(first, min(last, len(line.pieces))) if (key := _key(line, n, counted)))


def _sign_before(line: Line, n: int) -> str:
    return line.one.report.text[line.pieces[n].start - 1 : line.pieces[n].start]


def _quote_end(line: Line, first: int) -> int:
    """The piece behind the quoted words that begin at a piece; the piece itself where they are no name but a sentence."""
    text = line.one.report.text
    for last in range(first + 1, min(len(line.pieces), first + NAME) + 1):
        if text[line.pieces[last - 1].end : line.pieces[last - 1].end + 1] in CLOSING:
            return last
    return first


def _name_before(line: Line, at: int) -> int:
    """Where the name before a bracket begins: at the first word with a capital among the words before it."""
    capitals = [n for n in range(max(0, at - NAME), at) if line.pieces[n].capital]
    return capitals[0] if capitals else at


def _run(line: Line, first: int) -> int:
    """The piece behind a run of words with a capital that stand side by side."""
    text, last = line.one.report.text, first
    while last < len(line.pieces) and line.pieces[last].capital:
        if last > first and text[line.pieces[last - 1].end : line.pieces[last].start] != " ":
            break
        last += 1
    return last


def _key(line: Line, n: int, counted: NewsCounts) -> str:
    """How a word of a name begins in any language; letters as they are; "" for what every party is ("bloc")."""
    piece = line.pieces[n]
    written = line.one.report.text[piece.start : piece.end]
    if written.isupper() and 2 <= len(written) <= 6:
        return f"a:{piece.norm}"
    begins = cognate(piece.norm)[:ALIKE]
    return "" if len(begins) < ALIKE or counted.bodies.at(line.pieces, n) else f"j:{begins}"


def _text(line: Line, one: Bearer) -> str:
    return line.one.report.text[line.pieces[one.first].start : line.pieces[one.last - 1].end]


def _joined(owners: Sequence[frozenset[str]]) -> dict[str, str]:
    """Each key with the first of those that are one owner's."""
    joined = Joined[str]()
    for keys in owners:
        for key in sorted(keys):
            joined.join(min(keys), key)
    return {key: joined.top(key) for key in list(joined.root)}


def _compare(
    reports: Mapping[str, Report], told: Sequence[Owned], families: Mapping[str, str], counting: Collection[str]
) -> Finding | None:
    """One figure a report: the last it gives; None where no two families are apart."""
    last = {one.line.one.report.id: one for one in told}
    apart = [
        (a, b)
        for a, b in combinations([last[report] for report in sorted(last)], 2)
        if families.get(a.line.one.report.id) != families.get(b.line.one.report.id) and _apart(a, b)
    ]
    if not apart:
        return None
    readings: dict[str, list[Told]] = {}
    for one in last.values():
        told_as = Told(one.line.one.report.id, Spot(one.slot.start, one.slot.end, one.slot.value))
        readings.setdefault(one.slot.value, []).append(told_as)
    a, b = apart[0]
    spans = [Witness(one.line.one.report.id, one.slot.start, one.slot.end) for one in (a, b)]
    reasons = (
        give("values cannot both hold", reports, spans, (a.slot.kind, a.slot.value, b.slot.value)),
        give("one owner's figure", reports, spans, (a.sort, a.name, b.name)),
    )
    kind: DisagreementKind = "later telling" if all(_later(x, y, counting) for x, y in apart) else "contradiction"
    shown = tuple(tuple(readings[value]) for value in sorted(readings)[:AT_MOST])
    return Finding(a.slot.kind, "look", kind, shown, reasons)


def _apart(a: Owned, b: Owned) -> bool:
    if not conflict(a.slot.kind, a.slot.value, b.slot.value):
        return False
    (low_a, high_a, _), (low_b, high_b, _) = parse(a.slot.value), parse(b.slot.value)
    return a.sort != "share" or max(low_a, low_b) - min(high_a, high_b) >= POINTS


def _later(a: Owned, b: Owned, counting: Collection[str]) -> bool:
    """Whether one of two figures is of a report that counts on, or they were told at two times."""
    if not {a.line.one.report.id, b.line.one.report.id}.isdisjoint(counting):
        return True
    return None not in (times := (published(a.line), published(b.line))) and times[0] != times[1]
