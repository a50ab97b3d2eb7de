"""Tables of reports: JSON Lines, JSON, CSV and Parquet; and the CSV in which a user fills in what files do not say."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import msgspec

from stemma.errors import CannotWrite, MissingPart, StemmaError, UnreadableInput, install
from stemma.read.encoding import decode
from stemma.read.limits import DEFAULT, Limits
from stemma.read.rows import ALIASES, NO_COLUMNS, Columns, clean, report_from_row
from stemma.records import Report, SetAside

# What a user is likely to fill in comes first, the text last.
COLUMNS = ("id", "outlet", "published", "language", "title", "byline", "agency", "dateline", "url", "read_from", "text")
# What Arrow raises for a value that Python does not have: a time after the year 9999, a zone or an encoding that there is not.
NO_VALUE = (ValueError, OverflowError, KeyError, OSError)

Found = Iterator[Report | SetAside]


def write_table(reports: Iterable[Report], file: str | Path | IO[str]) -> None:
    """Writes the reports as the CSV of ``stemma read -o pile.csv``: UTF-8 with a mark, so that spreadsheets read it right."""
    if isinstance(file, str | Path):
        try:
            with open(file, "w", encoding="utf-8-sig", newline="") as out:
                write_table(reports, out)
        except OSError as error:
            raise CannotWrite(f"{file}: {error.strerror}; choose another place with -o") from error
        return
    writer = csv.writer(file, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for report in reports:
        writer.writerow([guarded(getattr(report, column) or "") for column in COLUMNS])


# A cell that begins so would be run as a formula by a spreadsheet (OWASP, CSV injection): it is written with a quote before
# it, which is taken off again on reading.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guarded(cell: str) -> str:
    """The cell with a quote before it where a spreadsheet would run it."""
    return f"'{cell}" if cell.startswith(FORMULA) or (cell[:1] == "'" and cell[1:].startswith(FORMULA)) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before ``guarded``."""
    return (
        cell[1:]
        if cell[:1] == "'" and (cell[1:].startswith(FORMULA) or (cell[1:2] == "'" and cell[2:].startswith(FORMULA)))
        else cell
    )


def read_table(file: str | Path, limits: Limits = DEFAULT) -> tuple[Report, ...]:
    """The reports of a CSV; texts stay exactly as they are, what is filled in wins. A bad row raises ``UnreadableInput``."""
    found = list(from_csv(Path(file).read_bytes(), clean(str(file)), limits))
    for one in found:
        if isinstance(one, SetAside):
            raise UnreadableInput(f"{one.read_from}: {one.reason}")
    return tuple(one for one in found if isinstance(one, Report))


def from_lines(
    lines: Iterable[bytes], name: str, limits: Limits = DEFAULT, *, first: int = 1, columns: Columns = NO_COLUMNS
) -> Found:
    """JSON Lines. A bad line is set aside with its number, counted from ``first``; the others are read."""
    for number, line in enumerate(lines, first):
        if line.strip(b" \t\r\n\0\xef\xbb\xbf"):
            where = f"{name}#{number}"
            try:
                yield report_from_row(_json(line), where, limits, columns)
            except StemmaError as error:
                yield SetAside(where, str(error))


def from_json(data: bytes, name: str, limits: Limits = DEFAULT) -> Found:
    """A JSON file: one report, a list of them, or an object with them under "reports" (a file of ours) or "articles"."""
    if b"\n" in data.strip() and _is_lines(data):
        yield from from_lines(data.split(b"\n"), name, limits)
        return
    whole = _json(data)
    if isinstance(whole, dict):
        rows = next(
            (whole[key] for key in ("reports", "articles", "items", "results") if isinstance(whole.get(key), list)),
            [whole],
        )
    elif isinstance(whole, list):
        rows = whole
    else:
        raise UnreadableInput('a JSON value without reports; write a list of objects, each with a "text"')
    for number, row in enumerate(rows, 1):
        where = name if rows == [whole] else f"{name}#{number}"
        try:
            yield report_from_row(row, where, limits)
        except StemmaError as error:
            yield SetAside(where, str(error))


def from_csv(data: bytes, name: str, limits: Limits = DEFAULT) -> Found:
    """CSV with a header row; commas, semicolons or tabs. Rows are numbered from 1, the header not counted."""
    text = decode(data)
    csv.field_size_limit(max(csv.field_size_limit(), 4 * limits.report_characters))
    first = text.split("\n", 1)[0]
    delimiter = max((",", ";", "\t"), key=lambda mark: (first.count(mark), mark == ","))
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    if not any((field or "").strip().casefold() in ALIASES["text"] for field in rows.fieldnames or ()):
        raise UnreadableInput('a table without a column "text"; name the columns in its first row')
    number = 0
    while True:
        number += 1
        where = f"{name}#{number}"
        try:
            row = next(rows, None)
            if row is None:
                return
            row.pop(None, None)
            row = {column: unguarded(cell) if isinstance(cell, str) else cell for column, cell in row.items()}
            yield report_from_row(row, where, limits)
        except (StemmaError, csv.Error) as error:
            yield SetAside(
                where,
                f"{error}" if isinstance(error, StemmaError) else f"not a row of a table ({error}); mend its quotes",
            )


def from_parquet(file: str | io.BytesIO, name: str, limits: Limits = DEFAULT) -> Found:
    """Parquet, a row a report; only the columns that are known are read."""
    number = 1
    for batch in batches_of(file):
        yield from from_rows(batch, name, limits, first=number)
        number += batch.num_rows


def batches_of(file: str | io.BytesIO, columns: Columns = NO_COLUMNS) -> Iterator[Any]:
    """The rows of a Parquet file as Arrow batches with the known columns, a thousand rows at most in memory."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as error:
        raise MissingPart(f"Parquet needs pyarrow: {install('corpus')}") from error
    wanted = {alias for names in ALIASES.values() for alias in names} | {"read_from", "body"}
    wanted |= {theirs.strip().casefold() for theirs in columns.values()}
    try:
        table = parquet.ParquetFile(file)
        known = [column for column in table.schema_arrow.names if column.strip().casefold() in wanted]
        yield from table.iter_batches(batch_size=1000, columns=known)
    except (ArrowException, OSError, ValueError) as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise UnreadableInput(f"not a Parquet file that can be read ({reason}); write it again") from error


def from_rows(
    batch: Any, name: str, limits: Limits = DEFAULT, *, first: int = 1, columns: Columns = NO_COLUMNS
) -> Found:
    """The rows of an Arrow batch, numbered from ``first``."""
    for number, row in enumerate(_rows_of(batch), first):
        try:
            yield report_from_row(_plain(row), f"{name}#{number}", limits, columns)
        except StemmaError as error:
            yield SetAside(f"{name}#{number}", str(error))


def _rows_of(batch: Any) -> Iterator[Any]:
    """The rows of an Arrow batch; for one with a value that Python has no room for, the error that says so."""
    try:
        yield from batch.to_pylist()
        return
    except NO_VALUE:
        pass  # nothing was given yet: the whole list is made first
    for at in range(batch.num_rows):
        try:
            yield from batch.slice(at, 1).to_pylist()
        except NO_VALUE as error:
            yield UnreadableInput(f"a value that cannot be read ({error}); write it as text")


def _plain(row: dict[str, Any] | UnreadableInput) -> dict[str, Any]:
    """Dates and times as ISO text; everything else as it is. Raises the error that stands in a row's place."""
    if isinstance(row, UnreadableInput):
        raise row
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in row.items()}


def _json(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _json_otherwise(data)


def _json_otherwise(data: bytes) -> Any:
    """What the strict parser refuses and the standard one reads: lone surrogates, other encodings, NaN, control characters."""
    import json

    try:
        return json.loads(decode(data), strict=False)
    except json.JSONDecodeError as error:
        raise UnreadableInput(f"not JSON ({error.msg} at character {error.pos}); mend or remove it") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(f"not JSON that can be read ({type(error).__name__}); mend or remove it") from error


def _is_lines(data: bytes) -> bool:
    """Whether a .json file is JSON Lines in truth: its first line is a whole object."""
    first = data.lstrip().split(b"\n", 1)[0].strip()
    if not (first.startswith(b"{") and first.endswith(b"}")):
        return False
    try:
        return isinstance(msgspec.json.decode(first), dict)
    except msgspec.DecodeError:
        return False
