"""A corpus: a hundred thousand to many million reports as tables in Parquet, in bounded memory, resumable.

``build`` is the whole of it; docs/scale.md says how it works and what it costs.
"""

from stemma.corpus.build import build
from stemma.corpus.plan import Settings

__all__ = ["Settings", "build"]
