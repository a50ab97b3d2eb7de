"""Translated passages: sentences aligned across languages, where they are dense, in one order and of like length.

Two reporters who saw the same event share names and numbers; a translator keeps the sentences. So a passage needs
neighbours: a chain of aligned sentences in (nearly) the same order, or one sentence that is surely the same inside two
reports that have been shown to go together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np

from stemma.collate.align import align, keys_of, may_align
from stemma.records import Annotated, Passage, SentencePair, Witness

SAME = 0.5  # score from which a sentence pair says the same
SURELY = 0.8  # score from which it counts for the two reports going together
STEP = 2  # sentences that a chain may skip or swap on either side
CHAIN = 3  # sure sentence pairs in a row that make a passage by themselves: a block of quotations taken over
TOGETHER = (
    0.3  # share of the shorter report's sentences behind its lead that are surely aligned from which two reports go
)
# together; independent reports of one event had up to .25 (its background), translations and rewrites .4 and more
AT_LEAST, BRIEF = 3, 5  # such sentences at least; one fewer where fewer than five sentences follow the lead
SMALL, PARTNERS = 60, 30  # reports of a story compared all with all (1,770 pairs, a second); partners beyond that
IN_ORDER = 0.6  # of all pairs of aligned pairs, the share in one order less the share in the other


def find_translated(members: Sequence[Annotated]) -> tuple[Passage, ...]:
    """The translated passages between the reports of one story, sorted."""
    ordered = sorted(members, key=lambda one: one.report.id)
    found = [passage for i, j in _candidates(ordered) for passage in _between(ordered[i], ordered[j])]
    return tuple(sorted(found, key=lambda p: (p.a, p.b, p.kind)))


def _candidates(ordered: Sequence[Annotated]) -> Iterator[tuple[int, int]]:
    """Pairs in two languages: all of a small story, in a large one for each report the PARTNERS that share most with it."""
    tongues = [one.report.language for one in ordered]
    if len(ordered) <= SMALL:
        pairs: Iterable[tuple[int, int]] = combinations(range(len(ordered)), 2)
    else:
        pairs = _closest(ordered, tongues)
    for i, j in pairs:
        if tongues[i] and tongues[j] and tongues[i] != tongues[j]:
            yield i, j


def _closest(ordered: Sequence[Annotated], tongues: Sequence[str | None]) -> list[tuple[int, int]]:
    """For each report those in another language with which it shares most rare keys. Linear in the size of the story."""
    holders: dict[str, list[int]] = {}
    for number, one in enumerate(ordered):
        for key in keys_of(one):
            holders.setdefault(key, []).append(number)
    shared: list[Counter[int]] = [Counter() for _ in ordered]
    for held in holders.values():
        if 1 < len(held) <= SMALL:
            for i, j in combinations(held, 2):
                if tongues[i] != tongues[j]:
                    shared[i][j] += 1
                    shared[j][i] += 1
    best = {
        (min(i, j), max(i, j))
        for i, counts in enumerate(shared)
        for j, _ in sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:PARTNERS]
    }
    return sorted(best)


def _between(a: Annotated, b: Annotated) -> Iterator[Passage]:
    if not may_align(a, b):
        return
    pairs = [pair for pair in align(a, b) if pair.score >= SAME]
    sure = _behind_leads(a, b, [pair for pair in pairs if pair.score >= SURELY])
    rest = min(len(a.sentences) - _lead(a), len(b.sentences) - _lead(b)) - 1
    least = max(AT_LEAST - (rest < BRIEF), TOGETHER * rest)
    together = _width(sure) >= least and _order(sure) >= IN_ORDER
    surely = set(sure)
    for chain in _chains(pairs):
        if together or _width([pair for pair in chain if pair in surely]) >= CHAIN:
            yield _passage(a, b, chain)


def _behind_leads(a: Annotated, b: Annotated, pairs: Sequence[SentencePair]) -> list[SentencePair]:
    """Without titles and first sentences: who met whom where stands on top of every report of an event."""
    return [pair for pair in pairs if pair.a > _lead(a) and pair.b > _lead(b)]


def _lead(one: Annotated) -> int:
    """The number of the first sentence of the body."""
    return next((number for number, s in enumerate(one.sentences) if s.part == "body"), 0)


def _width(pairs: Sequence[SentencePair]) -> int:
    """How many sentences are aligned, on the side that has fewer."""
    return min(len({pair.a for pair in pairs}), len({pair.b for pair in pairs}))


def _order(pairs: Sequence[SentencePair]) -> float:
    """1 where all come in the order of both reports, 0 where order is chance, -1 where it is turned round."""
    a, b = (np.array(side) for side in ([pair.a for pair in pairs], [pair.b for pair in pairs]))
    agree = np.sign(a[:, None] - a[None, :]) * np.sign(b[:, None] - b[None, :])
    apart = np.count_nonzero(agree)
    return int(agree.sum()) / apart if apart else 0.0


def _chains(pairs: Sequence[SentencePair]) -> list[list[SentencePair]]:
    """Aligned pairs whose sentences stand near each other on both sides, in the order of ``a``."""
    chains: list[list[SentencePair]] = []
    near: list[list[SentencePair]] = []  # those that a later pair can go on, as pairs come in the order of ``a``
    for pair in pairs:
        near = [chain for chain in near if pair.a - chain[-1].a <= STEP]
        for chain in reversed(near):
            if any(abs(pair.b - seen.b) <= STEP for seen in chain[-STEP:]):
                chain.append(pair)
                break
        else:
            chains.append([pair])
            near.append(chains[-1])
    return chains


def _passage(a: Annotated, b: Annotated, chain: Sequence[SentencePair]) -> Passage:
    """The chain as one passage; its similarity is the mean score of its pairs."""
    return Passage(
        a=_witness(a, [pair.a for pair in chain]),
        b=_witness(b, [pair.b for pair in chain]),
        kind="translated",
        similarity=round(sum(pair.score for pair in chain) / len(chain), 4),
    )


def _witness(one: Annotated, sentences: Sequence[int]) -> Witness:
    start = min(one.sentences[number].start for number in sentences)
    return Witness(one.report.id, start, max(one.sentences[number].end for number in sentences))
