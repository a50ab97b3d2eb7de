"""``seeds`` compiled: equal grams to pairs, bucket by bucket; pairs to maximal runs, block of left texts by block.

Texts are numbers in the order of their reports' ids; places are words of one text. The rules are those of ``seeds``: pairs per
gram are capped, never the number of texts that hold it.

A *posting* is where a gram that is met twice or more stands, a row of four numbers: the text, the word of it, its neighbours (as
in ``kernels_words.Chunk``), and how many of the rows that follow are its partners: they hold the same gram, in the same text or
later ones. A *run* is a row of five: left text, right text, first word in the left one, in the right one, and how many words are
the same; the runs of a pile are those of ``seeds.Runs``, sorted by left, right, a, b. One row is one look at memory.
"""

# compiled functions take what numba infers; the functions that others call are typed
# mypy: allow-untyped-defs, allow-untyped-calls, no-check-untyped-defs
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemma.collate.kernels_jit import borrowed, jit, part
from stemma.collate.kernels_sort import joined, order_of, put
from stemma.collate.kernels_words import NEAR_BITS, NEAR_WORDS, Columns
from stemma.collate.seeds import COPIES, GRAM, NEIGHBOURS, SEEN, WITHIN
from stemma.collate.words import Hashes, Ints

Small = NDArray[np.uint32]

LEFT, RIGHT, A, B, LENGTH = 0, 1, 2, 3, 4  # of a run
_TEXT, _PLACE, _NEAR, _PARTNERS = 0, 1, 2, 3  # of a posting
_FEW = 16  # postings up to which insertion sorts them


def postings_of(grams: Small, block: int, blocks: int) -> tuple[Small, Hashes, Ints]:
    """The postings of the grams of a bucket (rows as in ``kernels_words.Chunk``); of those that have partners the number and the text,
    in the order of blocks of ``block`` texts; and where each of the blocks begins among these."""
    postings = _paired(*_grouped(grams))
    order, begin = _by_block(postings, block, blocks)
    return postings, order, begin


def runs_of(postings: Small, which: Hashes, low: int, high: int, columns: Columns) -> Small:
    """The maximal runs that hold the pairs of these postings with their partners; ``which`` are all of texts ``low`` to ``high``."""
    runs: Small = _runs(postings, which, low, high, columns)
    return runs


@jit
def _grouped(grams):
    """The postings, equal grams together, by text and place; and where each group begins.

    A table of the grams met stands in for a sort: linear, and in the processor's cache for a bucket of the right size.
    """
    group, met = _groups(grams)
    groups = kept = 0
    for row in range(len(grams)):
        if met[row] > 1:
            groups += 1
            kept += met[row]
    begin, postings = np.empty(groups + 1, np.int64), np.empty((kept, 4), np.uint32)
    next_ = np.empty(len(grams), np.uint32)
    groups = kept = 0
    for row in range(len(grams)):
        first = group[row]
        if met[first] < 2:
            continue
        if first == row:
            begin[groups], next_[row] = kept, kept
            groups += 1
            kept += met[row]
        to = next_[first]
        for column in range(3):
            postings[to, column] = grams[row, column + 1]
        next_[first] = to + 1
    begin[groups] = kept
    for number in range(groups):
        _sort(postings[begin[number] : begin[number + 1]])
    return postings, begin


@jit
def _groups(grams):
    """Of each row the first one with its gram; of these how often the gram is met."""
    size = 16
    while size < 2 * len(grams):
        size *= 2
    mask = np.uint64(size - 1)
    slots = np.zeros(size, np.uint32)  # 1 + the first row with the gram of this slot
    group, met = np.empty(len(grams), np.uint32), np.zeros(len(grams), np.uint32)
    for row in range(len(grams)):
        gram = grams[row, 0]
        slot = np.uint64(gram) & mask
        while slots[slot] and grams[slots[slot] - np.uint32(1), 0] != gram:
            slot = (slot + np.uint64(1)) & mask
        if not slots[slot]:
            slots[slot] = row + 1
        first = slots[slot] - np.uint32(1)
        group[row] = first
        met[first] += np.uint32(1)
    return group, met


@jit
def _sort(postings):
    """Sort by text and place."""
    count = len(postings)
    if count > _FEW:
        keys = np.empty(count, np.uint64)
        for row in range(count):
            keys[row] = joined(postings[row, _TEXT], postings[row, _PLACE])
        put(postings, order_of(keys, keys))
        return
    for row in range(1, count):
        text, place, near = postings[row, _TEXT], postings[row, _PLACE], postings[row, _NEAR]
        to = row
        while to and joined(postings[to - 1, _TEXT], postings[to - 1, _PLACE]) > joined(text, place):
            for column in range(3):
                postings[to, column] = postings[to - 1, column]
            to -= 1
        postings[to, _TEXT], postings[to, _PLACE], postings[to, _NEAR] = text, place, near


@jit
def _paired(postings, begin):
    """Fill in the number of partners: all that follow in a group of up to COPIES, else the neighbours, and of the first all."""
    total = 0
    for group in range(len(begin) - 1):
        first, last = total, total
        within = 0
        for row in range(begin[group], begin[group + 1]):  # of one text the first WITHIN places
            repeated = last > first and postings[row, _TEXT] == postings[last - 1, _TEXT]
            within = within + 1 if repeated else 0
            if within < WITHIN:
                for column in range(3):
                    postings[last, column] = postings[row, column]
                last += 1
        if postings[first, _TEXT] == postings[last - 1, _TEXT]:
            continue
        for row in range(first, last):
            everyone = last - first <= COPIES or row == first
            postings[row, _PARTNERS] = last - row - 1 if everyone else min(last - row - 1, NEIGHBOURS)
        total = last
    return postings[:total].copy()


@jit
def _by_block(postings, block, blocks):
    """The rows with partners in the order of the blocks of their texts, and where each block begins."""
    begin = np.zeros(blocks + 1, np.int64)
    for row in range(len(postings)):
        if postings[row, _PARTNERS]:
            begin[postings[row, _TEXT] // block + 1] += 1
    for number in range(blocks):
        begin[number + 1] += begin[number]
    next_ = begin.copy()
    order = np.empty((begin[blocks], 2), np.uint64)
    for row in range(len(postings)):
        if postings[row, _PARTNERS]:
            number = postings[row, _TEXT] // block
            order[next_[number], 0], order[next_[number], 1] = row, postings[row, _TEXT]
            next_[number] += 1
    return order, begin


@jit
def _runs(postings, which, low, high, columns):
    """Extend pairs, text by text."""
    postings, which, columns = borrowed(postings), borrowed(which), borrowed(columns)
    order, begin = _by_text(which, low, high)
    at_word = np.zeros(columns.counts[low:high].max() + 1, np.int64)
    out, table = np.empty((1024, 5), np.uint32), np.zeros((1024, 2), np.uint64)
    total = np.int64(0)
    for text in range(low, high):
        mine = order[begin[text - low] : begin[text - low + 1]]
        if len(mine):
            mine = _by_place(mine, postings, at_word[: columns.counts[text] + 1])
            start = total
            out, table, total = _extended(postings, mine, columns, out, table, total)
            _sort_runs(out[start:total])
    return out[:total].copy()


@jit
def _by_text(which, low, high):
    """The rows in the order of their texts, and where each text begins."""
    begin = np.zeros(high - low + 1, np.int64)
    for index in range(len(which)):
        begin[np.int64(which[index, 1]) - low + 1] += 1
    for text in range(high - low):
        begin[text + 1] += begin[text]
    next_ = begin[:-1].copy()
    order = np.empty(len(which), np.int64)
    for index in range(len(which)):
        text = np.int64(which[index, 1]) - low
        order[next_[text]] = which[index, 0]
        next_[text] += 1
    return order, begin


@jit
def _by_place(rows, postings, at_word):
    """The rows of one text ordered by their place in it; ``at_word`` is scratch, zeros before and after."""
    for row in rows:
        at_word[postings[row, _PLACE] + 1] = 1
    for word in range(1, len(at_word)):
        at_word[word] += at_word[word - 1]
    ordered = np.empty_like(rows)
    for row in rows:
        ordered[at_word[postings[row, _PLACE]]] = row
    at_word[:] = 0
    return ordered


@jit
def _extended(postings, mine, columns, out, table, total):
    """Append the runs of the postings of one text, in the order of their places, to ``out``; gives it, the table, the number of runs.

    Along one diagonal (right text, b - a) pairs come in order, so one inside the last run is known: the table holds where it
    ends, behind the text at hand.
    """
    left = np.int64(postings[mine[0], _TEXT])
    owner, held = np.uint64(left + 1), 0
    ends, ends_before, fresh = _scratch(postings, mine)
    before = np.int64(-1)
    for row in mine:
        one = np.int64(postings[row, _PLACE])
        for index in range(_fresh(postings, row, before, (ends, ends_before, fresh), columns)):
            number = fresh[index]
            right, two = np.int64(postings[row + 1 + number, _TEXT]), np.int64(postings[row + 1 + number, _PLACE])
            if 2 * held >= len(table):
                table = _larger(table, owner)
            key = joined(right, (two - one) & np.int64(0xFFFFFFFF))
            slot = _slot(table, key, owner)
            end = np.int64(table[slot, 1] & np.uint64(0xFFFFFFFF)) if table[slot, 1] >> np.uint64(32) == owner else -1
            held += end < 0
            if one < end:
                ends[number] = end
                continue
            back, ahead = _reach(columns, left, right, one, two)
            ends[number] = one + max(ahead, 1)
            table[slot, 0], table[slot, 1] = key, joined(owner, ends[number])
            if back + ahead >= SEEN:
                if total == len(out):
                    out = _longer(out)
                out[total, LEFT], out[total, RIGHT] = left, right
                out[total, A], out[total, B], out[total, LENGTH] = one - back, two - back, back + ahead
                total += 1
        before = row
        ends, ends_before = ends_before, ends
    return out, table, total


@jit
def _scratch(postings, mine):
    """Where the runs with each partner of a posting end; the same of the posting before; partners whose run is not known."""
    most = np.int64(1)
    for row in mine:
        most = max(most, np.int64(postings[row, _PARTNERS]))
    return np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most + 1, np.int64)


@part
def _fresh(postings, row, before, scratch, columns):
    """Fill in the partners whose runs the posting ``before`` in the same text does not tell; gives how many."""
    ends, ends_before, fresh = scratch
    one, left = np.int64(postings[row, _PLACE]), postings[row, _TEXT]
    theirs = np.int64(postings[before, _PARTNERS]) if before >= 0 else np.int64(0)
    moved = one - np.int64(postings[before, _PLACE]) if before >= 0 else np.int64(0)
    total = last = np.int64(0)
    asked = np.uint32(0)
    for number in range(np.int64(postings[row, _PARTNERS])):
        right, two = postings[row + 1 + number, _TEXT], np.int64(postings[row + 1 + number, _PLACE])
        ends[number] = 0
        if right == left or not _may_be_seen(postings[row, _NEAR] ^ postings[row + 1 + number, _NEAR]):
            continue
        # most grams of a run stand in the same texts as the gram before: then their run is known from there
        while last < theirs and postings[before + 1 + last, _TEXT] < right:
            last += 1
        beside = last
        while beside < theirs and postings[before + 1 + beside, _TEXT] == right:
            if np.int64(postings[before + 1 + beside, _PLACE]) + moved == two:
                ends[number] = ends_before[beside]
            beside += 1
        if one >= ends[number]:
            fresh[total] = number
            total += 1
            # memory is asked for the words of all of them before the first is waited for
            at = columns.first[right] + two
            asked |= columns.hashes[at] | columns.hashes[min(at + SEEN, len(columns.hashes) - 1)]
    fresh[total] = np.int64(asked)  # what nobody looks at would not be asked for
    return total


@part
def _reach(columns, left, right, one, two):
    """How many words are the same before these two, and from them on."""
    hashes, a, b = columns.hashes, columns.first[left] + one, columns.first[right] + two
    least, back = min(one, two), 0
    while back < least and hashes[a - back - 1] == hashes[b - back - 1]:
        back += 1
    least = min(np.int64(columns.counts[left]) - one, np.int64(columns.counts[right]) - two)
    ahead = 0
    while ahead < least and hashes[a + ahead] == hashes[b + ahead]:
        ahead += 1
    return back, ahead


@part
def _may_be_seen(unlike):
    """Whether a run of SEEN words can hold the gram: then three words beside it are alike, of those before it and after it.

    Two texts are looked at in memory only where this holds: grams that are formulas of news are most of all, and each look is a
    cache miss. ``unlike``: the bits in which the neighbours differ.
    """
    alike = 0
    for side in (unlike & np.uint32((1 << NEAR_WORDS * NEAR_BITS) - 1), unlike >> np.uint32(NEAR_WORDS * NEAR_BITS)):
        for words in range(1, NEAR_WORDS + 1):
            alike += side & np.uint32((1 << words * NEAR_BITS) - 1) == 0
    return alike >= SEEN - GRAM


@part
def _slot(table, key, owner):
    """Where the key of the owner stands in the table, or the free place for it. A row: key, owner and end in one number."""
    mask = np.uint64(len(table) - 1)
    slot = ((key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)) & mask
    while table[slot, 1] >> np.uint64(32) == owner and table[slot, 0] != key:
        slot = (slot + np.uint64(1)) & mask
    return slot


@jit
def _larger(table, owner):
    """The table of one owner with twice the room."""
    wide = np.zeros((2 * len(table), 2), np.uint64)
    for row in range(len(table)):
        if table[row, 1] >> np.uint64(32) == owner:
            to = _slot(wide, table[row, 0], owner)
            wide[to, 0], wide[to, 1] = table[row, 0], table[row, 1]
    return wide


@jit
def _longer(out):
    long = np.empty((2 * len(out), 5), np.uint32)
    long[: len(out)] = out
    return long


@jit
def _sort_runs(runs):
    """Sort the runs of one left text by right, a, b."""
    if len(runs) < 2:
        return
    first, second = np.empty(len(runs), np.uint64), np.empty(len(runs), np.uint64)
    for row in range(len(runs)):
        first[row], second[row] = joined(runs[row, RIGHT], runs[row, A]), np.uint64(runs[row, B])
    put(runs, order_of(first, second))
