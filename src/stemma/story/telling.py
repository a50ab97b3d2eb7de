"""What a piece of a report tells, as a set of features, and how alike two pieces are.

Names, numbers, places and cognates hold across languages; words only between reports of one language.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from stemma.records import Anchor, Annotated
from stemma.spans import START, tokens_in

STEM = 6  # letters: enough to join "suggested" and "suggesting", too few to join "national" and "nationality"
SHORT = 3  # letters: shorter words are function words in most languages


class Telling(NamedTuple):
    """Features of a piece of text. ``anchors`` are language-neutral; ``words`` are stems marked with their language."""

    language: str | None
    anchors: frozenset[str]
    words: frozenset[str]


def telling(one: Annotated, ordered: Sequence[Anchor], start: int, end: int) -> Telling:
    """The features of ``text[start:end]`` of a report; ``ordered`` are its anchors by start. Dates and weekdays are left
    out: they are what is compared."""
    anchors = set()
    for anchor in _between(ordered, start, end):
        if anchor.end <= end and anchor.key[0] not in "DK":
            anchors.add(anchor.key)
    words = set()
    language = one.report.language
    for token in one.tokens[slice(*tokens_in(one.tokens, start, end))]:
        if token.kind == "word" and len(token.norm) > SHORT:
            words.add(f"{language} {token.norm[:STEM]}")
            if not one.anchors and one.report.text[token.start].isupper():
                anchors.add("W:" + token.norm[:STEM])
    return Telling(language, frozenset(anchors), frozenset(words))


def _between(ordered: Sequence[Anchor], start: int, end: int) -> Sequence[Anchor]:
    """Those that begin in ``[start, end)``; ``ordered`` is sorted by start."""
    first = bisect_left(ordered, start, key=START)
    return ordered[first : bisect_left(ordered, end, lo=first, key=START)]


class Scale:
    """Weighs features by how rare they are among the sentences of a story; keeps what it has worked out."""

    def __init__(self, members: Sequence[Annotated]) -> None:
        self._told: dict[tuple[str, int, int], Telling] = {}
        self._anchors = {one.report.id: sorted(one.anchors, key=lambda a: (a.start, a.key)) for one in members}
        self._counts: Counter[str] = Counter()
        self._weights: dict[str, float] = {}
        self._sums: dict[int, tuple[Telling, float, float]] = {}
        self._sentences = 0
        for one in members:
            self._sentences += len(one.sentences)
            for sentence in one.sentences:
                told = self.telling(one, sentence.start, sentence.end)
                self._counts.update(told.anchors)
                self._counts.update(told.words)

    def telling(self, one: Annotated, start: int, end: int) -> Telling:
        """What ``text[start:end]`` of a report tells."""
        key = (one.report.id, start, end)
        if key not in self._told:
            self._told[key] = telling(one, self._anchors[one.report.id], start, end)
        return self._told[key]

    def weight(self, feature: str) -> float:
        """How much a feature tells: the logarithm of how rare it is among the story's sentences."""
        known = self._weights.get(feature)
        if known is None:
            known = self._weights[feature] = math.log(1 + self._sentences / max(1, self._counts[feature]))
        return known

    def _sum(self, told: Telling) -> tuple[Telling, float, float]:
        """The weight of all its anchors, and of all its words. fsum is exact, so that the order of the sets does not matter."""
        known = self._sums.get(id(told))
        if known is None or known[0] is not told:
            anchors, words = (math.fsum(map(self.weight, features)) for features in (told.anchors, told.words))
            known = self._sums[id(told)] = (told, anchors, words)
        return known

    def likeness(self, a: Telling, b: Telling) -> float:
        """Shared weight over all weight (Dice), in [0, 1]; words count only within one language."""
        shared = a.anchors & b.anchors
        worded = a.language == b.language and a.language is not None
        if worded:
            shared |= a.words & b.words
        if not shared:
            return 0.0
        (_, anchors_a, words_a), (_, anchors_b, words_b) = self._sum(a), self._sum(b)
        total = anchors_a + anchors_b + (words_a + words_b if worded else 0.0)
        return 2 * math.fsum(map(self.weight, shared)) / total
