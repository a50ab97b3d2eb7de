"""Why two reports stand in one story or in two: the terms of their score, for and against, with the words behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from stemma.records import Annotated, Report
from stemma.story.across import link_across
from stemma.story.channels import Floats
from stemma.story.cluster import JOIN, groups_by_pairs
from stemma.story.features import HEAD, Mention, Profile, mentions_of, profile
from stemma.story.linkage import LATER, SAMPLE, Score, quiet_between
from stemma.story.pairs import Features, best_of, compare, pile_of, with_contrast
from stemma.story.profiles import profiled
from stemma.story.score import VETOES, probability, weighed_terms
from stemma.story.wholes import wholes

SHOWN = 12  # names and figures quoted, those of the largest weight first
LEAST = 0.05  # log odds below which a term is left out
FAR = 30  # days: what if they had been published a month apart


class Pair(NamedTuple):
    """Two reports compared alone: their features, the log odds of each term, and the probability of one story."""

    features: Features
    odds: dict[str, float]
    probability: float


def explain_pair(a: Annotated | Report, b: Annotated | Report) -> list[str]:
    """The terms of the score as lines, in log odds, largest first; what would change the answer; and the shared names and
    figures with their spans, then those of the two heads that the other report does not have. Rarity and contrast are those
    of the two reports alone, so the probability can differ from the one within a large pile."""
    one, two = (report.report if isinstance(report, Annotated) else report for report in (a, b))
    profiles = (profile(one), profile(two))
    found = _compared(*profiles)
    ranked = sorted((item for item in found.odds.items() if abs(item[1]) >= LEAST), key=lambda i: (-abs(i[1]), i[0]))
    table = "one language" if found.features.same_language[0] else "two languages"
    out = [f"probability {found.probability:.3f} that they tell one story ({table}; the two alone)"]
    out += [f"  {value:+.2f}  {'for' if value > 0 else 'against'}  {name}" for name, value in ranked]
    for name, veto in VETOES.items():
        if share := float(veto(found.features)[0]):
            out.append(f"  veto  {name}: takes {share:.0%} of the probability")
    sum_of = sum(found.odds.values())
    out.append(
        f"  {abs(sum_of):.2f} more log odds {'against' if sum_of > 0 else 'for'} would tip it (joined from {JOIN})"
    )
    out += [f"  what would change it: {line}" for line in _changes(profiles, found)]
    return out + _words(one, two)


def explain_groups(reports: Sequence[Report], a: str, b: str) -> list[str]:
    """Where not the pair of reports decided but the groups that they stood in. Two groups in two languages that were joined: how
    probable it is that they tell one story, and what most of both tell, with the first words that do. Two groups that a quiet
    time kept apart: the mean between them and what was asked. Empty elsewhere."""
    ordered = sorted(reports, key=lambda one: one.id)
    profiles = profiled(ordered)
    groups, score = groups_by_pairs(profiles, ())
    of = {ordered[i].id: group for group in groups for i in group}
    whole = {ordered[i].id: k for k, group in enumerate(link_across(profiles, groups, score)) for i in group}
    if whole[a] != whole[b]:
        return _kept_apart(of[a], of[b], profiles.days, score)
    if of[a] == of[b]:
        return []
    sides = [[ordered[i] for i in of[one]] for one in (a, b)]
    both = wholes(profiles, [of[a], of[b]])
    one, two = both[0], both[1]
    told = " and ".join(f"{len(side)} ({', '.join(sorted({r.language or '?' for r in side}))})" for side in sides)
    out = [f"linked as groups across languages, of {told} reports: as wholes {_compared(one, two).probability:.3f}"]
    shared, here, there = np.intersect1d(one.anchors.terms, two.anchors.terms, return_indices=True)
    value = np.where(one.kinds[here] > 0, one.anchors.weights[here] * two.anchors.weights[there], 0.0)
    order = np.lexsort((shared, -np.round(value, 6)))
    best = [int(shared[k]) for k in order if value[k] > 0][: 2 * SHOWN]
    places = [_first_in(side, best) for side in sides]
    quotes = [" ".join(_quoted(*found[term]) for found in places) for term in best if all(term in f for f in places)]
    return out + [f"  both groups: {line}" for line in list(dict.fromkeys(quotes))[:SHOWN]]


def _kept_apart(one: Sequence[int], two: Sequence[int], days: Floats, score: Score) -> list[str]:
    """One line where two groups would be one but for the quiet time between them."""
    if not quiet_between(days[list(one)], days[list(two)]):
        return []
    pairs = sorted((min(i, j), max(i, j)) for i in one for j in two)
    sampled = pairs[:: -(-len(pairs) // SAMPLE)]
    mean = sum(score(sampled)) / len(sampled)
    if not JOIN <= mean < LATER:
        return []
    told = f"groups of {len(one)} and {len(two)} reports with a quiet time between their days of publication"
    return [f"kept apart: {told}: the mean of their pairs is {mean:.3f}, and {LATER} is asked there instead of {JOIN}"]


def _first_in(side: Sequence[Report], wanted: Sequence[int]) -> dict[int, tuple[Report, Mention]]:
    """Each term where the first report that has it does so first."""
    found: dict[int, tuple[Report, Mention]] = {}
    for report in side:
        for term, mention in _first_of(mentions_of(report)).items():
            if term in wanted:
                found.setdefault(term, (report, mention))
    return found


def _compared(one: Profile, two: Profile) -> Pair:
    pile = pile_of([one, two])
    first, second = np.array([0]), np.array([1])
    features = compare(pile, first, second)
    features = with_contrast(features, best_of(2, features, first, second), first, second)
    odds = {name: float(value[0]) for name, value in weighed_terms(features, bool(features.same_language[0])).items()}
    return Pair(features, odds, float(probability(features)[0]))


def _changes(profiles: tuple[Profile, Profile], found: Pair) -> list[str]:
    """What the probability would be if something else were known of the two: each a comparison run again."""
    one, two = profiles
    day = next((p.day for p in profiles if p.day is not None), 0.0)
    alone = {"told": (), "weekdays": 0}
    cases = (
        ("the same day of publication", replace(one, day=day), replace(two, day=day)),
        (f"{FAR} days between their publication", replace(one, day=day), replace(two, day=day + FAR)),
        ("no days named", replace(one, **alone), replace(two, **alone)),
        ("no names, places and figures in their heads", _headless(one), _headless(two)),
    )
    joined = found.probability >= JOIN
    out = []
    for label, first, second in cases:
        value = _compared(first, second).probability
        if abs(value - found.probability) >= 0.01:
            tips = " (tips it)" if (value >= JOIN) != joined else ""
            out.append(f"{label}: {value:.3f}{tips}")
    return out or [f"none of these alone: {', '.join(label for label, _, _ in cases)}"]


def _headless(one: Profile) -> Profile:
    return replace(one, head=np.zeros_like(one.head))


def _words(one: Report, two: Report) -> list[str]:
    """The words behind the terms: what both name, and what only one's head does."""
    sides = [_first_of(mentions_of(report)) for report in (one, two)]
    both = sorted(
        set(sides[0]) & set(sides[1]), key=lambda t: (-sides[0][t].weight * sides[1][t].weight, sides[0][t].start)
    )
    lines = [
        f"  shared: {_quoted(one, sides[0][t])}  {_quoted(two, sides[1][t])}" for t in _once(both, sides[0])[:SHOWN]
    ]
    for report, own, other in ((one, sides[0], sides[1]), (two, sides[1], sides[0])):
        alone = [t for t in own if t not in other and own[t].kind and own[t].at < HEAD]
        alone.sort(key=lambda t: (-own[t].weight, own[t].start, t))
        lines += [f"  only one: {_quoted(report, own[t])}" for t in _once(alone, own)[: SHOWN // 2]]
    return lines


def _first_of(mentions: Sequence[Mention]) -> dict[int, Mention]:
    """Each term where it stands in the text first."""
    found: dict[int, Mention] = {}
    for mention in mentions:
        if mention.start >= 0:
            found.setdefault(mention.term, mention)
    return found


def _once(terms: Sequence[int], places: dict[int, Mention]) -> list[int]:
    """The terms without those that stand where an earlier one does: a name's consonants beside its letters."""
    seen: set[tuple[int, int]] = set()
    kept = []
    for one in terms:
        span = (places[one].start, places[one].end)
        if span not in seen:
            seen.add(span)
            kept.append(one)
    return kept


def _quoted(report: Report, at: Mention) -> str:
    return f'{report.id}[{at.start}:{at.end}] "{report.text[at.start : at.end]}"'
