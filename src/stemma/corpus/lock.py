"""One run at a time in one folder. The lock is the system's, so it ends with the process however that ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stemma.errors import BadUsage, CannotWrite


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder; ``BadUsage`` where another run holds it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise CannotWrite(f"{folder} cannot be written ({error.strerror}): choose another folder with -o") from error
    try:
        if not _take(descriptor):
            raise BadUsage(
                f"another run of stemma corpus is writing {folder}: wait for it, end it, or choose another folder with -o"
            )
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    try:
        if os.name == "nt":  # pragma: no cover  (not on the machines of the tests)
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
