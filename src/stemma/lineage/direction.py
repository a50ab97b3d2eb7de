"""Which of two relatives is the source of the other: the evidence of direction, weighed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct

from stemma.lineage.evidence import WEIGHTS
from stemma.lineage.shared import Shared
from stemma.lineage.times import before
from stemma.lineage.wording import Wording
from stemma.lineage.words import Words
from stemma.reasons import give
from stemma.records import Reason, Report, Witness

MOST_SPANS = 16


class Ground(Struct, frozen=True):
    """What lineage knows of the reports before it weighs anything."""

    reports: Mapping[str, Report]
    words: Mapping[str, Words]
    pairs: Mapping[tuple[str, str], Shared]
    wording: Wording

    def shared(self, one: str, other: str) -> Shared:
        """What two related reports share."""
        return self.pairs[min(one, other), max(one, other)]


class Evidence(NamedTuple):
    """A rule with what it is to look at."""

    rule: str
    spans: tuple[Witness, ...]
    values: tuple[str, ...]


def lean(ground: Ground, source: str, copy: str) -> tuple[float, tuple[Reason, ...]]:
    """Log-odds that ``source`` is the source of ``copy``, and the reasons, the ones against it included."""
    reasons = []
    total = 0.0
    for rule, spans, values in _evidence(ground, source, copy):
        reason = give(rule, ground.reports, spans[:MOST_SPANS], values)
        if reason.score:
            reasons.append(reason)
            total += WEIGHTS[rule] * reason.score
    return total, tuple(reasons)


def _evidence(ground: Ground, source: str, copy: str) -> list[Evidence]:
    here, there = ground.reports[source], ground.reports[copy]
    found: list[Evidence] = []
    if here.published and there.published and before(here.published, there.published) is not None:
        found.append(Evidence("published before", (), (here.published, there.published)))
    shared = ground.shared(source, copy)
    spans, values = ground.wording.differences(source, copy)
    if values:
        found.append(Evidence("odd wording", tuple(spans), tuple(values)))
    found += _shape(ground, shared, source, copy)
    return found


def _shape(ground: Ground, shared: Shared, source: str, copy: str) -> list[Evidence]:
    """How the shared text lies in the two."""
    of_source, of_copy = f"{shared.share(source):.3f}", f"{shared.share(copy):.3f}"
    found = [Evidence("holds more", (), (of_source, of_copy))]
    if shared.runs:
        whole = tuple(_extent(ground.words[report], shared) for report in (source, copy))
        found.append(Evidence("cut short", whole, (of_source, of_copy)))
    return found


def _extent(words: Words, shared: Shared) -> Witness:
    runs = shared.runs_of(words.report)
    return words.witness(runs[0][0], runs[-1][1])
