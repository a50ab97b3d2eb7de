"""The local engine: the same functions in this process or in a pool of processes.

Small piles stay in this process: starting a worker costs more than it saves below ``POOL_FROM`` reports.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
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
        chunk = max(1, len(items) // (self.workers * CHUNKS_PER_WORKER))
        results = self.pool.map(stage, items, chunksize=chunk) if self.pool else map(stage, items)
        done: list[Result] = []
        for result in results:
            done.append(result)
            if self.progress:
                self.progress(name, len(done), len(items))
        return done
