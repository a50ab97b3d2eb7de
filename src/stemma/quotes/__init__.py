"""Quotations: who said what; utterances and how their wording drifts between reports."""

from stemma.quotes.extract import extract_quotations, quotations_of
from stemma.quotes.resolve import resolve_speakers
from stemma.quotes.utterances import find_utterances

__all__ = ["extract_quotations", "find_utterances", "quotations_of", "resolve_speakers"]
