"""Reports that tell one another's text in other words, or in another language, without long runs of equal words.

No single sign proves it: independent reports of one event share names, places, figures, the same statement to the press.
What they do not share by necessity is taken together: sentence after sentence with a counterpart, in one order; the
same expert, whom a newsroom has to find and ask; the narrator's words put in quotation marks; phrases of four words and
more that are neither names nor speech; the same agency's signature.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from msgspec import Struct

from stemma.collate import align
from stemma.lineage.credits import Telling, cues, last_word, usual_name
from stemma.lineage.evidence import RETOLD_WEIGHTS
from stemma.lineage.words import Words
from stemma.reasons import give
from stemma.records import Annotated, Reason, Report, SentencePair, Witness

# Pairs are looked at where they share so many names, figures and dates that not everybody has; each report at most with so
# many others, the nearest first. All others cannot reach the threshold.
FEWEST_KEYS, MOST_PARTNERS = 3, 12
# ... and where the shorter text's keys are to this share in the other: less where an expert, a phrase or another language
# speaks for a look. The true pairs of the measured piles reach .2 across languages and .3 in one.
FEW_KEYS, MANY_KEYS = 0.18, 0.4
# A key that more than this many reports of a story hold tells nothing about who has it from whom.
COMMON_KEY = 24
# Sentence pairs under this score are not counted (see docs/passages.md).
ALIGNED = 0.5
SHORTEST_PHRASE = 4
EXPERT_WINDOW = 90
# The sum of weighted evidence from which on two reports are relatives. It lies in the gap between 11 true pairs of real piles
# (a rewrite of a rewrite, two papers with one agency's text; lowest 1.4) and independent pairs of the same piles (highest
# .54) or the same expert told to two newsrooms (BASIL, 1.27). BASIL's 150 pairs: 3 found, with agency text in both. On the
# synthetic corpus 1.35 costs nothing beside the 1.8 of before; phrases at weight 1.3 cost .004 (a long quotation shared).
THRESHOLD = 1.35


class View(NamedTuple):
    """What retelling looks at in one report."""

    one: Annotated
    words: Words
    keys: frozenset[str]
    experts: Mapping[str, Witness]
    told: Mapping[str, Witness]
    told_outlet: Mapping[str, str]
    people: Mapping[str, Witness]


class Retold(Struct, frozen=True):
    """Two reports of which one may retell the other; ``of_a``, ``of_b``: the share of each text with a counterpart."""

    a: str
    b: str
    score: float
    of_a: float
    of_b: float
    reasons: tuple[Reason, ...]


def view(one: Annotated, words: Words, tellings: Sequence[Telling]) -> View:
    """What retelling needs to know of a report."""
    people = _people(one)
    told = {t.speaker: t for t in reversed(tellings) if t.how == "told" and t.speaker}
    return View(
        one=one,
        words=words,
        keys=frozenset(anchor.key for anchor in one.anchors if anchor.kind != "S"),  # S repeats W
        experts=_experts(one, words, people),
        told={name: telling.span for name, telling in told.items()},
        told_outlet={name: telling.outlet for name, telling in told.items()},
        people=people,
    )


def find_retold(
    views: Mapping[str, View], reports: Mapping[str, Report], tied: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Retold]:
    """The pairs that tell the same, without those that are ``tied`` already."""
    skip = set(tied)
    found: dict[tuple[str, str], Retold] = {}
    for a, b in candidates(views):
        if (a, b) not in skip:
            pair = compare(views[a], views[b], reports)
            if pair.score >= THRESHOLD:
                found[a, b] = pair
    return found


def candidates(views: Mapping[str, View]) -> list[tuple[str, str]]:
    """The pairs worth a look: those with most keys in common that few others have."""
    holders: dict[str, list[str]] = defaultdict(list)
    for report in sorted(views):
        for key in views[report].keys:
            holders[key].append(report)
    common: dict[tuple[str, str], float] = defaultdict(float)
    for key in sorted(holders):
        if 2 <= len(holders[key]) <= COMMON_KEY:
            for pair in combinations(holders[key], 2):
                common[pair] += 1
    partners: dict[str, int] = defaultdict(int)
    kept = []
    for pair in sorted(common, key=lambda p: (-common[p], p)):
        if common[pair] >= FEWEST_KEYS and max(partners[pair[0]], partners[pair[1]]) < MOST_PARTNERS:
            partners[pair[0]] += 1
            partners[pair[1]] += 1
            kept.append(pair)
    return sorted(kept)


def compare(a: View, b: View, reports: Mapping[str, Report]) -> Retold:
    """All evidence that one of the two retells the other. Sentences are aligned only where the cheaper signs leave room."""
    found = [*_same_agency(a, b, reports), *_same_expert(a, b, reports), *_phrases(a, b, reports)]
    common = len(a.keys & b.keys) / max(1, min(len(a.keys), len(b.keys)))
    signs = any(reason.score for reason in found)
    of_a = of_b = 0.0
    if common >= (FEW_KEYS if signs or a.one.report.language != b.one.report.language else MANY_KEYS):
        pairs = [p for p in align(a.one, b.one) if p.score >= ALIGNED and not _both_speech(a, b, p)]
        of_a, of_b = _covered(a, {p.a for p in pairs}), _covered(b, {p.b for p in pairs})
        found = [*_same_facts(a, b, pairs, of_a, of_b, reports), *found]
    total = sum(RETOLD_WEIGHTS[r.rule] * r.score for r in found)
    return Retold(a.one.report.id, b.one.report.id, round(total, 4), round(of_a, 4), round(of_b, 4), tuple(found))


def _same_facts(
    a: View, b: View, pairs: Sequence[SentencePair], of_a: float, of_b: float, reports: Mapping[str, Report]
) -> list[Reason]:
    if len(pairs) < 2:
        return []
    ordered = sorted(pairs)
    spans = [w for p in sorted(ordered, key=lambda p: (-p.score, p))[:8] for w in (_at(a, p.a), _at(b, p.b))]
    values = (f"{max(of_a, of_b):.3f}", str(_in_order([p.b for p in ordered])), str(len(ordered)))
    reason = give("same facts", reports, spans, values)
    return [reason] if reason.score else []


def _same_agency(a: View, b: View, reports: Mapping[str, Report]) -> list[Reason]:
    names = [usual_name(side.one.report.agency or "") for side in (a, b)]
    return [give("same agency", reports, (), names)] if names[0] and names[0] == names[1] else []


def _same_expert(a: View, b: View, reports: Mapping[str, Report]) -> list[Reason]:
    both = sorted(set(a.experts) & set(b.people) | set(b.experts) & set(a.people))
    if not both:
        return []
    spans = [w for name in both for w in (a.people[name], b.people[name])]
    told = sorted({name for name in both if name in a.told or name in b.told})
    found = [give("same expert", reports, spans, (str(len(both)),))]
    if told:
        cues_at = [side.told[name] for name in told for side in (a, b) if name in side.told]
        found.append(give("told to one of them", reports, cues_at, (str(len(told)),)))
    return found


def _phrases(a: View, b: View, reports: Mapping[str, Report]) -> list[Reason]:
    """Short runs of equal words outside speech, and the narrator's words that the other puts in marks."""
    if a.one.report.language != b.one.report.language:
        return []
    plain: list[Witness] = []
    moved: list[Witness] = []
    worth = marks = 0
    for i, j, length in _runs(a.words, b.words):
        here, there = a.words.spoken[i : i + length], b.words.spoken[j : j + length]
        heavy = [k for k in range(length) if not (here[k] and there[k]) and _weighs(a, i + k)]
        if len(heavy) < 2:
            continue
        worth += len(heavy)
        spans = [a.words.witness(i, i + length), b.words.witness(j, j + length)]
        plain += spans
        shifted = sum(x != y for x, y in zip(here, there, strict=True))
        # One side all speech, the other partly: the marks have moved over the narrator's words.
        if shifted >= SHORTEST_PHRASE and (all(here) != all(there)) and any(here) and any(there):
            marks += shifted
            moved += spans
    shorter = min(len(a.words.starts), len(b.words.starts))
    found = []
    if plain:
        found.append(give("shared phrases", reports, plain[:16], (str(worth), str(shorter))))
    if moved:
        found.append(give("marks moved", reports, moved[:8], (str(marks),)))
    return found


def _weighs(a: View, i: int) -> bool:
    """A content word: long, and no part of a name."""
    word = a.words.norms[i]
    start = a.words.starts[i]
    return len(word) >= 4 and not a.one.report.text[start : start + 1].isupper()


def _runs(a: Words, b: Words) -> list[tuple[int, int, int]]:
    """Maximal common runs of at least SHORTEST_PHRASE words: (word in a, word in b, length), each word of b once."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(a.norms) - SHORTEST_PHRASE + 1):
        gram = a.norms[i : i + SHORTEST_PHRASE]
        if len(places[gram]) < 8:
            places[gram].append(i)
    found = []
    j = 0
    while j <= len(b.norms) - SHORTEST_PHRASE:
        length, at = 0, 0
        for i in places.get(b.norms[j : j + SHORTEST_PHRASE], ()):
            n = SHORTEST_PHRASE
            while i + n < len(a.norms) and j + n < len(b.norms) and a.norms[i + n] == b.norms[j + n]:
                n += 1
            if n > length:
                length, at = n, i
        if length:
            found.append((at, j, length))
        j += max(1, length)
    return found


def _covered(side: View, sentences: set[int]) -> float:
    sizes = [s.last_token - s.first_token for s in side.one.sentences]
    return sum(sizes[i] for i in sentences) / max(1, sum(sizes))


def _at(side: View, sentence: int) -> Witness:
    found = side.one.sentences[sentence]
    return Witness(side.one.report.id, found.start, found.end)


def _both_speech(a: View, b: View, pair: SentencePair) -> bool:
    """Whether both sentences are mostly quotation: what was said to everybody."""
    return _speech_share(a, pair.a) > 0.5 and _speech_share(b, pair.b) > 0.5


def _speech_share(side: View, sentence: int) -> float:
    found = side.one.sentences[sentence]
    first, last = side.words.range_of(found.start, found.end)
    return sum(side.words.spoken[first:last]) / max(1, last - first)


def _in_order(places: Sequence[int]) -> int:
    """The length of the longest run of places that never goes back (patience sorting)."""
    piles: list[int] = []
    for place in places:
        at = bisect_right(piles, place)
        piles[at : at + 1] = [place]
    return len(piles)


def _people(one: Annotated) -> dict[str, Witness]:
    """The people named, by the last word of the name, each with the first place that names them."""
    found: dict[str, Witness] = {}
    for name in one.names:
        if name.kind == "person" and " " in name.text:
            found.setdefault(last_word(name.text), Witness(one.report.id, name.start, name.end))
    return found


def _experts(one: Annotated, words: Words, people: Mapping[str, Witness]) -> dict[str, Witness]:
    """The people who are introduced as experts: "Ada Berg, a professor of law at ...", "professor Ada Berg"."""
    nouns = cues(one.report.language).experts
    if not nouns.intersection(words.norms):
        return {}
    said = {start for start, spoken in zip(words.starts, words.spoken, strict=True) if spoken}
    found: dict[str, Witness] = {}
    for name in one.names:
        key = last_word(name.text)
        if name.kind != "person" or key not in people or key in found:
            continue
        sentence = one.sentences[name.sentence]
        tokens = [t for t in one.tokens[sentence.first_token : sentence.last_token] if t.start not in said]
        after = [t.norm for t in tokens if name.end <= t.start < name.end + EXPERT_WINDOW]
        before = [t.norm for t in tokens if t.end <= name.start][-2:]
        if (after[:1] in ([","], ["("], ["–"], ["—"]) and nouns & set(after)) or nouns & set(before):
            found[key] = Witness(one.report.id, name.start, name.end)
    return found
