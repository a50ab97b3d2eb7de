"""Event words: rows of words that tell of an interaction, matched in a sentence.

The patterns are data (``[interactions]`` in the language files); here they are read once and matched in one walk over the
sentence's tokens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from stemma.language.kept import Kept
from stemma.language.lexicon import table
from stemma.records import Quad, Stance, Token

GAP = 4  # tokens that may stand between two slots of a pattern: a determiner, a name of two words, a number
GAPS = {"=": 0, "~": 12}  # right behind; a separated prefix ("lehnte den Vorschlag der Regierung ab")
QUADS: dict[str, Quad] = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "verbal cooperation"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "material cooperation"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "verbal conflict"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "material conflict"),
}  # PLOVER manual (2024), one quad class for each type
WHY = ("causes", "replies")
STANCES: tuple[Stance, ...] = ("neutral", "abstains", "refuses", "wants")  # "does not want to take sides" is neutral
PHRASES = (*WHY, *STANCES)  # cues of several words, by their first word
LONGEST_CUE = 6  # words
BREAKS = frozenset(',;:.?!()[]–—"“”«»')


class Slot(NamedTuple):
    """One place of a pattern: whole words, or beginnings. ``gap``: how many tokens may stand between it and the slot before."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    gap: int

    def fits(self, norm: str) -> bool:
        return norm in self.words or (bool(self.beginnings) and norm.startswith(self.beginnings))


class Pattern(NamedTuple):
    """A row of slots. ``sort`` is "sure", "likely", "mutual", "nouns" or "vague"; ``text`` is the pattern as the data has it."""

    type: str
    sort: str
    slots: tuple[Slot, ...]
    text: str


class Trigger(NamedTuple):
    """A pattern found: tokens [first, last) of the report."""

    pattern: Pattern
    first: int
    last: int


class Grammar(NamedTuple):
    """A language's patterns and the expressions of neighbouring words that tell of no event, by the word that they can begin
    with; its small words; cues of causes and positions by their first word, and the first words of the cues of causes and
    replies (``why``) and of positions (``stances``); how participles end. ``known``: whether the language has any pattern."""

    patterns: Kept[tuple[Pattern, ...]]
    idioms: Kept[tuple[tuple[Slot, ...], ...]]
    words: dict[str, frozenset[str]]
    phrases: dict[str, dict[str, tuple[tuple[str, ...], ...]]]
    why: frozenset[str]
    stances: frozenset[str]
    participle_endings: tuple[str, ...]
    known: bool


@cache
def grammar(language: str | None) -> Grammar:
    """The language's grammar of events; empty where the language has none."""
    data = table(language, "interactions")
    by_word: dict[str, list[Pattern]] = {}
    by_beginning: dict[str, list[Pattern]] = {}
    for pattern in _patterns(data):
        for word in pattern.slots[0].words:
            by_word.setdefault(word, []).append(pattern)
        for beginning in pattern.slots[0].beginnings:
            by_beginning.setdefault(beginning[:3], []).append(pattern)
    idioms = _idioms_by_beginning(data.get("idioms", ()))
    phrases = {name: _by_first_word(data.get(name, ())) for name in PHRASES}

    def beginning_with(norm: str) -> tuple[Pattern, ...]:
        offered = (*by_word.get(norm, ()), *by_beginning.get(norm[:3], ()))
        return tuple(pattern for pattern in offered if pattern.slots[0].fits(norm))

    return Grammar(
        Kept(beginning_with),
        Kept(lambda norm: tuple(slots for slots in idioms.get(norm[:3], ()) if slots[0].fits(norm))),
        {name: frozenset(value) for name, value in data.items() if isinstance(value, list)},
        phrases,
        frozenset().union(*(phrases[name] for name in WHY)),
        frozenset().union(*(phrases[name] for name in STANCES)),
        tuple(sorted(data.get("participle_endings", ()))),
        bool(by_word),
    )


def _idioms_by_beginning(texts: Sequence[str]) -> dict[str, tuple[tuple[Slot, ...], ...]]:
    """The expressions by the first three letters of their first word."""
    found: dict[str, list[tuple[Slot, ...]]] = {}
    for text in texts:
        slots = tuple(map(read_slot, text.split()))
        for beginning in sorted({word[:3] for word in (*slots[0].words, *slots[0].beginnings)}):
            found.setdefault(beginning, []).append(slots)
    return {beginning: tuple(rows) for beginning, rows in found.items()}


def _by_first_word(texts: Sequence[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for text in texts:
        row = tuple(text.casefold().split())
        found.setdefault(row[0], []).append(row)
    return {first: tuple(rows) for first, rows in found.items()}


def _patterns(data: dict[str, Any]) -> list[Pattern]:
    return [
        Pattern(kind, sort, tuple(map(read_slot, text.split())), text)
        for kind in QUADS
        for sort in ("sure", "mutual", "nouns", "likely", "vague")
        for text in data.get(kind, {}).get(sort, ())
    ]


def read_slot(text: str) -> Slot:
    """ "a|b*" -> whole word "a", beginning "b"; "=a": right behind the slot before; "~a": at the clause's end ("griff ... an")."""
    words, beginnings = [], []
    for word in text.lstrip("=~").casefold().split("|"):
        if word.endswith("*"):
            beginnings.append(word[:-1])
        else:
            words.append(word)
    return Slot(frozenset(words), tuple(beginnings), GAPS.get(text[:1], GAP))


def find_triggers(tokens: Sequence[Token], first: int, last: int, words: Grammar) -> list[Trigger]:
    """All event words of tokens [first, last), the longer pattern before the shorter, none overlapping another."""
    found = []
    silent = _idioms(tokens, first, last, words)
    patterns = words.patterns
    for at in [at for at in range(first, last) if at not in silent and patterns[tokens[at].norm]]:
        for pattern in patterns[tokens[at].norm]:
            end = _match(tokens, at, last, pattern.slots)
            if end is not None:
                found.append(Trigger(pattern, at, end))
    return _apart(found)


def find_cue(tokens: Sequence[Token], at: int, last: int, cues: Mapping[str, Sequence[tuple[str, ...]]]) -> int:
    """How many tokens the longest cue takes that begins at the token, 0 where none does."""
    offered = cues.get(tokens[at].norm)
    if not offered:
        return 0
    norms = tuple(t.norm for t in tokens[at : min(last, at + LONGEST_CUE)])
    return max((len(cue) for cue in offered if norms[: len(cue)] == cue), default=0)


def _idioms(tokens: Sequence[Token], first: int, last: int, words: Grammar) -> set[int]:
    """The tokens of fixed expressions whose words tell of no event ("in order to", "demonstrates that")."""
    silent: set[int] = set()
    idioms = words.idioms
    for at in [at for at in range(first, last) if idioms[tokens[at].norm]]:
        for slots in idioms[tokens[at].norm]:
            end = at + len(slots)
            if end <= last and all(slot.fits(tokens[at + n].norm) for n, slot in enumerate(slots)):
                silent.update(range(at, end))
    return silent


def _match(tokens: Sequence[Token], at: int, last: int, slots: tuple[Slot, ...]) -> int | None:
    """Where a pattern whose first slot fits the token ends, None where the others do not follow."""
    position = at + 1
    for slot in slots[1:]:
        for ahead in range(position, min(position + slot.gap + 1, last)):
            if tokens[ahead].norm in BREAKS:
                return None
            if slot.fits(tokens[ahead].norm):
                position = ahead + 1
                break
        else:
            return None
    return position


def _apart(found: list[Trigger]) -> list[Trigger]:
    """Of overlapping triggers the one with more slots stands; then the surer; then the earlier."""
    order = {"sure": 0, "mutual": 0, "nouns": 1, "likely": 2, "vague": 3}
    kept: list[Trigger] = []
    for one in sorted(found, key=lambda t: (-len(t.pattern.slots), order[t.pattern.sort], t.first, t.pattern.text)):
        if all(one.last <= other.first or other.last <= one.first for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda t: t.first)
