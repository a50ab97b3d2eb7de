"""Which words stand side by side elsewhere in the pile: what tells an original wording from an edit.

Where two relatives differ, each has a pair of neighbouring words that the other has not. In a large pile the original's
pair is often found in unrelated reports too, an editor's cut, a slip or a seam of two texts seldom.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from stemma.lineage.shared import Shared
from stemma.lineage.words import Words
from stemma.records import Passage, Witness

# How many places of one pair are looked at: thirty that speak leave no doubt, and a heavy rewrite has hundreds.
MOST_PLACES = 30
# In a pile of fewer lines of reporting, one unrelated report that happens to have the same two words says nothing.
LARGE_PILE = 50

Bigram = tuple[str, str]
Place = tuple[int, int]  # the first word of the pair of neighbours, in a and in b


class Wording:
    """Where the relatives of a pile differ, and how many unrelated lines of reporting have either wording."""

    def __init__(self, words: Mapping[str, Words], pairs: Iterable[Shared], furniture: Mapping[str, set[int]]) -> None:
        self.words = words
        pairs = list(pairs)
        self.lines = _lines(words, pairs)
        self.fewest = 1 if len(set(self.lines.values())) >= LARGE_PILE else 2
        self.places = {(p.a, p.b): _places(words[p.a], words[p.b], p, furniture) for p in pairs}
        self.known: dict[Bigram, set[str]] = {}
        for (a, b), places in self.places.items():
            for i, j in places:
                self.known[words[a].norms[i], words[a].norms[i + 1]] = set()
                self.known[words[b].norms[j], words[b].norms[j + 1]] = set()
        self._count()

    def _count(self) -> None:
        for report, words in sorted(self.words.items()):
            line = self.lines[report]
            for bigram in pairwise(words.norms):
                found = self.known.get(bigram)
                if found is not None:
                    found.add(line)

    def attested(self, bigram: Bigram, line: str) -> int:
        """In how many other lines of reporting the two words stand side by side."""
        found = self.known.get(bigram, set())
        return len(found) - (line in found)

    def differences(self, source: str, copy: str) -> tuple[list[Witness], list[str]]:
        """The places where the two differ and the pile knows one wording better: spans in turns, and "n:m" per place."""
        turned = source > copy
        spans: list[Witness] = []
        values: list[str] = []
        for i, j in self.places.get((min(source, copy), max(source, copy)), ()):
            if turned:
                i, j = j, i
            here, there = self._at(source, i), self._at(copy, j)
            if here != there and max(here, there) >= self.fewest:
                spans += [self.words[source].witness(i, i + 2), self.words[copy].witness(j, j + 2)]
                values.append(f"{here}:{there}")
        return spans, values

    def _at(self, report: str, i: int) -> int:
        norms = self.words[report].norms
        return self.attested((norms[i], norms[i + 1]), self.lines[report])


def furniture_of(words: Mapping[str, Words], passages: Iterable[Passage]) -> dict[str, set[int]]:
    """The words of each report that stand in boilerplate passages."""
    found: dict[str, set[int]] = {}
    for passage in passages:
        if passage.kind == "boilerplate":
            for side in (passage.a, passage.b):
                if side.report in words:
                    found.setdefault(side.report, set()).update(
                        range(*words[side.report].range_of(side.start, side.end))
                    )
    return found


def _places(a: Words, b: Words, shared: Shared, furniture: Mapping[str, set[int]]) -> list[Place]:
    """Neighbours at the ends of runs, where both texts go on with different words."""
    found: set[Place] = set()
    for run in shared.runs:
        for i, j in ((run.a - 1, run.b - 1), (run.a + run.length - 1, run.b + run.length - 1)):
            inside = i >= 0 and j >= 0 and i + 1 < len(a.norms) and j + 1 < len(b.norms)
            if inside and not _touches(i, furniture.get(a.report)) and not _touches(j, furniture.get(b.report)):
                found.add((i, j))
    kept = sorted(p for p in found if a.norms[p[0] : p[0] + 2] != b.norms[p[1] : p[1] + 2])
    if len(kept) > MOST_PLACES:
        kept = [kept[k * len(kept) // MOST_PLACES] for k in range(MOST_PLACES)]
    return kept


def _touches(i: int, furniture: set[int] | None) -> bool:
    return furniture is not None and (i in furniture or i + 1 in furniture)


def _lines(words: Mapping[str, Words], pairs: Iterable[Shared]) -> dict[str, str]:
    """A name for each report's group of possible relatives: all that share anything, so that kin is no witness."""
    above = {report: report for report in words}

    def top(report: str) -> str:
        while above[report] != report:
            above[report] = above[above[report]]
            report = above[report]
        return report

    for pair in pairs:
        one, two = sorted((top(pair.a), top(pair.b)))
        above[two] = one
    return {report: top(report) for report in words}
