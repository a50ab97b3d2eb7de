"""WARC files (web archives, CC-NEWS): raw records out of a file, and reports out of raw records.

Records are cut out here, so that a damaged one costs only itself: fastwarc, which reads what is inside them, stops at the
first. Of all records only responses that hold an HTML page are reports; requests, redirects, pictures and error pages are
counted and passed over. The date of a record is the day of the crawl, not of publication: it is not taken for one.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, NamedTuple

from stemma.errors import MissingPart, StemmaError, UnreadableInput, install
from stemma.read.bounded import Bounded
from stemma.read.formats import from_page
from stemma.read.limits import DEFAULT, Limits
from stemma.read.members import MAGIC, members_of
from stemma.records import Report, SetAside

BEGINS = b"WARC/"
HEAD = 16_384  # bytes: the headers of a record; those of CC-NEWS have about 600
LENGTH_DIGITS = 15  # of a body in bytes: a petabyte; more is damage, and thousands of digits are no number to Python
PAGES = ("text/html", "application/xhtml+xml")


class Raw(NamedTuple):
    """One record as it stands in the file: its number, counted from 1, where it begins, and its bytes, or why there are none."""

    number: int
    start: int
    data: bytes | None
    reason: str = ""


def records_of(file: BinaryIO, limits: Limits = DEFAULT) -> Iterator[Raw]:
    """All records of a WARC file, packed by record, packed as a whole or not packed."""
    packed = file.read(3) == MAGIC
    file.seek(0)
    if not packed:
        found: Iterator[tuple[int, bytes | None, bool]] = _unpacked(file, limits)
    elif _one_member(file, limits):
        whole = Bounded(gzip.GzipFile(fileobj=file), file, limits.archive_ratio)
        found = _unpacked(io.BufferedReader(whole), limits)
    else:
        most = limits.page_bytes + HEAD
        found = ((one.start, one.data, one.too_large) for one in members_of(file, BEGINS, most))
    for number, (start, data, too_large) in enumerate(found, 1):
        if data is not None:
            yield Raw(number, start, data)
        elif too_large:
            yield Raw(
                number, start, None, f"a record of more than {limits.page_bytes:,} bytes; no news page is so large"
            )
        else:
            yield Raw(number, start, None, f"a damaged record at byte {start:,}; fetch the file again")


def is_response(data: bytes) -> bool:
    """Whether a raw record answers a request: all that can hold a page."""
    head = data[:HEAD].split(b"\r\n\r\n", 1)[0].lower()
    return b"\r\nwarc-type: response" in head


def reports_of(
    items: Iterable[tuple[int, bytes]], name: str, limits: Limits = DEFAULT
) -> Iterator[Report | SetAside | None]:
    """What numbered raw records hold: a report, a page that cannot be read, or None for what is no page."""
    for number, data in items:
        where = f"{name}#{number}"
        try:
            yield _report(data, where, limits)
        except StemmaError as error:
            yield SetAside(where, str(error))


def _report(data: bytes, where: str, limits: Limits) -> Report | None:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise MissingPart(f"WARC needs fastwarc: {install('corpus')}") from error
    try:
        for record in ArchiveIterator(io.BytesIO(data), record_types=WarcRecordType.response, auto_decode="all"):
            if not _is_page(record):
                return None
            url = record.headers.get("WARC-Target-URI")
            return from_page(record.reader.read(), where, limits, url=(url or "").strip("<>") or None)
    except (OSError, ValueError, EOFError) as error:
        raise UnreadableInput(
            f"a damaged record ({str(error) or type(error).__name__}); fetch the file again"
        ) from error
    return None


def _is_page(record: Any) -> bool:
    http = record.http_headers
    return http is not None and http.status_code == 200 and (record.http_content_type or "").lower() in PAGES


def _one_member(file: BinaryIO, limits: Limits) -> bool:
    """Whether the file is packed as a whole: its first member holds more than one record."""
    first = _first_member(file, HEAD)
    try:
        length = _length(first.split(b"\r\n\r\n", 1)[0])
    except UnreadableInput:
        return False
    end = first.find(b"\r\n\r\n") + 4 + length
    if length > limits.page_bytes:
        return False
    return _first_member(file, end + HEAD)[end:].lstrip(b"\r\n").startswith(BEGINS)


def _first_member(file: BinaryIO, size: int) -> bytes:
    """The first bytes of what the first member holds; fewer where it holds or shows no more."""
    file.seek(0)
    unpacker, found = zlib.decompressobj(wbits=31), b""
    try:
        while len(found) < size and not unpacker.eof and (piece := unpacker.unconsumed_tail or file.read(1 << 16)):
            found += unpacker.decompress(piece, size - len(found))
    except zlib.error:
        pass
    file.seek(0)
    return found


def _unpacked(file: Any, limits: Limits) -> Iterator[tuple[int, bytes | None, bool]]:
    """The records of a stream that is not packed, or that is packed as a whole. After a damaged one reading goes on at the
    next line that begins a record."""
    at, rest = 0, b""
    try:
        while line := rest or file.readline(HEAD):
            start, rest = at, b""
            if not line.strip(b"\r\n"):
                at += len(line)
                continue
            head = line + _head(file) if line.startswith(BEGINS) else b""
            try:
                length = _length(head)
            except UnreadableInput:
                at += len(head or line)
                skipped, rest = _to_next(file)
                at += skipped
                yield start, None, False
                continue
            data = _body(file, length, limits)
            at += len(head) + length
            if data is None:
                yield start, None, True
            else:
                yield start, (head + data if len(data) == length else None), False
    except (OSError, EOFError, zlib.error):
        yield at, None, False  # a file packed as a whole cannot be read beyond its first damage


def _head(file: Any) -> bytes:
    lines, size = [], 0
    while (line := file.readline(HEAD)) and size < HEAD:
        lines.append(line)
        size += len(line)
        if not line.strip(b"\r\n"):
            break
    return b"".join(lines)


def _length(head: bytes) -> int:
    """The length of a record's body in bytes, from its header."""
    for line in head.split(b"\r\n") if head.startswith(BEGINS) else ():
        name, _, value = line.partition(b":")
        digits = value.strip()
        if name.strip().lower() == b"content-length" and digits.isdigit() and len(digits) <= LENGTH_DIGITS:
            return int(digits)
    raise UnreadableInput("no header of a record")


def _body(file: Any, length: int, limits: Limits) -> bytes | None:
    """The body, or None where it is too large; then it is read over."""
    if length <= limits.page_bytes + HEAD:
        data: bytes = file.read(length)
        return data
    while length > 0 and (piece := file.read(min(length, 1 << 20))):
        length -= len(piece)
    return None


def _to_next(file: Any) -> tuple[int, bytes]:
    """Read over lines until one begins a record: how many bytes that was, and that line."""
    skipped = 0
    while line := file.readline(HEAD):
        if line.startswith(BEGINS):
            return skipped, line
        skipped += len(line)
    return skipped, b""
