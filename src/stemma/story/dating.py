"""Dates that one report does not state in full, borrowed from another report of its story."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.records import Annotated, DateLine


def borrow_dates(members: Sequence[Annotated]) -> tuple[DateLine, ...]:
    """All dates of the story's reports, with basis and, where borrowed, the span they were borrowed from."""
    return ()
