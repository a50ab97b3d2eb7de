"""Fit the weights of ``stemma.semantic.meaning`` and say what an encoder gains: with and without, on the English dev sets.

    .venv/bin/python eval/fit_encoder.py ENCODER [CACHE]

Needs the extra "semantic" and a model on this machine. Half of the stories of every set are fitted on, the other half is
measured, then the other way round (``half_of`` in fit_stories.py). A logistic regression over the pair's log odds as they
are without an encoder and the contrast of the cosine; then one shift of the bias for the F1 of the half fitted on. Every set has the same
total weight, and in it every story. ``CACHE`` keeps the annotated reports and the vectors.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from fit_stories import bcubed, half_of
from increments import annotated

from stemma.records import Annotated
from stemma.semantic import Meaning, load_encoder, meaning
from stemma.semantic.encoder import Vectors
from stemma.story.candidates import candidate_pairs
from stemma.story.cluster import group_profiles, with_nearest
from stemma.story.features import profile
from stemma.story.pairs import best_of, compare, pile_of, with_contrast
from stemma.story.score import probability

RIDGE = 0.02  # against a total weight of 1,000 for the pairs
AGAINST = 4.0  # negatives weigh four times the positives in all: a false merge hurts more than a missed pair
SHIFTS = (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)
SETS = ("ecbplus", "giveme5w1h", "basil")
BIAS = 1  # the place of the bias, which alone may be below nothing: more in common never speaks against one story
NONE = {"log odds": 1.0, "bias": 0.0, "contrast": 0.0}


class Half(NamedTuple):
    """One pile with its vectors, the stories of its reports, and what the regression needs."""

    profiles: list
    stories: list[str]
    held: Meaning
    x: np.ndarray
    same: np.ndarray
    first: np.ndarray


class Kept:
    """An encoder that keeps its vectors in a file."""

    def __init__(self, name: str, file: Path | None) -> None:
        self.name, self.file = name, file
        self.vectors: dict[str, np.ndarray] = {}
        if file and file.exists():
            held = np.load(file, allow_pickle=True)
            self.vectors = dict(zip(held["u"].tolist(), held["v"], strict=True))
        self.languages: frozenset[str] | None = frozenset({"en"})

    def encode(self, texts: list[str]) -> Vectors:
        lacking = [text for text in texts if text not in self.vectors]
        if lacking:
            encoder = load_encoder(self.name)
            self.vectors.update(zip(lacking, encoder.encode(lacking), strict=True))
        return np.stack([self.vectors[text] for text in texts])


def main(name: str, cache: str | None = None) -> None:
    halves = {(s, h): half(s, h, name, cache) for s in SETS for h in (0, 1)}
    both = {s: half(s, None, name, cache) for s in SETS}
    print("| fitted on | set (other half) | without | with |\n| --- | --- | --- | --- |")
    for h in (0, 1):
        weights = fit([halves[s, h] for s in SETS])
        print(f"half {h}: {weights}", file=sys.stderr)
        for s in SETS:
            other = halves[s, 1 - h]
            print(f"| half {h} | {s} | {f1(other, NONE):.3f} | {f1(other, weights):.3f} |", flush=True)
    weights = fit(list(both.values()))
    for s in SETS:
        print(f"| all | {s}, all | {f1(both[s], NONE):.3f} | {f1(both[s], weights):.3f} |", flush=True)
    print("WEIGHTS =", json.dumps(weights))


def half(name: str, which: int | None, encoder: str, cache: str | None) -> Half:
    gold, pile = annotated(name, cache)
    chosen = [one for one in pile if which in (None, half_of(gold[one.report.id]))]
    held = vectors_of(chosen, encoder, Path(cache) / f"{name}.npz" if cache else None)
    profiles = [profile(one) for one in chosen]
    stories = [gold[one.report.id] for one in chosen]
    arrays = pile_of(profiles)
    first, second = with_nearest(candidate_pairs(arrays), held)
    features = compare(arrays, first, second)
    found = probability(with_contrast(features, best_of(len(arrays), features, first, second), first, second))
    told = held.told(first, second)
    first, second, found = first[told], second[told], found[told]
    odds = np.log(found) - np.log1p(-found)
    x = np.column_stack([odds, np.ones(len(odds)), held.contrast(first, second)])
    code = np.unique(stories, return_inverse=True)[1]
    return Half(profiles, stories, held, x, code[first] == code[second], first)


def vectors_of(pile: Sequence[Annotated], encoder: str, file: Path | None) -> Meaning:
    kept = Kept(encoder, file)
    return Meaning.of(pile, kept)


def fit(halves: Sequence[Half]) -> dict[str, float]:
    rows, labels, weights = [], [], []
    for one in halves:
        size = Counter(one.stories)
        of = np.array([size[s] for s in one.stories], dtype=float)[one.first]
        positive = float((1 / of[one.same]).sum()) or 1.0
        negative = int((~one.same).sum()) or 1
        rows.append(one.x)
        labels.append(one.same.astype(float))
        weights.append(np.where(one.same, 1 / of / positive, AGAINST / negative))
    w = np.concatenate(weights)
    x, y, w = np.concatenate(rows), np.concatenate(labels), w * 1000 / w.sum()
    kept = list(range(x.shape[1]))
    while (beta := _newton(x[:, kept], y, w))[[k for k, c in enumerate(kept) if c != BIAS]].min() < 0:
        kept.remove(min((value, c) for value, c in zip(beta.tolist(), kept, strict=True) if c != BIAS)[1])
    fitted = dict.fromkeys(NONE, 0.0) | {
        list(NONE)[c]: round(value, 2) for value, c in zip(beta.tolist(), kept, strict=True)
    }
    shifted = [fitted | {"bias": round(fitted["bias"] + shift, 2)} for shift in SHIFTS]
    return max(shifted, key=lambda weights: (np.mean([f1(one, weights) for one in halves]), -abs(weights["bias"])))


def _newton(x: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Ridge logistic regression."""
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


def f1(one: Half, weights: dict[str, float]) -> float:
    meaning.WEIGHTS.update(weights)
    held = None if weights == NONE else one.held
    return bcubed(one.stories, group_profiles(one.profiles, [], held))[2]


if __name__ == "__main__":
    main(*sys.argv[1:3])
