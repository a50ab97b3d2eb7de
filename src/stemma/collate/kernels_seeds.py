"""``seeds`` compiled: equal grams to pairs, bucket by bucket; pairs to maximal runs, block of left texts by block.

Texts are numbers in the order of their reports' ids; places are words of one text. The rules are those of ``seeds``: pairs per
gram are capped, never the number of texts that hold it.
"""

# compiled functions take what numba infers; the functions that others call are typed
# mypy: allow-untyped-defs, allow-untyped-calls, no-check-untyped-defs
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.collate.kernels_jit import jit
from stemma.collate.kernels_sort import joined, order_of
from stemma.collate.seeds import COPIES, NEIGHBOURS, SEEN, WITHIN
from stemma.collate.words import Hashes, Ints

Small = NDArray[np.uint32]


class Postings(NamedTuple):
    """Where grams that are met twice or more stand: word ``place`` of ``text``. Each is paired with the ``partners`` rows that
    follow it, which hold the same gram in the same text or later ones. ``near`` as in ``kernels_words.Chunk``."""

    text: Small
    place: Small
    near: Small
    partners: Small


class Found(NamedTuple):
    """Maximal runs of SEEN words or more, as ``seeds.Runs`` but with places inside each text; sorted by left, right, a, b."""

    left: Small
    right: Small
    a: Small
    b: Small
    length: Small


def postings_of(rows: tuple[Hashes, Small, Small, Small], block: int, blocks: int) -> tuple[Postings, Small, Ints]:
    """The postings of these grams, texts, places and neighbours; those of them that have partners, in the order of blocks of ``block`` texts; and where each
    of the blocks begins in that order."""
    text, place, near, partners = _paired(*_grouped(*rows))
    order, begin = _by_block(text, partners, block, blocks)
    return Postings(text, place, near, partners), order, begin


def runs_of(postings: Postings, rows: Ints, low: int, high: int, hashes: Hashes, first: Ints, counts: Small) -> Found:
    """The maximal runs that hold the pairs of these rows with their partners; ``rows`` are all of texts ``low`` to ``high``.

    ``first`` is where the words of each text begin in ``hashes``, ``counts`` how many it has.
    """
    return Found(*_extended(*postings, rows, low, high, hashes, first, counts))


@jit
def _grouped(grams, texts, places, near):
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
    beside = np.empty(kept, np.uint32)
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
        to[index], where[index], beside[index] = texts[row], places[row], near[row]
        next_[first] = index + 1
    begin[groups] = kept
    for number in range(groups):
        _sort_rows(to, where, beside, begin[number], begin[number + 1])
    return to, where, beside, begin


@jit
def _sort_rows(texts, places, near, start, stop):
    """Sort the rows ``start`` to ``stop`` by text and place; nothing is moved where they are sorted, as they mostly are."""
    keys = np.empty(stop - start, np.uint64)
    moved = False
    for row in range(stop - start):
        keys[row] = joined(texts[start + row], places[start + row])
        moved |= row > 0 and keys[row] < keys[row - 1]
    if not moved:
        return
    beside = near[start:stop].copy()
    order = order_of(keys, keys)
    for row in range(stop - start):
        texts[start + row] = np.uint32(keys[order[row]] >> np.uint64(32))
        places[start + row] = np.uint32(keys[order[row]] & np.uint64(0xFFFFFFFF))
        near[start + row] = beside[order[row]]


@jit
def _paired(texts, places, near, begin):
    """The rows with the number of partners of each: all that follow in a group of up to COPIES, else the neighbours, and of the
    first all."""
    partners = np.empty(len(texts), np.uint32)
    total = 0
    for group in range(len(begin) - 1):
        first, last = total, total
        within = 0
        for row in range(begin[group], begin[group + 1]):  # of one text the first WITHIN places
            within = within + 1 if last > first and texts[row] == texts[last - 1] else 0
            if within < WITHIN:
                texts[last], places[last], near[last] = texts[row], places[row], near[row]
                last += 1
        if texts[first] == texts[last - 1]:
            continue
        for row in range(first, last):
            everyone = last - first <= COPIES or row == first
            partners[row] = last - row - 1 if everyone else min(last - row - 1, NEIGHBOURS)
        total = last
    return texts[:total].copy(), places[:total].copy(), near[:total].copy(), partners[:total].copy()


@jit
def _by_block(texts, partners, block, blocks):
    """The rows with partners in the order of the blocks of their texts, and where each block begins."""
    begin = np.zeros(blocks + 1, np.int64)
    for row in range(len(texts)):
        if partners[row]:
            begin[texts[row] // block + 1] += 1
    for number in range(blocks):
        begin[number + 1] += begin[number]
    next_ = begin.copy()
    order = np.empty(begin[blocks], np.uint32)
    for row in range(len(texts)):
        if partners[row]:
            number = texts[row] // block
            order[next_[number]] = row
            next_[number] += 1
    return order, begin


@jit
def _extended(texts, places, near, partners, rows, low, high, hashes, first, counts):
    """Extend pairs, text by text. Along one diagonal (b - a) they come in order, so one inside the last run is known.

    The table holds the last run of each diagonal of the text at hand: key, text it is of, end of the run.
    """
    begin = np.zeros(high - low + 1, np.int64)
    for row in rows:
        begin[texts[row] - low + 1] += 1
    most = np.int64(0)
    for text in range(high - low):
        begin[text + 1] += begin[text]
        most = max(most, np.int64(counts[low + text]))
    next_ = begin[:-1].copy()
    order = np.empty(len(rows), np.int64)
    for row in rows:
        text = texts[row] - low
        order[next_[text]] = row
        next_[text] += 1
    at_word = np.zeros(most + 1, np.int64)
    size = np.int64(1024)
    keys, owners, ends = np.empty(size, np.uint64), np.zeros(size, np.uint32), np.empty(size, np.uint32)
    ended, ending = (
        np.empty(128, np.int64),
        np.empty(128, np.int64),
    )  # of the partners: where their runs end in the text
    out = np.empty((5, 1024), np.uint32)
    total = np.int64(0)
    for text in range(high - low):
        mine = order[begin[text] : begin[text + 1]]
        if not len(mine):
            continue
        mine = _by_place(mine, places, at_word, np.int64(counts[low + text]))
        start, held, owner = total, np.int64(0), np.uint32(text + 1)
        words = hashes[first[low + text] : first[low + text] + counts[low + text]]
        before, known = np.int64(0), np.int64(0)  # the row before, how many partners it has
        for row in mine:
            one = np.int64(places[row])
            if partners[row] > len(ending):
                ended, ending = _longer(ended, partners[row]), np.empty(2 * partners[row], np.int64)
            moved, last = one - np.int64(places[before]), np.int64(0)
            for number in range(np.int64(partners[row])):
                other, two = np.int64(texts[row + 1 + number]), np.int64(places[row + 1 + number])
                ending[number] = 0
                if other == low + text:
                    continue
                # most grams of a run stand in the same texts as the gram before: then their run is known from there
                while last < known and texts[before + 1 + last] < other:
                    last += 1
                beside = last
                while beside < known and texts[before + 1 + beside] == other:
                    if places[before + 1 + beside] + moved == two:
                        ending[number] = ended[beside]
                    beside += 1
                if one < ending[number]:
                    continue
                if not _may_be_seen(near[row] ^ near[row + 1 + number]):
                    continue
                key = joined(other, (two - one) & np.int64(0xFFFFFFFF))
                slot = _slot(keys, owners, key, owner)
                if owners[slot] != owner:
                    held += 1
                    if 2 * held > size:
                        keys, owners, ends = _larger(keys, owners, ends, owner)
                        size *= 2
                        slot = _slot(keys, owners, key, owner)
                elif one < ends[slot]:
                    ending[number] = ends[slot]
                    continue
                there = hashes[first[other] : first[other] + counts[other]]
                back = 0
                while back < one and back < two and words[one - back - 1] == there[two - back - 1]:
                    back += 1
                ahead = 0
                least = min(len(words) - one, len(there) - two)
                while ahead < least and words[one + ahead] == there[two + ahead]:
                    ahead += 1
                ending[number] = one + max(ahead, 1)
                keys[slot], owners[slot], ends[slot] = key, owner, ending[number]
                if back + ahead >= SEEN:
                    if total == out.shape[1]:
                        out = _wider(out)
                    out[0, total], out[1, total] = low + text, other
                    out[2, total], out[3, total], out[4, total] = one - back, two - back, back + ahead
                    total += 1
            before, known = row, np.int64(partners[row])
            ended, ending = ending, ended
        _sort_runs(out, start, total)
    return (
        out[0, :total].copy(),
        out[1, :total].copy(),
        out[2, :total].copy(),
        out[3, :total].copy(),
        out[4, :total].copy(),
    )


@jit
def _larger(keys, owners, ends, owner):
    """The table of one owner with twice the room."""
    size = 2 * len(keys)
    wide, whose, until = np.empty(size, np.uint64), np.zeros(size, np.uint32), np.empty(size, np.uint32)
    for slot in range(len(keys)):
        if owners[slot] == owner:
            to = _slot(wide, whose, keys[slot], owner)
            wide[to], whose[to], until[to] = keys[slot], owner, ends[slot]
    return wide, whose, until


@jit
def _may_be_seen(unlike):
    """Whether a run of SEEN words can hold the gram: then two words before it or two after it are alike.

    With one at most on either side it has GRAM + 2 words. Two texts are looked at in memory only where this holds: grams
    that are formulas of news are most of all, and each look is a cache miss.
    """
    return unlike & np.uint32(0xFFFF) == 0 or unlike >> np.uint32(16) == 0


@jit
def _longer(ended, room):
    """The same numbers with twice that room."""
    long = np.empty(2 * room, np.int64)
    for place in range(min(len(ended), len(long))):
        long[place] = ended[place]
    return long


@jit
def _wider(out):
    wide = np.empty((5, 2 * out.shape[1]), np.uint32)
    for column in range(5):
        for row in range(out.shape[1]):
            wide[column, row] = out[column, row]
    return wide


@jit
def _slot(keys, owners, key, owner):
    """Where the key of the owner stands in the table, or the free place for it."""
    mask = np.uint64(len(keys) - 1)
    spread = key * np.uint64(0x9E3779B97F4A7C15)
    slot = np.int64((spread >> np.uint64(32)) & mask)
    while owners[slot] == owner and keys[slot] != key:
        slot = np.int64((slot + 1) & mask)
    return slot


@jit
def _by_place(rows, places, at_word, count):
    """The rows ordered by their place in the left text; ``at_word`` is scratch."""
    at_word[: count + 1] = 0
    for row in rows:
        at_word[places[row] + 1] += 1
    for word in range(count):
        at_word[word + 1] += at_word[word]
    ordered = np.empty_like(rows)
    for row in rows:
        ordered[at_word[places[row]]] = row
        at_word[places[row]] += 1
    return ordered


@jit
def _sort_runs(out, start, stop):
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
