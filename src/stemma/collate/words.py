"""A pile's words as arrays: one 32-bit hash and one exact span per word, without a Python string per word.

A *word* is a stretch between white space without the punctuation at its two ends; stretches without a letter or digit do
not count. In scripts written without spaces (Han, kana, Thai, Lao, Khmer, Burmese) every letter with its marks is a word.
Two words have the same hash when their texts are equal after NFKD and case folding, whatever the order of combining marks;
soft hyphens, joiners and variation selectors do not count, curly apostrophes and typographic hyphens equal the plain ones.
Two words that differ have the same hash once in four billion times: ten million passages end a word too late or begin one too
early in one such pile of a hundred.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]

SPACE, PUNCT, WORD, LETTER, MARK, UNKNOWN = 0, 1, 2, 3, 4, 255
# Weight of a word and of a letter in unspaced scripts: 14 characters of Chinese say about what 8 English words say.
WORD_WEIGHT, LETTER_WEIGHT = 5, 3

UNSPACED = (
    (0x0E00, 0x0E7F), (0x0E80, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3040, 0x30FF),
    (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F), (0x1B000, 0x1B16F), (0x20000, 0x323AF),
)  # fmt: skip
SEPARATORS = frozenset("\u200b\u2014\u2015\u2026\u2e3a\u2e3b\u30fb\uff65")
PLAIN = {"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "−": "-"}
BASE = 0x9E3779B97F4A7C15 | 1
BATCH = 2_000_000  # code points worked on at once: bounds memory at about 100 MB
_MASK = (1 << 64) - 1


class Words(NamedTuple):
    """All words of a pile. ``first[d]:first[d + 1]`` are the words of text ``d``; starts and ends are code points in it. Hashes
    are below 2 ** 32."""

    hashes: Hashes
    starts: Ints
    ends: Ints
    weights: Ints
    first: Ints

    def text_of(self) -> Ints:
        """The number of the text each word belongs to."""
        return np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))


def read_words(texts: Sequence[str]) -> Words:
    """The words of all texts, in order."""
    parts: list[tuple[Hashes, Ints, Ints, Ints, Ints]] = []
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > BATCH:
            parts.append(_read(batch))
            batch, size = [], 0
        batch.append(text)
        size += len(text) + 1
    parts.append(_read(batch))
    counts = np.concatenate([part[4] for part in parts])
    first = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=first[1:])
    columns = [np.concatenate([part[column] for part in parts]) for column in range(4)]
    return Words(columns[0].astype(np.uint64, copy=False), columns[1], columns[2], columns[3], first)


def _read(texts: Sequence[str]) -> tuple[Hashes, Ints, Ints, Ints, Ints]:
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    TABLE.learn(codes)
    kinds = TABLE.kinds[codes]
    _attach_marks(kinds)
    starts, ends, weights = _segments(kinds)
    hashes = _hash(codes, starts, ends)
    begins = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) + 1 for text in texts], out=begins[1:])
    text = np.searchsorted(begins, starts, side="right") - 1
    return hashes, starts - begins[text], ends - begins[text], weights, np.bincount(text, minlength=len(texts))


def _attach_marks(kinds: NDArray[np.uint8]) -> None:
    """Give each combining mark the kind of what it stands on; a mark on a letter of an unspaced script stays a MARK."""
    marks = np.flatnonzero(kinds == MARK)
    if not len(marks):
        return
    bases = np.where(kinds == MARK, 0, np.arange(len(kinds)))
    on = kinds[np.maximum.accumulate(bases)[marks]]
    kinds[marks] = np.where(on == LETTER, MARK, np.where((on == SPACE) | (on == MARK), PUNCT, on))


def _segments(kinds: NDArray[np.uint8]) -> tuple[Ints, Ints, Ints]:
    """Starts, ends and weights of all words, in order."""
    cuts = (kinds == SPACE) | (kinds == LETTER) | (kinds == MARK)
    inside = np.flatnonzero(kinds == WORD)
    piece = np.cumsum(cuts, dtype=np.int64)[inside]
    new = np.ones(len(inside), bool)
    new[1:] = piece[1:] != piece[:-1]
    begin = np.flatnonzero(new)
    starts, ends = inside[begin], inside[np.append(begin[1:], len(inside)) - 1] + 1 if len(inside) else inside
    weights = np.full(len(starts), WORD_WEIGHT, np.int64)
    letters = np.flatnonzero(kinds == LETTER)
    if not len(letters):
        return starts, ends, weights
    plain = np.flatnonzero(kinds != MARK)
    after = np.append(plain, len(kinds))[np.searchsorted(plain, letters) + 1]
    starts, ends = np.concatenate([starts, letters]), np.concatenate([ends, after])
    weights = np.concatenate([weights, np.full(len(letters), LETTER_WEIGHT, np.int64)])
    order = np.argsort(starts, kind="stable")
    return starts[order], ends[order], weights[order]


def _hash(codes: NDArray[np.uint32], starts: Ints, ends: Ints) -> Hashes:
    """Polynomial hashes of the folded spans, by prefix sums modulo 2**64; a mark does not move the position."""
    offsets = np.zeros(len(codes) + 1, np.int64)
    np.cumsum(TABLE.lengths[codes], out=offsets[1:])
    powers, inverses = TABLE.powers(int(offsets[-1]) + 1)
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(TABLE.values[codes] * powers[offsets[:-1]], out=sums[1:])
    return mix((sums[ends] - sums[starts]) * inverses[offsets[starts]]) >> np.uint64(32)


def mix(hashes: Hashes) -> Hashes:
    """Spread the bits (the finaliser of splitmix64)."""
    h = hashes ^ (hashes >> np.uint64(30))
    h *= np.uint64(0xBF58476D1CE4E5B9)
    h ^= h >> np.uint64(27)
    h *= np.uint64(0x94D049BB133111EB)
    h ^= h >> np.uint64(31)
    return h


class _Table:
    """What each code point is and adds to a hash; filled for the code points that were met, so that importing is free."""

    def __init__(self) -> None:
        self.kinds = np.full(0x110000, UNKNOWN, np.uint8)
        self.values = np.zeros(0x110000, np.uint64)
        self.lengths = np.zeros(0x110000, np.uint8)
        self._powers = np.ones(1, np.uint64)
        self._inverses = np.ones(1, np.uint64)

    def learn(self, codes: NDArray[np.uint32]) -> None:
        """Fill the rows of code points not met before."""
        met = np.flatnonzero(np.bincount(codes))
        for code in met[self.kinds[met] == UNKNOWN].tolist():
            self.kinds[code] = _kind(code)
            self.values[code], self.lengths[code] = _value(code)

    def powers(self, count: int) -> tuple[Hashes, Hashes]:
        """BASE ** i and its inverse modulo 2**64, for i below ``count``."""
        if len(self._powers) < count:
            self._powers = _powers(BASE, count)
            self._inverses = _powers(pow(BASE, -1, 1 << 64), count)
        return self._powers, self._inverses


def _powers(base: int, count: int) -> Hashes:
    factors = np.full(count, base, np.uint64)
    factors[0] = 1
    return np.cumprod(factors, dtype=np.uint64)


def _kind(code: int) -> int:
    char = chr(code)
    category = unicodedata.category(char)
    if char.isspace() or category == "Cc" or char in SEPARATORS or 0x3000 <= code <= 0x3004 or 0x3008 <= code <= 0x303F:
        return SPACE
    if category[0] == "P" and 0xFF00 <= code <= 0xFF65:
        return SPACE
    if category[0] == "M":
        return PUNCT if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF else MARK
    if category[0] not in "LN":
        return PUNCT
    if category[0] == "L" and any(low <= code <= high for low, high in UNSPACED):
        return MARK if code in (0xFF9E, 0xFF9F) else LETTER
    return WORD


def _value(code: int) -> tuple[int, int]:
    """What the code point adds to a hash at position 0, and by how much it moves the position."""
    char = chr(code)
    if unicodedata.category(char) in ("Cf", "Cs") or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return 0, 0
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", PLAIN.get(char, char)).casefold())
    value, length = 0, 0
    for part in folded:
        value += _random(ord(part)) * pow(BASE, length, 1 << 64)
        length += unicodedata.combining(part) == 0
    return value & _MASK, length


def _random(code: int) -> int:
    """A fixed pseudo-random number for a code point (splitmix64)."""
    x = (code + 1) * 0x9E3779B97F4A7C15 & _MASK
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB & _MASK
    return x ^ (x >> 31)


TABLE = _Table()
