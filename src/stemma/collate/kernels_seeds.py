"""``seeds`` compiled: equal grams to pairs, bucket by bucket; pairs to maximal runs, block of left texts by block.

Texts are numbers in the order of their reports' ids; places are words of one text. The rules are those of ``seeds``: pairs per
gram are capped, never the number of texts that hold it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.collate.kernels_jit import jit
from stemma.collate.kernels_sort import joined, order_of
from stemma.collate.seeds import COPIES, NEIGHBOURS, SEEN, WITHIN
from stemma.collate.words import Hashes, Ints

Small = NDArray[np.uint32]


_ALL = COPIES * (COPIES - 1) // 2  # a group above COPIES may be below once WITHIN is held


class Seeds(NamedTuple):
    """Pairs of places of equal grams: word ``a`` of text ``left`` and word ``b`` of text ``right``, left < right."""

    left: Small
    right: Small
    a: Small
    b: Small


class Found(NamedTuple):
    """Maximal runs of SEEN words or more, as ``seeds.Runs`` but with places inside each text; sorted by left, right, a, b."""

    left: Small
    right: Small
    a: Small
    b: Small
    length: Small


def seeds_of(grams: Hashes, texts: Small, places: Small, block: int, blocks: int) -> tuple[Seeds, Ints]:
    """The pairs among these grams, ordered by blocks of ``block`` left texts, and where each of the blocks begins."""
    left, right, a, b, begin = _by_block(*_pairs(*_grouped(grams, texts, places)), block, blocks)
    return Seeds(left, right, a, b), begin


def runs_of(seeds: Seeds, low: int, high: int, hashes: Hashes, first: Ints, counts: Small) -> Found:
    """The maximal runs that hold the seeds of the left texts ``low`` to ``high``.

    ``first`` is where the words of each text begin in ``hashes``, ``counts`` how many it has.
    """
    return Found(*_extended(*seeds, low, high, hashes, first, counts))


@jit
def _grouped(grams, texts, places):  # type: ignore[no-untyped-def]
    """The rows whose gram is met twice or more, equal ones together, by text and place; and where each group begins.

    A table of the grams met stands in for a sort: linear, and in the processor's cache for a bucket of the right size.
    """
    count = len(grams)
    size = 16
    while size < 2 * count:
        size *= 2
    mask = np.uint64(size - 1)
    slots = np.zeros(size, np.uint32)  # 1 + the first row with the gram of this slot
    group = np.empty(count, np.uint32)
    met = np.zeros(count, np.uint32)
    for row in range(count):
        gram = grams[row]
        slot = gram & mask
        while slots[slot] and grams[slots[slot] - 1] != gram:
            slot = (slot + np.uint64(1)) & mask
        if not slots[slot]:
            slots[slot] = row + 1
        first = slots[slot] - 1
        group[row] = first
        met[first] += 1
    groups = kept = 0
    for row in range(count):
        if met[row] > 1:
            groups += 1
            kept += met[row]
    begin = np.zeros(groups + 1, np.int64)
    to = np.empty(kept, np.uint32)
    where = np.empty(kept, np.uint32)
    next_ = np.zeros(count, np.int64)
    groups = kept = 0
    for row in range(count):
        first = group[row]
        if met[first] < 2:
            continue
        if first == row:
            begin[groups], next_[row] = kept, kept
            groups += 1
            kept += met[row]
        index = next_[first]
        to[index], where[index] = texts[row], places[row]
        next_[first] = index + 1
    begin[groups] = kept
    for number in range(groups):
        _sort_rows(to[begin[number] : begin[number + 1]], where[begin[number] : begin[number + 1]])
    return to, where, begin


@jit
def _sort_rows(texts, places):  # type: ignore[no-untyped-def]
    """Sort the rows by text and place, in place; nothing is moved where they are sorted."""
    sorted_ = True
    for row in range(1, len(texts)):
        if texts[row - 1] > texts[row] or (texts[row - 1] == texts[row] and places[row - 1] > places[row]):
            sorted_ = False
            break
    if sorted_:
        return
    keys = np.empty(len(texts), np.uint64)
    for row in range(len(texts)):
        keys[row] = joined(texts[row], places[row])
    order = order_of(keys, keys)
    for row in range(len(texts)):
        texts[row] = np.uint32(keys[order[row]] >> np.uint64(32))
        places[row] = np.uint32(keys[order[row]] & np.uint64(0xFFFFFFFF))


@jit
def _pairs(texts, places, begin):  # type: ignore[no-untyped-def]
    """The pairs of each group as ``seeds.Seeds``: all in a group of up to COPIES, else with the first and the neighbours."""
    room = 0
    for group in range(len(begin) - 1):
        size = begin[group + 1] - begin[group]
        room += size * (size - 1) // 2 if size <= COPIES else max(_ALL, size * (NEIGHBOURS + 1))
    left, right = np.empty(room, np.uint32), np.empty(room, np.uint32)
    a, b = np.empty(room, np.uint32), np.empty(room, np.uint32)
    total = 0
    for group in range(len(begin) - 1):
        first, last = begin[group], begin[group]
        within = 0
        for row in range(begin[group], begin[group + 1]):  # of one text the first WITHIN places
            within = within + 1 if row > begin[group] and texts[row] == texts[last - 1] else 0
            if within < WITHIN:
                texts[last], places[last] = texts[row], places[row]
                last += 1
        small = last - first <= COPIES
        for one in range(first, last):
            stop = last if small or one == first else min(last, one + NEIGHBOURS + 1)
            for two in range(one + 1, stop):
                if texts[one] != texts[two]:
                    left[total], right[total] = texts[one], texts[two]
                    a[total], b[total] = places[one], places[two]
                    total += 1
    return left[:total], right[:total], a[:total], b[:total]


@jit
def _by_block(left, right, a, b, block, blocks):  # type: ignore[no-untyped-def]
    """The seeds in the order of the blocks of their left texts, and where each block begins."""
    begin = np.zeros(blocks + 1, np.int64)
    for row in range(len(left)):
        begin[left[row] // block + 1] += 1
    for number in range(blocks):
        begin[number + 1] += begin[number]
    next_ = begin.copy()
    out = np.empty((4, len(left)), np.uint32)
    for row in range(len(left)):
        number = left[row] // block
        to = next_[number]
        out[0, to], out[1, to], out[2, to], out[3, to] = left[row], right[row], a[row], b[row]
        next_[number] = to + 1
    return out[0], out[1], out[2], out[3], begin


@jit
def _extended(left, right, a, b, low, high, hashes, first, counts):  # type: ignore[no-untyped-def]
    """Extend seeds text by text. Along one diagonal (b - a) seeds come in order, so one inside the last run is known."""
    begin = np.zeros(high - low + 1, np.int64)
    for row in range(len(left)):
        begin[left[row] - low + 1] += 1
    for text in range(high - low):
        begin[text + 1] += begin[text]
    next_ = begin[:-1].copy()
    order = np.empty(len(left), np.uint32)
    for row in range(len(left)):
        text = left[row] - low
        order[next_[text]] = row
        next_[text] += 1
    out = np.empty((5, len(left)), np.uint32)
    size = 64
    slots = np.zeros((size, 3), np.int64)  # of a diagonal of a text: 1 + right, b - a, end of the last run in left
    most = 0
    for text in range(high - low):
        most = max(most, counts[low + text])
    at_word = np.zeros(most + 1, np.int64)
    total = np.int64(0)
    for text in range(high - low):
        rows = order[begin[text] : begin[text + 1]]
        if not len(rows):
            continue
        rows = _by_place(rows, a, at_word, np.int64(counts[low + text]))
        while size < 2 * len(rows):
            size *= 2
        if len(slots) < size:
            slots = np.zeros((size, 3), np.int64)
        used = 64
        while used < 2 * len(rows):
            used *= 2
        slots[:used, 0] = 0
        start = total
        words = hashes[first[low + text] : first[low + text] + counts[low + text]]
        for row in rows:
            other, one, two = np.int64(right[row]), np.int64(a[row]), np.int64(b[row])
            slot = _slot(slots, used - 1, other + 1, two - one)
            if slots[slot, 0] and one < slots[slot, 2]:
                continue
            there = hashes[first[other] : first[other] + counts[other]]
            back = 0
            while back < one and back < two and words[one - back - 1] == there[two - back - 1]:
                back += 1
            ahead = 0
            least = min(len(words) - one, len(there) - two)
            while ahead < least and words[one + ahead] == there[two + ahead]:
                ahead += 1
            slots[slot, 0], slots[slot, 1], slots[slot, 2] = other + 1, two - one, one + max(ahead, 1)
            if back + ahead >= SEEN:
                out[0, total], out[1, total] = low + text, other
                out[2, total], out[3, total], out[4, total] = one - back, two - back, back + ahead
                total += 1
        _sort_runs(out, start, total)
    return (
        out[0, :total].copy(),
        out[1, :total].copy(),
        out[2, :total].copy(),
        out[3, :total].copy(),
        out[4, :total].copy(),
    )


@jit
def _by_place(rows, a, at_word, count):  # type: ignore[no-untyped-def]
    """The rows ordered by their place in the left text; ``at_word`` is scratch."""
    at_word[: count + 1] = 0
    for row in rows:
        at_word[a[row] + 1] += 1
    for word in range(count):
        at_word[word + 1] += at_word[word]
    ordered = np.empty_like(rows)
    for row in rows:
        ordered[at_word[a[row]]] = row
        at_word[a[row]] += 1
    return ordered


@jit
def _slot(slots, mask, other, diagonal):  # type: ignore[no-untyped-def]
    """Where the diagonal stands in the table, or the free place for it."""
    key = (np.uint64(other) * np.uint64(0x9E3779B97F4A7C15)) ^ (np.uint64(diagonal) * np.uint64(0xBF58476D1CE4E5B9))
    slot = np.int64((key ^ (key >> np.uint64(29))) & np.uint64(mask))
    while slots[slot, 0] and (slots[slot, 0] != other or slots[slot, 1] != diagonal):
        slot = (slot + 1) & mask
    return slot


@jit
def _sort_runs(out, start, stop):  # type: ignore[no-untyped-def]
    """Sort the runs of one left text by right, a, b."""
    if stop - start < 2:
        return
    count = stop - start
    first, second = np.empty(count, np.uint64), np.empty(count, np.uint64)
    for row in range(count):
        first[row], second[row] = joined(out[1, start + row], out[2, start + row]), np.uint64(out[3, start + row])
    order = order_of(first, second)
    rows = out[:, start:stop].copy()
    for column in range(1, 5):
        for row in range(count):
            out[column, start + row] = rows[column, order[row]]
