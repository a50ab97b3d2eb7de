"""What two sentences say beside who, where and when: the terms of content that both hold.

Two sentences on one person and one day may say quite different things; a statement is sure only where they share what is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import regex

from stemma.collate.content import UNSPACED, word_keys
from stemma.language.concepts import concepts_of, is_function_word
from stemma.reasons import rule
from stemma.records import Annotated, Report, Witness

WORD = regex.compile(r"[\p{L}\p{M}]++")
KEPT = 4096  # sentences whose words are kept: each is compared with all that say the same
SHORTEST = 3  # letters: shorter words are function words in disguise
Term = frozenset[str]


@rule("content in common")
def content_in_common(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """Two sentences share terms of content beside names and titles: the share of the shorter one's terms that the other has.

    The values are the words left out. One term alone proves nothing: 0, unless the shorter sentence has no more than two.
    """
    without = frozenset(values)
    left, right = (_terms(reports[w.report], w, without) for w in spans[:2])
    if not left or not right:
        return 0.0
    met = min(_met(left, right), _met(right, left))
    least = min(len(left), len(right))
    return met / least if met > 1 or least <= 2 else 0.0


def named(one: Annotated, sentence: int) -> set[str]:
    """The folded words of a sentence that stand in names, titles and words of origin ("French")."""
    spans = [(name.start, name.end) for name in one.names if name.sentence == sentence]
    spans += [(*name.title,) for name in one.names if name.sentence == sentence and name.title]
    spans += [
        (anchor.start, anchor.end) for anchor in one.anchors if anchor.sentence == sentence and anchor.kind in "TPDK"
    ]
    return {m.group().casefold() for start, end in spans for m in WORD.finditer(one.report.text, start, end)}


def _terms(report: Report, span: Witness, without: frozenset[str]) -> list[Term]:
    words = _words(report.text, span.start, span.end)
    return [term for word in words if word not in without for term in terms_of(word, report.language)]


@lru_cache(maxsize=KEPT)
def _words(text: str, start: int, end: int) -> tuple[str, ...]:
    """The folded words of a stretch of text, each once."""
    return tuple(dict.fromkeys(word.casefold() for word in WORD.findall(text, start, end)))


@lru_cache(maxsize=100_000)
def terms_of(word: str, language: str | None) -> tuple[Term, ...]:
    """The terms of one word: its keys; of a compound each part; in scripts without spaces every pair of letters."""
    if UNSPACED.match(word):
        return tuple(frozenset({f"b:{word[i : i + 2]}"}) for i in range(len(word) - 1))
    if len(word) < SHORTEST or is_function_word(word, language):
        return ()
    parts = concepts_of(word, language)
    if len(parts) > 1:
        return tuple(frozenset(f"c:{sense}" for sense in part) for part in parts)
    return (frozenset(word_keys(word, language)),)


def _met(terms: Iterable[Term], others: Iterable[Term]) -> int:
    keys = frozenset().union(*others)
    return sum(not term.isdisjoint(keys) for term in terms)
