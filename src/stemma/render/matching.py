"""When a word that somebody looks for meets a word of a report: the one definition, here and in ``static/find.js``.

Words are folded first: compatibility forms, case and marks over letters fall away, letters with a stroke or two in one
are written plain, figures lose their separators. Two words meet where, in the language of the text, both are one stem
with endings that inflect (``[find]`` of the language's file), or where what is looked for begins the word; figures must
be the same; in scripts without spaces it is enough that the word holds what is looked for. A test runs both programs on
the same words.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

import regex
from markupsafe import Markup

from stemma.language import lexicon

# Combining marks of the alphabets that are read without them: Latin, Greek and Cyrillic accents, Hebrew points, Arabic
# vowel signs and the line that lengthens a word; with them soft hyphens and what joins or parts without being seen. The vowels of Indic and Thai letters are marks too, and stay.
_MARKS = regex.compile(
    "[\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]"
)
_LETTERS = {
    "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŧ": "t",
    "ŋ": "n", "ĸ": "k", "ς": "σ",
}  # fmt: skip
_PLAIN = str.maketrans(_LETTERS)
_GROUPED = regex.compile(r"(?<![\p{L}\p{N}])\p{N}{1,3}(?:[.,'’ ]\p{N}{3}){1,5}(?!\p{N})")
_SEPARATORS = str.maketrans("", "", ".,'’ ")
# "7.7" and "7,7" are one word, a date in figures is three.
_WORD = regex.compile(r"(?<!\p{N}[.,])\p{N}+[.,]\p{N}{1,2}(?![\p{L}\p{N}]|[.,]\p{N})|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*")
_FIGURES = regex.compile(r"\p{N}+(?:\.\p{N}+)?")
_DENSE = regex.compile(
    r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]"
)
BEGINS = 4  # letters from which what is looked for may begin a longer word: "car" is no answer in "carnage", "ship" in "shipyard" is


def fold(text: str) -> str:
    """The text as it is compared: not of the same length, so never a place to count offsets in."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text).lower()).translate(_PLAIN)
    joined = _GROUPED.sub(lambda found: found.group().translate(_SEPARATORS), plain)
    return unicodedata.normalize("NFC", joined)


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order; a decimal has a point in every language."""
    return [word.replace(",", ".") for word in _WORD.findall(fold(text))]


def terms_of(asked: str, spoken: Mapping[str, str]) -> list[tuple[str, ...]]:
    """What is looked for: each word of it, once; a number said in words (``spoken``: as it is said -> its figures) is its
    figures as well, and nothing else where it takes several words ("dix-sept" is neither "dix" nor "sept")."""
    words = words_of(asked)
    longest = max((key.count(" ") + 1 for key in spoken), default=1)
    found: dict[tuple[str, ...], None] = {}
    at = 0
    while at < len(words):
        for end in range(min(at + longest, len(words)), at, -1):
            figures = spoken.get(" ".join(words[at:end]))
            if figures is not None or end == at + 1:
                break
        alone = (words[at],) if end == at + 1 else ()
        found[(*alone, *([figures] if figures and figures not in alone else []))] = None
        at = end
    return list(found)


@lru_cache(maxsize=64)
def endings_of(language: str | None) -> tuple[frozenset[str], tuple[str, ...], int]:
    """A language's endings, what is written together with the word after it, and its shortest stem in letters."""
    table = lexicon.table((language or "").split("-")[0], "find")
    return (
        frozenset(fold(one) for one in str(table.get("endings", "")).split()),
        tuple(sorted({fold(one) for one in str(table.get("beginnings", "")).split()}, key=lambda b: (-len(b), b))),
        int(table.get("shortest", 0)),
    )


def as_json(languages: set[str]) -> Markup:
    """The endings of some languages for the page's script; those without any are left out."""
    found = {}
    for language in sorted(languages):
        endings, beginnings, shortest = endings_of(language)
        if endings:
            found[language] = {"endings": sorted(endings), "beginnings": list(beginnings), "shortest": shortest}
    return Markup(json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


class Sought:
    """One word that is looked for, ready to be held against words of one language. ``word`` is folded."""

    def __init__(self, word: str, language: str | None) -> None:
        endings, self._beginnings, self._shortest = endings_of(language)
        self._word = word
        self._dense = bool(_DENSE.search(word))
        self._begins = len(word) >= BEGINS and not _FIGURES.fullmatch(word)
        self._forms = {word}
        if endings and not _FIGURES.fullmatch(word):
            stems = {word} if len(word) >= self._shortest or len(word) >= BEGINS - 1 else set()
            stems |= {word[: -len(e)] for e in endings if word.endswith(e) and len(word) - len(e) >= self._shortest}
            self._forms |= {stem + ending for stem in stems for ending in endings} | stems

    def meets(self, word: str) -> bool:
        """Whether a folded word of the text answers."""
        if self._holds(word):
            return True
        return any(
            word.startswith(one) and len(word) - len(one) >= self._shortest and self._holds(word[len(one) :])
            for one in self._beginnings
        )

    def _holds(self, word: str) -> bool:
        return (
            word in self._forms
            or (self._begins and word.startswith(self._word))
            or (self._dense and self._word in word)
        )
