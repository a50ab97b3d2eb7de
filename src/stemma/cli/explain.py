"""``stemma explain``: why a line is there, or why two reports stand together or apart."""

from __future__ import annotations

import glob
from pathlib import Path

import click

from stemma.cli.options import Asked, pile_options
from stemma.errors import BadUsage


def command(name: str) -> click.Command:
    """The command."""

    @click.command(name)
    @click.argument("arguments", nargs=-1, required=True, metavar="ID [ID] PATH...")
    @pile_options
    def run(arguments: tuple[str, ...], asked: Asked) -> None:
        """Why a line is there: its rules, their scores and the words they looked at, run again while you wait.

        ID is the id of any line that Stemma gave (a report, a story, a statement, a disagreement, an utterance, ...).
        With two reports' ids: what speaks for and against their standing together.
        """
        from stemma.cli.explained import explain_line, explain_pair, who_is_who
        from stemma.cli.pile import analysed, read_pile

        ids, files = _split(arguments)
        dossiers = analysed(read_pile(files, asked))
        reports = {report.id: report for report in dossiers.reports}
        pair = len(ids) == 2
        told = explain_pair(dossiers, reports, *ids) if pair else explain_line(dossiers, reports, ids[0])
        click.echo("\n".join([f"$ stemma explain {' '.join(arguments)}", *who_is_who(told, reports), *told]))

    return run


def _split(arguments: tuple[str, ...]) -> tuple[list[str], tuple[str, ...]]:
    """What is a path, and what must then be an id; ids may stand before or after the paths."""
    ids = [one for one in arguments if not _is_path(one)]
    files = tuple(one for one in arguments if _is_path(one))
    if not 1 <= len(ids) <= 2 or not files:
        raise BadUsage(
            f"explain takes one or two ids and the paths: stemma explain ID [ID] PATH... "
            f"(taken as ids: {', '.join(ids) or 'none'}; as paths: {', '.join(files) or 'none'})"
        )
    return ids, files


def _is_path(argument: str) -> bool:
    return argument == "-" or "://" in argument or Path(argument).exists() or bool(glob.glob(argument))
