"""The passages between all reports of the corpus, by the index of ``collate.shards``; then each to the story it belongs to.

Passages between reports of one story are looked at again with that story (``stages.StoryWork.passages``); here they say
which reports share most of their text, and what is boilerplate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from stemma.collate import shards
from stemma.corpus.layout import Counts
from stemma.corpus.reading import Partition
from stemma.corpus.store import Store, write_table
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
        write_table(layout.work("passages", number), table)
        rows += table.num_rows
    layout.mark("passages", "all", {"passages": rows})
    return {"passages": rows}


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
