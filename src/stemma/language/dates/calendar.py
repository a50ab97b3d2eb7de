"""What a rule means on a given anchor date: the arithmetic of the calendar, in EDTF.

A rule is text, so that it can be kept with the mention and worked out again on another anchor:

    fix:2008-03-01          all of it is stated                 part:XXXX-10-05;past    the year is not stated
    wday:2;last             the Tuesday before                  unit:year;-1            the year before the anchor's
    inyear:XXXX-10;-1       October of the year before          approx:day;-7           about seven days before
    easter:+0;near          a movable feast                     RULE@16:05              that day at this time
    RULE<RULE               the first rule, worked out on what the second gives ("two days later")

Directions: past, future, near (the nearest), last (strictly before), next (strictly after), this (same week or year).
"""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import NamedTuple

import regex

DAY = datetime.timedelta(days=1)
KEPT = 20_000  # worked-out values kept: rules recur within a report and a story, a few hundred bytes each


class Point(NamedTuple):
    """A date as far as it is known. ``month`` and ``day`` may be None."""

    year: int
    month: int | None = None
    day: int | None = None

    def date(self) -> datetime.date | None:
        """The day, where the point is one."""
        if self.month is None or self.day is None:
            return None
        return safe_date(self.year, self.month, self.day)


def safe_date(year: int, month: int, day: int) -> datetime.date | None:
    """The day, None where the calendar has no such day."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=KEPT)
def point(value: str | None) -> Point | None:
    """The first day, month or year that an EDTF value or an ISO date-time names; None where its year is unknown."""
    match = regex.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", value or "")
    if not match:
        return None
    month = int(match[2]) if match[2] else None
    if month is not None and not 1 <= month <= 12:  # a season or a quarter
        return Point(int(match[1]))
    return Point(int(match[1]), month, int(match[3]) if match[3] else None)


@lru_cache(maxsize=KEPT)
def evaluate(rule: str, anchor: Point | None) -> str | None:
    """The EDTF value of a rule; None where it needs an anchor (or a finer one) that is not given."""
    head, _, reference = rule.partition("<")
    if reference:
        anchor = point(evaluate(reference, anchor))
    body, _, clock = head.partition("@")
    name, _, arguments = body.partition(":")
    value = RULES[name](arguments, anchor) if name in RULES else None
    if clock and value and regex.fullmatch(r"[\dX]{4}-[\dX]{2}-[\dX]{2}", value):
        return f"{value}T{clock}:00"
    return value


@lru_cache(maxsize=KEPT)
def partial(rule: str) -> str | None:
    """What of the value is in the words themselves when nothing is known of the anchor: ``XXXX-10``, or None."""
    head = rule.partition("<")[0]
    body, _, clock = head.partition("@")
    match = regex.match(r"(?:part|inyear):([^;]+)", body)
    if not match:
        return None
    return f"{match[1]}T{clock}:00" if clock and match[1].count("-") == 2 else match[1]


def _fix(arguments: str, anchor: Point | None) -> str | None:
    return arguments


def _part(arguments: str, anchor: Point | None) -> str | None:
    """A day, month, season or quarter whose year is looked for in the given direction."""
    shape, _, direction = arguments.partition(";")
    if anchor is None:
        return None
    years = sorted(range(anchor.year - 8, anchor.year + 9), key=lambda year: _fit(shape, year, anchor, direction))
    for year in years:
        value = shape.replace("XXXX", f"{year:04d}")
        parts = value.split("-")
        if len(parts) == 3 and safe_date(year, int(parts[1]), int(parts[2])) is None:
            continue  # 29 February
        return value
    return None


# A date whose year is not stated and which the sentence's tense would put most of a year away is in the near year all the
# same when that one is this near: "the meeting was planned for 3 March" in a report of 1 March. Days.
NEAR = 45


def _fit(shape: str, year: int, anchor: Point, direction: str) -> tuple[int, int]:
    """How badly a year fits: (wrong side, distance in days). The smallest is taken."""
    low, high = _bounds(shape, year)
    first = safe_date(anchor.year, anchor.month or 7, anchor.day or 1) or datetime.date(anchor.year, 7, 1)
    distance = 0 if low <= first <= high else min(abs((low - first).days), abs((high - first).days))
    inside = low <= first <= high
    if direction == "past":
        wrong = low > first and distance > NEAR
        return (int(wrong), distance + (NEAR if low > first else 0))
    if direction == "future":
        wrong = high < first and distance > NEAR
        return (int(wrong), distance + (NEAR if high < first else 0))
    if direction == "last":
        return (int(inside or low > first), distance)
    if direction == "next":
        return (int(inside or high < first), distance)
    if direction == "this":
        return (int(year != anchor.year), distance)
    return (0, distance)


SEASON_MONTHS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 14), "33": (1, 3), "34": (4, 6), "35": (7, 9), "36": (10, 12),
                 "40": (1, 6), "41": (7, 12)}  # fmt: skip


def _bounds(shape: str, year: int) -> tuple[datetime.date, datetime.date]:
    """First and last day of a shape such as ``XXXX-10``, ``XXXX-10-05`` or ``XXXX-24`` in a year."""
    parts = shape.split("-")
    if len(parts) == 3:
        day = safe_date(year, int(parts[1]), int(parts[2])) or datetime.date(year, int(parts[1]), 28)
        return day, day
    first, last = SEASON_MONTHS.get(parts[1], (int(parts[1]),) * 2)
    start = datetime.date(year, first, 1)
    return start, datetime.date(year + last // 12, last % 12 + 1, 1) - DAY


@lru_cache(maxsize=KEPT)
def bounds(value: str) -> tuple[datetime.date, datetime.date] | None:
    """First and last day of an EDTF value; None where its year is not known or lies before the year 1."""
    first, _, last = regex.sub(r"[~?%]|T[^/]*", "", value).partition("/")
    if last:
        left, right = bounds(first), bounds(last)
        return (left[0], right[1]) if left and right else None
    match = regex.fullmatch(r"(\d{2}(?:\d\d|\dX|XX))(?:-(\d\d))?(?:-(\d\d))?", first)
    if not match or match[1] == "0000":
        return None
    low, high = int(match[1].replace("X", "0")), int(match[1].replace("X", "9"))
    if match[3]:
        day = safe_date(low, int(match[2]), int(match[3]))
        return (day, day) if day else None
    if match[2]:
        known = 1 <= int(match[2]) <= 12 or match[2] in SEASON_MONTHS
        return _bounds(f"XXXX-{match[2]}", low) if known and low < datetime.MAXYEAR else None
    return datetime.date(max(low, 1), 1, 1), datetime.date(high, 12, 31)


def _in_year(arguments: str, anchor: Point | None) -> str | None:
    shape, _, offset = arguments.partition(";")
    return shape.replace("XXXX", f"{anchor.year + int(offset or 0):04d}") if anchor else None


def _weekday(arguments: str, anchor: Point | None) -> str | None:
    """The weekday (ISO, 1 = Monday) in the given direction from the anchor day; the anchor day itself counts."""
    number, _, direction = arguments.partition(";")
    day = anchor.date() if anchor else None
    if day is None:
        return None
    ahead = (int(number) - day.isoweekday()) % 7
    behind = (day.isoweekday() - int(number)) % 7
    if direction == "last":
        return str(day - DAY * (behind or 7))
    if direction == "next":
        return str(day + DAY * (ahead or 7))
    if direction == "this":
        return str(day + DAY * (int(number) - day.isoweekday()))
    if direction == "future" or (direction == "near" and ahead < behind):
        return str(day + DAY * ahead)
    return str(day - DAY * behind)


def _unit(arguments: str, anchor: Point | None) -> str | None:
    """The unit so many units after the anchor's own: ``year;-1`` is last year."""
    unit, _, offset = arguments.partition(";")
    return shift(anchor, unit, int(offset or 0)) if anchor else None


def shift(anchor: Point, unit: str, offset: int) -> str | None:
    """The EDTF value of the calendar unit that lies ``offset`` units from the anchor."""
    if unit == "year":
        return f"{anchor.year + offset:04d}"
    if unit == "decade":
        return f"{anchor.year // 10 + offset:03d}X"
    if unit == "century":
        return f"{anchor.year // 100 + offset:02d}XX"
    if anchor.month is None:
        return None
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + offset
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    if unit in ("quarter", "half"):
        size, base = (3, 33) if unit == "quarter" else (6, 40)
        parts = anchor.year * (12 // size) + (anchor.month - 1) // size + offset
        return f"{parts // (12 // size):04d}-{parts % (12 // size) + base}"
    return _shift_days(anchor, unit, offset)


def _shift_days(anchor: Point, unit: str, offset: int) -> str | None:
    day = anchor.date()
    if day is None:
        return f"{anchor.year:04d}-{anchor.month:02d}" if offset == 0 else None
    try:
        if unit == "day":
            return str(day + DAY * offset)
        monday = day - DAY * (day.isoweekday() - 1) + DAY * 7 * offset
        if unit == "week":
            return f"{monday}/{monday + DAY * 6}"
        if unit == "weekend":
            return f"{monday + DAY * 5}/{monday + DAY * 6}"
    except OverflowError:
        return None
    return None


def _day_of_month(arguments: str, anchor: Point | None) -> str | None:
    """``on the 13th``: the day of the anchor's month, or of the next or last where that lies nearer."""
    number, _, direction = arguments.partition(";")
    day = anchor.date() if anchor else None
    if day is None:
        return None
    offered = []
    for offset in (-1, 0, 1):
        months = day.year * 12 + day.month - 1 + offset
        found = safe_date(months // 12, months % 12 + 1, int(number))
        if found:
            offered.append(found)
    wrong = [d for d in offered if (direction == "past" and d > day) or (direction == "future" and d < day)]
    return str(min(offered, key=lambda d: (d in wrong, abs((d - day).days)))) if offered else None


def _month_day(arguments: str, anchor: Point | None) -> str | None:
    """A day of the month that lies so many months from the anchor's: ``29;0`` is the 29th of the same month."""
    number, _, offset = arguments.partition(";")
    month = shift(anchor, "month", int(offset or 0)) if anchor else None
    found = safe_date(int(month[:4]), int(month[5:]), int(number)) if month else None
    return str(found) if found else None


def _weekend(arguments: str, anchor: Point | None) -> str | None:
    """``over the weekend``: the last one in a past sentence, the coming one in a future one; a weekend that runs counts."""
    day = anchor.date() if anchor else None
    if day is None:
        return None
    behind = (day.isoweekday() - 6) % 7  # days since Saturday
    saturday = day - DAY * behind
    if behind > 1 and (arguments == ";future" or (arguments != ";past" and behind > 3)):
        saturday += DAY * 7
    return f"{saturday}/{saturday + DAY}"


def _approximate(arguments: str, anchor: Point | None) -> str | None:
    value = _unit(arguments, anchor)
    return f"{value}~" if value else None


def _easter(arguments: str, anchor: Point | None) -> str | None:
    """A feast so many days after Easter Sunday, in the year that fits."""
    offset, _, direction = arguments.partition(";")
    day = anchor.date() if anchor else None
    if anchor is None:
        return None
    if day is None:
        return str(easter(anchor.year) + DAY * int(offset))
    feasts = [easter(year) + DAY * int(offset) for year in (day.year - 1, day.year, day.year + 1)]
    if direction in ("past", "last"):
        return str(max(feast for feast in feasts if feast <= day + DAY * 7))
    if direction in ("future", "next"):
        return str(min(feast for feast in feasts if feast >= day - DAY * 7))
    return str(min(feasts, key=lambda feast: abs((feast - day).days)))


def easter(year: int) -> datetime.date:
    """Western Easter Sunday (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return datetime.date(year, month, day + 1)


RULES = {
    "fix": _fix, "part": _part, "inyear": _in_year, "wday": _weekday, "unit": _unit, "approx": _approximate, "easter": _easter, "dom": _day_of_month, "mday": _month_day,
    "wend": _weekend,
}  # fmt: skip
