"""Tasks in worker processes: all are done, a stream is not read ahead, errors come through, a lost worker is said."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from stemma.engine.tasks import WAITING, Tasks
from stemma.errors import StemmaError


def double(number: int) -> int:
    return 2 * number


def fail(number: int) -> int:
    raise ValueError(f"no {number}")


def die(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


@pytest.mark.parametrize("workers", [1, 2])
def test_all_are_done(workers: int) -> None:
    with Tasks(workers) as tasks:
        assert sorted(tasks.each(double, range(30))) == list(range(0, 60, 2))
        assert list(tasks.each(double, [])) == []


@pytest.mark.parametrize(("at_once", "ahead"), [(None, 2 * WAITING * 2), (1, 0)])
def test_a_stream_is_not_read_ahead(at_once: int | None, ahead: int) -> None:
    taken = 0

    def stream() -> Iterator[int]:
        nonlocal taken
        for number in range(50):
            taken += 1
            yield number

    with Tasks(2) as tasks:
        for done, _ in enumerate(tasks.each(double, stream(), at_once), 1):
            assert taken <= done + ahead


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_comes_through(workers: int) -> None:
    with pytest.raises(ValueError, match="no 1"), Tasks(workers) as tasks:
        list(tasks.each(fail, [1]))


def test_a_lost_worker_is_said() -> None:
    with pytest.raises(StemmaError, match="it goes on where it stopped"), Tasks(2) as tasks:
        list(tasks.each(die, [1, 2]))


def test_an_error_does_not_wait_for_the_rest() -> None:
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt), Tasks(2) as tasks:
        for _ in tasks.each(sleep, [0.01, 60.0, 60.0]):
            raise KeyboardInterrupt
    assert time.monotonic() - started < 30
