"""Where a report counts: the places its sentences name, and the one that belongs to a count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from stemma.compare.news_counts import news_counts
from stemma.compare.slots import Line, Slot
from stemma.language.concepts import concept_of
from stemma.language.words import word_set
from stemma.records import Annotated
from stemma.spans import START

# Places named so far behind a count, in pieces, say where it was counted.
PLACE_BEHIND = 12
# How much of what follows a place's name is looked at, in letters.
FOLLOWING = 110


class Scene(NamedTuple):
    """One report's sentences with the places they name: (start, key) in order."""

    lines: Sequence[Line]
    places: Sequence[Sequence[tuple[int, str]]]


def scene(one: Annotated, lines: Sequence[Line]) -> Scene:
    """The places of every sentence: a city or region by its name, a state and its capital by its code."""
    found: list[dict[int, str]] = [{} for _ in lines]
    for anchor in sorted(one.anchors, key=lambda a: (a.start, a.key)):
        if anchor.key[:2] in ("P:", "T:"):  # of a capital both: what is counted there is counted for the state as well
            found[anchor.sentence][anchor.start] = anchor.key
    names = {n.start: n.end for n in one.names if n.kind in ("place", "state")}
    held = [
        [(at, key) for at, key in sorted(of.items()) if at in names and _is_where(line, at, names[at])]
        for line, of in zip(lines, found, strict=True)
    ]
    return Scene(lines, held)


def _is_where(line: Line, start: int, end: int) -> bool:
    """Whether a place's name says where: not where somebody came from, nor a part of a longer name ("Lindhavn Air")."""
    text, counted = line.one.report.text, news_counts(line.language)
    n = bisect_left(line.pieces, start, key=START)
    if n and counted.origins.at(line.pieces, n - 1) is not None:
        return False
    behind = text[end : end + FOLLOWING].lstrip(" ")
    if counted.not_places and behind.startswith(counted.not_places):
        return False
    return not (
        _capital_follows(line, n, end)
        and not any(name.start == end + 1 and name.kind in ("place", "state") for name in line.one.names)
    )


def _capital_follows(line: Line, n: int, end: int) -> bool:
    """Whether a word with a capital stands right behind, in a language where only names have one."""
    follows = line.pieces[n + 1] if n + 1 < len(line.pieces) else None
    if follows is None or follows.start != end + 1 or line.one.report.text[end] != " ":
        return False
    return follows.capital and not word_set(line.language, "words", "capital_nouns")


def place_of(view: Scene, line: Line, slot: Slot, room: tuple[int, int]) -> tuple[str, ...]:
    """The place of a count: named behind it in its clause, else anywhere in its sentence, else in the two sentences before."""
    number = line.sentence
    here = view.places[number]
    end = line.pieces[min(room[1], slot.last + PLACE_BEHIND) - 1].end
    behind = [(at, key) for at, key in here if slot.end <= at < max(end, slot.end)]
    if behind:
        near = [key for at, key in behind if at <= behind[0][0] + 40 and _joined(line, behind[0][0], at)]
        return tuple(sorted(set(near)))
    before = [key for at, key in here if at < slot.start]
    every = sorted({key for _, key in here})
    if len(every) == 1 or (before and slot.first > 3):
        return (every[0],) if len(every) == 1 else (before[-1],)
    if every:
        return tuple(every)
    for back in (number - 1, number - 2):
        if back >= 0 and view.places[back] and view.lines[back].one.sentences[back].part == "body":
            return (view.places[back][-1][1],)
    return ()


def _joined(line: Line, first: int, at: int) -> bool:
    """Whether a place stands beside the first one: "in Nara and Osaka"."""
    if at == first:
        return True
    between = [p for p in line.pieces if first < p.start < at]
    return len(between) <= 2 and any(concept_of(p.norm, line.language) == "_and" for p in between)
