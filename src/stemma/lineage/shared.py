"""What two reports share, from their passages: the runs of equal words, how much of each text, how much of it speech."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct
from rapidfuzz.distance import Indel

from stemma.lineage.words import Words
from stemma.records import Passage

# Aligning n by m words costs about n * m / 64 steps; a longer passage is compared in pieces of this many words.
LONGEST_ALIGNMENT = 4000


class Run(NamedTuple):
    """``length`` equal words from word ``a`` of one report and word ``b`` of the other."""

    a: int
    b: int
    length: int


class Shared(Struct, frozen=True):
    """What two reports share; ``a`` < ``b`` are their ids.

    ``words``: equal words inside passages, the smaller count of the two sides; ``plain``: those outside quotation marks.
    ``of_a``, ``of_b``: the share of each text's words inside them. ``told_a``, ``told_b``: the share of each text's words
    inside translated passages, weighted by their similarity; ``told``: that many words, the smaller side.
    """

    a: str
    b: str
    runs: tuple[Run, ...]
    words: int
    plain: int
    of_a: float
    of_b: float
    told: float
    told_a: float
    told_b: float
    passages: tuple[Passage, ...]

    def share(self, report: str) -> float:
        """The share of ``report`` that the other one has too, in its words or in another language."""
        return min(1.0, self.of_a + self.told_a) if report == self.a else min(1.0, self.of_b + self.told_b)

    def other(self, report: str) -> str:
        """The other report of the pair."""
        return self.b if report == self.a else self.a

    def runs_of(self, report: str) -> list[tuple[int, int]]:
        """The runs as half-open word ranges of ``report``, sorted."""
        return sorted((r.a, r.a + r.length) if report == self.a else (r.b, r.b + r.length) for r in self.runs)


def share_pairs(words: Mapping[str, Words], passages: Iterable[Passage]) -> dict[tuple[str, str], Shared]:
    """What each pair of reports shares. Boilerplate does not count; passages with reports not in ``words`` neither."""
    pairs: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for passage in passages:
        a, b = passage.a.report, passage.b.report
        if passage.kind != "boilerplate" and a in words and b in words:
            pairs[a, b].append(passage)
    return {key: _share(words[key[0]], words[key[1]], found) for key, found in sorted(pairs.items())}


def _share(a: Words, b: Words, passages: Sequence[Passage]) -> Shared:
    runs = _runs(a, b, [p for p in passages if p.kind != "translated"])
    told_a, told_b = _told(a, b, [p for p in passages if p.kind == "translated"], runs)
    words = sum(run.length for run in runs)
    spoken = max(
        sum(sum(a.spoken[run.a : run.a + run.length]) for run in runs),
        sum(sum(b.spoken[run.b : run.b + run.length]) for run in runs),
    )
    return Shared(
        a=a.report,
        b=b.report,
        runs=tuple(runs),
        words=words,
        plain=words - spoken,
        of_a=words / max(1, len(a.starts)),
        of_b=words / max(1, len(b.starts)),
        told=min(told_a, told_b),
        told_a=told_a / max(1, len(a.starts)),
        told_b=told_b / max(1, len(b.starts)),
        passages=tuple(sorted(passages, key=lambda p: (p.a, p.b))),
    )


def _runs(a: Words, b: Words, passages: Sequence[Passage]) -> list[Run]:
    """Runs of equal words, each word of a report used once, long passages first."""
    used_a, used_b = bytearray(len(a.starts)), bytearray(len(b.starts))
    found: list[Run] = []
    for passage in sorted(passages, key=lambda p: (p.a.start - p.a.end, p.a, p.b)):
        for run in _equal(a, b, passage):
            for free in _free(run, used_a, used_b):
                used_a[free.a : free.a + free.length] = b"\1" * free.length
                used_b[free.b : free.b + free.length] = b"\1" * free.length
                found.append(free)
    return sorted(found)


def _equal(a: Words, b: Words, passage: Passage) -> list[Run]:
    first_a, last_a = a.range_of(passage.a.start, passage.a.end)
    first_b, last_b = b.range_of(passage.b.start, passage.b.end)
    found: list[Run] = []
    while first_a < last_a and first_b < last_b:
        piece_a = a.norms[first_a : min(last_a, first_a + LONGEST_ALIGNMENT)]
        piece_b = b.norms[first_b : min(last_b, first_b + LONGEST_ALIGNMENT)]
        if piece_a == piece_b:
            found.append(Run(first_a, first_b, len(piece_a)))
        else:
            found += [
                Run(first_a + op.src_start, first_b + op.dest_start, op.src_end - op.src_start)
                for op in Indel.opcodes(piece_a, piece_b)
                if op.tag == "equal"
            ]
        first_a, first_b = first_a + LONGEST_ALIGNMENT, first_b + LONGEST_ALIGNMENT
    return found


def _free(run: Run, used_a: bytearray, used_b: bytearray) -> list[Run]:
    """The stretches of a run whose words are not used yet on either side."""
    if not any(used_a[run.a : run.a + run.length]) and not any(used_b[run.b : run.b + run.length]):
        return [run]
    found: list[Run] = []
    start = None
    for i in range(run.length + 1):
        free = i < run.length and not used_a[run.a + i] and not used_b[run.b + i]
        if free and start is None:
            start = i
        elif not free and start is not None:
            found.append(Run(run.a + start, run.b + start, i - start))
            start = None
    return found


def _told(a: Words, b: Words, passages: Sequence[Passage], runs: Sequence[Run]) -> tuple[float, float]:
    """The words of each side inside translated passages and not inside runs, weighted by similarity."""
    in_runs = (
        {i for run in runs for i in range(run.a, run.a + run.length)},
        {i for run in runs for i in range(run.b, run.b + run.length)},
    )
    weights: tuple[dict[int, float], dict[int, float]] = ({}, {})
    for passage in passages:
        for side, (words, witness) in enumerate(((a, passage.a), (b, passage.b))):
            first, last = words.range_of(witness.start, witness.end)
            for i in range(first, last):
                if i not in in_runs[side]:
                    weights[side][i] = max(weights[side].get(i, 0.0), passage.similarity)
    return sum(weights[0].values()), sum(weights[1].values())
