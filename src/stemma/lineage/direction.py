"""Which of two relatives is the source of the other: the evidence of direction, weighed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from stemma.lineage.evidence import WEIGHTS
from stemma.lineage.ground import Ground
from stemma.lineage.shared import Shared
from stemma.lineage.standing import Standing
from stemma.lineage.times import before
from stemma.lineage.words import Words
from stemma.reasons import give
from stemma.records import Reason, Witness

MOST_SPANS = 16
CORRECTED = 100.0  # log-odds: more than all evidence together, since the user knows which report is the wire


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
    if (source in ground.wires) != (copy in ground.wires):
        total += CORRECTED if source in ground.wires else -CORRECTED
        reasons += [ground.wires[source]] if source in ground.wires else []
    return total, tuple(reasons)


def _evidence(ground: Ground, source: str, copy: str) -> list[Evidence]:
    here, there = ground.times[source], ground.times[copy]
    found: list[Evidence] = []
    if here and there and before(here, there) is not None:
        found.append(Evidence("published before", (), (here, there)))
    shared = ground.shared(source, copy)
    spans, values = ground.wording.differences(source, copy)
    if values:
        found.append(Evidence("odd wording", tuple(spans), tuple(values)))
    return [*found, *_shape(ground, shared, source, copy), *_credit(ground.standing, source, copy)]


def _shape(ground: Ground, shared: Shared, source: str, copy: str) -> list[Evidence]:
    """How the shared text lies in the two."""
    of_source, of_copy = f"{shared.share(source):.3f}", f"{shared.share(copy):.3f}"
    found = [Evidence("holds more", (), (of_source, of_copy))]
    if shared.runs:
        whole = tuple(_extent(ground.words(report), shared) for report in (source, copy))
        found.append(Evidence("cut short", whole, (of_source, of_copy)))
    return found


def _extent(words: Words, shared: Shared) -> Witness:
    runs = shared.runs_of(words.report)
    return words.witness(runs[0][0], runs[-1][1])


def _credit(standing: Mapping[str, Standing], source: str, copy: str) -> list[Evidence]:
    """Whom they credit, and whose reporting shows."""
    here, there = standing[source], standing[copy]
    found: list[Evidence] = []
    if here.name and here.name != there.name and here.name in there.credits:
        found.append(Evidence("names its source", there.credits[here.name], (here.name,)))
    if there.name and here.name != there.name and there.name in here.credits:
        found.append(Evidence("is named by its source", here.credits[there.name], (there.name,)))
    if bool(here.own) != bool(there.own):
        values = (str(len(here.own)), str(len(there.own)))
        found.append(Evidence("source shows own reporting", (*here.own, *there.own), values))
    return found
