"""What two reports have in common: numbers that ``score.py`` weighs, for many pairs at once.

A pile becomes arrays: per channel the reports' terms as numbers, weighed by rarity. Terms are numbered in sorted order and
sums run in that order, so no result depends on hashing or on the order of input.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stemma.story.features import NAMING, Bag, Profile

# A pile of five reports says nothing about how rare a word is in general: the pile's counts are blended with a background
# of this many imaginary documents in which every content word stands once and function words stand everywhere.
BACKGROUND = 400
# Contrast is measured against at least this cosine: two unrelated reports alone in a pile are each other's best, and are
# still not one story. About the median of pairs of one story on dev.
FULL_CONTRAST = 0.3

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Channel:
    """One kind of terms of all reports: report ``i`` holds ``terms[at[i]:at[i + 1]]``, ascending, with weights of length one
    over all its terms. Terms that one report alone has are left out: they never meet. ``rarity`` and ``naming`` are by term."""

    at: Ints
    terms: Ints
    weights: Floats
    rarity: Floats
    naming: Floats
    names: tuple[str, ...]

    def of(self, i: int) -> slice:
        return slice(int(self.at[i]), int(self.at[i + 1]))


def channel(bags: Sequence[Bag]) -> Channel:
    """The bags weighed by ``log((B + n) / (1 + df))`` and brought to length one."""
    frequency: Counter[str] = Counter()
    for bag in bags:
        frequency.update(bag.keys())
    total = len(bags) + BACKGROUND
    names = sorted(term for term, n in frequency.items() if n > 1)
    number = {term: k for k, term in enumerate(names)}
    rare = [0.0] + [math.log(total / (1 + n)) for n in range(1, len(bags) + 1)]
    at, terms, weights = [0], [], []
    for bag in bags:
        length = math.sqrt(math.fsum((value * rare[frequency[term]]) ** 2 for term, value in bag.items())) or 1.0
        held = sorted((number[term], value * rare[frequency[term]] / length) for term, value in bag.items() if term in number)
        terms.extend(k for k, _ in held)
        weights.extend(w for _, w in held)
        at.append(len(terms))
    rarity = np.array([rare[frequency[term]] for term in names], dtype=np.float64)
    naming = np.array([term[:1] in NAMING and term[1:2] == ":" for term in names], dtype=np.float64)
    return Channel(
        np.array(at, dtype=np.int64), np.array(terms, dtype=np.int64), np.array(weights, dtype=np.float64), rarity, naming, tuple(names)
    )


@dataclass(frozen=True)
class Pile:
    """All profiles of a pile, sorted as handed in, as arrays."""

    profiles: tuple[Profile, ...]
    words: Channel
    lead: Channel
    title: Channel
    anchors: Channel
    names: Channel
    languages: Ints
    days: Floats
    sizes: Ints

    def __len__(self) -> int:
        return len(self.profiles)


def pile_of(profiles: Sequence[Profile]) -> Pile:
    """The arrays of a pile; days are NaN where a date is missing, languages -1 where unknown."""
    known = {language: k for k, language in enumerate(sorted({p.language for p in profiles if p.language}))}
    return Pile(
        profiles=tuple(profiles),
        words=channel([p.words for p in profiles]),
        lead=channel([p.lead for p in profiles]),
        title=channel([p.title for p in profiles]),
        anchors=channel([p.anchors for p in profiles]),
        names=channel([p.names for p in profiles]),
        languages=np.array([known.get(p.language or "", -1) for p in profiles], dtype=np.int64),
        days=np.array([math.nan if p.day is None else p.day for p in profiles], dtype=np.float64),
        sizes=np.array([p.size for p in profiles], dtype=np.int64),
    )


@dataclass(frozen=True)
class Features:
    """What speaks for and against pairs of reports telling one story; one value per pair. Cosines are in [0, 1].

    ``figures``: rarity of the shared names and figures, summed, in nats; ``told``: 1 where the leads name one day, -1 where
    all days they name are apart, 0 where one names none; ``days`` is NaN where a date is missing; ``size`` is the number of
    tokens of the shorter report. The contrasts are filled in by ``with_contrast``.
    """

    words: Floats
    lead: Floats
    title: Floats
    anchors: Floats
    names: Floats
    shared: Floats
    told: Floats
    same_language: NDArray[np.bool_]
    days: Floats
    size: Floats
    contrast: Floats
    name_contrast: Floats

    def __len__(self) -> int:
        return len(self.words)


def compare(pile: Pile, first: Ints, second: Ints) -> Features:
    """The features of the pairs ``first[k], second[k]``; quickest where ``first`` is sorted."""
    a, b = pile.languages[first], pile.languages[second]
    anchors, shared = _cosines(pile.anchors, first, second, pile.anchors.naming * pile.anchors.rarity)
    nothing = np.zeros(len(first))
    return Features(
        words=_cosines(pile.words, first, second)[0],
        lead=_cosines(pile.lead, first, second)[0],
        title=_cosines(pile.title, first, second)[0],
        anchors=anchors,
        names=_cosines(pile.names, first, second)[0],
        shared=shared,
        told=_told(pile, first, second),
        same_language=(a == b) | (a < 0) | (b < 0),
        days=np.abs(pile.days[first] - pile.days[second]),
        size=np.minimum(pile.sizes[first], pile.sizes[second]).astype(np.float64),
        contrast=nothing,
        name_contrast=nothing,
    )


def _cosines(held: Channel, first: Ints, second: Ints, value: Floats | None = None) -> tuple[Floats, Floats]:
    """The cosine of each pair, and the sum of ``value`` over the terms they share."""
    cosine, worth = np.zeros(len(first)), np.zeros(len(first))
    weight = np.zeros(len(held.names))
    if not len(first) or not len(held.names):
        return cosine, worth
    for start, end in _runs(first):
        own = held.of(int(first[start]))
        weight[held.terms[own]] = held.weights[own]
        others = second[start:end]
        lengths = held.at[others + 1] - held.at[others]
        ends = np.cumsum(lengths)
        place = np.arange(int(ends[-1])) + np.repeat(held.at[others] - (ends - lengths), lengths)
        terms = held.terms[place]
        mine = weight[terms]
        cosine[start:end] = _sums(mine * held.weights[place], ends)
        if value is not None:
            worth[start:end] = _sums((mine > 0) * value[terms], ends)
        weight[held.terms[own]] = 0.0
    return np.clip(cosine, 0.0, 1.0), worth


def _runs(values: Ints) -> list[tuple[int, int]]:
    """Half-open ranges of equal neighbours."""
    edges = [0, *(np.flatnonzero(np.diff(values)) + 1).tolist(), len(values)]
    return list(zip(edges, edges[1:], strict=False))


def _sums(values: Floats, ends: Ints) -> Floats:
    """The sum of each stretch of ``values``; stretches end at ``ends`` and may be empty."""
    total = np.concatenate(([0.0], np.cumsum(values)))
    return np.asarray(total[ends] - total[np.concatenate(([0], ends[:-1]))])


def _told(pile: Pile, first: Ints, second: Ints) -> Floats:
    out = np.zeros(len(first))
    told = [frozenset(p.told) for p in pile.profiles]
    for k, (i, j) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        if told[i] and told[j]:
            out[k] = 1.0 if not told[i].isdisjoint(told[j]) else (-1.0 if _apart(pile.profiles[i].told, pile.profiles[j].told) else 0.0)
    return out


def _apart(one: tuple[int, ...], two: tuple[int, ...]) -> bool:
    """Whether no two days lie nearer than three days."""
    return all(abs(a - b) > 2 for a in one for b in two)


def best_of(size: int, features: Features, first: Ints, second: Ints) -> tuple[Floats, Floats]:
    """For each report the best cosine of words (within its language) and of anchors that it reaches with any other."""
    words, anchors = np.zeros(size), np.zeros(size)
    own = np.where(features.same_language, np.maximum(features.words, features.anchors), 0.0)
    for side in (first, second):
        np.maximum.at(words, side, own)
        np.maximum.at(anchors, side, features.anchors)
    return words, anchors


def with_contrast(features: Features, best: tuple[Floats, Floats], first: Ints, second: Ints) -> Features:
    """Each pair's similarity against the best that either report finds in the pile, in [0, 1].

    A pile of look-alikes (one tournament, one earnings season) is similar all over: there a pair that is much less alike
    than the best pairs of both reports is another event. This is how the score adapts to a pile without a setting.
    """
    words, anchors = best
    own = np.maximum(features.words, features.anchors)
    return _replace(
        features,
        contrast=own / np.maximum(FULL_CONTRAST, np.sqrt(words[first] * words[second])),
        name_contrast=features.anchors / np.maximum(FULL_CONTRAST, np.sqrt(anchors[first] * anchors[second])),
    )


def _replace(features: Features, **changed: Floats) -> Features:
    return Features(**{**features.__dict__, **changed})


Compare = Callable[[Ints, Ints], Features]
