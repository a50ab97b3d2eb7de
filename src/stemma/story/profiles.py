"""The profiles of many reports as a few arrays: half the memory of as many objects, and quick to hand from one process to another.

Each kind of terms has its vocabulary, ascending; a report holds the numbers of its terms there, ascending too. So what is
done with the numbers comes out as it would with the terms themselves, whatever else the vocabulary holds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from stemma.records import Annotated, Report
from stemma.story.features import Bag, Profile, Terms, gathered, profile

AT_ONCE = 2_000  # profiles packed at once, before the parts are joined: 30 MB

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Column = NDArray[Any]
Item = TypeVar("Item")


@dataclass(frozen=True)
class Rows:
    """Columns cut into rows, one for each report: row ``i`` is ``[at[i]:at[i + 1]]`` of every column."""

    at: Ints
    columns: tuple[Column, ...]

    def __len__(self) -> int:
        return len(self.at) - 1

    def of(self, i: int) -> slice:
        """Where the row stands."""
        return slice(int(self.at[i]), int(self.at[i + 1]))

    def between(self, start: int, end: int) -> Rows:
        """Some rows that stand side by side."""
        cut = slice(int(self.at[start]), int(self.at[end]))
        return Rows(self.at[start : end + 1] - self.at[start], tuple(column[cut] for column in self.columns))

    def take(self, which: Ints) -> Rows:
        """These rows, in this order."""
        lengths = np.diff(self.at)[which]
        at = np.concatenate([[0], np.cumsum(lengths)])
        place = np.arange(at[-1]) + np.repeat(self.at[which] - at[:-1], lengths)
        return Rows(at, tuple(column[place] for column in self.columns))

    def owner(self) -> Ints:
        """The row of each place."""
        return np.repeat(np.arange(len(self)), np.diff(self.at))

    def count(self, chosen: Bools) -> Ints:
        """How many places of each row are among the chosen."""
        before = np.concatenate([[0], np.cumsum(chosen)])
        return np.asarray(before[self.at[1:]] - before[self.at[:-1]])


@dataclass(frozen=True)
class Profiles:
    """The profiles of reports, in order; what ``Profile`` says of each field holds here for a row of it. ``days`` are NaN
    where unknown. ``words``, ``lead`` and ``title`` hold numbers in ``word_terms`` and weights; ``anchors`` numbers in
    ``anchor_terms``, weights, kinds and what stands in the head; ``frames`` numbers in ``frame_terms`` and kinds."""

    reports: tuple[str, ...]
    languages: tuple[str | None, ...]
    days: NDArray[np.float64]
    weekdays: Ints
    sizes: Ints
    told: Rows
    words: Rows
    lead: Rows
    title: Rows
    anchors: Rows
    frames: Rows
    word_terms: Terms
    anchor_terms: Terms
    frame_terms: Terms

    def __len__(self) -> int:
        return len(self.reports)

    def __getitem__(self, i: int) -> Profile:
        anchors, frames = self.anchors.of(i), self.frames.of(i)
        return Profile(
            report=self.reports[i],
            language=self.languages[i],
            day=None if math.isnan(self.days[i]) else float(self.days[i]),
            words=_bag(self.word_terms, self.words, i),
            lead=_bag(self.word_terms, self.lead, i),
            title=_bag(self.word_terms, self.title, i),
            anchors=_bag(self.anchor_terms, self.anchors, i),
            kinds=self.anchors.columns[2][anchors],
            head=self.anchors.columns[3][anchors],
            frames=self.frame_terms[self.frames.columns[0][frames]],
            framed=self.frames.columns[1][frames],
            told=tuple(self.told.columns[0][self.told.of(i)].tolist()),
            weekdays=int(self.weekdays[i]),
            size=int(self.sizes[i]),
        )

    def take(self, which: Sequence[int] | Ints) -> Profiles:
        """The profiles of these reports, in this order."""
        order = np.asarray(which, dtype=np.int64)
        if np.array_equal(order, np.arange(len(self))):
            return self
        found: dict[str, Any] = {name: getattr(self, name).take(order) for name in ROWS}
        found |= {name: getattr(self, name)[order] for name in FLAT}
        found |= {name: tuple(getattr(self, name)[i] for i in order.tolist()) for name in NAMES}
        return replace(self, **found)


NAMES, FLAT, ROWS = (
    ("reports", "languages"),
    ("days", "weekdays", "sizes"),
    ("told", "words", "lead", "title", "anchors", "frames"),
)
# The vocabularies, and what holds numbers in each in its first column.
WORDS = ("words", "lead", "title")
NUMBERED = {"word_terms": WORDS, "anchor_terms": ("anchors",), "frame_terms": ("frames",)}


def _bag(terms: Terms, rows: Rows, i: int) -> Bag:
    own = rows.of(i)
    return Bag(terms[rows.columns[0][own]], rows.columns[1][own])


def profiled(reports: Sequence[Annotated | Report]) -> Profiles:
    """The profiles of the reports: what a worker does for its share of a pile."""
    return joined([_packed([profile(one) for one in part]) for part in _parts(reports)])


def packed(profiles: Sequence[Profile] | Profiles) -> Profiles:
    """The profiles as arrays; as they are where they are that already."""
    if isinstance(profiles, Profiles):
        return profiles
    return joined([_packed(part) for part in _parts(profiles)])


def _parts(items: Sequence[Item]) -> list[Sequence[Item]]:
    return [items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE)]


def _packed(profiles: Sequence[Profile]) -> Profiles:
    word_terms, (words, lead, title) = _bags([[getattr(one, name) for one in profiles] for name in WORDS])
    anchor_terms, (anchors,) = _bags([[one.anchors for one in profiles]])
    frame_terms, (frames,) = _bags([[Bag(one.frames, one.framed.astype(np.float32)) for one in profiles]])
    told = [np.array(one.told, dtype=np.int64) for one in profiles]
    marks = _flat([one.kinds for one in profiles], np.uint8), _flat([one.head for one in profiles], np.uint8)
    return Profiles(
        reports=tuple(one.report for one in profiles),
        languages=tuple(one.language for one in profiles),
        days=np.array([math.nan if one.day is None else one.day for one in profiles], dtype=np.float64),
        weekdays=np.array([one.weekdays for one in profiles], dtype=np.int64),
        sizes=np.array([one.size for one in profiles], dtype=np.int64),
        told=Rows(_starts(told), (_flat(told, np.int64),)),
        words=words,
        lead=lead,
        title=title,
        anchors=Rows(anchors.at, (*anchors.columns, *marks)),
        frames=Rows(frames.at, (frames.columns[0], frames.columns[1].astype(np.uint8))),
        word_terms=word_terms,
        anchor_terms=anchor_terms,
        frame_terms=frame_terms,
    )


def _bags(kinds: Sequence[Sequence[Bag]]) -> tuple[Terms, list[Rows]]:
    """Bags of several kinds that share a vocabulary: the vocabulary, and the bags of each kind as numbers there and weights."""
    terms = [_flat([bag.terms for bag in bags], np.uint64) for bags in kinds]
    vocabulary, number = gathered(np.concatenate(terms))
    numbers = np.split(number.astype(np.int32), np.cumsum([len(one) for one in terms[:-1]], dtype=np.int64))
    weights = [_flat([bag.weights for bag in bags], np.float32) for bags in kinds]
    at = [_starts([bag.terms for bag in bags]) for bags in kinds]
    return vocabulary, [Rows(*row) for row in zip(at, zip(numbers, weights, strict=True), strict=True)]


def _starts(rows: Iterable[Any]) -> Ints:
    return np.cumsum([0, *map(len, rows)], dtype=np.int64)


def _flat(arrays: Sequence[Column], kind: Any) -> Column:
    return np.concatenate([np.zeros(0, dtype=kind), *arrays])


def joined(parts: Sequence[Profiles]) -> Profiles:
    """The profiles of all parts, one part after the other."""
    if len(parts) <= 1:
        return parts[0] if parts else _packed(())
    found: dict[str, Any] = {
        name: tuple(chain.from_iterable(getattr(part, name) for part in parts)) for name in NAMES
    } | {name: np.concatenate([getattr(part, name) for part in parts]) for name in FLAT}
    moved: dict[str, list[Column] | None] = {"told": None}
    for vocabulary, names in NUMBERED.items():
        found[vocabulary], numbers = _union([getattr(part, vocabulary) for part in parts])
        moved.update(dict.fromkeys(names, numbers))
    for name in ROWS:
        found[name] = _one_below_the_other([getattr(part, name) for part in parts], moved[name])
    return Profiles(**found)


def _union(vocabularies: Sequence[Terms]) -> tuple[Terms, list[Column] | None]:
    """One vocabulary of all, and for each the new numbers of its terms; None where all were one."""
    if all(one is vocabularies[0] for one in vocabularies):
        return vocabularies[0], None
    union, number = gathered(np.concatenate(vocabularies))
    return union, np.split(number.astype(np.int32), np.cumsum([len(one) for one in vocabularies[:-1]]))


def _one_below_the_other(parts: Sequence[Rows], moved: Sequence[Column] | None) -> Rows:
    """The rows of all parts; with ``moved`` their first column holds numbers, and these are the new ones."""
    at = np.concatenate([[0], np.cumsum(np.concatenate([np.diff(part.at) for part in parts]))])
    columns = [list(column) for column in zip(*(part.columns for part in parts), strict=True)]
    if moved is not None:
        columns[0] = [new[part.columns[0]] for new, part in zip(moved, parts, strict=True)]
    return Rows(at, tuple(np.concatenate(column) for column in columns))
