"""The dossiers as Markdown: the same parts as the page, compact, to be pasted into a message or a note."""

from __future__ import annotations

import re
from collections.abc import Iterable

from stemma.records import Dossier, Dossiers, NotCompared, Report
from stemma.render.alone import make_alone
from stemma.render.carried import Said, make_brief, make_carried
from stemma.render.clean import Context, clip, flat, shown
from stemma.render.days import in_words
from stemma.render.disagreeing import Variant, make_differences
from stemma.render.doing import make_doings
from stemma.render.evidence import Apparatus, Refs
from stemma.render.headline import make_headline
from stemma.render.origins import make_origins
from stemma.render.sigla import facts_of, outlet_of, tail
from stemma.render.speech import Rendering, Speaker, make_speech
from stemma.render.timeline import make_timeline
from stemma.render.words import Words

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
MOST = 20  # lines of one part: a note, not an archive


def render_markdown(dossiers: Dossiers, language: str = "en") -> str:
    """The dossiers as Markdown; ``language`` is the language of the headings."""
    words = Words(language)
    reports = {one.id: one for one in dossiers.reports}
    several = [one for one in dossiers.dossiers if len(one.story.reports) > 1] or list(dossiers.dossiers[:1])
    full = {one.story.id for one in several}
    left = [f"- `{shown(tail(one.read_from, 2))}`: {safe(one.reason)}" for one in dossiers.set_aside]
    left += [f"- {safe(one.what)}: {safe(one.reason)}" for one in dossiers.not_compared if one.story not in full]
    only = len(dossiers.dossiers) == 1
    parts = [
        line
        for one in several
        for line in _story(one, reports, words, language, dossiers.not_compared, left if only else [])
    ]
    singles = [_single(one, reports, words) for one in dossiers.dossiers if one.story.id not in full]
    if singles:
        parts += [f"# {words.count('index.singles', len(singles))}", "", *(f"- {one}" for one in singles), ""]
    if left and not only:
        parts += [f"## {words('part.aside')}", "", *left, ""]
    made = words("page.made_short", date=in_words(dossiers.made.at[:10], words), by=dossiers.made.by)
    return "\n".join([*parts, f"*{safe(made)}*", ""])


def render_brief(dossiers: Dossiers, language: str = "en") -> str:
    """The briefs alone: each story's title and its sentences with their witnesses."""
    words = Words(language)
    reports = {one.id: one for one in dossiers.reports}
    parts: list[str] = []
    for dossier in dossiers.dossiers:
        book = Apparatus.of(dossier, reports, words, language, set())
        parts += [f"# {safe(make_headline(book).title)}", ""]
        parts += [f"- **{named.siglum}** {safe(named.label)}" for named in book.named.values()]
        parts += ["", *([_said(one) for one in make_brief(book)] or [words("brief.none")]), ""]
    return "\n".join(parts)


def safe(text: str) -> str:
    """Text of a report as plain Markdown text: no markup of its own, no controls, one line."""
    return _SPECIAL.sub(r"\\\1", flat(text))


def _story(
    dossier: Dossier,
    reports: dict[str, Report],
    words: Words,
    reader: str,
    skipped: tuple[NotCompared, ...],
    left: list[str],
) -> list[str]:
    book = Apparatus.of(dossier, reports, words, reader, set())
    aside = [
        f"- {safe(s.what)}: {safe(s.reason)}{_cited(book.refs(s.spans))}"
        for s in skipped
        if s.story == dossier.story.id
    ]
    return [
        *_headline(book),
        *_part(book, "brief", [_said(one) for one in make_brief(book)]),
        *_part(book, "carried", _carried(book), "carried.none"),
        *_part(book, "disagree", _differences(book), "disagree.none"),
        *_part(book, "origins", _origins(book)),
        *_part(book, "speech", _speech(book)),
        *_part(book, "timeline", _timeline(book)),
        *_part(book, "doing", _doing(book)),
        *_part(book, "alone", _alone(book)),
        *_part(book, "aside", [*aside, *left]),
    ]


def _part(book: Apparatus, key: str, lines: list[str], none: str = "") -> list[str]:
    if not lines:
        return [f"## {book.words(f'part.{key}')}", "", book.words(none), ""] if none else []
    return [f"## {book.words(f'part.{key}')}", "", *lines, ""]


def _more(book: Apparatus, lines: list[str], of: int) -> list[str]:
    return lines if len(lines) >= of else [*lines, f"- … {book.words.count('page.more', of - len(lines))}"]


def _headline(book: Apparatus) -> list[str]:
    made = make_headline(book)
    lines = [f"# {safe(made.title)}", "", safe(" · ".join(made.facts)), "", f"**{made.reports}, {made.sources}**", ""]
    lines += [
        f"- **{named.siglum}** {safe(named.label)}" + (f": {safe(named.title)}" if named.title else "")
        for named in book.named.values()
    ]
    lines.append("")
    lines += [
        f"- {glance.question} **{safe(glance.answer)}**"
        + (
            f" ({safe('; '.join(f'{what}: {how}' if what else how for what, how in glance.details))})"
            if glance.details
            else ""
        )
        for glance in made.glances
    ]
    return [*lines, "", safe(book.words("headline.why_at_most")), ""]


def _cited(refs: Refs) -> str:
    every = [f"{one.siglum} {one.place}".strip() for one in (*refs.shown, *refs.folded)]
    more = f" +{refs.unlinked}" if refs.unlinked else ""
    return f" [{', '.join(every)}{more}]" if every else ""


def _doubt(book: Apparatus, confidence: str) -> str:
    return "" if confidence == "sure" else f" *({book.words(f'confidence.{confidence}')})*"


def _said(one: Said) -> str:
    flags = "".join(f" *({text})*" for text, _, _ in one.flags)
    return f"- {safe(one.quote.text)}{_cited(one.refs)}{flags}"


def _carried(book: Apparatus) -> list[str]:
    made = make_carried(book)
    lines = [
        f"- {safe(one.quote.text)} **{one.support.count}/{one.support.of}**{_cited(one.refs)}{_doubt(book, one.confidence)}"
        for one in made.first
    ]
    return _more(book, lines, len(made.first) + len(made.rest))


def _context(context: Context) -> str:
    hit = f"**{safe(context.hit).strip()}**" if context.hit.strip() else ""
    return f"{safe(context.before)}{hit}{safe(context.after)}"


def _differences(book: Apparatus) -> list[str]:
    made = make_differences(book)
    lines = []
    for heading, variants in (("disagree.clash", made.clashes), ("disagree.look", made.looks)):
        if variants:
            lines += [f"**{book.words(heading)}**", "", *(line for one in variants for line in _variant(book, one)), ""]
    return [*lines, f"… {book.words.count('page.more', len(made.rest))}"] if made.rest else lines[:-1]


def _variant(book: Apparatus, one: Variant) -> list[str]:
    lines = [f"- {one.heading}: {safe(one.kind)}{_doubt(book, one.confidence)}" + (f". {one.note}" if one.note else "")]
    for version in one.versions:
        words = _context(version.quotes[0][0]) if version.quotes else ""
        value = f"**{safe(version.value)}**: " if version.value else ""
        lines.append(f"  - {value}{words}{_cited(version.refs)}")
    return lines


def _origins(book: Apparatus) -> list[str]:
    lines = []
    for line in make_origins(book).lines:
        lines.append(
            f"- **{line.line.letter}**: {safe(line.unseen) + '; ' if line.unseen else ''}{line.standing}{_cited(line.evidence) if line.evidence else ''}"
        )
        for origin in line.reports[:MOST]:
            steps = [f"{safe(said)}{_doubt(book, confidence)}" for said, confidence in origin.steps] + (
                [safe(origin.linked)] if origin.linked else []
            )
            lines.append(f"  - **{origin.named.siglum}** {'; '.join(steps)}")
    return _more(book, lines[: 3 * MOST], len(lines))


def _speech(book: Apparatus) -> list[str]:
    made = make_speech(book)
    lines = []
    for saying in (*made.sayings, *made.rest):
        note = f" {saying.verdict_note}" if saying.verdict_note else ""
        lines.append(
            f"- **{safe(saying.speaker or book.words('speech.speaker_unknown'))}**: {saying.verdict_words}{note}{_doubt(book, saying.confidence)}"
        )
        lines += [f"  - {_rendering(r)}" + (f" *{'; '.join(r.drift)}*" if r.drift else "") for r in saying.renderings]
    speakers = [line for speaker in made.speakers for line in _speaker(book, speaker)]
    return [*lines, *_more(book, speakers[:MOST], len(speakers))]


def _speaker(book: Apparatus, speaker: Speaker) -> Iterable[str]:
    name = safe(speaker.name or book.words("speech.speaker_unknown"))
    return [f"- **{name}**{'' if one.cue else ':'} {_rendering(one)}" for one in speaker.quotations]


def _rendering(one: Rendering) -> str:
    words = f"({safe(one.cue)}): " if one.cue else ""
    for inside, pieces in one.runs:
        text = safe("".join(piece.text for piece in pieces if piece.change != "gone"))
        words += f"“{text}”" if inside else text
    places = ", ".join(f"{ref.siglum} {ref.place}" for ref in (one.ref, *one.also))
    return f"{words} [{places}]"


def _timeline(book: Apparatus) -> list[str]:
    made = make_timeline(book)
    lines = []
    for one in made.moments:
        how = "; ".join(
            [
                *([one.basis] if one.basis else []),
                *(f"{who} {there.siglum} {there.place}" for who, there in one.borrowed),
            ]
        )
        status = f" *({one.status})*" if one.status else ""
        lines.append(
            f"- **{safe(one.date)}** {_context(one.clause.inner)}{_cited(one.refs)} ({how}){status}{_doubt(book, one.confidence)}"
        )
    return _more(book, lines, len(made.moments) + len(made.rest))


def _doing(book: Apparatus) -> list[str]:
    made = make_doings(book)
    lines = [
        f"- **{safe(one.actor)} → {safe(one.recipient)}**: {one.quad_words}{' (' + one.status + ')' if one.status else ''}; {_context(one.context)}{_cited(one.refs)}{_doubt(book, one.confidence)}"
        for one in made.deeds
    ]
    return _more(book, lines, len(made.deeds) + len(made.rest))


def _alone(book: Apparatus) -> list[str]:
    lines = []
    for one in make_alone(book)[:MOST]:
        for sentence in one.sentences:
            said = "".join(f"**{safe(text)}**" if own else safe(text) for own, text in sentence.pieces)
            lines.append(f"- {said} [{sentence.ref.siglum} {sentence.ref.place}]")
    return _more(book, lines[: 2 * MOST], len(lines))


def _single(dossier: Dossier, reports: dict[str, Report], words: Words) -> str:
    report = next((reports[one] for one in dossier.story.reports if one in reports), None)
    if report is None:
        return safe(clip(dossier.story.title, 160))
    title = clip(dossier.story.title or report.title or report.text[:200], 160)
    return f"{safe(title)} ({safe(' · '.join(([outlet] if (outlet := outlet_of(report)) else []) + facts_of(report, words)))})"
