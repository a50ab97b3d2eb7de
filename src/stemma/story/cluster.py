"""Reports to stories: average linkage on the graph of scored pairs, independent of order."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence

from stemma.ids import content_id
from stemma.records import Annotated, Passage, Report, Story
from stemma.story.candidates import candidate_pairs
from stemma.story.features import compare, profile, weigh, with_contrast
from stemma.story.score import probability, weighed_terms

JOIN = (
    0.5  # mean probability between two groups from which they are one story: the score is calibrated, so this is fixed
)
SAME_TEXT = (
    0.6  # share of the shorter report inside passages from which two reports tell one story whatever else differs
)


def group(pile: Sequence[Annotated], passages: Sequence[Passage] = ()) -> tuple[Story, ...]:
    """The pile as stories; every report stands in exactly one. Sorted by size, then by id."""
    ordered = sorted(pile, key=lambda one: one.report.id)
    scores = pair_scores(ordered, passages)
    groups = average_linkage(len(ordered), scores, JOIN)
    stories = [one_story([ordered[i] for i in members]) for members in groups]
    return tuple(sorted(stories, key=lambda s: (-len(s.reports), s.id)))


def pair_scores(ordered: Sequence[Annotated], passages: Sequence[Passage]) -> dict[tuple[int, int], float]:
    """Probability of each candidate pair (i < j); pairs not scored count as 0."""
    weighed = weigh([profile(one) for one in ordered])
    features = with_contrast({(i, j): compare(weighed[i], weighed[j]) for i, j in candidate_pairs(weighed)})
    scores = {pair: probability(found) for pair, found in features.items()}
    number = {one.report.id: i for i, one in enumerate(ordered)}
    for (a, b), share in _shared_text(ordered, passages).items():
        pair = (min(number[a], number[b]), max(number[a], number[b]))
        if share >= SAME_TEXT:
            scores[pair] = 1.0
    return scores


def _shared_text(pile: Sequence[Annotated], passages: Sequence[Passage]) -> dict[tuple[str, str], float]:
    """How much of the shorter of two reports stands in the other, in [0, 1]."""
    length = {one.report.id: max(1, sum(end - start for start, end in one.report.body)) for one in pile}
    shared: Counter[tuple[str, str]] = Counter()
    for passage in passages:
        if passage.kind != "boilerplate":
            shared[passage.a.report, passage.b.report] += min(
                passage.a.end - passage.a.start, passage.b.end - passage.b.start
            )
    return {pair: min(1.0, n / min(length[pair[0]], length[pair[1]])) for pair, n in shared.items()}


def average_linkage(size: int, scores: Mapping[tuple[int, int], float], join: float) -> list[list[int]]:
    """Groups of 0..size-1: the two groups with the highest mean score are joined until none reaches ``join``.

    Missing pairs count as 0. Ties go to the groups with the smallest members, so the result depends only on the scores.
    """
    members: dict[int, list[int]] = {i: [i] for i in range(size)}
    sums: dict[int, dict[int, float]] = {i: {} for i in range(size)}
    heap: list[tuple[float, int, int, int, int]] = []
    version = [0] * size
    for (i, j), score in scores.items():
        sums[i][j] = sums[j][i] = score
        if score >= join:
            heap.append((-score, i, j, 0, 0))
    heapq.heapify(heap)
    while heap:
        _, i, j, seen_i, seen_j = heapq.heappop(heap)
        if i not in members or j not in members or version[i] != seen_i or version[j] != seen_j:
            continue
        _join(i, j, members, sums)
        version[i] += 1
        for k, total in sums[i].items():
            mean = total / (len(members[i]) * len(members[k]))
            if mean >= join:
                a, b = min(i, k), max(i, k)
                heapq.heappush(heap, (-mean, a, b, version[a], version[b]))
    return sorted(sorted(group) for group in members.values())


def _join(i: int, j: int, members: dict[int, list[int]], sums: dict[int, dict[int, float]]) -> None:
    """Group j becomes part of group i (i < j)."""
    members[i] += members.pop(j)
    sums[i].pop(j, None)
    for k, total in sums.pop(j).items():
        if k != i:
            sums[k].pop(j)
            sums[i][k] = sums[k][i] = sums[i].get(k, 0.0) + total


def one_story(pile: Sequence[Annotated]) -> Story:
    """The whole pile as one story, as handed in."""
    reports = tuple(sorted(a.report.id for a in pile))
    dates = sorted(a.report.published for a in pile if a.report.published)
    return Story(
        id=content_id("s", *reports),
        title=_title([a.report for a in pile]),
        reports=reports,
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        languages=tuple(sorted({a.report.language for a in pile if a.report.language})),
    )


def _title(reports: Sequence[Report]) -> str:
    """The title that most words of the other titles agree with, in the pile's most common language; else the first words of the body."""
    common = Counter(r.language for r in reports).most_common()
    language = min((lang for lang, n in common if n == common[0][1]), key=str) if common else None
    titled = [r for r in reports if r.title and r.language == language] or [r for r in reports if r.title]
    if not titled:
        return ""
    words = Counter(word for r in titled for word in set((r.title or "").casefold().split()))
    best = max(titled, key=lambda r: (_agreement(r.title or "", words), r.title, r.id))
    return best.title or ""


def _agreement(title: str, words: Counter[str]) -> float:
    own = set(title.casefold().split())
    return round(sum(words[word] for word in sorted(own)) / (1 + len(own)), 6)


def explain_pair(a: Annotated, b: Annotated) -> list[str]:
    """The terms of the score of two reports, as lines, in log odds, largest first; rarity is that of the two alone."""
    one, two = weigh([profile(a), profile(b)])
    features = compare(one, two)
    ranked = sorted(weighed_terms(features).items(), key=lambda item: -abs(item[1]))
    out = [f"probability {probability(features):.3f}"]
    out += [f"  {value:+.2f}  {name}" for name, value in ranked]
    for channel in ("anchors", "words"):
        left, right = getattr(one, channel), getattr(two, channel)
        shared = sorted(((left[t] * right[t], t) for t in left if t in right), key=lambda item: (-item[0], item[1]))
        out.append(f"  shared {channel}: {', '.join(term for _, term in shared[:12])}")
    return out
