"""Spark gives what the local engine gives, row for row, with one window of time and with many."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyspark", reason="the Spark engine needs the extra spark")
pytest.importorskip("numba", reason="the Spark engine needs the extra corpus")
if shutil.which("java") is None:
    pytest.skip("the Spark engine needs Java 17", allow_module_level=True)
import pyarrow.parquet as pq

from stemma.corpus import Settings, build
from stemma.corpus.tables import tables
from stemma.engine import spark

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))
from generate import write_pile


def rows(folder: Path, name: str) -> list[str]:
    found: Iterable[dict[str, Any]] = pq.read_table(folder / name).to_pylist()
    return sorted(json.dumps(row, sort_keys=True) for row in found)


COUNT = 100
# windows so small that stories reach over several of them
SETTINGS = Settings(window=40, overlap=20.0)


@pytest.mark.slow
def test_equals_the_local_engine(tmp_path: Path) -> None:
    write_pile(tmp_path / "a.jsonl", COUNT)
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "b.jsonl").write_text(f'{lines[0]}\n{{"no": "text"}}\n', encoding="utf-8")
    inputs = [str(tmp_path / name) for name in ("a.jsonl", "b.jsonl")]
    local = build(inputs, tmp_path / "local", settings=SETTINGS, workers=2)
    other = spark.build(inputs, tmp_path / "spark", settings=SETTINGS, master="local[2]")
    for name in tables():
        assert rows(tmp_path / "spark", name) == rows(tmp_path / "local", name), name
    assert [table["rows"] for table in other["tables"].values()] == [
        table["rows"] for table in local["tables"].values()
    ]
    for name in ("inputs", "set_aside", "settings", "partitions", "schema"):
        assert other[name] == local[name]
    assert not (tmp_path / "spark" / ".work").exists()
