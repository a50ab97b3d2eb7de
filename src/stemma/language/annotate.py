"""One report to its sentences, words and anchors."""

from __future__ import annotations

import unicodedata

import regex
import sentencex

from stemma.records import Annotated, Report, Sentence, Span, Token

WORD = regex.compile(r"(?P<number>\d+(?:[.,\u00a0\u202f]\d+)*)|(?P<word>[\p{L}\p{M}]+(?:['’\-‐‑][\p{L}\p{M}\d]+)*)|(?P<mark>[^\s\p{L}\p{M}\d])")


def annotate(report: Report) -> Annotated:
    """All that later stages need to know of one report's text."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for number, (start, end) in enumerate(report.body or (Span(0, len(report.text)),)):
        for first, last in _sentences(report.text, start, end, report.language):
            begin = len(tokens)
            tokens.extend(_tokens(report.text, first, last))
            sentences.append(Sentence(first, last, number, "body", begin, len(tokens)))
    return Annotated(
        report=report, sentences=tuple(sentences), tokens=tuple(tokens), anchors=(), names=(), numbers=(), dates=()
    )


def _sentences(text: str, start: int, end: int, language: str | None) -> list[tuple[int, int]]:
    found = []
    for boundary in sentencex.get_sentence_boundaries(language or "en", text[start:end]):
        piece = text[start + boundary["start_index"] : start + boundary["end_index"]]
        left = start + boundary["start_index"] + len(piece) - len(piece.lstrip())
        right = start + boundary["start_index"] + len(piece.rstrip())
        if right > left:
            found.append((left, right))
    return found


def _tokens(text: str, start: int, end: int) -> list[Token]:
    return [
        Token(m.start(), m.end(), unicodedata.normalize("NFKC", m.group()).casefold(), m.lastgroup or "mark")
        for m in WORD.finditer(text, start, end)
    ]
