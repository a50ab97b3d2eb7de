"""Which terms two reports of a pile share, and what sums up over them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from itertools import pairwise
from types import ModuleType
from typing import TypeVar

import numpy as np

from stemma.story.channels import Channel, Floats
from stemma.story.profiles import Ints

CHUNK = 200_000  # terms of partners compared at once: bounds the memory of one step to about 10 MB
LARGE = 3_000  # reports from which the kernels save more time than the half second that it takes to load them

Result = TypeVar("Result")


def kernels_for(size: int) -> ModuleType | None:
    """The compiled functions, where a pile is large enough to pay for them and numba is installed; they give the same."""
    return _kernels() if size >= LARGE else None


@cache
def _kernels() -> ModuleType | None:
    with suppress(ImportError):
        from stemma.story import kernels

        return kernels
    return None


def side_by_side(size: int, *calls: Callable[[], Result]) -> list[Result]:
    """What the calls give, in their order; for a large pile in threads, as many as there are cores, for kernels and numpy leave
    the interpreter alone."""
    if kernels_for(size) is None:
        return [call() for call in calls]
    with ThreadPoolExecutor(min(len(calls), os.cpu_count() or 1)) as threads:
        return [future.result() for future in [threads.submit(call) for call in calls]]


def products(
    held: Channel, first: Ints, second: Ints, cosines: Sequence[str], sums: Sequence[str], ways: Sequence[str]
) -> dict[str, Floats]:
    """For each pair, over the terms they share: the sum of products of each of ``cosines``, the sum of each of ``sums``, and
    of each of ``ways`` the sum of the second's ("there") and of the first's ("back"). Quickest where ``first`` is sorted."""
    names = [*cosines, *sums, *(f"{name} {way}" for name in ways for way in ("there", "back"))]
    out = np.zeros((len(names), len(first)))
    kernels = kernels_for(len(held))
    if kernels:
        chosen = tuple(np.array([held.names.index(name) for name in some], np.int64) for some in (cosines, sums, ways))
        kernels.products(held.at, held.terms, held.table, (first, second), chosen, out)
        return dict(zip(names, out, strict=True))
    for pairs, here, there, pair in _meetings(held, first, second):
        columns = [held[name][here] * held[name][there] for name in cosines]
        columns += [held[name][there] for name in sums]
        columns += [held[name][places] for name in ways for places in (there, here)]
        for row, values in zip(out, columns, strict=True):
            row[pairs] = np.bincount(pair, weights=values, minlength=pairs.stop - pairs.start)
    return dict(zip(names, out, strict=True))


def _meetings(held: Channel, first: Ints, second: Ints) -> Iterator[tuple[slice, Ints, Ints, Ints]]:
    """Stretches of pairs with the places of the terms that both of a pair hold: in the first's, in the second's, and the
    pair, counted from the beginning of the stretch."""
    place_of = np.full(len(held.rarity), -1, dtype=np.int64)
    for start, end in _runs(first, held.at[second + 1] - held.at[second]):
        own = held.of(int(first[start]))
        place_of[held.terms[own]] = np.arange(own.start, own.stop)
        there, pair = _places(held.at, second[start:end])
        here = place_of[held.terms[there]]
        met = np.flatnonzero(here >= 0)
        yield slice(start, end), here[met], there[met], pair[met]
        place_of[held.terms[own]] = -1


def _runs(first: Ints, lengths: Ints) -> Iterator[tuple[int, int]]:
    """Half-open ranges of equal neighbours in ``first``, cut where their partners hold more than ``CHUNK`` terms."""
    edges = [0, *(np.flatnonzero(np.diff(first)) + 1).tolist(), len(first)]
    for start, end in pairwise(edges):
        ends = np.cumsum(lengths[start:end])
        begin = start
        while begin < end:
            done = ends[begin - start - 1] if begin > start else 0
            stop = start + max(begin - start + 1, int(np.searchsorted(ends, done + CHUNK)))
            stop = min(stop, end)
            yield begin, stop
            begin = stop


def _places(at: Ints, others: Ints) -> tuple[Ints, Ints]:
    """The places of all terms of several reports, one report after the other, and which of them each belongs to."""
    lengths = at[others + 1] - at[others]
    ends = np.cumsum(lengths)
    pair = np.repeat(np.arange(len(others)), lengths)
    return np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(at[others] - (ends - lengths), lengths), pair
