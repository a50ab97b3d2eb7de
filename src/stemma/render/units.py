"""What can answer somebody who looks for words: everything that a story's lines rest on, and every single sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from stemma.records import Actor, Confidence, Quotation, Witness
from stemma.render.counted import spread, subject
from stemma.render.evidence import Apparatus
from stemma.render.situation import stated

Kind = Literal["disagreement", "statement", "utterance", "quotation", "situation", "actor", "sentence"]
KINDS: tuple[Kind, ...] = ("disagreement", "statement", "utterance", "quotation", "situation", "actor", "sentence")
Bounds = dict[str, list[tuple[int, int]]]  # report -> its sentences


@dataclass(frozen=True)
class Unit:
    """Something that can answer. ``spans`` are the words it is found by, each for its own report; of a disagreement its
    versions, which are looked for in their sentences. ``named`` are the actors it is about, whatever the words of a report
    are, and ``about`` is its heading; ``witnesses`` are what it shows."""

    kind: Kind
    id: str
    spans: tuple[Witness, ...]
    named: tuple[int, ...]
    witnesses: tuple[Witness, ...]
    confidence: Confidence
    about: str = ""


def make_units(book: Apparatus, actors: Sequence[Actor], bounds: Bounds) -> tuple[Unit, ...]:
    """What can answer in one story: disagreements first, then what several say, sayings, the situation, names, single
    sentences. A story given in short shows no statements, sayings and situation; their sentences are found as such."""
    told = [] if book.short else [*_statements(book), *_sayings(book, actors), *_situation(book, actors)]
    return (*_disagreements(book), *told, *_actors(book, actors), *_sentences(bounds))


def _inside(book: Apparatus, spans: Iterable[Witness]) -> tuple[Witness, ...]:
    """The spans whose reports stand in the story, in the order of the sigla, the reader's language first."""
    known = {span for span in spans if span.report in book.named}
    return tuple(sorted(known, key=lambda w: (not book.reads(w.report), book.rank(w.report), w.start, w.end)))


def _disagreements(book: Apparatus) -> list[Unit]:
    units = []
    for found in sorted(book.dossier.disagreements, key=spread):
        versions = _inside(book, (w for reading in found.readings for w in reading.witnesses))
        units.append(
            Unit("disagreement", found.id, versions, (), versions, found.confidence, about=subject(book, found))
        )
    return units


def _statements(book: Apparatus) -> list[Unit]:
    """What several reports say. One report's own sentence is found as a sentence."""
    units = []
    for one in book.dossier.statements:
        spans = _inside(book, one.sentences)
        if len({w.report for w in spans}) > 1:
            units.append(Unit("statement", one.id, spans, (), spans, one.confidence))
    units.sort(key=lambda u: (-len(book.families_of(u.spans)), book.rank(u.spans[0].report), u.spans[0].start, u.id))
    return units


def _sayings(book: Apparatus, actors: Sequence[Actor]) -> list[Unit]:
    """Acts of speech that several quotations render, then single quotations; both are found by their speaker too."""
    by_id = {q.id: q for q in book.dossier.quotations if q.report in book.named and q.content}
    place = {actor.id: k for k, actor in enumerate(actors)}
    units: list[Unit] = []
    used: set[str] = set()
    for one in book.dossier.utterances:
        members = [by_id[q] for q in one.quotations if q in by_id]
        if len(members) > 1:
            used.update(q.id for q in members)
            units.append(_saying(book, place, members, ("utterance", one.id, one.confidence)))
    left = sorted(
        (q for q in by_id.values() if q.id not in used and not q.held),
        key=lambda q: (book.rank(q.report), q.content[0].start, q.id),
    )
    return units + [_saying(book, place, [q], ("quotation", q.id, "sure")) for q in left]


def _saying(
    book: Apparatus, place: dict[str, int], members: list[Quotation], line: tuple[Kind, str, Confidence]
) -> Unit:
    kind, id_, confidence = line
    witnesses = _inside(book, (Witness(q.report, s.start, s.end) for q in members for s in q.content))
    speakers = _inside(book, (Witness(q.report, *q.speaker.span) for q in members if q.speaker and q.speaker.span))
    named = tuple(sorted({place[q.speaker.actor] for q in members if q.speaker and q.speaker.actor in place}))
    return Unit(kind, id_, tuple(dict.fromkeys((*witnesses, *speakers))), named, witnesses, confidence)


def _situation(book: Apparatus, actors: Sequence[Actor]) -> list[Unit]:
    """Measures, stated causes, positions: found by their words and by every form of their parties' names."""
    units = []
    for one in stated(book):
        names = {party.name for party in one.parties}
        codes = {party.code for party in one.parties} - {None}
        named = tuple(k for k, actor in enumerate(actors) if actor.name in names or actor.code in codes)
        units.append(Unit("situation", one.id, one.witnesses, named, one.witnesses, one.confidence))
    return units


def _actors(book: Apparatus, actors: Sequence[Actor]) -> list[Unit]:
    """The names, each found by its forms and by what the reports call it."""
    units = []
    for k, one in enumerate(actors):
        mentions = _inside(book, one.mentions)
        roles = _inside(book, (Witness(r.report, r.start, r.end) for r in one.roles))
        if mentions:
            units.append(Unit("actor", one.id, roles, (k,), mentions, "sure"))
    return units


def _sentences(bounds: Bounds) -> list[Unit]:
    """Every sentence of every report: what no line carries is still said by somebody."""
    return [
        Unit("sentence", f"{report}:{start}", (span,), (), (span,), "sure")
        for report, places in bounds.items()
        for start, end in places
        for span in (Witness(report, start, end),)
    ]
