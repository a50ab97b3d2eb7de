"""The rules of collation that a reason can name, and that can be replayed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from rapidfuzz.distance import LCSseq

from stemma.collate.align import align
from stemma.collate.words import read_words
from stemma.language import annotate
from stemma.reasons import rule
from stemma.records import Annotated, Report, SentencePair, Witness

LONGEST = 20_000  # words of a side that are compared; a passage longer than a book chapter is judged by its beginning


@rule("shared passage")
def shared_passage(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """The two reports have these words in common.

    The share of words in one order on both sides: 1.0 for the same words, whatever the punctuation and case.
    """
    a, b = spans[:2]
    words = read_words([reports[w.report].text[w.start : w.end] for w in (a, b)])
    _, numbers = np.unique(words.hashes, return_inverse=True)
    middle = int(words.first[1])
    left, right = numbers[:middle][:LONGEST].tolist(), numbers[middle:][:LONGEST].tolist()
    return 2 * LCSseq.similarity(left, right) / max(1, len(left) + len(right))


@rule("aligned sentence pair")
def aligned_sentence_pair(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """The two sentences say the same: shared names, numbers, dates and words, in the same order as their neighbours.

    The score of ``collate.align`` for the two sentences, 0 where it does not pair them.
    """
    a, b = spans[:2]
    one, two, pairs = _aligned(reports[a.report], reports[b.report])
    return max((p.score for p in pairs if _covers(one, p.a, a) and _covers(two, p.b, b)), default=0.0)


@rule("translated passage")
def translated_passage(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """One passage is a translation of the other: sentence by sentence, in the same order.

    The mean score of the sentence pairs inside both spans.
    """
    a, b = spans[:2]
    one, two, pairs = _aligned(reports[a.report], reports[b.report])
    inside = [p.score for p in pairs if _within(one, p.a, a) and _within(two, p.b, b)]
    return sum(inside) / len(inside) if inside else 0.0


_READ: dict[str, tuple[Report, Annotated]] = {}


def _annotated(report: Report) -> Annotated:
    kept = _READ.get(report.id)
    if kept and kept[0] is report:
        return kept[1]
    if len(_READ) >= 64:
        _READ.clear()
    annotated = annotate(report)
    _READ[report.id] = (report, annotated)
    return annotated


def _aligned(a: Report, b: Report) -> tuple[Annotated, Annotated, tuple[SentencePair, ...]]:
    """Both reports read, and their aligned sentences. The alignment is symmetric, so the order of the spans is free."""
    one, two = _annotated(a), _annotated(b)
    return one, two, align(one, two)


def _covers(one: Annotated, sentence: int, span: Witness) -> bool:
    """Whether the span lies in the sentence, or the sentence in the span."""
    s = one.sentences[sentence]
    return (s.start <= span.start and span.end <= s.end) or (span.start <= s.start and s.end <= span.end)


def _within(one: Annotated, sentence: int, span: Witness) -> bool:
    s = one.sentences[sentence]
    return span.start <= s.start and s.end <= span.end
