"""The situation: the system of actors that a story's reports describe, as plain tables of what they state.

Dyads by day and quad class, measures by whom against whom, stated causes, stated positions. Nothing is scored, inferred or
chosen: every line holds the interactions or the words behind it, and what is undated stays undated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from stemma.events.causes import stated_causes
from stemma.events.parties import alpha3
from stemma.events.positions import Position, positions
from stemma.events.triggers import grammar
from stemma.records import Actor, Annotated, Interaction, Party, Quad, Status, Witness


class Dyad(Struct, frozen=True):
    """What one party is told to have done to another on one day (EDTF, None: no date stated) in one quad class.

    ``mutual``: both act, and the order of the two says nothing. ``interactions``: indexes into the interactions handed in.
    """

    date: str | None
    actor: Party
    recipient: Party
    quad: Quad
    status: Status
    mutual: bool
    interactions: tuple[int, ...]


class Measure(Struct, frozen=True):
    """A ban, a tariff, an arrest, a gift: ``where`` the words that name it; ``because`` the causes stated for it."""

    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    type: str | None
    date: str | None
    status: Status
    where: Witness
    because: tuple[Witness, ...]


class Situation(Struct, frozen=True):
    """The tables of one story."""

    dyads: tuple[Dyad, ...]
    measures: tuple[Measure, ...]
    causes: tuple[Witness, ...]
    positions: tuple[Position, ...]


def situation(
    interactions: Sequence[Interaction], actors: Sequence[Actor] = (), reports: Sequence[Annotated] = ()
) -> Situation:
    """The tables of a story's interactions.

    ``actors`` give states the name they have in the story; ``reports`` add the causes and positions stated where no
    interaction was found. The order of the arguments changes nothing but the indexes.
    """
    names = {alpha3()[a.code]: a.name for a in actors if a.kind == "state" and a.code in alpha3()}
    stated = {w for one in interactions for w in one.because}
    stated.update(w for one in reports for w in stated_causes(one, grammar(one.report.language)))
    held = sorted((p for one in reports for p in positions(one)), key=lambda p: p.where)
    return Situation(
        dyads=_dyads(interactions, names),
        measures=tuple(_measure(one, names) for one in sorted(interactions, key=_place) if one.measure is not None),
        causes=tuple(sorted(stated)),
        positions=tuple(Position(_named(p.party, names), p.stance, p.where) for p in held),
    )


def _place(one: Interaction) -> tuple[str, int, int]:
    return one.report, one.start, one.end


def _named(party: Party, names: Mapping[str, str]) -> Party:
    return Party(party.code, names.get(party.code or "", party.name))


def _measure(one: Interaction, names: Mapping[str, str]) -> Measure:
    span = one.measure or (one.start, one.end)
    actor, recipient = (tuple(_named(p, names) for p in side) for side in (one.actor, one.recipient))
    return Measure(actor, recipient, one.type, one.date, one.status, Witness(one.report, *span), one.because)


def _dyads(interactions: Sequence[Interaction], names: Mapping[str, str]) -> tuple[Dyad, ...]:
    """One line for each day, pair, quad class and status; what has one side only is in no dyad."""
    lines: dict[tuple[str, str, str, Quad, Status, bool], list[int]] = {}
    parties: dict[str, Party] = {}
    for number, one in enumerate(interactions):
        for actor, recipient, mutual in _pairs(one):
            a, b = _key(actor), _key(recipient)
            parties.setdefault(a, _named(actor, names))
            parties.setdefault(b, _named(recipient, names))
            lines.setdefault((one.date or "", a, b, one.quad, one.status, mutual), []).append(number)
    return tuple(
        Dyad(date or None, parties[a], parties[b], quad, status, mutual, tuple(numbers))
        for (date, a, b, quad, status, mutual), numbers in sorted(lines.items())
    )


def _key(party: Party) -> str:
    return party.code or party.name


def _pairs(one: Interaction) -> list[tuple[Party, Party, bool]]:
    """Actor by recipient; where there is no recipient, every two of the actors, who act on each other."""
    if one.recipient:
        return [(a, r, False) for a in one.actor for r in one.recipient]
    ordered = sorted(one.actor, key=_key)
    return [(a, b, True) for n, a in enumerate(ordered) for b in ordered[n + 1 :]]
