"""Interactions: who did what to whom, in PLOVER's terms."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.records import Annotated, DateLine, Interaction


def find_interactions(report: Annotated, dates: Sequence[DateLine]) -> tuple[Interaction, ...]:
    """The interactions that one report states; ``dates`` are the report's own lines after borrowing."""
    return ()
