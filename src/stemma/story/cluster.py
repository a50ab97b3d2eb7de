"""Reports to stories."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.ids import content_id
from stemma.records import Annotated, Passage, Story


def one_story(pile: Sequence[Annotated]) -> Story:
    """The whole pile as one story, as handed in."""
    reports = tuple(sorted(a.report.id for a in pile))
    dates = sorted(a.report.published for a in pile if a.report.published)
    titles = sorted(a.report.title for a in pile if a.report.title)
    return Story(
        id=content_id("s", *reports),
        title=titles[0] if titles else "",
        reports=reports,
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        languages=tuple(sorted({a.report.language for a in pile if a.report.language})),
    )


def group(pile: Sequence[Annotated], passages: Sequence[Passage] = ()) -> tuple[Story, ...]:
    """The pile as stories; every report stands in exactly one."""
    return (one_story(pile),) if pile else ()
