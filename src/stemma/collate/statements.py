"""Statements: sentences of several reports that say the same thing.

Pairs of sentences come from ``align``. They are joined into groups without snowballing: two groups become one only when
most of the pairs between them are links themselves, so that A ~ B and B ~ C do not put A beside C.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import regex
from anyascii import anyascii
from rapidfuzz import fuzz

from stemma.collate.align import align, may_align, shared_keys
from stemma.collate.sureness import Link, Node, sureness
from stemma.ids import content_id
from stemma.reasons import give, rule
from stemma.records import Annotated, Family, Passage, Reason, Report, Statement, Story, Witness

# Share of the pairs between two groups that must be links before the groups become one: more than half, so that a
# sentence which only one member knows stays outside. Complete linkage (1.0) breaks groups at every missed pair.
LINKED = 0.6
# By a link as sure as a copied sentence half is enough: a figure changed in the copy is what keeps the translations away.
COPIED, LINKED_BY_A_COPY = 0.8, 0.5
# At most this many sentences of one report stand in a statement, and only neighbours: a sentence that another report splits.
OWN = 2
# Links below this are not joined: the aligner's scores are shares of pairs that are right, so these are more wrong than right.
FLOOR = 0.5

# Up to so many reports every pair is aligned (1,770 pairs, 1.5 s); in a larger story each report with so many partners.
SMALL, PARTNERS = 60, 24

LINKS = ("words in common", "signs in common")  # the rules of a link; its score is the first value
SIGN = regex.compile(r"[\p{L}\p{M}\d]++")


@rule("signs in common")
def signs_in_common(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """Two sentences share words, names or numbers: the share of the shorter one's signs that the other has too."""
    left, right = (signs(reports[w.report].text[w.start : w.end]) for w in spans[:2])
    if not left or not right:
        return 0.0
    return len(left & right) / min(len(left), len(right))


@rule("words in common")
def words_in_common(reports: Mapping[str, Report], spans: Sequence[Witness], values: Sequence[str]) -> float:
    """Two sentences of one language are the same up to the order of words and what one has more."""
    left, right = (reports[w.report].text[w.start : w.end].casefold() for w in spans[:2])
    return fuzz.token_set_ratio(left, right) / 100


def signs(text: str) -> frozenset[str]:
    """What can survive a translation: words of five letters or more in Latin letters cut to five, and all numbers."""
    found = set()
    for match in SIGN.finditer(text):
        word = match.group()
        folded = word.casefold() if word.isascii() else anyascii(word).casefold()
        if word[0].isdigit():
            found.add(word)
        elif len(folded) >= 5 or word[0].isupper():
            found.add(folded[:5])
    return frozenset(found)


def find_statements(
    story: Story, members: Sequence[Annotated], passages: Sequence[Passage], families: Sequence[Family]
) -> tuple[Statement, ...]:
    """The story's statements with the families that carry each, in the order of the first report that tells them."""
    pile = sorted(members, key=lambda one: one.report.id)
    compared = _compared(pile)
    links = _links(pile, compared)
    family_of = {report: family.id for family in families for report in family.reports}
    reports = {one.report.id: one.report for one in pile}
    found = [
        _statement(story, pile, reports, family_of, nodes, inside)
        for nodes, inside in _groups(links, compared if len(pile) > SMALL else None)
        if len({report for report, _ in nodes}) > 1
    ]
    return tuple(sorted(found, key=lambda one: (one.sentences[0], one.id)))


def _links(pile: Sequence[Annotated], compared: Sequence[tuple[int, int]]) -> list[Link]:
    """All sentence pairs of the story, best first."""
    links = []
    for i, j in compared:
        if may_align(pile[i], pile[j]):
            links += [
                Link(pair.score, (i, pair.a), (j, pair.b)) for pair in align(pile[i], pile[j]) if pair.score >= FLOOR
            ]
    return sorted(links, key=_best)


def _best(link: Link) -> tuple[float, Node, Node]:
    return -link.score, link.a, link.b


def _compared(pile: Sequence[Annotated]) -> list[tuple[int, int]]:
    """The pairs of reports that are aligned: all of them, in a large story each report with those most like it."""
    everyone = range(len(pile))
    if len(pile) <= SMALL:
        return [(i, j) for i in everyone for j in range(i + 1, len(pile))]
    chosen: set[tuple[int, int]] = set()
    for i, row in enumerate(shared_keys(pile)):
        row[i] = -1
        near = np.argsort(-row, kind="stable")[:PARTNERS].tolist()
        chosen.update((min(i, j), max(i, j)) for j in near)
    return sorted(chosen)


class Group:
    """Sentences held to say the same: ``nodes``, the ``links`` that joined them, and how many sentences of each report."""

    def __init__(self, node: Node) -> None:
        self.nodes = [node]
        self.links: list[Link] = []
        self.of: dict[int, list[int]] = {node[0]: [node[1]]}

    def take(self, other: Group, link: Link) -> None:
        """Take in another group by a link between the two."""
        self.nodes += other.nodes
        self.links += [*other.links, link]
        for report, sentences in other.of.items():
            self.of.setdefault(report, []).extend(sentences)


def _groups(
    links: Sequence[Link], compared: Sequence[tuple[int, int]] | None = None
) -> list[tuple[list[Node], list[Link]]]:
    """Groups of sentences with the links that made them; a group of one is left out. ``compared``: the pairs of reports that
    were aligned (None: all), for what was not compared does not speak against a group."""
    partners = None if compared is None else _partners(compared)
    known: dict[Node, set[Node]] = {}
    for link in links:
        known.setdefault(link.a, set()).add(link.b)
        known.setdefault(link.b, set()).add(link.a)
    group_of = {node: Group(node) for node in known}
    refused: set[tuple[Node, Node, int, int, float]] = set()
    for link in links:
        left, right = group_of[link.a], group_of[link.b]
        if left is right:
            continue
        if right.nodes[0] < left.nodes[0]:
            left, right = right, left
        share = LINKED_BY_A_COPY if link.score >= COPIED else LINKED
        now = (left.nodes[0], right.nodes[0], len(left.nodes), len(right.nodes), share)
        if now in refused:
            continue
        if not _belong(left, right, known, share, partners):
            refused.add(now)
        else:
            if len(left.nodes) < len(right.nodes):
                left, right = right, left
            for node in right.nodes:
                group_of[node] = left
            left.take(right, link)
    ended = {id(group): group for group in group_of.values()}
    return sorted((sorted(one.nodes), sorted(one.links, key=_best)) for one in ended.values() if len(one.nodes) > 1)


def _partners(compared: Sequence[tuple[int, int]]) -> dict[int, set[int]]:
    """For each report those it was aligned with."""
    partners: dict[int, set[int]] = {}
    for i, j in compared:
        partners.setdefault(i, set()).add(j)
        partners.setdefault(j, set()).add(i)
    return partners


def _belong(
    left: Group, right: Group, known: Mapping[Node, set[Node]], share: float, partners: Mapping[int, set[int]] | None
) -> bool:
    """Whether enough of the pairs across are links, and no report comes in with sentences that are not neighbours."""
    small, large = sorted((left, right), key=lambda group: len(group.nodes))
    twice = [(own, large.of[report]) for report, own in small.of.items() if report in large.of]
    if any(len(one) + len(other) > OWN or abs(one[0] - other[0]) >= OWN for one, other in twice):
        return False
    if partners is None:
        across = len(small.nodes) * len(large.nodes) - sum(len(one) * len(other) for one, other in twice)
    else:
        across = sum(
            len(own) * len(large.of[other])
            for report, own in small.of.items()
            for other in partners.get(report, ())
            if other in large.of
        )
    if not across:
        return False
    others = set(large.nodes)
    return sum(len(known[node] & others) for node in small.nodes) >= share * across


def _statement(
    story: Story,
    pile: Sequence[Annotated],
    reports: Mapping[str, Report],
    family_of: Mapping[str, str],
    nodes: Sequence[Node],
    links: Sequence[Link],
) -> Statement:
    spans = {node: _witness(pile[node[0]], node[1]) for node in nodes}
    witnesses = tuple(sorted(spans.values()))
    confidence, content = sureness(pile, reports, spans, links)
    return Statement(
        id=content_id("t", story.id, *witnesses),
        story=story.id,
        sentences=witnesses,
        families=tuple(sorted({family_of.get(w.report, w.report) for w in witnesses})),
        confidence=confidence,
        reasons=(*(_reason(pile, reports, spans, link) for link in links), *content),
    )


def _witness(one: Annotated, sentence: int) -> Witness:
    return Witness(one.report.id, one.sentences[sentence].start, one.sentences[sentence].end)


def _reason(
    pile: Sequence[Annotated], reports: Mapping[str, Report], spans: Mapping[Node, Witness], link: Link
) -> Reason:
    same = pile[link.a[0]].report.language == pile[link.b[0]].report.language
    return give(
        LINKS[0] if same else LINKS[1],
        reports,
        (spans[link.a], spans[link.b]),
        (f"{link.score:.2f}",),
    )
