"""Tasks of a large run in worker processes that share nothing but files.

Unlike ``local.Engine``, which maps a stage over a list and keeps the results, a task here reads its input from files and
writes its output to files; what comes back is small. Tasks are taken from an iterator, so that a stream of any length can
be worked on, and at most ``WAITING`` of them for each worker are held at once.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from types import TracebackType
from typing import TypeVar

from stemma.errors import StemmaError

Item = TypeVar("Item")
Result = TypeVar("Result")

WAITING = 2  # tasks handed in for each worker: one at work, one at hand
# Objects made before the collector of cycles looks at them: the records are acyclic, and at Python's 700 the collector takes a
# tenth of the time of a run, at 100,000 still a twentieth. In a worker it runs behind each task, and within one only as a guard.
COLLECT_AFTER = 5_000_000


class Tasks:
    """Worker processes for tasks. With one worker the tasks run in this process. Use as a context manager."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers if workers is not None else (os.cpu_count() or 1)
        self._pool: ProcessPoolExecutor | None = None
        if self.workers > 1:
            # a fresh process for each worker: forking one that has threads (pyarrow, numba) can lock up
            method = "forkserver" if os.name == "posix" else "spawn"
            self._pool = ProcessPoolExecutor(self.workers, mp_context=get_context(method), initializer=_start)

    def __enter__(self) -> Tasks:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is None:
            return
        if error is not None:  # what is under way is not waited for: it is done again by the next run
            for worker in list((self._pool._processes or {}).values()):
                worker.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def each(
        self, task: Callable[[Item], Result], items: Iterable[Item], at_once: int | None = None
    ) -> Iterator[Result]:
        """The results as they come, in no promised order. An error of a task is raised here; what others finished stays.
        ``at_once``: how many tasks may be under way together, where each takes much memory; by default all that there are
        workers for."""
        if self._pool is None:
            yield from map(task, items)
            return
        waiting: set[Future[Result]] = set()
        most = WAITING * self.workers if at_once is None else at_once
        try:
            for item in items:
                waiting.add(self._pool.submit(_work, task, item))
                if len(waiting) >= most:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (one.result() for one in done)
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in done)
        except BrokenProcessPool as error:
            raise StemmaError(
                "a worker process was ended from outside, most often because memory ran out: give fewer --workers "
                "and run the same command again; it goes on where it stopped"
            ) from error
        finally:
            for one in waiting:
                one.cancel()


def _work(task: Callable[[Item], Result], item: Item) -> Result:
    """In a worker: one task. What lives on behind it are tables of languages and caches, which the collector need not look at
    again."""
    result = task(item)
    gc.collect()
    gc.freeze()
    return result


def _start() -> None:
    """In a worker: Ctrl-C is the parent's to handle, and without a parent there is nothing to work for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(COLLECT_AFTER, 20, 20)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
