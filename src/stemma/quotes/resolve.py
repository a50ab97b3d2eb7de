"""Speakers to actors: the name a quotation's speaker has in the whole story."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.records import Actor, Quotation


def resolve_speakers(quotations: Sequence[Quotation], actors: Sequence[Actor]) -> tuple[Quotation, ...]:
    """The quotations with ``speaker.actor`` and ``speaker.name`` (the actor's fullest form) filled in where the actor is known."""
    return tuple(quotations)
