"""One report to its sentences, words and anchors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from stemma.language.anchors import Mentions, find_anchors
from stemma.language.dates import find_dates
from stemma.language.names import find_names
from stemma.language.numbers import Found, find_numbers
from stemma.language.places import find_places
from stemma.language.sentences import find_sentences
from stemma.language.words import Page, find_tokens
from stemma.records import Annotated, DateMention, Report, Sentence, Token


def annotate(report: Report) -> Annotated:
    """All that later stages need to know of one report's text.

    The title is a sentence with ``part`` "title" and ``paragraph`` -1 where it stands in the text outside of the body.
    """
    page = _page(report)
    places = find_places(page)
    names = find_names(page, places)
    dates = find_dates(report.text, page.sentences, report.language, report.published)
    numbers = _outside(find_numbers(page, places), dates)
    return Annotated(
        report=report,
        sentences=tuple(page.sentences),
        tokens=tuple(page.tokens),
        anchors=find_anchors(page, Mentions(names, places, numbers, dates)),
        names=names,
        numbers=tuple(one.number for one in numbers),
        dates=dates,
    )


def read_names(report: Report) -> Annotated:
    """The same without anchors, numbers and dates (they are empty), in two thirds of the time: all that quotations stand on."""
    page = _page(report)
    names = find_names(page, find_places(page))
    return Annotated(
        report=report,
        sentences=tuple(page.sentences),
        tokens=tuple(page.tokens),
        anchors=(),
        names=names,
        numbers=(),
        dates=(),
    )


def _page(report: Report) -> Page:
    text, language = report.text, report.language
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for start, end, paragraph in find_sentences(report):
        begin = len(tokens)
        tokens.extend(find_tokens(text, start, end, language))
        part: Literal["title", "body"] = "title" if paragraph < 0 else "body"
        sentences.append(Sentence(start, end, paragraph, part, begin, len(tokens)))
    return Page(text, language, sentences, tokens, [text[token[0] : token[1]] for token in tokens])


def _outside(numbers: Sequence[Found], dates: Sequence[DateMention]) -> list[Found]:
    """The numbers that are not part of a date."""
    spans = sorted((date.start, date.end) for date in dates)
    kept, at = [], 0
    for found in numbers:
        while at < len(spans) and spans[at][1] <= found.number.start:
            at += 1
        inside = at < len(spans) and spans[at][0] < found.number.end
        if not inside or found.number.kind in ("money", "percent"):
            kept.append(found)
    return kept
