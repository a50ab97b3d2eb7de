"""What all commands share: the paths, grouping, output, progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, NamedTuple, TypeVar, cast

import click

from stemma.aliases import read_aliases
from stemma.cli import stop
from stemma.cli.output import refuse_same_file, write_lines
from stemma.corrections import match, read_corrections
from stemma.errors import BadUsage, NothingRead
from stemma.given import NOTHING, Given
from stemma.read import Reading, read
from stemma.records import Dossiers, Story, StoryChange
from stemma.run import Progress, analyse
from stemma.semantic import load_encoder
from stemma.story import changes_since, read_stories

Command = TypeVar("Command", bound=Callable[..., Any])
OUTPUTS = ("output", "json_file", "markdown_file", "changes")  # options that name files to write


class Asked(NamedTuple):
    """How a pile is to be analysed: what ``pile_options`` give. ``workers``: processes; ``quiet``: say nothing but errors."""

    one_story: bool
    workers: int | None
    quiet: bool
    given: Given

    def keywords(self) -> dict[str, Any]:
        """The same as arguments of ``stemma.analyse`` and ``stemma.lines``."""
        return {
            "one_story": self.one_story,
            "workers": self.workers,
            "progress": progress(self.quiet),
            "given": self.given,
        }


def paths(command: Command) -> Command:
    """PATH... as the last arguments."""
    return click.argument("paths", nargs=-1, required=True, metavar="PATH...")(command)


def pile_options(command: Command) -> Command:
    """Options of every command that analyses a pile; they reach it as one ``asked``."""
    command = _asking(command)
    for option in (
        click.option(
            "--corrections",
            metavar="FILE",
            help="What you know better (TOML): same story, not this story, same person, not the same person, this is the "
            "wire, this outlet, this date; docs/corrections.md shows how.",
        ),
        click.option(
            "--aliases",
            metavar="FILE",
            help="How actors are called (TOML): a name, its forms in the reports, the state it acts for; docs/actors.md.",
        ),
        click.option(
            "--since",
            metavar="FILE",
            help="The stories of a former run (stories -o, report --json): their ids are kept, and only those that new "
            "reports touch are grouped again.",
        ),
        click.option(
            "--encoder",
            metavar="NAME_OR_PATH",
            help="A model on this machine that helps to group (extra 'semantic'; none is downloaded): its folder, or the "
            "package that carries it.",
        ),
        click.option("--one-story", is_flag=True, help="The pile is one story as handed in: do not group."),
        click.option("--workers", type=click.IntRange(1), help="Processes (default: one a core for large piles)."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
    ):
        command = option(command)
    return command


def _asking(command: Command) -> Command:
    """The command, called with ``asked`` in place of the options of a pile, the user's files read."""

    @wraps(command)
    def run(
        *arguments: Any,
        corrections: str | None,
        aliases: str | None,
        since: str | None,
        encoder: str | None,
        one_story: bool,
        workers: int | None,
        quiet: bool,
        **options: Any,
    ) -> Any:
        refuse_same_file([options.get(name) for name in OUTPUTS], [one for one in (corrections, aliases) if one])
        if options.get("changes") and not since:
            raise BadUsage("--changes tells what became of former stories: name their file with --since")
        given = Given(
            corrections=read_corrections(corrections) if corrections else (),
            aliases=read_aliases(aliases) if aliases else (),
            stories=read_stories(since) if since else None,
            encoder=load_encoder(encoder) if encoder else None,
        )
        return command(*arguments, asked=Asked(one_story, workers, quiet, given), **options)

    return cast(Command, run)


def changes_option(command: Command) -> Command:
    """Where a command that gives stories writes what became of the former ones."""
    text = "With --since: what became of each story (kept, new, merged, split, ended), as JSON Lines or .parquet."
    return click.option("--changes", metavar="FILE", help=text)(command)


def write_changes(target: str, given: Given, stories: Sequence[Story]) -> None:
    """The log of ``--changes``."""
    write_lines(target, changes_since(given.stories or (), stories), StoryChange)


def read_pile(paths: tuple[str, ...], quiet: bool, given: Given = NOTHING) -> Reading:
    """Read all paths; say what was set aside and which corrections match nothing; raise NothingRead where nothing could be
    read."""
    reading = read(paths)
    if reading.set_aside and not quiet:
        for one in reading.set_aside[:20]:
            click.echo(f"set aside: {one.read_from}: {one.reason}", err=True)
        more = len(reading.set_aside) - 20
        click.echo(
            f"{len(reading.set_aside)} set aside" + (f" ({more} of them not shown)" if more > 0 else ""), err=True
        )
    if not reading.reports:
        raise NothingRead(
            "no report could be read: give files, folders or addresses that hold news reports (stemma read --help)"
        )
    unmatched = [one for one in match(given.corrections, reading.reports) if not one.found]
    if unmatched and not quiet:
        for missed in unmatched[:20]:
            line = f"line {missed.entry.line}, " if missed.entry.line else ""
            click.echo(f"correction not matched: {line}{missed.entry.kind}: {missed.note}", err=True)
        click.echo(f"{len(unmatched)} of {len(given.corrections)} corrections not matched", err=True)
    return reading


def analysed(paths: tuple[str, ...], asked: Asked, language: str | None = None) -> Dossiers:
    """All paths read and analysed; ``language`` is the reader's, for the brief."""
    reading = read_pile(paths, asked.quiet, asked.given)
    return analyse(reading.reports, language=language, set_aside=reading.set_aside, **asked.keywords())


def progress(quiet: bool) -> Progress:
    """A progress line on standard error; none where it is not a terminal. Each step also looks for a swallowed Ctrl-C."""
    shown = not quiet and sys.stderr.isatty()

    def show(stage: str, done: int, of: int) -> None:
        stop.check()
        if shown and of >= 50 and (done % max(1, of // 100) == 0 or done == of):
            click.echo(f"\r{stage}: {done:,} of {of:,}\x1b[K" + ("\n" if done == of else ""), nl=False, err=True)

    return show
