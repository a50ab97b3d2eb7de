"""The world's agencies and outlets, and how they are written (data/outlets.tsv)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal, cast

Kind = Literal["agency", "outlet"]


@cache
def spellings() -> dict[str, tuple[str, Kind, bool]]:
    """Every spelling, as written, to the body's usual name, its kind, and whether it is also a common word."""
    found: dict[str, tuple[str, Kind, bool]] = {}
    for line in (files("stemma.read") / "data" / "outlets.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, name, *others = line.split("	")
            for spelling in (name, *(others[0].split(" | ") if others else ())):
                known = (name.rstrip("~").split(" (")[0], cast(Kind, kind), spelling.endswith("~"))
                found.setdefault(spelling.rstrip("~"), known)
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
def _folded() -> dict[str, tuple[str, Kind, bool]]:
    return {spelling.casefold(): known for spelling, known in reversed(spellings().items())}
