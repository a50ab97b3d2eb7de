"""``boilerplate`` compiled and cut into steps that each need one block of texts: the same words are boilerplate.

    sides_of(runs)              the runs that can show boilerplate, seen from both texts
    much_shared(runs)           the pairs that share much: they are joined into groups with ``join``
    zones_of(sides, groups)     where texts of a block recur in enough other groups
    touched(runs, zones)        the pairs that share a stretch of a zone
    telling(words, zones)       the words beside the zones that can be names, figures or terms
    join_one_topic(pairs)       the pairs that tell of one event are joined, too

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
    COMMON_LEAST,
    COMMON_ONE_IN,
    FOOT,
    OWN,
    SAME_OUTLET,
    SHARED_LEAST,
    SHARED_MOST,
    SHARED_MUCH,
    TAIL,
    TOPIC_SHARE,
    TOPIC_WORDS,
)  # fmt: skip
from stemma.collate.kernels_jit import jit
from stemma.collate.kernels_seeds import Found
from stemma.collate.kernels_sort import joined, order_of
from stemma.collate.kernels_words import LETTER_FLAG, TELLING
from stemma.collate.words import Hashes, Ints

Bytes = NDArray[np.uint8]
Bools = NDArray[np.bool_]
Small = NDArray[np.uint32]

_SAME, _EDGE, _END = 1, 2, 4
_BITS = 2_048  # for the words of a text: about a hundred in news
_CELLS = 1 << 20  # of the table that finds common words: 4 MB, in the processor's cache


class Sides(NamedTuple):
    """Runs seen from ``text``: words ``start:start + length`` of it stand in ``other`` too. ``marks``: the run is of one
    outlet (1), lies in both feet or both heads or is the very end of both (2), is the very end of both (4)."""

    text: Small
    other: Small
    start: Small
    length: Small
    marks: Bytes


class Zones(NamedTuple):
    """Stretches of words: those of text ``t`` are ``start[first[t]:first[t + 1]]`` to ``end[...]``, in order, apart."""

    first: Ints
    start: Small
    end: Small


class Telling(NamedTuple):
    """The telling words of some texts, each once: those of ``texts[i]`` are ``words[first[i]:first[i + 1]]``."""

    texts: Small
    first: Ints
    words: Hashes


def sides_of(runs: Found, counts: Small, outlets: Ints) -> Sides:
    """The runs that boilerplate can be seen by, twice: from the left and from the right text."""
    return Sides(*_sides(*runs, counts, outlets))


def much_shared(runs: Found, counts: Small) -> tuple[Small, Small]:
    """The pairs that share much outside their feet and heads."""
    left, right = _much(*runs, counts)
    return left, right


def join(parent: Small, left: Small, right: Small) -> None:
    """Join the sets of the pairs; ``parent`` leads from each text to the smallest of its set."""
    _join(parent, left, right)


def tops(parent: Small) -> Small:
    """The smallest text of the set of each text."""
    found: Small = _tops(parent)
    return found


def zones_of(sides: Sides, low: int, high: int, group: Small, counts: Small, mute: Bools) -> Zones:
    """The boilerplate of the texts ``low`` to ``high`` (``first`` counts from ``low``) as far as recurrence shows it.

    ``sides`` are all of these texts. Runs of texts that are ``mute`` count for nothing.
    """
    return Zones(*_zones(*sides, low, high, group, counts, mute))


def touched(runs: Found, zones: Zones) -> tuple[Small, Small]:
    """The pairs that share words of a zone of the left text, in order."""
    left, right = _touched(*runs, *zones)
    return left, right


def telling(texts: Small, zones: Zones, hashes: Hashes, flags: Bytes, first: Ints, counts: Small) -> Telling:
    """The telling words of these texts, common ones too."""
    begin, words = _telling(texts, *zones, hashes, flags, first, counts)
    return Telling(texts, begin, words)


def limit_of_common(texts: int) -> float:
    """In more texts than this a word is common, where ``texts`` are looked at."""
    return max(COMMON_LEAST, texts / COMMON_ONE_IN)


def common_words(words: Hashes, limit: float) -> Hashes:
    """The words that come more often than the limit, sorted.

    A table smaller than the number of words finds the few that can be: a cell holds at least the count of each of its words.
    """
    found, times = np.unique(_candidates(words, limit), return_counts=True)
    common: Hashes = found[times > limit]
    return common


def without(told: Telling, common: Hashes) -> Telling:
    """Without the common words (sorted)."""
    return Telling(told.texts, *_without(told.first, told.words, common)) if len(common) else told


def join_one_topic(
    left: Small, right: Small, parent: Small, mute: Bools, place: Ints, told: Telling, bits: Hashes
) -> None:
    """Join the pairs that share enough telling words; ``place[text]`` is the row of ``told`` and ``bits`` that holds the text."""
    _join_one_topic(left, right, parent, mute, place, told.first, told.words, bits)


def bits_of(told: Telling) -> Hashes:
    """Where the words of each text fall in _BITS bits: a quick upper bound for those that two texts share."""
    bits: Hashes = _bits(told.first, told.words)
    return bits


def mute_of(told: Telling) -> Bools:
    """Which of these texts have too little beside the zones to tell."""
    return np.diff(told.first) < TOPIC_WORDS


@jit
def _marks(a, b, length, count_a, count_b, same):
    """Where the run lies (``boilerplate._edges``)."""
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
def _sides(left, right, a, b, length, counts, outlets):
    text, other = np.empty(2 * len(left), np.uint32), np.empty(2 * len(left), np.uint32)
    start, size = np.empty(2 * len(left), np.uint32), np.empty(2 * len(left), np.uint32)
    marks = np.empty(2 * len(left), np.uint8)
    total = 0
    for row in range(len(left)):
        one, two = left[row], right[row]
        same = outlets[one] == outlets[two] and outlets[one] >= 0
        mark = _marks(
            np.int64(a[row]),
            np.int64(b[row]),
            np.int64(length[row]),
            np.int64(counts[one]),
            np.int64(counts[two]),
            same,
        )
        if mark:
            text[total], other[total], start[total], size[total], marks[total] = one, two, a[row], length[row], mark
            total += 1
            text[total], other[total], start[total], size[total], marks[total] = two, one, b[row], length[row], mark
            total += 1
    return text[:total].copy(), other[:total].copy(), start[:total].copy(), size[:total].copy(), marks[:total].copy()


@jit
def _much(left, right, a, b, length, counts):
    ones, twos = np.empty(len(left), np.uint32), np.empty(len(left), np.uint32)
    total = row = 0
    while row < len(left):
        one, two = left[row], right[row]
        count_one, count_two = np.int64(counts[one]), np.int64(counts[two])
        shared = 0
        while row < len(left) and left[row] == one and right[row] == two:
            size = np.int64(length[row])
            if not _marks(np.int64(a[row]), np.int64(b[row]), size, count_one, count_two, False) & _EDGE:
                shared += size
            row += 1
        if shared >= min(max(SHARED_MUCH * min(count_one, count_two), SHARED_LEAST), SHARED_MOST):
            ones[total], twos[total] = one, two
            total += 1
    return ones[:total].copy(), twos[:total].copy()


@jit
def _top(parent, text):
    while parent[text] != text:
        parent[text] = parent[parent[text]]
        text = parent[text]
    return text


@jit
def _join(parent, left, right):
    for row in range(len(left)):
        one, two = _top(parent, left[row]), _top(parent, right[row])
        if one < two:
            parent[two] = one
        else:
            parent[one] = two


@jit
def _tops(parent):
    found = np.empty_like(parent)
    for text in range(len(parent)):
        found[text] = _top(parent, np.uint32(text))
    return found


@jit
def _zones(text, other, start, length, marks, low, high, group, counts, mute):
    begin = np.zeros(high - low + 1, np.int64)
    keep = np.empty(len(text), np.bool_)
    for row in range(len(text)):
        one, two = text[row], other[row]
        keep[row] = group[one] != group[two] and not mute[one] and not mute[two]
        if keep[row]:
            begin[one - low + 1] += 1
    most = 0
    for number in range(high - low):
        begin[number + 1] += begin[number]
        most = max(most, np.int64(counts[low + number]))
    next_ = begin[:-1].copy()
    order = np.empty(begin[-1], np.uint32)
    for row in range(len(text)):
        if keep[row]:
            order[next_[text[row] - low]] = row
            next_[text[row] - low] += 1
    first = np.zeros(high - low + 1, np.int64)
    room = 4 * len(order) + 1  # each run begins at most one stretch under each of the four tests
    starts, ends = np.empty(room, np.uint32), np.empty(room, np.uint32)
    total = 0
    steps, zone = np.zeros(most + 1, np.int32), np.zeros(most + 1, np.bool_)
    for number in range(high - low):
        rows = order[begin[number] : begin[number + 1]]
        if len(rows):
            count = np.int64(counts[low + number])
            _mark_zone(rows, other, start, length, marks, group, steps, zone, count)
            word = 0
            while word < count:
                if zone[word]:
                    starts[total] = word
                    while word < count and zone[word]:
                        word += 1
                    ends[total] = word
                    total += 1
                word += 1
        first[number + 1] = total
    return first, starts[:total].copy(), ends[:total].copy()


@jit
def _mark_zone(rows, other, start, length, marks, group, steps, zone, count):
    """Set ``zone`` for the words of one text that recur in enough groups; ``rows`` are its runs, ``steps`` scratch."""
    keys = np.empty(len(rows), np.uint64)
    for index in range(len(rows)):
        keys[index] = joined(group[other[rows[index]]], start[rows[index]])
    order = order_of(keys, keys)
    zone[:count] = False
    for which, least in ((_SAME, SAME_OUTLET), (_EDGE, ANYWHERE), (_END, SAME_OUTLET), (_SAME | _END, 1)):
        steps[: count + 1] = 0
        before, furthest = np.int64(-1), np.int64(0)
        some = False
        for index in order:
            row = rows[index]
            if marks[row] & which != which:
                continue
            some = True
            its = np.int64(group[other[row]])
            if its != before:
                before, furthest = its, 0
            begin = max(np.int64(start[row]), furthest)
            end = np.int64(start[row]) + np.int64(length[row])
            if begin < end:
                steps[begin] += 1
                steps[end] -= 1
                furthest = end
        if some:
            covered = 0
            for word in range(count):
                covered += steps[word]
                zone[word] |= covered >= least


@jit
def _touched(left, right, a, b, length, first, start, end):
    ones, twos = np.empty(len(left), np.uint32), np.empty(len(left), np.uint32)
    total = 0
    for row in range(len(left)):
        one, two = left[row], right[row]
        if total and ones[total - 1] == one and twos[total - 1] == two:
            continue
        for zone in range(first[one], first[one + 1]):
            if start[zone] < a[row] + length[row] and a[row] < end[zone]:
                ones[total], twos[total] = one, two
                total += 1
                break
    return ones[:total].copy(), twos[:total].copy()


@jit
def _telling(texts, zone_first, zone_start, zone_end, hashes, flags, first, counts):
    room = most = np.int64(0)
    for text in texts:
        room += np.int64(counts[text])
        most = max(most, np.int64(counts[text]))
    size = 16
    while size < 2 * most:
        size *= 2
    met, owners = np.empty(size, np.uint64), np.zeros(size, np.uint32)
    words = np.empty(room, np.uint64)
    begin = np.zeros(len(texts) + 1, np.int64)
    total = np.int64(0)
    for index in range(len(texts)):
        text = texts[index]
        zone, last = zone_first[text], zone_first[text + 1]
        before = np.uint64(0)
        for word in range(np.int64(counts[text])):
            while zone < last and zone_end[zone] <= word:
                zone += 1
            inside = zone < last and zone_start[zone] <= word
            at = first[text] + word
            tells, hashed = not inside and flags[at] & TELLING != 0, hashes[at]
            if flags[at] & LETTER_FLAG:
                tells = not inside and before != 0
                hashed = (before ^ np.uint64(0x9E3779B97F4A7C15)) * np.uint64(0xD6E8FEB86659FD93) + hashes[at]
                before = hashes[at]
            if tells and _new(met, owners, hashed, np.uint32(index + 1)):
                words[total] = hashed
                total += 1
        begin[index + 1] = total
    return begin, words[:total].copy()


@jit
def _new(met, owners, word, owner):
    """Whether the word was not met yet by this owner; now it is."""
    mask = np.uint64(len(met) - 1)
    slot = np.int64((word ^ (word >> np.uint64(32))) & mask)
    while owners[slot] == owner:
        if met[slot] == word:
            return False
        slot = np.int64(np.uint64(slot + 1) & mask)
    met[slot], owners[slot] = word, owner
    return True


@jit
def _candidates(words, limit):
    cells = np.zeros(_CELLS, np.uint32)
    for word in words:
        cells[word & np.uint64(_CELLS - 1)] += np.uint32(1)
    found = np.empty(len(words), np.uint64)
    total = 0
    for word in words:
        if cells[word & np.uint64(_CELLS - 1)] > limit:
            found[total] = word
            total += 1
    return found[:total].copy()


@jit
def _without(first, words, common):
    begin, kept = np.zeros_like(first), np.empty_like(words)
    total = np.int64(0)
    for text in range(len(first) - 1):
        for word in words[first[text] : first[text + 1]]:
            place = np.searchsorted(common, word)
            if place == len(common) or common[place] != word:
                kept[total] = word
                total += 1
        begin[text + 1] = total
    return begin, kept[:total].copy()


@jit
def _bits(first, words):
    bits = np.zeros((len(first) - 1, _BITS // 64), np.uint64)
    for text in range(len(first) - 1):
        for word in words[first[text] : first[text + 1]]:
            bit = word & np.uint64(_BITS - 1)
            bits[text, np.int64(bit >> np.uint64(6))] |= np.uint64(1) << (bit & np.uint64(63))
    return bits


@jit
def _ones(x):
    """How many bits are set."""
    x -= (x >> np.uint64(1)) & np.uint64(0x5555555555555555)
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@jit
def _join_one_topic(left, right, parent, mute, place, first, words, bits):
    lost = np.empty(len(bits), np.int64)  # words that share their bit with another of the text
    for text in range(len(bits)):
        lost[text] = first[text + 1] - first[text]
        for part in range(bits.shape[1]):
            lost[text] -= _ones(bits[text, part])
    most = np.int64(0)
    for text in range(len(bits)):
        most = max(most, first[text + 1] - first[text])
    size = 16
    while size < 4 * most:
        size *= 2
    met, owners = np.empty(size, np.uint64), np.zeros(size, np.uint32)  # the words of the left text at hand
    for row in range(len(left)):
        if mute[left[row]] or mute[right[row]]:
            continue
        one, two = place[left[row]], place[right[row]]
        fewer = min(first[one + 1] - first[one], first[two + 1] - first[two])
        least = max(np.float64(TOPIC_WORDS), TOPIC_SHARE * np.float64(fewer))
        at_most = min(lost[one], lost[two])
        for part in range(bits.shape[1]):
            at_most += _ones(bits[one, part] & bits[two, part])
        if at_most < least:
            continue
        one_top, two_top = _top(parent, left[row]), _top(parent, right[row])
        if one_top == two_top:
            continue
        owner = np.uint32(one + 1)
        for word in words[first[one] : first[one + 1]]:
            if not _new(met, owners, word, owner):
                break  # all are in already
        if _shared(met, owners, words[first[two] : first[two + 1]], owner) >= least:
            parent[max(one_top, two_top)] = min(one_top, two_top)


@jit
def _shared(met, owners, words, owner):
    """How many of the words the owner has."""
    mask = np.uint64(len(met) - 1)
    shared = 0
    for word in words:
        slot = np.int64((word ^ (word >> np.uint64(32))) & mask)
        while owners[slot] == owner and met[slot] != word:
            slot = np.int64(np.uint64(slot + 1) & mask)
        shared += owners[slot] == owner
    return shared
