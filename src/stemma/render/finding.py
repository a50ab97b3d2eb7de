"""What answers the words that somebody looks for: the same lines on the terminal (``stemma find``) and on the page.

A line answers when one report meets each of the words (``matching.py``) in what the line takes from it: in its own
words, in every form of the names that stand in them, and in figures where it writes a number in words. Only the reports that do are
its witnesses; the others of the line say it in other words. What no comparison picked up is found as a sentence of its
report. Where nothing answers, the reports do not say it in these words: "not stated".
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup
from msgspec import Struct

from stemma.records import Confidence, Witness
from stemma.render.clean import sentences, shown
from stemma.render.evidence import Apparatus
from stemma.render.matching import Sought, terms_of, words_of
from stemma.render.numbered import InWords, read_numbers, spoken
from stemma.render.units import KINDS, Bounds, Kind, Unit, make_units
from stemma.spans import overlap

WHOLE: tuple[Kind, ...] = KINDS[:4]  # kinds that tell the sentence they stand in
EVERY = 0  # stands for all reports of a unit where its reports are numbered: they are from 1
Mention = tuple[int, int, int]  # start, end and the place of the actor that is named


class Answer(Struct, frozen=True, kw_only=True):
    """A line of ``stemma find``. ``witnesses`` are the spans that meet all the words and ``text`` the words of the first;
    ``otherwise`` are the line's other spans, which say it in other words. Of a disagreement every version is a witness.
    ``families`` carry the witnesses; ``disagreements`` are the ids of those in which one of them is a version. A "sentence"
    stands in one report and in no other line."""

    story: str
    kind: Kind
    id: str
    text: str
    families: tuple[str, ...]
    confidence: Confidence
    disagreements: tuple[str, ...]
    witnesses: tuple[Witness, ...]
    otherwise: tuple[Witness, ...] = ()


@dataclass(frozen=True)
class Index:
    """Everything of a story that can answer, in the order of the answers. ``forms`` are the actors' spellings with their
    languages, ``mentions`` where each report names an actor, ``numbers`` where it writes a number in words, ``spoken`` how
    numbers may be asked for."""

    book: Apparatus
    units: tuple[Unit, ...]
    bounds: Bounds
    forms: tuple[tuple[tuple[str, str], ...], ...]
    mentions: dict[str, list[Mention]]
    numbers: dict[str, tuple[InWords, ...]]
    spoken: dict[str, str]


def make_index(book: Apparatus) -> Index:
    """What can answer in one story."""
    actors = [one for one in book.dossier.actors if one.kind != "description"]
    bounds = {one: _sentences(book, one) for one in book.named}
    texts = {one: named.report.text for one, named in book.named.items()}
    read = {one: read_numbers(texts[one], bounds[one], _language(book, one) or None) for one in bounds}
    mentions: dict[str, list[Mention]] = {one: [] for one in book.named}
    for k, actor in enumerate(actors):
        for mention in actor.mentions:
            if mention.report in mentions:
                mentions[mention.report].append((mention.start, mention.end, k))
    return Index(
        book=book,
        units=make_units(book, actors, bounds),
        bounds=bounds,
        forms=tuple(
            tuple(dict.fromkeys((shown(f.text), (f.language or "").split("-")[0]) for f in one.forms)) for one in actors
        ),
        mentions={one: sorted(places) for one, places in mentions.items()},
        numbers={one: found.numbers for one, found in read.items()},
        spoken=spoken(((texts[one], found) for one, found in read.items()), book.reader.split("-")[0]),
    )


def find(index: Index, asked: str) -> list[Answer]:
    """The lines that answer all of the words, in the order of the index; [] says that it is not stated."""
    versions = [
        (d.id, {(w.report, w.start, w.end) for r in d.readings for w in r.witnesses})
        for d in index.book.dossier.disagreements
    ]
    return [_answer(index, index.units[k], reports, versions) for k, reports in _answering(index, asked).items()]


def _answer(
    index: Index, unit: Unit, reports: set[str] | None, versions: list[tuple[str, set[tuple[str, int, int]]]]
) -> Answer:
    everyone = reports is None or unit.kind == "disagreement"
    witnesses = tuple(w for w in unit.witnesses if everyone or w.report in (reports or ()))
    first = next((w for w in witnesses if reports is None or w.report in reports), witnesses[0])
    return Answer(
        story=index.book.dossier.story.id,
        kind=unit.kind,
        id=unit.id,
        text=index.book.quote(first).text,
        families=tuple(index.book.families_of(witnesses)),
        confidence=unit.confidence,
        disagreements=tuple(
            id_ for id_, spans in versions if id_ != unit.id and unit.kind != "actor" and _meet(witnesses, spans)
        ),
        witnesses=witnesses,
        otherwise=tuple(w for w in unit.witnesses if w not in witnesses),
    )


def answering(index: Index, asked: str) -> list[int]:
    """The places in the index of what answers all of the words."""
    return list(_answering(index, asked))


def _answering(index: Index, asked: str) -> dict[int, set[str] | None]:
    """What answers all of the words, with the reports that do (None: all of its reports, which it is about). A sentence that
    stands in another answer is left out."""
    terms = terms_of(asked, index.spoken)
    if not terms:
        return {}
    vocabulary = _vocabulary(index)
    hits = [_having(vocabulary, term) for term in terms]
    reports = ["", *index.book.named]
    found: dict[int, set[str] | None] = {}
    for k in sorted(set.intersection(*(set(hit) for hit in hits))):
        ours = [hit[k] for hit in hits]
        if index.units[k].kind == "disagreement" and not any(EVERY in one for one in ours):
            continue  # the words stand round its versions, which differ in something else
        narrow = [one for one in ours if EVERY not in one]
        if not narrow:
            found[k] = None
        elif shared := set.intersection(*narrow):
            found[k] = {reports[number] for number in shared}
    told = _told(index, found)
    return {
        k: which
        for k, which in found.items()
        if index.units[k].kind != "sentence" or not _tells(index.units[k].spans[0], told)
    }


def _told(index: Index, found: dict[int, set[str] | None]) -> dict[str, list[Witness]]:
    """By report the spans that answers show whole."""
    told: dict[str, list[Witness]] = defaultdict(list)
    for k, reports in found.items():
        if index.units[k].kind in WHOLE:
            for span in _searched(index, index.units[k]):
                if reports is None or span.report in reports:
                    told[span.report].append(span)
    return told


def as_data(index: Index) -> Markup:
    """The index for the page's script: for each kind its lines as (id, spans, names, heading), a span as report, start and
    length; of each report its sentences, the names and the numbers in words that stand in it, each as a step from the start
    of the one before, a length, and the place of the name or the figures; the forms of each name, by language; how numbers
    are said. Where the story is given in short only disagreements have a line of their own, and an id."""
    number = {one: k for k, one in enumerate(index.book.named)}
    lines: list[list[object]] = [[] for _ in KINDS[:-1]]
    for unit in index.units:
        if unit.kind != "sentence":
            id_ = unit.id if unit.kind == "disagreement" or not index.book.short else 0
            spans = [v for w in unit.spans for v in (number[w.report], w.start, w.end - w.start)]
            lines[KINDS.index(unit.kind)].append((id_, spans, unit.named, *([unit.about] if unit.about else [])))
    forms = [
        [[language, *(form for form, of in one if of == language)] for language in dict.fromkeys(of for _, of in one)]
        for one in index.forms
    ]
    data = {
        "lines": lines,
        "sentences": [_steps((s, e) for s, e in index.bounds[one]) for one in number],
        "mentions": [_steps(index.mentions[one]) for one in number],
        "numbers": [_steps(index.numbers[one]) for one in number],
        "forms": forms,
        "spoken": index.spoken,
    }
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def _steps(places: Iterable[tuple[object, ...]]) -> list[object]:
    """(start, end, ...) one after the other as (step from the start before, length, ...)."""
    found: list[object] = []
    before = 0
    for start, end, *more in places:
        assert isinstance(start, int) and isinstance(end, int)
        found += (start - before, end - start, *more)
        before = start
    return found


def _vocabulary(index: Index) -> dict[str, dict[str, set[tuple[int, int]]]]:
    """Language, folded word, the units that have it, each with the number of the report it has it from."""
    number = {one: k for k, one in enumerate(index.book.named, start=EVERY + 1)}
    found: dict[str, dict[str, set[tuple[int, int]]]] = defaultdict(lambda: defaultdict(set))
    known: dict[Witness, list[tuple[str, str]]] = {}

    def put(spans: Iterable[Witness], k: int, by_report: bool) -> None:
        for span in spans:
            if span not in known:
                known[span] = list(dict.fromkeys(_words(index, span)))
            for language, word in known[span]:
                found[language][word].add((k, number[span.report] if by_report else EVERY))

    for k, unit in enumerate(index.units):
        put(_searched(index, unit), k, by_report=True)
        if unit.kind == "disagreement":
            put(unit.spans, k, by_report=False)
        for language, word in _form_words(index, unit.named):
            found[language][word].add((k, EVERY))
        for word in words_of(unit.about):
            found[index.book.words.language][word].add((k, EVERY))
    return found


def _searched(index: Index, unit: Unit) -> tuple[Witness, ...]:
    """The spans in whose words a unit is looked for: a version is often a number alone."""
    return _widened(unit.spans, index.bounds) if unit.kind == "disagreement" else unit.spans


def _words(index: Index, span: Witness) -> Iterator[tuple[str, str]]:
    """The words a span is found by, each with its language: its own, with figures for numbers in words, and those of every
    form of the names in it."""
    text = index.book.named[span.report].report.text
    own = _language(index.book, span.report)
    at = span.start
    for one in index.numbers[span.report]:
        if span.start <= one.start and one.end <= span.end:
            yield from ((own, word) for word in words_of(text[at : one.start]))
            yield own, one.figures
            at = one.end
    yield from ((own, word) for word in words_of(text[at : span.end]))
    inside = [k for start, end, k in index.mentions[span.report] if span.start <= start and end <= span.end]
    yield from _form_words(index, inside)


def _form_words(index: Index, named: Iterable[int]) -> Iterator[tuple[str, str]]:
    return ((language, word) for k in named for form, language in index.forms[k] for word in words_of(form))


def _having(vocabulary: dict[str, dict[str, set[tuple[int, int]]]], term: tuple[str, ...]) -> dict[int, set[int]]:
    """The units that meet what is looked for, with the reports that do."""
    found: dict[int, set[int]] = defaultdict(set)
    for language, words in vocabulary.items():
        sought = [Sought(one, language or None) for one in term]
        for word, places in words.items():
            if any(one.meets(word) for one in sought):
                for k, report in places:
                    found[k].add(report)
    return found


def _language(book: Apparatus, report: str) -> str:
    return (book.named[report].language or "").split("-")[0]


def _meet(witnesses: Iterable[Witness], versions: set[tuple[str, int, int]]) -> bool:
    return any(w.report == r and overlap((w.start, w.end), (s, e)) for w in witnesses for r, s, e in versions)


def _tells(sentence: Witness, told: dict[str, list[Witness]]) -> bool:
    return any(overlap((w.start, w.end), (sentence.start, sentence.end)) for w in told.get(sentence.report, ()))


def _sentences(book: Apparatus, report: str) -> list[tuple[int, int]]:
    """The sentences of the title and the body of a report."""
    text = book.named[report].report.text
    return [
        bounds
        for block in book.blocks[report]
        if block.number or block.place == "title"
        for bounds in sentences(text, block.start, block.end)
    ]


def _widened(spans: Iterable[Witness], bounds: Bounds) -> tuple[Witness, ...]:
    """Each span with the whole of the sentences it stands in."""
    found: dict[Witness, None] = {}
    for span in spans:
        over = [(s, e) for s, e in bounds[span.report] if overlap((s, e), (span.start, span.end))]
        low, high = min([span.start, *(s for s, _ in over)]), max([span.end, *(e for _, e in over)])
        found[Witness(span.report, low, high)] = None
    return tuple(found)
