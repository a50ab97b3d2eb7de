"""The first block: what this is about, how many reports and at most how many sources, and four answers at a glance."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup
from msgspec.structs import replace

from stemma.records import Disagreement, Dossier, Reading, Utterance
from stemma.render.clean import clip, shown, tag
from stemma.render.corrected import corrected
from stemma.render.counted import COUNTS, in_short, spread, subject, told_apart
from stemma.render.days import published
from stemma.render.disagreeing import in_order, said_of, value_of
from stemma.render.evidence import Apparatus, Refs
from stemma.render.origins import unseen_report
from stemma.render.sigla import Line, Named, anchor, short_name, title_of
from stemma.render.speech import drift_in_words, not_to_quote, speaker_name, words_in
from stemma.render.svg import drawing, element
from stemma.render.words import Words

DRAWN_LINES = 14  # more small trees than this say less than their number does
DRAWN_SHEETS = 9  # in a row on the narrowest screen
NAMED = 3  # differences that the first answer names
MOST_VALUES = 6  # versions of one difference in the first answer
MOST_QUOTED = 90  # letters of a misquotation in the third answer: three lines
MOST_TAKEN = 6  # takings that are not sure in the second answer; the sure ones are all told
MOST_TAKERS = 4  # reports named that took one thing from one source
MOST_LINKED = 8  # reports named of a group without a shown direction
MOST_SHOWN_VALUE = 34  # letters of a version that is no number: two stand on one line of an answer


@dataclass(frozen=True)
class Tree:
    """One family of the headline's picture, with the words beneath it; ``standing`` is what the key says of it, "" where its
    one report's label tells as much."""

    line: Line
    picture: Markup
    reports: tuple[Named, ...]
    more: int
    caption: str
    standing: str
    alone: bool
    evidence: Refs | None


@dataclass(frozen=True)
class Glance:
    """A question, its answer, and what it is made of, line by line as (what, how); ``part`` tells more."""

    question: str
    answer: str
    details: list[tuple[str, str]]
    part: str
    alarm: bool


@dataclass(frozen=True)
class Headline:
    """Everything in the first block. ``follows``: (id, anchor, how sure) of the stories that this one follows up."""

    title: str
    title_lang: str
    facts: list[str]
    corrected: list[str]
    follows: list[tuple[str, str, str]]
    reports: str
    sources: str
    trees: list[Tree]
    more: int
    glances: list[Glance]


def make_headline(book: Apparatus) -> Headline:
    """The first block of one story."""
    words, dossier = book.words, book.dossier
    shown_lines = book.lines if len(book.lines) <= DRAWN_LINES else book.lines[: DRAWN_LINES - 1]
    title, lang = story_title(book)
    return Headline(
        title=title,
        title_lang=lang,
        facts=_facts(book),
        corrected=corrected(words, dossier.story.reasons),
        follows=[
            (one.story, anchor("", one.story), words(f"confidence.{one.confidence}")) for one in dossier.story.follows
        ],
        reports=words.count("headline.reports", len(book.named)),
        sources=words.count("headline.sources", dossier.independent_at_most),
        trees=[_tree(book, line) for line in shown_lines],
        more=len(book.lines) - len(shown_lines),
        glances=[_disagree(dossier, book), _copied(book), _quotes(book)] if len(book.named) > 1 else [],
    )


def story_title(book: Apparatus) -> tuple[str, str]:
    """What the story is called, and the language of the report that calls it so."""
    title, report = title_of(book.dossier, (named.report for named in book.named.values()), book.reader)
    return title, tag(report.language if report else None)


def _facts(book: Apparatus) -> list[str]:
    words, story = book.words, book.dossier.story
    undated = sum(1 for named in book.named.values() if not named.published)
    facts = []
    if story.first:
        facts.append(words("headline.published", dates=published(story.first, story.last, words)))
    if undated:
        facts.append(
            words.count("headline.undated", undated) if undated < len(book.named) else words("headline.all_undated")
        )
    spoken = Counter(named.language for named in book.named.values())
    facts.append(
        ", ".join(
            f"{n} {words.tongue(code)}" if len(spoken) > 1 else words.tongue(code)
            for code, n in sorted(spoken.items(), key=lambda item: (-item[1], str(item[0])))
        )
    )
    outlets = list(dict.fromkeys(named.report.outlet for named in book.named.values() if named.report.outlet))
    if outlets:
        facts.append(", ".join(clip(shown(o), 40) for o in outlets[:6]) + (" …" if len(outlets) > 6 else ""))
    return facts


def _tree(book: Apparatus, line: Line) -> Tree:
    family = next((f for f in book.dossier.families if f.id == line.id), None)
    reports = tuple(book.named[one] for one in line.reports[:DRAWN_SHEETS])
    alone = len(line.reports) == 1 and not line.unseen
    credited = line.standing == "credited" and bool(reports[0].report.credits)  # its label names them
    return Tree(
        line=line,
        picture=small_tree(line, [named.siglum for named in reports], len(line.reports)),
        reports=reports,
        more=len(line.reports) - len(reports),
        caption=_caption(book, line),
        standing="" if alone and (line.standing == "unknown" or credited) else book.words(f"standing.{line.standing}"),
        alone=alone,
        evidence=book.refs(family.evidence) if family and family.evidence else None,
    )


def _caption(book: Apparatus, line: Line) -> str:
    """The few words under a small tree: its source where that is not in the pile, else what speaks for its own reporting."""
    if line.unseen:
        return book.words("headline.not_here", name=clip(shown(line.unseen), 24))
    return book.words(f"standing.{line.standing}")


def small_tree(line: Line, sigla: list[str], size: int) -> Markup:
    """One source above, its reports as sheets below; dashed where the source is not in the pile."""
    step, sheets = 30, len(sigla) + (1 if size > len(sigla) else 0)
    width = max(step * sheets + 6, 46)
    middle = width / 2
    parts = []
    for index in range(sheets):
        x = middle + (index - (sheets - 1) / 2) * step
        parts.append(element("path", d=f"M{middle:.1f} 36 C{middle:.1f} 48 {x:.1f} 44 {x:.1f} 58", class_="twig"))
        label = sigla[index] if index < len(sigla) else f"+{size - len(sigla)}"
        parts.append(element("path", d=f"M{x - 12:.1f} 58h18l6 6v24h-24z", class_="sheet"))
        parts.append(element("text", label, x=x, y=79.0, class_="sheet-name"))
    root = element("circle", cx=middle, cy=20.0, r=16, class_="source unseen" if line.unseen else "source")
    name = element(
        "text", line.letter, x=middle, y=26.0, class_="source-name unseen-name" if line.unseen else "source-name"
    )
    return drawing(width, 92, None, *parts, root, name, class_=f"small-tree c{line.colour}")


def _disagree(dossier: Dossier, book: Apparatus) -> Glance:
    """How many clashes and other differences, and the first of them with their values: numbers alone would hide them."""
    words, question = book.words, book.words("headline.glance_disagree")
    if not dossier.disagreements:
        return Glance(
            question, words("headline.none_found"), [("", words("headline.no_difference"))], "disagree", False
        )
    ordered = sorted(dossier.disagreements, key=spread)
    clashes = sum(d.tier == "clash" for d in ordered)
    others = len(ordered) - clashes
    details = _first_differences(book, ordered)
    if len(ordered) > len(details):
        details.append(("", words.count("page.and_more", len(ordered) - len(details))))
    if not clashes:
        return Glance(question, words.count("headline.differences", others), details, "disagree", False)
    answer = words.count("headline.clashes", clashes)
    if others:
        answer = f"{answer}, {words.count('headline.looks', others)}"
    return Glance(question, answer, details, "disagree", True)


def _first_differences(book: Apparatus, ordered: list[Disagreement]) -> list[tuple[str, str]]:
    """The first few; where two have the same values (a number in the title and again below), the one that names more."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    bare = book.words("slot.count")
    for one in ordered[: NAMED * 4]:
        about, values = _values(book, one)
        key = (one.slot, values)
        if key not in found or found[key][0] == bare:
            found[key] = about, values
    return list(found.values())[:NAMED]


def _values(book: Apparatus, found: Disagreement) -> tuple[str, str]:
    """ "Dead in Myanmar" and "25 / 144"; what kind of difference it is where its versions are no values."""
    readings = in_order(book, found)
    if found.slot in COUNTS:
        about, values = subject(book, found), list(dict.fromkeys(_number(book, found, reading) for reading in readings))
    else:
        about, values = book.words(f"slot.{found.slot}"), [said_of(book, found, r) for r in readings]
    if len(values) > MOST_VALUES:  # the ends of the scale tell most
        values = [*values[: MOST_VALUES - 2], "…", *values[-2:]]
    told = told_apart(values, MOST_SHOWN_VALUE)
    if not all(told) or len(set(told)) < 2:
        return about, str(book.words.raw("kind", found.kind) or found.kind)
    return about, " / ".join(told)


def _number(book: Apparatus, found: Disagreement, reading: Reading) -> str:
    """The number of a version, or its words in the reader's language."""
    return in_short(book, replace(reading, value=value_of(book, found, reading)))


_TAKING = ("copy", "rewrite", "translation", "shared source", "update")


def _copied(book: Apparatus) -> Glance:
    """Every sure case first, then the others; among them a copy, then a rewrite, a translation."""
    words = book.words
    found: dict[tuple[int, int, bool, str, str, str], list[str]] = {}
    for line in sorted(book.dossier.lineage, key=lambda line: book.rank(line.report)):
        if line.report not in book.named or line.kind == "independent":
            continue
        inside = line.source in book.named
        source = short_name(book.named[str(line.source)]) if inside else unseen_report(book, line.unseen)
        if source:
            sureness = ("sure", "likely", "unsure").index(line.confidence)
            key = (sureness, _TAKING.index(line.kind), not inside, source, line.kind, line.confidence)
            found.setdefault(key, []).append(line.report)
    ordered = sorted(found.items())
    sure = sum(1 for key, _ in ordered if key[0] == 0)
    told = ordered[: sure + MOST_TAKEN]
    said = [_taken(book, key, takers) for key, takers in told]
    said += _linked(book)
    if len(told) < len(ordered):
        said.append(words.count("page.and_more", len(ordered) - len(told)))
    question = words("headline.glance_copied")
    if not said:
        return Glance(question, words("headline.none_found"), [("", words("headline.no_copies"))], "origins", False)
    return Glance(question, said[0], [("", one) for one in said[1:]], "origins", False)


def _linked(book: Apparatus) -> list[str]:
    """ "A1 and A2 share text (direction not shown)": the groups that no source is shown for. Where they
    stand in several lines of reporting the count above holds them apart, and that is said."""
    words, groups = book.words, list[set[str]]()
    sources = {(line.report, one.source) for line in book.dossier.lineage for one in line.sources}
    sources |= {(line.report, line.source) for line in book.dossier.lineage if line.source}
    for line in book.dossier.lineage:
        for other in line.linked:
            pair = {line.report, other}
            if pair <= book.named.keys() and not {(line.report, other), (other, line.report)} & sources:
                touched = [group for group in groups if group & pair]
                groups = [group for group in groups if not group & pair] + [pair.union(*touched)]
    said = []
    for members in sorted(sorted(group, key=book.rank) for group in groups):
        sigla, tongues = [book.named[one].siglum for one in members], {book.named[one].lang for one in members}
        kind = "headline.shared_text" if len(tongues) == 1 else "headline.shared_source"
        linked = words(kind, list=_series(words, sigla, MOST_LINKED))
        apart = len({book.named[one].letter for one in members}) > 1
        said.append(words("headline.not_counted", said=linked) if apart else linked)
    return said[:MOST_TAKEN]


def _taken(book: Apparatus, key: tuple[int, int, bool, str, str, str], takers: list[str]) -> str:
    """ "A3 Outlet rewrites A1 Agency", or for several "A2 and A3 copy A1 Agency"."""
    words = book.words
    _, _, _, source, kind, confidence = key
    names = [book.named[one].siglum for one in takers]
    who = short_name(book.named[takers[0]]) if len(takers) == 1 else _series(words, names, MOST_TAKERS)
    said = words.count(f"derived.{kind}", len(takers), a=who, b=source)
    return said if confidence == "sure" else f"{said} ({words(f'confidence.{confidence}')})"


def _series(words: Words, names: list[str], most: int) -> str:
    """ "A1, A2 and A3", or of many "A1, A2 and 7 more"."""
    if len(names) <= most:
        return words.series(names)
    return f"{', '.join(names[:most])} {words.count('page.and_more', len(names) - most)}"


def _quotes(book: Apparatus) -> Glance:
    words, utterances = book.words, [u for u in book.dossier.utterances if len(u.quotations) > 1]
    question = words("headline.glance_quotes")
    bad = [u for u in utterances if u.verdict == "not as quoted"]
    translated = sum(1 for u in utterances if u.verdict == "translated")
    note = words.count("headline.translated_only", translated) if translated else ""
    if bad:
        named = _who(book, bad)[:3]
        details = [("", one) for one in named[1:]] + _misquoted(book, bad) + [("", note)] * bool(note)
        return Glance(question, named[0], details, "speech", True)
    return Glance(
        question,
        words("headline.none_found"),
        [("", note or words("headline.no_bad_quote" if utterances else "headline.no_repeat"))],
        "speech",
        False,
    )


def _misquoted(book: Apparatus, utterances: list[Utterance]) -> list[tuple[str, str]]:
    """Words that must not be used as quoted, in the reader's language where there are any, with the report that has them;
    after them the version that stands closest to the source."""
    by_id = {q.id: q for q in book.dossier.quotations if q.report in book.named and q.content}
    bad = [
        (q, utterance)
        for utterance in utterances
        for q in (by_id[one] for one in utterance.quotations if one in by_id)
        if not_to_quote(utterance, q)
    ]
    if not bad:
        return []
    first, utterance = min(bad, key=lambda b: (not book.reads(b[0].report), book.rank(b[0].report), b[0].content[0]))
    label = ", ".join((book.named[first.report].siglum, *drift_in_words(book, utterance, first)[:1]))
    said = [(label, book.words("label.words", words=clip(words_in(book, first), MOST_QUOTED)))]
    if (closest := by_id.get(utterance.closest or "")) is not None:
        label = f"{book.named[closest.report].siglum}, {book.words('speech.closest_here')}"
        said.append((label, clip(words_in(book, closest, marks=True), MOST_QUOTED)))
    return said


def _who(book: Apparatus, utterances: list[Utterance]) -> list[str]:
    """Each speaker once, with the reports that must not be quoted."""
    found: dict[str, set[str]] = {}
    for utterance in utterances:
        members = [q for q in book.dossier.quotations if q.id in utterance.quotations and q.report in book.named]
        bad = [q for q in members if not_to_quote(utterance, q)] or [q for q in members if q.id != utterance.closest]
        speaker = speaker_name(book, utterance.actor, members) or book.words("speech.speaker_unknown")
        found.setdefault(clip(speaker, 50), set()).update(q.report for q in bad)
    return [
        book.words(
            "headline.bad_quote",
            speaker=speaker,
            reports=book.words.series([book.named[one].siglum for one in sorted(reports, key=book.rank)]),
        )
        for speaker, reports in found.items()
    ]
