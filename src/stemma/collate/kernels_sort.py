"""A stable order by two keys, compiled once: numba's own sorts are compiled anew for every kind of array, seconds each."""

# compiled functions take what numba infers; the functions that others call are typed
# mypy: allow-untyped-defs, allow-untyped-calls, no-check-untyped-defs
from __future__ import annotations

import numpy as np

from stemma.collate.kernels_jit import jit

_SMALL = 24  # rows up to which insertion is faster than merging


@jit
def order_of(first, second):
    """The order of the rows by ``first``, then ``second`` (both uint64), then as they are."""
    count = len(first)
    order = np.empty(count, np.int64)
    for row in range(count):
        order[row] = row
    width = _SMALL
    for start in range(0, count, width):
        for row in range(start + 1, min(start + width, count)):
            one = order[row]
            to = row
            while to > start:
                two = order[to - 1]
                if first[two] < first[one] or (first[two] == first[one] and second[two] <= second[one]):
                    break
                order[to] = two
                to -= 1
            order[to] = one
    other = np.empty(count if count > width else 0, np.int64)
    while width < count:
        for start in range(0, count, 2 * width):
            middle, stop = min(start + width, count), min(start + 2 * width, count)
            left, right = start, middle
            for to in range(start, stop):
                take = left < middle
                if take and right < stop:
                    one, two = order[left], order[right]
                    take = first[one] < first[two] or (first[one] == first[two] and second[one] <= second[two])
                if take:
                    other[to] = order[left]
                    left += 1
                else:
                    other[to] = order[right]
                    right += 1
        order, other = other, order
        width *= 2
    return order


@jit
def put(rows, order):
    """Put the rows of an array into this order."""
    before = rows.copy()
    for to in range(len(order)):
        for column in range(rows.shape[1]):
            rows[to, column] = before[order[to], column]


@jit
def joined(high, low):
    """One key of two numbers below 2 ** 32."""
    return np.uint64(high) << np.uint64(32) | np.uint64(low)
