"""``words.read_words`` and the winnowing of ``seeds`` in one compiled pass over UTF-8: the same words, hashes and grams.

What a code point is and adds to a hash comes from the reference's own table (``words.TABLE``), so both agree by construction.
"""

# compiled functions take what numba infers; the functions that others call are typed
# mypy: allow-untyped-defs, allow-untyped-calls, no-check-untyped-defs
from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.collate.kernels_jit import jit
from stemma.collate.seeds import GRAM, ODD, SEEN, WINDOW
from stemma.collate.words import BASE, LETTER, MARK, PUNCT, SPACE, TABLE, UNKNOWN, WORD, Hashes

Bytes = NDArray[np.uint8]
Small = NDArray[np.uint32]

LETTER_FLAG, TELLING, OUTSIDE = 1, 2, 4  # of a word: a letter of an unspaced script; can be a name or term; set apart
_LONG, _NAMELIKE = 8, 4  # letters, as in ``boilerplate``
_ODD4 = np.uint64(pow(ODD, 4, 1 << 64))
_ODD = np.uint64(ODD)
_BASES = np.array([pow(BASE, length, 1 << 64) for length in range(256)], np.uint64)
_NONE = np.uint8(0)


class Chunk(NamedTuple):
    """The words of some texts and their kept grams, these by bucket: ``buckets[k]:buckets[k + 1]`` begin with the bits k.

    ``near`` holds eight bits of the hashes of the second and first word before the gram and of the first and second after it.
    """

    hashes: Hashes
    starts: Small
    ends: Small
    flags: Bytes
    counts: Small
    grams: Hashes
    texts: Small
    places: Small
    near: Small
    buckets: NDArray[np.int64]


Spans = Sequence[tuple[int, int]]


def read_chunk(texts: Sequence[str], own: Sequence[Spans], bits: int) -> Chunk:
    """The words and grams of these texts. ``own`` as in ``boilerplate.Source``; grams go to 2 ** ``bits`` buckets."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    data = np.frombuffer(b"".join(encoded), np.uint8)
    first = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(one) for one in encoded], out=first[1:])
    spans = np.array([span for one in own for span in sorted(one)], np.int64).reshape(-1, 2)
    span_first = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(one) for one in own], out=span_first[1:])
    hashes, flags = np.empty(len(data), np.uint64), np.empty(len(data), np.uint8)
    starts, ends = np.empty(len(data), np.uint32), np.empty(len(data), np.uint32)
    counts = np.zeros(len(texts), np.uint32)
    while True:
        unknown = _words(
            data, first, spans, span_first, _KINDS, TABLE.values, TABLE.lengths, _LOWER, hashes, starts, ends,
            flags, counts,
        )  # fmt: skip
        if not len(unknown):
            break
        _learn(unknown)
    total = int(counts.sum())
    grams, owner, places, near, buckets = _grams(hashes, counts, bits)
    return Chunk(
        hashes[:total], starts[:total], ends[:total], flags[:total], counts, grams, owner, places, near, buckets
    )


_KINDS = np.full(0x110000, UNKNOWN, np.uint8)  # of the code points met here
_LOWER = np.zeros(0x110000, np.bool_)


def _learn(codes: Small) -> None:
    TABLE.learn(codes)
    for code in np.unique(codes).tolist():
        _KINDS[code] = TABLE.kinds[code]
        _LOWER[code] = chr(code).islower()


@jit
def _words(data, first, spans, span_first, kinds, values, lengths, lower, hashes, starts, ends, flags, counts):
    """Fill the columns; gives the code points whose kind is not known yet (then nothing counts)."""
    unknown = np.zeros(1024, np.uint32)
    missing = 0
    total = 0
    for text in range(len(first) - 1):
        before = total
        at, stop = first[text], first[text + 1]
        place = 0  # code points
        state, base = 0, SPACE
        start = end = 0
        hashed = committed = np.uint64(0)
        power = np.uint64(1)
        capital = False
        while at <= stop:
            if at == stop:
                code = np.uint32(10)
                at += 1
            else:
                byte = np.uint32(data[at])
                if byte < 0x80:
                    code = byte
                    at += 1
                elif byte < 0xE0:
                    code = (byte & np.uint32(31)) << np.uint32(6) | np.uint32(data[at + 1]) & np.uint32(63)
                    at += 2
                elif byte < 0xF0:
                    code = (
                        (byte & np.uint32(15)) << np.uint32(12)
                        | (np.uint32(data[at + 1]) & np.uint32(63)) << np.uint32(6)
                        | np.uint32(data[at + 2]) & np.uint32(63)
                    )
                    at += 3
                else:
                    code = (
                        (byte & np.uint32(7)) << np.uint32(18)
                        | (np.uint32(data[at + 1]) & np.uint32(63)) << np.uint32(12)
                        | (np.uint32(data[at + 2]) & np.uint32(63)) << np.uint32(6)
                        | np.uint32(data[at + 3]) & np.uint32(63)
                    )
                    at += 4
            kind = kinds[code]
            if kind == UNKNOWN:
                if missing < len(unknown):
                    unknown[missing] = code
                    missing += 1
                place += 1
                continue
            if kind == MARK:
                if base == SPACE:
                    kind = np.uint8(PUNCT)
                elif base != LETTER:
                    kind = base
            else:
                base = kind
            if kind == WORD or (kind == PUNCT and state == 1):
                if state != 1:
                    if state == 2:
                        hashes[total], starts[total], ends[total], flags[total] = committed, start, end, LETTER_FLAG
                        total += 1
                    state, start, power, hashed = 1, place, np.uint64(1), np.uint64(0)
                    capital = not lower[code]
                hashed += values[code] * power
                power *= _BASES[lengths[code]]
                if kind == WORD:
                    committed, end = hashed, place + 1
            elif kind == MARK:
                committed += values[code] * power
                power *= _BASES[lengths[code]]
                end = place + 1
            else:
                if state == 1:
                    long = end - start
                    telling = long >= _LONG or (long >= _NAMELIKE and capital)
                    hashes[total], starts[total], ends[total] = committed, start, end
                    flags[total] = TELLING if telling else 0
                    total += 1
                elif state == 2:
                    hashes[total], starts[total], ends[total], flags[total] = committed, start, end, LETTER_FLAG
                    total += 1
                state = 0
                if kind == LETTER:
                    state, start, end = 2, place, place + 1
                    committed, power = values[code], _BASES[lengths[code]]
            place += 1
        counts[text] = total - before
        for word in range(before, total):
            hashes[word] = _mix(hashes[word])
        if span_first[text] < span_first[text + 1]:
            span, last = span_first[text] - 1, span_first[text + 1] - 1
            for word in range(before, total):
                while span < last and spans[span + 1, 0] <= starts[word]:
                    span += 1
                if span < span_first[text] or spans[span, 1] <= starts[word]:
                    flags[word] |= np.uint8(OUTSIDE)
    return unknown[:missing]


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
def _grams(hashes, counts, bits):
    """The grams that winnowing keeps, as (hashes, texts, places in the text), ordered by bucket."""
    room = 0
    for text in range(len(counts)):
        room += max(0, np.int64(counts[text]) - SEEN + 1)
    room += len(counts) * WINDOW
    kept = np.empty(room, np.uint64)
    texts = np.empty(room, np.uint32)
    places = np.empty(room, np.uint32)
    near = np.empty(room, np.uint32)
    total = 0
    first = 0
    for text in range(len(counts)):
        count = np.int64(counts[text])
        if count >= SEEN:
            total = _winnow(hashes[first : first + count], text, kept, texts, places, near, total)
        first += count
    return _bucketed(kept[:total], texts[:total], places[:total], near[:total], bits)


@jit
def _winnow(hashes, text, kept, texts, places, near, total):
    """Append the kept grams of one text; gives the new length. Of WINDOW grams in a row the smallest is kept, the last of equals."""
    sums = np.uint64(0)
    for word in range(GRAM):
        sums = sums * _ODD + hashes[word]
    ring = np.empty(WINDOW, np.uint64)
    last = -1
    count = len(hashes) - GRAM + 1
    for gram in range(count):
        if gram:
            sums = (sums - hashes[gram - 1] * _ODD4) * _ODD + hashes[gram + GRAM - 1]
        ring[gram % WINDOW] = _mix(sums)
        if gram >= WINDOW - 1:
            best = gram - WINDOW + 1
            least = ring[best % WINDOW]
            for other in range(best + 1, gram + 1):
                if ring[other % WINDOW] <= least:
                    best, least = other, ring[other % WINDOW]
            if best > last:
                kept[total], texts[total], places[total] = least, text, best
                near[total] = _near(hashes, best)
                total += 1
                last = best
    return total


@jit
def _near(hashes, gram):
    """Eight bits of each of the two words before and after the gram, zeros where the text ends."""
    found = np.uint32(0)
    for word in (gram - 2, gram - 1, gram + GRAM, gram + GRAM + 1):
        found <<= np.uint32(8)
        if 0 <= word < len(hashes):
            found |= np.uint32(hashes[word] & np.uint64(255))
    return found


@jit
def _bucketed(kept, texts, places, near, bits):
    """The rows in the order of the first ``bits`` bits of the gram, otherwise as they were."""
    shift = np.uint64(64 - bits)
    first = np.zeros((1 << bits) + 1, np.int64)
    for row in range(len(kept)):
        first[np.int64(kept[row] >> shift) + 1] += 1
    for bucket in range(1 << bits):
        first[bucket + 1] += first[bucket]
    next_ = first.copy()
    grams, owner = np.empty_like(kept), np.empty_like(texts)
    where, beside = np.empty_like(places), np.empty_like(near)
    for row in range(len(kept)):
        bucket = np.int64(kept[row] >> shift)
        to = next_[bucket]
        grams[to], owner[to], where[to], beside[to] = kept[row], texts[row], places[row], near[row]
        next_[bucket] += 1
    return grams, owner, where, beside, first
