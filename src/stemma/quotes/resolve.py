"""Speakers to actors: the name a quotation's speaker has in the whole story."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from stemma.records import Actor, Quotation, Span, Speaker, Witness


def resolve_speakers(quotations: Sequence[Quotation], actors: Sequence[Actor]) -> tuple[Quotation, ...]:
    """The quotations with ``speaker.actor`` and ``speaker.name`` (the actor's fullest form) filled in where the actor is known."""
    places = {report: Places.of(mentions) for report, mentions in _mentions(actors).items()}
    by_name = _names(actors)
    return tuple(_resolved(q, places, by_name) for q in quotations)


class Places(NamedTuple):
    """Where one report names which actor, in order; where each begins; the length of the longest."""

    mentions: Sequence[tuple[Witness, Actor]]
    starts: Sequence[int]
    longest: int

    @classmethod
    def of(cls, mentions: Sequence[tuple[Witness, Actor]]) -> Places:
        return cls(mentions, [m.start for m, _ in mentions], max(m.end - m.start for m, _ in mentions))

    def over(self, span: Span) -> list[tuple[Witness, Actor]]:
        """Those that touch the span."""
        near = slice(bisect_left(self.starts, span.start - self.longest), bisect_left(self.starts, span.end))
        return [(m, actor) for m, actor in self.mentions[near] if m.end > span.start]


def _mentions(actors: Iterable[Actor]) -> dict[str, list[tuple[Witness, Actor]]]:
    found: dict[str, list[tuple[Witness, Actor]]] = {}
    for actor in actors:
        for mention in actor.mentions:
            found.setdefault(mention.report, []).append((mention, actor))
    for mentions in found.values():
        mentions.sort(key=lambda pair: (pair[0], pair[1].id))
    return found


def _names(actors: Iterable[Actor]) -> dict[str, Actor | None]:
    """Actors by each of their forms; None where two actors share it."""
    found: dict[str, Actor | None] = {}
    for actor in actors:
        for text in {actor.name.casefold(), *(form.text.casefold() for form in actor.forms)}:
            found[text] = actor if found.get(text, actor) is actor else None
    return found


def _resolved(q: Quotation, places: dict[str, Places], by_name: dict[str, Actor | None]) -> Quotation:
    if q.speaker is None:
        return q
    span, near = q.speaker.span, places.get(q.report)
    actor = _head(span, q.speaker.name, near) if span and near else None
    if actor is None and q.speaker.name:
        actor = by_name.get(q.speaker.name.casefold())
    if actor is None:
        return q
    return msgspec.structs.replace(q, speaker=Speaker(span=q.speaker.span, name=actor.name, actor=actor.id))


# An article before a name ("the US", "die USA", "Los ..."), in code points with its blank.
ARTICLE = 4


def _head(span: Span, name: str | None, places: Places) -> Actor | None:
    """The actor that is the head of the speaker's phrase.

    A phrase whose name is the phrase itself describes somebody ("Myanmar's ruling junta", "the lawyer of Ann Lee"): only an
    actor named by all of it is meant. Otherwise the name is its head's, and the actor must be named by no less.
    """
    if name is None:
        return None
    inside = places.over(span)
    if len(name) == span.end - span.start:
        whole = [actor for m, actor in inside if m.end >= span.end and m.start - span.start <= ARTICLE]
        return whole[0] if whole else None
    people = [actor for _, actor in inside if actor.kind == "person" and _shares(actor, name)]
    others = [actor for m, actor in inside if actor.kind != "person" and m.end - m.start >= len(name)]
    return people[-1] if people else others[0] if others else None


def _shares(actor: Actor, name: str) -> bool:
    """Whether the name's last word stands in one of the actor's forms."""
    last = name.casefold().split()[-1:]
    return (
        any(last[0] in form.casefold().split() for form in (actor.name, *(f.text for f in actor.forms)))
        if last
        else False
    )
