"""Bytes with a name to reports: by the name's ending, and by how the bytes begin where the ending says nothing."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import PurePath

from stemma.errors import UnreadableInput
from stemma.read.archive import members
from stemma.read.encoding import decode, is_binary
from stemma.read.feed import from_feed, is_feed
from stemma.read.limits import DEFAULT, Limits
from stemma.read.notes import with_front_matter, without_notes
from stemma.read.page import is_page
from stemma.read.rows import clean
from stemma.read.table import Found, from_csv, from_json, from_lines, from_parquet
from stemma.read.text import report_from_text
from stemma.records import Report, SetAside

ENDINGS = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
    ".html": "page", ".htm": "page", ".xhtml": "page",
    ".jsonl": "lines", ".ndjson": "lines", ".json": "json",
    ".csv": "csv", ".tsv": "csv", ".parquet": "parquet",
    ".rss": "feed", ".atom": "feed", ".rdf": "feed", ".xml": "xml",
    ".zip": "zip", ".gz": "gzip",
}  # fmt: skip
# What lies about in a folder and is no report: programs, settings, logs. Named by itself such a file is read as text.
NO_REPORTS = frozenset(
    {
        ".py", ".pyc", ".ipynb", ".r", ".js", ".mjs", ".ts", ".css", ".c", ".h", ".cpp", ".java", ".go", ".rs", ".rb", ".php",
        ".sh", ".bat", ".ps1", ".sql", ".toml", ".ini", ".cfg", ".conf", ".yaml", ".yml", ".lock", ".log", ".tmp", ".bak",
    }
)  # fmt: skip
_KINDS = {
    "text/html": "page", "application/xhtml+xml": "page", "application/rss+xml": "feed", "application/atom+xml": "feed",
    "application/xml": "xml", "text/xml": "xml", "application/json": "json", "text/csv": "csv",
}  # fmt: skip
# Tables and archives may be large; everything else holds one report.
LARGE = frozenset({"lines", "json", "csv", "parquet", "zip", "gzip"})


def kind_of(name: str) -> str | None:
    """What the ending of a name says, or None."""
    return ENDINGS.get(PurePath(name).suffix.lower())


def from_bytes(
    data: bytes, name: str, limits: Limits = DEFAULT, *, kind: str | None = None, url: str | None = None, depth: int = 0
) -> Found:
    """The reports in the bytes. ``name`` is what they are called; ``kind`` overrules the name's ending.

    Raises ``UnreadableInput`` where nothing can be read; single bad rows and entries are set aside.
    """
    if not data.strip():
        raise UnreadableInput("empty; fill it or leave it out")
    kind = _sniff(data, kind or kind_of(name))
    if kind not in LARGE and len(data) > max(limits.file_bytes, limits.page_bytes):
        raise UnreadableInput(
            f"{len(data):,} bytes, more than the {limits.file_bytes:,} of one report; split it, or write one report a line as .jsonl"
        )
    if kind == "zip":
        yield from _from_archive(data, name, limits, depth)
    elif kind == "gzip":
        yield from from_bytes(_unpack(data, limits), name.removesuffix(".gz"), limits, depth=depth + 1)
    elif kind == "parquet":
        yield from from_parquet(io.BytesIO(data), name, limits)
    elif kind == "lines":
        yield from from_lines(_lines(data), name, limits)
    elif kind == "json":
        yield from from_json(data, name, limits)
    elif kind == "csv":
        yield from from_csv(data, name, limits)
    elif kind == "feed":
        yield from from_feed(data, name, limits)
    elif kind == "page":
        yield from_page(data, name, limits, url)
    else:
        yield from_text(data, name, limits)


def from_text(data: bytes, name: str, limits: Limits = DEFAULT) -> Report:
    """A plain text file."""
    text = clean(decode(data))
    if len(text) > limits.report_characters:
        raise UnreadableInput(
            f"{len(text):,} characters, more than the {limits.report_characters:,} of one report; split it, or write one report a line as .jsonl"
        )
    if not any(mark.isalnum() for mark in text):
        raise UnreadableInput("no words in it; fill it or leave it out")
    return with_front_matter(text, name) or report_from_text(text, read_from=name)


def from_page(data: bytes, name: str, limits: Limits = DEFAULT, url: str | None = None) -> Report:
    """A saved web page. ``url`` is where it was fetched, if it was."""
    from stemma.read.page_worker import WORKER

    if len(data) > limits.page_bytes:
        raise UnreadableInput(f"a page of {len(data):,} bytes, more than {limits.page_bytes:,}; hand in its text")
    page = WORKER.extract(clean(decode(data, page=True)), limits)
    if not any(mark.isalnum() for mark in page.text) or page.text == page.title:
        raise UnreadableInput("no report could be found on the page; hand in its text")
    return report_from_text(
        page.text,
        title=page.title,
        outlet=page.outlet,
        url=url or page.url,
        byline=page.byline,
        published=page.published,
        language=page.language,
        read_from=name,
    )


def _sniff(data: bytes, kind: str | None) -> str:
    """The ending is believed for tables and texts, except where the bytes show an archive, a feed or a page."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if data.startswith(b"\x1f\x8b"):
        return "gzip"
    if data.startswith(b"PAR1"):
        return "parquet"
    if kind in ("zip", "gzip", "parquet"):
        raise UnreadableInput(f"not what its name says: no {kind} file; hand in the file as it was made")
    if kind in ("lines", "json", "csv", "feed"):
        return kind
    head = data[:4000].decode("utf-8", "replace")
    if kind in ("page", "xml") or "<" in head:
        if is_feed(head):
            return "feed"
        if kind == "page" or is_page(head):
            return "page"
        if kind == "xml":
            raise UnreadableInput("XML that is neither RSS nor Atom nor a page; hand in its text")
    if kind is None and head.lstrip("\ufeff \r\n\t")[:1] in ("{", "["):
        return "json"
    if is_binary(data):
        raise UnreadableInput(
            "not a text: its bytes are those of a picture, a program or a document of another kind; hand in its text"
        )
    return "text"


def kind_of_media(media: str) -> str | None:
    """What a server's media type says, or None."""
    return _KINDS.get(media)


def _lines(data: bytes) -> Iterator[bytes]:
    """Lines without a copy of all of them. UTF-16 tables are turned into UTF-8 first."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = decode(data).encode("utf-8", "replace")
    yield from io.BytesIO(data)


def _unpack(data: bytes, limits: Limits) -> bytes:
    most = min(limits.archive_bytes, max(10_000_000, limits.archive_ratio * len(data)))
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            found = packed.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableInput("a damaged gzip file; pack it again") from error
    if len(found) > most:
        raise UnreadableInput(
            "unpacks to far more than its size, as no texts do; unpack it yourself and hand in the files"
        )
    return found


def _from_archive(data: bytes, name: str, limits: Limits, depth: int) -> Found:
    if depth >= limits.archive_depth:
        raise UnreadableInput(
            f"archives in archives deeper than {limits.archive_depth}; unpack it yourself and hand in the files"
        )
    for member in members(data, limits):
        where = f"{name}#{member.name}"
        if member.reason is not None:
            yield SetAside(where, member.reason)
            continue
        try:
            read = from_bytes(member.data, where, limits, kind=kind_of(member.name), depth=depth + 1)
            yield from without_notes(member.name, read)
        except UnreadableInput as error:
            yield SetAside(where, str(error))
