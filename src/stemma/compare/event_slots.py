"""One thing counted across a whole story: the dead of one place, the boats kept in port, the length of a detour.

Statements hold what reports say in the same words; independent reports of one event seldom do. Their counts meet here by
what is counted and where, wherever the sentences stand.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from itertools import combinations

from stemma.compare.context import Spot
from stemma.compare.counts import around
from stemma.compare.findings import ONE_THING, Finding, Tier, Told
from stemma.compare.mentions import HAPPENED, PERSONAL, SHRINKING, Mention
from stemma.compare.sentenced import same_years
from stemma.compare.sequence import grew, published
from stemma.compare.slots import Line
from stemma.compare.values import bounds_differ, conflict, parse, stated
from stemma.reasons import give
from stemma.records import DateMention, DisagreementKind, Reason, Report, SlotKind, Witness

# What grows while an event goes on: of several figures in one report the highest is its own latest.
GROWING = HAPPENED
# Things that a report names for one reason only: two figures of them are of the same, however small. Of others ("cars") there
# are many in every report; they are compared from ten on, or where a word beside them is the same.
TELLING = frozenset(
    {"stolen", "votes", "hostages", "detour", "depth", "magnitude", "duration", "sentence", "fine", "ransom"}
)
# Of these, two exact figures in sentences that name the same person, place or body cannot both hold, at any time.
SETTLED = frozenset({"votes", "detour", "sentence", "fine"})
FEW = 10
# Two figures of one thing that differ more than threefold are of two things more often than one of them is wrong (what grows
# excepted: 25 dead in the morning were 1,600 the next day).
FOLD = 3.0
# Days before the latest report from which a date shows that a sentence tells of something else.
PAST = 45
# Counts of one thing that are compared with each other: 200 make 20,000 pairs.
PAIRED = 200
# Share of the reports that count a thing at a place from which it is the story's place for it.
MAIN = 0.7
# Readings of one slot that are shown: more are a chronicle.
AT_MOST = 8


def event_slots(
    reports: Mapping[str, Report], counted: Mapping[str, Sequence[Mention]], families: Mapping[str, str]
) -> list[Finding]:
    """One finding for each thing and place that families of the story count differently. ``counted``: the counts of each
    report."""
    now = _now(reports)
    slots: dict[tuple[str, str, tuple[str, ...]], list[Mention]] = {}
    for report in sorted(counted):
        for one in counted[report]:
            if not _background(one.line, now) and (one.places or one.category not in PERSONAL):
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
    """Counts without a place belong to the place where the story counts such things, where that is one for nearly all of them."""
    placed = {
        other: {one.line.one.report.id for one in slots[other]} for other in slots if other[:2] == key[:2] and other[2]
    }
    if not key[2]:
        return [] if placed else slots[key]
    if len(placed[key]) >= MAIN * sum(map(len, placed.values())):
        return [*slots[key], *slots.get((*key[:2], ()), ())]
    return slots[key]


def _latest(category: str, told: Sequence[Mention]) -> list[Mention]:
    """One value a report: of what grows its highest; a report with two values of anything else is left out."""
    by_report: dict[str, list[Mention]] = {}
    for one in told:
        by_report.setdefault(one.line.one.report.id, []).append(one)
    kept = []
    for report in sorted(by_report):
        own = by_report[report]
        top = max(stated(one.value) for one in own)
        if category in GROWING or len({stated(one.value) for one in own}) == 1:
            kept += [one for one in own if stated(one.value) == top]
    return kept[:PAIRED]


def _compare(reports: Mapping[str, Report], told: Sequence[Mention], families: Mapping[str, str]) -> Finding | None:
    pairs = [(a, b) for a, b in combinations(told, 2) if _home(families, a) != _home(families, b) and _differ(a, b)]
    if not pairs:
        return None
    readings: dict[float, list[Mention]] = {}
    for one in told:
        readings.setdefault(stated(one.value), []).append(one)
    a, b = min(pairs, key=lambda pair: (not _same_noun(*pair), not _clash(*pair), _id(pair[0]), _id(pair[1])))
    kind: DisagreementKind = "later telling" if all(_grew(x, y) for x, y in pairs) else "contradiction"
    kind = kind if _same_noun(a, b) else "counted differently"
    shown = tuple(tuple(_told(one) for one in readings[value]) for value in sorted(readings)[-AT_MOST:])
    kind_of: SlotKind = "money" if a.slot.kind == "money" else "count"
    tier: Tier = "clash" if kind == "contradiction" and _surely_one(a, b) else "look"
    return Finding(kind_of, tier, kind, shown, _reasons(reports, a, b))


def _same_noun(a: Mention, b: Mention) -> bool:
    """Whether two counts name the same people; words of two languages may."""
    if not a.noun or not b.noun:
        return a.noun == b.noun or a.line.language != b.line.language
    return a.noun[:5] == b.noun[:5] or a.line.language != b.line.language


def _id(one: Mention) -> tuple[str, int]:
    return one.line.one.report.id, one.start


def _home(families: Mapping[str, str], one: Mention) -> str:
    report = one.line.one.report.id
    return families.get(report, report)


def _clash(a: Mention, b: Mention) -> bool:
    return conflict("count", a.value, b.value)


def _differ(a: Mention, b: Mention) -> bool:
    return (_clash(a, b) or bounds_differ(a.value, b.value)) and _of_one_thing(a, b)


def _of_one_thing(a: Mention, b: Mention) -> bool:
    """Whether two counts of a category can be of the same things."""
    if a.category in GROWING:
        return True
    if a.category == "sentence" and same_years(a.value, b.value):
        return False
    low, high = sorted((stated(a.value), stated(b.value)))
    if high > FOLD * low and a.category not in PERSONAL:
        return False
    return a.category in TELLING or low >= FEW or bool(around(a.line, a.slot) & around(b.line, b.slot))


def _grew(a: Mention, b: Mention) -> bool:
    if published(a.line) == published(b.line):
        return False
    if a.category in SHRINKING:
        return None not in (published(a.line), published(b.line))
    return grew(a.line, a.value, b.line, b.value)


def _surely_one(a: Mention, b: Mention) -> bool:
    """Whether two figures that exclude each other are surely of one thing."""
    exact = all(parse(one.value)[0] == parse(one.value)[1] for one in (a, b))
    named = {key for key in a.line.keys & b.line.keys if key[:2] in ("W:", "P:", "T:")}
    return a.category in SETTLED and exact and _clash(a, b) and bool(named)


def _told(one: Mention) -> Told:
    return Told(one.line.one.report.id, Spot(one.start, one.end, one.value))


def _reasons(reports: Mapping[str, Report], a: Mention, b: Mention) -> tuple[Reason, ...]:
    spans = [Witness(one.line.one.report.id, one.start, one.end) for one in (a, b)]
    rule = "values cannot both hold" if _clash(a, b) else "bounds differ"
    values = ("count", a.value, b.value) if _clash(a, b) else (a.value, b.value)
    return (
        give(rule, reports, spans, values),
        give(ONE_THING, reports, spans, (a.category, " ".join(a.places) or "no place named")),
    )


# ------------------------------------------------------------------------------------------------ what is long past


def _now(reports: Mapping[str, Report]) -> datetime.date | None:
    """The day of the story's latest report."""
    known = []
    for report in reports.values():
        try:
            known.append(datetime.date.fromisoformat((report.published or "")[:10]))
        except ValueError:
            continue
    return max(known, default=None)


def _background(line: Line, now: datetime.date | None) -> bool:
    """Whether all dates that a sentence states lie long before the story: an earlier earthquake, last year's figures.

    Without a dated report, a sentence that states a year before the latest stated one of its report does.
    """
    dated = [d for d in line.one.dates if d.sentence == line.sentence and d.status != "future"]
    if now is None:
        years = [year for d in line.one.dates if (year := _year(d.value)) is not None]
        own = [year for d in dated if (year := _year(d.value)) is not None]
        return bool(own) and max(own) < max(years)
    ages = [age for d in dated if (age := _age(d, now)) is not None]
    return bool(ages) and min(ages) > PAST


def _year(value: str | None) -> int | None:
    return int(value[:4]) if value and value[:4].isdigit() else None


def _age(date: DateMention, now: datetime.date) -> int | None:
    """Days from what a date's words state to the latest report; a month without its year is the last one of its name."""
    partly = date.rule.removeprefix("part:").split(";")[0] if date.rule.startswith("part:XXXX") else ""
    value = date.value or partly
    year, month = value[:4], value[5:7]
    if len(year) == 4 and year.isdigit():
        if not month.isdigit() or not 1 <= int(month) <= 12:
            return 365 * (now.year - int(year))
        return 30 * (12 * (now.year - int(year)) + now.month - int(month))
    if partly and month.isdigit() and 1 <= int(month) <= 12:
        return 30 * ((now.month - int(month)) % 12)
    return None
