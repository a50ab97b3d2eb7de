"""A folder as output: written beside its place under a temporary name, then renamed, so that it is never half-written.

A list of what was written stays in it. Only a folder that holds such a list, and nothing else, is replaced: what is not
Stemma's own is never removed, an empty folder neither. What a killed run left beside the place goes with the next run.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from stemma.cli import stop
from stemma.errors import BadUsage, CannotWrite

LIST = ".stemma-files"
# Seconds: writing two thousand pages takes a minute, so that a temporary folder of this age is nobody's.
STALE = 3600.0


def names_folder(target: str) -> bool:
    """Whether a target means a folder: it ends in a slash, or is one."""
    return target.endswith(("/", os.sep)) or (target != "-" and Path(target).is_dir())


def refuse_foreign(target: str, inputs: Sequence[str]) -> None:
    """Raise BadUsage where the folder holds what Stemma did not write, or stands inside a folder of reports."""
    place = Path(os.path.realpath(target))
    for one in inputs:
        folder = Path(os.path.realpath(one))
        if folder.is_dir() and (place == folder or folder in place.parents):
            raise BadUsage(
                f"{target} is inside {one}: its pages would be read as reports the next time; choose a folder elsewhere"
            )
    if place.exists() and not place.is_dir():
        raise BadUsage(f"{target} is a file: choose a new folder with -o")
    foreign = _foreign(place)
    if foreign:
        raise BadUsage(f"{target} holds {foreign[0]}, which Stemma did not write: choose a new or empty folder with -o")


def write_folder(target: str, files: Iterable[tuple[str, str]]) -> int:
    """Write all (path, text) into the folder and put it in its place; how many files. The former folder goes only then."""
    stop.check()
    place = Path(os.path.realpath(target))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{place.name}.", suffix=".tmp", dir=place.parent))
    except OSError as error:
        raise CannotWrite(f"{target} cannot be written ({error.strerror}): choose another place with -o") from error
    try:
        written = _fill(fresh, files)
        stop.check()
        _put(fresh, place)
        _remove_stale(place)
    except OSError as error:
        raise CannotWrite(
            f"{target} cannot be written ({error.strerror}): free some space or choose another place with -o"
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return written


def _fill(folder: Path, files: Iterable[tuple[str, str]]) -> int:
    names = []
    for name, text in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "replace"))
        names.append(name)
    (folder / LIST).write_text("\n".join(sorted(names)) + "\n", encoding="utf-8")
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(folder, 0o777 & ~mask)  # mkdtemp makes a private folder; this one is to be published
    if hasattr(os, "sync"):
        os.sync()
    return len(names)


def _put(fresh: Path, place: Path) -> None:
    """Swap the folders; what stood there comes back where the swap fails."""
    if _foreign(place):
        raise BadUsage(f"{place} holds files that Stemma did not write: choose a new or empty folder with -o")
    former = fresh.with_suffix(".old")
    stood = place.exists()
    if stood:
        os.rename(place, former)
    try:
        os.rename(fresh, place)
    except OSError:
        if stood:
            os.rename(former, place)
        raise
    shutil.rmtree(former, ignore_errors=True)


def _remove_stale(place: Path) -> None:
    """Remove what runs into the same place that were killed left beside it, by the names that ``write_folder`` gives."""
    name = re.compile(re.escape(f".{place.name}.") + r"[a-z0-9_]{8}\.(tmp|old)")
    try:
        beside = list(place.parent.iterdir())
    except OSError:
        return  # a folder that may be written but not listed
    for one in beside:
        if not name.fullmatch(one.name) or one.is_symlink() or not one.is_dir():
            continue
        try:
            status = one.stat()
            young = time.time() - max(status.st_mtime, status.st_ctime) < STALE
        except OSError:
            continue  # another run was faster
        if not young and not (one.suffix == ".old" and _foreign(one)):
            shutil.rmtree(one, ignore_errors=True)


def _foreign(place: Path) -> list[str]:
    """What a folder holds that its list does not name, in order: files, links, and folders that hold none of its files."""
    if not place.is_dir():
        return []
    try:
        names = {LIST, *(place / LIST).read_text(encoding="utf-8").splitlines()}
    except (OSError, UnicodeDecodeError):
        names = set()  # no list, or none that Stemma wrote
    folders = {str(folder) for name in names for folder in PurePosixPath(name).parents}
    found = sorted(place.rglob("*"))
    is_folder = {one.relative_to(place).as_posix(): one.is_dir() and not one.is_symlink() for one in found}
    return [name for name, folder in is_folder.items() if name not in (folders if folder else names)]
