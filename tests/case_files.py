"""The cases of ``tests/cases``: one JSON object a line; lines that begin with # or // are remarks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CASES = Path(__file__).resolve().parent / "cases"


def cases_in(name: str) -> list[dict[str, Any]]:
    """The cases of one file, in its order."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip() and not line.startswith(("#", "//"))]


def languages_of(sort: str) -> list[str]:
    """The languages that have a file of this sort of cases ("dates.nb.jsonl")."""
    return sorted(
        path.name.split(".")[1] for path in CASES.glob(f"{sort}.*.jsonl") if len(path.name.split(".")[1]) == 2
    )
