"""Comparison: where reports that say the same thing differ, and what is worth telling first.

``find_disagreements`` compares the slots of statements; ``write_brief`` picks the brief's sentences.
"""

from stemma.compare.brief import write_brief
from stemma.compare.disagreements import Comparison, find_disagreements

__all__ = ["Comparison", "find_disagreements", "write_brief"]
