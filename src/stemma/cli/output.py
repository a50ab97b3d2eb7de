"""Output files: written to a temporary name beside the target, then renamed, so that nothing half-written stays."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from stemma.errors import CannotWrite
from stemma.schema import to_json_lines, write_parquet


def write_file(target: str, write: Callable[[IO[bytes]], object]) -> None:
    """Call ``write`` with an open binary file that becomes ``target`` when all went well; "-" is standard output."""
    if target == "-":
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    path = Path(target)
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise CannotWrite(f"{target} cannot be written ({error.strerror}): choose another place with -o") from error
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        raise CannotWrite(
            f"{target} cannot be written ({error.strerror}): free some space or choose another place with -o"
        ) from error
    finally:
        Path(temporary).unlink(missing_ok=True)


def write_lines(target: str, records: Sequence[object]) -> None:
    """Records as JSON Lines, or as Parquet where the file's ending says so."""
    if target.endswith(".parquet"):
        write_file(target, lambda file: write_parquet(records, file))
    else:
        data = to_json_lines(records)
        write_file(target, lambda file: file.write(data))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
