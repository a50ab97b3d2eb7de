"""Stated positions: who is said to want, refuse, abstain or take no side, with the words that say so.

Cues are data (``wants``, ``refuses``, ``abstains``, ``neutral`` in ``[interactions]``); the party is the one that stands before
the cue in its sentence. Where no coded party stands there, nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from stemma.aliases import Alias
from stemma.events.limits import is_list
from stemma.events.parties import Known, PartyMention, countries_of_people, mentions, parties_by_alias
from stemma.events.triggers import BREAKS, STANCES, Grammar, find_cue, grammar
from stemma.records import Annotated, Party, Sentence, Stance, Witness

REACH = 12  # tokens between the party and the cue: about one clause with a title and a name


class Position(Struct, frozen=True):
    """``party`` is said to take the ``stance``; ``where`` are the words from the party to the end of the clause."""

    party: Party
    stance: Stance
    where: Witness


def positions(report: Annotated, aliases: Sequence[Alias] = ()) -> tuple[Position, ...]:
    """The positions that one report states, in the order of the text; ``aliases`` are the user's."""
    words = grammar(report.report.language)
    if not words.stances:
        return ()
    known = Known(countries_of_people(report), parties_by_alias(report, aliases))
    found: list[Position] = []
    for sentence in report.sentences:
        if not is_list(sentence):
            found += _in_sentence(report, sentence, words, known)
    return tuple(found)


def _in_sentence(report: Annotated, sentence: Sentence, words: Grammar, known: Known) -> Iterable[Position]:
    parties: Sequence[PartyMention] | None = None
    at = sentence.first_token
    while at < sentence.last_token:
        stance, length = _cue(report, at, sentence.last_token, words)
        if stance is None:
            at += 1
            continue
        parties = mentions(report, sentence, known.people, frozenset(), known.called) if parties is None else parties
        holder = _holder(report, sentence, parties, at)
        if stance == "wants" and _negated(report, sentence, words, at):
            stance = "refuses"
        if holder is not None and holder.code is not None:
            end = _end(report, sentence, at + length)
            yield Position(Party(holder.code, holder.name), stance, Witness(report.report.id, holder.start, end))
        at += length


def _cue(report: Annotated, at: int, end: int, words: Grammar) -> tuple[Stance | None, int]:
    for stance in STANCES if report.tokens[at].norm in words.stances else ():
        length = find_cue(report.tokens, at, end, words.phrases.get(stance, {}))
        if length:
            return stance, length
    return None, 1


def _negated(report: Annotated, sentence: Sentence, words: Grammar, at: int) -> bool:
    """ "does not want to": what is not wanted is refused."""
    no = words.words.get("negation", frozenset())
    return any(t.norm in no for t in report.tokens[max(sentence.first_token, at - 2) : at])


def _holder(report: Annotated, sentence: Sentence, parties: Sequence[PartyMention], cue: int) -> PartyMention | None:
    """The first party of the cue's clause, near enough before it."""
    first = cue
    while first > sentence.first_token and report.tokens[first - 1].norm not in BREAKS and cue - first < REACH:
        first -= 1
    inside = [p for p in parties if report.tokens[first].start <= p.start and p.end <= report.tokens[cue].start]
    return inside[0] if inside else None


def _end(report: Annotated, sentence: Sentence, last: int) -> int:
    while last < sentence.last_token and report.tokens[last].norm not in BREAKS:
        last += 1
    return report.tokens[last - 1].end
