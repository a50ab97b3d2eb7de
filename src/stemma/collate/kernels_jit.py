"""Compiled functions for large piles: numba, with the compiled code kept between runs.

The code is kept in the user's cache folder, never beside the sources, so that a read-only installation works; in a folder
named after the content of the sources, whose constants are compiled in, so that code of another version is never picked up.
Import this module late: numba takes half a second.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba

_SOURCES = sorted(
    source
    for source in Path(__file__).parent.glob("*.py")
    if source.stem.startswith(("kernels", "shards")) or source.stem in ("words", "seeds", "boilerplate", "reuse")
)
KEPT = 30 * 86_400  # seconds: two versions in use side by side keep theirs
CONTENT = hashlib.sha256(b"".join(source.read_bytes() for source in _SOURCES)).hexdigest()[:16]


def cache_folder() -> Path | None:
    """Where compiled code is kept; None where there is no folder that only this user can write to."""
    for base in _bases():
        folder = base / "stemma" / f"kernels-{CONTENT}"
        try:
            folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not folder.exists():
                _forget_old(folder.parent)
                folder.mkdir(mode=0o700, exist_ok=True)
            if os.access(folder, os.W_OK) and _own(base / "stemma") and _own(folder):
                return folder
        except OSError:
            continue
    return None


def _forget_old(folder: Path) -> None:
    """Remove what other versions left here more than KEPT seconds ago."""
    for old in folder.glob("kernels-*"):
        if time.time() - old.stat().st_mtime > KEPT:
            shutil.rmtree(old, ignore_errors=True)


def _own(folder: Path) -> bool:
    """Whether nobody else can have put code there to be loaded."""
    if os.name != "posix":
        return True
    about = folder.stat()
    return about.st_uid == os.getuid() and not about.st_mode & 0o002


def _bases() -> list[Path]:
    home = Path(os.path.expanduser("~"))
    if sys.platform == "darwin":
        usual = home / "Library" / "Caches"
    elif os.name == "nt":
        usual = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    else:
        usual = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return [usual, Path(tempfile.gettempdir()) / f"stemma-{os.getuid() if os.name == 'posix' else 0}"]


_FOLDER = cache_folder()


def jit(function: Callable[..., Any]) -> Any:
    """Compile at the first call, without the interpreter's lock, keeping the code."""
    config: Any = numba.config
    before = config.CACHE_DIR
    config.CACHE_DIR = str(_FOLDER or "")
    try:
        return numba.njit(function, nogil=True, cache=_FOLDER is not None)
    finally:
        config.CACHE_DIR = before
