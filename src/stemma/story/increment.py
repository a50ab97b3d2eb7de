"""New reports in a pile that was grouped before: only the stories they touch are grouped again.

A former story is touched when a new report may tell the same as one of its reports. The reports of the touched stories and the
new ones are grouped from scratch, by the same scores as a whole pile. All other stories stay as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.records import Annotated, Passage, Story
from stemma.semantic import Encoder, Meaning
from stemma.story.across import link_across
from stemma.story.candidates import candidate_pairs
from stemma.story.channels import Floats
from stemma.story.cluster import JOIN, SAME_TEXT, copies, one_story, profiles_of, scorer, shared_text, with_nearest
from stemma.story.features import Profile
from stemma.story.leaning import lean_pairs
from stemma.story.linkage import Pair, average_linkage
from stemma.story.pairs import Features, Pile, best_of, compare, pile_of, with_contrast
from stemma.story.profiles import Ints, Profiles, packed
from stemma.story.score import probability

# Probability from which a new report touches a former story. Half of JOIN: at JOIN itself, the least that could join the two,
# a wrong merge of an earlier portion stays where no new report comes that near (half of six random orders of BASIL lose .011 of
# F1 for one pair of stories); at .25 and .1 none of the six loses anything.
TOUCHES = 0.25


class Regrouped(NamedTuple):
    """Groups as places in the pile, and how many pairs were scored for them."""

    groups: list[list[int]]
    scored: int


def group_since(
    pile: Sequence[Annotated],
    passages: Sequence[Passage],
    former: Sequence[Story],
    profiles: Profiles | None = None,
    encoder: Encoder | None = None,
) -> tuple[Story, ...]:
    """The pile as stories, given those of a former run over a part of it; ids are not yet kept (``former.keep_ids``).
    Sorted by size, then by id. ``profiles`` as in ``group``."""
    ordered = sorted(pile, key=lambda one: one.report.id)
    number = {one.report.id: i for i, one in enumerate(ordered)}
    shared = shared_text(ordered, passages)
    same = [(number[a], number[b]) for (a, b), share in shared.items() if max(share) >= SAME_TEXT]
    before = [[number[i] for i in story.reports if i in number] for story in former]
    meaning = Meaning.of(ordered, encoder) if encoder else None
    groups = regroup(profiles_of(ordered, profiles), same, before, meaning).groups
    stories = [one_story([ordered[i] for i in members]) for members in groups]
    return tuple(sorted(stories, key=lambda s: (-len(s.reports), s.id)))


def regroup(
    profiles: Sequence[Profile] | Profiles,
    same: Iterable[Pair],
    former: Sequence[Sequence[int]],
    meaning: Meaning | None = None,
) -> Regrouped:
    """The groups of a pile given as profiles, the part in ``former`` grouped before. ``same`` are pairs that share most of
    their text. A place that stands in several former groups belongs to the first."""
    held = packed(profiles)
    story = np.full(len(held), -1, dtype=np.int64)
    for k in reversed(range(len(former))):
        story[list(former[k])] = k
    pile = pile_of(held)
    together = copies(pile, same)
    first, second = with_nearest(candidate_pairs(pile), meaning)
    new = story < 0
    of_new = new[first] | new[second]
    found = _Compared(pile, first[of_new], second[of_new], meaning)
    near = np.concatenate([found.likely(), together[new[together].any(axis=1)]])
    touched = _touched(story, near)
    more = touched[first] & touched[second] & ~of_new
    found = found.and_also(first[more], second[more])
    scores = found.scores(touched, story)
    scores.update({(a, b): 1.0 for a, b in together.tolist() if touched[a] and touched[b]})
    groups, asked = _grouped(found, held, story, scores, np.flatnonzero(touched))
    kept = [np.flatnonzero((story == k) & ~touched).tolist() for k in np.unique(story[~touched])]
    return Regrouped(sorted([*groups, *kept]), len(found.first) + asked)


class _Compared:
    """The pairs of a pile that were compared so far. The best that a report finds is known among these alone."""

    def __init__(
        self, pile: Pile, first: Ints, second: Ints, meaning: Meaning | None, features: Features | None = None
    ) -> None:
        self.pile, self.first, self.second, self.meaning = pile, first, second, meaning
        self.features = compare(pile, first, second) if features is None else features
        self.best = best_of(len(pile), self.features, first, second)

    def and_also(self, first: Ints, second: Ints) -> _Compared:
        more = compare(self.pile, first, second)
        fields = vars(self.features)
        features = Features(**{name: np.concatenate([fields[name], vars(more)[name]]) for name in fields})
        return _Compared(
            self.pile,
            np.concatenate([self.first, first]),
            np.concatenate([self.second, second]),
            self.meaning,
            features,
        )

    def probabilities(self) -> Floats:
        found = probability(with_contrast(self.features, self.best, self.first, self.second))
        return self.meaning.moved(found, self.first, self.second) if self.meaning else found

    def likely(self) -> Ints:
        """The pairs that may tell one story, as rows. Where the best of an old report is known among the new ones only, its
        contrast comes out too high, so that nothing is missed."""
        likely = self.probabilities() >= TOUCHES
        return np.stack([self.first[likely], self.second[likely]], axis=1)

    def scores(self, touched: NDArray[np.bool_], story: Ints) -> dict[Pair, float]:
        """The probabilities of the pairs inside the touched set, leaning towards the former stories."""
        inside = touched[self.first] & touched[self.second]
        first, second = self.first[inside], self.second[inside]
        found = lean_pairs(self.probabilities()[inside], story[first], story[second])
        return dict(zip(zip(first.tolist(), second.tolist(), strict=True), found.tolist(), strict=True))


def _touched(story: Ints, near: Ints) -> NDArray[np.bool_]:
    """The new reports and all reports of the stories that one of the pairs reaches."""
    reached = np.unique(story[near.ravel()])
    return (story < 0) | np.isin(story, reached[reached >= 0])


def _grouped(
    compared: _Compared, profiles: Profiles, story: Ints, scores: dict[Pair, float], places: Ints
) -> tuple[list[list[int]], int]:
    """Both steps of grouping among some places of the pile; and how many further pairs they asked for."""
    number = {place: k for k, place in enumerate(places.tolist())}
    asked = 0
    score = scorer(compared.pile, compared.best, compared.meaning)

    def missing(pairs: Sequence[Pair]) -> Sequence[float]:
        nonlocal asked
        asked += len(pairs)
        own = places[np.array(pairs, dtype=np.int64).reshape(-1, 2)]
        found = np.array(score([(a, b) for a, b in own.tolist()]))
        leaning: list[float] = lean_pairs(found, story[own[:, 0]], story[own[:, 1]]).tolist()
        return leaning

    inside = {(number[a], number[b]): value for (a, b), value in scores.items()}
    groups = average_linkage(len(places), inside, JOIN, missing, compared.pile.days[places])
    groups = link_across(profiles.take(places), groups, missing, story[places])
    return [[int(places[k]) for k in group] for group in groups], asked
