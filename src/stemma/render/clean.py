"""Report text as it may be shown: every character visible, one code point for one, so that offsets keep their meaning."""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from stemma.records import Report

_REPLACED = "�"


def _table() -> dict[int, str]:
    table = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"}
    table |= {ord("\r"): " ", 0x0C: " ", 0x7F: "␡", 0x2028: " ", 0x2029: " "}
    table |= dict.fromkeys(range(128, 160), _REPLACED)
    # Overrides, embeddings and isolates can make a line read in another order than it is written; each is shown instead.
    table |= dict.fromkeys((*range(8234, 8239), *range(8294, 8298)), _REPLACED)
    table |= dict.fromkeys(range(55296, 57344), _REPLACED)
    table |= {plane * 0x10000 + last: _REPLACED for plane in range(17) for last in (0xFFFE, 0xFFFF)}
    table |= dict.fromkeys(range(64976, 65008), _REPLACED)
    return table


_SHOWN = _table()
_RTL = {"ar", "fa", "he", "ur", "ps", "yi", "dv", "ckb", "sd", "ug"}


def shown(text: str) -> str:
    """The text with controls, overrides and lone surrogates as visible signs; the same number of code points."""
    return text.translate(_SHOWN)


def direction(language: str | None) -> str | None:
    """ "rtl" for languages written from right to left."""
    return "rtl" if language and language.split("-")[0] in _RTL else None


def tag(language: str | None) -> str:
    """A safe value for a lang attribute; "und" where nothing is known, so that the page's language is not inherited."""
    return language if language and re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}", language) else "und"


class Block(NamedTuple):
    """A paragraph of a report. ``number`` counts the body's paragraphs from 1; 0 outside the body."""

    start: int
    end: int
    number: int
    place: str


_LINE = re.compile(r"[^\n\r\u2028\u2029]+")


def blocks(report: Report) -> tuple[Block, ...]:
    """The non-blank lines of the text, body lines numbered; ``place`` is "body", "title", "top" or "foot"."""
    text, body = report.text, report.body or ()
    found: list[Block] = []
    number, at = 0, 0
    for line in _LINE.finditer(text):
        start, end = line.span()
        if not line.group().strip():
            continue
        while at < len(body) and body[at].end <= start:
            at += 1
        if not body or (at < len(body) and body[at].start < end):
            number += 1
            found.append(Block(start, end, number, "body"))
        else:
            found.append(Block(start, end, 0, _place(report, line.group(), number)))
    return tuple(found)


def _place(report: Report, line: str, number: int) -> str:
    if number:
        return "foot"
    return "title" if report.title and line.strip() == report.title.strip() else "top"


def block_at(parts: tuple[Block, ...], offset: int) -> Block | None:
    """The block that holds the offset, or the nearest one before it."""
    low, high = 0, len(parts)
    while low < high:
        middle = (low + high) // 2
        if parts[middle].start <= offset:
            low = middle + 1
        else:
            high = middle
    return parts[max(low - 1, 0)] if parts else None


# A full stop does not end a sentence after an initial, a title or a short month: "Dr.", "J.", "Jan."
_END = re.compile(
    r"(?<![\s(][A-ZÆØÅ])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z][a-z])[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«„(\[–—-]*\s?[^\W\da-z_])|[。！？]+[」』”）]*"
)


@lru_cache(maxsize=4096)
def _ends(piece: str) -> tuple[int, ...]:
    return tuple(match.end() for match in _END.finditer(piece))


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A paragraph cut at the ends of its sentences, for showing words in their context only."""
    cuts = [start, *(start + at for at in _ends(text[start:end])), end]
    found = []
    for low, high in itertools.pairwise(cuts):
        piece = text[low:high].rstrip()
        if piece.strip():
            found.append((low, low + len(piece)))
    return found


class Context(NamedTuple):
    """Words with what stands before and after them in their sentence."""

    before: str
    hit: str
    after: str


_REACH = 110  # code points on each side: with the hit itself about three lines at reading width


def context(report: Report, parts: tuple[Block, ...], start: int, end: int) -> Context:
    """The span inside its sentence, cut at words where the sentence is long."""
    text = report.text
    block = block_at(parts, start)
    low, high = (block.start, max(block.end, end)) if block else (start, end)
    if block:
        for first, last in sentences(text, block.start, block.end):
            if first <= start:
                low = first
            if last >= end:
                high = last
                break
    before, after = text[min(low, start) : start], text[end : max(high, end)]
    if len(before) > _REACH:
        before = "… " + before[-_REACH:].partition(" ")[2]
    if len(after) > _REACH:
        after = after[:_REACH].rpartition(" ")[0] + " …"
    return Context(flat(before), flat(text[start:end]), flat(after))


def flat(text: str) -> str:
    """The shown text on one line."""
    return shown(text).replace("\n", " ").replace("\t", " ")


_SHORT = 20  # a first sentence under this ("Breaking.") names nothing: the next one is needed as well


def opening(text: str, most: int) -> str:
    """The first sentence on one line, cut where ``most`` letters would end: half as many signs of a wide script."""
    line = " ".join(flat(text).split())
    ends = [end for _, end in sentences(line, 0, len(line)) if end >= _SHORT]
    first = line[: ends[0]] if ends else line
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in first[:most])
    return clip(first, most // 2 if 2 * wide > len(first[:most]) else most)


def clip(text: str, most: int) -> str:
    """At most ``most`` code points, cut at a word."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[:most]
    return (cut.rpartition(" ")[0] or cut) + " …"
