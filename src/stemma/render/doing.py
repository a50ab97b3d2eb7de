"""Who did what to whom: a table, a small map of the parties, and who is who."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace

from markupsafe import Markup

from stemma.records import Actor, Interaction, Party, Witness
from stemma.render.clean import Context, clip, flat, shown
from stemma.render.corrected import corrected
from stemma.render.days import in_words
from stemma.render.evidence import Apparatus, Refs, Support
from stemma.render.sigla import anchor
from stemma.render.svg import drawing, element, fitted

FIRST_SHOWN = 12
MOST_PEOPLE = 24
GROUP_CODES = {"IGO", "NGO", "IMG", "ISM", "MNC", "UNO", "EUR", "KOS"}  # kinds of body, not one state each
MAP_PARTIES = 7  # more lines between more parties cannot be followed by eye
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


@dataclass(frozen=True)
class Deed:
    """One row: acts of one kind between the same parties."""

    anchor: str
    actor: str
    recipient: str
    quad: str
    quad_words: str
    type: str
    when: str
    status: str
    acts: int
    context: Context
    lang: str
    dir: str | None
    measure: str
    because: str
    because_lang: str
    attributed: str
    refs: Refs
    support: Support
    confidence: str
    again: bool = False


@dataclass(frozen=True)
class Person:
    """An actor with what the reports call it."""

    anchor: str
    name: str
    roles: list[tuple[str, str]]
    forms: list[tuple[str, str]]
    refs: Refs
    id: str
    corrected: list[str]


@dataclass(frozen=True)
class Doings:
    """The part as a whole."""

    deeds: list[Deed]
    rest: list[Deed]
    map: Markup
    people: list[Person]


def make_doings(book: Apparatus) -> Doings:
    """Rows, map and actors of one story. Rows with both parties known come first, those that no one is sure of last."""
    found = sorted(
        (i for i in book.dossier.interactions if i.report in book.named),
        key=lambda i: (book.rank(i.report), i.start, i.end),
    )
    called = _party_names(book, found)
    groups: dict[tuple[str, str, str, str], list[Interaction]] = {}
    for one in found:
        groups.setdefault((*_sides(one, called), one.quad, one.status), []).append(one)
    made = [_deed(book, key, members, number) for number, (key, members) in enumerate(groups.items(), 1)]
    deeds = _in_order(book, made)
    first = [d for d in deeds if d.confidence != "unsure"][:FIRST_SHOWN] if len(deeds) > FIRST_SHOWN else deeds
    rest = [d for d in deeds if d not in first]
    return Doings(_named_once(first), _named_once(rest), draw_map(book, deeds), _people(book))


def _in_order(book: Apparatus, deeds: list[Deed]) -> list[Deed]:
    """Pairs of parties together, those with most lines of reporting first; where a party is not stated, last."""
    nowhere = book.words("page.not_stated")
    weight: Counter[tuple[str, ...]] = Counter()
    for deed in deeds:
        weight[tuple(sorted((deed.actor, deed.recipient)))] += deed.support.count * 10 + deed.acts
    return sorted(
        deeds,
        key=lambda d: (
            nowhere in (d.actor, d.recipient), -weight[tuple(sorted((d.actor, d.recipient)))], sorted((d.actor, d.recipient)),
            d.actor, d.confidence == "unsure", -d.support.count, -d.acts, QUADS.index(d.quad), d.status,
        ),
    )  # fmt: skip


def _named_once(deeds: list[Deed]) -> list[Deed]:
    """Only the first of the rows between the same parties names them to the eye."""
    pairs = [(d.actor, d.recipient) for d in deeds]
    return [replace(d, again=index > 0 and pairs[index - 1] == pairs[index]) for index, d in enumerate(deeds)]


def _sides(one: Interaction, called: dict[str, str]) -> tuple[str, str]:
    """The names of both sides; where both would get one name (two persons of one state), the reports' own."""
    sides = _names(one.actor, called), _names(one.recipient, called)
    return sides if sides[0] != sides[1] else (_names(one.actor, {}), _names(one.recipient, {}))


def _party_names(book: Apparatus, found: list[Interaction]) -> dict[str, str]:
    """One name for each state or organisation code: the state's own among those the reports use, else the most frequent."""
    used: dict[str, Counter[str]] = {}
    for one in found:
        for party in (*one.actor, *one.recipient):
            if party.code:
                used.setdefault(party.code, Counter())[party.name] += 1
    states = {a.name.casefold(): a.name for a in book.dossier.actors if a.kind == "state"}
    states |= {f.text.casefold(): a.name for a in book.dossier.actors if a.kind == "state" for f in a.forms}
    names = {}
    for code, counted in used.items():
        if len(code) == 3 and code not in GROUP_CODES:
            ordered = sorted(counted, key=lambda n: (-counted[n], n))
            names[code] = next((states[n.casefold()] for n in ordered if n.casefold() in states), ordered[0])
    return names


def _names(parties: tuple[Party, ...], called: dict[str, str]) -> str:
    return ", ".join(sorted({clip(shown(called.get(p.code or "", p.name)), 60) for p in parties}))


def _deed(book: Apparatus, key: tuple[str, str, str, str], found: list[Interaction], number: int) -> Deed:
    best = min(found, key=lambda i: (not book.reads(i.report), book.rank(i.report), i.start))
    named = book.named[best.report]
    spans = [Witness(i.report, i.start, i.end) for i in found]
    because = next((w for i in (best, *found) for w in i.because if w.report in book.named), None)
    measured = next((i for i in (best, *found) if i.measure), None)
    words, context = book.words, book.part(Witness(best.report, best.start, best.end))
    return Deed(
        anchor=f"deed-{number}",
        actor=key[0] or words("page.not_stated"),
        recipient=key[1] or words("page.not_stated"),
        quad=key[2],
        quad_words=words.raw("quad", key[2]) or key[2],
        type=", ".join(dict.fromkeys(i.type.lower() for i in found if i.type)),
        when=in_words(best.date, words) if best.date else "",
        status="" if key[3] == "historical" else words(f"status.{key[3]}"),
        acts=len(found),
        context=context,
        lang=named.lang,
        dir=named.dir,
        measure=_measure(book, measured, context),
        because=clip(book.quote(because).text, 160) if because else "",
        because_lang=book.quote(because).lang if because else "und",
        attributed=clip(shown(best.attributed_to), 60) if best.attributed_to else "",
        refs=book.refs([*spans, *([because] if because else [])]),
        support=book.support(book.families_of(spans)),
        confidence=min((i.confidence for i in found), key=("sure", "likely", "unsure").index),
    )


def _measure(book: Apparatus, one: Interaction | None, context: Context) -> str:
    """The words of the measure, unless they are marked in the sentence already."""
    if one is None or one.measure is None:
        return ""
    words = flat(book.named[one.report].report.text[one.measure.start : one.measure.end])
    return "" if words.strip() in context.hit else clip(words, 120)


def _people(book: Apparatus) -> list[Person]:
    """Persons and organisations, those in most reports first."""
    kept = [
        a
        for a in book.dossier.actors
        if a.kind in ("person", "organisation") and any(m.report in book.named for m in a.mentions)
    ]
    kept.sort(key=lambda a: (a.kind != "person", -len({m.report for m in a.mentions}), -len(a.mentions), a.name, a.id))
    return [_person(book, one) for one in kept[:MOST_PEOPLE]]


def _person(book: Apparatus, actor: Actor) -> Person:
    roles: dict[str, tuple[str, str]] = {}
    for role in sorted(
        (r for r in actor.roles if r.report in book.named), key=lambda r: (book.rank(r.report), r.start)
    ):
        roles.setdefault(role.text.casefold(), (clip(shown(role.text), 80), book.named[role.report].lang))
    forms: dict[str, tuple[str, str]] = {}
    for form in actor.forms:
        if form.text.casefold() != actor.name.casefold():
            forms.setdefault(form.text.casefold(), (clip(shown(form.text), 60), form.language or "und"))
    first = {m.report: m for m in sorted(actor.mentions, reverse=True) if m.report in book.named}
    return Person(
        f"who-{actor.id}",
        clip(shown(actor.name), 80),
        list(roles.values())[:6],
        list(forms.values())[:8],
        book.refs(first.values()),
        actor.id,
        corrected(book.words, actor.reasons),
    )


def draw_map(book: Apparatus, deeds: list[Deed]) -> Markup:
    """The parties on a ring; an arrow for each pair, solid for cooperation and dashed for conflict, with the number of acts."""
    links: dict[tuple[str, str, bool], int] = {}
    nowhere = book.words("page.not_stated")
    for deed in deeds:
        if deed.confidence != "unsure" and nowhere not in (deed.actor, deed.recipient) and deed.actor != deed.recipient:
            key = (deed.actor, deed.recipient, "conflict" in deed.quad)
            links[key] = links.get(key, 0) + deed.acts
    weight: dict[str, int] = {}
    for (actor, recipient, _), n in links.items():
        weight[actor] = weight.get(actor, 0) + n
        weight[recipient] = weight.get(recipient, 0) + n
    parties = sorted(weight, key=lambda p: (-weight[p], p))[:MAP_PARTIES]
    if len(parties) < 3:
        return Markup("")
    return _ring(book, parties, {k: n for k, n in links.items() if k[0] in parties and k[1] in parties})


def _ring(book: Apparatus, parties: list[str], links: dict[tuple[str, str, bool], int]) -> Markup:
    width, height, reach_x, reach_y = 560.0, 270.0, 150.0, 95.0
    spots = {}
    for index, party in enumerate(parties):
        turn = 2 * math.pi * index / len(parties) - math.pi / 2
        spots[party] = (width / 2 + reach_x * math.cos(turn), height / 2 + reach_y * math.sin(turn))
    place = anchor("", book.dossier.story.id)
    parts = [element("defs", *(_head(kind, place) for kind in ("cooperation", "conflict")))]
    for (actor, recipient, conflict), n in sorted(links.items()):
        parts += _arrow(spots[actor], spots[recipient], "conflict" if conflict else "cooperation", n, place)
    for party in parties:
        x, y = spots[party]
        side = "middle" if abs(x - width / 2) < 40 else ("start" if x > width / 2 else "end")
        shift = {"middle": 0, "start": 10, "end": -10}[side]
        down = {"middle": -12 if y < height / 2 else 22}.get(side, 5)
        parts.append(element("circle", cx=x, cy=y, r=5, class_="party"))
        parts.append(
            element(
                "text",
                fitted(party, 130 if side != "middle" else 260, 13),
                x=x + shift,
                y=y + down,
                class_=f"party-name at-{side}",
                paint_order="stroke",
            )
        )
    return drawing(width, height, book.words("doing.map"), *parts, class_="map")


def _head(kind: str, place: str) -> Markup:
    path = element("path", d="M0 0L8 4L0 8Z", class_=f"head {kind}")
    return element(
        "marker",
        path,
        id=f"head-{kind}-{place}",
        markerWidth="8",
        markerHeight="8",
        refX="7",
        refY="4",
        orient="auto",
        markerUnits="userSpaceOnUse",
    )


def _arrow(start: tuple[float, float], end: tuple[float, float], kind: str, n: int, place: str) -> list[Markup]:
    """A bent line, so that both directions and both kinds between two parties stay apart."""
    (x1, y1), (x2, y2) = start, end
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    bend = 18.0 if kind == "cooperation" else 40.0
    mx, my = (x1 + x2) / 2 - uy * bend, (y1 + y2) / 2 + ux * bend
    a, b = (x1 + ux * 9, y1 + uy * 9), (x2 - ux * 9, y2 - uy * 9)
    line = element(
        "path",
        d=f"M{a[0]:.1f} {a[1]:.1f}Q{mx:.1f} {my:.1f} {b[0]:.1f} {b[1]:.1f}",
        class_=f"arrow {kind}",
        marker_end=f"url(#head-{kind}-{place})",
    )
    tx, ty = (x1 + x2) / 2 - uy * bend * 0.62, (y1 + y2) / 2 + ux * bend * 0.62
    return [line, element("text", str(n), x=tx, y=ty + 4, class_=f"arrow-count {kind}", paint_order="stroke")]
