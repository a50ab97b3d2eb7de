"""How sure it is that the sentences of a statement say the same: rarely, and only where nothing that is compared speaks against it.

Sure needs a surely aligned sentence at every link, the same content beside names and titles, the same figures, and no
sentence that denies what another says. Two sentences on one person, day and place meet all the aligner looks at, and may still
say that a company had warned and that it had inspected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

from stemma.collate.terms import WORD, named
from stemma.language.lexicon import table
from stemma.reasons import give, rule
from stemma.records import Annotated, Confidence, Reason, Report, Witness

# A statement is sure from this weakest link on (0.9: 57 of 60 read on unseen piles say the same; 0.85 to 0.9: 5 of 8), and where its
# sentences share this part of their terms of content, names and titles left out. Of 63 sure statements of nine unseen piles with 0.3
# the 14 below 0.5 held five that do not say the same (a robbery of seven minutes beside jewels beyond price).
SURE, CONTENT = 0.9, 0.5
FIGURES = frozenset({"count", "money", "percent", "measure", "other"})
Node = tuple[int, int]


class Link(NamedTuple):
    """Sentences ``a`` and ``b`` (report number, sentence number) said to be the same with ``score`` in [0, 1]."""

    score: float
    a: Node
    b: Node


@rule("figures apart")
def figures_apart(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """Each of two sentences has a figure that the other lacks. The values are the figures of both, with spaces between."""
    left, right = (Counter(one.split()) for one in values[:2])
    return -1.0 if left - right and right - left else 0.0


@rule("one denies")
def one_denies(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """Of two sentences one has a word of denial and the other has none."""
    left, right = (denies(reports[w.report], w) for w in spans[:2])
    return -1.0 if left != right else 0.0


def sureness(
    pile: Sequence[Annotated], reports: Mapping[str, Report], spans: Mapping[Node, Witness], links: Sequence[Link]
) -> tuple[Confidence, tuple[Reason, ...]]:
    """By the weakest link that was needed, then by what is said, with the reason that decided: the two sentences that share
    least, or two that speak against each other."""
    weakest = min(link.score for link in links)
    if weakest < SURE:
        return ("likely" if weakest >= 0.5 else "unsure"), ()
    found = []
    for link in links:
        left_out = named(pile[link.a[0]], link.a[1]) | named(pile[link.b[0]], link.b[1])
        found.append(give("content in common", reports, (spans[link.a], spans[link.b]), sorted(left_out)))
    least = min(found, key=lambda reason: (reason.score, reason.spans))
    against = least if least.score < CONTENT else _against(pile, reports, spans)
    return ("likely", (against,)) if against else ("sure", (least,))


def _against(pile: Sequence[Annotated], reports: Mapping[str, Report], spans: Mapping[Node, Witness]) -> Reason | None:
    """The first two sentences with different figures, or of which one denies; sentences alike in both are looked at once."""
    alike: dict[tuple[str, bool], Node] = {}
    for node in sorted(spans, key=spans.__getitem__):
        figures = " ".join(sorted(figures_of(pile[node[0]], node[1])))
        alike.setdefault((figures, denies(reports[spans[node].report], spans[node])), node)
    for (left, a), (right, b) in combinations(alike.items(), 2):
        both = (spans[a], spans[b])
        for reason in (give("figures apart", reports, both, (left[0], right[0])), give("one denies", reports, both)):
            if reason.score < 0:
                return reason
    return None


def figures_of(one: Annotated, sentence: int) -> list[str]:
    """The figures of a sentence as they are written, each as often as it is: "at least 14" is 14. Dates, ages and "one", which is mostly no figure,
    are left out."""
    dated = [(date.start, date.end) for date in one.dates if date.sentence == sentence]
    found = []
    for number in one.numbers:
        if number.sentence != sentence or number.kind not in FIGURES:
            continue
        ends = [end for end in (number.low, number.high) if end is not None]
        value = sum(ends) / len(ends) if ends else 1.0
        if value != 1 and not any(start < number.end and number.start < end for start, end in dated):
            found.append(f"{value:g}%" if number.kind == "percent" else f"{value:g}")
    return found


def denies(report: Report, span: Witness) -> bool:
    """Whether a sentence has a word of denial, by its language's list."""
    words = _denials(report.language)
    return bool(words) and not words.isdisjoint(_words(report.text[span.start : span.end]))


def _words(text: str) -> Iterable[str]:
    return (match.group().casefold() for match in WORD.finditer(text))


@cache
def _denials(language: str | None) -> frozenset[str]:
    """The words of ``negation`` that stand alone ("not", "never")."""
    return frozenset(word for word in table(language, "compare").get("negation", ()) if " " not in word)
