"""Runs of capitalised words: where a proper name may stand in a sentence, before anyone says what it is."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from stemma.language.looks import Casing
from stemma.language.view import View
from stemma.records import Sentence, Token

# In an English headline most words carry capitals; a run says nothing there. Share of the words, and least number of them.
TITLE_CASE = 0.6
TITLE_CASE_WORDS = 5
# Longer runs of capitals are lists or headlines; the limit keeps the reading linear on any text. In tokens.
LONGEST_RUN = 24
OPENING = frozenset("\"“„«»‹'‘’([–—-•*:¿¡「『.!?…")  # behind these a sentence or a clause begins
# Titles whose full stop does not end a name.
SHORT = frozenset(
    {"Dr", "Mr", "Mrs", "Ms", "St", "Ste", "Jr", "Sr", "Prof", "Gen", "Col", "Lt", "Sen", "Rep", "Gov", "Sgt", "Capt", "Mt",
     "Fr", "Rev", "Hr", "Th", "Chr", "Yu", "Ch"}
)  # fmt: skip


class Run(NamedTuple):
    """Tokens ``first:last`` that carry capitals, with particles between. ``opening``: the first one stands where every
    sentence has a capital. ``flat``: in a headline whose words all carry capitals."""

    first: int
    last: int
    sentence: int
    opening: bool
    flat: bool


def find_runs(view: View, sentence: Sentence, number: int) -> list[Run]:
    """The runs of one sentence, in order."""
    capitals = view.capitals
    first = bisect_left(capitals, sentence.first_token)
    found: list[Run] = []
    flat: bool | None = None
    behind = sentence.first_token
    for at in capitals[first : bisect_left(capitals, sentence.last_token, first)]:
        if at < behind:
            continue
        look = view.looks[at]
        opening = _opens(view, at, sentence.first_token)
        function = look.function and not look.upper and at not in view.hits
        if function and (opening or not _continues(view, at, sentence.last_token)):
            continue
        flat = _flat(view, sentence) if flat is None else flat
        behind = _run_end(view, at, sentence.last_token)
        found.append(Run(at, behind, number, opening, flat))
    return found


def _continues(view: View, at: int, last: int) -> bool:
    return at + 1 < last and view.looks[at + 1].capital and view.tokens[at + 1].start - view.tokens[at].end == 1


def _opens(view: View, at: int, first: int) -> bool:
    return at == first or (view.tokens[at - 1].kind == "mark" and view.words[at - 1] in OPENING)


def _run_end(view: View, at: int, last: int) -> int:
    """The token behind the run that starts at ``at``."""
    text, tokens, looks = view.text, view.tokens, view.looks
    end = at + 1
    last = min(last, at + LONGEST_RUN)
    while end < last and not looks[end - 1].possessive:
        token, before = tokens[end], tokens[end - 1]
        if (
            token.kind == "mark"
            and view.words[end] == "."
            and token.start == before.end
            and _short(view.words[end - 1])
        ):
            if end + 1 < last and looks[end + 1].capital and _gap(text, token, tokens[end + 1]):
                end += 1
                continue
            break
        if looks[end].capital:
            if view.casing.nouns and token.norm in view.casing.articles:
                break
            if _gap(text, before, token) or (before.kind == "mark" and token.start == before.end):
                end += 1
                continue
        skip = _particles(view, end, last)
        if not skip:
            break
        end += skip
    return end


def _short(word: str) -> bool:
    """An initial or a short title ("Dr", "St") whose full stop does not end the run."""
    return len(word) == 1 or word in SHORT


def _gap(text: str, before: Token, after: Token) -> bool:
    between = text[before.end : after.start]
    return between in (" ", "\u00a0", "\u202f") or (between == "" and before.kind == "mark")


def _particles(view: View, at: int, last: int) -> int:
    """How many tokens from ``at`` are particles inside of a name ("van der"), with a capital behind them."""
    size = 0
    while at + size < last and size < 3 and _particle(view.tokens[at + size].norm.replace("’", "'"), size, view.casing):
        size += 1
    behind = at + size
    if not size or behind >= last or not view.looks[behind].capital:
        return 0
    return size + 1


def _particle(word: str, behind: int, known: Casing) -> bool:
    """Whether the word is a particle where ``behind`` of them stand before it: the "der" of "von der" is none alone."""
    bare = word.rstrip("'")
    return word in known.particles or bare in known.particles or (behind > 0 and bare in known.after_particles)


def _flat(view: View, sentence: Sentence) -> bool:
    """Whether capitals say nothing in this sentence: a headline in title case or in capitals."""
    text = view.text[sentence.start : sentence.end]
    upper = text.isupper()
    if text[-1] in ".!?" and not upper:
        return False
    words = [at for at in range(sentence.first_token, sentence.last_token) if view.tokens[at].kind == "word"]
    letters = [at for at in words if view.tokens[at].norm not in view.casing.function]
    if len(letters) < TITLE_CASE_WORDS or view.casing.nouns:
        return len(words) > 2 and upper
    return text[-1] not in ".!?" and sum(view.looks[at].capital for at in letters) >= TITLE_CASE * len(letters)
