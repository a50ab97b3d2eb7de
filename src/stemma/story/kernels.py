"""What ``candidates`` and ``meeting`` do, compiled for large piles: the same partners and the same sums, to the last bit.

Weights are multiplied as float32 and added as float64 in the order of the terms, as numpy does it there.
"""

# compiled functions take what numba infers; the functions that others call are typed
# mypy: allow-untyped-defs, allow-untyped-calls, no-check-untyped-defs
from __future__ import annotations

from pathlib import Path

import numpy as np

from stemma.cache import content_of
from stemma.compiled import compiler

jit = compiler(content_of([Path(__file__)]))


@jit
def products(at, terms, table, pairs, chosen, out):
    """For each pair, over the terms that both hold: the sums of ``meeting.products``, added to the rows of ``out``.

    Report ``i`` holds ``terms[at[i]:at[i + 1]]``, ascending, with the weights in the rows of ``table``; ``chosen`` are the
    columns of ``table`` for the cosines, the sums and the ways.
    """
    first, second = pairs
    cosines, sums, ways = chosen
    ahead = len(cosines) + len(sums)
    for pair in range(len(first)):
        here, there = at[first[pair]], at[second[pair]]
        until, end = at[first[pair] + 1], at[second[pair] + 1]
        while here < until and there < end:
            own, other = terms[here], terms[there]
            if own == other:
                for k in range(len(cosines)):
                    out[k, pair] += table[here, cosines[k]] * table[there, cosines[k]]
                for k in range(len(sums)):
                    out[len(cosines) + k, pair] += table[there, sums[k]]
                for k in range(len(ways)):
                    out[ahead + 2 * k, pair] += table[there, ways[k]]
                    out[ahead + 2 * k + 1, pair] += table[here, ways[k]]
            here += own <= other  # sums, not branches, which a processor would guess wrong every other time
            there += other <= own


@jit
def partners(at, terms, weights, vocabulary, limits):
    """For each report those that share most with it over its heaviest terms, as rows of (report, partner).

    ``limits``: how many terms of a report look for partners, how many reports a term may stand in, how many partners are
    kept; of equals the first.
    """
    size = len(at) - 1
    own_terms, most_holders, most = limits
    starts, holders, held = _postings(at, terms, weights, vocabulary, most_holders)
    score, seen, others = np.zeros(size), np.zeros(size, np.bool_), np.empty(size, np.int64)
    heavy, heaviness = np.empty(own_terms, np.int64), np.empty(own_terms)
    best, value = np.empty(most, np.int64), np.empty(most)
    found = np.empty((size * most, 2), np.int64)
    count = 0
    for i in range(size):
        looking = 0
        for place in range(at[i], at[i + 1]):
            term = terms[place]
            if starts[term + 1] > starts[term]:
                looking = _insert(heavy, heaviness, looking, place, _rounded(weights[place], np.float32(1e6)))
        met = 0
        for k in range(looking):
            term, own = terms[heavy[k]], weights[heavy[k]]
            for place in range(starts[term], starts[term + 1]):
                other = holders[place]
                if not seen[other]:
                    seen[other] = True
                    others[met] = other
                    met += 1
                score[other] += own * held[place]
        kept = 0
        for k in range(met):
            other = others[k]
            if score[other] != 0.0 and other != i:
                kept = _insert(best, value, kept, other, _rounded(score[other], 1e6))
            score[other], seen[other] = 0.0, False
        for k in range(kept):
            found[count, 0], found[count, 1] = i, best[k]
            count += 1
    return found[:count]


@jit
def _postings(at, terms, weights, vocabulary, most):
    """For each term the reports that hold it, none where more than ``most`` do: where its stretch starts, the reports, their
    weights."""
    starts = np.zeros(vocabulary + 1, np.int64)
    for term in terms:
        starts[term + 1] += 1
    for term in range(vocabulary):
        if starts[term + 1] > most:
            starts[term + 1] = 0
        starts[term + 1] += starts[term]
    to = starts[:-1].copy()
    holders, held = np.empty(starts[-1], np.int32), np.empty(starts[-1], weights.dtype)
    for i in range(len(at) - 1):
        for place in range(at[i], at[i + 1]):
            term = terms[place]
            if starts[term + 1] > starts[term]:
                holders[to[term]], held[to[term]] = i, weights[place]
                to[term] += 1
    return starts, holders, held


@jit
def _rounded(value, million):
    """To six places, as numpy does it for numbers of the precision of ``million``."""
    return np.rint(value * million) / million


@jit
def _insert(numbers, values, count, number, value):
    """Puts a number into a list of those with the highest values, highest first, of equals the lowest number; gives its length."""
    to = count
    while to > 0 and (values[to - 1] < value or (values[to - 1] == value and numbers[to - 1] > number)):
        to -= 1
    if to == len(numbers):
        return count
    count = min(count + 1, len(numbers))
    for row in range(count - 1, to, -1):
        numbers[row], values[row] = numbers[row - 1], values[row - 1]
    numbers[to], values[to] = number, value
    return count
