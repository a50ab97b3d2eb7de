"""What two reports have in common: numbers that ``score.py`` weighs, for many pairs at once.

A pile becomes arrays: per channel the reports' terms as numbers, weighed by rarity. Terms are numbered in sorted order and
sums run in that order, so no result depends on hashing or on the order of input.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from stemma.story.features import NAMING, Bag, Profile

# A pile of five reports says nothing about how rare a word is in general: the pile's counts are blended with a background
# of this many imaginary documents in which every content word stands once and function words stand everywhere.
BACKGROUND = 400
# Contrast is measured against at least this cosine: two unrelated reports alone in a pile are each other's best, and are
# still not one story. About the median of pairs of one story on dev.
FULL_CONTRAST = 0.3
APART = 2  # days: reports of one event name its day, the day before or the day after

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Channel:
    """One kind of terms of all reports: report ``i`` holds ``terms[at[i]:at[i + 1]]``, ascending, with weights of length one
    over all its terms. Terms that one report alone has are left out: they never meet. ``rarity`` and ``naming`` are by term. ``who``
    and ``figures`` say of each place what part of the report's head it is: they sum to one over the names, and over the
    figures, of the head (less what stands nowhere else), to nothing where the head has none."""

    at: Ints
    terms: Ints
    weights: Floats
    rarity: Floats
    naming: Floats
    names: tuple[str, ...]
    who: Floats
    figures: Floats

    def of(self, i: int) -> slice:
        return slice(int(self.at[i]), int(self.at[i + 1]))


def channel(bags: Sequence[Bag], heads: Sequence[frozenset[str]] = ()) -> Channel:
    """The bags weighed by ``log((B + n) / (1 + df))`` and brought to length one."""
    frequency: Counter[str] = Counter()
    for bag in bags:
        frequency.update(bag.keys())
    total = len(bags) + BACKGROUND
    names = sorted(term for term, n in frequency.items() if n > 1)
    number = {term: k for k, term in enumerate(names)}
    rare = [0.0] + [math.log(total / (1 + n)) for n in range(1, len(bags) + 1)]
    at = [0]
    terms: list[int] = []
    weights: list[float] = []
    who: list[float] = []
    figures: list[float] = []
    for i, bag in enumerate(bags):
        length = math.sqrt(math.fsum((value * rare[frequency[term]]) ** 2 for term, value in bag.items())) or 1.0
        held = sorted(
            (number[term], value * rare[frequency[term]] / length) for term, value in bag.items() if term in number
        )
        terms.extend(k for k, _ in held)
        weights.extend(w for _, w in held)
        at.append(len(terms))
        if heads:
            shares = _shares(heads[i], frequency, rare)
            who.extend(shares[0].get(names[k], 0.0) for k, _ in held)
            figures.extend(shares[1].get(names[k], 0.0) for k, _ in held)
    rarity = np.array([rare[frequency[term]] for term in names], dtype=np.float64)
    naming = np.array([term[:1] in NAMING and term[1:2] == ":" for term in names], dtype=np.float64)
    return Channel(
        at=np.array(at, dtype=np.int64),
        terms=np.array(terms, dtype=np.int64),
        weights=np.array(weights, dtype=np.float64),
        rarity=rarity,
        naming=naming,
        names=tuple(names),
        who=np.array(who, dtype=np.float64),
        figures=np.array(figures, dtype=np.float64),
    )


def _shares(
    head: frozenset[str], frequency: Counter[str], rare: Sequence[float]
) -> tuple[dict[str, float], dict[str, float]]:
    """What part of the head's names, and of its figures, each term is, by rarity."""
    found = []
    for kinds in ("WPT", "NM%"):
        worth = {term: rare[frequency[term]] for term in sorted(head) if term[0] in kinds}
        total = math.fsum(worth.values())
        found.append({term: value / total for term, value in worth.items()} if total else {})
    return found[0], found[1]


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
    weekdays: Ints
    has_who: NDArray[np.bool_]
    has_figures: NDArray[np.bool_]
    told: tuple[tuple[int, ...], ...]

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
        anchors=channel([p.anchors for p in profiles], [p.head for p in profiles]),
        names=channel([p.names for p in profiles]),
        languages=np.array([known.get(p.language or "", -1) for p in profiles], dtype=np.int64),
        days=np.array([math.nan if p.day is None else p.day for p in profiles], dtype=np.float64),
        sizes=np.array([p.size for p in profiles], dtype=np.int64),
        weekdays=np.array([p.weekdays for p in profiles], dtype=np.int64),
        has_who=np.array([any(term[0] in "WPT" for term in p.head) for p in profiles], dtype=np.bool_),
        has_figures=np.array([any(term[0] in "NM%" for term in p.head) for p in profiles], dtype=np.bool_),
        told=tuple(tuple(sorted({*p.told, *(() if p.day is None else (int(p.day),))})) for p in profiles),
    )


@dataclass(frozen=True)
class Features:
    """What speaks for and against pairs of reports telling one story; one value per pair. Cosines are in [0, 1].

    ``shared``: rarity of the shared names and figures, summed, in nats; ``who``: how much of the head's names of either
    stands in the other, ``who_apart``: how much of both is missing there, ``figures`` and ``figures_apart`` likewise, 0 where
    a head has none; ``weekdays_apart``: 1 where the heads name weekdays and none is the same; ``days``: between the dates of
    publication or, where one is missing, between the nearest days told, NaN where none is; ``told``: 1 where the leads name
    one day, -1 where all days they name are apart, 0 where one names none; ``size`` is the number of tokens of the shorter
    report. The contrasts are filled in by ``with_contrast``.
    """

    words: Floats
    lead: Floats
    title: Floats
    anchors: Floats
    names: Floats
    shared: Floats
    who: Floats
    who_apart: Floats
    figures: Floats
    figures_apart: Floats
    weekdays_apart: Floats
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
    names = pile.anchors
    anchors, shared, there, back = _cosines(
        names, first, second, names.naming * names.rarity, (names.who, names.figures)
    )
    who, who_apart = _met(there[0], back[0], pile.has_who[first] & pile.has_who[second])
    figures, figures_apart = _met(there[1], back[1], pile.has_figures[first] & pile.has_figures[second])
    published = np.abs(pile.days[first] - pile.days[second])
    told, gap = _told(pile, first, second)
    weekdays = (pile.weekdays[first] > 0) & (pile.weekdays[second] > 0)
    return Features(
        words=_cosines(pile.words, first, second)[0],
        lead=_cosines(pile.lead, first, second)[0],
        title=_cosines(pile.title, first, second)[0],
        anchors=anchors,
        names=_cosines(pile.names, first, second)[0],
        shared=shared,
        who=who,
        who_apart=who_apart,
        figures=figures,
        figures_apart=figures_apart,
        weekdays_apart=(weekdays & (pile.weekdays[first] & pile.weekdays[second] == 0)).astype(np.float64),
        told=told,
        same_language=(a == b) | (a < 0) | (b < 0),
        days=np.where(np.isnan(published), gap, published),
        size=np.minimum(pile.sizes[first], pile.sizes[second]).astype(np.float64),
        contrast=np.zeros(len(first)),
        name_contrast=np.zeros(len(first)),
    )


def _met(there: Floats, back: Floats, both: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """How much of two heads stands in the other report, and how much of both does not; nothing where a head has none."""
    there, back = np.clip(there, 0.0, 1.0), np.clip(back, 0.0, 1.0)
    return np.where(both, np.sqrt(there * back), 0.0), np.where(both, (1 - there) * (1 - back), 0.0)


def _cosines(
    held: Channel, first: Ints, second: Ints, value: Floats | None = None, heads: tuple[Floats, ...] = ()
) -> tuple[Floats, Floats, list[Floats], list[Floats]]:
    """The cosine of each pair, and the sum of ``value`` over the terms they share; then for each of ``heads`` how much of
    the second's stands in the first, and of the first's in the second."""
    cosine, worth = np.zeros(len(first)), np.zeros(len(first))
    there, back = ([np.zeros(len(first)) for _ in heads] for _ in range(2))
    weight = np.zeros(len(held.names))
    if not len(first) or not len(held.names):
        return cosine, worth, there, back
    for start, end in _runs(first):
        own = held.of(int(first[start]))
        mine_terms = held.terms[own]
        weight[mine_terms] = held.weights[own]
        place, ends = _places(held.at, second[start:end])
        terms = held.terms[place]
        mine = weight[terms]
        met = np.flatnonzero(mine)
        ends = np.searchsorted(met, ends)
        place, terms = place[met], terms[met]
        cosine[start:end] = _sums(mine[met] * held.weights[place], ends)
        weight[mine_terms] = 0.0
        if value is not None:
            worth[start:end] = _sums(value[terms], ends)
        for k, head in enumerate(heads):
            there[k][start:end] = _sums(head[place], ends)
            weight[mine_terms] = head[own]
            back[k][start:end] = _sums(weight[terms], ends)
            weight[mine_terms] = 0.0
    return np.clip(cosine, 0.0, 1.0), worth, there, back


def _places(at: Ints, others: Ints) -> tuple[Ints, Ints]:
    """The places of all terms of several reports, one report after the other, and where each report's end."""
    lengths = at[others + 1] - at[others]
    ends = np.cumsum(lengths)
    return np.arange(int(ends[-1])) + np.repeat(at[others] - (ends - lengths), lengths), ends


def _runs(values: Ints) -> list[tuple[int, int]]:
    """Half-open ranges of equal neighbours."""
    edges = [0, *(np.flatnonzero(np.diff(values)) + 1).tolist(), len(values)]
    return list(pairwise(edges))


def _sums(values: Floats, ends: Ints) -> Floats:
    """The sum of each stretch of ``values``; stretches end at ``ends`` and may be empty."""
    total = np.concatenate(([0.0], np.cumsum(values)))
    return np.asarray(total[ends] - total[np.concatenate(([0], ends[:-1]))])


def _told(pile: Pile, first: Ints, second: Ints) -> tuple[Floats, Floats]:
    """1 for a day that both leads name, -1 where theirs are apart; and the least gap in days, the dates of publication
    included, NaN where one names none."""
    told, gap = np.zeros(len(first)), np.full(len(first), math.nan)
    for k, (i, j) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        if pile.told[i] and pile.told[j]:
            gap[k] = _gap(pile.told[i], pile.told[j])
            one, two = pile.profiles[i].told, pile.profiles[j].told
            if one and two:
                least = _gap(one, two)
                told[k] = 1.0 if least == 0 else (-1.0 if least > APART else 0.0)
    return told, gap


@lru_cache(maxsize=100_000)
def _gap(one: tuple[int, ...], two: tuple[int, ...]) -> int:
    """Between the nearest two days."""
    return min(abs(a - b) for a in one for b in two)


def best_of(size: int, features: Features, first: Ints, second: Ints) -> tuple[Floats, Floats]:
    """For each report the best cosine of leads (within its language) and of anchors that it reaches with any other."""
    words, anchors = np.zeros(size), np.zeros(size)
    own = np.where(features.same_language, features.lead, 0.0)
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
    return _replace(
        features,
        contrast=features.lead / np.maximum(FULL_CONTRAST, np.sqrt(words[first] * words[second])),
        name_contrast=features.anchors / np.maximum(FULL_CONTRAST, np.sqrt(anchors[first] * anchors[second])),
    )


def _replace(features: Features, **changed: Floats) -> Features:
    return Features(**{**features.__dict__, **changed})


Compare = Callable[[Ints, Ints], Features]
