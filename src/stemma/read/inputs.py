"""PATHs to reports: files, folders, globs, archives, standard input and web addresses."""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from stemma.errors import StemmaError, UnreadableInput
from stemma.ids import content_id
from stemma.read.formats import LARGE, NO_REPORTS, from_bytes, kind_of, kind_of_media
from stemma.read.limits import DEFAULT, Limits
from stemma.read.notes import without_notes
from stemma.read.packed import Found, bounded_lines, is_packed_stream, read_stream
from stemma.read.rows import clean
from stemma.read.table import from_lines, from_parquet
from stemma.read.web import Fetcher, is_address
from stemma.records import Report, SetAside

# Read piece by piece, so their size does not matter.
STREAMED = frozenset({"lines", "parquet"})


class Reading(Struct, frozen=True):
    """What was read, in the order of the inputs, and what was set aside."""

    reports: tuple[Report, ...]
    set_aside: tuple[SetAside, ...]


def read(
    paths: Iterable[str],
    *,
    limits: Limits = DEFAULT,
    stdin: BinaryIO | None = None,
    allow_loopback: bool = False,
) -> Reading:
    """All reports that the paths hold, and what could not be read with the reason.

    A path is a file, a folder (read with the folders in it, in the order of names), a glob, a zip archive, "-" for
    standard input (``stdin`` or the process's own), or an https address. Nothing raises for a bad input.
    ``allow_loopback`` lets tests fetch from this machine.
    """
    fetcher = Fetcher(limits, allow_loopback)
    found = [one for path in paths for one in safely(_from_path(str(path), limits, stdin, fetcher), str(path))]
    reports = [one for one in found if isinstance(one, Report)]
    return Reading(with_own_ids(reports), tuple(one for one in found if isinstance(one, SetAside)))


def read_file(path: str, limits: Limits = DEFAULT) -> Found:
    """What one file holds, ids as given or made from the report alone; nothing raises."""
    return safely(_from_file(path, limits), path)


def safely(found: Found, name: str) -> Found:
    """What an input gives until it cannot be read further, and then why; one that gives nothing is set aside too."""
    name = clean(name)  # the name of a file need not be text
    empty = True
    try:
        for one in found:
            empty = False
            yield one
        if empty:
            yield SetAside(name, "no report in it; fill it or leave it out")
    except StemmaError as error:
        yield SetAside(name, str(error))
    except OSError as error:
        yield SetAside(name, f"{error.strerror or type(error).__name__}; check that it is there and may be read")
    except RecursionError:
        yield SetAside(name, "nested too deep to be read; hand in its text")
    except MemoryError:
        yield SetAside(name, "too large for this machine's memory; split it")


def _from_path(path: str, limits: Limits, stdin: BinaryIO | None, fetcher: Fetcher) -> Found:
    if path == "-":
        data = (stdin or sys.stdin.buffer).read(limits.table_bytes + 1)
        yield from _from_data(data, "-", limits)
    elif is_address(path):
        page = fetcher.fetch(path)
        yield from from_bytes(page.data, path, limits, kind=kind_of_media(page.kind), url=page.url)
    elif os.path.isdir(path):
        yield from _from_folder(path, limits)
    elif os.path.exists(path):
        yield from _from_file(path, limits)
    elif glob.has_magic(path):
        yield from _from_glob(path, limits, stdin, fetcher)
    else:
        raise UnreadableInput("there is no such file; check the name")


def _from_glob(path: str, limits: Limits, stdin: BinaryIO | None, fetcher: Fetcher) -> Found:
    names = sorted(glob.glob(path, recursive=True))
    if not names:
        raise UnreadableInput("no file has such a name; check the pattern")
    for name in names:
        yield from safely(_from_path(name, limits, stdin, fetcher), name)


def _from_folder(folder: str, limits: Limits) -> Found:
    """The files of a folder and of the folders in it; hidden ones are passed over, links to folders not followed. Folders
    wait on a stack, so that one deep chain does not end the rest."""
    waiting = [(folder, True)]
    while waiting:
        at, is_folder = waiting.pop()
        if not is_folder and PurePath(at).suffix.lower() in NO_REPORTS:
            yield SetAside(
                clean(at),
                "a program, settings or a log, by its name; to have it read as a report, name the file itself",
            )
            continue
        if not is_folder:
            yield from without_notes(at, safely(_from_file(at, limits), at))
            continue
        try:
            entries = sorted(os.scandir(at), key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            yield SetAside(clean(at), f"a folder that may not be read ({error.strerror}); change its rights")
            continue
        visible = [entry for entry in entries if not entry.name.startswith(".")]
        if not visible:
            yield SetAside(clean(at), "a folder with no files in it; check the name")
        own = [entry for entry in visible if entry.is_dir(follow_symlinks=False) or not entry.is_dir()]
        waiting += [(entry.path, entry.is_dir(follow_symlinks=False)) for entry in own]


def _from_file(path: str, limits: Limits) -> Found:
    status = os.stat(path)
    kind, name = kind_of(path), clean(path)
    if is_packed_stream(path) and stat.S_ISREG(status.st_mode):
        yield from read_stream(path, limits)
        return
    # A pipe that the user names ("<(...)") is read like standard input; a device never ends.
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISFIFO(status.st_mode)):
        raise UnreadableInput("a device or socket, not a file; hand in files")
    most = limits.table_bytes if kind in LARGE or kind is None else max(limits.file_bytes, limits.page_bytes)
    if status.st_size > most and kind not in STREAMED:
        raise UnreadableInput(f"{status.st_size:,} bytes, more than the {most:,} that are read at once; split it")
    if stat.S_ISREG(status.st_mode) and kind == "parquet" and status.st_size:
        yield from from_parquet(path, name, limits)
    elif stat.S_ISREG(status.st_mode) and kind == "lines" and status.st_size:
        with open(path, "rb") as file:
            if file.read(2) not in (b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b", b"PK"):
                file.seek(0)
                yield from from_lines(bounded_lines(file, limits), name, limits)
                return
        yield from _from_data(Path(path).read_bytes(), name, limits)
    else:
        with open(path, "rb") as file:
            yield from _from_data(file.read(most + 1), name, limits)


def _from_data(data: bytes, name: str, limits: Limits) -> Found:
    if len(data) > limits.table_bytes:
        raise UnreadableInput(f"more than {limits.table_bytes:,} bytes; split it")
    yield from from_bytes(data, name, limits)


def with_own_ids(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Two reports that differ but were given one id get ids of their own, whichever was read first."""
    keys: dict[str, set[str]] = {}
    for report in reports:
        keys.setdefault(report.id, set()).add(_key(report))
    return tuple(
        report if len(keys[report.id]) == 1 else replace(report, id=content_id("r", report.id, _key(report)))
        for report in reports
    )


def _key(report: Report) -> str:
    """What makes a report another report: its text and what is known of it, not where it was read."""
    return content_id(
        "k", report.text, report.outlet, report.url, report.published, report.title, report.byline, report.agency
    )
