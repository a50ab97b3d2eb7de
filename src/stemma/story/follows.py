"""Which earlier story a story follows up: its event is another, and its reports look back to the earlier one.

A follow-up says so: a sentence names a day gone by ("last Tuesday", "on 3 March") and whom or what the earlier story is about.
Both must meet in one sentence: the day lies where the earlier story's reports were published, and the rare names and figures
of the sentence are the earlier story's own. A link is shown only for that; what looks back without a date is not found.
"""

from __future__ import annotations

import calendar
import datetime
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from stemma.language.dates import resolve
from stemma.reasons import give
from stemma.records import Anchor, Annotated, Confidence, Follow, Report, Story, Witness
from stemma.story.looking_back import ENOUGH, HAPPENED_BEFORE, LONG_AGO

NAMING = frozenset("WPNM%")  # kinds of anchors that name something particular
LEAD = 800  # code points from the first sentence on: where a report says what it is about
SHARED = 2  # different names or figures that the sentence must share with the earlier story: one is chance
CLEARLY = 3  # of them make the link likely
APART = 3  # code points between two words of one name at most ("Eric Cantor", "Air Force"): they count once
RARE = 0.06  # share of the pile's reports, and of a background of ``BACKGROUND``, that may have a rare anchor
BACKGROUND = 400  # imaginary reports, as in channels.py: a small pile does not say what is rare
MOST = 3  # earlier stories named
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
QUOTED = 6  # words shown as evidence


class Subject(NamedTuple):
    """What a story is about: the names and figures that at least half of its reports have in their leads, with their rarity
    in nats; the first and last day of publication; where each name stands first."""

    story: Story
    weights: Mapping[str, float]
    first: datetime.date
    last: datetime.date
    places: Mapping[str, Witness]


class Look(NamedTuple):
    """A sentence of a story's report that names days gone by: ``since`` to ``until``, at ``date``; ``names``: its anchors."""

    since: datetime.date
    until: datetime.date
    date: Witness
    value: str
    names: Mapping[str, Witness]


def link_follow_ups(stories: Sequence[Story], pile: Sequence[Annotated]) -> tuple[Story, ...]:
    """The stories, each with the earlier ones it follows up. Stories without a date of publication follow nothing."""
    members = {one.report.id: one for one in pile}
    rarity = _rarity(pile)
    subjects = [subject for story in stories if (subject := _subject(story, members, rarity))]
    about: dict[str, list[int]] = {}
    for number, subject in enumerate(subjects):
        for key in subject.weights:
            about.setdefault(key, []).append(number)
    reports = {one.report.id: one.report for one in pile}
    found = {one.story.id: _follows(one, subjects, about, members, reports) for one in subjects}
    return tuple(replace(story, follows=found.get(story.id, ())) for story in stories)


def _rarity(pile: Sequence[Annotated]) -> dict[str, float]:
    """The rare names and figures of the pile with how much each tells, in nats."""
    frequency: Counter[str] = Counter()
    for one in pile:
        frequency.update({anchor.key for anchor in one.anchors if anchor.key[0] in NAMING})
    total = len(pile) + BACKGROUND
    return {key: math.log(total / (1 + n)) for key, n in frequency.items() if 1 + n <= max(2.0, RARE * total)}


def _subject(story: Story, members: Mapping[str, Annotated], rarity: Mapping[str, float]) -> Subject | None:
    days = [day for i in story.reports if (day := _day(members[i].report))]
    if not days:
        return None
    often: Counter[str] = Counter()
    places: dict[str, Witness] = {}
    for report in sorted(story.reports):
        for key, at in _lead(members[report]).items():
            if key in rarity:
                often[key] += 1
                places.setdefault(key, at)
    weights = {key: rarity[key] for key, n in sorted(often.items()) if 2 * n >= len(story.reports)}
    return Subject(story, weights, min(days), max(days), places)


def _day(report: Report) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat((report.published or "")[:10])
    except ValueError:
        return None


def _lead(one: Annotated) -> dict[str, Witness]:
    """The naming anchors of a report's lead, each at its first place."""
    start = one.sentences[0].start if one.sentences else 0
    found: dict[str, Witness] = {}
    for anchor in sorted(one.anchors, key=lambda a: (a.start, a.key)):
        if anchor.key[0] in NAMING and anchor.start - start < LEAD:
            found.setdefault(anchor.key, Witness(one.report.id, anchor.start, anchor.end))
    return found


def _follows(
    later: Subject,
    subjects: Sequence[Subject],
    about: Mapping[str, Sequence[int]],
    members: Mapping[str, Annotated],
    reports: Mapping[str, Report],
) -> tuple[Follow, ...]:
    """The earlier stories that the reports of a story look back to, the best shown first."""
    best: dict[int, tuple[float, Look]] = {}
    for report in sorted(later.story.reports):
        for look in _looks(members[report], later.first):
            for number in sorted({number for key in look.names for number in about.get(key, ())}):
                earlier = subjects[number]
                told = _told(earlier, look)
                if told >= ENOUGH and _is_meant(look, earlier, later) and _different(earlier, look) >= SHARED:
                    best[number] = max(best.get(number, (0.0, look)), (told, look), key=lambda one: one[0])
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], subjects[item[0]].story.id))
    return tuple(_follow(subjects[number], later, look, reports) for number, (_, look) in ranked[:MOST])


def _looks(one: Annotated, first: datetime.date) -> Iterator[Look]:
    """The sentences of a report that name a day gone by, at least ``HAPPENED_BEFORE`` days before the story's first report."""
    own = one.report.published
    if not _day(one.report):
        return
    for mention in one.dates:
        span = _interval(resolve(mention, own) if mention.needs else mention.value)
        if span is None or mention.status in ("future", "hypothetical"):
            continue
        if not HAPPENED_BEFORE <= (first - span[1]).days <= LONG_AGO:
            continue
        at = Witness(one.report.id, mention.start, mention.end)
        yield Look(*span, at, f"{span[0]}/{span[1]}", _names(one, mention.sentence, at))


def _names(one: Annotated, sentence: int, date: Witness) -> dict[str, Witness]:
    """The naming anchors of a sentence; the words of the date are none."""
    inside: list[Anchor] = [
        a
        for a in one.anchors
        if a.sentence == sentence and a.key[0] in NAMING and not (a.start < date.end and date.start < a.end)
    ]
    return {a.key: Witness(one.report.id, a.start, a.end) for a in sorted(inside, key=lambda a: (-a.start, a.key))}


def _interval(value: str | None) -> tuple[datetime.date, datetime.date] | None:
    """The days of an EDTF day, month or span of days; None for what is less exact."""
    begin, _, end = (value or "").partition("/")
    if MONTH.fullmatch(begin) and not end:
        year, month = map(int, begin.split("-"))
        return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])
    try:
        return datetime.date.fromisoformat(begin[:10]), datetime.date.fromisoformat((end or begin)[:10])
    except ValueError:
        return None


def _told(earlier: Subject, look: Look) -> float:
    """How much of what the earlier story is about the sentence names, in nats of rarity."""
    return math.fsum(weight for key, weight in sorted(earlier.weights.items()) if key in look.names)


def _different(earlier: Subject, look: Look) -> int:
    """How many different names and figures of the earlier story the sentence has; words side by side are one name."""
    spans = sorted(look.names[key] for key in earlier.weights if key in look.names)
    return sum(k == 0 or span.start - spans[k - 1].end > APART for k, span in enumerate(spans))


def _is_meant(look: Look, earlier: Subject, later: Subject) -> bool:
    """Whether the days are the earlier story's, and that story came out before the later one."""
    if earlier is later or earlier.last >= later.first:
        return False
    return look.since <= earlier.last and earlier.first <= look.until + datetime.timedelta(days=1)


def _follow(earlier: Subject, later: Subject, look: Look, reports: Mapping[str, Report]) -> Follow:
    shared = sorted((key for key in look.names if key in earlier.weights), key=lambda key: (-earlier.weights[key], key))
    spans = [span for key in shared[:QUOTED] for span in (look.names[key], earlier.places[key])]
    days = (look.value, f"{earlier.first}/{earlier.last}", str(later.first))
    reasons = (
        give("looks back", reports, (look.date,), days),
        give("names what it was about", reports, spans, (f"{_told(earlier, look):.2f}",)),
    )
    confidence: Confidence = "likely" if _different(earlier, look) >= CLEARLY else "unsure"
    return Follow(earlier.story.id, confidence, reasons)
