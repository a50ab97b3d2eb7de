"""What is asked of single words of a report when its names are read: is it a head, a common noun, an acronym ..."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from stemma.language.lexicon import DATA
from stemma.language.places import Hit
from stemma.language.roles import Titles, role_at, titles
from stemma.language.runs import Casing, casing, is_capital
from stemma.language.words import APOSTROPHES, fold, word_set
from stemma.records import Token

ROMAN = frozenset("IVX")


class Heads(NamedTuple):
    """A language's words that say what a name is the name of."""

    organisation: frozenset[str]
    organisation_suffixes: tuple[str, ...]
    place: frozenset[str]
    place_front: frozenset[str]
    thing: frozenset[str]
    links: frozenset[str]
    given: frozenset[str]
    locative: frozenset[str]
    static: frozenset[str]
    no_names: frozenset[str]
    common_nouns: frozenset[str]
    noun_endings: tuple[str, ...]
    endings: tuple[str, ...]
    adjective_endings: tuple[str, ...]


@cache
def heads(language: str | None) -> Heads:
    """The language's heads; the English ones count everywhere, as English names stand in every language's news."""

    def both(key: str) -> frozenset[str]:
        return word_set("en", "names", key) | word_set(language, "names", key)

    return Heads(
        organisation=both("org_heads"),
        organisation_suffixes=tuple(sorted(word_set(language, "names", "org_suffixes"))),
        place=both("place_heads"),
        place_front=both("place_front"),
        thing=both("thing_heads"),
        links=both("links"),
        given=given_names(),
        locative=word_set(language, "places", "locative"),
        static=word_set(language, "places", "static"),
        no_names=both("no_names"),
        common_nouns=word_set(language, "names", "common_nouns"),
        noun_endings=tuple(sorted(word_set(language, "names", "noun_endings"))),
        adjective_endings=tuple(sorted(word_set(language, "names", "adjective_endings"))),
        endings=tuple(sorted({"s"} | {e for e in word_set(language, "names", "endings") if e.isalpha()})),
    )


@cache
def organisations() -> frozenset[str]:
    """Well-known organisations, as written."""
    text = (DATA / "organisations.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(name.strip() for line in lines for name in line.split(";") if name.strip())


@cache
def given_names() -> frozenset[str]:
    text = (DATA / "given_names.txt").read_text(encoding="utf-8")
    return frozenset(fold(name) for line in text.splitlines() if not line.startswith("#") for name in line.split())


class View(NamedTuple):
    """One report as the reading of names sees it. ``hits``: token -> place; ``lower``: words that the report writes in lower
    case; ``covered``: tokens inside of a title of several words."""

    text: str
    tokens: Sequence[Token]
    casing: Casing
    titles: Titles
    heads: Heads
    hits: dict[int, Hit]
    lower: frozenset[str]
    covered: frozenset[int]

    def word(self, at: int) -> str:
        return self.text[self.tokens[at].start : self.tokens[at].end]


def make_view(text: str, tokens: Sequence[Token], places: Iterable[Hit], language: str | None) -> View:
    """The view of one report."""
    known = titles(language)
    hits, lower, covered = _by_token(places), _lower(text, tokens), _in_titles(text, tokens, known)
    return View(text, tokens, casing(language), known, heads(language), hits, lower, covered)


def _by_token(places: Iterable[Hit]) -> dict[int, Hit]:
    return {at: hit for hit in places for at in range(hit.first, hit.last)}


def _in_titles(text: str, tokens: Sequence[Token], known: Titles) -> frozenset[int]:
    """The later words of titles that begin in lower case: the "Affaires" of "ministre des Affaires étrangères"."""
    found: set[int] = set()
    for at, token in enumerate(tokens):
        if token.norm in known.phrases and text[token.start].islower():
            found.update(range(at + 1, at + role_at(tokens, at, len(tokens), known)))
    return frozenset(found)


def _lower(text: str, tokens: Sequence[Token]) -> frozenset[str]:
    """The words that this report writes without a capital somewhere."""
    return frozenset(
        [
            token[2]
            for token in tokens
            if token[3] == "word" and text[token[0]].islower() and ("-" not in token[2] or not is_capital(text, token))
        ]
    )


def shouts(view: View, at: int) -> bool:
    """An acronym. Roman numerals go on with a name ("World War II", "Charles III")."""
    word = view.word(at)
    return len(word) > 1 and word.isupper() and not ROMAN.issuperset(word)


def is_organisation(view: View, at: int) -> bool:
    word = view.tokens[at].norm
    word = word[:-2] if word[-2:-1] in APOSTROPHES and len(word) > 3 else word
    return word in view.heads.organisation or (
        bool(view.heads.organisation_suffixes) and word.endswith(view.heads.organisation_suffixes)
    )


def common_noun(view: View, at: int) -> bool:
    """A word that carries a capital only because nouns do: by the language's list, or by its ending."""
    if not view.casing.nouns or at in view.hits:
        return False
    word = view.tokens[at].norm
    if word in view.heads.common_nouns:
        return True
    ending = bool(view.heads.noun_endings) and len(word) > 6 and word.endswith(view.heads.noun_endings)
    return ending and fold(word) not in view.heads.given and not is_organisation(view, at)


def apostrophe(view: View, at: int) -> bool:
    word = view.word(at)
    return len(word) > 2 and word[-2] in APOSTROPHES


def base_of(view: View, at: int) -> str:
    """The word without "'s", and without what a hyphen joins to it ("APEC-toppmøtet")."""
    word = view.word(at)
    if len(word) > 2 and word[-2] in APOSTROPHES and word[-1] in "sS":
        return word[:-2]
    if view.casing.suffixed:
        cut = min((word.find(mark) for mark in APOSTROPHES + ":" if word.find(mark) > 0), default=-1)
        if cut > 1 and word[cut + 1 :].islower():
            return word[:cut]
    head, hyphen, tail = word.rpartition("-")
    if (
        hyphen
        and head
        and tail[:1].islower()
        and (head.isupper() or len(tail) > 3)
        and tail not in view.casing.particles
    ):
        return head
    return word[:-1] if word[-1] in APOSTROPHES and len(word) > 1 else word


def is_acronym(view: View, at: int) -> bool:
    """ "NATO", "NATOs", "NATO-toppmøtet"."""
    base = base_of(view, at)
    return len(base) > 1 and (base.isupper() or (len(base) > 2 and base[:-1].isupper() and base[-1] == "s"))
