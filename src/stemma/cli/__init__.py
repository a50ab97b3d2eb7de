"""The command line: one module per group of commands, loaded when its command is called.

Starting ``stemma --help`` imports click and nothing else of weight; it must stay under half a second.
"""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches
from importlib import import_module

import click

from stemma.cli import stop
from stemma.errors import BadUsage, NothingRead, StemmaError
from stemma.version import VERSION

# command -> (module, one line of help); the order is the order of the help page.
COMMANDS = {
    "report": ("report", "The dossiers of a pile of reports, as one self-contained page."),
    "read": ("read", "Read files into a table of reports that can be edited and handed in again."),
    "brief": ("brief", "Five to eight sentences of the reports that tell the story, each with its witnesses."),
    "find": ("find", 'What the reports say in some words, with witnesses and disagreements, or "not stated".'),
    "stories": ("lines", "Which reports tell one story."),
    "passages": ("lines", "Which passages reports share: verbatim, near or translated."),
    "lineage": ("lines", "Which report was made from which, and how sure that is."),
    "quotes": ("lines", "Who said what."),
    "utterances": ("lines", "Which quotations render one utterance, and how the wording drifted."),
    "dates": ("lines", "Every date with its value and how it is known."),
    "statements": ("lines", "What several reports say alike, and how many independent sources carry it."),
    "disagreements": ("lines", "Where reports disagree, with the words on both sides."),
    "timeline": ("lines", "What happened when."),
    "interactions": ("lines", "Who did what to whom, in PLOVER's terms."),
    "situation": ("lines", "Who did what to whom by day, measures, stated causes and positions, as one table."),
    "actors": ("lines", "The people, organisations, states and places, with all their spellings."),
    "corpus": ("corpus", "A large pile, a hundred thousand reports and more, as tables in Parquet."),
    "explain": ("explain", "Why a line is there, or why two reports stand together or apart."),
}


class Commands(click.Group):
    """Commands by name, each imported when it is called; the help page needs none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = import_module(f"stemma.cli.{COMMANDS[name][0]}")
        command: click.Command = module.command(name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it; a misspelt command gets the one it was meant to be."""
        near = [] if args[0] in COMMANDS else get_close_matches(args[0], COMMANDS, 1)
        if near:
            ctx.fail(f"No such command {args[0]!r}. Did you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="stemma")
def group() -> None:
    """Stemma reads a pile of news reports, in any mix of languages, and gives back one sourced picture of what they tell.

    \b
    Start here:
      stemma report reports/ -o report.html     everything, as a page for the browser
      stemma read reports/ -o pile.csv          a table: fill in outlets and dates that the files do not say,
      stemma report pile.csv                    and hand it in
      stemma disagreements reports/             one kind of line, as JSON Lines on standard output

    A PATH is a file (.txt .html .jsonl .json .csv .parquet .xml .zip), a folder, a glob, a web address, or - for standard
    input. Nothing leaves this machine; no model is needed. Every line names the characters it rests on.

    \b
    Shell completion:  eval "$(_STEMMA_COMPLETE=bash_source stemma)"     (or zsh_source, fish_source)
    """


def main() -> None:
    """Run the command line; turn errors into one clear line and the exit status of the contract (0, 1, 2; 130 on Ctrl-C)."""
    stop.install()
    try:
        status = group.main(standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stemma: stopped; no file was left half-written", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        click.echo(f"stemma: {error.strerror or error}: free some space, or write to a file with -o", err=True)
        sys.exit(1)
    except BadUsage as error:
        click.echo(f"stemma: {error}", err=True)
        sys.exit(2)
    except (NothingRead, StemmaError) as error:
        click.echo(f"stemma: {error}", err=True)
        sys.exit(1)
    except Exception as error:
        if os.environ.get("STEMMA_TRACEBACK"):
            raise
        click.echo(
            f"stemma: a defect of Stemma, not of your input: {type(error).__name__}: {error}. Nothing was written. "
            "Run again with STEMMA_TRACEBACK=1 and report what it prints.",
            err=True,
        )
        sys.exit(1)
