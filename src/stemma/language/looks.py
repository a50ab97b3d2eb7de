"""What a word's letters and the language's lists say of it, wherever it stands: is it a head, a common noun, an acronym ..."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from stemma.language import lexicon
from stemma.language.kept import Kept
from stemma.language.roles import NO_ROLE, titles
from stemma.language.words import APOSTROPHES, fold, norm, word_set

ROMAN = frozenset("IVX")
ARABIC_ARTICLES = frozenset({"al", "el", "as", "ad", "ar", "an", "at", "az", "ash", "ibn", "bin"})


class Casing(NamedTuple):
    """How a language uses capitals. ``nouns``: common nouns carry them too; ``suffixed``: endings follow names behind an
    apostrophe."""

    function: frozenset[str]
    particles: frozenset[str]
    after_particles: frozenset[str]
    nouns: bool
    articles: frozenset[str]
    suffixed: bool


@cache
def casing(language: str | None) -> Casing:
    """How capitals are used in the language."""
    return Casing(
        function=word_set(language, "words", "function") | word_set(language, "words", "calendar"),
        particles=word_set(language, "names", "particles") or word_set("en", "names", "particles"),
        after_particles=word_set(language, "names", "after_particles"),
        nouns=bool(word_set(language, "words", "capital_nouns")),
        articles=word_set(language, "names", "articles"),
        suffixed=bool(lexicon.table(language, "names").get("apostrophe", False)),
    )


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
    text = (lexicon.DATA / "organisations.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(name.strip() for line in lines for name in line.split(";") if name.strip())


@cache
def given_names() -> frozenset[str]:
    """Given names, folded."""
    text = (lexicon.DATA / "given_names.txt").read_text(encoding="utf-8")
    return frozenset(fold(name) for line in text.splitlines() if not line.startswith("#") for name in line.split())


class Look(NamedTuple):
    """One token as written. ``base``: without "'s" and without what a hyphen joins to it ("APEC-toppmøtet"); ``stem``: that
    case-folded; ``upper``: all capitals; ``shouts``: an acronym, no Roman numeral; ``acronym``: "NATO", "NATOs",
    "NATO-toppmøtet"; ``common``: carries a capital only because nouns do; ``given``: a given name, ``given_first``: the
    part before its hyphen is one; ``function``: a function word or a contraction of one ("I'll");
    ``title``: a role can begin with it."""

    base: str
    stem: str
    capital: bool
    lower: bool
    upper: bool
    shouts: bool
    acronym: bool
    possessive: bool
    apostrophe: bool
    organisation: bool
    common: bool
    given: bool
    given_first: bool
    function: bool
    title: bool


@cache
def looks(language: str | None) -> Kept[Look]:
    """The looks of words in a language, kept, as words recur."""
    case, known, roles = casing(language), heads(language), titles(language)

    def look(word: str) -> Look:
        folded, is_word = norm(word), word[0].isalpha()
        base, upper = _base(word, case), len(word) > 1 and word.isupper()
        apostrophe = len(word) > 2 and word[-2] in APOSTROPHES
        organisation = _is_organisation(folded, known)
        return Look(
            base=base,
            stem=norm(base),
            capital=is_word and is_capital(word),
            lower=is_word and word[0].islower(),
            upper=upper,
            shouts=upper and not ROMAN.issuperset(word),  # Roman numerals go on with a name: "World War II"
            acronym=_is_acronym(base),
            possessive=apostrophe and word[-1] in "sS",
            apostrophe=apostrophe,
            organisation=organisation,
            common=case.nouns and _is_common(word, folded, known, organisation),
            given=fold(word) in known.given,
            given_first=fold(word.partition("-")[0]) in known.given,
            function=_is_function(folded, case),
            title=roles.opens[folded] != NO_ROLE,
        )

    return Kept(look)


def is_capital(word: str) -> bool:
    """Whether a word has a capital first letter, or one behind an Arabic article ("al-Rashid"); an elided "l'" does not count."""
    if word[-1] in APOSTROPHES:
        return False
    if word[0].isupper():
        return True
    hyphen = word.find("-", 0, 5)
    return 0 < hyphen < len(word) - 1 and word[hyphen + 1].isupper() and word[:hyphen] in ARABIC_ARTICLES


def _is_function(folded: str, known: Casing) -> bool:
    if folded in known.function:
        return True
    return any(mark in folded and folded.split(mark)[0] in known.function for mark in APOSTROPHES)


def _is_organisation(folded: str, known: Heads) -> bool:
    word = folded[:-2] if folded[-2:-1] in APOSTROPHES and len(folded) > 3 else folded
    suffixes = known.organisation_suffixes
    return word in known.organisation or (bool(suffixes) and word.endswith(suffixes))


def _is_common(word: str, folded: str, known: Heads, organisation: bool) -> bool:
    """By the language's list, or by its ending."""
    if folded in known.common_nouns:
        return True
    ending = bool(known.noun_endings) and len(folded) > 6 and folded.endswith(known.noun_endings)
    return ending and fold(folded) not in known.given and not organisation


def _base(word: str, known: Casing) -> str:
    if len(word) > 2 and word[-2] in APOSTROPHES and word[-1] in "sS":
        return word[:-2]
    if known.suffixed:
        cut = min((word.find(mark) for mark in APOSTROPHES + ":" if word.find(mark) > 0), default=-1)
        if cut > 1 and word[cut + 1 :].islower():
            return word[:cut]
    head, hyphen, tail = word.rpartition("-")
    if hyphen and head and tail[:1].islower() and (head.isupper() or len(tail) > 3) and tail not in known.particles:
        return head
    return word[:-1] if word[-1] in APOSTROPHES and len(word) > 1 else word


def _is_acronym(base: str) -> bool:
    return len(base) > 1 and (base.isupper() or (len(base) > 2 and base[:-1].isupper() and base[-1] == "s"))
