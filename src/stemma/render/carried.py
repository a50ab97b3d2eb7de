"""The brief, and what several lines of reporting carry."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stemma.records import BriefSentence, Disagreement, Reading, Statement, Witness
from stemma.render.clean import flat
from stemma.render.counted import in_short, spread, subject
from stemma.render.disagreeing import in_order
from stemma.render.evidence import MOST_MARKED, Apparatus, Quoted, Ref, Refs, Support
from stemma.render.sigla import anchor
from stemma.render.speech import not_to_quote
from stemma.spans import overlap

MOST_STATEMENTS = 200  # of several lines, and as many of one: what nobody reads through; the JSON has all
FIRST_SHOWN = 12  # statements before the rest is folded away: about one screen


@dataclass(frozen=True)
class Said:
    """A line with the words that say it, where they stand, who else says so, and every other wording. ``flags`` lead to
    what the page says against these very words: the text, the anchor, whether it is a clash or a misquotation. ``pieces``
    are the words cut where the reports differ in them (True); ``part`` names the lines that say it at least in part;
    ``id`` is the statement's."""

    anchor: str
    quote: Quoted
    pieces: list[tuple[bool, str]]
    own: Ref | None
    refs: Refs
    support: Support
    confidence: str
    others: list[tuple[Ref, Quoted]]
    flags: list[tuple[str, str, bool]]
    part: str = ""
    id: str = ""


@dataclass(frozen=True)
class Carried:
    """Statements of several families, the first ones and the folded rest, and those inside one family."""

    first: list[Said]
    rest: list[Said]
    same_line: list[Said]
    left_out: int


MOST_WORDINGS = 12  # other wordings of one statement that are written out


# A sentence below this share of another's length leaves something out, in any pair of alphabetic languages: translations
# between them stay within about a third of the original's length.
MUCH_SHORTER = 0.6
_DENSE = {"ja", "zh", "ko"}  # a character says more than a letter
_FIGURES = re.compile(r"\d+")


def make_brief(book: Apparatus) -> list[Said]:
    """The sentences of the brief with their witnesses."""
    return [said for said in (_sentence(book, number, one) for number, one in enumerate(book.dossier.brief, 1)) if said]


def _sentence(book: Apparatus, number: int, sentence: BriefSentence) -> Said | None:
    own = Witness(sentence.report, sentence.start, sentence.end)
    link = book.ref(own)
    if link is None:
        return None
    families = sentence.families or tuple(book.families_of((own, *sentence.witnesses)))
    refs = book.refs((own, *sentence.witnesses))
    part = partly(book, own, sentence.witnesses, families, _sureness(book, own))
    return Said(
        anchor=f"brief-{number}",
        quote=book.quote(own),
        pieces=_pieces(book, own),
        own=link,
        refs=refs,
        support=book.support(families, part),
        confidence="sure",
        others=_others(book, sentence.witnesses, own),
        flags=_flags(book, own),
        part=_in_part(book, part),
    )


def _sureness(book: Apparatus, own: Witness) -> str:
    """How sure it is that others say the same as these words: that of the statement they stand in."""
    found = [s.confidence for s in book.dossier.statements if own in s.sentences]
    return min(found, key=("sure", "likely", "unsure").index, default="sure")


def _in_part(book: Apparatus, part: list[str]) -> str:
    letters = [book.letters[one].letter for one in part]
    return book.words("brief.part", list=book.words.series(letters)) if letters else ""


def partly(
    book: Apparatus, own: Witness, witnesses: tuple[Witness, ...], families: tuple[str, ...], confidence: str
) -> list[str]:
    """The families that are not shown to say all of a sentence: all their witnesses are much shorter or lack all its
    numbers, or that they say the same is itself not sure. A family without a witness here is one of them."""
    full = {book.named[own.report].letter}
    if confidence == "sure":
        full |= {book.named[w.report].letter for w in witnesses if w.report in book.named and _whole(book, own, w)}
    return [line.id for line in book.lines if line.id in families and line.letter not in full]


def _whole(book: Apparatus, own: Witness, other: Witness) -> bool:
    """Whether the other sentence is long enough to say all of this one, and has a number of it where it has any."""
    first, second = book.quote(own), book.quote(other)
    if {first.lang, second.lang} & _DENSE and first.lang != second.lang:
        return True
    numbers = set(_FIGURES.findall(first.text))
    same = not numbers or bool(numbers & set(_FIGURES.findall(second.text))) or first.lang != second.lang
    return len(second.text) >= MUCH_SHORTER * len(first.text) and same


def make_carried(book: Apparatus) -> Carried:
    """The statements, those of most families first, then in the order in which the first report tells them."""
    several: list[tuple[tuple[int, int, int, str], Said]] = []
    one: list[tuple[tuple[int, int, int, str], Said]] = []
    for statement in book.dossier.statements:
        said = _statement(book, statement)
        if said is None:
            continue
        witness = book.best(statement.sentences)
        key = (
            -said.support.count,
            book.rank(witness.report) if witness else 0,
            witness.start if witness else 0,
            said.anchor,
        )
        (several if said.support.count > 1 else one).append((key, said))
    several.sort(key=lambda item: item[0])
    one.sort(key=lambda item: item[0])
    lines = [said for _, said in several]
    inside = [said for _, said in one if len(said.refs.sigla.split()) > 1]
    return Carried(
        lines[:FIRST_SHOWN],
        lines[FIRST_SHOWN:MOST_STATEMENTS],
        inside[:MOST_STATEMENTS],
        max(0, len(lines) - MOST_STATEMENTS) + max(0, len(inside) - MOST_STATEMENTS),
    )


def _statement(book: Apparatus, statement: Statement) -> Said | None:
    witness = book.best(statement.sentences)
    if witness is None:
        return None
    families = statement.families or tuple(book.families_of(statement.sentences))
    part = partly(book, witness, statement.sentences, families, statement.confidence)
    return Said(
        anchor=anchor("", statement.id),
        quote=book.quote(witness),
        pieces=_pieces(book, witness),
        own=book.ref(witness),
        refs=book.refs(statement.sentences),
        support=book.support(families, part),
        confidence=statement.confidence,
        others=_others(book, statement.sentences, witness),
        flags=_flags(book, witness),
        part=_in_part(book, part),
        id=statement.id,
    )


def _others(book: Apparatus, witnesses: tuple[Witness, ...], own: Witness) -> list[tuple[Ref, Quoted]]:
    """The other wordings, each once, in the order of the sigla; none where the story is given in short."""
    if book.short:
        return []
    found: list[tuple[Ref, Quoted]] = []
    seen = {book.quote(own).text}
    for witness in sorted(
        (w for w in witnesses if w.report in book.named), key=lambda w: (book.rank(w.report), w.start)
    ):
        quote = book.quote(witness)
        link = None if quote.text in seen or witness == own else book.ref(witness)
        if link is None:
            continue
        seen.add(quote.text)
        found.append((link, quote))
        if len(found) == MOST_WORDINGS:
            break
    return found


def _disputed(book: Apparatus, own: Witness) -> list[tuple[Disagreement, Reading, Witness]]:
    """The disagreements in which these words are one of the versions, each once, those that are clashes first."""
    found: dict[str, tuple[Disagreement, Reading, Witness]] = {}
    for d in sorted(book.dossier.disagreements, key=spread):
        for reading in d.readings:
            for w in reading.witnesses:
                if w.report == own.report and overlap((w.start, w.end), (own.start, own.end)):
                    found.setdefault(d.id, (d, reading, w))
    return list(found.values())


def _pieces(book: Apparatus, own: Witness) -> list[tuple[bool, str]]:
    """The words of a line, those that other reports put differently marked; a mark over nearly all of it marks nothing."""
    text, size = book.named[own.report].report.text, own.end - own.start
    marks = sorted(
        (max(w.start, own.start), min(w.end, own.end))
        for _, _, w in _disputed(book, own)
        if min(w.end, own.end) - max(w.start, own.start) <= MOST_MARKED * size
    )
    pieces, at = [], own.start
    for low, high in marks:
        low = max(low, at)
        if low >= high:
            continue
        pieces += [(False, flat(text[at:low])), (True, flat(text[low:high]))]
        at = high
    return [(marked, words) for marked, words in (*pieces, (False, flat(text[at : own.end]))) if words]


def _before_or_after(book: Apparatus, found: Disagreement, told: Reading) -> str:
    """Of a figure that changed: what was told before the newest one, or the newer one beside one that is out of date."""
    others = [one for one in in_order(book, found) if one.outdated != told.outdated]
    if not others or all(not one.outdated for one in found.readings):
        return ""
    values = ", ".join(dict.fromkeys(in_short(book, one) for one in others))
    return "; " + book.words("brief.later" if told.outdated else "brief.earlier", values=values)


def _flags(book: Apparatus, own: Witness) -> list[tuple[str, str, bool]]:
    """Where the words of a line are disputed: a reader of the brief alone must not miss it. No two read alike."""
    found: dict[str, tuple[str, str, bool]] = {}
    for d, reading, _ in _disputed(book, own):
        about = subject(book, d)
        said = book.words("brief.differs", slot=about[:1].lower() + about[1:])
        if said in found:
            said = book.words("brief.differs_here", slot=said, value=in_short(book, reading))
        said += _before_or_after(book, d, reading)
        found.setdefault(said, (said, anchor("", d.id), d.tier == "clash"))
    quoted = {q.id: q for q in book.dossier.quotations if q.report == own.report}
    for u in book.dossier.utterances:
        bad = [quoted[q] for q in u.quotations if q in quoted and not_to_quote(u, quoted[q])]
        if any(overlap(part, (own.start, own.end)) for q in bad for part in q.content):
            said = book.words("speech.bad_here")
            found.setdefault(said, (said, anchor("", u.id), True))
    return list(found.values())
