"""``reuse.find_passages`` for large piles: the same passages by the compiled kernels, through an index in a scratch folder."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from stemma.collate.kernels_chains import KINDS, Rows
from stemma.collate.shards import Settings, add, numbers, text_of
from stemma.records import Annotated, Passage, Witness


def find_passages(pile: Sequence[Annotated], shortest: int = 12) -> tuple[Passage, ...]:
    """What ``reuse.find_passages`` gives without boilerplate known beforehand."""
    with tempfile.TemporaryDirectory(prefix="stemma-") as scratch:
        folder = Path(scratch)
        settings = Settings(shortest)
        add(map(text_of, sorted(pile, key=lambda one: one.report.id)), folder, settings)
        return tuple(passage for ids, rows in numbers(folder, settings) for passage in _passages(ids, rows))


def _passages(ids: Sequence[str], rows: Rows) -> Iterator[Passage]:
    kinds = [KINDS[kind] for kind in rows.kind.tolist()]
    columns = (column.tolist() for column in rows[:6])
    for left, right, a, a_end, b, b_end, kind, alike in zip(*columns, kinds, rows.similarity().tolist(), strict=True):
        yield Passage(Witness(ids[left], a, a_end), Witness(ids[right], b, b_end), kind, alike)
