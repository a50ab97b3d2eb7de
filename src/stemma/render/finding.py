"""What answers the words that somebody looks for: the same lines on the terminal (``stemma find``) and on the page.

A line answers when each of the words meets a word of it (``matching.py``): of the sentences that it rests on, in every
language, and of every form of the names that stand in them. What no comparison picked up is found as a sentence of its
report. Where nothing answers, the reports do not say it in these words: "not stated".
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup
from msgspec import Struct

from stemma.records import Actor, Confidence, Quotation, Witness
from stemma.render.clean import sentences, shown
from stemma.render.counted import spread
from stemma.render.evidence import Apparatus
from stemma.render.matching import Sought, words_of
from stemma.render.situation import stated
from stemma.spans import overlap

Kind = Literal["disagreement", "statement", "utterance", "quotation", "situation", "actor", "sentence"]
KINDS: tuple[Kind, ...] = ("disagreement", "statement", "utterance", "quotation", "situation", "actor", "sentence")
WHOLE: tuple[Kind, ...] = (
    "disagreement",
    "statement",
    "utterance",
    "quotation",
)  # kinds that tell the sentence they stand in


class Answer(Struct, frozen=True, kw_only=True):
    """A line of ``stemma find``. ``text`` is the words of the first witness; ``disagreements`` are the ids of those in which
    one of the witnesses is a version; ``families`` carry it. A "sentence" stands in one report and in no other line."""

    story: str
    kind: Kind
    id: str
    text: str
    families: tuple[str, ...]
    confidence: Confidence
    disagreements: tuple[str, ...]
    witnesses: tuple[Witness, ...]


@dataclass(frozen=True)
class Unit:
    """Something that can answer. ``spans`` are the words it is found by, ``names`` the actors whose forms count among them;
    ``witnesses`` are what it shows."""

    kind: Kind
    id: str
    spans: tuple[Witness, ...]
    names: tuple[int, ...]
    witnesses: tuple[Witness, ...]
    families: tuple[str, ...]
    confidence: Confidence


@dataclass(frozen=True)
class Index:
    """Everything of a story that can answer, in the order of the answers; ``forms`` are the actors' spellings."""

    book: Apparatus
    units: tuple[Unit, ...]
    forms: tuple[tuple[tuple[str, str], ...], ...]


def make_index(book: Apparatus) -> Index:
    """What can answer in one story: disagreements first, then what several say, sayings, the situation, names, single sentences."""
    bounds = {one: _sentences(book, one) for one in book.named}
    actors = [one for one in book.dossier.actors if one.kind != "description"]
    mentions = _Mentions(actors)
    units = [
        *_disagreements(book, bounds, mentions),
        *([] if book.short else _told(book, actors, mentions)),
        *_actors(book, actors),
        *_rest(book, bounds, mentions),
    ]
    forms = tuple(
        tuple(dict.fromkeys((shown(f.text), (f.language or "").split("-")[0]) for f in one.forms)) for one in actors
    )
    return Index(book, tuple(units), forms)


def _told(book: Apparatus, actors: Sequence[Actor], mentions: _Mentions) -> list[Unit]:
    """The lines that a story given in short does not show; their sentences are found as such."""
    return [*_statements(book, mentions), *_sayings(book, actors, mentions), *_situation(book, actors, mentions)]


def find(index: Index, asked: str) -> list[Answer]:
    """The lines that answer all of the words, in the order of the index; [] says that it is not stated."""
    found = [index.units[k] for k in answering(index, asked)]
    wanted = list(dict.fromkeys(words_of(asked)))
    differing = [
        (d.id, {(w.report, w.start, w.end) for r in d.readings for w in r.witnesses})
        for d in index.book.dossier.disagreements
    ]
    return [
        Answer(
            story=index.book.dossier.story.id,
            kind=unit.kind,
            id=unit.id,
            text=index.book.quote(_telling(index.book, unit.witnesses, wanted)).text,
            families=unit.families,
            confidence=unit.confidence,
            disagreements=tuple(
                id_
                for id_, versions in differing
                if id_ != unit.id and unit.kind != "actor" and _meet(unit.witnesses, versions)
            ),
            witnesses=unit.witnesses,
        )
        for unit in found
    ]


def _telling(book: Apparatus, witnesses: tuple[Witness, ...], wanted: list[str]) -> Witness:
    """The witness that has most of the words itself; the first of them."""

    def having(witness: Witness) -> int:
        words = words_of(book.quote(witness).text)
        sought = [Sought(one, _language(book, witness.report)) for one in wanted]
        return sum(any(one.meets(word) for word in words) for one in sought)

    return max(witnesses, key=having)


def answering(index: Index, asked: str) -> list[int]:
    """The places in the index of what answers all of the words. A sentence that stands in another answer is left out."""
    wanted = list(dict.fromkeys(words_of(asked)))
    if not wanted:
        return []
    words = _vocabulary(index)
    hits = [_having(words, word) for word in wanted]
    found = sorted(set.intersection(*hits))
    told: dict[str, list[Witness]] = defaultdict(list)
    for k in found:
        if index.units[k].kind in WHOLE:
            for witness in index.units[k].spans:
                told[witness.report].append(witness)
    return [k for k in found if index.units[k].kind != "sentence" or not _tells(index.units[k].spans[0], told)]


def as_data(index: Index) -> Markup:
    """The index for the page's script: for each kind its lines as (id, spans, names), a span as report, start and length;
    the sentences of each report as steps from the one before and lengths, and the names of those that have any; the forms
    of each name, by language. Where the story is given in short only disagreements have a line of their own, and an id."""
    number = {one: k for k, one in enumerate(index.book.named)}
    lines: list[list[object]] = [[] for _ in KINDS[:-1]]
    steps: list[list[int]] = [[] for _ in number]
    ends = [0] * len(number)
    single = []
    for unit in index.units:
        if unit.kind == "sentence":
            report, start, end = number[unit.spans[0].report], unit.spans[0].start, unit.spans[0].end
            steps[report] += (start - ends[report], end - start)
            ends[report] = end
            single.append(unit.names)
        else:
            id_ = unit.id if unit.kind == "disagreement" or not index.book.short else 0
            spans = [v for w in unit.spans for v in (number[w.report], w.start, w.end - w.start)]
            lines[KINDS.index(unit.kind)].append((id_, spans, unit.names))
    named = {k: names for k, names in enumerate(single) if names}
    forms = [
        [[language, *(form for form, of in one if of == language)] for language in dict.fromkeys(of for _, of in one)]
        for one in index.forms
    ]
    data = {"lines": lines, "sentences": steps, "named": named, "forms": forms}
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def _vocabulary(index: Index) -> dict[str, dict[str, set[int]]]:
    """Language, folded word, the units that have it."""
    found: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    folded: dict[Witness, list[str]] = {}
    for k, unit in enumerate(index.units):
        for span in unit.spans:
            if span not in folded:
                folded[span] = words_of(index.book.quote(span).text)
            words = found[_language(index.book, span.report)]
            for word in folded[span]:
                words[word].add(k)
        for name in unit.names:
            for form, language in index.forms[name]:
                for word in words_of(form):
                    found[language][word].add(k)
    return found


def _having(vocabulary: dict[str, dict[str, set[int]]], asked: str) -> set[int]:
    found: set[int] = set()
    for language, words in vocabulary.items():
        sought = Sought(asked, language or None)
        for word, units in words.items():
            if sought.meets(word):
                found |= units
    return found


def _language(book: Apparatus, report: str) -> str:
    return (book.named[report].language or "").split("-")[0]


def _meet(witnesses: Iterable[Witness], versions: set[tuple[str, int, int]]) -> bool:
    return any(w.report == r and overlap((w.start, w.end), (s, e)) for w in witnesses for r, s, e in versions)


def _tells(sentence: Witness, told: dict[str, list[Witness]]) -> bool:
    return any(overlap((w.start, w.end), (sentence.start, sentence.end)) for w in told.get(sentence.report, ()))


class _Mentions:
    """Which actors are named in a span, by their place in the list."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self._at: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for k, actor in enumerate(actors):
            for mention in actor.mentions:
                self._at[mention.report].append((mention.start, mention.end, k))
        for places in self._at.values():
            places.sort()

    def inside(self, spans: Iterable[Witness]) -> tuple[int, ...]:
        found: set[int] = set()
        for span in spans:
            places = self._at.get(span.report, [])
            at = bisect_right(places, (span.start, -1, -1))
            while at < len(places) and places[at][0] < span.end:
                if places[at][1] <= span.end:
                    found.add(places[at][2])
                at += 1
        return tuple(sorted(found))


def _sentences(book: Apparatus, report: str) -> list[tuple[int, int]]:
    """The sentences of the title and the body of a report."""
    text = book.named[report].report.text
    return [
        bounds
        for block in book.blocks[report]
        if block.number or block.place == "title"
        for bounds in sentences(text, block.start, block.end)
    ]


def _widened(spans: Iterable[Witness], bounds: dict[str, list[tuple[int, int]]]) -> tuple[Witness, ...]:
    """Each span with the whole of the sentences it stands in: a version is often a number alone."""
    found: dict[Witness, None] = {}
    for span in spans:
        over = [(s, e) for s, e in bounds[span.report] if overlap((s, e), (span.start, span.end))]
        low, high = min([span.start, *(s for s, _ in over)]), max([span.end, *(e for _, e in over)])
        found[Witness(span.report, low, high)] = None
    return tuple(found)


def _inside(book: Apparatus, spans: Iterable[Witness]) -> tuple[Witness, ...]:
    """The spans whose reports stand in the story, in the order of the sigla, the reader's language first."""
    known = {span for span in spans if span.report in book.named}
    return tuple(sorted(known, key=lambda w: (not book.reads(w.report), book.rank(w.report), w.start, w.end)))


def _disagreements(book: Apparatus, bounds: dict[str, list[tuple[int, int]]], mentions: _Mentions) -> list[Unit]:
    units = []
    for found in sorted(book.dossier.disagreements, key=spread):
        witnesses = _inside(book, (w for reading in found.readings for w in reading.witnesses))
        spans = _widened(witnesses, bounds)
        families = tuple(book.families_of(witnesses))
        units.append(
            Unit("disagreement", found.id, spans, mentions.inside(spans), witnesses, families, found.confidence)
        )  # fmt: skip
    return units


def _statements(book: Apparatus, mentions: _Mentions) -> list[Unit]:
    """What several reports say. One report's own sentence is found as a sentence."""
    units = []
    for one in book.dossier.statements:
        spans = _inside(book, one.sentences)
        if len({w.report for w in spans}) > 1:
            families = one.families or tuple(book.families_of(spans))
            units.append(
                Unit("statement", one.id, spans, mentions.inside(spans), spans, families, one.confidence)
            )  # fmt: skip
    units.sort(key=lambda u: (-len(u.families), book.rank(u.spans[0].report), u.spans[0].start, u.id))
    return units


def _sayings(book: Apparatus, actors: Sequence[Actor], mentions: _Mentions) -> list[Unit]:
    """Acts of speech that several quotations render, then single quotations; both are found by their speaker too."""
    by_id = {q.id: q for q in book.dossier.quotations if q.report in book.named and q.content}
    place = {actor.id: k for k, actor in enumerate(actors)}
    units: list[Unit] = []
    used: set[str] = set()
    for one in book.dossier.utterances:
        members = [by_id[q] for q in one.quotations if q in by_id]
        if len(members) > 1:
            used.update(q.id for q in members)
            units.append(_saying(book, mentions, place, members, ("utterance", one.id, one.confidence)))
    left = sorted(
        (q for q in by_id.values() if q.id not in used and not q.held),
        key=lambda q: (book.rank(q.report), q.content[0].start, q.id),
    )
    return units + [_saying(book, mentions, place, [q], ("quotation", q.id, "sure")) for q in left]


def _saying(
    book: Apparatus,
    mentions: _Mentions,
    place: dict[str, int],
    members: list[Quotation],
    named: tuple[Kind, str, Confidence],
) -> Unit:
    kind, id_, confidence = named
    witnesses = _inside(book, (Witness(q.report, s.start, s.end) for q in members for s in q.content))
    speakers = [Witness(q.report, *q.speaker.span) for q in members if q.speaker and q.speaker.span]
    spans = tuple(dict.fromkeys((*witnesses, *_inside(book, speakers))))
    who = {place[q.speaker.actor] for q in members if q.speaker and q.speaker.actor in place}
    names = tuple(sorted({*mentions.inside(spans), *who}))
    return Unit(kind, id_, spans, names, witnesses, tuple(book.families_of(witnesses)), confidence)


def _situation(book: Apparatus, actors: Sequence[Actor], mentions: _Mentions) -> list[Unit]:
    """Measures, stated causes, positions: found by their words and by every form of their parties' names."""
    units = []
    for one in stated(book):
        named = {party.name for party in one.parties}
        codes = {party.code for party in one.parties} - {None}
        who = {k for k, actor in enumerate(actors) if actor.name in named or actor.code in codes}
        names = tuple(sorted({*mentions.inside(one.witnesses), *who}))
        families = tuple(book.families_of(one.witnesses))
        units.append(Unit("situation", one.id, one.witnesses, names, one.witnesses, families, one.confidence))
    return units


def _actors(book: Apparatus, actors: Sequence[Actor]) -> list[Unit]:
    """The names, each found by its forms and by what the reports call it."""
    units = []
    for k, one in enumerate(actors):
        mentions = _inside(book, one.mentions)
        roles = _inside(book, (Witness(r.report, r.start, r.end) for r in one.roles))
        if mentions:
            units.append(Unit("actor", one.id, roles, (k,), mentions, tuple(book.families_of(mentions)), "sure"))
    return units


def _rest(book: Apparatus, bounds: dict[str, list[tuple[int, int]]], mentions: _Mentions) -> list[Unit]:
    """Every sentence of every report: what no line carries is still said by somebody."""
    units = []
    for report, places in bounds.items():
        for start, end in places:
            span = (Witness(report, start, end),)
            units.append(
                Unit("sentence", f"{report}:{start}", span, mentions.inside(span), span, tuple(book.families_of(span)), "sure")
            )  # fmt: skip
    return units
