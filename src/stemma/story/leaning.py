"""What a former grouping tells of its reports when a pile has grown: weak evidence, in log odds, and only in doubt.

What was found on a part of the pile is no proof, so a clear case is decided as if nothing had been before. Of two reports the
evidence is one-sided: what stood apart leans to stay apart, what stood together leans to nothing, as an early mistake (two
reports of two events, alone in a small pile) would hold itself up. Of two groups across languages it has both sides: they
are found by what their members agree on, which changes with each new member, and would part and meet again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from stemma.story.channels import Floats
from stemma.story.profiles import Ints

# For two reports of two former stories (probabilities from .50 to .68 stay apart). Mean of six random orders, loss of F1 and ids that
# never ended, on ecbplus, giveme5w1h, basil, meantime: .010, .003, .002, .000 and .96, .97, .99, .98; none .004, .000, .003, .000 and
# .91, .94, .98, .98; half a unit each way .013, -.009, .024, .000 and .96, .97, .99, .98.
APART = 0.75
# For two groups of different languages, where all their reports stood together or apart (.27 to .73 stay as they were). itn, three
# orders: .94 of the ids never ended and F1 .008 lower; without it .85, and F1 .003 higher; twice as much .98, and .02 lower.
WHOLE = 1.0


def lean_pairs(found: Floats, one: Ints, two: Ints) -> Floats:
    """The probabilities of pairs of reports, given the former stories of both (-1: none)."""
    parted = (one >= 0) & (two >= 0) & (one != two)
    return _moved(found, np.where(parted, -APART, 0.0))


def lean_groups(found: Floats, first: Ints, second: Ints, groups: Sequence[Sequence[int]], story: Ints) -> Floats:
    """The probabilities of pairs of groups, given the former story of each report: the more of the pairs of reports between
    the two stood together or apart, the more it tells."""
    held = [Counter(story[list(group)].tolist()) for group in groups]
    share = [_together(held[a], held[b]) for a, b in zip(first.tolist(), second.tolist(), strict=True)]
    return _moved(found, WHOLE * np.array(share, dtype=np.float64))


def _together(one: Counter[int], two: Counter[int]) -> float:
    """Of all pairs of reports between two groups: the share that stood together, less the share that stood apart."""
    known = (one.total() - one[-1]) * (two.total() - two[-1])
    same = sum(n * two[story] for story, n in one.items() if story >= 0)
    return (2 * same - known) / (one.total() * two.total())


def _moved(found: Floats, lean: Floats) -> Floats:
    odds = found * np.exp(lean)
    return np.asarray(odds / (1.0 - found + odds))
