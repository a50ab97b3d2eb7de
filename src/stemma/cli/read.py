"""``stemma read``: files to a reports file or an editable table."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import IO

import click

from stemma.cli.options import paths, read_pile
from stemma.cli.output import refuse_same_file, write_file, write_lines
from stemma.read.table import write_table
from stemma.records import Report


def _write_csv(reports: Sequence[Report], file: IO[bytes]) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")  # the mark tells spreadsheets the encoding
    write_table(reports, text)
    text.flush()
    text.detach()  # the file stays open: who opened it closes it


def command(name: str) -> click.Command:
    """The command."""

    @click.command(name)
    @paths
    @click.option(
        "-o", "--output", default="-", metavar="FILE", help="Where to: .jsonl, .parquet, .csv; - is standard output."
    )
    @click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
    def run(paths: tuple[str, ...], output: str, quiet: bool) -> None:
        """Read files into one file of reports.

        With -o pile.csv the result is a table in which you fill in what the files do not say (outlet, published, ...);
        hand it in again with `stemma report pile.csv`.
        """
        refuse_same_file((output,), paths)
        reading = read_pile(paths, quiet)
        if output.endswith(".csv"):
            write_file(output, lambda file: _write_csv(reading.reports, file))
        else:
            write_lines(output, reading.reports, Report)
        if not quiet and output != "-":
            click.echo(f"{len(reading.reports)} reports: {output}", err=True)

    return run
