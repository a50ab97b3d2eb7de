"""Stories as the user's corrections want them: put together, or a report taken out.

The grouping itself is left as it is; what it got wrong is put right afterwards, whole stories at a time. So a correction
does what it says and nothing else, and it can be said whether it changed anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from stemma.corrections import Matched, because
from stemma.records import Annotated, Passage, Reason, Story
from stemma.story.cluster import SAME_TEXT, one_story, shared_text

Groups = dict[str, frozenset[str]]  # report -> all reports of its story


def constrain(
    stories: Sequence[Story], pile: Sequence[Annotated], passages: Sequence[Passage], corrections: Sequence[Matched]
) -> tuple[Story, ...]:
    """The stories with "same story" and "not this story" carried out; a story that one changed says so in its reasons.

    "Same story" joins the whole stories of the reports. "Not this story" takes the report out, and with it the reports
    that share most of their text with it; it stands alone then, or with those that other corrections put it with.
    """
    together = [one for one in corrections if one.found and one.entry.kind == "same story"]
    apart = [one for one in corrections if one.found and one.entry.kind == "not this story"]
    if not together and not apart:
        return tuple(stories)
    before: Groups = {i: frozenset(story.reports) for story in stories for i in story.reports}
    ties = _Ties(_bound(together), _copies(pile, passages))
    parted, first = _part(before, apart, ties)
    joined = dict(parted)
    for one in together:
        group = frozenset().union(*(joined[i] for i in one.reports))
        joined.update(dict.fromkeys(group, group))
    after, again = _part(joined, apart, ties)  # what a third report put together again
    effective = [one for one in together if len({parted[i] for i in one.reports}) > 1]
    reasons: dict[frozenset[str], list[Reason]] = {}
    reports = {one.report.id: one.report for one in pile}
    for one in (*effective, *sorted({*first, *again}, key=lambda one: one.reports)):
        for group in {after[i] for i in one.reports}:
            reasons.setdefault(group, []).append(because(one, reports))
    return _stories(set(after.values()), stories, pile, reasons)


def _stories(
    groups: Iterable[frozenset[str]],
    stories: Sequence[Story],
    pile: Sequence[Annotated],
    reasons: Mapping[frozenset[str], Sequence[Reason]],
) -> tuple[Story, ...]:
    kept = {frozenset(story.reports): story for story in stories}
    members = {one.report.id: one for one in pile}
    made = [kept.get(group) or one_story([members[i] for i in group]) for group in groups]
    told = [replace(story, reasons=tuple(reasons.get(frozenset(story.reports), ()))) for story in made]
    return tuple(sorted(told, key=lambda s: (-len(s.reports), s.id)))


class _Ties(NamedTuple):
    """Report -> what the corrections put it with; report -> what it shares its text with."""

    bound: Groups
    copies: Groups


def _bound(together: Iterable[Matched]) -> Groups:
    """What the corrections alone put together."""
    groups: Groups = {}
    for one in together:
        group = frozenset().union(*(groups.get(i, frozenset([i])) for i in one.reports))
        groups.update(dict.fromkeys(group, group))
    return groups


def _copies(pile: Sequence[Annotated], passages: Sequence[Passage]) -> Groups:
    """Report -> the reports that share most of the shorter text with it."""
    found: dict[str, set[str]] = {}
    for (a, b), share in shared_text(pile, passages).items():
        if max(share) >= SAME_TEXT:
            found.setdefault(a, set()).add(b)
            found.setdefault(b, set()).add(a)
    return {report: frozenset(others) for report, others in found.items()}


def _part(groups: Groups, apart: Sequence[Matched], ties: _Ties) -> tuple[Groups, set[Matched]]:
    """The groups with each report taken out that is not of a story it stands in, and the corrections that did it."""
    leaving: dict[str, frozenset[str]] = {}
    effective = set()
    for one in apart:
        report, other = one.reports
        if groups[report] == groups[other]:
            effective.add(one)
            going = _leaving(report, other, ties) & groups[report]
            going = going.union(*(leaving[i] for i in going if i in leaving))
            leaving.update(dict.fromkeys(going, going))
    gone = frozenset(leaving)
    parted = {report: group - gone for report, group in groups.items()} | leaving
    return parted, effective


def _leaving(report: str, other: str, ties: _Ties) -> frozenset[str]:
    """The reports that leave with ``report`` the story of ``other``."""
    staying = ties.bound.get(other, frozenset([other]))
    going = ties.bound.get(report, frozenset([report]))
    copies = going.union(*(ties.copies.get(i, frozenset()) for i in going))
    held = staying.union(*(ties.copies.get(i, frozenset()) for i in staying))
    return going | frozenset(i for i in copies - held if not ties.bound.get(i, frozenset()) & staying)
