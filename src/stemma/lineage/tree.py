"""A story's tree of derivations: ties, directions, main and further sources, families and the drawn stemma."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from stemma.lineage.direction import Ground, lean
from stemma.lineage.families import name_families
from stemma.lineage.forest import Forest, Tie, grow
from stemma.lineage.kinds import parent_of
from stemma.lineage.shared import Shared, share_pairs
from stemma.lineage.wording import Wording, furniture_of
from stemma.lineage.words import read_words
from stemma.records import Annotated, Family, Lineage, Parent, Passage, Stemma, StemmaEdge, StemmaNode

# A tie needs this many equal words outside quotation marks: more than one sentence, so that neither a shared quotation nor
# a formula makes one. Measured on the synthetic corpus: at 25 words 18 originals get a source, at 30 two, at 40 one.
ENOUGH_WORDS = 30
# ... or this share of the shorter text, where that is itself short.
ENOUGH_SHARE, FEW_WORDS = 0.6, 8
# Translated sentences tie two reports from this share of the smaller text on (weighted by their similarity).
ENOUGH_TOLD = 0.35
# Each break between two runs costs this many words: of two sources with the same words the unbroken one is nearer.
BREAK = 1.0
# Log-odds from which a direction is taken for given although nothing is known of times: two strong pieces of evidence.
GIVEN = 5.0
# Log-odds below which a tie has no direction at all.
LEANING = 0.5


class Tree(Struct, frozen=True):
    """Where each report of a story comes from: a line a report, the families, the drawn tree."""

    lines: tuple[Lineage, ...]
    families: tuple[Family, ...]
    stemma: Stemma


def trace(members: Sequence[Annotated], passages: Sequence[Passage]) -> Tree:
    """The derivations of one story's reports (or of a pile: only related reports are compared)."""
    ordered = sorted(members, key=lambda one: one.report.id)
    ground = _ground(ordered, passages)
    forest = grow(_ties(ground))
    lines = _lines(ground, forest)
    families = name_families(ground, lines)
    family_of = {report: family.id for family in families for report in family.reports}
    lines = tuple(replace(line, family=family_of[line.report]) for line in lines)
    return Tree(lines=lines, families=families, stemma=_draw(ground, lines))


def related(shared: Shared) -> bool:
    """Whether what two reports share cannot be a quotation or a formula alone."""
    if shared.plain >= ENOUGH_WORDS:
        return True
    if shared.plain >= FEW_WORDS and max(shared.of_a, shared.of_b) >= ENOUGH_SHARE:
        return True
    return min(shared.told_a, shared.told_b) >= ENOUGH_TOLD


def _ground(members: Sequence[Annotated], passages: Sequence[Passage]) -> Ground:
    words = {one.report.id: read_words(one) for one in members}
    pairs = share_pairs(words, passages)
    ties = {key: pair for key, pair in pairs.items() if related(pair)}
    wording = Wording(words, ties.values(), furniture_of(words, passages))
    return Ground({one.report.id: one.report for one in members}, words, ties, wording)


def closeness(shared: Shared) -> float:
    """How near two relatives are, in words: equal words less the breaks between them, and translated ones."""
    return shared.words - BREAK * max(0, len(shared.runs) - 1) + shared.told


def _ties(ground: Ground) -> list[Tie]:
    hub: dict[str, int] = {}
    for pair in ground.pairs.values():
        for report in (pair.a, pair.b):
            hub[report] = hub.get(report, 0) + pair.words
    ties = []
    for (a, b), pair in ground.pairs.items():
        leaning, reasons = lean(ground, a, b)
        timed = next((r.score for r in reasons if r.rule == "published before"), 0.0)
        given = timed or (leaning if abs(leaning) >= GIVEN else 0.0)
        rank = (-round(closeness(pair), 3), -float(hub[a] + hub[b]))
        ties.append(Tie(rank, a, b, "a to b" if given > 0 else "b to a" if given < 0 else "either", leaning))
    return ties


def _lines(ground: Ground, forest: Forest) -> tuple[Lineage, ...]:
    parents: dict[str, list[Parent]] = {report: [] for report in ground.reports}
    linked: dict[str, set[str]] = {report: set() for report in ground.reports}
    for edge in forest.edges:
        if edge.margin < LEANING:
            linked[edge.parent].add(edge.child)
            linked[edge.child].add(edge.parent)
        else:
            parents[edge.child].append(parent_of(ground, edge))
    return tuple(_line(report, parents[report], linked[report]) for report in sorted(ground.reports))


def _line(report: str, parents: Sequence[Parent], linked: set[str]) -> Lineage:
    main = parents[0] if parents else None
    return Lineage(
        report=report,
        source=main.source if main else None,
        unseen=None,
        kind=main.kind if main else "shared source" if linked else "independent",
        confidence=main.confidence if main else "unsure",
        family="",
        sources=tuple(parents),
        linked=tuple(sorted(linked)),
        reasons=main.reasons if main else (),
    )


def _draw(ground: Ground, lines: Sequence[Lineage]) -> Stemma:
    nodes = tuple(StemmaNode(line.report, line.report, None, line.report) for line in lines)
    edges = tuple(
        StemmaEdge(parent.source, line.report, parent.kind, parent.confidence, parent.via)
        for line in lines
        for parent in line.sources
    )
    return Stemma(nodes=nodes, edges=edges)
