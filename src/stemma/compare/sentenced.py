"""What courts hand down: how long, and to whom."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.compare.slots import Line, Slot
from stemma.compare.values import numeral, parse
from stemma.compare.vocabulary import fold
from stemma.language.concepts import concept_of

# Months of a year.
MONTHS = 12
# Behind a name: "Mella's lawyer was given two years" is not Mella's sentence.
OWNING = ("'s", "’s")


def years_and_months(line: Line, slots: Sequence[Slot]) -> list[Slot]:
    """ "12 years and three months" as one time, in months."""
    joined: list[Slot] = []
    for slot in slots:
        last = joined[-1] if joined else None
        if last is not None and last.value.endswith(" year") and slot.value.endswith(" month"):
            between = [concept_of(p.norm, line.language) for p in line.pieces[last.last : slot.first]]
            (years, _, _), (months, _, _) = parse(last.value), parse(slot.value)
            if len(between) <= 2 and months < MONTHS and "_and" in between:
                value = numeral(MONTHS * years + months, MONTHS * years + months, "month")
                joined[-1] = Slot(slot.kind, last.start, slot.end, value, last.first, slot.last, slot.noun)
                continue
        joined.append(slot)
    return joined


def in_months(value: str) -> str:
    """A sentence in months, however it is told; other units as they are."""
    low, high, unit = parse(value)
    return numeral(MONTHS * low, MONTHS * high, "month") if unit == "year" and low == high else value


def same_years(a: str, b: str) -> bool:
    """Whether one sentence in months is the other one without its months: "12 years" beside "12 years and three months"."""
    low, high = sorted((parse(a)[0], parse(b)[0]))
    return low % MONTHS == 0 and 0 < high - low < MONTHS


def whose(line: Line, slot: Slot) -> tuple[str, ...]:
    """The person whose sentence or fine it is: the one named last before it, else the first behind it."""
    names = [n for n in line.one.names if n.sentence == line.sentence and n.kind == "person"]
    text = line.one.report.text
    before = [n for n in names if n.end <= slot.start and text[n.end : n.end + 2] not in OWNING]
    named = before[-1:] or names[:1]
    return tuple(fold(n.text.split()[-1]) for n in named if n.text.split())
