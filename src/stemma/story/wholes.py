"""Groups of reports as one report each: its bags are the mean of its members' bags, so that what all tell counts most."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from stemma.story.channels import Floats
from stemma.story.features import FIGURES, WHERE, WHO, gathered
from stemma.story.meeting import side_by_side
from stemma.story.profiles import Ints, Profiles, Rows, joined

HELD = 1 / 3  # share of a group's members that must hold it for a day, or a name of the head, to be the group's
AT_ONCE = 2_000  # reports whose groups are made at once: 30 MB
WEEKDAYS = range(1, 8)


def wholes(held: Profiles, groups: Sequence[Sequence[int]]) -> Profiles:
    """Each group as one report: a term weighs as much as it does in its members on the mean. Its day is the median of the
    known ones, its size the median size. Frames are left out: languages have none in common."""
    before = np.cumsum([0, *map(len, groups)], dtype=np.int64)  # reports ahead of each group
    starts = np.searchsorted(before, np.arange(0, before[-1], AT_ONCE))
    edges = sorted({*starts.tolist(), len(groups)})
    parts = [partial(_wholes, held, groups[start:end]) for start, end in pairwise(edges)]
    return joined(side_by_side(len(groups), *parts))


def _wholes(held: Profiles, groups: Sequence[Sequence[int]]) -> Profiles:
    sizes = np.array([len(group) for group in groups], dtype=np.int64)
    own = held.take([i for group in groups for i in group])
    group = np.repeat(np.arange(len(groups)), sizes)
    edges = list(pairwise([0, *np.cumsum(sizes).tolist()]))
    days = [[day for day in own.days[start:end].tolist() if day == day] for start, end in edges]
    anchors, place, whole = _mean(own.anchors, group, sizes)
    kinds, head = own.anchors.columns[2:]
    least = np.maximum(1.0, HELD * sizes)
    bits = _bits(kinds, place, np.ones(len(whole))), _bits(head, place, least[whole])
    return Profiles(
        reports=tuple(min(own.reports[start:end]) for start, end in edges),
        languages=tuple(_languages(own.languages[start:end]) for start, end in edges),
        days=np.array([median(known) if known else np.nan for known in days], dtype=np.float64),
        weekdays=_weekdays(own.weekdays, group, sizes),
        sizes=np.array([int(median(own.sizes[start:end].tolist())) for start, end in edges], dtype=np.int64),
        told=_told(own.told, group, sizes),
        words=_mean(own.words, group, sizes)[0],
        lead=_mean(own.lead, group, sizes)[0],
        title=_mean(own.title, group, sizes)[0],
        anchors=Rows(anchors.at, (*anchors.columns, *bits)),
        frames=Rows(np.zeros(len(groups) + 1, dtype=np.int64), tuple(column[:0] for column in own.frames.columns)),
        word_terms=held.word_terms,
        anchor_terms=held.anchor_terms,
        frame_terms=held.frame_terms,
    )


def _languages(members: Sequence[str | None]) -> str | None:
    return members[0] if len(members) == 1 else "+".join(sorted({one or "" for one in members}))


def _mean(bags: Rows, group: Ints, sizes: Ints) -> tuple[Rows, Ints, Ints]:
    """The mean of the bags of each group; the place there of each of their terms; and the group of each place."""
    number, weight = bags.columns[:2]
    once, place, whole = _gathered(group[bags.owner()], number)
    total = np.bincount(place, weights=weight, minlength=len(once))
    mean = (total / sizes[whole]).astype(np.float32)
    return Rows(_starts(whole, len(sizes)), (once.astype(np.int32), mean)), place, whole


def _gathered(group: Ints, number: Ints) -> tuple[Ints, Ints, Ints]:
    """The numbers of each group, ascending, each once; the place there of each that was given; the group of each place."""
    once, place = gathered(group << 32 | number)
    return once & 0xFFFFFFFF, place, once >> 32


def _starts(whole: Ints, groups: int) -> Ints:
    return np.concatenate([[0], np.cumsum(np.bincount(whole, minlength=groups))])


def _bits(bits: NDArray[np.uint8], place: Ints, least: Floats) -> NDArray[np.uint8]:
    """For each place the bits that at least so many of those that stand there set."""
    found = np.zeros(len(least), dtype=np.uint8)
    for bit in (WHO, WHERE, FIGURES):
        found[np.bincount(place, weights=bits & bit > 0, minlength=len(least)) >= least] |= bit
    return found


def _told(told: Rows, group: Ints, sizes: Ints) -> Rows:
    """The days that enough members tell."""
    days, place, whole = _gathered(group[told.owner()], told.columns[0])
    enough = np.bincount(place, minlength=len(days)) >= HELD * sizes[whole]
    return Rows(_starts(whole[enough], len(sizes)), (days[enough],))


def _weekdays(weekdays: Ints, group: Ints, sizes: Ints) -> Ints:
    """The weekdays that enough members name."""
    found = np.zeros(len(sizes), dtype=np.int64)
    for day in WEEKDAYS:
        naming = np.bincount(group, weights=weekdays >> day & 1, minlength=len(sizes))
        found |= (naming >= HELD * sizes).astype(np.int64) << day
    return found
