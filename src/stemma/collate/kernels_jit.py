"""The compiler of the kernels of this folder; what it keeps is named after all sources whose constants are compiled in."""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numba.core import cgutils
from numba.extending import intrinsic

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


@intrinsic
def borrowed(_: Any, arrays: Any) -> Any:
    """The same array, or named tuple of arrays, without an owner. To what is owned references are counted, by a locked step of the
    processor for each slice, call and look into a tuple: half the time of a loop over short rows. Only for what a kernel was
    given: it outlives the call."""

    def one(context: Any, builder: Any, kind: Any, value: Any) -> Any:
        if not hasattr(kind, "ndim"):
            values = cgutils.unpack_tuple(builder, value)
            return context.make_tuple(
                builder, kind, [one(context, builder, *each) for each in zip(kind, values, strict=True)]
            )
        array = context.make_array(kind)(context, builder, value)
        array.meminfo = cgutils.get_null_value(array.meminfo.type)
        array.parent = cgutils.get_null_value(array.parent.type)
        return array._getvalue()

    return arrays(arrays), lambda context, builder, _, values: one(context, builder, arrays, values[0])
