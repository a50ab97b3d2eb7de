"""The bags of all reports of a pile as one kind of terms, numbered and weighed by rarity.

Terms are numbered in ascending order of their hashes. Work goes in slices of the hashes and in blocks of reports, whose
size changes nothing: so the memory is hardly more than what is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stemma.story.features import Bag, Terms

# A pile of five reports says nothing about how rare a word is in general: the pile's counts are blended with a background
# of this many imaginary documents in which every content word stands once and function words stand everywhere.
BACKGROUND = 400
SLICE = 2_000_000  # terms sorted at once: 80 MB
BLOCK = 2_000  # reports weighed at once: about 20 MB

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Column = NDArray[np.float32]


@dataclass(frozen=True)
class Channel:
    """One kind of terms of all reports: report ``i`` holds ``terms[at[i]:at[i + 1]]``, ascending. Terms that one report alone
    has are left out: they never meet. ``rarity`` is by term, in nats. Each column of ``table`` weighs the terms in one way,
    by place; cosines are sums of products of columns that have length one over all terms of a report. ``names`` are the
    columns'."""

    at: Ints
    terms: NDArray[np.int32]
    rarity: Floats
    table: NDArray[np.float32]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.at) - 1

    def __getitem__(self, name: str) -> Column:
        column: Column = self.table[:, self.names.index(name)]
        return column

    def of(self, i: int) -> slice:
        return slice(int(self.at[i]), int(self.at[i + 1]))


class Block:
    """The bags of some reports as one column of terms: ``owner`` of each, its weight, how rare it is in the whole pile.
    ``reports`` are the block's places in the pile."""

    def __init__(self, reports: slice, bags: Sequence[Bag], rare: Floats) -> None:
        self.reports = reports
        self.rare = rare
        self.weights = np.concatenate([bag.weights for bag in bags])
        self._bags = bags
        self._lengths = np.array([len(bag.terms) for bag in bags])
        self.owner = np.repeat(np.arange(len(bags)), self._lengths)

    def scaled(self, weights: Column) -> Column:
        """The weights by rarity, brought to length one for each report."""
        value = weights * self.rare
        length = np.sqrt(np.bincount(self.owner, weights=value * value, minlength=len(self._bags)))
        scaled: Column = (value / np.where(length > 0, length, 1.0)[self.owner]).astype(np.float32)
        return scaled

    def shares(self, chosen: Bools) -> Column:
        """What part of a report's chosen terms each is, by rarity."""
        value = np.where(chosen, self.rare, 0.0)
        total = np.bincount(self.owner, weights=value, minlength=len(self._bags))
        return (value / np.where(total > 0, total, 1.0)[self.owner]).astype(np.float32)

    def within(self, bags: Sequence[Bag]) -> Column:
        """The weight that each term has in another bag of its report, 0 where it is not there."""
        out = np.zeros(len(self.weights), dtype=np.float32)
        begin = np.cumsum(self._lengths) - self._lengths
        for bag, own, at in zip(bags, self._bags, begin.tolist(), strict=True):
            out[at + np.searchsorted(own.terms, bag.terms)] = bag.weights
        return out


def channel_of(bags: Sequence[Bag], weigh: Callable[[Block], dict[str, Column]]) -> Channel:
    """The channel of a pile's bags; ``weigh`` gives the columns of a block of reports."""
    terms = np.concatenate([np.zeros(0, dtype=np.uint64), *(bag.terms for bag in bags)])
    number, count = _numbered(terms)
    rare = np.log((len(bags) + BACKGROUND) / (1.0 + count))
    renumbered = np.cumsum(count > 1, dtype=np.int32) - np.int32(1)
    ends = np.cumsum([0, *(len(bag.terms) for bag in bags)])
    at = np.zeros(len(bags) + 1, dtype=np.int64)
    kept = np.empty(int(count[count > 1].sum()), dtype=np.int32)
    table = np.empty((len(kept), 0), dtype=np.float32)
    names: tuple[str, ...] = ()
    done = 0
    for start in range(0, len(bags), BLOCK):
        reports = slice(start, min(start + BLOCK, len(bags)))
        own = number[ends[reports.start] : ends[reports.stop]]
        block = Block(reports, bags[reports], rare[own])
        held = count[own] > 1
        columns = weigh(block)
        if not names:
            names, table = tuple(columns), np.empty((len(kept), len(columns)), dtype=np.float32)
        until = done + int(np.count_nonzero(held))
        kept[done:until] = renumbered[own[held]]
        for k, column in enumerate(columns.values()):
            table[done:until, k] = column[held]
        at[start + 1 : reports.stop + 1] = np.bincount(block.owner[held], minlength=len(bags[reports]))
        done = until
    return Channel(np.cumsum(at), kept, rare[count > 1], table, names)


def _numbered(terms: Terms) -> tuple[NDArray[np.int32], Ints]:
    """The number of each term among all, in ascending order, and how often each number stands there."""
    number = np.empty(len(terms), dtype=np.int32)
    counts = [np.zeros(0, dtype=np.int64)]
    known = 0
    slices = 1 + len(terms) // SLICE
    for k in range(slices):
        low, high = (np.uint64(edge * (2**64 - 1) // slices) for edge in (k, k + 1))
        places = np.flatnonzero((terms >= low) & ((terms < high) | (k + 1 == slices)))
        names, inverse, count = np.unique(terms[places], return_inverse=True, return_counts=True)
        number[places] = inverse + known
        known += len(names)
        counts.append(count)
    return number, np.concatenate(counts)
