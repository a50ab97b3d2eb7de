"""Compiled functions for large piles: numba, with the compiled code kept between runs (``stemma.cache``).

Import this module late: numba takes half a second.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba

from stemma.cache import cache_folder


def compiler(content: str) -> Callable[[Callable[..., Any]], Any]:
    """What compiles a function at its first call, to run without the interpreter's lock, keeping the code."""
    folder = cache_folder("kernels", content)

    def jit(function: Callable[..., Any]) -> Any:
        config: Any = numba.config
        before = config.CACHE_DIR
        config.CACHE_DIR = str(folder or "")
        try:
            return numba.njit(function, nogil=True, cache=folder is not None)
        finally:
            config.CACHE_DIR = before

    return jit
