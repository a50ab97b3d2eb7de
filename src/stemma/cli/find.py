"""``stemma find``: what answers some words, with its witnesses and disagreements, or "not stated"."""

from __future__ import annotations

import click

from stemma.cli.options import Asked, paths, pile_options, reader_option
from stemma.cli.output import refuse_same_file, write_lines
from stemma.errors import BadUsage


def command(name: str) -> click.Command:
    """The command."""

    @click.command(name)
    @click.argument("words", metavar="WORDS")
    @paths
    @click.option(
        "-o", "--output", metavar="FILE", help="Every answer as JSON Lines or .parquet; - is standard output."
    )
    @reader_option("The reader's language, for the words around the answers (en, nb).", default="en")
    @pile_options
    def run(words: str, paths: tuple[str, ...], output: str | None, language: str, asked: Asked) -> None:
        """What the reports say in these WORDS: disagreements, statements, quotations and names, each with its witnesses.

        One report must have all of the words in what an answer takes from it, in any language of the pile; the reports that
        do are its witnesses. Capitals, accents and endings do not count ("injury" finds "injuries"), a name is found in
        every spelling, a number in words and in figures. The page's own search gives the same answers.
        Where nothing answers, the pile does not say it: "not stated".
        """
        from stemma.cli.pile import analysed, read_pile
        from stemma.render.answers import books, written
        from stemma.render.finding import Answer, find, make_index
        from stemma.render.matching import words_of
        from stemma.render.words import Words

        if not words_of(words):
            raise BadUsage(
                f"{words!r} holds no word to look for: stemma find WORDS PATH... (put several words in quotes)"
            )
        refuse_same_file((output,), paths)
        dossiers = analysed(read_pile(paths, asked), language)
        found = [(book, find(make_index(book), words)) for book in books(dossiers, language)]
        if output:
            write_lines(output, [answer for _, answers in found for answer in answers], Answer)
        else:
            click.echo("\n".join(written(words, found, Words(language), len(dossiers.reports))))

    return run
