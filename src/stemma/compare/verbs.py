"""Negation and status: words of one sentence that another lacks at the same place."""

from __future__ import annotations

from collections.abc import Iterable

from stemma.collate.terms import terms_of
from stemma.compare.context import SIDE, SURE, Difference, Projection, Spot, alike, neighbours, project
from stemma.compare.slots import Line

# Pieces behind a negation in which a word that denies takes it back.
TAKEN_BACK = 2


def verbs(a: Line, b: Line, way: Projection) -> list[Difference]:
    """Negation and status: words of one sentence that the other lacks at the same place."""
    denied, ahead = _negation(a, b, way), _to_come(a, b, way)
    if b.find("negation") or b.find("future"):
        back = project(b.pieces, a.pieces)
        denied += _turned(_negation(b, a, back))
        ahead += _turned(_to_come(b, a, back))
    return denied + ahead


def _turned(found: Iterable[Difference]) -> list[Difference]:
    return [Difference(d.slot, d.b, d.a, d.same, d.how) for d in found]


def _negation(a: Line, b: Line, way: Projection) -> list[Difference]:
    """A negation of ``a`` that ``b`` lacks where the words around it are the same."""
    found = []
    in_b = [hit[0] for hit in b.find("negation")]
    for first, last, _ in a.find("negation"):
        low, high = way.to[first], way.to[last]
        if any(low - 3 <= n <= high + 3 for n in in_b) or _denied(b, low, high):
            continue
        before = neighbours(a.pieces[max(0, first - SIDE) : first][::-1], b.pieces[max(0, low - SIDE) : low][::-1])
        behind = neighbours(a.pieces[last : last + SIDE], b.pieces[low : low + SIDE + 1])
        same = 0.5 * before + 0.5 * behind
        if same >= SURE and way.ratio >= 0.5 and _same_verb(a, first, last, b, low):
            found.append(
                Difference(
                    "negation",
                    around(a, first - 1, last + 1, "not"),
                    around(b, low - 1, low + 1, ""),
                    same,
                    "same words",
                )
            )
    return found


def _same_verb(a: Line, first: int, last: int, b: Line, low: int) -> bool:
    """Whether the word that is denied, the next one behind the negation or else before it that means something, is said there."""
    order = (*range(last, min(len(a.pieces), last + SIDE)), *range(first - 1, max(-1, first - SIDE), -1))
    denied = next((n for n in order if terms_of(a.pieces[n].norm, a.language)), None)
    there = b.pieces[max(0, low - SIDE) : low + SIDE + 1]
    return denied is None or any(alike(a.pieces[denied].norm, p.norm) for p in there)


def _denied(line: Line, low: int, high: int) -> bool:
    """Whether the words at this place deny without a negation ("refused to")."""
    return any(low - 3 <= hit[0] <= high + 3 for hit in line.find("implicit_negation"))


def around(line: Line, first: int, last: int, value: str) -> Spot:
    """The words from piece ``first`` up to ``last``, kept inside the sentence."""
    low, high = max(0, first), min(len(line.pieces), max(last, first + 1))
    low = min(low, len(line.pieces) - 1)
    return Spot(line.pieces[low].start, line.pieces[max(high - 1, low)].end, value)


def _to_come(a: Line, b: Line, way: Projection) -> list[Difference]:
    """``a`` tells as to come what ``b`` tells as done, in the same words."""
    found: list[Difference] = []
    if not a.find("future"):
        return found
    done_b = done_places(b)
    future_b = [hit[0] for hit in b.find("future")]
    for first, last, _ in a.find("future"):
        low, high = way.to[first], max(way.to[last], way.to[first] + 1)
        if any(low - 2 <= n <= high + 1 for n in future_b):
            continue
        hit = next((n for n in done_b if low - 1 <= n <= high), None)
        if hit is None:
            continue
        before = neighbours(a.pieces[max(0, first - SIDE) : first][::-1], b.pieces[max(0, hit - SIDE) : hit][::-1])
        behind = neighbours(a.pieces[last : last + SIDE + 1], b.pieces[hit : hit + SIDE + 2])
        same = 0.5 * before + 0.5 * behind
        if same >= SURE:
            found.append(
                Difference(
                    "status",
                    around(a, first, last + 1, "future"),
                    around(b, hit, hit + 2, "historical"),
                    same,
                    "same words",
                )
            )
    return found


def done_places(line: Line) -> list[int]:
    """Pieces that tell something as done: auxiliaries and past forms."""
    if "past forms" not in line.found:
        marked = {hit[0] for hit in line.find("done")} | {n for n in range(len(line.pieces)) if is_past(line, n)}
        line.found["past forms"] = [(n, n + 1, "") for n in sorted(marked)]
    return [hit[0] for hit in line.found["past forms"]]


def is_past(line: Line, n: int) -> bool:
    """Whether a piece looks like a finite past form by the language's list and endings."""
    norm, words = line.pieces[n].norm, line.words
    return norm in words.past_words or (
        len(norm) > 4 and not line.pieces[n].capital and norm.endswith(words.past_endings or ("\0",))
    )


def negations(line: Line) -> list[tuple[int, int, str]]:
    """Negations that deny something: not those of "not only", "or not", "barcos no declarados", nor a name ("Chiang Mai"); a
    word that denies right behind one takes it back ("cannot rule out", "not unusual")."""
    hits = [hit for hit in line.find("negation") if not _is_name(line, hit[0])]
    if not hits:
        return []
    idle = {n for first, last, _ in line.find("idle_negation") for n in range(first, last)}
    denying = {first for first, _, _ in line.find("implicit_negation")} | denying_stems(line)
    endings = line.words.participle_endings
    return [
        hit
        for hit in hits
        if hit[0] not in idle
        and denying.isdisjoint(range(hit[1], hit[1] + TAKEN_BACK))
        and not (endings and hit[1] < len(line.pieces) and line.pieces[hit[1]].norm.endswith(endings))
    ]


def _is_name(line: Line, n: int) -> bool:
    """Whether a word that looks like a negation is a name: "Chiang Mai", the letters "PAS"."""
    text, piece = line.one.report.text, line.pieces[n]
    written = text[piece.start : piece.end]
    behind_a_word = n > 0 and line.pieces[n - 1].end == piece.start - 1
    return piece.capital and (behind_a_word or (len(written) > 1 and written.isupper() and not line.text.isupper()))


def denying_stems(line: Line) -> set[int]:
    """Words with a negative beginning: "unclear", "onmogelijk"."""
    stems = line.words.negative_stems
    return {n for n, p in enumerate(line.pieces) if stems and p.norm.startswith(stems)}
