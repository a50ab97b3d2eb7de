"""Records to JSON, JSON Lines and Parquet, and back; the JSON Schema of the dossiers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import msgspec

from stemma.errors import MissingPart
from stemma.records import SCHEMA, Dossiers

_ENCODER = msgspec.json.Encoder()


def to_json(record: object) -> bytes:
    """One record as compact JSON in UTF-8."""
    return _ENCODER.encode(record)


def to_json_lines(records: Iterable[object]) -> bytes:
    """One record a line."""
    return b"".join(_ENCODER.encode(record) + b"\n" for record in records)


def dossiers_from_json(data: bytes) -> Dossiers:
    """Read what ``stemma report --json`` wrote; a wrong shape raises ``msgspec.ValidationError`` that names the field."""
    return msgspec.json.decode(data, type=Dossiers)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of ``stemma.dossiers/1``."""
    schema = msgspec.json.schema(Dossiers)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, "title": SCHEMA, **schema}


def write_parquet(records: Iterable[object], file: Path | IO[bytes]) -> None:
    """The records as one Parquet table; nested fields stay nested. Needs pyarrow (the extra "corpus")."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingPart(
            "writing Parquet needs pyarrow, which is not installed: pip install 'stemma-news[corpus]'"
        ) from error
    pq.write_table(pa.Table.from_pylist([msgspec.to_builtins(record) for record in records]), file)
