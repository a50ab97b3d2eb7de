"""The situation: the system of actors that a story's reports describe, as plain lines of what they state.

Dyads by day and quad class, measures by whom against whom, stated causes, stated positions. Nothing is scored, inferred or
chosen: every line holds the words behind it, and what is undated stays undated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from stemma.aliases import Alias
from stemma.events.causes import stated_causes
from stemma.events.measures import measure_of
from stemma.events.parties import alpha3
from stemma.events.positions import Position, positions
from stemma.events.timeline import sort_key
from stemma.events.triggers import grammar
from stemma.ids import content_id
from stemma.reasons import give
from stemma.records import (
    Actor,
    Annotated,
    Confidence,
    Family,
    Interaction,
    Party,
    Reason,
    SituationLine,
    Story,
    Witness,
)

Key = tuple[str, ...]
SURENESS: tuple[Confidence, ...] = ("sure", "likely", "unsure")


class Table(NamedTuple):
    """What every line needs: the story's id, the reports by id, the names of states in the story, the families by report."""

    story: str
    reports: Mapping[str, Annotated]
    names: Mapping[str, str]
    families: Mapping[str, str]

    def party(self, party: Party) -> Party:
        """The party under the name that its state has in the story."""
        return Party(party.code, self.names.get(party.code or "", party.name))

    def families_of(self, witnesses: Iterable[Witness]) -> tuple[str, ...]:
        """The lines of reporting that the witnesses belong to."""
        return tuple(sorted({self.families.get(w.report, w.report) for w in witnesses}))


def describe_situation(
    story: Story,
    members: Sequence[Annotated],
    interactions: Sequence[Interaction],
    actors: Sequence[Actor] = (),
    families: Sequence[Family] = (),
    aliases: Sequence[Alias] = (),
) -> tuple[SituationLine, ...]:
    """The lines of one story, by kind, then by day, then by who acts; the order of the arguments changes nothing.

    ``actors`` give states the name they have in the story.
    """
    named = {alpha3()[a.code]: a.name for a in actors if a.kind == "state" and a.code in alpha3()}
    family = {report: one.id for one in families for report in one.reports}
    table = Table(story.id, {one.report.id: one for one in members}, named, family)
    ordered = sorted(interactions, key=lambda one: (one.report, one.start, one.end, one.quad))
    return (
        *_dyads(table, ordered),
        *_measures(table, ordered),
        *_causes(table, ordered),
        *_positions(table, aliases),
    )


class Told(NamedTuple):
    """What a line of interactions tells beside its day, its quad class and its words."""

    kind: Literal["dyad", "measure"]
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    mutual: bool
    type: str | None = None
    measure: str | None = None


def _dyads(table: Table, interactions: Sequence[Interaction]) -> list[SituationLine]:
    """One line for each day, pair, quad class and status; what has one side only is in no dyad."""
    groups: dict[Key, list[Interaction]] = {}
    parties: dict[str, Party] = {}
    for one in interactions:
        for actor, recipient, mutual in _pairs(one):
            for side in (actor, recipient):
                parties.setdefault(_key(side), table.party(side))
            key = (one.date or "", _key(actor), _key(recipient), one.quad, one.status, "mutual" if mutual else "")
            groups.setdefault(key, []).append(one)
    return [
        _line(table, key, group, Told("dyad", (parties[key[1]],), (parties[key[2]],), bool(key[5])))
        for key, group in _by_time(groups)
    ]


def _pairs(one: Interaction) -> list[tuple[Party, Party, bool]]:
    """Actor by recipient; where there is no recipient, every two of the actors, who act on each other."""
    if one.recipient:
        return [(a, r, False) for a in one.actor for r in one.recipient]
    ordered = sorted(one.actor, key=_key)
    return [(a, b, True) for n, a in enumerate(ordered) for b in ordered[n + 1 :]]


def _key(party: Party) -> str:
    return party.code or party.name


def _measures(table: Table, interactions: Sequence[Interaction]) -> list[SituationLine]:
    """One line for each measure of one sort by the same parties on one day."""
    groups: dict[Key, list[Interaction]] = {}
    for one in interactions:
        sort = measure_of(one, table.reports[one.report].report)
        if sort or one.measure is not None:
            sides = ("+".join(sorted(map(_key, side))) for side in (one.actor, one.recipient))
            groups.setdefault((one.date or "", *sides, one.quad, one.status, one.type or "", sort or ""), []).append(
                one
            )
    return [_line(table, key, group, _told(table, key, group[0])) for key, group in _by_time(groups)]


def _told(table: Table, key: Key, one: Interaction) -> Told:
    actor, recipient = tuple(map(table.party, one.actor)), tuple(map(table.party, one.recipient))
    return Told("measure", actor, recipient, not recipient and len(actor) > 1, one.type, key[6] or None)


def _by_time(groups: Mapping[Key, list[Interaction]]) -> list[tuple[Key, list[Interaction]]]:
    """Dated lines in the order of time, then the undated."""
    return sorted(groups.items(), key=lambda item: (not item[0][0], sort_key(item[0][0]), item[0]))


def _line(table: Table, key: Key, group: Sequence[Interaction], told: Told) -> SituationLine:
    """As sure as the surest of the interactions behind it."""
    first = group[0]
    witnesses = tuple(sorted({Witness(one.report, one.start, one.end) for one in group}))
    return SituationLine(
        id=content_id("x", told.kind, table.story, *key),
        kind=told.kind,
        story=table.story,
        date=first.date,
        actor=told.actor,
        recipient=told.recipient,
        mutual=told.mutual,
        quad=first.quad,
        type=told.type,
        measure=told.measure,
        status=first.status,
        because=tuple(sorted({w for one in group for w in one.because})),
        attributed_to=_speakers(group),
        families=table.families_of(witnesses),
        witnesses=witnesses,
        confidence=min((one.confidence for one in group), key=SURENESS.index),
        reasons=tuple(dict.fromkeys(reason for one in group for reason in one.reasons)),
    )


def _speakers(group: Sequence[Interaction]) -> tuple[str, ...]:
    """Who says so, where nobody tells it in the report's own words."""
    said = {one.attributed_to for one in group}
    return () if None in said else tuple(sorted(filter(None, said)))


def _causes(table: Table, interactions: Sequence[Interaction]) -> list[SituationLine]:
    """Every stated cause or reply of the story, also where no interaction was found that it explains."""
    found = {w for one in interactions for w in one.because}
    found.update(w for one in table.reports.values() for w in stated_causes(one, grammar(one.report.language)))
    return [
        SituationLine(
            id=content_id("x", "cause", where.report, where.start, where.end),
            kind="cause",
            story=table.story,
            families=table.families_of([where]),
            witnesses=(where,),
            confidence="likely",
            reasons=(_cue(table, "words of a cause", where, ()),),
        )
        for where in sorted(found)
    ]


def _positions(table: Table, aliases: Sequence[Alias]) -> list[SituationLine]:
    held = [one for report in table.reports.values() for one in positions(report, aliases)]
    return [_position(table, one) for one in sorted(held, key=lambda p: (p.where, p.stance))]


def _position(table: Table, one: Position) -> SituationLine:
    return SituationLine(
        id=content_id("x", "position", one.stance, one.where.report, one.where.start, one.where.end),
        kind="position",
        story=table.story,
        actor=(table.party(one.party),),
        stance=one.stance,
        families=table.families_of([one.where]),
        witnesses=(one.where,),
        confidence="likely",
        reasons=(_cue(table, "words of a position", one.where, (one.stance,)),),
    )


def _cue(table: Table, rule: str, where: Witness, values: tuple[str, ...]) -> Reason:
    return give(rule, {where.report: table.reports[where.report].report}, (where,), values)
