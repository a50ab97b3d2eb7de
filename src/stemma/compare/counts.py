"""How many of one thing, counted by different lines of reporting in sentences that stand anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from stemma.compare.context import Spot
from stemma.compare.findings import Finding, Told
from stemma.compare.mentions import PART, Mention, sort_of
from stemma.compare.owned import counts_seats
from stemma.compare.sequence import grew
from stemma.compare.slots import CONCEPT, Line, Slot
from stemma.compare.values import bounds_differ, conflict, parse
from stemma.compare.vocabulary import meanings
from stemma.reasons import give
from stemma.records import DisagreementKind, Report, Statement, Witness

# Pieces on each side of a count in which a word must say what happened to the counted: "kept 46 boats in port".
AROUND = 7
# Things that are counted in every report for other reasons than the event.
IDLE = frozenset(
    {"c:year", "c:day", "c:week", "c:month", "c:hour", "c:minute", "c:time", "c:percent", "c:country", "c:point"}
)
# Below this, two numbers of one thing are chance more often than a count of the same.
FEW = 10
# Counts of one thing that are compared with each other: 200 make 20,000 pairs.
AT_MOST = 200
# Two figures that differ more than so are of two things more often than one is wrong.
FOLD = 3.0
# People are counted as killed, hurt, held, working: only counts under the same of these words are of one thing.
PEOPLE = frozenset(
    {"c:people", "c:person", "c:man", "c:woman", "c:child", "c:worker", "c:employee", "c:victim", "c:member"}
)


class Count(NamedTuple):
    """A count in a report, with the concepts that stand around it."""

    line: Line
    slot: Slot
    around: frozenset[str]


def counts(
    reports: Mapping[str, Report],
    lines: Mapping[str, tuple[Line, ...]],
    counted: Mapping[str, Sequence[Mention]],
    statements: Sequence[Statement],
    families: Mapping[str, str],
) -> list[Finding]:
    """One thing counted with different numbers by different families; worth a look, for they may count different things.
    ``counted``: the counts of each report that fall under what news counts."""
    home = {(w.report, w.start): one.id for one in statements for w in one.sentences}
    sorted_out = {(report, one.slot.start) for report, mentions in counted.items() for one in mentions}
    by_thing: dict[str, list[Count]] = {}
    for report in sorted(lines):
        for line in lines[report]:
            for slot in line.slots:
                if (
                    slot.kind == "count"
                    and slot.noun.startswith(CONCEPT)
                    and slot.noun not in IDLE
                    and " " not in slot.value
                    and (report, slot.start) not in sorted_out  # event_slots.py compares them
                    and sort_of(line, slot.start) != PART
                    and not counts_seats(line, slot)  # owned.py compares them
                ):
                    by_thing.setdefault(slot.noun, []).append(Count(line, slot, around(line, slot)))
    found = []
    for thing in sorted(by_thing):
        values: dict[str, set[str]] = {}
        for count in by_thing[thing]:
            values.setdefault(count.line.one.report.id, set()).add(count.slot.value)
        # With two values in one report it is not known which one is meant.
        told = [count for count in by_thing[thing] if len(values[count.line.one.report.id]) == 1]
        found += _of_one_thing(reports, told[:AT_MOST], families, home)
    return found


def around(line: Line, slot: Slot) -> frozenset[str]:
    """The concepts of the words beside a count, those of function words and the counted thing left out."""
    near = (*line.pieces[max(0, slot.first - AROUND) : slot.first], *line.pieces[slot.last : slot.last + AROUND])
    return frozenset(c for piece in near for c in meanings(piece.norm, line.language) if CONCEPT + c != slot.noun)


def _of_one_thing(
    reports: Mapping[str, Report],
    told: Sequence[Count],
    families: Mapping[str, str],
    home: Mapping[tuple[str, int], str],
) -> list[Finding]:
    """Counts that differ from the first one that they can be compared with; those of one statement are compared there."""
    for n, one in enumerate(told):
        others = [o for o in told[n + 1 :] if _home(families, o) != _home(families, one) and _same_matter(one, o)]
        differing = [o for o in others if _differ(one, o) and _statement(home, o) != (_statement(home, one) or "")]
        if differing:
            return [_finding(reports, one, others, differing[0])]
    return []


def _finding(reports: Mapping[str, Report], one: Count, others: Sequence[Count], differing: Count) -> Finding:
    readings: dict[str, list[Told]] = {}
    for count in (one, *others):
        spot = Spot(count.slot.start, count.slot.end, count.slot.value)
        readings.setdefault(count.slot.value, []).append(Told(count.line.one.report.id, spot))
    spans = [Witness(c.line.one.report.id, c.slot.start, c.slot.end) for c in (one, differing)]
    both = (one.slot.value, differing.slot.value)
    if conflict("count", *both):
        reason = give("values cannot both hold", reports, spans, ("count", *both))
    else:
        reason = give("bounds differ", reports, spans, both)
    kind: DisagreementKind = (
        "later telling" if grew(one.line, one.slot.value, differing.line, differing.slot.value) else "contradiction"
    )
    return Finding("count", "look", kind, tuple(tuple(r) for r in readings.values()), (reason,))


def _statement(home: Mapping[tuple[str, int], str], one: Count) -> str | None:
    return home.get((one.line.one.report.id, one.line.start))


def _home(families: Mapping[str, str], one: Count) -> str:
    report = one.line.one.report.id
    return families.get(report, report)


def _same_matter(a: Count, b: Count) -> bool:
    """Whether the words around two counts speak of the same; by two words of people, to whom everything happens, and of few
    things, for there are always two or three of something."""
    few = min(parse(a.slot.value)[0], parse(b.slot.value)[0]) < FEW
    return len(a.around & b.around) >= (2 if few or a.slot.noun in PEOPLE else 1)


def _differ(a: Count, b: Count) -> bool:
    low, high = sorted(parse(one.slot.value)[0] for one in (a, b))
    if high > FOLD * low > 0:
        return False
    return conflict("count", a.slot.value, b.slot.value) or bounds_differ(a.slot.value, b.slot.value)
