"""What changed between two wordings in one language, word by word."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

# Letters with their marks and inner apostrophes or hyphens are one word; scripts without spaces are compared by character.
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]|[^\W_](?:[\w\u0300-\u036f]|(?<=\w)['’\-](?=\w))*|\s+|[^\w\s]|_",
    re.UNICODE,
)
MOST_WORDS = 600  # above this a word-by-word marking is no help to a reader
# Under this share of the shorter wording's words the marking is confetti: the two stand side by side.
SAME_ENOUGH = 0.5
# More new words than this before or after the common ones: a longer quotation, not a changed one.
LONG_EDGE = 6
# Two common words in a row, one of them this long, are no accident: the common part begins and ends there.
FIRM = 6

Change = Literal["same", "gone", "new"]


class Piece(NamedTuple):
    """Words that stand in both wordings ("same"), in the first only ("gone"), or in the second only ("new")."""

    change: Change
    text: str


def tokens(text: str) -> list[str]:
    """Words, blanks and marks; joined they give the text."""
    return _WORD.findall(text)


def compare(first: str, second: str) -> list[Piece] | None:
    """The second wording against the first, or None where they are too long or too unlike to be marked word by word."""
    one, two = tokens(first), tokens(second)
    if len(one) + len(two) > 4 * MOST_WORDS:
        return None
    a, b = [_folded(w) for w in one], [_folded(w) for w in two]
    words_a, words_b = [w for w in a if w.strip() and w[0].isalnum()], [w for w in b if w.strip() and w[0].isalnum()]
    common = (len(words_a) + len(words_b) - Indel.distance(words_a, words_b)) / 2
    if not words_a or not words_b or common < SAME_ENOUGH * min(len(words_a), len(words_b)):
        return None
    pieces: list[Piece] = []
    for step in Indel.opcodes(a, b):
        if step.tag == "equal":
            pieces.append(Piece("same", "".join(two[step.dest_start : step.dest_end])))
        if step.tag == "delete":
            pieces.append(Piece("gone", "".join(one[step.src_start : step.src_end])))
        if step.tag == "insert":
            pieces.append(Piece("new", "".join(two[step.dest_start : step.dest_end])))
    return _without_long_edges(_tidy(pieces))


def _without_long_edges(pieces: list[Piece]) -> list[Piece]:
    """Where the second wording only begins earlier or ends later, what it has more is no change."""
    kept = [k for k, piece in enumerate(pieces) if piece.change == "same" and _firm(piece.text)]
    if not kept:
        return pieces
    first, last = kept[0], kept[-1]
    return [*_edge(pieces[:first]), *pieces[first : last + 1], *_edge(pieces[last + 1 :])]


def _firm(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and max(map(len, words)) >= FIRM


def _edge(pieces: list[Piece]) -> list[Piece]:
    """An edge with many new words: what is gone stands before it, the rest is not marked."""
    new = sum(len(piece.text.split()) for piece in pieces if piece.change == "new")
    if new <= LONG_EDGE:
        return pieces
    gone = " … ".join(piece.text.strip() for piece in pieces if piece.change == "gone")
    rest = Piece("same", "".join(piece.text for piece in pieces if piece.change != "gone"))
    return [Piece("gone", f"{gone} "), rest] if _says(gone) else [rest]


def _folded(word: str) -> str:
    return " " if word.isspace() else word.casefold().replace("’", "'")


def _tidy(pieces: list[Piece]) -> list[Piece]:
    """Changes next to each other, or with only a blank between, as one "gone" and one "new"."""
    out: list[Piece] = []
    gone = new = ""
    for index, (change, text) in enumerate(pieces):
        following = pieces[index + 1].change if index + 1 < len(pieces) else "same"
        if change == "gone":
            gone += text
        elif change == "new":
            new += text
        elif text.isspace() and (gone or new) and following != "same":
            gone, new = gone + text if gone else gone, new + text
        else:
            out += _flush(gone, new)
            gone = new = ""
            out.append(Piece("same", text))
    return out + _flush(gone, new)


def _says(change: str) -> bool:
    """Whether a change has a word in it: a comma more or less is no change of wording."""
    return any(char.isalnum() for char in change)


def _flush(gone: str, new: str) -> list[Piece]:
    """The pending change. "same" and "new" joined stay the second wording, character for character."""
    pieces: list[Piece] = []
    if _says(gone):
        pieces.append(Piece("gone", gone.strip() + (" " if not new.strip() and gone[-1:].isspace() else "")))
    if new:
        pieces.append(Piece("new" if _says(new) else "same", new))
    return pieces
