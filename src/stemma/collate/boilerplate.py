"""Boilerplate: words that an outlet puts into many of its reports. They show nothing about who copied whom.

A stretch of a report is boilerplate when it recurs in reports that share nothing else with it:

- in two or more otherwise unrelated reports of the same outlet, wherever it stands, or in one, where it is the very end of
  both texts;
- at the foot or the head of three or more otherwise unrelated reports, or at the very end of two, whoever published them
  (the outlet may be unknown);
- or when the reader already set it apart from the body on both sides.

Reports that share much are one group here and count once, so that a report with thirty copies is not taken for a footer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from stemma.collate.seeds import Runs
from stemma.collate.words import Ints, Words

Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]

FOOT = 80  # words: sign-off, rights line and two promo lines fit in; never more than half of the text
TAIL = 120  # words: a footer under a brief of two sentences can be longer than the brief; then it must be the very end
OWN = 8  # words of its own that a text must have beside such a tail
SHARED_MUCH = 0.15  # of the shorter text: beyond it two texts are related, and what they share is no boilerplate
SHARED_LEAST, SHARED_MOST = 30, 120  # words: the bounds of that share; below 30 lie quotations and promo lines
SAME_OUTLET, ANYWHERE = 2, 3  # unrelated groups beside the report's own
AT_END = 3  # words that may follow a line that is "the very end"


class Source(NamedTuple):
    """What boilerplate needs to know of each text: the outlet's number (-1: unknown) and the spans that are its own."""

    outlet: int
    own: tuple[tuple[int, int], ...]


def boilerplate_words(words: Words, runs: Runs, sources: Sequence[Source]) -> Bools:
    """For each word of the pile whether it is boilerplate by recurrence."""
    outlet = np.array([source.outlet for source in sources], np.int64)
    count = np.diff(words.first)
    at_foot, at_end, at_head = _edges(words, runs)
    edge = at_foot | at_end | at_head
    group = _groups(runs, edge, count)
    apart = group[runs.left] != group[runs.right]
    same = apart & (outlet[runs.left] == outlet[runs.right]) & (outlet[runs.left] >= 0)
    ending = same & at_end
    total = len(words.hashes)
    zone: Bools = _coverage(runs.take(np.flatnonzero(same)), group, total) >= SAME_OUTLET
    zone |= _coverage(runs.take(np.flatnonzero(apart & edge)), group, total) >= ANYWHERE
    zone |= _coverage(runs.take(np.flatnonzero(apart & at_end)), group, total) >= SAME_OUTLET
    zone |= _coverage(runs.take(np.flatnonzero(ending)), group, total) >= 1
    return zone


def outside_words(words: Words, sources: Sequence[Source]) -> Bools:
    """For each word of the pile whether the reader set it apart from the report (links, rights lines ...)."""
    outside = np.zeros(len(words.hashes), bool)
    for number, source in enumerate(sources):
        if source.own:
            first, last = int(words.first[number]), int(words.first[number + 1])
            spans = np.array(sorted(source.own))
            at = np.searchsorted(spans[:, 0], words.starts[first:last], side="right") - 1
            outside[first:last] = (at < 0) | (spans[at, 1] <= words.starts[first:last])
    return outside


def _edges(words: Words, runs: Runs) -> tuple[Bools, Bools, Bools]:
    """Whether each run lies in the foot of both texts, is the very end of both, lies in the head of both."""
    foot = np.minimum(FOOT, np.diff(words.first) // 2)
    short = runs.length <= TAIL
    at_foot, at_end, at_head = np.ones_like(short), short, np.ones_like(short)
    for text, start in ((runs.left, runs.a), (runs.right, runs.b)):
        before = start - words.first[text]
        behind = words.first[text + 1] - start - runs.length
        at_foot = at_foot & (behind + runs.length <= foot[text])
        at_end = at_end & (behind <= AT_END) & (before >= OWN)
        at_head = at_head & (before + runs.length <= foot[text])
    return at_foot, at_end, at_head


def _groups(runs: Runs, edge: Bools, count: Ints) -> Ints:
    """A number per text; texts that share much outside their feet and heads have the same."""
    inner = runs.take(np.flatnonzero(~edge))
    parent = list(range(len(count)))
    if len(inner.a):
        pair = inner.left * len(count) + inner.right
        begin = np.flatnonzero(np.append(True, pair[1:] != pair[:-1]))
        shared = np.add.reduceat(inner.length, begin)
        left, right = inner.left[begin], inner.right[begin]
        limit = np.clip(SHARED_MUCH * np.minimum(count[left], count[right]), SHARED_LEAST, SHARED_MOST)
        much = shared >= limit
        for x, y in zip(left[much].tolist(), right[much].tolist(), strict=True):
            parent[max(_top(parent, x), _top(parent, y))] = min(_top(parent, x), _top(parent, y))
    return np.array([_top(parent, x) for x in range(len(count))], np.int64)


def _top(parent: list[int], x: int) -> int:
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x


def _coverage(runs: Runs, group: Ints, total: int) -> Ints:
    """For each word, with how many other groups its text shares it in these runs."""
    text = np.concatenate([runs.left, runs.right])
    other = np.concatenate([group[runs.right], group[runs.left]])
    start = np.concatenate([runs.a, runs.b])
    end = start + np.concatenate([runs.length, runs.length])
    steps = np.zeros(total + 1, np.int64)
    if len(text):
        order = np.lexsort((start, other, text))
        text, other, start, end = text[order], other[order], start[order], end[order]
        new = np.ones(len(text), bool)
        new[1:] = (text[1:] != text[:-1]) | (other[1:] != other[:-1])
        # the furthest end so far within each (text, group): lifting each group above the one before keeps one accumulate
        lift = np.cumsum(new) * (total + 1)
        furthest = np.maximum.accumulate(end + lift) - lift
        before = np.where(new, 0, np.append(0, furthest[:-1]))
        begin = np.maximum(start, before)
        real = begin < end
        np.add.at(steps, begin[real], 1)
        np.add.at(steps, end[real], -1)
    return np.cumsum(steps)[:total]
