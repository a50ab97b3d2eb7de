"""Reports to stories: average linkage on the graph of scored pairs, then groups across languages; independent of order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from stemma.ids import content_id
from stemma.records import Annotated, Passage, Report, Story
from stemma.semantic.encoder import Encoder
from stemma.semantic.meaning import Meaning
from stemma.story.across import link_across
from stemma.story.candidates import ALL_PAIRS_UP_TO, candidate_pairs
from stemma.story.features import Profile
from stemma.story.linkage import Pair, Score, Scored, average_linkage
from stemma.story.pairs import Best, Pile, best_of, compare, pile_of, with_contrast
from stemma.story.profiles import Ints, Profiles, joined, packed, profiled
from stemma.story.score import probability, vetoed

JOIN = (
    0.5  # mean probability between two groups from which they are one story: the score is calibrated, so this is fixed
)
FAINT = 0.02  # probability below which a candidate pair of a large pile is not kept
SAME_TEXT = (
    0.6  # share of the shorter report inside passages from which two reports tell one story whatever else differs
)


def group(
    pile: Sequence[Annotated],
    passages: Sequence[Passage] = (),
    profiles: Profiles | None = None,
    encoder: Encoder | None = None,
) -> tuple[Story, ...]:
    """The pile as stories; every report stands in exactly one. Sorted by size, then by id. ``profiles``: those that were
    made before (by worker processes, say); what is missing is made here. ``encoder``: one more column of evidence."""
    ordered = sorted(pile, key=lambda one: one.report.id)
    number = {one.report.id: i for i, one in enumerate(ordered)}
    shared = shared_text(ordered, passages)
    same = [(number[a], number[b]) for (a, b), share in shared.items() if max(share) >= SAME_TEXT]
    meaning = Meaning.of(ordered, encoder) if encoder else None
    groups = group_profiles(profiles_of(ordered, profiles), same, meaning)
    stories = [one_story([ordered[i] for i in members]) for members in groups]
    return tuple(sorted(stories, key=lambda s: (-len(s.reports), s.id)))


def profiles_of(pile: Sequence[Annotated], made: Profiles | None = None) -> Profiles:
    """The profile of each report: the one made before, or a new one."""
    made = made or packed(())
    known = set(made.reports)
    missing = [one for one in pile if one.report.id not in known]
    whole = joined([made, profiled(missing)]) if missing else made
    place = {report: i for i, report in enumerate(whole.reports)}
    return whole.take([place[one.report.id] for one in pile])


def group_profiles(
    profiles: Sequence[Profile] | Profiles, same: Iterable[Pair], meaning: Meaning | None = None
) -> list[list[int]]:
    """The groups of a pile given as profiles, as their places in it. ``same`` are pairs that share most of their text: they
    tell one story whatever else differs."""
    held = packed(profiles)
    groups, score = groups_by_pairs(held, same, meaning)
    return link_across(held, groups, score)


def groups_by_pairs(
    profiles: Profiles, same: Iterable[Pair], meaning: Meaning | None = None
) -> tuple[list[list[int]], Score]:
    """The groups that the pairs alone give, before those of different languages are joined; and how to score a pair."""
    pile = pile_of(profiles)
    scores, missing = pair_scores(pile, meaning)
    scores = with_copies(scores, copies(pile, same))
    return average_linkage(len(profiles), scores, JOIN, missing, pile.days), missing


def copies(pile: Pile, same: Iterable[Pair]) -> Ints:
    """The pairs that share most of their text (i < j, sorted, in rows), without those in which that text is a template."""
    found = np.array(sorted({(min(a, b), max(a, b)) for a, b in same}), dtype=np.int64).reshape(-1, 2)
    return found[vetoed(compare(pile, found[:, 0], found[:, 1])) < JOIN]


def with_copies(scores: Scored, copied: Ints) -> Scored:
    """The scores with those of the copies, which are certain."""
    first, second = (np.concatenate([copied[:, k], column]) for k, column in enumerate(scores[:2]))
    _, kept = np.unique(first << 32 | second, return_index=True)  # of equals the first: the copies
    return Scored(first[kept], second[kept], np.concatenate([np.ones(len(copied)), scores.score])[kept])


def pair_scores(pile: Pile, meaning: Meaning | None = None) -> tuple[Scored, Score]:
    """The probability of each candidate pair (i < j), and how to score any other pair when it is needed."""
    first, second = with_nearest(candidate_pairs(pile), meaning)
    features = compare(pile, first, second)
    best = best_of(len(pile), features, first, second)
    found = probability(with_contrast(features, best, first, second))
    found = meaning.moved(found, first, second) if meaning else found
    # below a hundredth a pair counts as nothing told: it is left to be scored when needed
    kept = np.flatnonzero(found >= FAINT) if len(pile) > ALL_PAIRS_UP_TO else np.arange(len(first))
    return Scored(first[kept], second[kept], found[kept]), scorer(pile, best, meaning)


def with_nearest(pairs: tuple[Ints, Ints], meaning: Meaning | None) -> tuple[Ints, Ints]:
    """The candidate pairs, and those that an encoder finds, sorted."""
    if meaning is None:
        return pairs
    both = np.unique(np.concatenate([np.stack(pairs, axis=1), np.stack(meaning.nearest, axis=1)]), axis=0)
    return both[:, 0], both[:, 1]


def scorer(pile: Pile, best: Best, meaning: Meaning | None = None) -> Score:
    """How to score pairs of a pile whose best similarities are known."""

    def score(pairs: Sequence[Pair]) -> list[float]:
        first = np.array([i for i, _ in pairs], dtype=np.int64)
        second = np.array([j for _, j in pairs], dtype=np.int64)
        features = with_contrast(compare(pile, first, second), best, first, second)
        found = probability(features)
        return [float(p) for p in (meaning.moved(found, first, second) if meaning else found)]

    return score


def shared_text(pile: Sequence[Annotated], passages: Sequence[Passage]) -> dict[tuple[str, str], tuple[float, float]]:
    """How much of each of two reports stands in the other, in [0, 1]."""
    length = {one.report.id: max(1, sum(end - start for start, end in one.report.body)) for one in pile}
    shared: Counter[tuple[str, str]] = Counter()
    for passage in passages:
        if passage.kind != "boilerplate":
            shared[passage.a.report, passage.b.report] += min(
                passage.a.end - passage.a.start, passage.b.end - passage.b.start
            )
    return {(a, b): (min(1.0, n / length[a]), min(1.0, n / length[b])) for (a, b), n in shared.items()}


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
