"""Reports by number: partition after partition, row after row. Numbers are what grouping counts with; ids are what is written."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from stemma.corpus.layout import Layout

Ints = NDArray[np.int64]


class Numbers:
    """The reports of a corpus whose table of reports is written."""

    def __init__(self, layout: Layout, partitions: int) -> None:
        self.layout, self.partitions = layout, partitions
        columns = [self.column("id", number) for number in range(partitions)]
        self.first = np.cumsum([0, *map(len, columns)])
        self.ids = pa.concat_arrays(columns).cast(pa.large_string())

    def __len__(self) -> int:
        return int(self.first[-1])

    def column(self, name: str, partition: int) -> Any:
        """One column of one partition of the reports, as an Arrow array."""
        return pq.read_table(self.layout.part("reports", partition), columns=[name]).column(0).combine_chunks()

    def whole_column(self, name: str) -> Any:
        """One column of all reports, by number."""
        return pa.concat_arrays([self.column(name, number) for number in range(self.partitions)])

    def place(self, number: int) -> tuple[int, int]:
        """The partition and the row of a report."""
        partition = int(np.searchsorted(self.first, number, side="right")) - 1
        return partition, number - int(self.first[partition])

    def of(self, ids: Any) -> Ints:
        """The numbers of an Arrow array of ids."""
        found: Ints = pc.index_in(ids.cast(pa.large_string()), value_set=self.ids).to_numpy().astype(np.int64)
        return found

    def id(self, number: int) -> str:
        """The id of a report."""
        found: str = self.ids[number].as_py()
        return found

    @cached_property
    def rank(self) -> Ints:
        """The place of each report in the order of ids."""
        order = pc.sort_indices(self.ids).to_numpy().astype(np.int64)
        rank: Ints = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        return rank
