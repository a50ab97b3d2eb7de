"""Dates of publication as pages, tables, feeds and agencies write them, to ISO 8601 with the zone as stated.

Only whole dates count: a day without a year is not a date of publication, and nothing is filled in from the clock.
"""

from __future__ import annotations

import datetime
from functools import cache
from importlib.resources import files

import regex

# Longer strings than this are no date; keeps every pattern below cheap on hostile input.
LONGEST = 80

_ISO = regex.compile(
    r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"
    r"(?:[T\s]+(?P<H>\d{2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,]\d{1,9})?)?\s*(?P<z>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_COMPACT = regex.compile(
    r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:T?(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2})?(?P<z>Z)?)?"
)
_CJK = regex.compile(r"(?P<y>\d{4})\s*[年년.]\s*(?P<m>\d{1,2})\s*[月월.]\s*(?P<d>\d{1,2})\s*[日일.]?")
_YEAR_FIRST = regex.compile(r"(?P<y>(?:19|20)\d{2})[./](?P<m>\d{1,2})[./](?P<d>\d{1,2})")
_DOTTED = regex.compile(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})")
_SLASHED = regex.compile(r"(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<y>\d{4})")
_DAY_MONTH = regex.compile(
    r"(?<!\d)(?P<d>\d{1,2})(?:\.|º|er|st|nd|rd|th)?[\s-]+(?:de\s+|of\s+)?(?P<month>[\p{L}]{3,14})\.?,?[\s-]+(?:de\s+|del\s+)?"
    r"(?P<y>\d{4}|\d{2}(?!\d))"
)
_MONTH_DAY = regex.compile(r"(?P<month>[\p{L}]{3,14})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})")
_CLOCK = regex.compile(
    r"(?<![\d:])(?P<H>\d{1,2})[:.h](?P<M>\d{2})(?::(?P<S>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*\(?(?P<z>Z\b|UTC|GMT|[+-]\d{2}:?\d{2})?",
    regex.IGNORECASE,
)


@cache
def month_numbers(language: str | None) -> dict[str, int]:
    """Month words (case-folded, without full stop) to 1-12: those of the language first, then of all that have them."""
    lines = (files("stemma.read") / "data" / "months.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("	") for line in lines if line and not line.startswith("#")]
    numbers: dict[str, int] = {}
    for _, *months in sorted(rows, key=lambda row: (row[0] != language, row[0] != "en", row[0])):
        for number, forms in enumerate(months, 1):
            for form in forms.split():
                numbers.setdefault(form, number)
    return numbers


def parse_published(words: str | None, language: str | None = None) -> str | None:
    """The ISO 8601 date, or date-time with the zone as stated, that ``words`` hold; None where they hold no whole date."""
    words = (words or "").strip()
    if not words or len(words) > LONGEST:
        return None
    for pattern in (_ISO, _COMPACT):
        match = pattern.fullmatch(words) or (pattern is _ISO and pattern.search(words))
        if match:
            return _stamp(match)
    found = _date_in_words(words, language)
    if found is None:
        return None
    day, end = found
    return _with_clock(day, words[end:])


def why_unread(words: str) -> str:
    """Why ``parse_published`` finds no date, and what to write."""
    slashed = _SLASHED.search(words[:LONGEST])
    if slashed and int(slashed["a"]) <= 12 and int(slashed["b"]) <= 12:
        first, second, year = int(slashed["a"]), int(slashed["b"]), slashed["y"]
        return f"it has two meanings; write {year}-{first:02}-{second:02} or {year}-{second:02}-{first:02}"
    return "no whole date of the years 1600 to 2200; write it as 2031-12-24"


def find_date(words: str, language: str | None = None) -> tuple[str, int, int] | None:
    """The first whole date in ``words`` (at most 80 characters): (ISO date, start, end)."""
    if len(words) > LONGEST:
        return None
    iso = _ISO.search(words)
    if iso:
        stamp = _stamp(iso)
        return (stamp, iso.start(), iso.end()) if stamp else None
    for pattern in (_CJK, _YEAR_FIRST, _DAY_MONTH, _MONTH_DAY, _DOTTED, _SLASHED):
        for match in pattern.finditer(words):
            day = _day(match, language)
            if day:
                return day, match.start(), match.end()
    return None


def _date_in_words(words: str, language: str | None) -> tuple[str, int] | None:
    found = find_date(words, language)
    return (found[0], found[2]) if found else None


def _day(match: regex.Match[str], language: str | None) -> str | None:
    parts = match.groupdict()
    if "month" in parts:
        month = month_numbers(language).get(parts["month"].casefold())
        day = int(parts["d"])
    elif "a" in parts:
        month, day = _month_and_day(int(parts["a"]), int(parts["b"]), language)
    else:
        month, day = int(parts["m"]), int(parts["d"])
    year = int(parts["y"])
    # Two digits: a news report of this or the last generation.
    year = year if year > 99 else (2000 + year if year < 70 else 1900 + year)
    return _iso_day(year, month, day)


def _month_and_day(first: int, second: int, language: str | None) -> tuple[int | None, int]:
    """3/14 and 14/3 tell their order; 3/4 does not, except outside English, where the day comes first."""
    if first > 12 or (language not in (None, "en") and second <= 12):
        return second, first
    if second > 12 or first == second:
        return first, second
    return None, second


def _iso_day(year: int, month: int | None, day: int) -> str | None:
    try:
        return datetime.date(year, month or 0, day).isoformat() if 1600 <= year <= 2200 else None
    except ValueError:
        return None


def _stamp(match: regex.Match[str]) -> str | None:
    parts = match.groupdict()
    day = _iso_day(int(parts["y"]), int(parts["m"]), int(parts["d"]))
    if day is None or parts["H"] is None:
        return day
    return _join(day, int(parts["H"]), int(parts["M"]), parts["S"], parts["z"])


def _with_clock(day: str, rest: str) -> str:
    match = _CLOCK.search(rest)
    if "T" in day or match is None:
        return day
    hour, half = int(match["H"]), (match["half"] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return _join(day, hour, int(match["M"]), match["S"], match["z"])


def _join(day: str, hour: int, minute: int, second: str | None, zone: str | None) -> str:
    if hour > 23 or minute > 59:
        return day
    clock = f"{day}T{hour:02}:{minute:02}:{int(second or 0):02}"
    if zone is None:
        return clock
    zone = zone.upper()
    if zone in ("Z", "UTC", "GMT"):
        return clock + "Z"
    return clock + (zone if ":" in zone else f"{zone[:3]}:{zone[3:]}")
