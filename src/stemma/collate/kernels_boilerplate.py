"""``boilerplate`` compiled and cut into steps that each need one block of texts: the same words are boilerplate.

    sides_of(runs)              the runs that can show boilerplate, seen from both texts
    much_shared(runs)           the pairs that share much: they are joined into groups with ``join``
    zones_of(sides, groups)     where texts of a block recur in enough other groups
    touched(runs, zones)        the pairs that share a stretch of a zone

The last step, the pairs that tell of one event though they share a zone, is ``kernels_topics``.
Texts are numbers in the order of their reports' ids; places are words of one text.
"""

# compiled functions take what numba infers; the functions that others call are typed
# mypy: allow-untyped-defs, allow-untyped-calls, no-check-untyped-defs
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.collate.boilerplate import (
    ANYWHERE,
    AT_END,
    FOOT,
    OWN,
    SAME_OUTLET,
    SHARED_LEAST,
    SHARED_MOST,
    SHARED_MUCH,
    TAIL,
)  # fmt: skip
from stemma.collate.kernels_jit import jit, part
from stemma.collate.kernels_seeds import LEFT, LENGTH, RIGHT, A, B
from stemma.collate.kernels_sort import joined, order_of
from stemma.collate.words import Ints

Bools = NDArray[np.bool_]
Small = NDArray[np.uint32]

# A side is a run seen from one text, a row of five: words ``start:start + length`` of ``text`` stand in ``other``, too. Marks: the run
# is of one outlet (1), lies in both feet or both heads or is the very end of both (2), is the very end of both (4).
_TEXT, _OTHER, _START, _LENGTH, _MARKS = 0, 1, 2, 3, 4
_SAME, _EDGE, _END = 1, 2, 4


class Zones(NamedTuple):
    """Stretches of words: those of text ``t`` are ``start[first[t]:first[t + 1]]`` to ``end[...]``, in order, apart."""

    first: Ints
    start: Small
    end: Small


def sides_of(runs: Small, counts: Small, outlets: Ints, block: int) -> tuple[Small, Ints]:
    """The runs that boilerplate can be seen by as sides, twice: from the left and from the right text. In the order of the blocks of
    ``block`` texts they belong to, and where each block begins."""
    sides, begin = _by_block(_sides(runs, counts, outlets), -(-len(counts) // block), block)
    return sides, begin


def much_shared(runs: Small, counts: Small) -> Small:
    """The pairs that share much outside their feet and heads: a row of left and a row of right texts."""
    pairs: Small = _much(runs, counts)
    return pairs


def join(parent: Small, pairs: Small) -> None:
    """Join the sets of the pairs; ``parent`` leads from each text to the smallest of its set."""
    _join(parent, pairs)


def tops(parent: Small) -> Small:
    """The smallest text of the set of each text."""
    found: Small = _tops(parent)
    return found


def zones_of(sides: Small, low: int, high: int, group: Small, counts: Small, mute: Bools) -> Zones:
    """The boilerplate of the texts ``low`` to ``high`` (``first`` counts from ``low``) as far as recurrence shows it.

    ``sides`` are all of these texts. Runs of texts that are ``mute`` count for nothing.
    """
    return Zones(*_zones(sides, (low, high), group, counts, mute))


def touched(runs: Small, zones: Zones) -> Small:
    """The pairs that share words of a zone of the left text, in order."""
    pairs: Small = _touched(runs, zones)
    return pairs


@jit
def _sides(runs, counts, outlets):
    sides = np.empty((2 * len(runs), 5), np.uint32)
    total = 0
    for row in range(len(runs)):
        one, two = runs[row, LEFT], runs[row, RIGHT]
        same = outlets[one] == outlets[two] and outlets[one] >= 0
        marks = _marks(runs[row], np.int64(counts[one]), np.int64(counts[two]), same)
        if marks:
            sides[total, _TEXT], sides[total, _OTHER], sides[total, _START] = one, two, runs[row, A]
            sides[total + 1, _TEXT], sides[total + 1, _OTHER], sides[total + 1, _START] = two, one, runs[row, B]
            for side in (total, total + 1):
                sides[side, _LENGTH], sides[side, _MARKS] = runs[row, LENGTH], marks
            total += 2
    return sides[:total]


@jit
def _by_block(sides, blocks, block):
    begin = np.zeros(blocks + 1, np.int64)
    for row in range(len(sides)):
        begin[sides[row, _TEXT] // block + 1] += 1
    for number in range(blocks):
        begin[number + 1] += begin[number]
    next_ = begin[:-1].copy()
    ordered = np.empty_like(sides)
    for row in range(len(sides)):
        number = sides[row, _TEXT] // block
        for column in range(5):
            ordered[next_[number], column] = sides[row, column]
        next_[number] += 1
    return ordered, begin


@part
def _marks(run, count_a, count_b, same):
    """Where the run lies (``boilerplate._edges``)."""
    a, b, length = np.int64(run[A]), np.int64(run[B]), np.int64(run[LENGTH])
    foot_a, foot_b = min(FOOT, count_a // 2), min(FOOT, count_b // 2)
    behind_a, behind_b = count_a - a - length, count_b - b - length
    at_foot = behind_a + length <= foot_a and behind_b + length <= foot_b
    at_head = a + length <= foot_a and b + length <= foot_b
    at_end = length <= TAIL and behind_a <= AT_END and behind_b <= AT_END and a >= OWN and b >= OWN
    marks = _SAME if same else 0
    if at_foot or at_head or at_end:
        marks |= _EDGE
    return marks | _END if at_end else marks


@jit
def _much(runs, counts):
    pairs = np.empty((2, len(runs)), np.uint32)
    total = row = 0
    while row < len(runs):
        one, two, shared = runs[row, LEFT], runs[row, RIGHT], 0
        count_one, count_two = np.int64(counts[one]), np.int64(counts[two])
        while row < len(runs) and runs[row, LEFT] == one and runs[row, RIGHT] == two:
            if not _marks(runs[row], count_one, count_two, False) & _EDGE:
                shared += np.int64(runs[row, LENGTH])
            row += 1
        if shared >= min(max(SHARED_MUCH * min(count_one, count_two), SHARED_LEAST), SHARED_MOST):
            pairs[0, total], pairs[1, total] = one, two
            total += 1
    return pairs[:, :total].copy()


@part
def top(parent, text):
    """The smallest text of the set of this one; paths are halved on the way."""
    while parent[text] != text:
        parent[text] = parent[parent[text]]
        text = parent[text]
    return text


@jit
def _join(parent, pairs):
    for row in range(pairs.shape[1]):
        one, two = top(parent, pairs[0, row]), top(parent, pairs[1, row])
        if one < two:
            parent[two] = one
        else:
            parent[one] = two


@jit
def _tops(parent):
    found = np.empty_like(parent)
    for text in range(len(parent)):
        found[text] = top(parent, np.uint32(text))
    return found


@jit
def _zones(sides, texts, group, counts, mute):
    low, high = texts
    order, begin = _counting(sides, texts, group, mute)
    room = 4 * len(order) + 1  # each run begins at most one stretch under each of the four tests
    first = np.zeros(high - low + 1, np.int64)
    starts, ends = np.empty(room, np.uint32), np.empty(room, np.uint32)
    most = np.int64(counts[low:high].max())
    steps, zone = np.zeros(most + 1, np.int32), np.zeros(most + 1, np.bool_)
    total = 0
    for number in range(high - low):
        rows = order[begin[number] : begin[number + 1]]
        if len(rows):
            mine = zone[: counts[low + number]]
            _mark_zone(rows, sides, group, steps, mine)
            total = _stretches(mine, starts, ends, total)
        first[number + 1] = total
    return first, starts[:total].copy(), ends[:total].copy()


@jit
def _counting(sides, texts, group, mute):
    """The sides that count, text by text, and where each text begins."""
    low, high = texts
    begin = np.zeros(high - low + 1, np.int64)
    keep = np.empty(len(sides), np.bool_)
    for row in range(len(sides)):
        one, two = sides[row, _TEXT], sides[row, _OTHER]
        keep[row] = group[one] != group[two] and not mute[one] and not mute[two]
        begin[one - low + 1] += keep[row]
    for number in range(high - low):
        begin[number + 1] += begin[number]
    next_ = begin[:-1].copy()
    order = np.empty(begin[-1], np.uint32)
    for row in range(len(sides)):
        if keep[row]:
            number = sides[row, _TEXT] - low
            order[next_[number]] = row
            next_[number] += 1
    return order, begin


@jit
def _mark_zone(rows, sides, group, steps, zone):
    """Set ``zone`` for the words of one text that recur in enough groups; ``rows`` are its sides, ``steps`` scratch."""
    keys = np.empty(len(rows), np.uint64)
    for index in range(len(rows)):
        keys[index] = joined(group[sides[rows[index], _OTHER]], sides[rows[index], _START])
    order = order_of(keys, keys)
    zone[:] = False
    for which, least in ((_SAME, SAME_OUTLET), (_EDGE, ANYWHERE), (_END, SAME_OUTLET), (_SAME | _END, 1)):
        steps[: len(zone) + 1] = 0
        before, furthest, some = np.uint64(0), np.int64(0), False
        for index in order:
            row = rows[index]
            if sides[row, _MARKS] & which != which:
                continue
            its = keys[index] >> np.uint64(32)
            if not some or its != before:
                before, furthest, some = its, np.int64(0), True
            end = np.int64(sides[row, _START]) + np.int64(sides[row, _LENGTH])
            if furthest < end:
                steps[max(np.int64(sides[row, _START]), furthest)] += 1
                steps[end] -= 1
                furthest = end
        covered = 0
        for word in range(len(zone) if some else 0):
            covered += steps[word]
            zone[word] |= covered >= least


@jit
def _stretches(zone, starts, ends, total):
    """Append the stretches of words in the zone; gives how many there are now."""
    word = 0
    while word < len(zone):
        if zone[word]:
            starts[total] = word
            while word < len(zone) and zone[word]:
                word += 1
            ends[total] = word
            total += 1
        word += 1
    return total


@jit
def _touched(runs, zones):
    first, start, end = zones
    pairs = np.empty((2, len(runs)), np.uint32)
    total = 0
    for row in range(len(runs)):
        one, two = runs[row, LEFT], runs[row, RIGHT]
        if total and pairs[0, total - 1] == one and pairs[1, total - 1] == two:
            continue
        for zone in range(first[one], first[one + 1]):
            if start[zone] < runs[row, A] + runs[row, LENGTH] and runs[row, A] < end[zone]:
                pairs[0, total], pairs[1, total] = one, two
                total += 1
                break
    return pairs[:, :total].copy()
