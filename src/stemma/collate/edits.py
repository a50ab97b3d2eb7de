"""What was changed inside a passage: the aligned view of its two sides, for lineage, comparison and the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein

from stemma.collate.seeds import find_runs
from stemma.collate.words import Words, read_words
from stemma.records import Passage, Span

EditKind = Literal["replaced", "added", "dropped"]
KINDS: dict[str, EditKind] = {"replace": "replaced", "insert": "added", "delete": "dropped"}
TABLE = 4_000_000  # cells of the alignment of one gap; larger gaps are given as one replacement


class Edit(NamedTuple):
    """Words that differ. ``a`` and ``b`` are spans in the reports' texts; one is empty where words were added or dropped.

    ``kind`` tells the way from a to b: "added" words stand only in b, "dropped" ones only in a.
    """

    kind: EditKind
    a: Span
    b: Span


def edits(a_text: str, b_text: str, passage: Passage) -> tuple[Edit, ...]:
    """The edits of a passage in the order of its text; none for a verbatim one. Spaces and punctuation are no edits."""
    one, two = passage.a, passage.b
    words = read_words([a_text[one.start : one.end], b_text[two.start : two.end]])
    middle, end = int(words.first[1]), int(words.first[2])
    found: list[Edit] = []
    a, b = 0, middle
    for run_a, run_b, length in (*_ladder(words), (middle, end, 0)):
        found.extend(_gap(words, (a, run_a), (b, run_b), (one.start, two.start)))
        a, b = run_a + length, run_b + length
    return tuple(found)


def _ladder(words: Words) -> list[tuple[int, int, int]]:
    """The long shared runs that come in one order on both sides, the longest first where they cross."""
    runs = find_runs(words)
    rows = sorted(zip(runs.a.tolist(), runs.b.tolist(), runs.length.tolist(), strict=True), key=lambda r: (-r[2], r))
    kept: list[tuple[int, int, int]] = []
    for a, b, length in rows[:500]:
        if all((a + length <= x and b + length <= y) or (x + size <= a and y + size <= b) for x, y, size in kept):
            kept.append((a, b, length))
    return sorted(kept)


def _gap(words: Words, a: tuple[int, int], b: tuple[int, int], offsets: tuple[int, int]) -> Iterator[Edit]:
    """The edits between two places: words a[0]:a[1] against b[0]:b[1]."""
    left, right = words.hashes[a[0] : a[1]], words.hashes[b[0] : b[1]]
    if len(left) * len(right) > TABLE:
        yield Edit("replaced", _span(words, *a, offsets[0]), _span(words, *b, offsets[1]))
        return
    both, numbers = np.unique(np.concatenate([left, right]), return_inverse=True)
    del both
    for step in Levenshtein.opcodes(numbers[: len(left)].tolist(), numbers[len(left) :].tolist()):
        if step.tag != "equal":
            yield Edit(
                KINDS[step.tag],
                _span(words, a[0] + step.src_start, a[0] + step.src_end, offsets[0]),
                _span(words, b[0] + step.dest_start, b[0] + step.dest_end, offsets[1]),
            )


def _span(words: Words, first: int, last: int, offset: int) -> Span:
    """The code points of words first:last; an empty span behind the word before where there are none."""
    if first < last:
        return Span(offset + int(words.starts[first]), offset + int(words.ends[last - 1]))
    before = first - 1
    inside = before >= 0 and (words.first[1] <= before) == (words.first[1] <= first)
    place = offset + (int(words.ends[before]) if inside else 0)
    return Span(place, place)
