"""What sort of measure an interaction is: a ban, a tariff, an advisory, a visit, an agreement ... by the words that tell it.

The words are data (``[interactions.measures]`` in the language files): the sort is printed only where one of them stands in
the event's own words.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from stemma.events.triggers import Slot, read_slot
from stemma.language.lexicon import table
from stemma.language.words import find_tokens
from stemma.records import Interaction, Report

# A visit is no act of conflict and a tariff none of cooperation: elsewhere the words mean something else ("visitors seized").
SORTS = {
    "tariff": "conflict", "ban": "conflict", "sanctions": "conflict", "advisory": "conflict", "expulsion": "conflict",
    "arrest": "conflict", "troops": "conflict", "visit": "cooperation", "agreement": "cooperation", "aid": "cooperation",
    "withdrawal": "cooperation", "easing": "cooperation",
}  # fmt: skip


class Sort(NamedTuple):
    """A sort of measure and the words that name it."""

    name: str
    words: Slot


def measure_of(one: Interaction, report: Report) -> str | None:
    """The sort of measure that the event's words name; None where they name none."""
    sorts = _sorts(report.language)
    if not sorts:
        return None
    norms = [token.norm for token in find_tokens(report.text, one.start, one.end, report.language)]
    fitting = (sort for sort in sorts if one.quad.endswith(SORTS[sort.name]))
    return next((sort.name for sort in fitting if any(map(sort.words.fits, norms))), None)


@cache
def _sorts(language: str | None) -> tuple[Sort, ...]:
    data = table(language, "interactions").get("measures", {})
    return tuple(Sort(name, read_slot("|".join(data[name]))) for name in SORTS if data.get(name))
