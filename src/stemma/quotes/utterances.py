"""Utterances: the quotations that render one act of speech, and their drift."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.lineage import Tree
from stemma.records import Annotated, Passage, Quotation, Utterance


def find_utterances(
    members: Sequence[Annotated], quotations: Sequence[Quotation], passages: Sequence[Passage], tree: Tree
) -> tuple[Utterance, ...]:
    """The story's utterances, each with the drift of its renderings."""
    return ()
