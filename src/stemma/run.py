"""The whole pipeline: reports to dossiers, or to the lines of one kind. The order of the stages is in ``stages.py``."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from stemma import stages
from stemma.engine.local import Engine
from stemma.records import Annotated, Dossiers, Made, NotCompared, Passage, Report, SetAside, Story, Witness
from stemma.version import VERSION

Progress = Callable[[str, int, int], None]


class Pile(Struct, frozen=True):
    """A pile of reports, grouped: the annotated reports by id, the stories, the shared passages; what was handed in twice
    and what a stage failed on."""

    reports: dict[str, Annotated]
    stories: tuple[Story, ...]
    passages: tuple[Passage, ...]
    handed_in_twice: tuple[NotCompared, ...]
    set_aside: tuple[SetAside, ...]


def analyse(
    reports: Iterable[Report],
    *,
    one_story: bool = False,
    workers: int | None = None,
    language: str | None = None,
    set_aside: Sequence[SetAside] = (),
    progress: Progress | None = None,
) -> Dossiers:
    """Everything Stemma finds in a pile of reports.

    ``one_story``: the pile is one story as handed in; otherwise it is grouped. ``workers``: processes, by default as many
    as there are cores once the pile is large enough to pay for them; the output does not depend on it. ``language``: the
    reader's, for the brief. ``progress`` is told (stage, done, of).
    """
    pile, done = _work(reports, ("dossier", "not_compared"), one_story, workers, language, progress)
    told = [one for one in done if not isinstance(one, stages.StoryLost)]
    lost = [one.line for one in done if isinstance(one, stages.StoryLost)]
    return Dossiers(
        reports=tuple(one.report for one in pile.reports.values()),
        made=Made(at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"), by=f"stemma {VERSION}"),
        dossiers=tuple(dossier for dossier, _ in told),
        set_aside=(*set_aside, *pile.set_aside),
        not_compared=(*pile.handed_in_twice, *lost, *(line for _, lines in told for line in lines)),
    )


def lines(
    reports: Iterable[Report],
    kind: str,
    *,
    one_story: bool = False,
    workers: int | None = None,
    language: str | None = None,
    progress: Progress | None = None,
) -> tuple[Any, ...]:
    """The lines of one kind over all stories; ``kind`` is a property of ``stages.StoryWork`` that holds records, or "stories".

    Only the stages that the kind needs are run. Passages between reports of different stories are among ``passages``.
    """
    wanted = () if kind == "stories" else (kind,)
    # a copy may stand in another story than its source: lineage looks at the whole pile (docs/decisions/0006)
    pile, done = _work(reports, wanted, one_story or kind == "lineage", workers, language, progress)
    if kind == "stories":
        return pile.stories
    found = tuple(line for one in done if not isinstance(one, stages.StoryLost) for line in one[0])
    if kind == "passages":
        return tuple(sorted({*pile.passages, *found}, key=lambda p: (p.a, p.b, p.kind)))
    return found


def _work(
    reports: Iterable[Report],
    wanted: tuple[str, ...],
    one_story: bool,
    workers: int | None,
    language: str | None,
    progress: Progress | None,
) -> tuple[Pile, list[tuple[Any, ...] | stages.StoryLost]]:
    ordered, twice = _unique(reports)
    with Engine(workers, len(ordered), progress) as engine:
        annotated, failed = _annotate(engine, ordered)
        grouped, passages = stages.stories(annotated, one_story)
        pile = Pile({one.report.id: one for one in annotated}, grouped, passages, twice, failed)
        jobs = [_job(pile, *found, language, wanted) for found in _with_passages(pile)]
        done = engine.map("comparing", stages.story_lines, jobs) if wanted else []
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
    language: str | None,
    wanted: tuple[str, ...],
) -> stages.StoryJob:
    members = tuple(pile.reports[i] for i in story.reports)
    return stages.StoryJob(story, members, tuple(passages), tuple(boilerplate), language, wanted)


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


def _unique(reports: Iterable[Report]) -> tuple[list[Report], tuple[NotCompared, ...]]:
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
