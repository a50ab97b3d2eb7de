"""Language knowledge as data: one TOML file per language in ``data/``, a table per stage; beside it ``<language>.calendar.toml``,
which a script writes from the CLDR.

A table that a language does not have is taken from its nearest relative (``[meta] relative = "nb"``), else it is empty:
a language without a file still works, with less.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

DATA = files("stemma.language") / "data"


@cache
def load(language: str) -> dict[str, Any]:
    """All tables of a language (BCP 47 primary tag), {} where there is no file."""
    tables: dict[str, Any] = {}
    for entry in sorted(DATA.iterdir(), key=lambda item: item.name):
        if entry.name == f"{language}.toml" or (entry.name.startswith(f"{language}.") and entry.name.endswith(".toml")):
            tables.update(tomllib.loads(entry.read_text(encoding="utf-8")))
    return tables


@cache
def table(language: str | None, name: str) -> dict[str, Any]:
    """One stage's table for a language, or its nearest relative's, or {}."""
    if language is None:
        return {}
    tables = load(language)
    if name in tables:
        found: dict[str, Any] = tables[name]
        return found
    relative = tables.get("meta", {}).get("relative")
    return table(relative, name) if relative else {}


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a file."""
    return tuple(sorted({entry.name.split(".")[0] for entry in DATA.iterdir() if entry.name.endswith(".toml")}))
