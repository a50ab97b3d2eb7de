"""The local engine: the same functions in this process or in a pool of processes.

Small piles stay in this process: starting a worker costs more than it saves below ``POOL_FROM`` reports.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import TracebackType
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

POOL_FROM = 60  # reports; set by `./run bench`: below it a pool is slower than one process
CHUNKS_PER_WORKER = 16


class Engine:
    """Maps a stage over items, in order. Use as a context manager, so that workers end with it."""

    def __init__(self, workers: int | None, size: int, progress: Callable[[str, int, int], None] | None = None) -> None:
        self.workers = workers if workers is not None else (os.cpu_count() or 1)
        self.progress = progress
        self.pool: ProcessPoolExecutor | None = None
        if self.workers > 1 and size >= POOL_FROM:
            self.pool = ProcessPoolExecutor(
                self.workers, mp_context=get_context("fork" if os.name == "posix" else "spawn")
            )

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=error is not None)

    def map(self, name: str, stage: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
        """``[stage(item) for item in items]``, in that order whatever the number of workers."""
        results = self.pool.map(stage, items, chunksize=self._chunk(items)) if self.pool else map(stage, items)
        return self._collected(name, results, 1, len(items))

    def map_batches(self, name: str, stage: Callable[[Sequence[Item]], Result], items: Sequence[Item]) -> list[Result]:
        """What the stage gives for the items, of which it is handed many at once, in order: for results that are smaller together."""
        size = max(POOL_FROM, self._chunk(items))
        batches = [items[start : start + size] for start in range(0, len(items), size)]
        results = self.pool.map(stage, batches) if self.pool else map(stage, batches)
        return self._collected(name, results, size, len(items))

    def _chunk(self, items: Sequence[Item]) -> int:
        return max(1, len(items) // (self.workers * CHUNKS_PER_WORKER))

    def _collected(self, name: str, results: Iterable[Result], size: int, total: int) -> list[Result]:
        """The results, each of ``size`` items, as they come in."""
        done: list[Result] = []
        for result in results:
            done.append(result)
            if self.progress:
                self.progress(name, min(len(done) * size, total), total)
        return done
