"""What ``candidates`` and ``pairs`` do for large piles, compiled: the same partners and the same meetings of terms.

Only which reports and which terms meet is found here; what it is worth is counted by the same lines as in small piles.
"""

# compiled functions take what numba infers; the functions that others call are typed
# mypy: allow-untyped-defs, allow-untyped-calls, no-check-untyped-defs
from __future__ import annotations

from pathlib import Path

import numpy as np

from stemma.compiled import compiler, content_of

jit = compiler(content_of([Path(__file__)]))


@jit
def meetings(at, terms, vocabulary, first, second):
    """For each pair the places of the terms that both hold: in the first's, in the second's, and the pair, by pair and term.

    Report ``i`` holds ``terms[at[i]:at[i + 1]]``, ascending numbers below ``vocabulary``.
    """
    most = 0
    for pair in range(len(first)):
        i, j = first[pair], second[pair]
        most += min(at[i + 1] - at[i], at[j + 1] - at[j])
    here, there, met = np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.int64)
    place_of = np.full(vocabulary, -1, np.int64)
    count = 0
    last = -1
    for pair in range(len(first)):
        i, j = first[pair], second[pair]
        if i != last:
            if last >= 0:
                for place in range(at[last], at[last + 1]):
                    place_of[terms[place]] = -1
            for place in range(at[i], at[i + 1]):
                place_of[terms[place]] = place
            last = i
        for place in range(at[j], at[j + 1]):
            own = place_of[terms[place]]
            if own >= 0:
                here[count], there[count], met[count] = own, place, pair
                count += 1
    return here[:count], there[:count], met[:count]


@jit
def partners(at, heavy, terms, weights, starts, holders, held, most):
    """For each report the reports that share most with it over its heavy terms, as rows of (report, partner); ``most`` of
    them, of equals the first.

    Report ``i`` looks for partners with the places ``heavy[at[i]:at[i + 1]]`` of ``terms`` and ``weights``; a term stands in
    the reports ``holders[starts[term]:starts[term + 1]]`` with the weights ``held``.
    """
    size = len(at) - 1
    score = np.zeros(size)
    seen = np.zeros(size, np.bool_)
    others = np.empty(size, np.int64)
    best = np.empty(most, np.int64)
    values = np.empty(most)
    found = np.empty((size * most, 2), np.int64)
    count = 0
    for i in range(size):
        met = 0
        for k in range(at[i], at[i + 1]):
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
            value = np.rint(score[other] * 1e6) / 1e6
            present = score[other] != 0.0 and other != i
            score[other], seen[other] = 0.0, False
            if not present:
                continue
            to = kept
            while to > 0 and (values[to - 1] < value or (values[to - 1] == value and best[to - 1] > other)):
                to -= 1
            if to == most:
                continue
            kept = min(kept + 1, most)
            for row in range(kept - 1, to, -1):
                best[row], values[row] = best[row - 1], values[row - 1]
            best[to], values[to] = other, value
        for k in range(kept):
            found[count, 0], found[count, 1] = i, best[k]
            count += 1
    return found[:count]
