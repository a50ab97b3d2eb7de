"""Steps from an index to passages, each over one bucket of grams or one block of texts, each result a file.

A step that was finished is not done again: its file was written to another name and then renamed.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeVar

import numpy as np

from stemma.collate import kernels_boilerplate as boilerplate
from stemma.collate import kernels_topics as topics
from stemma.collate.kernels_boilerplate import Zones
from stemma.collate.kernels_chains import Rows, rows_of
from stemma.collate.kernels_seeds import postings_of, runs_of
from stemma.collate.kernels_topics import Telling
from stemma.collate.kernels_words import BUCKETS, Columns
from stemma.collate.shards_index import Index, bucket_of, readonly
from stemma.collate.words import Ints

Array = np.ndarray[Any, np.dtype[Any]]
Item = TypeVar("Item")
Result = TypeVar("Result")
Progress = Callable[[str, int, int], None]  # what is done, how much of it, of how much (0: not known yet)

SHARDS = 32  # files of postings
BLOCK = 8_192  # texts worked on at once: 40 MB on news
BLOCKS = 256  # at most: the number of files read for a block stays bounded


class Pile(NamedTuple):
    """The reports of an index in the order of their ids: ``rank`` leads from the order they came in to that order."""

    ids: list[str]
    rank: np.ndarray[tuple[int], np.dtype[np.uint32]]
    outlets: Ints
    columns: Columns
    block: int
    blocks: int


def pile_of(index: Index) -> Pile:
    """The reports of the index, ordered."""
    ids, outlets, _ = index.entries
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
    rank = np.empty(len(order), np.uint32)
    rank[order] = np.arange(len(order), dtype=np.uint32)
    number: dict[str, int] = {}
    numbers = np.array([number.setdefault(outlet, len(number)) if outlet else -1 for outlet in outlets], np.int64)
    block = max(BLOCK, -(-len(order) // BLOCKS))
    sorted_ids = [ids[place] for place in order.tolist()]
    return Pile(sorted_ids, rank, numbers[order], index.columns(order), block, -(-len(order) // block))


class Work:
    """A folder of finished steps, and the threads that do them. Use as a context manager."""

    def __init__(self, folder: Path, workers: int | None, progress: Progress | None) -> None:
        self.folder = folder
        self.workers = workers or os.cpu_count() or 1
        self.progress = progress or (lambda step, done, of: None)
        self.pool = ThreadPoolExecutor(self.workers) if self.workers > 1 else None
        folder.mkdir(parents=True, exist_ok=True)
        for left_behind in folder.glob("*.part"):
            left_behind.unlink(missing_ok=True)

    def __enter__(self) -> Work:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def map(self, step: str, function: Callable[[Item], Result], items: Iterable[Item], of: int) -> Iterator[Result]:
        """The results in order; no more than a few are waiting at any time."""
        for done, result in enumerate(in_order(self.pool, self.workers, function, items), 1):
            self.progress(step, done, of)
            yield result

    def once(self, name: str, make: Callable[[], Iterable[Array]]) -> None:
        """Write what ``make`` gives, if it is not there yet."""
        path = self.folder / name
        if not path.exists():
            partial = path.with_suffix(f".{os.getpid()}.part")
            with partial.open("wb") as out:
                for array in make():
                    _save(out, array)
            partial.replace(path)

    def read(self, name: str, count: int) -> list[Array]:
        """The arrays of a finished step."""
        with (self.folder / name).open("rb") as file:
            return [_load(file, *_head(file)) for _ in range(count)]

    def place(self, name: str, row: int, rows: Array) -> None:
        """Write rows to their place in a file that many steps write to: holes between them take no room."""
        handle = os.open(self.folder / name, os.O_WRONLY | os.O_CREAT, 0o666)
        with os.fdopen(handle, "wb") as out:
            out.seek(row * rows.strides[0])
            rows.tofile(out)

    def mapped(self, name: str, width: int) -> Array:
        """What ``place`` wrote, mapped from disk."""
        path = self.folder / name
        if not path.exists() or not path.stat().st_size:
            return readonly(np.zeros((0, width), np.uint32))
        return np.memmap(path, np.uint32, "r").view(np.ndarray).reshape(-1, width)

    def drop(self, names: Iterable[str]) -> None:
        """Forget steps whose results are no longer needed."""
        for name in names:
            (self.folder / name).unlink(missing_ok=True)


def in_order(
    pool: ThreadPoolExecutor | None, workers: int, function: Callable[[Item], Result], items: Iterable[Item]
) -> Iterator[Result]:
    """``map(function, items)`` in threads, with at most ``workers`` + 1 items under way or waiting to be taken."""
    if pool is None:
        yield from map(function, items)
        return
    waiting: deque[Future[Result]] = deque()
    for item in items:
        waiting.append(pool.submit(function, item))
        if len(waiting) > workers:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def find_rows(index: Index, pile: Pile, work: Work, shortest: int) -> Iterator[Rows]:
    """The passages of the pile, sorted, block of left texts by block."""
    if not pile.ids:
        return
    make_runs(index, pile, work)
    zones = find_zones(pile, work)

    def rows(block: int) -> Rows:
        return rows_of(work.read(f"runs-{block}", 1)[0], pile.columns, zones, shortest)

    yield from work.map("passages", rows, range(pile.blocks), pile.blocks)


def make_runs(index: Index, pile: Pile, work: Work) -> None:
    """Files of the maximal runs and of their sides, a file a block."""
    if (work.folder / "runs").exists():
        return

    grams, begin = index.buckets()

    def postings(shard: int) -> None:
        each = range(shard * BUCKETS // SHARDS, (shard + 1) * BUCKETS // SHARDS)
        before = int((begin[:, each.start] - begin[:, 0]).sum())  # grams: there are no more postings than these
        buckets = (bucket_of(grams, begin, bucket, pile.rank) for bucket in each)
        work.once(f"postings-{shard}", lambda: _postings(buckets, before, pile, work))

    def runs(block: int) -> None:
        work.once(f"runs-{block}", lambda: [_runs(pile, work, block)])
        work.once(f"sides-{block}", lambda: _sides(pile, work, block))

    for _ in work.map("grams", postings, range(SHARDS), SHARDS):
        pass
    for _ in work.map("runs", runs, range(pile.blocks), pile.blocks):
        pass
    work.once("runs", lambda: ())
    work.drop(["postings", *(f"postings-{shard}" for shard in range(SHARDS))])


def _postings(buckets: Iterable[Array], place: int, pile: Pile, work: Work) -> Iterator[Array]:
    """Put the postings of these buckets at their place; gives where each block begins among those with partners, and their numbers and
    texts, by block."""
    parts = [postings_of(bucket, pile.block, pile.blocks) for bucket in buckets]
    bases = np.cumsum([place, *(len(postings) for postings, *_ in parts)])
    for (postings, *_), base in zip(parts, bases[:-1].tolist(), strict=True):
        work.place("postings", base, postings)
    for (_, order, _), base in zip(parts, bases[:-1].tolist(), strict=True):
        order[:, 0] += np.uint64(base)
    yield np.sum([begin for *_, begin in parts], axis=0)
    blocks = range(pile.blocks)
    yield np.concatenate([order[begin[block] : begin[block + 1]] for block in blocks for _, order, begin in parts])


def _bounds(pile: Pile, block: int) -> tuple[int, int]:
    return block * pile.block, min(len(pile.ids), (block + 1) * pile.block)


def _runs(pile: Pile, work: Work, block: int) -> Array:
    which = np.concatenate([_slice(work.folder / f"postings-{shard}", block) for shard in range(SHARDS)])
    return runs_of(work.mapped("postings", 4), which, *_bounds(pile, block), pile.columns)


def _slice(path: Path, block: int) -> Array:
    """The rows of a block: the file holds where each block begins, then all rows."""
    with path.open("rb") as file:
        begin = _load(file, *_head(file))
        kind, (_, width) = _head(file)
        file.seek(int(begin[block]) * width * kind.itemsize, os.SEEK_CUR)
        return _load(file, kind, (int(begin[block + 1] - begin[block]), width))


def _save(out: IO[bytes], array: Array) -> None:
    """Write an array behind a line with its kind and shape: numpy's own head takes longer to read than a small array."""
    out.write(f"{array.dtype.str} {' '.join(map(str, array.shape))}\n".encode())
    np.ascontiguousarray(array).tofile(out)


def _head(file: IO[bytes]) -> tuple[np.dtype[Any], tuple[int, ...]]:
    kind, *shape = file.readline().decode().split()
    return np.dtype(kind), tuple(map(int, shape))


def _load(file: IO[bytes], kind: np.dtype[Any], shape: tuple[int, ...]) -> Array:
    count = int(np.prod(shape))
    return np.fromfile(file, kind, count).reshape(shape) if count else np.empty(shape, kind)


def _sides(pile: Pile, work: Work, block: int) -> Iterator[Array]:
    """The sides of a block's runs, in the order of the blocks they belong to; where each of these begins; and the pairs that
    share much."""
    (runs,) = work.read(f"runs-{block}", 1)
    sides, begin = boilerplate.sides_of(runs, pile.columns.counts, pile.outlets, pile.block)
    yield begin
    yield sides
    yield boilerplate.much_shared(runs, pile.columns.counts)


def find_zones(pile: Pile, work: Work) -> Zones:
    """The boilerplate of all texts, as ``boilerplate.boilerplate_words`` finds it."""
    parent = np.arange(len(pile.ids), dtype=np.uint32)
    for block in range(pile.blocks):
        *_, much = work.read(f"sides-{block}", 3)
        boilerplate.join(parent, much)
    mute = np.zeros(len(pile.ids), np.bool_)
    guess = _zones(pile, work, boilerplate.tops(parent), mute, "boilerplate, first look")
    _one_topic(pile, work, guess, parent, mute)
    return _zones(pile, work, boilerplate.tops(parent), mute, "boilerplate")


def _zones(pile: Pile, work: Work, group: Any, mute: Any, step: str) -> Zones:
    def one(block: int) -> Zones:
        sides = np.concatenate([_slice(work.folder / f"sides-{other}", block) for other in range(pile.blocks)])
        return boilerplate.zones_of(sides, *_bounds(pile, block), group, pile.columns.counts, mute)

    parts = list(work.map(step, one, range(pile.blocks), pile.blocks))
    first = np.append(0, np.cumsum(np.concatenate([np.diff(part.first) for part in parts])))
    return Zones(first, np.concatenate([part.start for part in parts]), np.concatenate([part.end for part in parts]))


def _one_topic(pile: Pile, work: Work, zones: Zones, parent: Any, mute: Any) -> None:
    """Join the texts that share a stretch of the zones and besides tell of one event; mark those that cannot tell."""

    def touched(block: int) -> Array:
        return boilerplate.touched(work.read(f"runs-{block}", 1)[0], zones)

    pairs = list(work.map("boilerplate, pairs", touched, range(pile.blocks), pile.blocks))
    wanted = np.zeros(len(pile.ids), np.bool_)
    for both in pairs:
        wanted[both] = True
    texts = np.flatnonzero(wanted).astype(np.uint32)
    if not len(texts):
        return
    told = _told(pile, work, zones, texts)
    mute[texts[topics.mute_of(told)]] = True
    place = np.zeros(len(pile.ids), np.int64)
    place[texts] = np.arange(len(texts))
    for both in pairs:
        topics.join_one_topic(both, parent, mute, place, told)


def _told(pile: Pile, work: Work, zones: Zones, texts: Array) -> Telling:
    """The telling words of these texts without the common ones."""
    batches = [texts[start : start + pile.block] for start in range(0, len(texts), pile.block)]

    def telling(batch: Array) -> Telling:
        return topics.telling(batch, zones, pile.columns)

    parts = list(work.map("boilerplate, words", telling, batches, len(batches)))
    told = Telling(
        texts,
        np.append(0, np.cumsum(np.concatenate([np.diff(part.first) for part in parts]))),
        np.concatenate([part.words for part in parts]),
    )
    common = topics.common_words(told.words, topics.limit_of_common(len(texts)))
    return topics.without(told, common)
