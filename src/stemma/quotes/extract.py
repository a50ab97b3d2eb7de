"""One report to its quotations."""

from __future__ import annotations

from stemma.ids import content_id
from stemma.quotes.clauses import clauses
from stemma.quotes.found import Found
from stemma.quotes.speech import alone
from stemma.quotes.view import View, view
from stemma.records import Annotated, Quotation, Span, Speaker
from stemma.spans import trim_marks


def extract_quotations(report: Annotated) -> tuple[Quotation, ...]:
    """The report's quotations in the order of the text; speakers are named as the report names them."""
    v = view(report)
    if not v.cues and not v.marks and not v.lex.according:
        return ()
    found: list[Found] = []
    for number in range(len(v.units)):
        found.extend(clauses(v, number))
    found = alone(v, found)
    made = [q for one in found if (q := quotation(v, one)) is not None]
    return tuple(sorted(made, key=lambda q: (q.content, q.id)))


def quotation(v: View, one: Found) -> Quotation | None:
    """The record of a finding: token ranges to spans, type and marking told from the marks."""
    content, marked, outside = _spans(v, one)
    if not content:
        return None
    kind = "direct" if marked and not outside else "mixed" if marked else "indirect"
    return Quotation(
        id=content_id("q", v.report.report.id, content),
        report=v.report.report.id,
        content=tuple(content),
        marked=tuple(marked),
        speaker=_speaker(v, one),
        cue=v.span(*one.cue) if one.cue else None,
        addressee=v.span(*one.addressee) if one.addressee else None,
        type=kind,
        marking="marks" if marked else "none",
        attribution=_attribution(one),
    )


def _attribution(one: Found) -> str:
    if one.subject is None:
        return "none"
    return "explicit"


def _speaker(v: View, one: Found) -> Speaker | None:
    if one.subject is None:
        return None
    span = v.span(*one.subject)
    return Speaker(span=span, name=v.text[span.start : span.end])


def _spans(v: View, one: Found) -> tuple[list[Span], list[Span], bool]:
    """Content spans, marked spans, and whether words stand outside marks."""
    content: list[Span] = []
    marked: list[Span] = []
    outside = False
    for first, last in one.content:
        ks: list[int] = []
        for i in range(first, last):
            k = v.mark_of[i]
            if k >= 0:
                if not ks or ks[-1] != k:
                    ks.append(k)
            elif v.tokens[i].kind != "mark":
                outside = True
        marked.extend(v.marks[k].inner for k in ks)
    if marked and not outside or one.pieces:
        return list(marked), marked, False
    complementiser = one.content[0][0]
    if marked and v.norms[complementiser] in v.lex.words["complementisers"]:
        rest = [i for a, b in one.content for i in range(a, b) if i != complementiser and v.tokens[i].kind != "mark" and v.mark_of[i] < 0]
        if not rest:
            return list(marked), marked, False
    for first, last in one.content:
        span = v.span(first, last)
        tight = trim_marks(v.text, span.start, span.end)
        if tight.end > tight.start:
            content.append(span)
    return content, marked, True
