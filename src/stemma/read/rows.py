"""One row of a table or one JSON object to a report: only ``text`` is needed; what else is known is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import regex
from msgspec.structs import replace

from stemma.errors import UnreadableInput
from stemma.read.limits import DEFAULT, Limits
from stemma.read.published import LONGEST, parse_published, why_unread
from stemma.read.text import report_from_text
from stemma.records import Report, Span

# What other tables call what we call by the name on the left; the first that is filled in counts.
ALIASES = {
    "text": ("text", "content", "maintext", "article_text", "full_text", "body"),
    "id": ("id",),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "publication"),
    "url": ("url", "link"),
    "byline": ("byline", "author", "authors"),
    "agency": ("agency",),
    "dateline": ("dateline",),
    "published": ("published", "date", "published_at", "date_published", "datepublished", "pubdate", "publish_date"),
    "language": ("language", "lang"),
}
# How programs write that a cell has no value.
NO_VALUE = frozenset({"nan", "nat", "none", "null", "n/a", "na", "-", "--", "?", "<na>"})
_SURROGATE = regex.compile("[\ud800-\udfff]")
# Other names for the languages of the identification, as tables and pages give them.
_LANGUAGES = {
    "no": "nb",
    "nob": "nb",
    "nno": "nn",
    "nor": "nb",
    "eng": "en",
    "deu": "de",
    "ger": "de",
    "fra": "fr",
    "fre": "fr",
}


# Our names of a table's columns -> the names they have in the table at hand.
Columns = Mapping[str, str]
NO_COLUMNS: Columns = {}


def report_from_row(row: Any, read_from: str, limits: Limits = DEFAULT, columns: Columns = NO_COLUMNS) -> Report:
    """The report of a row. ``columns`` says which field holds what where the names are not those of ``ALIASES``. Raises
    ``UnreadableInput`` where the row holds none."""
    if not isinstance(row, Mapping):
        raise UnreadableInput('not an object with a "text" in it; write one JSON object a line')
    fields = {str(key).strip().casefold(): value for key, value in row.items()}
    fields |= {ours: fields.get(theirs.strip().casefold()) for ours, theirs in columns.items()}
    text = _text(fields, limits)
    known = {name: _words(fields, names) for name, names in ALIASES.items() if name != "text"}
    known["language"] = normal_language(known["language"])
    stated = known["published"]
    known["published"] = parse_published(stated, known["language"])
    report = report_from_text(text, read_from=_words(fields, ("read_from",)) or read_from, **known)
    if stated and known["published"] is None and stated.casefold() not in NO_VALUE:
        report = replace(report, unread=(f'date "{_short(stated)}" not read: {why_unread(stated)}',))
    return _with_body(report, fields.get("body"))


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]} ..."


def clean(text: str) -> str:
    """Lone surrogates, which no file can hold, become U+FFFD; the length stays."""
    cleaned: str = _SURROGATE.sub("\ufffd", text)
    return cleaned


def normal_language(words: str | None) -> str | None:
    """ "en-GB" -> "en", "no" -> "nb"."""
    primary: str = regex.split(r"[-_]", (words or "").strip().casefold())[0]
    if not 2 <= len(primary) <= 3 or not primary.isascii() or not primary.isalpha() or primary == "und":
        return None
    return _LANGUAGES.get(primary, primary)


def _text(fields: Mapping[str, Any], limits: Limits) -> str:
    for name in ALIASES["text"]:
        value = fields.get(name)
        if value is None:
            continue
        if not isinstance(value, str):
            raise UnreadableInput(f"its {name!r} is not a string; put the report's text there, in quotes")
        if len(value) > limits.report_characters:
            raise UnreadableInput(
                f"its text has {len(value):,} characters, more than the {limits.report_characters:,} of one report; split it"
            )
        if value.strip():
            return clean(value)
    raise UnreadableInput('no text in it; fill in "text"')


def _words(fields: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, list | tuple):
            value = ", ".join(str(one) for one in value if isinstance(one, str))
        if isinstance(value, Mapping):
            value = value.get("name") or value.get("title")
        if value is None or isinstance(value, bool):
            continue
        words = clean(str(value)).strip()
        if words:
            return words
    return None


def _with_body(report: Report, given: Any) -> Report:
    """A body given as spans (a file made by ``stemma read``) is kept where it fits the text."""
    if not isinstance(given, list) or not given:
        return report
    spans: list[Span] = []
    for item in given:
        if not (isinstance(item, list) and len(item) == 2 and all(type(at) is int for at in item)):
            return report
        start, end = item
        if not (spans[-1].end if spans else 0) <= start < end <= len(report.text):
            return report
        spans.append(Span(start, end))
    return replace(report, body=tuple(spans))
