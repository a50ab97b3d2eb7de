"""Features to the probability that two reports tell one story: a readable table of weights.

The weights are fitted by ``eval/fit_stories.py`` on the dev halves, all sets together, one setting for all sets.
"""

from __future__ import annotations

import math

from stemma.story.features import Features

# term -> weight in log odds; see ``terms`` for what each term is. Fitted, not chosen.
SAME_LANGUAGE = {
    "bias": -6.52,
    "lead": 1.36,
    "root of anchors": 6.48,
    "contrast": 5.02,
    "near in time": 2.3,
    "undated": 0.68,
    "short": 1.03,
    "short words": 4.57,
    "short anchors": -6.19,
}
ACROSS_LANGUAGES = {
    "bias": -3.05,
    "anchors": 0.83,
    "root of anchors": 0.43,
    "short shared": 0.77,
    "contrast": 5.85,
    "near in time": 2.27,
    "short": 4.51,
    "short anchors": -6.09,
}
HEADLINE = 50  # tokens: one sentence of a headline or a push message lies below


def terms(features: Features) -> dict[str, float]:
    """The terms of the score before they are weighed. Roots let a little similarity count; "short" terms let one-line
    texts, whose cosines lie higher or at zero, have their own slope."""
    short = shortness(features.size)
    return {
        "bias": 1.0,
        "words": features.words,
        "root of words": math.sqrt(features.words),
        "lead": features.lead,
        "anchors": features.anchors,
        "root of anchors": math.sqrt(features.anchors),
        "shared": features.shared,
        "short shared": short * features.shared,
        "contrast": features.contrast,
        "near in time": nearness(features.days),
        "undated": 1.0 if features.days is None else 0.0,
        "short": short,
        "short words": short * features.words,
        "short anchors": short * features.anchors,
    }


def weighed_terms(features: Features) -> dict[str, float]:
    """Each term of the score in log odds; their sum is the score."""
    weights = SAME_LANGUAGE if features.same_language else ACROSS_LANGUAGES
    values = terms(features)
    return {name: weight * values[name] for name, weight in weights.items()}


def probability(features: Features) -> float:
    """In (0, 1)."""
    return 1 / (1 + math.exp(-sum(weighed_terms(features).values())))


def nearness(days: float | None) -> float:
    """1 on the same day, 0 after about a week, towards -1 with months between; 0 where a date is missing."""
    return 0.0 if days is None else 2 * math.exp(-days / 10) - 1


def shortness(tokens: int) -> float:
    """1 for no words, 0 from ``HEADLINE`` tokens on."""
    return max(0.0, 1 - tokens / HEADLINE)
