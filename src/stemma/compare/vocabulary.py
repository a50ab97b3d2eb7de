"""What comparison knows of a language, compiled from its ``[compare]`` table; and the pieces it looks words up by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import regex
from anyascii import anyascii

from stemma.language.concepts import concepts_of
from stemma.language.lexicon import table

PIECE = regex.compile(r"[\p{L}\p{M}]++|\d++(?:[.,:]\d++)*+")
APOSTROPHES = "'’"


class Piece(NamedTuple):
    """A run of letters, or a numeral: "vice-president" is two pieces. ``norm`` is case-folded; "n't" is one piece."""

    norm: str
    start: int
    end: int
    capital: bool


Form = tuple[str, ...]
Phrases = dict[str, tuple[tuple[Form, str], ...]]


class Vocabulary(NamedTuple):
    """A language's words for comparison. ``Phrases`` go from the first piece to forms (longest first) with their concept."""

    negation: Phrases
    implicit_negation: Phrases
    idle_negation: Phrases
    contrast: Phrases
    negative_stems: tuple[str, ...]
    participle_endings: tuple[str, ...]
    future: Phrases
    wish: Phrases
    possible: Phrases
    expected: Phrases
    done: Phrases
    present_auxiliary: Phrases
    provisional: Phrases
    hedges: Phrases
    former: frozenset[str]
    held: frozenset[str]
    academic: frozenset[str]
    meet: frozenset[str]
    meet_verbs: Phrases
    visit: frozenset[str]
    time_nouns: frozenset[str]
    pronouns: Phrases
    openers: frozenset[str]
    linking: frozenset[str]
    past_words: frozenset[str]
    past_endings: tuple[str, ...]
    future_endings: tuple[str, ...]
    roles: Phrases
    within: Mapping[str, tuple[str, ...]]
    clock: frozenset[str]
    few: frozenset[str]
    verb_frame: bool
    participles: tuple[tuple[str, str], ...]
    weekdays: Phrases
    months: Phrases
    quarters: frozenset[str]
    already: frozenset[str]
    both: frozenset[str]
    percent_words: Phrases
    known: bool
    numerals: bool

    def participle(self, word: str) -> bool:
        """Whether a word has the form of a past participle (``participle_forms``: "ge*t")."""
        for start, end in self.participles:
            if word.endswith(end) and word.startswith(start) and len(word) > (5 if start else 3):
                return True
        return False


KEPT = 4096  # stretches of text whose pieces are kept: several stages of a story cut the same sentences


@lru_cache(maxsize=KEPT)
def pieces(text: str, start: int, end: int) -> tuple[Piece, ...]:
    """The pieces of ``text[start:end]``, offsets into ``text``."""
    found: list[Piece] = []
    for match in PIECE.finditer(text, start, end):
        word, (begin, behind) = match.group(), match.span()
        norm = word.casefold()
        if norm == "t" and found and _goes_on(text, found[-1], begin):
            found[-1] = _without_n(found[-1])
            norm, begin = "n't", found[-1].end
        found.append(Piece(norm, begin, behind, word[0].isupper() and norm != "n't"))
    return tuple(found)


def _goes_on(text: str, before: Piece, begin: int) -> bool:
    """Whether "t" stands behind an "n" and an apostrophe."""
    return begin == before.end + 1 and text[begin - 1] in APOSTROPHES and before.norm.endswith("n")


def _without_n(piece: Piece) -> Piece:
    """ "did" of "didn't"; "can" of "can't" and "wo" of "won't" become what they stand for."""
    whole = {"ca": "can", "wo": "will", "sha": "shall"}
    stem = piece.norm[:-1] or piece.norm
    return Piece(whole.get(stem, stem), piece.start, max(piece.start + 1, piece.end - 1), piece.capital)


@lru_cache(maxsize=20000)
def fold(word: str) -> str:
    """Latin letters, no case, no accents: how a word is compared across scripts and spellings."""
    return word.casefold() if word.isascii() else anyascii(word).casefold()


@lru_cache(maxsize=20000)
def meanings(word: str, language: str | None) -> frozenset[str]:
    """The concepts that a word, or a part of a compound, can stand for; none for function words."""
    return frozenset(c for part in concepts_of(word, language) for c in part if not c.startswith("_"))


def find(phrases: Phrases, line: Sequence[Piece], at: int) -> tuple[int, str] | None:
    """The longest form that stands at piece ``at``: (piece after it, its concept)."""
    for form, concept in phrases.get(line[at].norm, ()):
        if all(at + n < len(line) and line[at + n].norm == word for n, word in enumerate(form)):
            return at + len(form), concept
    return None


def find_all(phrases: Phrases, line: Sequence[Piece]) -> list[tuple[int, int, str]]:
    """Every form in the line, left to right without overlap: (first piece, piece after, concept)."""
    found: list[tuple[int, int, str]] = []
    behind = 0
    for at, piece in enumerate(line):
        if at >= behind and piece.norm in phrases and (hit := find(phrases, line, at)):
            behind, concept = hit
            found.append((at, behind, concept))
    return found


def marked(words: Vocabulary, name: str, line: Sequence[Piece]) -> list[tuple[int, int, str]]:
    """Where a list of the vocabulary is met: its forms, and in languages that mark by a part of the word, the words with one."""
    hits = find_all(getattr(words, name), line)
    parts = words.within.get(name, ())
    if not parts:
        return hits
    taken = {n for first, last, _ in hits for n in range(first, last)}
    hits += [(n, n + 1, p.norm) for n, p in enumerate(line) if n not in taken and any(part in p.norm for part in parts)]
    return sorted(hits)


@cache
def vocabulary(language: str | None) -> Vocabulary:
    """The compiled table of a language; empty, and ``known`` False, where it has none."""
    data = table(language, "compare")

    def phrases(name: str) -> Phrases:
        return _phrases((form, form) for form in data.get(name, ()))

    def words(name: str) -> frozenset[str]:
        return frozenset(piece.norm for form in data.get(name, ()) for piece in pieces(form, 0, len(form)))

    negation = [(form, form) for form in data.get("negation", ())] + (
        [("n't", "n't")] if data.get("negation_endings") else []
    )
    return Vocabulary(
        negation=_phrases(negation),
        implicit_negation=phrases("implicit_negation"),
        idle_negation=phrases("idle_negation"),
        contrast=phrases("contrast"),
        negative_stems=tuple(data.get("negative_stems", ())),
        participle_endings=tuple(data.get("participle_endings", ())),
        future=phrases("future"),
        wish=phrases("wish"),
        possible=phrases("possible"),
        expected=phrases("expected"),
        done=phrases("done"),
        present_auxiliary=phrases("present_auxiliary"),
        provisional=phrases("provisional"),
        hedges=phrases("hedges"),
        former=words("former"),
        held=words("held"),
        academic=words("academic"),
        meet=words("meet"),
        meet_verbs=phrases("meet_verbs"),
        visit=words("visit"),
        time_nouns=words("time_nouns"),
        pronouns=phrases("pronouns"),
        openers=words("openers"),
        linking=words("linking"),
        past_words=words("past_words"),
        past_endings=tuple(data.get("past_endings", ())),
        future_endings=tuple(data.get("future_endings", ())),
        within={name: tuple(parts) for name, parts in data.get("within", {}).items()},
        clock=words("clock"),
        few=words("few"),
        verb_frame=bool(data.get("verb_frame")),
        participles=tuple((form.split("*")[0], form.split("*")[1]) for form in data.get("participle_forms", ())),
        roles=_phrases((form, concept) for concept, forms in data.get("roles", {}).items() for form in forms),
        weekdays=_phrases(
            (form, n) for n, forms in table(language, "calendar").get("weekdays", {}).items() for form in forms
        ),
        months=_phrases(
            (form, n) for n, forms in table(language, "calendar").get("months", {}).items() for form in forms
        ),
        quarters=words("quarters"),
        already=words("already"),
        both=words("both"),
        percent_words=phrases("percent_words"),
        known=bool(data),
        numerals=bool(table(language, "numbers")),
    )


def _phrases(entries: Iterable[tuple[str, str]]) -> Phrases:
    """By first piece. A form that stands for two concepts ("presidente") gets both, joined by "|"."""
    concepts: dict[Form, list[str]] = {}
    for form, concept in entries:
        split = ("n't",) if form == "n't" else tuple(piece.norm for piece in pieces(form, 0, len(form)))
        if split:
            concepts.setdefault(split, []).append(concept)
    found: dict[str, list[tuple[Form, str]]] = {}
    for split, ones in concepts.items():
        found.setdefault(split[0], []).append((split, "|".join(sorted(set(ones)))))
    return {first: tuple(sorted(forms, key=lambda entry: (-len(entry[0]), entry))) for first, forms in found.items()}
