"""EDTF dates for readers: in words, and as an interval of days that shows how exact they are.

EDTF is ISO 8601-2: ``2026-03-04``, ``2026-03``, ``2026``, ``202X``, ``2025-21`` (spring), ``1910/1945``, ``../2026``,
``2026-03~`` (about), and here also ``--03`` and ``--03-04`` for a month or day whose year is not stated.
"""

from __future__ import annotations

import calendar
import datetime
import re
from typing import NamedTuple

from stemma.render.clean import shown
from stemma.render.words import Words

_POINT = re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d{2})(?:-(?P<d>\d{2}))?)?(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?")
_DECADE = re.compile(r"(\d{3})X|(\d{2})XX")
_YEARLESS = re.compile(r"--(\d{2})(?:-(\d{2}))?|XXXX-(\d{2})(?:-(\d{2}))?")
_DOUBT = "~?%"


class Days(NamedTuple):
    """A closed interval of proleptic Gregorian ordinals, as ``datetime.date.toordinal`` counts."""

    first: int
    last: int


def days(value: str) -> Days | None:
    """The days that an EDTF value covers, or None where it has no year or is open at an end."""
    value = value.strip(_DOUBT)
    if "/" in value:
        ends = [days(end) for end in value.split("/", 1)]
        if ends[0] is None or ends[1] is None:
            return ends[0] or ends[1]
        return Days(min(ends[0].first, ends[1].first), max(ends[0].last, ends[1].last))
    if (decade := _DECADE.fullmatch(value)) is not None:
        low = int((decade[1] or decade[2]).ljust(4, "0"))
        return _years(low, low + (9 if decade[1] else 99))
    point = _POINT.fullmatch(value)
    return _point(point) if point else None


def _point(point: re.Match[str]) -> Days | None:
    year, month, day = int(point["y"]), int(point["m"] or 0), int(point["d"] or 0)
    try:
        if not month:
            return _years(year, year)
        if 21 <= month <= 24:
            return _season(year, month)
        if not day:
            return Days(
                datetime.date(year, month, 1).toordinal(),
                datetime.date(year, month, calendar.monthrange(year, month)[1]).toordinal(),
            )
        exact = datetime.date(year, month, day).toordinal()
    except (ValueError, calendar.IllegalMonthError):
        return None
    return Days(exact, exact)


def _years(low: int, high: int) -> Days | None:
    if not 1 <= low <= high <= 9999:
        return None
    return Days(datetime.date(low, 1, 1).toordinal(), datetime.date(high, 12, 31).toordinal())


def _season(year: int, month: int) -> Days:
    # EDTF 21 to 24 are seasons without a hemisphere; a quarter of the year beginning in March is the usual drawing.
    start = datetime.date(year, 3 * (month - 20), 1)
    return Days(start.toordinal(), start.toordinal() + 91)


def in_words(value: str, words: Words) -> str:
    """An EDTF value for readers: "4 March 2026", "March 2026", "1910 – 1945", "about 2020". What is no date is shown as it is."""
    if "/" in value:
        start, end = value.split("/", 1)
        if start in ("", ".."):
            return words("timeline.until", end=in_words(end, words))
        if end in ("", ".."):
            return words("timeline.since", start=in_words(start, words))
        return _span(start, end, words)
    bare = value.strip(_DOUBT)
    if bare != value:
        return words("timeline.approximate", date=in_words(bare, words))
    if (decade := _DECADE.fullmatch(value)) is not None:
        return words("dates.decade", y=decade[1]) if decade[1] else words("dates.century", y=decade[2])
    if (yearless := _YEARLESS.fullmatch(value)) is not None:
        return _yearless(yearless, words) or shown(value)
    point = _POINT.fullmatch(value)
    return (_spelled(point, words) if point else None) or shown(value)


def _span(start: str, end: str, words: Words) -> str:
    """ "3–4 September 2025", "29 March – 2 April 2025": two days of one month or year name it once."""
    first, last = _POINT.fullmatch(start), _POINT.fullmatch(end)
    if first and last and first["d"] and last["d"] and first["y"] == last["y"] and _point(first) and _point(last):
        months = words.raw("dates", "months")
        if _point(first) == _point(last):
            return in_words(end, words)
        within = "dates.days" if first["m"] == last["m"] else "dates.days_months"
        return words(
            within,
            d=int(first["d"]),
            month=months[int(first["m"]) - 1],
            last=int(last["d"]),
            last_month=months[int(last["m"]) - 1],
            y=first["y"],
        )
    return words("dates.span", start=in_words(start, words), end=in_words(end, words))


def published(first: str | None, last: str | None, words: Words) -> str:
    """When a story's reports were published: from the first day to the last; "" where no report carries a date."""
    ends = [end[:10] for end in (first, last) if end]
    return in_words("/".join(dict.fromkeys(ends)), words) if ends else ""


def _yearless(found: re.Match[str], words: Words) -> str | None:
    month, day = int(found[1] or found[3]), int(found[2] or found[4] or 0)
    if not 1 <= month <= 12:
        return None
    name = words.raw("dates", "months")[month - 1]
    return words("dates.month_day", d=day, month=name) if day else words("dates.month_only", month=name)


def _spelled(point: re.Match[str], words: Words) -> str | None:
    year, month, day = int(point["y"]), int(point["m"] or 0), int(point["d"] or 0)
    if not month:
        return str(year)
    if 21 <= month <= 24:
        return words("dates.season", season=words.raw("dates", "seasons")[month - 21], y=year)
    if not 1 <= month <= 12:
        return None
    name = words.raw("dates", "months")[month - 1]
    return words("dates.day", d=day, month=name, y=year) if day else words("dates.month", month=name, y=year)


def short(ordinal: int, words: Words, with_year: bool) -> str:
    """A tick's label: "4 Mar" or "4 Mar 2026"."""
    date = datetime.date.fromordinal(ordinal)
    name = words.raw("dates", "short")[date.month - 1]
    return (
        words("dates.day", d=date.day, month=name, y=date.year)
        if with_year
        else words("dates.day_short", d=date.day, month=name)
    )
