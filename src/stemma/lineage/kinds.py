"""What kind of derivation an edge is, how sure it is, and why."""

from __future__ import annotations

from stemma.lineage.direction import Ground, lean
from stemma.lineage.forest import Edge
from stemma.lineage.shared import Shared
from stemma.reasons import give
from stemma.records import Confidence, DerivationKind, Parent, Reason, Witness

# From this share of equal words on a text is a copy (a cut one too, since the share is that of the made text).
COPIED = 0.85
# Log-odds from which a direction is sure, and likely.
SURE, LIKELY = 3.0, 1.0
MOST_PASSAGES = 6


def parent_of(ground: Ground, edge: Edge) -> Parent:
    """The parent that an edge names."""
    shared = ground.shared(edge.parent, edge.child)
    _, reasons = lean(ground, edge.parent, edge.child)
    return Parent(
        source=edge.parent,
        kind=kind_of(ground, shared, edge.child),
        confidence=confidence_of(edge.margin, shared),
        reasons=(*tie_reasons(ground, shared, edge.parent), *reasons),
    )


def kind_of(ground: Ground, shared: Shared, child: str) -> DerivationKind:
    """Copy, rewrite or translation; update where both come from one source."""
    source, made = ground.reports[shared.other(child)], ground.reports[child]
    if shared.told > shared.words:
        return "translation"
    copied = (shared.of_a if child == shared.a else shared.of_b) >= COPIED
    same_hand = source.agency == made.agency if made.agency or source.agency else False
    if same_hand and not copied:
        return "update"
    return "copy" if copied else "rewrite"


def confidence_of(margin: float, shared: Shared) -> Confidence:
    """How sure an edge is, by the log-odds of its direction."""
    if margin >= SURE:
        return "sure"
    return "likely" if margin >= LIKELY else "unsure"


def tie_reasons(ground: Ground, shared: Shared, first: str) -> tuple[Reason, ...]:
    """Why the two are related at all; spans in turns, those of ``first`` before those of the other."""
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
            shorter = min(len(ground.words[shared.a].starts), len(ground.words[shared.b].starts))
            values = (str(shared.words), str(shorter))
        else:
            values = (f"{shared.told_a:.3f}", f"{shared.told_b:.3f}")
        found.append(give(rule, ground.reports, spans, values))
    return tuple(found)
