"""A story's tree of derivations: ties, directions, main and further sources, families and the drawn stemma."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from stemma.lineage.direction import lean
from stemma.lineage.families import family_ids, group, name_family
from stemma.lineage.forest import Forest, Tie, grow
from stemma.lineage.formulas import same_writers
from stemma.lineage.ground import Ground, read_ground
from stemma.lineage.kinds import parent_of, tie_reasons
from stemma.lineage.lines import Found, draw, write_line
from stemma.lineage.merges import further_sources
from stemma.lineage.shared import Shared
from stemma.lineage.times import before
from stemma.lineage.unseen import find_unseen
from stemma.records import Annotated, Family, Lineage, Passage, Reason, Stemma

# Each break between two runs costs this many words: of two sources with the same words the unbroken one is nearer.
BREAK = 1.0
# A word told in other words or in another language counts so much beside an equal word.
RETOLD_WORD = 0.5
# Of relatives that are about as near, the one that the report names is the source, or the one that has been there.
NEARER = {
    "names its source": 1.15,
    "is named by its source": 1.15,
    "source shows own reporting": 1.05,
    "correction": 1.15,
}
# Log-odds from which a direction is taken for given although nothing is known of times: two strong pieces of evidence.
GIVEN = 5.0
# Log-odds below which a tie has no direction at all.
LEANING = 0.5
# A relative at least so near, as a share of the nearest, is as likely the one that a report was made from or for.
EQUALLY = 0.7


class Tree(Struct, frozen=True):
    """Where each report of a story comes from: a line a report, the families, the drawn tree."""

    lines: tuple[Lineage, ...]
    families: tuple[Family, ...]
    stemma: Stemma


def trace(members: Sequence[Annotated], passages: Sequence[Passage], wires: Mapping[str, Reason] | None = None) -> Tree:
    """The derivations of one story's reports (or of a pile: only related reports are compared).

    The answer does not depend on the order of either. Passages with reports that are no members are passed over.
    ``wires``: the reports that the user knows to be the wire, with the correction that says so: none is made from another.
    """
    ground = read_ground(sorted(members, key=lambda one: one.report.id), passages, wires)
    found = _find(ground, grow(ties_of(ground)))
    sources = found.sources()
    links = [(one, other) for one in sorted(found.linked) for other in sorted(found.linked[one])]
    families = []
    for reports in group(ground, [*sources.items(), *links]):
        unseen = find_unseen(ground, reports, sources)
        families.append(name_family(ground, reports, unseen))
        if unseen:
            found.unseen.update(dict.fromkeys(reports, unseen))
    ids = family_ids(families)
    writers = same_writers(ground, ids)
    lines = tuple(write_line(ground, found, r, ids[r], writers.get(r, ())) for r in sorted(ground.reports))
    return Tree(lines=lines, families=tuple(families), stemma=draw(ground, found, lines))


def closeness(shared: Shared) -> float:
    """How near two relatives are, in words: equal words less the breaks between them, and those told in other words."""
    return shared.words - BREAK * max(0, len(shared.runs) - 1) + RETOLD_WORD * shared.told


def ties_of(ground: Ground) -> list[Tie]:
    """The related pairs with their closeness and what is known of their direction."""
    hub: dict[str, float] = {}
    for pair in ground.pairs.values():
        for report in (pair.a, pair.b):
            hub[report] = hub.get(report, 0.0) + pair.words + RETOLD_WORD * pair.told
    ties = []
    for (a, b), pair in ground.pairs.items():
        leaning, reasons = lean(ground, a, b)
        timed = next((r.score for r in reasons if r.rule == "published before"), 0.0)
        if (a in ground.wires) != (b in ground.wires):
            timed = 0.0  # the user knows better than the clocks of two outlets
        given = timed or (leaning if abs(leaning) >= GIVEN else 0.0)
        nearness = closeness(pair) * max((NEARER.get(reason.rule, 1.0) for reason in reasons), default=1.0)
        rank = (-round(nearness, 3), -round(hub[a] + hub[b], 3))
        ties.append(Tie(rank, a, b, "a to b" if given > 0 else "b to a" if given < 0 else "either", leaning))
    return ties


def _find(ground: Ground, forest: Forest) -> Found:
    found = Found({r: [] for r in ground.reports}, {r: set() for r in ground.reports}, {}, {})
    near = _near(ground)
    for edge in forest.edges:
        if edge.margin < LEANING:
            for one, other in ((edge.parent, edge.child), (edge.child, edge.parent)):
                found.linked[one].add(other)
                found.why[one, other] = tie_reasons(ground, ground.shared(one, other), one)
        else:
            rival = _rival(ground, near[edge.child], edge.parent, edge.child)
            found.parents[edge.child].append(parent_of(ground, edge.parent, edge.child, edge.margin, rival))
    _link_equals(ground, found, near)
    for child, parent in further_sources(ground, forest, found.sources()):
        found.parents[child].append(parent)
    return found


def _link_equals(ground: Ground, found: Found, near: Mapping[str, Sequence[tuple[float, str]]]) -> None:
    """Where no direction is shown, which of several near relatives a tree joins is chance: link all that are about as near."""
    for one in sorted(ground.reports):
        if found.parents[one] or not found.linked[one]:
            continue
        nearest = -near[one][0][0]
        for nearness, other in near[one]:
            if -nearness >= EQUALLY * nearest and not found.parents[other]:
                found.linked[one].add(other)
                found.linked[other].add(one)
                found.why.setdefault((one, other), tie_reasons(ground, ground.shared(one, other), one))
                found.why.setdefault((other, one), tie_reasons(ground, ground.shared(one, other), other))


def _near(ground: Ground) -> dict[str, list[tuple[float, str]]]:
    """Each report's relatives, the nearest first."""
    near: dict[str, list[tuple[float, str]]] = {report: [] for report in ground.reports}
    for (a, b), pair in ground.pairs.items():
        near[a].append((-closeness(pair), b))
        near[b].append((-closeness(pair), a))
    return {report: sorted(relatives) for report, relatives in near.items()}


def _rival(ground: Ground, near: Sequence[tuple[float, str]], source: str, child: str) -> float:
    """How near the next best source is, as a share of how near the source is; later reports and twins are no rivals."""
    here = max(1.0, closeness(ground.shared(source, child)))
    for nearness, other in near:
        twin = ground.words(other).norms == ground.words(source).norms
        later = before(ground.times[child], ground.times[other])
        if other != source and not twin and not later:
            return -nearness / here
    return 0.0
