"""Sentences of two reports that say the same, in one language or two, without a model.

Every pair of sentences is scored by a readable logistic score over what both say (``content``): shared items weighted by
rarity, their share of both sentences, lengths, whether neighbours match in the same order, whether another sentence
matches better. Method, figures and limits: docs/passages.md.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.collate.content import Content, content_of, key_weight
from stemma.records import Annotated, SentencePair

Matrix = NDArray[np.float64]

LEAST = 0.3  # scores below are not given: less than one such pair in three is right
COMMON_OF = 40  # sentences: rarity is measured as if the two reports had at least so many
PARTNERS = 6  # sentences of the other report that one may be paired with
RAREST, COMMONEST = 1.5, 0.2
ONE_LANGUAGE = 1.4  # in one language a word that is absent says more: no lexicon stands between
ELSEWHERE = 0.5  # a word that the other report has in another sentence: less than its whole weight against the pair
FIGURES = "DNM%OK"  # kinds of keys that are dates, weekdays, numbers
NAMES = "WTPA"  # kinds of keys that tell who and where, not what
SHARED_KEYS, SHARED_SHARE = 4, 0.04  # unrelated reports in two languages share about 2 in 100 keys

FEATURES = ("one", "names", "figures", "words", "dice", "cover", "lengths", "support", "rival", "place")
WEIGHTS = np.array([-7.74, -0.32, 0.3, 0.96, 9.08, 3.59, -1.1, 2.32, -8.5, -3.49])


def align(a: Annotated, b: Annotated, *, weights: Mapping[str, float] | None = None) -> tuple[SentencePair, ...]:
    """Pairs of sentences of ``a`` and ``b`` that say the same, in one language or two; by position in ``a``, the best first.

    ``weights``: rarity of keys in the pile, in [0, 1.5], where the caller knows it; otherwise it is taken from the two.
    """
    first, second = _content(a), _content(b)
    if not first.sentences or not second.sentences:
        return ()
    found = score_pairs(first, second, weights)
    pairs = (SentencePair(i, j, round(float(found[i, j]), 4)) for i, j in _chosen(found))
    return tuple(sorted(pairs, key=lambda pair: (pair.a, -pair.score, pair.b)))


def may_align(a: Annotated, b: Annotated) -> bool:
    """Whether two reports share enough names, numbers and words that aligning them can pay: a quick look at their keys."""
    one, two = keys_of(a), keys_of(b)
    return len(one & two) >= max(SHARED_KEYS, SHARED_SHARE * min(len(one), len(two)))


def keys_of(one: Annotated) -> frozenset[str]:
    """All keys of what the report says (``content``)."""
    return _content(one).keys


KEEP = 1024  # reports whose content is kept, about 100 kB each: each is compared with all others of its story
_KEPT: OrderedDict[int, tuple[Annotated, Content]] = OrderedDict()


def _content(one: Annotated) -> Content:
    """``content_of``, kept for the reports met last."""
    kept = _KEPT.get(id(one))
    if kept and kept[0] is one:
        _KEPT.move_to_end(id(one))
        return kept[1]
    content = content_of(one)
    _KEPT[id(one)] = (one, content)
    if len(_KEPT) > KEEP:
        _KEPT.popitem(last=False)
    return content


def score_pairs(a: Content, b: Content, weights: Mapping[str, float] | None = None) -> Matrix:
    """The score of every pair of sentences, in [0, 1]."""
    stack = features(a, b, weights)
    total: Matrix = np.tensordot(WEIGHTS, stack, 1)
    return np.where(stack[1:4].sum(0) > 0, 1 / (1 + np.exp(-total)), 0.0)


def features(a: Content, b: Content, weights: Mapping[str, float] | None = None) -> Matrix:
    """The features of every pair, in the order of FEATURES: array of (features, sentences of a, sentences of b)."""
    both = _both(a, b, weights)
    shared, mine, yours = both.shared, both.mine, both.yours
    least = np.minimum(mine, yours)
    dice = 2 * shared / np.maximum(mine + yours, 1e-9)
    cover = np.minimum(shared / np.maximum(least, 1e-9), 1.0)
    sizes = np.log(np.array(a.lengths, float) + 20)[:, None] - np.log(np.array(b.lengths, float) + 20)[None, :]
    place = np.abs(_places(a.lengths)[:, None] - _places(b.lengths)[None, :]) * _order(dice)
    return np.stack(
        [np.ones_like(dice), *both.kinds, dice, cover, np.abs(sizes), _support(dice), _rival(dice, both), place]
    )


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


def _places(lengths: tuple[int, ...]) -> Matrix:
    """The middle of each sentence as a share of the report."""
    ends = np.cumsum(lengths, dtype=float)
    places: Matrix = (ends - np.array(lengths) / 2) / max(ends[-1], 1.0)
    return places


class _Both(NamedTuple):
    """What two reports share: which sentence holds which key (0 or 1), the keys' worth, and sums of worth.

    ``kinds`` are the shared names, figures and other words: two sentences on one person may say quite different things.
    """

    left: Matrix
    right: Matrix
    worth: Matrix
    shared: Matrix
    mine: Matrix
    yours: Matrix
    kinds: tuple[Matrix, Matrix, Matrix]


def _both(a: Content, b: Content, weights: Mapping[str, float] | None) -> _Both:
    scale = ONE_LANGUAGE if a.language == b.language else 1.0
    common = a.keys & b.keys
    matched, own = _matched(a, b, common, scale)
    others, other = _matched(b, a, common, scale)
    keys = sorted({key for _, key in matched} & {key for _, key in others})
    left, right = _table(matched, keys, len(a.sentences)), _table(others, keys, len(b.sentences))
    worth = np.array([key_weight(key) for key in keys]) * _rarity(left, right, keys, weights)
    once, twice = np.minimum(left, 1), np.minimum(right, 1)
    shared = (once * worth) @ twice.T
    mine = ((ELSEWHERE * left) @ worth + own)[:, None] + (1 - ELSEWHERE) * shared
    yours = ((ELSEWHERE * right) @ worth + other)[None, :] + (1 - ELSEWHERE) * shared
    who, figures = (np.array([key[0] in kind for key in keys], float) for kind in (NAMES, FIGURES))
    kinds = tuple(np.log1p((once * worth * which) @ twice.T) for which in (who, figures, 1 - who - figures))
    return _Both(once, twice, worth, shared, mine, yours, (kinds[0], kinds[1], kinds[2]))


def _matched(
    content: Content, there: Content, common: frozenset[str], scale: float
) -> tuple[list[tuple[int, str]], Matrix]:
    """(sentence, key) for each item that the other report holds too, on its surest key; and for each sentence the weight
    of the items that the other report does not hold.

    A key counts as stated there, or as stated here and inside something finer there (a month and a day of it).
    """
    best: dict[int, tuple[int, int, str]] = {}
    for key in common:
        loose = key in there.said
        for item, sentence, rank in content.places[key]:
            if (loose or rank == 0) and (item not in best or rank < best[item][0]):
                best[item] = (rank, sentence, key)
    alone: Matrix = np.minimum(1.0, scale * content.absent[0]) * content.absent[1]
    alone[list(best)] = 0.0
    weight: Matrix = np.zeros(len(content.sentences))
    np.add.at(weight, content.holder, alone)
    return [(sentence, key) for _, sentence, key in best.values()], weight


def _table(matched: list[tuple[int, str]], keys: list[str], sentences: int) -> Matrix:
    """How often each sentence holds each key."""
    number = {key: place for place, key in enumerate(keys)}
    table = np.zeros((sentences, len(keys)))
    for sentence, key in matched:
        if key in number:
            table[sentence, number[key]] += 1
    return table


def _rarity(left: Matrix, right: Matrix, keys: list[str], weights: Mapping[str, float] | None) -> Matrix:
    """A key that stands in every sentence says little, one that stands in one sentence of each says much."""
    met = (left > 0).sum(0) + (right > 0).sum(0)
    share = met / max(len(left) + len(right), COMMON_OF)
    rarity: Matrix = np.clip(-np.log2(np.maximum(share, 1e-9)) / 4.0, COMMONEST, RAREST)
    if weights:
        rarity = np.minimum(rarity, np.array([weights.get(key, RAREST) for key in keys]))
    return rarity


def _support(dice: Matrix) -> Matrix:
    """How well the sentences before and after match in the same order: the best of the two nearest on each side."""
    padded = np.pad(dice, 2)
    rows, columns = dice.shape
    steps = ((1, 1), (1, 2), (2, 1), (2, 2))
    shift = [
        np.max([padded[2 + s * x : 2 + s * x + rows, 2 + s * y : 2 + s * y + columns] for x, y in steps], axis=0)
        for s in (-1, 1)
    ]
    support: Matrix = shift[0] + shift[1]
    return support


def _rival(dice: Matrix, both: _Both) -> Matrix:
    """By how much another sentence of either report matches the same words better.

    Two sentences that were told as one match different words of it, so they are no rivals.
    """
    across = _better(dice, both.left, both.right, both)
    down = _better(dice.T, both.right, both.left, both).T
    rival: Matrix = np.maximum(across, down)
    return rival


def _better(dice: Matrix, left: Matrix, right: Matrix, both: _Both) -> Matrix:
    """For each sentence of the right report, how far its best partner is ahead, on the words that partner matches too."""
    best = dice.argmax(0)
    ahead = (dice.max(0)[None, :] - dice) / np.maximum(dice.max(0)[None, :], 1e-9)
    taken = (left * both.worth) @ (left[best] * right).T
    shared = (left * both.worth) @ right.T
    result: Matrix = ahead * taken / np.maximum(shared, 1e-9)
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
