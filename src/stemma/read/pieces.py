"""Inputs of any size as a stream of pieces: what a worker then reads into reports.

A piece holds raw bytes (lines of JSON Lines, records of a WARC file, rows of Parquet) or the names of files that are read
whole. Cutting files into pieces costs little and is done in one process; reading the reports out of them is the work.
Which pieces there are depends on the inputs alone, so a run that was stopped finds its pieces again.
"""

from __future__ import annotations

import glob
import io
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import Any, Literal

from msgspec import Struct

from stemma.errors import StemmaError, UnreadableInput
from stemma.read.inputs import read_file
from stemma.read.limits import DEFAULT, Limits
from stemma.read.packed import Found, bounded_lines, is_archive, is_packed_stream, opened, reason_of
from stemma.read.rows import NO_COLUMNS, Columns, clean
from stemma.read.table import batches_of, from_lines, from_rows
from stemma.read.warc import is_response, records_of, reports_of
from stemma.records import Report, SetAside

PIECE_BYTES = 2_000_000  # about a second of reading, a small message between processes
PIECE_ITEMS = 1_000
FILES_OF_A_PIECE = 100
Kind = Literal["lines", "rows", "warc", "files"]


class Piece(Struct, frozen=True):
    """A part of the inputs. ``source`` is what the file it is from is called, ``first`` the number of its first item there,
    counted from 1.

    ``items`` are lines, WARC records, Arrow batches in IPC format, or names of files; ``numbers`` the records' numbers,
    where they are not one after another. ``set_aside`` is what could not even be cut out, ``passed_over`` counts what
    holds no report and never did (a request, a redirect)."""

    source: str
    kind: Kind
    first: int
    items: tuple[bytes, ...]
    numbers: tuple[int, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    passed_over: int = 0


class Read(Struct, frozen=True):
    """What was read from one piece."""

    reports: tuple[Report, ...]
    set_aside: tuple[SetAside, ...]
    passed_over: int


def files_of(paths: Iterable[str]) -> list[str]:
    """All files that the paths name, each once, sorted: files, folders with the folders in them, globs. Raises
    ``UnreadableInput`` for a path that names nothing."""
    found: set[str] = set()
    for path in paths:
        names = [path] if os.path.exists(path) else sorted(glob.glob(path, recursive=True))
        if not names:
            raise UnreadableInput(f"{path}: there is no such file; check the name")
        for name in names:
            found.update(_in_folder(name) if os.path.isdir(name) else [name])
    return sorted(found)


def _in_folder(folder: str) -> Iterator[str]:
    for at, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (os.path.join(at, name) for name in files if not name.startswith("."))


def stream_kind(path: str) -> Kind:
    """How a file is cut, by its name: large tables and archives in pieces, everything else whole."""
    name = path.lower()
    if is_packed_stream(name):
        return "warc" if is_archive(name) else "lines"
    if name.endswith((".jsonl", ".ndjson")) and not _is_odd(path):
        return "lines"
    return "rows" if name.endswith(".parquet") else "files"


def _is_odd(path: str) -> bool:
    """Whether a file of JSON Lines is in UTF-16 or packed under a wrong name: then it is read whole."""
    try:
        with open(path, "rb") as file:
            return file.read(2) in (b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b", b"PK", b"")
    except OSError:
        return True  # which says why when it is read


def cut(files: Iterable[str], columns: Columns = NO_COLUMNS, limits: Limits = DEFAULT) -> Iterator[Piece]:
    """All pieces of the files, in order. A file that cannot be read to its end gives a last piece that says so."""
    whole: list[str] = []
    for file in files:
        kind = stream_kind(file)
        if kind == "files":
            whole.append(file)
            continue
        try:
            yield from _CUTTERS[kind](file, columns, limits)
        except (StemmaError, OSError, EOFError, zlib.error) as error:
            reason = reason_of(error)
            name = clean(file)
            yield Piece(name, kind, 1, (), set_aside=(SetAside(name, reason),))
    for start in range(0, len(whole), FILES_OF_A_PIECE):
        names = whole[start : start + FILES_OF_A_PIECE]
        yield Piece(clean(names[0]), "files", start + 1, tuple(os.fsencode(name) for name in names))


def read_piece(piece: Piece, columns: Columns = NO_COLUMNS, limits: Limits = DEFAULT) -> Read:
    """The reports of a piece and what was set aside. ``columns`` names the columns of other people's tables: ours -> theirs."""
    found: list[Report | SetAside | None] = list(_READERS[piece.kind](piece, columns, limits))
    return Read(
        tuple(one for one in found if isinstance(one, Report)),
        (*piece.set_aside, *(one for one in found if isinstance(one, SetAside))),
        piece.passed_over + found.count(None),
    )


def _cut_lines(file: str, columns: Columns, limits: Limits) -> Iterator[Piece]:
    with ExitStack() as stack:
        lines = bounded_lines(opened(file, stack, limits), limits)
        first = 1
        for items in _grouped(lines, len):
            yield Piece(clean(file), "lines", first, tuple(items))
            first += len(items)


def _cut_rows(file: str, columns: Columns, limits: Limits) -> Iterator[Piece]:
    import pyarrow as pa

    first = 1
    for batch in batches_of(file, columns):
        sink = io.BytesIO()
        with pa.ipc.new_stream(sink, batch.schema) as writer:
            writer.write_batch(batch)
        yield Piece(clean(file), "rows", first, (sink.getvalue(),))
        first += batch.num_rows


def _cut_warc(file: str, columns: Columns, limits: Limits) -> Iterator[Piece]:
    name = clean(file)
    with ExitStack() as stack:
        records = records_of(opened(file, stack, limits), limits)
        for items in _grouped(records, lambda raw: len(raw.data or b"")):
            kept = [raw for raw in items if raw.data is not None and is_response(raw.data)]
            damaged = tuple(SetAside(f"{name}#{raw.number}", raw.reason) for raw in items if raw.data is None)
            yield Piece(
                name,
                "warc",
                items[0].number,
                tuple(raw.data or b"" for raw in kept),
                numbers=tuple(raw.number for raw in kept),
                set_aside=damaged,
                passed_over=len(items) - len(kept) - len(damaged),
            )


def _grouped(items: Iterable[Any], size: Callable[[Any], int]) -> Iterator[list[Any]]:
    """Items in groups of at most PIECE_ITEMS and about PIECE_BYTES. An error comes after the items before it."""
    group: list[Any] = []
    held = 0
    problem: BaseException | None = None
    rest = iter(items)
    while True:
        try:
            item = next(rest)
        except StopIteration:
            break
        except (StemmaError, OSError, EOFError, zlib.error) as error:
            problem = error
            break
        group.append(item)
        held += size(item)
        if len(group) >= PIECE_ITEMS or held >= PIECE_BYTES:
            yield group
            group, held = [], 0
    if group:
        yield group
    if problem is not None:
        raise problem


def _read_lines(piece: Piece, columns: Columns, limits: Limits) -> Found:
    return from_lines(piece.items, piece.source, limits, first=piece.first, columns=columns)


def _read_rows(piece: Piece, columns: Columns, limits: Limits) -> Found:
    import pyarrow as pa

    first = piece.first
    for item in piece.items:  # one, or none where the file could not be cut
        batch = pa.ipc.open_stream(item).read_next_batch()
        yield from from_rows(batch, piece.source, limits, first=first, columns=columns)
        first += batch.num_rows


def _read_warc(piece: Piece, columns: Columns, limits: Limits) -> Iterator[Report | SetAside | None]:
    return reports_of(zip(piece.numbers, piece.items, strict=True), piece.source, limits)


def _read_files(piece: Piece, columns: Columns, limits: Limits) -> Found:
    for name in piece.items:
        yield from read_file(os.fsdecode(name), limits)


_CUTTERS: dict[Kind, Callable[[str, Columns, Limits], Iterator[Piece]]] = {
    "lines": _cut_lines,
    "rows": _cut_rows,
    "warc": _cut_warc,
}
_READERS: dict[Kind, Callable[[Piece, Columns, Limits], Iterator[Any]]] = {
    "lines": _read_lines,
    "rows": _read_rows,
    "warc": _read_warc,
    "files": _read_files,
}
