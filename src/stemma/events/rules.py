"""The rules behind interactions, as data that can be replayed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stemma.events.triggers import find_cue, find_triggers, grammar
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


@rule("words of a cause")
def words_of_a_cause(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """These words say why it was done, or what it answers.

    0.6 where the span holds a cue of the language's ``causes`` or ``replies``, else 0.
    """
    return _cued(reports, spans[0], ("causes", "replies"))


@rule("words of a position")
def words_of_a_position(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """These words say that somebody wants, refuses, abstains or takes no side.

    0.6 where the span holds a cue of the stance in ``values`` (what is not wanted is refused), else 0.
    """
    return _cued(reports, spans[0], (values[0], "wants") if values[0] == "refuses" else (values[0],))


def _cued(reports: Mapping[str, Report], span: Witness, kinds: Sequence[str]) -> float:
    report = reports[span.report]
    tokens = find_tokens(report.text, span.start, span.end, report.language)
    known = grammar(report.language).phrases
    found = any(find_cue(tokens, at, len(tokens), known.get(kind, {})) for at in range(len(tokens)) for kind in kinds)
    return 0.6 if found else 0.0
