"""A text's paragraphs: where its lines begin and end, and whether a line ends like a sentence.

Offsets are code points into the text, half-open.
"""

from __future__ import annotations

from statistics import median

import regex

from stemma.records import Span
from stemma.spans import trim

# Every character that a text file, a web page or a database column may use to end a line.
NEWLINE = regex.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
END_MARKS = frozenset(".?!…。！？｡؟۔।॥։።")
CLOSING = frozenset("\"'”’“‘»«›‹)]}」』）】〉》〞＂ \u00a0\u200b\u200f\u200e*_")
# A line set by hand to a column width is seldom outside these; a paragraph on one line is seldom inside for all lines.
WRAPPED_WIDTHS = range(40, 101)


def split_lines(text: str) -> list[Span]:
    """The non-blank lines, without the white space at their edges."""
    found, start = [], 0
    for match in NEWLINE.finditer(text):
        found.append(trim(text, start, match.start()))
        start = match.end()
    found.append(trim(text, start, len(text)))
    return [line for line in found if line.end > line.start]


def split_paragraphs(text: str) -> list[Span]:
    """The paragraphs: the lines, or the blocks between blank lines where the lines were wrapped to a column width."""
    lines = split_lines(text)
    blocks = _blocks(text, lines)
    if not _is_wrapped(text, blocks):
        return lines
    return [Span(block[0].start, block[-1].end) for block in blocks]


def ends_sentence(text: str, span: Span) -> bool:
    """Whether the span ends with a sentence's end mark, closing quotation marks and brackets aside."""
    end = span.end
    while end > span.start and text[end - 1] in CLOSING:
        end -= 1
    return end > span.start and text[end - 1] in END_MARKS


def _blocks(text: str, lines: list[Span]) -> list[list[Span]]:
    blocks: list[list[Span]] = []
    for line in lines:
        gap = text[blocks[-1][-1].end : line.start] if blocks else ""
        if blocks and len(NEWLINE.findall(gap)) < 2:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _is_wrapped(text: str, blocks: list[list[Span]]) -> bool:
    """Lines inside blocks that break in the middle of sentences, at much the same width."""
    inner = [line for block in blocks for line in block[:-1]]
    if len(blocks) < 2 or len(inner) < 4:
        return False
    broken = sum(not ends_sentence(text, line) for line in inner)
    widths = [line.end - line.start for line in inner]
    return broken >= 0.6 * len(inner) and round(median(widths)) in WRAPPED_WIDTHS and max(widths) <= WRAPPED_WIDTHS.stop
