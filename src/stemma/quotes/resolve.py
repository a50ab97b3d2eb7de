"""Speakers to actors: the name a quotation's speaker has in the whole story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from stemma.records import Actor, Quotation, Span, Speaker, Witness


def resolve_speakers(quotations: Sequence[Quotation], actors: Sequence[Actor]) -> tuple[Quotation, ...]:
    """The quotations with ``speaker.actor`` and ``speaker.name`` (the actor's fullest form) filled in where the actor is known."""
    places = _places(actors)
    by_name = _names(actors)
    return tuple(_resolved(q, places, by_name) for q in quotations)


def _places(actors: Iterable[Actor]) -> dict[str, list[tuple[Witness, Actor]]]:
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


def _resolved(q: Quotation, places: dict[str, list[tuple[Witness, Actor]]], by_name: dict[str, Actor | None]) -> Quotation:
    if q.speaker is None:
        return q
    actor = _beside(q.speaker.span, places.get(q.report, [])) if q.speaker.span else None
    if actor is None and q.speaker.name:
        actor = by_name.get(q.speaker.name.casefold())
    if actor is None:
        return q
    return msgspec.structs.replace(q, speaker=Speaker(span=q.speaker.span, name=actor.name, actor=actor.id))


def _beside(span: Span, mentions: Sequence[tuple[Witness, Actor]]) -> Actor | None:
    """The person named in the speaker's words, else the last other actor named there."""
    inside = [actor for mention, actor in mentions if mention.start < span.end and mention.end > span.start]
    people = [actor for actor in inside if actor.kind == "person"]
    return people[-1] if people else inside[0] if inside else None
