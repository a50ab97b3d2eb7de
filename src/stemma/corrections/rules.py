"""The rule "correction": what a person said, replayed as it was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stemma.corrections.file import KINDS
from stemma.corrections.match import Matched
from stemma.reasons import give, rule
from stemma.records import Reason, Report, Witness

RULE = "correction"
AGAINST = ("not this story", "not the same person")


@rule(RULE)
def correction(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """A person corrected it by hand.

    ``values``: kind, who, when, why, the value (outlet, date, agency; "" where there is none), then the reports' ids or the
    names. 1 for what it puts together or states, -1 for what it keeps apart; 0 where the report does not hold what was stated.
    """
    kind, who, when, _, value, *named = values
    if kind not in KINDS or not (who and when and named):
        return 0.0
    held = {"this outlet": "outlet", "this date": "published"}.get(kind)
    if held and any(getattr(reports[one], held) != value for one in named if one in reports):
        return 0.0
    return -1.0 if kind in AGAINST else 1.0


def because(one: Matched, reports: Mapping[str, Report]) -> Reason:
    """The reason that a line carries where this correction took effect."""
    return give(RULE, reports, (), values_of(one))


def values_of(one: Matched) -> tuple[str, ...]:
    """What the reason of a correction is known by."""
    entry = one.entry
    return (entry.kind, entry.who, entry.when, entry.why, entry.value or "", *one.reports, *entry.names)


def told(reason: Reason) -> str:
    """One line for a reader: "corrected by Ida Holm, 2031-05-16: the agency told us"."""
    _, who, when, why, *_ = reason.values
    return f"corrected by {who}, {when}: {why}"
