"""Where a report has somebody speak."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

from stemma.records import Quotation


class Spoken:
    """The spans of quotations by report, so that a place is looked up without a walk over all of them."""

    def __init__(self, quotations: Iterable[Quotation]) -> None:
        spans: dict[str, list[tuple[int, int]]] = {}
        for q in quotations:
            spans.setdefault(q.report, []).extend((span.start, span.end) for span in q.content)
        self._starts = {report: sorted(start for start, _ in found) for report, found in spans.items()}
        # how far the spans that begin up to here reach
        self._reach = {report: list(accumulate((e for _, e in sorted(found)), max)) for report, found in spans.items()}

    def within(self, report: str, start: int, end: int) -> bool:
        """Whether a span of speech shares a letter with ``start:end``."""
        before = bisect_left(self._starts.get(report, ()), end)
        return before > 0 and self._reach[report][before - 1] > start
