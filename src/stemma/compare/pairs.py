"""Two sentences that say the same, slot by slot: which values belong together, and which of those differ."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.compare.across import negation_across, status_across
from stemma.compare.context import SURE, Difference, Match, Spot, alike, context, parallel, project
from stemma.compare.slots import CONCEPT, Line, Slot
from stemma.compare.values import bounds_differ, comparable, conflict, measure, one_bound, roles_differ, words_agree
from stemma.compare.verbs import verbs
from stemma.records import SlotKind

# Context from which a slot is worth a look.
LOOK = 0.34
# Share of words two sentences have in order before two names without a word in common count as one slot: a copied sentence.
COPY = 0.6
# In a rewritten sentence the same words around a value prove less: "on the second day", "of the third day".
REWRITTEN = 0.85
# Context from which two numbers are worth a look.
UNNAMED = 0.45
VALUES: tuple[SlotKind, ...] = ("count", "money", "percent", "date", "weekday", "ordinal", "name", "role")
NUMERIC = ("count", "money", "percent", "ordinal")


def compare(a: Line, b: Line) -> tuple[list[Difference], list[Match]]:
    """The differences between two sentences that say the same, and the values they share."""
    if a.language == b.language and a.language is not None:
        return _same_language(a, b)
    return _across(a, b)


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
        if kind not in ("name", "role") and way.ratio < COPY:
            scored = [(REWRITTEN * score, x, y) for score, x, y in scored]
        differences += _pick(kind, scored)
    return [*differences, *verbs(a, b, way)], matches


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
    return bool(x.noun and y.noun) and not alike(x.noun, y.noun)


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


def _spot(slot: Slot) -> Spot:
    return Spot(slot.start, slot.end, slot.value, slot.noun)


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
    return [*differences, *negation_across(a, b), *status_across(a, b)], matches


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
    sorts: dict[str, tuple[dict[str, Slot], dict[str, Slot]]] = {}
    for side, slots in enumerate((left, right)):
        for slot in slots:
            sorts.setdefault(measure(kind, slot.value), ({}, {}))[side].setdefault(slot.value, slot)
    for _, (mine, yours) in sorted(sorts.items(), reverse=True):
        if len(mine) == len(yours) == 1:
            x, y = next(iter(mine.values())), next(iter(yours.values()))
            if comparable(kind, x.value, y.value):
                return x, y
    return None


def half_same(a: str, b: str) -> bool:
    """Two full names that share the given or the family name and differ in the other."""
    left, right = a.split(), b.split()
    if len(left) < 2 or len(right) < 2:
        return False
    first, last = words_agree(left[0], right[0]), words_agree(left[-1], right[-1])
    return first != last
