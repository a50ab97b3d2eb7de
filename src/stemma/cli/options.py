"""What all commands share: the paths, grouping, output, progress."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from stemma.cli import stop
from stemma.errors import NothingRead
from stemma.read import Reading, read
from stemma.run import Progress

Command = TypeVar("Command", bound=Callable[..., Any])


def paths(command: Command) -> Command:
    """PATH... as the last arguments."""
    return click.argument("paths", nargs=-1, required=True, metavar="PATH...")(command)


def pile_options(command: Command) -> Command:
    """Options of every command that analyses a pile."""
    for option in (
        click.option("--one-story", is_flag=True, help="The pile is one story as handed in: do not group."),
        click.option("--workers", type=click.IntRange(1), help="Processes (default: one a core for large piles)."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
    ):
        command = option(command)
    return command


def read_pile(paths: tuple[str, ...], quiet: bool) -> Reading:
    """Read all paths; say what was set aside; raise NothingRead where nothing could be read."""
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
    return reading


def progress(quiet: bool) -> Progress:
    """A progress line on standard error; none where it is not a terminal. Each step also looks for a swallowed Ctrl-C."""
    shown = not quiet and sys.stderr.isatty()

    def show(stage: str, done: int, of: int) -> None:
        stop.check()
        if shown and of >= 50 and (done % max(1, of // 100) == 0 or done == of):
            click.echo(f"\r{stage}: {done:,} of {of:,}\x1b[K" + ("\n" if done == of else ""), nl=False, err=True)

    return show
