"""The words, numbers and marks of a report's title and of the beginning of its body, each word with what it tells."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from stemma.language.sentences import paragraphs
from stemma.language.words import TOKEN
from stemma.records import Report
from stemma.story.vocabulary import Facts, facts

READ = 4_000  # code points of a report that are looked at: who tells more has told the event by then
FLAT = 0.6  # share of capitalised words from which capitals in a title say nothing
ENDS = frozenset('.!?…:;"“”„«»。！？')
PERCENT_SIGNS = "%％"
KEPT = 200_000  # stretches without a blank whose tokens are kept: about 100 MB, in a pile of a hundred thousand reports


class Token(NamedTuple):
    """A word, number or mark; ``at`` is its place behind the beginning of the body, negative in the title."""

    start: int
    end: int
    at: int
    text: str
    known: Facts | None
    opening: bool


def tokens_of(report: Report) -> tuple[list[Token], list[Token]]:
    """Of the title and of the body. A title that stands inside the body belongs to the body; its offsets are then those of
    the body, and where it stands nowhere in the text they are -1."""
    text, spans = report.text, report.body or tuple(paragraphs(report.text))
    begin = spans[0][0] if spans else 0
    body: list[Token] = []
    for start, end in spans:
        if start - begin >= READ:
            break
        body += _scan(text, start, min(end, begin + READ), begin, report.language)
    title = report.title or ""
    place = text.find(title) if title else -1
    inside = any(start <= place < end for start, end in spans)
    found = _scan(title, 0, len(title), len(title) + 1, report.language)
    flat = _flat(found)
    moved = [
        one._replace(
            start=one.start + place if place >= 0 else -1,
            end=one.end + place if place >= 0 else -1,
            at=0 if inside else one.at,
            opening=one.opening or flat,
        )
        for one in found
    ]
    return moved, body


def _scan(text: str, start: int, end: int, begin: int, language: str | None) -> list[Token]:
    found: list[Token] = []
    opening = True
    new = tuple.__new__  # what Token(...) does, without its call: this loop runs for every word of every report
    pieces = _pieces(language)
    for blank_free in text[start:end].replace("\n", " ").split(" "):
        for left, right, word, known, opens in pieces[blank_free]:
            if word:
                found.append(new(Token, (start + left, start + right, start + left - begin, word, known, opening)))
            if opens is not None:
                opening = opens
        start += len(blank_free) + 1
    return found


# A token inside a stretch without blanks: where it begins and ends there, its text ("" for a mark that is none), what it
# tells, and whether the next one opens a sentence (None: as it was).
_Piece = tuple[int, int, str, Facts | None, bool | None]


class _Pieces(dict[str, tuple[_Piece, ...]]):
    """The tokens of stretches of text without blanks, each read once: they recur as words do, and no token goes over a blank."""

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, text: str) -> tuple[_Piece, ...]:
        if len(self) >= KEPT:
            self.clear()
        found = self[text] = tuple(self._read(text))
        return found

    def _read(self, text: str) -> list[_Piece]:
        found: list[_Piece] = []
        for match in TOKEN.finditer(text):
            kind = match.lastgroup
            left, right = match.span(kind)
            word = text[left:right]
            if kind == "word":
                found.append((left, right, word, facts(self.language, word), False))
            elif kind == "number":
                found.append((left, right, word, None, False))
            elif word in ENDS:
                found.append((left, right, "", None, True))
            elif word in PERCENT_SIGNS:
                found.append((left, right, word, facts(self.language, word), None))
        return found


@cache
def _pieces(language: str | None) -> _Pieces:
    return _Pieces(language)


def _flat(title: list[Token]) -> bool:
    """Whether capitals say nothing in a headline."""
    words = [one.known for one in title if one.known is not None and one.known.stems]
    return len(words) > 3 and sum(known.capital for known in words) >= FLAT * len(words)
