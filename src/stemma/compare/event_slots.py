"""One thing counted across a whole story: the dead of one place, the boats kept in port, the length of a detour.

Statements hold what reports say in the same words; independent reports of one event seldom do. Their counts meet here by
what is counted and where, wherever the sentences stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from stemma.compare.context import Spot
from stemma.compare.findings import Finding, Told
from stemma.compare.mentions import PERSONAL, Mention, mentions, scene
from stemma.compare.sequence import grew, published
from stemma.compare.slots import Line
from stemma.compare.values import bounds_differ, conflict, parse
from stemma.reasons import give
from stemma.records import Annotated, DisagreementKind, Reason, Report, SlotKind, Witness

# What grows while an event goes on: of several figures in one report the highest is its own latest.
GROWING = frozenset({"dead", "injured", "missing", "arrested", "displaced", "rescued", "hospitalised"})
# Readings of one slot that are shown: more are a chronicle.
AT_MOST = 8


def event_slots(
    reports: Mapping[str, Report], lines: Mapping[str, tuple[Line, ...]], families: Mapping[str, str]
) -> list[Finding]:
    """One finding for each thing and place that families of the story count differently."""
    now = _year(reports, lines)
    slots: dict[tuple[str, str, tuple[str, ...]], list[Mention]] = {}
    for report in sorted(lines):
        if not lines[report]:
            continue
        for one in mentions(scene(lines[report][0].one, lines[report])):
            if not _background(one.line, now):
                where = one.places if one.category in GROWING | PERSONAL else ()
                slots.setdefault((one.category, one.group, where), []).append(one)
    found = []
    for key in sorted(slots):
        finding = _compare(reports, _latest(key[0], _with_placeless(slots, key)), families)
        if finding is not None:
            found.append(finding)
    return found


def _with_placeless(
    slots: Mapping[tuple[str, str, tuple[str, ...]], list[Mention]], key: tuple[str, str, tuple[str, ...]]
) -> list[Mention]:
    """Counts without a place belong to the only place that the story counts at."""
    placed = [other for other in slots if other[:2] == key[:2] and other[2]]
    if key[2] and len(placed) == 1:
        return [*slots[key], *slots.get((*key[:2], ()), ())]
    return slots[key] if key[2] or not placed else []


def _latest(category: str, told: Sequence[Mention]) -> list[Mention]:
    """One value a report: of what grows its highest; a report with two values of anything else is left out."""
    by_report: dict[str, list[Mention]] = {}
    for one in told:
        by_report.setdefault(one.line.one.report.id, []).append(one)
    kept = []
    for report in sorted(by_report):
        own = by_report[report]
        top = max(_stated(one) for one in own)
        if category in GROWING or len({_stated(one) for one in own}) == 1:
            kept += [one for one in own if _stated(one) == top]
    return kept


def _stated(one: Mention) -> float:
    """The number as it is written: the lower end of "at least 14", the upper of "up to 14", the middle of "about 14"."""
    low, high, _ = parse(one.value)
    if low == float("-inf"):
        return high
    return low if high == float("inf") else (low + high) / 2


def _compare(reports: Mapping[str, Report], told: Sequence[Mention], families: Mapping[str, str]) -> Finding | None:
    pairs = [(a, b) for a, b in combinations(told, 2) if _home(families, a) != _home(families, b) and _differ(a, b)]
    if not pairs:
        return None
    readings: dict[float, list[Mention]] = {}
    for one in told:
        readings.setdefault(_stated(one), []).append(one)
    a, b = min(pairs, key=lambda pair: (not _clash(*pair), _id(pair[0]), _id(pair[1])))
    kind: DisagreementKind = "later telling" if all(_grew(x, y) for x, y in pairs) else "contradiction"
    shown = tuple(tuple(_told(one) for one in readings[value]) for value in sorted(readings)[-AT_MOST:])
    kind_of: SlotKind = "money" if a.slot.kind == "money" else "count"
    return Finding(kind_of, "look", kind, shown, _reasons(reports, a, b))


def _id(one: Mention) -> tuple[str, int]:
    return one.line.one.report.id, one.start


def _home(families: Mapping[str, str], one: Mention) -> str:
    report = one.line.one.report.id
    return families.get(report, report)


def _clash(a: Mention, b: Mention) -> bool:
    return conflict("count", a.value, b.value)


def _differ(a: Mention, b: Mention) -> bool:
    return _clash(a, b) or bounds_differ(a.value, b.value)


def _grew(a: Mention, b: Mention) -> bool:
    return published(a.line) != published(b.line) and grew(a.line, a.value, b.line, b.value)


def _told(one: Mention) -> Told:
    return Told(one.line.one.report.id, Spot(one.start, one.end, one.value))


def _reasons(reports: Mapping[str, Report], a: Mention, b: Mention) -> tuple[Reason, ...]:
    spans = [Witness(one.line.one.report.id, one.start, one.end) for one in (a, b)]
    rule = "values cannot both hold" if _clash(a, b) else "bounds differ"
    values = ("count", a.value, b.value) if _clash(a, b) else (a.value, b.value)
    return (
        give(rule, reports, spans, values),
        give("one thing counted", reports, spans, (a.category, " ".join(a.places) or "no place named")),
    )


# ------------------------------------------------------------------------------------------------ what is long past


def _year(reports: Mapping[str, Report], lines: Mapping[str, tuple[Line, ...]]) -> int | None:
    """The year of the story: that of the latest report, else the latest that any report states."""
    known = [int(r.published[:4]) for r in reports.values() if r.published and r.published[:4].isdigit()]
    stated = [year for all_lines in lines.values() for line in all_lines[:1] for year in _years(line.one)]
    return max(known or stated, default=None)


def _years(one: Annotated) -> list[int]:
    return [int(d.value[:4]) for d in one.dates if d.value and d.value[:4].isdigit()]


def _background(line: Line, now: int | None) -> bool:
    """Whether a sentence is dated in another year than the story."""
    years = [
        int(d.value[:4])
        for d in line.one.dates
        if d.sentence == line.sentence and d.value and d.value[:4].isdigit() and d.basis == "stated"
    ]
    return bool(years) and now is not None and max(years) < now
