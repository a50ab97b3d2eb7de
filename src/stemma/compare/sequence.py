"""What was published when: a figure that grows from one report to a later one is an update, no contradiction."""

from __future__ import annotations

import datetime

from stemma.compare.slots import Line
from stemma.compare.values import parse


def grew(a: Line, value_a: str, b: Line, value_b: str) -> bool:
    """Whether the report that came later gives the higher count: one that grew, not two counts of one moment."""
    first, second = published(a), published(b)
    if first is None or second is None or first == second or parse(value_a)[2]:
        return False
    early, late = (value_a, value_b) if first < second else (value_b, value_a)
    return parse(late)[0] > parse(early)[0]


# Days between two reports from which their weekdays are of different weeks: the same name or another proves nothing.
WEEK = 6


def weeks_apart(a: Line, b: Line) -> bool:
    """Whether two reports were published so far apart that their weekdays need not be of one week."""
    first, second = published(a), published(b)
    return first is not None and second is not None and abs(first - second).days > WEEK


def published(line: Line) -> datetime.datetime | None:
    """When the line's report was published."""
    return moment(line.one.report.published)


def moment(stated: str | None) -> datetime.datetime | None:
    """The moment of a publication: a date counts as its first minute, a time without a zone as UTC."""
    try:
        found = datetime.datetime.fromisoformat(stated) if stated else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=datetime.UTC)
