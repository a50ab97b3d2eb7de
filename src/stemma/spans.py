"""Laws of spans: trimming, joining, covering. All offsets are code points, half-open."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter

from stemma.records import Span, Token

START, END = attrgetter("start"), attrgetter("end")  # as keys, twice as fast as functions of one's own


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space at its edges. An all-blank span becomes empty at ``start``."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return Span(start + left, start + right) if right > left else Span(start, start)


def trim_marks(text: str, start: int, end: int) -> Span:
    """The span without white space, punctuation and symbols at its edges."""
    while start < end and unicodedata.category(text[start])[0] in "PSZC":
        start += 1
    while end > start and unicodedata.category(text[end - 1])[0] in "PSZC":
        end -= 1
    return Span(start, end)


def overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    """How many code points two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def covers(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    """Whether ``inner`` lies wholly inside ``outer``."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def tokens_in(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """The tokens that begin in ``start:end``, as a half-open range. A token is a tuple that begins with its start: compared as
    such, without a call for each."""
    return bisect_left(tokens, (start,)), bisect_left(tokens, (end,))


def meets(apart: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether ``start:end`` shares anything with one of the spans, which are sorted and apart (as ``merge`` gives them)."""
    at = bisect_left(apart, end, key=lambda span: span[0]) - 1
    return at >= 0 and apart[at][1] > start


def merge(spans: Iterable[tuple[int, int]], gap: int = 0) -> tuple[Span, ...]:
    """The union of spans, sorted; spans at most ``gap`` code points apart become one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start - merged[-1].end <= gap:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, end))
        else:
            merged.append(Span(start, end))
    return tuple(merged)
