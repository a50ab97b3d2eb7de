"""A stream of reports in windows of time: each window is grouped by itself, and stories go on from one to the next.

A window holds at most ``WINDOW`` new reports and, before them, as many again at most of the ``OVERLAP`` days before, so that a
story that began there is seen. Which stories go on is decided from the groups of two neighbouring windows alone, so windows can be
grouped in any order, on any machine; a story once made keeps its reports, and nothing is joined after the fact.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WINDOW = 50_000  # new reports in one window: with as many of the week before, grouping takes about 20 kB for each
OVERLAP = 7.0  # days: a pair of reports a week apart is hardly one story any more (story/score.py, nearness)
Group = tuple[int, int]  # a window and a group in it


class Window(NamedTuple):
    """A stretch of the reports in the order of time: ``start:new`` were new in a window before, ``new:end`` are new here."""

    start: int
    new: int
    end: int


def in_time(when: Floats, rank: Ints) -> Ints:
    """The reports' numbers in the order of time, in days; those without one stand at the end. Ties by the rank of the id."""
    return np.lexsort((rank, np.where(np.isnan(when), math.inf, when)))


def windows(days: Floats, size: int = WINDOW, overlap: float = OVERLAP) -> list[Window]:
    """The windows of reports whose days, in the order of time, are ``days``. Windows end between two reports wherever they are
    full. At most ``size`` reports of the overlap are looked at, the latest."""
    found = []
    for new in range(0, len(days), size):
        since = np.searchsorted(days, days[new] - overlap, side="left") if math.isfinite(days[new]) else new
        found.append(Window(max(int(min(since, new)), new - size, 0), new, min(new + size, len(days))))
    return found


def goes_on(before: Mapping[int, int], group: Sequence[int]) -> int | None:
    """Which group of the window before this one goes on: the one that most of its reports were in, None where none was.
    ``before`` gives the reports' groups there; ties go to the group with the lower number."""
    met = Counter(before[report] for report in group if report in before)
    return min(met, key=lambda one: (-met[one], one)) if met else None


def stories(groups: Sequence[Sequence[Sequence[int]]], parts: Sequence[Window]) -> list[list[int]]:
    """The stories of the stream from the groups of each window: places in the order of time, ascending. A report belongs
    to the window it is new in; its group there, followed back through the windows, is its story."""
    story_of: dict[Group, int] = {}
    found: list[list[int]] = []
    before: dict[int, int] = {}
    for number, (window, own) in enumerate(zip(parts, groups, strict=True)):
        here: dict[int, int] = {}
        for place, group in enumerate(own):
            here.update(dict.fromkeys(group, place))
            old = goes_on(before, group)
            if old is None:
                story_of[number, place] = len(found)
                found.append([])
            else:
                story_of[number, place] = story_of[number - 1, old]
            found[story_of[number, place]] += [report for report in group if report >= window.new]
        before = here
    return [sorted(members) for members in found if members]
