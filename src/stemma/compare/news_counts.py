"""What news counts, compiled from a language's ``[counted]`` table: the dead, boats, votes, the length of a detour ..."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from stemma.compare.vocabulary import Piece, pieces
from stemma.language.lexicon import table

KEPT = 4096  # words whose category each list remembers: of a language some forty lists are asked for every word


class Patterns:
    """Words and phrases with their category; "*" at an end of a single word stands for any letters there, at both ends it is
    for scripts without spaces, where a piece is a clause."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self.phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self.beginnings: list[tuple[str, str]] = []
        self.endings: list[tuple[str, str]] = []
        self.insides: list[tuple[str, str]] = []
        for category, words in entries.items():
            for word in words.split():
                self._add(word, category)
        self._in_part = lru_cache(maxsize=KEPT)(self._by_part)
        for forms in self.phrases.values():
            forms.sort(key=lambda entry: (-len(entry[0]), entry))

    def _add(self, word: str, category: str) -> None:
        bare = word.strip("*").replace("_", " ")
        if word.startswith("*") and word.endswith("*"):
            self.insides.append((bare, category))
        elif word.endswith("*"):
            self.beginnings.append((bare, category))
        elif word.startswith("*"):
            self.endings.append((bare, category))
        else:
            form = tuple(piece.norm for piece in pieces(bare, 0, len(bare)))
            if form:
                self.phrases.setdefault(form[0], []).append((form, category))

    def known(self) -> bool:
        """Whether there is any word."""
        return bool(self.phrases or self.beginnings or self.endings or self.insides)

    def at(self, line: Sequence[Piece], n: int) -> tuple[int, str] | None:
        """The form that begins at piece ``n``: (piece after it, its category)."""
        for form, category in self.phrases.get(line[n].norm, ()):
            if tuple(piece.norm for piece in line[n : n + len(form)]) == form:
                return n + len(form), category
        found = self._in_part(line[n].norm)
        return None if found is None else (n + 1, found)

    def first(self, line: Sequence[Piece], low: int, high: int) -> tuple[int, str, int] | None:
        """The first form that begins in pieces [low, high): (its piece, its category, the piece after it)."""
        phrases, in_part = self.phrases, self._in_part
        for n in range(low, high):
            norm = line[n].norm
            if (norm in phrases or in_part(norm) is not None) and (hit := self.at(line, n)) is not None:
                return n, hit[1], hit[0]
        return None

    def _by_part(self, word: str) -> str | None:
        """The category of a word by its beginning, its end or what it holds."""
        for start, category in self.beginnings:
            if word.startswith(start):
                return category
        for end, category in self.endings:
            if word.endswith(end) and len(word) > len(end):
                return category
        return next((category for part, category in self.insides if part in word), None)


class NewsCounts(NamedTuple):
    """A language's words for what news counts; empty patterns where it has no table."""

    persons: Patterns
    part: Patterns
    origins: Patterns
    rate: Patterns
    handed: Patterns
    seats: Patterns
    outgoing: Patterns
    bodies: Patterns
    not_owned: Patterns
    whole: Patterns
    whole_behind: Patterns
    not_places: tuple[str, ...]
    verb_last: bool
    either: Patterns
    parting: Patterns
    until: Patterns
    closed: Patterns
    wanted: Patterns
    tolls: Patterns
    grave: Patterns
    tellers: Patterns
    sides: Patterns
    happened: Patterns
    things: Patterns
    near: Mapping[str, Patterns]
    far: Mapping[str, Patterns]
    measured: Patterns
    bounds: frozenset[str]
    known: bool


@cache
def news_counts(language: str | None) -> NewsCounts:
    """The compiled table of a language."""
    data, numbers = table(language, "counted"), table(language, "numbers")

    def words(name: str) -> Patterns:
        return Patterns({name: data.get(name, "")})

    return NewsCounts(
        persons=words("persons"),
        part=words("part"),
        origins=words("origins"),
        rate=words("rate"),
        handed=words("handed"),
        seats=words("seats"),
        outgoing=words("outgoing"),
        bodies=words("bodies"),
        not_owned=words("not_owned"),
        whole=words("whole"),
        whole_behind=words("whole_behind"),
        not_places=tuple(data.get("not_places", "").split()),
        verb_last=data.get("verb_last", False),
        either=words("either"),
        parting=words("parting"),
        until=words("until"),
        closed=words("closed"),
        wanted=words("wanted"),
        tolls=words("tolls"),
        grave=words("grave"),
        tellers=words("tellers"),
        sides=Patterns(data.get("sides", {})),
        happened=Patterns(data.get("happened", {})),
        things=Patterns(data.get("things", {})),
        near={name: Patterns({name: forms}) for name, forms in data.get("only_near", {}).items()},
        far={name: Patterns({name: forms}) for name, forms in data.get("never_near", {}).items()},
        measured=Patterns(data.get("measured", {})),
        bounds=frozenset(
            form.strip()
            for name in ("at_least", "at_most", "about", "nearly")
            for form in numbers.get(name, "").split(";")
        )
        | frozenset(numbers.get("before_nouns", "").split() + data.get("another", "").split()),
        known=bool(data),
    )
