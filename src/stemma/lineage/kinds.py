"""What kind of derivation an edge is, how sure it is, and why."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.lineage.direction import lean
from stemma.lineage.ground import Ground
from stemma.lineage.shared import Shared
from stemma.reasons import give
from stemma.records import Confidence, DerivationKind, Parent, Reason, Witness

# From this share of equal words on a text is a copy (a cut one too, since the share is that of the made text).
COPIED = 0.85
# Log-odds from which a direction is sure, and likely.
SURE, LIKELY = 3.0, 1.0
# For a sure edge: how near the next best source may be, and how much of the report must come from the source. Measured on
# the synthetic corpus: with times 278 of 278 such edges are right, without times and by odd wordings 117 of 118.
RIVAL, MUCH = 0.95, 0.4
# A retelling of this score is likely one; nothing that rests on retelling alone is sure.
RETOLD_LIKELY = 2.0
MOST_PASSAGES = 6


def parent_of(ground: Ground, source: str, child: str, margin: float, rival: float) -> Parent:
    """The source of a report as a line. ``margin``: the log-odds of the direction; ``rival``: how near the next best source
    is, as a share of how near this one is."""
    shared = ground.shared(source, child)
    _, reasons = lean(ground, source, child)
    standing = ground.standing[child]
    via = next((name for name in standing.by_way if name != ground.standing[source].name), None)
    return Parent(
        source=source,
        kind=kind_of(ground, shared, child),
        confidence=confidence_of(ground, shared, child, margin, rival, reasons),
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


def confidence_of(
    ground: Ground, shared: Shared, child: str, margin: float, rival: float, reasons: Sequence[Reason]
) -> Confidence:
    """How sure an edge is: by the log-odds of its direction, by what ties the two, and by the next best source.

    Sure needs all three: a direction given by the times, by a credit or by several odd wordings; a source that is clearly
    nearer than any other; and, where times or a credit give the direction, a report of which much comes from there.
    """
    told = ground.retold.get((shared.a, shared.b))
    if told is not None:
        return "likely" if margin >= LIKELY and told.score >= RETOLD_LIKELY else "unsure"
    if margin < LIKELY:
        return "unsure"
    score = {reason.rule: reason for reason in reasons}
    named = any(
        rule in score and score[rule].score > 0 for rule in ("published before", "names its source", "correction")
    )
    given = (named and shared.share(child) >= MUCH) or _odd(score.get("odd wording"))
    clear = margin >= SURE and rival < RIVAL and shared.words >= shared.told
    return "sure" if clear and given else "likely"


def _odd(reason: Reason | None) -> bool:
    """Whether several places show the source's wording as the usual one."""
    if reason is None or reason.score < 0.6:
        return False
    counts = [value.split(":") for value in reason.values]
    return sum(float(here) > 3 * float(there) + 0.5 for here, there in counts) >= 3


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
