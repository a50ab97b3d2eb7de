"""What the user gives besides the reports: corrections, aliases, the stories of a former run, an encoder."""

from __future__ import annotations

from msgspec import Struct

from stemma.aliases import Alias
from stemma.corrections import Entry
from stemma.records import Story
from stemma.semantic import Encoder


class Given(Struct, frozen=True):
    """What is known besides the reports. ``corrections``: as the file has them (``stemma.corrections.read_corrections``).
    ``aliases``: how the user calls actors (``stemma.aliases.read_aliases``). ``stories``: those of a former run, whose ids
    are kept and of which only those are grouped again that new reports touch; None where there was none. ``encoder``:
    anything with ``encode(list[str]) -> float32[n, d]`` (``stemma.semantic``); it is called in this process alone,
    whatever the number of workers."""

    corrections: tuple[Entry, ...] = ()
    aliases: tuple[Alias, ...] = ()
    stories: tuple[Story, ...] | None = None
    encoder: Encoder | None = None


NOTHING = Given()
