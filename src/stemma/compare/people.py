"""Persons across a story: the offices they are given, and academic titles that only some reports print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stemma.compare.context import Spot
from stemma.compare.findings import Finding, Told
from stemma.compare.slots import Line, Slot, fold_name
from stemma.compare.values import LADDERS, names_agree, sound, split_role
from stemma.reasons import give
from stemma.records import Report, Witness

Lines = Mapping[str, tuple[Line, ...]]


def join(names: Sequence[str]) -> dict[str, str]:
    """Folded names to the fullest name of the same person; a single word only where one person bears it."""
    found: dict[str, str] = {}
    by_sound: dict[str, list[str]] = {}
    by_word: dict[str, list[str]] = {}
    for name in sorted(set(names), key=lambda n: (-len(n.split()), n)):
        words = name.split()
        if len(words) > 1:
            near = dict.fromkeys(one for word in words for one in by_sound.get(sound(word)[:2], ()))
            hit = next((one for one in sorted(near) if names_agree(name, one)), None)
            found[name] = hit or name
            if hit is None:
                for word in words:
                    by_sound.setdefault(sound(word)[:2], []).append(name)
                    by_word.setdefault(word, []).append(name)
        elif words:
            bearers = by_word.get(words[0], [])
            if len(bearers) <= 1:
                found[name] = bearers[0] if bearers else name
    return found


def offices(reports: Mapping[str, Report], lines: Lines) -> list[Finding]:
    """One person who is "former president" in one report and "president" in another, or holds two rungs of one ladder."""
    given = [
        (report, slot)
        for report, all_lines in sorted(lines.items())
        for line in all_lines
        for slot in line.slots
        if slot.kind == "role"
    ]
    person = join(
        [slot.noun for _, slot in given]
        + [s.value for all_lines in lines.values() for line in all_lines for s in line.slots if s.kind == "name"]
    )
    by_person: dict[str, list[tuple[str, Slot]]] = {}
    for report, slot in given:
        if slot.noun in person:
            by_person.setdefault(person[slot.noun], []).append((report, slot))
    found = []
    for name in sorted(by_person):
        found += _past_and_present(reports, by_person[name]) + _rungs(reports, by_person[name])
    return found


def _past_and_present(reports: Mapping[str, Report], given: Sequence[tuple[str, Slot]]) -> list[Finding]:
    found = []
    for office in sorted({o for _, slot in given for o in split_role(slot.value)[1]}):
        holders: dict[bool, list[tuple[str, Slot]]] = {True: [], False: []}
        for report, slot in given:
            past, held = split_role(slot.value)
            if office in held:
                holders[past].append((report, slot))
        finding = _told_apart(reports, holders[True], holders[False])
        if finding:
            found.append(finding)
    return found


def _rungs(reports: Mapping[str, Report], given: Sequence[tuple[str, Slot]]) -> list[Finding]:
    """President in one report, vice president in another."""
    found = []
    for ladder in LADDERS:
        rungs = sorted({o for _, slot in given for o in split_role(slot.value)[1] if o in ladder})
        for n, low in enumerate(rungs):
            for high in rungs[n + 1 :]:
                on = [
                    [(r, s) for r, s in given if rung in split_role(s.value)[1] and not split_role(s.value)[0]]
                    for rung in (low, high)
                ]
                finding = _told_apart(reports, on[0], on[1])
                if finding:
                    found.append(finding)
    return found


def _told_apart(
    reports: Mapping[str, Report], left: Sequence[tuple[str, Slot]], right: Sequence[tuple[str, Slot]]
) -> Finding | None:
    """A clash where no report says both; a report that says both leaves the other reports' difference unsure: no line."""
    both = {report for report, _ in left} & {report for report, _ in right}
    if not left or not right or both:
        return None
    (a, x), (b, y) = left[0], right[0]
    reason = give(
        "one person, two offices", reports, (Witness(a, x.start, x.end), Witness(b, y.start, y.end)), (x.value, y.value)
    )
    readings = tuple(tuple(Told(r, Spot(s.start, s.end, s.value, s.noun)) for r, s in side) for side in (left, right))
    return Finding("role", "clash", "role", readings, (reason,))


def titles(reports: Mapping[str, Report], lines: Lines) -> list[Finding]:
    """An academic title before a person's name that other reports of the same person do not print."""
    firsts: dict[str, list[tuple[str, Line, Slot, int]]] = {}
    slots = [
        (report, line, slot)
        for report, all_lines in sorted(lines.items())
        for line in all_lines
        for slot in line.slots
        if slot.kind == "name"
    ]
    person = join([slot.value for _, _, slot in slots])
    for report, line, slot in slots:
        mentions = firsts.setdefault(person[slot.value], [])
        if all(report != other for other, _, _, _ in mentions):
            mentions.append((report, line, slot, _title(line, slot)))
    found = []
    for name in sorted(firsts):
        with_title = [m for m in firsts[name] if m[3] >= 0]
        without = [m for m in firsts[name] if m[3] < 0 and not any(p.norm in m[1].words.academic for p in m[1].pieces)]
        if with_title and without:
            found.append(_title_finding(reports, with_title, without))
    return found


def _title(line: Line, slot: Slot) -> int:
    """The start of an academic title right before the name, or -1."""
    before = line.pieces[slot.first - 1] if slot.first else None
    inside = line.pieces[slot.first]
    if inside.norm in line.words.academic:
        return inside.start
    return before.start if before and before.norm in line.words.academic and slot.start - before.end <= 2 else -1


def _title_finding(
    reports: Mapping[str, Report],
    with_title: Sequence[tuple[str, Line, Slot, int]],
    without: Sequence[tuple[str, Line, Slot, int]],
) -> Finding:
    left = tuple(Told(r, Spot(start, slot.end, "title")) for r, _, slot, start in with_title)
    right = tuple(Told(r, Spot(slot.start, slot.end, "none")) for r, _, slot, _ in without)
    spans = [Witness(one.report, one.spot.start, one.spot.end) for one in (left[0], *right)]
    return Finding(
        "role", "look", "detail added or dropped", (left, right), (give("only one report has it", reports, spans),)
    )


__all__ = ["fold_name", "join", "offices", "titles"]
