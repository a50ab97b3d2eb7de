"""``words.read_words`` and the winnowing of ``seeds`` in one compiled pass over UTF-8: the same words, hashes and grams.

What a code point is and adds to a hash comes from the reference's own table (``words.TABLE``), so both agree by construction.
"""

# compiled functions take what numba infers; the functions that others call are typed
# mypy: allow-untyped-defs, allow-untyped-calls, no-check-untyped-defs
from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.collate.kernels_jit import jit
from stemma.collate.seeds import GRAM, KEPT_BITS, ODD, SEEN, WINDOW
from stemma.collate.words import BASE, LETTER, MARK, PUNCT, TABLE, WORD, Hashes, Ints

Bytes = NDArray[np.uint8]
Small = NDArray[np.uint32]
Spans = Sequence[tuple[int, int]]

BITS = 8  # of a gram: 256 buckets, of 41,000 grams each at 100,000 reports: a bucket's table stays in the processor's cache
BUCKETS = 1 << BITS

NEAR_WORDS, NEAR_BITS = SEEN - GRAM, 5
LETTER_FLAG, TELLING, OUTSIDE = 1, 2, 4  # of a word: a letter of an unspaced script; can be a name or term; set apart
_FLAG_BITS, _LENGTH_BITS, _START_BITS = (
    3,
    8,
    21,
)  # of a span: all of news fits, words of 254 letters, texts of 2 million
_FLAGS = np.uint32((1 << _FLAG_BITS) - 1)
_LENGTH = np.uint32((1 << _LENGTH_BITS) - 1)
_WIDE = int(_LENGTH)  # in the place of a length: the span does not fit
_LONG, _NAMELIKE = 8, 4  # letters, as in ``boilerplate``
_ODD = np.uint64(ODD)
_NEAR = np.uint32((1 << NEAR_BITS) - 1)


class Columns(NamedTuple):
    """The words of all texts: those of text ``t`` are ``first[t]:first[t] + counts[t]`` of ``hashes`` and ``spans``.

    A span is one number, so that a look at a word is one at memory: ``start_of``, ``end_of``, ``flags_of``. Those that do not fit
    into it are rows of ``wide``: the word (counted as in ``spans``, ascending), where it begins and ends. ``holds`` are all flags
    that occur in a text.
    """

    first: Ints
    counts: Small
    holds: Bytes
    hashes: Small
    spans: Small
    wide: Hashes


class Chunk(NamedTuple):
    """The words of some texts, as in ``Columns``, and their kept grams as rows of gram, text, place in the text, neighbours.

    Of a gram 32 bits are kept beside those that all of its bucket share; the rows of bucket ``k`` are
    ``buckets[k]:buckets[k + 1]``. Neighbours: NEAR_BITS bits of each of the NEAR_WORDS words before the gram and after it, the nearest
    in the lowest bits, those after it above those before it; as many as with the gram make a run that is seen.
    """

    counts: Small
    holds: Bytes
    hashes: Small
    spans: Small
    wide: Hashes
    grams: Small
    buckets: Ints


class Source(NamedTuple):
    """Texts as UTF-8, text ``t`` at ``first[t]:first[t + 1]``, and the spans (code points) that are the report itself."""

    data: Bytes
    first: Ints
    own: Ints
    own_first: Ints


# of each code point a row: what it is, what it adds to a hash, by what the next one is multiplied, and one of the rest
_KIND, _VALUE, _FACTOR, _MET = 0, 1, 2, 3
_NOT, _CAPITAL, _LOWER = 0, 1, 2
_CODES = np.zeros((0x110000, 4), np.uint64)  # filled as they are met
_KEPT = threading.local()  # the room of a thread: fresh memory costs more than reading the texts


def read_chunk(encoded: Sequence[bytes], own: Sequence[Spans]) -> Chunk:
    """The words and grams of these texts in UTF-8 (with "surrogatepass"). ``own`` as in ``boilerplate.Source``."""
    spans = np.array([span for one in own if one for span in sorted(one)], np.int64).reshape(-1, 2)
    data = np.frombuffer(b"".join(encoded), np.uint8)
    source = Source(data, _first([len(one) for one in encoded]), spans, _first([len(one) for one in own]))
    room = _room(len(data) // 2 + len(encoded) + 1)  # each word takes two bytes or more, but for the last of a text
    counts, holds = np.empty(len(encoded), np.uint32), np.empty(len(encoded), np.uint8)
    wide = np.empty((_most_wide(encoded), 3), np.uint64)
    while True:
        total, widened, unknown = _read(source, _CODES, room, wide, counts, holds)
        if not len(unknown):
            break
        _learn(unknown)
    hashes, placed = room[:, :total]
    grams, buckets = _grams(hashes, counts)
    return Chunk(counts, holds, hashes.copy(), placed.copy(), wide[:widened].copy(), grams, buckets)


def _most_wide(encoded: Sequence[bytes]) -> int:
    """More words than can have spans that do not fit: those that begin too far behind, and long ones."""
    return sum(max(0, len(one) - (1 << _START_BITS)) // 2 + len(one) // _WIDE + 1 for one in encoded)


def _first(lengths: Sequence[int]) -> Ints:
    first = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=first[1:])
    return first


def _room(words: int) -> Small:
    """This thread's room for hashes and spans, made larger where it is too small."""
    room: Small | None = getattr(_KEPT, "room", None)
    if room is None or room.shape[1] < words:
        room = _KEPT.room = np.empty((2, words), np.uint32)
    return room


def _learn(codes: Small) -> None:
    TABLE.learn(codes)
    for code in np.unique(codes).tolist():
        factor = pow(BASE, int(TABLE.lengths[code]), 1 << 64)
        _CODES[code] = TABLE.kinds[code], TABLE.values[code], factor, _LOWER if chr(code).islower() else _CAPITAL


@jit
def start_of(columns, word):
    """Where a word (counted over all) begins in its text, code points."""
    span = columns.spans[word]
    if span >> np.uint32(_FLAG_BITS) & _LENGTH == _WIDE:
        return np.int64(columns.wide[_wide_row(columns.wide, word), 1])
    return np.int64(span >> np.uint32(_FLAG_BITS + _LENGTH_BITS))


@jit
def end_of(columns, word):
    """Where it ends."""
    span = columns.spans[word]
    length = span >> np.uint32(_FLAG_BITS) & _LENGTH
    if length == _WIDE:
        return np.int64(columns.wide[_wide_row(columns.wide, word), 2])
    return np.int64(span >> np.uint32(_FLAG_BITS + _LENGTH_BITS)) + np.int64(length)


@jit
def _wide_row(wide, word):
    low, high = 0, len(wide)
    while low < high:
        middle = (low + high) // 2
        if wide[middle, 0] < np.uint64(word):
            low = middle + 1
        else:
            high = middle
    return low


@jit
def flags_of(span):
    """What it is: LETTER_FLAG, TELLING, OUTSIDE."""
    return np.int64(span & _FLAGS)


@jit
def _read(source, codes, room, wide, counts, holds):
    """Fill room, wide, counts and holds; gives the number of words, of wide ones, and the code points not known yet (then nothing
    counts)."""
    unknown = np.zeros(1025, np.uint32)  # behind how many they are
    total = widened = 0
    for text in range(len(counts)):
        before = total
        data = source.data[source.first[text] : source.first[text + 1]]
        own = source.own[source.own_first[text] : source.own_first[text + 1]]
        total, widened = _text(data, own, codes, (room, wide, unknown), (total, widened))
        flags = np.uint32(0)
        for span in room[1, before:total]:
            flags |= span
        counts[text], holds[text] = total - before, flags & _FLAGS
    return total, widened, unknown[1 : unknown[0] + 1]


@jit
def _text(data, own, codes, out, totals):
    """Append the words of one text; gives how many words and wide ones there are now. One function, as a call with arrays costs
    more than a word."""
    room, wide, unknown = out
    total, widened = totals
    at = place = 0  # bytes, code points
    last = -1  # own span
    while at < len(data):
        code, size = _decoded(data, at)
        kind, met = codes[code, _KIND], codes[code, _MET]
        start, flags, committed = place, 0, np.uint64(0)
        hashed, power, base = np.uint64(0), np.uint64(1), kind
        if kind == WORD:
            end = place  # punctuation is part of a word only where the word goes on behind it
            while kind == WORD or kind == PUNCT:  # noqa: SIM109
                hashed += codes[code, _VALUE] * power
                power *= codes[code, _FACTOR]
                at, place, base = at + size, place + 1, kind
                if kind == WORD:
                    committed, end = hashed, place
                if at == len(data):
                    break
                code, size = _decoded(data, at)
                kind = codes[code, _KIND]
                kind = base if kind == MARK else kind
            if end - start >= _LONG or (end - start >= _NAMELIKE and met == _CAPITAL):
                flags = TELLING
        elif kind == LETTER:
            while kind == base or kind == MARK:  # noqa: SIM109
                committed += codes[code, _VALUE] * power
                power *= codes[code, _FACTOR]
                at, place, base = at + size, place + 1, np.uint64(MARK)
                if at == len(data):
                    break
                code, size = _decoded(data, at)
                kind = codes[code, _KIND]
            end, flags = place, LETTER_FLAG
        else:
            if met == _NOT and unknown[0] < len(unknown) - 1:
                unknown[0] += 1
                unknown[unknown[0]] = code
            at, place = at + size, place + 1
            continue
        if len(own):
            while last + 1 < len(own) and own[last + 1, 0] <= start:
                last += 1
            if last < 0 or own[last, 1] <= start:
                flags |= OUTSIDE
        fits = end - start < _WIDE and start < 1 << _START_BITS
        if not fits:
            wide[widened, 0], wide[widened, 1], wide[widened, 2] = total, start, end
            widened += 1
        shape = (start << _LENGTH_BITS | end - start) if fits else _WIDE
        room[0, total] = _mix(committed) >> np.uint64(32)
        room[1, total] = shape << _FLAG_BITS | flags
        total += 1
    return total, widened


@jit
def _decoded(data, at):
    """The code point here and how many bytes it takes."""
    byte = np.uint32(data[at])
    if byte < 0x80:
        return byte, 1
    if byte < 0xE0:
        return (byte & np.uint32(31)) << np.uint32(6) | _six(data, at + 1), 2
    if byte < 0xF0:
        return (byte & np.uint32(15)) << np.uint32(12) | _six(data, at + 1) << np.uint32(6) | _six(data, at + 2), 3
    high = (byte & np.uint32(7)) << np.uint32(18) | _six(data, at + 1) << np.uint32(12)
    return high | _six(data, at + 2) << np.uint32(6) | _six(data, at + 3), 4


@jit
def _six(data, at):
    return np.uint32(data[at]) & np.uint32(63)


@jit
def _mix(h):
    """``words.mix`` of one hash."""
    h ^= h >> np.uint64(30)
    h *= np.uint64(0xBF58476D1CE4E5B9)
    h ^= h >> np.uint64(27)
    h *= np.uint64(0x94D049BB133111EB)
    h ^= h >> np.uint64(31)
    return h


@jit
def _grams(hashes, counts):
    """The grams that winnowing keeps, by bucket, and where each bucket begins."""
    room, most = len(counts) + 1, 0
    for text in range(len(counts)):
        room += max(0, np.int64(counts[text]) - SEEN + 1)
        most = max(most, np.int64(counts[text]))
    kept, texts, places = np.empty(room, np.uint64), np.empty(room, np.uint32), np.empty(room, np.uint32)
    near, sums = np.empty(room, np.uint32), np.empty(most, np.uint64)
    total = first = 0
    for text in range(len(counts)):
        words = hashes[first : first + np.int64(counts[text])]
        if len(words) >= SEEN:
            stop = total + _winnow(words, sums, kept[total:], places[total:])
            for row in range(total, stop):
                texts[row], near[row] = text, _near(words, np.int64(places[row]))
            total = stop
        first += len(words)
    return _bucketed(kept[:total], texts, places, near)


@jit
def _winnow(words, sums, kept, places):
    """Of WINDOW grams in a row keep the smallest, the last of equals; gives how many. ``sums`` is scratch."""
    for gram in range(len(words) - GRAM + 1):
        hashed = np.uint64(0)
        for word in range(gram, gram + GRAM):
            hashed = hashed * _ODD + np.uint64(words[word])
        sums[gram] = _mix(hashed)
    total, last = 0, -1
    for gram in range(len(words) - SEEN + 1):
        best, least = gram, sums[gram]
        for other in range(gram + 1, gram + WINDOW):
            if sums[other] <= least:
                best, least = other, sums[other]
        kept[total], places[total] = least, best  # written over where it is the last one again: no branch to guess
        total += best > last
        last = best
    return total


@jit
def _near(hashes, gram):
    """The neighbours of a gram, zeros where the text ends."""
    found = np.uint32(0)
    for away in range(NEAR_WORDS):
        before, after = gram - 1 - away, gram + GRAM + away
        if before >= 0:
            found |= (hashes[before] & _NEAR) << np.uint32(NEAR_BITS * away)
        if after < len(hashes):
            found |= (hashes[after] & _NEAR) << np.uint32(NEAR_BITS * (NEAR_WORDS + away))
    return found


@jit
def _bucketed(kept, texts, places, near):
    """The rows in the order of the first bits of the gram, otherwise as they were."""
    shift = np.uint64(64 - BITS)
    first = np.zeros(BUCKETS + 1, np.int64)
    for row in range(len(kept)):
        first[np.int64(kept[row] >> shift) + 1] += 1
    for bucket in range(BUCKETS):
        first[bucket + 1] += first[bucket]
    next_ = first[:-1].copy()
    rows = np.empty((len(kept), 4), np.uint32)
    for row in range(len(kept)):
        bucket = np.int64(kept[row] >> shift)
        to = next_[bucket]
        rows[to, 0] = np.uint32(kept[row] >> np.uint64(64 - KEPT_BITS) & np.uint64(0xFFFFFFFF))
        rows[to, 1], rows[to, 2], rows[to, 3] = texts[row], places[row], near[row]
        next_[bucket] = to + 1
    return rows, first
