"""Negation and status in two languages: a clause denied, or to come, on one side of a translation only.

Languages part their clauses and tenses differently, so neither whole sentences nor single words prove much. What is
compared is how often each side denies (or tells as to come, as done) and whether the place where it does so, found by
the words both have (``landmarks``), has its like on the other side.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from stemma.collate.terms import terms_of
from stemma.compare.context import Difference, Spot, parallel
from stemma.compare.landmarks import SPEECH, landmarks, partners, region
from stemma.compare.slots import Line, Tensed
from stemma.compare.verbs import around, denying_stems, is_past, negations

# A sentence and its translation are of like length; where one is a part of the other, what is missing proves nothing.
LEAST, MOST = 0.5, 2.0
# Pieces behind a word of the future or the past among which its verb stands; where the verb stands last, behind an auxiliary.
AHEAD, FRAME = 3, 10
# Pieces round a verb's partner in which "will" or "may" belongs to it.
NEAR = 6


def negation_across(a: Line, b: Line) -> list[Difference]:
    """One sentence denies more often than its translation, at a place where the translation has no word that denies."""
    if not LEAST <= len(a.pieces) / max(len(b.pieces), 1) <= MOST or not (_can_deny(a) and _can_deny(b)):
        return []
    in_a, in_b = _denials(a), _denials(b)
    if len(in_a) == len(in_b):
        return []
    denied, plain, others = (a, b, in_b) if len(in_a) > len(in_b) else (b, a, in_a)
    others |= {
        first for first, _, _ in plain.find("negation")
    }  # idle here ("no longer"), it may be the other's negation
    known = landmarks(denied, plain)
    for first, last, _ in negations(denied) if max(len(in_a), len(in_b)) > len(others) else ():
        place = region(known, first, plain)
        if others.isdisjoint(place):
            spots = (around(denied, first - 1, last + 2, "not"), around(plain, place.start, place.stop, ""))
            return [_difference("negation", a, b, spots, denied is b)]
    return []


def status_across(a: Line, b: Line) -> list[Difference]:
    """One sentence tells as to come what its translation tells as done: the same verb, or one at the same place where the one
    sentence tells more to come and the other more as done."""
    times_a, times_b = _times(a), _times(b)
    for coming, told, ahead, done in ((a, b, times_a, times_b), (b, a, times_b, times_a)):
        more = len(ahead[0]) > len(done[0]) and len(done[1]) > len(ahead[1])
        pair = _at_odds(coming, ahead[0], told, done[1], more) if ahead[0] and done[1] else None
        if pair is not None:
            spots = (
                around(coming, pair[0].first, pair[0].last, "future"),
                around(told, pair[1].first, pair[1].last, "historical"),
            )
            return [_difference("status", a, b, spots, coming is b)]
    return []


def _at_odds(
    coming: Line, ahead: Sequence[Tensed], told: Line, done: Sequence[Tensed], more: bool
) -> tuple[Tensed, Tensed] | None:
    """A verb to come and one done that are one verb; ``more``: a like place is enough."""
    known, open_still = landmarks(coming, told), _not_done(told)
    for x in ahead:
        there, place = partners(coming, x.verb, told), region(known, x.first, told)
        for y in done:
            here = partners(told, y.verb, coming)
            if not _may_be_one(x, there, y, here) or (_is_wish(coming, x) and not _already(told, y)):
                continue
            if y.verb in there:
                near = range(y.verb - NEAR, y.verb + NEAR + 1)
            elif more and y.first in place and not (_is_speech(coming, x) or _is_speech(told, y)):
                near = place
            else:
                continue
            if open_still.isdisjoint(near):
                return x, y
    return None


def _may_be_one(x: Tensed, there: Sequence[int], y: Tensed, here: Sequence[int]) -> bool:
    """Whether two verb groups may be of one verb: neither verb has its like in the other sentence outside of the other group."""
    return (not there or any(y.first <= m < y.last for m in there)) and (
        not here or any(x.first <= m < x.last for m in here)
    )


def _is_speech(line: Line, group: Tensed) -> bool:
    """What is said to be done stands beside what is said: a verb of speech is no partner of another verb."""
    return any(not SPEECH.isdisjoint(term) for term in terms_of(line.pieces[group.verb].norm, line.language))


def _is_wish(line: Line, group: Tensed) -> bool:
    return any(first == group.first for first, _, _ in line.find("wish"))


def _already(line: Line, group: Tensed) -> bool:
    return any(p.norm in line.words.already for p in line.pieces[max(0, group.first - 1) : group.last])


def _difference(
    slot: Literal["negation", "status"], a: Line, b: Line, spots: tuple[Spot, Spot], turned: bool
) -> Difference:
    first, second = reversed(spots) if turned else spots
    return Difference(slot, first, second, parallel(a, b), "its place")


def _can_deny(line: Line) -> bool:
    """Whether the language's words of negation are known."""
    return bool(line.words.negation or line.words.within.get("negation"))


def _denials(line: Line) -> frozenset[int]:
    """Where a sentence denies; worked out once."""
    if "denials" not in line.found:
        line.found["denials"] = [(n, n + 1, "") for n in sorted(_deny(line))]
    return frozenset(first for first, _, _ in line.found["denials"])


def _deny(line: Line) -> set[int]:
    """Where a sentence denies: negations, words that deny without one, words with a negative beginning; not where it merely
    sets something against something else ("but", "more than")."""
    contrast = {first for first, _, _ in line.find("contrast")}
    implied = {first for first, _, _ in line.find("implicit_negation")} - contrast
    return implied | {first for first, _, _ in negations(line)} | denying_stems(line)


def _not_done(line: Line) -> set[int]:
    """Where a sentence tells something as to come, possible or expected."""
    marks = {first for name in ("future", "possible", "expected") for first, _, _ in line.find(name)}
    return marks | set(_future_forms(line))


def _times(line: Line) -> tuple[list[Tensed], list[Tensed]]:
    """(the verbs told as to come, those told as done); worked out once."""
    if not line.tensed:
        line.tensed.append(_read_times(line))
    return line.tensed[0]


def _read_times(line: Line) -> tuple[list[Tensed], list[Tensed]]:
    ahead = sorted({first for first, _, _ in line.find("future")} | set(_future_forms(line)))
    auxiliary = {first for first, _, p in line.find("done") if p not in line.words.already}
    auxiliary = {n for n in auxiliary if not line.words.participles or _participle_behind(line, n)}
    other = _not_done(line) | {first for first, _, _ in line.find("present_auxiliary")}
    done: list[int] = []
    for n in sorted(auxiliary | {n for n in range(len(line.pieces)) if is_past(line, n)}):
        if not _behind(line, n, {*other, *done}):
            done.append(n)
    return (
        [_group(line, n) for n in ahead if not _behind(line, n, set(ahead) - {n})],
        [_group(line, n) for n in done],
    )


def _group(line: Line, n: int) -> Tensed:
    """The verb group that begins at a piece, up to its participle or three pieces; its verb is the participle, else the first
    word behind an auxiliary that means something."""
    participle = _participle_behind(line, n)
    last = n + 1
    while last < min(len(line.pieces), max((participle or n) + 1, n + AHEAD)) and _joined(line, n, last):
        last += 1
    meaning = (m for m in range(n, last) if terms_of(line.pieces[m].norm, line.language))
    return Tensed(n, last, participle or next(meaning, n))


def _participle_behind(line: Line, n: int) -> int | None:
    """The participle that belongs to an auxiliary, the last of "had been sold": among the next pieces, or at its clause's end."""
    reach = FRAME if line.words.verb_frame else AHEAD
    found = None
    for m in range(n + 1, min(len(line.pieces), n + reach + 1)):
        if not _joined(line, n, m) or (found and m > found + 2):
            break
        found = m if line.words.participle(line.pieces[m].norm) else found
    return found


def _behind(line: Line, n: int, marks: Collection[int]) -> bool:
    """Whether a verb form belongs to a mark before it: "will have *made*", "zal ... worden *onthuld*"."""
    reach = FRAME if line.words.verb_frame and line.words.participle(line.pieces[n].norm) else AHEAD
    return any(m in marks for m in range(n - 1, max(-1, n - reach - 1), -1) if _joined(line, m, n))


def _joined(line: Line, first: int, last: int) -> bool:
    """Whether nothing but spaces stands between the pieces of a stretch."""
    text, pieces = line.one.report.text, line.pieces
    return not any(text[pieces[n].end : pieces[n + 1].start].strip(" ’'-") for n in range(first, last))


def _future_forms(line: Line) -> Iterator[int]:
    endings = line.words.future_endings
    for n, p in enumerate(line.pieces if endings else ()):
        if len(p.norm) > 5 and not p.capital and p.norm.endswith(endings):
            yield n
