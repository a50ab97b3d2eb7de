"""The whole pipeline: reports to dossiers. The order of the stages is in ``stages.py``."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence

from stemma import stages
from stemma.engine.local import Engine
from stemma.records import Annotated, Dossiers, Made, NotCompared, Report, SetAside
from stemma.version import VERSION

Progress = Callable[[str, int, int], None]


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
    ordered, twice = _unique(reports)
    with Engine(workers, len(ordered), progress) as engine:
        pile: list[Annotated] = engine.map("reading the language", stages.annotate, ordered)
        grouped, passages = stages.stories(pile, one_story)
        by_id = {one.report.id: one for one in pile}
        jobs = [
            stages.StoryJob(story, tuple(by_id[i] for i in story.reports), stages.within(passages, story), language)
            for story in grouped
        ]
        done = engine.map("comparing", stages.dossier, jobs)
    return Dossiers(
        reports=tuple(one.report for one in pile),
        made=Made(at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"), by=f"stemma {VERSION}"),
        dossiers=tuple(one.dossier for one in done),
        set_aside=tuple(set_aside),
        not_compared=(*twice, *(line for one in done for line in one.not_compared)),
    )


def _unique(reports: Iterable[Report]) -> tuple[list[Report], tuple[NotCompared, ...]]:
    """The reports sorted by id, each once; what was handed in twice is said."""
    seen: dict[str, Report] = {}
    twice: list[NotCompared] = []
    for report in sorted(reports, key=lambda one: (one.id, one.read_from or "")):
        if report.id in seen:
            twice.append(NotCompared(what=report.read_from or report.id, reason=f"handed in twice: the same as {seen[report.id].read_from or report.id}"))
        else:
            seen[report.id] = report
    return [seen[key] for key in sorted(seen)], tuple(twice)
