"""``./run bench tables``: ``stemma corpus`` on a generated pile: wall time, processor time and memory, and whether all tables are
the same when Spark makes them, or when the run is killed again and again.

    ./run bench tables 20000                 all tables of 20,000 reports
    ./run bench tables 20000 --spark         the same by Spark on local[2], compared row for row (Java 17 is needed)
    ./run bench tables 5000 --kills 10       the same with SIGKILL at ten random moments, compared byte for byte
    ./run bench tables 100000 --into FOLDER  keep the pile and the tables there; the same command goes on after an interruption

Compare processor seconds, not wall time, where the machine is shared. Memory is what all processes hold together, shared pages
counted once, looked at every few seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import psutil
import pyarrow.parquet as pq
import xxhash
from generate import write_pile

OUTLETS = 8
LOOK = 2.0  # seconds between two looks at the processes


class Took(NamedTuple):
    """What a run took: seconds by the clock, processor seconds of all its processes, megabytes."""

    wall: float
    cpu: float
    peak: float


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run bench tables")
    parser.add_argument("reports", type=int, nargs="?", default=2_000)
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument(
        "--within", type=float, default=20.0, help="seconds after its start that a run is killed at most"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the moments of the kills")
    parser.add_argument("--into", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.into or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        pile = folder / f"reports-{options.reports}.jsonl"
        if not pile.exists():
            write_pile(pile, options.reports, outlets=OUTLETS)
        took = finish(pile, folder / "local")
        say("local engine", options.reports, took)
        same = True
        if options.kills:
            same &= killed(pile, folder, options.kills, random.Random(options.seed), options.within)
        if options.spark:
            say("Spark, local[2]", options.reports, finish(pile, folder / "spark", *SPARK))
            same &= compared(folder / "local", folder / "spark")
    return 0 if same else 1


SPARK = ("--engine", "spark", "--master", "local[2]")


def say(name: str, reports: int, took: Took) -> None:
    """One line about a run."""
    each = 1000 * took.cpu / reports
    print(
        f"{name}: {took.wall:.0f} s, {took.cpu:.0f} processor seconds ({each:.1f} ms a report), {took.peak:.0f} MB",
        flush=True,
    )


def command(pile: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    """A run as a process."""
    return subprocess.Popen([sys.executable, "-m", "stemma", "corpus", str(pile), "-o", str(out), "--quiet", *more])


def finish(pile: Path, out: Path, *more: str) -> Took:
    """Run to the end, and measure."""
    started, run = time.monotonic(), command(pile, out, *more)
    seconds: dict[tuple[int, float], float] = {}
    peak = 0.0
    while run.poll() is None:
        held = 0.0
        for one in _processes(run.pid):
            try:
                times = one.cpu_times()
                seconds[one.pid, one.create_time()] = times.user + times.system
                held += getattr(one.memory_full_info(), "pss", one.memory_info().rss)
            except psutil.Error:  # it ended while it was looked at
                continue
        peak = max(peak, held)
        time.sleep(LOOK if time.monotonic() - started > LOOK else 0.1)
    if run.returncode:
        raise SystemExit(f"stemma corpus ended with {run.returncode}")
    return Took(time.monotonic() - started, sum(seconds.values()), peak / 1e6)


def _processes(pid: int) -> list[psutil.Process]:
    try:
        first = psutil.Process(pid)
        return [first, *first.children(recursive=True)]
    except psutil.Error:
        return []


def killed(pile: Path, folder: Path, times: int, rng: random.Random, within: float) -> bool:
    """Whether a run that is killed at random moments and called again writes the same bytes."""
    out = folder / "killed"
    for number in range(times):
        run = command(pile, out)
        moment = rng.uniform(0.5, within)
        try:
            run.wait(moment)
            print(f"kill {number + 1}: the run had ended before")
            break
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
            marks = len(list(out.glob(".work/done/*/*")))
            print(f"kill {number + 1}: after {moment:.1f} s, {marks} tasks done", flush=True)
    finish(pile, out)
    first, other = (_bytes(folder / name) for name in ("local", "killed"))
    differing = sorted(name for name in first.keys() | other.keys() if first.get(name) != other.get(name))
    print(f"killed and resumed: {len(first)} files, {len(differing)} differ {differing[:5]}")
    return not differing


def _bytes(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def compared(one: Path, other: Path) -> bool:
    """Whether two corpora have the same rows in every table, in whatever order."""
    same = True
    for name in sorted(path.name for path in one.iterdir() if path.is_dir() and not path.name.startswith(".")):
        left, right = (sorted(_rows(folder / name)) for folder in (one, other))
        same &= left == right
        print(
            f"{name}: {len(left):,} and {len(right):,} rows, {'the same' if left == right else 'DIFFERENT'}", flush=True
        )
    return same


def _rows(table: Path) -> Iterator[int]:
    """A hash of every row."""
    for part in table.glob("*.parquet"):
        for batch in pq.ParquetFile(part).iter_batches():
            for row in batch.to_pylist():
                yield xxhash.xxh3_64_intdigest(msgspec.json.encode(row))


if __name__ == "__main__":
    sys.exit(main())
