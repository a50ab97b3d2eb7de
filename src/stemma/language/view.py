"""One report as the reading of names sees it: its words with what is known of each, its places and its titles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from stemma.language.looks import Casing, Heads, Look, casing, heads, looks
from stemma.language.places import Hit
from stemma.language.roles import Titles, role_at, titles
from stemma.language.words import Page
from stemma.records import Token


class View(NamedTuple):
    """``words`` and ``looks``: the tokens as written, and what that says; ``capitals``: the tokens with a capital; ``openers``:
    those that a title can begin with; ``hits``: token -> place; ``lower``: words that the report writes in lower case; ``covered``: tokens inside of a title of several
    words."""

    text: str
    tokens: Sequence[Token]
    words: Sequence[str]
    looks: Sequence[Look]
    capitals: Sequence[int]
    openers: Sequence[int]
    casing: Casing
    titles: Titles
    heads: Heads
    hits: dict[int, Hit]
    lower: frozenset[str]
    covered: frozenset[int]

    def common(self, at: int) -> bool:
        """Whether the word carries a capital only because nouns do."""
        return self.looks[at].common and at not in self.hits

    def role(self, at: int, end: int) -> int:
        """How many tokens from ``at`` are a title that ends before ``end``; 0 where none starts."""
        return role_at(self.tokens, at, end, self.titles) if self.looks[at].title else 0


def make_view(page: Page, places: Iterable[Hit]) -> View:
    """The view of one report."""
    language, tokens = page.language, page.tokens
    known, kept = titles(language), looks(language)
    seen = [kept[word] for word in page.words]
    lower = [at for at, look in enumerate(seen) if look.lower]
    return View(
        text=page.text,
        tokens=tokens,
        words=page.words,
        looks=seen,
        capitals=[at for at, look in enumerate(seen) if look.capital],
        openers=[at for at, look in enumerate(seen) if look.title],
        casing=casing(language),
        titles=known,
        heads=heads(language),
        hits={at: hit for hit in places for at in range(hit.first, hit.last)},
        lower=frozenset([tokens[at].norm for at in lower if not seen[at].capital]),
        covered=_in_titles(tokens, lower, known),
    )


def _in_titles(tokens: Sequence[Token], lower: Iterable[int], known: Titles) -> frozenset[int]:
    """The later words of titles that begin in lower case: the "Affaires" of "ministre des Affaires étrangères"."""
    found: set[int] = set()
    for at in lower:
        if tokens[at].norm in known.phrases:
            found.update(range(at + 1, at + role_at(tokens, at, len(tokens), known)))
    return frozenset(found)
