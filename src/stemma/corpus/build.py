"""``stemma corpus``: the steps from inputs to tables. Each step's tasks are plain functions of files; this is their order.

read      a piece of the inputs              -> its reports, by bucket
reports   a partition of ids                 -> tables reports, set_aside; the annotated reports
passages  all reports                        -> passages between them
ordered   all reports                        -> their order in time
alike     a file of passages                 -> the pairs that share most of their text
grouped   a window of the order in time      -> the groups of its reports
stories   the groups of all windows          -> which reports tell one story
sorted    a file of passages                 -> passages by story; those between stories
compared  a partition of stories             -> all tables of lines
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from stemma.corpus.comparing import compare_stories, sort_passages
from stemma.corpus.grouping import (
    PassageFile,
    WindowOf,
    find_alike,
    group_window,
    join_windows,
    order_reports,
    read_stories,
)
from stemma.corpus.layout import Counts, Layout, partitions_for
from stemma.corpus.manifest import write_manifest
from stemma.corpus.passages import find_passages
from stemma.corpus.plan import Plan, Settings, carry_out
from stemma.corpus.reading import Partition, pieces_to_read, read_one, reports_of_partition
from stemma.engine.tasks import Tasks
from stemma.errors import NothingRead
from stemma.run import Progress

Task = Callable[[Any], Counts]
# Windows that are grouped at the same time, whatever the number of workers: one of 50,000 reports with as many of the week
# before takes up to 2 GB.
GROUPED_AT_ONCE = 2


def build(
    paths: Iterable[str],
    folder: str | Path,
    *,
    settings: Settings | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """All tables of the reports in ``paths``, as partitioned Parquet in ``folder``; gives the manifest.

    A call that was ended, however it was ended, goes on when it is made again. The tables do not depend on ``workers``, on
    the order of the inputs, or on how often the work was interrupted. Raises ``BadUsage`` where the folder holds something
    else or is inside of an input, or another run is writing it, ``NothingRead`` where the inputs hold no report. A program of yours that calls it with
    several workers must do so under ``if __name__ == "__main__"``: its workers are fresh processes.
    """

    def work(layout: Layout, plan: Plan) -> None:
        with Tasks(workers) as tasks:
            run = Run(layout, tasks, progress or (lambda *_: None))
            _steps(run, [file.name for file in plan.files], plan.settings)

    return carry_out(paths, folder, settings, work)


class Run(NamedTuple):
    """What every step needs: where the files are, the workers, and whom to tell."""

    layout: Layout
    tasks: Tasks
    progress: Progress


def _steps(run: Run, files: Sequence[str], settings: Settings) -> None:
    layout = run.layout
    if not layout.marked("cut", "all"):
        for done, _ in enumerate(run.tasks.each(read_one, pieces_to_read(layout, files, settings)), 1):
            run.progress("read", done, 0)
        layout.mark("cut", "all", {})
    read = layout.counted("read")
    if not read.get("reports"):
        raise NothingRead(
            f"no report could be read ({read.get('set_aside', 0)} inputs set aside, {read.get('passed_over', 0)} passed over): "
            "give files or folders that hold news reports"
        )
    partitions = partitions_for(read["reports"])
    parts = [Partition(layout.folder, number, partitions, settings) for number in range(partitions)]
    _run(run, "reports", reports_of_partition, parts)
    _run_whole(run, "passages", find_passages, parts[0])
    passages = [PassageFile(layout.folder, number, partitions) for number in range(len(layout.works("passages")))]
    _group(run, parts[0], passages)
    _run(run, "sorted", sort_passages, passages)
    _run(run, "compared", compare_stories, _largest_first(layout, parts))
    write_manifest(layout, settings, partitions)


def _group(run: Run, whole: Partition, files: Sequence[PassageFile]) -> None:
    """From passages to stories."""
    _run_whole(run, "ordered", order_reports, whole)
    _run(run, "alike", find_alike, files)
    count = run.layout.counted("ordered")["windows"]
    parts = [WindowOf(run.layout.folder, number, whole.partitions, whole.settings) for number in range(count)]
    _run(run, "grouped", group_window, parts, GROUPED_AT_ONCE)
    _run_whole(run, "stories", join_windows, whole)


def _run(run: Run, step: str, task: Task, items: Sequence[Any], at_once: int | None = None) -> None:
    """The tasks of a step that are not done yet."""
    left = [item for item in items if not run.layout.marked(step, item.number)]
    for done, _ in enumerate(run.tasks.each(task, left, at_once), len(items) - len(left) + 1):
        run.progress(step, done, len(items))


def _run_whole(run: Run, step: str, task: Task, item: Any) -> None:
    """A step that is one task."""
    if not run.layout.marked(step, "all"):
        for _ in run.tasks.each(task, [item]):
            run.progress(step, 1, 1)


def _largest_first(layout: Layout, parts: Sequence[Partition]) -> list[Partition]:
    """The partitions with the most work first, so that no worker is left alone with a large story at the end. A report costs
    10 ms in a story of one and 35 ms in one of 50 to 400."""
    cost = {part.number: sum(len(members) ** 1.2 for _, members in read_stories(layout, part.number)) for part in parts}
    return sorted(parts, key=lambda part: (-cost[part.number], part.number))
