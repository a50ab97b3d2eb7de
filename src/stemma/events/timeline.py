"""The story's timeline: dated clauses, those that tell one event joined, in the order of their dates.

Two clauses of one date are one event when they tell alike (shared names, numbers, words; or one statement holds both).
Nothing is chosen or dropped: a date that one report alone has stands beside one that all have. Where clauses that tell the
same give different dates, the entries stand next to each other.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import regex

from stemma.events.clauses import clause
from stemma.events.limits import MOST_DATES, MOST_TOGETHER, near
from stemma.language.dates import bounds, joins_range
from stemma.records import (
    Annotated,
    Basis,
    Confidence,
    DatedWitness,
    DateLine,
    Family,
    Sentence,
    Span,
    Statement,
    Status,
    TimelineEntry,
    Witness,
)
from stemma.spans import START
from stemma.story.telling import Scale, Telling

# Likeness of two clauses of one date above which they tell one event; below it they are two events of that date.
ONE_EVENT = 0.3
RARE_DATE = 0.15  # what both ends of one range add: a story seldom has two events from 1910 to 1945
ABOUT = 3  # days: "a week after" is said of four to ten days
SAME_STATEMENT = 0.5  # what being in one statement adds to the likeness of two clauses
BASES: tuple[Basis, ...] = ("stated", "own date", "borrowed")


Said = tuple[int, int, str]  # start and end of a sentence that a statement holds, and the statement's id


HOUR = regex.compile(r"(?:\p{Ll}{1,3}\s)?\d")  # "18.10 Uhr", "at 6 pm", not "today at 6"
DAY = regex.compile(r"\d{4}-\d\d-\d\d")


class Item(NamedTuple):
    """A date line (or two, the ends of a range) with its clause and what that tells."""

    line: DateLine
    date: str
    words: Span | None
    clause: Span
    told: Telling
    statements: frozenset[str]


def build_timeline(
    members: Sequence[Annotated], dates: Sequence[DateLine], statements: Sequence[Statement], families: Sequence[Family]
) -> tuple[TimelineEntry, ...]:
    """Dated clauses of the reports, those of one event joined, ordered by date."""
    by_id = {one.report.id: one for one in members}
    scale = Scale(members)
    said = _statements_by_report(statements)
    items = [item for one in sorted(by_id) for item in _items(by_id[one], dates, said.get(one, ()), scale)]
    groups = _groups(items, scale)
    _tell_main_event(groups, items, statements)
    family = {report: one.id for one in families for report in one.reports}
    entries = [_entry(group, family) for group in groups]
    return tuple(
        sorted(entries, key=lambda entry: (sort_key(entry.date), [(w.report, w.start, w.end) for w in entry.witnesses]))
    )


def _items(one: Annotated, dates: Sequence[DateLine], said: Sequence[Said], scale: Scale) -> list[Item]:
    """The dated clauses of one report, in text order."""
    hours = _hours(one)
    mine = sorted(
        (line for line in dates if line.report == one.report.id and line.start not in hours),
        key=lambda line: (line.start, line.end),
    )
    starts = [line.start for line in mine]
    said = sorted(said)
    told_in = Counter[int]()
    items: list[Item] = []
    skip = False
    for at, line in enumerate(mine):
        if skip:
            skip = False
            continue
        sentence = _sentence_of(one, line)
        if sentence is None:
            continue
        told_in[sentence.start] += 1
        if told_in[sentence.start] > MOST_DATES:
            continue
        words, date = Span(line.start, line.end), line.value.partition("T")[0]
        after = mine[at + 1] if at + 1 < len(mine) else None
        if after is not None and _is_range(one, line, after, sentence):
            date, words, skip = f"{date}/{after.value.partition('T')[0]}", Span(line.start, after.end), True
        around = near(one, sentence, line.start)
        others = [
            Span(x.start, x.end) for x in mine[bisect_left(starts, around.start) : bisect_left(starts, around.end)]
        ]
        others = [other for other in others if not words.start <= other.start < words.end]
        span = clause(one, words, around, others)
        held = frozenset(name for start, end, name in said if start < span.end and span.start < end)
        if not any(
            before.date == date and before.clause == span for before in items[-2:]
        ):  # "at noon on 4 March": once
            items.append(Item(line, date, words, span, scale.telling(one, span.start, span.end), held))
    return items


def _hours(one: Annotated) -> frozenset[int]:
    """Where times of day stand alone ("at 6.10 pm"): the day they belong to is the event's, not the report's, and not said."""
    return frozenset(
        date.start
        for date in one.dates
        if date.rule.startswith("unit:day;0@") and HOUR.match(one.report.text, date.start, date.end)
    )


def _sentence_of(one: Annotated, line: DateLine) -> Sentence | None:
    at = bisect_right(one.sentences, line.start, key=START) - 1
    return one.sentences[at] if at >= 0 and line.end <= one.sentences[at].end else None


def _is_range(one: Annotated, line: DateLine, after: DateLine, sentence: Sentence) -> bool:
    grain = line.value.count("-") == after.value.count("-") and "/" not in line.value + after.value
    inside = after.end <= sentence.end and line.value < after.value
    return grain and inside and joins_range(one.report.text, line.end, after.start, one.report.language)


def _statements_by_report(statements: Sequence[Statement]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = {}
    for statement in statements:
        for witness in statement.sentences:
            found.setdefault(witness.report, []).append((witness.start, witness.end, statement.id))
    return found


def _groups(items: Sequence[Item], scale: Scale) -> list[list[Item]]:
    """Items of one date that tell one event, by single linkage; items of one report on one date stay together when alike."""
    groups: list[list[Item]] = []
    by_date: dict[str, list[Item]] = {}
    for item in items:
        if not item.date.endswith("~"):
            by_date.setdefault(item.date, []).append(item)
    for _, same in sorted(by_date.items()):
        groups += [[item] for item in same[MOST_TOGETHER:]]
        left = list(range(min(len(same), MOST_TOGETHER)))
        while left:
            group, queue = [], [left.pop(0)]
            while queue:
                at = queue.pop(0)
                group.append(at)
                close = [other for other in left if alike(same[at], same[other], scale) >= ONE_EVENT]
                left = sorted(set(left).difference(close))
                queue.extend(close)
            groups.append([same[at] for at in sorted(group)])
    for about in (item for item in items if item.date.endswith("~")):
        fitting = [group for group in groups if fits_about(about.date, group[0].date)]
        best = max(fitting, key=lambda group: max(alike(about, item, scale) for item in group), default=None)
        if best is not None and max(alike(about, item, scale) for item in best) >= ONE_EVENT:
            best.append(about)
        else:
            groups.append([about])
    return groups


def fits_about(about: str, date: str) -> bool:
    """Whether "about a week ago" can be this day: the days between are at most ``ABOUT``."""
    try:
        gap = datetime.date.fromisoformat(about.rstrip("~")) - datetime.date.fromisoformat(date)
    except ValueError:
        return False
    return abs(gap.days) <= ABOUT


def _tell_main_event(groups: Sequence[list[Item]], items: Sequence[Item], statements: Sequence[Statement]) -> None:
    """Reports that tell the story's main event without its day are its witnesses too: they borrow the day.

    The main event is the day that most reports tell; a report tells it where one of its sentences without a date of its
    own says the same as a dated sentence of another report.
    """
    days = [group for group in groups if DAY.fullmatch(group[0].date)]
    main = max(days, key=lambda group: (len({item.line.report for item in group}), group[0].date), default=None)
    if main is None or len({item.line.report for item in main}) < 2:
        return
    held = {name for item in main for name in item.statements}
    dated = [(item.line.report, item.clause) for item in items]
    for statement in sorted((s for s in statements if s.id in held), key=lambda s: s.id):
        lender = min(
            (item for item in main if statement.id in item.statements), key=lambda item: (item.line.report, item.clause)
        )
        for witness in statement.sentences:
            told = {item.line.report for item in main}
            span = Span(witness.start, witness.end)
            own = any(report == witness.report and span.start <= at.start < span.end for report, at in dated)
            if witness.report not in told and not own:
                source = Witness(lender.line.report, lender.line.start, lender.line.end)
                line = DateLine(witness.report, *span, main[0].date, "borrowed", source, lender.line.status)
                main.append(Item(line, main[0].date, None, span, lender.told, frozenset({statement.id})))


def alike(a: Item, b: Item, scale: Scale) -> float:
    """How surely two clauses of one date tell one event, in [0, 1.65]."""
    told = scale.likeness(a.told, b.told)
    same_range = RARE_DATE if "/" in a.date and a.date == b.date else 0.0
    return told + same_range + (SAME_STATEMENT if a.statements & b.statements else 0.0)


def _entry(group: Sequence[Item], family: Mapping[str, str]) -> TimelineEntry:
    bases = {item.line.basis for item in group}
    basis = next(base for base in BASES if base in bases)
    ordered = sorted(group, key=lambda item: (item.line.report, item.clause, item.words or ()))
    witnesses = [
        DatedWitness(item.line.report, *item.clause, item.line.basis, item.line.borrowed_from, item.words)
        for item in ordered
    ]
    return TimelineEntry(
        date=group[0].date,
        basis=basis,
        confidence=_confidence(group, basis),
        status=_status(group),
        witnesses=tuple(witnesses),
        families=tuple(sorted({family.get(item.line.report, item.line.report) for item in group})),
    )


def _confidence(group: Sequence[Item], basis: Basis) -> Confidence:
    """A date in the report's own words is sure, one worked out is likely; a borrowed one is as likely as its loan, never sure."""
    if basis == "stated":
        return "sure" if "X" not in group[0].date else "unsure"
    if basis == "own date":
        return "likely"
    return "likely" if any(item.line.confidence == "likely" for item in group) else "unsure"


def _status(group: Sequence[Item]) -> Status:
    """What most witnesses say; a telling that it happened outweighs a preview where they are even."""
    counts = Counter(item.line.status for item in group)
    order: tuple[Status, ...] = ("historical", "future", "negated", "hypothetical")
    return max(order, key=lambda status: (counts[status], -order.index(status)))


def sort_key(date: str) -> tuple[int, int, int, str]:
    """Dates in the order of time; what begins together the longer first; dates without a year at the end."""
    limits = bounds(date)
    if limits is None:
        before_christ = regex.match(r"-\d{4}", date)
        return (0, int(before_christ[0]), 0, date) if before_christ else (2, 0, 0, date)
    first, last = limits
    return (1, first.toordinal(), -last.toordinal(), date)
