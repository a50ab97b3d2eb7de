"""PATHs to reports."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from stemma.read.text import report_from_text
from stemma.records import Report, SetAside


class Reading(Struct, frozen=True):
    """What was read, in the order of the inputs, and what was set aside."""

    reports: tuple[Report, ...]
    set_aside: tuple[SetAside, ...]


def read(paths: Iterable[str]) -> Reading:
    """All reports that the paths hold."""
    reports: list[Report] = []
    for path in map(Path, paths):
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        for file in files:
            if file.suffix == ".txt":
                reports.append(report_from_text(file.read_text(encoding="utf-8"), read_from=str(file)))
            elif file.suffix == ".jsonl":
                for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
                    if line.strip():
                        row = json.loads(line)
                        known = {key: row.get(key) for key in ("id", "published", "language", "title", "outlet")}
                        reports.append(report_from_text(row["text"], read_from=f"{file}#{number}", **known))
    return Reading(tuple(reports), ())
