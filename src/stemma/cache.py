"""Where compiled code (kernels, templates) is kept between runs.

It is kept in the user's cache folder, never beside the sources, so that a read-only installation works; in a folder named
after the content of the sources, so that code of another version is never picked up.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

KEPT = 30 * 86_400  # seconds: two versions in use side by side keep theirs


def content_of(sources: Iterable[Path]) -> str:
    """A name for what the files say."""
    return hashlib.sha256(b"".join(source.read_bytes() for source in sorted(sources))).hexdigest()[:16]


def cache_folder(kind: str, content: str) -> Path | None:
    """Where code of a kind, compiled from this content, is kept; None where there is no folder that only this user can write
    to."""
    for base in _bases():
        folder = base / "stemma" / f"{kind}-{content}"
        try:
            folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not folder.exists():
                _forget_old(folder.parent, kind)
                folder.mkdir(mode=0o700, exist_ok=True)
            if os.access(folder, os.W_OK) and _own(base / "stemma") and _own(folder):
                return folder
        except OSError:
            continue
    return None


def _forget_old(folder: Path, kind: str) -> None:
    """Remove what other versions left here more than KEPT seconds ago."""
    for old in folder.glob(f"{kind}-*"):
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
