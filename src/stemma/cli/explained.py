"""What ``stemma explain`` prints: a line's fields, its rules run again, the words they looked at."""

from __future__ import annotations

import re
from typing import Any

from stemma.errors import BadUsage
from stemma.read.label import printed_by
from stemma.reasons import describe, replay
from stemma.records import Dossier, Dossiers, Reason, Report, Witness
from stemma.render.clean import clip, flat
from stemma.render.sigla import facts_of, tail
from stemma.render.words import Words
from stemma.story import explain_groups as story_groups
from stemma.story import explain_pair as story_terms

SHOWN = 90  # letters of a title: one line of a terminal with what stands before it
_WORD = re.compile(r"[^\s\[\]():,;]+")  # an id as it stands in a line: "r6ca083767555[160:204]"


def explain_line(dossiers: Dossiers, reports: dict[str, Report], wanted: str) -> list[str]:
    """All lines that carry this id, with their reasons replayed."""
    out: list[str] = []
    if wanted in reports and reports[wanted].corrected:
        out += [f"report {wanted}", *_reasons(reports[wanted].corrected, reports)]
    for dossier in dossiers.dossiers:
        for kind, line in _lines(dossier):
            if wanted in (getattr(line, "id", None), getattr(line, "report", None) if kind == "lineage" else None):
                out += [f"{kind} {wanted} in story {dossier.story.id} ({dossier.story.title})"]
                out += [f"  {field}" for field in _shown(line, reports)]
                out += _reasons(getattr(line, "reasons", ()), reports)
                for follow in getattr(line, "follows", ()):
                    out += [f"  follows up {follow.story}, {follow.confidence}", *_reasons(follow.reasons, reports)]
                for parent in getattr(line, "sources", ()):
                    out += [
                        f"  from {parent.source}: {parent.kind}, {parent.confidence}"
                        + (f", by way of {parent.via}" if parent.via else "")
                    ]
                    out += _reasons(parent.reasons, reports)
    if not out:
        raise BadUsage(
            f"no line has the id {wanted!r}; ids are those of the JSON output and of the page's copy menu, "
            "and they depend on the reports handed in: give the same PATHs"
        )
    return out


def explain_pair(dossiers: Dossiers, reports: dict[str, Report], a: str, b: str) -> list[str]:
    """What speaks for and against two reports standing together."""
    for one in (a, b):
        if one not in reports:
            raise BadUsage(f"no report has the id {one!r}; `stemma read PATHS` prints the ids")
    story = {i: d for d in dossiers.dossiers for i in d.story.reports}
    together = story[a].story.id == story[b].story.id
    out = [f"{a} and {b} stand in {'one story' if together else 'two stories'}"]
    out += story_terms(reports[a], reports[b])
    out += story_groups(dossiers.reports, a, b)
    if together:
        family = {i: f.id for f in story[a].families for i in f.reports}
        out += [f"they belong to {'one line of reporting' if family[a] == family[b] else 'two lines of reporting'}"]
        for passage in story[a].passages:
            if {passage.a.report, passage.b.report} == {a, b}:
                out += [
                    f"  {passage.kind} passage, similarity {passage.similarity:.2f}",
                    *_quoted((passage.a, passage.b), reports),
                ]
        for one in (a, b):
            out += explain_line(dossiers, reports, one)
    return out


def who_is_who(told: list[str], reports: dict[str, Report]) -> list[str]:
    """The reports whose ids stand in the lines, each with who printed it and its title: an id says nothing to a reader."""
    words = {word for line in told for word in _WORD.findall(line)}
    return [f"  {one}  {_called(report)}" for one, report in sorted(reports.items()) if one in words]


def _called(report: Report) -> str:
    """ "The Courier · English · 3 March 2026: the title", or where it was read from where nobody is known to have printed it."""
    name = printed_by(report) or tail(report.read_from or "", 1)
    facts = " · ".join([name, *facts_of(report, Words("en"))] if name else facts_of(report, Words("en")))
    title = clip(flat(report.title or report.text[:SHOWN]), SHOWN)
    return f"{facts}: {title}"


def _lines(dossier: Dossier) -> list[tuple[str, Any]]:
    named = ("lineage", "families", "quotations", "utterances", "actors", "statements", "disagreements", "situation")
    return [("story", dossier.story), *((name, line) for name in named for line in getattr(dossier, name))]


def _shown(line: Any, reports: dict[str, Report]) -> list[str]:
    """The line's plain fields, and the words of its spans."""
    out = []
    for field in line.__struct_fields__:
        value = getattr(line, field)
        if isinstance(value, str) and field != "id":
            out.append(f"{field}: {value}")
        elif field in ("sentences", "evidence"):
            out += _quoted(value, reports)
        elif field == "readings":
            for reading in value:
                out += [f"reading: {reading.value}", *_quoted(reading.witnesses, reports)]
    return out


def _reasons(reasons: tuple[Reason, ...], reports: dict[str, Report]) -> list[str]:
    out = []
    for reason in reasons:
        again = replay(reason, reports)
        verdict = "the same when run again" if again == reason.score else f"{again:+.4f} when run again"
        values = f" [{', '.join(reason.values)}]" if reason.values else ""
        out += [
            f"  {reason.score:+.4f}  {reason.rule}: {describe(reason.rule)}{values} ({verdict})",
            *_quoted(reason.spans, reports),
        ]
    return out


def _quoted(spans: tuple[Witness, ...], reports: dict[str, Report]) -> list[str]:
    return [f"      {w.report}[{w.start}:{w.end}] {reports[w.report].text[w.start : w.end]!r}" for w in spans[:12]]
