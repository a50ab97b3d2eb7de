"""Speech in Japanese, Korean and Chinese: read in code points, since words are not (or not only) parted by spaces.

Japanese and Korean name the speaker before the words and put the verb behind them; Chinese puts the verb before (X说：“…”)
or behind (“…”，X说). What is looked at beside a mark is bounded, so the work is linear in the text.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import regex
from msgspec import Struct

from stemma.ids import content_id
from stemma.language.lexicon import table
from stemma.quotes.marks import TITLE, WHITE_CORNER, Marked, pair
from stemma.records import Annotated, Quotation, Span, Speaker

# Between closing mark and verb, and between verb and opening mark, at most this many code points.
NEAR = 24
# A sentence with more marks than this is none.
MOST_MARKS = 60
# A phrase that names a speaker is no longer than this.
LONGEST_NAME = 40
# Two marks with at most this many code points between them are said in one breath (」「, ”며 “).
JOINT = 3
# Marks with fewer code points inside are terms unless a verb of saying takes them.
SHORT = 6


class Knowledge(Struct, frozen=True):
    """The ``unspaced`` table of one language, compiled."""

    first: bool
    behind: regex.Pattern[str]
    before: regex.Pattern[str] | None
    after_speaker: regex.Pattern[str] | None
    terms: regex.Pattern[str]
    topic: regex.Pattern[str]
    source: regex.Pattern[str] | None
    claim: regex.Pattern[str] | None
    addressee: regex.Pattern[str]
    ends: str


def _any(words: list[str]) -> str:
    return "|".join(regex.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


@cache
def knowledge(language: str | None) -> Knowledge | None:
    """The language's table, or None where it is written with spaces and cases."""
    data: dict[str, Any] = table(language, "quotes").get("unspaced", {})
    if not data:
        return None
    verbs, joins = _any(data["verbs"]), _any(data.get("joins", []))
    first = bool(data.get("cue_first", False))
    stop = "。！？「」『』“”\n"
    behind = rf"[，,、\s]*(?:{joins})[^{stop}]{{0,{NEAR}}}?(?P<cue>{verbs})" if joins else r"(?!)"
    names = rf"(?P<name>[^，,、：:；{stop}]{{1,{LONGEST_NAME}}}?)"
    according = _any(data["according"])
    ends = _any(data.get("according_ends", []))
    source = (
        rf"(?:^|[，。])(?P<cue>{according}){names}(?:{ends})?[，,]"
        if first
        else rf"(?P<name>[^、，。「」“”\n]{{1,{LONGEST_NAME}}}?)\s*(?P<cue>{according})[、，,]?\s*"
    )
    topic = _any(data.get("topics", []))
    return Knowledge(
        first=first,
        behind=regex.compile(behind),
        before=regex.compile(rf"{names}(?P<cue>{verbs})(?:[^，。：:“”「」\n]{{0,6}})[：:，,]?\s*$") if first else None,
        after_speaker=regex.compile(rf"[，,]?{names}(?P<cue>{verbs})(?=[，,。：:]|$)") if first else None,
        terms=regex.compile(rf"(?:{_any(data['terms'])})"),
        topic=regex.compile(
            rf"(?P<name>[^、，,。「」“”\n]{{1,{LONGEST_NAME}}}?)(?P<topic>{topic})(?=[\s、，,]|\d|[^\p{{Hiragana}}\s]|$)"
        )
        if topic
        else regex.compile(r"(?!)"),
        source=regex.compile(source),
        claim=regex.compile(
            rf"^{names}(?P<cue>{verbs})[，：:,](?P<said>[^。“”「」\n]{{4,400}})"
            if first
            else rf"(?P<said>[^。「」“”\n]{{4,300}}?)(?P<join>{joins})\s?(?P<cue>{verbs})"
        ),
        addressee=regex.compile(rf"(?P<to>[^、，,。はが「」“”\s]{{1,20}}?)(?:{_any(data['addressing'])})[、，,\s]*$"),
        ends="".join(data["ends"]),
    )


class _Sentence(Struct):
    start: int
    end: int
    marks: list[Marked]


def unspaced(report: Annotated, known: Knowledge) -> tuple[Quotation, ...]:
    """The report's quotations."""
    text = report.report.text
    lines = _lines(report)
    marks = [m for m in pair(text, lines) if m.depth == 0 and m.family != TITLE]
    found: list[Quotation] = []
    speaker: Span | None = None
    for sentence in _sentences(text, lines, marks, known.ends):
        here = _marked(report, sentence, known, speaker) if sentence.marks else []
        if not here:
            here = _plain(report, sentence, known)
        found.extend(here)
        named = [q.speaker.span for q in here if q.speaker and q.speaker.span]
        speaker = named[-1] if named else speaker
    return tuple(found)


def _lines(report: Annotated) -> list[Span]:
    text = report.report.text
    spans = report.report.body or (Span(0, len(text)),)
    lines = []
    for start, end in spans:
        at = start
        for part in text[start:end].split("\n"):
            if part.strip():
                lines.append(Span(at + len(part) - len(part.lstrip()), at + len(part.rstrip())))
            at += len(part) + 1
    return lines


def _sentences(text: str, lines: list[Span], marks: list[Marked], ends: str) -> list[_Sentence]:
    """Sentences end at 。！？ outside marks, or at the line's end."""
    found = []
    k = 0
    for line in lines:
        at, i, mine = line.start, line.start, []
        while i < line.end:
            while k < len(marks) and marks[k].start < i:
                k += 1
            if k < len(marks) and marks[k].start == i:
                mine.append(marks[k])
                i = max(marks[k].end, i + 1)
                k += 1
                continue
            if text[i] in ends and (text[i] != "." or i + 1 >= line.end or text[i + 1].isspace()):
                found.append(_Sentence(at, i + 1, mine))
                at, mine = i + 1, []
            i += 1
        if at < line.end:
            found.append(_Sentence(at, line.end, mine))
    return found


def _marked(report: Annotated, s: _Sentence, known: Knowledge, before: Span | None) -> list[Quotation]:
    """The quotations of a sentence with marks: those that a verb of saying takes, or that fill it."""
    text = report.report.text
    s = _Sentence(s.start, s.end, s.marks[:MOST_MARKS])
    taken: list[Marked] = []
    cue: Span | None = None
    speaker: Span | None = None
    for m in s.marks:
        if m.family == WHITE_CORNER or known.terms.match(text, m.end, min(s.end, m.end + 8)):
            continue
        hit = known.behind.match(text, m.end, min(s.end, m.end + 60))
        if hit is None and known.first:
            hit = _chinese(text, s, m, known)
        if hit is None:
            continue
        taken.append(m)
        cue = cue or Span(*hit.span("cue"))
        if known.first and speaker is None:
            speaker = _clean(text, *hit.span("name"))
    for m, after in zip(reversed(s.marks[:-1]), reversed(s.marks[1:]), strict=True):
        if after in taken and m not in taken and len(text[m.end : after.start].strip()) <= JOINT:
            taken.insert(0, m)
    if not taken:
        return _alone(report, s, before)
    if known.first:
        taken = [m for m in s.marks if m in taken or m.inner.end - m.inner.start > SHORT]
    speaker = speaker or _topic(text, s.start, taken[0].start, known)
    to = known.addressee.search(text, max(s.start, taken[0].start - 40), taken[0].start)
    addressee = Span(*to.span("to")) if to and not known.first else None
    known_by: Literal["explicit", "inherited", "none"] = "explicit" if speaker else "inherited" if before else "none"
    return [
        _quotation(
            report, [m.inner for m in taken], [m.inner for m in taken], speaker, cue, addressee, known_by, before
        )
    ]


def _chinese(text: str, s: _Sentence, m: Marked, known: Knowledge) -> regex.Match[str] | None:
    """X说：“…” or “…”，X说."""
    if known.before is not None:
        start = max([s.start, *(o.end for o in s.marks if o.end <= m.start)])
        hit = known.before.search(text, max(start, m.start - 60), m.start)
        if hit is not None:
            return hit
    if known.after_speaker is not None:
        return known.after_speaker.match(text, m.end, min(s.end, m.end + 60))
    return None


def _alone(report: Annotated, s: _Sentence, before: Span | None) -> list[Quotation]:
    """Marks that fill their sentence go on with the last speaker's words."""
    text = report.report.text
    m = s.marks[0]
    outside = text[s.start : m.start].strip() + text[s.marks[-1].end : s.end].strip(" 。.!?！？\n")
    if outside or m.inner.end - m.inner.start <= SHORT:
        return []
    inner = [k.inner for k in s.marks]
    return [_quotation(report, inner, inner, None, None, None, "inherited" if before else "none", before)]


def _topic(text: str, start: int, end: int, known: Knowledge) -> Span | None:
    """The phrase with the topic or subject particle nearest to the sentence's beginning."""
    hit = known.topic.search(text, start, end)
    return _clean(text, *hit.span("name")) if hit else None


def _clean(text: str, start: int, end: int) -> Span | None:
    """The name without blanks and without adverbials at its edges."""
    while start < end and (text[start].isspace() or text[start] in "，,、“”"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end > start else None


def _plain(report: Annotated, s: _Sentence, known: Knowledge) -> list[Quotation]:
    """According to X, ...; X said that ..., without marks round the words."""
    text = report.report.text
    if known.source is not None:
        hit = known.source.search(text, s.start, min(s.end, s.start + 120))
        if hit is not None:
            name = _clean(text, *hit.span("name"))
            content = _trim(text, hit.end(), s.end, known.ends)
            if name and content.end - content.start > SHORT:
                return [_quotation(report, [content], [], name, Span(*hit.span("cue")), None, "explicit", None)]
    if known.claim is None:
        return []
    if known.first:
        hit = known.claim.match(text, s.start, s.end)
        if hit is None:
            return []
        name, content = _clean(text, *hit.span("name")), _trim(text, hit.start("said"), hit.end("said"), known.ends)
        return [_quotation(report, [content], [], name, Span(*hit.span("cue")), None, "explicit", None)] if name else []
    topic = known.topic.search(text, s.start, min(s.end, s.start + 60))
    if topic is None:
        return []
    start = topic.end()
    while start < s.end and text[start] in " 、，,":
        start += 1
    hit = known.claim.match(text, start, min(s.end, start + 400))
    if hit is None:
        return []
    content = _trim(text, hit.start("said"), hit.end("said"), known.ends)
    return [
        _quotation(
            report, [content], [], _clean(text, *topic.span("name")), Span(*hit.span("cue")), None, "explicit", None
        )
    ]


def _trim(text: str, start: int, end: int, ends: str) -> Span:
    while start < end and (text[start].isspace() or text[start] in "、，,"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ends + "、，,"):
        end -= 1
    return Span(start, end)


def _quotation(
    report: Annotated,
    content: list[Span],
    marked: list[Span],
    speaker: Span | None,
    cue: Span | None,
    addressee: Span | None,
    attribution: Literal["explicit", "inherited", "none"],
    before: Span | None,
) -> Quotation:
    text = report.report.text
    span = speaker or (before if attribution == "inherited" else None)
    return Quotation(
        id=content_id("q", report.report.id, content),
        report=report.report.id,
        content=tuple(content),
        marked=tuple(marked),
        speaker=Speaker(span=span, name=text[span.start : span.end]) if span else None,
        cue=cue,
        addressee=addressee,
        type="direct" if marked else "indirect",
        marking="marks" if marked else "none",
        attribution=attribution,
    )
