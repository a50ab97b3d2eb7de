"""A story's tree of derivations."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from stemma.ids import content_id
from stemma.records import Annotated, Family, Lineage, Passage, Stemma, StemmaNode


class Tree(Struct, frozen=True):
    """Where each report of a story comes from: a line a report, the families, the drawn tree."""

    lines: tuple[Lineage, ...]
    families: tuple[Family, ...]
    stemma: Stemma


def trace(members: Sequence[Annotated], passages: Sequence[Passage]) -> Tree:
    """The derivations of one story's reports."""
    ids = sorted(a.report.id for a in members)
    families = {i: content_id("f", i) for i in ids}
    return Tree(
        lines=tuple(Lineage(i, None, None, "independent", "unsure", families[i]) for i in ids),
        families=tuple(Family(families[i], (i,), None, "unknown") for i in ids),
        stemma=Stemma(nodes=tuple(StemmaNode(i, i, None, i) for i in ids), edges=()),
    )
