"""Records on disk, found by partition and row: MessagePack, each packed by itself, in files that are mapped, not read.

The report's working view (``Annotated``) has about 8 kB for a text of 1.2 kB and packs to 4 kB; reading one back takes a
tenth of a millisecond, making it three. So it is made once and looked up by every story.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
import numpy as np
import pyarrow as pa
from msgspec import Struct

from stemma.corpus.layout import Layout, write_whole
from stemma.records import Report

Record = TypeVar("Record")


def write_table(path: Path, table: Any) -> None:
    """Write a working table, so that parts of it can be read without the rest."""

    def write(half: str) -> None:
        with pa.OSFile(half, "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)

    write_whole(path, write)


def read_table(path: Path) -> Any:
    """A working table; its columns are read from disk as they are looked at."""
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


class OnlyReport(Struct, frozen=True):
    """An annotated report of which nothing but the report is unpacked."""

    report: Report


ROWS = 500  # records in one batch of a file
_SCHEMA = pa.schema([("size", pa.int32()), ("packed", pa.binary())])


def write_store(layout: Layout, name: str, number: int, records: Iterable[Any]) -> None:
    """Write one partition's records, in order."""
    encoder, codec = msgspec.msgpack.Encoder(enc_hook=_packed_array), pa.Codec("lz4")

    def write(path: str) -> None:
        with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, _SCHEMA) as writer:
            rest = iter(records)
            while chunk := [encoder.encode(one) for one in islice(rest, ROWS)]:
                packed = [codec.compress(one, asbytes=True) for one in chunk]
                writer.write_batch(
                    pa.record_batch(
                        [pa.array(map(len, chunk), pa.int32()), pa.array(packed, pa.binary())], schema=_SCHEMA
                    )
                )

    write_whole(layout.work(name, number), write)


def _packed_array(value: Any) -> Any:
    """Arrays inside a record (a profile has them) as their type and their bytes."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.tobytes()
    raise NotImplementedError(f"{type(value).__name__} is not kept in a store")


def _unpacked_array(_: type, value: Any) -> Any:
    kind, data = value
    return np.frombuffer(data, kind) if data else np.empty(0, kind)


class Store(Generic[Record]):
    """The records that ``write_store`` wrote."""

    def __init__(self, layout: Layout, name: str, kind: type[Record]) -> None:
        self.layout, self.name = layout, name
        self._decoder = msgspec.msgpack.Decoder(kind, dec_hook=_unpacked_array)
        self._codec = pa.Codec("lz4")
        self._file = lru_cache(maxsize=1024)(self._open)

    def get(self, partition: int, row: int) -> Record:
        """One record."""
        batch = self._batch(partition, row // ROWS)
        return self._record(batch, row % ROWS)

    def all(self, partition: int) -> Iterator[Record]:
        """All records of a partition, in order."""
        for place in range(self._file(partition).num_record_batches):
            batch = self._batch(partition, place)
            yield from (self._record(batch, row) for row in range(batch.num_rows))

    def _record(self, batch: Any, row: int) -> Record:
        packed = batch.column(1)[row].as_buffer()
        return self._decoder.decode(self._codec.decompress(packed, decompressed_size=batch.column(0)[row].as_py()))

    def _batch(self, partition: int, place: int) -> Any:
        return self._file(partition).get_batch(place)

    def _open(self, partition: int) -> Any:
        return pa.ipc.open_file(pa.memory_map(str(self.layout.work(self.name, partition))))
