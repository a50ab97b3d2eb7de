"""Ctrl-C that cannot be lost: an interrupt that a library's finaliser swallows is remembered, and nothing is written after it."""

from __future__ import annotations

import signal
from types import FrameType

_asked: list[int] = []


def install() -> None:
    """From now on an interrupt is remembered and raised."""
    signal.signal(signal.SIGINT, _stop)


def check() -> None:
    """Raise KeyboardInterrupt where an interrupt came and was swallowed."""
    if _asked:
        raise KeyboardInterrupt


def _stop(number: int, frame: FrameType | None) -> None:
    _asked.append(number)
    raise KeyboardInterrupt
