"""``reuse`` compiled: the runs of each pair cut where boilerplate begins, chained over small gaps, as rows of passages."""

# compiled functions take what numba infers; the functions that others call are typed
# mypy: allow-untyped-defs, allow-untyped-calls, no-check-untyped-defs
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.collate.kernels_boilerplate import Zones
from stemma.collate.kernels_jit import jit
from stemma.collate.kernels_seeds import Found
from stemma.collate.kernels_sort import joined, order_of
from stemma.collate.kernels_words import LETTER_FLAG, OUTSIDE
from stemma.collate.reuse import CHAINED, GAP, RUNS_OF_A_PAIR
from stemma.collate.seeds import SEEN
from stemma.collate.words import LETTER_WEIGHT, WORD_WEIGHT, Hashes, Ints

Small = NDArray[np.uint32]
Bytes = NDArray[np.uint8]

KINDS = ("boilerplate", "near", "verbatim")  # in the order of their names, as passages are sorted
_NONE, _SOME, _ALL = 0, 1, 2
_LAST_CHAINS, _LONGEST = 8, 64  # as in ``reuse``: chains looked back at, runs that can hold an echo


class Columns(NamedTuple):
    """The words of all texts: those of text ``t`` are ``first[t]:first[t] + counts[t]`` of the columns."""

    first: Ints
    counts: Small
    hashes: Hashes
    starts: Small
    ends: Small
    flags: Bytes


class Rows(NamedTuple):
    """Passages: code points in texts ``left`` and ``right``, an index into KINDS; ``same`` and ``both`` are the weights that
    similarity is made of. Sorted as passages are."""

    left: Small
    right: Small
    a_start: Small
    a_end: Small
    b_start: Small
    b_end: Small
    kind: Bytes
    same: Ints
    both: Ints

    def similarity(self) -> NDArray[np.float64]:
        """Twice the shared weight by the weight of both sides, to four digits as ``round`` gives them."""
        alike = np.ones(len(self.same))
        other = np.flatnonzero(2 * self.same != self.both)
        alike[other] = [round(value, 4) for value in (2 * self.same[other] / self.both[other]).tolist()]
        return alike


def rows_of(runs: Found, columns: Columns, zones: Zones, shortest: int) -> Rows:
    """The passages in these runs. ``zones`` are boilerplate by recurrence, of all texts."""
    places, kinds, weights = _rows(
        *runs,
        columns.first,
        columns.counts,
        columns.starts,
        columns.ends,
        columns.flags,
        *zones,
        shortest * WORD_WEIGHT,
    )
    left, right, a, a_end, b, b_end = places
    return Rows(left, right, a, a_end, b, b_end, kinds, weights[0], weights[1])


@jit
def _weight(flags, start, length):
    letters = 0
    for word in range(start, start + length):
        letters += flags[word] & LETTER_FLAG
    return WORD_WEIGHT * length - (WORD_WEIGHT - LETTER_WEIGHT) * letters


@jit
def _rows(left, right, a, b, length, first, counts, starts, ends, flags, zone_first, zone_start, zone_end, shortest):
    room = np.int64(1024)
    places, kinds, weights = np.empty((6, room), np.uint32), np.empty(room, np.uint8), np.empty((2, room), np.int64)
    total = row = since = np.int64(0)
    pieces = np.empty((2, 64, 3), np.int64)
    chains = np.empty((1, 8), np.int64)
    while row < len(left):
        stop, words = row, np.int64(0)
        while stop < len(left) and left[stop] == left[row] and right[stop] == right[row]:
            words += length[stop]
            stop += 1
        one, two = np.int64(left[row]), np.int64(right[row])
        if words // SEEN >= pieces.shape[1]:
            pieces = np.empty((2, 2 * (words // SEEN), 3), np.int64)
        plain, tagged = _cut(
            pieces, a, b, length, row, stop, flags, first[one], first[two],
            zone_first[one], zone_first[one + 1], zone_first[two], zone_first[two + 1], zone_start, zone_end,
        )  # fmt: skip
        count = np.int64(0)
        if plain:
            chains, count = _chains(_without_echoes(pieces[0], plain), flags, first[one])
            if not _enough(chains, count, shortest):
                count = np.int64(0)
        if total + count + tagged > room:
            room = 2 * (total + count + tagged)
            places, kinds, weights = _grown(places, kinds, weights, room)
        for index in range(count + tagged):
            if index < count:
                kind = 2 if chains[index, 7] == 1 else 1
                a_word, b_word, same = chains[index, 0], chains[index, 1], chains[index, 5]
                a_size = chains[index, 2] + chains[index, 4] - a_word
                b_size = chains[index, 3] + chains[index, 4] - b_word
            else:
                kind = 0
                a_word, b_word = pieces[1, index - count, 0], pieces[1, index - count, 1]
                a_size = b_size = pieces[1, index - count, 2]
                same = _weight(flags, first[one] + a_word, a_size)
            a_word, b_word = first[one] + a_word, first[two] + b_word
            places[0, total], places[1, total], kinds[total] = one, two, kind
            places[2, total], places[3, total] = starts[a_word], ends[a_word + a_size - 1]
            places[4, total], places[5, total] = starts[b_word], ends[b_word + b_size - 1]
            weights[0, total] = same
            weights[1, total] = _weight(flags, a_word, a_size) + _weight(flags, b_word, b_size)
            total += 1
        if stop == len(left) or left[stop] != one:
            _sort(places, kinds, weights, since, total)
            since = total
        row = stop
    return places[:, :total].copy(), kinds[:total].copy(), weights[:, :total].copy()


@jit
def _enough(chains, count, shortest):
    """``reuse._Writer.enough``."""
    for index in range(count):
        several = chains[index, 7] > 1 and chains[index, 5] >= CHAINED * WORD_WEIGHT
        if several or chains[index, 6] >= shortest:
            return True
    return False


@jit
def _grown(places, kinds, weights, room):
    """The same rows with room for more."""
    wide, long, heavy = np.empty((6, room), np.uint32), np.empty(room, np.uint8), np.empty((2, room), np.int64)
    for row in range(len(kinds)):
        for column in range(6):
            wide[column, row] = places[column, row]
        long[row], heavy[0, row], heavy[1, row] = kinds[row], weights[0, row], weights[1, row]
    return wide, long, heavy


@jit
def _cut(pieces, a, b, length, row, stop, flags, base_a, base_b, zone_a, stop_a, zone_b, stop_b, zone_start, zone_end):
    """Fill ``pieces`` with the stretches of the runs ``row`` to ``stop`` of one pair that weigh enough, [0] the reports' own
    words, [1] boilerplate; gives how many."""
    found = np.zeros(2, np.int64)
    for run in range(row, stop):
        start_a, start_b, size = np.int64(a[run]), np.int64(b[run]), np.int64(length[run])
        in_a, in_b = zone_a, zone_b
        if not _outside(flags, base_a + start_a, base_b + start_b, size):
            cut_a = _inside(zone_start, zone_end, zone_a, stop_a, start_a, size)
            cut_b = _inside(zone_start, zone_end, zone_b, stop_b, start_b, size)
            if cut_a == _ALL or cut_b == _ALL or cut_a == cut_b == _NONE:
                which = 0 if cut_a == cut_b == _NONE else 1
                if _weight(flags, base_a + start_a, size) >= SEEN * WORD_WEIGHT:
                    to = found[which]
                    pieces[which, to, 0], pieces[which, to, 1], pieces[which, to, 2] = start_a, start_b, size
                    found[which] += 1
                continue
        begin, inside = np.int64(0), False
        for word in range(size + 1):
            now = not inside
            if word < size:
                while in_a < stop_a and zone_end[in_a] <= start_a + word:
                    in_a += 1
                while in_b < stop_b and zone_end[in_b] <= start_b + word:
                    in_b += 1
                now = (in_a < stop_a and zone_start[in_a] <= start_a + word) or (
                    in_b < stop_b and zone_start[in_b] <= start_b + word
                )
                now |= flags[base_a + start_a + word] & flags[base_b + start_b + word] & OUTSIDE != 0
                if word == 0:
                    inside = now
            if now != inside:
                weight = _weight(flags, base_a + start_a + begin, word - begin)
                if weight >= SEEN * WORD_WEIGHT:
                    which = 1 if inside else 0
                    to = found[which]
                    pieces[which, to, 0], pieces[which, to, 1] = start_a + begin, start_b + begin
                    pieces[which, to, 2] = word - begin
                    found[which] += 1
                begin, inside = word, now
    return found[0], found[1]


@jit
def _outside(flags, a, b, size):
    """Whether some word was set apart by the reader on both sides."""
    both = 0
    for word in range(size):
        both |= flags[a + word] & flags[b + word]
    return both & OUTSIDE != 0


@jit
def _inside(zone_start, zone_end, zone, stop, start, size):
    """Whether none, some or all of the words lie in a zone."""
    while zone < stop and zone_end[zone] <= start:
        zone += 1
    if zone == stop or zone_start[zone] >= start + size:
        return _NONE
    return _ALL if zone_start[zone] <= start and start + size <= zone_end[zone] else _SOME


@jit
def _without_echoes(pieces, count):
    """``reuse._without_echoes``: sorted by place, without those inside a longer one on both sides."""
    if count < 2:
        return pieces[:count]
    first, second = np.empty(count, np.uint64), np.empty(count, np.uint64)
    for row in range(count):
        first[row] = joined(np.int64(0xFFFFFFFF) - pieces[row, 2], pieces[row, 0])
        second[row] = np.uint64(pieces[row, 1])
    kept = np.empty(min(count, RUNS_OF_A_PAIR), np.int64)
    total = 0
    for index in order_of(first, second)[:RUNS_OF_A_PAIR]:
        a, b, size = pieces[index, 0], pieces[index, 1], pieces[index, 2]
        in_a = in_b = False
        for other in kept[: min(total, _LONGEST)]:
            in_a |= pieces[other, 0] <= a and a + size <= pieces[other, 0] + pieces[other, 2]
            in_b |= pieces[other, 1] <= b and b + size <= pieces[other, 1] + pieces[other, 2]
        if not (in_a and in_b):
            kept[total] = index
            total += 1
    for row in range(total):
        first[row] = joined(pieces[kept[row], 0], pieces[kept[row], 1])
    order = order_of(first[:total], first[:total])
    found = np.empty((total, 3), np.int64)
    for row in range(total):
        for column in range(3):
            found[row, column] = pieces[kept[order[row]], column]
    return found


@jit
def _chains(runs, flags, base):
    """``reuse._chains`` and their number. Of each: first a and b, last a, b and length, weight of its runs, of the heaviest,
    how many they are."""
    chains = np.empty((len(runs), 8), np.int64)
    total = np.int64(0)
    for run in range(len(runs)):
        best, distance, best_over = np.int64(-1), np.int64(2 * GAP + 1), np.int64(0)
        for chain in range(max(0, total - _LAST_CHAINS), total):
            end_a, end_b = chains[chain, 2] + chains[chain, 4], chains[chain, 3] + chains[chain, 4]
            over = max(np.int64(0), end_a - runs[run, 0], end_b - runs[run, 1])
            gap_a, gap_b = runs[run, 0] + over - end_a, runs[run, 1] + over - end_b
            if over * 2 <= runs[run, 2] and gap_a <= GAP and gap_b <= GAP and gap_a + gap_b < distance:
                best, distance, best_over = chain, gap_a + gap_b, over
        a, b, size = runs[run, 0] + best_over, runs[run, 1] + best_over, runs[run, 2] - best_over
        weight = _weight(flags, base + a, size)
        if best < 0:
            best = total
            total += 1
            chains[best, 0], chains[best, 1] = a, b
            chains[best, 5] = chains[best, 6] = chains[best, 7] = 0
        chains[best, 2], chains[best, 3], chains[best, 4] = a, b, size
        chains[best, 5] += weight
        chains[best, 6] = max(chains[best, 6], weight)
        chains[best, 7] += 1
    return chains, total


@jit
def _sort(places, kinds, weights, start, stop):
    """Sort the passages of one left text: by its span, the other text, its span, the kind."""
    count = stop - start
    if count < 2:
        return
    first, second, third = np.empty(count, np.uint64), np.empty(count, np.uint64), np.empty(count, np.uint64)
    for row in range(count):
        at = start + row
        first[row], second[row] = joined(places[2, at], places[3, at]), joined(places[1, at], places[4, at])
        third[row] = joined(places[5, at], kinds[at])
    order = order_of(first, second)
    for row in range(1, count):
        one, two = order[row - 1], order[row]
        if first[one] == first[two] and second[one] == second[two]:
            order = order_of(third, third)
            order = order[order_of(first[order], second[order])]
            break
    wide, long, heavy = places[:, start:stop].copy(), kinds[start:stop].copy(), weights[:, start:stop].copy()
    for row in range(count):
        for column in range(6):
            places[column, start + row] = wide[column, order[row]]
        kinds[start + row] = long[order[row]]
        weights[0, start + row], weights[1, start + row] = heavy[0, order[row]], heavy[1, order[row]]
