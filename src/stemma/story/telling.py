"""What a piece of a report tells, as a set of features, and how alike two pieces are.

Names, numbers, places and cognates hold across languages; words only between reports of one language.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple

from stemma.records import Annotated

STEM = 6  # letters: enough to join "suggested" and "suggesting", too few to join "national" and "nationality"
SHORT = 3  # letters: shorter words are function words in most languages


class Telling(NamedTuple):
    """Features of a piece of text. ``anchors`` are language-neutral; ``words`` are stems of ``language``."""

    language: str | None
    anchors: frozenset[str]
    words: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """All features, words marked with their language."""
        return self.anchors | {f"{self.language} {word}" for word in self.words}


def telling(one: Annotated, start: int, end: int) -> Telling:
    """The features of ``text[start:end]`` of a report. Dates and weekdays are left out: they are what is compared."""
    anchors = {a.key for a in one.anchors if start <= a.start and a.end <= end and a.key[0] not in "DK"}
    words = set()
    for token in one.tokens[bisect_left(one.tokens, start, key=lambda t: t.start) :]:
        if token.start >= end:
            break
        if token.kind == "word" and len(token.norm) > SHORT:
            words.add(token.norm[:STEM])
            if not one.anchors and one.report.text[token.start].isupper():
                anchors.add("W:" + token.norm[:STEM])
    return Telling(one.report.language, frozenset(anchors), frozenset(words))


def likeness(a: Telling, b: Telling, frequency: Mapping[str, int]) -> float:
    """Shared weight over all weight (Dice), in [0, 1]; words count only within one language. Rare features weigh more."""
    same = a.language == b.language and a.language is not None
    left, right = (a.all, b.all) if same else (a.anchors, b.anchors)
    total = sum(weight(f, frequency) for f in sorted(left)) + sum(weight(f, frequency) for f in sorted(right))
    shared = sum(weight(f, frequency) for f in sorted(left & right))
    return 2 * shared / total if total else 0.0


def weight(feature: str, frequency: Mapping[str, int]) -> float:
    """How much a feature tells: the logarithm of how rare it is among the story's sentences."""
    return math.log(1 + frequency.get("sentences", 1) / max(1, frequency.get(feature, 1)))
