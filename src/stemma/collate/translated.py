"""Translated passages: sentences aligned across languages, where they are dense, in one order and of like length.

Two reporters who saw the same event share names and numbers; a translator keeps the sentences. So a passage needs
neighbours: a chain of aligned sentences in (nearly) the same order, or one sentence that is surely the same inside two
reports that have been shown to go together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from stemma.collate.align import align, may_align
from stemma.records import Annotated, Passage, SentencePair, Witness

SAME = 0.5  # score from which a sentence pair says the same
STEP = 3  # sentences that a chain may skip or swap on either side
CHAIN = 3  # sentence pairs that make a passage by themselves
TOGETHER = 0.3  # share of the shorter report that is aligned, in order, from which two reports go together


def find_translated(members: Sequence[Annotated]) -> tuple[Passage, ...]:
    """The translated passages between the reports of one story, sorted."""
    ordered = sorted(members, key=lambda one: one.report.id)
    found = [
        passage
        for a, b in combinations(ordered, 2)
        if a.report.language and b.report.language and a.report.language != b.report.language
        for passage in _between(a, b)
    ]
    return tuple(sorted(found, key=lambda p: (p.a, p.b, p.kind)))


def _between(a: Annotated, b: Annotated) -> Iterator[Passage]:
    if not may_align(a, b):
        return
    pairs = [pair for pair in align(a, b) if pair.score >= SAME]
    chains = _chains(pairs)
    together = _go_together(a, b, chains)
    for chain in chains:
        if together or len(chain) >= CHAIN:
            yield _passage(a, b, chain)


def _go_together(a: Annotated, b: Annotated, chains: Sequence[Sequence[SentencePair]]) -> bool:
    """Whether enough of the shorter report lies in chains of two sentences or more."""
    left = {pair.a for chain in chains if len(chain) > 1 for pair in chain}
    right = {pair.b for chain in chains if len(chain) > 1 for pair in chain}
    return max(len(left) / len(a.sentences), len(right) / len(b.sentences)) >= TOGETHER


def _chains(pairs: Sequence[SentencePair]) -> list[list[SentencePair]]:
    """Aligned pairs whose sentences stand near each other on both sides, in the order of ``a``."""
    chains: list[list[SentencePair]] = []
    for pair in pairs:
        for chain in reversed(chains):
            last = chain[-1]
            if pair.a - last.a <= STEP and any(abs(pair.b - seen.b) <= STEP for seen in chain[-STEP:]):
                chain.append(pair)
                break
        else:
            chains.append([pair])
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
