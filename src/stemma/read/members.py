"""The members of a gzip file one by one, each by itself, so that a damaged one costs only itself.

WARC files are written as one gzip member for each record. Libraries that read them as one stream stop at the first member
that is damaged. Here reading goes on at the next place where a member begins: the three bytes of gzip's magic, after which
the data can be unpacked and begin with the bytes that are asked for.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from msgspec import Struct

from stemma.read.limits import DEFAULT

MAGIC = b"\x1f\x8b\x08"
CHUNK = 1 << 20  # bytes read at once, and unpacked at once
FED = 1 << 16  # packed bytes given to zlib at once: what it does not take is copied
# A gzip header with the name of a file has at most some 300 bytes, the tables of deflate after it as many.
HEADER = 1024
# Packed bytes that are looked at a second time after a damaged member: this many, and so many for each byte of the file.
# Ordinary damage shows within a member; bytes that look like members inside members would be looked at for ever.
AGAIN = 64 * CHUNK
AGAIN_EACH = 10


class Member(Struct, frozen=True):
    """One member: where it begins in the file, in bytes, and what it holds; ``data`` is None where it is damaged and
    ``too_large`` where it holds more than was allowed."""

    start: int
    data: bytes | None
    too_large: bool = False


class _Tried(NamedTuple):
    """What stands at one place: the member, where one surely begins; whether its end was found; the bytes looked at."""

    member: Member | None
    ended: bool
    seen: int


class _Window:
    """The part of a file that is being looked at."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.start = 0  # place in the file of the first byte that is looked at, which is data[at]
        self.data = b""
        self.at = 0

    def left(self) -> int:
        return len(self.data) - self.at

    def more(self) -> bool:
        """Read on; False at the end of the file."""
        chunk = self.file.read(CHUNK)
        self.data = self.data[self.at :] + chunk
        self.at = 0
        return bool(chunk)

    def part(self, start: int, count: int) -> bytes:
        """Bytes from a place in the window; fewer than ``count`` at the end of what was read."""
        return self.data[self.at + start : self.at + start + count]

    def drop(self, count: int) -> None:
        """Forget the first bytes."""
        self.at += count
        self.start += count


def members_of(file: BinaryIO, begins: bytes, most: int) -> Iterator[Member]:
    """All members, in order. A damaged one has no data; it reaches to the next place where one begins, which shows by data
    that begins with ``begins``. Of a member of more than ``most`` bytes nothing is kept; one that packs as no text does is
    unpacked no further, and ends where the next begins."""
    window = _Window(file)
    damaged: int | None = None  # where the damaged stretch began
    given = False  # whether what is passed over belongs to a member that was given
    again = 0
    while window.left() or window.more():
        start = window.start
        member, ended, seen = _member(window, begins, most)
        if member is not None and damaged is not None:
            yield Member(damaged, None)
            damaged = None
        if member is not None and (ended or member.too_large):
            yield member
            given = not ended
        elif member is not None or not given:
            damaged, given = (start if damaged is None else damaged), False
        if not ended:
            again += seen
            if again > AGAIN + AGAIN_EACH * window.start:
                window.drop(min(seen, window.left()))
            _to_next(window)
    if damaged is not None:
        yield Member(damaged, None)


def _member(window: _Window, begins: bytes, most: int) -> _Tried:
    """The member at the beginning of the window, which is dropped where its end is found or it is too large."""
    while window.left() < HEADER and window.more():
        pass
    start, unpacker = window.start, zlib.decompressobj(wbits=31)
    held = len(window.part(0, HEADER))
    if not _begins(unpacker, window.part(0, HEADER), begins):
        return _Tried(None, False, 0)
    found, size, packed = [begins], len(begins), held
    piece, too_large = unpacker.unconsumed_tail, False
    while not unpacker.eof:
        if not piece:
            if held == window.left() and not window.more():
                break
            piece = window.part(held, FED)
            held, packed = held + len(piece), packed + len(piece)
        try:
            data = unpacker.decompress(piece, CHUNK)
        except zlib.error:
            break
        piece = unpacker.unconsumed_tail
        size += len(data)
        taken = packed - len(piece) - len(unpacker.unused_data)
        too_large = too_large or size > most or taken > 2 * most  # packed, what does not pack takes hardly more
        if not too_large:
            found.append(data)
            continue
        found.clear()
        window.drop(held - len(piece))
        held = len(piece)
        if size > most + DEFAULT.archive_ratio * taken:
            break
    if unpacker.eof:
        window.drop(held - len(unpacker.unused_data))
    member = Member(start, b"".join(found) if unpacker.eof and not too_large else None, too_large)
    return _Tried(member, unpacker.eof, 0 if too_large else held)


def _begins(unpacker: Any, data: bytes, begins: bytes) -> bool:
    """Whether what is packed here begins so. No more than that is unpacked, as an error in a later byte would hide it."""
    try:
        return bool(unpacker.decompress(data, len(begins)) == begins)
    except zlib.error:
        return False


def _to_next(window: _Window) -> None:
    """Drop what cannot begin a member, beyond the first byte."""
    at = window.data.find(MAGIC, window.at + 1)
    while at < 0:
        window.drop(max(0, window.left() - 2))  # the magic may stand across two chunks
        if not window.more():
            window.drop(window.left())
            return
        at = window.data.find(MAGIC)
    window.drop(at - window.at)
