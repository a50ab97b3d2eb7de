"""Titles and roles of people: before the name ("Japan's former prime minister") and after it (", an expert at ...")."""

from __future__ import annotations

from bisect import bisect_left

from stemma.language.view import View
from stemma.records import Span

# A role phrase before a name is seldom longer than "the former South Korean deputy foreign minister"; one after the name
# takes a clause. A title in it has at most four words. In tokens.
LONGEST_BEFORE = 9
LONGEST_AFTER = 24
LONGEST_TITLE = 4
JOINERS = frozenset({"and", "og", "och", "und", "et", "y", "и"})


def before(view: View, at: int, first: int, comma: bool = False) -> Span | None:
    """The role phrase that ends right before token ``at``; ``first`` is the sentence's first token. ``comma``: the name
    may be in apposition ("Peru's president, Vera Holt, said"), as a comma follows it."""
    tokens, hits, known = view.tokens, view.hits, view.titles
    nearest = bisect_left(view.openers, at) - 1
    if nearest < 0 or view.openers[nearest] < max(first, at - LONGEST_BEFORE - LONGEST_TITLE - 1):
        return None  # no title begins near enough
    left = at
    if comma and left - 1 > first and view.words[left - 1] == ",":
        left -= 1
    stop, roles, place = left, 0, False
    while left > first and at - left < LONGEST_BEFORE:
        token = tokens[left - 1]
        size = _role_ends(view, left, first)
        hit = hits.get(left - 1)
        if size:
            left, roles, place = left - size, roles + 1, False
        elif hit is not None and hit.first >= first:
            left, place = hit.first, True
        elif token.norm in known.modifiers or (not roles and _nationality(view, left - 1)):
            left, place = left - 1, False
        elif (place or roles) and token.norm in known.links and left - 2 >= first and _goes_on(view, left - 1, first):
            left -= 1
        else:
            break
    if not roles:
        return None
    while left < stop and tokens[left].norm in known.linking:
        left += 1
    return Span(tokens[left].start, tokens[stop - 1].end)


def _nationality(view: View, at: int) -> bool:
    """An adjective behind the title by its ending ("le président gabonais"), in languages that put it there."""
    endings = view.titles.nationalities
    return bool(endings) and view.text[view.tokens[at].start].islower() and view.tokens[at].norm.endswith(endings)


def _goes_on(view: View, at: int, first: int) -> bool:
    """Whether a link at ``at`` ("of", "de la") has a role on its left."""
    while at > first and view.tokens[at - 1].norm in view.titles.linking:
        at -= 1
    return at > first and (_role_ends(view, at, first) > 0 or (at - 1) in view.hits)


def _role_ends(view: View, at: int, first: int) -> int:
    """How many tokens right before ``at`` are a title."""
    start = at - 1 - (view.words[at - 1] == "." and at - 2 >= first)
    for size in range(min(LONGEST_TITLE, start - first + 1), 0, -1):
        if view.role(start - size + 1, start + 1) == size:
            return size + (at - 1 - start)
    return 0


def after(view: View, at: int, last: int) -> Span | None:
    """The role phrase in apposition right after token ``at - 1``: from behind the comma to the next comma or verb.

    It must open with an article, a modifier or a role, and hold a role within its first seven words.
    """
    if at + 1 >= last or view.words[at] not in (",", "("):
        return None
    tokens, text, known, start = view.tokens, view.text, view.titles, at + 1
    if tokens[start].norm in JOINERS:
        return None
    end, seen, saw_role = start, 0, False
    while end < last and end - start < LONGEST_AFTER:
        token = tokens[end]
        if token.kind == "mark" and text[token.start] in ',;:()–—"“”«»':
            break
        if token.norm in known.relatives or (token.norm in known.speech and end > start):
            break
        if token.kind == "mark" and text[token.start] in ".!?" and end + 1 >= last:
            break
        seen += 1
        size = view.role(end, last) if not saw_role and seen <= 7 else 0
        saw_role = saw_role or size > 0
        end += max(1, size)
    while end > start + 1 and tokens[end - 1].norm in known.linking | JOINERS:
        end -= 1
    opens = tokens[start].norm in known.articles | known.modifiers or view.role(start, last) > 0
    if not saw_role or not (opens or seen <= 6) or end <= start:
        return None
    left = start + (tokens[start].norm in known.articles and end - start > 1 and tokens[start].norm not in ("an", "a"))
    return Span(tokens[left].start, tokens[end - 1].end)
