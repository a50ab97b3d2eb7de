"""Seed and extend: all maximal runs of words that two texts of a pile share.

1. n-grams of GRAM words are hashed and winnowed (of WINDOW grams in a row the smallest is kept), so that of every shared
   run of GRAM + WINDOW - 1 = 8 words the same gram is kept on both sides.
2. A table drops the grams met once before anything is sorted.
3. Equal grams are paired. What is capped is the number of *pairs per gram*, never the number of texts that hold it: above
   the cap each copy is linked to the first ones and to its neighbours, so that a large family stays whole.
4. Each pair is extended to the maximal exact run by binary search over prefix hashes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from stemma.collate.words import Hashes, Ints, Words, mix

GRAM, WINDOW = 5, 4
SEEN = GRAM + WINDOW - 1  # every shared run of this many words is seen
COPIES = 128  # texts that hold one gram up to which all pairs are made: 8,128 pairs
NEIGHBOURS = 3  # links to the texts before, above that
WITHIN = 4  # occurrences of one gram in one text that are followed up
ODD = 0xD6E8FEB86659FD93
KEPT_BITS = 40  # of a gram's hash: two grams that fall together cost a look at their words, nothing else


class Runs(NamedTuple):
    """Maximal exact runs: words ``a:a + length`` of text ``left`` equal words ``b:b + length`` of text ``right``; left < right.

    ``a`` and ``b`` count over all words of the pile. Sorted by left, right, a, b.
    """

    left: Ints
    right: Ints
    a: Ints
    b: Ints
    length: Ints

    def take(self, which: Ints) -> Runs:
        """The runs at these places, or under this mask."""
        return Runs(*(column[which] for column in self))


def find_runs(words: Words) -> Runs:
    """All maximal runs of at least SEEN words that two different texts share, up to the caps above."""
    text = words.text_of()
    places, grams = _winnow(words, text)
    places, grams = _met_twice(places, grams)
    a, b = _pair(places, grams, text)
    return _extend(words, text, a, b)


def _winnow(words: Words, text: Ints) -> tuple[Ints, Hashes]:
    """Where the kept grams begin, and their hashes."""
    count = len(words.hashes) - SEEN + 1
    if count <= 0:
        return np.zeros(0, np.int64), np.zeros(0, np.uint64)
    total = count + WINDOW - 1
    grams = np.zeros(total, np.uint64)
    for step in range(GRAM):
        grams *= np.uint64(ODD)
        grams += words.hashes[step : step + total]
    grams = mix(grams)
    best = np.zeros(count, np.int64)
    least = grams[:count].copy()
    for step in range(1, WINDOW):
        other = grams[step : step + count]
        smaller = other <= least
        best[smaller] = step
        np.minimum(least, other, out=least)
    whole = text[:count] == text[SEEN - 1 :]
    kept = np.zeros(total, bool)
    kept[(np.arange(count) + best)[whole]] = True
    places = np.flatnonzero(kept)
    return places, grams[places] >> np.uint64(64 - KEPT_BITS)


def _met_twice(places: Ints, grams: Hashes) -> tuple[Ints, Hashes]:
    """Without the grams met once (a few stay, where two share a cell of the table). Linear, before any sort."""
    if not len(places):
        return places, grams
    size = 1 << max(16, int(8 * len(places)).bit_length())
    cell = (grams & np.uint64(size - 1)).astype(np.int64)
    last = np.zeros(size, np.uint32)
    number = np.arange(len(places), dtype=np.uint32)
    last[cell] = number
    shared = np.zeros(size, bool)
    shared[cell[last[cell] != number]] = True
    keep = shared[cell]
    return places[keep], grams[keep]


def _pair(places: Ints, grams: Hashes, text: Ints) -> tuple[Ints, Ints]:
    """Pairs of places of equal grams in different texts, the earlier text first."""
    order = np.argsort(grams, kind="stable")
    places, grams = places[order], grams[order]
    owner = text[places]
    keep = _rank(_changes(grams) | _changes(owner)) < WITHIN
    places, grams, owner = places[keep], grams[keep], owner[keep]
    new = _changes(grams)
    begin = np.flatnonzero(new)
    size = np.diff(np.append(begin, len(places)))
    group = np.cumsum(new) - 1
    left = size[group] - _rank(new)  # this one and those after it in its group
    large = size[group] > COPIES
    found = [_steps(left, large), _to_first(begin, size)]
    first = np.concatenate([pair[0] for pair in found])
    second = np.concatenate([pair[1] for pair in found])
    apart = owner[first] != owner[second]
    return places[first[apart]], places[second[apart]]


def _steps(left: Ints, large: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[Ints, Ints]:
    """Index pairs (i, i + step) inside a group: all steps in a small group, NEIGHBOURS in a large one."""
    firsts, seconds = [], []
    active = np.flatnonzero(left > 1)
    step = 1
    while len(active):
        firsts.append(active)
        seconds.append(active + step)
        step += 1
        active = active[left[active] > step]
        if step > NEIGHBOURS:
            active = active[~large[active]]
    none = np.zeros(0, np.int64)
    return np.concatenate([none, *firsts]), np.concatenate([none, *seconds])


def _to_first(begin: Ints, size: Ints) -> tuple[Ints, Ints]:
    """Index pairs (first of the group, each later one) of the large groups."""
    large = size > COPIES
    first = np.repeat(begin[large], size[large])
    second = first + _rank(_changes(first)) if len(first) else first
    return first, second


def _changes(keys: np.ndarray[tuple[int], np.dtype[np.generic]]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Where a sorted column begins a new value."""
    new = np.ones(len(keys), bool)
    if len(keys):
        new[1:] = keys[1:] != keys[:-1]
    return new


def _rank(new: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Ints:
    """The place of each row in its group, from 0."""
    index = np.arange(len(new))
    return index - np.maximum.accumulate(np.where(new, index, 0)) if len(new) else index


def _extend(words: Words, text: Ints, a: Ints, b: Ints) -> Runs:
    """The maximal exact runs that hold the seeds."""
    order = np.lexsort((a, b - a))
    a, b = a[order], b[order]
    sums = _Sums(words.hashes)
    back = sums.common_before(a, b, np.minimum(a - words.first[text[a]], b - words.first[text[b]]))
    a, b = a - back, b - back
    new = _changes(b - a) | _changes(a)
    a, b = a[new], b[new]
    length = sums.common_after(a, b, np.minimum(words.first[text[a] + 1] - a, words.first[text[b] + 1] - b))
    runs = Runs(text[a], text[b], a, b, length)
    runs = runs.take(np.flatnonzero(length >= SEEN))
    return runs.take(np.lexsort((runs.b, runs.a, runs.right, runs.left)))


class _Sums:
    """Prefix hashes over all words: two stretches are equal when their hashes are."""

    def __init__(self, hashes: Hashes) -> None:
        count = len(hashes) + 1
        powers = np.full(count, ODD, np.uint64)
        powers[0] = 1
        self.powers = np.cumprod(powers, dtype=np.uint64)
        self.sums = np.zeros(count, np.uint64)
        np.cumsum(hashes * self.powers[:-1], out=self.sums[1:])

    def equal(self, a: Ints, b: Ints, length: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether words a:a+length and b:b+length are the same; a < b."""
        one = (self.sums[a + length] - self.sums[a]) * self.powers[b - a]
        same: np.ndarray[tuple[int], np.dtype[np.bool_]] = one == self.sums[b + length] - self.sums[b]
        return same

    def common_after(self, a: Ints, b: Ints, most: Ints) -> Ints:
        """How many words from a and b on are equal, at most ``most``."""
        length = np.zeros(len(a), np.int64)
        step = 1 << int(most.max()).bit_length() if len(a) else 0
        while step := step >> 1:
            index = np.flatnonzero(length + step <= most)
            longer = length[index] + step
            good = self.equal(a[index], b[index], longer)
            length[index[good]] = longer[good]
        return length

    def common_before(self, a: Ints, b: Ints, most: Ints) -> Ints:
        """How many words before a and b are equal, at most ``most``."""
        length = np.zeros(len(a), np.int64)
        step = 1 << int(most.max()).bit_length() if len(a) else 0
        while step := step >> 1:
            index = np.flatnonzero(length + step <= most)
            longer = length[index] + step
            good = self.equal(a[index] - longer, b[index] - longer, longer)
            length[index[good]] = longer[good]
        return length
