"""Details that one line of reporting has and another has not: how many of something, and how sure somebody was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stemma.compare.context import Spot, neighbours, parallel, project
from stemma.compare.findings import Finding, Told
from stemma.compare.slots import Line, Slot
from stemma.compare.spoken import Spoken
from stemma.compare.values import parse
from stemma.compare.vocabulary import fold
from stemma.reasons import give
from stemma.records import Quotation, Report, Statement, Witness

Lines = Mapping[str, tuple[Line, ...]]

# Territories, names and words that two sentences share before a number in one is held to be missing in the other.
SHARED = 3
# "Two banks" is no detail that another report leaves out; "90 banks" is.
MANY = 10
# Anchors that a sentence and its translation share before a hedge in only one of them is held to be added.
PARALLEL = 0.5
# Renderings of one statement that are compared with each other.
WORDINGS = 24
# A page with more of these is not read: the best ones only.
AT_MOST = 3


def scopes(reports: Mapping[str, Report], lines: Lines, families: Mapping[str, str]) -> list[Finding]:
    """One report says how many of something, other lines of reporting name the same thing without a number."""
    numbered = [
        (report, line, slot, words)
        for report in sorted(lines)
        for line in lines[report]
        for slot in line.slots
        if (words := _modifier(line, slot))
    ]
    places = _places(lines, {words[0] for _, _, _, words in numbered})
    values = {report: {s.value for line in lines[report] for s in line.slots if s.kind == "count"} for report in lines}
    found: list[Finding] = []
    told: set[tuple[str, ...]] = set()
    for report, line, slot, words in numbered:
        if words not in told and len(found) < AT_MOST:
            others = _unnumbered(places.get(words[0], ()), values, families, line, slot, words)
            if others:
                told.add(words)
                found.append(_scope(reports, Told(report, Spot(slot.start, slot.end, slot.value)), others))
    return found


Place = tuple[str, Line, int]


def _places(lines: Lines, words: set[str]) -> dict[str, list[Place]]:
    """Where each of the words stands in the story: report, sentence, piece."""
    found: dict[str, list[Place]] = {}
    for report in sorted(lines):
        for line in lines[report]:
            for n, piece in enumerate(line.pieces):
                if piece.norm in words:
                    found.setdefault(piece.norm, []).append((report, line, n))
    return found


def _modifier(line: Line, slot: Slot) -> tuple[str, ...]:
    """The words between a number of more than a few and what it counts: "90 [deep-sea] trawlers"."""
    if slot.kind != "count" or not slot.noun or parse(slot.value)[0] < MANY or _is_designation(line, slot):
        return ()
    inside = tuple(p.norm for p in line.pieces[slot.last :] if p.end <= slot.end and not p.capital)[:-1]
    return inside if inside and sum(map(len, inside)) >= 5 and all(not w[0].isdigit() for w in inside) else ()


def _is_designation(line: Line, slot: Slot) -> bool:
    """Whether a number is a part of a name: "RX 40", "Boeing 787"."""
    before = line.pieces[slot.first - 1] if slot.first else None
    return (
        before is not None and before.capital and line.one.report.text[before.end : slot.start] in (" ", "-", "\u00a0")
    )


def _unnumbered(
    places: Sequence[Place],
    values: Mapping[str, set[str]],
    families: Mapping[str, str],
    line: Line,
    slot: Slot,
    words: tuple[str, ...],
) -> list[Told]:
    """The same thing in other families' sentences on the same matter, with no number before it; one place a report."""
    home = families.get(line.one.report.id, line.one.report.id)
    found: dict[str, Told] = {}
    for report, other, at in places:
        if report in found or families.get(report, report) == home or slot.value in values[report]:
            continue
        if tuple(p.norm for p in other.pieces[at : at + len(words)]) != words or _common(line, other) < SHARED:
            continue
        if not any(s.kind == "count" and s.last in (at, at - 1) for s in other.slots):
            end = min(at + len(words), len(other.pieces) - 1)
            found[report] = Told(report, Spot(other.pieces[at].start, other.pieces[end].end, "not stated"))
    return list(found.values())


def _common(a: Line, b: Line) -> int:
    stems = [{fold(p.norm)[:5] for p in line.pieces if len(p.norm) >= 4} for line in (a, b)]
    territories = {key for key in a.keys & b.keys if key.startswith("T:")}
    return len(territories) + len(stems[0] & stems[1])


def _scope(reports: Mapping[str, Report], one: Told, others: Sequence[Told]) -> Finding:
    spans = [Witness(told.report, told.spot.start, told.spot.end) for told in (one, *others)]
    reason = give("only one report has it", reports, spans)
    return Finding("scope", "look", "detail added or dropped", ((one,), tuple(others)), (reason,))


def hedges(
    reports: Mapping[str, Report], lines: Lines, statements: Sequence[Statement], quotations: Sequence[Quotation]
) -> list[Finding]:
    """Speech that is sure in one rendering and hedged in another."""
    spoken = Spoken(quotations)
    starts = {report: {line.start: line for line in lines[report]} for report in lines}
    found = []
    for statement in statements:
        group = [line for w in statement.sentences if (line := starts[w.report].get(w.start)) and line.words.known]
        speech = [line for line in group if spoken.within(line.one.report.id, line.start, line.end)][:WORDINGS]
        for line in speech:
            marks = line.find("hedges")
            plain = [other for other in speech if marks and _sure_of_the_same(line, marks[0], other)]
            if plain:
                found.append(_hedge(reports, line, marks[0], plain))
                break
    return found[:AT_MOST]


def _sure_of_the_same(line: Line, mark: tuple[int, int, str], other: Line) -> bool:
    """Whether another report's sentence says the same without any hedge: the words around the hedge in one language, most
    anchors in two."""
    if other.one.report.id == line.one.report.id or _unsure(other):
        return False
    if other.language != line.language:
        return parallel(line, other) >= PARALLEL
    way = project(line.pieces, other.pieces)
    at = way.to[mark[0]]
    before = neighbours(line.pieces[max(0, mark[0] - 3) : mark[0]][::-1], other.pieces[max(0, at - 3) : at][::-1])
    behind = neighbours(line.pieces[mark[1] : mark[1] + 3], other.pieces[at : at + 4])
    return before + behind >= 1.2


def _unsure(line: Line) -> bool:
    return any(line.find(name) for name in ("hedges", "possible", "expected"))


def _hedge(reports: Mapping[str, Report], line: Line, mark: tuple[int, int, str], plain: Sequence[Line]) -> Finding:
    first, last = max(0, mark[0] - 2), min(len(line.pieces), mark[1] + 4)
    left = Told(line.one.report.id, Spot(line.pieces[first].start, line.pieces[last - 1].end, "hedged"))
    right = tuple(Told(other.one.report.id, Spot(other.start, other.end, "plain")) for other in plain)
    spans = [Witness(one.report, one.spot.start, one.spot.end) for one in (left, *right)]
    reason = give("only one report has it", reports, spans)
    return Finding("wording", "look", "hedge added or dropped", ((left,), right), (reason,))
