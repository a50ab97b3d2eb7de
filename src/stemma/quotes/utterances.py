"""Utterances: the quotations that render one act of speech, and their drift."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from stemma.ids import content_id
from stemma.lineage import Tree
from stemma.quotes.content import clashing, cover, items_of, part, shared_runs, words_of
from stemma.quotes.drift import Rendering, drift_of, other_values
from stemma.quotes.lexicon import lexicon
from stemma.quotes.rules import keep
from stemma.reasons import give
from stemma.records import Annotated, Confidence, Drift, Passage, Quotation, Reason, Report, Utterance

# Two renderings are one act of speech from this cover on (readings of the seeds lie at .41 and above, pairs of different
# remarks of one speaker below .30); across languages less can be matched.
SAME, SAME_ACROSS, SURE = 0.5, 0.4, 0.8
# Quotations of unknown or different speakers count as one utterance only where nearly all of a long text is shared.
VERBATIM, VERBATIM_WEIGHT = 0.85, 5.0
# Two renderings with different numbers, days or countries are two remarks, unless nearly all else is the same.
CLASHING = 0.8
# A short remark in two languages that share too few words to measure: this much of what can be matched, its length within
# these bounds, both in marks, and no other such remark of the speaker in either report that fits.
SHORT_SAME, SHORT_WORDS, SHORT_LEAST, LONGER_AT_MOST = 0.6, 14, 0.7, 1.6
SHORT_SCORE = 0.4
# Words in marks of somebody unnamed are joined across languages from this many words and this much shared weight on.
UNNAMED_WORDS, UNNAMED_WEIGHT = 20, 3.0
# A speaker with more quotations than this in one story is compared by its longest ones only.
MOST = 150

Verdict = Literal["several lines", "one line", "not as quoted", "translated"]


class _Pair(NamedTuple):
    score: float
    a: int
    b: int


def find_utterances(
    members: Sequence[Annotated], quotations: Sequence[Quotation], passages: Sequence[Passage], tree: Tree
) -> tuple[Utterance, ...]:
    """The story's utterances, each with the drift of its renderings."""
    by_id = {one.report.id: one for one in members}
    renderings = [
        _rendering(by_id[q.report], q)
        for q in sorted(quotations, key=lambda q: (q.report, q.content, q.id))
        if q.report in by_id
    ]
    keep(members)
    pairs = _pairs(renderings)
    # "does not want to interfere" can render what another report has as said; what nobody has as said is no utterance
    groups = [g for g in _groups(pairs, renderings) if not all(renderings[i].quotation.held for i in g)]
    rank = _rank(tree, by_id)
    families = {report: family.id for family in tree.families for report in family.reports}
    made = [_utterance([renderings[i] for i in group], by_id, rank, families) for group in groups]
    return tuple(sorted(made, key=lambda u: (u.actor or "", u.id)))


def _rendering(one: Annotated, q: Quotation) -> Rendering:
    return Rendering(q, one, items_of(one, q.content))


def _speaker(r: Rendering) -> str:
    """Under what a quotation is filed: the actor, else the last word of a name; "" where nobody is named."""
    speaker = r.quotation.speaker
    if speaker is None or r.quotation.attribution == "none" or _anonymous(r):
        return ""
    return speaker.actor or (speaker.name or "").casefold().split(" ")[-1]


def _anonymous(r: Rendering) -> bool:
    """Whether figures, results or unnamed sources are said to say it ("official results", "laut Medienberichten"): what two
    reports take from such is no act of speech of one speaker, and other figures in it are no changed words."""
    speaker = r.quotation.speaker
    if speaker is None or speaker.actor is not None or not speaker.name or speaker.span is None:
        return False
    if not any(word in lexicon(r.language).words["anonymous"] for word in speaker.name.casefold().split()):
        return False
    # "the figures of Statistics Norway"
    return not any(n.start < speaker.span.end and n.end > speaker.span.start for n in r.one.names)


def _pairs(renderings: Sequence[Rendering]) -> list[_Pair]:
    """All pairs of renderings of different reports that say the same, best first."""
    filed: dict[str, list[int]] = {}
    for i, r in enumerate(renderings):
        filed.setdefault(_speaker(r), []).append(i)
    found: dict[tuple[int, int], float] = {}
    for speaker, numbers in sorted(filed.items()):
        if speaker:
            longest = sorted(numbers, key=lambda i: (-len(renderings[i].items), i))[:MOST]
            _compare(renderings, sorted(longest), found)
    for a, b in _short(renderings, filed):
        found.setdefault((a, b), SHORT_SCORE)
    for a, b in _unnamed(renderings):
        found.setdefault((a, b), SAME_ACROSS)
    for a, b in _verbatim(renderings):
        if (a, b) not in found and not (_anonymous(renderings[a]) and _anonymous(renderings[b])):
            measured = cover(renderings[a].items, renderings[b].items)
            if measured.score >= VERBATIM and measured.shared >= VERBATIM_WEIGHT:
                found[a, b] = measured.score
    return sorted((_Pair(score, a, b) for (a, b), score in found.items()), key=lambda p: (-p.score, p.a, p.b))


def _compare(renderings: Sequence[Rendering], numbers: Sequence[int], found: dict[tuple[int, int], float]) -> None:
    keys = {i: {key for item in renderings[i].items for key in item.keys} for i in numbers}
    for x, a in enumerate(numbers):
        for b in numbers[x + 1 :]:
            one, two = renderings[a], renderings[b]
            if one.quotation.report == two.quotation.report or len(keys[a] & keys[b]) < 2:
                continue
            across = one.language != two.language
            score = cover(one.items, two.items).score
            clash = score < CLASHING and clashing(one.items, two.items) is not None
            if not across and (score < SAME or clash):
                runs = shared_runs(words_of(one.one, one.quotation.content), words_of(two.one, two.quotation.content))
                score, clash = max(score, runs), clash and runs < SAME
            if clash:
                continue
            if score >= (SAME_ACROSS if across else SAME):
                found[a, b] = round(score, 4)


def _short(renderings: Sequence[Rendering], filed: Mapping[str, Sequence[int]]) -> list[tuple[int, int]]:
    """Short remarks in marks of one known speaker in two languages that fit each other and no other remark."""
    fits: list[tuple[int, int]] = []
    for speaker, numbers in sorted(filed.items()):
        few = [i for i in numbers if speaker and _is_short(renderings[i])][:MOST]
        fits.extend((a, b) for x, a in enumerate(few) for b in few[x + 1 :] if _fit(renderings[a], renderings[b]))
    of = {(i, renderings[k].quotation.report): 0 for a, b in fits for i, k in ((a, b), (b, a))}
    for a, b in fits:
        of[a, renderings[b].quotation.report] += 1
        of[b, renderings[a].quotation.report] += 1
    return [
        (a, b) for a, b in fits if of[a, renderings[b].quotation.report] == of[b, renderings[a].quotation.report] == 1
    ]


def _unnamed(renderings: Sequence[Rendering]) -> list[tuple[int, int]]:
    """Long words in marks of people whom no report names ("an eyewitness"), in two languages and of the same length."""
    long = [
        i for i, r in enumerate(renderings)
        if r.quotation.type == "direct" and not (r.quotation.speaker and r.quotation.speaker.actor)
        and len(r.quotation.marked) and len(words_of(r.one, r.quotation.content)) >= UNNAMED_WORDS
    ][:MOST]  # fmt: skip
    found: list[tuple[int, int]] = []
    for x, a in enumerate(long):
        for b in long[x + 1 :]:
            one, two = renderings[a], renderings[b]
            if _same_length(one, two) and one.language != two.language and not clashing(one.items, two.items):
                score, shared = cover(one.items, two.items)
                if one.quotation.report != two.quotation.report and score >= SAME_ACROSS and shared >= UNNAMED_WEIGHT:
                    found.append((a, b))
    return found


def _same_length(one: Rendering, two: Rendering) -> bool:
    lengths = sorted(sum(s.end - s.start for s in r.quotation.content) for r in (one, two))
    return lengths[1] <= LONGER_AT_MOST * lengths[0]


def _is_short(r: Rendering) -> bool:
    q = r.quotation
    return q.type == "direct" and q.marking != "none" and len(words_of(r.one, q.content)) <= SHORT_WORDS


def _fit(one: Rendering, two: Rendering) -> bool:
    if one.language == two.language or one.quotation.report == two.quotation.report or clashing(one.items, two.items):
        return False
    if not _same_length(one, two):
        return False
    score, shared = part(one.items, two.items)
    return score >= SHORT_SAME and shared >= SHORT_LEAST


def _verbatim(renderings: Sequence[Rendering]) -> list[tuple[int, int]]:
    """Candidates whatever their speakers: pairs of reports' quotations that share four items in a row."""
    homes: dict[tuple[str, ...], list[int]] = {}
    for i, r in enumerate(renderings):
        words = [item.keys[0] for item in r.items]
        for k in range(len(words) - 3):
            homes.setdefault(tuple(words[k : k + 4]), []).append(i)
    found = {
        (a, b)
        for numbers in homes.values()
        if 1 < len(numbers) <= MOST
        for x, a in enumerate(numbers)
        for b in numbers[x + 1 :]
        if renderings[a].quotation.report != renderings[b].quotation.report
    }
    return sorted(found)


def _groups(pairs: Sequence[_Pair], renderings: Sequence[Rendering]) -> list[list[int]]:
    """Best pairs first; a rendering joins a group that it fits on average. One clause can render two remarks."""
    score = {(p.a, p.b): p.score for p in pairs}
    groups: list[list[int]] = []
    homes: dict[int, set[int]] = {}  # the groups that a rendering stands in, by number
    for p in pairs:
        a, b = homes.setdefault(p.a, set()), homes.setdefault(p.b, set())
        if a & b:
            continue
        for number in sorted(a | b):
            new = p.b if number in a else p.a
            if _fits(groups[number], new, score, renderings):
                groups[number].append(new)
                homes[new].add(number)
                break
        else:
            a.add(len(groups))
            b.add(len(groups))
            groups.append([p.a, p.b])
    return _apart([sorted(g) for g in groups], renderings)


def _apart(groups: Sequence[list[int]], renderings: Sequence[Rendering]) -> list[list[int]]:
    """Without the groups that another says too: with one rendering exchanged for another of the same report."""
    kept: list[list[int]] = []
    homes: dict[int, set[int]] = {}
    for g in sorted(groups, key=lambda g: (-len(g), g)):
        reports = {renderings[i].quotation.report for i in g}
        shared = Counter(number for i in g for number in homes.get(i, ()))
        if not any(
            count >= (len(g) - 1 if len(g) > 2 else 2)
            and reports <= {renderings[i].quotation.report for i in kept[number]}
            for number, count in shared.items()
        ):
            for i in g:
                homes.setdefault(i, set()).add(len(kept))
            kept.append(g)
    return kept


def _fits(
    group: Sequence[int], new: int, score: Mapping[tuple[int, int], float], renderings: Sequence[Rendering]
) -> bool:
    """Whether a rendering says the same as half of a group at least, none of which is of its report."""
    report = renderings[new].quotation.report
    if any(renderings[i].quotation.report == report for i in group):
        return False
    return sum((min(i, new), max(i, new)) in score for i in group) * 2 >= len(group)


# ------------------------------------------------------------------------------------------ one utterance


def _rank(tree: Tree, by_id: Mapping[str, Annotated]) -> dict[str, tuple[int, int, str]]:
    """How near a report stands to the source: steps from a root of the tree, agency reports first, then by time."""
    source = {line.report: line.source for line in tree.lines}
    rank: dict[str, tuple[int, int, str]] = {}
    for report, one in by_id.items():
        steps, at, seen = 0, source.get(report), {report}
        while at is not None and at not in seen and steps < 50:
            seen.add(at)
            steps, at = steps + 1, source.get(at)
        rank[report] = (steps, 0 if one.report.agency else 1, one.report.published or "9")
    return rank


def _utterance(
    group: Sequence[Rendering],
    by_id: Mapping[str, Annotated],
    rank: Mapping[str, tuple[int, int, str]],
    families: Mapping[str, str],
) -> Utterance:
    order = {"direct": 0, "mixed": 1, "indirect": 2}
    ranked = sorted(
        group, key=lambda r: (rank[r.quotation.report], order[r.quotation.type], -len(r.items), r.quotation.id)
    )
    closest, others = ranked[0], ranked[1:]
    drift = [d for other in others for d in drift_of(closest, other)]
    reports = {r.quotation.report: by_id[r.quotation.report].report for r in group}
    reasons = [_reasons(closest, other, reports) for other in others]
    scores = [max(r.score for r in given if r.rule != "quotes: same speaker") for given in reasons]
    actor = next((r.quotation.speaker.actor for r in ranked if r.quotation.speaker and r.quotation.speaker.actor), None)
    ids = tuple(r.quotation.id for r in sorted(group, key=lambda r: (r.quotation.report, r.quotation.content)))
    return Utterance(
        id=content_id("u", *ids),
        actor=actor,
        quotations=ids,
        drift=tuple(drift),
        closest=closest.quotation.id,
        verdict=_verdict(ranked, drift, [families.get(r.quotation.report, r.quotation.report) for r in ranked]),
        confidence=_confidence(min(scores), group),
        reasons=tuple(r for given in reasons for r in given),
    )


def _reasons(closest: Rendering, other: Rendering, reports: Mapping[str, Report]) -> list[Reason]:
    """Content, words (in one language) and speaker of two renderings, compared by the rules that can be replayed."""
    spans = (*closest.witnesses(), *other.witnesses())
    cut = (str(len(closest.quotation.content)),)
    given = [give("quotes: same content", reports, spans, cut)]
    if closest.language == other.language:
        given.append(give("quotes: same words", reports, spans, cut))
    return [*given, give("quotes: same speaker", reports, (), (closest.name, other.name))]


def _verdict(ranked: Sequence[Rendering], drift: Sequence[Drift], families: Sequence[str]) -> Verdict:
    """What an editor can do with it; ``families`` are those of the renderings. That one report tells in its own words what
    another of a family of its own puts into marks does not show that nobody said it."""
    told = ranked[0].quotation.type == "indirect"
    kin = {r.quotation.id for r, family in zip(ranked, families, strict=True) if family == families[0] or not told}
    kinds = {d.kind for d in drift if d.quotation in kin or d.kind in ("said or denied", "translated")}
    if kinds & {"marks moved", "paraphrase made direct", "said or denied"} or any(
        other_values(ranked[0], r) for r in ranked[1:]
    ):
        return "not as quoted"
    if len(set(families)) > 1:
        return "several lines"
    return "translated" if "translated" in kinds else "one line"


def _confidence(least: float, group: Sequence[Rendering]) -> Confidence:
    """Sure only in one language, with nearly all content shared and every speaker named beside the cue."""
    plain = len({r.language for r in group}) == 1 and all(r.quotation.attribution == "explicit" for r in group)
    if least >= SURE and plain and len({r.name.casefold() for r in group}) == 1:
        return "sure"
    return "likely" if least >= SAME else "unsure"
