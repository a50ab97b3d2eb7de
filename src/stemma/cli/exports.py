"""Files for other programs, chosen by their ending: CSV, GraphML, PLOVER JSON, W3C Web Annotations."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import IO

from stemma.errors import BadUsage
from stemma.read.table import guarded
from stemma.records import Dossiers
from stemma.render import tables
from stemma.schema import to_json, to_json_lines

Write = Callable[[IO[bytes]], object]


PAGES = (".html", ".htm", ".md", ".pdf")  # what a reader opens, and no program
# ending -> the kind of line that the format holds (None: every kind)
ENDINGS = {".csv": None, ".graphml": "lineage", ".plover.jsonl": "interactions", ".annotations.json": None}


def ending_of(kind: str, target: str) -> str | None:
    """The ending that asks for one of these formats, None where the file is JSON Lines or Parquet. Raises ``BadUsage``
    where the format does not hold this kind of line, or no lines at all."""
    if target.lower().endswith(PAGES):
        raise BadUsage(f"{target}: pages are what `stemma report` makes; give .jsonl, .parquet or .csv here")
    ending = next((ending for ending in ENDINGS if target.endswith(ending)), None)
    if ending and ENDINGS[ending] not in (None, kind):
        raise BadUsage(f"{target}: {ending} is for `stemma {ENDINGS[ending]}`; give .jsonl, .parquet or .csv here")
    return ending


def export(kind: str, ending: str, dossiers: Dossiers) -> Write:
    """What writes the dossiers' lines of one kind in the format of the ending."""
    if ending == ".csv":
        return lambda file: _write_csv(tables.rows(dossiers, kind), file)
    if ending == ".graphml":
        return lambda file: file.write(_graphml(dossiers).encode("utf-8", "replace"))
    if ending == ".plover.jsonl":
        return lambda file: file.write(to_json_lines(tables.plover(dossiers)))
    return lambda file: file.write(to_json(tables.web_annotations(dossiers)) + b"\n")


def _graphml(dossiers: Dossiers) -> str:
    trees = [one for one in dossiers.dossiers if len(one.story.reports) > 1] or list(dossiers.dossiers)
    if len(trees) != 1:
        raise BadUsage(
            f"a GraphML file holds one story and the pile has {len(trees)}: add --one-story, or hand in one story's reports"
        )
    return tables.graphml(trees[0], dossiers.reports)


def _write_csv(rows: list[tables.Row], file: IO[bytes]) -> None:
    """UTF-8 with a mark, so that spreadsheets read it right. A cell that a spreadsheet would run as a formula gets a quote
    before it (the advice of OWASP on CSV injection)."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", errors="replace")
    columns = list(dict.fromkeys(column for row in rows for column in row))
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    text.flush()
    text.detach()


def _cell(value: object) -> object:
    return guarded(value) if isinstance(value, str) else value
