"""What was worked out for a word once, for the next time it comes: the words of news recur, and looking them up is what
reading many reports mostly costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

MOST = 30_000  # words kept for each question and language, some 250 bytes each: the vocabulary of a thousand reports and more
LONGEST = 40  # code points: longer strings, such as the paragraphs of scripts without spaces, do not recur


class Kept(dict[str, T]):
    """``kept[word]`` is ``make(word)``, worked out at the first time only. Bounded; ``make`` must depend on the word alone.

    A mapping and not ``lru_cache``, as its look-ups are made some thousand times for each report and cost half as much.

    >>> lengths = Kept(len)
    >>> lengths["strait"], lengths["strait"]
    (6, 6)
    """

    def __init__(self, make: Callable[[str], T]):
        super().__init__()
        self.make = make

    def __missing__(self, word: str) -> T:
        found = self.make(word)
        if len(word) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[word] = found
        return found
