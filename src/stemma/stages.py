"""The whole pipeline as one table: which stage makes what from what, at which key.

Each stage is a plain function of records, without I/O and without knowledge of the engine that runs it. The stages of one
story hang together in ``StoryWork``, which computes a stage when its result is first asked for: a command that wants the
quotations does not pay for the disagreements.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

from msgspec import Struct

from stemma import collate, compare, events, language, lineage, quotes, story
from stemma.aliases import Alias
from stemma.corrections import Matched, because
from stemma.records import (
    Actor,
    Annotated,
    BriefSentence,
    DateLine,
    Dossier,
    Interaction,
    NotCompared,
    Passage,
    Quotation,
    Report,
    SetAside,
    SituationLine,
    Statement,
    Story,
    TimelineEntry,
    Utterance,
    Witness,
)
from stemma.semantic import Encoder


class Stage(NamedTuple):
    """A row of the table. ``key``: what one call is local to: a file, a report, a pile, a story.

    From the row behind "stories" on ``name`` is the property of ``StoryWork`` that gives the result.
    """

    name: str
    key: str
    takes: str
    gives: str


STAGES = (
    Stage("read", "file", "bytes", "Report"),
    Stage("annotate", "report", "Report", "Annotated"),
    Stage("passages", "pile", "Annotated", "Passage (verbatim, near, boilerplate)"),
    Stage("stories", "pile", "Annotated, Passage", "Story"),
    Stage("passages", "story", "Annotated, Passage", "Passage (shorter ones too, translated)"),
    Stage("tree", "story", "Annotated, Passage", "Lineage, Family, Stemma"),
    Stage("actors", "story", "Annotated", "Actor"),
    Stage("dates", "story", "Annotated", "DateLine"),
    Stage("quotations", "report", "Annotated, Actor", "Quotation"),
    Stage("utterances", "story", "Quotation, Passage, Lineage", "Utterance"),
    Stage("statements", "story", "Annotated, Passage, Family", "Statement"),
    Stage("disagreements", "story", "Statement and all of the above", "Disagreement, NotCompared"),
    Stage("timeline", "story", "DateLine, Statement", "TimelineEntry"),
    Stage("interactions", "report", "Annotated, DateLine", "Interaction"),
    Stage("situation", "story", "Annotated, Interaction, Actor, Family", "SituationLine"),
    Stage("brief", "story", "Statement, Family, Lineage, Disagreement, Utterance", "BriefSentence"),
)


TRACEBACK = "STEMMA_TRACEBACK"  # environment variable: defects end the run and show where they are; the tests set it
WITHIN_A_STORY = (
    8  # words: the shortest shared run inside a story; between stories it is 12, as shorter ones are chance
)


class StoryJob(Struct, frozen=True):
    """What one story's lines are made from. ``passages`` are those of the pile between its reports, ``boilerplate`` what the
    whole pile shows to be no reporting; ``wanted`` names the properties of ``StoryWork`` that the caller needs;
    ``language`` is the reader's; ``corrections`` those that may bear on this story, ``aliases`` the user's."""

    story: Story
    members: tuple[Annotated, ...]
    passages: tuple[Passage, ...]
    boilerplate: tuple[Witness, ...]
    language: str | None
    wanted: tuple[str, ...]
    corrections: tuple[Matched, ...] = ()
    aliases: tuple[Alias, ...] = ()


class StoryWork:
    """The stages of one story, each computed once, when first asked for."""

    def __init__(self, job: StoryJob) -> None:
        self.job = job
        self.story = job.story
        self.members = job.members

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Inside a story shorter runs tell something than between strangers: the pile's are found again from eight words on."""
        tagged = [p for p in self.job.passages if p.kind == "boilerplate"]
        shared = collate.find_passages(self.members, shortest=WITHIN_A_STORY, boilerplate=self.job.boilerplate)
        translated = collate.find_translated(self.members)
        return tuple(sorted({*tagged, *shared, *translated}, key=lambda p: (p.a, p.b, p.kind)))

    @cached_property
    def tree(self) -> lineage.Tree:
        reports = {one.report.id: one.report for one in self.members}
        wires = {
            one.reports[0]: because(one, reports)
            for one in self.job.corrections
            if one.entry.kind == "this is the wire" and one.reports[0] in reports
        }
        return lineage.trace(self.members, self.passages, wires)

    @cached_property
    def lineage(self) -> tuple[Any, ...]:
        return self.tree.lines

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        return story.join_actors(self.members, self.job.corrections, self.job.aliases)

    @cached_property
    def dates(self) -> tuple[DateLine, ...]:
        return story.borrow_dates(self.members)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        return quotes.resolve_speakers([q for one in self.members for q in quotes.extract_quotations(one)], self.actors)

    @cached_property
    def utterances(self) -> tuple[Utterance, ...]:
        return quotes.find_utterances(self.members, self.quotations, self.passages, self.tree)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        return collate.find_statements(self.story, self.members, self.passages, self.tree.families)

    @cached_property
    def comparison(self) -> compare.Comparison:
        return compare.find_disagreements(
            self.story, self.members, self.statements, self.tree.families, self.quotations
        )

    @cached_property
    def disagreements(self) -> tuple[Any, ...]:
        return self.comparison.disagreements

    @cached_property
    def not_compared(self) -> tuple[NotCompared, ...]:
        left_out = events.left_out(self.story, self.members, self.dates)
        return (*self.comparison.not_compared, *left_out)

    @cached_property
    def timeline(self) -> tuple[TimelineEntry, ...]:
        return events.build_timeline(self.members, self.dates, self.statements, self.tree.families)

    @cached_property
    def interactions(self) -> tuple[Interaction, ...]:
        by_report: dict[str, list[DateLine]] = {}
        for line in self.dates:
            by_report.setdefault(line.report, []).append(line)
        return tuple(
            found
            for one in self.members
            for found in events.find_interactions(one, by_report.get(one.report.id, []), self.job.aliases)
        )

    @cached_property
    def situation(self) -> tuple[SituationLine, ...]:
        return events.describe_situation(
            self.story, self.members, self.interactions, self.actors, self.tree.families, self.job.aliases
        )

    @cached_property
    def brief(self) -> tuple[BriefSentence, ...]:
        return compare.write_brief(
            self.members,
            self.statements,
            self.tree,
            self.job.language,
            disagreements=self.disagreements,
            utterances=self.utterances,
        )

    @cached_property
    def dossier(self) -> Dossier:
        return Dossier(
            story=self.story,
            passages=self.passages,
            lineage=self.lineage,
            stemma=self.tree.stemma,
            families=self.tree.families,
            independent_at_most=len(self.tree.families),
            brief=self.brief,
            quotations=self.quotations,
            utterances=self.utterances,
            actors=self.actors,
            statements=self.statements,
            disagreements=self.disagreements,
            timeline=self.timeline,
            interactions=self.interactions,
            dates=self.dates,
            situation=self.situation,
        )


def annotate(report: Report) -> Annotated | SetAside:
    """One report's sentences, words and anchors. A report on which the stage fails is set aside: it must not end the rest."""
    try:
        return language.annotate(report)
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        return SetAside(report.read_from or report.id, _defect("reading its language", error))


def _defect(what: str, error: Exception) -> str:
    return f"{what} failed ({type(error).__name__}: {error}), a defect of Stemma; set {TRACEBACK}=1 and report what it prints"


def stories(
    pile: Sequence[Annotated],
    one_story: bool,
    corrections: Sequence[Matched] = (),
    former: Sequence[Story] | None = None,
    profiles: story.Profiles | None = None,
    encoder: Encoder | None = None,
) -> tuple[tuple[Story, ...], tuple[Passage, ...]]:
    """The pile's stories, corrected, linked to those they follow up, and its shared passages. ``former``: the stories of a
    former run, whose ids are kept; ``profiles``: what ``story.profiled`` gave for the reports, where workers made them."""
    passages = collate.find_passages(pile)
    if one_story:
        grouped: tuple[Story, ...] = (story.one_story(pile),) if pile else ()
    elif former:
        grouped = story.group_since(pile, passages, former, profiles, encoder)
    else:
        grouped = story.group(pile, passages, profiles, encoder)
    grouped = story.constrain(grouped, pile, passages, corrections)
    return story.link_follow_ups(story.keep_ids(grouped, former or ()), pile), passages


class StoryLost(Struct, frozen=True):
    """A story on which a stage failed."""

    line: NotCompared


def story_lines(job: StoryJob) -> tuple[Any, ...] | StoryLost:
    """The wanted properties of one story's work, in the order of ``job.wanted``. A story on which a stage fails is said to
    be not compared: it must not end the rest."""
    work = StoryWork(job)
    try:
        return tuple(getattr(work, name) for name in job.wanted)
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        what = job.story.title or job.story.id
        return StoryLost(NotCompared(what=what, reason=_defect("comparing this story", error), story=job.story.id))
