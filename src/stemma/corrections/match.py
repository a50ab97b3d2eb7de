"""Which reports of a pile the corrections name, and which corrections say two things at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import PurePath
from typing import NamedTuple

import regex
from msgspec import Struct
from rapidfuzz import fuzz, process

from stemma.corrections.file import Entry
from stemma.errors import BadUsage
from stemma.language.words import fold
from stemma.read.label import printed_by
from stemma.records import Report

MOST_NAMED = 5  # reports listed where a name fits several
MOST_NEAR = 3  # names told where none fits
LIKE = (
    70  # of 100 letters alike: "Quay Herald" for "The Quayside Herald" (73), not any other paper ("Daily Herald": 58)
)
MOST_READ = 20_000  # letters of a report that are looked through for names like one that nobody has
_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}'’\-]++(?: \p{Lu}[\p{L}\p{M}'’\-]++){0,3}")


class Matched(Struct, frozen=True):
    """A correction with the ids of the reports that it names, in the order of its kind. ``note``: what was not found, with
    the next step. ``found``: whether enough was found to apply it."""

    entry: Entry
    reports: tuple[str, ...]
    found: bool
    note: str | None = None


def match(entries: Sequence[Entry], reports: Sequence[Report]) -> tuple[Matched, ...]:
    """Each correction once, sorted by what it says: the order of the file tells nothing. Raises ``BadUsage`` where two of
    them contradict each other."""
    if not entries:
        return ()
    index = _index(reports)
    written = _Written(reports)
    found = [_match(entry, index, written) for entry in entries]
    _check(found)
    return tuple(sorted(found, key=_content))


def _content(one: Matched) -> tuple[object, ...]:
    entry = one.entry
    return (entry.kind, one.reports or entry.reports, entry.names, entry.value or "", entry.when, entry.who, entry.why)


def _match(entry: Entry, index: _Index, written: _Written) -> Matched:
    if entry.names:
        missing = [name for name in entry.names if name not in written]
        told = [f"no report of this pile has the name {name!r}: {written.advice(name)}" for name in missing]
        return Matched(entry, (), not missing, "; ".join(told) or None)
    ids: list[str] = []
    notes: list[str] = []
    for name in entry.reports:
        fitting = sorted(index.ids.get(_key(name), ()))
        if len(fitting) == 1:
            ids.append(fitting[0])
        elif fitting:
            some = ", ".join(f"{one} from {index.read_from[one]}" for one in fitting[:MOST_NAMED])
            notes.append(f"{name!r} fits {len(fitting)} reports ({some}): give the id of one")
        else:
            near = nearest(name, index.names)
            said = f"nearest are {listed(near)}, or give" if near else "give"
            notes.append(
                f"no report of this pile is called {name!r}: {said} its id, address, file name, title or outlet"
            )
    least = 2 if entry.kind == "same story" else len(entry.reports)
    if entry.kind == "same story":
        ids = sorted(set(ids))
    return Matched(entry, tuple(ids), len(ids) >= least, "; ".join(notes) or None)


class _Index(NamedTuple):
    """What a report may be called (folded) -> the ids; the names as they are written; by id where it was read from."""

    ids: Mapping[str, set[str]]
    names: tuple[str, ...]
    read_from: Mapping[str, str]


def _index(reports: Sequence[Report]) -> _Index:
    """An id names one report whatever else is called so; then the path or address it was read from, the file's name, with
    and without its ending, and the title; then the outlet, as it is shown on the page."""
    ids: dict[str, set[str]] = {}
    named: dict[str, set[str]] = {}
    shown: dict[str, set[str]] = {}
    written: set[str] = set()
    for report in reports:
        ids.setdefault(_key(report.id), set()).add(report.id)
        for names, found in ((_names(report), named), (filter(None, [printed_by(report)]), shown)):
            for name in names:
                found.setdefault(_key(name), set()).add(report.id)
                written.add(name)
    read_from = {report.id: report.read_from or "a program" for report in reports}
    return _Index(shown | named | ids, tuple(sorted(written)), read_from)


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """The names most like one that was not found, by their letters."""
    found = process.extract(
        name, sorted(names), scorer=fuzz.ratio, processor=_plain, limit=MOST_NEAR, score_cutoff=LIKE
    )
    return [near for near, _, _ in found]


def _plain(name: str) -> str:
    return _folded(name).strip() or _key(name)


def _names(report: Report) -> Iterable[str]:
    yield from filter(None, (report.url, report.read_from))
    if report.read_from and "://" not in report.read_from:
        path, mark, part = report.read_from.partition("#")
        yield PurePath(path).name + mark + part
        if not part:
            yield PurePath(path).stem
    if report.title:
        yield report.title


def _key(name: str) -> str:
    return " ".join(name.casefold().split()).rstrip("/")


class _Written:
    """Whether a name is written in any report, whatever its accents and capitals; texts are folded when first asked."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = reports
        self.texts: list[str] | None = None

    def advice(self, name: str) -> str:
        """What to do about a name that no report has."""
        runs = {run for report in self.reports for run in _NAME.findall(report.text[:MOST_READ])}
        cut = [run.split(" ") for run in runs]
        names = {" ".join(run[i:j]) for run in cut for i, j in combinations(range(len(run) + 1), 2)}
        near = nearest(name, names)
        return f"nearest are {listed(near)}" if near else "check how it is written"

    def __contains__(self, name: str) -> bool:
        if any(name in report.text for report in self.reports):
            return True
        if self.texts is None:
            self.texts = [_folded(report.text) for report in self.reports]
        wanted = _folded(name)
        return any(wanted in text for text in self.texts)


def _folded(text: str) -> str:
    """Words folded, with one space round each."""
    return f" {' '.join(filter(None, map(fold, text.replace('-', ' ').split())))} "


# ------------------------------------------------------------------------------------------------ contradictions


def _check(found: Sequence[Matched]) -> None:
    """Raise where two corrections cannot both hold."""
    applied = [one for one in found if one.found]
    _check_values(applied)
    _check_apart(
        [(one, one.reports) for one in applied if one.entry.kind == "same story"],
        [(one, one.reports) for one in applied if one.entry.kind == "not this story"],
    )
    _check_apart(
        [(one, _folded_names(one)) for one in applied if one.entry.kind == "same person"],
        [(one, _folded_names(one)) for one in applied if one.entry.kind == "not the same person"],
    )


def _folded_names(one: Matched) -> tuple[str, ...]:
    return tuple(_folded(name) if _folded(name).strip() else name for name in one.entry.names)


def _check_values(found: Sequence[Matched]) -> None:
    """One report has one outlet, one date, one agency."""
    said: dict[tuple[str, str], Matched] = {}
    for one in found:
        if one.entry.value is None:
            continue
        other = said.setdefault((one.entry.kind, one.reports[0]), one)
        if other.entry.value != one.entry.value:
            raise _contradiction(other, one, f"{other.entry.value!r} and {one.entry.value!r}")


Named = tuple[Matched, tuple[str, ...]]


def _check_apart(together: Sequence[Named], apart: Sequence[Named]) -> None:
    """What is put together, by any number of corrections, must not be kept apart by one."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.setdefault(name, name) != name:
            name = above[name]
        return name

    by: dict[str, Matched] = {}
    for one, names in together:
        for name in names:
            above[top(name)] = top(names[0])
            by.setdefault(name, one)
    for one, names in apart:
        if len(set(names)) < len(names):
            raise _contradiction(one, one, "the same is named twice")
        tops = [top(name) for name in names]
        if len(set(tops)) < len(tops):
            twice = next(name for name, high in zip(names, tops, strict=True) if tops.count(high) > 1)
            raise _contradiction(by[twice], one, f"{by[twice].entry.kind} and {one.entry.kind}")


def _contradiction(one: Matched, two: Matched, what: str) -> BadUsage:
    first, second = sorted((_named(one), _named(two)))
    return BadUsage(
        f"two corrections contradict each other ({what}): {first}; {second}: take one of them out of the file"
    )


def _named(one: Matched) -> str:
    entry = one.entry
    line = f"line {entry.line}, " if entry.line else ""
    return f"{line}{entry.kind} of {listed(entry.reports or entry.names)} by {entry.who}, {entry.when}"


def listed(names: Sequence[str]) -> str:
    return " and ".join(repr(name) for name in names)
