"""What a former grouping tells of its reports when a pile has grown: weak evidence, in log odds, and only in doubt.

What was found on a part of the pile is no proof, so a clear case is decided as if nothing had been before, and the evidence is
one-sided. Of two reports what stood apart leans to stay apart; what stood together leans to nothing, as an early mistake (two
reports of two events, alone in a small pile) would hold itself up. Of two groups across languages it is the other way round:
they are found by what their members agree on, which changes with each new member, and would part and meet again; but parts of
one story that were too small to be seen together at first must be free to meet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from stemma.story.channels import Floats
from stemma.story.profiles import Ints

# For two reports of two former stories (probabilities up to .62 stay apart). Mean of six random orders of ecbplus, giveme5w1h, basil and
# meantime, loss of F1: .008, .001, .002, .000; ids that live from portion to portion .992, .996, 1.00, .996. With .75 ecbplus loses .015.
APART = 0.5
# For two groups of different languages whose reports all stood together (from .27 on they stay). itn, three orders: no F1 is lost, and
# .978 of the ids live from portion to portion, .972 without it. The same for those that stood apart: .990, and .015 of F1 lost.
WHOLE = 1.0


def lean_pairs(found: Floats, one: Ints, two: Ints) -> Floats:
    """The probabilities of pairs of reports, given the former stories of both (-1: none)."""
    parted = (one >= 0) & (two >= 0) & (one != two)
    return _moved(found, np.where(parted, -APART, 0.0))


def lean_groups(found: Floats, first: Ints, second: Ints, groups: Sequence[Sequence[int]], story: Ints) -> Floats:
    """The probabilities of pairs of groups, given the former story of each report: the more of the pairs of reports between
    the two stood together, the more it tells."""
    held = [Counter(story[list(group)].tolist()) for group in groups]
    share = [_together(held[a], held[b]) for a, b in zip(first.tolist(), second.tolist(), strict=True)]
    return _moved(found, WHOLE * np.array(share, dtype=np.float64))


def _together(one: Counter[int], two: Counter[int]) -> float:
    """The share of all pairs of reports between two groups that stood together."""
    same = sum(n * two[story] for story, n in one.items() if story >= 0)
    return same / (one.total() * two.total())


def _moved(found: Floats, lean: Floats) -> Floats:
    odds = found * np.exp(lean)
    return np.asarray(odds / (1.0 - found + odds))
