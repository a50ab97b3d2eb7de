"""The rules behind interactions, as data that can be replayed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stemma.events.triggers import find_triggers, grammar
from stemma.language.words import find_tokens
from stemma.reasons import rule
from stemma.records import Report, Witness

SCORES = {"sure": 0.9, "mutual": 0.9, "nouns": 0.7, "likely": 0.6, "vague": 0.5}


@rule("event words")
def event_words(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """These words tell of an event of this type.

    ``values`` are the type and the pattern; the score is how surely the pattern tells the type, 0 where the span does not
    hold the pattern.
    """
    report = reports[spans[0].report]
    tokens = find_tokens(report.text, spans[0].start, spans[0].end, report.language)
    for trigger in find_triggers(tokens, 0, len(tokens), grammar(report.language)):
        if [trigger.pattern.type, trigger.pattern.text] == list(values):
            return SCORES[trigger.pattern.sort]
    return 0.0
