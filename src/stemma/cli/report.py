"""``stemma report``: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import click

from stemma.cli.folder import names_folder, refuse_foreign, write_folder
from stemma.cli.options import Asked, changes_option, paths, pile_options, reader_option
from stemma.cli.output import refuse_same_file, write_file
from stemma.errors import BadUsage

if TYPE_CHECKING:
    from stemma.records import Dossiers

_TABLES = (".json", ".jsonl", ".csv", ".parquet", ".md")


class Wanted(NamedTuple):
    """What the command is to write. ``output``: the page, or its folder where the name ends in a slash; ``base``: the
    address that the folder will have; ``language``: the reader's."""

    output: str | None
    json_file: str | None
    markdown_file: str | None
    language: str | None
    base: str | None
    changes: str | None


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
    @reader_option(
        "The reader's language: of the page where Stemma speaks it (en, nb), of the brief where the pile has it."
    )
    @click.option(
        "--base",
        metavar="URL",
        help="The address that the folder will have: for its site map, and for the feed's links.",
    )
    @changes_option
    @pile_options
    def run(paths: tuple[str, ...], asked: Asked, **wanted: str | None) -> None:
        """Everything the reports tell, as one self-contained page.

        A short summary goes to the terminal. The page needs no network and can be mailed. With -o FOLDER/ every story gets a
        page of its own beside an index, for a web server or a memory stick; --base adds a site map.
        """
        _report(paths, asked, _checked(Wanted(**wanted), paths))

    return run


def _checked(wanted: Wanted, paths: tuple[str, ...]) -> Wanted:
    """What is wanted with its defaults. Raises BadUsage where it cannot be had."""
    if wanted.output and wanted.output.endswith(_TABLES):
        raise BadUsage(
            f"{wanted.output}: -o names the page (.html); use --json or --markdown, or a command of one kind of line"
        )
    output = wanted.output
    if output is None and not (wanted.json_file or wanted.markdown_file):
        output = "report.html"
    folder = bool(output and names_folder(output))
    base = _address(wanted.base, folder)
    if output and folder:
        refuse_foreign(output, paths)
    refuse_same_file((output, wanted.json_file, wanted.markdown_file), paths)
    return wanted._replace(output=output, base=base, language=wanted.language or "en")


def _report(paths: tuple[str, ...], asked: Asked, wanted: Wanted) -> None:
    from stemma.cli.pile import analysed, read_pile, write_changes
    from stemma.cli.summary import print_summary

    pile = read_pile(paths, asked)
    dossiers = analysed(pile, wanted.language)
    if wanted.changes:
        write_changes(wanted.changes, pile, [one.story for one in dossiers.dossiers])
    page = _write(dossiers, wanted)
    if not asked.quiet:
        print_summary(
            dossiers,
            page,
            wanted.language or "en",
            to_stderr="-" in (wanted.json_file, wanted.markdown_file, wanted.output),
        )


def _write(dossiers: Dossiers, wanted: Wanted) -> str | None:
    """Everything that is wanted; where the page stands."""
    from stemma.render import render_html, render_markdown
    from stemma.schema import to_json

    language = wanted.language or "en"
    if wanted.json_file:
        write_file(wanted.json_file, lambda file: file.write(to_json(dossiers) + b"\n"))
    if wanted.markdown_file:
        markdown = render_markdown(dossiers, language)
        write_file(wanted.markdown_file, lambda file: file.write(markdown.encode("utf-8", "replace")))
    if wanted.output and names_folder(wanted.output):
        return _write_site(dossiers, wanted.output, language, wanted.base or "")
    if wanted.output:
        page = render_html(dossiers, language)
        write_file(wanted.output, lambda file: file.write(page.encode("utf-8", "replace")))
    return wanted.output


def _write_site(dossiers: Dossiers, folder: str, language: str, base: str) -> str:
    """A folder of pages; its index."""
    from stemma.render.site import MOST_STORIES, render_site

    if len(dossiers.dossiers) > MOST_STORIES:
        raise BadUsage(
            f"the pile has {len(dossiers.dossiers):,} stories and a folder holds {MOST_STORIES:,}: hand in less, or use --json"
        )
    write_folder(folder, render_site(dossiers, language, base))
    return str(Path(folder) / "index.html")


def _address(base: str | None, folder: bool) -> str:
    """The address of the folder with its slash, "" where none is given. Raises BadUsage where it is none."""
    if base is None:
        return ""
    if not folder:
        raise BadUsage("--base is the address of a folder of pages: give -o FOLDER/ (with the slash)")
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise BadUsage(f"{base} is no address of a folder: give --base https://example.org/stories/")
    return base if base.endswith("/") else f"{base}/"
