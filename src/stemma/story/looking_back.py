"""Why a story is said to follow up another, as rules that can be replayed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from stemma.reasons import rule
from stemma.records import Report, Witness

HAPPENED_BEFORE = 2  # days: yesterday and today are a report's own event
LONG_AGO = 400  # days: an anniversary is the longest that news looks back to one report's event
ENOUGH = 7.0  # nats of rarity that a sentence must share with the earlier story: two names of one report in 33 each
FULL = 24.0  # nats from which more tells nothing new


@rule("looks back")
def looks_back(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """A report names a day gone by, and the earlier story was told then.

    ``spans``: the words of the date. ``values``: the days they mean, the earlier story's first and last day of
    publication, the first day of the later one; all ISO 8601.
    """
    meant, told, later = (tuple(map(datetime.date.fromisoformat, value.split("/"))) for value in values)
    gone_by = (later[0] - meant[1]).days >= HAPPENED_BEFORE
    met = meant[0] <= told[1] and told[0] <= meant[1] + datetime.timedelta(days=1) and told[1] < later[0]
    return 1.0 if spans and gone_by and met else 0.0


@rule("names what it was about")
def names_what_it_was_about(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """The same sentence has rare names and figures of the earlier story.

    ``spans``: those names, each here and there. ``values``: their rarity, summed, in nats.
    """
    return min(1.0, float(values[0]) / FULL)
