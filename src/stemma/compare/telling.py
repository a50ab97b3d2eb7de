"""How an event is told: a preview beside an account, a forecast that another report tells as fact, meetings counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from stemma.compare.findings import Finding, Told
from stemma.compare.pairs import Spot, is_past, parallel
from stemma.compare.people import join
from stemma.compare.slots import Line, Slot
from stemma.compare.vocabulary import find_all, fold
from stemma.reasons import give
from stemma.records import DisagreementKind, Quotation, Report, Statement, Witness

Lines = Mapping[str, tuple[Line, ...]]

# Word stems that a forecast and the fact told of it must share, and their share of the shorter sentence. Below, pairs read
# on the dev data were about different things more often than not.
SHARED = 4
SHARE = 0.25
SAME_VERB = 0.3
# How far from the forecast's and the past verb the shared phrase may stand, in pieces.
NEAR = 7
# Anchors that sentences in two languages share before one is held to tell what the other forecasts.
PARALLEL = 0.5
# An event is told by its lead: so many sentences from the top of a report are looked at.
LEAD = 4
# A page with more forecasts told as facts is not read: the best ones only.
AT_MOST = 3


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
            verb = next(iter(find_all(line.words.meet_verbs, line.pieces)), None)
            if verb is None or len(persons) < 2:
                continue
            ahead = next(
                (hit for hit in find_all(line.words.future, line.pieces) if hit[1] <= verb[0] <= hit[1] + 2), None
            )
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


# ------------------------------------------------------------------------------------------------ forecast told as fact


def forecasts(
    reports: Mapping[str, Report],
    lines: Lines,
    statements: Sequence[Statement],
    quotations: Sequence[Quotation],
    families: Mapping[str, str],
) -> list[Finding]:
    """Somebody's forecast in one report that another report tells as done, in much the same words or a translation."""
    said = {(q.report, span.start, span.end) for q in quotations for span in q.content}
    marked = {(q.report, span.start, span.end) for q in quotations if q.marking != "none" for span in q.content}
    ahead = [(line, mark) for line in _all(lines) if (mark := _forecast(line, said)) is not None]
    done = [(line, verb) for line in _all(lines) if (verb := _fact(line, marked)) is not None]
    expected = [(line, mark) for line, mark in ahead if find_all(line.words.expected, line.pieces)]
    carried = _carried(statements)
    scored = [*_in_the_same_words(ahead, done, families), *_in_one_statement(expected, done, statements)]
    found: list[Finding] = []
    used: set[Told] = set()
    for _, left, right in sorted(scored):
        if left not in used and right not in used and not _both_tell_both(carried, left, right):
            used |= {left, right}
            spans = [Witness(one.report, one.spot.start, one.spot.end) for one in (left, right)]
            reason = give("to come beside done", reports, spans)
            found.append(Finding("status", "look", "forecast told as fact", ((left,), (right,)), (reason,)))
    return found[:AT_MOST]


def _carried(statements: Sequence[Statement]) -> dict[str, list[tuple[int, int, Statement]]]:
    """By report, the spans of its sentences with the statements they stand in."""
    found: dict[str, list[tuple[int, int, Statement]]] = {}
    for one in statements:
        for w in one.sentences:
            found.setdefault(w.report, []).append((w.start, w.end, one))
    return found


def _both_tell_both(carried: Mapping[str, Sequence[tuple[int, int, Statement]]], left: Told, right: Told) -> bool:
    """Whether one of the two reports also has the other one's sentence: then none of them has told one for the other."""
    for one, other in ((left, right), (right, left)):
        for start, end, statement in carried.get(one.report, ()):
            if start <= one.spot.start < end and any(
                w.report == other.report and not w.start <= other.spot.start < w.end for w in statement.sentences
            ):
                return True
    return False


Marked = Sequence[tuple[Line, Spot]]


def _in_the_same_words(ahead: Marked, done: Marked, families: Mapping[str, str]) -> Iterator[tuple[float, Told, Told]]:
    """Pairs in one language with word stems and the verb or a phrase beside it in common; best first by share of the shorter one."""
    stems = {id(line): _stems(line) for line, _ in (*ahead, *done)}
    for first, mark in ahead:
        for second, _ in done:
            if first.one.report.id == second.one.report.id or first.language != second.language:
                continue
            shared = stems[id(first)] & stems[id(second)]
            smaller = min(len(stems[id(first)]), len(stems[id(second)]))
            if len(shared) < SHARED or len(shared) < SHARE * smaller or _persons_differ(first, second):
                continue
            told = _by_verb(first, mark, second) if len(shared) >= SAME_VERB * smaller else None
            if told is None and _home(families, first) == _home(families, second):
                told = _by_phrase(first, mark, second)
            if told is not None:
                yield -len(shared) / smaller, Told(first.one.report.id, mark), Told(second.one.report.id, told)


def _home(families: Mapping[str, str], line: Line) -> str:
    return families.get(line.one.report.id, line.one.report.id)


def _by_verb(first: Line, mark: Spot, second: Line) -> Spot | None:
    """The past form of ``second`` that is the verb ``first`` forecasts."""
    at = next(n for n, p in enumerate(first.pieces) if p.start >= mark.start)
    verbs = {fold(p.norm)[:5] for p in first.pieces[at : at + NEAR] if len(p.norm) >= 4}
    here = next(
        (
            n
            for n, p in enumerate(second.pieces)
            if len(p.norm) >= 5 and fold(p.norm)[:5] in verbs and is_past(second, n)
        ),
        None,
    )
    return None if here is None else _around(second, here)


def _by_phrase(first: Line, mark: Spot, second: Line) -> Spot | None:
    """A past form beside a phrase that stands beside the forecast too. Only within one line of reporting: there the one
    report was made from the other, or both from a third."""
    at = next(n for n, p in enumerate(first.pieces) if p.start >= mark.start)
    beside = {phrase for n, phrase in _phrases(first) if abs(n - at) <= NEAR}
    places = [n for n, phrase in _phrases(second) if phrase in beside]
    past = [n for n in range(len(second.pieces)) if is_past(second, n)]
    here = next((n for n in past for place in places if abs(n - place) <= NEAR), None)
    return None if here is None else _around(second, here)


def _around(line: Line, at: int) -> Spot:
    low, high = max(0, at - 4), min(len(line.pieces), at + 4)
    return Spot(line.pieces[low].start, line.pieces[high - 1].end, "historical")


def _phrases(line: Line) -> list[tuple[int, tuple[str, ...]]]:
    """Three words in a row without names, two of them of five letters or more: "behind closed doors"; each with its place."""
    found = []
    for n in range(len(line.pieces) - 2):
        three = line.pieces[n : n + 3]
        if not any(p.capital for p in three[1:]) and sum(len(p.norm) >= 5 for p in three) >= 2:
            found.append((n, tuple(p.norm for p in three)))
    return found


def _in_one_statement(
    ahead: Marked, done: Marked, statements: Sequence[Statement]
) -> Iterator[tuple[float, Told, Told]]:
    """Pairs in two languages that stand in one statement."""
    home = {(w.report, w.start): one.id for one in statements if one.confidence != "unsure" for w in one.sentences}
    for first, mark in ahead:
        where = home.get((first.one.report.id, first.start))
        for second, verb in done if where else ():
            other = home.get((second.one.report.id, second.start))
            if other == where and first.language != second.language and parallel(first, second) >= PARALLEL:
                yield 0.0, Told(first.one.report.id, mark), Told(second.one.report.id, verb)


def _all(lines: Lines) -> Iterator[Line]:
    for _, all_lines in sorted(lines.items()):
        yield from all_lines


def _forecast(line: Line, spoken: set[tuple[str, int, int]]) -> Spot | None:
    """A verb to come inside speech, or an expectation in the report's own words."""
    report = line.one.report.id
    for first, last, _ in find_all(line.words.future, line.pieces):
        start = line.pieces[first].start
        said = any(r == report and s <= start < e for r, s, e in spoken)
        expected = bool(find_all(line.words.expected, line.pieces[first:last]))
        if said or expected:
            return Spot(
                line.pieces[max(0, first - 2)].start, line.pieces[min(last + 2, len(line.pieces)) - 1].end, "future"
            )
    return None


def _fact(line: Line, spoken: set[tuple[str, int, int]]) -> Spot | None:
    """A past form in a sentence without marked speech and with nothing to come or possible in it."""
    report, words = line.one.report.id, line.words
    if any(r == report and s < line.end and line.start < e for r, s, e in spoken):
        return None
    if any(find_all(phrases, line.pieces) for phrases in (words.future, words.possible, words.expected)):
        return None
    if words.future_endings and any(len(p.norm) > 4 and p.norm.endswith(words.future_endings) for p in line.pieces):
        return None
    for n in range(len(line.pieces)):
        if is_past(line, n):
            return _around(line, n)
    return None


def _stems(line: Line) -> frozenset[str]:
    return frozenset(
        fold(p.norm)[:5] for p in line.pieces if len(p.norm) >= 4 and not (p.capital and p.start > line.start)
    )


def _persons_differ(a: Line, b: Line) -> bool:
    left, right = ({s.value for s in line.slots if s.kind == "name"} for line in (a, b))
    return bool(left and right and not left & right)


# ------------------------------------------------------------------------------------------------ meetings counted


def meetings_counted(reports: Mapping[str, Report], lines: Lines) -> list[Finding]:
    """The nth time the same parties come together, counted differently by two reports."""
    counted = [
        (line, slot, noun)
        for line in _all(lines)
        for slot in line.slots
        if slot.kind == "ordinal" and (noun := _meeting_noun(line, slot))
    ]
    found = []
    left = list(counted)
    while left:
        line, slot, noun = left.pop(0)
        group = [
            one for one in left if one[0].one.report.id != line.one.report.id and not _persons_differ(line, one[0])
        ]
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
    """What the ordinal counts, where that is two parties' coming together: "third high-level engagement", "second time ... met"."""
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
