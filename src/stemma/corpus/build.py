"""``stemma corpus``: the steps from inputs to tables. Each step's tasks are plain functions of files; this is their order.

read      a piece of the inputs              -> its reports, by bucket
reports   a partition of ids                 -> tables reports, set_aside; the annotated reports
passages  all reports                        -> passages between them
stories   all reports, window by window      -> which reports tell one story
sorted    a file of passages                 -> passages by story; those between stories
compared  a partition of stories             -> all tables of lines
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from stemma.corpus.comparing import Sorting, compare_stories, sort_passages
from stemma.corpus.grouping import group_reports, read_stories
from stemma.corpus.layout import Counts, Layout, partitions_for
from stemma.corpus.manifest import write_manifest
from stemma.corpus.passages import find_passages
from stemma.corpus.plan import Plan, Settings, carry_out
from stemma.corpus.reading import Partition, pieces_to_read, read_one, reports_of_partition
from stemma.engine.tasks import Tasks
from stemma.errors import NothingRead
from stemma.run import Progress

Task = Callable[[Any], Counts]


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
            _steps(layout, [file.name for file in plan.files], plan.settings, tasks, progress or (lambda *_: None))

    return carry_out(paths, folder, settings, work)


def _steps(layout: Layout, files: Sequence[str], settings: Settings, tasks: Tasks, progress: Progress) -> None:
    if not layout.marked("cut", "all"):
        for done, _ in enumerate(tasks.each(read_one, pieces_to_read(layout, files, settings)), 1):
            progress("read", done, 0)
        layout.mark("cut", "all", {})
    read = layout.counted("read")
    if not read.get("reports"):
        raise NothingRead(
            f"no report could be read ({read.get('set_aside', 0)} inputs set aside, {read.get('passed_over', 0)} passed over): "
            "give files or folders that hold news reports"
        )
    partitions = partitions_for(read["reports"])
    parts = [Partition(layout.folder, number, partitions, settings) for number in range(partitions)]
    _run(layout, "reports", reports_of_partition, parts, tasks, progress)
    _run_whole(layout, "passages", find_passages, parts[0], tasks, progress)
    _run_whole(layout, "stories", group_reports, parts[0], tasks, progress)
    sortings = [Sorting(layout.folder, number, partitions) for number in range(len(layout.works("passages")))]
    _run(layout, "sorted", sort_passages, sortings, tasks, progress)
    _run(layout, "compared", compare_stories, _largest_first(layout, parts), tasks, progress)
    write_manifest(layout, settings, partitions)


def _run(layout: Layout, step: str, task: Task, items: Sequence[Any], tasks: Tasks, progress: Progress) -> None:
    """The tasks of a step that are not done yet."""
    left = [item for item in items if not layout.marked(step, item.number)]
    for done, _ in enumerate(tasks.each(task, left), len(items) - len(left) + 1):
        progress(step, done, len(items))


def _run_whole(layout: Layout, step: str, task: Task, item: Any, tasks: Tasks, progress: Progress) -> None:
    """A step that is one task."""
    if not layout.marked(step, "all"):
        for _ in tasks.each(task, [item]):
            progress(step, 1, 1)


def _largest_first(layout: Layout, parts: Sequence[Partition]) -> list[Partition]:
    """The partitions with the most work first, so that no worker is left alone with a large story at the end. A report costs
    10 ms in a story of one and 35 ms in one of 50 to 400."""
    cost = {part.number: sum(len(members) ** 1.2 for _, members in read_stories(layout, part.number)) for part in parts}
    return sorted(parts, key=lambda part: (-cost[part.number], part.number))
