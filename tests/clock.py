"""Processor time of a piece of work, on machines that are busy with other things too."""

from __future__ import annotations

import time
from collections.abc import Callable


def seconds(work: Callable[[], object], tries: int = 3) -> float:
    """Seconds of processor time of the quickest of some tries: what else runs makes single ones slower, never quicker."""
    taken = []
    for _ in range(tries):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)
