"""Sentences of two reports that say the same, in one language or two, without a model.

Every pair of sentences is scored by a readable logistic score over what both say (``content``): shared items weighted by
rarity, their share of both sentences, lengths, whether neighbours match in the same order, whether another sentence
matches better. Method, figures and limits: docs/passages.md.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.collate.content import Content, Hashes, Index, content_of
from stemma.records import Annotated, SentencePair

Matrix = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

LEAST = 0.3  # scores below are not given: less than one such pair in three is right
COMMON_OF = 40  # sentences: rarity is measured as if the two reports had at least so many
PARTNERS = 6  # sentences of the other report that one may be paired with
RAREST, COMMONEST = 1.5, 0.2
ONE_LANGUAGE = 1.4  # in one language a word that is absent says more: no lexicon stands between
ELSEWHERE = 0.5  # a word that the other report has in another sentence: less than its whole weight against the pair
SHARED_KEYS, SHARED_SHARE = 4, 0.04  # unrelated reports in two languages share about 2 in 100 keys

FEATURES = ("one", "names", "figures", "words", "dice", "cover", "lengths", "support", "rival", "place")
WEIGHTS = np.array([-7.74, -0.32, 0.3, 0.96, 9.08, 3.59, -1.1, 2.32, -8.5, -3.49])


def align(a: Annotated, b: Annotated) -> tuple[SentencePair, ...]:
    """Pairs of sentences of ``a`` and ``b`` that say the same, in one language or two; by position in ``a``, the best first."""
    first, one = _content(a)
    second, other = _content(b)
    if (one, other) in _ALIGNED:
        return _ALIGNED[one, other]
    pairs: tuple[SentencePair, ...] = ()
    if first.sentences and second.sentences:
        found = score_pairs(first, second)
        chosen = (SentencePair(i, j, round(float(found[i, j]), 4)) for i, j in _chosen(found))
        pairs = tuple(sorted(chosen, key=lambda pair: (pair.a, -pair.score, pair.b)))
    _ALIGNED[one, other] = pairs
    if len(_ALIGNED) > KEPT_PAIRS:
        _ALIGNED.popitem(last=False)
    return pairs


def may_align(a: Annotated, b: Annotated) -> bool:
    """Whether two reports share enough names, numbers and words that aligning them can pay: a quick look at their keys."""
    one, two = sorted((_content(a)[0].table.keys, _content(b)[0].table.keys), key=len)
    return int(_among(one, two).sum()) >= max(SHARED_KEYS, SHARED_SHARE * len(one))


def shared_keys(reports: Sequence[Annotated]) -> NDArray[np.float32]:
    """How many keys any two reports share, of those that stand in more than one of them and of these SKETCH at most."""
    own = [_content(one)[0].table.keys for one in reports]
    keys, count = np.unique(np.concatenate(own), return_counts=True)
    chosen = keys[count > 1][:SKETCH]
    held = np.stack([_among(chosen, keys_of_one) for keys_of_one in own]).astype(np.float32)
    return held @ held.T


def keys_of(one: Annotated) -> frozenset[str]:
    """All keys of what the report says (``content``)."""
    return _content(one)[0].keys


KEEP = 1024  # reports whose content is kept, about 100 kB each: each is compared with all others of its story
SKETCH = (
    2048  # keys by which the reports of a large story are told apart: those with the smallest hashes, at random that is
)
KEPT_PAIRS = 8192  # pairs whose alignment is kept, about 2 kB each: several stages ask for the same ones
_KEPT: OrderedDict[int, tuple[Annotated, Content, int]] = OrderedDict()
_COPIED: OrderedDict[tuple[object, ...], tuple[Content, int]] = OrderedDict()
_ALIGNED: OrderedDict[tuple[int, int], tuple[SentencePair, ...]] = OrderedDict()
_SERIAL = count()


def _content(one: Annotated) -> tuple[Content, int]:
    """``content_of``, kept for the reports met last, with a number that no other content has. A report that was copied whole has
    one content and one number: copies are aligned once."""
    kept = _KEPT.get(id(one))
    if kept and kept[0] is one:
        _KEPT.move_to_end(id(one))
        return kept[1], kept[2]
    says = one.report.language, one.report.text, one.sentences, one.anchors
    content, serial = _COPIED.get(says) or (content_of(one), next(_SERIAL))
    _KEPT[id(one)] = (one, content, serial)
    _COPIED[says] = content, serial
    if len(_KEPT) > KEEP:
        _KEPT.popitem(last=False)
    if len(_COPIED) > KEEP:
        _COPIED.popitem(last=False)
    return content, serial


def score_pairs(a: Content, b: Content) -> Matrix:
    """The score of every pair of sentences, in [0, 1]."""
    stack = features(a, b)
    total: Matrix = np.tensordot(WEIGHTS, stack, 1)
    return np.where(stack[1:4].sum(0) > 0, 1 / (1 + np.exp(-total)), 0.0)


def features(a: Content, b: Content) -> Matrix:
    """The features of every pair, in the order of FEATURES: array of (features, sentences of a, sentences of b)."""
    both = _both(a, b)
    shared, mine, yours = both.shared, both.mine, both.yours
    least = np.minimum(mine, yours)
    dice = 2 * shared / np.maximum(mine + yours, 1e-9)
    cover = np.minimum(shared / np.maximum(least, 1e-9), 1.0)
    sizes = a.size[:, None] - b.size[None, :]
    place = np.abs(a.place[:, None] - b.place[None, :]) * _order(dice)
    found = np.empty((len(FEATURES), *dice.shape))
    found[0], found[1:4], found[4], found[5], found[6] = 1.0, both.kinds, dice, cover, np.abs(sizes)
    found[7], found[8], found[9] = _support(dice), _rival(dice, both), place
    return found


def _order(dice: Matrix) -> float:
    """How far the best matches of both reports come in one order: 1 all of them, 0 no more than chance."""
    first, second = dice.argmax(1), dice.argmax(0)
    rows = np.flatnonzero((second[first] == np.arange(len(first))) & (dice.max(1) > 0.1))
    columns = first[rows]
    if len(rows) < 3:
        return 0.0
    worth = np.outer(dice[rows, columns], dice[rows, columns])
    agree = np.sign(rows[:, None] - rows[None, :]) * np.sign(columns[:, None] - columns[None, :])
    apart = float((worth * (agree != 0)).sum())
    return max(0.0, float((worth * agree).sum()) / apart) if apart else 0.0


class _Both(NamedTuple):
    """What two reports share: which sentence holds which key (0 or 1), the keys' worth, and sums of worth.

    ``cells`` and ``held`` are the meetings: for each key that a sentence of both holds, the pair of sentences (row times columns
    plus column) and the key. Sums over them cost what is shared, not sentences times sentences times keys.
    ``kinds`` are the shared names, figures and other words: two sentences on one person may say quite different things.
    """

    left: Matrix
    right: Matrix
    worth: Matrix
    cells: Places
    held: Places
    shared: Matrix
    mine: Matrix
    yours: Matrix
    kinds: Matrix


def _both(a: Content, b: Content) -> _Both:
    scale = ONE_LANGUAGE if a.language == b.language else 1.0
    one, other = _known(a.table, b.table)
    (rows, first), own = _matched(a, one, scale)
    (columns, second), others = _matched(b, other, scale)
    keys = np.flatnonzero(_marked(first, one.there) & _marked(second, other.there)[one.place] & one.there)
    left, right = _table(rows, first, keys, a), _table(columns, second, one.place[keys], b)
    once, twice = np.minimum(left, 1), np.minimum(right, 1)
    worth, sort = a.table.worth[keys] * _rarity(once, twice), a.table.sorts[keys]
    cells, held = _meetings(once, twice)
    shape = (len(once), len(twice))
    told = worth[held]
    shared = _sums(cells, told, shape)
    mine = (ELSEWHERE * (left * worth).sum(1) + own)[:, None] + (1 - ELSEWHERE) * shared
    yours = (ELSEWHERE * (right * worth).sum(1) + others)[None, :] + (1 - ELSEWHERE) * shared
    kinds = np.log1p(_sums(cells + shape[0] * shape[1] * sort[held], told, (3, *shape)))
    return _Both(once, twice, worth, cells, held, shared, mine, yours, kinds)


class _Known(NamedTuple):
    """What another report holds of a report's keys: their ``place`` there, whether they stand ``there`` at all, whether they are
    ``said`` there."""

    place: Places
    there: Flags
    said: Flags


def _known(a: Index, b: Index) -> tuple[_Known, _Known]:
    """For both of two reports what the other holds of its keys."""
    if not len(a.keys) or not len(b.keys):
        return _nothing_known(a), _nothing_known(b)
    place = np.minimum(np.searchsorted(b.keys, a.keys), len(b.keys) - 1)
    there = b.keys[place] == a.keys
    met, back = place[there], _nothing_known(b)
    back.place[met], back.there[met], back.said[met] = np.flatnonzero(there), True, a.said[there]
    return _Known(place, there, there & b.said[place]), back


def _nothing_known(index: Index) -> _Known:
    size = len(index.keys)
    return _Known(np.zeros(size, np.int64), np.zeros(size, bool), np.zeros(size, bool))


def _marked(places: Places, like: Flags) -> Flags:
    """Flags at these places."""
    flags = np.zeros_like(like)
    flags[places] = True
    return flags


def _matched(content: Content, known: _Known, scale: float) -> tuple[tuple[Places, Places], Matrix]:
    """(sentences, places of keys) for the items that the other report holds too, each on its surest key; and for each sentence
    the weight of the items that the other report does not hold.

    A key counts as stated there, or as stated here and inside something finer there (a month and a day of it).
    """
    index = content.table
    usable = known.said[index.place] | (index.surest & known.there[index.place])
    chosen = np.flatnonzero(usable)  # by item, the surest key first
    item = index.item[chosen]
    chosen = chosen[np.append(True, item[1:] != item[:-1])] if len(item) else chosen
    alone: Matrix = np.minimum(1.0, scale * content.absent[0]) * content.absent[1]
    alone[index.item[chosen]] = 0.0
    weight = np.bincount(content.holder, alone, len(content.sentences)).astype(np.float64, copy=False)
    return (index.sentence[chosen], index.place[chosen]), weight


def _among(values: Hashes, table: Hashes) -> NDArray[np.bool_]:
    """Which values stand in a sorted table."""
    if not len(table):
        return np.zeros(len(values), bool)
    found: NDArray[np.bool_] = table[np.minimum(np.searchsorted(table, values), len(table) - 1)] == values
    return found


def _table(rows: Places, held: Places, keys: Places, content: Content) -> Matrix:
    """How often each sentence holds each key; ``held`` and ``keys`` are places in the report's own list of keys."""
    column = np.full(len(content.table.keys), -1)
    column[keys] = np.arange(len(keys))
    columns = column[held]
    known = columns >= 0
    shape = (len(content.sentences), len(keys))
    times = np.bincount(rows[known] * shape[1] + columns[known], minlength=math.prod(shape))
    return times.reshape(shape).astype(np.float64)


def _meetings(left: Matrix, right: Matrix) -> tuple[Places, Places]:
    """Every pair of sentences that hold one key, with the key."""
    row_key, row = np.divmod(np.flatnonzero(left.T > 0), len(left))
    column_key, column = np.divmod(np.flatnonzero(right.T > 0), len(right))
    begin = np.searchsorted(column_key, row_key)
    width = np.searchsorted(column_key, row_key, side="right") - begin
    which = np.repeat(np.arange(len(row)), width)
    step = np.arange(len(which)) - np.repeat(np.cumsum(width) - width, width)
    return row[which] * len(right) + column[begin[which] + step], row_key[which]


def _sums(cells: Places, weights: Matrix, shape: tuple[int, ...]) -> Matrix:
    sums = np.bincount(cells, weights, math.prod(shape)).astype(np.float64, copy=False)
    return sums.reshape(shape)


def _rarity(once: Matrix, twice: Matrix) -> Matrix:
    """A key that stands in every sentence says little, one that stands in one sentence of each says much."""
    share = (once.sum(0) + twice.sum(0)) / max(len(once) + len(twice), COMMON_OF)
    rarity: Matrix = np.clip(-np.log2(np.maximum(share, 1e-9)) / 4.0, COMMONEST, RAREST)
    return rarity


def _support(dice: Matrix) -> Matrix:
    """How well the sentences before and after match in the same order: the best of the two nearest on each side."""
    rows, columns = dice.shape
    padded = np.zeros((rows + 4, columns + 4))
    padded[2:-2, 2:-2] = dice
    beside = np.maximum(padded[:, :-1], padded[:, 1:])
    square = np.maximum(beside[:-1], beside[1:])  # the best of four, by the first of them
    support: Matrix = square[:rows, :columns] + square[3:, 3:]
    return support


def _rival(dice: Matrix, both: _Both) -> Matrix:
    """By how much another sentence of either report matches the same words better.

    Two sentences that were told as one match different words of it, so they are no rivals.
    """
    row, column = np.divmod(both.cells, dice.shape[1])
    above = both.left[dice.argmax(0)[column], both.held]  # the sentence's best partner holds the word too
    beside = both.right[dice.argmax(1)[row], both.held]
    rival: Matrix = np.maximum(_better(dice, 0, above, both), _better(dice, 1, beside, both))
    return rival


def _better(dice: Matrix, axis: int, taken: Matrix, both: _Both) -> Matrix:
    """How far a sentence's best partner is ahead, on the words that this partner matches too."""
    best = dice.max(axis, keepdims=True)
    held = _sums(both.cells, both.worth[both.held] * taken, (dice.shape[0], dice.shape[1]))
    result: Matrix = (best - dice) / np.maximum(best, 1e-9) * held / np.maximum(both.shared, 1e-9)
    return result


def _chosen(score: Matrix) -> list[tuple[int, int]]:
    """The pairs to give: above LEAST, not far behind a better pair of either sentence, at most PARTNERS for a sentence."""
    best = np.maximum(score.max(1)[:, None], score.max(0)[None, :])
    keep = (score >= LEAST) & (score >= 0.6 * best)
    if max(keep.sum(0).max(), keep.sum(1).max()) > PARTNERS:  # texts that repeat a sentence: take what stands nearest
        rows, columns = score.shape
        apart = np.abs(np.arange(rows)[:, None] / rows - np.arange(columns)[None, :] / columns)
        order = np.where(keep, score - apart / 1000, -1.0)
        keep &= order >= -np.sort(-order, axis=1)[:, min(PARTNERS, columns) - 1 : min(PARTNERS, columns)]
        keep &= order >= -np.sort(-order, axis=0)[min(PARTNERS, rows) - 1 : min(PARTNERS, rows), :]
    return [(int(i), int(j)) for i, j in zip(*np.nonzero(keep), strict=True)]
