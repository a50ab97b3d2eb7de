"""The steps of a corpus as functions from Arrow batches to Arrow batches: what an engine of tables (Spark) maps over its
partitions. The same stages as the local engine's tasks, without files and without knowledge of the engine.

Records travel as MessagePack in a column ``packed``. Where a function needs the rows of one key together, they come sorted
by it and are taken as they stream by, so that no key has to fit into a message.
"""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from stemma import stages
from stemma.arrow import rows_of
from stemma.collate import shards
from stemma.corpus.comparing import job_of, story_tables
from stemma.corpus.grouping import body_length, time_of
from stemma.corpus.plan import Settings
from stemma.corpus.store import OnlyReport
from stemma.corpus.tables import tables
from stemma.ids import content_id
from stemma.read.inputs import with_own_ids
from stemma.read.pieces import cut, read_piece
from stemma.records import Annotated, Passage, Report, SetAside
from stemma.run import unique_reports
from stemma.story.cluster import group_profiles
from stemma.story.profiles import profiled

Batches = Iterable[Any]
ROWS = 200  # rows in one message: a megabyte of annotated reports

READ = pa.schema([("kind", pa.string()), ("key", pa.string()), ("packed", pa.binary())])
# ``time``: time_of, in days; ``length``: of the body, in code points
KNOWN = pa.schema(
    [
        ("kind", pa.string()),
        ("id", pa.string()),
        ("time", pa.float64()),
        ("length", pa.int64()),
        ("packed", pa.binary()),
    ]
)
BARE = pa.schema([("id", pa.string()), ("packed", pa.binary())])
TEXT = pa.schema(
    [("id", pa.string()), ("text", pa.string()), ("outlet", pa.string()), ("own", pa.list_(pa.list_(pa.int32())))]
)
# A passage, and how much of the two reports it shares, in code points; boilerplate counts as nothing.
SHARED = pa.schema(
    [("a", pa.string()), ("b", pa.string()), ("boilerplate", pa.bool_()), ("size", pa.int64()), ("packed", pa.binary())]
)
GROUPED = pa.schema([("window", pa.int64()), ("group", pa.int64()), ("id", pa.string()), ("new", pa.bool_())])
STORY = pa.schema([("id", pa.string()), ("story", pa.string())])
LINES = pa.schema([("table", pa.string()), ("story", pa.string()), ("packed", pa.binary())])


class Row(NamedTuple):
    """One row of a story's input: a report (kind 0) or a passage (kind 1)."""

    story: str
    kind: int
    packed: bytes


def read_files(batches: Batches, settings: Settings) -> Iterator[Any]:
    """Names of files -> what they hold: reports, what was set aside, and how many records hold no report."""

    def rows() -> Iterator[tuple[str, str, bytes]]:
        encode = msgspec.msgpack.Encoder().encode
        columns = dict(settings.columns)
        for name in _column(batches, 0):
            for piece in cut([os.fsdecode(name)], columns):
                found = read_piece(piece, columns)
                yield from (("report", one.id, encode(one)) for one in found.reports)
                yield from (("set_aside", one.read_from, encode(one)) for one in found.set_aside)
                yield "passed_over", "", encode(found.passed_over)

    return batched(rows(), READ)


def annotate_sorted(batches: Batches) -> Iterator[Any]:
    """What was read, sorted by kind and key -> each report once, annotated, with its place in time; what was handed in twice;
    what was set aside."""

    def rows() -> Iterator[tuple[str, str, float, int, bytes]]:
        encode = msgspec.msgpack.Encoder().encode
        decode = msgspec.msgpack.Decoder(Report).decode
        for (kind, key), group in groupby(_rows(batches), key=lambda row: row[:2]):
            if kind != "report":
                yield from ((kind, key, math.nan, 0, packed) for _, _, packed in group)
                continue
            unique, twice = unique_reports(with_own_ids([decode(packed) for _, _, packed in group]))
            yield from (("twice", one.what, math.nan, 0, encode(one)) for one in twice)
            for report in unique:
                found = stages.annotate(report)
                if isinstance(found, SetAside):
                    yield "set_aside", found.read_from, math.nan, 0, encode(found)
                else:
                    time = time_of(report)
                    yield "report", report.id, time, body_length(report.body), encode(found)

    return batched(rows(), KNOWN)


def without_annotation(batches: Batches) -> Iterator[Any]:
    """Annotated reports -> the reports alone: an eighth of the size, and all that grouping looks at."""
    encode = msgspec.msgpack.Encoder().encode
    decode = msgspec.msgpack.Decoder(OnlyReport).decode
    return batched(((name, encode(decode(packed))) for name, packed in _rows(batches)), BARE)


def texts(batches: Batches) -> Iterator[Any]:
    """Annotated reports -> what passages need of them."""

    def rows() -> Iterator[tuple[Any, ...]]:
        decode = msgspec.msgpack.Decoder(Annotated).decode
        for (packed,) in _rows(batches):
            one = shards.text_of(decode(packed))
            yield one.id, one.text, one.outlet, [list(span) for span in one.own]

    return batched(rows(), TEXT)


def find_passages(batches: Batches) -> Iterator[Any]:
    """All texts of the corpus, in any order -> all passages between them, in bounded memory, by an index on this machine's disk."""
    with tempfile.TemporaryDirectory(prefix="stemma-") as folder:
        rows = _rows(batches)
        shards.add(
            (shards.Text(i, text, outlet, tuple(map(tuple, own))) for i, text, outlet, own in rows), Path(folder)
        )
        for batch in shards.passages(Path(folder)):
            yield from batched(_shared(batch), SHARED)


def _shared(batch: Any) -> Iterator[tuple[Any, ...]]:
    encode = msgspec.msgpack.Encoder().encode
    for row in batch.to_pylist():
        found = msgspec.convert(row, Passage)
        boilerplate = found.kind == "boilerplate"
        size = 0 if boilerplate else min(found.a.end - found.a.start, found.b.end - found.b.start)
        yield found.a.report, found.b.report, boilerplate, size, encode(found)


def group_window(window: int, reports: Any, same: Any) -> Any:
    """One window of time -> the group of each of its reports. ``reports`` is a table (id, new, packed), sorted by id; ``same`` one
    of the pairs (a, b) of reports that share most of their text."""
    decode = msgspec.msgpack.Decoder(OnlyReport).decode
    profiles = profiled([decode(one).report for one in reports.column("packed").to_pylist()])
    ids, new = reports.column("id"), reports.column("new").to_pylist()
    a, b = (pc.index_in(same.column(side), value_set=ids.combine_chunks()).to_pylist() for side in "ab")
    groups = group_profiles(profiles, list(zip(a, b, strict=True)))
    rows = [(window, number, ids[one].as_py(), new[one]) for number, group in enumerate(groups) for one in group]
    return pa.Table.from_batches(batched(rows, GROUPED), schema=GROUPED)


def name_stories(batches: Batches) -> Iterator[Any]:
    """Lists of reports' ids, sorted -> the story of each report."""
    rows = ((one, content_id("s", *members)) for members in _column(batches, 0) for one in members)
    return batched(rows, STORY)


def compare_sorted(batches: Batches, settings: Settings) -> Iterator[Any]:
    """Stories' reports and then their passages, sorted by story, kind and key -> all lines of each story, packed."""

    def rows() -> Iterator[tuple[str, str, bytes]]:
        encode = msgspec.msgpack.Encoder().encode
        report, shared = msgspec.msgpack.Decoder(Annotated).decode, msgspec.msgpack.Decoder(Passage).decode
        for story, group in groupby((Row(*row) for row in _rows(batches)), key=lambda row: row.story):
            packed: tuple[list[bytes], list[bytes]] = ([], [])
            for row in group:
                packed[row.kind].append(row.packed)
            members = tuple(sorted((report(one) for one in packed[0]), key=lambda one: one.report.id))
            passages = sorted((shared(one) for one in packed[1]), key=lambda p: (p.a, p.b, p.kind))
            for table, lines in story_tables(job_of(members, passages, settings)).items():
                yield from ((table, story, encode(line)) for line in lines)

    return batched(rows(), LINES)


def unpack_lines(batches: Batches, name: str) -> Iterator[Any]:
    """Packed lines of one table (story, packed) -> its rows, with its exact columns."""
    table = tables()[name]
    decode = msgspec.msgpack.Decoder(table.record).decode
    for batch in batches:
        rows = []
        for story, packed in zip(batch.column(0).to_pylist(), batch.column(1), strict=True):
            rows += rows_of([decode(packed.as_buffer())], table.record, **({"story": story} if table.before else {}))
        yield pa.RecordBatch.from_pylist(rows, schema=table.schema)


def unpack_reports(batches: Batches) -> Iterator[Any]:
    """Annotated reports -> rows of the table of reports."""
    decode = msgspec.msgpack.Decoder(OnlyReport).decode
    for batch in batches:
        reports = [decode(packed.as_buffer()).report for packed in batch.column(0)]
        yield pa.RecordBatch.from_pylist(rows_of(reports, Report), schema=tables()["reports"].schema)


def batched(rows: Iterable[tuple[Any, ...]], schema: Any) -> Iterator[Any]:
    """Rows as Arrow batches."""
    rest = iter(rows)
    while chunk := list(islice(rest, ROWS)):
        columns = zip(*chunk, strict=True)
        yield pa.RecordBatch.from_arrays(
            [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
        )


def _rows(batches: Batches) -> Iterator[tuple[Any, ...]]:
    for batch in batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _column(batches: Batches, place: int) -> Iterator[Any]:
    for batch in batches:
        yield from batch.column(place).to_pylist()
