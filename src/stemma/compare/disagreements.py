"""Where the story's reports differ: inside statements, and across the whole story where the slot is surely the same."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from msgspec import Struct

from stemma.compare import rules as rules
from stemma.compare.context import SURE, Difference, Spot
from stemma.compare.findings import Edge, Finding, Tier, Told, gather, settle
from stemma.compare.mentions import HAPPENED, opposed, sort_of
from stemma.compare.news_counts import news_counts
from stemma.compare.pairs import NUMERIC, compare
from stemma.compare.sequence import grew
from stemma.compare.slots import LONGEST, Line, is_list, read
from stemma.compare.story_wide import across_the_story
from stemma.compare.values import conflict, roles_clash, split_role
from stemma.compare.vocabulary import find_all, vocabulary
from stemma.reasons import give
from stemma.records import (
    Actor,
    Annotated,
    DateLine,
    Disagreement,
    DisagreementKind,
    Family,
    NotCompared,
    Passage,
    Quotation,
    Reason,
    Report,
    Statement,
    Story,
    Witness,
)

# Different wordings of one statement that are compared with each other: 24 make 276 pairs, 0.1 s.
WORDINGS = 24
# The aligner's score from which a sentence is surely the other one's translation, so that a value left over on each side is
# one slot: on the dev half 56 of 64 planted pairs score 0.98 and more.
TRANSLATED = 0.9


class Comparison(Struct, frozen=True):
    """The disagreements found, clashes first, and what could not be compared, with why."""

    disagreements: tuple[Disagreement, ...]
    not_compared: tuple[NotCompared, ...]


class Pile(NamedTuple):
    """The story's reports ready for comparison."""

    reports: Mapping[str, Report]
    lines: Mapping[str, tuple[Line, ...]]
    families: Mapping[str, str]

    def at(self, witness: Witness) -> Line | None:
        """The sentence that begins where the witness does."""
        lines = self.lines[witness.report]
        n = bisect_left(lines, witness.start, key=lambda line: line.start)
        return lines[n] if n < len(lines) and lines[n].start == witness.start else None

    def one_line(self, a: Line, b: Line) -> bool:
        """Whether two sentences stand in one line of reporting: then one was made from the other, or both from a third."""
        first, second = a.one.report.id, b.one.report.id
        return self.families.get(first, first) == self.families.get(second, second)


def find_disagreements(
    story: Story,
    members: Sequence[Annotated],
    statements: Sequence[Statement],
    families: Sequence[Family],
    passages: Sequence[Passage],
    quotations: Sequence[Quotation],
    actors: Sequence[Actor],
    dates: Sequence[DateLine],
) -> Comparison:
    """Where the story's reports differ."""
    ordered = sorted(members, key=lambda one: one.report.id)
    family_of = {report: family.id for family in families for report in family.reports}
    pile = Pile(
        {one.report.id: one.report for one in ordered}, {one.report.id: read(one) for one in ordered}, family_of
    )
    findings: list[Finding] = []
    crowded = 0
    for statement in statements:
        lines = _wordings(pile, statement)
        crowded += len(lines) > WORDINGS
        findings += _inside(pile, lines[:WORDINGS], _links(pile, statement))
    findings += across_the_story(pile.reports, pile.lines, statements, quotations, family_of)
    return Comparison(
        settle(findings, story.id, pile.reports, family_of), _left_out(story, ordered, statements, crowded)
    )


def _wordings(pile: Pile, statement: Statement) -> list[list[Line]]:
    """The statement's sentences, those with one and the same text together."""
    by_text: dict[str, list[Line]] = {}
    for witness in statement.sentences:
        line = pile.at(witness)
        if line is not None and _tells(line):
            by_text.setdefault(line.text, []).append(line)
    return list(by_text.values())


def _tells(line: Line) -> bool:
    """Whether a line is a sentence: a dateline or byline has hardly a word without a capital."""
    return sum(not p.capital for p in line.pieces if p.norm.isalpha()) > 1


class Links(NamedTuple):
    """How surely sentences of a statement say the same: the aligner's score by their two texts, and the weakest of all."""

    score: Mapping[tuple[str, str], float]
    weakest: float

    def of(self, a: Line, b: Line) -> float:
        """The score of two sentences; where they were joined by way of others, the weakest link of the statement."""
        first, second = sorted((a.text, b.text))
        return self.score.get((first, second), self.weakest)


def _links(pile: Pile, statement: Statement) -> Links:
    found: dict[tuple[str, str], float] = {}
    for reason in statement.reasons:
        if reason.rule == "content in common":
            continue  # why the statement is sure, not a link between two sentences
        first, second = sorted(pile.reports[w.report].text[w.start : w.end] for w in reason.spans[:2])
        found[first, second] = max(found.get((first, second), 0.0), float(reason.values[0]))
    return Links(found, min(found.values(), default=0.0))


def _inside(pile: Pile, wordings: Sequence[Sequence[Line]], links: Links) -> list[Finding]:
    """The differences inside one statement, gathered."""
    edges: list[Edge] = []
    same: list[tuple[Told, Told]] = []
    for n, first in enumerate(wordings):
        same += [
            (_told(first[0], spot), _told(other, _moved(first[0], other, spot)))
            for other in first[1:]
            for spot in _spots(first[0])
        ]
        for second in wordings[n + 1 :]:
            a, b = first[0], second[0]
            if a.one.report.id == b.one.report.id:
                continue
            differences, matches = compare(a, b)
            same += [(_told(a, m.a), _told(b, m.b)) for m in matches]
            for d in differences:
                same += [(_told(a, d.a), _told(other, _moved(a, other, d.a))) for other in first[1:]]
                same += [(_told(b, d.b), _told(other, _moved(b, other, d.b))) for other in second[1:]]
            edges += [edge for d in differences if (edge := _judge(pile, a, b, d, links.of(a, b))) is not None]
    return [
        finding
        for slot in sorted({e.slot for e in edges})
        for finding in gather([e for e in edges if e.slot == slot], same)
    ]


def _spots(line: Line) -> list[Spot]:
    return [Spot(slot.start, slot.end, slot.value, slot.noun) for slot in line.slots]


def _moved(line: Line, other: Line, spot: Spot) -> Spot:
    """The spot in another report's sentence of the very same text."""
    shift = other.start - line.start
    return Spot(spot.start + shift, spot.end + shift, spot.value, spot.noun)


def _told(line: Line, spot: Spot) -> Told:
    return Told(line.one.report.id, spot)


def _judge(pile: Pile, a: Line, b: Line, d: Difference, link: float) -> Edge | None:
    """Tier and kind of one difference; None where it is not worth a line."""
    if d.slot in ("count", "money", "percent", "date", "name", "weekday") and _both_have_both(pile, a, b, d):
        return None
    if d.how == "its place" and link < TRANSLATED:
        return None
    if d.slot == "negation" and d.how == "its place" and _denied_next_door(pile, a if d.b.value else b):
        return None
    if d.slot in ("count", "money") and opposed(a, d.a.start, b, d.b.start):
        return None
    if d.slot == "role" and _holds_both(a, b, d):
        return None
    if d.slot == "count" and d.how == "only one left" and not pile.one_line(a, b) and not sort_of(a, d.a.start):
        return None  # two reporters in two languages: left over on both sides is not of one thing
    kind: DisagreementKind = "contradiction"
    # Independent reporters do not keep each other's sentences: what is left over in two of theirs need not be one slot.
    sure = link >= TRANSLATED and pile.one_line(a, b) if d.how == "only one left" else d.same >= SURE
    tier: Tier = "clash" if sure else "look"
    if d.slot == "count" and not pile.one_line(a, b) and _grows(a, d.a.start):
        tier = "look"  # a toll of another hour, unless one copied the other
    if d.slot == "status":
        kind, tier = "later telling", "look"
    elif d.slot == "role":
        kind = "role"
        tier = tier if roles_clash(d.a.value, d.b.value) else "look"
    elif (
        (d.slot in NUMERIC and not conflict(d.slot, d.a.value, d.b.value))
        or d.how == "its place"
        or (d.slot == "name" and d.how == "same place" and not _share_a_word(d))
    ):
        tier = "look"
    if kind == "contradiction" and d.slot == "count" and grew(a, d.a.value, b, d.b.value):
        kind, tier = "later telling", "look"
    return Edge(d.slot, tier, kind, _told(a, d.a), _told(b, d.b), partial(_reasons, pile.reports, a, b, d, link))


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


def _left_out(
    story: Story, members: Sequence[Annotated], statements: Sequence[Statement], crowded: int
) -> tuple[NotCompared, ...]:
    """What was not compared, one line a class."""
    several = len(members) > 1
    told = {w.report for s in statements for w in s.sentences}
    alone = [Witness(one.report.id, 0, len(one.report.text)) for one in members if one.report.id not in told]
    lists = [Witness(one.report.id, s.start, s.end) for one in members for s in one.sentences if is_list(s)]
    tongues = {one.report.language for one in members}
    lines: list[tuple[str, str, Sequence[Witness]]] = []
    if alone and several:
        what = "a whole report" if len(alone) == 1 else f"{len(alone)} whole reports"
        lines.append((what, "none of their sentences was found to say what a sentence of another report says", alone))
    for what, reason, without in _tables(tongues, several):
        if without:
            lines.append((what + ", ".join(without), reason, ()))
    if lists:
        what = f"{len(lists)} sentences of more than {LONGEST} words"
        lines.append((what, "lists, tables or text without full stops: their values are not compared", lists))
    if crowded:
        what = f"{crowded} statements with more than {WORDINGS} wordings"
        lines.append((what, "only the first were compared", ()))
    return tuple(NotCompared(what, reason, story.id, tuple(spans)) for what, reason, spans in lines)


def _tables(tongues: set[str | None], several: bool) -> Iterator[tuple[str, str, list[str]]]:
    """The comparisons that need a table, with the languages of the story that have none."""

    def without(known: Callable[[str | None], bool]) -> list[str]:
        return sorted({tongue or "unknown" for tongue in tongues if not known(tongue)})

    if len(tongues) > 1:
        digits = without(lambda tongue: vocabulary(tongue).numerals)
        yield "numbers across languages with: ", "no table of numerals for the language", digits
    known = without(lambda tongue: vocabulary(tongue).known)
    yield "offices, negation and status in: ", "no word list for the language", known
    if several:
        counted = without(lambda tongue: news_counts(tongue).known)
        what = "the dead, the arrested, votes and other counts beyond common sentences in: "
        yield what, "no table of what news counts for the language", counted
