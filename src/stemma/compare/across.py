"""Negation and status in two languages, verb by verb: the same verb denied, or to come, on one side only.

Sentences of two languages part their clauses and tenses differently, so whole sentences prove little. A verb has a partner
in the other sentence where a concept, or the beginning of a word both languages have, is the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from stemma.collate.terms import terms_of
from stemma.compare.context import Difference, Spot, parallel
from stemma.compare.slots import Line
from stemma.compare.verbs import around, is_past, negations

# Verbs that stand beside others in every report: that one of them is past proves nothing of the next.
LIGHT = frozenset(
    {"c:say", "c:tell", "c:announce", "c:add", "c:state", "c:report", "c:go", "c:come", "c:take", "c:give"}
)
# Pieces behind "not" or "will", and before "not", among which the verb stands.
AHEAD, BACK = 4, 2
# Pieces around a verb's partner in which a negation, a future or an auxiliary belongs to it.
NEAR = 6
# Pieces before a verb among which "should" or "will" makes it no fact; behind an auxiliary of the past: in languages that put the
# verb last, and in others.
MODAL, FRAME, NEXT = 4, 10, 2
# A sentence and its translation are of like length; where one is a part of the other, what is missing proves nothing.
LEAST, MOST = 0.5, 2.0


def negation_by_verb(a: Line, b: Line) -> list[Difference]:
    """One sentence denies a verb that its translation tells without a negation and without a word that denies."""
    found: list[Difference] = []
    if not LEAST <= len(a.pieces) / max(len(b.pieces), 1) <= MOST:
        return found
    for denied, plain, turned in ((a, b, False), (b, a, True)):
        hits, others = negations(denied), _deny(plain)
        for first, last, _ in hits:
            scope = (*range(last, min(len(denied.pieces), last + AHEAD)), *range(max(0, first - BACK), first))
            met = [m for n in scope for m in partners(denied, n, plain)]
            if met and len(others) < len(hits) and not any(abs(m - n) <= NEAR for m in met for n in others):
                spots = (around(denied, first - 1, last + 2, "not"), around(plain, met[0] - 1, met[0] + 2, ""))
                found.append(_difference("negation", a, b, spots, turned))
                break
    return found[:1]


def status_by_verb(a: Line, b: Line) -> list[Difference]:
    """One sentence tells a verb as to come, its translation tells the same verb as done."""
    found = []
    for ahead, told, turned in ((a, b, False), (b, a, True)):
        coming = _ahead(told)
        for mark, n in _verbs_to_come(ahead):
            met = [m for m in partners(ahead, n, told) if _is_done(told, m)]
            if met and not any(abs(m - k) <= NEAR for m in met for k in coming):
                spots = (around(ahead, mark, n + 1, "future"), around(told, met[0] - 2, met[0] + 1, "historical"))
                found.append(_difference("status", a, b, spots, turned))
                break
    return found[:1]


def partners(line: Line, n: int, other: Line) -> list[int]:
    """The pieces of another sentence that say what a piece says; none for names, numbers and function words."""
    piece = line.pieces[n]
    if (piece.capital and n) or piece.norm[:1].isdigit():
        return []
    keys = frozenset().union(*terms_of(piece.norm, line.language)) - LIGHT
    if not keys:
        return []
    return [
        m
        for m, one in enumerate(other.pieces)
        if any(not keys.isdisjoint(term) for term in terms_of(one.norm, other.language))
    ]


def _difference(slot: str, a: Line, b: Line, spots: tuple[Spot, Spot], turned: bool) -> Difference:
    first, second = reversed(spots) if turned else spots
    return Difference("negation" if slot == "negation" else "status", first, second, parallel(a, b), "one verb")


def _deny(line: Line) -> list[int]:
    """Where a sentence denies: negations, words that deny without one, words with a negative beginning."""
    stems = line.words.negative_stems
    marks = [
        n
        for name in ("negation", "implicit_negation")
        for first, last, _ in line.find(name)
        for n in range(first, last)
    ]
    return marks + [n for n, p in enumerate(line.pieces) if stems and p.norm.startswith(stems)]


def _ahead(line: Line) -> list[int]:
    """Where a sentence tells something as to come or possible."""
    marks = [first for name in ("future", "possible", "expected") for first, _, _ in line.find(name)]
    return marks + _future_forms(line)


def _future_forms(line: Line) -> list[int]:
    endings = line.words.future_endings
    if not endings:
        return []
    return [n for n, p in enumerate(line.pieces) if len(p.norm) > 5 and not p.capital and p.norm.endswith(endings)]


def _verbs_to_come(line: Line) -> Iterator[tuple[int, int]]:
    """(where the future is marked, a word that may be its verb)."""
    for first, last, _ in line.find("future"):
        for n in _run(line, last, last + AHEAD):
            yield first, n
    for n in _future_forms(line):
        yield n, n
        for m in _run(line, n + 1, n + 3):
            yield n, m


def _run(line: Line, first: int, last: int) -> Iterator[int]:
    """The pieces from ``first`` on with nothing but spaces between them and the one before."""
    text = line.one.report.text
    for n in range(first, min(last, len(line.pieces))):
        if n and text[line.pieces[n - 1].end : line.pieces[n].start].strip(" ’'-"):
            return
        yield n


def _is_done(line: Line, n: int) -> bool:
    """Whether a verb is told as done: it is a past form, or stands behind an auxiliary of the past ("was opened", "werd vorige
    week geopend"), and nothing before it makes it possible or wanted only ("should be opened")."""
    if any(
        first in range(n - MODAL, n) for name in ("possible", "future", "expected") for first, _, _ in line.find(name)
    ):
        return False
    auxiliary = {first for first, last, _ in line.find("done")}
    reach = FRAME if line.words.verb_frame else NEXT
    behind = next((m for m in range(n - 1, max(-1, n - reach - 1), -1) if m in auxiliary), None)
    if behind is not None and line.words.participle(line.pieces[n].norm):
        return list(_run(line, behind + 1, n + 1))[-1:] == [n]
    return is_past(line, n) and not line.words.participle_alike
