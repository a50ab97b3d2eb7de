"""The vectors of a pile: further candidate pairs, and one more column of evidence for a pair."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stemma.records import Annotated
from stemma.semantic.encoder import Encoder, Vectors

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

READ = 1_000  # code points of a report that are encoded, from its title on: about what 256 tokens hold
NEAREST = 10  # candidates of each report
BLOCK = 512  # reports multiplied at once: bounds the memory to BLOCK x n numbers
DIGITS = 4  # of a cosine: what lies below differs between batches and machines

# How a pair's log odds are moved: the sum of these terms. Fitted by eval/fit_encoder.py (docs/encoder.md has the run); the
# cosine itself was a column too and got no weight in any fit.
WEIGHTS = {"log odds": 0.77, "bias": -3.24, "contrast": 4.47}


def said(one: Annotated) -> str:
    """What of a report is encoded: its title and the beginning of its text."""
    report = one.report
    start = one.sentences[0].start if one.sentences else 0
    held = any(sentence.part == "title" for sentence in one.sentences)
    title = "" if held or not report.title else report.title + "\n"
    return title + report.text[start : start + READ]


class Meaning:
    """The vectors of a pile's reports, by place. Reports in languages that the encoder does not know have none."""

    def __init__(self, vectors: Vectors, known: NDArray[np.bool_], languages: Sequence[str | None]) -> None:
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        self.vectors: Vectors = (vectors / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)
        self.known = known
        tags = {tag: k for k, tag in enumerate(sorted({tag for tag in languages if tag}))}
        self.languages = np.array([tags.get(tag or "", -1) for tag in languages], dtype=np.int64)
        self.nearest, self.best = self._search()

    @classmethod
    def of(cls, pile: Sequence[Annotated], encoder: Encoder) -> Meaning:
        """Encode the reports of a pile, in the order of the pile; each text once."""
        tags = [one.report.language for one in pile]
        known = np.array([encoder.languages is None or tag in encoder.languages for tag in tags], dtype=np.bool_)
        texts = [said(one) if knows else "" for one, knows in zip(pile, known.tolist(), strict=True)]
        unique = sorted(set(texts) - {""})
        found = encoder.encode(unique) if unique else np.zeros((0, 1), dtype=np.float32)
        vectors = np.concatenate([np.zeros((1, found.shape[1]), dtype=np.float32), found])
        row = {text: k + 1 for k, text in enumerate(unique)}
        return cls(vectors[[row.get(text, 0) for text in texts]], known, tags)

    def _search(self) -> tuple[tuple[Ints, Ints], Floats]:
        """The pairs of each report with those nearest to it, and its best cosine, within one language."""
        size = len(self.vectors)
        best = np.zeros(size)
        found = [np.zeros(0, dtype=np.int64)]
        for start in range(0, size, BLOCK):
            rows = np.arange(start, min(size, start + BLOCK))
            cosines = np.round(self.vectors[rows] @ self.vectors.T, DIGITS).astype(np.float64)
            cosines[self.languages[rows][:, None] != self.languages[None, :]] = 0.0
            cosines[~self.known[rows], :] = 0.0
            cosines[np.arange(len(rows)), rows] = 0.0
            best[rows] = cosines.max(axis=1, initial=0.0)
            most = min(NEAREST, size - 1)
            order = np.argpartition(-cosines, most, axis=1)[:, :most] if most > 0 else np.zeros((len(rows), 0), int)
            near = np.take_along_axis(cosines, order, axis=1) > 0
            one, two = np.repeat(rows, order.shape[1])[near.ravel()], order.ravel()[near.ravel()]
            found.append(np.minimum(one, two) * size + np.maximum(one, two))
        pairs = np.unique(np.concatenate(found))
        return (pairs // max(1, size), pairs % max(1, size)), best

    def cosines(self, first: Ints, second: Ints) -> Floats:
        """Of pairs within one language that the encoder knows; 0 for others."""
        out = np.zeros(len(first))
        told = self.told(first, second)
        products = np.einsum("ij,ij->i", self.vectors[first[told]], self.vectors[second[told]])
        out[told] = np.round(products, DIGITS)
        return out

    def told(self, first: Ints, second: Ints) -> NDArray[np.bool_]:
        """Which pairs the column says something of."""
        told: NDArray[np.bool_] = (
            self.known[first] & self.known[second] & (self.languages[first] == self.languages[second])
        )
        return told

    def contrast(self, first: Ints, second: Ints) -> Floats:
        """The cosine as a share of the best that either report reaches."""
        among = np.sqrt(self.best[first] * self.best[second])
        return self.cosines(first, second) / np.where(among > 0, among, 1.0)

    def moved(self, probability: Floats, first: Ints, second: Ints) -> Floats:
        """The probabilities of pairs with the column weighed in."""
        odds = np.log(probability) - np.log1p(-probability)
        contrast = self.contrast(first, second)
        shifted = WEIGHTS["log odds"] * odds + WEIGHTS["bias"] + WEIGHTS["contrast"] * contrast
        moved = 1.0 / (1.0 + np.exp(-np.clip(shifted, -30, 30)))
        return np.where(self.told(first, second), moved, probability)
