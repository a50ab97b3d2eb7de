"""Until when something stays closed: the closing day of one story, in any pair of languages."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from stemma.compare.context import Spot
from stemma.compare.findings import Finding, Told
from stemma.compare.news_counts import news_counts
from stemma.compare.slots import Line, Slot
from stemma.compare.values import conflict
from stemma.reasons import give
from stemma.records import Report, SlotKind, Witness

# Pieces between "closed" and "until Friday".
NEAR = 6
# Days that are compared with each other.
PAIRED = 200


def closings(
    reports: Mapping[str, Report], lines: Mapping[str, tuple[Line, ...]], families: Mapping[str, str]
) -> list[Finding]:
    """One look for each kind of day that families end the closing with differently."""
    kinds: tuple[SlotKind, ...] = ("weekday", "date")
    found = []
    for kind in kinds:
        told = [one for report in sorted(lines) for line in lines[report] for one in _closing(line, kind)]
        differing = [
            (a, b)
            for a, b in combinations(told[:PAIRED], 2)
            if families.get(a.report, a.report) != families.get(b.report, b.report)
            and conflict(kind, a.spot.value, b.spot.value)
        ]
        if differing:
            readings: dict[str, list[Told]] = {}
            for one in told:
                readings.setdefault(one.spot.value, []).append(one)
            a, b = differing[0]
            spans = [Witness(one.report, one.spot.start, one.spot.end) for one in (a, b)]
            reason = give("values cannot both hold", reports, spans, (kind, a.spot.value, b.spot.value))
            shown = tuple(tuple(readings[value]) for value in sorted(readings))
            found.append(Finding(kind, "look", "contradiction", shown, (reason,)))
    return found


def _closing(line: Line, kind: SlotKind) -> list[Told]:
    """ "closed until Friday": the words from "closed" to the day."""
    counted = news_counts(line.language)
    found = []
    for slot in line.slots:
        if slot.kind == kind and _until(line, slot):
            shut = [n for n in range(max(0, slot.first - NEAR), slot.first) if counted.closed.at(line.pieces, n)]
            if shut:
                spot = Spot(line.pieces[shut[-1]].start, slot.end, slot.value)
                found.append(Told(line.one.report.id, spot))
    return found


def _until(line: Line, slot: Slot) -> bool:
    """Whether "until" stands right before a day, or before its article."""
    counted = news_counts(line.language)
    return any(
        (hit := counted.until.at(line.pieces, n)) is not None and hit[0] >= slot.first - 1
        for n in range(max(0, slot.first - 3), slot.first)
    )
