"""One report to its quotations."""

from __future__ import annotations

from stemma.records import Annotated, Quotation


def extract_quotations(report: Annotated) -> tuple[Quotation, ...]:
    """The report's quotations in the order of the text; speakers are named as the report names them."""
    return ()
