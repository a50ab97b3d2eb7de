"""The trees of sources: the strongest ties that fit together, and the root that the evidence of direction speaks for.

Kruskal's spanning tree with one more condition: ties whose direction is known must leave every report with one main
source. A tree keeps the set of reports that could still be its root; a tie from ``p`` to ``c`` joins two trees only where
``c`` can be the root of its own. With all directions known this gives each report its strongest earlier relative, with none
known a maximum spanning tree. What does not fit (the second source of a merged report) is given back as left over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Way = Literal["a to b", "b to a", "either"]


class Tie(NamedTuple):
    """Two related reports. ``rank``: ties with the smallest rank are taken first; ``way``: the directions that are possible;
    ``lean``: log-odds of a being the source of b."""

    rank: tuple[float, ...]
    a: str
    b: str
    way: Way
    lean: float


class Edge(NamedTuple):
    """``child`` has ``parent`` as its main source. ``margin``: by how much (log-odds) the best rooting with this direction
    is better than the best one with the other; infinite where only one is possible."""

    parent: str
    child: str
    margin: float


class Forest(NamedTuple):
    """The edges of all trees, children before none of their ancestors, and the ties that did not fit."""

    edges: tuple[Edge, ...]
    left_over: tuple[Tie, ...]


def grow(ties: Iterable[Tie]) -> Forest:
    """The forest of the ties."""
    trees = _Trees()
    used: _Used = {}
    left: list[Tie] = []
    for tie in sorted(ties):
        if trees.join(tie):
            used.setdefault(tie.a, {})[tie.b] = tie.lean
            used.setdefault(tie.b, {})[tie.a] = -tie.lean
        else:
            left.append(tie)
    edges: list[Edge] = []
    for roots in trees.possible_roots():
        edges += _orient(roots, used)
    return Forest(tuple(edges), tuple(left))


# report -> its relatives in the tree, with the log-odds that the report is the relative's source
_Used = dict[str, dict[str, float]]


class _Trees:
    """Disjoint trees, each with the reports that could be its root."""

    def __init__(self) -> None:
        self.above: dict[str, str] = {}
        self.roots: dict[str, set[str]] = {}

    def top(self, report: str) -> str:
        if report not in self.above:
            self.above[report] = report
            self.roots[report] = {report}
        while self.above[report] != report:
            self.above[report] = self.above[self.above[report]]
            report = self.above[report]
        return report

    def join(self, tie: Tie) -> bool:
        """Join the two trees of a tie if its directions leave a possible root."""
        one, two = self.top(tie.a), self.top(tie.b)
        if one == two:
            return False
        down = tie.way != "b to a" and tie.b in self.roots[two]
        up = tie.way != "a to b" and tie.a in self.roots[one]
        if not (down or up):
            return False
        kept = [self.roots[tree] for tree, stays in ((one, down), (two, up)) if stays]
        if len(kept) == 2:
            kept.sort(key=len)
            kept[1].update(kept[0])
        winner, loser = (one, two) if one < two else (two, one)
        self.above[loser] = winner
        self.roots[winner] = kept[-1]
        self.roots.pop(loser)
        return True

    def possible_roots(self) -> list[set[str]]:
        return [self.roots[name] for name in sorted(self.roots)]


def _orient(roots: set[str], used: _Used) -> list[Edge]:
    """The edges of one tree, from the possible root whose rooting the ties' leanings like best."""
    start = min(roots)
    order, above = _walk(start, used)
    liking = {start: 0.0}
    for report in order[1:]:
        parent = above[report]
        liking[report] = liking[parent] - 2 * used[parent][report]
    root = max(sorted(roots), key=lambda r: (round(liking[r], 6), len(used.get(r, ())), [-ord(x) for x in r]))
    order, above = _walk(root, used)
    best = _best_below(order, above, liking, roots)
    edges = []
    for report in order[1:]:
        margin = liking[root] - best[report] if best[report] > float("-inf") else float("inf")
        edges.append(Edge(above[report], report, margin))
    return edges


def _walk(start: str, used: _Used) -> tuple[list[str], dict[str, str]]:
    order, above, waiting = [], {start: ""}, [start]
    while waiting:
        report = waiting.pop()
        order.append(report)
        for other in used.get(report, ()):
            if other not in above:
                above[other] = report
                waiting.append(other)
    return order, above


def _best_below(
    order: Sequence[str], above: dict[str, str], liking: dict[str, float], roots: set[str]
) -> dict[str, float]:
    """For each report, the liking of the best possible root at or below it."""
    best = {report: liking[report] if report in roots else float("-inf") for report in order}
    for report in reversed(order[1:]):
        best[above[report]] = max(best[above[report]], best[report])
    return best
