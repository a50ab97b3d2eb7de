"""Families: the reports that go back, as far as can be shown, to one source; and what speaks for their own reporting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from stemma.ids import content_id
from stemma.lineage.ground import Ground
from stemma.lineage.unseen import Unseen
from stemma.records import Family, Witness
from stemma.records import Standing as Verdict

# A report belongs to its source's family when at least this share of it comes from there; with less it has borrowed a
# passage and is a witness of its own.
BORROWED = 0.25
MOST_EVIDENCE = 12


def group(ground: Ground, ties: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """The reports in families, by main sources and links (``ties``: pairs, the report made from the other first)."""
    above = {report: report for report in ground.reports}

    def top(report: str) -> str:
        while above[report] != report:
            above[report] = above[above[report]]
            report = above[report]
        return report

    for child, other in ties:
        shared = ground.shared(child, other)
        if max(shared.share(child), 0.0) >= BORROWED:
            one, two = sorted((top(child), top(other)))
            above[two] = one
    groups: dict[str, list[str]] = {}
    for report in sorted(ground.reports):
        groups.setdefault(top(report), []).append(report)
    return [tuple(reports) for _, reports in sorted(groups.items())]


def name_family(ground: Ground, reports: Sequence[str], unseen: Unseen | None) -> Family:
    """The family of these reports."""
    verdict, evidence = standing_of(ground, reports)
    if verdict == "unknown" and unseen:
        verdict = "credited"
        evidence = tuple(span for reasons in unseen.resting.values() for reason in reasons for span in reason.spans)
    return Family(content_id("f", *reports), tuple(reports), unseen.label if unseen else None, verdict, evidence)


def standing_of(ground: Ground, reports: Sequence[str]) -> tuple[Verdict, tuple[Witness, ...]]:
    """What speaks for the family's own reporting, with the words that do; else whom it credits; else nothing."""
    own = [span for report in reports for span in ground.standing[report].own]
    if own:
        return "own reporting shown", tuple(own[:MOST_EVIDENCE])
    credited = [span for report in reports for spans in ground.standing[report].credits.values() for span in spans]
    if credited:
        return "credited", tuple(sorted(credited)[:MOST_EVIDENCE])
    return "unknown", ()


def family_ids(families: Iterable[Family]) -> Mapping[str, str]:
    """report -> the id of its family."""
    return {report: family.id for family in families for report in family.reports}
