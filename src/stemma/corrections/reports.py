"""What corrections say of one report: its outlet, its date, the agency whose wire it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from stemma.corrections.match import Matched
from stemma.corrections.rules import because
from stemma.records import Report

# kind of correction -> the field of the report that its value goes into
FIELDS = {"this outlet": "outlet", "this date": "published", "this is the wire": "agency"}


def correct_reports(reports: Iterable[Report], corrections: Sequence[Matched]) -> list[Report]:
    """The reports as the corrections say, in the order given."""
    said: dict[str, list[Matched]] = {}
    for one in corrections:
        if one.found and one.entry.kind in FIELDS:
            said.setdefault(one.reports[0], []).append(one)
    return [correct_report(report, said.get(report.id, ())) for report in reports]


def correct_report(report: Report, corrections: Sequence[Matched]) -> Report:
    """The report as the corrections of it say, each change with its reason; the same report where nothing changes. The id
    stays."""
    reasons = list(report.corrected)
    for one in corrections:
        field = FIELDS.get(one.entry.kind)
        value = one.entry.value
        if field is None or value is None or getattr(report, field) == value:
            continue
        report = replace(report, **{field: value})
        reasons.append(because(one, {report.id: report}))
    return replace(report, corrected=tuple(reasons)) if len(reasons) > len(report.corrected) else report
