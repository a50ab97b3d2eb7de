"""Output files: written to a temporary name beside the target, then renamed, so that nothing half-written stays."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from stemma.cli import stop
from stemma.errors import BadUsage, CannotWrite

if TYPE_CHECKING:
    from msgspec import Struct


def write_file(target: str, write: Callable[[IO[bytes]], object]) -> None:
    """Call ``write`` with an open binary file that becomes ``target`` when all went well; "-" is standard output."""
    stop.check()
    if target == "-":
        _write_through(sys.stdout.buffer, "standard output", write)
        return
    path = Path(os.path.realpath(target))  # a link is followed, not replaced
    if path.exists() and not path.is_file():
        try:
            with path.open("wb") as device:  # a pipe or device is written to, never renamed over
                _write_through(device, target, write)
        except OSError as error:
            raise CannotWrite(f"{target} cannot be written ({error.strerror}): choose another place with -o") from error
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise CannotWrite(f"{target} cannot be written ({error.strerror}): choose another place with -o") from error
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        stop.check()
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        raise CannotWrite(
            f"{target} cannot be written ({error.strerror}): free some space or choose another place with -o"
        ) from error
    finally:
        Path(temporary).unlink(missing_ok=True)


def _write_through(stream: IO[bytes], name: str, write: Callable[[IO[bytes]], object]) -> None:
    try:
        write(stream)
        stream.flush()
    except BrokenPipeError:
        raise  # the reader has had enough: no error
    except OSError as error:
        raise CannotWrite(
            f"{name} cannot be written ({error.strerror}): free some space or give a file with -o"
        ) from error


def refuse_same_file(outputs: Sequence[str | None], inputs: Sequence[str] = ()) -> None:
    """Raise BadUsage where two outputs are one file, or an output would overwrite an input."""
    seen = {os.path.realpath(one): one for one in inputs if one != "-"}
    for target in filter(None, outputs):
        where = target if target == "-" else os.path.realpath(target)
        if where in seen:
            raise BadUsage(f"{target} is given twice, or is one of the inputs: give every output a file of its own")
        if where == "-" or not os.path.exists(where) or os.path.isfile(where):
            seen[where] = target


def write_lines(target: str, records: Sequence[Struct], kind: type[Struct]) -> None:
    """Records of one kind as JSON Lines, or as Parquet where the file's ending says so."""
    from stemma.schema import to_json_lines, write_parquet

    if target.endswith(".parquet"):
        write_file(target, lambda file: write_parquet(records, kind, file))
    else:
        data = to_json_lines(records)
        write_file(target, lambda file: file.write(data))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
