"""Why a line is there, as data that can be replayed.

A rule is a documented function ``(reports, spans, values) -> float`` registered under a name. ``give`` runs a rule and
stores what it looked at beside the score; ``replay`` runs the stored rule again. One code path makes the answer and the
reason, so they cannot drift apart (the pattern of ``ftfy.fix_and_explain``).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module

from stemma.errors import BadUsage
from stemma.records import Reason, Report, Witness

Rule = Callable[[Mapping[str, Report], Sequence[Witness], Sequence[str]], float]

RULES: dict[str, Rule] = {}

# Modules that register rules; imported when a reason is replayed by a program that has not run the stage itself.
HOMES = (
    "stemma.aliases",
    "stemma.corrections.rules",
    "stemma.story.features",
    "stemma.story.lending",
    "stemma.story.looking_back",
    "stemma.collate.rules",
    "stemma.lineage.evidence",
    "stemma.quotes.rules",
    "stemma.compare.rules",
    "stemma.events.rules",
)


def rule(name: str) -> Callable[[Rule], Rule]:
    """Register a function as the rule ``name``. Its docstring's first line is what the page prints."""

    def register(function: Rule) -> Rule:
        RULES[name] = function
        return function

    return register


def give(name: str, reports: Mapping[str, Report], spans: Iterable[Witness] = (), values: Iterable[str] = ()) -> Reason:
    """Run the rule and keep what it looked at. Scores are rounded to four digits, so that they compare equal."""
    spans, values = tuple(spans), tuple(values)
    return Reason(rule=name, score=round(_find(name)(reports, spans, values), 4), spans=spans, values=values)


def replay(reason: Reason, reports: Mapping[str, Report]) -> float:
    """The score that the named rule gives today on the reason's spans and values."""
    return round(_find(reason.rule)(reports, reason.spans, reason.values), 4)


def describe(name: str) -> str:
    """What the rule says, in one line of plain words."""
    return (inspect.getdoc(_find(name)) or name).split("\n")[0]


def _find(name: str) -> Rule:
    if name not in RULES:
        for home in HOMES:
            import_module(home)
    if name not in RULES:
        raise BadUsage(f"no rule is called {name!r}; `stemma explain` lists the rules of a line")
    return RULES[name]
