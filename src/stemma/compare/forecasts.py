"""A forecast in one report that another report tells as fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from stemma.compare.context import Spot, parallel
from stemma.compare.findings import Finding, Told
from stemma.compare.slots import Line
from stemma.compare.spoken import Spoken
from stemma.compare.telling import Lines, every_line, persons_differ
from stemma.compare.verbs import is_past
from stemma.compare.vocabulary import fold, marked, meanings
from stemma.reasons import give
from stemma.records import Quotation, Report, Statement, Witness

# Word stems that a forecast and the fact told of it must share, and their share of the shorter sentence. Below, pairs read
# on the dev data were about different things more often than not.
SHARED = 4
SHARE = 0.25
SAME_VERB = 0.3
# Sentences that hold a stem before it says nothing about which of them belong together.
COMMON = 60
# Concepts and names that a forecast and the fact told of it in another language share.
MEANINGS, MEANING = 3, 0.3
# How far from the forecast's and the past verb the shared phrase may stand, in pieces.
NEAR = 7
# Anchors that sentences in two languages share before one is held to tell what the other forecasts.
PARALLEL = 0.5
# Concepts of the verbs that only report a forecast.
SAYING = frozenset({"say", "tell", "announce", "add", "state", "report"})
# A page with more forecasts told as facts is not read: the best ones only.
AT_MOST = 3


def forecasts(
    reports: Mapping[str, Report],
    lines: Lines,
    statements: Sequence[Statement],
    quotations: Sequence[Quotation],
    families: Mapping[str, str],
) -> list[Finding]:
    """Somebody's forecast in one report that another report tells as done, in much the same words or a translation."""
    said = Spoken(quotations)
    in_marks = Spoken(q for q in quotations if q.marking != "none")
    ahead = [(line, mark) for line in every_line(lines) if (mark := _forecast(line, said)) is not None]
    done = [(line, verb) for line in every_line(lines) if (verb := _fact(line, in_marks)) is not None]
    expected = [(line, mark) for line, mark in ahead if line.find("expected")]
    carried = _carried(statements)
    scored = [
        *_in_the_same_words(ahead, done, families),
        *_in_one_statement(expected, done, statements),
        *_in_two_languages(expected, done, families),
    ]
    found: list[Finding] = []
    used: set[Told] = set()
    for _, left, right in sorted(scored):
        if left not in used and right not in used and not _both_tell_both(carried, left, right):
            used |= {left, right}
            spans = [Witness(one.report, one.spot.start, one.spot.end) for one in (left, right)]
            reason = give("to come beside done", reports, spans)
            mates = [Told(line.one.report.id, mark) for line, mark in ahead if _stand_together(carried, line, left)]
            others = tuple(told for told in mates if told.report not in (left.report, right.report))
            found.append(Finding("status", "look", "forecast told as fact", ((left, *others), (right,)), (reason,)))
    return found[:AT_MOST]


def _carried(statements: Sequence[Statement]) -> dict[str, list[tuple[int, int, Statement]]]:
    """By report, the spans of its sentences with the statements they stand in."""
    found: dict[str, list[tuple[int, int, Statement]]] = {}
    for one in statements:
        for w in one.sentences:
            found.setdefault(w.report, []).append((w.start, w.end, one))
    return found


def _stand_together(carried: Mapping[str, Sequence[tuple[int, int, Statement]]], line: Line, told: Told) -> bool:
    """Whether a sentence stands in one statement with the words told."""
    mine = {one.id for start, _, one in carried.get(line.one.report.id, ()) if start == line.start}
    return any(start <= told.spot.start < end and one.id in mine for start, end, one in carried.get(told.report, ()))


def _both_tell_both(carried: Mapping[str, Sequence[tuple[int, int, Statement]]], left: Told, right: Told) -> bool:
    """Whether one of the two reports also has the other one's sentence: then none of them has told one for the other."""
    for one, other in ((left, right), (right, left)):
        for start, end, statement in carried.get(one.report, ()):
            if start <= one.spot.start < end and any(
                w.report == other.report and not w.start <= other.spot.start < w.end for w in statement.sentences
            ):
                return True
    return False


Marked = Sequence[tuple[Line, Spot]]


def _in_the_same_words(ahead: Marked, done: Marked, families: Mapping[str, str]) -> Iterator[tuple[float, Told, Told]]:
    """Pairs in one language with word stems and the verb or a phrase beside it in common; best first by share of the shorter one."""
    stems = {id(line): _stems(line) for line, _ in (*ahead, *done)}
    holders: dict[str, list[int]] = {}
    for n, (second, _) in enumerate(done):
        for stem in stems[id(second)]:
            holders.setdefault(stem, []).append(n)
    for first, mark in ahead:
        own = stems[id(first)]
        counted = Counter(n for stem in own if len(holders.get(stem, ())) <= COMMON for n in holders.get(stem, ()))
        for n in sorted(n for n, count in counted.items() if count >= SHARED // 2):
            second = done[n][0]
            if first.one.report.id == second.one.report.id or first.language != second.language:
                continue
            shared = own & stems[id(second)]
            smaller = min(len(own), len(stems[id(second)]))
            if len(shared) < SHARED or len(shared) < SHARE * smaller or persons_differ(first, second):
                continue
            told = _by_verb(first, mark, second) if len(shared) >= SAME_VERB * smaller else None
            if told is None and _home(families, first) == _home(families, second):
                told = _by_phrase(first, mark, second)
            if told is not None:
                yield -len(shared) / smaller, Told(first.one.report.id, mark), Told(second.one.report.id, told)


def _home(families: Mapping[str, str], line: Line) -> str:
    return families.get(line.one.report.id, line.one.report.id)


def _by_verb(first: Line, mark: Spot, second: Line) -> Spot | None:
    """The past form of ``second`` that is the verb ``first`` forecasts."""
    at = _verb(first, mark)
    near = [p for p in first.pieces[at : at + NEAR] if not meanings(p.norm, first.language) & SAYING]
    verbs = {fold(p.norm)[:5] for p in near if len(p.norm) >= 4}
    here = next(
        (
            n
            for n, p in enumerate(second.pieces)
            if len(p.norm) >= 5 and fold(p.norm)[:5] in verbs and is_past(second, n)
        ),
        None,
    )
    return None if here is None else _around(second, here)


def _verb(line: Line, mark: Spot) -> int:
    """Where the words of a forecast begin ("will", "are expected to"): what stands before them is its subject."""
    return next(n for n, _, _ in line.find("future") if line.pieces[max(0, n - 2)].start >= mark.start)


def _by_phrase(first: Line, mark: Spot, second: Line) -> Spot | None:
    """A past form beside a phrase that stands beside the forecast too. Only within one line of reporting: there the one
    report was made from the other, or both from a third."""
    at = next(n for n, p in enumerate(first.pieces) if p.start >= mark.start)
    beside = {phrase for n, phrase in _phrases(first) if abs(n - at) <= NEAR}
    places = [n for n, phrase in _phrases(second) if phrase in beside]
    past = [n for n in range(len(second.pieces)) if is_past(second, n)]
    here = next((n for n in past for place in places if abs(n - place) <= NEAR), None)
    return None if here is None else _around(second, here)


def _around(line: Line, at: int) -> Spot:
    low, high = max(0, at - 4), min(len(line.pieces), at + 4)
    return Spot(line.pieces[low].start, line.pieces[high - 1].end, "historical")


def _phrases(line: Line) -> list[tuple[int, tuple[str, ...]]]:
    """Three words in a row without names, two of them of five letters or more: "over cold coffee later"; each with its place."""
    found = []
    for n in range(len(line.pieces) - 2):
        three = line.pieces[n : n + 3]
        if not any(p.capital for p in three[1:]) and sum(len(p.norm) >= 5 for p in three) >= 2:
            found.append((n, tuple(p.norm for p in three)))
    return found


def _in_one_statement(
    ahead: Marked, done: Marked, statements: Sequence[Statement]
) -> Iterator[tuple[float, Told, Told]]:
    """Pairs in two languages that stand in one statement."""
    home = {(w.report, w.start): one.id for one in statements if one.confidence != "unsure" for w in one.sentences}
    told: dict[str, list[tuple[Line, Spot]]] = {}
    for second, verb in done:
        if (where := home.get((second.one.report.id, second.start))) is not None:
            told.setdefault(where, []).append((second, verb))
    for first, mark in ahead:
        where = home.get((first.one.report.id, first.start))
        for second, verb in told.get(where, ()) if where else ():
            if first.language != second.language and parallel(first, second) >= PARALLEL:
                yield 0.0, Told(first.one.report.id, mark), Told(second.one.report.id, verb)


def _in_two_languages(ahead: Marked, done: Marked, families: Mapping[str, str]) -> Iterator[tuple[float, Told, Told]]:
    """Pairs in two languages within one line of reporting that share names, concepts and the forecast's verb."""
    said = {id(line): _meaning(line) for line, _ in (*ahead, *done)}
    holders: dict[tuple[str, str], list[tuple[Line, int]]] = {}
    for line, _ in done:
        for concept, n in sorted(_past_concepts(line).items()):
            holders.setdefault((_home(families, line), concept), []).append((line, n))
    for first, mark in ahead:
        for second, n in _same_verb(first, mark, _home(families, first), holders):
            shared = said[id(first)] & said[id(second)]
            smaller = max(1, min(len(said[id(first)]), len(said[id(second)])))
            if len(shared) >= MEANINGS and len(shared) >= MEANING * smaller and not persons_differ(first, second):
                told = Told(second.one.report.id, _around(second, n))
                yield -len(shared) / smaller, Told(first.one.report.id, mark), told


def _past_concepts(line: Line) -> dict[str, int]:
    """What the past forms of a sentence mean, each with the first place."""
    found: dict[str, int] = {}
    for n, piece in enumerate(line.pieces):
        if is_past(line, n):
            for concept in meanings(piece.norm, line.language):
                found.setdefault(concept, n)
    return found


def _same_verb(
    first: Line, mark: Spot, home: str, holders: Mapping[tuple[str, str], Sequence[tuple[Line, int]]]
) -> Iterator[tuple[Line, int]]:
    """Sentences of other reports in another language that tell what ``first`` forecasts; each once."""
    at = _verb(first, mark)
    verbs = {c for p in first.pieces[at : at + NEAR] for c in meanings(p.norm, first.language)} - SAYING
    met: dict[int, tuple[Line, int]] = {}
    for concept in sorted(verbs):
        for line, n in holders.get((home, concept), ())[:COMMON]:
            if line.language != first.language and line.one.report.id != first.one.report.id:
                known = met.get(id(line))
                met[id(line)] = (line, n if known is None else min(n, known[1]))
    yield from met.values()


def _meaning(line: Line) -> frozenset[str]:
    """The concepts of a sentence's words, and its anchors."""
    found = frozenset(c for p in line.pieces for c in meanings(p.norm, line.language))
    return found | {key for key in line.keys if key[0] in "TPWD"}


def _forecast(line: Line, spoken: Spoken) -> Spot | None:
    """A verb to come inside speech, or an expectation in the report's own words."""
    for first, last, _ in line.find("future"):
        start = line.pieces[first].start
        said = spoken.within(line.one.report.id, start, start + 1)
        expected = bool(marked(line.words, "expected", line.pieces[first:last]))
        if said or expected:
            return Spot(
                line.pieces[max(0, first - 2)].start, line.pieces[min(last + 2, len(line.pieces)) - 1].end, "future"
            )
    return None


def _fact(line: Line, spoken: Spoken) -> Spot | None:
    """A past form in a sentence without marked speech and with nothing to come or possible in it."""
    words = line.words
    if spoken.within(line.one.report.id, line.start, line.end):
        return None
    if any(line.find(name) for name in ("future", "possible", "expected")):
        return None
    if words.future_endings and any(len(p.norm) > 4 and p.norm.endswith(words.future_endings) for p in line.pieces):
        return None
    for n in range(len(line.pieces)):
        if is_past(line, n):
            return _around(line, n)
    return None


def _stems(line: Line) -> frozenset[str]:
    return frozenset(
        fold(p.norm)[:5] for p in line.pieces if len(p.norm) >= 4 and not (p.capital and p.start > line.start)
    )
