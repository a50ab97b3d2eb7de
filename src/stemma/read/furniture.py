"""Lines that pages set around a report: links to other stories, sharing bars, cookie and newsletter boxes, credits of photos.

The phrases are language data, ``[read]`` of each language's file; a page's furniture is looked for in the report's
language and in English, in which much of the web's furniture is written.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

import regex
from msgspec import Struct

from stemma.language.lexicon import table
from stemma.read.captions import is_caption
from stemma.read.published import parse_published

# Furniture is short. Longer lines are prose even where they begin like furniture (code points).
SHORT = 220
# Legal notices and consent texts can be longer.
NOTICE = 700
# How far from the beginning or end of a line a phrase of furniture may stand (code points).
EDGE = 40
# A sentence that begins like a link is one only when it is this short.
LINK_SENTENCE = 90

# A line that is there for its e-mail address or handle: whom to write to.
_ADDRESS = regex.compile(r"[\w.+-]{2,40}+@[\w-]{2,40}+\.\w|^@\w{3,}")
SEPARATORS = (":", "–", "-", ">", "»", "|", "→")
PREMIUM = ("🔒", "🔓", "🔐", "🔑", "(+)", "[+]", "⭐")


class Furniture(Struct, frozen=True):
    """A language's phrases, folded. ``boxes``: a heading after which come links or a form, not the report."""

    links: tuple[str, ...]
    boxes: frozenset[str]
    whole: frozenset[str]
    starts: tuple[str, ...]
    holds: tuple[str, ...]
    notices: tuple[str, ...]
    foot: tuple[str, ...]
    contributions: tuple[str, ...]
    dates: frozenset[str]
    byline: Any
    byline_end: Any


@cache
def of(language: str | None) -> Furniture:
    """The phrases of the language and of English."""
    tables = [table(language, "read"), *([table("en", "read")] if language != "en" else [])]

    def gather(name: str) -> tuple[str, ...]:
        return tuple(sorted({_phrase(phrase) for one in tables for phrase in one.get(name, ())}))

    cues = sorted({cue for one in tables for cue in one.get("byline", ())}, key=lambda cue: (-len(cue), cue))
    byline = regex.compile(rf"(?i:{'|'.join(map(regex.escape, cues))})(?:\s*:\s*|\s+)") if cues else None
    return Furniture(
        links=gather("links"),
        boxes=frozenset(map(fold, gather("boxes"))),
        whole=frozenset(map(fold, gather("whole"))),
        starts=gather("starts"),
        holds=gather("holds"),
        notices=gather("notices"),
        foot=gather("foot"),
        contributions=gather("contributions"),
        dates=frozenset(word for phrase in gather("dates") for word in phrase.split()),
        byline=byline,
        byline_end=_byline_end(tables[0].get("byline_ends", ())),
    )


def _byline_end(words: list[str]) -> Any:
    """ "홍길동 기자": a short name and the word for reporter after it."""
    if not words:
        return None
    return regex.compile(rf"\p{{Lo}}[\p{{Lo}} ·]{{1,9}}(?:{'|'.join(map(regex.escape, words))})")


def fold(line: str) -> str:
    """NFKC, case-folded, white space made single, without marks at the edges."""
    return " ".join(unicodedata.normalize("NFKC", line).casefold().replace("’", "'").split()).strip(
        " :.-–—|•·»«>→▶*#_…!"
    )


def _phrase(phrase: str) -> str:
    """A phrase as lines are folded; a colon at its end stays, as "source:" is furniture and "sources" is not."""
    return fold(phrase) + (":" if phrase.rstrip().endswith((":", "：")) else "")


def is_furniture(line: str, words: Furniture) -> bool:
    """Whether the line is a link, a box heading, a sharing bar, a notice, a photo credit."""
    if len(line) > NOTICE:
        return False
    folded = fold(line)
    if _has_at_an_edge(folded, words.notices):
        return True
    if len(line) > SHORT:
        return is_caption(line)
    if words.byline_end is not None and words.byline_end.fullmatch(line):
        return True
    if is_premium(line) or not any(mark.isalpha() for mark in folded) or is_caption(line):
        return True
    if _ADDRESS.search(line) and len(line) <= LINK_SENTENCE:
        return True
    bare = folded.strip("()[]<>= ")
    if bare in words.whole or bare in words.boxes:
        return True
    if _begins(folded, words.starts) or _has_at_an_edge(folded, words.holds):
        return True
    return is_link(line, folded, words)


def is_box(line: str, words: Furniture) -> bool:
    """Whether the line is a heading after which other stories or a form follow."""
    if len(line) > 80:
        return False
    folded = fold(line)
    head, colon, _ = folded.partition(":")
    return folded in words.boxes or (colon == ":" and head.strip() in words.boxes and head.strip() not in words.links)


def is_link(line: str, folded: str, words: Furniture) -> bool:
    """A line that sends the reader to another story: begins with the cue, and a colon follows or no sentence is told."""
    cue = _begins(folded, words.links)
    if not cue:
        return False
    rest = folded[len(cue) :].lstrip()
    if rest.startswith(SEPARATORS) or not rest:
        return True
    # "More people ..." and "Watch hours ..." are sentences; a cue of one word needs its colon.
    if " " not in cue and ord(cue[0]) < 0x2E80:
        return False
    told = line.rstrip("\"'”’“»)] ").endswith((".", "。"))
    return not told or len(line) <= LINK_SENTENCE


def is_premium(line: str) -> bool:
    """A headline that ends with a lock or a plus sign: a story for subscribers, not a sentence of this one."""
    return line.rstrip().rstrip("\ufe0f").endswith(PREMIUM)


def stamp(line: str, language: str | None) -> str | None:
    """The ISO date (and clock time) of a line that gives the date of publication."""
    return parse_published(line, language)


def _has_at_an_edge(folded: str, phrases: tuple[str, ...]) -> bool:
    """Whether a phrase stands near the beginning or the end: in the middle of a long line it is prose about itself."""
    for phrase in phrases:  # a plain loop, as every line is looked at for all of them
        if phrase in folded and (
            folded.find(phrase) <= EDGE or len(folded) - folded.rfind(phrase) - len(phrase) <= EDGE
        ):
            return True
    return False


def _begins(folded: str, phrases: tuple[str, ...]) -> str:
    """The longest phrase that the line begins with, as whole words (scripts without spaces need no boundary)."""
    found = ""
    if not folded.startswith(phrases):
        return found
    for phrase in phrases:
        if len(phrase) > len(found) and folded.startswith(phrase):
            after = folded[len(phrase) : len(phrase) + 1]
            if not (after.isalnum() and ord(after) < 0x2E80):
                found = phrase
    return found
