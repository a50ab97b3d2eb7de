"""Which paragraphs of a text are the report itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import regex

from stemma.language.lexicon import table
from stemma.read import furniture
from stemma.read.furniture import Furniture
from stemma.read.head import Head, ends_like_prose, looks_like_title
from stemma.read.lines import ends_sentence
from stemma.read.published import find_date
from stemma.read.signoff import find_sign_off
from stemma.records import Span
from stemma.spans import trim

# After the heading of a box, a paragraph this long (code points) that ends like a sentence is the report going on.
PROSE = 160
# A headline of another story below the end of the report is at most this long.
FOOT_HEADLINE = 160
IMPRINT = 80  # code points: "Published ..., updated ..." fits in them
_WORD = regex.compile(r"[\p{L}\p{M}]++")


class Body(NamedTuple):
    """The spans of the paragraphs that belong to the report, the agency that signs below them, and the notices
    that credit others ("The Associated Press contributed to this report.")."""

    spans: tuple[Span, ...]
    agency: str | None
    notices: tuple[Span, ...]


def find_body(text: str, paragraphs: Sequence[Span], head: Head, language: str | None) -> Body:
    """The paragraphs without head, links, boxes, captions, sign-offs and the headlines at the foot."""
    words = furniture.of(language)
    signed, agency = _without_sign_offs(text, paragraphs[head.first :])
    signed = [_without_bracket(text, span, words) for span in signed]
    kept = _without_boxes(text, signed, words, language)
    kept = _without_foot(text, kept)
    if head.cut is not None:
        index, start = head.cut
        kept = [Span(start, span.end) if span.start == paragraphs[index].start else span for span in kept]
    own = {span.end for span in kept}
    notices = tuple(span for span in signed if span.end not in own and _is_notice(text[span.start : span.end], words))
    return Body(tuple(kept), agency, notices)


def _without_sign_offs(text: str, paragraphs: Sequence[Span]) -> tuple[list[Span], str | None]:
    """Sign-offs are taken out as lines and cut off the ends of paragraphs; the last agency named is the one that signs."""
    kept: list[Span] = []
    agency = None
    for span in paragraphs:
        sign = find_sign_off(text[span.start : span.end])
        if sign is None:
            kept.append(span)
            continue
        agency = sign.agency or agency
        if sign.start:
            kept.append(trim(text, span.start, span.start + sign.start))
    return kept, agency


def _without_bracket(text: str, span: Span, words: Furniture) -> Span:
    """The paragraph without a notice in brackets after its last sentence: "... on Tuesday. (Reporting by ...)"."""
    if text[span.end - 1] != ")":
        return span
    start = text.rfind("(", max(span.start + 1, span.end - furniture.NOTICE), span.end)
    before = trim(text, span.start, max(start, span.start))
    if start < 0 or not ends_sentence(text, before) or not _is_notice(text[start : span.end], words):
        return span
    return before


def _without_boxes(text: str, paragraphs: Sequence[Span], words: Furniture, language: str | None) -> list[Span]:
    """The paragraphs that are prose. A line that recurs is judged once."""
    judged: dict[str, bool] = {}
    kept: list[Span] = []
    boxed = False
    for span in paragraphs:
        line = text[span.start : span.end]
        if furniture.is_box(line, words):
            boxed = True
            continue
        if boxed and not _goes_on(text, span):
            continue
        furnished = judged.get(line)
        if furnished is None:
            furnished = (
                furniture.is_furniture(line, words) or _is_notice(line, words) or is_imprint(line, words, language)
            )
            judged[line] = furnished
        if not furnished:
            boxed = False
            kept.append(span)
    return kept


def is_imprint(line: str, words: Furniture, language: str | None) -> bool:
    """ "Published 3 May 2031 19:20, last updated 8 minutes ago" in the midst of a page: a word of publishing, a whole date, and
    nothing but what such lines hold. A date alone is no imprint: chronicles have such headings."""
    if len(line) > IMPRINT or not line[:1].isalpha():
        return False
    spoken = _WORD.findall(line.casefold())
    if not spoken or len(spoken[0]) < 4 or spoken[0] not in words.dates or spoken[0] in _weekdays(language):
        return False
    date = find_date(line, language)
    rest = _WORD.findall((line[: date[1]] + " " + line[date[2] :]).casefold()) if date else spoken
    return date is not None and all(word in words.dates for word in rest)


@cache
def _weekdays(language: str | None) -> frozenset[str]:
    days = table(language, "calendar").get("weekdays", {})
    return frozenset(form.casefold() for forms in days.values() for form in forms)


def _goes_on(text: str, span: Span) -> bool:
    return span.end - span.start >= PROSE and ends_sentence(text, span)


def _is_notice(line: str, words: Furniture) -> bool:
    """ "(Reporting by ...; editing by ...)" and its like: credits below the text."""
    if len(line) > furniture.NOTICE:
        return False
    folded = furniture.fold(line.lstrip("(["))
    if folded.startswith(words.foot):
        return True
    return len(folded) <= furniture.SHORT and any(phrase in folded for phrase in words.contributions)


def _without_foot(text: str, kept: list[Span]) -> list[Span]:
    """Drops the headlines that stand below the report's last sentence: two or more, or one that is set off.

    Only where the report's own paragraphs end like sentences; the one short line that a cut leaves at the end stays.
    """
    last = len(kept)
    while last > 0 and not ends_like_prose(text, kept[last - 1]):
        last -= 1
    foot = kept[last:]
    if not foot or last < 2 or not _is_prose(text, kept[:last]):
        return kept
    if not all(_could_be_headline(text[span.start : span.end]) for span in foot):
        return kept
    if len(foot) >= 2 or _is_set_off(text, kept[last - 1], foot[0]):
        return kept[:last]
    return kept


def _is_prose(text: str, paragraphs: Sequence[Span]) -> bool:
    return sum(ends_sentence(text, span) for span in paragraphs) >= 0.6 * len(paragraphs)


def _could_be_headline(line: str) -> bool:
    return len(line) <= FOOT_HEADLINE and looks_like_title(line) and not line[:1].islower()


def _is_set_off(text: str, before: Span, line: Span) -> bool:
    """A wider gap above the line than paragraphs have, and nothing below it."""
    return text[before.end : line.start].count("\n") >= 3
