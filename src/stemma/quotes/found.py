"""What the finders hand to each other: a cue with what it reports, still as token ranges."""

from __future__ import annotations

from msgspec import Struct, field

from stemma.quotes.phrases import Phrase


class Found(Struct):
    """One attribution. ``content`` are half-open token ranges; ``how`` says how the subject was found ("" for none).

    ``place`` is "pre" (cue before its content), "post" (cue behind or inside it), "source" (according to), "dash",
    "alone" (marks without a cue) or "chain" (reported mood that goes on without a cue).
    """

    unit: int
    place: str
    content: list[tuple[int, int]]
    cue: tuple[int, int] | None = None
    subject: Phrase | None = None
    how: str = ""
    addressee: Phrase | None = None
    frame: str = ""
    marking: str = ""
    inherits: Found | None = None
    apart: list[int] = field(default_factory=list)
    pieces: list[int] = field(default_factory=list)
