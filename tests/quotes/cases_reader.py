"""Reads the sentences of tests/cases/quotes.<language>.jsonl and judges what is found in them.

In a sentence ⟦ ⟧ holds what is said and ⟨ ⟩ who says it; a second quotation is numbered, ⟦2: ⟧. A sentence of kind
"negative" has no direct quotation. All sentences are invented.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

from case_files import cases_in
from stemma.language import annotate
from stemma.quotes import extract_quotations
from stemma.records import Quotation, Report

OPEN, CLOSE = "⟦⟨", "⟧⟩"


class Wanted(NamedTuple):
    """One quotation of a case: its content spans and the speaker's span."""

    content: list[tuple[int, int]]
    speaker: tuple[int, int] | None


class Verdict(NamedTuple):
    """Whether all contents were found, whether all speakers are right (None: no speaker in the case), what was found."""

    content: bool
    speaker: bool | None
    found: list[Any]


def rows(language: str) -> list[dict[str, str]]:
    """The cases of a language."""
    return cases_in(f"quotes.{language}.jsonl")


def parse(marked: str) -> tuple[str, list[Wanted]]:
    """The plain text and the quotations marked in it."""
    text, stack = "", []
    content: dict[int, list[tuple[int, int]]] = {}
    speaker: dict[int, tuple[int, int]] = {}
    at = 0
    while at < len(marked):
        char = marked[at]
        if char in OPEN:
            number = re.match(r"(\d):", marked[at + 1 :])
            stack.append((int(number.group(1)) if number else 1, len(text)))
            at += 2 if number else 0
        elif char in CLOSE:
            which, start = stack.pop()
            if char == "⟧":
                content.setdefault(which, []).append((start, len(text)))
            else:
                speaker[which] = (start, len(text))
        else:
            text += char
        at += 1
    return text, [Wanted(content[n], speaker.get(n)) for n in sorted(content)]


def bare(text: str) -> str:
    """Without punctuation and blanks at the edges."""
    while text and unicodedata.category(text[0])[0] in "PSZC":
        text = text[1:]
    while text and unicodedata.category(text[-1])[0] in "PSZC":
        text = text[:-1]
    return " ".join(text.split())


def judge(language: str, row: dict[str, str]) -> Verdict:
    """Run the finder on one case."""
    text, wanted = parse(row["text"])
    found = extract_quotations(annotate(Report(id="case", text=text, language=language)))
    shown = [([text[s:e] for s, e in q.content], q.speaker and q.speaker.name, q.type, q.marking) for q in found]
    for q in found:
        assert all(0 <= s < e <= len(text) for s, e in (*q.content, *q.marked))
    if row["kind"] == "negative":
        return Verdict(not any(q.type == "direct" for q in found), None, shown)
    hits = [_match(text, one, found) for one in wanted]
    named = [(one, q) for one, q in zip(wanted, hits, strict=True) if one.speaker is not None]
    right = all(q is not None and _speaker(text, one, q) for one, q in named) if named else None
    return Verdict(all(q is not None for q in hits), right, shown)


def _match(text: str, wanted: Wanted, found: tuple[Quotation, ...]) -> Quotation | None:
    pieces = [bare(text[s:e]) for s, e in wanted.content]
    return next((q for q in found if [bare(text[s:e]) for s, e in q.content] == pieces), None)


def _speaker(text: str, wanted: Wanted, q: Quotation) -> bool:
    """The predicted words lie in the speaker's phrase or hold it; a few words more or less do not matter."""
    if q.speaker is None or q.speaker.span is None or wanted.speaker is None:
        return False
    start, end = max(q.speaker.span[0], wanted.speaker[0]), min(q.speaker.span[1], wanted.speaker[1])
    return 2 * (end - start) >= min(q.speaker.span[1] - q.speaker.span[0], wanted.speaker[1] - wanted.speaker[0]) > 0
