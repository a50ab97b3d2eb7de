"""The words of one report as lineage compares them: their spans, their folded forms, and which of them are speech."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

import regex

from stemma.records import Annotated, Witness

# The marks that can begin a quotation, each with the marks that can end it.
CLOSERS = {
    '"': '"',
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«»",
    "”": "”",
    "「": "」",
    "『": "』",
    "‘": "’",
}
OPENERS = regex.compile("[" + "".join(CLOSERS) + "]")
# A quotation longer than this many code points is more likely a lost mark: the text is then not taken for speech.
LONGEST_SPEECH = 600
DASHES = "–—-―"


class Words(NamedTuple):
    """The words and numbers of a report, in order. ``spoken[i]``: word ``i`` stands in quotation marks or dash speech."""

    report: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    norms: tuple[str, ...]
    spoken: tuple[bool, ...]

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        """The words that begin inside ``start:end``, as a half-open range."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def witness(self, first: int, last: int) -> Witness:
        """The span of words ``first:last`` (at least one word)."""
        return Witness(self.report, self.starts[first], self.ends[last - 1])


def read_words(one: Annotated) -> Words:
    """The words of a report's title and body."""
    kept = sorted({token[:3] for token in one.tokens if token.kind != "mark"})
    speech = speech_spans(one)
    spoken = []
    at = 0
    for start, _, _ in kept:
        while at < len(speech) and speech[at][1] <= start:
            at += 1
        spoken.append(at < len(speech) and speech[at][0] <= start)
    return Words(
        one.report.id,
        tuple([k[0] for k in kept]),
        tuple([k[1] for k in kept]),
        tuple([k[2] for k in kept]),
        tuple(spoken),
    )


def speech_spans(one: Annotated) -> list[tuple[int, int]]:
    """What stands in quotation marks, paragraph by paragraph, and paragraphs that open with a dash of speech; sorted."""
    text = one.report.text
    found: list[tuple[int, int]] = []
    for start, end in one.report.body or ((0, len(text)),):
        if text[start:end].lstrip()[:1] in DASHES and text[start:end].lstrip()[1:2] == " ":
            found.append((start, _end_of_dash_speech(text, start, end)))
        found += _marked(text, start, end)
    return sorted(found)


def _end_of_dash_speech(text: str, start: int, end: int) -> int:
    """Dash speech runs to the comma before its cue, or to the end of the paragraph."""
    comma = text.rfind(", ", start, end)
    return comma if comma > start else end


def _marked(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    after = start
    for mark in OPENERS.finditer(text, start, end):
        at = mark.start()
        if at < after or (at > start and text[at - 1].isalnum()):
            continue
        close = _closing(text, at + 1, min(end, at + LONGEST_SPEECH), CLOSERS[text[at]])
        if close is not None:
            found.append((at, close + 1))
            after = close + 1
    return found


def _closing(text: str, start: int, end: int, closers: str) -> int | None:
    places = []
    for closer in closers:
        at = text.find(closer, start, end)
        while at >= 0 and closer == "’" and at + 1 < len(text) and text[at + 1].isalnum():  # an apostrophe
            at = text.find(closer, at + 1, end)
        if at >= 0:
            places.append(at)
    return min(places, default=None)
