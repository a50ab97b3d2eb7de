"""Zip archives, member by member, within limits of number, size and packing."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from stemma.errors import UnreadableInput
from stemma.read.limits import DEFAULT, Limits

# Small members may pack very well (a file of blanks); the ratio is looked at beyond this size (bytes).
SMALL = 1_000_000


class Member(NamedTuple):
    """A file of an archive: its data, or the reason why it was not unpacked."""

    name: str
    data: bytes = b""
    reason: str | None = None


def members(data: bytes, limits: Limits = DEFAULT) -> Iterator[Member]:
    """The archive's files in the order of their names; folders, hidden files and a Mac's own files are passed over."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
        raise UnreadableInput("a damaged zip archive; pack it again") from error
    with archive:
        files = sorted(
            (info for info in infos if not info.is_dir() and not _is_hidden(info.filename)),
            key=lambda one: one.filename,
        )
        if len(files) > limits.archive_members:
            raise UnreadableInput(
                f"an archive of {len(files):,} files, more than {limits.archive_members:,}; hand in a folder"
            )
        left = limits.archive_bytes
        for info in files:
            member = _read(archive, info, min(left, _most(info, limits)))
            left -= len(member.data)
            yield member


def _is_hidden(name: str) -> bool:
    return name.startswith("__MACOSX/") or any(
        part.startswith(".") and part not in (".", "..") for part in name.split("/")
    )


def _most(info: zipfile.ZipInfo, limits: Limits) -> int:
    """How many bytes the member may unpack to: what its header claims is not believed."""
    return max(SMALL, limits.archive_ratio * info.compress_size)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> Member:
    if info.flag_bits & 0x1:
        return Member(info.filename, reason="locked with a password; unpack it yourself and hand in the files")
    try:
        with archive.open(info) as packed:
            data = packed.read(most + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        return Member(info.filename, reason=f"damaged in the archive ({type(error).__name__}); pack it again")
    if len(data) > most:
        return Member(
            info.filename,
            reason="unpacks to far more than its size, as no texts do; unpack it yourself and hand in the files",
        )
    return Member(info.filename, data)
