"""Whom a report credits: outlets and agencies named with a crediting cue ("told AFP", "skriver Bangkok Post")."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.records import Credit, Span


def find_credits(text: str, body: Sequence[Span], language: str | None) -> tuple[Credit, ...]:
    """The credits in the body, in the order of the text."""
    return ()
