"""Negation and status: words of one sentence that another lacks at the same place."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.compare.context import SIDE, SURE, Difference, Projection, Spot, neighbours, parallel, project
from stemma.compare.slots import Line


def verbs(a: Line, b: Line, way: Projection) -> list[Difference]:
    """Negation and status: words of one sentence that the other lacks at the same place."""
    found = _negation(a, b, way)
    back = project(b.pieces, a.pieces)
    found += [Difference(d.slot, d.b, d.a, d.same, d.how) for d in _negation(b, a, back)]
    return found + _status(a, b, way)


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
        if same >= SURE and way.ratio >= 0.5:
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


def _denied(line: Line, low: int, high: int) -> bool:
    """Whether the words at this place deny without a negation ("refused to")."""
    return any(low - 3 <= hit[0] <= high + 3 for hit in line.find("implicit_negation"))


def around(line: Line, first: int, last: int, value: str) -> Spot:
    """The words from piece ``first`` up to ``last``, kept inside the sentence."""
    low, high = max(0, first), min(len(line.pieces), max(last, first + 1))
    low = min(low, len(line.pieces) - 1)
    return Spot(line.pieces[low].start, line.pieces[max(high - 1, low)].end, value)


def _status(a: Line, b: Line, way: Projection) -> list[Difference]:
    """One sentence tells as to come what the other tells as done, in the same words."""
    found = _to_come(a, b, way)
    back = project(b.pieces, a.pieces)
    return found + [Difference(d.slot, d.b, d.a, d.same, d.how) for d in _to_come(b, a, back)]


def _to_come(a: Line, b: Line, way: Projection) -> list[Difference]:
    found = []
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


def status_across(a: Line, b: Line) -> list[Difference]:
    """One sentence says "had already", its translation tells as to come only.

    A past form alone beside a future one is no sign: languages part their clauses and tenses differently (on the dev half
    36 such pairs were all translations of each other).
    """
    found = []
    for one, other, turned in ((a, b, False), (b, a, True)):
        done, ahead = _already(one), _only_ahead(other)
        if done is not None and ahead is not None and not one.find("future"):
            pair = (ahead, done) if turned else (done, ahead)
            found.append(Difference("status", *pair, parallel(a, b), "whole sentence"))
    return found


def _already(line: Line) -> Spot | None:
    """A form of the past with "already" beside it."""
    words = line.words.already
    for n in done_places(line):
        if any(line.pieces[m].norm in words for m in (n - 1, n + 1) if 0 <= m < len(line.pieces)):
            return around(line, n, n + 3, "historical")
    return None


def _only_ahead(line: Line) -> Spot | None:
    """A form of the future in a sentence that tells nothing as done."""
    ahead = [hit[0] for hit in line.find("future")]
    endings = line.words.future_endings
    if endings:
        ahead += [
            n for n, p in enumerate(line.pieces) if len(p.norm) > 5 and not p.capital and p.norm.endswith(endings)
        ]
    return around(line, min(ahead), min(ahead) + 2, "future") if ahead and not done_places(line) else None


def negation_across(a: Line, b: Line) -> list[Difference]:
    """The main clause of one sentence is negated, its translation has no negation and no word that denies."""
    if not (_can_deny(a) and _can_deny(b)) or not 0.5 <= len(a.pieces) / max(len(b.pieces), 1) <= 2.0:
        return []
    in_a, in_b = negations(a), negations(b)
    if bool(in_a) == bool(in_b):
        return []
    denied, plain = (a, b) if in_a else (b, a)
    if not _main(denied, (in_a or in_b)[0][0]) or _denies(plain):
        return []
    return [
        Difference("negation", _negated_or_whole(a, in_a), _negated_or_whole(b, in_b), parallel(a, b), "whole sentence")
    ]


def _can_deny(line: Line) -> bool:
    """Whether the language's words of negation are known."""
    return bool(line.words.negation or line.words.within.get("negation"))


def negations(line: Line) -> list[tuple[int, int, str]]:
    """Negations that deny something: not those of "not only", "or not", "barcos no declarados"."""
    idle = {n for first, last, _ in line.find("idle_negation") for n in range(first, last)}
    hits = [hit for hit in line.find("negation") if hit[0] not in idle]
    endings = line.words.participle_endings
    return [
        hit
        for hit in hits
        if not endings or hit[1] >= len(line.pieces) or not line.pieces[hit[1]].norm.endswith(endings)
    ]


def _denies(line: Line) -> bool:
    """Whether a sentence has any negation, or a word that denies without one: "refused", "unknown"."""
    words = line.words
    if line.find("negation") or line.find("implicit_negation"):
        return True
    return bool(words.negative_stems) and any(p.norm.startswith(words.negative_stems) for p in line.pieces)


def _main(line: Line, at: int) -> bool:
    """Whether a negation stands in the main clause: no subordinating word before it since the last comma."""
    text = line.one.report.text
    for n in range(at - 1, -1, -1):
        if line.pieces[n].norm in line.words.subordinators:
            return False
        if "," in text[line.pieces[n].end : line.pieces[n + 1].start]:
            return True
    return True


def _negated_or_whole(line: Line, hits: Sequence[tuple[int, int, str]]) -> Spot:
    if hits:
        return around(line, hits[0][0] - 1, hits[0][1] + 1, "not")
    return Spot(line.start, line.end, "")
