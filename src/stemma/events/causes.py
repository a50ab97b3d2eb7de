"""Stated causes and replies: the words of a report that say why somebody did something.

Only what is stated by a cue of the language ("triggered by", "in retaliation for"); nothing is inferred.
"""

from __future__ import annotations

from collections.abc import Iterator

from stemma.events.limits import is_list
from stemma.events.triggers import BREAKS, WHY, Grammar, Trigger, find_cue
from stemma.records import Annotated, Sentence, Witness

OWNER = 3  # tokens before a reply's cue that may name whose reply it is ("Beijing's subsequent [retaliation]")


def causes_of(report: Annotated, sentence: Sentence, words: Grammar, trigger: Trigger) -> tuple[Witness, ...]:
    """The stated causes of one event: a cause that does not hold the event itself, a reply that does."""
    token = report.tokens[trigger.first]
    found = []
    for kind, one in _causes(report, sentence, words):
        inside = one.start <= token.start < one.end
        if inside == (kind == "replies"):
            found.append(one)
    return tuple(found)


def stated_causes(report: Annotated, words: Grammar) -> tuple[Witness, ...]:
    """All stated causes and replies of a report, in the order of the text."""
    return tuple(
        one for sentence in report.sentences if not is_list(sentence) for _, one in _causes(report, sentence, words)
    )


def _causes(report: Annotated, sentence: Sentence, words: Grammar) -> Iterator[tuple[str, Witness]]:
    for at in range(sentence.first_token, sentence.last_token):
        if report.tokens[at].norm not in words.why:
            continue
        for kind in WHY:
            length = find_cue(report.tokens, at, sentence.last_token, words.phrases[kind])
            if length:
                first = _owner(report, sentence.first_token, at) if kind == "replies" else at
                last = _end(report, sentence, words, at + length)
                yield kind, Witness(report.report.id, report.tokens[first].start, report.tokens[last - 1].end)
                break


def _owner(report: Annotated, first: int, at: int) -> int:
    """Where the possessive before a reply begins, else the cue itself."""
    for i in range(at - 1, max(first, at - OWNER) - 1, -1):
        if report.tokens[i].norm in BREAKS:
            break
        start, end = report.tokens[i].start, report.tokens[i].end
        if any(start <= name.start < end for name in report.names):
            return i
    return at


def _end(report: Annotated, sentence: Sentence, words: Grammar, last: int) -> int:
    """The end of the clause; ", including ..." belongs to it."""
    including = words.words.get("including", frozenset())
    while last < sentence.last_token:
        if report.tokens[last].norm in BREAKS:
            follows = last + 1 < sentence.last_token and report.tokens[last + 1].norm in including
            if report.tokens[last].norm != "," or not follows:
                break
        last += 1
    return last
