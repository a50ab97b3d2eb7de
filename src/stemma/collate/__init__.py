"""Collation: which passages and sentences of two reports carry the same text or say the same.

``find_passages`` (verbatim, near, boilerplate; over the whole pile), ``find_translated`` (within a story, across languages),
``align`` (sentence pairs of two reports, in one language or two), ``find_statements`` (within a story).
"""

from stemma.collate.align import align
from stemma.collate.reuse import find_passages
from stemma.collate.statements import find_statements
from stemma.collate.translated import find_translated

__all__ = ["align", "find_passages", "find_statements", "find_translated"]
