"""Actors as the user's file of aliases names them: joined, renamed, and found where Stemma saw no name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from stemma.aliases import RULE, Alias, find_forms
from stemma.ids import content_id
from stemma.reasons import give
from stemma.records import Actor, Annotated, Form, Witness
from stemma.spans import covers, overlap

SHOWN = 12  # witnesses a reason quotes


def name_actors(actors: Sequence[Actor], members: Sequence[Annotated], aliases: Sequence[Alias]) -> list[Actor]:
    """The actors with every alias that the reports write carried out; each says so by a reason.

    An actor belongs to an alias where one of its mentions is written as one of the forms; words of a form inside a longer
    name of somebody else do not count.
    """
    found: dict[str, list[Witness]] = {}
    for one in members:
        for span, alias in find_forms(one, aliases):
            found.setdefault(alias.name, []).append(Witness(one.report.id, *span))
    kept = list(actors)
    for alias in aliases:
        if found.get(alias.name):
            kept = _named(kept, members, alias, found[alias.name])
    return kept


def _named(actors: list[Actor], members: Sequence[Annotated], alias: Alias, written: Sequence[Witness]) -> list[Actor]:
    places: dict[str, list[Witness]] = {}
    for w in written:
        places.setdefault(w.report, []).append(w)
    meant = [actor for actor in actors if any(_is(m, places.get(m.report, ())) for m in actor.mentions)]
    others = [actor for actor in actors if actor not in meant]
    longer: dict[str, list[Witness]] = {}
    for actor in others:
        for m in actor.mentions:
            longer.setdefault(m.report, []).append(m)
    own = [w for w in written if not any(covers((m.start, m.end), (w.start, w.end)) for m in longer.get(w.report, ()))]
    return [*others, _joined(meant, members, alias, own)] if own or meant else actors


def _is(mention: Witness, written: Sequence[Witness]) -> bool:
    """Whether the mention is the written form, or all but a title or an ending of it."""
    return any(
        covers((w.start, w.end), (mention.start, mention.end))
        or (
            (w.start == mention.start and overlap((w.start, w.end), (mention.start, mention.end)) == w.end - w.start)
            and mention.end - w.end <= 2
        )
        for w in written
    )


def _joined(meant: Sequence[Actor], members: Sequence[Annotated], alias: Alias, own: Sequence[Witness]) -> Actor:
    reports = {one.report.id: one.report for one in members}
    held = {m for actor in meant for m in actor.mentions}
    new = [
        w for w in own if not any(m.report == w.report and overlap((m.start, m.end), (w.start, w.end)) for m in held)
    ]
    often = Counter((reports[w.report].text[w.start : w.end], reports[w.report].language) for w in new)
    forms = {form: None for actor in meant for form in actor.forms}
    forms |= {Form(*key): None for key in sorted(often, key=lambda key: (-often[key], key[0], key[1] or ""))}
    used = tuple(sorted({reports[w.report].text[w.start : w.end] for w in own}))
    reason = give(RULE, reports, tuple(sorted(own))[:SHOWN], (alias.name, *used))
    most = max(meant, key=lambda actor: (len(actor.mentions), actor.id), default=None)
    return Actor(
        id=content_id("a", "alias", alias.name),
        name=alias.name,
        kind=alias.kind or (most.kind if most else "description"),
        forms=tuple(forms),
        roles=tuple(
            sorted({role for actor in meant for role in actor.roles}, key=lambda r: (r.report, r.start, r.end))
        ),
        mentions=tuple(sorted(held | set(new))),
        code=alias.code or (most.code if most else None),
        reasons=(reason, *(r for actor in meant for r in actor.reasons)),
    )
