"""What one written word tells of a story, whatever the report: worked out once for each word and language, then looked up.

Words recur, so that grouping costs a look-up for each word of a pile instead of a reading of each text. Terms are numbers
(hashes of 64 bits), so that a pile of a hundred thousand reports fits into arrays.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from anyascii import anyascii
from xxhash import xxh3_64_intdigest

from stemma.language import lexicon
from stemma.language.anchors import cognate
from stemma.language.gazetteer import PIECE, Place
from stemma.language.places import offered
from stemma.language.skeleton import anchor_keys
from stemma.language.words import APOSTROPHES, fold, norm, word_set

STEM = 5  # letters kept of a word: "meeting" and "meetings", "Minister" and "ministeren"; best of 4, 5, 6, 7 on dev
NAME = 1.0  # weight of a word of a name
NOUN = 0.4  # of a capitalised word in a language whose common nouns carry capitals too
BONES = 0.5  # of a name's consonants: less than its letters, as they meet by chance more often
UNCASED = 0.3  # of the consonants of a word that may be a name, in a script without capitals
COGNATE = 0.25  # of an international word
SYLLABLES = "\u2e80"  # from here on a word's first letters are pairs of characters (Han, Kana, Hangul)
CASELESS = "\u0590"  # from here on scripts show no capitals, but for the few that do (Georgian, Cherokee, full width)
HAN = ("\u3400", "\u9fff")

Weighed = tuple[tuple[int, float], ...]


class Facts(NamedTuple):
    """What one written word tells. ``stems``: the terms it counts as, () for function words and single letters; ``capital``:
    it carries a capital; ``name`` and ``bones``: its letters and its consonants as a word of a name; ``other``: what it says as any word (cognate,
    consonants of a script without capitals); ``places``: the names of places that begin with it (the words that must
    follow, what they stand for), longest first; ``month`` and ``weekday`` (ISO) or 0; ``times``: 1e6 for "million" or 0;
    ``percent``; ``han``: its reading where it is a Han character; ``folded``: in lower case."""

    stems: tuple[int, ...]
    capital: bool
    name: Weighed
    bones: Weighed
    other: Weighed
    places: tuple[tuple[tuple[str, ...], Weighed], ...]
    month: int
    weekday: int
    times: float
    percent: bool
    han: str
    folded: str


def term(key: str) -> int:
    """A term as a number."""
    return xxh3_64_intdigest(key.encode())


@lru_cache(maxsize=400_000)
def facts(language: str | None, word: str) -> Facts:
    """What the word tells in a text of the language."""
    bare = _bare(language, word)
    folded = norm(bare)
    function = folded in function_words(language)
    capital = bare[:1].isupper()
    months, weekdays = _calendar(language)
    letters, consonants = _name(language, bare) if capital and not function else ((), ())
    return Facts(
        stems=() if function else tuple(map(term, stems(folded))),
        capital=capital,
        name=letters,
        bones=consonants,
        other=() if function else _other(language, bare, folded),
        places=_places(language, bare),
        month=months.get(folded, 0),
        weekday=weekdays.get(folded, 0),
        times=_magnitudes(language).get(folded, 0.0),
        percent=folded in _percent(language),
        han=anyascii(bare) if HAN[0] <= bare[:1] <= HAN[1] else "",
        folded=folded,
    )


def _bare(language: str | None, word: str) -> str:
    """The word without an elided article before it and without a genitive behind its apostrophe."""
    for mark in APOSTROPHES:
        head, found, rest = word.partition(mark)
        if found and len(rest) <= 2 and len(head) > 1:
            return head
        if found and norm(head) in _elided(language):
            return rest
    return word


def _name(language: str | None, word: str) -> tuple[Weighed, Weighed]:
    """Its letters, and its consonants; each part of a word with a hyphen by itself."""
    weight = NOUN if word_set(language, "words", "capital_nouns") and not word.isupper() else NAME
    letters: dict[int, float] = {}
    consonants: dict[int, float] = {}
    for piece in PIECE.findall(word):
        key = fold(piece)
        if len(key) > 1 and not key.isdigit():
            letters[term(f"W:{key}")] = weight
            for bones in {*anchor_keys(piece, language), skeleton(key)} - {""}:
                consonants[term(f"S:{bones}")] = BONES * weight
    return tuple(letters.items()), tuple(sorted(consonants.items()))


def _other(language: str | None, word: str, folded: str) -> Weighed:
    found: dict[int, float] = {}
    if key := cognate(folded):
        found[term(f"C:{key}")] = COGNATE
    if word[:1] >= CASELESS and word[0].upper() == word[0] and not HAN[0] <= word[0] <= HAN[1]:
        for bones in {*anchor_keys(word, language), skeleton(folded)} - {""}:
            found[term(f"S:{bones}")] = UNCASED
    return tuple(sorted(found.items()))


@cache
def place_terms(place: Place) -> Weighed:
    """A state, an adjective: its code. A city, a region: its name. A capital: both, as the government is often meant."""
    found: dict[int, float] = {}
    if place.sort in ("state", "adjective", "capital", "organisation"):
        found[term(f"T:{place.code}")] = 0.5
    if place.sort in ("capital", "city", "region", "regional"):
        found[term(f"P:{place.name}")] = 0.8
    return tuple(sorted(found.items()))


def _places(language: str | None, word: str) -> tuple[tuple[tuple[str, ...], Weighed], ...]:
    pieces = [norm(piece) for piece in PIECE.findall(word)]
    if not pieces:
        return ()
    found = []
    begun, alone = offered(language, pieces[0], not word[0].islower())
    for words, place in begun:
        if words[: len(pieces)] == tuple(pieces)[: len(words)] and (
            len(words) > 1 or _may_stand(language, word, words[0])
        ):
            found.append((words[len(pieces) :], place_terms(place)))
    if alone is not None and len(pieces) == 1:
        found.append(((), place_terms(alone)))
    return tuple(found)


def _may_stand(language: str | None, word: str, name: str) -> bool:
    """Whether the word may be that place: acronyms only in capitals, and no function word but those."""
    from stemma.language.gazetteer import gazetteer

    shouted = word[: len(name)].isupper()
    return shouted or (name not in gazetteer(language).upper and name not in function_words(language))


@cache
def function_words(language: str | None) -> frozenset[str]:
    """Words that say nothing about a story."""
    return word_set(language, "words", "function")


@cache
def _elided(language: str | None) -> frozenset[str]:
    return frozenset(str(lexicon.table(language, "words").get("elided", "")).split())


@cache
def _calendar(language: str | None) -> tuple[dict[str, int], dict[str, int]]:
    """The language's months and weekdays in their forms, to numbers. Short weekdays are left out: they are other words as
    often ("sun", "mer", "so", "man")."""
    own, inflected = lexicon.table(language, "calendar"), lexicon.table(language, "dates")
    found: list[dict[str, int]] = []
    for kind in ("months", "weekdays"):
        short = own.get("months_short", {}) if kind == "months" else {}
        names = [*short.items(), *inflected.get(kind, {}).items(), *own.get(kind, {}).items()]
        found.append({norm(word): int(number) for number, words in names for word in words if not {" ", "*"} & {*word}})
    return found[0], found[1]


@cache
def _magnitudes(language: str | None) -> dict[str, float]:
    """Words and signs that multiply the figure before them."""
    table = lexicon.table(language, "numbers")
    parts = [*str(table.get("magnitudes", "")).split(), *str(table.get("short", "")).split()]
    return {
        norm(word): float(value)
        for words, value in _pairs(parts)
        for word in words.split("/")
        if len(word) > 1 or word >= SYLLABLES
    }


def _pairs(parts: list[str]) -> Iterator[tuple[str, str]]:
    return zip(parts[::2], parts[1::2], strict=True)


@cache
def _percent(language: str | None) -> frozenset[str]:
    """Words for per cent, by their last word."""
    phrases = str(lexicon.table(language, "numbers").get("percent", "")).split(";")
    return frozenset(norm(phrase.split()[-1]) for phrase in phrases if phrase.split()) | {"%", "％"}


@lru_cache(maxsize=200_000)
def stems(folded: str) -> tuple[str, ...]:
    """The word's first letters without accents; pairs of characters for Han, Kana, Hangul; () for single letters."""
    if folded and folded[0] >= SYLLABLES:
        return tuple(folded[i : i + 2] for i in range(max(1, len(folded) - 1)))
    plain = anyascii(folded).casefold()
    return (plain[:STEM],) if len(plain) > 1 else ()


# What transliterations disagree about, applied in this order; then vowels and h fall out. After JRC-Names (Steinberger).
SOUNDS = (
    ("tsch", "s"), ("tch", "s"), ("tsh", "s"), ("sch", "s"), ("dzh", "s"), ("ch", "s"), ("sh", "s"), ("zh", "s"), ("ts", "s"),
    ("tz", "s"), ("dj", "s"), ("ph", "f"), ("ck", "k"), ("ce", "s"), ("ci", "s"), ("x", "ks"), ("c", "k"), ("q", "k"), ("g", "k"),
    ("w", "f"), ("v", "f"), ("j", "s"), ("z", "s"),
)  # fmt: skip


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants of a name, alike in all scripts: "Caffarelli", "Каффарелли" give "kfrl"; "" for what is too short to
    tell. Coarser than ``language.skeleton``, and also for what is written in syllables."""
    key = fold(word)
    for old, new in SOUNDS:
        key = key.replace(old, new)
    bones = ("a" if key[:1] in set("aeiouy") else "") + "".join(c for c in key if c not in "aeiouyh")
    single = "".join(c for k, c in enumerate(bones) if k == 0 or c != bones[k - 1])
    return single if len(single) >= 3 else ""
