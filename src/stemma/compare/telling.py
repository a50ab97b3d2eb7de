"""How an event is told: a preview beside an account, meetings counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from stemma.compare.context import Spot
from stemma.compare.findings import Finding, Told
from stemma.compare.people import join
from stemma.compare.slots import Line, Slot
from stemma.compare.verbs import is_past
from stemma.compare.vocabulary import fold
from stemma.reasons import give
from stemma.records import DisagreementKind, Report, Witness

Lines = Mapping[str, tuple[Line, ...]]

# An event is told by its lead: so many sentences from the top of a report are looked at.
LEAD = 4


class Meeting(NamedTuple):
    """A meeting in a report: who, and whether to come or done."""

    line: Line
    spot: Spot
    persons: frozenset[str]


def preview_or_account(reports: Mapping[str, Report], lines: Lines) -> list[Finding]:
    """Two named parties "will meet" in one report and "met" in another."""
    meetings = list(_meetings(lines))
    ahead = [m for m in meetings if m.spot.value == "future"]
    done = [m for m in meetings if m.spot.value == "historical"]
    found: list[Finding] = []
    for persons in sorted({m.persons for m in ahead}, key=sorted):
        before = [m for m in ahead if m.persons == persons]
        theirs = {m.line.one.report.id for m in before}
        after = [m for m in done if len(m.persons & persons) > 1 and m.line.one.report.id not in theirs]
        if after:
            found.append(_finding(reports, before, after, "later telling"))
    return found


def _meetings(lines: Lines) -> Iterator[Meeting]:
    """Lead sentences in which two persons come together."""
    names = join(
        [s.value for all_lines in lines.values() for line in all_lines for s in line.slots if s.kind == "name"]
    )
    for _, all_lines in sorted(lines.items()):
        for line in all_lines[:LEAD]:
            persons = frozenset(names[s.value] for s in line.slots if s.kind == "name")
            verb = next(iter(line.find("meet_verbs")), None)
            if verb is None or len(persons) < 2:
                continue
            ahead = next((hit for hit in line.find("future") if hit[1] <= verb[0] <= hit[1] + 2), None)
            if ahead is not None:
                yield Meeting(line, _spot(line, ahead[0], verb[1], "future"), persons)
            elif is_past(line, verb[0]):
                yield Meeting(line, _spot(line, verb[0], verb[1], "historical"), persons)


def _spot(line: Line, first: int, last: int, value: str) -> Spot:
    """The verb and the words to the end of the clause's first name, so that the reader sees who."""
    end = min((s.last for s in line.slots if s.kind == "name" and s.first >= last), default=last)
    return Spot(line.pieces[first].start, line.pieces[max(end, last) - 1].end, value)


def _finding(
    reports: Mapping[str, Report], before: Sequence[Meeting], after: Sequence[Meeting], kind: DisagreementKind
) -> Finding:
    left = tuple(Told(m.line.one.report.id, m.spot) for m in before)
    right = tuple(Told(m.line.one.report.id, m.spot) for m in after)
    spans = [Witness(one.report, one.spot.start, one.spot.end) for one in (left[0], right[0])]
    return Finding("status", "look", kind, (left, right), (give("to come beside done", reports, spans),))


def every_line(lines: Lines) -> Iterator[Line]:
    for _, all_lines in sorted(lines.items()):
        yield from all_lines


def persons_differ(a: Line, b: Line) -> bool:
    """Whether both sentences name persons, and none of them is the same."""
    left, right = a.persons, b.persons
    return bool(left and right) and left.isdisjoint(right)


# ------------------------------------------------------------------------------------------------ meetings counted


def meetings_counted(reports: Mapping[str, Report], lines: Lines) -> list[Finding]:
    """The nth time the same parties come together, counted differently by two reports."""
    counted = [
        (line, slot, noun)
        for line in every_line(lines)
        for slot in line.slots
        if slot.kind == "ordinal" and (noun := _meeting_noun(line, slot))
    ]
    found = []
    left = list(counted)
    while left:
        line, slot, noun = left.pop(0)
        group = [one for one in left if one[0].one.report.id != line.one.report.id and not persons_differ(line, one[0])]
        if any(one[1].value != slot.value for one in group):
            found.append(_counted(reports, [(line, slot, noun), *group]))
            left = [one for one in left if one not in group]
    return found


def _counted(reports: Mapping[str, Report], group: Sequence[tuple[Line, Slot, str]]) -> Finding:
    """The meetings by the number they are given. Nouns of two languages are taken to differ: they may."""
    readings: dict[str, list[Told]] = {}
    for line, slot, _ in group:
        readings.setdefault(slot.value, []).append(Told(line.one.report.id, _phrase(line, slot)))
    first, other = group[0], next(one for one in group if one[1].value != group[0][1].value)
    spans = [Witness(line.one.report.id, slot.start, slot.end) for line, slot, _ in (first, other)]
    reason = give("counted nouns differ", reports, spans, (first[2], other[2]))
    same = len({(noun, line.language) for line, _, noun in group}) == 1
    kind: DisagreementKind = "contradiction" if same else "counted differently"
    return Finding("ordinal", "look", kind, tuple(tuple(r) for _, r in sorted(readings.items())), (reason,))


def _meeting_noun(line: Line, slot: Slot) -> str:
    """What the ordinal counts, where that is two parties' coming together: "fourth encounter", "fifth time ... met"."""
    behind = line.pieces[slot.last : slot.last + 4]
    for n, piece in enumerate(behind):
        if piece.norm in line.words.visit:
            return ""
        if piece.norm in line.words.meet and _two(line):
            return fold(piece.norm)[:5]
        if piece.norm in line.words.time_nouns:
            rest = line.pieces[slot.last + n + 1 : slot.last + n + 9]
            verb = next((p.norm for p in rest if p.norm in line.words.meet or p.norm in line.words.visit), "")
            return f"{piece.norm} {fold(verb)[:5]}" if verb and verb not in line.words.visit and _two(line) else ""
    return ""


def _two(line: Line) -> bool:
    """Whether the sentence speaks of two parties: two names, or a word for two."""
    return sum(s.kind == "name" for s in line.slots) > 1 or any(p.norm in line.words.both for p in line.pieces)


def _phrase(line: Line, slot: Slot) -> Spot:
    """The ordinal with the words it counts, to the end of the clause or twelve pieces."""
    last = slot.last
    text = line.one.report.text
    while last < min(len(line.pieces), slot.last + 12) and not text[
        line.pieces[last - 1].end : line.pieces[last].start
    ].strip(" -–’'"):
        last += 1
    return Spot(slot.start, line.pieces[last - 1].end, slot.value)
