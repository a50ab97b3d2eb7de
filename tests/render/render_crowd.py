"""A generated story of many reports in which every part of the page has lines, for the tests of size and speed."""

from __future__ import annotations

import render_pile as pile
from msgspec.structs import replace

from stemma.records import (
    Actor,
    BriefSentence,
    DatedWitness,
    Disagreement,
    Dossiers,
    Form,
    Interaction,
    Party,
    Quotation,
    Reading,
    Report,
    Role,
    Speaker,
    TimelineEntry,
    Utterance,
    Witness,
)

SAID = "We counted every boat before dusk and we found none of them missing"


def busy(size: int) -> Dossiers:
    """``size`` reports: a wire and its copies, every tenth a line of its own with its own count, all quoting one person."""
    plain = pile.crowd(size)
    reports = {one.id: _with_more(one, n) for n, one in enumerate(sorted(plain.reports, key=_number))}
    dossier = plain.dossiers[0]
    families = {report: family.id for family in dossier.families for report in family.reports}
    ordered = sorted(reports.values(), key=_number)
    quotations = [_quotation(one) for one in ordered]
    return replace(
        plain,
        reports=tuple(sorted(reports.values(), key=lambda one: one.id)),
        dossiers=(
            replace(
                dossier,
                brief=_brief(ordered[0], ordered),
                quotations=tuple(quotations),
                utterances=(Utterance(id="uAll", actor="aKeeper", quotations=tuple(q.id for q in quotations), closest=quotations[0].id, verdict="several lines"),),
                actors=(_keeper(ordered),),
                disagreements=(_counts(ordered, families),),
                timeline=_timeline(ordered, families),
                interactions=tuple(_meeting(one) for one in ordered[:60]),
            ),
        ),
    )  # fmt: skip


def _number(report: Report) -> int:
    return int((report.title or "0").rsplit(" ", 1)[-1])


def _with_more(report: Report, n: int) -> Report:
    boats = 40 + n // 10 if n % 10 == 9 else 40
    more = (
        f"\n\nOn 4 March 2026 the office counted {boats} boats at the quay of Tarnholm."
        f'\n\n"{SAID}," harbour keeper Ada Bruun said.'
        f"\n\nTarnholm met with Sund about the quay, report {n} adds."
    )
    text = report.text + more
    return replace(report, text=text, body=pile.body_of(text))


def _at(report: Report, words: str) -> Witness:
    start = report.text.index(words)
    return Witness(report.id, start, start + len(words))


def _quotation(report: Report) -> Quotation:
    said, name = _at(report, SAID), _at(report, "harbour keeper Ada Bruun")
    span = pile.Span(said.start, said.end)
    speaker = Speaker(pile.Span(name.start, name.end), "Ada Bruun", "aKeeper")
    return Quotation(
        id=f"q{report.id}", report=report.id, content=(span,), marked=(span,), speaker=speaker, type="direct", marking="marks", attribution="explicit",
    )  # fmt: skip


def _brief(first: Report, ordered: list[Report]) -> tuple[BriefSentence, ...]:
    words = "Sentence 1 of the account tells what the harbour office of Tarnholm did with boat 7."
    own = _at(first, words)
    return (BriefSentence(first.id, own.start, own.end, (), tuple(_at(one, words) for one in ordered[1:])),)


def _keeper(ordered: list[Report]) -> Actor:
    mentions = tuple(_at(one, "Ada Bruun") for one in ordered)
    role = _at(ordered[0], "harbour keeper")
    return Actor(
        id="aKeeper", name="Ada Bruun", kind="person", forms=(Form("Ada Bruun", "en"),),
        roles=(Role("harbour keeper", role.report, role.start, role.end),), mentions=mentions,
    )  # fmt: skip


def _counts(ordered: list[Report], families: dict[str, str]) -> Disagreement:
    values: dict[str, list[Witness]] = {}
    for one in ordered:
        start = one.text.index("counted ") + len("counted ")
        end = one.text.index(" at the quay", start)
        values.setdefault(one.text[start:end], []).append(Witness(one.id, start, end))
    readings = tuple(
        Reading(value, tuple(sorted({families[w.report] for w in found})), tuple(found))
        for value, found in values.items()
    )
    return Disagreement("dBoats", ordered[0].id, "count", "clash", "contradiction", readings)


def _timeline(ordered: list[Report], families: dict[str, str]) -> tuple[TimelineEntry, ...]:
    spots = []
    for one in ordered:
        sentence, day = _at(one, "On 4 March 2026 the office counted"), _at(one, "4 March 2026")
        spots.append(DatedWitness(one.id, sentence.start, sentence.end, "stated", None, pile.Span(day.start, day.end)))
    every = tuple(sorted(set(families.values())))
    return (TimelineEntry("2026-03-04", "stated", "sure", "historical", tuple(spots), every),)


def _meeting(report: Report) -> Interaction:
    words = _at(report, "met with")
    return Interaction(
        report=report.id, start=words.start, end=words.end, date=None, type="CONSULT", quad="verbal cooperation",
        actor=(Party(None, "Tarnholm"),), recipient=(Party(None, "Sund"),), status="historical", confidence="likely",
    )  # fmt: skip
