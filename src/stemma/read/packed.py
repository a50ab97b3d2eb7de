"""Packed JSON Lines and web archives: files of any size that are read as they stream by."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, BinaryIO

from stemma.errors import MissingPart, StemmaError, install
from stemma.read.bounded import Bounded
from stemma.read.limits import DEFAULT, Limits
from stemma.read.rows import clean
from stemma.read.table import from_lines
from stemma.read.warc import is_response, records_of, reports_of
from stemma.records import Report, SetAside

Found = Iterator[Report | SetAside]
# Packed bytes given to zstd at once. Its smallest block has 4 bytes and unpacks to 128 KB, so that these are 8 MB at most.
PACKED_BYTES = 256


def is_packed_stream(path: str) -> bool:
    """Whether a file is a web archive or packed JSON Lines, by its name: these are read in pieces."""
    name = path.lower()
    bare = name.removesuffix(".gz").removesuffix(".zst")
    return bare.endswith(".warc") or (bare != name and bare.endswith((".jsonl", ".ndjson")))


def is_archive(path: str) -> bool:
    """Whether a file is a web archive, by its name."""
    return ".warc" in path.lower()[-9:]


def read_stream(path: str, limits: Limits = DEFAULT) -> Found:
    """All that one such file holds; what cannot be read further ends with the reason."""
    name = clean(path)
    with ExitStack() as stack:
        try:
            file = opened(path, stack, limits)
            if is_archive(path):
                yield from _from_archive(file, name, limits)
            else:
                yield from from_lines(bounded_lines(file, limits), name, limits)
        except (StemmaError, OSError, EOFError, zlib.error) as error:
            yield SetAside(name, reason_of(error))


def _from_archive(file: BinaryIO, name: str, limits: Limits) -> Found:
    for raw in records_of(file, limits):
        if raw.data is None:
            yield SetAside(f"{name}#{raw.number}", raw.reason)
        elif is_response(raw.data):
            yield from (one for one in reports_of([(raw.number, raw.data)], name, limits) if one is not None)


def bounded_lines(file: BinaryIO, limits: Limits) -> Iterator[bytes]:
    """Lines of a file; of one that is longer than any report only the beginning, so that it is set aside by itself."""
    most = 12 * limits.report_characters
    while line := file.readline(most):
        yield line
        if not line.endswith(b"\n"):
            while (rest := file.readline(most)) and not rest.endswith(b"\n"):
                pass


def reason_of(error: Exception) -> str:
    """Why a file could not be read to its end."""
    if isinstance(error, StemmaError):
        return str(error)
    if isinstance(error, FileNotFoundError | PermissionError):
        return f"{error.strerror}; check that it is there and may be read"
    return f"damaged or cut off ({error}); fetch it again"


def opened(file: str, stack: ExitStack, limits: Limits) -> BinaryIO:
    """A file open for reading, unpacked where its name says that it is packed. A web archive in gzip stays as it is:
    it is packed by record."""
    raw = stack.enter_context(open(file, "rb"))  # noqa: SIM115  (the stack closes it)
    name = file.lower()
    if name.endswith(".gz") and not is_archive(name):
        return io.BufferedReader(Bounded(gzip.GzipFile(fileobj=raw), raw, limits.archive_ratio))
    if name.endswith(".zst"):
        try:
            import zstandard
        except ImportError as error:
            raise MissingPart(f"zstd files need zstandard: {install('corpus')}") from error
        return io.BufferedReader(Bounded(_Zstd(raw, zstandard), raw, limits.archive_ratio))
    return raw


class _Zstd(io.RawIOBase):
    """A zstd file of any number of frames, unpacked. Damage and a missing end are errors as they are in gzip files;
    zstandard's own reader ends at them without a word."""

    def __init__(self, file: BinaryIO, zstandard: Any) -> None:
        self._file, self._zstandard = file, zstandard
        self._unpacker = zstandard.ZstdDecompressor().decompressobj()
        self._packed = b""
        self._data = memoryview(b"")  # of which a part is given without a copy of the rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._data and self._more():
            pass
        count = min(len(self._data), len(buffer))
        buffer[:count] = self._data[:count]
        self._data = self._data[count:]
        return count

    def _more(self) -> bool:
        """Unpack the next piece of the file; False at its end."""
        if self._unpacker.eof:
            self._packed = self._unpacker.unused_data
            self._unpacker = self._zstandard.ZstdDecompressor().decompressobj()
            self._began = bool(self._packed)
        packed, self._packed = self._packed or self._file.read(PACKED_BYTES), b""
        if not packed:
            if self._began:
                raise EOFError("the zstd file ends before its end was reached")
            return False
        self._began = True
        try:
            self._data = memoryview(self._unpacker.decompress(packed))
        except self._zstandard.ZstdError as error:
            raise OSError(str(error)) from error
        return True

    _began = False  # whether a frame was begun and not ended
