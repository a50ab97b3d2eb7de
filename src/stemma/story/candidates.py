"""Which pairs of reports are worth scoring: those that share rare terms. No n squared.

Every report looks up its rarest terms in an index whose postings are capped; partners are ranked by the rarity they share.
Small piles are compared pair by pair.
"""

from __future__ import annotations

import numpy as np

from stemma.story.channels import Channel, Floats
from stemma.story.meeting import kernels_for, side_by_side
from stemma.story.pairs import Pile
from stemma.story.profiles import Ints

ALL_PAIRS_UP_TO = 300  # reports: below it every pair is scored (45,000 pairs, about a second)
TERMS = 20  # terms of a report, those of the largest weight, that look for partners
POSTINGS = 200  # reports a term may stand in and still find partners
# best partners kept for each report and channel; with 30, 300 and 30 the same figures on dev, at twice the time
PARTNERS = 12


def candidate_pairs(pile: Pile) -> tuple[Ints, Ints]:
    """Pairs as two columns, first < second, sorted."""
    size = len(pile)
    if size <= ALL_PAIRS_UP_TO:
        first, second = np.triu_indices(size, k=1)
        return first.astype(np.int64), second.astype(np.int64)
    found = side_by_side(
        size, lambda: _sharing(size, pile.words, "words"), lambda: _sharing(size, pile.anchors, "anchors")
    )
    together = _once(np.concatenate(found))
    return together // size, together % size


def _once(numbers: Ints) -> Ints:
    """The numbers in ascending order, each once."""
    ordered = np.sort(numbers)
    return ordered[np.diff(ordered, prepend=-1) > 0]


def _sharing(size: int, channel: Channel, column: str) -> Ints:
    """The pairs of one channel, each as ``first * size + second``."""
    weights = channel[column]
    kernels = kernels_for(size)
    if kernels:
        limits = (TERMS, POSTINGS, PARTNERS)
        rows = kernels.partners(channel.at, channel.terms, weights, len(channel.rarity), limits)
        return _once(rows.min(axis=1) * size + rows.max(axis=1))
    starts, holders, held = _postings(size, channel, weights)
    standing = np.diff(starts)
    at, heavy = _heaviest(size, channel, weights, standing <= POSTINGS)
    found: list[Ints] = [np.zeros(0, dtype=np.int64)]
    for i in range(size):
        own = heavy[at[i] : at[i + 1]]
        terms, length = channel.terms[own], standing[channel.terms[own]]
        ends = np.cumsum(length)
        place = np.arange(int(length.sum())) + np.repeat(starts[terms] - (ends - length), length)
        others, number = np.unique(holders[place], return_inverse=True)
        shared = np.repeat(weights[own], length) * held[place]
        score: Floats = np.asarray(np.bincount(number, weights=shared), dtype=np.float64)
        best = others[_best(np.where(others == i, 0.0, score))].astype(np.int64)
        found.append(np.minimum(best, i) * size + np.maximum(best, i))
    return _once(np.concatenate(found))


def _best(score: Floats) -> Ints:
    """The places of the highest scores above nothing; of equal ones the first."""
    others = np.flatnonzero(score)
    if len(others) > PARTNERS:
        values = np.round(score[others], 6)
        edge = np.partition(values, -PARTNERS)[-PARTNERS]
        above, level = others[values > edge], others[values == edge]
        others = np.concatenate([above, level[: PARTNERS - len(above)]])
    return others


def _postings(size: int, channel: Channel, weights: np.ndarray) -> tuple[Ints, np.ndarray, np.ndarray]:
    """For each term the reports that hold it: where its stretch starts, the reports, their weights."""
    owner = np.repeat(np.arange(size, dtype=np.int32), np.diff(channel.at))
    order = np.argsort(channel.terms, kind="stable")
    starts = np.searchsorted(channel.terms[order], np.arange(len(channel.rarity) + 1))
    return starts.astype(np.int64), owner[order], weights[order]


def _heaviest(size: int, channel: Channel, weights: np.ndarray, allowed: np.ndarray) -> tuple[Ints, Ints]:
    """For each report the places of its heaviest terms among those allowed, and where each report's begin."""
    owner = np.repeat(np.arange(size, dtype=np.int64), np.diff(channel.at))
    places = np.flatnonzero(allowed[channel.terms])
    order = np.lexsort((channel.terms[places], -np.round(weights[places], 6), owner[places]))
    places, owner = places[order], owner[places[order]]
    begin = np.searchsorted(owner, np.arange(size + 1))
    rank = np.arange(len(places)) - begin[owner]
    kept = rank < TERMS
    places, owner = places[kept], owner[kept]
    return np.searchsorted(owner, np.arange(size + 1)).astype(np.int64), places
