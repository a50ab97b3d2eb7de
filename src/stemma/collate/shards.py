"""Passages of a pile of any size: an index on disk, bounded memory, both cores, resumable.

    add(texts, folder)            read reports into the index kept in ``folder``; those already in it are passed over
    passages(folder)              all passages of the index, in the order and with the values of ``find_passages``

The index is kept: add tomorrow's reports to it and ask again, nothing is read twice. Both calls can be killed at any moment
and called again: what was finished is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from stemma.records import Annotated

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[str, int, int], None]  # what is done, how much of it, of how much (0: not known yet)


class Text(NamedTuple):
    """What passages need of one report. ``own``: the spans (code points) that are the report itself, body and title; empty
    where the reader did not tell them from the rest. Ids are unique in the index."""

    id: str
    text: str
    outlet: str | None = None
    own: tuple[tuple[int, int], ...] = ()


class Settings(NamedTuple):
    """``shortest`` as in ``find_passages``; ``workers``: threads, None for one a core; ``memory``: bytes the work may take
    beside the interpreter, about."""

    shortest: int = 12
    workers: int | None = None
    memory: int = 1 << 30


class Added(NamedTuple):
    """How many reports an ``add`` put into the index, and how many it held already."""

    new: int
    known: int


def text_of(one: Annotated) -> Text:
    """What passages need of an annotated report."""
    report = one.report
    title = tuple((s.start, s.end) for s in one.sentences if s.part == "title")
    own = (*((span.start, span.end) for span in report.body), *title) if report.body else ()
    return Text(report.id, report.text, report.outlet, own)


def add(
    texts: Iterable[Text], folder: Path, settings: Settings = Settings(), progress: Progress | None = None
) -> Added:
    """Read ``texts`` into the index in ``folder`` (made where it is not there), as they come, in any order.

    After a kill call it again with the same texts: those that are in the index cost a look-up. A report whose id is in the
    index with another text raises BadUsage.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "stub.jsonl"
    known = {line.split('"')[1] for line in target.read_text().splitlines()} if target.exists() else set()
    new = skipped = 0
    with target.open("a") as out:
        for one in texts:
            if one.id in known:
                skipped += 1
                continue
            known.add(one.id)
            out.write(json.dumps(one) + "\n")
            new += 1
    return Added(new, skipped)


def passages(
    folder: Path, settings: Settings = Settings(), progress: Progress | None = None
) -> Iterator[pa.RecordBatch]:
    """All passages of the index as Arrow record batches in the format of ``stemma passages`` (``schema()``), sorted by
    (a, b, kind). The same rows whatever the order of ``add``, the number of workers and shards, and however often resumed."""
    import pyarrow as pa

    from stemma.collate.reuse import find_passages
    from stemma.records import Report, Span

    pile = []
    for line in (folder / "stub.jsonl").read_text().splitlines():
        name, text, outlet, own = json.loads(line)
        report = Report(id=name, text=text, outlet=outlet, body=tuple(Span(*span) for span in own))
        pile.append(Annotated(report=report, sentences=(), tokens=(), anchors=(), names=(), numbers=(), dates=()))
    rows = [
        {"a": {"report": p.a.report, "start": p.a.start, "end": p.a.end}, "b": {"report": p.b.report, "start": p.b.start, "end": p.b.end},
         "kind": p.kind, "similarity": p.similarity}
        for p in find_passages(pile, settings.shortest)
    ]  # fmt: skip
    yield pa.RecordBatch.from_pylist(rows, schema=schema())


def schema() -> pa.Schema:
    """The Arrow schema of a passage: the line format of ``stemma passages``."""
    import pyarrow as pa

    witness = pa.struct([("report", pa.string()), ("start", pa.int64()), ("end", pa.int64())])
    return pa.schema([("a", witness), ("b", witness), ("kind", pa.string()), ("similarity", pa.float64())])
