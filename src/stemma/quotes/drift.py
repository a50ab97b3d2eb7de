"""Drift: how one rendering of an utterance differs from the rendering closest to the source, each kind with both spans."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec import Struct, field

from stemma.collate.content import Item
from stemma.quotes.content import clashing, items_of, says_nothing_of, token_range
from stemma.quotes.lexicon import fold, lexicon
from stemma.records import Annotated, Drift, DriftKind, Quotation, Span, Speaker, Witness
from stemma.spans import trim

# Words that a rewrite may change without changing what was said.
SMALL = 3
# Fewer new words inside the marks than this is a slip of the copyist, not marks moved over other words.
LEAST_MOVED = 3
# Two renderings within this ratio of lengths tell the same stretch of speech; beyond it one is a part of the other.
AS_LONG = 1.6
# Across languages a phrase counts as unsaid only where its items' doubt adds up to the first and one item has the second:
# words without a known translation ("und niemand traut sich") say nothing by their absence; names, figures and concepts do.
UNSAID_DOUBT, ONE_DOUBT = 1.0, 0.5


class Rendering(Struct):
    """A quotation with its report and what it says."""

    quotation: Quotation
    one: Annotated
    items: tuple[Item, ...]
    told: dict[tuple[Span, ...], list[tuple[str, Span]]] = field(default_factory=dict)  # ``words``, by spans

    @property
    def language(self) -> str | None:
        """The report's language."""
        return self.one.report.language

    @property
    def name(self) -> str:
        """The speaker's name, "" where there is none."""
        return (self.quotation.speaker.name or "") if self.quotation.speaker else ""

    def witnesses(self) -> tuple[Witness, ...]:
        """The content as witnesses."""
        return tuple(Witness(self.quotation.report, s.start, s.end) for s in self.quotation.content)

    def words(self, spans: Sequence[Span]) -> list[tuple[str, Span]]:
        """The folded words in the spans with their places."""
        key = tuple(spans)
        found = self.told.get(key)
        if found is None:
            inside = (t for span in spans for t in self.one.tokens[slice(*token_range(self.one, span))])
            found = self.told[key] = [(fold(t.norm), Span(t.start, t.end)) for t in inside if t.kind != "mark"]
        return found


def drift_of(closest: Rendering, other: Rendering) -> list[Drift]:
    """All the ways in which ``other`` differs from ``closest``."""
    found: list[Drift] = []
    if closest.language != other.language:
        found.append(_drift(other, "translated", [*closest.witnesses(), *other.witnesses()]))
    found.extend(_marking(closest, other))
    found.extend(_wording(closest, other))
    clash = other_values(closest, other)
    if clash:
        found.append(_drift(other, "words changed", [*_places(closest, clash[0]), *_places(other, clash[1])]))
    found.extend(_hedges(closest, other))
    if denial(closest) != denial(other) and not _negates(closest) and not _negates(other):
        found.append(_drift(other, "said or denied", [*_cue(closest), *_cue(other)]))
    if closest.name and other.name and closest.quotation.speaker and other.quotation.speaker:
        one, two = closest.quotation.speaker, other.quotation.speaker
        named = closest.quotation.attribution == other.quotation.attribution == "explicit"
        if named and _others(one, two) and one.span and two.span:
            found.append(_drift(other, "speaker changed", [_at(closest, one.span), _at(other, two.span)]))
    return found


def _others(one: Speaker, two: Speaker) -> bool:
    """Whether two speakers are surely different: two actors, or two names ("analysts" and "analytikerne" are none)."""
    if one.actor and two.actor:
        return one.actor != two.actor
    first, second = one.name or "", two.name or ""
    named = first[:1].isupper() and second[:1].isupper() and len(first.split()) > 1 and len(second.split()) > 1
    return named and not set(first.casefold().split()) & set(second.casefold().split())


def other_values(closest: Rendering, other: Rendering) -> tuple[frozenset[str], frozenset[str]] | None:
    """The numbers, days or countries that differ between two renderings of about the same length (parts are no change)."""
    lengths = sorted(sum(s.end - s.start for s in r.quotation.content) for r in (closest, other))
    return clashing(closest.items, other.items) if lengths[1] <= AS_LONG * lengths[0] else None


def _places(r: Rendering, keys: frozenset[str]) -> list[Witness]:
    """Where the anchors with these keys stand in the rendering."""
    inside = [
        a
        for a in r.one.anchors
        if a.key in keys and any(c.start <= a.start and a.end <= c.end for c in r.quotation.content)
    ]
    return [_at(r, Span(a.start, a.end)) for a in sorted(inside, key=lambda a: a.start)]


def _drift(of: Rendering, kind: DriftKind, spans: Sequence[Witness]) -> Drift:
    return Drift(quotation=of.quotation.id, kind=kind, spans=tuple(spans))


def _at(r: Rendering, span: Span) -> Witness:
    return Witness(r.quotation.report, span.start, span.end)


def _spoken(r: Rendering) -> Sequence[Span]:
    """The words given as the speaker's own: inside marks, or a dash line."""
    return r.quotation.content if r.quotation.marking == "dash" else r.quotation.marked


def _marking(closest: Rendering, other: Rendering) -> list[Drift]:
    """Direct speech made paraphrase and back, and marks that take in words the closest rendering has outside marks."""
    was, now = _type(closest, other), _type(other, closest)
    both = [*closest.witnesses(), *other.witnesses()]
    found: list[Drift] = []
    if was != "indirect" and now == "indirect":
        found.append(_drift(other, "direct made paraphrase", both))
    if was != "direct" and now == "direct":
        found.append(_drift(other, "paraphrase made direct", both))
    if now == "indirect" or not _spoken(other):
        return found
    if closest.language == other.language:
        moved = _moved(closest, other)
        if moved:
            found.append(_drift(other, "marks moved", moved))
    return found


def _type(r: Rendering, against: Rendering) -> str:
    """The type of the part that both share: a mixed clause whose marks hold something else is plain paraphrase here."""
    if r.quotation.type == "mixed" and says_nothing_of(items_of(r.one, r.quotation.marked), against.items):
        return "indirect"
    return r.quotation.type


def _moved(closest: Rendering, other: Rendering) -> list[Witness]:
    """Words inside the other's marks that the closest rendering says outside its own marks, on both sides."""
    inside = {word for word, _ in closest.words(_spoken(closest))}
    plain = {word: span for word, span in closest.words(closest.quotation.content) if word not in inside}
    hits = [(word, span) for word, span in other.words(_spoken(other)) if word in plain and len(word) > SMALL]
    if len(hits) < LEAST_MOVED:
        return []
    here = [span for _, span in hits]
    there = [plain[word] for word, _ in hits]
    return [
        Witness(closest.quotation.report, min(s.start for s in there), max(s.end for s in there)),
        Witness(other.quotation.report, here[0].start, here[-1].end),
    ]


def _wording(closest: Rendering, other: Rendering) -> list[Drift]:
    """Words added, dropped or replaced: word by word in one language, by whole phrases across two."""
    if closest.language == other.language:
        if not (_spoken(closest) and _spoken(other)) or "indirect" in (_type(closest, other), _type(other, closest)):
            return []
        spans = _changed(closest, other)
    else:
        spans = [*_unsaid(closest, other), *_unsaid(other, closest)]
    return [_drift(other, "words changed", spans)] if spans else []


def _changed(closest: Rendering, other: Rendering) -> list[Witness]:
    """The stretches inside marks that differ; a shorter cut of the same words is no change."""
    one, two = closest.words(_spoken(closest)), other.words(_spoken(other))
    matcher = SequenceMatcher(None, [w for w, _ in one], [w for w, _ in two], autojunk=False)
    spans: list[Witness] = []
    codes = [c for c in matcher.get_opcodes() if c[0] != "equal"]
    for tag, a1, a2, b1, b2 in codes:
        cut = (a1 == 0 or a2 == len(one)) and tag == "delete"
        more = (b1 == 0 or b2 == len(two)) and tag == "insert"
        if cut or more:
            continue
        if a2 > a1:
            spans.append(_at(closest, Span(one[a1][1].start, one[a2 - 1][1].end)))
        if b2 > b1:
            spans.append(_at(other, Span(two[b1][1].start, two[b2 - 1][1].end)))
    return spans


def _unsaid(of: Rendering, missing_in: Rendering) -> list[Witness]:
    """Phrases between commas of one rendering of which the other says nothing."""
    text = of.one.report.text
    spans: list[Witness] = []
    for content in of.quotation.content:
        at = content.start
        pieces = []
        for k in range(content.start, content.end + 1):
            if k == content.end or text[k] in ",;،、，":
                pieces.append(Span(at, k))
                at = k + 1
        spans.extend(
            _at(of, trim(text, piece.start, piece.end))
            for piece in (pieces if len(pieces) > 1 else [])
            if len(of.words([piece])) >= SMALL and _missed(items_of(of.one, [piece]), missing_in.items)
        )
    return spans


def _missed(piece: Sequence[Item], other: Sequence[Item]) -> bool:
    """Whether the other says nothing of a piece whose absence says something."""
    doubts = [item.doubt for item in piece]
    return sum(doubts) >= UNSAID_DOUBT and max(doubts) >= ONE_DOUBT and says_nothing_of(piece, other)


# "did not deny that": words before the cue among which a negation turns it.
BEFORE_CUE = 3


def denial(r: Rendering) -> bool:
    """Whether the cue says that the content is not so ("denied that ...", but "did not deny that ...")."""
    cue, lex = r.quotation.cue, lexicon(r.language)
    if cue is None or not any(word in lex.words["denials"] for word, _ in r.words([cue])):
        return False
    first, _ = token_range(r.one, cue)
    before = r.one.tokens[max(0, first - BEFORE_CUE) : first]
    return not any(fold(token.norm) in lex.negated for token in before)


def _negates(r: Rendering) -> bool:
    """Whether the content itself holds a negation: "denied that it leaks" and "said it does not leak" are one thing."""
    negated = lexicon(r.language).negated
    return any(word in negated or word.endswith("n't") for word, _ in r.words(r.quotation.content))


def _cue(r: Rendering) -> list[Witness]:
    return [_at(r, r.quotation.cue)] if r.quotation.cue else list(r.witnesses())


def _hedges(closest: Rendering, other: Rendering) -> list[Drift]:
    """A word of doubt on one side only ("could", "probably"), with the place of the other rendering."""
    modal = closest.language == other.language
    before, after = _doubts(closest, modal), _doubts(other, modal)
    if bool(before) == bool(after):
        return []
    here = [_at(closest, s) for s in before] or list(closest.witnesses())
    there = [_at(other, s) for s in after] or list(other.witnesses())
    return [_drift(other, "hedge added or dropped", [*here, *there])]


def _doubts(r: Rendering, modal: bool) -> list[Span]:
    """The words of doubt; modal verbs only inside one language, because "could" and "kan" do not draw the line alike."""
    words = lexicon(r.language).words
    return [
        span
        for word, span in r.words(r.quotation.content)
        if word in words["hedges"] and (modal or word not in words["auxiliaries"])
    ]
