"""``./run bench``: seconds, peak memory and growth of reading, each stage and the whole, on generated piles.

    ./run bench                 5, 100, 2,000 and 20,000 reports (the last without the stages that only stories need)
    ./run bench 5 100           these sizes
    ./run bench --figures       also write the table into docs/figures.md

Each size runs in a fresh process, so that peak memory is its own. Times are wall-clock seconds on this machine; between
machines compare the growth and the shares, not the seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import speech
from figures import ROOT, write_figures
from generate import write_pile

SIZES = (5, 100, 2_000, 20_000)
WHOLE_UP_TO = 2_000  # reports: the bar for a whole `stemma report`; larger piles are timed up to their stories


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run bench")
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--figures", action="store_true")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(_measure(options.one)))
        return 0
    rows = [_in_own_process(size) for size in options.sizes or SIZES]
    table = f"{_table(rows)}\n\n{_one_story()}\n\n{speech.line()}"
    print(table)
    if options.figures:
        write_figures("bench", table)
    return 0


def _one_story() -> str:
    """The line about one story of 50 reports, measured in a process of its own (``one_story.py``)."""
    call = [sys.executable, str(ROOT / "bench" / "one_story.py")]
    seconds = subprocess.run(call, capture_output=True, text=True, check=True).stdout.split()[-1]
    return (
        f"One story of 50 reports in four languages: {seconds} s of processor time for all stages on one core (bar: 3)."
    )


def _in_own_process(size: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as scratch:
        pile = Path(scratch) / "pile.jsonl"
        write_pile(pile, size)
        call = [sys.executable, __file__, "--one", str(pile)]
        done = subprocess.run(call, capture_output=True, text=True, check=True)
        row: dict[str, Any] = {"reports": size, "bytes": pile.stat().st_size, **json.loads(done.stdout)}
        print(f"{size} reports: {row['seconds']:.1f} s", file=sys.stderr)
        if size <= WHOLE_UP_TO:
            row["command"] = _command(pile, Path(scratch))
        return row


def _command(pile: Path, scratch: Path) -> float:
    """Wall-clock seconds of ``stemma report`` as a process, page written."""
    started = time.perf_counter()
    call = [str(ROOT / ".venv" / "bin" / "stemma"), "report", str(pile), "-o", str(scratch / "report.html"), "--quiet"]
    subprocess.run(call, check=True)
    return time.perf_counter() - started


def _measure(pile: Path) -> dict[str, Any]:
    """Seconds of each stage, one after another in this process, and the peak memory of all."""
    from stemma import stages
    from stemma.read import read

    took: dict[str, float] = {}

    def timed(name: str, call: Any) -> Any:
        started = time.perf_counter()
        result = call()
        took[name] = took.get(name, 0.0) + time.perf_counter() - started
        return result

    reports = timed("read", lambda: read([str(pile)]).reports)
    annotated = timed("annotate", lambda: [stages.language.annotate(report) for report in reports])
    passages = timed("passages", lambda: stages.collate.find_passages(annotated))
    grouped = timed("stories", lambda: stages.story.group(annotated, passages))
    names = [stage.name for stage in stages.STAGES]
    within = names[names.index("stories") + 1 :]
    if len(reports) <= WHOLE_UP_TO:
        by_id = {one.report.id: one for one in annotated}
        for story in grouped:
            inside = set(story.reports)
            shared = tuple(p for p in passages if p.a.report in inside and p.b.report in inside)
            work = stages.StoryWork(
                stages.StoryJob(story, tuple(by_id[i] for i in story.reports), shared, (), None, ())
            )
            for name in within:
                timed(f"{name} of a story", lambda name=name, work=work: getattr(work, name))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    return {"seconds": sum(took.values()), "peak_mb": peak, "stories": len(grouped), "stages": took}


def _table(rows: list[dict[str, Any]]) -> str:
    names = list(rows[0]["stages"])
    out = [
        "| | " + " | ".join(f"{row['reports']:,} reports" for row in rows) + " |",
        "| --- |" + " --- |" * len(rows),
        "| text, MB | " + " | ".join(f"{row['bytes'] / 1e6:.2f}" for row in rows) + " |",
        "| stories | " + " | ".join(f"{row['stories']:,}" for row in rows) + " |",
    ]
    for name in names:
        cells = [f"{row['stages'][name]:.2f}" if name in row["stages"] else "" for row in rows]
        out.append(f"| {name}, s | " + " | ".join(cells) + " |")
    out.append("| all stages in one process, s | " + " | ".join(f"{row['seconds']:.2f}" for row in rows) + " |")
    out.append("| reports a second | " + " | ".join(f"{row['reports'] / row['seconds']:.0f}" for row in rows) + " |")
    out.append("| peak memory, MB | " + " | ".join(f"{row['peak_mb']:.0f}" for row in rows) + " |")
    whole = [f"{row['command']:.2f}" if "command" in row else "" for row in rows]
    out.append(f"| `stemma report` as a process, {os.cpu_count()} cores, s | " + " | ".join(whole) + " |")
    return "\n".join(out)


if __name__ == "__main__":
    sys.exit(main())
