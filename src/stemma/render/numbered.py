"""Numbers that reports write in words, so that "17" finds "dix-sept" and "fire" for four does not answer a fire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from stemma.language.numerals import Numerals, numerals, read_words
from stemma.language.words import find_tokens
from stemma.records import Token
from stemma.render.matching import words_of

LARGEST = 100  # a reader's own number words that are understood without a report that has them


class InWords(NamedTuple):
    """A number below a thousand at ``start:end`` of a report's text, written in words; ``figures`` is the same in digits."""

    start: int
    end: int
    figures: str


class Read(NamedTuple):
    """The numbers in words of one report, and its other words: what also stands as a plain word is no number by itself."""

    numbers: tuple[InWords, ...]
    plain: frozenset[str]


def read_numbers(text: str, bounds: Iterable[tuple[int, int]], language: str | None) -> Read:
    """The numbers in words of the sentences at ``bounds``, in order."""
    known = numerals(language)
    found: list[InWords] = []
    plain: set[str] = set()
    for start, end in bounds:
        tokens = find_tokens(text, start, end, language)
        at = 0
        for first, last, figures in _runs(tokens, known):
            plain.update(token.norm for token in tokens[at:first])
            found.append(InWords(tokens[first].start, tokens[last - 1].end, figures))
            at = last
        plain.update(token.norm for token in tokens[at:])
    return Read(tuple(found), frozenset(word for norm in plain for word in words_of(norm)))


def _runs(tokens: Sequence[Token], known: Numerals) -> Iterator[tuple[int, int, str]]:
    """Runs of number words as (first token, token behind, figures). An article is no number, and neither is part of a larger
    number ("two million"), which reports write in too many ways to be looked for in figures."""
    done = 0
    for at, token in enumerate(tokens):
        if at < done or token.norm not in known.small:
            continue
        read = read_words(tokens, at, len(tokens), known)
        if read is None:
            continue
        value, done = read
        run = [one.norm for one in tokens[at:done]]
        larger = any(word in known.magnitudes or word in known.dozens for word in run)
        article = len(run) == 1 and run[0] in known.articles
        if not larger and not article and value == int(value):
            yield at, done, str(int(value))


def spoken(pile: Iterable[tuple[str, Read]], reader: str) -> dict[str, str]:
    """How numbers are said -> their figures: the reader's own words up to a hundred, and those of the reports (their texts
    and what was read in them). A single word of another language counts only where it is no other word of the pile."""
    own = numerals(reader)
    said = {
        " ".join(words_of(word)): str(value)
        for word, value in own.small.items()
        if value <= LARGEST and word not in own.articles
    }
    pile = list(pile)
    plain = frozenset[str]().union(*(read.plain for _, read in pile))
    for text, read in pile:
        for one in read.numbers:
            words = words_of(text[one.start : one.end])
            if len(words) > 1 or not plain.intersection(words):
                said.setdefault(" ".join(words), one.figures)
    return dict(sorted(said.items()))
