"""Fit the weights of ``stemma.story.score`` on the dev halves of all story sets together, one setting for all.

    .venv/bin/python eval/fit_stories.py          prints the two tables to paste into score.py, and BCubed F1 by set

Logistic regression (ridge, Newton's method) over candidate pairs; every set has the same total weight, and within a set
every story has the same, so that one large story or the 52-language set does not decide alone. Then one shift of the bias
is chosen for the mean BCubed F1 of the sets after clustering, because pairs are not what is scored in the end.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import numpy as np

from stemma.language import annotate
from stemma.read import read
from stemma.records import Annotated
from stemma.story import score
from stemma.story.candidates import candidate_pairs
from stemma.story.cluster import JOIN, average_linkage
from stemma.story.features import Features, compare, profile, weigh, with_contrast

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "eval" / "stories"
SETS = ("ecbplus", "giveme5w1h", "basil", "meantime", "itn")
RIDGE = 0.02
# More in common never speaks against one story: only these terms may weigh less than nothing.
FREE = ("bias", "undated", "short", "short words", "short anchors")
SMALL = 60  # small piles drawn from each set
SHIFTS = (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)

_ALIKE = (
    "anchors",
    "root of anchors",
    "shared",
    "short shared",
    "contrast",
    "near in time",
    "undated",
    "short",
    "short anchors",
)
TERMS = {True: ("bias", "words", "root of words", "lead", "short words", *_ALIKE), False: ("bias", *_ALIKE)}

Pairs = dict[tuple[int, int], Features]


def main() -> None:
    piles = {name: load(name) for name in SETS}
    small = {f"{name} {n}": pile for name in SETS for n, pile in enumerate(small_piles(name))}
    tables = {True: score.SAME_LANGUAGE, False: score.ACROSS_LANGUAGES}
    for same in (True, False):
        fitted = fit({**piles, **small}, same, TERMS[same])
        tables[same].clear()
        tables[same].update(fitted)
    base = {same: tables[same]["bias"] for same in tables}
    best = (-1.0, 0.0, 0.0)
    for same_shift in SHIFTS:
        for across_shift in SHIFTS:
            tables[True]["bias"], tables[False]["bias"] = base[True] + same_shift, base[False] + across_shift
            mean = float(np.mean([bcubed(*piles[name]) for name in SETS]))
            mean += float(np.mean([bcubed(*pile) for pile in small.values()]))
            best = max(best, (mean, same_shift, across_shift))
    tables[True]["bias"], tables[False]["bias"] = base[True] + best[1], base[False] + best[2]
    print({name: round(bcubed(*piles[name]), 3) for name in SETS}, "shifts", best)
    print(
        "small piles",
        {
            name: round(float(np.mean([bcubed(*p) for k, p in small.items() if k.split()[0] == name])), 3)
            for name in SETS
        },
    )
    for same, name in ((True, "SAME_LANGUAGE"), (False, "ACROSS_LANGUAGES")):
        print(f"{name} =", json.dumps({k: round(v, 2) for k, v in tables[same].items() if v}, indent=4))


def load(name: str) -> tuple[list[str], Pairs]:
    """The gold story of each report, and the features of all candidate pairs."""
    gold, pile = annotated(name)
    return pairs_of(gold, pile)


@cache
def annotated(name: str) -> tuple[dict[str, str], list[Annotated]]:
    path = DATA / f"{name}.dev.jsonl"
    gold = {row["id"]: row["story"] for row in map(json.loads, path.open(encoding="utf-8"))}
    pile = sorted((annotate(report) for report in read([str(path)]).reports), key=lambda one: one.report.id)
    return gold, pile


def small_piles(name: str) -> list[tuple[list[str], Pairs]]:
    """Piles as an editor hands them in: a few reports of one to four stories, drawn at random. In a large pile every report
    finds something alike; in a small one the best may be a stranger."""
    rng = random.Random(name)
    gold, pile = annotated(name)
    by_story: defaultdict[str, list[Annotated]] = defaultdict(list)
    for one in pile:
        by_story[gold[one.report.id]].append(one)
    near = _neighbours(by_story)
    found = []
    for n in range(SMALL):
        first = rng.choice(sorted(by_story))
        # half of the piles hold what lies nearest: the same town, people, days; another event
        others = near[first][:8] if n % 2 else sorted(set(by_story) - {first})
        stories = [first, *rng.sample(others, min(len(others), rng.randrange(0, 4)))]
        chosen = [one for s in stories for one in rng.sample(by_story[s], min(len(by_story[s]), rng.randrange(1, 6)))]
        found.append(pairs_of(gold, sorted(chosen, key=lambda one: one.report.id)))
    return found


def _neighbours(by_story: dict[str, list[Annotated]]) -> dict[str, list[str]]:
    """For each story the others, those with the most names in common first."""
    keys = {s: {a.key for one in pile for a in one.anchors if a.key[0] in "WPT"} for s, pile in by_story.items()}
    return {
        s: sorted(set(keys) - {s}, key=lambda t: (-len(keys[s] & keys[t]) / (1 + len(keys[s] | keys[t])), t))
        for s in keys
    }


def pairs_of(gold: dict[str, str], pile: list[Annotated]) -> tuple[list[str], Pairs]:
    weighed = weigh([profile(one) for one in pile])
    pairs = with_contrast({(i, j): compare(weighed[i], weighed[j]) for i, j in candidate_pairs(weighed)})
    return [gold[one.report.id] for one in pile], pairs


def fit(piles: dict[str, tuple[list[str], Pairs]], same: bool, names: tuple[str, ...]) -> dict[str, float]:
    rows, labels, weights = [], [], []
    for name, (stories, pairs) in piles.items():
        size = Counter(stories)
        share = 1.0 if name in SETS else 2 / SMALL
        own = [(pair, f) for pair, f in pairs.items() if f.same_language == same]
        positive = sum(1 / size[stories[i]] for (i, j), _ in own if stories[i] == stories[j]) or 1.0
        negative = sum(stories[i] != stories[j] for (i, j), _ in own) or 1
        for (i, j), features in own:
            values = score.terms(features)
            rows.append([values[n] for n in names])
            together = stories[i] == stories[j]
            labels.append(float(together))
            # negatives weigh four times the positives in all: a false merge hurts more than a missed pair
            weights.append(share * (1 / size[stories[i]] / positive if together else 4 / negative))
    x, y, w = np.array(rows), np.array(labels), np.array(weights)
    w *= 1000 / w.sum()
    kept = list(range(len(names)))
    while True:
        beta = _newton(x[:, kept], y, w)
        wrong = [k for k, value in zip(kept, beta, strict=True) if names[k] not in FREE and value < 0]
        if not wrong:
            break
        kept = [k for k in kept if k not in wrong]
    weights_of = dict(zip((names[k] for k in kept), map(float, beta), strict=True))
    return {name: weights_of.get(name, 0.0) for name in names}


def _newton(x: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    beta = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (w * (p - y)) + RIDGE * beta
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(x.shape[1])
        step = np.linalg.solve(hessian, gradient)
        beta -= step
        if np.abs(step).max() < 1e-6:
            break
    return beta


def bcubed(stories: list[str], pairs: Pairs) -> float:
    scores = {pair: score.probability(features) for pair, features in pairs.items()}
    groups = average_linkage(len(stories), scores, JOIN)
    size = Counter(stories)
    precision = recall = 0.0
    for group in groups:
        counts: defaultdict[str, int] = defaultdict(int)
        for i in group:
            counts[stories[i]] += 1
        for story, n in counts.items():
            precision += n * n / len(group)
            recall += n * n / size[story]
    precision, recall = precision / len(stories), recall / len(stories)
    return 2 * precision * recall / (precision + recall) if not math.isclose(precision + recall, 0) else 0.0


if __name__ == "__main__":
    main()
