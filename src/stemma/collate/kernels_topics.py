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

from stemma.collate.boilerplate import COMMON_LEAST, COMMON_ONE_IN, TOPIC_SHARE, TOPIC_WORDS
from stemma.collate.kernels_boilerplate import Bools, Zones, top
from stemma.collate.kernels_jit import jit, part
from stemma.collate.kernels_words import LETTER_FLAG, TELLING, Columns, Small, flags_of
from stemma.collate.words import Hashes, Ints

_BITS = 2_048  # for the words of a text: about a hundred in news
_CELLS = 1 << 20  # of the table that finds common words: 4 MB, in the processor's cache


class Telling(NamedTuple):
    """The telling words of some texts, each once: those of ``texts[i]`` are ``words[first[i]:first[i + 1]]``."""

    texts: Small
    first: Ints
    words: Hashes


def telling(texts: Small, zones: Zones, columns: Columns) -> Telling:
    """The telling words of these texts, common ones too."""
    return Telling(texts, *_telling(texts, zones, columns))


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


def join_one_topic(pairs: Small, parent: Small, mute: Bools, place: Ints, told: Telling, bits: Hashes) -> None:
    """Join the pairs that share enough telling words; ``place[text]`` is the row of ``told`` and ``bits`` that holds the text."""
    _join_one_topic(pairs, parent, mute, place, told, bits)


def bits_of(told: Telling) -> Hashes:
    """Where the words of each text fall in _BITS bits: a quick upper bound for those that two texts share."""
    bits: Hashes = _bits(told.first, told.words)
    return bits


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
    words = np.empty(room, np.uint64)
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
    before = np.uint64(0)
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
            out[total] = (before ^ np.uint64(0x9E3779B97F4A7C15)) * np.uint64(0xD6E8FEB86659FD93) + hashed
            before = hashed
        total += tells
    return total


@jit
def _table(words):
    """An empty table with room for so many words of one owner, and half as many again."""
    size = 16
    while size < words:
        size *= 2
    return np.empty(size, np.uint64), np.zeros(size, np.uint32)


@part
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
    """Without the common words: bits tell which can be one before they are looked for."""
    can_be = np.zeros(1 << 16, np.bool_)
    for word in common:
        can_be[word & np.uint64(0xFFFF)] = True
    begin, kept = np.zeros_like(first), np.empty_like(words)
    total = np.int64(0)
    for text in range(len(first) - 1):
        for word in words[first[text] : first[text + 1]]:
            is_common = False
            if can_be[word & np.uint64(0xFFFF)]:
                place = np.searchsorted(common, word)
                is_common = place < len(common) and common[place] == word
            kept[total] = word
            total += not is_common
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


@part
def _ones(x):
    """How many bits are set."""
    x -= (x >> np.uint64(1)) & np.uint64(0x5555555555555555)
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@jit
def _join_one_topic(pairs, parent, mute, place, told, bits):
    lost = np.empty(len(bits), np.int64)  # words that share their bit with another of the text
    for text in range(len(bits)):
        lost[text] = told.first[text + 1] - told.first[text]
        for number in range(bits.shape[1]):
            lost[text] -= _ones(bits[text, number])
    met, owners = _table(4 * np.diff(told.first).max())  # the words of the left text at hand
    for row in range(pairs.shape[1]):
        left, right = pairs[0, row], pairs[1, row]
        if mute[left] or mute[right]:
            continue
        one, two = place[left], place[right]
        least = _least(told.first, one, two)
        if min(lost[one], lost[two]) + _shared_bits(bits, one, two) < least:
            continue
        left, right = top(parent, left), top(parent, right)
        if left == right:
            continue
        owner = np.uint32(one + 1)
        for word in told.words[told.first[one] : told.first[one + 1]]:
            if not _new(met, owners, word, owner):
                break  # all are in already
        if _shared(met, owners, told.words[told.first[two] : told.first[two + 1]], owner) >= least:
            parent[max(left, right)] = min(left, right)


@part
def _least(first, one, two):
    """How many telling words two texts of one event share at least."""
    fewer = min(first[one + 1] - first[one], first[two + 1] - first[two])
    return max(np.float64(TOPIC_WORDS), TOPIC_SHARE * np.float64(fewer))


@part
def _shared_bits(bits, one, two):
    shared = np.int64(0)
    for number in range(bits.shape[1]):
        shared += _ones(bits[one, number] & bits[two, number])
    return shared


@part
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
