"""The stories of the corpus: reports in the order of time, window by window, from their profiles and what text they share."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemma.corpus.layout import Counts, Layout, partition_of, write_whole
from stemma.corpus.numbers import Ints, Numbers
from stemma.corpus.passages import read_passages
from stemma.corpus.reading import Partition
from stemma.corpus.store import Store
from stemma.corpus.windows import Floats, in_time, stories, windows
from stemma.ids import content_id
from stemma.records import Report
from stemma.story.cluster import SAME_TEXT, group_profiles
from stemma.story.features import Profile, day_of, profile

_STORY = pa.schema([("id", pa.string()), ("reports", pa.list_(pa.int64()))])


def group_reports(task: Partition) -> Counts:
    """Group the whole corpus; writes the stories of each partition, sorted by id, and the story of each report."""
    layout = task.layout
    numbers = Numbers(layout, task.partitions)
    profiles = Store(layout, "profiles", Profile)
    when = _times(numbers, profiles)
    order = in_time(when, numbers.rank)
    parts = windows(when[order], task.settings.window, task.settings.overlap)
    length = np.array([body_length(body) for body in numbers.whole_column("body").to_pylist()], np.int64)
    same = np.concatenate([same_text(table, numbers.of, length) for table in read_passages(layout)], axis=1)
    groups = []
    for window in parts:
        members = order[window.start : window.end]
        by_id = np.argsort(numbers.rank[members], kind="stable")  # as a small pile is grouped: sorted by id
        held = [profiles.get(*numbers.place(int(number))) for number in members[by_id]]
        found = group_profiles(held, _between(same, members[by_id]))
        groups.append([[window.start + int(by_id[one]) for one in group] for group in found])
    made = [order[members] for members in stories(groups, parts)]
    _write_stories(layout, numbers, made, task.partitions)
    counts = {"stories": len(made), "windows": len(parts)}
    layout.mark("stories", "all", counts)
    return counts


def time_of(report: Report) -> float:
    """Where a report stands in the order of time, in days: when it was published; where that is not known, the last day that
    it tells of; NaN where it tells of none."""
    return _time(profile(report))


def _time(one: Profile) -> float:
    return max(one.told, default=math.nan) if one.day is None else one.day


def _times(numbers: Numbers, profiles: Store[Profile]) -> Floats:
    found = [day_of(published) for published in numbers.whole_column("published").to_pylist()]
    return np.array(
        [_time(profiles.get(*numbers.place(n))) if day is None else day for n, day in enumerate(found)], np.float64
    )


def body_length(body: Iterable[Sequence[int]]) -> int:
    """How many code points a body has; at least 1."""
    return max(1, sum(end - start for start, end in body))


def same_text(table: Any, number_of: Callable[[Any], Ints], length: Ints) -> Ints:
    """The pairs of reports that share most of the shorter one's body, as two rows of numbers. ``table`` holds passages, all
    of a pair together; ``length`` is by number."""
    left, right = (number_of(_field(table, side, "report")) for side in "ab")
    shared = np.minimum(*(_number(table, side, "end") - _number(table, side, "start") for side in "ab"))
    plain = np.array(table.column("kind").to_pylist()) != "boilerplate"
    pair, place = np.unique(np.stack([left, right]), axis=1, return_inverse=True)
    total = np.bincount(place.ravel(), weights=shared * plain, minlength=pair.shape[1])
    found: Ints = pair[:, np.minimum(1.0, total / np.minimum(*length[pair])) >= SAME_TEXT]
    return found


def _field(table: Any, side: str, name: str) -> Any:
    return table.column(side).combine_chunks().field(name)


def _number(table: Any, side: str, name: str) -> Ints:
    found: Ints = _field(table, side, name).to_numpy()
    return found


def _between(same: NDArray[np.int64], members: Ints) -> list[tuple[int, int]]:
    """The pairs among these reports, as places in their list."""
    order = np.argsort(members, kind="stable")
    at = np.minimum(np.searchsorted(members[order], same), len(members) - 1)
    there = (members[order][at] == same).all(axis=0)
    places = order[at][:, there]
    return list(zip(*places.tolist(), strict=True))


def _write_stories(layout: Layout, numbers: Numbers, made: Sequence[Ints], partitions: int) -> None:
    story_of = np.empty(len(numbers), np.int64)
    parts: list[list[tuple[str, list[int]]]] = [[] for _ in range(partitions)]
    names = []
    for place, members in enumerate(made):
        by_id = members[np.argsort(numbers.rank[members])].tolist()
        name = content_id("s", *(numbers.id(number) for number in by_id))
        parts[partition_of(name, partitions)].append((name, by_id))
        story_of[members] = place
        names.append(name)
    for number, rows in enumerate(parts):
        columns = list(zip(*sorted(rows), strict=True)) or [(), ()]
        table = pa.table([pa.array(columns[0], pa.string()), pa.array(columns[1], _STORY.field(1).type)], schema=_STORY)
        write_whole(layout.work("stories", number), lambda path, table=table: _write(path, table))  # type: ignore[misc]
    named = pa.table({"story": pa.array(names, pa.string()).take(pa.array(story_of))})
    write_whole(layout.work("story_of", "all"), lambda path: _write(path, named))


def read_stories(layout: Layout, partition: int) -> list[tuple[str, list[int]]]:
    """The stories of a partition, sorted by id: id, and the numbers of the reports, sorted by the reports' ids."""
    table = pa.ipc.open_file(pa.memory_map(str(layout.work("stories", partition)))).read_all()
    return list(zip(table.column(0).to_pylist(), table.column(1).to_pylist(), strict=True))


def story_of_reports(layout: Layout) -> Any:
    """The id of the story of each report, by number, as an Arrow array."""
    return pa.ipc.open_file(pa.memory_map(str(layout.work("story_of", "all")))).read_all().column(0).combine_chunks()


def _write(path: str, table: Any) -> None:
    with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
