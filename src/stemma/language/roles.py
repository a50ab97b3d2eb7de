"""A language's words for the titles and roles of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from stemma.language.kept import Kept
from stemma.language.words import word_set
from stemma.records import Token

Opened = tuple[tuple[tuple[str, ...], ...], int]
NO_ROLE: Opened = ((), 0)


class Titles(NamedTuple):
    """A language's words for roles: phrases by their first word, endings of compounds, and what may stand with them.
    ``opens``: the phrases that a word opens, and 1 where the word alone is a role, as a compound; ``linking``: links and
    articles."""

    phrases: dict[str, tuple[tuple[str, ...], ...]]
    opens: Kept[Opened]
    modifiers: frozenset[str]
    links: frozenset[str]
    articles: frozenset[str]
    linking: frozenset[str]
    relatives: frozenset[str]
    speech: frozenset[str]
    nationalities: tuple[str, ...]


@cache
def titles(language: str | None) -> Titles:
    """The language's titles."""
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(word_set(language, "names", "titles")):
        words = tuple(phrase.split())
        phrases.setdefault(words[0], []).append(words)
    links, articles = word_set(language, "names", "links"), word_set(language, "names", "articles")
    known = {first: tuple(sorted(found, key=lambda p: (-len(p), p))) for first, found in phrases.items()}
    suffixes = tuple(sorted(word_set(language, "names", "title_suffixes")))
    return Titles(
        phrases=known,
        opens=Kept(lambda word: (known.get(word, ()), int(_compound(word, known, suffixes)))),
        modifiers=word_set(language, "names", "modifiers"),
        links=links,
        articles=articles,
        linking=links | articles,
        relatives=word_set(language, "names", "relatives"),
        speech=word_set(language, "names", "speech"),
        nationalities=tuple(sorted(word_set(language, "names", "nationality_endings"))),
    )


def role_at(tokens: Sequence[Token], at: int, end: int, known: Titles) -> int:
    """How many tokens from ``at`` are a title; 0 where none starts."""
    phrases, alone = known.opens[tokens[at].norm]
    for phrase in phrases:
        if at + len(phrase) <= end and all(tokens[at + i].norm == part for i, part in enumerate(phrase)):
            return len(phrase)
    return alone


def _compound(word: str, phrases: Mapping[str, object], suffixes: tuple[str, ...]) -> bool:
    """ "utenriksminister", "Außenminister": a word that ends in a role, or a role joined by a hyphen ("vice-president")."""
    if "-" in word and word.rsplit("-", 1)[1] in phrases:
        return True
    return bool(suffixes) and word.endswith(suffixes) and len(word) > 6
