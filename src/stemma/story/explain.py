"""Why two reports stand in one story or in two: the terms of their score, for and against, with the words behind them."""

from __future__ import annotations

import numpy as np

from stemma.records import Annotated, Report
from stemma.story.cluster import JOIN
from stemma.story.features import profile
from stemma.story.pairs import Channel, best_of, compare, pile_of, with_contrast
from stemma.story.score import probability, weighed_terms

SHOWN = 12  # names and figures quoted, those of the largest weight first
LEAST = 0.05  # log odds below which a term is left out


def explain_pair(a: Annotated | Report, b: Annotated | Report) -> list[str]:
    """The terms of the score as lines, in log odds, largest first; rarity and contrast are those of the two reports alone,
    so the probability can differ from the one within a large pile."""
    one, two = (_annotated(report) for report in (a, b))
    pile = pile_of([profile(one), profile(two)])
    first, second = np.array([0]), np.array([1])
    features = compare(pile, first, second)
    features = with_contrast(features, best_of(2, features, first, second), first, second)
    odds = {name: float(value[0]) for name, value in weighed_terms(features, bool(features.same_language[0])).items()}
    ranked = sorted((item for item in odds.items() if abs(item[1]) >= LEAST), key=lambda item: (-abs(item[1]), item[0]))
    table = "one language" if features.same_language[0] else "two languages"
    sum_of = sum(odds.values())
    out = [f"probability {float(probability(features)[0]):.3f} that they tell one story ({table}; the two alone)"]
    out += [f"  {value:+.2f}  {'for' if value > 0 else 'against'}  {name}" for name, value in ranked]
    out.append(
        f"  {abs(sum_of):.2f} more log odds {'against' if sum_of > 0 else 'for'} would tip it (joined from {JOIN})"
    )
    out += [f"  shared: {line}" for line in _shared(pile.anchors, one, two)]
    return out


def _annotated(report: Annotated | Report) -> Annotated:
    if isinstance(report, Annotated):
        return report
    from stemma.language import annotate

    return annotate(report)


def _shared(held: Channel, one: Annotated, two: Annotated) -> list[str]:
    """The heaviest shared names and figures, with where each stands first in either report."""
    weight = dict(zip(held.terms[held.of(0)].tolist(), held.weights[held.of(0)].tolist(), strict=True))
    both = zip(held.terms[held.of(1)].tolist(), held.weights[held.of(1)].tolist(), strict=True)
    ranked = sorted((-weight[k] * value, held.names[k]) for k, value in both if k in weight)
    places = [{anchor.key: anchor for anchor in reversed(report.anchors)} for report in (one, two)]
    lines = []
    for _, key in ranked:
        if key in places[0] and key in places[1]:
            spans = [(side.report, places[n][key]) for n, side in enumerate((one, two))]
            lines.append(
                f"{key}  " + "  ".join(f'{r.id}[{at.start}:{at.end}] "{r.text[at.start : at.end]}"' for r, at in spans)
            )
    return lines[:SHOWN]
