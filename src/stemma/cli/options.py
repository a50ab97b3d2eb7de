"""What commands ask for alike: the paths, how a pile is to be analysed, where changes go. Nothing here is slow to import."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple, TypeVar, cast

import click

from stemma.cli.output import refuse_same_file
from stemma.errors import BadUsage

Command = TypeVar("Command", bound=Callable[..., Any])
TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")  # RFC 5646, as far as it names languages in use
OUTPUTS = ("output", "json_file", "markdown_file", "changes")  # options that name files to write


class Asked(NamedTuple):
    """How a pile is to be analysed, as ``pile_options`` ask: the user's files, and how the work is done. ``workers``:
    processes; ``quiet``: say nothing but errors."""

    corrections: str | None
    aliases: str | None
    since: str | None
    encoder: str | None
    one_story: bool
    workers: int | None
    quiet: bool


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
    """The command, called with ``asked`` in place of the options of a pile."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        asked = Asked(**{name: options.pop(name) for name in Asked._fields})
        refuse_same_file(
            [options.get(name) for name in OUTPUTS], [one for one in (asked.corrections, asked.aliases) if one]
        )
        if options.get("changes") and not asked.since:
            raise BadUsage("--changes tells what became of former stories: name their file with --since")
        return command(*arguments, asked=asked, **options)

    return cast(Command, run)


def reader_option(text: str, default: str | None = None) -> Callable[[Command], Command]:
    """The reader's language, as a tag ("en", "nb", "pt-BR"); ``text`` says what is in it."""

    def checked(_context: click.Context, _option: click.Parameter, tag: str | None) -> str | None:
        if tag is not None and not TAG.fullmatch(tag):
            raise click.BadParameter(f"{tag!r} is no language's tag; write en, nb, de ...")
        return tag

    return click.option("--language", metavar="TAG", default=default, callback=checked, help=text)


def changes_option(command: Command) -> Command:
    """Where a command that gives stories writes what became of the former ones."""
    text = "With --since: what became of each story (kept, new, merged, split, ended), as JSON Lines or .parquet."
    return click.option("--changes", metavar="FILE", help=text)(command)
