"""Words, numbers and marks of a text, and the folding that makes a word comparable across scripts.

In scripts without spaces a token is: one Han character, one Hiragana character, a run of Katakana (a foreign word, often
a name), and in Thai, Lao, Khmer and Burmese one grapheme cluster. Korean words stand between spaces as elsewhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import regex
from anyascii import anyascii

from stemma.language import lexicon
from stemma.language.kept import Kept
from stemma.records import Sentence, Token

_NUMBER = r"(?P<number>\d++(?:[.,'’\u00a0\u202f\u2009]\d++)*+)"
_SINGLE = r"[\p{Han}\p{Hiragana}][\p{M}ー]*+|[\p{Katakana}ー]++|[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*+"
_WORD = (
    r"(?P<word>(?:\p{Lu}\.){2,}+|(?![A-Za-z])(?:" + _SINGLE + r")|"
    r"(?:[A-Za-z]++|[\p{L}--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]])[\p{L}\p{M}\d--[\p{Han}\p{Hiragana}\p{Katakana}]]*+"
    r"(?:['’ʼ\-‐‑·][\p{L}\p{M}--[\p{Han}\p{Hiragana}\p{Katakana}]][\p{L}\p{M}\d--[\p{Han}\p{Hiragana}\p{Katakana}]]*+)*+)"
)
_MARK = r"(?P<mark>[^\s\p{L}\d])"
# The blanks behind a token belong to the match, so that the next one starts right there.
TOKEN = regex.compile(f"(?:{_NUMBER}|{_WORD}|{_MARK})[ ]*+", regex.V1)
# The same, where every character belongs to a match: so the lengths alone say where each token stands.
PIECES = regex.compile(rf"(?:{_NUMBER}|{_WORD}|{_MARK})?+(\s*+)", regex.V1)
APOSTROPHES = "'’ʼ"
EDGES = ".,;:!?()[]\"“”„«»‘’'…–—-*/"  # marks that stand before and behind words
SPACED_BELOW = "\u0e00"  # letters before this one are of scripts that write a word without a break (Thai comes next)
Run = tuple[tuple[int, int, str, str], ...]  # start, end, folded form and kind of each token of it


class Page(NamedTuple):
    """One report's text as it is read for what it names. ``words``: the tokens as written."""

    text: str
    language: str | None
    sentences: Sequence[Sentence]
    tokens: Sequence[Token]
    words: Sequence[str]


def find_tokens(text: str, start: int, end: int, language: str | None) -> list[Token]:
    """The tokens of ``text[start:end]``, in order. Elided articles ("l'", "d'", "dell'") become tokens of their own.

    No token reaches over a space, so each run without one is cut on its own; as they recur, most need a look-up only."""
    known = _runs(language)
    found: list[Token] = []
    new, add = tuple.__new__, found.append  # what Token(...) does, without its call: these lines run for every word
    for run in text[start:end].split(" "):
        for left, right, folded, kind in known[run]:
            add(new(Token, (start + left, start + right, folded, kind)))
        start += len(run) + 1
    return found


@cache
def _runs(language: str | None) -> Kept[Run]:
    """The tokens of a run without a space."""
    elided = frozenset(str(lexicon.table(language, "words").get("elided", "")).split())
    return Kept(lambda run: tuple(_cut(run, elided)))


def _cut(run: str, elided: frozenset[str]) -> Iterator[tuple[int, int, str, str]]:
    core = run.strip(EDGES)
    if core.isalpha() and max(core) < SPACED_BELOW and "ʼ" not in core:  # most runs: one word with marks round it
        left = run.index(core)
        right = left + len(core)
        yield from ((at, at + 1, norm(run[at]), "mark") for at in range(left))
        yield left, right, norm(core), "word"
        yield from ((at, at + 1, norm(run[at]), "mark") for at in range(right, len(run)))
        return
    left = 0
    for number, word, mark, blank in PIECES.findall(run):
        right = left + len(word or number or mark)
        cut = _elision(run, left, right, elided) if word and elided else 0
        if cut:
            yield left, cut, norm(run[left:cut]), "word"
            left = cut
        if right > left:
            yield left, right, norm(run[left:right]), "word" if word else "mark" if mark else "number"
        left = right + len(blank)


def _elision(text: str, start: int, end: int, elided: frozenset[str]) -> int:
    for at in range(start + 1, min(start + 9, end - 1)):
        if text[at] in APOSTROPHES:
            return at + 1 if text[start:at].casefold() in elided else 0
    return 0


@lru_cache(maxsize=65536)
def norm(word: str) -> str:
    """NFKC and case-folded."""
    return word.lower() if word.isascii() else unicodedata.normalize("NFKC", word).casefold()


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """ASCII letters and digits only, transliterated and in lower case: "Sør-Korea" and "SOR KOREA" give "sorkorea"."""
    plain = (word if word.isascii() else anyascii(word)).lower()
    return plain if plain.isalnum() else "".join(char for char in plain if char.isalnum())


@cache
def word_set(language: str | None, section: str, key: str) -> frozenset[str]:
    """A list of words or of phrases (separated by ";") of the language's data, case-folded."""
    value = lexicon.table(language, section).get(key, "")
    parts = value if isinstance(value, list) else (value.split(";") if ";" in value else value.split())
    return frozenset(norm(" ".join(part.split())) for part in parts if part.strip())


@cache
def phrase_set(language: str | None, section: str, key: str) -> frozenset[str]:
    """A list of phrases separated by ";", case-folded."""
    value = str(lexicon.table(language, section).get(key, ""))
    return frozenset(norm(" ".join(part.split())) for part in value.split(";") if part.strip())
