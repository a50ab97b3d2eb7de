"""Dates: what a report says of when, as EDTF values.

``find_dates`` reads them with one grammar over the word tables of the report's language; ``resolve`` works a mention out
again on another anchor date, as an undated report needs once its story has lent it one, and ``work_out`` does the same
with a mention's rule. ``bounds`` are the first and last day of a value, ``own_date`` the date of a dateline at the top of a
text; ``joins_range`` tells whether the words between two dates make them the ends of one stretch of time, ``opens_clause``
whether a word opens a clause.
"""

from stemma.language.dates.calendar import bounds
from stemma.language.dates.context import joins_range
from stemma.language.dates.dateline import own_date
from stemma.language.dates.find import find_dates, resolve, work_out
from stemma.language.dates.words import opens_clause

__all__ = ["bounds", "find_dates", "joins_range", "opens_clause", "own_date", "resolve", "work_out"]
