"""The last step of ``boilerplate`` compiled: pairs that share a stretch of a zone and besides tell of one event are joined.

    telling(words, zones)       the words beside the zones that can be names, figures or terms
    without(told, common)       without those that come too often to tell
    join_one_topic(pairs)       the pairs that share enough of them are joined

Texts are numbers in the order of their reports' ids.
"""

# compiled functions take what numba infers; the functions that others call are typed
# mypy: allow-untyped-defs, allow-untyped-calls, no-check-untyped-defs
from __future__ import annotations

from typing import NamedTuple

import numpy as np

from stemma.collate.boilerplate import COMMON_LEAST, COMMON_ONE_IN, PAIRED, TOPIC_SHARE, TOPIC_WORDS
from stemma.collate.kernels_boilerplate import Bools, Zones, top
from stemma.collate.kernels_jit import jit, part
from stemma.collate.kernels_words import LETTER_FLAG, TELLING, Columns, Small, flags_of
from stemma.collate.words import Ints

_MARKS = 1 << 15  # bytes for the words of a text, about a hundred in news: in the nearest cache
_CELLS = 1 << 20  # of the table that finds common words: 4 MB, in the processor's cache


class Telling(NamedTuple):
    """The telling words of some texts, each once: those of ``texts[i]`` are ``words[first[i]:first[i + 1]]``."""

    texts: Small
    first: Ints
    words: Small


def telling(texts: Small, zones: Zones, columns: Columns) -> Telling:
    """The telling words of these texts, common ones too."""
    return Telling(texts, *_telling(texts, zones, columns))


def limit_of_common(texts: int) -> float:
    """In more texts than this a word is common, where ``texts`` are looked at."""
    return max(COMMON_LEAST, texts / COMMON_ONE_IN)


def common_words(words: Small, limit: float) -> Small:
    """The words that come more often than the limit, sorted.

    A table smaller than the number of words finds the few that can be: a cell holds at least the count of each of its words.
    """
    found, times = np.unique(_candidates(words, limit), return_counts=True)
    common: Small = found[times > limit]
    return common


def without(told: Telling, common: Small) -> Telling:
    """Without the common words (sorted); in the same memory."""
    return Telling(told.texts, *_without(told.first, told.words, common)) if len(common) else told


def join_one_topic(pairs: Small, parent: Small, mute: Bools, place: Ints, told: Telling) -> None:
    """Join the pairs (by left text) that share enough telling words; ``place[text]`` is the row of ``told`` that holds the text."""
    _join_one_topic(pairs, parent, mute, place, told)


def mute_of(told: Telling) -> Bools:
    """Which of these texts have too little beside the zones to tell."""
    return np.diff(told.first) < TOPIC_WORDS


@jit
def _telling(texts, zones, columns):
    room = most = np.int64(0)
    for text in texts:
        room += np.int64(columns.counts[text])
        most = max(most, np.int64(columns.counts[text]))
    met, owners = _table(2 * most)
    words = np.empty(room, np.uint32)
    begin = np.zeros(len(texts) + 1, np.int64)
    total = np.int64(0)
    for index in range(len(texts)):
        text = texts[index]
        told = _told(columns, text, zones, words[total:])
        kept = total
        for word in words[total : total + told]:
            if _new(met, owners, word, np.uint32(index + 1)):
                words[kept] = word
                kept += 1
        total = kept
        begin[index + 1] = total
    return begin, words[:total].copy()


@part
def _told(columns, text, zones, out):
    """Fill ``out`` with the telling words of a text, some more than once; gives how many. Of unspaced scripts pairs of letters tell."""
    zone, last = zones.first[text], zones.first[text + 1]
    before = np.uint32(0)
    total = 0
    for word in range(np.int64(columns.counts[text])):
        while zone < last and zones.end[zone] <= word:
            zone += 1
        inside = zone < last and zones.start[zone] <= word
        hashed, flags = columns.hashes[columns.first[text] + word], flags_of(columns.spans[columns.first[text] + word])
        tells = not inside and flags & TELLING != 0
        out[total] = hashed
        if flags & LETTER_FLAG:
            tells = not inside and before != 0
            both = np.uint64(before) * np.uint64(PAIRED) + np.uint64(hashed)
            out[total] = (both * np.uint64(PAIRED)) >> np.uint64(32)
            before = hashed
        total += tells
    return total


@jit
def _table(words):
    """An empty table with room for so many words of one owner, and half as many again."""
    size = 16
    while size < words:
        size *= 2
    return np.empty(size, np.uint32), np.zeros(size, np.uint32)


@part
def _new(met, owners, word, owner):
    """Whether the word was not met yet by this owner; now it is."""
    mask = len(met) - 1
    slot = np.int64(word) & mask
    while owners[slot] == owner:
        if met[slot] == word:
            return False
        slot = (slot + 1) & mask
    met[slot], owners[slot] = word, owner
    return True


@jit
def _candidates(words, limit):
    cells = np.zeros(_CELLS, np.uint32)
    for word in words:
        cells[word & np.uint32(_CELLS - 1)] += np.uint32(1)
    found = np.empty(len(words), np.uint32)
    total = 0
    for word in words:
        if cells[word & np.uint32(_CELLS - 1)] > limit:
            found[total] = word
            total += 1
    return found[:total].copy()


@jit
def _without(first, words, common):
    """Without the common words: bits tell which can be one before they are looked for. Those that stay move to the front."""
    can_be = np.zeros(1 << 16, np.bool_)
    for word in common:
        can_be[word & np.uint32(0xFFFF)] = True
    begin = np.zeros_like(first)
    total = np.int64(0)
    for text in range(len(first) - 1):
        for word in words[first[text] : first[text + 1]]:
            is_common = False
            if can_be[word & np.uint32(0xFFFF)]:
                place = np.searchsorted(common, word)
                is_common = place < len(common) and common[place] == word
            words[total] = word
            total += not is_common
        begin[text + 1] = total
    return begin, words[:total]


@jit
def _join_one_topic(pairs, parent, mute, place, told):
    met, owners = _table(4 * np.diff(told.first).max())  # the words of the left text at hand
    marks = np.zeros(_MARKS, np.uint8)  # where they fall: what has no mark is none of them
    before = -1
    for row in range(pairs.shape[1]):
        left, right = pairs[0, row], pairs[1, row]
        if mute[left] or mute[right]:
            continue
        one, two = place[left], place[right]
        left, right = top(parent, left), top(parent, right)
        if left == right:
            continue
        if one != before:
            for word in told.words[told.first[before] : told.first[before + 1]] if before >= 0 else told.words[:0]:
                marks[word & np.uint32(_MARKS - 1)] = 0
            for word in told.words[told.first[one] : told.first[one + 1]]:
                marks[word & np.uint32(_MARKS - 1)] = 1
                _new(met, owners, word, np.uint32(one + 1))
            before = one
        words, least = told.words[told.first[two] : told.first[two + 1]], _least(told.first, one, two)
        if _marked(marks, words) >= least and _shared(met, owners, words, np.uint32(one + 1)) >= least:
            parent[max(left, right)] = min(left, right)


@part
def _least(first, one, two):
    """How many telling words two texts of one event share at least."""
    fewer = min(first[one + 1] - first[one], first[two + 1] - first[two])
    return max(np.float64(TOPIC_WORDS), TOPIC_SHARE * np.float64(fewer))


@part
def _marked(marks, words):
    """At least as many as are shared."""
    found = np.int64(0)
    for word in words:
        found += marks[word & np.uint32(_MARKS - 1)]
    return found


@part
def _shared(met, owners, words, owner):
    """How many of the words the owner has."""
    mask = len(met) - 1
    shared = 0
    for word in words:
        slot = np.int64(word) & mask
        while owners[slot] == owner and met[slot] != word:
            slot = (slot + 1) & mask
        shared += owners[slot] == owner
    return shared
