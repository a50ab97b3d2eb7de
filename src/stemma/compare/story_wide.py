"""Slots that are surely the same across a whole story, wherever the sentences stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stemma.compare import closing, counts, details, event_slots, forecasts, owned, people, telling
from stemma.compare.findings import Finding
from stemma.compare.mentions import mentions
from stemma.compare.scenes import scene
from stemma.compare.slots import Line
from stemma.records import Quotation, Report, Statement


def across_the_story(
    reports: Mapping[str, Report],
    lines: Mapping[str, tuple[Line, ...]],
    statements: Sequence[Statement],
    quotations: Sequence[Quotation],
    families: Mapping[str, str],
) -> list[Finding]:
    """Offices of a person, a party's seats and share, meetings counted, a preview beside an account, a forecast told as fact, details."""
    counted = {report: mentions(scene(own[0].one, own)) for report, own in lines.items() if own}
    return [
        *people.offices(reports, lines),
        *telling.meetings_counted(reports, lines),
        *telling.preview_or_account(reports, lines),
        *forecasts.forecasts(reports, lines, statements, quotations, families),
        *event_slots.event_slots(reports, counted, families),
        *owned.owned(reports, lines, families),
        *closing.closings(reports, lines, families),
        *counts.counts(reports, lines, counted, statements, families),
        *people.titles(reports, lines),
        *details.scopes(reports, lines, families),
        *details.hedges(reports, lines, statements, quotations),
    ]
