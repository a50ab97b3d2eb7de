"""Who said what: sayings that stand in several reports with their changed wording, then all other quotations by speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from stemma.records import Quotation, Span, Utterance, Witness
from stemma.render.clean import clip, flat, shown
from stemma.render.evidence import Apparatus, Ref
from stemma.render.sigla import anchor
from stemma.render.wording import Piece, compare

MOST_SAYINGS = 150  # acts of speech, and
MOST_QUOTED = 400  # single quotations in marks and as many without: the JSON has all
FIRST_SHOWN = 12  # sayings before the rest is folded away
_MARKS = "\"'“”„‟‘’‚«»‹›「」『』"
# A report's own marks beside marked words, with the narrow blank that French sets inside them.
_OPENED = re.compile(rf"(?:[{_MARKS}]+|[«»‹›][ \u00a0\u202f])$")
_CLOSED = re.compile(rf"^(?:[ \u00a0\u202f][«»‹›]|[{_MARKS}]+)")
_REMARK = re.compile(r"[,;:()–—\n]")
WORDS_BEFORE = 4  # "has so far not", and no clause
MOST_CUE = 48
VERDICTS = {"several lines": "lines", "one line": "one", "not as quoted": "not", "translated": "translated"}


@dataclass(frozen=True)
class Rendering:
    """One report's version of a saying. ``runs`` are its words in order, each run inside quotation marks or not, and in
    each run what is the same as, new beside, or gone from the version closest to the source."""

    ref: Ref
    runs: list[tuple[bool, list[Piece]]]
    changed: bool
    lang: str
    dir: str | None
    tongue: str
    drift: list[str]
    bad: bool
    dash: bool
    form: str
    speaker: str
    closest: bool
    cue: str = ""
    also: tuple[Ref, ...] = ()
    id: str = ""

    @property
    def said(self) -> tuple[object, ...]:
        """What makes two versions the same to a reader: the words, where the marks stand, the language, the drift."""
        words = [(inside, "".join(p.text for p in pieces if p.change != "gone")) for inside, pieces in self.runs]
        return (tuple(words), self.changed, self.lang, self.form, tuple(self.drift), self.bad, self.cue.casefold())


@dataclass(frozen=True)
class Saying:
    """An act of speech with all its versions, the one closest to the source first."""

    anchor: str
    speaker: str
    role: str
    verdict: str
    verdict_words: str
    verdict_note: str
    renderings: list[Rendering]
    confidence: str
    note: str
    sigla: str
    first: bool = True
    id: str = ""


@dataclass(frozen=True)
class Speaker:
    """Someone with the quotations that stand in one report only."""

    name: str
    role: str
    quotations: list[Rendering]
    sigla: str


@dataclass(frozen=True)
class Speech:
    """The part as a whole. ``told``: what is given in the reports' own words only, without quotation marks."""

    sayings: list[Saying]
    rest: list[Saying]
    speakers: list[Speaker]
    told: list[Speaker]
    told_count: int
    left_out: int = 0


def make_speech(book: Apparatus) -> Speech:
    """All quotations of one story."""
    by_id = {q.id: q for q in book.dossier.quotations if q.report in book.named}
    sayings: list[Saying] = []
    used: set[str] = set()
    for utterance in book.dossier.utterances:
        members = [by_id[q] for q in utterance.quotations if q in by_id]
        if len(members) > 1:
            used.update(q.id for q in members)
            sayings.append(_saying(book, utterance, members))
    sayings = _by_speaker(sayings)
    left = [q for q in by_id.values() if q.id not in used and not q.held]  # nobody is said to have said it
    marked, told = [q for q in left if q.marking != "none"], [q for q in left if q.marking == "none"]
    return Speech(
        sayings[:FIRST_SHOWN],
        sayings[FIRST_SHOWN:MOST_SAYINGS],
        _speakers(book, _first(book, marked)),
        _speakers(book, _first(book, told)),
        len(told),
        max(0, len(sayings) - MOST_SAYINGS) + sum(max(0, len(some) - MOST_QUOTED) for some in (marked, told)),
    )


def _first(book: Apparatus, quotations: list[Quotation]) -> list[Quotation]:
    """The quotations that the page has room for, in the order of the sigla."""
    return sorted(quotations, key=lambda q: (book.rank(q.report), q.content[0].start if q.content else 0, q.id))[
        :MOST_QUOTED
    ]


WORST = {"not": 0, "lines": 1, "translated": 2, "one": 3}


def _by_speaker(sayings: list[Saying]) -> list[Saying]:
    """The worst verdicts first, but all sayings of one speaker together; only the first of them carries the name."""
    worst: dict[str, int] = {}
    for saying in sayings:
        worst[saying.speaker] = min(WORST[saying.verdict], worst.get(saying.speaker, len(WORST)))
    sayings.sort(key=lambda s: (s.speaker == "", worst[s.speaker], s.speaker, WORST[s.verdict], s.anchor))
    return [replace(s, first=index == 0 or sayings[index - 1].speaker != s.speaker) for index, s in enumerate(sayings)]


def _saying(book: Apparatus, utterance: Utterance, members: list[Quotation]) -> Saying:
    members.sort(key=lambda q: (q.id != utterance.closest, book.rank(q.report), q.content[0].start if q.content else 0))
    closest = members[0]
    renderings = _merged([r for r in (_rendering(book, q, closest, utterance) for q in members) if r])
    verdict = VERDICTS.get(utterance.verdict, "one")
    siglum = book.named[closest.report].siglum
    return Saying(
        id=utterance.id,
        anchor=anchor("", utterance.id),
        speaker=speaker_name(book, utterance.actor, members),
        role=_role(book, utterance.actor),
        verdict=verdict,
        verdict_words=book.words(f"speech.verdict_{verdict}"),
        verdict_note=_verdict_note(book, renderings, siglum) if verdict == "not" else "",
        renderings=renderings,
        confidence=utterance.confidence,
        note=book.words("speech.changed_note", siglum=siglum) if any(r.changed for r in renderings) else "",
        sigla=" ".join(dict.fromkeys(ref.siglum for r in renderings for ref in (r.ref, *r.also))),
    )


def _merged(renderings: list[Rendering]) -> list[Rendering]:
    """Versions that are the same to a reader stand once, with all their places."""
    groups: dict[tuple[object, ...], list[Rendering]] = {}
    for one in renderings:
        groups.setdefault(one.said, []).append(one)
    return [replace(first, also=tuple(one.ref for one in rest)) for first, *rest in groups.values()]


def _verdict_note(book: Apparatus, renderings: list[Rendering], siglum: str) -> str:
    places = (ref for r in renderings if r.bad for ref in (r.ref, *r.also))
    bad = list(dict.fromkeys(ref.siglum for ref in places if ref.siglum != siglum))
    where = book.words("speech.bad_in", list=book.words.series(bad)) + " " if bad else ""
    return where + book.words("speech.closest", siglum=siglum)


def _rendering(
    book: Apparatus, quotation: Quotation, closest: Quotation | None, utterance: Utterance | None
) -> Rendering | None:
    if not quotation.content:
        return None
    named = book.named[quotation.report]
    ref = book.ref(Witness(quotation.report, quotation.content[0].start, quotation.content[-1].end))
    if ref is None:
        return None
    same_language = closest is not None and closest.id != quotation.id and named.lang == book.named[closest.report].lang
    changes = compare(words_in(book, closest), words_in(book, quotation)) if closest and same_language else None
    speaker = quotation.speaker.span if quotation.speaker else None
    return Rendering(
        id=quotation.id,
        ref=ref,
        runs=_runs(_pieces(named.report.text, quotation), changes),
        changed=any(piece.change != "same" for piece in changes or ()),
        lang=named.lang,
        dir=named.dir,
        tongue=book.words.tongue(named.language),
        drift=drift_in_words(book, utterance, quotation) if utterance else [],
        bad=utterance is not None and not_to_quote(utterance, quotation),
        dash=quotation.marking == "dash",
        form=_form(book, quotation, utterance is None),
        speaker=flat(named.report.text[speaker.start : speaker.end]) if speaker else "",
        closest=bool(closest and closest.id == quotation.id and utterance),
        cue=cue_of(named.report.text, quotation),
    )


def cue_of(text: str, quotation: Quotation) -> str:
    """The report's own word for the act of speech ("denied", "has not confirmed"), where the words alone do not tell it."""
    cue, speaker = quotation.cue, quotation.speaker.span if quotation.speaker else None
    if cue is None or quotation.type == "direct":
        return ""
    start = cue.start
    if speaker and speaker.end <= start:  # what stands between the two turns the cue round, or is a remark set off
        between = _REMARK.split(text[speaker.end : start])[-1]
        if len(between.split()) <= WORDS_BEFORE:
            start -= len(between)
    return clip(flat(text[start : cue.end]), MOST_CUE)


def not_to_quote(utterance: Utterance, quotation: Quotation) -> bool:
    """Whether a version stands in marks with words that are not the source's: what must not be used as quoted."""
    if utterance.verdict != "not as quoted" or quotation.id == utterance.closest or quotation.marking == "none":
        return False
    return any(
        d.quotation == quotation.id and d.kind not in ("translated", "direct made paraphrase") for d in utterance.drift
    )


def drift_in_words(book: Apparatus, utterance: Utterance, quotation: Quotation) -> list[str]:
    """What became of a version on its way, that it is a translation last."""
    kinds = dict.fromkeys(_drift_kind(d.kind, quotation) for d in utterance.drift if d.quotation == quotation.id)
    return [book.words.raw("drift", kind) or kind for kind in sorted(kinds, key=lambda kind: kind == "translated")]


def _drift_kind(kind: str, quotation: Quotation) -> str:
    """A dash is no quotation mark: what stands after one is told as direct speech."""
    return "paraphrase told as direct" if kind == "paraphrase made direct" and quotation.marking == "dash" else kind


def _form(book: Apparatus, quotation: Quotation, short: bool) -> str:
    """How the words are given, and to whom. ``short``: only what the page's own marks do not show already."""
    kind = {"direct": "direct", "mixed": "mixed", "indirect": "paraphrase"}[quotation.type]
    said = "" if short else book.words("speech.dash" if quotation.marking == "dash" else f"speech.{kind}")
    if quotation.addressee:
        to = flat(book.named[quotation.report].report.text[quotation.addressee.start : quotation.addressee.end])
        said += ", " * bool(said) + book.words("speech.to", name=clip(to, 40))
    return said


def words_in(book: Apparatus, quotation: Quotation, marks: bool = False) -> str:
    """The words of a quotation on one line; with ``marks``, those that its report sets in quotation marks in marks."""
    pieces = _pieces(book.named[quotation.report].report.text, quotation)
    return "".join(book.words("label.words", words=text) if marks and inside else text for inside, text in pieces)


def _pieces(text: str, quotation: Quotation) -> list[tuple[bool, str]]:
    """The content cut where quotation marks begin and end."""
    pieces: list[tuple[bool, str]] = []
    marked = quotation.marked or (quotation.content if quotation.marking == "dash" else ())
    for number, part in enumerate(quotation.content):
        if number:
            pieces.append((False, " … "))
        at = part.start
        for mark in sorted(marked):
            inside = Span(max(mark.start, at), min(mark.end, part.end))
            if inside.start >= inside.end:
                continue
            if at < inside.start:
                pieces.append((False, flat(text[at : inside.start])))
            pieces.append((True, flat(text[inside.start : inside.end])))
            at = inside.end
        if at < part.end:
            pieces.append((False, flat(text[at : part.end])))
    return _without_marks(pieces)


def _without_marks(pieces: list[tuple[bool, str]]) -> list[tuple[bool, str]]:
    """The report's own quotation marks beside marked words are left out: the page sets marks there itself."""
    cleaned = []
    for index, (inside, text) in enumerate(pieces):
        if not inside:
            if index + 1 < len(pieces) and pieces[index + 1][0]:
                text = _OPENED.sub("", text)
            if index and pieces[index - 1][0]:
                text = _CLOSED.sub("", text)
        if text:
            cleaned.append((inside, text))
    return cleaned


def _runs(marked: list[tuple[bool, str]], changes: list[Piece] | None) -> list[tuple[bool, list[Piece]]]:
    """The pieces of both kinds laid over each other: cut where marks begin or end and where wording changes."""
    if changes is None:
        return [(inside, [Piece("same", text)]) for inside, text in marked]
    flags = [inside for inside, text in marked for _ in text]
    runs: list[tuple[bool, list[Piece]]] = []
    at = 0
    for change, text in changes:
        if change == "gone":
            inside = flags[at] if at < len(flags) else bool(flags and flags[-1])
            _append(runs, inside, Piece("gone", text))
            continue
        start = at
        at += len(text)
        while start < at:
            stop = start + 1
            while stop < at and flags[stop] == flags[start]:
                stop += 1
            _append(runs, flags[start], Piece(change, text[len(text) - (at - start) : len(text) - (at - stop)]))
            start = stop
    return runs


def _append(runs: list[tuple[bool, list[Piece]]], inside: bool, piece: Piece) -> None:
    if runs and runs[-1][0] == inside:
        runs[-1][1].append(piece)
    else:
        runs.append((inside, [piece]))


def speaker_name(book: Apparatus, actor: str | None, members: list[Quotation]) -> str:
    name = found.name if (found := book.actor(actor)) else None
    return clip(shown(name or next((q.speaker.name for q in members if q.speaker and q.speaker.name), "")), 80)


def _role(book: Apparatus, actor: str | None) -> str:
    """A role given to the speaker, in the reader's language where one is."""
    found = book.actor(actor)
    roles = [r for r in found.roles if r.report in book.named] if found else []
    best = min(roles, key=lambda r: (not book.reads(r.report), book.rank(r.report), r.start), default=None)
    return clip(shown(best.text), 90) if best else ""


def _speakers(book: Apparatus, left: list[Quotation]) -> list[Speaker]:
    """The rest by speaker: those with a name first, in the order of their first quotation."""
    groups: dict[tuple[str, str | None], list[Quotation]] = {}
    for quotation in sorted(left, key=lambda q: (book.rank(q.report), q.content[0].start if q.content else 0, q.id)):
        actor = quotation.speaker.actor if quotation.speaker else None
        name = speaker_name(book, actor, [quotation])
        groups.setdefault((name, actor), []).append(quotation)
    speakers = []
    for (name, actor), quotations in sorted(groups.items(), key=lambda item: item[0][0] == ""):
        made = [r for r in (_rendering(book, q, None, None) for q in quotations) if r]
        if made:
            speakers.append(
                Speaker(name, _role(book, actor), made, " ".join(dict.fromkeys(r.ref.siglum for r in made)))
            )
    return speakers
