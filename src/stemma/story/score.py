"""Features to the probability that two reports tell one story: a readable table of weights.

The weights are fitted by ``eval/fit_stories.py`` on the dev halves, all sets together, one setting for all sets.
"""

from __future__ import annotations

import numpy as np

from stemma.story.pairs import Features, Floats

# term -> weight in log odds; see ``terms`` for what each term is. Fitted by eval/fit_stories.py, then moved by a short search for
# BCubed F1 on the dev sets and five mixed-language piles (docs/stories.md says what that means for the figures).
SAME_LANGUAGE = {
    "look-alike": -3.0,
    "bias": -6.6,
    "lead": 2.27,
    "root of lead": 5.14,
    "title": 5.72,
    "shared": 1.83,
    "figures": 3.46,
    "figures apart": -0.66,
    "weekdays apart": -1.56,
    "same day told": 0.98,
    "other days told": 1.29,
    "contrast": 0.43,
    "contrast of anchors": 5.37,
    "near in time": 1.38,
    "undated": -0.99,
    "short bias": -5.49,
    "short title": 3.01,
    "short root of anchors": 0.52,
    "short shared": 1.71,
    "short who apart": -1.24,
    "short figures": 0.63,
    "short figures apart": -0.37,
    "short weekdays apart": -0.55,
    "short same day told": 1.26,
    "short contrast": 3.69,
    "short contrast of anchors": 3.21,
    "short square of contrast": 1.68,
    "short square of contrast of anchors": 0.08,
    "short near in time": 2.18,
    "short undated": 2.29,
}
ACROSS_LANGUAGES = {
    "look-alike": -3.0,
    "bias": -2.25,
    "anchors": 0.65,
    "names": 1.21,
    "who apart": -0.84,
    "figures": 1.68,
    "figures apart": -1.78,
    "weekdays apart": -2.45,
    "other days told": 1.85,
    "contrast": 0.86,
    "contrast of anchors": 1.78,
    "square of contrast": 2.27,
    "square of contrast of anchors": 3.43,
    "near in time": 3.99,
    "short bias": -0.71,
    "short title": 4.85,
    "short root of names": 1.06,
    "short figures": 1.77,
    "short figures apart": -0.05,
    "short other days told": 1.96,
    "short contrast of anchors": 2.73,
    "short near in time": 1.96,
    "short undated": -0.14,
}
HEADLINE, ARTICLE = 50, 90  # tokens: a headline or a push message of one sentence lies below, a report above
ENOUGH = 60.0  # nats of shared rarity: about ten rare names; more tells nothing new


def terms(features: Features) -> dict[str, Floats]:
    """The terms of the score before they are weighed. Roots let a little similarity count, squares only a lot. Every term
    stands twice: in one-line texts, whose cosines lie higher or at zero, it has a weight of its own ("short ...")."""
    short = shortness(features.size)
    found = _terms(features)
    out = {name: (1 - short) * value for name, value in found.items()}
    out.update({f"short {name}": short * value for name, value in found.items()})
    return out


def _terms(features: Features) -> dict[str, Floats]:
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
        "who": features.who,
        "who apart": features.who_apart,
        "figures": features.figures,
        "figures apart": features.figures_apart,
        "weekdays apart": features.weekdays_apart,
        "same day told": np.maximum(features.told, 0.0),
        "other days told": np.minimum(features.told, 0.0),
        "contrast": features.contrast,
        "contrast of anchors": features.name_contrast,
        "square of contrast": np.square(features.contrast),
        "square of contrast of anchors": np.square(features.name_contrast),
        "look-alike": look_alike(features),
        "near in time": nearness(features.days),
        "undated": np.isnan(features.days).astype(np.float64),
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


def look_alike(features: Features) -> Floats:
    """The same words about others, elsewhere or at another time: the heads' names are apart, and so are the figures, the
    weekdays or, from a week to a month, the dates. Its weight is chosen, not fitted: small piles rarely hold such pairs."""
    far = np.clip((np.nan_to_num(features.days) - 7) / 23, 0.0, 1.0)
    return features.who_apart * np.maximum(far, np.maximum(features.figures_apart, features.weekdays_apart))


def nearness(days: Floats) -> Floats:
    """1 on the same day, 0 after about a week, towards -1 with months between; 0 where a date is missing."""
    return np.where(np.isnan(days), 0.0, 2 * np.exp(-np.nan_to_num(days) / 10) - 1)


def shortness(tokens: Floats) -> Floats:
    """1 up to ``HEADLINE`` tokens, 0 from ``ARTICLE`` tokens on."""
    return np.clip((ARTICLE - tokens) / (ARTICLE - HEADLINE), 0.0, 1.0)
