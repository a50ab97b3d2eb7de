"""Concepts: what a common news word means, the same in every language that has a column.

``data/concepts.tsv`` holds one row per concept and one column per language; the id is the first English word of the row.
Rows whose id begins with "_" are function words: they say little, and are known so that they can be left out.

A word can stand for several concepts ("order"); the rows of the table are broad ("match", "team" and "coach" are one),
made for finding sentences that say the same, not for telling synonyms apart.

>>> concept_of("utenriks", "nb") == concept_of("foreign", "en")
True
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

import Stemmer

# Languages that read a relative's column where they have no word of their own in a row.
RELATIVES = {"nn": "nb", "no": "nb"}
STEMMERS = {
    "en": "english", "nb": "norwegian", "nn": "norwegian", "no": "norwegian", "da": "danish", "sv": "swedish",
    "de": "german", "nl": "dutch", "fr": "french", "es": "spanish", "it": "italian", "pt": "portuguese", "fi": "finnish",
    "ru": "russian", "el": "greek", "tr": "turkish", "hu": "hungarian", "ro": "romanian", "ca": "catalan", "ar": "arabic",
    "et": "estonian", "lt": "lithuanian", "id": "indonesian", "ga": "irish", "eu": "basque", "hi": "hindi",
}  # fmt: skip
# Languages that write compounds as one word: the head at the end and the first part both carry meaning.
COMPOUNDING = frozenset({"nb", "nn", "no", "da", "sv", "de", "nl"})
PART, FIRST = 4, 3  # letters of the head and of what stands before it: shorter heads are endings more often than words
JOINTS = ("", "s", "e", "es", "en", "n", "er")

# Regular weak verbs whose past forms the stemmers leave apart: (prefix, ending, ending of the infinitive).
VERBS = {
    "de": (("", "te", "en"), ("", "ten", "en"), ("ge", "t", "en"), ("", "t", "en"), ("", "ete", "en"), ("ge", "et", "en")),
    "nl": (("", "de", "en"), ("", "te", "en"), ("", "den", "en"), ("", "ten", "en"), ("ge", "d", "en"), ("ge", "t", "en"),
           ("", "t", "en")),
}  # fmt: skip


def concept_of(norm_word: str, language: str | None) -> str | None:
    """The first concept of a folded word (``Token.norm``), or None. Inflected forms are found by their stem.

    >>> concept_of("utenriksministeren", "nb") == concept_of("minister", "en")
    True
    """
    found = concepts_of(norm_word, language)
    return found[0][0] if found else None


@lru_cache(maxsize=200_000)
def concepts_of(norm_word: str, language: str | None) -> tuple[tuple[str, ...], ...]:
    """The parts of a folded word, each with the concepts it can stand for: one part, for a compound two (the head
    first), or none where the word is not known. Of a word with several senses the first row of the table comes first."""
    if language is None:
        return ()
    whole = _senses(norm_word, language)
    if whole:
        return (whole,)
    if language in COMPOUNDING and len(norm_word) >= PART + FIRST:
        return _parts(norm_word, language)
    return ()


@lru_cache(maxsize=200_000)
def is_function_word(norm_word: str, language: str | None) -> bool:
    """Whether the word is an article, preposition, pronoun, auxiliary or the like in this language."""
    parts = concepts_of(norm_word, language)
    return bool(parts) and parts[0][0].startswith("_")


@lru_cache(maxsize=200_000)
def stem(norm_word: str, language: str | None) -> str:
    """The word's stem (Snowball), or the word itself where the language has no stemmer."""
    stemmer = _stemmer(language)
    return stemmer.stemWord(norm_word) if stemmer else norm_word


def _root(word: str, language: str) -> str:
    """The stem of the stem: "ministeren" loses its article first and then, like "minister", its -er."""
    return stem(stem(word, language), language)


def _senses(word: str, language: str) -> tuple[str, ...]:
    """The concepts of a word that is no compound."""
    forms, stems = _column(language)
    found = forms.get(word) or stems.get(_root(word, language))
    if found:
        return found
    for prefix, ending, infinitive in VERBS.get(language, ()):
        if word.startswith(prefix) and word.endswith(ending) and len(word) - len(prefix) - len(ending) >= 3:
            base = word[len(prefix) : len(word) - len(ending)]
            found = forms.get(base + infinitive) or (
                forms.get(base[:-1] + infinitive) if base[-1] == base[-2] else None
            )
            if found and not found[0].startswith("_"):
                return found
    return ()


def _parts(word: str, language: str) -> tuple[tuple[str, ...], ...]:
    """The concepts of both parts of a compound, the head first; the split with the longest head wins."""
    for cut in range(FIRST, len(word) - PART + 1):
        head = _senses(word[cut:], language)
        if not head or head[0].startswith("_"):
            continue
        for joint in JOINTS:
            first = word[:cut]
            if joint and not first.endswith(joint):
                continue
            modifier = _column(language)[0].get(first[: len(first) - len(joint)] if joint else first)
            if modifier and not modifier[0].startswith("_") and modifier[0] not in head:
                return head, modifier
    return ()


@cache
def _column(language: str) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Word -> concepts and stem -> concepts of one language, in the order of the rows. A function word is nothing else."""
    forms: dict[str, tuple[str, ...]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for column in (language, RELATIVES.get(language)):
        for concept, words in _rows().get(column or "", ()):
            for word in words:
                _add(forms, word, concept)
    for word, concepts in forms.items():
        for concept in concepts:
            if not concept.startswith("_"):
                _add(stems, _root(word, language), concept)
    return forms, stems


def _add(table: dict[str, tuple[str, ...]], word: str, concept: str) -> None:
    known = table.get(word, ())
    if concept not in known and not (known and (known[0].startswith("_") or concept.startswith("_"))):
        table[word] = (*known, concept)


@cache
def _rows() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    text = (files("stemma.language") / "data" / "concepts.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    header, rows = lines[0], lines[1:]
    return {
        language: tuple((row[0], tuple(row[place].split("|"))) for row in rows if len(row) > place and row[place])
        for place, language in enumerate(header)
        if place
    }


@cache
def _stemmer(language: str | None) -> Stemmer.Stemmer | None:
    name = STEMMERS.get(language or "")
    return Stemmer.Stemmer(name) if name else None
