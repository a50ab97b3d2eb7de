"""Average linkage on a graph of scored pairs, independent of order; pairs that were not scored are scored when needed."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Pair = tuple[int, int]
Score = Callable[[Sequence[Pair]], Sequence[float]]


class Scored(NamedTuple):
    """Pairs of reports with their scores, as columns; ``first`` < ``second``, sorted, each pair once."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    score: NDArray[np.float64]

    @classmethod
    def of(cls, scores: Mapping[Pair, float]) -> Scored:
        pairs = np.array(sorted(scores), dtype=np.int64).reshape(-1, 2)
        return cls(pairs[:, 0], pairs[:, 1], np.array([scores[pair] for pair in sorted(scores)], dtype=np.float64))


# Two groups with a quiet time between them are two events of one matter unless the mean between them reaches so much. Fitted on
# half of the stories, measured on the other half (mean of six): BASIL .965 without it, .983 with .7, .989 with .75; no other set
# changes.
LATER = 0.75
# Quiet is a week between groups of so many reports each, all dated; from 3 to 14 days do the same.
SEVERAL, QUIET = 3, 7.0
# Where a report has no date, the others of its group say when it was: pairs without dates had joined two finals of one cup two
# years apart. Then quiet is a quarter of a year: results come each quarter. 31 and 60 days cost ecbplus .005, from 90 to 365
# no dev set changes.
SEASON = 90.0
SAMPLE = 64  # pairs between two groups that are scored when needed: the mean of 64 is known to about 0.05


def average_linkage(
    size: int,
    scores: Scored | Mapping[Pair, float],
    join: float,
    missing: Score | None = None,
    days: NDArray[np.float64] | None = None,
) -> list[list[int]]:
    """Groups of 0..size-1: the two groups with the highest mean score are joined until none reaches ``join``.

    ``scores`` holds pairs (i < j). Before two groups are joined, the pairs between them that are not in ``scores`` are given
    to ``missing`` (a sample of them where they are many); without ``missing`` they count as 0. ``days`` are those of
    publication, NaN where unknown: two groups with a quiet time between them need ``LATER``. Ties go to the groups with
    the smallest members, so the result depends only on the scores.
    """
    found = scores if isinstance(scores, Scored) else Scored.of(scores)
    days = np.full(size, np.nan) if days is None else days
    chained = _chained(size, found, join)
    groups = [[i] for i in np.flatnonzero(np.bincount(chained, minlength=size)[chained] == 1).tolist()]
    for own in _by_chain(chained, found):
        groups += _Linkage(own, join, missing, days).groups()
    return sorted(groups)


def quiet_between(one: NDArray[np.float64], two: NDArray[np.float64]) -> bool:
    """Whether two groups, given by their days of publication (NaN where unknown), lie on two sides of a quiet time."""
    known_one, known_two = one[~np.isnan(one)], two[~np.isnan(two)]
    if not (len(known_one) and len(known_two)):
        return False
    gap = max(known_two.min() - known_one.max(), known_one.min() - known_two.max())
    if len(known_one) + len(known_two) < len(one) + len(two):
        return bool(gap > SEASON)
    return bool(gap > QUIET) and min(len(one), len(two)) >= SEVERAL


def _chained(size: int, scores: Scored, join: float) -> NDArray[np.int64]:
    """For each report the first of those it hangs together with by a chain of pairs that reach ``join``.

    Only these can come into one group: a mean that reaches ``join`` has such a pair, or was completed between groups that had
    one. So each chain is linked by itself, and the scores between two of them are never needed.
    """
    reach = scores.score >= join
    first, second = scores.first[reach], scores.second[reach]
    root = np.arange(size)
    while True:
        least = np.minimum(root[first], root[second])
        lower = root.copy()
        for side in (first, second):
            np.minimum.at(lower, root[side], least)
        while not np.array_equal(lower, lower[lower]):
            lower = lower[lower]
        if np.array_equal(lower, root):
            return root
        root = lower


def _by_chain(chained: NDArray[np.int64], scores: Scored) -> Iterator[dict[Pair, float]]:
    """The scores of each chain of several reports."""
    within = np.flatnonzero(chained[scores.first] == chained[scores.second])
    within = within[np.argsort(chained[scores.first[within]], kind="stable")]
    first, second, score = (column[within].tolist() for column in scores)
    edges = np.flatnonzero(np.diff(chained[scores.first[within]], prepend=-1, append=-1)).tolist()
    for start, end in pairwise(edges):
        yield dict(zip(zip(first[start:end], second[start:end], strict=True), score[start:end], strict=True))


class _Linkage:
    """The groups so far of a few reports: their members, and for two groups the sum of the scores between them and how many
    pairs it covers."""

    def __init__(
        self, scores: Mapping[Pair, float], join: float, missing: Score | None, days: NDArray[np.float64]
    ) -> None:
        self.scores, self.join, self.missing, self.days = scores, join, missing, days
        self.members: dict[int, list[int]] = {i: [i] for pair in scores for i in pair}
        self.version = dict.fromkeys(self.members, 0)
        self.sums: dict[int, dict[int, tuple[float, int]]] = {i: {} for i in self.members}
        for (i, j), score in scores.items():
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
        return [sorted(group) for group in self.members.values()]

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
        mean = total / known
        if mean >= LATER or (mean >= self.join and not self._quiet(i, j)):
            a, b = min(i, j), max(i, j)
            heapq.heappush(self.heap, (-mean, a, b, self.version[a], self.version[b]))

    def _quiet(self, i: int, j: int) -> bool:
        return quiet_between(self.days[self.members[i]], self.days[self.members[j]])

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
