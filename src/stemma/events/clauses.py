"""The clause of a sentence that a date belongs to."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from stemma.language.dates import opens_clause
from stemma.records import Annotated, Span, Token
from stemma.spans import tokens_in

ENOUGH = 3  # words beside the date: a shorter clause ("on Monday,") tells no event and takes its neighbour along
BREAKS = frozenset(",;:—–()")


def clause(one: Annotated, date: Span, sentence: Span, others: Sequence[Span] = ()) -> Span:
    """The clause round ``date`` inside ``sentence``; ``others`` are the sentence's other dates, whose clauses are theirs."""
    pieces = _pieces(one, sentence, (date, *others))
    at = next((n for n, piece in enumerate(pieces) if piece.start <= date.start < piece.end), None)
    if at is None:
        return sentence
    theirs = [any(piece.start <= other.start < piece.end for other in others) for piece in pieces]
    first = last = at
    while sum(_words(one, pieces[n], date) for n in range(first, last + 1) if n == at or not theirs[n]) < ENOUGH:
        if last + 1 < len(pieces) and not theirs[last + 1]:
            last += 1
        elif first > 0 and not theirs[first - 1]:
            first -= 1
        elif last + 1 < len(
            pieces
        ):  # "On 6 January, a day after the talks, the ministry ...": the clause goes on behind
            last += 1
        else:
            break
    return _trimmed(one, pieces[first].start, pieces[last].end)


def _pieces(one: Annotated, sentence: Span, dates: Sequence[Span]) -> list[Span]:
    """The sentence cut at commas, dashes, brackets and before words that open a clause ("since", "when", "who")."""
    cuts = {sentence.start, sentence.end}
    for token in _tokens(one, sentence):
        inside = next((date for date in dates if date.start <= token.start < date.end), None)
        opens = token.kind == "word" and opens_clause(token.norm, one.report.language)
        if inside is not None:
            if opens and token.end == inside.end:
                cuts.add(inside.start)  # "a week after the talks": the clause begins with the date
        elif token.norm in BREAKS:
            cuts.add(token.end)
        elif opens:
            cuts.add(token.start)
    return [Span(a, b) for a, b in itertools.pairwise(sorted(cuts))]


def _tokens(one: Annotated, span: Span) -> tuple[Token, ...]:
    return one.tokens[slice(*tokens_in(one.tokens, *span))]


def _words(one: Annotated, piece: Span, date: Span) -> int:
    """How many words of the piece are not the date itself."""
    return sum(
        1 for t in _tokens(one, piece) if t.kind == "word" and len(t.norm) > 2 and not date.start <= t.start < date.end
    )


def _trimmed(one: Annotated, start: int, end: int) -> Span:
    text = one.report.text
    while start < end and (text[start].isspace() or text[start] in ",;:—–)"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:—–("):
        end -= 1
    return Span(start, end)
