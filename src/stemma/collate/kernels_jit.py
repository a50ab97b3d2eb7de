"""Compiled functions for large piles: numba, with the compiled code kept between runs.

The code is kept in the user's cache folder, never beside the sources, so that a read-only installation works; in a folder
named after the content of this folder's sources, whose constants are compiled in, so that code of another version is never
picked up. Import this module late: numba takes
half a second.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba

_SOURCES = sorted(Path(__file__).parent.glob("*.py"))
CONTENT = hashlib.sha256(b"".join(source.read_bytes() for source in _SOURCES)).hexdigest()[:16]


def cache_folder() -> Path | None:
    """Where compiled code is kept; None where no folder can be written."""
    for base in _bases():
        folder = base / "stemma" / f"kernels-{CONTENT}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return None


def _bases() -> list[Path]:
    home = Path(os.path.expanduser("~"))
    if sys.platform == "darwin":
        usual = home / "Library" / "Caches"
    elif os.name == "nt":
        usual = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    else:
        usual = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return [usual, Path(tempfile.gettempdir()) / f"stemma-{getattr(os, 'getuid', int)()}"]


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
