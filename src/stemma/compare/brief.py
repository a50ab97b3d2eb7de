"""The brief: five to eight sentences of the reports that tell the story best."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.records import Annotated, BriefSentence, Family, Statement


def write_brief(
    members: Sequence[Annotated], statements: Sequence[Statement], families: Sequence[Family], language: str | None
) -> tuple[BriefSentence, ...]:
    """Sentences as they stand in the reports, in the reader's language where the pile has it, in telling order."""
    return ()
