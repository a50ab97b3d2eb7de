"""Features to the probability that two reports tell one story: a readable table of weights.

The weights are fitted by ``eval/fit_stories.py`` on the dev halves, all sets together, one setting for all sets.
"""

from __future__ import annotations

import numpy as np

from stemma.story.pairs import Features, Floats

# term -> weight in log odds; see ``terms`` for what each term is. Fitted, not chosen.
SAME_LANGUAGE = {
    "bias": -6.8,
    "root of words": 0.41,
    "root of lead": 5.67,
    "title": 3.08,
    "same day told": 1.2,
    "other days told": 1.37,
    "contrast of anchors": 6.31,
    "near in time": 2.0,
    "undated": 0.66,
    "short": -0.91,
    "short words": -0.27,
    "short anchors": -0.77,
    "short shared": -0.27,
    "short title": -0.2,
}
ACROSS_LANGUAGES = {
    "bias": -2.03,
    "title": 5.4,
    "names": 1.0,
    "other days told": 4.0,
    "contrast of anchors": 6.17,
    "near in time": 2.22,
    "short": 2.6,
    "short anchors": -9.33,
    "short shared": -1.72,
}
HEADLINE = 50  # tokens: one sentence of a headline or a push message lies below
ENOUGH = 60.0  # nats of shared rarity: about ten rare names; more tells nothing new


def terms(features: Features) -> dict[str, Floats]:
    """The terms of the score before they are weighed. Roots let a little similarity count; "short" terms let one-line
    texts, whose cosines lie higher or at zero, have their own slope."""
    short = shortness(features.size)
    return {
        "bias": np.ones(len(features)),
        "words": features.words,
        "root of words": np.sqrt(features.words),
        "lead": features.lead,
        "root of lead": np.sqrt(features.lead),
        "title": features.title,
        "anchors": features.anchors,
        "root of anchors": np.sqrt(features.anchors),
        "names": features.names,
        "root of names": np.sqrt(features.names),
        "shared": np.sqrt(np.minimum(features.shared, ENOUGH) / ENOUGH),
        "same day told": np.maximum(features.told, 0.0),
        "other days told": np.minimum(features.told, 0.0),
        "contrast": features.contrast,
        "contrast of anchors": features.name_contrast,
        "near in time": nearness(features.days),
        "undated": np.isnan(features.days).astype(np.float64),
        "short": short,
        "short words": short * features.words,
        "short anchors": short * features.anchors,
        "short shared": short * features.shared / ENOUGH,
        "short title": short * features.title,
    }


def weighed_terms(features: Features, same_language: bool) -> dict[str, Floats]:
    """Each term of the score in log odds; their sum is the score."""
    weights = SAME_LANGUAGE if same_language else ACROSS_LANGUAGES
    values = terms(features)
    return {name: weight * values[name] for name, weight in weights.items()}


def probability(features: Features) -> Floats:
    """In (0, 1), one for each pair."""
    values = terms(features)
    odds = [
        np.sum([weight * values[name] for name, weight in weights.items()], axis=0)
        for weights in (SAME_LANGUAGE, ACROSS_LANGUAGES)
    ]
    chosen = np.where(features.same_language, odds[0], odds[1])
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(chosen, -30, 30))))


def nearness(days: Floats) -> Floats:
    """1 on the same day, 0 after about a week, towards -1 with months between; 0 where a date is missing."""
    return np.where(np.isnan(days), 0.0, 2 * np.exp(-np.nan_to_num(days) / 10) - 1)


def shortness(tokens: Floats) -> Floats:
    """1 for no words, 0 from ``HEADLINE`` tokens on."""
    return np.maximum(0.0, 1 - tokens / HEADLINE)
