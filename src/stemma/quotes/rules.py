"""Rules behind utterances: why two quotations render one act of speech. Each can be replayed on its spans.

A rule's ``values`` begin with the number of spans that belong to the first quotation; the others belong to the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from stemma.collate.content import Item
from stemma.language import annotate
from stemma.quotes.content import cover, items_of, shared_runs, words_of
from stemma.reasons import rule
from stemma.records import Annotated, Report, Span, Witness

# The reports of the story at hand, so that a reason made while it is read does not annotate them again.
_KEPT: dict[str, Annotated] = {}
_ITEMS: dict[tuple[str, tuple[Span, ...]], tuple[Item, ...]] = {}


def keep(story: Iterable[Annotated]) -> None:
    """Remember the annotated reports of a story for the rules that follow; those of the story before are forgotten."""
    _KEPT.clear()
    _ITEMS.clear()
    _KEPT.update((one.report.id, one) for one in story)


def _annotated(report: Report) -> Annotated:
    kept = _KEPT.get(report.id)
    return kept if kept is not None and kept.report == report else annotate(report)


@rule("quotes: same content")
def same_content(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """How much of the shorter rendering (names, numbers, concepts, words) the longer one says too."""
    cut = int(values[0])
    first, second = spans[:cut], spans[cut:]
    return cover(_items(reports, first), _items(reports, second)).score


def _items(reports: Mapping[str, Report], spans: Sequence[Witness]) -> tuple[Item, ...]:
    """The items of one rendering, worked out once while its report is kept."""
    report = reports[spans[0].report]
    places = tuple(Span(s.start, s.end) for s in spans)
    kept = _KEPT.get(report.id)
    if kept is None or kept.report != report:
        return items_of(annotate(report), places)
    if (report.id, places) not in _ITEMS:
        _ITEMS[report.id, places] = items_of(kept, places)
    return _ITEMS[report.id, places]


@rule("quotes: same words")
def same_words(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """How many words of the shorter rendering stand in the longer one in runs of two or more, in one language."""
    cut = int(values[0])
    first, second = spans[:cut], spans[cut:]
    one, two = _annotated(reports[first[0].report]), _annotated(reports[second[0].report])
    return shared_runs(
        words_of(one, [Span(s.start, s.end) for s in first]), words_of(two, [Span(s.start, s.end) for s in second])
    )


@rule("quotes: same speaker")
def same_speaker(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """Whether both quotations are given to one actor: 1 the same name or actor, 0.5 one is not named, 0 two different."""
    one, two = values[0].casefold(), values[1].casefold()
    if not one or not two:
        return 0.5
    return 1.0 if one == two or set(one.split()) <= set(two.split()) or set(two.split()) <= set(one.split()) else 0.0
