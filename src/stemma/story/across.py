"""Groups of different languages joined as wholes: what a group agrees on stands against what another agrees on.

Two reports in two languages share a few names and figures at best, and each pair of them alone stays in doubt. A group has all
that its members have in common, so two groups tell more clearly than their pairs whether they tell one story (links between
clusters instead of documents, as JRC's NewsExplorer has them). Each group becomes one report whose bags are the mean of its
members' bags, and these are compared with the same score as reports are. Single reports are groups too, but two of them are
a pair, which was judged before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from statistics import median

import numpy as np
from numpy.typing import NDArray

from stemma.story.candidates import candidate_pairs
from stemma.story.channels import Ints
from stemma.story.features import FIGURES, WHERE, WHO, Bag, Profile, gathered
from stemma.story.linkage import SAMPLE, Pair, Score
from stemma.story.pairs import best_of, compare, pile_of, with_contrast
from stemma.story.score import probability

JOIN = 0.5  # as for reports: on dev .6 and .7 make itn purer and smaller (.745, .734 against .768)
HELD = 1 / 3  # share of a group's members that must hold it for a day, or a name of the head, to be the group's
FAR = 31  # days between the last known publication of one group and the first of the other: another event of its kind
ROUNDS = 8  # a bound on the work; the dev sets and real piles are done after two to four

Group = list[int]


def link_across(profiles: Sequence[Profile], groups: Iterable[Sequence[int]], score: Score) -> list[Group]:
    """The groups, those joined that tell one story in different languages. ``score`` gives the probability of pairs of
    reports (i < j): where both groups hold reports in one language, these must not stand against it."""
    found = sorted(sorted(group) for group in groups)
    if len({one.language for one in profiles}) < 2:
        return found
    held: dict[tuple[int, ...], Profile] = {}
    for _ in range(ROUNDS):
        held = {key: held.get(key) or merged([profiles[i] for i in key]) for key in map(tuple, found)}
        nearest = _mutual(_likely(profiles, found, list(held.values()), score))
        if not nearest:
            break
        joined = set(chain.from_iterable(nearest))
        found = sorted(
            [sorted(found[a] + found[b]) for a, b in nearest] + [g for k, g in enumerate(found) if k not in joined]
        )
    return found


def merged(members: Sequence[Profile]) -> Profile:
    """The group as one report: a term weighs as much as it does in its members on the mean, so that what all tell counts
    most. Its day is the median of the known ones, its size the median size."""
    if len(members) == 1:
        return members[0]
    anchors, place = _mean([one.anchors for one in members])
    kinds = np.concatenate([one.kinds for one in members])
    head = np.concatenate([one.head for one in members])
    days = [one.day for one in members if one.day is not None]
    return Profile(
        report=min(one.report for one in members),
        language="+".join(sorted({one.language or "" for one in members})),
        day=median(days) if days else None,
        words=_mean([one.words for one in members])[0],
        lead=_mean([one.lead for one in members])[0],
        title=_mean([one.title for one in members])[0],
        anchors=anchors,
        kinds=_bits(kinds, place, 1.0),
        head=_bits(head, place, max(1.0, HELD * len(members))),
        frames=np.zeros(0, dtype=np.uint64),  # languages have no frames in common
        framed=np.zeros(0, dtype=np.uint8),
        told=_held((one.told for one in members), len(members)),
        weekdays=sum(1 << day for day in _held((_weekdays(one) for one in members), len(members))),
        size=int(median(one.size for one in members)),
    )


def _mean(bags: Sequence[Bag]) -> tuple[Bag, Ints]:
    """The mean of the bags, and the place there of each of their terms."""
    terms, place = gathered(np.concatenate([bag.terms for bag in bags]))
    weights = np.concatenate([bag.weights for bag in bags])
    total = np.bincount(place, weights=weights, minlength=len(terms))
    return Bag(terms, (total / len(bags)).astype(np.float32)), place


def _bits(bits: NDArray[np.uint8], place: Ints, least: float) -> NDArray[np.uint8]:
    """For each place the bits that at least so many of those that stand there set."""
    found = np.zeros(int(place.max(initial=-1)) + 1, dtype=np.uint8)
    for bit in (WHO, WHERE, FIGURES):
        found[np.bincount(place, weights=bits & bit > 0, minlength=len(found)) >= least] |= bit
    return found


def _held(days: Iterable[Iterable[int]], size: int) -> tuple[int, ...]:
    count = Counter(chain.from_iterable(days))
    return tuple(sorted(day for day, n in count.items() if n >= HELD * size))


def _weekdays(one: Profile) -> list[int]:
    return [day for day in range(one.weekdays.bit_length()) if one.weekdays >> day & 1]


def _likely(
    profiles: Sequence[Profile], groups: Sequence[Group], whole: Sequence[Profile], score: Score
) -> list[tuple[float, int, int]]:
    """The pairs of groups that tell one story, with their probability; ``whole`` are the groups as reports."""
    pile = pile_of(whole)
    first, second = candidate_pairs(pile)
    features = compare(pile, first, second)
    found = probability(with_contrast(features, best_of(len(pile), features, first, second), first, second))
    likely = [
        (float(found[k]), int(first[k]), int(second[k]))
        for k in np.flatnonzero(found >= JOIN).tolist()
        if _may(profiles, groups[int(first[k])], groups[int(second[k])])
    ]
    held = [_within_languages(profiles, groups[a], groups[b]) for _, a, b in likely]
    asked = list(chain.from_iterable(held))
    scores = iter(score(asked) if asked else ())
    against = [bool(pairs) and sum(islice(scores, len(pairs))) / len(pairs) < JOIN for pairs in held]
    return [pair for pair, stands in zip(likely, against, strict=True) if not stands]


def _may(profiles: Sequence[Profile], one: Group, two: Group) -> bool:
    """Whether the step is about the two: of different languages, one of several reports, published at one time."""
    if len(one) == len(two) == 1:
        return False
    by_one, by_two = ({profiles[i].language for i in group} for group in (one, two))
    return by_one != by_two and None not in by_one | by_two and _gap(profiles, one, two) <= FAR


def _within_languages(profiles: Sequence[Profile], one: Group, two: Group) -> list[Pair]:
    """The pairs of their reports in a language that both hold, a sample where they are many: these must not stand against it."""
    pairs = sorted((min(i, j), max(i, j)) for i in one for j in two if profiles[i].language == profiles[j].language)
    return pairs[:: -(-len(pairs) // SAMPLE) or 1]


def _gap(profiles: Sequence[Profile], one: Group, two: Group) -> float:
    """Days between the known dates of publication of the two; 0 where they overlap or one has none."""
    a, b = ([day for i in group if (day := profiles[i].day) is not None] for group in (one, two))
    return max(min(b) - max(a), min(a) - max(b), 0.0) if a and b else 0.0


def _mutual(likely: Sequence[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """The pairs that are each other's best; of equals the first."""
    best: dict[int, int] = {}
    for _, a, b in sorted(likely, key=lambda pair: (-round(pair[0], 9), pair[1], pair[2])):
        best.setdefault(a, b)
        best.setdefault(b, a)
    return sorted((a, b) for _, a, b in likely if best[a] == b and best[b] == a)
