"""Records to JSON, JSON Lines and Parquet, and back; the JSON Schema of the dossiers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import msgspec
from msgspec import Struct

from stemma.arrow import table_of
from stemma.records import (
    SCHEMA,
    Actor,
    BriefSentence,
    DateLine,
    Disagreement,
    Dossiers,
    Family,
    Interaction,
    Lineage,
    NotCompared,
    Passage,
    Quotation,
    SituationLine,
    Statement,
    StemmaEdge,
    StemmaNode,
    Story,
    TimelineEntry,
    Utterance,
)

# The kinds of lines of a story, by the name of their property of ``stages.StoryWork``, and the record that each line is.
LINES: dict[str, type[Struct]] = {
    "stories": Story,
    "passages": Passage,
    "lineage": Lineage,
    "families": Family,
    "nodes": StemmaNode,
    "edges": StemmaEdge,
    "quotations": Quotation,
    "utterances": Utterance,
    "actors": Actor,
    "dates": DateLine,
    "statements": Statement,
    "disagreements": Disagreement,
    "not_compared": NotCompared,
    "timeline": TimelineEntry,
    "interactions": Interaction,
    "situation": SituationLine,
    "brief": BriefSentence,
}

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


def write_parquet(records: Iterable[Struct], kind: type[Struct], file: Path | IO[bytes]) -> None:
    """The records, all of one kind, as one Parquet table with the exact columns of ``stemma.arrow``; needs the extra "corpus"."""
    table = table_of(records, kind)
    import pyarrow.parquet as pq

    pq.write_table(table, file)
