"""From stories to the tables of their lines: each partition's stories one after another, by the stages of ``stages.py``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stemma import stages
from stemma.corpus.grouping import PassageFile, read_stories, story_of_reports
from stemma.corpus.layout import Counts, Layout, partition_of
from stemma.corpus.numbers import Numbers
from stemma.corpus.plan import Settings
from stemma.corpus.reading import Partition
from stemma.corpus.store import Store, read_table, write_table
from stemma.corpus.tables import PartWriter, lines_of, tables
from stemma.records import Annotated, NotCompared, Passage
from stemma.story import one_story

WANTED = ("dossier", "not_compared")


def sort_passages(task: PassageFile) -> Counts:
    """The passages of one working file to their stories: those inside a story, boilerplate to the stories of both sides.
    Passages between stories are lines of the table already."""
    layout = Layout(task.folder)
    numbers = Numbers(layout, task.partitions)
    story = story_of_reports(layout)
    table = read_table(layout.work("passages", task.number))
    of_side = [story.take(pa.array(numbers.of(_report(table, side)))) for side in "ab"]
    inside = pc.equal(*of_side)
    boilerplate = pc.equal(table.column("kind").combine_chunks(), "boilerplate")
    across = pc.and_(boilerplate, pc.invert(inside))
    parts = [table.append_column("story", of_side[0]).filter(pc.or_(inside, across))]
    parts.append(table.append_column("story", of_side[1]).filter(across))
    found = pa.concat_tables(parts)
    place = pa.array([partition_of(name, task.partitions) for name in found.column("story").to_pylist()], pa.int32())
    found = found.append_column("partition", place).sort_by([("partition", "ascending"), ("story", "ascending")])
    write_table(layout.work("sorted", task.number), found.combine_chunks())
    between = table.filter(pc.invert(inside))
    between = between.add_column(0, "story", pa.nulls(between.num_rows, pa.string()))
    with PartWriter(layout, ("passages",), task.partitions + task.number) as out:
        out.add_table("passages", between)
    layout.mark("sorted", task.number, out.counts)
    return out.counts


def compare_stories(task: Partition) -> Counts:
    """All lines of the stories of one partition."""
    layout = task.layout
    numbers = Numbers(layout, task.partitions)
    shared = dict(_shared(layout, task.number))
    annotated = Store(layout, "annotated", Annotated)
    names = tuple(name for name in tables() if name not in ("reports", "set_aside"))
    with PartWriter(layout, names, task.number) as out:
        out.add("not_compared", Store(layout, "twice", NotCompared).all(task.number))
        for name, reports in read_stories(layout, task.number):
            members = tuple(annotated.get(*numbers.place(number)) for number in reports)
            _write_story(out, job_of(members, shared.get(name, ()), task.settings))
    layout.mark("compared", task.number, out.counts)
    return out.counts


def job_of(members: tuple[Annotated, ...], shared: Sequence[Passage], settings: Settings) -> stages.StoryJob:
    """What one story's lines are made from. ``shared`` are the corpus's passages inside the story, and the boilerplate that
    one of its reports has a side of."""
    ids = {one.report.id for one in members}
    inside = tuple(p for p in shared if p.a.report in ids and p.b.report in ids)
    boilerplate = {w for p in shared if p.kind == "boilerplate" for w in (p.a, p.b) if w.report in ids}
    return stages.StoryJob(
        story=one_story(members),
        members=members,
        passages=inside,
        boilerplate=tuple(sorted(boilerplate)),
        language=settings.language,
        wanted=WANTED,
        aliases=settings.aliases,
    )


def _write_story(out: PartWriter, job: stages.StoryJob) -> None:
    for table, lines in story_tables(job).items():
        out.add(table, lines, job.story.id)


def story_tables(job: stages.StoryJob) -> dict[str, Sequence[Any]]:
    """All lines of one story by table. A story on which a stage fails keeps its line and says so."""
    done = stages.story_lines(job)
    if isinstance(done, stages.StoryLost):
        return {"stories": (job.story,), "passages": job.passages, "not_compared": (done.line,)}
    dossier, not_compared = done
    found: dict[str, Sequence[Any]] = {**lines_of(dossier), "not_compared": not_compared}
    # the corpus's own passages stay, beside those that were found looking at the story alone
    found["passages"] = sorted({*job.passages, *dossier.passages}, key=lambda p: (p.a, p.b, p.kind))
    return found


def _shared(layout: Layout, partition: int) -> Iterator[tuple[str, list[Passage]]]:
    """The passages of a partition's stories, by story."""
    rows: list[tuple[str, Passage]] = []
    for path in layout.works("sorted"):
        table = read_table(path)
        first, last = np.searchsorted(table.column("partition").to_numpy(), [partition, partition + 1])
        own = table.slice(int(first), int(last - first)).to_pylist()
        rows += [(row["story"], msgspec.convert(row, Passage)) for row in own]
    rows.sort(key=lambda row: (row[0], row[1].a, row[1].b, row[1].kind))
    for story, group in groupby(rows, key=lambda row: row[0]):
        yield story, [passage for _, passage in group]


def _report(table: Any, side: str) -> Any:
    return table.column(side).combine_chunks().field("report")
