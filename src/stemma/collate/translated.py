"""Translated passages: sentences aligned across languages by their anchors."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.records import Annotated, Passage


def find_translated(members: Sequence[Annotated]) -> tuple[Passage, ...]:
    """The translated passages between the reports of one story."""
    return ()
