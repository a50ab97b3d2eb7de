"""The brief: five to eight sentences of the reports that tell the story best, as they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from stemma.compare.trust import ages, doubtful, is_old, nearness, trust
from stemma.compare.vocabulary import Piece, find, fold, pieces, vocabulary
from stemma.lineage import Tree
from stemma.records import (
    Annotated,
    BriefSentence,
    Disagreement,
    Sentence,
    Statement,
    Utterance,
    Witness,
)

AT_LEAST, AT_MOST = 5, 8
# Letters of a sentence that reads well in a brief: shorter ones are headings and scraps, longer ones lists.
SHORT, LONG = 40, 420
# Sentences of a report that are looked at: what tells the story stands in its first dozen.
DEEP = 14
# Part of a sentence that may already have been told by the sentences before it.
TOLD = 0.5
# Gain below which a sixth, seventh or eighth sentence is left out.
WORTH = 0.55
# What each sentence already taken from a report costs its next one: a brief rests on several reports where there are several.
SAME = 0.88
# What it is worth that a report says who wrote it, or from where: it stands nearer to what happened than a rewrite.
KNOWN = 0.1
# What one report must be nearer to the source than another to tell their statement alone: a rewrite beside its source is
# left out, a report without a byline beside one with a byline is not.
NEARER = 0.4
# What a lead is worth more for each of: where, when, the newest of figures that changed. The first sentence must be understood
# by itself.
SAYS = 0.3
# What a sentence is worth with a figure that a later report has overtaken: it may tell the rest, and never stands first.
OUTDATED = 0.4


class Candidate(NamedTuple):
    """A sentence that could stand in the brief, with its worth before redundancy; ``old``: a later figure is known."""

    score: float
    report: str
    number: int
    sentence: Sentence
    words: frozenset[str]
    place: float
    statement: Statement | None
    nearness: float
    says: float
    old: bool


class Doubts(NamedTuple):
    """What is in doubt: spans with what a sentence that holds them is still worth; figures of which a later one is known, and
    whether they are overtaken."""

    spans: Sequence[tuple[Witness, float]]
    figures: Sequence[tuple[Witness, bool]]


def write_brief(
    members: Sequence[Annotated],
    statements: Sequence[Statement],
    tree: Tree,
    language: str | None,
    *,
    disagreements: Sequence[Disagreement] = (),
    utterances: Sequence[Utterance] = (),
) -> tuple[BriefSentence, ...]:
    """Sentences as they stand in the reports, in the reader's language where the pile has it, in telling order.

    Chosen by how many families carry them, how near the top they stand, what they add to those chosen before, and whether
    they can be understood alone. Of a statement the report nearest to the source tells it; a sentence that holds a forecast
    told as fact, a misquotation or the lone side of a clash is not taken, and no figure that a later report has overtaken
    stands first. Fewer than five where the reports do not hold five.
    """
    pile = sorted(members, key=lambda one: one.report.id)
    family_of = {report: family.id for family in tree.families for report in family.reports}
    carried = {witness: one for one in statements for witness in one.sentences}
    readable = in_language(pile, language)
    rare = _rarity(readable)
    near = nearness(pile, tree.families, tree.lines)
    doubts = Doubts(doubtful(disagreements, utterances), ages(disagreements))
    candidates = [
        one for report in readable for one in _candidates(report, carried, rare, near[report.report.id], doubts)
    ]
    chosen = _choose(_nearest(candidates))
    return tuple(_line(one, family_of) for one in _in_telling_order(chosen))


def in_language(pile: Sequence[Annotated], language: str | None) -> list[Annotated]:
    """The reports in the reader's language; where there are none, those in the pile's most common language."""
    wanted = [one for one in pile if language is not None and one.report.language == language]
    if wanted:
        return wanted
    counts = Counter(one.report.language or "" for one in pile)
    common = min(counts, key=lambda code: (-counts[code], code)) if counts else ""
    return [one for one in pile if (one.report.language or "") == common]


def _rarity(pile: Sequence[Annotated]) -> Mapping[str, float]:
    """How much of the story each word carries: words of many reports are the story, words of every sentence are not."""
    reports: Counter[str] = Counter()
    for one in pile:
        reports.update({fold(t.norm)[:6] for t in one.tokens if t.kind == "word" and len(t.norm) > 3})
    return {word: min(count, 4) for word, count in reports.items()}


def _candidates(
    one: Annotated,
    carried: Mapping[Witness, Statement],
    rare: Mapping[str, float],
    near: float,
    doubts: Doubts,
) -> list[Candidate]:
    body = [s for s in one.sentences if s.part == "body"][:DEEP]
    found = []
    for number, sentence in enumerate(body):
        text = one.report.text[sentence.start : sentence.end]
        line = pieces(one.report.text, sentence.start, sentence.end)
        if not _fit(text, line) or (number == 0 and "start" in one.report.cut):
            continue
        statement = carried.get(Witness(one.report.id, sentence.start, sentence.end))
        tokens = one.tokens[sentence.first_token : sentence.last_token]
        words = frozenset(fold(t.norm)[:6] for t in tokens if t.kind != "mark" and len(t.norm) > 3)
        score = _worth(number, statement, words, rare) * _alone(text, line, one.report.language, number)
        score += KNOWN if one.report.byline or one.report.dateline or one.report.agency else 0.0
        score *= near * trust(one.report.id, sentence, doubts.spans)
        if score <= 0.0:
            continue
        depth = number / max(len(one.sentences), 1)
        old = is_old(one.report.id, sentence, doubts.figures)
        score *= OUTDATED if old else 1.0
        says = SAYS * (_says(one, sentence) + (old is False)) if number <= 1 else 0.0
        found.append(Candidate(score, one.report.id, number, sentence, words, depth, statement, near, says, bool(old)))
    return found


def _fit(text: str, line: Sequence[Piece]) -> bool:
    """A whole sentence of a readable length: begins with a capital or a mark, ends like one."""
    return (
        SHORT <= len(text) <= LONG
        and len(line) >= 6
        and not text[0].islower()
        and text.rstrip("\"”’'»)")[-1:] in ".!。"
    )


def _worth(number: int, statement: Statement | None, words: frozenset[str], rare: Mapping[str, float]) -> float:
    """Support by families counts most, then the place in the report, then how much of the story's words it holds."""
    support = min(len(statement.families), 4) - 1 if statement else 0
    carried = 0.15 * min(len(statement.sentences) - 1, 3) if statement else 0.0
    lead = 1.0 / (1 + 0.35 * number)
    weight = sum(rare.get(word, 1.0) for word in words) / (4.0 * max(len(words), 12))
    return 0.5 * support + carried + lead + weight


def _alone(text: str, line: Sequence[Piece], language: str | None, number: int) -> float:
    """How well a sentence stands alone: no pronoun, "the move" or "but" at its start, no bare quotation."""
    words = vocabulary(language)
    share = 1.0
    if line and line[0].norm in words.openers:
        share *= 0.5
    if line and any(find(words.pronouns, line, at) for at in range(min(2, len(line)))):
        share *= 0.35
    if any(find(words.pronouns, line, at) for at in range(2, min(6, len(line)))):
        share *= 0.9
    marks = sum(text.count(mark) for mark in '"“”«»„')
    if text[:1] in '"“«„‘–—-' or marks % 2:
        share *= 0.3
    elif marks:
        share *= 0.8
    return share if "?" not in text else share * 0.5


def _says(one: Annotated, sentence: Sentence) -> int:
    """How many of where and when a sentence says."""
    kinds = {a.key[0] for a in one.anchors if sentence.start <= a.start < sentence.end}
    dated = any(sentence.start <= d.start < sentence.end for d in one.dates)
    return bool(kinds & {"P", "T"}) + (dated or bool(kinds & {"D", "K"}))


def _nearest(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Of the sentences of one statement those of the reports nearest to the source, or about as near."""
    best: dict[str, float] = {}
    for one in candidates:
        if one.statement is not None:
            best[one.statement.id] = max(best.get(one.statement.id, 0.0), one.nearness)
    return [c for c in candidates if c.statement is None or c.nearness > best[c.statement.id] - NEARER]


def _lead(candidates: Sequence[Candidate]) -> Candidate | None:
    """The first sentence: of the tops of the reports the one that says most of what, where and when. A figure that a later
    report has overtaken never leads where anything else can."""
    current = [c for c in candidates if not c.old]
    tops = [c for c in current if c.number <= 1] or current or [c for c in candidates if c.number <= 1]
    return max(tops, key=lambda c: (c.score + c.says, c.report, -c.number)) if tops else None


def _choose(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Greedy: the best of what is not yet told; up to five as long as any are left, up to eight as long as they are worth it."""
    left = sorted(candidates, key=lambda c: (-c.score, c.report, c.number))
    chosen: list[Candidate] = []
    told: set[str] = set()
    statements: set[str] = set()
    lead = _lead(left)
    while left and len(chosen) < AT_MOST:
        used = Counter(c.report for c in chosen)
        gains = [
            (c.score * _new(c, told) * SAME ** used[c.report], c)
            for c in left
            if c.statement is None or c.statement.id not in statements
        ]
        gains = [(gain, c) for gain, c in gains if _new(c, told) > 1 - TOLD or not chosen]
        if not gains:
            break
        gain, best = max(gains, key=lambda entry: (entry[1] is lead, entry[0]))
        if len(chosen) >= AT_LEAST and gain < WORTH:
            break
        chosen.append(best)
        left.remove(best)
        told |= best.words
        if best.statement:
            statements.add(best.statement.id)
    return chosen


def _new(candidate: Candidate, told: set[str]) -> float:
    """The share of a sentence's words that have not been told."""
    return len(candidate.words - told) / max(len(candidate.words), 1)


def _in_telling_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The lead first, the rest by where they stand in their reports."""
    first = _lead(chosen)
    rest = sorted((c for c in chosen if c is not first), key=lambda c: (c.place, c.report, c.number))
    return [first, *rest] if first else rest


def _line(one: Candidate, family_of: Mapping[str, str]) -> BriefSentence:
    own = family_of.get(one.report, one.report)
    others = one.statement.sentences if one.statement else ()
    return BriefSentence(
        report=one.report,
        start=one.sentence.start,
        end=one.sentence.end,
        families=one.statement.families if one.statement else (own,),
        witnesses=tuple(w for w in others if (w.report, w.start) != (one.report, one.sentence.start)),
    )
