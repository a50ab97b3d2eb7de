"""From a span to the link that shows it: what every line of the page rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from stemma.records import Actor, Dossier, Report, Witness
from stemma.render import clean
from stemma.render.clean import Block, Context
from stemma.render.sigla import Line, Named, name_lines, name_reports
from stemma.render.words import Words

MOST_SHOWN = 24  # witnesses of one line before the rest is folded away: two rows of links at reading width
MOST_MARKED = 0.75  # share of a sentence up to which the marking of words in it helps
MOST_LETTERS = 5  # lines of reporting up to which each is drawn as a letter; beyond, only those that carry something
MOST_CARRYING = 8  # letters drawn where only those that carry a line are
MOST_LINKED = 48  # witnesses of one line that get a link at all; the JSON has every one


@dataclass(frozen=True)
class Ref:
    """A link to a span. ``key`` ("anchor-start-end") is unique on the page; ``html`` is the link itself, whose ``data-w``
    (the span's end) lets the script mark exactly these characters."""

    siglum: str
    place: str
    anchor: str
    start: int
    end: int
    html: Markup

    @property
    def key(self) -> str:
        """A name for the span that can stand in an id."""
        return f"{self.anchor}-{self.start}-{self.end}"


@dataclass(frozen=True)
class Refs:
    """The links of one line: those shown, those folded away, how many have no link, and the sigla for the filters."""

    shown: tuple[Ref, ...]
    folded: tuple[Ref, ...]
    unlinked: int
    sigla: str
    html: Markup


@dataclass(frozen=True)
class Support:
    """Which lines of reporting carry something, drawn as letters, or as a number where there are too many."""

    count: int
    of: int
    html: Markup


@dataclass(frozen=True)
class Quoted:
    """Words of a report, with their language."""

    text: str
    lang: str
    dir: str | None


@dataclass
class Apparatus:
    """A story's reports and families as the page names them, and every place that something on the page points to."""

    words: Words
    dossier: Dossier
    lines: list[Line]
    named: dict[str, Named]
    blocks: dict[str, tuple[Block, ...]]
    reader: str
    short: bool = False
    starts: dict[str, set[int]] = field(default_factory=dict)
    ends: dict[str, set[int]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        dossier: Dossier,
        reports: Mapping[str, Report],
        words: Words,
        reader: str,
        used: set[str],
        short: bool = False,
    ) -> Apparatus:
        """The apparatus of one story. ``reader`` is the language that quoted words are preferred in; ``short``: only some parts
        of the story are shown, and those without what can be unfolded."""
        inside = {one: reports[one] for one in dossier.story.reports if one in reports}
        lines = name_lines(dossier, inside)
        named = name_reports(lines, inside, words, used)
        parts = {one: clean.blocks(report) for one, report in inside.items()}
        return cls(words, dossier, lines, named, parts, reader, short)

    def __post_init__(self) -> None:
        self.letters = {line.id: line for line in self.lines}
        self._rank = {one: index for index, one in enumerate(self.named)}
        self._actors = {actor.id: actor for actor in self.dossier.actors}
        self._drawn: dict[tuple[frozenset[str], frozenset[str]], Support] = {}
        self._mark = self.words("room.paragraph")

    def ref(self, witness: Witness) -> Ref | None:
        """The link to a span; None where its report is not in the story."""
        named = self.named.get(witness.report)
        if named is None:
            return None
        self.starts.setdefault(witness.report, set()).add(witness.start)
        self.ends.setdefault(witness.report, set()).add(witness.end)
        place = self.place(witness)
        link = Markup(
            f'<a class="ref c{named.colour}" href="#{named.anchor}-{witness.start}" data-w="{witness.end}">'
            f"<b>{named.siglum}</b> {escape(place)}</a>"
        )
        return Ref(named.siglum, place, named.anchor, witness.start, witness.end, link)

    def place(self, witness: Witness) -> str:
        """Where in its report a span stands: "¶3", "title", "foot"."""
        block = clean.block_at(self.blocks[witness.report], witness.start)
        if block is None:
            return ""
        return f"{self._mark}{block.number}" if block.number else self.words(f"room.{block.place}")

    def refs(self, witnesses: Iterable[Witness]) -> Refs:
        """The links of one line in the order of the sigla, one for each paragraph of a report."""
        seen: dict[tuple[str, str], Witness] = {}
        for witness in sorted(
            (w for w in witnesses if w.report in self.named), key=lambda w: (self._rank[w.report], w.start, w.end)
        ):
            seen.setdefault((witness.report, self.place(witness)), witness)
        every = list(seen.values())
        links = [link for link in (self.ref(witness) for witness in every[:MOST_LINKED]) if link]
        sigla = " ".join(dict.fromkeys(self.named[w.report].siglum for w in every))
        cut = len(links) if len(links) <= MOST_SHOWN + 4 else MOST_SHOWN
        shown = Markup(f'<span class="refs">{" ".join(link.html for link in links[:cut])}</span>' if links else "")
        return Refs(tuple(links[:cut]), tuple(links[cut:]), len(every) - len(links), sigla, shown)

    def support(self, families: Iterable[str], part: Iterable[str] = ()) -> Support:
        """The families as letters; ``part`` are those among them that carry it at least in part."""
        carried = frozenset(one for one in families if one in self.letters)
        partly = carried.intersection(part)
        if (carried, partly) not in self._drawn:
            self._drawn[carried, partly] = self._draw(carried, partly)
        return self._drawn[carried, partly]

    def _draw(self, carried: frozenset[str], partly: frozenset[str]) -> Support:
        letters = [line.letter for line in self.lines if line.id in carried]
        names = ", ".join(letters[:12]) + (" …" if len(letters) > 12 else "")
        said = self.words("support.of", n=len(letters), of=len(self.lines), letters=names)
        half = [line.letter for line in self.lines if line.id in partly]
        if half:
            said += "; " + self.words("support.part", letters=", ".join(half[:12]))
        if len(self.lines) <= MOST_LETTERS:
            marks = "".join(
                f'<i class="c{line.colour}{" half" if line.id in partly else "" if line.id in carried else " hollow"}">{line.letter}</i>'
                for line in self.lines
            )
        else:
            told = [line for line in self.lines if line.id in carried]
            marks = "".join(
                f'<i class="c{line.colour}{" half" if line.id in partly else ""}">{line.letter}</i>'
                for line in told[:MOST_CARRYING]
            )
            more = f"+{len(told) - MOST_CARRYING}" if len(told) > MOST_CARRYING else ""
            marks += f'<i class="of">{more} {self.words("support.short", of=len(self.lines))}</i>'
        html = f'<span class="support" role="img" aria-label="{escape(said)}">{marks}</span>'
        return Support(len(letters), len(self.lines), Markup(html))

    def actor(self, one: str | None) -> Actor | None:
        """An actor of the story by id."""
        return self._actors.get(one) if one else None

    def families_of(self, witnesses: Iterable[Witness]) -> list[str]:
        """The ids of the families whose reports stand among the witnesses, in the order of their letters."""
        found = {self.named[w.report].letter for w in witnesses if w.report in self.named}
        return [line.id for line in self.lines if line.letter in found]

    def quote(self, witness: Witness) -> Quoted:
        """The words of a span."""
        named = self.named[witness.report]
        return Quoted(clean.flat(named.report.text[witness.start : witness.end]), named.lang, named.dir)

    def context(self, witness: Witness) -> Context:
        """A span in its sentence."""
        return clean.context(self.named[witness.report].report, self.blocks[witness.report], witness.start, witness.end)

    def part(self, witness: Witness) -> Context:
        """A span in its sentence, marked only where it is a part of it: marking all of a sentence marks nothing."""
        found = self.context(witness)
        whole = len(found.before) + len(found.hit) + len(found.after)
        return (
            found if len(found.hit) < MOST_MARKED * whole else Context(found.before + found.hit + found.after, "", "")
        )

    def best(self, witnesses: Iterable[Witness]) -> Witness | None:
        """The witness to show for a line: in the reader's language where there is one, then by siglum."""
        inside = [w for w in witnesses if w.report in self.named]
        return min(inside, key=lambda w: (not self.reads(w.report), self._rank[w.report], w.start), default=None)

    def reads(self, report: str) -> bool:
        """Whether a report is in the reader's language."""
        return (self.named[report].language or "").split("-")[0] == self.reader.split("-")[0]

    def rank(self, report: str) -> int:
        """The place of a report in the order of the sigla."""
        return self._rank.get(report, len(self._rank))
