"""Times of publication: which of two is earlier, as far as they tell."""

from __future__ import annotations

import datetime
from functools import lru_cache

from stemma.records import Annotated

# A head line with the date is among so many lines and has so many words and marks at most.
HEAD_LINES, HEAD_TOKENS = 4, 14
# Clocks on Earth differ by at most 26 hours; a time without a zone can be that far from one with a zone.
FARTHEST_ZONES = datetime.timedelta(hours=26)


def before(first: str | None, second: str | None) -> bool | None:
    """Whether ``first`` (ISO 8601, a date or a date-time) is earlier than ``second``; None where they do not tell.

    A bare date is a whole day: it is earlier only than what begins after it has ended.
    """
    one, two = _interval(first), _interval(second)
    if one is None or two is None:
        return None
    slack = datetime.timedelta(0) if (one[2] is None) == (two[2] is None) else FARTHEST_ZONES
    if one[1] + slack <= two[0] and one[:2] != two[:2]:
        return True
    if two[1] + slack <= one[0] and one[:2] != two[:2]:
        return False
    return None


@lru_cache(maxsize=65536)
def _interval(value: str | None) -> tuple[datetime.datetime, datetime.datetime, datetime.tzinfo | None] | None:
    """Begin and end in UTC (or in the unknown local zone), and the zone."""
    if not value:
        return None
    try:
        moment = datetime.datetime.fromisoformat(value)
    except ValueError:
        return None
    if not datetime.MINYEAR < moment.year < datetime.MAXYEAR:
        return None  # no date of a report, and a zone or a day more would leave the calendar
    if len(value) == 10:
        return moment, moment + datetime.timedelta(days=1), None
    if moment.tzinfo is not None:
        moment = moment.astimezone(datetime.UTC)
    return moment.replace(tzinfo=None), moment.replace(tzinfo=None), moment.tzinfo


def stated_time(one: Annotated) -> str | None:
    """When the report was published, else the full date in a line of its own at its head (place, agency, date)."""
    if one.report.published:
        return one.report.published
    for date in one.dates:
        line = one.sentences[date.sentence]
        alone = (
            date.sentence < HEAD_LINES and line.last_token - line.first_token <= HEAD_TOKENS and date.end == line.end
        )
        if alone and date.basis == "stated" and date.value and len(date.value) == 10:
            return date.value
    return None
