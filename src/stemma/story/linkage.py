"""Average linkage on a graph of scored pairs, independent of order; pairs that were not scored are scored when needed."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence

Pair = tuple[int, int]
Score = Callable[[Sequence[Pair]], Sequence[float]]

SAMPLE = 64  # pairs between two groups that are scored when needed: the mean of 64 is known to about 0.05


def average_linkage(
    size: int, scores: Mapping[Pair, float], join: float, missing: Score | None = None
) -> list[list[int]]:
    """Groups of 0..size-1: the two groups with the highest mean score are joined until none reaches ``join``.

    ``scores`` holds pairs (i < j). Before two groups are joined, the pairs between them that are not in ``scores`` are given
    to ``missing`` (a sample of them where they are many); without ``missing`` they count as 0. Ties go to the groups with
    the smallest members, so the result depends only on the scores.
    """
    return _Linkage(size, scores, join, missing).groups()


class _Linkage:
    """The groups so far: their members, and for two groups the sum of the scores between them and how many pairs it covers."""

    def __init__(self, size: int, scores: Mapping[Pair, float], join: float, missing: Score | None) -> None:
        self.scores, self.join, self.missing = scores, join, missing
        self.members: dict[int, list[int]] = {i: [i] for i in range(size)}
        self.version = [0] * size
        self.sums: dict[int, dict[int, tuple[float, int]]] = {i: {} for i in range(size)}
        for (i, j), score in sorted(scores.items()):
            self.sums[i][j] = self.sums[j][i] = (score, 1)
        self.heap = [(-score, i, j, 0, 0) for (i, j), score in scores.items() if score >= join]
        heapq.heapify(self.heap)

    def groups(self) -> list[list[int]]:
        while self.heap:
            _, i, j, seen_i, seen_j = heapq.heappop(self.heap)
            if i not in self.members or j not in self.members or (self.version[i], self.version[j]) != (seen_i, seen_j):
                continue
            if self._complete(i, j):
                self._join(i, j)
        return sorted(sorted(group) for group in self.members.values())

    def _complete(self, i: int, j: int) -> bool:
        """Whether all pairs between the two groups are counted; else they are counted now, and the two wait their turn."""
        total, known = self.sums[i][j]
        if known == len(self.members[i]) * len(self.members[j]):
            return True
        pairs = [(min(a, b), max(a, b)) for a in sorted(self.members[i]) for b in sorted(self.members[j])]
        unknown = [pair for pair in pairs if pair not in self.scores]
        if self.missing is not None and unknown:
            step = -(-len(unknown) // SAMPLE)
            sampled = list(self.missing(unknown[::step]))
            total += sum(sampled) / len(sampled) * (len(pairs) - known)
        self.sums[i][j] = self.sums[j][i] = (total, len(pairs))
        self._offer(i, j)
        return False

    def _offer(self, i: int, j: int) -> None:
        total, known = self.sums[i][j]
        if total / known >= self.join:
            a, b = min(i, j), max(i, j)
            heapq.heappush(self.heap, (-total / known, a, b, self.version[a], self.version[b]))

    def _join(self, i: int, j: int) -> None:
        """Group j becomes part of group i (i < j)."""
        self.members[i] += self.members.pop(j)
        self.version[i] += 1
        self.sums[i].pop(j)
        for k, (total, known) in self.sums.pop(j).items():
            if k != i:
                self.sums[k].pop(j)
                own_total, own_known = self.sums[i].get(k, (0.0, 0))
                self.sums[i][k] = self.sums[k][i] = (own_total + total, own_known + known)
        for k in self.sums[i]:
            self._offer(i, k)
