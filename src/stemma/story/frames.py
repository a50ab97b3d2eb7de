"""What stands between the same two words: figures, days and names in their frames.

"a high of 31 degrees" is a frame, two words with something between that may differ. Two reports that copy or retell each other
fill their common frames alike, but for a toll that rose. Two that were made from one template (weather, markets, rounds of a
league, quarters of a firm) fill them differently: there the words in common are the template's and no evidence of one event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from stemma.story.vocabulary import NAME, Facts, term

FIGURE, NAMED = 1, 2  # bits of ``Frames.kinds``: a frame that holds a figure or a day; one that holds a name
FILLED = 4  # the same with what fills it
OPEN = {FIGURE: term("frame of a figure"), NAMED: term("frame of a name")}
LEFT, RIGHT, FILLING = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9  # odd, bits well spread
BITS = 0xFFFFFFFFFFFFFFFF

# A word of a text as a frame sees it: 0 for a common word, else what it fills a frame as; and the term it stands for.
Piece = tuple[int, int]


def figure_piece(value: str) -> Piece:
    """A number as a piece."""
    return FIGURE, term(value)


def word_piece(known: Facts, place: bool, opening: bool) -> Piece | None:
    """A word as a piece, ``place`` where a place's name begins; None for function words. A capital says nothing where a
    sentence opens."""
    if known.weekday or known.month:
        return FIGURE, known.weekday or 10 + known.month
    if place or (known.name and not opening and known.name[0][1] >= NAME):
        return NAMED, known.stems[0] if known.stems else term(known.folded)
    return (0, known.stems[0]) if known.stems else None


def frames_of(passages: Sequence[Sequence[Piece]]) -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
    """The frames of a report's passages (title, lead) as terms, ascending, each once by itself and once with its filling, and the
    kind of each. A frame that is filled in two ways by one report says nothing and is left out."""
    filled: dict[int, tuple[int, int]] = {}
    twice: set[int] = set()
    for passage in passages:
        for frame, kind, filling in _frames(passage):
            if filled.setdefault(frame, (kind, filling)) != (kind, filling):
                twice.add(frame)
    kinds: dict[int, int] = {}
    for frame, (kind, filling) in filled.items():
        if frame not in twice:
            kinds[frame] = kind
            kinds[(frame ^ filling * FILLING) & BITS] = kind | FILLED
    ordered = sorted(kinds)
    return np.array(ordered, dtype=np.uint64), np.array([kinds[one] for one in ordered], dtype=np.uint8)


def _frames(pieces: Sequence[Piece]) -> Iterator[tuple[int, int, int]]:
    """(frame, its kind, what fills it): figures, days and names with a common word on one side at least. Words of one name
    side by side fill a frame together, by the last one: "President Gray" and "Eleanor Gray" are alike."""
    joined = [
        one for k, one in enumerate(pieces) if one[0] != NAMED or k + 1 == len(pieces) or pieces[k + 1][0] != NAMED
    ]
    for before, (kind, filling), behind in zip(joined, joined[1:], joined[2:], strict=False):
        if kind and not (before[0] and behind[0]):
            left = OPEN[before[0]] if before[0] else before[1]
            right = OPEN[behind[0]] if behind[0] else behind[1]
            yield (left * LEFT + right * RIGHT + kind) & BITS, kind, filling
