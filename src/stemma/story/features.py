"""What two reports have in common, in separate channels: words, names and figures, lead, time.

A report becomes a ``Profile`` once: weighted bags of terms. Two profiles become ``Features``: numbers in [0, 1] that
``score.py`` weighs. Words tell nothing across languages, so the word channels are left out there and the
language-neutral anchors (names, places, numbers, dates: DESIGN §3) carry the pair.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from anyascii import anyascii
from msgspec import Struct

from stemma.language.lexicon import table
from stemma.records import Annotated, Token

STEM = 5  # letters kept of a word: "meeting" and "meetings", "Minister" and "ministeren"; best of 4, 5, 6, 7 on dev
LEAD = 1_200  # code points: the part of a report that tells the event; research note: lead beats full text
TAIL_WEIGHT = 0.4  # of a word after the lead, against 1.0 in it
# A pile of five reports says nothing about how rare a word is in general: the pile's counts are blended with a background
# of this many imaginary documents in which every content word stands once and function words stand everywhere.
BACKGROUND = 400
NAMING = frozenset("WPNM%")  # anchors that name something particular
# Contrast is measured against at least this cosine: two unrelated reports alone in a pile are each other's best, and are
# still not one story. About the median of pairs of one story on dev.
FULL_CONTRAST = 0.3
ANCHOR_WEIGHT = {"W": 1.0, "T": 0.5, "P": 0.8, "N": 0.7, "M": 1.0, "%": 0.9, "D": 0.5, "O": 0.2, "A": 0.3, "C": 0.25}


class Profile(Struct, frozen=True):
    """One report as bags of terms. ``day`` is the day of publication as a count of days, None where unknown."""

    report: str
    language: str | None
    day: float | None
    words: dict[str, float]
    lead: dict[str, float]
    anchors: dict[str, float]
    size: int


class Features(NamedTuple):
    """What speaks for and against two reports telling one story. Cosines are in [0, 1]; ``days`` is None where a date is
    missing; ``shared`` grows with the number of names and figures in common: log2(1 + n) / 5; ``size`` is the number of
    tokens of the shorter report."""

    words: float
    lead: float
    anchors: float
    shared: float
    contrast: float
    same_language: bool
    days: float | None
    size: int


def profile(report: Annotated) -> Profile:
    """The bags of one report; raw term weights, not yet weighed by rarity."""
    start = report.sentences[0].start if report.sentences else 0
    content = _content(report.tokens, report.report.language)
    words = _bag((term, 1.0 if at - start < LEAD else TAIL_WEIGHT) for term, at in _with_pairs(content))
    lead = _bag((term, 1.0) for term, at in content if at - start < LEAD)
    return Profile(
        report=report.report.id,
        language=report.report.language,
        day=day_of(report.report.published),
        words=words,
        lead=lead,
        anchors=_anchors(report),
        size=len(report.tokens),
    )


def _anchors(report: Annotated) -> dict[str, float]:
    start = report.sentences[0].start if report.sentences else 0
    return _bag(
        (anchor.key, ANCHOR_WEIGHT[anchor.key[0]] * (1.0 if anchor.start - start < LEAD else TAIL_WEIGHT))
        for anchor in report.anchors
        if anchor.key[0] in ANCHOR_WEIGHT and _telling(anchor.key)
    )


def _telling(key: str) -> bool:
    """Small whole numbers are everywhere: they tie nothing together."""
    if not key.startswith("N:"):
        return True
    try:
        return abs(float(key[2:])) >= 13 or not float(key[2:]).is_integer()
    except ValueError:
        return False


def _bag(weighted: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Terms with 1 + log of their summed weight where they stand often (sublinear)."""
    sums: Counter[str] = Counter()
    for term, weight in weighted:
        sums[term] += weight  # type: ignore[assignment]
    return {term: (1.0 + math.log(value) if value > 1 else value) for term, value in sums.items()}


def _content(tokens: Sequence[Token], language: str | None) -> list[tuple[str, int]]:
    """Content words as stems, with their places; characters in pairs where words are not spaced."""
    function = function_words(language)
    found: list[tuple[str, int]] = []
    for token in tokens:
        if token.kind == "number" and len(token.norm) > 1:
            found.append((token.norm, token.start))
        elif token.kind == "word" and token.norm not in function:
            found.extend((term, token.start) for term in stems(token.norm))
    return found


def _with_pairs(content: list[tuple[str, int]]) -> Iterable[tuple[str, int]]:
    yield from content
    for (first, at), (second, _) in pairwise(content):
        yield f"{first} {second}", at


@lru_cache(maxsize=200_000)
def stems(norm: str) -> tuple[str, ...]:
    """The word's first letters without accents; pairs of characters for Han, Kana, Hangul; () for single letters."""
    if norm and ord(norm[0]) >= 0x2E80:
        return tuple(norm[i : i + 2] for i in range(max(1, len(norm) - 1)))
    plain = anyascii(norm).casefold()
    return (plain[:STEM],) if len(plain) > 1 else ()


@lru_cache(maxsize=200)
def function_words(language: str | None) -> frozenset[str]:
    """Words that say nothing about a story."""
    return frozenset(table(language, "read").get("function_words", ()))


@lru_cache(maxsize=50_000)
def day_of(published: str | None) -> float | None:
    """ISO 8601 to days since year 1, UTC; None where there is no full date."""
    if not published:
        return None
    try:
        when = datetime.datetime.fromisoformat(published)
    except ValueError:
        return None
    if when.tzinfo:
        when = when.astimezone(datetime.UTC)
    return when.toordinal() + when.hour / 24


class Rarity:
    """How rare each term is in the pile, blended with the background: ``log((B + n) / (1 + df))``."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self.total = len(profiles) + BACKGROUND
        self.words = Counter(term for one in profiles for term in one.words)
        self.anchors = Counter(term for one in profiles for term in one.anchors)

    def of(self, channel: Counter[str], term: str) -> float:
        return math.log(self.total / (1 + channel[term]))

    def weigh(self, bag: Mapping[str, float], channel: Counter[str]) -> dict[str, float]:
        """The bag with rarity, of length one."""
        weighted = {term: value * self.of(channel, term) for term, value in bag.items()}
        norm = math.sqrt(sum(value * value for value in weighted.values()))
        return {term: value / norm for term, value in weighted.items()} if norm else {}


class Weighed(Struct, frozen=True):
    """A profile whose bags are weighed by rarity and have length one."""

    profile: Profile
    words: dict[str, float]
    lead: dict[str, float]
    anchors: dict[str, float]


def weigh(profiles: Sequence[Profile]) -> list[Weighed]:
    """All profiles of the pile, weighed by one table of rarity."""
    rarity = Rarity(profiles)
    return [
        Weighed(
            one,
            rarity.weigh(one.words, rarity.words),
            rarity.weigh(one.lead, rarity.words),
            rarity.weigh(one.anchors, rarity.anchors),
        )
        for one in profiles
    ]


def compare(a: Weighed, b: Weighed) -> Features:
    """The features of one pair."""
    days = None if a.profile.day is None or b.profile.day is None else abs(a.profile.day - b.profile.day)
    same = a.profile.language == b.profile.language or None in (a.profile.language, b.profile.language)
    return Features(
        words=dot(a.words, b.words),
        lead=dot(a.lead, b.lead),
        anchors=dot(a.anchors, b.anchors),
        shared=math.log2(1 + sum(key[0] in NAMING for key in a.anchors if key in b.anchors)) / 5,
        contrast=0.0,
        same_language=same,
        days=days,
        size=min(a.profile.size, b.profile.size),
    )


def similarity(features: Features) -> float:
    """The channel that speaks loudest for the pair: what contrast is measured in."""
    return max(features.words, features.anchors) if features.same_language else features.anchors


def with_contrast(pairs: Mapping[tuple[int, int], Features]) -> dict[tuple[int, int], Features]:
    """Each pair's similarity against the best that either report finds in the pile, in [0, 1].

    A pile of look-alikes (one tournament, one earnings season) is similar all over: there a pair that is much less alike
    than the best pairs of both reports is another event. This is how the score adapts to a pile without a setting.
    """
    best: dict[int, float] = {}
    for (i, j), features in pairs.items():
        value = similarity(features)
        best[i] = max(best.get(i, 0.0), value)
        best[j] = max(best.get(j, 0.0), value)
    return {
        (i, j): features._replace(contrast=similarity(features) / max(FULL_CONTRAST, math.sqrt(best[i] * best[j])))
        for (i, j), features in pairs.items()
    }


def dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The cosine of two bags of length one. ``fsum`` is exact, so the order of the common terms does not matter."""
    return math.fsum(a[term] * b[term] for term in a.keys() & b.keys())
