"""``boilerplate`` compiled and cut into steps that each need one block of texts: the same words are boilerplate.

    sides_of(runs)              the runs that can show boilerplate, seen from both texts
    much_shared(runs)           the pairs that share much: they are joined into groups with ``join``
    zones_of(sides, groups)     where texts of a block recur in enough other groups
    touched(runs, zones)        the pairs that share a stretch of a zone
    telling(words, zones)       the words beside the zones that can be names, figures or terms
    one_topic(pairs, telling)   the pairs that tell of one event

Texts are numbers in the order of their reports' ids; places are words of one text.
"""

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
    """The telling words of some texts, sorted hashes: those of ``texts[i]`` are ``words[first[i]:first[i + 1]]``."""

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


def tally(cells: Small, words: Hashes) -> None:
    """Count words in a table that is smaller than their number: a cell holds at least the count of each of its words."""
    _tally(cells, words)


def candidates(cells: Small, words: Hashes, limit: float) -> Hashes:
    """The words whose cell is above the limit, each as often as it comes."""
    found: Hashes = words[cells[(words & np.uint64(len(cells) - 1)).astype(np.int64)] > limit]
    return found


def without(told: Telling, common: Hashes) -> Telling:
    """Without the common words (sorted)."""
    if not len(common):
        return told
    place = np.minimum(np.searchsorted(common, told.words), len(common) - 1)
    keep = common[place] != told.words
    return Telling(told.texts, np.append(0, np.cumsum(keep))[told.first], told.words[keep])


def one_topic(left: Small, right: Small, place: Ints, told: Telling) -> Bools:
    """Whether each pair shares enough telling words; ``place[text]`` is the row of ``told`` that holds the text."""
    found: Bools = _one_topic(left, right, place, told.first, told.words)
    return found


def mute_of(told: Telling) -> Bools:
    """Which of these texts have too little beside the zones to tell."""
    return np.diff(told.first) < TOPIC_WORDS


@jit
def _marks(a, b, length, count_a, count_b, same):  # type: ignore[no-untyped-def]
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
def _sides(left, right, a, b, length, counts, outlets):  # type: ignore[no-untyped-def]
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
def _much(left, right, a, b, length, counts):  # type: ignore[no-untyped-def]
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
def _top(parent, text):  # type: ignore[no-untyped-def]
    while parent[text] != text:
        parent[text] = parent[parent[text]]
        text = parent[text]
    return text


@jit
def _join(parent, left, right):  # type: ignore[no-untyped-def]
    for row in range(len(left)):
        one, two = _top(parent, left[row]), _top(parent, right[row])
        if one < two:
            parent[two] = one
        else:
            parent[one] = two


@jit
def _tops(parent):  # type: ignore[no-untyped-def]
    found = np.empty_like(parent)
    for text in range(len(parent)):
        found[text] = _top(parent, np.uint32(text))
    return found


@jit
def _zones(text, other, start, length, marks, low, high, group, counts, mute):  # type: ignore[no-untyped-def]
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
def _mark_zone(rows, other, start, length, marks, group, steps, zone, count):  # type: ignore[no-untyped-def]
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
def _touched(left, right, a, b, length, first, start, end):  # type: ignore[no-untyped-def]
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
def _telling(texts, zone_first, zone_start, zone_end, hashes, flags, first, counts):  # type: ignore[no-untyped-def]
    room = 0
    for text in texts:
        room += np.int64(counts[text])
    words = np.empty(room, np.uint64)
    begin = np.zeros(len(texts) + 1, np.int64)
    total = 0
    for index in range(len(texts)):
        text = texts[index]
        start = total
        zone, last = zone_first[text], zone_first[text + 1]
        before = np.uint64(0)
        for word in range(np.int64(counts[text])):
            while zone < last and zone_end[zone] <= word:
                zone += 1
            inside = zone < last and zone_start[zone] <= word
            at = first[text] + word
            if flags[at] & LETTER_FLAG:
                if before and not inside:
                    words[total] = (before ^ np.uint64(0x9E3779B97F4A7C15)) * np.uint64(0xD6E8FEB86659FD93) + hashes[at]
                    total += 1
                before = hashes[at]
            elif not inside and flags[at] & TELLING:
                words[total] = hashes[at]
                total += 1
        found = words[start:total].copy()
        order = order_of(found, found)
        total = start
        for place in range(len(found)):
            word_hash = found[order[place]]
            if place == 0 or word_hash != words[total - 1]:
                words[total] = word_hash
                total += 1
        begin[index + 1] = total
    return begin, words[:total].copy()


@jit
def _tally(cells, words):  # type: ignore[no-untyped-def]
    mask = np.uint64(len(cells) - 1)
    for word in words:
        cells[word & mask] += np.uint32(1)


@jit
def _one_topic(left, right, place, first, words):  # type: ignore[no-untyped-def]
    found = np.zeros(len(left), np.bool_)
    for row in range(len(left)):
        one, two = place[left[row]], place[right[row]]
        a, b, stop_a, stop_b = first[one], first[two], first[one + 1], first[two + 1]
        least = max(np.float64(TOPIC_WORDS), TOPIC_SHARE * np.float64(min(stop_a - a, stop_b - b)))
        shared = 0
        while a < stop_a and b < stop_b:
            if words[a] == words[b]:
                shared += 1
                a += 1
                b += 1
            elif words[a] < words[b]:
                a += 1
            else:
                b += 1
        found[row] = shared >= least
    return found
