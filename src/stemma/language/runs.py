"""Runs of capitalised words: where a proper name may stand in a sentence, before anyone says what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from stemma.language import lexicon
from stemma.language.places import Hit
from stemma.language.words import APOSTROPHES, word_set
from stemma.records import Sentence, Token

# In an English headline most words carry capitals; a run says nothing there. Share of the words, and least number of them.
TITLE_CASE = 0.6
TITLE_CASE_WORDS = 5
# Longer runs of capitals are lists or headlines; the limit keeps the reading linear on any text. In tokens.
LONGEST_RUN = 24
ARABIC_ARTICLES = frozenset({"al", "el", "as", "ad", "ar", "an", "at", "az", "ash", "ibn", "bin"})
OPENERS = "\"“„«»‹'‘’([–—-•*:¿¡「『"


class Casing(NamedTuple):
    """How a language uses capitals. ``nouns``: common nouns carry them too; ``suffixed``: endings follow names behind an
    apostrophe."""

    function: frozenset[str]
    particles: frozenset[str]
    after_particles: frozenset[str]
    nouns: bool
    articles: frozenset[str]
    suffixed: bool


class Run(NamedTuple):
    """Tokens ``first:last`` that carry capitals, with particles between. ``opening``: the first one stands where every
    sentence has a capital. ``flat``: in a headline whose words all carry capitals."""

    first: int
    last: int
    sentence: int
    opening: bool
    flat: bool


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


def is_capital(text: str, token: Token) -> bool:
    """Whether the token is a word with a capital first letter, or with one behind an Arabic article ("al-Rashid"); an elided
    "l'" does not count."""
    if token.kind != "word" or text[token.end - 1] in APOSTROPHES:
        return False
    if text[token.start].isupper():
        return True
    hyphen = text.find("-", token.start, token.start + 5)
    return 0 < hyphen < token.end - 1 and text[hyphen + 1].isupper() and text[token.start : hyphen] in ARABIC_ARTICLES


def find_runs(
    text: str, sentence: Sentence, number: int, tokens: Sequence[Token], hits: Mapping[int, Hit], known: Casing
) -> list[Run]:
    """The runs of one sentence, in order."""
    flat = _flat(text, sentence, tokens, known)
    found: list[Run] = []
    behind = sentence.first_token
    for at, token in enumerate(tokens[behind : sentence.last_token], behind):
        plain = token[3] != "word" or (text[token[0]].islower() and "-" not in token[2])
        if plain or at < behind or not is_capital(text, token):
            continue
        opening = _opens(text, tokens, at, sentence.first_token)
        function = _function(token[2], known) and not _acronym(text, token) and at not in hits
        if function and (opening or not _continues(text, tokens, at, sentence.last_token)):
            continue
        behind = _run_end(text, tokens, at, sentence.last_token, known)
        found.append(Run(at, behind, number, opening, flat))
    return found


def _function(word: str, known: Casing) -> bool:
    """A function word, or a contraction of one ("I'll", "It's")."""
    if word in known.function:
        return True
    return any(mark in word and word.split(mark)[0] in known.function for mark in APOSTROPHES)


def _acronym(text: str, token: Token) -> bool:
    return token.end - token.start > 1 and text[token.start : token.end].isupper()


def _continues(text: str, tokens: Sequence[Token], at: int, last: int) -> bool:
    return at + 1 < last and is_capital(text, tokens[at + 1]) and tokens[at + 1].start - tokens[at].end == 1


def _opens(text: str, tokens: Sequence[Token], at: int, first: int) -> bool:
    return at == first or (tokens[at - 1].kind == "mark" and text[tokens[at - 1].start] in OPENERS + ".!?…")


def _run_end(text: str, tokens: Sequence[Token], at: int, last: int, known: Casing) -> int:
    """The token behind the run that starts at ``at``."""
    end = at + 1
    last = min(last, at + LONGEST_RUN)
    while end < last:
        token, before = tokens[end], tokens[end - 1]
        if _possessive(text, before):
            break
        if token.kind == "mark" and text[token.start] == "." and token.start == before.end and _short(text, before):
            if end + 1 < last and is_capital(text, tokens[end + 1]) and _gap(text, token, tokens[end + 1]):
                end += 1
                continue
            break
        if known.nouns and token.norm in known.articles and is_capital(text, token):
            break
        if is_capital(text, token) and (
            _gap(text, before, token) or (before.kind == "mark" and token.start == before.end)
        ):
            end += 1
            continue
        skip = _particles(text, tokens, end, last, known)
        if not skip:
            break
        end += skip
    return end


def _possessive(text: str, token: Token) -> bool:
    word = text[token.start : token.end]
    return len(word) > 2 and word[-2] in APOSTROPHES and word[-1] in "sS"


def _short(text: str, token: Token) -> bool:
    """An initial or a short title ("Dr", "St") whose full stop does not end the run."""
    word = text[token.start : token.end]
    return len(word) == 1 or word in (
        "Dr",
        "Mr",
        "Mrs",
        "Ms",
        "St",
        "Ste",
        "Jr",
        "Sr",
        "Prof",
        "Gen",
        "Col",
        "Lt",
        "Sen",
        "Rep",
        "Gov",
        "Sgt",
        "Capt",
        "Mt",
        "Fr",
        "Rev",
        "Hr",
        "Th",
        "Chr",
        "Yu",
        "Ch",
    )


def _gap(text: str, before: Token, after: Token) -> bool:
    between = text[before.end : after.start]
    return between in (" ", "\u00a0", "\u202f") or (between == "" and before.kind == "mark")


def _particles(text: str, tokens: Sequence[Token], at: int, last: int, known: Casing) -> int:
    """How many tokens from ``at`` are particles inside of a name ("van der"), with a capital behind them."""
    size = 0
    while at + size < last and size < 3 and _particle(tokens[at + size].norm.replace("’", "'"), size, known):
        size += 1
    behind = at + size
    if not size or behind >= last or not is_capital(text, tokens[behind]):
        return 0
    return size + 1


def _particle(word: str, behind: int, known: Casing) -> bool:
    """Whether the word is a particle where ``behind`` of them stand before it: the "der" of "von der" is none alone."""
    bare = word.rstrip("'")
    return word in known.particles or bare in known.particles or (behind > 0 and bare in known.after_particles)


def _flat(text: str, sentence: Sentence, tokens: Sequence[Token], known: Casing) -> bool:
    """Whether capitals say nothing in this sentence: a headline in title case or in capitals."""
    if text[sentence.end - 1] in ".!?" and not text[sentence.start : sentence.end].isupper():
        return False
    words = [t for t in tokens[sentence.first_token : sentence.last_token] if t.kind == "word"]
    letters = [t for t in words if t.norm not in known.function]
    if len(letters) < TITLE_CASE_WORDS or known.nouns:
        return len(words) > 2 and text[sentence.start : sentence.end].isupper()
    return (
        sum(is_capital(text, t) for t in letters) >= TITLE_CASE * len(letters) and text[sentence.end - 1] not in ".!?"
    )
