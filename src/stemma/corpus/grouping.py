"""The stories of the corpus: reports in the order of time, window by window, from their profiles and what text they share."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from msgspec import Struct
from numpy.typing import NDArray

from stemma.corpus.layout import Counts, Layout, partition_of
from stemma.corpus.numbers import Ints, Numbers
from stemma.corpus.plan import Settings
from stemma.corpus.reading import Partition
from stemma.corpus.store import Store, read_table, write_table
from stemma.corpus.windows import Floats, Window, in_time, stories, windows
from stemma.ids import content_id
from stemma.records import Report
from stemma.story.cluster import SAME_TEXT, group_profiles
from stemma.story.features import Profile, day_of, profile
from stemma.story.profiles import AT_ONCE, Profiles, joined, packed

_STORY = pa.schema([("id", pa.string()), ("reports", pa.list_(pa.int64()))])


class PassageFile(Struct, frozen=True):
    """One working file of passages, of a corpus of so many partitions."""

    folder: Path
    number: int
    partitions: int


class WindowOf(Struct, frozen=True):
    """One window of a corpus, with the settings that say how long it is."""

    folder: Path
    number: int
    partitions: int
    settings: Settings


def order_reports(task: Partition) -> Counts:
    """All reports in the order of time: their numbers, and their days (NaN where not known). Beside it the lengths of their
    bodies by number, which every file of passages asks for."""
    layout = task.layout
    numbers = Numbers(layout, task.partitions)
    when = _times(numbers, Store(layout, "profiles", Profile))
    order = in_time(when, numbers.rank)
    length = [body_length(body) for body in numbers.whole_column("body").to_pylist()]
    write_table(layout.work("ordered", "lengths"), pa.table({"length": pa.array(length, pa.int64())}))
    write_table(layout.work("ordered", "all"), pa.table({"number": order, "day": when[order]}))
    counts = {"windows": len(windows(when[order], task.settings.window, task.settings.overlap))}
    layout.mark("ordered", "all", counts)
    return counts


def find_alike(task: PassageFile) -> Counts:
    """The pairs of reports, by number, that share most of their text by the passages of one file."""
    layout = Layout(task.folder)
    numbers = Numbers(layout, task.partitions)
    length = read_table(layout.work("ordered", "lengths")).column("length").to_numpy()
    a, b = same_text(read_table(layout.work("passages", task.number)), numbers.of, length)
    write_table(layout.work("alike", task.number), pa.table({"a": a, "b": b}))
    layout.mark("alike", task.number, {"alike": len(a)})
    return {"alike": len(a)}


def group_window(task: WindowOf) -> Counts:
    """Group the reports of one window; writes its groups, as places in the order of time."""
    layout = Layout(task.folder)
    numbers = Numbers(layout, task.partitions)
    profiles = Store(layout, "profiles", Profile)
    order, parts = _in_windows(layout, task.settings)
    window = parts[task.number]
    members = order[window.start : window.end]
    by_id = np.argsort(numbers.rank[members], kind="stable")  # as a small pile is grouped: sorted by id
    held = _packed(profiles.get(*numbers.place(int(number))) for number in members[by_id])
    pairs = pa.concat_tables([read_table(path) for path in layout.works("alike")])
    same = np.stack([pairs.column(side).to_numpy() for side in "ab"])
    found = group_profiles(held, _between(same, members[by_id]))
    groups = [[window.start + int(by_id[one]) for one in group] for group in found]
    write_table(layout.work("grouped", task.number), pa.table({"group": pa.array(groups, pa.list_(pa.int64()))}))
    layout.mark("grouped", task.number, {"groups": len(groups)})
    return {"groups": len(groups)}


def join_windows(task: Partition) -> Counts:
    """The stories from the groups of all windows; writes those of each partition, sorted by id, and the story of each report."""
    layout = task.layout
    order, parts = _in_windows(layout, task.settings)
    groups = [read_table(layout.work("grouped", n)).column(0).to_pylist() for n in range(len(parts))]
    made = [order[members] for members in stories(groups, parts)]
    _write_stories(layout, Numbers(layout, task.partitions), made, task.partitions)
    counts = {"stories": len(made), "windows": len(parts)}
    layout.mark("stories", "all", counts)
    return counts


def _packed(held: Iterator[Profile]) -> Profiles:
    """The profiles as arrays, never many of them as objects."""
    return joined([packed(some) for some in iter(lambda: list(islice(held, AT_ONCE)), [])])


def _in_windows(layout: Layout, settings: Settings) -> tuple[Ints, list[Window]]:
    """The reports' numbers in the order of time, and the windows over them."""
    ordered = read_table(layout.work("ordered", "all"))
    return ordered.column("number").to_numpy(), windows(
        ordered.column("day").to_numpy(), settings.window, settings.overlap
    )


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
        write_table(layout.work("stories", number), table)
    named = pa.table({"story": pa.array(names, pa.string()).take(pa.array(story_of))})
    write_table(layout.work("story_of", "all"), named)


def read_stories(layout: Layout, partition: int) -> list[tuple[str, list[int]]]:
    """The stories of a partition, sorted by id: id, and the numbers of the reports, sorted by the reports' ids."""
    table = read_table(layout.work("stories", partition))
    return list(zip(table.column(0).to_pylist(), table.column(1).to_pylist(), strict=True))


def story_of_reports(layout: Layout) -> Any:
    """The id of the story of each report, by number, as an Arrow array."""
    return read_table(layout.work("story_of", "all")).column(0).combine_chunks()
