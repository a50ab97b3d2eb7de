"""The working view of one report for finding speech: units (sentences that do not break inside marks), marks, cues."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from stemma.language.kept import Kept
from stemma.quotes.lexicon import Cue, Lexicon, fold, lexicon
from stemma.quotes.marks import TITLE, Marked, pair
from stemma.records import Annotated, Span, Token

OUTSIDE = -1
# A mark of at most this many words can be a name, a title or a scare quote inside a phrase; longer ones are barriers.
SOFT_WORDS = 3
DASHES = frozenset("–—―‒-−")
PAUSES = frozenset({",", "،", "、", "，"})
STRONG = frozenset({";", ":", "–", "—", "―", "(", ")", "…", "...", "•", "|", "?", "!", "¿", "¡", "--"})


class Unit(Struct, frozen=True):
    """A half-open token range that reads as one sentence, its line (paragraph) and whether the line is a dash line."""

    first: int
    last: int
    line: int


class View(Struct):
    """``norms`` are the tokens' look-up forms; ``mark_of[i]`` the index into ``marks`` of the outermost pair round token i;
    ``cues`` in the order of the tokens, ``cued`` their tokens alone."""

    report: Annotated
    text: str
    lex: Lexicon
    tokens: Sequence[Token]
    norms: list[str]
    mark_of: list[int]
    marks: list[Marked]
    inner: list[Marked]
    hard: list[bool]
    lines: list[Span]
    units: list[Unit]
    cues: dict[int, Cue]
    cued: list[int]
    named: set[int]
    persons: set[int]

    def span(self, first: int, last: int) -> Span:
        """The characters of a token range."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def capital(self, i: int) -> bool:
        """Whether the token begins with a capital letter (or is written without case)."""
        letter = self.text[self.tokens[i].start]
        return letter.isupper() or letter.istitle()

    def word(self, i: int) -> bool:
        """Whether the token is a word."""
        return self.tokens[i].kind == "word"

    def barrier(self, i: int) -> bool:
        """Whether token i stands in marks that no noun phrase reaches over."""
        k = self.mark_of[i]
        return k != OUTSIDE and self.hard[k]


def view(report: Annotated) -> View:
    """The report as the finders of speech see it."""
    text, lex = report.report.text, lexicon(report.report.language)
    tokens = report.tokens
    lines = _lines(report)
    every = pair(text, lines)
    marks = [m for m in every if m.depth == 0 and m.family != TITLE]
    starts = [t.start for t in tokens]
    mark_of, hard = _inside(text, tokens, starts, marks)
    known = _looks(report.report.language)
    looks = [known[t[2]] for t in tokens]
    norms = [look[0] for look in looks]
    cues = {i: look[1] for i, look in enumerate(looks) if look[1] is not None}
    inner = [m for m in every if m.depth == 1]
    named = {i for n in report.names for i in range(bisect_left(starts, n.start), bisect_left(starts, n.end))}
    persons = {bisect_left(starts, n.start) for n in report.names if n.kind == "person"}
    one = View(
        report, text, lex, tokens, norms, mark_of, marks, inner, hard, lines, [], cues, list(cues), named, persons
    )
    _harden(one)
    one.units = _units(one, starts)
    return one


@cache
def _looks(language: str | None) -> Kept[tuple[str, Cue | None]]:
    """The look-up form of a token and the cue it can be; kept, as words recur."""
    lex = lexicon(language)
    return Kept(lambda norm: (fold(norm), _cue(fold(norm), lex)))


def _harden(v: View) -> None:
    """A short mark that a verb of saying follows at once is speech: „Ja“, sagte X."""
    last = -1
    for i, k in enumerate(v.mark_of):
        if k == OUTSIDE and last != OUTSIDE and not v.hard[last]:
            j = i
            while (
                j < min(len(v.tokens), i + 5)
                and j not in v.cues
                and (
                    v.norms[j] in PAUSES
                    or v.norms[j] in DASHES
                    or v.norms[j] == "-"
                    or v.norms[j] in v.lex.words["auxiliaries"]
                )
            ):
                j += 1
            if j < len(v.tokens) and j in v.cues and "d" in v.cues[j].frames and v.mark_of[j] == OUTSIDE:
                v.hard[last] = not _names_what_stands_before(v, i)
        last = k


def is_title(v: View, words: list[int]) -> bool:
    """Whether words are written like a name: capitals first and last, between them capitals and short words ("Elevador da
    Serra"); where every noun has a capital, only if the report knows them as a name."""
    if not (v.capital(words[0]) and v.capital(words[-1])):
        return False
    short = all(v.capital(i) or len(v.norms[i]) <= 3 for i in words)
    return all(v.capital(i) for i in words) or (short and (not v.lex.capital_nouns or all(i in v.named for i in words)))


def _names_what_stands_before(v: View, i: int) -> bool:
    """ "the channel “Coast Press” reported": whether the marks that end before token i name the noun before them."""
    k, first = v.mark_of[i - 1], i
    while first > 0 and v.mark_of[first - 1] == k:
        first -= 1
    words = [t for t in range(first, i) if v.word(t)]
    return v.word(i) and first > 0 and v.word(first - 1) and bool(words) and is_title(v, words)


def _cue(norm: str, lex: Lexicon) -> Cue | None:
    """A form of a verb of saying; also with a pronoun tied to it (dit-il, explique-t-elle)."""
    found = lex.cues.get(norm)
    if found is None and "-" in norm and lex.words["pronouns"]:
        head, _, tail = norm.partition("-")
        if tail.removeprefix("t-") in lex.words["pronouns"]:
            return lex.cues.get(head)
    return found


def _lines(report: Annotated) -> list[Span]:
    """The report's paragraphs, cut at line breaks too."""
    lines: list[Span] = []
    text = report.report.text
    last: tuple[str, int] | None = None
    for one in report.sentences:
        if last == (one.part, one.paragraph):
            lines[-1] = Span(lines[-1].start, one.end)
        else:
            lines.append(Span(one.start, one.end))
        last = (one.part, one.paragraph)
    return [piece for line in lines for piece in _cut(text, line)]


def _cut(text: str, line: Span) -> list[Span]:
    pieces: list[Span] = []
    at = line.start
    for part in text[line.start : line.end].split("\n"):
        if part.strip():
            left = len(part) - len(part.lstrip())
            pieces.append(Span(at + left, at + len(part.rstrip())))
        at += len(part) + 1
    return pieces


def _inside(text: str, tokens: Sequence[Token], starts: list[int], marks: list[Marked]) -> tuple[list[int], list[bool]]:
    mark_of = [OUTSIDE] * len(tokens)
    hard = []
    for k, m in enumerate(marks):
        words = 0
        for i in range(bisect_left(starts, m.start), bisect_left(starts, m.end)):
            mark_of[i] = k
            words += tokens[i].kind != "mark"
        hard.append(words > SOFT_WORDS or _spoken(text, m))
    return mark_of, hard


def _spoken(text: str, m: Marked) -> bool:
    """Whether punctuation at the marks' edge says that they hold a clause: "No," X said. X said: "No"."""
    return text[m.inner.end - 1 : m.inner.end] in tuple(",.?!…،。？！") or text[max(0, m.start - 2) : m.start].rstrip()[
        -1:
    ] in (":", "：")


def _units(v: View, starts: list[int]) -> list[Unit]:
    """Sentences cut at line ends and joined again where a boundary lies inside marks or before a lower-case word."""
    line_ends = [line.end for line in v.lines]
    sentences = {one.start for one in v.report.sentences}
    units: list[Unit] = []
    for number, line in enumerate(v.lines):
        first, last = bisect_left(starts, line.start), bisect_left(starts, line_ends[number])
        cuts = [i for i in range(first + 1, last) if starts[i] in sentences and _cuts(v, i)]
        for a, b in zip([first, *cuts], [*cuts, last], strict=True):
            if b > a:
                units.append(Unit(a, b, number))
    return units


def _cuts(v: View, i: int) -> bool:
    """Whether a sentence may begin at token i: not inside marks, not in the middle of '"...?" asked X'."""
    k = v.mark_of[i]
    if k != OUTSIDE and v.mark_of[i - 1] == k:
        return False
    before = v.mark_of[i - 1]
    if before != OUTSIDE and (v.norms[i] in DASHES or v.norms[i] == "-") and i + 1 < len(v.tokens) and v.word(i + 1):
        return v.capital(i + 1)
    if before != OUTSIDE and v.hard[before] and v.word(i):
        inner = v.marks[before].inner
        final = v.text[inner.end - 1] if inner.end > inner.start else ""
        return v.capital(i) and final not in ",?!…，？！"
    return not (v.word(i) and v.text[v.tokens[i].start].islower())
