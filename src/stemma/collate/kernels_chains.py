"""``reuse`` compiled: the runs of each pair cut where boilerplate begins, chained over small gaps, as rows of passages."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.collate.kernels_boilerplate import Zones
from stemma.collate.kernels_jit import jit
from stemma.collate.kernels_seeds import Found
from stemma.collate.kernels_words import LETTER_FLAG, OUTSIDE
from stemma.collate.reuse import CHAINED, GAP, RUNS_OF_A_PAIR
from stemma.collate.seeds import SEEN
from stemma.collate.words import LETTER_WEIGHT, WORD_WEIGHT, Hashes, Ints

Small = NDArray[np.uint32]
Bytes = NDArray[np.uint8]

KINDS = ("boilerplate", "near", "verbatim")  # in the order of their names, as passages are sorted
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
        exact = 2 * self.same / self.both
        values, which = np.unique(exact, return_inverse=True)
        rounded: NDArray[np.float64] = np.array([round(value, 4) for value in values.tolist()], np.float64)[which]
        return rounded


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
    return Rows(*places, kinds, *weights)


@jit
def _weight(flags, start, length):  # type: ignore[no-untyped-def]
    letters = 0
    for word in range(start, start + length):
        letters += flags[word] & LETTER_FLAG
    return WORD_WEIGHT * length - (WORD_WEIGHT - LETTER_WEIGHT) * letters


@jit
def _rows(left, right, a, b, length, first, counts, starts, ends, flags, zone_first, zone_start, zone_end, shortest):  # type: ignore[no-untyped-def]
    room = 1024
    places, kinds, weights = np.empty((6, room), np.uint32), np.empty(room, np.uint8), np.empty((2, room), np.int64)
    total = row = since = 0
    while row < len(left):
        stop, words = row, 0
        while stop < len(left) and left[stop] == left[row] and right[stop] == right[row]:
            words += length[stop]
            stop += 1
        one, two = left[row], right[row]
        base_a, base_b = first[one], first[two]
        pieces, plain, tagged = _cut(
            a[row:stop], b[row:stop], length[row:stop], flags, base_a, base_b, words // SEEN + 1,
            zone_first[one], zone_first[one + 1], zone_first[two], zone_first[two + 1], zone_start, zone_end,
        )  # fmt: skip
        chains = _chains(_without_echoes(pieces[0, :plain]), flags, base_a)
        enough = False
        for chain in chains:
            enough |= chain[6] >= shortest or (chain[7] > 1 and chain[5] >= CHAINED * WORD_WEIGHT)
        if total + len(chains) + tagged > room:
            room = 2 * (total + len(chains) + tagged)
            places, kinds, weights = _grown(places, kinds, weights, room)
        for index in range(len(chains) if enough else 0):
            chain = chains[index]
            a_end, b_end = chain[2] + chain[4], chain[3] + chain[4]
            places[0, total], places[1, total] = one, two
            places[2, total], places[3, total] = starts[base_a + chain[0]], ends[base_a + a_end - 1]
            places[4, total], places[5, total] = starts[base_b + chain[1]], ends[base_b + b_end - 1]
            kinds[total] = 2 if chain[7] == 1 else 1
            weights[0, total] = chain[5]
            weights[1, total] = _weight(flags, base_a + chain[0], a_end - chain[0]) + _weight(
                flags, base_b + chain[1], b_end - chain[1]
            )
            total += 1
        for index in range(tagged):
            start_a, start_b, size = pieces[1, index]
            places[0, total], places[1, total] = one, two
            places[2, total], places[3, total] = starts[base_a + start_a], ends[base_a + start_a + size - 1]
            places[4, total], places[5, total] = starts[base_b + start_b], ends[base_b + start_b + size - 1]
            kinds[total] = 0
            weights[0, total] = _weight(flags, base_a + start_a, size)
            weights[1, total] = 2 * weights[0, total]
            total += 1
        if stop == len(left) or left[stop] != one:
            _sort(places, kinds, weights, since, total)
            since = total
        row = stop
    return places[:, :total].copy(), kinds[:total].copy(), weights[:, :total].copy()


@jit
def _grown(places, kinds, weights, room):  # type: ignore[no-untyped-def]
    wide, long, heavy = np.empty((6, room), np.uint32), np.empty(room, np.uint8), np.empty((2, room), np.int64)
    wide[:, : len(kinds)], long[: len(kinds)], heavy[:, : len(kinds)] = places, kinds, weights
    return wide, long, heavy


@jit
def _cut(a, b, length, flags, base_a, base_b, room, zone_a, stop_a, zone_b, stop_b, zone_start, zone_end):  # type: ignore[no-untyped-def]
    """The stretches of the runs of one pair that weigh enough: [0] the reports' own words, [1] boilerplate; how many of each."""
    pieces = np.empty((2, room, 3), np.int64)
    found = np.zeros(2, np.int64)
    for run in range(len(a)):
        start_a, start_b, size = np.int64(a[run]), np.int64(b[run]), np.int64(length[run])
        in_a, in_b = zone_a, zone_b
        begin, inside = 0, False
        for word in range(size + 1):
            now = not inside
            if word < size:
                while in_a < stop_a and zone_end[in_a] <= start_a + word:
                    in_a += 1
                while in_b < stop_b and zone_end[in_b] <= start_b + word:
                    in_b += 1
                now = (
                    (in_a < stop_a and zone_start[in_a] <= start_a + word)
                    or (in_b < stop_b and zone_start[in_b] <= start_b + word)
                    or flags[base_a + start_a + word] & flags[base_b + start_b + word] & OUTSIDE != 0
                )  # fmt: skip
                if word == 0:
                    inside = now
            if now != inside:
                if (
                    word - begin >= SEEN
                    and _weight(flags, base_a + start_a + begin, word - begin) >= SEEN * WORD_WEIGHT
                ):
                    which = 1 if inside else 0
                    pieces[which, found[which]] = start_a + begin, start_b + begin, word - begin
                    found[which] += 1
                begin, inside = word, now
    return pieces, found[0], found[1]


@jit
def _without_echoes(pieces):  # type: ignore[no-untyped-def]
    """``reuse._without_echoes``: sorted by place, without those inside a longer one on both sides."""
    count = len(pieces)
    if count < 2:
        return pieces
    order = np.argsort(pieces[:, 1], kind="mergesort")
    order = order[np.argsort(pieces[order, 0], kind="mergesort")]
    order = order[np.argsort(-pieces[order, 2], kind="mergesort")]
    kept = np.empty((min(count, RUNS_OF_A_PAIR), 3), np.int64)
    total = 0
    for index in order[:RUNS_OF_A_PAIR]:
        a, b, size = pieces[index]
        in_a = in_b = False
        for other in range(min(total, _LONGEST)):
            in_a |= kept[other, 0] <= a and a + size <= kept[other, 0] + kept[other, 2]
            in_b |= kept[other, 1] <= b and b + size <= kept[other, 1] + kept[other, 2]
        if not (in_a and in_b):
            kept[total] = a, b, size
            total += 1
    kept = kept[:total]
    order = np.argsort(kept[:, 1], kind="mergesort")
    order = order[np.argsort(kept[order, 0], kind="mergesort")]
    return kept[order]


@jit
def _chains(runs, flags, base):  # type: ignore[no-untyped-def]
    """``reuse._chains``. A chain: first a and b, last a, b and length, weight of its runs, of the heaviest, their number."""
    chains = np.empty((len(runs), 8), np.int64)
    total = 0
    for run in range(len(runs)):
        best, distance, best_over = -1, 2 * GAP + 1, np.int64(0)
        for chain in range(max(0, total - _LAST_CHAINS), total):
            last_a, last_b, last = chains[chain, 2], chains[chain, 3], chains[chain, 4]
            over = max(np.int64(0), last_a + last - runs[run, 0], last_b + last - runs[run, 1])
            gap_a, gap_b = runs[run, 0] + over - last_a - last, runs[run, 1] + over - last_b - last
            if over * 2 <= runs[run, 2] and gap_a <= GAP and gap_b <= GAP and gap_a + gap_b < distance:
                best, distance, best_over = chain, gap_a + gap_b, over
        a, b, size = runs[run, 0] + best_over, runs[run, 1] + best_over, runs[run, 2] - best_over
        weight = _weight(flags, base + a, size)
        if best < 0:
            chains[total] = a, b, a, b, size, weight, weight, 1
            total += 1
        else:
            chains[best, 2], chains[best, 3], chains[best, 4] = a, b, size
            chains[best, 5] += weight
            chains[best, 6] = max(chains[best, 6], weight)
            chains[best, 7] += 1
    return chains[:total]


@jit
def _before(places, kinds, one, two):  # type: ignore[no-untyped-def]
    """Whether passage ``one`` of a left text comes before ``two``."""
    for column in (2, 3, 1, 4, 5):
        if places[column, one] != places[column, two]:
            return places[column, one] < places[column, two]
    return kinds[one] < kinds[two]


@jit
def _sort(places, kinds, weights, start, stop):  # type: ignore[no-untyped-def]
    """Sort the passages of one left text."""
    for row in range(start + 1, stop):
        if _before(places, kinds, row, row - 1):
            break
    else:
        return
    order = np.arange(start, stop)
    for column in (-1, 5, 4, 1, 3, 2):
        if column < 0:
            order = order[np.argsort(kinds[order], kind="mergesort")]
        else:
            order = order[np.argsort(places[column][order], kind="mergesort")]
    places[:, start:stop] = places[:, order]
    kinds[start:stop] = kinds[order]
    weights[:, start:stop] = weights[:, order]
