"""Marks beside which no cue stands: more of the quotation before them, a quotation of their own, or no speech at all."""

from __future__ import annotations

from stemma.quotes.found import Found
from stemma.quotes.view import View


def alone(v: View, found: list[Found]) -> list[Found]:
    """Give each long mark that no finding holds to its neighbour or make it a finding of its own."""
    held: dict[int, Found] = {}
    for one in found:
        for first, last in one.content:
            for i in range(first, last):
                if v.mark_of[i] >= 0:
                    held[v.mark_of[i]] = one
    by_unit: dict[int, list[Found]] = {}
    for one in found:
        by_unit.setdefault(one.unit, []).append(one)
    new: list[Found] = []
    last_direct: Found | None = None
    last_line = -1
    for number, unit in enumerate(v.units):
        for one in by_unit.get(number, ()):
            last_direct = one if any(v.mark_of[i] >= 0 for a, b in one.content for i in range(a, b)) else None
            last_line = unit.line
        pure = _pure(v, number)
        if not pure:
            continue
        loose = [k for k in pure if k not in held]
        if not loose:
            continue
        m = v.marks[loose[0]]
        same_line = last_line == unit.line
        if last_direct is not None and (same_line or m.continues):
            last_direct.content.append((unit.first, unit.last))
            last_line = unit.line
        else:
            one = Found(number, "alone", [(unit.first, unit.last)], inherits=last_direct)
            new.append(one)
            last_direct, last_line = one, unit.line
    return found + new


def _pure(v: View, number: int) -> list[int]:
    """The marks of a unit that has no word outside marks, at least one of them longer than a phrase."""
    unit = v.units[number]
    ks: list[int] = []
    for i in range(unit.first, unit.last):
        k = v.mark_of[i]
        if k < 0:
            if v.tokens[i].kind != "mark":
                return []
        elif not ks or ks[-1] != k:
            ks.append(k)
    return ks if any(v.hard[k] for k in ks) else []
