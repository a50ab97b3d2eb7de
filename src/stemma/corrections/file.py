"""The file of corrections: TOML, one ``[[correction]]`` each, checked so that an error says the line and the next step."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args

from msgspec import Struct

from stemma.errors import BadUsage
from stemma.records import CorrectionKind
from stemma.user_toml import read_text, shown, tables

HEADER = "[[correction]]"
ALWAYS = ("kind", "who", "when", "why")
FIRST_YEAR, LAST_YEAR = 1600, 2200  # as in ``stemma.read.published``
EXAMPLE = "docs/corrections.md shows one of each kind"


class Fields(NamedTuple):
    """What a kind of correction needs beside ``ALWAYS``: fields that hold one string, a list of strings, or may be left out."""

    one: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


KINDS: dict[str, Fields] = {
    "same story": Fields(several=("reports",)),
    "not this story": Fields(one=("report", "story")),
    "same person": Fields(several=("names",)),
    "not the same person": Fields(several=("names",)),
    "this is the wire": Fields(one=("report",), optional=("agency",)),
    "this outlet": Fields(one=("report", "outlet")),
    "this date": Fields(one=("report", "date")),
}


class Entry(Struct, frozen=True, kw_only=True):
    """One correction as the file has it. ``reports``: as named there; of "not this story" the report and then one of the
    story. ``value``: the outlet, the date (ISO 8601) or the wire's agency. ``line``: of its header, from 1; None where
    the file does not write it as a table of its own."""

    kind: CorrectionKind
    who: str
    when: str
    why: str
    reports: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    value: str | None = None
    line: int | None = None


def read_corrections(path: str | Path) -> tuple[Entry, ...]:
    """The corrections of a file. Raises ``BadUsage`` with the line and the next step where it cannot be used."""
    return parse(read_text(path, "--corrections"), str(path))


def parse(text: str, name: str = "corrections") -> tuple[Entry, ...]:
    """The corrections of a TOML text; ``name`` is how errors call it."""
    data = tables(text, name, EXAMPLE)
    strange = sorted(set(data) - {"correction"})
    if strange:
        raise BadUsage(f"{name}: {strange[0]!r} is not known here: every correction begins with {HEADER}; {EXAMPLE}")
    written = data.get("correction", [])
    if not isinstance(written, list) or not all(isinstance(table, dict) for table in written):
        raise BadUsage(f"{name}: `correction` must be a list of tables: write {HEADER} above each; {EXAMPLE}")
    lines = header_lines(text)
    known: Sequence[int | None] = lines if len(lines) == len(written) else [None] * len(written)
    return tuple(
        _entry(table, line, f"{name}, line {line}" if line else f"{name}, correction {number}")
        for number, (table, line) in enumerate(zip(written, known, strict=True), start=1)
    )


def header_lines(text: str) -> list[int]:
    """The lines, from 1, that open a correction; what stands inside a string of several lines opens none."""
    found: list[int] = []
    open_mark = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not open_mark and "".join(line.partition("#")[0].split()) == HEADER:
            found.append(number)
        open_mark = _open_after(line, open_mark)
    return found


def _open_after(line: str, mark: str) -> str:
    """The mark of a string of several lines that is open after the line, given the one open before it."""
    at = 0
    while True:
        if mark:
            end = line.find(mark, at)
            if end < 0:
                return mark
            at, mark = end + 3, ""
        starts = [(line.find(m, at), m) for m in ('"""', "'''")]
        opened = min((one for one in starts if one[0] >= 0), default=None)
        if opened is None:
            return ""
        at, mark = opened[0] + 3, opened[1]


def _entry(table: Mapping[str, Any], line: int | None, where: str) -> Entry:
    kind = table.get("kind")
    if kind not in tuple(KINDS):  # a tuple asks for no hash: TOML can give a list
        raise BadUsage(f"{where}: kind is {shown(kind)}; write one of: {', '.join(get_args(CorrectionKind))}")
    fields = KINDS[kind]
    allowed = (*ALWAYS, *fields.one, *fields.several, *fields.optional)
    strange = sorted(set(table) - set(allowed))
    if strange:
        raise BadUsage(f"{where} ({kind}): {strange[0]!r} is not a field of it; its fields are {', '.join(allowed)}")
    said = {key: _said(table, key, where, kind) for key in ("who", "why", *fields.one)}
    said |= {key: _said(table, key, where, kind) for key in fields.optional if key in table}
    lists = {key: _several(table, key, where, kind) for key in fields.several}
    named = ("outlet", "date", "agency")
    value = next((said[key] for key in named if key in said), None)
    return Entry(
        kind=kind,
        who=said["who"],
        when=_moment(table, "when", where, kind),
        why=said["why"],
        reports=lists.get("reports", tuple(said[key] for key in ("report", "story") if key in said)),
        names=lists.get("names", ()),
        value=value,
        line=line,
    )


def _said(table: Mapping[str, Any], key: str, where: str, kind: str) -> str:
    if key == "date":
        return _moment(table, key, where, kind)
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BadUsage(f'{where} ({kind}): {key} is missing or empty: write {key} = "..."')
    return " ".join(value.split())


def _several(table: Mapping[str, Any], key: str, where: str, kind: str) -> tuple[str, ...]:
    values = table.get(key)
    fine = isinstance(values, list) and all(isinstance(one, str) and one.strip() for one in values)
    if not fine or len({one.strip() for one in values or []}) < 2:
        raise BadUsage(f'{where} ({kind}): {key} needs two or more: write {key} = ["...", "..."]')
    return tuple(sorted({" ".join(one.split()) for one in values or []}))


def _moment(table: Mapping[str, Any], key: str, where: str, kind: str) -> str:
    """A TOML date or date-time, or a string in ISO 8601, as ISO 8601."""
    value = table.get(key)
    try:
        moment = datetime.datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        moment = None
    moment = moment if isinstance(moment, datetime.date) else None  # a date-time is a date too
    if moment is not None and FIRST_YEAR <= moment.year <= LAST_YEAR:
        return value if isinstance(value, str) else moment.isoformat()
    wrong = "no date" if moment is None else f"no date of the years {FIRST_YEAR} to {LAST_YEAR}"
    said = "is missing" if value is None else f"is {shown(value)}, {wrong}"
    raise BadUsage(f"{where} ({kind}): {key} {said}: write {key} = 2031-05-16 or {key} = 2031-05-16T09:30:00Z")
