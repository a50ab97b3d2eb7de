"""The commands that give one kind of line: JSON Lines, Parquet, CSV, or a format of other programs."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import click

from stemma.cli import COMMANDS
from stemma.cli.exports import ending_of, export
from stemma.cli.options import Asked, Command, analysed, changes_option, paths, pile_options, read_pile, write_changes
from stemma.cli.output import refuse_same_file, write_file, write_lines
from stemma.errors import LostWarning
from stemma.run import lines
from stemma.schema import LINES

# command -> the property of stages.StoryWork it prints, where the names differ
KINDS = {"quotes": "quotations"}
# What a command can write besides JSON Lines, Parquet and CSV.
ALSO = {
    "lineage": " (.graphml gives the drawn tree of one story)",
    "interactions": " (.plover.jsonl gives PLOVER JSON)",
    "quotes": " (.annotations.json gives W3C Web Annotations)",
}


def _as_it_is(command: Command) -> Command:
    """No option more."""
    return command


def command(name: str) -> click.Command:
    """The command ``name`` of the table in ``stemma.cli``."""
    text = f"{COMMANDS[name][1]} One JSON object a line; the fields are in docs/schema.md."
    where = f"Where to: .jsonl, .parquet, .csv{ALSO.get(name, '')}; - is standard output."
    kind = KINDS.get(name, name)
    also = changes_option if kind == "stories" else _as_it_is

    @click.command(name, help=text)
    @paths
    @click.option("-o", "--output", default="-", metavar="FILE", help=where)
    @also
    @pile_options
    def run(paths: tuple[str, ...], output: str, asked: Asked, changes: str | None = None) -> None:
        ending = ending_of(kind, output)
        refuse_same_file((output,), paths)
        if ending:
            dossiers = analysed(paths, asked)
            write_file(output, export(kind, ending, dossiers))
            found: Sequence[Any] = [dossier.story for dossier in dossiers.dossiers]
        else:
            reading = read_pile(paths, asked.quiet, asked.given)
            with warnings.catch_warnings(record=True) as lost:
                warnings.simplefilter("always", LostWarning)
                found = lines(reading.reports, kind, **asked.keywords())
            for one in lost:
                if issubclass(one.category, LostWarning):
                    click.echo(f"stemma: left out: {one.message}", err=True)
            write_lines(output, found, LINES[kind])
            if not found and not asked.quiet:
                click.echo(f"stemma: no {name} in these {len(reading.reports)} reports", err=True)
        if changes:
            write_changes(changes, asked.given, found)

    return run
