"""Titles and roles of people: before the name ("Japan's former prime minister") and after it (", an expert at ...")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from stemma.language.kept import Kept
from stemma.language.places import Hit
from stemma.language.words import word_set
from stemma.records import Span, Token

# A role phrase before a name is seldom longer than "the former South Korean deputy foreign minister"; one after the name
# takes a clause. Both in tokens.
LONGEST_BEFORE = 9
LONGEST_AFTER = 24
JOINERS = frozenset({"and", "og", "och", "und", "et", "y", "и"})


class Titles(NamedTuple):
    """A language's words for roles: phrases by their first word, endings of compounds, and what may stand with them.
    ``opens``: the phrases that a word opens, and 1 where the word alone is a role, as a compound."""

    phrases: dict[str, tuple[tuple[str, ...], ...]]
    opens: Kept[tuple[tuple[tuple[str, ...], ...], int]]
    modifiers: frozenset[str]
    links: frozenset[str]
    articles: frozenset[str]
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
    known = {first: tuple(sorted(found, key=lambda p: (-len(p), p))) for first, found in phrases.items()}
    suffixes = tuple(sorted(word_set(language, "names", "title_suffixes")))
    return Titles(
        phrases=known,
        opens=Kept(lambda word: (known.get(word, ()), int(_compound(word, known, suffixes)))),
        modifiers=word_set(language, "names", "modifiers"),
        links=word_set(language, "names", "links"),
        articles=word_set(language, "names", "articles"),
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


def before(
    tokens: Sequence[Token], at: int, first: int, hits: Mapping[int, Hit], text: str, known: Titles, comma: bool = False
) -> Span | None:
    """The role phrase that ends right before token ``at``; ``first`` is the sentence's first token. ``comma``: the name
    may be in apposition ("Peru's president, Vera Holt, said"), as a comma follows it."""
    left = at
    if comma and left - 1 > first and text[tokens[left - 1].start] == ",":
        left -= 1
    stop, roles, place = left, 0, False
    while left > first and at - left < LONGEST_BEFORE:
        token = tokens[left - 1]
        size = _role_ends(tokens, left, first, known)
        hit = hits.get(left - 1)
        if size:
            left, roles, place = left - size, roles + 1, False
        elif hit is not None and hit.first >= first:
            left, place = hit.first, True
        elif token.norm in known.modifiers or (not roles and _nationality(text, token, known)):
            left, place = left - 1, False
        elif (
            (place or roles)
            and token.norm in known.links
            and left - 2 >= first
            and _goes_on(tokens, left - 1, first, hits, known)
        ):
            left -= 1
        else:
            break
    if not roles:
        return None
    while left < stop and tokens[left].norm in known.links | known.articles:
        left += 1
    return Span(tokens[left].start, tokens[stop - 1].end)


def _nationality(text: str, token: Token, known: Titles) -> bool:
    """An adjective behind the title by its ending ("le président gabonais"), in languages that put it there."""
    return bool(known.nationalities) and text[token.start].islower() and token.norm.endswith(known.nationalities)


def _goes_on(tokens: Sequence[Token], at: int, first: int, hits: Mapping[int, Hit], known: Titles) -> bool:
    """Whether a link at ``at`` ("of", "de la") has a role on its left."""
    while at > first and tokens[at - 1].norm in known.links | known.articles:
        at -= 1
    return at > first and (_role_ends(tokens, at, first, known) > 0 or (at - 1) in hits)


def _role_ends(tokens: Sequence[Token], at: int, first: int, known: Titles) -> int:
    """How many tokens right before ``at`` are a title."""
    start = at - 1 - (tokens[at - 1].norm == "." and at - 2 >= first)
    for size in range(min(4, start - first + 1), 0, -1):
        if role_at(tokens, start - size + 1, start + 1, known) == size:
            return size + (at - 1 - start)
    return 0


def after(tokens: Sequence[Token], at: int, last: int, text: str, known: Titles) -> Span | None:
    """The role phrase in apposition right after token ``at - 1``: from behind the comma to the next comma or verb.

    It must open with an article, a modifier or a role, and hold a role within its first seven words.
    """
    if at + 1 >= last or text[tokens[at].start] not in ",(":
        return None
    start = at + 1
    if tokens[start].norm in JOINERS:
        return None
    end, seen, saw_role = start, 0, False
    while end < last and end - start < LONGEST_AFTER:
        token = tokens[end]
        if token.kind == "mark" and text[token.start] in ',;:()–—"“”«»':
            break
        if token.norm in known.relatives or (token.norm in known.speech and end > start):
            break
        if token.kind == "mark" and text[token.start] in ".!?" and end + 1 >= last:
            break
        seen += 1
        size = role_at(tokens, end, last, known) if not saw_role and seen <= 7 else 0
        saw_role = saw_role or size > 0
        end += max(1, size)
    while end > start + 1 and tokens[end - 1].norm in known.links | known.articles | JOINERS:
        end -= 1
    opens = tokens[start].norm in known.articles | known.modifiers or role_at(tokens, start, last, known) > 0
    if not saw_role or not (opens or seen <= 6) or end <= start:
        return None
    left = start + (tokens[start].norm in known.articles and end - start > 1 and tokens[start].norm not in ("an", "a"))
    return Span(tokens[left].start, tokens[end - 1].end)
