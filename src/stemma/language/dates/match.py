"""A matched pattern as the builders see it."""

from __future__ import annotations

from typing import Any, NamedTuple

from stemma.language.dates.grammar import Found
from stemma.language.dates.lexer import Atom


class Match(NamedTuple):
    """One match of a pattern: named atoms, the whole text's atoms and the half-open range of the match."""

    named: dict[str, Atom]
    atoms: list[Atom]
    kinds: str
    first: int
    last: int
    settings: dict[str, Any]

    def get(self, name: str) -> Atom | None:
        return self.named.get(name)

    def before(self) -> str:
        """The kind of the word before the match, "|" at the start of a line or text."""
        return self.kinds[self.first - 1] if self.first else "|"

    def found(self, grain: str, rule: str, link: str = "", clock: str = "") -> Found:
        return Found(self.first, self.last, grain, rule, link, clock)


DIRECTIONS = {"-1": "last", "0": "this", "1": "next"}
YEARS_READ = (1000, 2100)


def number_of(atom: Atom | None) -> int:
    """The number that an atom writes in digits, 0 where it does not."""
    return int(atom.value) if atom and atom.value.isdigit() else 0


def in_year(match: Match, shape: str, said: Atom | None, grain: str) -> Found:
    """A shape in a year given by a word: "next year", "that year", "heuer"."""
    if said is None:
        return match.found(grain, f"part:{shape}", "tense")
    value = said.value.removeprefix("year")
    link = "before" if said.kind in "Zz" else ""
    return match.found(grain, f"inyear:{shape};{int(value)}", link)
