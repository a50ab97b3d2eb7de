"""``stemma read``: files to a reports file or an editable table."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

import click

from stemma.cli.options import paths
from stemma.cli.output import refuse_same_file, write_file, write_lines

if TYPE_CHECKING:
    from stemma.read import Reading


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
        from stemma.cli.pile import read_reports
        from stemma.records import Report

        refuse_same_file((output,), paths)
        reading = read_reports(paths, quiet)
        if output.endswith(".csv"):
            write_file(output, lambda file: _write_csv(reading, file))
        else:
            write_lines(output, reading.reports, Report)
        if not quiet and output != "-":
            click.echo(f"{len(reading.reports)} reports: {output}", err=True)

    return run


def _write_csv(reading: Reading, file: IO[bytes]) -> None:
    from stemma.read.table import write_table

    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")  # the mark tells spreadsheets the encoding
    write_table(reading.reports, text)
    text.flush()
    text.detach()  # the file stays open: who opened it closes it
