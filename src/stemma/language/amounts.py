"""A language's words around numbers: "about", units, currencies, what is no counted noun."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from stemma.language import lexicon
from stemma.language.roles import Titles, titles
from stemma.language.words import norm, phrase_set, word_set


class Words(NamedTuple):
    """A language's words around numbers: approximators by their last word, units, currencies, and the rest."""

    bounds: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    behind: dict[str, str]
    units: dict[str, str]
    currencies: dict[str, str]
    percent: frozenset[str]
    points: frozenset[str]
    to: frozenset[str]
    between: frozenset[str]
    both: frozenset[str]
    linking: frozenset[str]
    years: frozenset[str]
    old: frozenset[str]
    ages: tuple[str, ...]
    stop: frozenset[str]
    months: frozenset[str]
    nouns: bool
    plurals: tuple[str, ...]
    scores: frozenset[str]
    determiners: frozenset[str]
    before_nouns: frozenset[str]
    verbs: tuple[str, ...]
    titles: Titles


@cache
def words(language: str | None) -> Words:
    """The language's words around numbers."""
    data = lexicon.table(language, "numbers")
    bounds: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for sort in ("at_least", "at_most", "about", "nearly"):
        for phrase in data.get(sort, "").split(";"):
            parts = tuple(norm(part) for part in phrase.split())
            if parts:
                bounds.setdefault(parts[-1], []).append((parts, sort))

    def listed(key: str) -> frozenset[str]:
        return word_set(language, "numbers", key)

    both = frozenset(str(data.get("and", "")).split()) | listed("range_and")
    return Words(
        bounds={last: tuple(sorted(found, key=lambda b: (-len(b[0]), b))) for last, found in bounds.items()},
        behind={
            norm(p.strip()): sort for sort in ("or_more", "or_less") for p in data.get(sort, "").split(";") if p.strip()
        },
        units=_pairs(data.get("units", {})),
        currencies=_pairs(data.get("currencies", {})),
        percent=phrase_set(language, "numbers", "percent") | {"%"},
        points=phrase_set(language, "numbers", "points"),
        to=listed("to"),
        between=listed("between"),
        both=both,
        linking=both | word_set("fr", "names", "links"),
        years=listed("year_before"),
        old=listed("old"),
        ages=tuple(sorted(listed("age_words"))),
        stop=(word_set(language, "words", "function") | word_set(language, "names", "speech") | listed("stop"))
        - listed("nouns"),
        months=word_set(language, "words", "calendar"),
        nouns=bool(word_set(language, "words", "capital_nouns")),
        plurals=tuple(sorted(listed("plural_endings"))),
        scores=listed("score_words"),
        determiners=listed("determiners"),
        before_nouns=listed("before_nouns"),
        verbs=tuple(sorted(listed("verb_endings"))),
        titles=titles(language),
    )


def _pairs(table: dict[str, str]) -> dict[str, str]:
    return {norm(word): unit for unit, line in table.items() for word in line.replace(";", " ").split()}
