"""What the user gives besides the reports: corrections, aliases, the stories of a former run, an encoder."""

from __future__ import annotations

from msgspec import Struct

from stemma.aliases import Alias
from stemma.corrections import Entry
from stemma.records import Story


class Given(Struct, frozen=True):
    """What is known besides the reports. ``corrections``: as the file has them (``stemma.corrections.read_corrections``).
    ``aliases``: how the user calls actors (``stemma.aliases.read_aliases``). ``stories``: those of a former run, whose ids are kept and of which only those are grouped again that new reports
    touch; None where there was none."""

    corrections: tuple[Entry, ...] = ()
    aliases: tuple[Alias, ...] = ()
    stories: tuple[Story, ...] | None = None


NOTHING = Given()
