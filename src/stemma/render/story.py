"""One story, every part of it ready for the template."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from stemma.records import NotCompared
from stemma.render import finding
from stemma.render.alone import Alone, make_alone
from stemma.render.carried import Carried, Said, make_brief, make_carried
from stemma.render.clean import shown
from stemma.render.days import published
from stemma.render.disagreeing import Differences, make_differences
from stemma.render.doing import Doings, make_doings
from stemma.render.evidence import Apparatus, Refs
from stemma.render.headline import Headline, make_headline
from stemma.render.origins import Origins, make_origins
from stemma.render.room import Room, make_room
from stemma.render.sigla import anchor
from stemma.render.situation import Situation, make_situation
from stemma.render.speech import Speech, make_speech
from stemma.render.timeline import Times, make_timeline

SHORT = ("brief", "disagree", "origins", "room", "aside")
COMPARING = ("carried", "disagree", "origins", "alone")  # parts that a single report cannot have


@dataclass(frozen=True)
class StoryPage:
    """Every part of one story, ready for the template. ``n`` counts the lines of each part, for the contents."""

    anchor: str
    headline: Headline
    brief: list[Said]
    brief_language: str
    reader: str
    carried: Carried
    differences: Differences
    origins: Origins
    speech: Speech
    times: Times
    doings: Doings
    situation: Situation
    alone: list[Alone]
    room: Room
    find: Markup
    skipped: list[tuple[str, str, Refs]]
    n: dict[str, int]
    parts: list[str]
    short: bool
    index: dict[str, object]


def make_story(book: Apparatus, skipped: tuple[NotCompared, ...]) -> StoryPage:
    """Every part of one story, or some where it is given in short. ``skipped`` is what was not compared in the pile."""
    short = book.short
    dossier, words = book.dossier, book.words
    headline, brief, carried = make_headline(book), make_brief(book), make_carried(book)
    differences, origins = make_differences(book), make_origins(book)
    speech = Speech([], [], [], [], 0) if short else make_speech(book)
    times = Times([], [], "") if short else make_timeline(book)
    doings = Doings([], [], Markup(""), []) if short else make_doings(book)
    alone = [] if short else make_alone(book)
    left = [(shown(s.what), shown(s.reason), book.refs(s.spans)) for s in skipped if s.story == dossier.story.id]
    situation = Situation([], [], []) if short else make_situation(book)
    room = make_room(book)
    clashes = len(differences.clashes)
    counts = {
        "brief": len(brief),
        "carried": len(carried.first) + len(carried.rest),
        "disagree": clashes + len(differences.looks) + len(differences.rest),
        "origins": len(book.named),
        "speech": sum(not q.held for q in dossier.quotations),
        "timeline": len(times.moments) + len(times.rest),
        "doing": len(doings.deeds) + len(doings.rest),
        "alone": sum(len(one.sentences) for one in alone),
        "room": len(book.named),
        "aside": len(left),
    }
    return StoryPage(
        anchor=anchor("", dossier.story.id),
        headline=headline,
        brief=brief,
        brief_language=_brief_language(book, brief),
        reader=words.tongue(book.reader),
        carried=carried,
        differences=differences,
        origins=origins,
        speech=speech,
        times=times,
        doings=doings,
        situation=situation,
        alone=alone,
        room=room,
        find=finding.as_data(finding.make_index(book)),
        skipped=left,
        n=counts,
        parts=[
            part
            for part in counts
            if (len(book.named) > 1 or part not in COMPARING) and not (short and part not in SHORT)
        ],
        short=short,
        index=_index_row(book, headline, clashes),
    )


def _brief_language(book: Apparatus, brief: list[Said]) -> str:
    """The languages of the brief's sentences where no report is in the reader's."""
    spoken = list(dict.fromkeys(said.quote.lang for said in brief))
    if not spoken or any(book.reads(one) for one in book.named):
        return ""
    return book.words.series([book.words.tongue(code) for code in spoken])


def _index_row(book: Apparatus, headline: Headline, clashes: int) -> dict[str, object]:
    story = book.dossier.story
    return {
        "reports": len(book.named),
        "sources": book.dossier.independent_at_most,
        "languages": ", ".join(book.words.tongue(code) for code in story.languages),
        "last": shown((story.last or "")[:10]),
        "dates": published(story.first, story.last, book.words),
        "clashes": clashes,
    }
