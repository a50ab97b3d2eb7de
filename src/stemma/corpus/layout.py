"""Where a corpus keeps what: its tables, its working files, and what marks a task as done.

A folder of ``stemma corpus`` holds one folder of Parquet parts for each table and, at the end, ``manifest.json``. Working
files lie in ``.work`` until then. Every file is written under a temporary name and then renamed, and a task's mark comes
after all its files: whatever moment a run is killed at, a file that has its name is whole, and a task that has its mark is
done. Tasks give the same bytes whenever they run, so doing one again changes nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xxhash

from stemma.errors import CannotWrite

BUCKETS = 256  # ids fall into so many buckets by their hash; partitions are runs of buckets
# Reports in one partition: about 2 MB of text, half a minute of work, a file that analytic readers still like.
REPORTS_OF_A_PARTITION = 2_000
MANIFEST = "manifest.json"
Counts = dict[str, int]


def bucket_of(name: str) -> int:
    """The bucket of an id, in [0, BUCKETS)."""
    return xxhash.xxh3_64_intdigest(name.encode("utf-8", "surrogatepass")) % BUCKETS


def partitions_for(reports: int) -> int:
    """How many partitions a corpus of so many reports has: a power of two, at most BUCKETS."""
    wanted = max(1, -(-reports // REPORTS_OF_A_PARTITION))
    return min(BUCKETS, 1 << (wanted - 1).bit_length())


def partition_of(name: str, partitions: int) -> int:
    """The partition of an id, in [0, partitions)."""
    return bucket_of(name) * partitions // BUCKETS


class Layout:
    """The names of all files of one corpus."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.working = self.folder / ".work"

    @property
    def manifest(self) -> Path:
        return self.folder / MANIFEST

    def read_manifest(self) -> dict[str, Any]:
        """What the finished corpus says of itself."""
        found: dict[str, Any] = json.loads(self.manifest.read_text(encoding="utf-8"))
        return found

    def part(self, table: str, number: int) -> Path:
        """One part of a table."""
        return self.folder / table / f"part-{number:05d}.parquet"

    def work(self, name: str, number: int | str) -> Path:
        """One working file."""
        number = f"{number:05d}" if isinstance(number, int) else number
        return self.working / name / f"{number}.arrow"

    def works(self, name: str) -> list[Path]:
        """The finished working files of a kind, by name."""
        return sorted((self.working / name).glob("*.arrow"))

    def mark(self, step: str, number: int | str, counts: Counts) -> None:
        """Say that a task is done, with what it counted."""
        write_whole(self._mark(step, number), lambda to: Path(to).write_text(json.dumps(counts), encoding="utf-8"))

    def marked(self, step: str, number: int | str) -> bool:
        """Whether a task is done."""
        return self._mark(step, number).exists()

    def counted(self, step: str) -> Counts:
        """The sums of what the done tasks of a step counted."""
        total: Counts = {}
        for mark in sorted((self.working / "done" / step).glob("*.json")):
            for name, count in json.loads(mark.read_text(encoding="utf-8")).items():
                total[name] = total.get(name, 0) + count
        return total

    def clear_halves(self) -> None:
        """Remove what a killed run left half-written."""
        for half in self.folder.glob("**/.*.half"):
            half.unlink(missing_ok=True)

    def _mark(self, step: str, number: int | str) -> Path:
        return self.working / "done" / step / f"{number}.json"


def write_whole(path: Path, write: Callable[[str], Any]) -> None:
    """Call ``write`` with a temporary name beside ``path`` that becomes ``path`` when all went well."""
    with whole(path) as half:
        write(half)


@contextmanager
def whole(path: Path) -> Iterator[str]:
    """A temporary name beside ``path``, renamed to it when the block ends well."""
    half = path.parent / f".{path.name}.{os.getpid()}.half"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield str(half)
        descriptor = os.open(half, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(half, path)
    except OSError as error:
        raise CannotWrite(
            f"{path} cannot be written ({error.strerror or error}): free some space or choose another folder with -o; "
            "the same command goes on where it stopped"
        ) from error
    finally:
        half.unlink(missing_ok=True)
