"""The situation as the reports state it: measures by whom against whom, stated causes and stated positions, each in its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stemma.events.situation import Situation, situation
from stemma.language import annotate
from stemma.records import Party, Witness
from stemma.render.clean import clip, shown
from stemma.render.evidence import Apparatus, Refs

MOST_READ = 20  # reports of a story up to which positions are read off again (about 4 ms each)
MOST_ROWS = 10  # rows of one table; MOST_WORDINGS different wordings in each
MOST_WORDINGS = 4


@dataclass(frozen=True)
class Row:
    """Who (empty for a cause), what is said of it, and the different wordings with their witnesses."""

    who: str
    what: str
    wordings: list[tuple[str, str, str | None, Refs]]
    sigla: str


@dataclass(frozen=True)
class Standing:
    """Three short tables."""

    measures: list[Row]
    causes: list[Row]
    positions: list[Row]


def make_standing(book: Apparatus) -> Standing:
    """The tables of one story; empty where no party acts on another or takes a stand: a disaster has no situation."""
    texts = [named.report for named in book.named.values() if _well_formed(named.report.text)]
    read = [annotate(report) for report in texts] if len(texts) <= MOST_READ else []
    found = situation(book.dossier.interactions, book.dossier.actors, read)
    if not (found.measures or found.positions or found.dyads):
        return Standing([], [], [])
    return Standing(_measures(book, found), _rows(book, {("", ""): list(found.causes)}), _positions(book, found))


def _well_formed(text: str) -> bool:
    """Whether a text is one that `read` could have given: a page may be made of any JSON."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _measures(book: Apparatus, found: Situation) -> list[Row]:
    groups: dict[tuple[str, str], list[Witness]] = {}
    for one in found.measures:
        if one.actor and one.where.report in book.named:
            who = " → ".join(side for side in (_names(one.actor), _names(one.recipient)) if side)
            status = "" if one.status == "historical" else book.words(f"status.{one.status}")
            groups.setdefault((who, status), []).append(one.where)
    return _rows(book, groups)


def _positions(book: Apparatus, found: Situation) -> list[Row]:
    groups: dict[tuple[str, str], list[Witness]] = {}
    for one in found.positions:
        if one.where.report in book.named:
            groups.setdefault((_names([one.party]), book.words(f"stance.{one.stance}")), []).append(one.where)
    return _rows(book, groups)


def _names(parties: Iterable[Party]) -> str:
    return ", ".join(sorted({clip(shown(party.name), 60) for party in parties}))


def _rows(book: Apparatus, groups: dict[tuple[str, str], list[Witness]]) -> list[Row]:
    """Those told by most reports first; causes are a row for each wording."""
    made = []
    for (who, what), witnesses in groups.items():
        worded: dict[str, list[Witness]] = {}
        for w in sorted(witnesses, key=lambda w: (not book.reads(w.report) if w.report in book.named else True, w)):
            if w.report in book.named:
                worded.setdefault(book.quote(w).text.casefold(), []).append(w)
        wordings = [(*_quoted(book, same[0]), book.refs(same)) for same in worded.values()]
        if not who:
            made += [Row("", "", [one], one[3].sigla) for one in wordings]
        elif wordings:
            sigla = " ".join(dict.fromkeys(s for one in wordings for s in one[3].sigla.split()))
            made.append(Row(who, what, wordings[:MOST_WORDINGS], sigla))
    return sorted(made, key=lambda row: (-len(row.sigla.split()), row.who, row.what))[:MOST_ROWS]


def _quoted(book: Apparatus, witness: Witness) -> tuple[str, str, str | None]:
    quote = book.quote(witness)
    return clip(quote.text, 240), quote.lang, quote.dir
