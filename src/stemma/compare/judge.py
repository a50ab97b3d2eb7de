"""Whether a difference between two sentences is worth a line, and of which tier and kind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from stemma.compare.context import SURE, Difference, Spot
from stemma.compare.findings import Edge, Tier, Told
from stemma.compare.mentions import HAPPENED, opposed, sort_of
from stemma.compare.pairs import NUMERIC
from stemma.compare.sequence import grew, weeks_apart
from stemma.compare.slots import Line
from stemma.compare.values import conflict, roles_clash, split_role
from stemma.compare.vocabulary import find_all
from stemma.reasons import give
from stemma.records import DisagreementKind, Reason, Report, Witness
from stemma.spans import START

# The aligner's score from which a sentence is surely the other one's translation, so that a value left over on each side is
# one slot: on the dev half 56 of 64 planted pairs score 0.98 and more.
TRANSLATED = 0.9
# Sentences before a figure in which "after counting 60 %" or "preliminary" says that it is not the last one.
BEFORE = 2
# What may stand in the sentence beside, cut at another place by the translator.
MOVABLE = ("count", "money", "percent", "date", "name", "weekday")


class Pile(NamedTuple):
    """The story's reports ready for comparison."""

    reports: Mapping[str, Report]
    lines: Mapping[str, tuple[Line, ...]]
    families: Mapping[str, str]

    def at(self, witness: Witness) -> Line | None:
        """The sentence that begins where the witness does."""
        lines = self.lines[witness.report]
        n = bisect_left(lines, witness.start, key=START)
        return lines[n] if n < len(lines) and lines[n].start == witness.start else None

    def one_line(self, a: Line, b: Line) -> bool:
        """Whether two sentences stand in one line of reporting: then one was made from the other, or both from a third."""
        first, second = a.one.report.id, b.one.report.id
        return self.families.get(first, first) == self.families.get(second, second)


def judge(pile: Pile, a: Line, b: Line, d: Difference, link: float) -> Edge | None:
    """Tier and kind of one difference; None where it is not worth a line. ``link``: how surely the sentences say the same."""
    if _is_none(pile, a, b, d, link):
        return None
    kind, tier = _kind_and_tier(pile, a, b, d, link)
    return Edge(d.slot, tier, kind, told_at(a, d.a), told_at(b, d.b), partial(_reasons, pile.reports, a, b, d, link))


def told_at(line: Line, spot: Spot) -> Told:
    """A spot with its report."""
    return Told(line.one.report.id, spot)


def _is_none(pile: Pile, a: Line, b: Line, d: Difference, link: float) -> bool:
    """Whether two values left over are surely, or most often, not of one slot."""
    if d.slot in MOVABLE and _both_have_both(pile, a, b, d):
        return True
    if d.how == "its place":  # two reporters deny in words of their own
        return (
            link < TRANSLATED
            or not pile.one_line(a, b)
            or (d.slot == "negation" and _denied_next_door(pile, a if d.b.value else b))
        )
    if d.slot == "role" and _holds_both(a, b, d):
        return True
    if d.slot == "weekday" and weeks_apart(a, b):
        return True
    if d.slot in ("count", "money") and opposed(a, d.a.start, b, d.b.start):
        return True
    # Two reporters in two languages: left over on both sides is not of one thing.
    apart = d.how == "only one left" and not pile.one_line(a, b)
    return apart and (link < TRANSLATED or (d.slot == "count" and not sort_of(a, d.a.start)))


def _kind_and_tier(pile: Pile, a: Line, b: Line, d: Difference, link: float) -> tuple[DisagreementKind, Tier]:
    if d.slot == "status":
        return "later telling", "look"
    one_line = pile.one_line(a, b)
    # Independent reporters do not keep each other's sentences: what is left over in two of theirs need not be one slot.
    sure = link >= TRANSLATED and one_line if d.how == "only one left" else d.same >= SURE
    tier: Tier = "clash" if sure else "look"
    if d.slot == "role":
        return "role", tier if roles_clash(d.a.value, d.b.value) else "look"
    if d.slot == "count" and grew(a, d.a.value, b, d.b.value):
        return "later telling", "look"
    if d.slot in ("count", "percent") and not one_line and (_provisional(pile, a) or _provisional(pile, b)):
        return "later telling", "look"
    weak = (
        d.how == "its place"
        or (d.slot == "count" and not one_line and _grows(a, d.a.start))  # a toll of another hour
        or (d.slot in NUMERIC and not conflict(d.slot, d.a.value, d.b.value))
        or (d.slot == "name" and d.how == "same place" and not _share_a_word(d))
    )
    return "contradiction", "look" if weak else tier


def _provisional(pile: Pile, line: Line) -> bool:
    """Whether a figure's sentence, or one of the two before it, says that counting goes on."""
    near = pile.lines[line.one.report.id][max(0, line.sentence - BEFORE) : line.sentence + 1]
    return any(one.find("provisional") for one in near)


def _grows(line: Line, start: int) -> bool:
    """Whether a number counts what grows while an event goes on."""
    sort = sort_of(line, start)
    return sort is not None and sort[0] in HAPPENED


def _holds_both(a: Line, b: Line, d: Difference) -> bool:
    """Whether a sentence names the other one's office too ("project manager and vice president"): then both are held."""
    (past_a, offices_a), (past_b, offices_b) = split_role(d.a.value), split_role(d.b.value)
    named_a, named_b = ({o for _, _, os in find_all(x.words.roles, x.pieces) for o in os.split("|")} for x in (a, b))
    return past_a == past_b and (offices_b <= named_a or offices_a <= named_b)


def _denied_next_door(pile: Pile, plain: Line) -> bool:
    """Whether the sentence before or behind holds the negation: the translator cut the text elsewhere."""
    lines = pile.lines[plain.one.report.id]
    around = (*lines[max(0, plain.sentence - 1) : plain.sentence], *lines[plain.sentence + 1 : plain.sentence + 2])
    return any(near.find("negation") for near in around)


def _share_a_word(d: Difference) -> bool:
    return bool(set(d.a.value.split()) & set(d.b.value.split()))


def _both_have_both(pile: Pile, a: Line, b: Line, d: Difference) -> bool:
    """Each report also has the other's value near by: the values have changed places between sentences. Across languages one
    of them is enough: what is left over stands in the sentence before or behind, cut in another place."""
    here = _near(pile, a, d.slot, d.b.value), _near(pile, b, d.slot, d.b.value)
    there = _near(pile, b, d.slot, d.a.value), _near(pile, a, d.slot, d.a.value)
    if d.how == "only one left":  # as often as the other report, so that it is no second telling of the value
        return here[0] >= here[1] or there[0] >= there[1]
    return bool(here[0] and there[0])


def _near(pile: Pile, line: Line, slot: str, value: str) -> int:
    """How often a value stands in a sentence or the two on each side of it."""
    lines = pile.lines[line.one.report.id]
    around = lines[max(0, line.sentence - 2) : line.sentence + 3]
    return sum(s.kind == slot and s.value == value for near in around for s in near.slots)


def _reasons(reports: Mapping[str, Report], a: Line, b: Line, d: Difference, link: float) -> tuple[Reason, ...]:
    left, right = (Witness(line.one.report.id, line.start, line.end) for line in (a, b))
    spots = (Witness(left.report, d.a.start, d.a.end), Witness(right.report, d.b.start, d.b.end))
    found = []
    if d.slot == "negation":
        found.append(give("one denies what the other says", reports, (left, right)))
    elif d.slot == "status":
        ahead, done = spots if d.a.value == "future" else spots[::-1]
        found.append(give("to come beside done", reports, (ahead, done)))
    elif d.slot == "role":
        found.append(give("one person, two offices", reports, spots, (d.a.value, d.b.value)))
    elif d.slot in NUMERIC and not conflict(d.slot, d.a.value, d.b.value):
        found.append(give("bounds differ", reports, spots, (d.a.value, d.b.value)))
    else:
        found.append(give("values cannot both hold", reports, spots, (d.slot, d.a.value, d.b.value)))
    if a.language == b.language:
        found.append(give("same place in the sentence", reports, (left, right, *spots)))
    else:
        found.append(give("the only value left of its kind", reports, (left, right), (d.slot, f"{link:.2f}")))
    return tuple(found)
