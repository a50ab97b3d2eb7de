"""The situation as the reports state it: measures by whom against whom, stated causes and stated positions, each in its words.

What the page shows and what a search finds is one list, ``stated``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stemma.records import Confidence, Party, SituationLine, Witness
from stemma.render.clean import clip, shown
from stemma.render.evidence import Apparatus, Refs
from stemma.render.sigla import anchor

MOST_ROWS = 10  # rows of one table; MOST_WORDINGS different wordings in each
MOST_WORDINGS = 4
MEETINGS = ("visit", "agreement")  # measures that stand among the interactions
TABLES = {"measure": "measures", "cause": "causes", "position": "positions"}


@dataclass(frozen=True)
class Stated:
    """One thing that reports state, in all its wordings: who (empty for a cause), what is said of it. ``id`` is that of the
    surest line it is made of."""

    id: str
    kind: str
    who: str
    what: str
    parties: tuple[Party, ...]
    wordings: tuple[tuple[Witness, ...], ...]
    confidence: Confidence

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        """Those of every wording."""
        return tuple(one for same in self.wordings for one in same)


@dataclass(frozen=True)
class Row:
    """One row of a table: the different wordings with their witnesses."""

    id: str
    anchor: str
    who: str
    what: str
    wordings: list[tuple[str, str, str | None, Refs]]
    sigla: str


@dataclass(frozen=True)
class Situation:
    """Three short tables."""

    measures: list[Row]
    causes: list[Row]
    positions: list[Row]


def make_situation(book: Apparatus) -> Situation:
    """The tables of one story; empty where no party acts on another or takes a stand: a disaster has no situation."""
    tables: dict[str, list[Row]] = {name: [] for name in TABLES.values()}
    for one in stated(book):
        if len(tables[TABLES[one.kind]]) < MOST_ROWS:
            tables[TABLES[one.kind]].append(_row(book, one))
    return Situation(**tables)


def stated(book: Apparatus) -> list[Stated]:
    """Everything of the situation that reports state, what most of them tell first; [] where they state causes alone."""
    lines = [one for one in book.dossier.situation if one.kind != "dyad"]
    if all(line.kind == "cause" for line in lines):
        return []
    groups: dict[tuple[str, str, str], list[SituationLine]] = {}
    for line in lines:
        if line.kind == "measure" and (not line.actor or line.measure in MEETINGS):
            continue
        groups.setdefault((line.kind, *_said_of(book, line)), []).append(line)
    found = [one for key, members in groups.items() for one in _stated(book, key, members)]
    return sorted(found, key=lambda one: (-len({w.report for w in one.witnesses}), one.who, one.what, one.id))


def _said_of(book: Apparatus, line: SituationLine) -> tuple[str, str]:
    """Who, and what is said of it: "China → Japan" and "still to come", "Japan" and "refuses", nothing for a cause."""
    if line.kind == "cause":
        return "", ""
    if line.kind == "position":
        return _names(line.actor), book.words(f"stance.{line.stance}")
    status = "" if line.status == "historical" else book.words(f"status.{line.status}")
    return " → ".join(side for side in (_names(line.actor), _names(line.recipient)) if side), status


def _names(parties: Iterable[Party]) -> str:
    return ", ".join(sorted({clip(shown(party.name), 60) for party in parties}))


def _stated(book: Apparatus, key: tuple[str, str, str], lines: list[SituationLine]) -> list[Stated]:
    """What some lines say of one party, wording by wording; causes are one for each wording."""
    kind, who, what = key
    lines = sorted(lines, key=lambda line: (("sure", "likely", "unsure").index(line.confidence), line.id))
    worded: dict[str, list[tuple[Witness, SituationLine]]] = {}
    told = [(w, line) for line in lines for w in line.witnesses if w.report in book.named]
    for witness, line in sorted(told, key=lambda one: (not book.reads(one[0].report), one[0])):
        worded.setdefault(book.quote(witness).text.casefold(), []).append((witness, line))
    apart = [[same] for same in worded.values()] if kind == "cause" else [list(worded.values())] * bool(worded)
    made = []
    for wordings in apart:
        members = [line for line in lines if any(line is one for same in wordings for _, one in same)]
        parties = tuple(dict.fromkeys(party for line in members for party in (*line.actor, *line.recipient)))
        spans = tuple(tuple(dict.fromkeys(witness for witness, _ in same)) for same in wordings)
        made.append(Stated(members[0].id, kind, who, what, parties, spans, members[0].confidence))
    return made


def _row(book: Apparatus, one: Stated) -> Row:
    wordings = []
    for same in one.wordings:
        quote = book.quote(same[0])
        wordings.append((clip(quote.text, 240), quote.lang, quote.dir, book.refs(same)))
    sigla = " ".join(dict.fromkeys(siglum for *_, refs in wordings for siglum in refs.sigla.split()))
    return Row(one.id, anchor("", one.id), one.who, one.what, wordings[:MOST_WORDINGS], sigla)
