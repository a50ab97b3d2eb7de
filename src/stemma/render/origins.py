"""Where each report came from: the drawing, the same in words, and the reasons behind each step."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from stemma.records import Lineage, Parent
from stemma.render.clean import shown
from stemma.render.corrected import corrected
from stemma.render.evidence import Apparatus, Refs
from stemma.render.sigla import Line, Named, short_name
from stemma.render.tree import draw_tree
from stemma.render.why import Why, make_reasons


@dataclass(frozen=True)
class Origin:
    """One report with where it came from."""

    named: Named
    steps: list[tuple[str, str]]
    linked: str
    reasons: list[Why]
    corrected: list[str]
    cut: tuple[str, ...]
    summary: str


@dataclass(frozen=True)
class LineOrigins:
    """A family with its unseen source, what it is inferred from, and its reports."""

    line: Line
    unseen: str
    inferred: Refs | None
    standing: str
    evidence: Refs | None
    reports: list[Origin]

    @property
    def apart(self) -> bool:
        """Whether there is no more to say than that its one report is traced to no other."""
        one = self.reports[0]
        return len(self.reports) == 1 and not self.unseen and not (one.linked or one.reasons or one.corrected)


@dataclass(frozen=True)
class Origins:
    """The part as a whole. ``kinds`` are the kinds of lines drawn, for the legend; ``apart`` the reports traced to no other,
    ``doubt`` how sure that is where it is the same of all."""

    drawing: Markup
    lines: list[LineOrigins]
    kinds: list[str]
    apart: list[LineOrigins]
    doubt: str | None


def make_origins(book: Apparatus) -> Origins:
    """Drawing and list of one story."""
    lines = {line.report: line for line in book.dossier.lineage}
    lists = [_line(book, line, lines) for line in book.lines]
    notes = {
        origin.named.id: ("" if one.apart else origin.summary, " ".join(why.words for why in origin.reasons[:3]))
        for one in lists
        for origin in one.reports
    }
    kinds: list[str] = sorted({edge.kind for edge in book.dossier.stemma.edges if edge.kind != "independent"})
    apart = [one for one in lists if one.apart]
    doubts = {confidence for one in apart for _, confidence in one.reports[0].steps}
    return Origins(
        draw_tree(book, notes),
        [one for one in lists if not one.apart],
        kinds,
        apart,
        doubts.pop() if len(doubts) == 1 else None,
    )


def _line(book: Apparatus, line: Line, lineage: dict[str, Lineage]) -> LineOrigins:
    family = next((f for f in book.dossier.families if f.id == line.id), None)
    spans = [
        span
        for one in line.reports
        if one in lineage
        for parent in lineage[one].sources
        if parent.source not in book.named
        for reason in parent.reasons
        for span in reason.spans
    ]
    return LineOrigins(
        line=line,
        unseen=book.words("origins.unseen", name=shown(line.unseen)) if line.unseen else "",
        inferred=book.refs(spans) if line.unseen and spans else None,
        standing=book.words(f"standing.{line.standing}"),
        evidence=book.refs(family.evidence) if family and family.evidence else None,
        reports=[_origin(book, book.named[one], lineage.get(one)) for one in line.reports],
    )


def _origin(book: Apparatus, named: Named, lineage: Lineage | None) -> Origin:
    words = book.words
    steps = _steps(book, lineage)
    linked = [book.named[one].siglum for one in (lineage.linked if lineage else ()) if one in book.named]
    summary = steps[0][0] if steps else words(_without_source(book, named, linked))
    if not steps and not linked:
        known = lineage is not None and summary != words("origins.root")
        steps = [(summary, lineage.confidence if lineage else "unsure")] if known else [(summary, "sure")]
    elif steps and steps[0][1] != "sure":
        summary += f" ({words(f'confidence.{steps[0][1]}')})"
    reasons = dict.fromkeys(reason for parent in (lineage.sources if lineage else ()) for reason in parent.reasons)
    reasons |= dict.fromkeys(lineage.reasons if lineage else ())
    return Origin(
        named=named,
        steps=steps,
        linked=words("origins.linked", list=words.series(linked)) if linked else "",
        reasons=[] if book.short else make_reasons(book, tuple(reasons)),
        corrected=corrected(words, (*named.report.corrected, *reasons)),
        cut=tuple(f"headline.cut_{end}" for end in named.report.cut),
        summary=summary,
    )


def _steps(book: Apparatus, lineage: Lineage | None) -> list[tuple[str, str]]:
    """Each source of a report in words, with how sure it is."""
    if lineage is None:
        return []
    drawn = {edge.from_ for edge in book.dossier.stemma.edges if edge.to == lineage.report}
    parents = tuple(sorted(lineage.sources, key=lambda parent: parent.source not in drawn))
    if not parents and (lineage.source or lineage.unseen) and lineage.kind != "independent":
        parents = (Parent(lineage.source or "", lineage.kind, lineage.confidence),)
    return [(_step(book, parent, lineage), parent.confidence) for parent in parents if parent.kind != "independent"]


def _without_source(book: Apparatus, named: Named, linked: list[str]) -> str:
    """What to say of a report without a shown source."""
    if any(line.source == named.id and line.report in book.named for line in book.dossier.lineage):
        return "origins.root"
    return "origins.undirected" if linked else "origins.alone"


def unseen_report(book: Apparatus, name: str | None) -> str:
    """What a source that is not in the pile is called in a sentence; "" where it has no name."""
    return book.words("origins.unseen_report", name=shown(name)) if name else ""


def _step(book: Apparatus, parent: Parent, lineage: Lineage | None) -> str:
    """ "translated from AFP (not in the pile) by way of ..."."""
    words = book.words
    if parent.source in book.named:
        source = short_name(book.named[parent.source])
    else:
        label = next((n.unseen or n.label for n in book.dossier.stemma.nodes if n.id == parent.source), None)
        name = label or (lineage.unseen if lineage else None) or parent.source.removeprefix("unseen:")
        source = unseen_report(book, name)
    said = words("origins.from", kind=words.raw("derivation", parent.kind) or parent.kind, source=source)
    return f"{said} {words('origins.via', via=shown(parent.via))}" if parent.via else said
