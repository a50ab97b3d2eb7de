"""Statements: sentences of several reports that say the same thing."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.records import Annotated, Family, Passage, Statement, Story


def find_statements(
    story: Story, members: Sequence[Annotated], passages: Sequence[Passage], families: Sequence[Family]
) -> tuple[Statement, ...]:
    """The story's statements with the families that carry each."""
    return ()
