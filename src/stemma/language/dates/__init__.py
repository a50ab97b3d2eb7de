"""Dates: what a report says of when, as EDTF values.

``find_dates`` reads them with one grammar over the word tables of the report's language; ``resolve`` works a mention out
again on another anchor date, as an undated report needs once its story has lent it one.
"""

from stemma.language.dates.find import find_dates, resolve

__all__ = ["find_dates", "resolve"]
