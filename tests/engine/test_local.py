"""The local engine: the same results in one process and in several, and progress in items."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from stemma.engine.local import POOL_FROM, Engine


def double(number: int) -> int:
    return 2 * number


def total(numbers: Sequence[int]) -> tuple[int, int]:
    return len(numbers), sum(numbers)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("size", [0, 3, POOL_FROM, 5 * POOL_FROM + 7])
def test_items_one_by_one_and_many_at_once(workers: int, size: int) -> None:
    told: dict[str, list[int]] = {"one": [], "many": []}

    def progress(name: str, done: int, of: int) -> None:
        assert of == size
        told[name].append(done)

    with Engine(workers, size, progress) as engine:
        assert engine.map("one", double, range(size)) == [2 * number for number in range(size)]
        batches = engine.map_batches("many", total, range(size))
    assert (sum(count for count, _ in batches), sum(own for _, own in batches)) == (size, sum(range(size)))
    assert len(batches) <= 1 + size // POOL_FROM
    for steps in told.values():
        assert steps == sorted(steps)
        assert steps[-1:] == [size][: len(steps)]
