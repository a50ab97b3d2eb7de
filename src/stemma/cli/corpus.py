"""``stemma corpus``: a large pile as tables in Parquet."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from stemma.cli import stop
from stemma.cli.options import paths
from stemma.errors import BadUsage

if TYPE_CHECKING:
    from stemma.run import Progress


class Wanted(NamedTuple):
    """What the tables are to hold, where they go, and what does the work."""

    output: str
    columns: tuple[str, ...]
    aliases: str | None
    language: str | None
    workers: int | None
    engine: str
    master: str | None


def command(name: str) -> click.Command:
    """The command."""

    @click.command(name)
    @paths
    @click.option("-o", "--output", required=True, metavar="FOLDER", help="Where the tables go: a folder of its own.")
    @click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="OURS=THEIRS",
        help="What a column of your tables is called, as in --column text=maintext; may be given several times.",
    )
    @click.option(
        "--aliases",
        metavar="FILE",
        help="How actors are called (TOML): a name, its forms in the reports, the state it acts for; docs/actors.md.",
    )
    @click.option("--language", metavar="TAG", help="The reader's language, of the briefs (en, nb, de ...).")
    @click.option("--workers", type=click.IntRange(1), help="Processes (default: one a core).")
    @click.option("--engine", type=click.Choice(["local", "spark"]), default="local", help="What does the work.")
    @click.option(
        "--master", metavar="URL", help="Spark's master: local[*], spark://host:7077, yarn; goes with --engine spark."
    )
    @click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
    def run(paths: tuple[str, ...], quiet: bool, **wanted: Any) -> None:
        """Everything that a large pile of reports tells, as tables in Parquet (docs/corpus.md).

        A PATH is a file, a folder or a glob: JSON Lines (.jsonl, also .gz and .zst), Parquet, web archives (.warc, .warc.gz),
        and all that `stemma report` reads. FOLDER gets one folder of Parquet parts for each table, and manifest.json when
        all is done. A run that was stopped goes on when the same command is given again. Corrections are not read here.
        """
        manifest = _build(paths, Wanted(**wanted), _progress(quiet, time.monotonic()))
        if not quiet:
            rows = {table: told["rows"] for table, told in manifest["tables"].items()}
            inputs = manifest["inputs"]
            click.echo(
                f"{wanted['output']}: {rows['reports']:,} reports, {rows['stories']:,} stories, {rows['passages']:,} passages, "
                f"{rows['quotes']:,} quotations; {inputs['set_aside']:,} inputs set aside (table set_aside says why), "
                f"{inputs['passed_over']:,} passed over",
                err=True,
            )

    return run


def _build(paths: tuple[str, ...], wanted: Wanted, progress: Progress) -> Any:
    """The tables, and what their manifest says."""
    from stemma.arrow import arrow

    arrow()  # says what to install where it is missing
    from stemma.aliases import read_aliases
    from stemma.corpus import Settings, build

    settings = Settings(
        language=wanted.language,
        columns=tuple(sorted(_pair(one) for one in wanted.columns)),
        aliases=read_aliases(wanted.aliases) if wanted.aliases else (),
    )
    if wanted.engine == "spark":
        from stemma.engine import spark

        return spark.build(paths, wanted.output, settings=settings, master=wanted.master, progress=progress)
    return build(paths, wanted.output, settings=settings, workers=wanted.workers, progress=progress)


def _pair(given: str) -> tuple[str, str]:
    from stemma.read.rows import ALIASES

    ours, _, theirs = given.partition("=")
    if ours.strip() not in ALIASES or not theirs.strip():
        raise BadUsage(f"--column {given}: give OURS=THEIRS, where OURS is one of {', '.join(ALIASES)}")
    return ours.strip(), theirs.strip()


def _progress(quiet: bool, started: float) -> Progress:
    """A line for each step on standard error, kept up to date where that is a terminal."""
    shown = not quiet and sys.stderr.isatty()

    def show(step: str, done: int, of: int) -> None:
        stop.check()
        seconds = time.monotonic() - started
        if shown:
            click.echo(
                f"\r{seconds:6.0f} s  {step}: {done:,}" + (f" of {of:,}" if of else "") + "\x1b[K", nl=False, err=True
            )
            if done == of:
                click.echo(err=True)

    return show
