"""Sentences of two reports that say the same."""

from __future__ import annotations

from stemma.records import Annotated, SentencePair


def align(a: Annotated, b: Annotated) -> tuple[SentencePair, ...]:
    """Pairs of sentences of ``a`` and ``b`` that say the same, in one language or two, best first by position in ``a``."""
    return ()
