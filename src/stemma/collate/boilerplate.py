"""Boilerplate: words that an outlet puts into many of its reports. They show nothing about who copied whom.

A stretch of a report is boilerplate when it recurs in reports that share nothing else with it:

- in two or more otherwise unrelated reports of the same outlet, wherever it stands, or in one, where it is the very end of
  both texts;
- at the foot or the head of three or more otherwise unrelated reports, or at the very end of two, whoever published them
  (the outlet may be unknown);
- or when the reader already set it apart from the body on both sides.

Reports that share much text, or many of the rarer words beside the stretch itself, are one group here and count once: so
neither a report with thirty copies nor a quotation that closes ten reports of one event is taken for a footer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from stemma.collate.seeds import Runs
from stemma.collate.words import LETTER_WEIGHT, Ints, Words

Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]

FOOT = 80  # words: sign-off, rights line and two promo lines fit in; never more than half of the text
TAIL = 120  # words: a footer under a brief of two sentences can be longer than the brief; then it must be the very end
OWN = 8  # words of its own that a text must have beside such a tail
SHARED_MUCH = 0.15  # of the shorter text: beyond it two texts are related, and what they share is no boilerplate
SHARED_LEAST, SHARED_MOST = 30, 120  # words: the bounds of that share; below 30 lie quotations and promo lines
SAME_OUTLET, ANYWHERE = 2, 3  # unrelated groups beside the report's own
TOPIC_WORDS, TOPIC_SHARE = (
    3,
    0.12,
)  # rarer words shared beside the stretch: reports of one event share .2 and more of them
COMMON_ONE_IN = 20  # a word that more than one text in so many has is common
COMMON_LEAST = 5  # texts: below that no word is common
PAIRED = 0xD6E8FEB86659FD93  # two letters in a row have one hash as words have
AT_END = 3  # words that may follow a line that is "the very end"


class Source(NamedTuple):
    """What boilerplate needs to know of each text: the outlet's number (-1: unknown) and the spans that are its own."""

    outlet: int
    own: tuple[tuple[int, int], ...]


def boilerplate_words(words: Words, runs: Runs, sources: Sequence[Source], texts: Sequence[str]) -> Bools:
    """For each word of the pile whether it is boilerplate by recurrence."""
    outlet = np.array([source.outlet for source in sources], np.int64)
    count = np.diff(words.first)
    at_foot, at_end, at_head = _edges(words, runs)
    edge = at_foot | at_end | at_head
    same = (outlet[runs.left] == outlet[runs.right]) & (outlet[runs.left] >= 0)
    parent = _groups(runs, edge, count)
    guess = _recurring(words, runs, _tops(parent), edge, at_end, same)
    mute = _one_topic(words, runs, texts, guess, parent)
    heard = ~(mute[runs.left] | mute[runs.right])
    return _recurring(words, runs, _tops(parent), edge & heard, at_end & heard, same & heard)


def _recurring(words: Words, runs: Runs, group: Ints, edge: Bools, at_end: Bools, same: Bools) -> Bools:
    """The words that recur in enough groups of reports."""
    total = len(words.hashes)
    apart = group[runs.left] != group[runs.right]
    zone: Bools = np.zeros(total, bool)
    for which, least in (
        (same, SAME_OUTLET), (edge, ANYWHERE), (at_end, SAME_OUTLET), (same & at_end, 1),
    ):  # fmt: skip
        zone |= _coverage(runs.take(np.flatnonzero(apart & which)), group, total) >= least
    return zone


def _one_topic(words: Words, runs: Runs, texts: Sequence[str], zone: Bools, parent: list[int]) -> Bools:
    """Join the texts that share a stretch of ``zone`` and besides tell of one event: they share rarer words outside it.

    Gives the texts that have too little beside the stretch to tell: they prove nothing about it.
    """
    inside = np.append(0, np.cumsum(zone))
    touched = np.flatnonzero(inside[runs.a + runs.length] > inside[runs.a])
    pairs = sorted(set(zip(runs.left[touched].tolist(), runs.right[touched].tolist(), strict=True)))
    telling = _telling_words(words, texts, zone, sorted({text for pair in pairs for text in pair}))
    mute = np.zeros(len(texts), bool)
    mute[[text for text, own in telling.items() if len(own) < TOPIC_WORDS]] = True
    for left, right in pairs:
        if not mute[left] and not mute[right] and _top(parent, left) != _top(parent, right):
            shared = len(telling[left] & telling[right])
            if shared >= max(TOPIC_WORDS, TOPIC_SHARE * min(len(telling[left]), len(telling[right]))):
                _join(parent, left, right)
    return mute


def _telling_words(
    words: Words, texts: Sequence[str], zone: Bools, numbers: Sequence[int]
) -> dict[int, frozenset[int]]:
    """For each of these texts its words outside the zone that can be names, figures or terms, by their hashes.

    Without a lexicon: four letters or more with a capital or a digit in front, or eight letters; in unspaced scripts two
    letters in a row. Words that more than one text in COMMON_ONE_IN has are left out.
    """
    found: dict[int, frozenset[int]] = {}
    met: Counter[int] = Counter()
    for number in numbers:
        first, last = int(words.first[number]), int(words.first[number + 1])
        text, own = texts[number], set()
        rows = zip(*(column[first:last].tolist() for column in (words.hashes, words.starts, words.ends, words.weights, zone)),
                   strict=True)  # fmt: skip
        before = 0
        for hashed, start, end, weight, inside in rows:
            if weight == LETTER_WEIGHT:
                if before and not inside:
                    own.add((before * PAIRED + hashed) * PAIRED % (1 << 64) >> 32)
                before = hashed
            elif not inside and (end - start >= 8 or (end - start >= 4 and not text[start].islower())):
                own.add(hashed)
        found[number] = frozenset(own)
        met.update(own)
    common = {hashed for hashed, times in met.items() if times > max(COMMON_LEAST, len(numbers) / COMMON_ONE_IN)}
    return {number: own - common for number, own in found.items()}


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


def _groups(runs: Runs, edge: Bools, count: Ints) -> list[int]:
    """Disjoint sets of texts: those that share much outside their feet and heads are together."""
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
            _join(parent, x, y)
    return parent


def _join(parent: list[int], x: int, y: int) -> None:
    one, two = _top(parent, x), _top(parent, y)
    parent[max(one, two)] = min(one, two)


def _tops(parent: list[int]) -> Ints:
    """The number of the set of each text."""
    return np.array([_top(parent, x) for x in range(len(parent))], np.int64)


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
