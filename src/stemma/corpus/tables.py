"""The tables of a corpus: which records each holds, and how a part of one is written.

The tables of a story's lines are those of the dossier (docs/schema.md), derived from its fields: a new kind of line gets its
table by being there. A line that does not name its story gets a column ``story`` before its own.
"""

from __future__ import annotations

import typing
from contextlib import ExitStack
from functools import cache
from types import TracebackType
from typing import Any, NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec import Struct

from stemma.arrow import rows_of, schema_of
from stemma.corpus.layout import Layout, whole
from stemma.records import Dossier, NotCompared, Report, SetAside, StemmaEdge, StemmaNode, Story

ROWS_OF_A_GROUP = 10_000  # a few megabytes in memory; readers skip whole groups
COMPRESSION = "zstd"
NAMES = {"quotations": "quotes"}  # field of the dossier -> table, where the command is called otherwise


class Table(NamedTuple):
    """One table. ``before`` are columns put before the record's own."""

    name: str
    record: type[Struct]
    before: tuple[str, ...] = ()

    @property
    def schema(self) -> Any:
        return schema_of(self.record, self.before)


@cache
def tables() -> dict[str, Table]:
    """All tables by name, in the order of the manifest."""
    found = [Table("reports", Report), Table("stories", Story)]
    for field in msgspec.structs.fields(Dossier):
        arguments = typing.get_args(field.type)
        if typing.get_origin(field.type) is tuple and issubclass(arguments[0], Struct):
            found.append(_of_story(NAMES.get(field.name, field.name), arguments[0]))
    found += [_of_story("stemma_nodes", StemmaNode), _of_story("stemma_edges", StemmaEdge)]
    found += [Table("not_compared", NotCompared), Table("set_aside", SetAside)]
    return {table.name: table for table in found}


def _of_story(name: str, record: type[Struct]) -> Table:
    return Table(name, record, () if "story" in record.__struct_fields__ else ("story",))


def lines_of(dossier: Dossier) -> dict[str, tuple[Any, ...]]:
    """The lines of one story by table."""
    found: dict[str, tuple[Any, ...]] = {"stories": (dossier.story,)}
    for field in dossier.__struct_fields__:
        name = NAMES.get(field, field)
        if name in tables():
            found[name] = getattr(dossier, field)
    return {**found, "stemma_nodes": dossier.stemma.nodes, "stemma_edges": dossier.stemma.edges}


class PartWriter:
    """Writes one part of several tables, in pieces, so that a part may be larger than memory. A part without a row is
    written too: its columns are still there to read. Use as a context manager: without an error the parts get their names."""

    def __init__(self, layout: Layout, names: tuple[str, ...], number: int) -> None:
        self._layout, self._names, self._number = layout, names, number
        self._waiting: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
        self._writers: dict[str, Any] = {}
        self._stack = ExitStack()
        self.counts = dict.fromkeys(names, 0)

    def __enter__(self) -> PartWriter:
        for name in self._names:
            half = self._stack.enter_context(whole(self._layout.part(name, self._number)))
            writer = pq.ParquetWriter(half, tables()[name].schema, compression=COMPRESSION)
            self._writers[name] = self._stack.enter_context(writer)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            for name in self._names:
                self._flush(name)
        self._stack.__exit__(kind, error, trace)

    def add(self, name: str, lines: typing.Iterable[Any], story: str = "") -> None:
        """Write lines of one table, after those before."""
        table = tables()[name]
        rows = rows_of(lines, table.record, **({"story": story} if table.before else {}))
        self.counts[name] += len(rows)
        waiting = self._waiting[name]
        waiting += rows
        if len(waiting) >= ROWS_OF_A_GROUP:
            self._flush(name)

    def add_table(self, name: str, table: Any) -> None:
        """Write an Arrow table with the columns of one of the tables."""
        self._flush(name)
        self.counts[name] += table.num_rows
        if table.num_rows:
            self._writers[name].write_table(table.cast(tables()[name].schema), row_group_size=ROWS_OF_A_GROUP)

    def _flush(self, name: str) -> None:
        rows, self._waiting[name] = self._waiting[name], []
        if rows:
            self._writers[name].write_table(pa.Table.from_pylist(rows, schema=tables()[name].schema))
