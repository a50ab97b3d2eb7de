"""Where a word of one sentence would stand in its translation: between the words that both sentences surely share.

Names, numerals, cognates and words of one concept are landmarks where each stands once on both sides. A word without a
partner of its own ("not", "will") belongs to what lies between the partners of its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from stemma.collate.terms import terms_of
from stemma.compare.slots import Line

SPEECH = frozenset({"c:say", "c:tell", "c:announce", "c:add", "c:state", "c:report"})
# Verbs that stand beside others in every report: they mark no place.
LIGHT = SPEECH | {"c:go", "c:come", "c:take", "c:give"}
# Pieces added on both sides of what lies between two landmarks: languages put verbs, adverbs and objects in another order.
MARGIN = 2
# Pieces on both sides of the only landmark there is.
ALONE = 6


class Landmark(NamedTuple):
    """Piece ``a`` of one sentence says what piece ``b`` of the other says."""

    a: int
    b: int


def landmarks(a: Line, b: Line) -> list[Landmark]:
    """The pieces that both sentences have once, in the order of the first."""
    mine, yours = _once(a), _once(b)
    return sorted({Landmark(mine[key], yours[key]) for key in mine.keys() & yours.keys()})


def region(known: Sequence[Landmark], at: int, b: Line) -> range:
    """The pieces of ``b`` among which the word at piece ``at`` of the other sentence belongs: all of them without a landmark."""
    before = max((one for one in known if one.a <= at), default=None)
    behind = min((one for one in known if one.a > at), default=None)
    if before and behind:
        low, high = min(before.b, behind.b) - MARGIN, max(before.b, behind.b) + MARGIN
    elif before or behind:
        only = before or behind
        assert only is not None
        low, high = only.b - ALONE, only.b + ALONE
    else:
        low, high = 0, len(b.pieces)
    return range(max(0, low), min(len(b.pieces), high + 1))


def partners(a: Line, n: int, b: Line) -> list[int]:
    """All pieces of ``b`` that say what piece ``n`` of the other sentence says, light verbs too."""
    keys = _keys(a, n)
    return [m for m in range(len(b.pieces)) if not keys.isdisjoint(_keys(b, m))] if keys else []


def _keys(line: Line, n: int) -> frozenset[str]:
    """What a piece means or is spelled like, the same in every language; none for function words."""
    norm = line.pieces[n].norm
    if norm[:1].isdigit():
        return frozenset({f"n:{norm}"})
    return frozenset().union(*terms_of(norm, line.language))


def _once(line: Line) -> dict[str, int]:
    """Keys that one piece of a sentence has alone, with the piece."""
    found: dict[str, int] = {}
    twice: set[str] = set()
    for n in range(len(line.pieces)):
        for key in _keys(line, n) - LIGHT:
            twice.update({key} & found.keys())
            found[key] = n
    return {key: n for key, n in found.items() if key not in twice}
