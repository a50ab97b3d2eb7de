"""From a matched pattern to a rule: one small function for each name in ``grammar.PATTERNS``.

A builder gives None where the words cannot mean a date ("March on Rome", "2000 people", the 40th of May).
"""

from __future__ import annotations

from collections.abc import Callable

from stemma.language.dates import days, relations, years
from stemma.language.dates.grammar import PATTERNS, Found
from stemma.language.dates.match import Match

Builder = Callable[[Match], Found | None]
BUILDERS: dict[str, Builder] = {
    name: getattr(home, name) for name, _ in PATTERNS for home in (days, years, relations) if hasattr(home, name)
}
