"""What a quotation says, as items that can be compared across reports and languages, and how far two say the same."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from stemma.collate import content
from stemma.collate.content import Item, key_weight
from stemma.records import Annotated, Span
from stemma.spans import START, tokens_in

# What two renderings share must weigh at least this much (three names or concepts), however short they are.
LEAST_SHARED = 1.9
LEAST_WORDS = 6


class Cover(NamedTuple):
    """``score`` in [0, 1]: the part of the shorter side that the other says too; ``shared``: the weight they share."""

    score: float
    shared: float


def items_of(one: Annotated, spans: Sequence[Span]) -> tuple[Item, ...]:
    """The items of the spans of one report (``collate.content``), each as if it were a sentence."""
    return tuple(item for span in spans for item in _in_span(one, span))


def _in_span(one: Annotated, span: Span) -> tuple[Item, ...]:
    first, last = bisect_left(one.anchors, span.start, key=START), bisect_left(one.anchors, span.end, key=START)
    inside = [anchor for anchor in one.anchors[first:last] if anchor.end <= span.end]
    return content.items_of(one.tokens[slice(*token_range(one, span))], inside, one.report.text, one.report.language)


def cover(one: Sequence[Item], two: Sequence[Item]) -> Cover:
    """How much of the shorter of two contents the longer one covers; nothing where they share too little to say."""
    found = part(one, two)
    return Cover(0.0, found.shared) if found.shared < LEAST_SHARED and found.score < 1 else found


def part(one: Sequence[Item], two: Sequence[Item]) -> Cover:
    """``cover`` however little is shared."""
    short, long = sorted((one, two), key=lambda items: (len(items), [item.keys for item in items]))
    keys = {key for item in long for key in item.keys}
    shared = missing = 0.0
    seen: set[str] = set()
    for item in short:
        key = next((k for k in item.keys if k in keys), None)
        if key is None:
            missing += item.doubt
        elif key not in seen:
            seen.add(key)
            shared += key_weight(key)
    return Cover(shared / (shared + missing), shared) if shared else Cover(0.0, 0.0)


def clashing(one: Sequence[Item], two: Sequence[Item]) -> tuple[frozenset[str], frozenset[str]] | None:
    """The countries, numbers, days or weekdays that each side has and the other lacks; None where one side only has more.

    "until Friday" and "until Sunday" are two remarks, or one that was told wrongly; never one and the same wording.
    """
    for kind in "KNT":
        first, second = _values(one, kind), _values(two, kind)
        if first - second and second - first:
            return frozenset(first - second), frozenset(second - first)
    return None


def _values(items: Sequence[Item], kind: str) -> set[str]:
    return {key for item in items for key in item.keys if key[0] == kind and key[1] == ":"}


def says_nothing_of(piece: Sequence[Item], other: Sequence[Item]) -> bool:
    """Whether no item of the piece is found in the other content."""
    keys = {key for item in other for key in item.keys}
    return bool(piece) and not any(key in keys for item in piece for key in item.keys)


def words_of(one: Annotated, spans: Sequence[Span]) -> list[str]:
    """The folded words of the spans."""
    return [t.norm for span in spans for t in one.tokens[slice(*token_range(one, span))] if t.kind != "mark"]


def token_range(one: Annotated, span: Span) -> tuple[int, int]:
    """The token range that begins inside the span."""
    return tokens_in(one.tokens, *span)


def shared_runs(one: Sequence[str], two: Sequence[str]) -> float:
    """The part of the shorter text's words that stand in the other in runs of at least two, 0 below six such words."""
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks() if block.size >= 2)
    return same / max(1, min(len(one), len(two))) if same >= LEAST_WORDS else 0.0
