"""A pile of reports as a command gets it: the user's own files, the reports read, analysed with progress shown.

A command imports this when it runs; its help needs none of it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

import click

from stemma import run
from stemma.aliases import read_aliases
from stemma.cli import stop
from stemma.cli.options import Asked
from stemma.cli.output import write_lines
from stemma.corrections import match, read_corrections
from stemma.errors import NothingRead
from stemma.given import Given
from stemma.read import Reading, read
from stemma.records import Dossiers, SetAside, Story, StoryChange
from stemma.semantic import load_encoder
from stemma.story import changes_since, read_stories

NAMED = 3  # inputs set aside that a summary names; standard error and the page have each with its reason
MOST_TOLD = 20  # inputs set aside, or corrections without a match, that are named one by one


class Pile(NamedTuple):
    """The reports, what the user knows besides them, and how they are to be analysed."""

    reading: Reading
    given: Given
    asked: Asked


def read_pile(paths: tuple[str, ...], asked: Asked) -> Pile:
    """All paths read. Says what was set aside and which corrections match nothing; raises NothingRead where nothing could
    be read, BadUsage where a file of the user holds something else."""
    given = Given(
        corrections=read_corrections(asked.corrections) if asked.corrections else (),
        aliases=read_aliases(asked.aliases) if asked.aliases else (),
        stories=read_stories(asked.since) if asked.since else None,
        encoder=load_encoder(asked.encoder) if asked.encoder else None,
    )
    reading = read_reports(paths, asked.quiet)
    unmatched = [one for one in match(given.corrections, reading.reports) if not one.found]
    if unmatched and not asked.quiet:
        for missed in unmatched[:MOST_TOLD]:
            line = f"line {missed.entry.line}, " if missed.entry.line else ""
            click.echo(f"correction not matched: {line}{missed.entry.kind}: {missed.note}", err=True)
        click.echo(f"{len(unmatched)} of {len(given.corrections)} corrections not matched", err=True)
    return Pile(reading, given, asked)


def read_reports(paths: tuple[str, ...], quiet: bool) -> Reading:
    """All paths read; says what was set aside, and raises NothingRead where nothing could be read."""
    reading = read(paths)
    if reading.set_aside and not quiet:
        for one in reading.set_aside[:MOST_TOLD]:
            click.echo(f"set aside: {one.read_from}: {one.reason}", err=True)
        click.echo(f"{len(reading.set_aside)} set aside: {names_of(reading.set_aside)}", err=True)
    if not quiet:
        _tell_unread(reading)
    if not reading.reports:
        raise NothingRead(
            "no report could be read: give files, folders or addresses that hold news reports (stemma read --help)"
        )
    return reading


def names_of(set_aside: Sequence[SetAside]) -> str:
    """The first inputs that were set aside, by what they are called: a summary that only counts is passed over."""
    paths = [one.read_from for one in set_aside[:NAMED]]
    more = len(set_aside) - len(paths)
    names = [path if "://" in path else PurePath(path).name for path in paths]
    return ", ".join(names) + (f" and {more:,} more" if more else "")


def _tell_unread(reading: Reading) -> None:
    """Says which dates of the tables could not be read; their reports are."""
    unread = [(one.read_from or one.id, why) for one in reading.reports for why in one.unread]
    for where, why in unread[:MOST_TOLD]:
        click.echo(f"{where}: {why}", err=True)
    more = len(unread) - MOST_TOLD
    if unread:
        told = f" ({more} of them not shown)" if more > 0 else ""
        click.echo(f"{len(unread)} {'date' if len(unread) == 1 else 'dates'} not read{told}", err=True)


def analysed(pile: Pile, language: str | None = None) -> Dossiers:
    """The dossiers of a pile; ``language`` is the reader's, for the brief."""
    return run.analyse(pile.reading.reports, language=language, set_aside=pile.reading.set_aside, **_keywords(pile))


def lines(pile: Pile, kind: str) -> Sequence[Any]:
    """The lines of one kind over all stories of a pile."""
    return run.lines(pile.reading.reports, kind, **_keywords(pile))


def _keywords(pile: Pile) -> dict[str, Any]:
    asked = pile.asked
    return {
        "one_story": asked.one_story,
        "workers": asked.workers,
        "progress": _progress(asked.quiet),
        "given": pile.given,
    }


def write_changes(target: str, pile: Pile, stories: Sequence[Story]) -> None:
    """The log of ``--changes``."""
    write_lines(target, changes_since(pile.given.stories or (), stories), StoryChange)


def _progress(quiet: bool) -> run.Progress:
    """A progress line on standard error; none where it is not a terminal. Each step also looks for a swallowed Ctrl-C."""
    shown = not quiet and sys.stderr.isatty()

    def show(stage: str, done: int, of: int) -> None:
        stop.check()
        if shown and of >= 50 and (done % max(1, of // 100) == 0 or done == of):
            click.echo(f"\r{stage}: {done:,} of {of:,}\x1b[K" + ("\n" if done == of else ""), nl=False, err=True)

    return show
