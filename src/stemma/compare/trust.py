"""Which report to take a sentence from: how near it stands to the source, and what in it is in doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stemma.compare.findings import ONE_THING
from stemma.records import Annotated, Disagreement, Family, Lineage, Reading, Report, Sentence, Utterance, Witness

# What a sentence of a derived report is worth beside one of its source. A copy has the source's words; a rewrite has its own
# for another's facts, and nobody can tell what was added.
DERIVED: Mapping[str, float] = {"copy": 0.9, "shared source": 0.9, "translation": 0.85, "rewrite": 0.55}
# Own reporting that is shown ("told this paper", a byline with a dateline).
OWN = 1.15
# A report that does not say who wrote it, when, or where from.
NAMELESS = 0.8
# A sentence with one side of a clash: the side that fewer families carry, and either side where they are even.
LONE, EVEN = 0.0, 0.5
# A sentence with a figure that others tell differently: worth showing, but not before one on which they agree.
DIFFERS = 0.85
WHOLE = 1 << 60
# A report from before the event, where others tell the event: what it expects is out of date.
PREVIEW = 0.6
MISQUOTED = frozenset({"marks moved", "paraphrase made direct"})


def nearness(members: Sequence[Annotated], families: Sequence[Family], lineage: Sequence[Lineage]) -> dict[str, float]:
    """By report, how near it stands to what happened: above 1 with own reporting shown, below for derived and nameless ones."""
    shown = {w.report for family in families if family.standing == "own reporting shown" for w in family.evidence}
    kinds = {line.report: line.kind for line in lineage}
    return {one.report.id: _near(one.report, kinds.get(one.report.id, "independent"), shown) for one in members}


def _near(report: Report, kind: str, shown: set[str]) -> float:
    if kind in DERIVED:
        return DERIVED[kind]
    if report.id in shown:
        return OWN
    named = report.byline or report.dateline or report.agency or report.published or report.outlet
    return 1.0 if named else NAMELESS


def doubtful(disagreements: Sequence[Disagreement], utterances: Sequence[Utterance]) -> list[tuple[Witness, float]]:
    """Spans that are in doubt, with what a sentence that holds them is still worth."""
    found = [
        (span, 0.0) for one in utterances for drift in one.drift if drift.kind in MISQUOTED for span in drift.spans[-1:]
    ]
    for one in disagreements:
        if one.kind == "forecast told as fact":
            found += [(span, 0.0) for span in _told_as_fact(one)]
        elif one.kind == "later telling" and one.slot == "status":
            found += [(Witness(span.report, 0, WHOLE), PREVIEW) for span in _ahead(one)]
        else:
            found += [(w, worth) for reading, worth in _worths(one) if worth < 1.0 for w in reading.witnesses]
    return found


def ages(disagreements: Sequence[Disagreement]) -> list[tuple[Witness, bool]]:
    """The versions of every figure of which a later one is known, with whether they are overtaken; the dead first."""
    deaths = [any(r.rule == ONE_THING and r.values[:1] == ("dead",) for r in one.reasons) for one in disagreements]
    ordered = sorted(range(len(disagreements)), key=lambda k: not deaths[k])
    return [
        (w, reading.outdated)
        for k in ordered
        if any(reading.outdated for reading in disagreements[k].readings)
        for reading in disagreements[k].readings
        for w in reading.witnesses
    ]


def is_old(report: str, sentence: Sentence, figures: Sequence[tuple[Witness, bool]]) -> bool | None:
    """Whether a later report has overtaken a sentence: by the first figure it has, so by the dead where it tells the dead
    and the injured. None where no later version of its figures is known."""
    return next((old for span, old in figures if holds(report, sentence, span)), None)


def _worths(one: Disagreement) -> list[tuple[Reading, float]]:
    """What a sentence with each version is still worth, by how many carry it; versions that are overtaken do not count."""
    left = [reading for reading in one.readings if not reading.outdated]
    most = max((len(reading.families) for reading in left), default=0)
    even = all(len(reading.families) == most for reading in left)
    found = []
    for reading in left if len(left) > 1 else ():
        if one.tier == "clash":
            found.append((reading, EVEN if even else 1.0 if len(reading.families) == most else LONE))
        elif one.kind == "contradiction" and one.slot in ("count", "money"):
            found.append((reading, DIFFERS))
    return found


def _ahead(one: Disagreement) -> list[Witness]:
    """The words that tell something as to come."""
    return [reason.spans[0] for reason in one.reasons if reason.rule == "to come beside done"]


def _told_as_fact(one: Disagreement) -> list[Witness]:
    """The witnesses of the readings that tell a forecast as done: those that the reason's second span touches."""
    done = [reason.spans[1] for reason in one.reasons if reason.rule == "to come beside done" and len(reason.spans) > 1]
    return [w for reading in one.readings if any(w in done for w in reading.witnesses) for w in reading.witnesses]


def trust(report: str, sentence: Sentence, doubts: Sequence[tuple[Witness, float]]) -> float:
    """What a sentence is worth with the doubtful spans in it: that of the worst of them."""
    return min((worth for span, worth in doubts if holds(report, sentence, span)), default=1.0)


def holds(report: str, sentence: Sentence, span: Witness) -> bool:
    """Whether a sentence has some of the words of a span."""
    return span.report == report and span.start < sentence.end and sentence.start < span.end
