"""Packed files, unpacked no further than what reports pack to."""

from __future__ import annotations

import io
from typing import Any, BinaryIO

from stemma.errors import UnreadableInput

# Packed lines of any kind may unpack to this; beyond it to no more than Limits.archive_ratio times what was read of them.
UNPACKED_BYTES = 100_000_000


class Bounded(io.RawIOBase):
    """What is unpacked from a file, until it is more than any reports pack to: a few bytes can hold terabytes."""

    def __init__(self, unpacked: Any, packed: BinaryIO, ratio: int) -> None:
        self._unpacked, self._packed, self._ratio = unpacked, packed, ratio
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count: int = self._unpacked.readinto(buffer)
        self._count += count
        if self._count > max(UNPACKED_BYTES, self._ratio * self._packed.tell()):
            raise UnreadableInput(
                f"packed more than {self._ratio} to one, as no reports are, so that it is read no further; "
                "if it is what it should be, unpack it first"
            )
        return count
