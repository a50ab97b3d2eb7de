"""Which terms two reports of a pile share, and what sums up over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from stemma.story.channels import Channel, Floats, Ints

CHUNK = 500_000  # terms of partners compared at once: bounds the memory of one step to about 15 MB
LARGE = 3_000  # reports from which the kernels save more time than the half second that it takes to load them


def kernels_for(size: int) -> ModuleType | None:
    """The compiled functions, where a pile is large enough to pay for them and numba is installed; they give the same."""
    if size >= LARGE:
        with suppress(ImportError):
            from stemma.story import kernels

            return kernels
    return None


def products(
    held: Channel, first: Ints, second: Ints, cosines: Sequence[str], sums: Sequence[str], ways: Sequence[str]
) -> dict[str, Floats]:
    """For each pair, over the terms they share: the sum of products of each of ``cosines``, the sum of each of ``sums``, and
    of each of ``ways`` the sum of the second's ("there") and of the first's ("back"). Quickest where ``first`` is sorted."""
    names = [*cosines, *sums, *(f"{name} {way}" for name in ways for way in ("there", "back"))]
    out = {name: np.zeros(len(first)) for name in names}
    for start, end in _chunks(held.at[second + 1] - held.at[second]):
        here, there, pair = meetings(held, first[start:end], second[start:end])

        def total(values: NDArray[np.float32], pair: Ints = pair, size: int = end - start) -> Floats:
            return np.asarray(np.bincount(pair, weights=values, minlength=size), dtype=np.float64)

        for name in cosines:
            out[name][start:end] = total(held.columns[name][here] * held.columns[name][there])
        for name in sums:
            out[name][start:end] = total(held.columns[name][there])
        for name in ways:
            out[f"{name} there"][start:end] = total(held.columns[name][there])
            out[f"{name} back"][start:end] = total(held.columns[name][here])
    return out


def _chunks(lengths: Ints) -> Iterator[tuple[int, int]]:
    """Half-open ranges of pairs, cut where they come to more than ``CHUNK`` terms."""
    ends = np.cumsum(lengths)
    start = 0
    while start < len(ends):
        done = ends[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, done + CHUNK)))
        yield start, stop
        start = stop


def meetings(held: Channel, first: Ints, second: Ints) -> tuple[Ints, Ints, Ints]:
    """For each pair the places of the terms that both hold, in the first's and in the second's, and the pair; by pair, then
    by term."""
    kernels = kernels_for(len(held))
    if kernels:
        found: tuple[Ints, Ints, Ints] = kernels.meetings(held.at, held.terms, len(held.rarity), first, second)
        return found
    place_of = np.full(len(held.rarity), -1, dtype=np.int64)
    parts = []
    edges = [0, *(np.flatnonzero(np.diff(first)) + 1).tolist(), len(first)]
    for start, end in pairwise(edges):
        if start == end:
            continue
        own = held.of(int(first[start]))
        place_of[held.terms[own]] = np.arange(own.start, own.stop)
        there, pair = _places(held.at, second[start:end])
        here = place_of[held.terms[there]]
        met = np.flatnonzero(here >= 0)
        parts.append((here[met], there[met], pair[met] + start))
        place_of[held.terms[own]] = -1
    none = np.zeros(0, dtype=np.int64)
    columns = list(zip(*parts, strict=True)) or [(none,)] * 3
    return np.concatenate(columns[0]), np.concatenate(columns[1]), np.concatenate(columns[2])


def _places(at: Ints, others: Ints) -> tuple[Ints, Ints]:
    """The places of all terms of several reports, one report after the other, and which of them each belongs to."""
    lengths = at[others + 1] - at[others]
    ends = np.cumsum(lengths)
    pair = np.repeat(np.arange(len(others)), lengths)
    return np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(at[others] - (ends - lengths), lengths), pair
