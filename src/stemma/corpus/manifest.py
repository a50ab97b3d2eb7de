"""``manifest.json``: what a finished corpus holds and what it was made from. Nothing in it comes from the clock: two runs on
the same inputs write the same bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.compute as pc
import pyarrow.parquet as pq
import xxhash

from stemma.corpus.layout import Layout, write_whole
from stemma.corpus.plan import SCHEMA, Settings
from stemma.corpus.tables import tables
from stemma.records import SCHEMA as LINES
from stemma.version import VERSION

REASONS_SHOWN = 50  # of the reasons for setting inputs aside, the most frequent; the table has all


def write_manifest(layout: Layout, settings: Settings, partitions: int) -> dict[str, Any]:
    """Write it, as the last step."""
    read = layout.counted("read")
    manifest = {
        "schema": SCHEMA,
        "lines": LINES,
        "made_by": f"stemma {VERSION}",
        "settings": msgspec.to_builtins(settings),
        "inputs": {
            "fingerprint": _fingerprint(layout),
            "reports_read": read.get("reports", 0),
            "set_aside": read.get("set_aside", 0),
            "passed_over": read.get("passed_over", 0),
        },
        "set_aside": _reasons(layout),
        "partitions": partitions,
        "tables": {name: _table(layout, name) for name in tables()},
    }
    data = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    write_whole(layout.manifest, lambda path: Path(path).write_bytes(data + b"\n"))
    return manifest


def _table(layout: Layout, name: str) -> dict[str, Any]:
    parts = _parts(layout, name)
    rows = sum(pq.read_metadata(part).num_rows for part in parts)
    schema = tables()[name].schema
    return {"rows": rows, "parts": len(parts), "columns": {field.name: str(field.type) for field in schema}}


def _parts(layout: Layout, name: str) -> list[Path]:
    """The files of a table, whichever engine wrote them."""
    return sorted((layout.folder / name).glob("part-*.parquet"))


def _fingerprint(layout: Layout) -> str:
    """A hash of all reports: of their ids, texts and what is known of them, wherever they were read from."""
    names = [field for field in tables()["reports"].schema.names if field != "read_from"]
    total = 0
    for part in _parts(layout, "reports"):
        for batch in pq.ParquetFile(part).iter_batches(columns=names):
            total += sum(_hashes(batch.to_pylist()))
    return f"{total % (1 << 128):032x}"


def _hashes(rows: Iterable[Any]) -> Iterable[int]:
    """A sum of hashes does not depend on the order of the rows."""
    return (xxhash.xxh3_128_intdigest(msgspec.json.encode(row)) for row in rows)


def _reasons(layout: Layout) -> dict[str, int]:
    """How often each reason was given, numbers in it left out."""
    found: Counter[str] = Counter()
    for part in _parts(layout, "set_aside"):
        reasons = pq.read_table(part, columns=["reason"]).column(0)
        found.update(pc.replace_substring_regex(reasons, r"[0-9][0-9,.]*", "n").to_pylist())
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))[:REASONS_SHOWN])
