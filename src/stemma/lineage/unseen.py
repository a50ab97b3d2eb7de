"""Sources that are not in the pile: what a family credits, goes by, or must rest on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from msgspec import Struct

from stemma.collate import align
from stemma.ids import content_id
from stemma.lineage.credits import usual_name
from stemma.lineage.ground import Ground
from stemma.lineage.retold import View
from stemma.read.outlets import agency_name
from stemma.reasons import give
from stemma.records import DateMention, Reason, Witness

# Sentence pairs from this score on count as "both have it"; the source has it from the lower one on.
BOTH, LACKS = 0.6, 0.3
# A report on its own goes back to whom it credits when at least this share of its sentences says so; a credit in one of
# many sentences is for one fact. Read on two piles of real reports of one event: every lone credit was for one fact.
RESTS_ON = 0.3


class Unseen(Struct, frozen=True):
    """A source of a family that is not in the pile. ``resting``: report -> why it rests on it; ``earlier_than``: the
    report in the pile that is a later version of it."""

    id: str
    label: str
    resting: Mapping[str, tuple[Reason, ...]]
    earlier_than: str | None


def find_unseen(ground: Ground, reports: Sequence[str], sources: Mapping[str, str]) -> Unseen | None:
    """The unseen source of a family (its ``reports``, ``sources``: child -> main source), if something names one."""
    if len(reports) == 1 and ground.standing[reports[0]].own:
        return None  # it credits others for single facts, but has been there itself
    if any(report in ground.wires for report in reports):
        return None  # the source that they credit is in the pile: the user says so
    present = {ground.standing[report].name: report for report in reversed(reports) if ground.standing[report].name}
    credited = _credited(ground, ground.views, reports, present)
    for name in sorted(credited, key=lambda n: (n in present, -len(credited[n]), agency_name(n) is None, n)):
        crediting = credited[name]
        if name not in present:
            reasons = {
                r: (give("credits an absent source", ground.reports, spans, (name,)),) for r, spans in crediting.items()
            }
            if len(reports) == 1 and not _rests_on(ground, reports[0], name):
                continue
            return Unseen(content_id("unseen:", name, *reports), name, reasons, None)
        resting = _earlier(ground, name, reports, sources)
        if resting:
            return Unseen(content_id("unseen:", name, *reports), name, resting, present[name])
    return _signed(ground, reports)


def _signed(ground: Ground, reports: Sequence[str]) -> Unseen | None:
    """The agency whose signature stands under reports that other outlets printed and that show nothing of their own."""
    signed: dict[str, dict[str, tuple[Reason, ...]]] = {}
    for report in reports:
        agency, outlet = ground.reports[report].agency, ground.reports[report].outlet
        if not agency or not outlet or usual_name(outlet) == usual_name(agency) or ground.standing[report].own:
            continue
        at = ground.reports[report].text.rfind(agency)
        if at >= 0:
            spans = (Witness(report, at, at + len(agency)),)
            reason = give("signed by an agency", ground.reports, spans, (agency, outlet))
            signed.setdefault(usual_name(agency), {})[report] = (reason,)
    if not signed:
        return None
    name = min(signed, key=lambda n: (-len(signed[n]), n))
    return Unseen(content_id("unseen:", name, *reports), name, signed[name], None)


def _rests_on(ground: Ground, report: str, name: str) -> bool:
    """Whether a report without relatives goes back to ``name`` as a whole, and not for a single fact."""
    standing, sentences = ground.standing[report], ground.views[report].one.sentences
    return standing.name == name or len(standing.credits[name]) >= RESTS_ON * len(sentences)


def _credited(
    ground: Ground, views: Mapping[str, View], reports: Iterable[str], present: Mapping[str | None, str]
) -> dict[str, dict[str, tuple[Witness, ...]]]:
    """The agencies and outlets that the members credit as a source: agencies, names of members, the one that an expert of
    the report spoke to, and, where nothing else is credited, the outlet it goes by."""
    found: dict[str, dict[str, tuple[Witness, ...]]] = {}
    weaker: dict[str, dict[str, tuple[Witness, ...]]] = {}
    for report in reports:
        standing = ground.standing[report]
        told_by_experts = {views[report].told_outlet.get(name) for name in views[report].experts}
        for name, spans in standing.credits.items():
            if agency_name(name) or name in present or name in told_by_experts:
                found.setdefault(name, {})[report] = spans
            elif name in standing.by_way:
                weaker.setdefault(name, {})[report] = spans
    return found or weaker


def _earlier(
    ground: Ground, name: str, reports: Sequence[str], sources: Mapping[str, str]
) -> dict[str, tuple[Reason, ...]]:
    """The members that cannot have all they hold from the reports by ``name`` in the pile: each with why."""
    views = ground.views
    by_name = [views[r] for r in reports if ground.standing[r].name == name]
    others = [r for r in reports if ground.standing[r].name != name]
    resting: dict[str, list[Reason]] = {}
    for report in others:
        reasons = [reason for source in by_name if (reason := _to_come(ground, views[report], source))]
        if len(reasons) == len(by_name):
            resting.setdefault(report, []).append(reasons[0])
    for one, two in combinations(others, 2):
        if sources.get(one) != two and sources.get(two) != one:
            reason = _lacking(ground, views[one], views[two], by_name)
            if reason and reason.score >= 1.0:
                resting.setdefault(one, []).append(reason)
                resting.setdefault(two, []).append(reason)
    for report in resting:
        for outlet in ground.standing[report].by_way:
            if outlet != name:
                spans = ground.standing[report].credits[outlet]
                resting[report].append(give("by way of", ground.reports, spans, (outlet,)))
    return {report: tuple(reasons) for report, reasons in sorted(resting.items())}


def _to_come(ground: Ground, report: View, source: View) -> Reason | None:
    """The same date, to come in the report and past in the source, in sentences that go together."""
    together = {(p.a, p.b) for p in align(report.one, source.one) if p.score >= LACKS}
    for here in (date for date in report.one.dates if date.status == "future"):
        for there in (date for date in source.one.dates if date.status == "historical"):
            same = _days(here) & _days(there)
            if same and (here.sentence, there.sentence) in together:
                spans = (
                    Witness(report.one.report.id, here.start, here.end),
                    Witness(source.one.report.id, there.start, there.end),
                )
                return give("tells it as to come", ground.reports, spans, (here.status, there.status))
    return None


def _days(date: DateMention) -> set[str]:
    """The day and the weekday that a date stands for, as far as it says."""
    found = {date.rule.split(";")[0]} if date.rule.startswith("wday:") else set()
    try:
        found |= {date.value or "", f"wday:{datetime.date.fromisoformat(date.value or '').isoweekday()}"}
    except ValueError:  # no date, or one that is not known to the day
        return found
    return found


def _lacking(ground: Ground, one: View, two: View, sources: Sequence[View]) -> Reason | None:
    """Sentences that go together in two members and have no counterpart in any of the sources, on either side."""
    has_one = {p.a for source in sources for p in align(one.one, source.one) if p.score >= LACKS}
    has_two = {p.a for source in sources for p in align(two.one, source.one) if p.score >= LACKS}
    spans: list[Witness] = []
    for pair in align(one.one, two.one):
        if pair.score >= BOTH and pair.a not in has_one and pair.b not in has_two:
            for side, at in ((one, pair.a), (two, pair.b)):
                sentence = side.one.sentences[at]
                spans.append(Witness(side.one.report.id, sentence.start, sentence.end))
    return give("shares what the source lacks", ground.reports, spans, (str(len(spans) // 2),)) if spans else None
