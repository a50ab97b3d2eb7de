"""The commands that give one kind of line: JSON Lines, Parquet, CSV, or a format of other programs."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from stemma.cli import COMMANDS
from stemma.cli.options import Asked, Command, changes_option, paths, pile_options
from stemma.cli.output import refuse_same_file, write_file, write_lines
from stemma.errors import LostWarning

if TYPE_CHECKING:
    from stemma.cli.pile import Pile

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
    also = changes_option if name == "stories" else _as_it_is

    @click.command(name, help=text)
    @paths
    @click.option("-o", "--output", default="-", metavar="FILE", help=where)
    @also
    @pile_options
    def run(paths: tuple[str, ...], output: str, asked: Asked, changes: str | None = None) -> None:
        from stemma.cli.exports import ending_of
        from stemma.cli.pile import read_pile, write_changes

        kind = KINDS.get(name, name)
        ending = ending_of(kind, output)
        refuse_same_file((output,), paths)
        pile = read_pile(paths, asked)
        found = _export(pile, kind, ending, output) if ending else _write(pile, kind, output)
        if not found and not ending and not asked.quiet:
            click.echo(f"stemma: no {name} in these {len(pile.reading.reports)} reports", err=True)
        if changes:
            write_changes(changes, pile, found)

    return run


def _export(pile: Pile, kind: str, ending: str, output: str) -> Sequence[Any]:
    """Write a format of other programs; the stories."""
    from stemma.cli.exports import export
    from stemma.cli.pile import analysed

    dossiers = analysed(pile)
    write_file(output, export(kind, ending, dossiers))
    return [dossier.story for dossier in dossiers.dossiers]


def _write(pile: Pile, kind: str, output: str) -> Sequence[Any]:
    """Write the lines of one kind, and say what a stage lost; the lines."""
    from stemma.cli.pile import lines
    from stemma.schema import LINES

    with warnings.catch_warnings(record=True) as lost:
        warnings.simplefilter("always", LostWarning)
        found = lines(pile, kind)
    for one in lost:
        if issubclass(one.category, LostWarning):
            click.echo(f"stemma: left out: {one.message}", err=True)
    write_lines(output, found, LINES[kind])
    return found
