"""The commands that give one kind of line as JSON Lines or Parquet."""

from __future__ import annotations

import click

from stemma.cli import COMMANDS
from stemma.cli.options import paths, pile_options, progress, read_pile
from stemma.cli.output import write_lines
from stemma.run import lines

# command -> the property of stages.StoryWork it prints, where the names differ
KINDS = {"quotes": "quotations"}


def command(name: str) -> click.Command:
    """The command ``name`` of the table in ``stemma.cli``."""

    @click.command(name, help=COMMANDS[name][1] + " One JSON object a line; the fields are in docs/schema.md.")
    @paths
    @click.option(
        "-o", "--output", default="-", metavar="FILE", help="Where to (.jsonl, .parquet; - is standard output)."
    )
    @pile_options
    def run(paths: tuple[str, ...], output: str, one_story: bool, workers: int | None, quiet: bool) -> None:
        reading = read_pile(paths, quiet)
        found = lines(
            reading.reports, KINDS.get(name, name), one_story=one_story, workers=workers, progress=progress(quiet)
        )
        write_lines(output, found)

    return run
