"""Reports made from several sources: what the main source does not explain, another one may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stemma.lineage.direction import lean
from stemma.lineage.forest import Forest
from stemma.lineage.ground import ENOUGH_WORDS, Ground
from stemma.lineage.kinds import parent_of
from stemma.records import Parent

MOST_SOURCES = 4


def further_sources(ground: Ground, forest: Forest, main: Mapping[str, str]) -> Iterator[tuple[str, Parent]]:
    """(report, further source): relatives that explain enough words which the sources before them do not.

    Greedy: the relative that explains most of the rest comes first. A descendant is never a source.
    """
    near: dict[str, list[str]] = {}
    for tie in forest.left_over:
        near.setdefault(tie.a, []).append(tie.b)
        near.setdefault(tie.b, []).append(tie.a)
    added: dict[str, set[str]] = {}
    for child in sorted(near):
        if child not in main:
            continue
        explained = _words_of(ground, child, main[child])
        for _ in range(MOST_SOURCES - 1):
            best = max(
                sorted(near[child]), key=lambda other: len(_words_of(ground, child, other) - explained), default=None
            )
            if best is None or len(_words_of(ground, child, best) - explained) < ENOUGH_WORDS:
                break
            near[child].remove(best)
            leaning, _ = lean(ground, best, child)
            if leaning > 0 and not _descends(best, child, main, added):
                explained |= _words_of(ground, child, best)
                added.setdefault(child, set()).add(best)
                yield child, parent_of(ground, best, child, leaning, 1.0)


def _words_of(ground: Ground, child: str, other: str) -> set[int]:
    """The words of the child that the other report has too."""
    return {i for first, last in ground.shared(child, other).runs_of(child) for i in range(first, last)}


def _descends(report: str, ancestor: str, main: Mapping[str, str], added: Mapping[str, set[str]]) -> bool:
    """Whether ``report`` is made, over any number of steps, from ``ancestor``."""
    waiting, seen = [report], {report}
    while waiting:
        at = waiting.pop()
        if at == ancestor:
            return True
        for source in (*((main[at],) if at in main else ()), *sorted(added.get(at, ()))):
            if source not in seen:
                seen.add(source)
                waiting.append(source)
    return False
