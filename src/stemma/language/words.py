"""Words, numbers and marks of a text, and the folding that makes a word comparable across scripts.

In scripts without spaces a token is: one Han character, one Hiragana character, a run of Katakana (a foreign word, often
a name), and in Thai, Lao, Khmer and Burmese one grapheme cluster. Korean words stand between spaces as elsewhere.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

import regex
from anyascii import anyascii

from stemma.language import lexicon
from stemma.records import Token

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
# The same, where every character belongs to a match: so the lengths alone say where each token stands (a third faster).
PIECES = regex.compile(rf"(?:{_NUMBER}|{_WORD}|{_MARK})?+(\s*+)", regex.V1)
APOSTROPHES = "'’ʼ"


def find_tokens(text: str, start: int, end: int, language: str | None) -> list[Token]:
    """The tokens of ``text[start:end]``, in order. Elided articles ("l'", "d'", "dell'") become tokens of their own."""
    elided = _elided(language)
    found: list[Token] = []
    new = tuple.__new__  # what Token(...) does, without its call: these lines run for every word of every report
    left = start
    for number, word, mark, blank in PIECES.findall(text, start, end):
        if word:
            right, folded = left + len(word), norm(word)
            if elided and not folded.isalpha():
                cut = _elision(text, left, right, elided)
                if cut:
                    found.append(Token(left, cut, norm(text[left:cut]), "word"))
                    left, folded = cut, norm(text[cut:right])
            found.append(new(Token, (left, right, folded, "word")))
        else:
            right = left + len(mark or number)
            if right > left:
                found.append(new(Token, (left, right, norm(mark or number), "mark" if mark else "number")))
        left = right + len(blank)
    return found


def _elision(text: str, start: int, end: int, elided: frozenset[str]) -> int:
    for at in range(start + 1, min(start + 9, end - 1)):
        if text[at] in APOSTROPHES:
            return at + 1 if text[start:at].casefold() in elided else 0
    return 0


@cache
def _elided(language: str | None) -> frozenset[str]:
    return frozenset(str(lexicon.table(language, "words").get("elided", "")).split())


@lru_cache(maxsize=65536)
def norm(word: str) -> str:
    """NFKC and case-folded."""
    return unicodedata.normalize("NFKC", word).casefold()


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """ASCII letters and digits only, transliterated and in lower case: "Sør-Korea" and "SOR KOREA" give "sorkorea"."""
    return "".join(char for char in anyascii(word).lower() if char.isalnum())


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
