"""Statements to disagreements."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from stemma.records import (
    Actor,
    Annotated,
    DateLine,
    Disagreement,
    Family,
    NotCompared,
    Passage,
    Quotation,
    Statement,
    Story,
)


class Comparison(Struct, frozen=True):
    """The disagreements found, clashes first, and what could not be compared, with why."""

    disagreements: tuple[Disagreement, ...]
    not_compared: tuple[NotCompared, ...]


def find_disagreements(
    story: Story,
    members: Sequence[Annotated],
    statements: Sequence[Statement],
    families: Sequence[Family],
    passages: Sequence[Passage],
    quotations: Sequence[Quotation],
    actors: Sequence[Actor],
    dates: Sequence[DateLine],
) -> Comparison:
    """Where the story's reports differ."""
    return Comparison((), ())
