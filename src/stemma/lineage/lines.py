"""The lines and the drawn stemma that say what was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from stemma.lineage.ground import Ground
from stemma.lineage.unseen import Unseen
from stemma.records import Confidence, DerivationKind, Lineage, Parent, Reason, Stemma, StemmaEdge, StemmaNode


class Found(NamedTuple):
    """What was found, by report: sources (the main one first), links without direction and why, the unseen source of the
    family."""

    parents: dict[str, list[Parent]]
    linked: dict[str, set[str]]
    why: dict[tuple[str, str], tuple[Reason, ...]]
    unseen: dict[str, Unseen]

    def sources(self) -> dict[str, str]:
        """child -> its main source in the pile."""
        return {child: parents[0].source for child, parents in sorted(self.parents.items()) if parents}


def write_line(
    ground: Ground, found: Found, report: str, family: str, writers: Sequence[tuple[str, Reason]]
) -> Lineage:
    """The line of one report."""
    parents, linked = found.parents[report], sorted(found.linked[report])
    wire = [ground.wires[report]] if report in ground.wires else []
    main = parents[0] if parents else None
    from_unseen = _from_unseen(ground, found, report, main)
    kind: DerivationKind
    confidence: Confidence
    if main:
        kind, confidence, reasons = main.kind, main.confidence, main.reasons
    elif from_unseen:
        kind, confidence, reasons = from_unseen.kind, from_unseen.confidence, from_unseen.reasons
    elif linked:
        kind, confidence, reasons = "shared source", "unsure", found.why[report, linked[0]]
    else:
        kind, confidence, reasons = "independent", "likely" if wire or ground.standing[report].own else "unsure", ()
    return Lineage(
        report=report,
        source=main.source if main else None,
        unseen=found.unseen[report].label if from_unseen else None,
        kind=kind,
        confidence=confidence,
        family=family,
        sources=(*parents, *((from_unseen,) if from_unseen else ())),
        linked=tuple(sorted({*linked, *(other for other, _ in writers)})),
        reasons=(*reasons, *wire, *(reason for _, reason in writers)),
    )


def _from_unseen(ground: Ground, found: Found, report: str, main: Parent | None) -> Parent | None:
    """The unseen source of the family as a source of this report, where it goes back to it directly."""
    unseen = found.unseen.get(report)
    if not unseen:
        return None
    standing = ground.standing[report]
    resting = unseen.resting.get(report, ())
    via = next((name for name in standing.by_way if name != unseen.label), None)
    if unseen.earlier_than == report:
        reasons = tuple(reason for other in sorted(unseen.resting) for reason in unseen.resting[other])
        return Parent(unseen.id, "update", "likely", None, reasons)
    if resting:
        kind: DerivationKind = main.kind if main and main.kind in ("translation", "rewrite", "copy") else "rewrite"
        return Parent(unseen.id, kind, "likely", via, resting)
    if main is None and unseen.earlier_than is None:
        linked = sorted(found.linked[report])
        return Parent(unseen.id, "shared source", "unsure", via, found.why[report, linked[0]] if linked else ())
    return None


def draw(ground: Ground, found: Found, lines: Sequence[Lineage]) -> Stemma:
    """The tree: a report that goes back to the unseen source hangs from it, not also from its later version."""
    nodes = [StemmaNode(line.report, line.report, None, label_of(ground, line.report)) for line in lines]
    nodes += [
        StemmaNode(unseen.id, None, unseen.label, f"{unseen.label} (not in the pile)") for unseen in _unseen(found)
    ]
    unseen_of = {line.report: line.unseen for line in lines}
    edges = []
    for line in lines:
        hidden = {p.source for p in line.sources if p.source.startswith("unseen:")}
        for parent in line.sources:
            later = found.unseen[line.report].earlier_than if hidden else None
            if parent.source != later:
                edges.append(StemmaEdge(parent.source, line.report, parent.kind, parent.confidence, parent.via))
        edges += [
            StemmaEdge(line.report, other, "shared source", "unsure")
            for other in sorted(found.linked[line.report])
            if line.report < other and not (line.unseen and line.unseen == unseen_of.get(other))
        ]
    return Stemma(nodes=tuple(nodes), edges=tuple(edges))


def _unseen(found: Found) -> list[Unseen]:
    return sorted({unseen.id: unseen for unseen in found.unseen.values()}.values(), key=lambda unseen: unseen.id)


def label_of(ground: Ground, report: str) -> str:
    """How the report is called on the page."""
    from stemma.read.label import label

    return label(ground.reports[report])
