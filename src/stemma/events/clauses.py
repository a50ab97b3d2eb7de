"""The clause of a sentence that a date belongs to."""

from __future__ import annotations

import itertools
from bisect import bisect_left

from stemma.language.dates import opens_clause
from stemma.records import Annotated, Span

ENOUGH = 3  # words beside the date: a shorter clause ("on Monday,") tells no event and takes its neighbour along
BREAKS = frozenset(",;:—–()")


def clause(one: Annotated, start: int, end: int, low: int, high: int, fences: tuple[Span, ...] = ()) -> Span:
    """The clause round ``start:end`` inside the sentence ``low:high``; ``fences`` are the other dates of the sentence."""
    pieces = _pieces(one, low, high)
    at = next((n for n, piece in enumerate(pieces) if piece.start <= start < piece.end), None)
    if at is None:
        return Span(low, high)
    first = last = at
    while _words(one, pieces[first].start, pieces[last].end, start, end) < ENOUGH:
        if last + 1 < len(pieces) and not _fenced(pieces[last + 1], fences):
            last += 1
        elif first > 0 and not _fenced(pieces[first - 1], fences):
            first -= 1
        elif last + 1 < len(pieces):  # "On 6 January, a day after the talks, the ministry ...": the clause goes on behind
            last += 1
        else:
            break
    return _trimmed(one, pieces[first].start, pieces[last].end)


def _fenced(piece: Span, fences: tuple[Span, ...]) -> bool:
    return any(piece.start <= fence.start < piece.end for fence in fences)


def _pieces(one: Annotated, low: int, high: int) -> list[Span]:
    """The sentence cut at commas, dashes, brackets and before words that open a clause ("since", "when", "who")."""
    cuts = [low]
    for token in one.tokens[bisect_left(one.tokens, low, key=lambda t: t.start) :]:
        if token.start >= high:
            break
        if token.norm in BREAKS:
            cuts.append(token.end)
        elif token.kind == "word" and opens_clause(token.norm, one.report.language):
            cuts.append(token.start)
    cuts.append(high)
    return [Span(a, b) for a, b in itertools.pairwise(cuts) if b > a]


def _words(one: Annotated, low: int, high: int, start: int, end: int) -> int:
    tokens = one.tokens[bisect_left(one.tokens, low, key=lambda t: t.start) : bisect_left(one.tokens, high, key=lambda t: t.start)]
    return sum(1 for t in tokens if t.kind == "word" and len(t.norm) > 2 and not start <= t.start < end)


def _trimmed(one: Annotated, start: int, end: int) -> Span:
    text = one.report.text
    while start < end and (text[start].isspace() or text[start] in ",;:—–)"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:—–("):
        end -= 1
    return Span(start, end)
