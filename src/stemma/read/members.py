"""The members of a gzip file one by one, each by itself, so that a damaged one costs only itself.

WARC files are written as one gzip member for each record. Libraries that read them as one stream stop at the first member
that is damaged. Here reading goes on at the next place where a member begins: the three bytes of gzip's magic, after which
the data can be unpacked and begin with the bytes that are asked for.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct

MAGIC = b"\x1f\x8b\x08"
CHUNK = 1 << 20  # bytes read at once


class Member(Struct, frozen=True):
    """One member: where it begins in the file, in bytes, and what it holds; ``data`` is None where it is damaged and
    ``too_large`` where it holds more than was allowed."""

    start: int
    data: bytes | None
    too_large: bool = False


class _Window:
    """The part of a file that is being looked at."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.start = 0  # place of data[0] in the file
        self.data = b""
        self.ended = False

    def more(self) -> bool:
        """Read on; False at the end of the file."""
        chunk = self.file.read(CHUNK)
        self.ended = not chunk
        self.data += chunk
        return not self.ended

    def drop(self, count: int) -> None:
        """Forget the first bytes."""
        self.data = self.data[count:]
        self.start += count


def members_of(file: BinaryIO, begins: bytes, most: int) -> Iterator[Member]:
    """All members, in order. A damaged one has no data; it reaches to the next place where one begins, which shows by data
    that begins with ``begins``. A member of more than ``most`` bytes is unpacked no further."""
    window = _Window(file)
    damaged: int | None = None  # where the damaged stretch began
    while window.data or window.more():
        member, used, began = _member(window, begins, most)
        if damaged is not None and began:
            yield Member(damaged, None)
            damaged = None
        if member.data is None and not member.too_large:
            damaged = window.start if damaged is None else damaged
            _to_next(window)
            continue
        yield member
        window.drop(used)
    if damaged is not None:
        yield Member(damaged, None)


def _member(window: _Window, begins: bytes, most: int) -> tuple[Member, int, bool]:
    """The member at the beginning of the window, how many bytes it takes there, and whether one surely begins there."""
    unpacker = zlib.decompressobj(wbits=31)
    head, found, size, at = b"", [], 0, 0
    start = window.start
    while not unpacker.eof:
        if at == len(window.data) and not window.more():
            break
        piece = window.data[at : at + CHUNK]
        at += len(piece)
        try:
            data = unpacker.decompress(piece)
        except zlib.error:
            break
        size += len(data)
        head = head or data[: len(begins)]
        if head != begins[: len(head)]:
            break
        if size <= most:
            found.append(data)
    began = bool(head) and head == begins[: len(head)]
    if not (unpacker.eof and began):
        return Member(start, None), 0, began or _begins(window.data, begins)
    member = Member(start, None, too_large=True) if size > most else Member(start, b"".join(found))
    return member, at - len(unpacker.unused_data), True


def _begins(data: bytes, begins: bytes) -> bool:
    """Whether what can be unpacked of the first bytes is what a member begins with; a byte at a time, as an error in a later
    one hides all that came out before it."""
    unpacker = zlib.decompressobj(wbits=31)
    found = b""
    try:
        for byte in data[:1000]:
            found += unpacker.decompress(bytes((byte,)))
            if len(found) >= len(begins):
                break
    except zlib.error:
        pass
    return len(found) > 0 and found.startswith(begins[: len(found)])


def _to_next(window: _Window) -> None:
    """Drop what cannot begin a member, beyond the first byte."""
    at = window.data.find(MAGIC, 1)
    while at < 0:
        window.drop(max(0, len(window.data) - 2))  # the magic may stand across two chunks
        if not window.more():
            window.drop(len(window.data))
            return
        at = window.data.find(MAGIC)
    window.drop(at)
