"""RSS and Atom files: each entry is a report. A feed with a document type or entities of its own is refused."""

from __future__ import annotations

import io
from email.utils import parsedate_to_datetime
from typing import Any

import regex

from stemma.errors import StemmaError, UnreadableInput
from stemma.read.encoding import decode
from stemma.read.limits import DEFAULT, Limits
from stemma.read.markup import text_of_markup
from stemma.read.published import parse_published
from stemma.read.rows import clean, normal_language
from stemma.read.table import Found
from stemma.read.text import report_from_text
from stemma.records import Report, SetAside

# feedparser expands entities that a document type declares (a "billion laughs" in a few lines).
_DECLARATIONS = regex.compile(r"<!\s*(?:DOCTYPE|ENTITY)", regex.IGNORECASE)
_XML_ENCODING = regex.compile(rb"<\?xml[^>]{0,80}encoding\s*=\s*[\"']([\w.:-]{2,30})[\"']", regex.IGNORECASE)


def is_feed(head: str) -> bool:
    """Whether a text begins like RSS, Atom or RDF."""
    return bool(regex.search(r"<(?:rss|feed|rdf:RDF)[\s>]", head[:2000], regex.IGNORECASE))


def from_feed(data: bytes, name: str, limits: Limits = DEFAULT) -> Found:
    """The entries of a feed, numbered from 1."""
    text = _decode(data)
    if _DECLARATIONS.search(text):
        raise UnreadableInput(
            "a feed with a document type or entities of its own is not read, as these can be made to explode; save it without them"
        )
    import feedparser

    parsed = feedparser.parse(
        io.BytesIO(regex.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode("utf-8")), sanitize_html=False
    )
    if not parsed.entries:
        raise UnreadableInput("a feed without entries; save it again or name its pages")
    for number, entry in enumerate(parsed.entries, 1):
        where = f"{name}#{number}"
        try:
            yield _report(entry, parsed.feed, where, limits)
        except StemmaError as error:
            yield SetAside(where, str(error))


def _decode(data: bytes) -> str:
    """XML says its encoding itself; where that is wrong or missing, what the bytes look like."""
    declared = _XML_ENCODING.search(data[:300])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _report(entry: Any, feed: Any, where: str, limits: Limits) -> Report:
    title = clean(text_of_markup(entry.get("title", ""))).replace("\n", " ").strip()
    contents = [content.get("value", "") for content in entry.get("content", ())]
    markup = max([entry.get("summary", ""), *contents], key=len)
    if len(markup) > limits.page_bytes:
        raise UnreadableInput("its text is longer than a page; split it")
    body = clean(text_of_markup(markup)).strip()
    if not body and not title:
        raise UnreadableInput("an entry without text; name its page instead")
    source = entry.get("source") or {}
    language = normal_language(entry.get("language") or feed.get("language"))
    return report_from_text(
        f"{title}\n\n{body}".strip() if not body.startswith(title) else body,
        title=title or None,
        outlet=clean(source.get("title") or feed.get("title") or "").strip() or None,
        url=entry.get("link") or None,
        byline=clean(entry.get("author") or "").strip() or None,
        published=_date(entry.get("published") or entry.get("updated")),
        language=language,
        read_from=where,
    )


def _date(words: str | None) -> str | None:
    """RFC 2822 as RSS has it, or ISO 8601 as Atom has it; the zone stays as stated."""
    if not words:
        return None
    try:
        return parsedate_to_datetime(words).isoformat()
    except (ValueError, TypeError, IndexError):
        return parse_published(words, "en")
