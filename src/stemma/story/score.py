"""Features to the probability that two reports tell one story: a readable table of weights.

The weights stand in ``weights.toml``, which ``eval/fit_stories.py`` writes: fitted on the dev halves, all sets together, one
setting for all sets.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files

import numpy as np

from stemma.story.channels import Floats
from stemma.story.pairs import Features

HEADLINE, ARTICLE = 50, 90  # tokens: a headline or a push message of one sentence lies below, a report above
AT_ONCE = 20_000  # pairs weighed at once: every term of the score is a column, 10 MB in all
ENOUGH = 60.0  # nats of shared rarity: about ten rare names; more tells nothing new
DAYS, WEEKS = 2.0, 10.0  # days after which two reports are, by two thirds, "days apart" and "weeks apart"
OF_ONE_LANGUAGE = frozenset(
    {
        "lead",
        "root of lead",
        "contrast",
        "same words, other figures",
    }
)
SAME, ACROSS = "same language", "across languages"

Weights = dict[str, float]


@cache
def weights() -> dict[str, Weights]:
    """The two tables of weights in log odds: for two reports in one language, and in two."""
    text = (files("stemma.story") / "weights.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return {name: {term: float(value) for term, value in tables[name].items()} for name in (SAME, ACROSS)}


def terms(features: Features) -> dict[str, Floats]:
    """The terms of the score before they are weighed. Every term stands twice: in one-line texts, whose cosines lie higher
    or at zero, it has a weight of its own ("short ...")."""
    short = shortness(features.size)
    found = {name: term(features) for name, (term, _) in TERMS.items()}
    out = {name: (1 - short) * value for name, value in found.items()}
    out.update({f"short {name}": short * value for name, value in found.items()})
    return out


def term_names() -> list[str]:
    """The names of ``terms``, in their order."""
    return [*TERMS, *(f"short {name}" for name in TERMS)]


def side(table: str, name: str) -> int | None:
    """1 where more of the term never speaks against one story, -1 where it never speaks for one, 0 where it may do either;
    None where the term has no place in the table: words are not compared across languages."""
    plain = name.removeprefix("short ")
    return None if table == ACROSS and plain in OF_ONE_LANGUAGE else TERMS[plain][1]


def weighed_terms(features: Features, same_language: bool) -> dict[str, Floats]:
    """Each term of the score in log odds; their sum is the score."""
    table = weights()[SAME if same_language else ACROSS]
    values = terms(features)
    return {name: weight * values[name] for name, weight in table.items()}


def probability(features: Features) -> Floats:
    """In (0, 1), one for each pair."""
    stretches = [features.of(slice(start, start + AT_ONCE)) for start in range(0, len(features), AT_ONCE)]
    return np.concatenate([np.zeros(0), *map(_probability, stretches)])


def _probability(features: Features) -> Floats:
    values = terms(features)
    odds = [np.sum([w * values[name] for name, w in weights()[table].items()], axis=0) for table in (SAME, ACROSS)]
    chosen = np.where(features.same_language, odds[0], odds[1])
    return np.asarray((1.0 - vetoed(features)) / (1.0 + np.exp(-np.clip(chosen, -30, 30))))


def vetoed(features: Features) -> Floats:
    """What part of the probability vetoes take away, in [0, 1]: nothing in common outweighs them."""
    return np.asarray(np.max([veto(features) for veto in VETOES.values()], axis=0))


def distance(days: Floats, scale: float) -> Floats:
    """0 on the same day, 0.63 after ``scale`` days, towards 1 with months between; 0 where a date is missing."""
    return np.where(np.isnan(days), 0.0, 1 - np.exp(-np.nan_to_num(days) / scale))


def shortness(tokens: Floats) -> Floats:
    """1 up to ``HEADLINE`` tokens, 0 from ``ARTICLE`` tokens on."""
    return np.clip((ARTICLE - tokens) / (ARTICLE - HEADLINE), 0.0, 1.0)


def shared_rarity(features: Features) -> Floats:
    """How rare the shared names and figures are in all; the root lets the first few count most."""
    return np.sqrt(np.minimum(features.shared, ENOUGH) / ENOUGH)


def same_day_told(features: Features) -> Floats:
    """1 where the leads name one day and the reports were published around one day: far apart it is only background."""
    return np.maximum(features.told, 0.0) * (1 - distance(features.days, WEEKS))


def undated(features: Features) -> Floats:
    """1 where nothing tells how far apart in time the reports are."""
    return np.isnan(features.days).astype(np.float64)


# Term -> what it is, and the side that it may speak for: 1 for one story, -1 against, 0 either.
TERMS: dict[str, tuple[Callable[[Features], Floats], int]] = {
    "bias": (lambda f: np.ones(len(f)), 0),
    "lead": (lambda f: f.lead, 1),
    "root of lead": (lambda f: np.sqrt(f.lead), 1),
    "title": (lambda f: f.title, 1),
    "anchors": (lambda f: f.anchors, 1),
    "names": (lambda f: f.names, 1),
    "shared": (shared_rarity, 1),
    "who": (lambda f: f.who, 1),
    "who apart": (lambda f: f.who_apart, -1),
    "where": (lambda f: f.where, 1),
    "where apart": (lambda f: f.where_apart, -1),
    "figures": (lambda f: f.figures, 1),
    "figures apart": (lambda f: f.figures_apart, -1),
    "weekdays apart": (lambda f: f.weekdays_apart, -1),
    # who prints the words of another report prints its figures too, but where the words are a template's
    "same words, other figures": (lambda f: f.lead * f.figures_apart, -1),
    "same day told": (same_day_told, 1),
    "other days told": (lambda f: np.maximum(-f.told, 0.0), -1),
    "contrast": (lambda f: f.contrast, 1),
    "contrast of anchors": (lambda f: f.name_contrast, 1),
    "square of contrast of anchors": (lambda f: np.square(f.name_contrast), 1),
    "days apart": (lambda f: distance(f.days, DAYS), -1),
    "weeks apart": (lambda f: distance(f.days, WEEKS), -1),
    "undated": (undated, 0),
}
# Rules, not fitted: the dev sets hold hardly a template and no look-alikes years apart.
VETOES: dict[str, Callable[[Features], Floats]] = {
    "the news of two years": lambda f: f.years_apart,
    # the square: half of the frames are common to what two desks write of one event, nine in ten are a template's
    "one template, filled otherwise": lambda f: np.square(f.one_template),
}
