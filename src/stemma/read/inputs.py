"""PATHs to reports."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from stemma.ids import content_id
from stemma.records import Report, SetAside, Span


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
                reports.append(_report(file.read_text(encoding="utf-8"), read_from=str(file)))
            elif file.suffix == ".jsonl":
                for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                    row = json.loads(line)
                    reports.append(
                        _report(row["text"], id=row.get("id"), published=row.get("published"), language=row.get("language"),
                                title=row.get("title"), outlet=row.get("outlet"), read_from=f"{file}#{number}")
                    )
    return Reading(tuple(reports), ())


def _report(text: str, id: str | None = None, language: str | None = None, **known: str | None) -> Report:
    body, position = [], 0
    for line in text.split("\n"):
        if line.strip():
            left = position + len(line) - len(line.lstrip())
            body.append(Span(left, left + len(line.strip())))
        position += len(line) + 1
    return Report(id=id or content_id("r", text), text=text, language=language or ("nb" if " og " in text else "en"), body=tuple(body), **known)
