"""``stemma brief``: the brief of each story on the terminal."""

from __future__ import annotations

import click

from stemma.cli.options import Asked, paths, pile_options, reader_option
from stemma.cli.output import refuse_same_file, write_file


def command(name: str) -> click.Command:
    """The command."""

    @click.command(name)
    @paths
    @click.option("-o", "--output", default="-", metavar="FILE", help="Where to (Markdown; - is standard output).")
    @reader_option("The reader's language, where the pile has it (en, nb, de ...).")
    @pile_options
    def run(paths: tuple[str, ...], output: str, language: str | None, asked: Asked) -> None:
        """Five to eight sentences of the reports that tell the story best, as they stand there, each with its witnesses."""
        from stemma.cli.pile import analysed, read_pile
        from stemma.render.markdown import render_brief

        refuse_same_file((output,), paths)
        text = render_brief(analysed(read_pile(paths, asked), language))
        write_file(output, lambda file: file.write(text.encode("utf-8", "replace")))

    return run
