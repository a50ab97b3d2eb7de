"""Which pairs of reports are worth scoring: those that share rare terms. No n squared.

Every report looks up its rarest terms in an index whose postings are capped; partners are ranked by the rarity they share.
Small piles are compared pair by pair.
"""

from __future__ import annotations

import numpy as np

from stemma.story.pairs import Channel, Ints, Pile

ALL_PAIRS_UP_TO = 300  # reports: below it every pair is scored (45,000 pairs, about a second)
TERMS = 30  # terms of a report, those of the largest weight, that look for partners
POSTINGS = 300  # reports a term may stand in and still find partners
PARTNERS = 40  # best partners kept for each report and channel


def candidate_pairs(pile: Pile) -> tuple[Ints, Ints]:
    """Pairs as two columns, first < second, sorted."""
    size = len(pile)
    if size <= ALL_PAIRS_UP_TO:
        first, second = np.triu_indices(size, k=1)
        return first.astype(np.int64), second.astype(np.int64)
    found = np.unique(np.concatenate([_sharing(size, pile.words), _sharing(size, pile.anchors)]))
    return found // size, found % size


def _sharing(size: int, channel: Channel) -> Ints:
    """The pairs of one channel, each as ``first * size + second``."""
    starts, holders, weights = _postings(size, channel)
    heavy = _heaviest(size, channel, np.diff(starts) <= POSTINGS)
    found: list[Ints] = []
    for i in range(size):
        own = heavy[i]
        if not len(own):
            continue
        terms = channel.terms[own]
        lengths = starts[terms + 1] - starts[terms]
        ends = np.cumsum(lengths)
        place = np.arange(int(ends[-1])) + np.repeat(starts[terms] - (ends - lengths), lengths)
        others, inverse = np.unique(holders[place], return_inverse=True)
        score = np.bincount(inverse, weights=np.repeat(channel.weights[own], lengths) * weights[place])
        score[others == i] = -1.0
        best = others[np.lexsort((others, -np.round(score, 12)))[:PARTNERS]]
        best = best[best != i]
        found.append(np.minimum(best, i) * size + np.maximum(best, i))
    return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)


def _postings(size: int, channel: Channel) -> tuple[Ints, Ints, np.ndarray]:
    """For each term the reports that hold it: where its stretch starts, the reports, their weights."""
    owner = np.repeat(np.arange(size, dtype=np.int64), np.diff(channel.at))
    order = np.argsort(channel.terms, kind="stable")
    starts = np.searchsorted(channel.terms[order], np.arange(len(channel.names) + 1))
    return starts.astype(np.int64), owner[order], channel.weights[order]


def _heaviest(size: int, channel: Channel, allowed: np.ndarray) -> list[Ints]:
    """For each report the places of its heaviest terms among those allowed."""
    found = []
    for i in range(size):
        own = channel.of(i)
        places = np.arange(own.start, own.stop, dtype=np.int64)[allowed[channel.terms[own]]]
        order = np.lexsort((channel.terms[places], -np.round(channel.weights[places], 12)))
        found.append(places[order[:TERMS]])
    return found
