"""Why a date was borrowed, as rules that can be replayed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from stemma.language.dates import work_out
from stemma.reasons import rule
from stemma.records import Report, Witness

# A borrowed date is never sure: even the same weekday in a sentence that tells the same can be another week's.
SAME_EVENT = 0.7
SAME_STORY = 0.5


@rule("date of the same event")
def date_of_the_same_event(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """A report of the story dates the same day or month in a sentence that tells the same.

    ``spans`` are the words that borrow and the words that lend; ``values`` the grammar rule of the borrowing words, the
    lent value and what is taken of it. 0 where the lent value cannot be what the words say.
    """
    words, lent, taken = values
    fits = _stands(reports, spans) and same_shape(words, lent) and lent.startswith(taken)
    return SAME_EVENT if fits else 0.0


@rule("date worked out on a report of the story")
def date_worked_out(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """The words give this date when they are counted from the date of the dated report that is most like this one.

    ``spans`` are the words that borrow and the place where the other report shows its date; ``values`` the grammar rule
    of the words, the other report's date and the value. 0 where the rule gives another value on that date.
    """
    words, anchor, value = values
    return SAME_STORY if _stands(reports, spans) and work_out(words, anchor) == value else 0.0


def _stands(reports: Mapping[str, Report], spans: Sequence[Witness]) -> bool:
    return all(reports[span.report].text[span.start : span.end].strip() for span in spans)


def same_shape(words: str, value: str) -> bool:
    """Whether a value can be what a grammar rule's words say: the same weekday, month, day of the month or season."""
    if "<" in words or "/" in value:
        return False
    if words.startswith("wday:"):
        try:
            return datetime.date.fromisoformat(value[:10]).isoweekday() == int(words[5])
        except ValueError:
            return False
    if words.startswith("part:"):
        wanted = words[9:].partition(";")[0]
        return value[4 : 4 + len(wanted)] == wanted
    return False
