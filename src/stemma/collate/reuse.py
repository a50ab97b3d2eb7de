"""Verbatim and near passages by seed and extend, with exact offsets, over a whole pile.

``words`` makes arrays of the texts, ``seeds`` finds all maximal shared runs of words, ``boilerplate`` says which words
recur in unrelated reports; here the runs of each pair are cut where boilerplate begins, chained over small gaps and
written as passages. Method, figures and limits: docs/passages.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np

from stemma.collate.boilerplate import Bools, Source, boilerplate_words, outside_words
from stemma.collate.seeds import SEEN, Runs, find_runs
from stemma.collate.words import LETTER_WEIGHT, WORD_WEIGHT, Ints, Words, read_words
from stemma.records import Annotated, Passage, PassageKind, Witness

GAP = 12  # words on both sides that a passage may bridge: one edited clause
CHAINED = (
    16  # words in runs of SEEN or more, in one order: as good as one run of 12; chance makes one such run, not two
)
LARGE = 16_000_000  # code points, 8,000 reports of news: the kernels take a third of the time, to load them takes .6 s
RUNS_OF_A_PAIR = 2_000  # the longest are kept: bounds the work on texts that repeat one line endlessly


class Run(NamedTuple):
    """A run of one pair: places of the first words (over the pile) and the length, in words."""

    a: int
    b: int
    length: int


def find_passages(
    pile: Sequence[Annotated], shortest: int = 12, boilerplate: Sequence[Witness] = ()
) -> tuple[Passage, ...]:
    """All shared passages of the pile with exact offsets; an outlet's recurring lines are tagged boilerplate.

    A pair of reports counts when it has a run of ``shortest`` words (8 to ...; of letters in unspaced scripts five thirds
    as many) or several shorter ones in one order; then all its runs of 8 words or more are given. Between reports of
    different stories runs below 12 words are chance; within one story ask for ``shortest=8``. ``boilerplate`` are spans
    known to be boilerplate from a larger pile, where this one is a story of it. Passages are sorted. Piles above LARGE go
    through the compiled kernels where numba is installed: the same passages.
    """
    if not boilerplate and sum(len(one.report.text) for one in pile) >= LARGE:
        with suppress(ImportError, OSError):  # no numba, or no room for its scratch files: the reference needs neither
            from stemma.collate import kernels

            return kernels.find_passages(pile, shortest)
    ordered = sorted(pile, key=lambda one: one.report.id)
    words = read_words([one.report.text for one in ordered])
    runs = find_runs(words)
    if not len(runs.a):
        return ()
    found = _passages(ordered, words, runs, max(shortest, SEEN), boilerplate)
    return tuple(sorted(found, key=lambda p: (p.a, p.b, p.kind)))


def _passages(
    ordered: Sequence[Annotated], words: Words, runs: Runs, shortest: int, known: Sequence[Witness]
) -> Iterator[Passage]:
    sources = _sources(ordered)
    recurring = boilerplate_words(words, runs, sources, [one.report.text for one in ordered])
    outside = outside_words(words, sources)
    _mark(recurring, words, {one.report.id: number for number, one in enumerate(ordered)}, known)
    writer = _Writer([one.report.id for one in ordered], words)
    plain, tagged = _split(runs, recurring, outside)
    for left, right, run in tagged:
        if writer.weight(run.a, run.a + run.length) >= SEEN * WORD_WEIGHT:
            yield writer.write(left, right, [run], "boilerplate")
    for (left, right), rows in groupby(plain, key=lambda row: row[:2]):
        chains = _chains([run for *_, run in rows if writer.weight(run.a, run.a + run.length) >= SEEN * WORD_WEIGHT])
        if writer.enough(chains, shortest):
            for chain in chains:
                yield writer.write(left, right, chain, "verbatim" if len(chain) == 1 else "near")


def _sources(ordered: Sequence[Annotated]) -> list[Source]:
    outlets = sorted({one.report.outlet for one in ordered if one.report.outlet})
    number = {outlet: place for place, outlet in enumerate(outlets)}
    return [Source(number.get(one.report.outlet or "", -1), _own(one)) for one in ordered]


def _mark(recurring: Bools, words: Words, numbers: Mapping[str, int], known: Sequence[Witness]) -> None:
    """Set the words that lie in spans known to be boilerplate."""
    for witness in known:
        if witness.report in numbers:
            first, last = words.first[numbers[witness.report]], words.first[numbers[witness.report] + 1]
            begin = first + np.searchsorted(words.starts[first:last], witness.start)
            recurring[begin : first + np.searchsorted(words.starts[first:last], witness.end)] = True


def _own(one: Annotated) -> tuple[tuple[int, int], ...]:
    """The spans that are the report itself: its body and its title."""
    title = tuple((s.start, s.end) for s in one.sentences if s.part == "title")
    return (*((span.start, span.end) for span in one.report.body), *title) if one.report.body else ()


Row = tuple[int, int, Run]


def _split(runs: Runs, recurring: Bools, outside: Bools) -> tuple[list[Row], list[Row]]:
    """The runs cut where boilerplate begins or ends: (the report's own words, boilerplate), both sorted by pair.

    What recurs is boilerplate on either side; what the reader set apart only where he did so on both.
    """
    plain: list[Row] = []
    boilerplate: list[Row] = []
    marked = np.append(0, np.cumsum(recurring | outside))
    touched = (marked[runs.a + runs.length] - marked[runs.a] + marked[runs.b + runs.length] - marked[runs.b]) > 0
    columns = (runs.left.tolist(), runs.right.tolist(), runs.a.tolist(), runs.b.tolist(), runs.length.tolist())
    for left, right, a, b, length, cut in zip(*columns, touched.tolist(), strict=True):
        if not cut:
            plain.append((left, right, Run(a, b, length)))
            continue
        there = recurring[a : a + length] | recurring[b : b + length]
        there |= outside[a : a + length] & outside[b : b + length]
        for start, end, inside in _stretches(there):
            (boilerplate if inside else plain).append((left, right, Run(a + start, b + start, end - start)))
    return plain, boilerplate


def _stretches(mask: Bools) -> Iterator[tuple[int, int, bool]]:
    """Maximal stretches of one value: (start, end, value)."""
    edges = [0, *(np.flatnonzero(mask[1:] != mask[:-1]) + 1).tolist(), len(mask)]
    for start, end in pairwise(edges):
        yield start, end, bool(mask[start])


def _chains(runs: list[Run]) -> list[list[Run]]:
    """The runs of one pair as chains that bridge at most GAP words on both sides, in one order."""
    chains: list[list[Run]] = []
    for run in _without_echoes(runs):
        best, distance = None, 2 * GAP + 1
        for chain in chains[-8:]:  # runs come in the order of one text: a chain left eight runs ago is too far back
            clipped = _after(chain[-1], run)
            if clipped and (gap := _gap(chain[-1], clipped)) < distance:
                best, distance = (chain, clipped), gap
        if best:
            best[0].append(best[1])
        else:
            chains.append([run])
    return chains


def _after(last: Run, run: Run) -> Run | None:
    """The run without the words it shares with the end of ``last``, if it then follows within GAP words on both sides."""
    over = max(0, last.a + last.length - run.a, last.b + last.length - run.b)
    if over * 2 > run.length:
        return None
    run = Run(run.a + over, run.b + over, run.length - over)
    near = run.a - last.a - last.length <= GAP and run.b - last.b - last.length <= GAP
    return run if near else None


def _gap(last: Run, run: Run) -> int:
    return run.a - last.a + run.b - last.b - 2 * last.length


def _without_echoes(runs: list[Run]) -> list[Run]:
    """The runs, sorted by place, without those that lie inside a longer one on both sides (a phrase that a text repeats)."""
    kept: list[Run] = []
    longest = sorted(runs, key=lambda run: (-run.length, run))[:RUNS_OF_A_PAIR]
    for run in longest:
        if not any(
            k.a <= run.a
            and run.a + run.length <= k.a + k.length
            and any(m.b <= run.b and run.b + run.length <= m.b + m.length for m in kept[:64])
            for k in kept[:64]
        ):
            kept.append(run)
    return sorted(kept)


class _Writer:
    """Runs to passages."""

    def __init__(self, ids: Sequence[str], words: Words) -> None:
        self.ids = ids
        self.first = words.first.tolist()
        self.starts: Ints = words.starts
        self.ends: Ints = words.ends
        self.weights: Ints = np.append(0, np.cumsum(words.weights))

    def weight(self, start: int, end: int) -> int:
        """The weight of words start:end: WORD_WEIGHT for a word, LETTER_WEIGHT for a letter of an unspaced script."""
        return int(self.weights[end] - self.weights[start])

    def enough(self, chains: list[list[Run]], shortest: int) -> bool:
        """Whether these chains are more than chance: one run of ``shortest`` words, or CHAINED words in one order."""
        for chain in chains:
            weights = [self.weight(run.a, run.a + run.length) for run in chain]
            if max(weights) >= shortest * WORD_WEIGHT or (len(chain) > 1 and sum(weights) >= CHAINED * WORD_WEIGHT):
                return True
        return False

    def write(self, left: int, right: int, chain: list[Run], kind: PassageKind) -> Passage:
        """The chain as a passage. Similarity: twice the shared weight by the weight of both sides."""
        a, b, last = chain[0].a, chain[0].b, chain[-1]
        a_end, b_end = last.a + last.length, last.b + last.length
        same = sum(self.weight(run.a, run.a + run.length) for run in chain)
        return Passage(
            a=self._witness(left, a, a_end),
            b=self._witness(right, b, b_end),
            kind=kind,
            similarity=round(2 * same / (self.weight(a, a_end) + self.weight(b, b_end)), 4),
        )

    def _witness(self, text: int, start: int, end: int) -> Witness:
        return Witness(self.ids[text], int(self.starts[start]), int(self.ends[end - 1]))


__all__ = ["GAP", "LETTER_WEIGHT", "WORD_WEIGHT", "find_passages"]
