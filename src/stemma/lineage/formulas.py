"""Reports that open with one formula and share no reporting: the same writer, perhaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from stemma.lineage.ground import Ground
from stemma.reasons import give
from stemma.records import Reason

# Words that the formula needs.
SHORTEST = 6
# More reports than this with one opening: a house style, not a writer.
MOST_WRITERS = 8


def same_writers(ground: Ground, family_of: Mapping[str, str]) -> dict[str, list[tuple[str, Reason]]]:
    """report -> the reports of other families that open as it does, each with the reason."""
    openings: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for report in sorted(ground.reports):
        norms = ground.words(report).norms
        if len(norms) >= SHORTEST and not any(ground.words(report).spoken[:SHORTEST]):
            openings[norms[:SHORTEST]].append(report)
    found: dict[str, list[tuple[str, Reason]]] = defaultdict(list)
    for reports in openings.values():
        if len(reports) > MOST_WRITERS:
            continue
        for i, one in enumerate(reports):
            for two in reports[i + 1 :]:
                if family_of[one] != family_of[two] and (one, two) not in ground.pairs:
                    reason = _reason(ground, one, two)
                    found[one].append((two, reason))
                    found[two].append((one, reason))
    return found


def _reason(ground: Ground, one: str, two: str) -> Reason:
    here, there = ground.words(one), ground.words(two)
    length = 0
    while length < min(len(here.norms), len(there.norms)) and here.norms[length] == there.norms[length]:
        length += 1
    spans = (here.witness(0, length), there.witness(0, length))
    return give("same writer?", ground.reports, spans, (str(length),))
