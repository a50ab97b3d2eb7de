"""Two sentences that say the same, slot by slot: which values belong together, and which of those differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from stemma.compare.slots import CONCEPT, Line, Slot
from stemma.compare.values import bounds_differ, comparable, conflict, one_bound, roles_differ, words_agree
from stemma.compare.vocabulary import Phrases, Piece, find_all, fold
from stemma.records import SlotKind

# Pieces looked at on each side of a value to see that it stands in the same place of both sentences.
SIDE = 3
# Context from which a slot is surely the same: two of three neighbours on both sides. Set on the dev half.
SURE = 0.6
# Context from which it is worth a look.
LOOK = 0.34
# Share of words two sentences have in order before two names without a word in common count as one slot: a copied sentence.
COPY = 0.6
# Context from which two numbers are worth a look.
UNNAMED = 0.45
VALUES: tuple[SlotKind, ...] = ("count", "money", "percent", "date", "weekday", "ordinal", "name", "role")
NUMERIC = ("count", "money", "percent", "ordinal")


class Spot(NamedTuple):
    """Words of a sentence: offsets into the report's text, and the value they stand for."""

    start: int
    end: int
    value: str
    noun: str = ""


class Difference(NamedTuple):
    """Two spots in one slot. ``same`` in [0, 1]: how surely it is one slot; ``holds``: both values may hold."""

    slot: SlotKind
    a: Spot
    b: Spot
    same: float
    how: str


class Match(NamedTuple):
    """Two spots with one value."""

    slot: SlotKind
    a: Spot
    b: Spot


class Projection(NamedTuple):
    """Where the pieces of ``a`` stand in ``b``: ``to[n]`` is the first piece of b that piece n of a comes to."""

    to: tuple[int, ...]
    equal: frozenset[int]
    ratio: float


def compare(a: Line, b: Line) -> tuple[list[Difference], list[Match]]:
    """The differences between two sentences that say the same, and the values they share."""
    if a.language == b.language and a.language is not None:
        return _same_language(a, b)
    return _across(a, b)


def project(a: Sequence[Piece], b: Sequence[Piece]) -> Projection:
    """The cheapest way from one sentence to the other, word by word."""
    left, right = [p.norm for p in a], [p.norm for p in b]
    to, equal = [0] * (len(a) + 1), set()
    for op in Levenshtein.opcodes(left, right):
        width = op.src_end - op.src_start
        for n in range(width):
            share = (op.dest_end - op.dest_start) / width
            to[op.src_start + n] = op.dest_start + (n if op.tag == "equal" else int(n * share))
            if op.tag == "equal":
                equal.add(op.src_start + n)
    to[len(a)] = len(b)
    return Projection(tuple(to), frozenset(equal), len(equal) / max(len(a), len(b), 1))


def _same_language(a: Line, b: Line) -> tuple[list[Difference], list[Match]]:
    way = project(a.pieces, b.pieces)
    differences: list[Difference] = []
    matches: list[Match] = []
    for kind in VALUES:
        left, right = [s for s in a.slots if s.kind == kind], [s for s in b.slots if s.kind == kind]
        if not left or not right:
            continue
        rest_a, rest_b, same = _take_equal(kind, left, right)
        matches += [Match(kind, _spot(x), _spot(y)) for x, y in same]
        scored = sorted(
            ((context(a, x, b, y, way), x, y) for x in rest_a for y in rest_b if comparable(kind, x.value, y.value)),
            key=lambda one: (-one[0], one[1], one[2]),
        )
        if kind == "name" and way.ratio < COPY:
            scored = [one for one in scored if half_same(one[1].value, one[2].value)]
        differences += _pick(kind, scored)
    return [*differences, *_verbs(a, b, way)], matches


def _pick(kind: SlotKind, scored: Sequence[tuple[float, Slot, Slot]]) -> list[Difference]:
    """Best pairs first, each value once."""
    used_a: set[Slot] = set()
    used_b: set[Slot] = set()
    found = []
    for score, x, y in scored:
        if score < LOOK or x in used_a or y in used_b:
            continue
        used_a.add(x)
        used_b.add(y)
        if kind == "role" and not words_of_one(x.noun, y.noun):
            continue
        doubtful = score < UNNAMED or _two_things(x, y) or not conflict(kind, x.value, y.value)
        if kind in NUMERIC and score < SURE and doubtful:
            continue
        found.append(Difference(kind, _spot(x), _spot(y), score, "same place"))
    return found


def _two_things(x: Slot, y: Slot) -> bool:
    """Whether two numbers say what they count, and it is not the same word."""
    return bool(x.noun and y.noun) and not _alike(x.noun, y.noun)


def _take_equal(
    kind: SlotKind, left: Sequence[Slot], right: Sequence[Slot]
) -> tuple[list[Slot], list[Slot], list[tuple[Slot, Slot]]]:
    """Values that both have, taken out: equal ones first, then those with an end in common, then those that can both hold."""
    rest_a, rest_b = list(left), list(right)
    pairs: list[tuple[Slot, Slot]] = []
    for agree in (_equal, _one_bound, _agree):
        for x in list(rest_a):
            hit = next((y for y in rest_b if agree(kind, x, y)), None)
            if hit is not None:
                pairs.append((x, hit))
                rest_a.remove(x)
                rest_b.remove(hit)
    return rest_a, rest_b, pairs


def _equal(kind: SlotKind, x: Slot, y: Slot) -> bool:
    return x.value == y.value and (kind != "role" or words_of_one(x.noun, y.noun))


def _one_bound(kind: SlotKind, x: Slot, y: Slot) -> bool:
    return kind in NUMERIC and one_bound(x.value, y.value) and not bounds_differ(x.value, y.value)


def _agree(kind: SlotKind, x: Slot, y: Slot) -> bool:
    """Whether two values can both hold."""
    if kind == "role":
        return words_of_one(x.noun, y.noun) and not roles_differ(x.value, y.value)
    if kind in NUMERIC and bounds_differ(x.value, y.value):
        return False
    return comparable(kind, x.value, y.value) and not conflict(kind, x.value, y.value)


def words_of_one(a: str, b: str) -> bool:
    """Whether two folded names can be one person's: their last words agree, or one's last word is in the other."""
    left, right = a.split(), b.split()
    return bool(left and right) and (words_agree(left[-1], right[-1]) or left[-1] in right or right[-1] in left)


def context(a: Line, x: Slot, b: Line, y: Slot, way: Projection) -> float:
    """How surely two values of two sentences in one language stand in the same slot: their neighbours, and what is counted."""
    before = neighbours(
        a.pieces[max(0, x.first - SIDE) : x.first][::-1], b.pieces[max(0, y.first - SIDE) : y.first][::-1]
    )
    behind = neighbours(a.pieces[x.last : x.last + SIDE], b.pieces[y.last : y.last + SIDE])
    noun = 0.25 if x.noun and y.noun and _alike(x.noun, y.noun) else 0.0
    here = way.to[x.first] <= y.last and y.first <= way.to[x.last]
    return min(1.0, 0.5 * before + 0.5 * behind + noun) * (1.0 if here else 0.6)


def neighbours(a: Sequence[Piece], b: Sequence[Piece]) -> float:
    """The share of neighbours that agree, the nearest counting most; the edge of both sentences agrees."""
    if not a and not b:
        return 1.0
    weights = (0.5, 0.3, 0.2)
    got = sum(w for w, p in zip(weights, a, strict=False) if any(_alike(p.norm, q.norm) for q in b))
    return got / sum(weights[: max(len(a), 1)])


def _alike(a: str, b: str) -> bool:
    """One word, or two forms of it: the first five letters."""
    return a == b or (len(a) >= 5 and len(b) >= 5 and a[:5] == b[:5])


def _spot(slot: Slot) -> Spot:
    return Spot(slot.start, slot.end, slot.value, slot.noun)


# ------------------------------------------------------------------------------------------------ verbs


def _verbs(a: Line, b: Line, way: Projection) -> list[Difference]:
    """Negation and status: words of one sentence that the other lacks at the same place."""
    found = _negation(a, b, way)
    back = project(b.pieces, a.pieces)
    found += [Difference(d.slot, d.b, d.a, d.same, d.how) for d in _negation(b, a, back)]
    return found + _status(a, b, way)


def _negation(a: Line, b: Line, way: Projection) -> list[Difference]:
    """A negation of ``a`` that ``b`` lacks where the words around it are the same."""
    found = []
    in_b = [hit[0] for hit in find_all(b.words.negation, b.pieces)]
    for first, last, _ in find_all(a.words.negation, a.pieces):
        low, high = way.to[first], way.to[last]
        if any(low - 3 <= n <= high + 3 for n in in_b) or _denied(b, low, high):
            continue
        before = neighbours(a.pieces[max(0, first - SIDE) : first][::-1], b.pieces[max(0, low - SIDE) : low][::-1])
        behind = neighbours(a.pieces[last : last + SIDE], b.pieces[low : low + SIDE + 1])
        same = 0.5 * before + 0.5 * behind
        if same >= SURE and way.ratio >= 0.5:
            found.append(
                Difference(
                    "negation",
                    _around(a, first - 1, last + 1, "not"),
                    _around(b, low - 1, low + 1, ""),
                    same,
                    "same words",
                )
            )
    return found


def _denied(line: Line, low: int, high: int) -> bool:
    """Whether the words at this place deny without a negation ("refused to")."""
    return any(low - 3 <= hit[0] <= high + 3 for hit in find_all(line.words.implicit_negation, line.pieces))


def _around(line: Line, first: int, last: int, value: str) -> Spot:
    """The words from piece ``first`` up to ``last``, kept inside the sentence."""
    low, high = max(0, first), min(len(line.pieces), max(last, first + 1))
    low = min(low, len(line.pieces) - 1)
    return Spot(line.pieces[low].start, line.pieces[max(high - 1, low)].end, value)


def _status(a: Line, b: Line, way: Projection) -> list[Difference]:
    """One sentence tells as to come what the other tells as done, in the same words."""
    found = _to_come(a, b, way)
    back = project(b.pieces, a.pieces)
    return found + [Difference(d.slot, d.b, d.a, d.same, d.how) for d in _to_come(b, a, back)]


def _to_come(a: Line, b: Line, way: Projection) -> list[Difference]:
    found = []
    done_b = _done(b)
    future_b = [hit[0] for hit in find_all(b.words.future, b.pieces)]
    for first, last, _ in find_all(a.words.future, a.pieces):
        low, high = way.to[first], max(way.to[last], way.to[first] + 1)
        if any(low - 2 <= n <= high + 1 for n in future_b):
            continue
        hit = next((n for n in done_b if low - 1 <= n <= high), None)
        if hit is None:
            continue
        before = neighbours(a.pieces[max(0, first - SIDE) : first][::-1], b.pieces[max(0, hit - SIDE) : hit][::-1])
        behind = neighbours(a.pieces[last : last + SIDE + 1], b.pieces[hit : hit + SIDE + 2])
        same = 0.5 * before + 0.5 * behind
        if same >= SURE:
            found.append(
                Difference(
                    "status",
                    _around(a, first, last + 1, "future"),
                    _around(b, hit, hit + 2, "historical"),
                    same,
                    "same words",
                )
            )
    return found


def _done(line: Line) -> list[int]:
    """Pieces that tell something as done: auxiliaries and past forms."""
    found = [hit[0] for hit in find_all(line.words.done, line.pieces)]
    for n, piece in enumerate(line.pieces):
        if n not in found and is_past(line, n):
            found.append(n)
        del piece
    return sorted(found)


def is_past(line: Line, n: int) -> bool:
    """Whether a piece looks like a finite past form by the language's list and endings."""
    norm, words = line.pieces[n].norm, line.words
    return norm in words.past_words or (
        len(norm) > 4 and not line.pieces[n].capital and norm.endswith(words.past_endings or ("\0",))
    )


# ------------------------------------------------------------------------------------------------ across languages


def _across(a: Line, b: Line) -> tuple[list[Difference], list[Match]]:
    """Two languages: what is left of a kind when equal values are taken out, if it is one on each side."""
    differences: list[Difference] = []
    matches: list[Match] = []
    for kind in VALUES:
        left, right = [s for s in a.slots if s.kind == kind], [s for s in b.slots if s.kind == kind]
        if not left or not right or (kind in NUMERIC and not (a.words.numerals and b.words.numerals)):
            continue
        rest_a, rest_b, same = _take_equal(kind, left, right)
        matches += [Match(kind, _spot(x), _spot(y)) for x, y in same]
        pair = _only_ones(kind, rest_a, rest_b)
        if pair is not None:
            score = parallel(a, b)
            differences.append(Difference(kind, _spot(pair[0]), _spot(pair[1]), score, "only one left"))
    return [*differences, *_negation_across(a, b)], matches


def _only_ones(kind: SlotKind, left: Sequence[Slot], right: Sequence[Slot]) -> tuple[Slot, Slot] | None:
    """The pair of values left over, one on each side."""
    if kind == "name":
        shared = [(x, y) for x in left for y in right if half_same(x.value, y.value)]
        return shared[0] if len(shared) == 1 else None
    if kind == "role":
        held = [(x, y) for x in left for y in right if words_of_one(x.noun, y.noun)]
        return held[0] if len(held) == 1 else None
    if kind == "count":
        named = [(x, y) for x in left for y in right if x.noun.startswith(CONCEPT) and x.noun == y.noun]
        if len(named) == 1 and conflict(kind, *(slot.value for slot in named[0])):
            return named[0]
    if len(left) == 1 and len(right) == 1 and comparable(kind, left[0].value, right[0].value):
        return left[0], right[0]
    return None


def half_same(a: str, b: str) -> bool:
    """Two full names that share the given or the family name and differ in the other."""
    left, right = a.split(), b.split()
    if len(left) < 2 or len(right) < 2:
        return False
    first, last = words_agree(left[0], right[0]), words_agree(left[-1], right[-1])
    return first != last


def parallel(a: Line, b: Line) -> float:
    """How far two sentences carry the same signs: anchors both have, by the shorter list, damped where there are few."""
    if not a.keys or not b.keys:
        return 0.0
    both = len(a.keys & b.keys)
    return both / min(len(a.keys), len(b.keys)) * min(1.0, (both + 1) / 3)


def _negation_across(a: Line, b: Line) -> list[Difference]:
    """The main clause of one sentence is negated, its translation has no negation and no word that denies."""
    if not (a.words.known and b.words.known) or not 0.5 <= len(a.pieces) / max(len(b.pieces), 1) <= 2.0:
        return []
    in_a, in_b = _negations(a), _negations(b)
    if bool(in_a) == bool(in_b):
        return []
    denied, plain = (a, b) if in_a else (b, a)
    if not _main(denied, (in_a or in_b)[0][0]) or _denies(plain):
        return []
    return [
        Difference("negation", _negated_or_whole(a, in_a), _negated_or_whole(b, in_b), parallel(a, b), "whole sentence")
    ]


def _negations(line: Line) -> list[tuple[int, int, str]]:
    """Negations that deny something: not those of "not only", "or not", "bonos no garantizados"."""
    idle = {n for first, last, _ in find_all(line.words.idle_negation, line.pieces) for n in range(first, last)}
    hits = [hit for hit in find_all(line.words.negation, line.pieces) if hit[0] not in idle]
    endings = line.words.participle_endings
    return [
        hit
        for hit in hits
        if not endings or hit[1] >= len(line.pieces) or not line.pieces[hit[1]].norm.endswith(endings)
    ]


def _denies(line: Line) -> bool:
    """Whether a sentence has any negation, or a word that denies without one: "refused", "unknown"."""
    words = line.words
    if find_all(words.negation, line.pieces) or find_all(words.implicit_negation, line.pieces):
        return True
    return bool(words.negative_stems) and any(p.norm.startswith(words.negative_stems) for p in line.pieces)


def _main(line: Line, at: int) -> bool:
    """Whether a negation stands in the main clause: no subordinating word before it since the last comma."""
    text = line.one.report.text
    for n in range(at - 1, -1, -1):
        if line.pieces[n].norm in line.words.subordinators:
            return False
        if "," in text[line.pieces[n].end : line.pieces[n + 1].start]:
            return True
    return True


def _negated_or_whole(line: Line, hits: Sequence[tuple[int, int, str]]) -> Spot:
    if hits:
        return _around(line, hits[0][0] - 1, hits[0][1] + 1, "not")
    return Spot(line.start, line.end, "")


def marks(phrases: Phrases, line: Line) -> list[Spot]:
    """Where a language's phrases stand in the line."""
    return [
        Spot(line.pieces[f].start, line.pieces[l - 1].end, concept) for f, l, concept in find_all(phrases, line.pieces)
    ]


__all__ = [
    "Difference",
    "Match",
    "Spot",
    "compare",
    "fold",
    "half_same",
    "marks",
    "neighbours",
    "parallel",
    "words_of_one",
]
