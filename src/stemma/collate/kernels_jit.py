"""The compiler of the kernels of this folder; what it keeps is named after all sources whose constants are compiled in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba

from stemma.cache import content_of
from stemma.compiled import compiler

CONTENT = content_of(
    source
    for source in Path(__file__).parent.glob("*.py")
    if source.stem.startswith(("kernels", "shards")) or source.stem in ("words", "seeds", "boilerplate", "reuse")
)
jit = compiler(CONTENT)


def part(function: Callable[..., Any]) -> Any:
    """A part of a kernel, compiled into each place that calls it: a call that hands over arrays counts references to each, which
    costs more than a short loop."""
    return numba.njit(inline="always")(function)
