"""The whole pipeline: reports to dossiers, or to the lines of one kind. The order of the stages is in ``stages.py``."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from stemma import stages, story
from stemma.corrections import Matched, correct_reports, match, outcomes
from stemma.engine.local import Engine
from stemma.errors import LostWarning
from stemma.given import NOTHING, Given
from stemma.records import Annotated, Dossiers, Made, NotCompared, Passage, Report, SetAside, Story, Witness
from stemma.version import VERSION

Progress = Callable[[str, int, int], None]


class Pile(Struct, frozen=True):
    """A pile of reports, grouped: the annotated reports by id, the stories, the shared passages; what was handed in twice
    and what a stage failed on; the user's corrections with the reports they name."""

    reports: dict[str, Annotated]
    stories: tuple[Story, ...]
    passages: tuple[Passage, ...]
    handed_in_twice: tuple[NotCompared, ...]
    set_aside: tuple[SetAside, ...]
    corrections: tuple[Matched, ...] = ()


def analyse(
    reports: Iterable[Report],
    *,
    one_story: bool = False,
    workers: int | None = None,
    language: str | None = None,
    set_aside: Sequence[SetAside] = (),
    progress: Progress | None = None,
    given: Given = NOTHING,
) -> Dossiers:
    """Everything Stemma finds in a pile of reports.

    ``one_story``: the pile is one story as handed in; otherwise it is grouped. ``workers``: processes, by default as many
    as there are cores once the pile is large enough to pay for them; the output does not depend on it. ``language``: the
    reader's, for the brief. ``progress`` is told (stage, done, of). ``given``: corrections and more (``stemma.given``).
    """
    asked = _Asked(("dossier", "not_compared"), one_story, workers, language, progress, given)
    pile, done = _work(reports, asked)
    told = [one for one in done if not isinstance(one, stages.StoryLost)]
    lost = [one.line for one in done if isinstance(one, stages.StoryLost)]
    dossiers = tuple(dossier for dossier, _ in told)
    corrected = tuple(one.report for one in pile.reports.values())
    return Dossiers(
        reports=corrected,
        made=Made(at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"), by=f"stemma {VERSION}"),
        dossiers=dossiers,
        set_aside=(*set_aside, *pile.set_aside),
        not_compared=(
            *pile.handed_in_twice,
            *_unread(corrected),
            *lost,
            *(line for _, lines in told for line in lines),
        ),
        corrections=outcomes(pile.corrections, corrected, dossiers),
    )


def lines(
    reports: Iterable[Report],
    kind: str,
    *,
    one_story: bool = False,
    workers: int | None = None,
    language: str | None = None,
    progress: Progress | None = None,
    given: Given = NOTHING,
) -> tuple[Any, ...]:
    """The lines of one kind over all stories; ``kind`` is a property of ``stages.StoryWork`` that holds records, or "stories".

    Only the stages that the kind needs are run. Passages between reports of different stories are among ``passages``.
    A report or a story that a stage failed on is missing, with a LostWarning each (``analyse`` lists them instead).
    """
    wanted = () if kind == "stories" else (kind,)
    # a copy may stand in another story than its source: lineage looks at the whole pile (docs/decisions/0006)
    across = kind == "lineage" and not one_story
    if across:
        given = msgspec.structs.replace(given, corrections=tuple(e for e in given.corrections if "story" not in e.kind))
    asked = _Asked(wanted, one_story or across, workers, language, progress, given)
    pile, done = _work(reports, asked)
    for report in pile.set_aside:
        warnings.warn(f"{report.read_from}: {report.reason}", LostWarning, stacklevel=2)
    for one in done:
        if isinstance(one, stages.StoryLost):
            warnings.warn(f"{one.line.what}: {one.line.reason}", LostWarning, stacklevel=2)
    if kind == "stories":
        return pile.stories
    found = tuple(line for one in done if not isinstance(one, stages.StoryLost) for line in one[0])
    if kind == "passages":
        return tuple(sorted({*pile.passages, *found}, key=lambda p: (p.a, p.b, p.kind)))
    return found


def _unread(reports: Iterable[Report]) -> Iterator[NotCompared]:
    """What the tables state of the reports and nobody can read, where nothing else told it: it is in no comparison."""
    unknown = (one for one in reports if one.published is None)
    return (NotCompared(what=one.read_from or one.id, reason=why) for one in unknown for why in one.unread)


class _Asked(NamedTuple):
    """What a call wants of a pile: the parameters of ``analyse`` and ``lines``; ``wanted`` as in ``stages.StoryJob``."""

    wanted: tuple[str, ...]
    one_story: bool
    workers: int | None
    language: str | None
    progress: Progress | None
    given: Given


def _work(reports: Iterable[Report], asked: _Asked) -> tuple[Pile, list[tuple[Any, ...] | stages.StoryLost]]:
    ordered, twice = unique_reports(reports)
    corrections = match(asked.given.corrections, ordered)
    with Engine(asked.workers, len(ordered), asked.progress) as engine:
        annotated, failed = _annotate(engine, correct_reports(ordered, corrections))
        own = [] if asked.one_story else [one.report for one in annotated]
        profiles = story.joined(engine.map_batches("looking for stories", story.profiled, own))
        grouped, passages = stages.stories(
            annotated, asked.one_story, corrections, asked.given.stories, profiles, asked.given.encoder
        )
        pile = Pile({one.report.id: one for one in annotated}, grouped, passages, twice, failed, corrections)
        jobs = [_job(pile, *found, asked) for found in _with_passages(pile)]
        done = engine.map("comparing", stages.story_lines, jobs) if asked.wanted else []
    return pile, done


def _annotate(engine: Engine, ordered: Sequence[Report]) -> tuple[list[Annotated], tuple[SetAside, ...]]:
    """Each report annotated, and those that failed; one text printed by many outlets is read once."""
    alike: dict[tuple[object, ...], list[Report]] = {}
    for report in ordered:
        key = (report.text, report.title, report.language, report.published, report.body)
        alike.setdefault(key, []).append(report)
    done = engine.map("reading the language", stages.annotate, [group[0] for group in alike.values()])
    annotated: list[Annotated] = []
    failed: list[SetAside] = []
    for one, group in zip(done, alike.values(), strict=True):
        if isinstance(one, SetAside):
            failed += [msgspec.structs.replace(one, read_from=report.read_from or report.id) for report in group]
        else:
            annotated += [msgspec.structs.replace(one, report=report) for report in group]
    return sorted(annotated, key=lambda one: one.report.id), tuple(failed)


def _job(
    pile: Pile,
    story: Story,
    passages: Sequence[Passage],
    boilerplate: Sequence[Witness],
    asked: _Asked,
) -> stages.StoryJob:
    members = tuple(pile.reports[i] for i in story.reports)
    ids = set(story.reports)
    bearing = tuple(one for one in pile.corrections if one.found and (one.entry.names or ids & set(one.reports)))
    return stages.StoryJob(
        story=story,
        members=members,
        passages=tuple(passages),
        boilerplate=tuple(boilerplate),
        language=asked.language,
        wanted=asked.wanted,
        corrections=bearing,
        aliases=asked.given.aliases,
    )


def _with_passages(pile: Pile) -> list[tuple[Story, list[Passage], list[Witness]]]:
    """Each story with the passages between its reports and the boilerplate in them, in one walk over all passages."""
    story_of = {report: number for number, story in enumerate(pile.stories) for report in story.reports}
    shared: list[list[Passage]] = [[] for _ in pile.stories]
    boilerplate: list[set[Witness]] = [set() for _ in pile.stories]
    for passage in pile.passages:
        a, b = story_of[passage.a.report], story_of[passage.b.report]
        if a == b:
            shared[a].append(passage)
        if passage.kind == "boilerplate":
            boilerplate[a].add(passage.a)
            boilerplate[b].add(passage.b)
    return list(zip(pile.stories, shared, map(sorted, boilerplate), strict=True))


def unique_reports(reports: Iterable[Report]) -> tuple[list[Report], tuple[NotCompared, ...]]:
    """The reports sorted by id, each once; what was handed in twice is said."""
    seen: dict[str, Report] = {}
    twice: list[NotCompared] = []
    for report in sorted(reports, key=lambda one: (one.id, one.read_from or "")):
        if report.id in seen:
            first = seen[report.id].read_from or report.id
            twice.append(
                NotCompared(what=report.read_from or report.id, reason=f"handed in twice: the same as {first}")
            )
        else:
            seen[report.id] = report
    return [seen[key] for key in sorted(seen)], tuple(twice)
