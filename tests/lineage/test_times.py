"""Times of publication: which of two is earlier, and times at the ends of the calendar."""

from __future__ import annotations

import pytest

from stemma.lineage.times import before
from stemma.render.site import moment_of
from stemma.story.features import day_of

NOON = "2031-05-16T12:00:00Z"


def test_a_day_is_earlier_only_than_what_begins_after_it() -> None:
    assert before("2031-05-16", "2031-05-17") is True
    assert before("2031-05-17", "2031-05-16") is False
    assert before("2031-05-16", "2031-05-16T12:00:00") is None
    assert before(NOON, "2031-05-16T13:30:00+02:00") is False
    assert before("2031-05-15", NOON) is None  # the day may have ended up to 26 hours later
    assert before("2031-05-14", NOON) is True


AT_THE_ENDS = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:00-14:00"]


@pytest.mark.parametrize("time", [*AT_THE_ENDS, "9999-12-31T23:59:00", "9999-12-31"])
def test_the_ends_of_the_calendar_are_not_compared(time: str) -> None:
    assert before(time, NOON) is before(NOON, time) is None


@pytest.mark.parametrize("time", AT_THE_ENDS)
def test_a_time_that_utc_does_not_have_is_none(time: str) -> None:
    assert day_of(time) is moment_of(time) is None
