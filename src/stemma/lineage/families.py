"""Families: the reports that go back, as far as can be shown, to one source."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.ids import content_id
from stemma.lineage.direction import Ground
from stemma.records import Family, Lineage


def name_families(ground: Ground, lines: Sequence[Lineage]) -> tuple[Family, ...]:
    """The families, each report in exactly one."""
    above = {line.report: line.report for line in lines}

    def top(report: str) -> str:
        while above[report] != report:
            above[report] = above[above[report]]
            report = above[report]
        return report

    for line in lines:
        for other in (*((line.source,) if line.source else ()), *line.linked):
            one, two = sorted((top(line.report), top(other)))
            above[two] = one
    groups: dict[str, list[str]] = {}
    for line in lines:
        groups.setdefault(top(line.report), []).append(line.report)
    return tuple(
        Family(content_id("f", *reports), tuple(reports), None, "unknown") for reports in map(sorted, groups.values())
    )
