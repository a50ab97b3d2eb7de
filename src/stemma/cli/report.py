"""``stemma report``: the main job."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import click

from stemma.cli.folder import names_folder, refuse_foreign, write_folder
from stemma.cli.options import Asked, analysed, changes_option, paths, pile_options, write_changes
from stemma.cli.output import refuse_same_file, write_file
from stemma.cli.summary import print_summary
from stemma.errors import BadUsage
from stemma.render import render_html, render_markdown, render_site
from stemma.render.site import MOST_STORIES
from stemma.schema import to_json


def command(name: str) -> click.Command:
    """The command."""

    @click.command(name)
    @paths
    @click.option(
        "-o",
        "--output",
        metavar="FILE|FOLDER/",
        help="The page (default: report.html, or none when only --json or --markdown is asked for); with a slash at the end "
        "a folder: an index, a page for each story, a feed.",
    )
    @click.option(
        "--json",
        "json_file",
        metavar="FILE",
        help="The dossiers as JSON (schema: docs/schema.md); - is standard output.",
    )
    @click.option("--markdown", "markdown_file", metavar="FILE", help="The dossiers as Markdown; - is standard output.")
    @click.option(
        "--language",
        metavar="TAG",
        help="The reader's language: of the page where Stemma speaks it (en, nb), of the brief where the pile has it.",
    )
    @click.option(
        "--base",
        metavar="URL",
        help="The address that the folder will have: for its site map, and for the feed's links.",
    )
    @changes_option
    @pile_options
    def run(
        paths: tuple[str, ...],
        output: str | None,
        json_file: str | None,
        markdown_file: str | None,
        language: str | None,
        base: str | None,
        changes: str | None,
        asked: Asked,
    ) -> None:
        """Everything the reports tell, as one self-contained page.

        A short summary goes to the terminal. The page needs no network and can be mailed. With -o FOLDER/ every story gets a
        page of its own beside an index, for a web server or a memory stick; --base adds a site map.
        """
        if output and output.endswith((".json", ".jsonl", ".csv", ".parquet", ".md")):
            raise BadUsage(
                f"{output}: -o names the page (.html); use --json or --markdown, or a command of one kind of line"
            )
        folder = output if output and names_folder(output) else None
        base = _address(base, folder)
        if folder:
            refuse_foreign(folder, paths)
        refuse_same_file((output, json_file, markdown_file), paths)
        dossiers = analysed(paths, asked, language or "en")
        if changes:
            write_changes(changes, asked.given, [one.story for one in dossiers.dossiers])
        if json_file:
            write_file(json_file, lambda file: file.write(to_json(dossiers) + b"\n"))
        if markdown_file:
            markdown = render_markdown(dossiers, language or "en")
            write_file(markdown_file, lambda file: file.write(markdown.encode("utf-8", "replace")))
        if output is None and not (json_file or markdown_file):
            output = "report.html"
        if folder:
            if len(dossiers.dossiers) > MOST_STORIES:
                raise BadUsage(
                    f"the pile has {len(dossiers.dossiers):,} stories and a folder holds {MOST_STORIES:,}: hand in less, or use --json"
                )
            write_folder(folder, render_site(dossiers, language or "en", base))
            output = str(Path(folder) / "index.html")
        elif output:
            page = render_html(dossiers, language or "en")
            write_file(output, lambda file: file.write(page.encode("utf-8", "replace")))
        if not asked.quiet:
            print_summary(dossiers, output, to_stderr="-" in (json_file, markdown_file, output))

    return run


def _address(base: str | None, folder: str | None) -> str:
    """The address of the folder with its slash, "" where none is given. Raises BadUsage where it is none."""
    if base is None:
        return ""
    if not folder:
        raise BadUsage("--base is the address of a folder of pages: give -o FOLDER/ (with the slash)")
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise BadUsage(f"{base} is no address of a folder: give --base https://example.org/stories/")
    return base if base.endswith("/") else f"{base}/"
