"""How reports and families are called on the page.

As in a critical edition, each family has a letter and each of its reports the letter with a number: A1, A2, B. The order
is that of the larger family first, then of the earlier report; it does not depend on the order of the input.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import xxhash

from stemma.read.label import printed_by
from stemma.records import Dossier, Family, Lineage, Report
from stemma.render.clean import clip, direction, flat, opening, shown, tag
from stemma.render.days import in_words
from stemma.render.words import Words

MOST_HEADING = 120  # letters of a heading: two lines on a wide screen
COLOURS = (
    8  # static/base.css defines as many, told apart under the common colour deficiencies; the letter is what identifies
)


@dataclass(frozen=True)
class Line:
    """A family as the page shows it: ``letter``, ``colour`` (1 to 8), its reports' sigla."""

    id: str
    letter: str
    colour: int
    reports: tuple[str, ...]
    unseen: str | None
    standing: str


@dataclass(frozen=True)
class Named:
    """A report as the page shows it. ``name`` tells it from the others: its outlet, else its file, else its first words;
    ``label`` adds language, date and credits. ``words`` is its title or opening where no outlet and no first words tell it."""

    id: str
    siglum: str
    letter: str
    colour: int
    anchor: str
    outlet: str | None
    name: str
    label: str
    words: str
    title: str
    opens: str
    language: str | None
    lang: str
    dir: str | None
    published: str | None
    report: Report

    @property
    def called_by_words(self) -> bool:
        """Whether its name is its title or opening words, so that they need not stand beside it."""
        return not self.outlet and not self.words


def letter(index: int) -> str:
    """A, B ... Z, AA, AB ..."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def anchor(prefix: str, content: str) -> str:
    """A fragment id that is safe in HTML and CSS and the same in every run."""
    if re.fullmatch(r"[A-Za-z0-9_-]{1,24}", content):
        return f"{prefix}{content}"
    return f"{prefix}{xxhash.xxh3_64_hexdigest(content.encode('utf-8', 'surrogatepass'))[:12]}"


def name_lines(dossier: Dossier, reports: Mapping[str, Report]) -> list[Line]:
    """The families with their letters. A report that stands in no family gets one of its own, so that none is lost."""
    placed = {one for family in dossier.families for one in family.reports}
    stray = [Family(f"family-of-{one}", (one,), None, "unknown") for one in dossier.story.reports if one not in placed]
    known = [
        Family(f.id, tuple(r for r in f.reports if r in reports), f.unseen, f.standing)
        for f in (*dossier.families, *stray)
    ]
    ordered = sorted(
        (f for f in known if f.reports), key=lambda f: (-len(f.reports), min(_age(reports[r]) for r in f.reports), f.id)
    )
    lines = []
    for index, family in enumerate(ordered):
        members = order_members(family.reports, dossier.lineage, reports)
        lines.append(Line(family.id, letter(index), index % COLOURS + 1, members, family.unseen, family.standing))
    return lines


def order_members(members: Iterable[str], lineage: Iterable[Lineage], reports: Mapping[str, Report]) -> tuple[str, ...]:
    """The family's reports, sources before what was made from them, earlier before later."""
    inside = set(members)
    parent = {line.report: line.source for line in lineage if line.report in inside}
    depth: dict[str, int] = {}

    def depth_of(one: str) -> int:
        path: list[str] = []
        while one not in depth and parent.get(one) in inside and one not in path:
            path.append(one)
            one = str(parent[one])
        depth.setdefault(one, 0)
        for step in reversed(path):
            depth[step] = depth[str(parent[step])] + 1 if str(parent[step]) in depth else 0
        return depth[path[0]] if path else depth[one]

    return tuple(sorted(inside, key=lambda one: (depth_of(one), _age(reports[one]), one)))


def _age(report: Report) -> tuple[str, str]:
    return (report.published or "9999", report.id)


def name_reports(lines: list[Line], reports: Mapping[str, Report], words: Words, used: set[str]) -> dict[str, Named]:
    """Every report of the story by id, in the order of its siglum. ``used`` holds the page's anchors so far."""
    named: dict[str, Named] = {}
    for line in lines:
        for number, one in enumerate(line.reports, 1):
            siglum = f"{line.letter}{number}" if len(line.reports) > 1 else line.letter
            named[one] = _name(reports[one], siglum, line, words, used)
    return _told_apart(named, words)


def _told_apart(named: dict[str, Named], words: Words) -> dict[str, Named]:
    """Two reports of the story that open alike are called by more of their words."""
    seen = Counter(one.name for one in named.values())
    return {
        key: replace(one, name=longer, label=one.label.replace(one.name, longer, 1))
        if seen[one.name] > 1
        and not one.outlet
        and not one.words
        and (longer := words("label.words", words=one.title or one.opens))
        else one
        for key, one in named.items()
    }


def _name(report: Report, siglum: str, line: Line, words: Words, used: set[str]) -> Named:
    fragment = base = anchor("r-", report.id)
    repeat = 1
    while fragment in used:
        repeat += 1
        fragment = f"{base}-{repeat}"
    used.add(fragment)
    facts = facts_of(report, words)
    outlet = outlet_of(report)
    file = None if outlet else file_of(report)
    title = clip(shown(report.title or ""), 160)
    opens = _opening(report)
    known = outlet or file or words("label.words", words=clip(title or opens, 72))
    return Named(
        id=report.id,
        siglum=siglum,
        letter=line.letter,
        colour=line.colour,
        anchor=fragment,
        outlet=outlet,
        name=known,
        label=" · ".join([known, *facts]),
        words=clip(title or opens, 90) if file else "",
        title=title,
        opens=opens,
        language=report.language,
        lang=tag(report.language),
        dir=direction(report.language),
        published=report.published,
        report=report,
    )


def short_name(named: Named) -> str:
    """The siglum, with the outlet where one is known."""
    return f"{named.siglum} {named.outlet}" if named.outlet else named.siglum


def _opening(report: Report) -> str:
    start = report.body[0].start if report.body else 0
    return clip(shown(report.text[start : start + 240]), 110)


def heading(title: str, first: Report | None, most: int = MOST_HEADING) -> str:
    """What a story is called: its title, or that of its first report; cut where it is a paragraph; else the opening words."""
    said = " ".join(flat(title or (first.title if first else None) or "").split())
    if said or first is None:
        return said if len(said) <= most else opening(said, most)
    start = first.body[0].start if first.body else 0
    return opening(first.text[start : start + 4 * most], most)


def title_of(dossier: Dossier, reports: Iterable[Report], reader: str) -> tuple[str, Report | None]:
    """What a story is called, and the report whose words that is: its own title, but one in the ``reader``'s language where
    a report has it. ``reports`` are the story's, in the order of their sigla."""
    ordered, title = list(reports), dossier.story.title
    own = next((one for one in ordered if title and (one.title or "").strip() == title.strip()), None)
    if title and not own:  # a title that somebody gave it
        return heading(title, None), next(iter(ordered), None)
    read = [one for one in ordered if (one.language or "").split("-")[0] == reader.split("-")[0]]
    liked = [own] if own in read else [*(one for one in read if one.title), own, *read, *ordered]
    first = next((one for one in liked if one), None)
    return heading("", first), first


def reports_in_order(dossier: Dossier, reports: Mapping[str, Report]) -> list[Report]:
    """The reports of a story in the order of their sigla."""
    lines = name_lines(dossier, {one: reports[one] for one in dossier.story.reports if one in reports})
    return [reports[one] for line in lines for one in line.reports]


# A name that a machine gave: a run of hexadecimal digits with a figure in it, or nothing but figures.
_MACHINE_MADE = re.compile(r"(?=[0-9a-f]*\d)[0-9a-f]{8,}|^[\d_.-]+$", re.IGNORECASE)


def file_of(report: Report) -> str | None:
    """The name of the file that holds this report alone, where a person gave it; never a hash."""
    path = report.read_from or ""
    if not path or "#" in path or "://" in path:
        return None
    name = tail(path, 1)
    return None if _MACHINE_MADE.search(name.rpartition(".")[0] or name) else clip(shown(name), 60)


def outlet_of(report: Report) -> str | None:
    """Who printed it, fit to be shown."""
    name = printed_by(report)
    return clip(shown(name), 60) if name else None


def tail(path: str, parts: int) -> str:
    """The last parts of a path; the folders of someone's machine are nobody else's business. An address stays whole."""
    if path.startswith(("http://", "https://")):
        return path
    return "/".join(path.replace("\\", "/").rstrip("/").split("/")[-parts:])


def facts_of(report: Report, words: Words) -> list[str]:
    """Language, date and credits, as far as they are known."""
    dated = in_words(report.published, words) if report.published else words("label.undated")
    facts = [words.tongue(report.language), clip(shown(dated), 40)]
    outlet = (report.outlet or report.agency or "").casefold()
    names = list(
        dict.fromkeys(clip(shown(credit.name), 40) for credit in report.credits if credit.name.casefold() != outlet)
    )
    if names:
        facts.append(words("label.credits", names=", ".join(names[:3]) + (" …" if len(names) > 3 else "")))
    return facts
