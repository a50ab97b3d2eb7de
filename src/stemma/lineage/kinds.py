"""What kind of derivation an edge is, how sure it is, and why."""

from __future__ import annotations

from stemma.lineage.direction import lean
from stemma.lineage.ground import Ground
from stemma.lineage.shared import Shared
from stemma.reasons import give
from stemma.records import Confidence, DerivationKind, Parent, Reason, Witness

# From this share of equal words on a text is a copy (a cut one too, since the share is that of the made text).
COPIED = 0.85
# Log-odds from which a direction is sure, and likely.
SURE, LIKELY = 3.0, 1.0
# A retelling of this score is likely one; nothing that rests on retelling alone is sure.
RETOLD_LIKELY = 2.0
MOST_PASSAGES = 6


def parent_of(ground: Ground, source: str, child: str, margin: float) -> Parent:
    """The source of a report as a line. ``margin``: the log-odds of the direction."""
    shared = ground.shared(source, child)
    _, reasons = lean(ground, source, child)
    standing = ground.standing[child]
    via = next((name for name in standing.by_way if name != ground.standing[source].name), None)
    return Parent(
        source=source,
        kind=kind_of(ground, shared, child),
        confidence=confidence_of(ground, margin, shared),
        via=via,
        reasons=(*tie_reasons(ground, shared, source), *reasons),
    )


def kind_of(ground: Ground, shared: Shared, child: str) -> DerivationKind:
    """Copy, rewrite or translation; update where a later version is by the same source."""
    source = shared.other(child)
    here, there = ground.reports[source], ground.reports[child]
    copied = (shared.of_a if child == shared.a else shared.of_b) >= COPIED
    name = ground.standing[source].name
    if name and name == ground.standing[child].name and not copied:
        return "update"
    if here.language != there.language and here.language and there.language and shared.told > shared.words:
        return "translation"
    return "copy" if copied else "rewrite"


def confidence_of(ground: Ground, margin: float, shared: Shared) -> Confidence:
    """How sure an edge is, by the log-odds of its direction and by what ties the two."""
    told = ground.retold.get((shared.a, shared.b))
    if told is not None:
        return "likely" if margin >= LIKELY and told.score >= RETOLD_LIKELY else "unsure"
    if margin >= SURE and shared.words >= shared.told:
        return "sure"
    return "likely" if margin >= LIKELY else "unsure"


def tie_reasons(ground: Ground, shared: Shared, first: str) -> tuple[Reason, ...]:
    """Why the two are related at all; spans in turns, those of ``first`` before those of the other."""
    told = ground.retold.get((shared.a, shared.b))
    if told is not None:
        return told.reasons
    found = []
    for rule, kinds in (("same words", ("verbatim", "near")), ("same text in another language", ("translated",))):
        passages = sorted(
            (p for p in shared.passages if p.kind in kinds), key=lambda p: (p.a.start - p.a.end, p.a.start, p.b.start)
        )[:MOST_PASSAGES]
        spans: list[Witness] = []
        for p in passages:
            spans += [p.a, p.b] if p.a.report == first else [p.b, p.a]
        if not spans:
            continue
        if rule == "same words":
            shorter = min(len(ground.words(shared.a).starts), len(ground.words(shared.b).starts))
            values = (str(shared.words), str(shorter))
        else:
            values = (f"{shared.told_a:.3f}", f"{shared.told_b:.3f}")
        found.append(give(rule, ground.reports, spans, values))
    return tuple(found)
