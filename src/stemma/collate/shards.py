"""Passages of a pile of any size: an index on disk, bounded memory, both cores, resumable.

    add(texts, folder)            read reports into the index kept in ``folder``; those already in it are passed over
    passages(folder)              all passages of the index, in the order and with the values of ``find_passages``

The index is kept: add tomorrow's reports to it and ask again, nothing is read twice. Both calls can be killed at any moment
and called again: what was finished is kept.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import xxhash

from stemma.collate.kernels_chains import KINDS, Rows
from stemma.collate.kernels_jit import CONTENT
from stemma.collate.kernels_words import Chunk, read_chunk
from stemma.collate.seeds import SEEN
from stemma.collate.shards_index import Entries, Index
from stemma.collate.shards_work import Progress, Work, find_rows, in_order, pile_of
from stemma.errors import BadUsage
from stemma.records import Annotated

if TYPE_CHECKING:
    import pyarrow as pa

PART = 2_000_000  # code points read at once: 1,000 reports of news; what is made of them stays in the processor's cache


class Text(NamedTuple):
    """What passages need of one report. ``own``: the spans (code points) that are the report itself, body and title; empty
    where the reader did not tell them from the rest. Ids are unique in the index."""

    id: str
    text: str
    outlet: str | None = None
    own: tuple[tuple[int, int], ...] = ()


class Settings(NamedTuple):
    """``shortest`` as in ``find_passages``; ``workers``: threads, None for one a core."""

    shortest: int = 12
    workers: int | None = None


DEFAULTS = Settings()


class Added(NamedTuple):
    """How many reports an ``add`` put into the index, and how many it held already."""

    new: int
    known: int


def text_of(one: Annotated) -> Text:
    """What passages need of an annotated report."""
    report = one.report
    title = tuple((s.start, s.end) for s in one.sentences if s.part == "title")
    own = (*((span.start, span.end) for span in report.body), *title) if report.body else ()
    return Text(report.id, report.text, report.outlet, own)


def add(texts: Iterable[Text], folder: Path, settings: Settings = DEFAULTS, progress: Progress | None = None) -> Added:
    """Read ``texts`` into the index in ``folder`` (made where it is not there), as they come, in any order.

    After a kill call it again with the same texts: those that are in the index cost a look-up. A report whose id is in the
    index with another text, outlet or body raises BadUsage; so does a folder that holds something else.
    """
    index = Index(folder)
    known = dict(zip(index.entries.ids, index.entries.fingerprints, strict=True))
    before = len(known)
    tell = progress or (lambda step, done, of: None)
    workers = settings.workers or os.cpu_count() or 1
    seen: list[int] = []
    with ThreadPoolExecutor(workers) as pool:
        for part, chunk in in_order(pool if workers > 1 else None, workers, _read, _parts(texts, known, seen)):
            index.append(part.entries, chunk)
            tell("reading", len(index.entries.ids), 0)
    return Added(len(known) - before, sum(seen) - len(known) + before)


class _Part(NamedTuple):
    """Reports read at once: their texts as UTF-8 and their own spans."""

    entries: Entries
    encoded: list[bytes]
    own: list[tuple[tuple[int, int], ...]]


def _parts(texts: Iterable[Text], known: dict[str, int], seen: list[int]) -> Iterator[_Part]:
    """The texts that are not ``known`` yet in parts of about PART code points; how many were looked at goes into ``seen``."""
    part, size = _Part(Entries([], [], []), [], []), 0
    looked = 0
    for id_, text, outlet, own in texts:
        looked += 1
        encoded = text.encode("utf-8", "surrogatepass")
        mark = xxhash.xxh3_64_intdigest(encoded, _mark(id_, outlet, own))
        if (before := known.get(id_)) is not None:
            if before != mark:
                raise BadUsage(f"two reports have the id {id_} and are not the same; give each its own")
            continue
        known[id_] = mark
        part.entries.ids.append(id_)
        part.entries.outlets.append(outlet)
        part.entries.fingerprints.append(mark)
        part.encoded.append(encoded)
        part.own.append(own)
        size += len(text)
        if size >= PART:
            yield part
            part, size = _Part(Entries([], [], []), [], []), 0
    seen.append(looked)
    if part.encoded:
        yield part


def _mark(id_: str, outlet: str | None, own: tuple[tuple[int, int], ...]) -> int:
    """Of all that counts beside the text."""
    return xxhash.xxh3_64_intdigest(f"{id_}\0{outlet}\0{own}".encode("utf-8", "surrogatepass"))


def _read(part: _Part) -> tuple[_Part, Chunk]:
    return part, read_chunk(part.encoded, part.own)


def passages(folder: Path, settings: Settings = DEFAULTS, progress: Progress | None = None) -> Iterator[pa.RecordBatch]:
    """All passages of the index as Arrow record batches in the format of ``stemma passages`` (``schema()``), sorted by
    (a, b, kind). The same rows whatever the order of ``add``, the number of workers, and however often resumed."""
    import pyarrow as pa

    witness = schema().field("a").type
    kinds, names = pa.array(KINDS), pa.array([], pa.string())
    for ids, rows in numbers(folder, settings, progress):
        names = names if len(names) == len(ids) else pa.array(ids, pa.string())  # once for all blocks
        a = pa.StructArray.from_arrays(
            [names.take(pa.array(rows.left)), pa.array(rows.a_start, pa.int64()), pa.array(rows.a_end, pa.int64())],
            fields=list(witness),
        )
        b = pa.StructArray.from_arrays(
            [names.take(pa.array(rows.right)), pa.array(rows.b_start, pa.int64()), pa.array(rows.b_end, pa.int64())],
            fields=list(witness),
        )
        columns = [a, b, kinds.take(pa.array(rows.kind)), pa.array(rows.similarity())]
        yield pa.RecordBatch.from_arrays(columns, schema=schema())


def numbers(
    folder: Path, settings: Settings = DEFAULTS, progress: Progress | None = None
) -> Iterator[tuple[list[str], Rows]]:
    """``passages`` as columns of numbers, with the ids that ``left`` and ``right`` count in; needs no pyarrow."""
    index = Index(folder)
    pile = pile_of(index)
    marks = sum(index.entries.fingerprints) % (1 << 64)
    name = f"work-{CONTENT}-{len(pile.ids)}-{marks:016x}"
    for old in folder.glob("work-*"):
        if old.name != name:  # of fewer reports, or of another version
            shutil.rmtree(old)
    with Work(folder / name, settings.workers, progress) as work:
        for rows in find_rows(index, pile, work, max(settings.shortest, SEEN)):
            yield pile.ids, rows


def write_parquet(folder: Path, target: Path, settings: Settings = DEFAULTS, progress: Progress | None = None) -> int:
    """Write the passages of the index to a Parquet file, block by block, under another name until all are there; how many."""
    import pyarrow.parquet as pq

    partial = target.with_name(f"{target.name}.part")
    count = 0
    with pq.ParquetWriter(partial, schema()) as out:
        for batch in passages(folder, settings, progress):
            out.write_batch(batch)
            count += batch.num_rows
    partial.replace(target)
    return count


def schema() -> pa.Schema:
    """The Arrow schema of a passage: the line format of ``stemma passages``."""
    import pyarrow as pa

    witness = pa.struct([("report", pa.string()), ("start", pa.int64()), ("end", pa.int64())])
    return pa.schema([("a", witness), ("b", witness), ("kind", pa.string()), ("similarity", pa.float64())])
