"""Which pairs of reports are worth scoring: those that share rare terms. No n squared.

Every report looks up its rarest terms in an index whose postings are capped; partners are ranked by the rarity they share.
Small piles are compared pair by pair.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from stemma.story.features import Weighed

ALL_PAIRS_UP_TO = 300  # reports: below it every pair is scored (45,000 pairs, about a second)
TERMS = 30  # rarest terms of a report that look for partners
POSTINGS = 300  # reports a term may stand in and still find partners
PARTNERS = 40  # best partners kept for each report


def candidate_pairs(pile: Sequence[Weighed]) -> list[tuple[int, int]]:
    """Pairs (i, j), i < j, sorted."""
    if len(pile) <= ALL_PAIRS_UP_TO:
        return [(i, j) for i in range(len(pile)) for j in range(i + 1, len(pile))]
    pairs: set[tuple[int, int]] = set()
    for channel in ("words", "anchors"):
        pairs |= _sharing(pile, channel)
    return sorted(pairs)


def _sharing(pile: Sequence[Weighed], channel: str) -> set[tuple[int, int]]:
    postings: defaultdict[str, list[int]] = defaultdict(list)
    bags: list[dict[str, float]] = [getattr(one, channel) for one in pile]
    for number, bag in enumerate(bags):
        for term in bag:
            postings[term].append(number)
    pairs: set[tuple[int, int]] = set()
    for number, bag in enumerate(bags):
        shared: Counter[int] = Counter()
        for term, weight in sorted(bag.items(), key=lambda item: (-item[1], item[0]))[:TERMS]:
            if len(postings[term]) <= POSTINGS:
                for other in postings[term]:
                    shared[other] += weight * bags[other][term]  # type: ignore[assignment]
        del shared[number]
        best = sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:PARTNERS]
        pairs |= {(min(number, other), max(number, other)) for other, _ in best}
    return pairs
