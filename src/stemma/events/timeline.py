"""The story's timeline."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.records import Annotated, DateLine, Family, Statement, TimelineEntry


def build_timeline(
    members: Sequence[Annotated], dates: Sequence[DateLine], statements: Sequence[Statement], families: Sequence[Family]
) -> tuple[TimelineEntry, ...]:
    """Dated clauses of the reports, those of one event joined, ordered by date."""
    return ()
