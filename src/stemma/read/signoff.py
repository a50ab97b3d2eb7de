"""How agencies sign below a text: "/ritzau/", "(©NTB)", "aar/AFP/dpa", "kma/oho/dan", "... Friday. EFE"."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import regex

from stemma.read.outlets import agency_name, spellings

LONGEST = 60

_PARTS = regex.compile(r"[\s/,;|()\[\]©–—-]++")
_INITIALS = regex.compile(r"\(?\p{Ll}{2,6}(?:[-/]\p{Ll}{2,6}){1,7}\)?")
_SMALL = regex.compile(r"\p{Ll}{1,5}")
_COPYRIGHT = regex.compile(r"\s*+(?:©|\(c\)|copyright)\s*+", regex.IGNORECASE)


class SignOff(NamedTuple):
    """``agency`` may be None (initials alone); ``start`` is where the sign-off begins in the line."""

    agency: str | None
    start: int


def find_sign_off(line: str) -> SignOff | None:
    """The sign-off that the whole line is, or that stands after its last sentence."""
    if len(line) <= LONGEST:
        agency = _agency_alone(line)
        if agency or _INITIALS.fullmatch(line.strip()):
            return SignOff(agency, 0)
    match = _trailing().search(line, max(0, len(line) - LONGEST))
    if match:
        return SignOff(agency_name(match["agency"]), match.start("sign"))
    return None


def _agency_alone(line: str) -> str | None:
    """The agency of a line that holds agencies, initials and marks and nothing else."""
    known = agency_name(_COPYRIGHT.sub("", line).strip(" ()/[]="))
    if known:
        return known
    parts = [part for part in _PARTS.split(line.strip()) if part]
    if not parts or len(parts) > 6:
        return None
    agencies = [agency_name(part) for part in parts]
    strange = [part for part, agency in zip(parts, agencies, strict=True) if not agency and not _SMALL.fullmatch(part)]
    if strange or ("/" not in line and not all(agencies)):
        return None
    return next((agency for agency in agencies if agency), None)


@cache
def _trailing() -> Any:
    """An agency after the last sentence's end: in brackets, between strokes, or bare where it is written in capitals."""
    names = sorted(
        (name for name, (_, kind, _) in spellings().items() if kind == "agency"), key=lambda one: (-len(one), one)
    )
    bare = [name for name in names if name.isupper() and name.isascii() and len(name) >= 3]
    either = "|".join(map(regex.escape, names))
    return regex.compile(
        rf"[.!?…。”\"»']\s*+(?P<sign>[(/\[（]\s?©?\s?(?P<agency>{either})(?:[/,-]\p{{L}}{{2,12}}){{0,3}}\s?[)/\]）]"
        rf"|(?<=\s)(?P<agency>{'|'.join(map(regex.escape, bare))}))\s*+$"
    )
