"""Where the story's reports differ: inside statements, and across the whole story where the slot is surely the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from stemma.collate.statements import LINKS
from stemma.compare import rules as rules
from stemma.compare.context import Spot
from stemma.compare.findings import Edge, Finding, Told, gather, settle
from stemma.compare.judge import Pile, judge, told_at
from stemma.compare.news_counts import news_counts
from stemma.compare.pairs import compare
from stemma.compare.slots import LONGEST, Line, is_list, read
from stemma.compare.story_wide import across_the_story
from stemma.compare.vocabulary import vocabulary
from stemma.records import (
    Annotated,
    Disagreement,
    Family,
    NotCompared,
    Quotation,
    Statement,
    Story,
    Witness,
)

# Different wordings of one statement that are compared with each other: 24 make 276 pairs, 0.1 s.
WORDINGS = 24


class Comparison(Struct, frozen=True):
    """The disagreements found, clashes first, and what could not be compared, with why."""

    disagreements: tuple[Disagreement, ...]
    not_compared: tuple[NotCompared, ...]


def find_disagreements(
    story: Story,
    members: Sequence[Annotated],
    statements: Sequence[Statement],
    families: Sequence[Family],
    quotations: Sequence[Quotation],
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
        if reason.rule not in LINKS:
            continue  # why the statement is sure or not
        first, second = sorted(pile.reports[w.report].text[w.start : w.end] for w in reason.spans[:2])
        found[first, second] = max(found.get((first, second), 0.0), float(reason.values[0]))
    return Links(found, min(found.values(), default=0.0))


def _inside(pile: Pile, wordings: Sequence[Sequence[Line]], links: Links) -> list[Finding]:
    """The differences inside one statement, gathered."""
    edges: list[Edge] = []
    same: list[tuple[Told, Told]] = []
    for n, first in enumerate(wordings):
        same += [
            (told_at(first[0], spot), told_at(other, _moved(first[0], other, spot)))
            for other in first[1:]
            for spot in _spots(first[0])
        ]
        for second in wordings[n + 1 :]:
            a, b = first[0], second[0]
            if a.one.report.id == b.one.report.id:
                continue
            differences, matches = compare(a, b)
            same += [(told_at(a, m.a), told_at(b, m.b)) for m in matches]
            for d in differences:
                same += [(told_at(a, d.a), told_at(other, _moved(a, other, d.a))) for other in first[1:]]
                same += [(told_at(b, d.b), told_at(other, _moved(b, other, d.b))) for other in second[1:]]
            edges += [edge for d in differences if (edge := judge(pile, a, b, d, links.of(a, b))) is not None]
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
