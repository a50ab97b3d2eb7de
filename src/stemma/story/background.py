"""How common words are in general, whatever a pile says: table ``common`` of a language's data, the share of reports by stem.

In a pile of ten reports "minister" stands in two and looks as rare as a name. Languages without a table take every word for
equally rare, as before. Fitted on half of the stories and measured on the other (English alone has a table), mean of both ways:
ecbplus .917 to .926, basil .979 to .989, small piles .965 to .968 (ecbplus) and .974 to .977 (giveme5w1h); giveme5w1h in one pile
.962 to .958, the others within .003.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from stemma.language import lexicon
from stemma.story.features import Terms
from stemma.story.vocabulary import term


def shares(terms: Terms, languages: Iterable[str | None]) -> NDArray[np.float64]:
    """For each term the share of reports in general that hold it, the largest among the languages; 0 where none tells."""
    found = np.zeros(len(terms))
    for language in set(languages) - {None}:
        known, share = _common(language)
        place = np.minimum(np.searchsorted(known, terms), len(known) - 1)
        if len(known):
            found = np.maximum(found, np.where(known[place] == terms, share[place], 0.0))
    return found


@cache
def _common(language: str | None) -> tuple[Terms, NDArray[np.float64]]:
    """The stems of a language's table as terms, ascending, and their shares."""
    table = lexicon.table(language, "common")
    share = {term(stem): float(value) for value, stems in table.items() for stem in str(stems).split()}
    terms = sorted(share)
    return np.array(terms, dtype=np.uint64), np.array([share[one] for one in terms])
