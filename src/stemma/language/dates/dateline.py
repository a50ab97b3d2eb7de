"""The date that a text carries at its top, in a dateline."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from stemma.records import DateMention

TOP = 16  # lines: title, kicker, byline and dateline with blank lines between them stand above the body
DATELINE_WORDS = 9  # "By Some Body, Staff Writer, Town, Country (AGENCY)" beside the date
PLACE = 50  # characters before the date in a dateline that opens the first paragraph
DAY = regex.compile(r"\d{4}-\d\d-\d\d")
DASH = regex.compile(r"\s*(?:\([^)\n]{2,30}\)\s*)?(?:--|[–—:-])\s")
CLOSED = regex.compile(r"[.!?…]['\"”»]?\s*$")
WORD = regex.compile(r"\p{L}+")


def dateline_date(text: str, days: Sequence[tuple[int, int, str]]) -> str | None:
    """The first full day (start, end, EDTF) that stands in a line of its own at the top, or before the dash of a dateline."""
    for start, end, value in days:
        if text.count("\n", 0, start) > TOP:
            return None
        if DAY.fullmatch(value) and _is_dateline(text, start, end):
            return value
    return None


def own_date(text: str, mentions: Sequence[DateMention]) -> str | None:
    """The report's own date as a dateline at its top states it, ISO 8601; None where there is no clear one."""
    return dateline_date(text, [(m.start, m.end, m.value) for m in mentions if m.value and not m.needs])


def _is_dateline(text: str, start: int, end: int) -> bool:
    left = text.rfind("\n", 0, start) + 1
    right = text.find("\n", end)
    rest = text[end : right if right >= 0 else len(text)]
    others = len(WORD.findall(text, left, start)) + len(WORD.findall(rest))
    if right >= 0 and others <= DATELINE_WORDS and not CLOSED.search(rest):
        return True
    return start - left <= PLACE and DASH.match(text[end : end + 40]) is not None
