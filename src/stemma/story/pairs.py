"""A pile as arrays, and what two of its reports have in common: columns of numbers that ``score.py`` weighs.

Terms are numbered in ascending order and each pair's sums run in that order, so no result depends on the
order of input, on which other pairs are compared, or on hash seeds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from stemma.story.background import shares
from stemma.story.channels import Block, Channel, Column, Floats, channel_of
from stemma.story.features import FIGURES, WHERE, WHO, Profile
from stemma.story.frames import FIGURE, FILLED, NAMED
from stemma.story.meeting import products, side_by_side
from stemma.story.profiles import Bools, Ints, Profiles, Rows, packed

# Contrast is measured against at least this cosine: two unrelated reports alone in a pile are each other's best, and are
# still not one story. About the median of pairs of one story on dev.
FULL_CONTRAST = 0.3
DAYS = 6  # days told that are kept of a report, the earliest: more are a chronicle
APART = 2  # days: reports of one event name its day, the day before or the day after
# Days between publications from which two reports that each tell of their own days tell of two events. Two years: after one, a
# copy with the date of its copying looks as fresh (its weekdays are counted from that date) and costs giveme5w1h .004.
YEARS = 730
FRESH = 45  # days: so near its publication lies a day that a report of news tells of, be it the end of a quarter
REFERS = 7  # days: so near the other's publication lies a day told by a report that looks back on the same event
# Frames filled otherwise from which two reports are two of one template. Two are two figures that changed between tellings of
# one event (44 pairs of one-line texts on dev); of three there is one such pair on dev, against 45 of two events.
OTHERWISE = 3
PAIRS = 20_000  # pairs whose days are compared at once: 8 MB


@dataclass(frozen=True)
class Pile:
    """All profiles of a pile, in the order handed in, as arrays. ``told`` has a row of days for each report, infinite where it tells
    fewer."""

    words: Channel
    anchors: Channel
    frames: Channel
    framed: Ints
    languages: Ints
    days: Floats
    sizes: Ints
    weekdays: Ints
    has: dict[str, Bools]
    told: Floats

    def __len__(self) -> int:
        return len(self.sizes)


def pile_of(profiles: Sequence[Profile] | Profiles) -> Pile:
    """The arrays of a pile; days are NaN where a date is missing, languages -1 where unknown."""
    held = packed(profiles)
    known = {language: k for k, language in enumerate(sorted({one for one in held.languages if one}))}
    kinds, heads = held.frames.columns[1], held.anchors.columns[3]
    words, anchors, frames = side_by_side(
        len(held), lambda: _words(held), lambda: _anchors(held), lambda: _frames(held)
    )
    return Pile(
        words=words,
        anchors=anchors,
        frames=frames,
        framed=held.frames.count(kinds < FILLED),
        languages=np.array([known.get(one or "", -1) for one in held.languages], dtype=np.int64),
        days=held.days,
        sizes=held.sizes,
        weekdays=held.weekdays,
        has={name: held.anchors.count((heads & bits) > 0) > 0 for name, bits in HEADS.items()},
        told=_days(held.told),
    )


def _days(told: Rows) -> Floats:
    """The first days of each row, infinite where it has fewer."""
    found = np.full((len(told), DAYS), math.inf)
    owner = told.owner()
    place = np.arange(len(owner)) - told.at[owner]
    first = place < DAYS
    found[owner[first], place[first]] = told.columns[0][first]
    return found


def _words(held: Profiles) -> Channel:
    """Words and pairs of words."""

    def weigh(block: Block) -> dict[str, Column]:
        return {
            "words": block.scaled(block.weights),
            "lead": block.scaled(block.within(held.lead)),
            "title": block.scaled(block.within(held.title)),
        }

    return channel_of(held.words, len(held.word_terms), weigh, shares(held.word_terms, held.languages))


HEADS = {"who": WHO | WHERE, "where": WHERE, "figures": FIGURES}  # what the head of a report names, by bits


def _anchors(held: Profiles) -> Channel:
    """Names, places and figures."""

    def weigh(block: Block) -> dict[str, Column]:
        kinds, head = held.anchors.between(block.start, block.end).columns[2:]
        names = np.where(kinds & (WHO | WHERE), block.weights, 0).astype(np.float32)
        return {
            "anchors": block.scaled(block.weights),
            "names": block.scaled(names),
            "shared": np.where(kinds > 0, block.rare, 0.0).astype(np.float32),
            **{name: block.shares((head & bits) > 0) for name, bits in HEADS.items()},
        }

    return channel_of(held.anchors, len(held.anchor_terms), weigh)


FRAMES = {"figures met": FIGURE, "figures same": FIGURE | FILLED, "names met": NAMED, "names same": NAMED | FILLED}


def _frames(held: Profiles) -> Channel:
    """Frames, and frames with what fills them, by kind."""
    return channel_of(
        held.frames,
        len(held.frame_terms),
        lambda block: {name: (block.weights == kind).astype(np.float32) for name, kind in FRAMES.items()},
    )


@dataclass(frozen=True)
class Features:
    """What speaks for and against pairs of reports telling one story; one value per pair. Cosines are in [0, 1].

    ``shared``: rarity of the shared names and figures, summed, in nats; ``who``: how much of the head's names of either
    stands in the other, ``who_apart``: how much of both is missing there, ``figures`` and ``figures_apart`` likewise, 0 where
    a head has none; ``weekdays_apart``: 1 where the heads name weekdays and none is the same; ``days``: between the dates of
    publication or, where one is missing, between the nearest days told, NaN where none is; ``told``: 1 where the leads name
    one day, -1 where all days they name are apart, 0 where one names none; ``one_template``: how much of one template both
    are, where they fill it otherwise (``frames.py``); ``years_apart``: 1 where they were published more
    than two years apart, each tells of days near its own publication and neither of one near the other's; ``size`` is the number of tokens of the shorter
    report. The contrasts are filled in by ``with_contrast``.
    """

    words: Floats
    lead: Floats
    title: Floats
    anchors: Floats
    names: Floats
    shared: Floats
    who: Floats
    who_apart: Floats
    where: Floats
    where_apart: Floats
    figures: Floats
    figures_apart: Floats
    weekdays_apart: Floats
    one_template: Floats
    told: Floats
    years_apart: Floats
    same_language: Bools
    days: Floats
    size: Floats
    contrast: Floats
    name_contrast: Floats

    def __len__(self) -> int:
        return len(self.words)

    def of(self, pairs: slice) -> Features:
        """The features of some of the pairs."""
        return Features(**{name: values[pairs] for name, values in vars(self).items()})


def compare(pile: Pile, first: Ints, second: Ints) -> Features:
    """The features of the pairs ``first[k], second[k]``; quickest where ``first`` is sorted."""
    a, b = pile.languages[first], pile.languages[second]
    words, found, frames = side_by_side(
        min(len(pile), len(first)),
        lambda: products(pile.words, first, second, ("words", "lead", "title"), (), ()),
        lambda: products(pile.anchors, first, second, ("anchors", "names"), ("shared",), ("who", "where", "figures")),
        lambda: products(pile.frames, first, second, (), tuple(FRAMES), ()),
    )
    who, who_apart = _met(pile, "who", found, first, second)
    where, where_apart = _met(pile, "where", found, first, second)
    figures, figures_apart = _met(pile, "figures", found, first, second)
    weekdays = (pile.weekdays[first] > 0) & (pile.weekdays[second] > 0)
    return Features(
        words=np.clip(words["words"], 0.0, 1.0),
        lead=np.clip(words["lead"], 0.0, 1.0),
        title=np.clip(words["title"], 0.0, 1.0),
        anchors=np.clip(found["anchors"], 0.0, 1.0),
        names=np.clip(found["names"], 0.0, 1.0),
        shared=found["shared"],
        who=who,
        who_apart=who_apart,
        where=where,
        where_apart=where_apart,
        figures=figures,
        figures_apart=figures_apart,
        weekdays_apart=(weekdays & (pile.weekdays[first] & pile.weekdays[second] == 0)).astype(np.float64),
        one_template=_one_template(pile, frames, first, second),
        told=_told(pile, first, second),
        years_apart=_years_apart(pile, first, second),
        same_language=(a == b) | (a < 0) | (b < 0),
        days=_days_between(pile, first, second),
        size=np.minimum(pile.sizes[first], pile.sizes[second]).astype(np.float64),
        contrast=np.zeros(len(first)),
        name_contrast=np.zeros(len(first)),
    )


def _met(pile: Pile, name: str, found: dict[str, Floats], first: Ints, second: Ints) -> tuple[Floats, Floats]:
    """How much of two heads stands in the other report, and how much of both does not; nothing where a head has none."""
    both = pile.has[name][first] & pile.has[name][second]
    there, back = (np.clip(found[f"{name} {way}"], 0.0, 1.0) for way in ("there", "back"))
    return np.where(both, np.sqrt(there * back), 0.0), np.where(both, (1 - there) * (1 - back), 0.0)


def _one_template(pile: Pile, found: dict[str, Floats], first: Ints, second: Ints) -> Floats:
    """What part of the frames of the report with fewer is in the other, where they are filled otherwise: three at least, and
    of figures and days, or of names, more of them otherwise than alike. 0 elsewhere."""
    met = found["figures met"] + found["names met"]
    otherwise = met - found["figures same"] - found["names same"]
    mostly = np.any([found[f"{kind} met"] > 2 * found[f"{kind} same"] for kind in ("figures", "names")], axis=0)
    share = met / np.maximum(1, np.minimum(pile.framed[first], pile.framed[second]))
    return np.where(mostly & (otherwise >= OTHERWISE), share, 0.0)


def _told(pile: Pile, first: Ints, second: Ints) -> Floats:
    """1 for a day that both leads name, -1 where theirs are apart."""
    least = np.full(len(first), math.inf)
    for start in range(0, len(first), PAIRS):
        pairs = slice(start, start + PAIRS)
        least[pairs] = _nearest(pile.told[first[pairs]], pile.told[second[pairs]])
    return np.where(np.isinf(least), 0.0, np.where(least == 0, 1.0, np.where(least > APART, -1.0, 0.0)))


def _days_between(pile: Pile, first: Ints, second: Ints) -> Floats:
    """Between the dates of publication; where one is missing, between the nearest days told and published, NaN where one has
    none."""
    found = np.abs(pile.days[first] - pile.days[second])
    undated = np.flatnonzero(np.isnan(found))
    for start in range(0, len(undated), PAIRS):
        pairs = undated[start : start + PAIRS]
        gap = _nearest(*(_all_days(pile, side[pairs]) for side in (first, second)))
        found[pairs] = np.where(np.isinf(gap), math.nan, np.floor(gap))
    return found


def _all_days(pile: Pile, reports: Ints) -> Floats:
    """The days told and the day of publication of each, infinite where there is none."""
    return np.column_stack([pile.told[reports], np.nan_to_num(pile.days[reports], nan=math.inf)])


def _years_apart(pile: Pile, first: Ints, second: Ints) -> Floats:
    """1 where two reports are the news of two years: a date alone does not say so, which may be that of a later copy."""
    found = np.zeros(len(first))
    far = np.flatnonzero(np.abs(pile.days[first] - pile.days[second]) > YEARS)
    one, two = first[far], second[far]

    def tells(told: Ints, published: Ints, near: int) -> Bools:
        """Whether a report tells of a day near the publication of another, or of its own."""
        away = np.abs(pile.told[told] - pile.days[published][:, None])
        return np.asarray(away.min(axis=1, initial=math.inf) <= near)

    fresh = tells(one, one, FRESH) & tells(two, two, FRESH)
    found[far] = fresh & ~tells(one, two, REFERS) & ~tells(two, one, REFERS)
    return found


def _nearest(one: Floats, two: Floats) -> Floats:
    """Between the nearest two days of each row, infinite where a row has none; absent days are infinite."""
    ahead = one[:, :, None] - np.where(np.isinf(two), -math.inf, two)[:, None, :]
    return np.asarray(np.abs(ahead).min(axis=(1, 2), initial=math.inf), dtype=np.float64)


Best = tuple[Floats, Floats, Floats]


def best_of(size: int, features: Features, first: Ints, second: Ints) -> Best:
    """For each report the best cosine that it reaches with any other: of leads within its language, of anchors, and of
    anchors across languages."""
    within = features.same_language
    columns = (
        np.where(within, features.lead, 0.0),
        features.anchors,
        np.where(within, 0.0, features.anchors),
    )
    best = tuple(np.zeros(size) for _ in columns)
    for column, found in zip(columns, best, strict=True):
        np.maximum.at(found, first, column)
        np.maximum.at(found, second, column)
    return best[0], best[1], best[2]


def with_contrast(features: Features, best: Best, first: Ints, second: Ints) -> Features:
    """Each pair's similarity against the best that either report finds in the pile, in [0, 1].

    A pile of look-alikes (one tournament, one earnings season) is similar all over: there a pair that is much less alike
    than the best pairs of both reports is another event. This is how the score adapts to a pile without a setting.
    """
    lead, own, other = (np.maximum(FULL_CONTRAST, np.sqrt(one[first] * one[second])) for one in best)
    return replace(
        features,
        contrast=features.lead / lead,
        name_contrast=features.anchors / np.where(features.same_language, own, other),
    )
