"""``reuse`` compiled: the runs of each pair cut where boilerplate begins, chained over small gaps, as rows of passages."""

# compiled functions take what numba infers; the functions that others call are typed
# mypy: allow-untyped-defs, allow-untyped-calls, no-check-untyped-defs
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.collate.kernels_boilerplate import Zones
from stemma.collate.kernels_jit import borrowed, jit, part
from stemma.collate.kernels_seeds import LEFT, LENGTH, RIGHT, A, B
from stemma.collate.kernels_sort import joined, order_of, put
from stemma.collate.kernels_words import LETTER_FLAG, OUTSIDE, Columns, end_of, flags_of, start_of
from stemma.collate.reuse import CHAINED, GAP, RUNS_OF_A_PAIR
from stemma.collate.seeds import SEEN
from stemma.collate.words import LETTER_WEIGHT, WORD_WEIGHT

Small = NDArray[np.uint32]

KINDS = ("boilerplate", "near", "verbatim")  # in the order of their names, as passages are sorted
_NONE, _SOME, _ALL = 0, 1, 2
_LAST_CHAINS, _LONGEST = 8, 64  # as in ``reuse``: chains looked back at, runs that can hold an echo


class _Pair(NamedTuple):
    """Two texts: their numbers, where their words begin in the columns, where their zones begin and end among the zones."""

    left: int
    right: int
    a: int
    b: int
    zone_a: int
    stop_a: int
    zone_b: int
    stop_b: int
    apart: bool  # both have words that are set apart
    letters: int  # not 0 where one has letters of unspaced scripts


class Rows(NamedTuple):
    """Passages: code points in texts ``left`` and ``right``, an index into KINDS; ``same`` and ``both`` are the weights that
    similarity is made of. Sorted as passages are."""

    left: Small
    right: Small
    a_start: Small
    a_end: Small
    b_start: Small
    b_end: Small
    kind: Small
    same: Small
    both: Small

    def similarity(self) -> NDArray[np.float64]:
        """Twice the shared weight by the weight of both sides, to four digits as ``round`` gives them."""
        same, both = 2 * self.same.astype(np.int64), self.both.astype(np.int64)
        alike = np.ones(len(same))
        other = np.flatnonzero(same != both)
        alike[other] = [round(value, 4) for value in (same[other] / both[other]).tolist()]
        return alike


def rows_of(runs: Small, columns: Columns, zones: Zones, shortest: int) -> Rows:
    """The passages in these runs (``kernels_seeds``). ``zones`` are boilerplate by recurrence, of all texts."""
    rows = _rows(runs, columns, zones, shortest * WORD_WEIGHT)
    return Rows(*(np.ascontiguousarray(column) for column in rows.T))


@jit
def _rows(runs, columns, zones, shortest):
    """Rows of nine numbers, as the columns of ``Rows``."""
    runs, columns, zones = borrowed(runs), borrowed(columns), borrowed(zones)
    out = np.empty((1024, 9), np.uint32)
    pieces, chains = np.empty((2, 64, 3), np.int64), np.empty((64, 8), np.int64)
    total = row = since = np.int64(0)
    while row < len(runs):
        stop, words = row, np.int64(0)
        while stop < len(runs) and runs[stop, LEFT] == runs[row, LEFT] and runs[stop, RIGHT] == runs[row, RIGHT]:
            words += runs[stop, LENGTH]
            stop += 1
        pair = _pair(columns, zones, np.int64(runs[row, LEFT]), np.int64(runs[row, RIGHT]))
        if words // SEEN >= len(chains):
            room = 2 * (words // SEEN)
            pieces, chains = np.empty((2, room, 3), np.int64), np.empty((room, 8), np.int64)
        plain, tagged = _cut(pieces, runs[row:stop], columns.spans, zones, pair)
        if total + plain + tagged > len(out):
            out = _longer(out, 2 * (total + plain + tagged))
        if plain:
            count = _chains(chains, _without_echoes(pieces[0], plain), columns.spans, pair)
            total += _write_chains(out[total:], chains[:count], columns, pair, shortest)
        for index in range(tagged):
            a, b, size = pieces[1, index, 0], pieces[1, index, 1], pieces[1, index, 2]
            weight = _weight(columns.spans, pair, pair.a + a, size)
            _write(out, total, columns, pair, (0, a, size, b, size, weight))
            total += 1
        if stop == len(runs) or runs[stop, LEFT] != pair.left:
            _sort(out[since:total])
            since = total
        row = stop
    return out[:total].copy()


@jit
def _longer(out, room):
    long = np.empty((room, out.shape[1]), np.uint32)
    long[: len(out)] = out
    return long


@part
def _pair(columns, zones, left, right):
    both, either = columns.holds[left] & columns.holds[right], columns.holds[left] | columns.holds[right]
    return _Pair(
        left, right, columns.first[left], columns.first[right], zones.first[left], zones.first[left + 1],
        zones.first[right], zones.first[right + 1], both & OUTSIDE != 0, np.int64(either & LETTER_FLAG),
    )  # fmt: skip


@part
def _write_chains(out, chains, columns, pair, shortest):
    """Write the passages that these chains are, if they are enough; gives how many."""
    if not _enough(chains, shortest):
        return 0
    for index in range(len(chains)):
        kind = 2 if chains[index, 7] == 1 else 1
        a, b = chains[index, 0], chains[index, 1]
        a_size, b_size = chains[index, 2] + chains[index, 4] - a, chains[index, 3] + chains[index, 4] - b
        _write(out, index, columns, pair, (kind, a, a_size, b, b_size, chains[index, 5]))
    return len(chains)


@part
def _write(out, row, columns, pair, passage):
    """One row; ``passage``: kind, word and number of words in the left text, in the right one, weight of what is the same."""
    kind, a, a_size, b, b_size, same = passage
    a, b = pair.a + a, pair.b + b
    out[row, 0], out[row, 1] = pair.left, pair.right
    out[row, 2], out[row, 3] = start_of(columns, a), end_of(columns, a + a_size - 1)
    out[row, 4], out[row, 5] = start_of(columns, b), end_of(columns, b + b_size - 1)
    out[row, 6], out[row, 7] = kind, same
    out[row, 8] = _weight(columns.spans, pair, a, a_size) + _weight(columns.spans, pair, b, b_size)


@part
def _weight(spans, pair, start, length):
    """What these words weigh; they are looked at only where letters of unspaced scripts may be among them."""
    if not pair.letters:
        return WORD_WEIGHT * length
    return WORD_WEIGHT * length - (WORD_WEIGHT - LETTER_WEIGHT) * _letters(spans, start, length)


@jit
def _letters(spans, start, length):
    letters = 0
    for word in range(start, start + length):
        letters += flags_of(spans[word]) & LETTER_FLAG
    return letters


@part
def _enough(chains, shortest):
    """``reuse._Writer.enough``."""
    for index in range(len(chains)):
        several = chains[index, 7] > 1 and chains[index, 5] >= CHAINED * WORD_WEIGHT
        if several or chains[index, 6] >= shortest:
            return True
    return False


@part
def _cut(pieces, runs, spans, zones, pair):
    """Fill ``pieces`` with the stretches of the runs of one pair that weigh enough, [0] the reports' own words, [1] boilerplate;
    gives how many."""
    found = (0, 0)
    for run in range(len(runs)):
        a, b, size = np.int64(runs[run, A]), np.int64(runs[run, B]), np.int64(runs[run, LENGTH])
        cut_a = _inside(zones, pair.zone_a, pair.stop_a, a, size) if pair.zone_a < pair.stop_a else _NONE
        cut_b = _inside(zones, pair.zone_b, pair.stop_b, b, size) if pair.zone_b < pair.stop_b else _NONE
        whole = cut_a == _ALL or cut_b == _ALL or cut_a == cut_b == _NONE
        if whole and not (pair.apart and _outside(spans, pair.a + a, pair.b + b, size)):
            found = _keep(pieces, found, spans, pair, (a, b, size, not cut_a == cut_b == _NONE))
        else:
            found = _cut_one(pieces, found, spans, zones, pair, (a, b, size))
    return found


@part
def _keep(pieces, found, spans, pair, piece):
    """Append a piece (places, words, whether boilerplate) if it weighs enough; gives the new numbers of pieces."""
    a, b, size, tagged = piece
    if _weight(spans, pair, pair.a + a, size) < SEEN * WORD_WEIGHT:
        return found
    which, to = (1, found[1]) if tagged else (0, found[0])
    pieces[which, to, 0], pieces[which, to, 1], pieces[which, to, 2] = a, b, size
    return (found[0], found[1] + 1) if tagged else (found[0] + 1, found[1])


@jit
def _cut_one(pieces, found, spans, zones, pair, run):
    """Cut a run where boilerplate begins and ends."""
    a, b, size = run
    in_a, in_b = pair.zone_a, pair.zone_b
    begin, inside = np.int64(0), False
    for word in range(size + 1):
        now = not inside
        if word < size:
            while in_a < pair.stop_a and zones.end[in_a] <= a + word:
                in_a += 1
            while in_b < pair.stop_b and zones.end[in_b] <= b + word:
                in_b += 1
            now = in_a < pair.stop_a and zones.start[in_a] <= a + word
            now |= in_b < pair.stop_b and zones.start[in_b] <= b + word
            now |= flags_of(spans[pair.a + a + word] & spans[pair.b + b + word]) & OUTSIDE != 0
            if word == 0:
                inside = now
        if now != inside:
            found = _keep(pieces, found, spans, pair, (a + begin, b + begin, word - begin, inside))
            begin, inside = word, now
    return found


@jit
def _outside(spans, a, b, size):
    """Whether some word was set apart by the reader on both sides."""
    both = np.uint32(0)
    for word in range(size):
        both |= spans[a + word] & spans[b + word]
    return flags_of(both) & OUTSIDE != 0


@part
def _inside(zones, zone, stop, start, size):
    """Whether none, some or all of the words lie in a zone."""
    while zone < stop and zones.end[zone] <= start:
        zone += 1
    if zone == stop or zones.start[zone] >= start + size:
        return _NONE
    return _ALL if zones.start[zone] <= start and start + size <= zones.end[zone] else _SOME


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
def _chains(chains, runs, spans, pair):
    """Fill ``chains`` as ``reuse._chains`` does; gives how many. Of each: first a and b, last a, b and length, weight of its runs, of
    the heaviest, how many they are."""
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
        weight = _weight(spans, pair, pair.a + a, size)
        if best < 0:
            best = total
            total += 1
            chains[best, 0], chains[best, 1] = a, b
            chains[best, 5] = chains[best, 6] = chains[best, 7] = 0
        chains[best, 2], chains[best, 3], chains[best, 4] = a, b, size
        chains[best, 5] += weight
        chains[best, 6] = max(chains[best, 6], weight)
        chains[best, 7] += 1
    return total


@jit
def _sort(rows):
    """Sort the passages of one left text: by its span, the other text, its span, the kind."""
    count = len(rows)
    if count < 2:
        return
    first, second, third = np.empty(count, np.uint64), np.empty(count, np.uint64), np.empty(count, np.uint64)
    for row in range(count):
        first[row], second[row] = joined(rows[row, 2], rows[row, 3]), joined(rows[row, 1], rows[row, 4])
        third[row] = joined(rows[row, 5], rows[row, 6])
    order = order_of(first, second)
    for row in range(1, count):
        one, two = order[row - 1], order[row]
        if first[one] == first[two] and second[one] == second[two]:
            order = order_of(third, third)
            order = order[order_of(first[order], second[order])]
            break
    put(rows, order)
