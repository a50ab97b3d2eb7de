"""The stemma of many witnesses of one text, collated place by place: no times, no credits, only readings.

The same idea as for reports, where nothing but the wording speaks: a spanning tree over weighted differences. A reading
that one witness alone has counts half (it tells that this witness changed, not who belongs together), and so does one that is
spelt nearly as the other (copyists mend such slips on their own). A witness that belongs to one group in one part of the
text and to another in another part was copied from two exemplars: it is named as contaminated.

A lost copy with a single known descendant leaves no trace in the readings; ``Branch.confidence`` says how clearly a branch is
better than the next best, not that nothing was lost between its ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from msgspec import Struct
from rapidfuzz.distance import Indel

from stemma.lineage.forest import Tie, grow
from stemma.records import Confidence

# So many absent places in a row are a gap in the witness (lost leaves), not a variant each.
LACUNA = 8
SLIP, SINGLE = 0.5, 0.5
# Two readings this much alike (normalised Indel similarity) are two spellings.
ALIKE = 0.7
# A change of exemplar shows in one part against another: by this many weighted variants in parts of a quarter of the text.
# ABOUT: relatives this close to the nearest are as near.
PARTS, CHANGE, ABOUT = 4, 3.0, 1.0
CLEAR = 1.25

Reading = str | None
_Apart = dict[tuple[str, str], list[float | None]]


class Branch(Struct, frozen=True):
    """Two witnesses that hang together; ``changes``: weighted variants between them per thousand places."""

    a: str
    b: str
    changes: float
    confidence: Confidence


class Tradition(Struct, frozen=True):
    """The undirected tree, and the contaminated witnesses, each with the other one of its exemplars' groups."""

    branches: tuple[Branch, ...]
    contaminated: tuple[tuple[str, str], ...]


def collate_witnesses(witnesses: Mapping[str, Sequence[Reading]]) -> Tradition:
    """The tree of witnesses whose readings stand in equally many places (None: the witness has nothing there)."""
    names = sorted(witnesses)
    rows = {name: [None if r is None else r.casefold() for r in witnesses[name]] for name in names}
    places = max((len(row) for row in rows.values()), default=0)
    gaps = {name: _gaps(rows[name]) for name in names}
    counts = [Counter(rows[name][k] for name in names) for k in range(places)]
    size = -(-places // PARTS) or 1
    parts: dict[tuple[str, str], list[tuple[float, int]]] = {}
    for a, b in combinations(names, 2):
        found = [_differ(rows, gaps, counts, a, b, at, min(places, at + size)) for at in range(0, places, size)]
        parts[a, b] = parts[b, a] = found
    return Tradition(_branches(names, parts), _contaminated(names, _apart(parts)))


def _gaps(row: Sequence[Reading]) -> list[bool]:
    gap = [False] * len(row)
    start = 0
    for k in range(len(row) + 1):
        if k == len(row) or row[k] is not None:
            if k - start >= LACUNA:
                gap[start:k] = [True] * (k - start)
            start = k + 1
    return gap


def _differ(
    rows: Mapping[str, Sequence[Reading]],
    gaps: Mapping[str, Sequence[bool]],
    counts: Sequence[Counter[Reading]],
    a: str,
    b: str,
    start: int,
    end: int,
) -> tuple[float, int]:
    """Weighted differences, and the places that both have."""
    total, compared = 0.0, 0
    for k in range(start, end):
        if gaps[a][k] or gaps[b][k]:
            continue
        compared += 1
        one, two = rows[a][k], rows[b][k]
        if one != two:
            slip = one and two and Indel.normalized_similarity(one, two) >= ALIKE
            single = 1 in (counts[k][one], counts[k][two])
            total += (SLIP if slip else 1.0) * (SINGLE if single else 1.0)
    return total, compared


def _rate(parts: Sequence[tuple[float, int]]) -> float:
    return 1000 * sum(d for d, _ in parts) / max(1, sum(n for _, n in parts))


def _branches(names: Sequence[str], parts: Mapping[tuple[str, str], list[tuple[float, int]]]) -> tuple[Branch, ...]:
    rates = {pair: _rate(parts[pair]) for pair in combinations(names, 2)}
    forest = grow(Tie((round(rate, 6),), a, b, "either", 0.0) for (a, b), rate in rates.items())
    edges = sorted((min(e.parent, e.child), max(e.parent, e.child)) for e in forest.edges)
    found = []
    for a, b in edges:
        side = _side(a, (a, b), edges)
        across = [r for (x, y), r in rates.items() if (x in side) != (y in side) and (x, y) != (a, b)]
        clear = not across or min(across) >= CLEAR * rates[a, b]
        found.append(Branch(a, b, round(rates[a, b], 2), "likely" if clear else "unsure"))
    return tuple(found)


def _side(start: str, without: tuple[str, str], edges: Sequence[tuple[str, str]]) -> set[str]:
    """The witnesses on the side of ``start`` when a branch is cut."""
    side, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        for edge in edges:
            if edge != without and at in edge:
                other = edge[0] if edge[1] == at else edge[1]
                if other not in side:
                    side.add(other)
                    waiting.append(other)
    return side


def _contaminated(names: Sequence[str], parts: _Apart) -> tuple[tuple[str, str], ...]:
    """Witnesses whose nearest relatives in one part are far from them in another part, and the other way round; each with
    its nearest relative in the part that speaks for the second exemplar."""
    found: list[tuple[str, str]] = []
    left = list(names)
    while left:
        strength, other, name = max((*_change(name, left, parts), name) for name in left)
        if strength < CHANGE:
            break
        # The clearest one first: its own copies and sources seem to change sides with it.
        found.append((name, other))
        left.remove(name)
    return tuple(sorted(found))


def _change(name: str, names: Sequence[str], parts: _Apart) -> tuple[float, str]:
    """By how many variants the nearest relatives of one part fall back in another and the other way round, at most."""
    nearest = [_nearest(name, names, parts, k) for k in range(PARTS)]
    best = (0.0, "")
    for i, j in combinations(range(PARTS), 2):
        fallen = min(_fallen(name, nearest[i], names, parts, j), _fallen(name, nearest[j], names, parts, i))
        if nearest[j]:
            best = max(best, (fallen, nearest[j][0]))
    return best


def _apart(parts: Mapping[tuple[str, str], list[tuple[float, int]]]) -> _Apart:
    """The weighted variants of two witnesses part by part, None where one of them has hardly anything."""
    length = max((len(row) for row in parts.values()), default=0)
    whole = [max(row[k][1] for row in parts.values()) for k in range(length)]
    return {
        pair: [row[k][0] if k < length and row[k][1] >= whole[k] / 2 else None for k in range(length)]
        + [None] * (PARTS - length)
        for pair, row in parts.items()
    }


def _nearest(name: str, names: Sequence[str], parts: _Apart, k: int) -> list[str]:
    """The relatives within ABOUT variants of the nearest one in a part, the nearest first."""
    far = sorted((d, other) for other in names if other != name and (d := parts[name, other][k]) is not None)
    return [other for d, other in far if d <= far[0][0] + ABOUT]


def _fallen(
    name: str,
    others: Sequence[str],
    names: Sequence[str],
    parts: _Apart,
    k: int,
) -> float:
    """How much farther the nearest of the others is, in a part, than the nearest of all."""
    here = [d for other in names if other != name and (d := parts[name, other][k]) is not None]
    theirs = [d for other in others if (d := parts[name, other][k]) is not None]
    return min(theirs) - min(here) if here and theirs else 0.0
