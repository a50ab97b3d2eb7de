"""Where a text names states, cities and regions: hits of the gazetteer at their spans."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from stemma.language.gazetteer import PIECE, Gazetteer, Place, gazetteer
from stemma.language.kept import Kept
from stemma.language.words import APOSTROPHES, Page, norm, word_set
from stemma.records import Sentence, Token

Begun = tuple[tuple[tuple[str, ...], Place], ...]  # names that begin with one word
NOTHING: tuple[Begun, Place | None] = ((), None)


class Piece(NamedTuple):
    """A word, or a part of a hyphenated one ("Japan-South Korea" has three). ``token`` is an index into the tokens."""

    start: int
    end: int
    norm: str
    token: int


class Hit(NamedTuple):
    """A name of the gazetteer in the text. ``first:last`` are tokens; ``whole``: it takes those tokens as wholes, but
    for a genitive ending."""

    start: int
    end: int
    place: Place
    first: int
    last: int
    whole: bool
    sentence: int


def find_places(page: Page) -> list[Hit]:
    """All hits in order, longest first at each place, none overlapping."""
    text, language = page.text, page.language
    known = gazetteer(language)
    naming = _naming(language)
    starts = [at for at, word in enumerate(page.words) if naming[word]]
    found: list[Hit] = []
    done = 0
    for number, sentence in enumerate(page.sentences):
        first, done = done, bisect_left(starts, sentence.last_token, done)
        if first < done:
            found.extend(_spaced(page, number, starts[first:done], known))
        if known.pattern is not None:
            found.extend(_unspaced(text, sentence, page.tokens, known, number))
    return found


@cache
def _naming(language: str | None) -> Kept[bool]:
    """Whether a name of the gazetteer can begin in a word: in it as a whole, or behind one of its hyphens."""

    def begins(word: str) -> bool:
        if word.isalpha():
            return offered(language, norm(word), not word[0].islower()) != NOTHING
        pieces = PIECE.findall(word) if word[:1].isalpha() else []
        return any(offered(language, norm(piece), not piece[0].islower()) != NOTHING for piece in pieces)

    return Kept(begins)


def _spaced(page: Page, number: int, starts: list[int], known: Gazetteer) -> list[Hit]:
    """The hits of one sentence that begin in one of the tokens ``starts``."""
    text, sentence = page.text, page.sentences[number]
    weak = word_set(page.language, "words", "function")
    locative = word_set(page.language, "places", "static")
    pieces = _pieces(text, page.tokens, sentence.first_token, sentence.last_token)
    offering = set(starts)
    found: list[Hit] = []
    behind = 0
    for at in [at for at, piece in enumerate(pieces) if piece[3] in offering]:
        if at < behind:
            continue
        piece = pieces[at]
        begun, place = offered(page.language, piece[2], not text[piece[0]].islower())
        size = 1
        if begun:
            place, size = _longest(text, pieces, at, begun, place, known)
        if place is None:
            continue
        doubtful = size == 1 and piece.norm in weak and not _sure(text, piece)
        if doubtful and not (at > 0 and pieces[at - 1].norm in locative):
            continue
        found.append(_hit(text, page.tokens, piece, pieces[at + size - 1], place, number))
        behind = at + size
    return found


def _sure(text: str, piece: Piece) -> bool:
    """Acronyms in capitals ("US", "IT") are not the function words they look like."""
    return piece.end - piece.start > 1 and text[piece.start : piece.end].isupper()


def _hit(text: str, tokens: Sequence[Token], first: Piece, last: Piece, place: Place, sentence: int) -> Hit:
    left, right = tokens[first.token], tokens[last.token]
    rest = right.end - last.end
    whole = left.start == first.start and (rest <= 2 or text[last.end] in APOSTROPHES)
    return Hit(first.start, last.end, place, first.token, last.token + 1, whole, sentence)


def _pieces(text: str, tokens: Sequence[Token], first: int, last: int) -> list[Piece]:
    found: list[Piece] = []
    new = tuple.__new__
    for at in range(first, last):
        token = tokens[at]
        start, end, folded, kind = token
        if kind != "word":
            continue
        if folded.isalpha():
            found.append(new(Piece, (start, end, folded, at)))
            continue
        for match in PIECE.finditer(text, token.start, token.end):
            word = match.group()
            if word in ("s", "S") and match.start() > token.start and text[match.start() - 1] in APOSTROPHES:
                continue
            found.append(Piece(match.start(), match.end(), norm(word), at))
    return found


def _longest(
    text: str, pieces: list[Piece], at: int, begun: Begun, alone: Place | None, known: Gazetteer
) -> tuple[Place | None, int]:
    """The place named by the longest run of pieces from ``at``, and how many pieces it takes."""
    for words, place in begun:
        if _fits(text, pieces[at : at + len(words)], words, place, known):
            return place, len(words)
    return alone, 1


@lru_cache(maxsize=65536)
def offered(language: str | None, word: str, capital: bool) -> tuple[Begun, Place | None]:
    """The names that begin with the word, and the place that the word alone is an inflected form of; kept, as words recur."""
    known = gazetteer(language)
    begun = tuple(
        (words, place)
        for variant in _variants(word, known.genitive)
        for words, place in known.exact.get(variant, ())
        if capital or _lower_case(place, known)
    )
    alone = _by_stem(word, capital, known)
    if alone is None and known.prefixes and word.startswith(known.prefixes):
        for prefix in known.prefixes:
            rest = word.removeprefix(prefix)
            if rest != word and alone is None:
                alone = next((p for words, p in known.exact.get(rest, ()) if len(words) == 1), None)
                alone = alone or _by_stem(rest, capital, known)
    return begun, alone


def _by_stem(word: str, capital: bool, known: Gazetteer) -> Place | None:
    """The place of which the word is an inflected form or an adjective."""
    if word[:2] not in known.beginnings or not (capital or not known.capital_adjectives):
        return None
    size = len(word)
    for cut in range(size, max(2, size - known.longest_ending) - 1, -1):
        place_of = known.stems.get(word[:cut])
        if place_of is not None and word[cut:] in known.endings and (capital or _lower_case(place_of, known)):
            return place_of
    return None


def _lower_case(place: Place, known: Gazetteer) -> bool:
    """Whether the language writes the word without a capital too."""
    return place.sort in ("adjective", "regional") and not known.capital_adjectives


def _variants(word: str, genitive: tuple[str, ...]) -> tuple[str, ...]:
    if not genitive or len(word) < 4 or not word.endswith(genitive):
        return (word,)
    return (word, *(word[: -len(ending)] for ending in genitive if word.endswith(ending)))


def _fits(text: str, pieces: list[Piece], words: tuple[str, ...], place: Place, known: Gazetteer) -> bool:
    """Whether the pieces are the words of the place's name."""
    if len(pieces) < len(words):
        return False
    for offset, (piece, word) in enumerate(zip(pieces, words, strict=True)):
        last = offset == len(words) - 1
        if piece.norm != word and not (last and _ends(piece.norm, word, place, known)):
            return False
        if offset and not _joined(text, pieces[offset - 1], piece):
            return False
    start = pieces[0].start
    return len(words) > 1 or words[0] not in known.upper or text[start : start + len(words[0])].isupper()


def _ends(norm: str, word: str, place: Place, known: Gazetteer) -> bool:
    """Whether the last word of a name stands with a genitive, or with an ending where the words are inflected."""
    if word in _variants(norm, known.genitive):
        return True
    inflected = place.sort in ("adjective", "regional") or bool(known.cut)
    return inflected and len(word) > 2 and norm.startswith(word) and norm[len(word) :] in known.endings


def _joined(text: str, before: Piece, after: Piece) -> bool:
    between = text[before.end : after.start]
    return len(between) <= 2 and between.strip(" \u00a0-‐‑–'’") in ("", ".") and "\n" not in between


def _unspaced(text: str, sentence: Sentence, tokens: Sequence[Token], known: Gazetteer, number: int) -> list[Hit]:
    """Hits in scripts without spaces: names stand inside of runs of characters."""
    found = []
    first = sentence.first_token
    for match in known.pattern.finditer(text, sentence.start, sentence.end):
        if not _stands_alone(text, match.start(), match.end(), known):
            continue
        while first < sentence.last_token and tokens[first].end <= match.start():
            first += 1
        last = first
        while last < sentence.last_token and tokens[last].start < match.end():
            last += 1
        place = known.unspaced[match.group()]
        found.append(Hit(match.start(), match.end(), place, first, max(last, first + 1), False, number))
    return found


def _stands_alone(text: str, start: int, end: int, known: Gazetteer) -> bool:
    """Whether a name in Katakana or Hangul is not the beginning, end or middle of another word: "マリ" in "マリア"."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if "ァ" <= text[start] <= "ヿ" and before and "ァ" <= before <= "ヿ":
        return False
    if "ァ" <= text[end - 1] <= "ヿ" and after and "ァ" <= after <= "ヿ":
        return False
    if "가" <= text[start] <= "힣":
        rest = end
        while rest < len(text) and "가" <= text[rest] <= "힣":
            rest += 1
        return not ("가" <= before <= "힣") and text[end:rest] in known.endings
    return True
