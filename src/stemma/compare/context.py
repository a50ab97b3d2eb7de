"""Where words and values of one sentence stand in another that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from stemma.compare.slots import Line, Slot
from stemma.compare.vocabulary import Piece
from stemma.records import SlotKind

# Pieces looked at on each side of a value to see that it stands in the same place of both sentences.
SIDE = 3
# Context from which a slot is surely the same: two of three neighbours on both sides. Set on the dev half.
SURE = 0.6


class Spot(NamedTuple):
    """Words of a sentence: offsets into the report's text, and the value they stand for."""

    start: int
    end: int
    value: str
    noun: str = ""


class Difference(NamedTuple):
    """Two spots in one slot. ``same`` in [0, 1]: how surely it is one slot; ``holds``: both values may hold."""

    slot: SlotKind
    a: Spot
    b: Spot
    same: float
    how: str


class Match(NamedTuple):
    """Two spots with one value."""

    slot: SlotKind
    a: Spot
    b: Spot


class Projection(NamedTuple):
    """Where the pieces of ``a`` stand in ``b``: ``to[n]`` is the first piece of b that piece n of a comes to."""

    to: tuple[int, ...]
    equal: frozenset[int]
    ratio: float


def project(a: Sequence[Piece], b: Sequence[Piece]) -> Projection:
    """The cheapest way from one sentence to the other, word by word."""
    left, right = [p.norm for p in a], [p.norm for p in b]
    to, equal = [0] * (len(a) + 1), set()
    for op in Levenshtein.opcodes(left, right):
        width = op.src_end - op.src_start
        for n in range(width):
            share = (op.dest_end - op.dest_start) / width
            to[op.src_start + n] = op.dest_start + (n if op.tag == "equal" else int(n * share))
            if op.tag == "equal":
                equal.add(op.src_start + n)
    to[len(a)] = len(b)
    return Projection(tuple(to), frozenset(equal), len(equal) / max(len(a), len(b), 1))


def context(a: Line, x: Slot, b: Line, y: Slot, way: Projection) -> float:
    """How surely two values of two sentences in one language stand in the same slot: their neighbours, and what is counted."""
    before = neighbours(
        a.pieces[max(0, x.first - SIDE) : x.first][::-1], b.pieces[max(0, y.first - SIDE) : y.first][::-1]
    )
    behind = neighbours(a.pieces[x.last : x.last + SIDE], b.pieces[y.last : y.last + SIDE])
    noun = 0.25 if x.noun and y.noun and alike(x.noun, y.noun) else 0.0
    here = way.to[x.first] <= y.last and y.first <= way.to[x.last]
    return min(1.0, 0.5 * before + 0.5 * behind + noun) * (1.0 if here else 0.6)


def neighbours(a: Sequence[Piece], b: Sequence[Piece]) -> float:
    """The share of neighbours that agree, the nearest counting most; the edge of both sentences agrees."""
    if not a and not b:
        return 1.0
    weights = (0.5, 0.3, 0.2)
    got = sum(w for w, p in zip(weights, a, strict=False) if any(alike(p.norm, q.norm) for q in b))
    return got / sum(weights[: max(len(a), 1)])


def alike(a: str, b: str) -> bool:
    """One word, or two forms of it: the first five letters."""
    return a == b or (len(a) >= 5 and len(b) >= 5 and a[:5] == b[:5])


def parallel(a: Line, b: Line) -> float:
    """How far two sentences carry the same signs: anchors both have, by the shorter list, damped where there are few."""
    if not a.keys or not b.keys:
        return 0.0
    both = len(a.keys & b.keys)
    return both / min(len(a.keys), len(b.keys)) * min(1.0, (both + 1) / 3)
