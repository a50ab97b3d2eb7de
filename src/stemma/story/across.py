"""Groups of different languages joined as wholes: what a group agrees on stands against what another agrees on.

Two reports in two languages share a few names and figures at best, and each pair of them alone stays in doubt. A group has all
that its members have in common, so two groups tell more clearly than their pairs whether they tell one story (links between
clusters instead of documents, as JRC's NewsExplorer has them). Each group becomes one report whose bags are the mean of its
members' bags, and these are compared with the same score as reports are. Single reports are groups too, but two of them are
a pair, which was judged before.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import chain, islice

import numpy as np

from stemma.story.candidates import candidate_pairs
from stemma.story.features import Profile
from stemma.story.leaning import lean_groups
from stemma.story.linkage import SAMPLE, Pair, Score
from stemma.story.pairs import Pile, best_of, compare, pile_of, with_contrast
from stemma.story.profiles import Ints, Profiles, joined, packed
from stemma.story.score import probability
from stemma.story.wholes import wholes

JOIN = 0.5  # as for reports: on dev .6 and .7 make itn purer and smaller (.745, .734 against .768)
FAR = 31  # days between the last known publication of one group and the first of the other: another event of its kind
ROUNDS = 8  # a bound on the work; the dev sets and real piles are done after two to four

Group = list[int]


def link_across(
    profiles: Sequence[Profile] | Profiles, groups: Iterable[Sequence[int]], score: Score, story: Ints | None = None
) -> list[Group]:
    """The groups, those joined that tell one story in different languages. ``score`` gives the probability of pairs of
    reports (i < j): where both groups hold reports in one language, these must not stand against it. ``story`` is the former
    story of each report in a pile that has grown, -1 for none."""
    held = packed(profiles)
    found = sorted(sorted(group) for group in groups)
    if len(set(held.languages)) < 2:
        return found
    whole = wholes(held, found)
    for _ in range(ROUNDS):
        nearest = _mutual(_likely(held, found, whole, score, story))
        if not nearest:
            break
        found, whole = _joined(held, found, whole, nearest)
    return found


def _joined(
    held: Profiles, groups: Sequence[Group], whole: Profiles, pairs: Sequence[Pair]
) -> tuple[list[Group], Profiles]:
    """The groups, sorted, each of the pairs one group; and the groups as reports."""
    gone = set(chain.from_iterable(pairs))
    new = [sorted(groups[a] + groups[b]) for a, b in pairs]
    order = sorted([(group, k) for k, group in enumerate(chain(groups, new)) if k not in gone])
    return [group for group, _ in order], joined([whole, wholes(held, new)]).take([k for _, k in order])


def _likely(
    held: Profiles, groups: Sequence[Group], whole: Profiles, score: Score, story: Ints | None
) -> list[tuple[float, int, int]]:
    """The pairs of groups that tell one story, with their probability; ``whole`` are the groups as reports. How near the pairs
    within a language come is not asked: they are not joined, and nothing that is compared here depends on them."""
    pile = pile_of(whole)
    first, second = _apart(pile, *candidate_pairs(pile))
    features = compare(pile, first, second)
    found = probability(with_contrast(features, best_of(len(pile), features, first, second), first, second))
    if story is not None:
        found = lean_groups(found, first, second, groups, story)
    likely = [
        (float(found[k]), int(first[k]), int(second[k]))
        for k in np.flatnonzero(found >= JOIN).tolist()
        if _may(held, groups[int(first[k])], groups[int(second[k])])
    ]
    between = [_within_languages(held, groups[a], groups[b]) for _, a, b in likely]
    asked = list(chain.from_iterable(between))
    scores = iter(score(asked) if asked else ())
    against = [bool(pairs) and sum(islice(scores, len(pairs))) / len(pairs) < JOIN for pairs in between]
    return [pair for pair, stands in zip(likely, against, strict=True) if not stands]


def _apart(pile: Pile, first: Ints, second: Ints) -> tuple[Ints, Ints]:
    """The pairs that are of two languages, both known."""
    one, two = pile.languages[first], pile.languages[second]
    apart = (one != two) & (one >= 0) & (two >= 0)
    return first[apart], second[apart]


def _may(held: Profiles, one: Group, two: Group) -> bool:
    """Whether the step is about the two: of different languages, one of several reports, published at one time."""
    if len(one) == len(two) == 1:
        return False
    by_one, by_two = ({held.languages[i] for i in group} for group in (one, two))
    return by_one != by_two and None not in by_one | by_two and _gap(held, one, two) <= FAR


def _within_languages(held: Profiles, one: Group, two: Group) -> list[Pair]:
    """The pairs of their reports in a language that both hold, a sample where they are many: these must not stand against it."""
    pairs = sorted((min(i, j), max(i, j)) for i in one for j in two if held.languages[i] == held.languages[j])
    return pairs[:: -(-len(pairs) // SAMPLE) or 1]


def _gap(held: Profiles, one: Group, two: Group) -> float:
    """Days between the known dates of publication of the two; 0 where they overlap or one has none."""
    a, b = ([day for day in held.days[group].tolist() if not math.isnan(day)] for group in (one, two))
    return max(min(b) - max(a), min(a) - max(b), 0.0) if a and b else 0.0


def _mutual(likely: Sequence[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """The pairs that are each other's best; of equals the first."""
    best: dict[int, int] = {}
    for _, a, b in sorted(likely, key=lambda pair: (-round(pair[0], 9), pair[1], pair[2])):
        best.setdefault(a, b)
        best.setdefault(b, a)
    return sorted((a, b) for _, a, b in likely if best[a] == b and best[b] == a)
