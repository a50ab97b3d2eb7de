"""The world's agencies and outlets, and how they are written (data/outlets.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Kind = Literal["agency", "outlet"]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("stemma.read") / "data" / "outlets.toml").read_text(encoding="utf-8"))


@cache
def spellings() -> dict[str, tuple[str, Kind]]:
    """Every spelling, as written, to the body's usual name and its kind."""
    found: dict[str, tuple[str, Kind]] = {}
    kinds: tuple[tuple[str, Kind], ...] = (("agencies", "agency"), ("outlets", "outlet"))
    for section, kind in kinds:
        for name, others in _data()[section].items():
            for spelling in (name, *others):
                found.setdefault(spelling, (name.split(" (")[0], kind))
    return found


@cache
def agency_name(words: str) -> str | None:
    """The usual name of the agency that ``words`` spell, however they are cased ("DPA", "reuters"), or None."""
    known = spellings().get(words) or _folded().get(words.casefold())
    return known[0] if known and known[1] == "agency" else None


def body_name(words: str) -> str | None:
    """The usual name of the agency or outlet that ``words`` spell exactly, or None."""
    known = spellings().get(words)
    return known[0] if known else None


@cache
def _folded() -> dict[str, tuple[str, Kind]]:
    return {spelling.casefold(): known for spelling, known in reversed(spellings().items())}
