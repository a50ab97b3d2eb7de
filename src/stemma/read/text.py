"""A text, and what is known of it, to a report."""

from __future__ import annotations

from typing import Literal

from stemma.ids import content_id
from stemma.read.body import find_body
from stemma.read.credits import find_credits
from stemma.read.head import read_head
from stemma.read.identify import identify
from stemma.read.lines import ends_sentence, split_paragraphs
from stemma.records import Report, Span


def report_from_text(
    text: str,
    *,
    id: str | None = None,  # noqa: A002  (the field is called so)
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    byline: str | None = None,
    agency: str | None = None,
    dateline: str | None = None,
    published: str | None = None,
    language: str | None = None,
    read_from: str | None = None,
) -> Report:
    """The report that ``text`` holds. What is known of it wins over what its head says.

    The id is a hash of the text and what is known of it, so that one wire text printed by two outlets is two reports and
    a file read twice is one.
    """
    language = language or identify(text)
    paragraphs = split_paragraphs(text)
    head = read_head(text, paragraphs, language, title)
    found = find_body(text, paragraphs, head, language)
    body = found.spans
    agency = agency or head.agency or found.agency
    return Report(
        id=id or content_id("r", text, outlet or "", url or "", published or "", title or ""),
        text=text,
        title=title or head.title,
        outlet=outlet,
        url=url,
        byline=byline or head.byline,
        agency=agency,
        dateline=dateline or head.dateline,
        published=published or head.published,
        language=language,
        body=body,
        credits=find_credits(text, body, language, found.notices, agency),
        cut=find_cut(text, body),
        read_from=read_from,
    )


def find_cut(text: str, body: tuple[Span, ...]) -> tuple[Literal["start", "end"], ...]:
    """The ends at which the text is cut off: begins in lower case, ends without a sentence's end mark."""
    if not body:
        return ()
    found: list[Literal["start", "end"]] = []
    if text[body[0].start].islower():
        found.append("start")
    if not ends_sentence(text, body[-1]):
        found.append("end")
    return tuple(found)
