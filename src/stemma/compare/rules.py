"""The rules that a disagreement rests on. Each can be replayed from the reports, its spans and its values alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stemma.collate.statements import signs
from stemma.compare.context import neighbours
from stemma.compare.news_counts import news_counts
from stemma.compare.values import bounds_differ, conflict
from stemma.compare.vocabulary import marked, pieces, vocabulary
from stemma.reasons import rule
from stemma.records import Report, Witness


@rule("values cannot both hold")
def values_cannot_both_hold(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """Intervals that do not meet, dates, names or roles that exclude each other, rounding and precision allowed for."""
    slot, a, b = values[:3]
    return 1.0 if conflict(slot, a, b) else 0.0


@rule("bounds differ")
def bounds_differ_rule(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """Two bounds or ranges of one form whose ends are not the same ("over 20", "over 70"): both may hold."""
    return 0.5 if bounds_differ(values[0], values[1]) else 0.0


@rule("same place in the sentence")
def same_place(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """The words before and behind the two values are the same: the share of three on each side, the nearest counting most."""
    sides = []
    for sentence, spot in ((spans[0], spans[2]), (spans[1], spans[3])):
        text = reports[sentence.report].text
        sides.append((pieces(text, sentence.start, spot.start)[::-1][:3], pieces(text, spot.end, sentence.end)[:3]))
    return 0.5 * neighbours(sides[0][0], sides[1][0]) + 0.5 * neighbours(sides[0][1], sides[1][1])


@rule("the only value left of its kind")
def only_value_left(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """Sentences in two languages that share names, numbers and cognates; one value of this kind has no partner on either side."""
    left, right = (signs(reports[w.report].text[w.start : w.end]) for w in spans[:2])
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


@rule("one denies what the other says")
def one_denies(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """A negation stands in one sentence and in the other none, nor a word that denies."""
    counts = []
    for span in spans[:2]:
        line = pieces(reports[span.report].text, span.start, span.end)
        counts.append(len(marked(vocabulary(reports[span.report].language), "negation", line)))
    return 1.0 if min(counts) == 0 < max(counts) else 0.5 if counts[0] != counts[1] else 0.0


@rule("to come beside done")
def to_come_beside_done(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """The first words tell something as to come, expected or possible; the second tell it as done."""
    first, second = (pieces(reports[w.report].text, w.start, w.end) for w in spans[:2])
    words, other = (vocabulary(reports[w.report].language) for w in spans[:2])
    ahead = any(marked(words, name, first) for name in ("future", "expected", "possible"))
    still = bool(marked(other, "future", second))
    return 1.0 if ahead and not still else 0.5 if not still else 0.0


@rule("one person, two offices")
def one_person_two_offices(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """One person is given offices that exclude each other, or one report says "former" and the other does not."""
    return 1.0 if conflict("role", values[0], values[1]) else 0.5


@rule("counted nouns differ")
def counted_nouns_differ(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """The same parties are counted with different numbers, and what is counted has another name."""
    return 1.0 if values[0] != values[1] else 0.5


@rule("one thing counted")
def one_thing_counted(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """Both counts stand beside a word for the same thing (the dead, boats, a detour ...): the share of them that do."""
    hits = 0
    for span in spans:
        report = reports[span.report]
        line, counted = pieces(report.text, span.start, span.end), news_counts(report.language)
        kinds = (counted.happened, counted.things, counted.measured, counted.sides)
        found = {hit[1] for n in range(len(line)) for words in kinds if (hit := words.at(line, n))}
        hits += values[0] in found or (values[0] == "votes" and bool(found))
    return hits / len(spans) if spans else 0.0


@rule("one owner's figure")
def one_owners_figure(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """Two figures of one party, each behind (or before) its name in the text: the share of reports that hold their name."""
    held = [name in reports[span.report].text for span, name in zip(spans, values[1:], strict=False)]
    return sum(held) / len(held) if held else 0.0


@rule("only one report has it")
def only_one_has_it(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """The words of the first span are missing at the same place of the others: 1.0 where none of them has the words at all."""
    text = reports[spans[0].report].text
    words = {piece.norm for piece in pieces(text, spans[0].start, spans[0].end)}
    others = [{p.norm for p in pieces(reports[w.report].text, w.start, w.end)} for w in spans[1:]]
    missing = sum(not words <= other for other in others)
    return missing / len(others) if others else 0.0
