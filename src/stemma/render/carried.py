"""The brief, and what several lines of reporting carry."""

from __future__ import annotations

from dataclasses import dataclass

from stemma.records import BriefSentence, Statement, Witness
from stemma.render.evidence import Apparatus, Quoted, Ref, Refs, Support
from stemma.render.sigla import anchor
from stemma.render.speech import not_to_quote
from stemma.spans import overlap

FIRST_SHOWN = 12  # statements before the rest is folded away: about one screen


@dataclass(frozen=True)
class Said:
    """A line with the words that say it, where they stand, who else says so, and every other wording. ``flags`` lead to
    what the page says against these very words: the text, the anchor, whether it is a clash or a misquotation."""

    anchor: str
    quote: Quoted
    own: Ref | None
    refs: Refs
    support: Support
    confidence: str
    others: list[tuple[Ref, Quoted]]
    flags: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class Carried:
    """Statements of several families, the first ones and the folded rest, and those inside one family."""

    first: list[Said]
    rest: list[Said]
    same_line: list[Said]


MOST_WORDINGS = 12  # other wordings of one statement that are written out


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
    return Said(
        f"brief-{number}",
        book.quote(own),
        link,
        refs,
        book.support(families),
        "sure",
        _others(book, sentence.witnesses, own),
        _flags(book, own),
    )


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
    return Carried(
        lines[:FIRST_SHOWN], lines[FIRST_SHOWN:], [said for _, said in one if len(said.refs.sigla.split()) > 1]
    )


def _statement(book: Apparatus, statement: Statement) -> Said | None:
    witness = book.best(statement.sentences)
    if witness is None:
        return None
    return Said(
        anchor=anchor("", statement.id),
        quote=book.quote(witness),
        own=book.ref(witness),
        refs=book.refs(statement.sentences),
        support=book.support(statement.families or book.families_of(statement.sentences)),
        confidence=statement.confidence,
        others=_others(book, statement.sentences, witness),
        flags=_flags(book, witness),
    )


def _others(book: Apparatus, witnesses: tuple[Witness, ...], own: Witness) -> list[tuple[Ref, Quoted]]:
    """The other wordings, each once, in the order of the sigla."""
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


def _flags(book: Apparatus, own: Witness) -> list[tuple[str, str, bool]]:
    """Where the words of a line are disputed: a reader of the brief alone must not miss it."""
    found: dict[str, tuple[str, str, bool]] = {}
    for d in book.dossier.disagreements:
        if any(
            w.report == own.report and overlap((w.start, w.end), (own.start, own.end))
            for r in d.readings
            for w in r.witnesses
        ):
            slot = book.words(f"slot.{d.slot}").lower()
            found[d.id] = (book.words("brief.differs", slot=slot), anchor("", d.id), d.tier == "clash")
    quoted = {q.id: q for q in book.dossier.quotations if q.report == own.report}
    for u in book.dossier.utterances:
        bad = [quoted[q] for q in u.quotations if q in quoted and not_to_quote(u, quoted[q])]
        if any(overlap(part, (own.start, own.end)) for q in bad for part in q.content):
            found[u.id] = (book.words("speech.bad_here"), anchor("", u.id), True)
    return list(found.values())
