"""From the inputs to the table of reports: pieces are read as they come, then each partition is put in order by itself.

1. ``read_one``: a piece of the inputs to a working file, its reports sorted by the bucket of their ids.
2. ``reports_of_partition``: all reports of one partition, each once, annotated; the tables of reports and of what was set
   aside, and the working views that the stories need.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
from msgspec import Struct

from stemma import stages
from stemma.corpus.layout import BUCKETS, Counts, Layout, bucket_of, write_whole
from stemma.corpus.plan import Settings
from stemma.corpus.store import write_store
from stemma.corpus.tables import PartWriter
from stemma.read.inputs import with_own_ids
from stemma.read.pieces import Piece, cut, read_piece
from stemma.records import Annotated, Report, SetAside
from stemma.run import unique_reports
from stemma.story.features import profile

_ROW = pa.schema([("bucket", pa.int16()), ("report", pa.bool_()), ("packed", pa.binary())])


class Reading(Struct, frozen=True):
    """One piece to be read, and where to."""

    folder: Path
    number: int
    piece: Piece
    settings: Settings


class Partition(Struct, frozen=True):
    """One partition of so many, of which corpus, with which settings."""

    folder: Path
    number: int
    partitions: int
    settings: Settings

    @property
    def layout(self) -> Layout:
        return Layout(self.folder)

    @property
    def buckets(self) -> tuple[int, int]:
        """Its buckets, half-open."""
        width = BUCKETS // self.partitions
        return self.number * width, (self.number + 1) * width


def pieces_to_read(layout: Layout, files: Sequence[str], settings: Settings) -> Iterator[Reading]:
    """The pieces that are not read yet."""
    for number, piece in enumerate(cut(files, dict(settings.columns))):
        if not layout.marked("read", number):
            yield Reading(layout.folder, number, piece, settings)


def read_one(task: Reading) -> Counts:
    """Read one piece."""
    layout = Layout(task.folder)
    found = read_piece(task.piece, dict(task.settings.columns))
    rows: list[tuple[int, bool, Report | SetAside]] = [(bucket_of(one.id), True, one) for one in found.reports]
    rows += [(bucket_of(one.read_from), False, one) for one in found.set_aside]
    rows.sort(key=lambda row: row[0])
    write_whole(layout.work("read", task.number), lambda path: _write_rows(path, rows))
    counts = {"reports": len(found.reports), "set_aside": len(found.set_aside), "passed_over": found.passed_over}
    layout.mark("read", task.number, counts)
    return counts


def _write_rows(path: str, rows: Sequence[tuple[int, bool, Report | SetAside]]) -> None:
    encode = msgspec.msgpack.Encoder().encode
    batch = pa.record_batch(
        [
            pa.array([bucket for bucket, _, _ in rows], pa.int16()),
            pa.array([is_report for _, is_report, _ in rows], pa.bool_()),
            pa.array([encode(one) for _, _, one in rows], pa.binary()),
        ],
        schema=_ROW,
    )
    # not packed: each partition then reads its own rows and no others
    with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, _ROW) as writer:
        writer.write_batch(batch)


def reports_of_partition(task: Partition) -> Counts:
    """Put one partition's reports in order and annotate them."""
    layout = task.layout
    reports, set_aside = _gathered(task)
    unique, twice = unique_reports(with_own_ids(reports))
    annotated: list[Annotated] = []
    for report in unique:
        one = stages.annotate(report)
        if isinstance(one, SetAside):
            set_aside.append(one)
        else:
            annotated.append(one)
    with PartWriter(layout, ("reports", "set_aside"), task.number) as out:
        out.add("reports", [one.report for one in annotated])
        out.add("set_aside", sorted(set_aside, key=lambda one: (one.read_from, one.reason)))
    write_store(layout, "annotated", task.number, annotated)
    write_store(layout, "profiles", task.number, (profile(one.report) for one in annotated))
    write_store(layout, "twice", task.number, sorted(twice, key=lambda one: (one.what, one.reason)))
    layout.mark("reports", task.number, out.counts)
    return out.counts


def _gathered(task: Partition) -> tuple[list[Report], list[SetAside]]:
    """What all pieces hold of one partition."""
    reports: list[Report] = []
    set_aside: list[SetAside] = []
    report, aside = msgspec.msgpack.Decoder(Report), msgspec.msgpack.Decoder(SetAside)
    for path in task.layout.works("read"):
        batch = _rows_between(path, *task.buckets)
        for is_report, packed in zip(batch.column(1).to_pylist(), batch.column(2), strict=True):
            if is_report:
                reports.append(report.decode(packed.as_buffer()))
            else:
                set_aside.append(aside.decode(packed.as_buffer()))
    return reports, set_aside


def _rows_between(path: Path, low: int, high: int) -> Any:
    batch = pa.ipc.open_file(pa.memory_map(str(path))).get_batch(0)
    first, last = np.searchsorted(batch.column(0).to_numpy(), [low, high])
    return batch.slice(int(first), int(last - first))
