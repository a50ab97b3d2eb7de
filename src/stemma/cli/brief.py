"""``stemma brief``: the brief of each story on the terminal."""

from __future__ import annotations

import click

from stemma.cli.options import paths, pile_options, progress, read_pile
from stemma.cli.output import refuse_same_file, write_file
from stemma.given import Given
from stemma.render.markdown import render_brief
from stemma.run import analyse


def command(name: str) -> click.Command:
    """The command."""

    @click.command(name)
    @paths
    @click.option("-o", "--output", default="-", metavar="FILE", help="Where to (Markdown; - is standard output).")
    @click.option("--language", metavar="TAG", help="The reader's language, where the pile has it (en, nb, de ...).")
    @pile_options
    def run(
        paths: tuple[str, ...],
        output: str,
        language: str | None,
        one_story: bool,
        workers: int | None,
        quiet: bool,
        given: Given,
    ) -> None:
        """Five to eight sentences of the reports that tell the story best, as they stand there, each with its witnesses."""
        refuse_same_file((output,), paths)
        reading = read_pile(paths, quiet, given)
        dossiers = analyse(
            reading.reports,
            one_story=one_story,
            workers=workers,
            language=language,
            progress=progress(quiet),
            given=given,
        )
        text = render_brief(dossiers)
        write_file(output, lambda file: file.write(text.encode("utf-8", "replace")))

    return run
