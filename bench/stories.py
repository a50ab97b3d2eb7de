"""``./run bench stories``: how fast large piles are grouped into stories, and what it costs, on generated piles.

    ./run bench stories                  20,000, 50,000 and 100,000 reports
    ./run bench stories 5000 10000       these sizes
    ./run bench stories --text 20000     the command `stemma stories` from a file, reading and all other stages included
    ./run bench stories --figures        also write the table into docs/figures.md

The stage alone: from reports in memory to groups (profiles in two worker processes, the rest in the process that asks, partly
in two threads); the shared text that passages find is not in it. Compiled code is loaded before the clock starts. Each size
runs in a fresh process. Processor seconds are of all processes together; on a machine that others use, too, they are what
can be compared, and the seconds of the two parts if it were quiet are the least that they can come to: half of those of
the workers and all of the rest.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from figures import ROOT, write_figures
from generate import write_pile

SIZES = (20_000, 50_000, 100_000)
WORKERS = 2


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run bench stories")
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--text", action="store_true")
    parser.add_argument("--figures", action="store_true")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(_measure(options.one)))
        return 0
    measured = [_in_own_process(size, options.text) for size in options.sizes or SIZES]
    table = _table(measured)
    print(table)
    if options.figures and not options.text:
        write_figures("bench-stories", table)
    return 0


def _in_own_process(size: int, text: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as scratch:
        pile = Path(scratch) / "pile.jsonl"
        write_pile(pile, size)
        row = _command(pile) if text else _stage(pile)
        print(f"{size} reports: {row['wall']:.1f} s", file=sys.stderr, flush=True)
        return {"reports": size, **row}


def _stage(pile: Path) -> dict[str, Any]:
    done = subprocess.run([sys.executable, __file__, "--one", str(pile)], stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout))


def _command(pile: Path) -> dict[str, Any]:
    """`stemma stories` from a file to a file."""
    out = pile.with_name("stories.jsonl")
    started, before = time.perf_counter(), _of_children()
    subprocess.run(
        [str(ROOT / ".venv" / "bin" / "stemma"), "stories", str(pile), "-o", str(out), "--quiet"], check=True
    )
    wall, cpu = time.perf_counter() - started, _of_children() - before
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"wall": wall, "cpu": cpu, "peak": peak, "stories": len(out.read_text(encoding="utf-8").splitlines())}


def _measure(pile: Path) -> dict[str, Any]:
    """The stage alone, in this process and its workers."""
    from stemma.engine.local import Engine
    from stemma.records import Report
    from stemma.story.cluster import group_profiles
    from stemma.story.profiles import joined, profiled

    with pile.open(encoding="utf-8") as lines:
        reports = sorted((Report(**json.loads(line)) for line in lines), key=lambda one: one.id)
    _load_kernels(profiled(reports[:400]))
    before = _peak()
    started, own, others = time.perf_counter(), time.process_time(), _of_children()
    with Engine(WORKERS, len(reports)) as engine:
        profiles = joined(engine.map_batches("looking for stories", profiled, reports))
    apart = _of_children() - others
    groups = group_profiles(profiles, [])
    wall, alone = time.perf_counter() - started, time.process_time() - own
    return {
        "wall": wall,
        "cpu": apart + alone,
        "quiet": apart / WORKERS + alone,
        "peak": _peak(),
        "before": before,
        "worker": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "stories": len(groups),
        "load": os.getloadavg()[0],
    }


def _load_kernels(profiles: Any) -> None:
    """Send a small pile the way of large ones, so that compiled code is there, as it is from the second run on."""
    from stemma.story import meeting
    from stemma.story.cluster import group_profiles

    large, meeting.LARGE = meeting.LARGE, 0
    group_profiles(profiles, [])
    meeting.LARGE = large


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peak() -> float:
    """Of this process, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


ROWS = (
    ("stories", "stories", "{:,.0f}"),
    ("seconds", "wall", "{:.1f}"),
    ("load of the machine, jobs on its cores", "load", "{:.1f}"),
    ("reports a second", "rate", "{:,.0f}"),
    ("processor seconds", "cpu", "{:.1f}"),
    ("reports per processor second", "cpu_rate", "{:,.0f}"),
    ("reports a second, were the two cores free", "quiet_rate", "{:,.0f}"),
    ("growth of processor seconds per doubling", "growth", "{:.2f}"),
    ("peak memory, MB", "peak", "{:,.0f}"),
    ("of it before the stage: texts, compiler", "before", "{:,.0f}"),
    ("peak memory of a worker", "worker", "{:,.0f}"),
)


def _table(measured: list[dict[str, Any]]) -> str:
    for row, before in zip(measured, [None, *measured], strict=False):
        row["rate"], row["cpu_rate"] = row["reports"] / row["wall"], row["reports"] / row["cpu"]
        if "quiet" in row:
            row["quiet_rate"] = row["reports"] / row["quiet"]
        if before is not None and before["reports"] < row["reports"]:
            row["growth"] = (row["cpu"] / before["cpu"]) ** (1 / math.log2(row["reports"] / before["reports"]))
    out = [
        "| | " + " | ".join(f"{row['reports']:,} reports" for row in measured) + " |",
        "| --- |" + " --- |" * len(measured),
    ]
    for title, key, form in ROWS:
        if any(key in row for row in measured):
            out.append(
                f"| {title} | " + " | ".join(form.format(row[key]) if key in row else "" for row in measured) + " |"
            )
    return "\n".join(out)


if __name__ == "__main__":
    sys.exit(main())
