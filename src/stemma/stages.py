"""The whole pipeline as one table: which stage makes what from what, at which key.

Each stage is a plain function of records, without I/O and without knowledge of the engine that runs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from stemma import collate, compare, events, language, lineage, quotes, story
from stemma.records import Annotated, Dossier, NotCompared, Passage, Report, Story


class Stage(NamedTuple):
    """A row of the table. ``key``: what one call is local to: a report, a pile, a story."""

    name: str
    key: str
    takes: str
    gives: str


STAGES = (
    Stage("read", "file", "bytes", "Report"),
    Stage("annotate", "report", "Report", "Annotated"),
    Stage("passages", "pile", "Annotated", "Passage (verbatim, near, boilerplate)"),
    Stage("stories", "pile", "Annotated, Passage", "Story"),
    Stage("translated", "story", "Annotated", "Passage (translated)"),
    Stage("lineage", "story", "Annotated, Passage", "Lineage, Family, Stemma"),
    Stage("actors", "story", "Annotated", "Actor"),
    Stage("dates", "story", "Annotated", "DateLine"),
    Stage("quotations", "report", "Annotated, Actor", "Quotation"),
    Stage("utterances", "story", "Quotation, Passage, Lineage", "Utterance"),
    Stage("statements", "story", "Annotated, Passage, Family", "Statement"),
    Stage("disagreements", "story", "Statement and all of the above", "Disagreement, NotCompared"),
    Stage("timeline", "story", "DateLine, Statement", "TimelineEntry"),
    Stage("interactions", "report", "Annotated, DateLine", "Interaction"),
    Stage("brief", "story", "Statement, Family", "BriefSentence"),
)


class StoryJob(Struct, frozen=True):
    """What one story's dossier is made from. ``passages`` are those of the pile between its reports."""

    story: Story
    members: tuple[Annotated, ...]
    passages: tuple[Passage, ...]
    language: str | None


class StoryDone(Struct, frozen=True):
    """A story's dossier and what was not compared in it."""

    dossier: Dossier
    not_compared: tuple[NotCompared, ...]


def annotate(report: Report) -> Annotated:
    """One report's sentences, words and anchors."""
    return language.annotate(report)


def stories(pile: Sequence[Annotated], one_story: bool) -> tuple[tuple[Story, ...], tuple[Passage, ...]]:
    """The pile's shared passages, and its stories."""
    passages = collate.find_passages(pile)
    if one_story:
        return ((story.one_story(pile),) if pile else ()), passages
    return story.group(pile, passages), passages


def within(passages: Sequence[Passage], one: Story) -> tuple[Passage, ...]:
    """The passages between two reports of the story."""
    inside = set(one.reports)
    return tuple(p for p in passages if p.a.report in inside and p.b.report in inside)


def dossier(job: StoryJob) -> StoryDone:
    """Everything about one story."""
    members = job.members
    passages = tuple(sorted((*job.passages, *collate.find_translated(members)), key=lambda p: (p.a, p.b, p.kind)))
    tree = lineage.trace(members, passages)
    actors = story.join_actors(members)
    dates = story.borrow_dates(members)
    quotations = quotes.resolve_speakers([q for one in members for q in quotes.extract_quotations(one)], actors)
    utterances = quotes.find_utterances(members, quotations, passages, tree)
    statements = collate.find_statements(job.story, members, passages, tree.families)
    comparison = compare.find_disagreements(
        job.story, members, statements, tree.families, passages, quotations, actors, dates
    )
    interactions = tuple(
        found for one in members for found in events.find_interactions(one, [d for d in dates if d.report == one.report.id])
    )
    return StoryDone(
        dossier=Dossier(
            story=job.story,
            passages=passages,
            lineage=tree.lines,
            stemma=tree.stemma,
            families=tree.families,
            independent_at_most=len(tree.families),
            brief=compare.write_brief(members, statements, tree.families, job.language),
            quotations=quotations,
            utterances=utterances,
            actors=actors,
            statements=statements,
            disagreements=comparison.disagreements,
            timeline=events.build_timeline(members, dates, statements, tree.families),
            interactions=interactions,
            dates=dates,
        ),
        not_compared=comparison.not_compared,
    )
