"""A hand-made dossier of an invented event, for the tests of the page.

Five reports in three languages about a fire at a ferry terminal in the invented town of Tarnholm: a wire report (A1), a
translation of an earlier version that is not in the pile, an uncredited rewrite, a German report of its own, and a short
notice of something still to come. Every kind of line that a dossier can hold stands here at least once.
"""

from __future__ import annotations

from stemma.ids import content_id
from stemma.reasons import rule
from stemma.records import (
    Actor,
    BriefSentence,
    Credit,
    DatedWitness,
    Disagreement,
    Dossier,
    Dossiers,
    Drift,
    Family,
    Form,
    Interaction,
    Lineage,
    Made,
    NotCompared,
    Parent,
    Party,
    Passage,
    Quotation,
    Reading,
    Reason,
    Report,
    Role,
    SetAside,
    SituationLine,
    Span,
    Speaker,
    Statement,
    Stemma,
    StemmaEdge,
    StemmaNode,
    Story,
    TimelineEntry,
    Utterance,
    Witness,
)

WIRE = """Fire closes Tarnholm ferry terminal, 14 hurt

By Ines Corvalan

TARNHOLM, March 4, 2026 (North Sea Wire)

A fire tore through the ferry terminal at Tarnholm early on Wednesday, injuring 14 people and cutting the only car link to the island of Sund.

The blaze began in a battery store beneath the second quay, the harbour master Runa Eltang said. "We had perhaps four minutes to clear the hall, and we used every one of them," she told North Sea Wire.

Transport minister Aksel Drommen met the crews on Wednesday and promised 40 million kroner for repairs. "The terminal will probably not open before June," he said.

It was the third fire at a ferry terminal on the coast since October 2025.

Denmark has accused the operator's German owner, Halberg Linien, of ignoring two warnings about the store. Halberg Linien rejected the charge.

Related Links

Ten islands to see before summer"""

KYST = """Brann stenger fergekaia i Tarnholm

En brann herjet i fergeterminalen i Tarnholm natt til onsdag. 14 personer ble skadet, og øya Sund har mistet sin eneste bilforbindelse, skriver Morgenavisa Sund.

– Vi hadde kanskje fire minutter på å tømme hallen, og vi brukte hvert eneste av dem, sier havnesjef Runa Eltang til North Sea Wire.

Brannen startet i et batterilager under den andre kaia. Samferdselsminister Aksel Drommen lover 40 millioner kroner til reparasjoner.

– Terminalen åpner ikke før i juni, sier Drommen.

Dette er den tredje brannen i en fergeterminal på kysten siden oktober."""

LEDGER = """Island cut off after terminal blaze

A fire tore through the ferry terminal at Tarnholm on Wednesday, injuring 17 people and cutting the only car link to the island of Sund.

Officials said they "had four minutes to clear the hall" before the roof came down. Former transport minister Aksel Drommen met crews and pledged 40 million kroner for repairs.

The terminal will not open before June.

Residents have long complained about the battery store beneath the second quay."""

ELB = """Feuer im Fährhafen: Halberg Linien unter Druck

Nach dem Brand im Fährhafen von Tarnholm am 4. März 2026 wächst die Kritik an der Hamburger Reederei Halberg Linien. Mindestens 14 Menschen wurden verletzt.

„Wir haben keine Warnung erhalten, weder eine noch zwei“, sagte Firmensprecherin Mareike Toll dem Elbkurier am Donnerstag.

Es ist nach Angaben der Feuerwehr der zweite Großbrand in einem Fährhafen seit Oktober 2025.

Die Insel Sund ist seit 1931 durch eine Fähre mit dem Festland verbunden."""

NOTICE = """Minister to visit Tarnholm

Transport minister Aksel Drommen will meet fire crews in Tarnholm on Wednesday after a fire at the ferry terminal, his office said. A spokesman said he would "listen first and promise later"."""

RULES = {
    "render test: shared words": "The two reports share long runs of the same words.",
    "render test: credit": "The report names the other source in its text.",
    "render test: later": "It was published later.",
}


def _register() -> None:
    for name, line in RULES.items():

        def score(reports: object, spans: object, values: object) -> float:
            return 0.8

        score.__doc__ = line
        rule(name)(score)


def body_of(text: str, *skip: str) -> tuple[Span, ...]:
    """The spans of the paragraphs that do not begin with one of ``skip``."""
    spans, at = [], 0
    for part in text.split("\n\n"):
        start = text.index(part, at)
        at = start + len(part)
        if not part.startswith(skip):
            spans.append(Span(start, at))
    return tuple(spans)


def make_report(text: str, skip: tuple[str, ...], **known: object) -> Report:
    return Report(id=content_id("r", text), text=text, body=body_of(text, *skip), **known)  # type: ignore[arg-type]


A1 = make_report(
    WIRE,
    ("Fire closes", "By Ines", "TARNHOLM,", "Related", "Ten islands"),
    title="Fire closes Tarnholm ferry terminal, 14 hurt",
    outlet="North Sea Wire",
    byline="Ines Corvalan",
    agency="NSW",
    dateline="Tarnholm",
    published="2026-03-04T18:20:00+01:00",
    language="en",
    credits=(Credit("North Sea Wire", Span(WIRE.index("North Sea Wire"), WIRE.index("North Sea Wire") + 14)),),
    read_from="pile/wire.txt",
)
A2 = make_report(
    KYST,
    ("Brann stenger",),
    title="Brann stenger fergekaia i Tarnholm",
    language="nb",
    credits=(
        Credit("Morgenavisa Sund", Span(KYST.index("Morgenavisa"), KYST.index("Morgenavisa") + 16)),
        Credit("North Sea Wire", Span(KYST.index("North Sea"), KYST.index("North Sea") + 14)),
    ),
    read_from="pile/001.txt",
)
A3 = make_report(
    LEDGER,
    ("Island cut",),
    title="Island cut off after terminal blaze",
    outlet="Morning Ledger",
    published="2026-03-05",
    language="en",
    read_from="pile/ledger.html",
)
B = make_report(
    ELB,
    ("Feuer im Fährhafen:",),
    title="Feuer im Fährhafen: Halberg Linien unter Druck",
    outlet="Elbkurier",
    published="2026-03-05",
    language="de",
    read_from="pile/elb.html",
)
C = make_report(
    NOTICE, ("Minister to",), title="Minister to visit Tarnholm", language="en", cut=("end",), read_from="pile/n.txt"
)
REPORTS = tuple(sorted((A1, A2, A3, B, C), key=lambda one: one.id))


def at(report: Report, words: str, nth: int = 0) -> Witness:
    """The span of ``words`` in the report."""
    start = -1
    for _ in range(nth + 1):
        start = report.text.index(words, start + 1)
    return Witness(report.id, start, start + len(words))


def span(report: Report, words: str) -> Span:
    found = at(report, words)
    return Span(found.start, found.end)


def reason(name: str, score: float, *spans: Witness, values: tuple[str, ...] = ()) -> Reason:
    return Reason(rule=f"render test: {name}", score=score, spans=spans, values=values)


FA, FB, FC = "fA-wire", "fB-elb", "fC-notice"
FAMILIES = (
    Family(FB, (B.id,), None, "own reporting shown", (at(B, "dem Elbkurier"),)),
    Family(FC, (C.id,), None, "unknown"),
    Family(
        FA,
        tuple(sorted((A1.id, A2.id, A3.id))),
        "North Sea Wire",
        "own reporting shown",
        (at(A1, "By Ines Corvalan"), at(A1, "told North Sea Wire")),
    ),
)
STORY_ID = content_id("s", *(one.id for one in REPORTS))
UNSEEN = "unseen:nsw"

LINEAGE = (
    Lineage(
        A1.id,
        UNSEEN,
        "North Sea Wire",
        "update",
        "likely",
        FA,
        sources=(Parent(UNSEEN, "update", "likely", reasons=(reason("later", 0.6, at(A1, "March 4, 2026")),)),),
    ),
    Lineage(
        A2.id,
        UNSEEN,
        "North Sea Wire",
        "translation",
        "likely",
        FA,
        sources=(
            Parent(
                UNSEEN,
                "translation",
                "likely",
                via="Morgenavisa Sund",
                reasons=(
                    reason("credit", 0.7, at(A2, "skriver Morgenavisa Sund"), at(A2, "til North Sea Wire")),
                    reason("shared words", 0.8, at(A1, "every one of them"), at(A2, "hvert eneste av dem")),
                ),
            ),
        ),
    ),
    Lineage(
        A3.id,
        A1.id,
        None,
        "rewrite",
        "sure",
        FA,
        sources=(
            Parent(
                A1.id,
                "rewrite",
                "sure",
                reasons=(
                    reason(
                        "shared words",
                        0.93,
                        at(A1, "tore through the ferry terminal at Tarnholm"),
                        at(A3, "tore through the ferry terminal at Tarnholm"),
                    ),
                ),
            ),
        ),
    ),
    Lineage(B.id, None, None, "independent", "likely", FB),
    Lineage(C.id, None, None, "independent", "unsure", FC, linked=(A1.id,)),
)
STEMMA = Stemma(
    nodes=(
        StemmaNode(UNSEEN, None, "North Sea Wire", "North Sea Wire"),
        *(StemmaNode(one.id, one.id, None, one.outlet or "") for one in REPORTS),
    ),
    edges=(
        StemmaEdge(UNSEEN, A1.id, "update", "likely"),
        StemmaEdge(UNSEEN, A2.id, "translation", "likely", "Morgenavisa Sund"),
        StemmaEdge(A1.id, A3.id, "rewrite", "sure"),
    ),
)


def pair(a: Witness, b: Witness, kind: str, similarity: float) -> Passage:
    first, second = sorted((a, b))
    return Passage(first, second, kind, similarity)  # type: ignore[arg-type]


PASSAGES = (
    pair(
        at(
            A1,
            "A fire tore through the ferry terminal at Tarnholm early on Wednesday, injuring 14 people and cutting the only car link to the island of Sund.",
        ),
        at(
            A3,
            "A fire tore through the ferry terminal at Tarnholm on Wednesday, injuring 17 people and cutting the only car link to the island of Sund.",
        ),
        "near",
        0.92,
    ),
    pair(at(A1, "40 million kroner for repairs"), at(A3, "40 million kroner for repairs"), "verbatim", 1.0),
    pair(
        at(A1, "We had perhaps four minutes to clear the hall, and we used every one of them"),
        at(A2, "Vi hadde kanskje fire minutter på å tømme hallen, og vi brukte hvert eneste av dem"),
        "translated",
        0.81,
    ),
    pair(at(A1, "beneath the second quay"), at(A3, "beneath the second quay"), "verbatim", 1.0),
)

ELTANG, DROMMEN, TOLL, HALBERG = "aEltang", "aDrommen", "aToll", "aHalberg"


def quote(
    report: Report,
    content: str,
    marked: str | None,
    speaker: str | None,
    actor: str | None,
    kind: str,
    words: str | None = None,
) -> Quotation:
    name = span(report, words or speaker) if (words or speaker) and (words or speaker or "") in report.text else None
    return Quotation(
        id=content_id("q", report.id, content),
        report=report.id,
        content=(span(report, content),),
        marked=(span(report, marked),) if marked else (),
        speaker=Speaker(name, speaker, actor) if speaker else None,
        type=kind,  # type: ignore[arg-type]
        marking="marks" if marked else "none",
        attribution="explicit" if speaker else "none",
    )


HALL_A1 = "We had perhaps four minutes to clear the hall, and we used every one of them"
Q_HALL_A1 = quote(A1, HALL_A1, HALL_A1, "Runa Eltang", ELTANG, "direct")
HALL_A2 = "Vi hadde kanskje fire minutter på å tømme hallen, og vi brukte hvert eneste av dem"
Q_HALL_A2 = quote(A2, HALL_A2, HALL_A2, "Runa Eltang", ELTANG, "direct")
Q_HALL_A3 = quote(
    A3, "had four minutes to clear the hall", "had four minutes to clear the hall", "Officials", None, "mixed"
)
Q_JUNE_A1 = quote(
    A1,
    "The terminal will probably not open before June",
    "The terminal will probably not open before June",
    "Aksel Drommen",
    DROMMEN,
    "direct",
)
Q_JUNE_A2 = quote(
    A2,
    "Terminalen åpner ikke før i juni",
    "Terminalen åpner ikke før i juni",
    "Aksel Drommen",
    DROMMEN,
    "direct",
    "Drommen",
)
Q_WARN = quote(
    B,
    "Wir haben keine Warnung erhalten, weder eine noch zwei",
    "Wir haben keine Warnung erhalten, weder eine noch zwei",
    "Mareike Toll",
    TOLL,
    "direct",
)
Q_BATTERY = quote(
    A1, "The blaze began in a battery store beneath the second quay", None, "Runa Eltang", ELTANG, "indirect"
)
Q_LISTEN = quote(
    C, 'he would "listen first and promise later"', "listen first and promise later", "A spokesman", None, "mixed"
)
Q_NOBODY = quote(B, "der zweite Großbrand in einem Fährhafen seit Oktober 2025", None, None, None, "indirect")
QUOTATIONS = (Q_HALL_A1, Q_HALL_A2, Q_HALL_A3, Q_JUNE_A1, Q_JUNE_A2, Q_WARN, Q_BATTERY, Q_LISTEN, Q_NOBODY)

UTTERANCES = (
    Utterance(
        id="uHall",
        actor=ELTANG,
        quotations=(Q_HALL_A1.id, Q_HALL_A2.id, Q_HALL_A3.id),
        closest=Q_HALL_A1.id,
        drift=(
            Drift(Q_HALL_A2.id, "translated", ()),
            Drift(Q_HALL_A3.id, "words changed", (at(A1, "perhaps four minutes"), at(A3, "four minutes"))),
            Drift(Q_HALL_A3.id, "speaker changed", (at(A1, "Runa Eltang"), at(A3, "Officials"))),
        ),
        verdict="not as quoted",
        confidence="likely",
        reasons=(reason("shared words", 0.8),),
    ),
    Utterance(
        id="uJune",
        actor=DROMMEN,
        quotations=(Q_JUNE_A1.id, Q_JUNE_A2.id),
        closest=Q_JUNE_A1.id,
        drift=(
            Drift(Q_JUNE_A2.id, "translated", ()),
            Drift(Q_JUNE_A2.id, "hedge added or dropped", (at(A1, "probably"),)),
        ),
        verdict="translated",
        confidence="likely",
    ),
)

S_FIRE_A1 = at(
    A1,
    "A fire tore through the ferry terminal at Tarnholm early on Wednesday, injuring 14 people and cutting the only car link to the island of Sund.",
)
S_FIRE_A2 = at(A2, "En brann herjet i fergeterminalen i Tarnholm natt til onsdag.")
S_HURT_A2 = at(
    A2, "14 personer ble skadet, og øya Sund har mistet sin eneste bilforbindelse, skriver Morgenavisa Sund."
)
S_FIRE_A3 = at(
    A3,
    "A fire tore through the ferry terminal at Tarnholm on Wednesday, injuring 17 people and cutting the only car link to the island of Sund.",
)
S_HURT_B = at(B, "Mindestens 14 Menschen wurden verletzt.")
S_MEET_A1 = at(
    A1, "Transport minister Aksel Drommen met the crews on Wednesday and promised 40 million kroner for repairs."
)
S_MEET_A3 = at(A3, "Former transport minister Aksel Drommen met crews and pledged 40 million kroner for repairs.")
S_MEET_C = at(
    C,
    "Transport minister Aksel Drommen will meet fire crews in Tarnholm on Wednesday after a fire at the ferry terminal, his office said.",
)
S_THIRD_A1 = at(A1, "It was the third fire at a ferry terminal on the coast since October 2025.")
S_THIRD_A2 = at(A2, "Dette er den tredje brannen i en fergeterminal på kysten siden oktober.")
S_THIRD_B = at(B, "Es ist nach Angaben der Feuerwehr der zweite Großbrand in einem Fährhafen seit Oktober 2025.")

STATEMENTS = (
    Statement(
        "tFire",
        STORY_ID,
        tuple(sorted((S_FIRE_A1, S_HURT_A2, S_FIRE_A3, S_HURT_B))),
        (FA, FB),
        "likely",
        (reason("shared words", 0.7),),
    ),
    Statement(
        "tMeet",
        STORY_ID,
        tuple(sorted((S_MEET_A1, S_MEET_A3, S_MEET_C))),
        (FA, FC),
        "likely",
        (reason("shared words", 0.7),),
    ),
    Statement(
        "tStore",
        STORY_ID,
        tuple(
            sorted(
                (
                    at(
                        A1,
                        "The blaze began in a battery store beneath the second quay, the harbour master Runa Eltang said.",
                    ),
                    at(A2, "Brannen startet i et batterilager under den andre kaia."),
                )
            )
        ),
        (FA,),
        "likely",
    ),
)
DISAGREEMENTS = (
    Disagreement(
        "dHurt",
        STORY_ID,
        "count",
        "clash",
        "contradiction",
        (
            Reading(
                "14",
                (FA, FB),
                tuple(sorted((at(A1, "14 people"), at(A2, "14 personer"), at(B, "Mindestens 14 Menschen")))),
            ),
            Reading("17", (FA,), (at(A3, "17 people"),)),
        ),
        "likely",
        (reason("shared words", 0.9),),
    ),
    Disagreement(
        "dRole",
        STORY_ID,
        "role",
        "clash",
        "role",
        (
            Reading(
                "transport minister",
                (FA, FC),
                tuple(sorted((at(A1, "Transport minister Aksel Drommen"), at(C, "Transport minister Aksel Drommen")))),
            ),
            Reading("former transport minister", (FA,), (at(A3, "Former transport minister Aksel Drommen"),)),
        ),
        "likely",
    ),
    Disagreement(
        "dThird",
        STORY_ID,
        "ordinal",
        "look",
        "counted differently",
        (
            Reading(
                "3", (FA,), tuple(sorted((at(A1, "the third fire at a ferry terminal"), at(A2, "den tredje brannen"))))
            ),
            Reading("2", (FB,), (at(B, "der zweite Großbrand in einem Fährhafen"),)),
        ),
        "likely",
    ),
    Disagreement(
        "dMeet",
        STORY_ID,
        "status",
        "look",
        "later telling",
        (
            Reading("historical", (FA,), (at(A1, "met the crews"),)),
            Reading("future", (FC,), (at(C, "will meet fire crews"),)),
        ),
        "likely",
    ),
    Disagreement(
        "dJune",
        STORY_ID,
        "status",
        "look",
        "forecast told as fact",
        (
            Reading("will probably not open", (FA,), (at(A1, "will probably not open before June"),)),
            Reading("will not open", (FA,), (at(A3, "will not open before June"),)),
        ),
        "unsure",
    ),
)


def dated(whole: Witness, words: Witness, basis: str, borrowed: Witness | None = None) -> DatedWitness:
    return DatedWitness(whole.report, whole.start, whole.end, basis, borrowed, Span(words.start, words.end))  # type: ignore[arg-type]


TIMELINE = (
    TimelineEntry(
        "1931",
        "stated",
        "sure",
        "historical",
        (
            dated(
                at(B, "Die Insel Sund ist seit 1931 durch eine Fähre mit dem Festland verbunden."),
                at(B, "1931"),
                "stated",
            ),
        ),
        (FB,),
    ),
    TimelineEntry(
        "2025-10",
        "stated",
        "likely",
        "historical",
        (
            dated(S_THIRD_A1, at(A1, "October 2025"), "stated"),
            dated(S_THIRD_B, at(B, "Oktober 2025"), "stated"),
            dated(S_THIRD_A2, at(A2, "oktober"), "borrowed", at(A1, "October 2025")),
        ),
        (FA, FB),
    ),
    TimelineEntry(
        "2026-03-04",
        "own date",
        "likely",
        "historical",
        (
            dated(S_FIRE_A1, at(A1, "Wednesday"), "own date"),
            dated(S_FIRE_A2, at(A2, "onsdag"), "borrowed", at(A1, "March 4, 2026")),
            dated(S_FIRE_A3, at(A3, "Wednesday"), "own date"),
            dated(
                at(
                    B,
                    "Nach dem Brand im Fährhafen von Tarnholm am 4. März 2026 wächst die Kritik an der Hamburger Reederei Halberg Linien.",
                ),
                at(B, "4. März 2026"),
                "stated",
            ),
        ),
        (FA, FB),
    ),
    TimelineEntry(
        "2026-03-05",
        "own date",
        "likely",
        "historical",
        (
            dated(
                at(B, "sagte Firmensprecherin Mareike Toll dem Elbkurier am Donnerstag"),
                at(B, "Donnerstag"),
                "own date",
            ),
        ),
        (FB,),
    ),
    TimelineEntry(
        "2026-06",
        "own date",
        "unsure",
        "future",
        (dated(at(A1, "The terminal will probably not open before June"), at(A1, "June"), "own date"),),
        (FA,),
    ),
)

ACCUSED = at(
    A1, "Denmark has accused the operator's German owner, Halberg Linien, of ignoring two warnings about the store."
)
REJECTED = at(A1, "Halberg Linien rejected the charge.")
INTERACTIONS = (
    Interaction(
        report=A1.id,
        start=S_MEET_A1.start,
        end=S_MEET_A1.end,
        date="2026-03-04",
        type="CONSULT",
        quad="verbal cooperation",
        actor=(Party("NOR", "Aksel Drommen"),),
        recipient=(Party(None, "the crews"),),
        status="historical",
        confidence="likely",
    ),
    Interaction(
        report=C.id,
        start=S_MEET_C.start,
        end=S_MEET_C.end,
        date=None,
        type="CONSULT",
        quad="verbal cooperation",
        actor=(Party("NOR", "Aksel Drommen"),),
        recipient=(Party(None, "the crews"),),
        status="future",
        attributed_to="his office",
        confidence="unsure",
    ),
    Interaction(
        report=A1.id,
        start=ACCUSED.start,
        end=ACCUSED.end,
        date=None,
        type="ACCUSE",
        quad="verbal conflict",
        measure=None,
        because=(at(A1, "ignoring two warnings about the store"),),
        actor=(Party("DNK", "Denmark"),),
        recipient=(Party("MNC", "Halberg Linien"),),
        status="historical",
        confidence="likely",
        reasons=(reason("credit", 0.6),),
    ),
    Interaction(
        report=A1.id,
        start=REJECTED.start,
        end=REJECTED.end,
        date=None,
        type="REJECT",
        quad="verbal conflict",
        actor=(Party("MNC", "Halberg Linien"),),
        recipient=(),
        status="historical",
        confidence="likely",
    ),
    Interaction(
        report=A3.id,
        start=S_MEET_A3.start,
        end=S_MEET_A3.end,
        date=None,
        type="AID",
        quad="material cooperation",
        measure=span(A3, "40 million kroner for repairs"),
        actor=(Party("NOR", "Aksel Drommen"),),
        recipient=(),
        status="historical",
        confidence="unsure",
    ),
)


def stated(kind: str, id_: str, *witnesses: Witness, **known: object) -> SituationLine:
    """A line of the situation that reports state."""
    return SituationLine(
        id=id_,
        kind=kind,
        story=STORY_ID,
        families=(FA,),
        witnesses=witnesses,
        confidence="likely",
        **known,  # type: ignore[arg-type]
    )


_NORWAY = (Party("NOR", "Aksel Drommen"),)
SITUATION = (
    stated("measure", "mPledge", at(A3, "pledged 40 million kroner"), actor=_NORWAY, status="historical"),
    stated("measure", "mPledge2", at(A2, "lover 40 millioner kroner"), actor=_NORWAY, status="historical"),
    stated("measure", "mVisit", at(C, "will meet fire crews"), actor=_NORWAY, status="future", measure="visit"),
    stated("cause", "mCause", at(A1, "ignoring two warnings about the store")),
    stated("position", "mCharge", REJECTED, actor=(Party("MNC", "Halberg Linien"),), stance="refuses"),
)

ACTORS = (
    Actor(
        DROMMEN,
        "Aksel Drommen",
        "person",
        (Form("Aksel Drommen", "en"), Form("Drommen", "nb")),
        (
            Role("Transport minister", A1.id, *span(A1, "Transport minister")),
            Role("Former transport minister", A3.id, *span(A3, "Former transport minister")),
            Role("Samferdselsminister", A2.id, *span(A2, "Samferdselsminister")),
        ),
        tuple(
            sorted(
                (
                    at(A1, "Aksel Drommen"),
                    at(A2, "Aksel Drommen"),
                    at(A2, "Drommen", 1),
                    at(A3, "Aksel Drommen"),
                    at(C, "Aksel Drommen"),
                )
            )
        ),
        None,
    ),
    Actor(
        ELTANG,
        "Runa Eltang",
        "person",
        (Form("Runa Eltang", "en"), Form("Runa Eltang", "nb")),
        (Role("harbour master", A1.id, *span(A1, "harbour master")),),
        tuple(sorted((at(A1, "Runa Eltang"), at(A2, "Runa Eltang")))),
    ),
    Actor(
        HALBERG,
        "Halberg Linien",
        "organisation",
        (Form("Halberg Linien", "en"), Form("Halberg Linien", "de")),
        (),
        tuple(sorted((at(A1, "Halberg Linien"), at(B, "Halberg Linien")))),
    ),
    Actor(
        TOLL,
        "Mareike Toll",
        "person",
        (Form("Mareike Toll", "de"),),
        (Role("Firmensprecherin", B.id, *span(B, "Firmensprecherin")),),
        (at(B, "Mareike Toll"),),
    ),
    Actor("aDK", "Denmark", "state", (Form("Denmark", "en"),), (), (at(A1, "Denmark"),), "DK"),
)

BRIEF = (
    BriefSentence(S_FIRE_A1.report, S_FIRE_A1.start, S_FIRE_A1.end, (FA, FB), (S_FIRE_A1, S_HURT_A2, S_HURT_B)),
    BriefSentence(S_MEET_A1.report, S_MEET_A1.start, S_MEET_A1.end, (FA, FC), (S_MEET_A1, S_MEET_C)),
    BriefSentence(S_HURT_B.report, S_HURT_B.start, S_HURT_B.end, (FB,), (S_HURT_B,)),
    BriefSentence(S_THIRD_A1.report, S_THIRD_A1.start, S_THIRD_A1.end, (FA,), (S_THIRD_A1,)),
    BriefSentence(ACCUSED.report, ACCUSED.start, ACCUSED.end, (FA,), (ACCUSED,)),
)


def make_dossier() -> Dossier:
    """The story with everything in it."""
    return Dossier(
        story=Story(
            STORY_ID, A1.title or "", tuple(one.id for one in REPORTS), "2026-03-04", "2026-03-05", ("de", "en", "nb")
        ),
        passages=PASSAGES,
        lineage=LINEAGE,
        stemma=STEMMA,
        families=FAMILIES,
        independent_at_most=3,
        brief=BRIEF,
        quotations=QUOTATIONS,
        utterances=UTTERANCES,
        actors=ACTORS,
        statements=STATEMENTS,
        disagreements=DISAGREEMENTS,
        timeline=TIMELINE,
        interactions=INTERACTIONS,
        situation=SITUATION,
    )


def make_dossiers() -> Dossiers:
    """The pile: one story, an input that could not be read, and things that were not compared."""
    _register()
    return Dossiers(
        reports=REPORTS,
        made=Made("2026-03-06T09:00:00+00:00", "stemma 0"),
        dossiers=(make_dossier(),),
        set_aside=(SetAside("pile/broken.pdf", "not a text Stemma can read; save it as .txt or .html"),),
        not_compared=(
            NotCompared(
                "the numbers in a quotation of Mareike Toll",
                "no other report tells of it",
                STORY_ID,
                (at(B, "weder eine noch zwei"),),
            ),
        ),
    )


def bare_report(text: str, **known: object) -> Report:
    """One report with a single body span."""
    return Report(id=content_id("r", text), text=text, body=(Span(0, len(text)),), **known)  # type: ignore[arg-type]


def bare_dossiers(reports: list[Report]) -> Dossiers:
    """Each report a story of its own, with nothing found in it."""
    dossiers = []
    for one in reports:
        family = Family(f"f{one.id}", (one.id,), None, "unknown")
        dossiers.append(
            Dossier(
                story=Story(
                    f"s{one.id}",
                    one.title or "",
                    (one.id,),
                    one.published,
                    one.published,
                    (one.language,) if one.language else (),
                ),
                passages=(),
                lineage=(Lineage(one.id, None, None, "independent", "unsure", family.id),),
                stemma=Stemma((StemmaNode(one.id, one.id, None, ""),), ()),
                families=(family,),
                independent_at_most=1,
                brief=(),
                quotations=(),
                utterances=(),
                actors=(),
                statements=(),
                disagreements=(),
                timeline=(),
                interactions=(),
            )
        )
    return Dossiers(
        reports=tuple(reports), made=Made("2026-03-06T09:00:00+00:00", "stemma 0"), dossiers=tuple(dossiers)
    )


def crowd(size: int, name: str = "") -> Dossiers:
    """One story of ``size`` reports: a wire and its copies, every tenth report a line of its own."""
    sentences = [
        f"Sentence {k} of the account tells what the harbour office of Tarnholm did with boat {k * 7}."
        for k in range(12)
    ]
    reports, lines, families, nodes, edges, passages = [], [], [], [], [], []
    for n in range(size):
        text = "\n\n".join([*sentences, f"Correspondent {n} adds a remark of number {n * 13}."])
        reports.append(
            Report(
                id=content_id("r", name, n),
                text=text,
                outlet=f"Outlet {n}",
                title=f"Tarnholm report {n}",
                language=("en", "nb", "de")[n % 3],
                published=f"2026-03-{1 + n % 20:02d}",
                body=body_of(text),
            )
        )
    root = reports[0]
    own = [one for k, one in enumerate(reports) if k % 10 == 9]
    family = Family(f"f{name}crowd", tuple(sorted(one.id for one in reports if one not in own)), None, "unknown")
    families = [family, *(Family(f"f{one.id}", (one.id,), None, "unknown") for one in own)]
    for one in reports:
        nodes.append(StemmaNode(one.id, one.id, None, one.outlet or ""))
        if one in own or one is root:
            lines.append(
                Lineage(one.id, None, None, "independent", "likely", family.id if one is root else f"f{one.id}")
            )
            continue
        edges.append(StemmaEdge(root.id, one.id, "copy", "sure"))
        lines.append(
            Lineage(
                one.id,
                root.id,
                None,
                "copy",
                "sure",
                family.id,
                sources=(Parent(root.id, "copy", "sure", reasons=(reason("shared words", 0.9),)),),
            )
        )
    end = root.text.index("\n\nCorrespondent")
    for k, a in enumerate(reports):
        passages.extend(pair(Witness(a.id, 0, end), Witness(b.id, 0, end), "verbatim", 1.0) for b in reports[k + 1 :])
    statements = tuple(
        Statement(
            f"t{name}{k}",
            f"s{name}crowd",
            tuple(
                sorted(Witness(one.id, one.text.index(words), one.text.index(words) + len(words)) for one in reports)
            ),
            tuple(f.id for f in families),
            "likely",
        )
        for k, words in enumerate(sentences)
    )
    _register()
    story = Story(
        f"s{name}crowd",
        "A crowd of reports",
        tuple(sorted(one.id for one in reports)),
        "2026-03-01",
        "2026-03-20",
        ("de", "en", "nb"),
    )
    dossier = Dossier(
        story=story,
        passages=tuple(sorted(passages, key=lambda p: (p.a, p.b))),
        lineage=tuple(lines),
        stemma=Stemma(tuple(nodes), tuple(edges)),
        families=tuple(families),
        independent_at_most=len(families),
        brief=(),
        quotations=(),
        utterances=(),
        actors=(),
        statements=statements,
        disagreements=(),
        timeline=(),
        interactions=(),
    )
    return Dossiers(
        reports=tuple(sorted(reports, key=lambda r: r.id)),
        made=Made("2026-03-06T09:00:00+00:00", "stemma 0"),
        dossiers=(dossier,),
    )
