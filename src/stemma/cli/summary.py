"""The short summary that ``stemma report`` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from stemma.cli.pile import names_of
from stemma.records import Disagreement, Dossier, Dossiers
from stemma.render.sigla import reports_in_order, title_of

OUTCOMES = {"took effect": "took effect", "was so already": "so already", "not matched": "not matched in this pile"}
SHOWN_STORIES = 12  # a terminal page; the rest are on the report


def print_summary(dossiers: Dossiers, page: str | None, language: str, to_stderr: bool) -> None:
    """What was found, in a few lines; every figure leads to the page. ``language`` is the reader's."""
    console = Console(stderr=to_stderr, highlight=False, soft_wrap=True)
    largest = sorted(dossiers.dossiers, key=lambda d: (-len(d.story.reports), d.story.title, d.story.id))
    several = [d for d in largest if len(d.story.reports) > 1]
    titles = _titles(dossiers, several[:SHOWN_STORIES], language)
    for dossier in several[:SHOWN_STORIES]:
        _print_story(console, dossier, titles)
    alone = len(largest) - len(several)
    hidden = len(several) - SHOWN_STORIES
    if hidden > 0:
        console.print(f"... and {hidden} more stories of several reports")
    if alone:
        console.print(f"{alone} {'report stands' if alone == 1 else 'reports stand'} alone: no other tells that story")
    twice = sum("handed in twice" in line.reason for line in dossiers.not_compared)
    if twice:
        console.print(f"{_count(twice, 'report')} handed in twice and counted once")
    if dossiers.corrections:
        often: Counter[str] = Counter(one.outcome for one in dossiers.corrections)
        said = ", ".join(f"{often[outcome]} {words}" for outcome, words in OUTCOMES.items() if often[outcome])
        console.print(f"{_count(len(dossiers.corrections), 'correction')} of yours: {said}")
    unread = sum(len(one.unread) for one in dossiers.reports)
    if unread:
        console.print(f"{_count(unread, 'date')} of the tables not read: the page says which")
    if dossiers.set_aside:
        said = (
            f"{_count(len(dossiers.set_aside), 'input')} set aside ({names_of(dossiers.set_aside)}): the page says why"
        )
        console.print(Text(said))
    if page and page != "-":
        console.print(Text.assemble("The page: ", (page, "bold")))


def _titles(dossiers: Dossiers, printed: list[Dossier], language: str) -> dict[str, str]:
    """What the printed stories, and those that they follow up, are called: as on the page."""
    reports = {one.id: one for one in dossiers.reports}
    wanted = {one.story.id for one in printed} | {follow.story for one in printed for follow in one.story.follows}
    return {
        one.story.id: title_of(one, reports_in_order(one, reports), language)[0] or "(no title stated)"
        for one in dossiers.dossiers
        if one.story.id in wanted
    }


def _print_story(console: Console, dossier: Dossier, titles: Mapping[str, str]) -> None:
    story = dossier.story
    dates = " to ".join(dict.fromkeys(d[:10] for d in (story.first, story.last) if d)) or "undated"
    console.print(Text(titles[story.id], style="bold"))
    console.print(
        f"  {_count(len(story.reports), 'report')} in {', '.join(story.languages) or 'an unknown language'}, {dates}; "
        f"at most {_count(dossier.independent_at_most, 'independent source')}"
    )
    clashes = [d for d in dossier.disagreements if d.tier == "clash"]
    looks = len(dossier.disagreements) - len(clashes)
    supported = sum(len(s.families) > 1 for s in dossier.statements)
    suspect = sum(u.verdict == "not as quoted" for u in dossier.utterances)
    console.print(
        f"  {_count(supported, 'statement')} carried by several sources, {_count(len(clashes), 'clash', 'clashes')}, "
        f"{_count(looks, 'more difference')} worth a look, {_count(len(dossier.quotations), 'quotation')}"
        + (f" ({suspect} not to be used as quoted)" if suspect else "")
    )
    for follow in story.follows:
        console.print(Text(f"  follows up, {follow.confidence}: {titles[follow.story]}"))
    if clashes:
        console.print(_clash_table(clashes))
    console.print()


def _clash_table(clashes: list[Disagreement]) -> Table:
    table = Table(show_header=False, box=None, padding=(0, 1, 0, 2))
    for clash in clashes[:5]:
        values = "  |  ".join(reading.value for reading in clash.readings)
        table.add_row(Text(clash.slot, style="red"), Text(values))
    return table


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
