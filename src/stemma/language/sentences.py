"""Sentences: the boundaries of sentencex, and a pass that mends where it cuts too early.

Never across paragraphs. What a language's abbreviations are is data (``[sentences]``).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import regex
import sentencex

from stemma.language import lexicon
from stemma.language.words import norm, word_set
from stemma.records import Report, Span

Cut = tuple[int, int]

BLANK_LINE = regex.compile(r"\n[^\S\n]*+\n\s*+")
LAST_WORD = regex.compile(r"([\p{L}\d][\p{L}\d.\-]{0,15})\.[\s\"”’»)]*+$")
LETTERS = regex.compile(r"\p{L}++")
INITIAL = regex.compile(r"(?:^|[\s(\"“«„\-.])\p{Lu}\.\s*+$")
DAY_POINT = regex.compile(r"(?:^|[\s(\-–/])\d{1,2}\.\s*+$")
QUESTION_IN_QUOTES = regex.compile(r"[?!…]\s?[\"”“»«’'‘]++\s*+$")
CLOSERS_ONLY = regex.compile(r"[\s\p{P}\p{S}]++", regex.V1)
PORTION = 5_000  # code points: no paragraph of news is so long, and the splitter takes some 10 ms for it
PORTION_ENDS = ("\n", "。", ". ", "! ", "? ", "؟ ", "। ")
OPENERS = "\"“„«‹'‘([–—-¿¡•* "
CJK_CLOSED = regex.compile(r"[」』”\"）]\s*+$")


class _Points(NamedTuple):
    """What a language's data says about the full stop."""

    never: frozenset[str]
    sometimes: frozenset[str]
    zones: frozenset[str]
    months: frozenset[str]
    said: frozenset[str]
    particles: tuple[str, ...]
    ordinal: bool
    nouns: bool
    articles: frozenset[str]


def find_sentences(report: Report) -> list[tuple[int, int, int]]:
    """(start, end, paragraph) of the body's sentences in order, and first the title's with paragraph -1 where it stands
    in the text outside of the body."""
    found = [(start, end, -1) for start, end in title_spans(report)]
    for number, (start, end) in enumerate(report.body or paragraphs(report.text)):
        found.extend((a, b, number) for a, b in split(report.text, start, end, report.language))
    return sorted(found)


def title_spans(report: Report) -> list[Span]:
    """Where the title stands in the text, if it stands there outside of the body."""
    if not report.title or not report.body:
        return []
    at = report.text.find(report.title)
    end = at + len(report.title)
    inside = any(start < end and at < stop for start, stop in report.body)
    return [] if at < 0 or inside or not report.title.strip() else [Span(at, end)]


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text that nobody has read yet: at blank lines where there are any, else at line ends."""
    found, start = [], 0
    blank = BLANK_LINE if BLANK_LINE.search(text.strip()) else regex.compile(r"\s*+\n\s*+")
    for gap in blank.finditer(text):
        found.append(Span(start, gap.start()))
        start = gap.end()
    found.append(Span(start, len(text)))
    return [span for span in found if text[span.start : span.end].strip()]


def split(text: str, start: int, end: int, language: str | None) -> list[Cut]:
    """The sentences of one paragraph, without white space at their edges, in order and not overlapping."""
    pieces: list[Cut] = []
    for first, last in _portions(text, start, end):
        for boundary in sentencex.get_sentence_boundaries(language or "en", text[first:last]):
            left, right = first + boundary["start_index"], first + boundary["end_index"]
            pieces.extend(_at_blank_lines(text, left, right))
    points = _points(language)
    merged: list[Cut] = []
    for left, right in pieces:
        if merged and _belongs(text, merged[-1], (left, right), points):
            merged[-1] = (merged[-1][0], right)
        else:
            merged.append((left, right))
    return [cut for cut in (_trim(text, *piece) for piece in merged) if cut[1] > cut[0]]


def _portions(text: str, start: int, end: int) -> list[Cut]:
    """A paragraph as it is; one of more than ``PORTION`` code points in portions that end where a sentence does, as the
    splitter's time grows with the square of the length."""
    found: list[Cut] = []
    while end - start > PORTION:
        cuts = (text.rfind(mark, start, start + PORTION) + len(mark) for mark in PORTION_ENDS)
        cut = max((at for at in cuts if at > start + PORTION // 2), default=0)
        cut = cut or max(text.rfind(" ", start, start + PORTION) + 1, start + PORTION // 2)
        found.append((start, cut))
        start = cut
    return [*found, (start, end)]


def _at_blank_lines(text: str, start: int, end: int) -> list[Cut]:
    if "\n" not in text[start:end]:
        return [(start, end)]
    found, left = [], start
    for gap in BLANK_LINE.finditer(text, start, end):
        found.append((left, gap.start()))
        left = gap.end()
    found.append((left, end))
    return [(a, b) for a, b in found if text[a:b].strip()]


def _belongs(text: str, before: Cut, after: Cut, points: _Points) -> bool:
    """Whether the second piece goes on with the sentence of the first."""
    head = text[max(before[0], before[1] - 60) : before[1]]
    tail = text[after[0] : min(after[1], after[0] + 60)].lstrip()
    if "\n\n" in head[len(head.rstrip()) :]:
        return False
    if not tail or CLOSERS_ONLY.fullmatch(text, after[0], after[1]):
        return True
    if tail.startswith(points.particles) and CJK_CLOSED.search(head):
        return True
    bare = tail.lstrip(OPENERS)
    lower = bare[:1].islower()
    if lower and tail[:1] not in "-–—•*" and head.rstrip()[-1:] not in ":;":
        return True
    return _after_point(head, bare, lower, points) or _asked(head, tail, points)


def _after_point(head: str, bare: str, lower: bool, points: _Points) -> bool:
    """Whether the full stop at the end of ``head`` belongs to an abbreviation, an initial or an ordinal."""
    if not head.rstrip().endswith("."):
        return False
    word = LAST_WORD.search(head)
    last = norm(word.group(1)) if word else ""
    if last in points.never:
        return True
    if last in points.sometimes and (lower or bare[:1].isdigit() or _zone(bare) in points.zones):
        return True
    if INITIAL.search(head) and bare[:1].isupper():
        return _named(head)
    following = LETTERS.match(bare)
    if not points.ordinal or not following or not DAY_POINT.search(head):
        return False
    # "der 25. Platz": where nouns carry capitals, an article before the numeral tells an ordinal.
    words = head.split()
    behind_article = points.nouns and len(words) > 1 and norm(words[-2]) in points.articles
    return lower or behind_article or norm(following.group()) in points.months


def _zone(tail: str) -> str:
    """The first word behind a time of day, as zones of time are listed: "1:00 a.m. EST"."""
    following = LETTERS.match(tail)
    return norm(following.group()) if following else ""


def _named(head: str) -> bool:
    """Whether an initial at the end stands after a name or at the beginning ("George W.", "J."), not after "plan B."."""
    words = head.split()
    return len(words) < 2 or words[-2][:1].isupper() or not words[-2][:1].isalpha()


def _asked(head: str, tail: str, points: _Points) -> bool:
    """`"Why?" Lee asked`: a question or call in quotation marks, and its verb of speech within the next three words."""
    if not points.said or not QUESTION_IN_QUOTES.search(head):
        return False
    if tail[0] in OPENERS:
        return False
    return any(norm(word.strip(".,:;")) in points.said for word in tail.split()[:3])


def _trim(text: str, start: int, end: int) -> Cut:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    return (left, max(left, start + len(piece.rstrip())))


@cache
def _points(language: str | None) -> _Points:
    data = lexicon.table(language, "sentences")
    return _Points(
        never=word_set(language, "sentences", "never"),
        sometimes=word_set(language, "sentences", "sometimes"),
        zones=word_set(language, "sentences", "zones"),
        months=word_set(language, "words", "calendar"),
        said=word_set(language, "names", "speech"),
        particles=tuple(str(data.get("particles", "と って として などと という")).split()),
        ordinal=bool(data.get("ordinal_point", False)),
        nouns=bool(word_set(language, "words", "capital_nouns")),
        articles=word_set(language, "names", "articles"),
    )
