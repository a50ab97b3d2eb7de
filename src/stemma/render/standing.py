"""The situation as the reports state it: measures by whom against whom, stated causes and stated positions, each in its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stemma.records import Party, SituationLine, Witness
from stemma.render.clean import clip, shown
from stemma.render.evidence import Apparatus, Refs

MOST_ROWS = 10  # rows of one table; MOST_WORDINGS different wordings in each
MOST_WORDINGS = 4
MEETINGS = ("visit", "agreement")


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
    lines = book.dossier.situation
    if all(line.kind == "cause" for line in lines):
        return Standing([], [], [])
    causes = [where for line in lines if line.kind == "cause" for where in line.witnesses]
    return Standing(_measures(book, lines), _rows(book, {("", ""): causes}), _positions(book, lines))


def _measures(book: Apparatus, lines: Sequence[SituationLine]) -> list[Row]:
    """What one party did to another; visits and agreements stand among the interactions."""
    groups: dict[tuple[str, str], list[Witness]] = {}
    for one in lines:
        if one.kind == "measure" and one.actor and one.measure not in MEETINGS:
            who = " → ".join(side for side in (_names(one.actor), _names(one.recipient)) if side)
            status = "" if one.status == "historical" else book.words(f"status.{one.status}")
            groups.setdefault((who, status), []).extend(one.witnesses)
    return _rows(book, groups)


def _positions(book: Apparatus, lines: Sequence[SituationLine]) -> list[Row]:
    groups: dict[tuple[str, str], list[Witness]] = {}
    for one in lines:
        if one.kind == "position":
            groups.setdefault((_names(one.actor), book.words(f"stance.{one.stance}")), []).extend(one.witnesses)
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
