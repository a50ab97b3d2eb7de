"""The passages between all reports of the corpus, by the index of ``collate.shards``; then each to the story it belongs to.

Passages between reports of one story are looked at again with that story (``stages.StoryWork.passages``); here they say
which reports share most of their text, and what is boilerplate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from stemma.collate import shards
from stemma.corpus.layout import Counts, Layout, write_whole
from stemma.corpus.reading import Partition
from stemma.corpus.store import Store
from stemma.records import Annotated

ROWS = 200_000  # passages in one working file


def find_passages(task: Partition) -> Counts:
    """All passages of the corpus into working files, each with whole reports on the left side, sorted by (a, b, kind)."""
    layout = task.layout
    index = layout.working / "index"
    store = Store(layout, "annotated", Annotated)
    shards.add((shards.text_of(one) for number in range(task.partitions) for one in store.all(number)), index)
    rows = 0
    for number, table in enumerate(_whole_reports(shards.passages(index))):
        write_whole(layout.work("passages", number), lambda path, table=table: _write(path, table))  # type: ignore[misc]
        rows += table.num_rows
    layout.mark("passages", "all", {"passages": rows})
    return {"passages": rows}


def read_passages(layout: Layout) -> Iterator[Any]:
    """The working files of passages as Arrow tables, in order."""
    for path in layout.works("passages"):
        yield pa.ipc.open_file(pa.memory_map(str(path))).read_all()


def _whole_reports(batches: Iterable[Any]) -> Iterator[Any]:
    """The batches joined to tables of about ROWS rows that end where the left report changes; one empty table where there
    are none."""
    waiting: list[Any] = []
    size = 0
    for batch in batches:
        waiting.append(batch)
        size += batch.num_rows
        if size >= ROWS:
            table = pa.Table.from_batches(waiting).combine_chunks()
            left = table.column("a").combine_chunks().field("report").to_pylist()
            last = next((at for at in range(len(left) - 1, 0, -1) if left[at] != left[at - 1]), 0)
            if last:
                yield table.slice(0, last)
            waiting, size = table.slice(last).to_batches(), table.num_rows - last
    yield pa.Table.from_batches(waiting, schema=shards.schema())


def _write(path: str, table: Any) -> None:
    with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
