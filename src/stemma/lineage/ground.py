"""What lineage knows of a story's reports before it weighs anything."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from stemma.lineage.credits import Telling, find_tellings, known_outlets, last_word
from stemma.lineage.retold import Retold, View, find_retold, view
from stemma.lineage.shared import Shared, share_pairs
from stemma.lineage.standing import Standing, read_standing
from stemma.lineage.times import stated_time
from stemma.lineage.wording import Wording, furniture_of
from stemma.lineage.words import Words, read_words
from stemma.records import Annotated, Passage, Reason, Report

# A tie needs this many equal words outside quotation marks: more than one sentence, so that neither a shared quotation nor
# a formula makes one. Measured on the synthetic corpus: at 25 words 18 originals get a source, at 30 two, at 40 one.
ENOUGH_WORDS = 30
# ... or this share of the shorter text, where that is itself short.
ENOUGH_SHARE, FEW_WORDS = 0.6, 8
# Translated sentences alone tie two reports when they fill so much of both texts (weighted by their similarity): all 360 pairs
# of MEANTIME's translations reach .7, independent reports in two languages .6. With less, retelling decides.
ENOUGH_TOLD = 0.65
# Between two reports that each share words with somebody, a retold sentence is worth less: near relatives would share its
# words too.
BESIDE_WORDS = 0.4


class Ground(Struct, frozen=True):
    """The reports, what related ones share, who tells whom, and where wordings differ; all by report id or sorted pair.
    ``wires``: the reports that the user knows to be the source of the others, with the correction that says so."""

    reports: Mapping[str, Report]
    times: Mapping[str, str | None]
    views: Mapping[str, View]
    standing: Mapping[str, Standing]
    pairs: Mapping[tuple[str, str], Shared]
    retold: Mapping[tuple[str, str], Retold]
    wording: Wording
    wires: Mapping[str, Reason] = {}

    def shared(self, one: str, other: str) -> Shared:
        """What two related reports share."""
        return self.pairs[min(one, other), max(one, other)]

    def words(self, report: str) -> Words:
        """The words of a report."""
        return self.views[report].words


def related(shared: Shared) -> bool:
    """Whether what two reports share cannot be a quotation or a formula alone."""
    if shared.plain >= ENOUGH_WORDS:
        return True
    if shared.plain >= FEW_WORDS and max(shared.of_a, shared.of_b) >= ENOUGH_SHARE:
        return True
    return min(shared.told_a, shared.told_b) >= ENOUGH_TOLD


def read_ground(
    members: Sequence[Annotated], passages: Sequence[Passage], wires: Mapping[str, Reason] | None = None
) -> Ground:
    """What is known of the members (sorted by id) and of the related pairs among them."""
    reports = {one.report.id: one.report for one in members}
    words = {one.report.id: read_words(one) for one in members}
    known = known_outlets(reports.values())
    tellings = {one.report.id: find_tellings(one, known) for one in members}
    views = {one.report.id: view(one, words[one.report.id], tellings[one.report.id]) for one in members}
    pairs = {key: pair for key, pair in share_pairs(words, passages).items() if related(pair)}
    wording = Wording(words, pairs.values(), furniture_of(words, passages))
    retold = find_retold(views, reports, pairs)
    sharing = {report for pair in pairs.values() if pair.words for report in (pair.a, pair.b)}
    ties = dict(pairs) | {key: _as_shared(found, words, sharing) for key, found in retold.items()}
    times = {one.report.id: stated_time(one) for one in members}
    return Ground(
        reports,
        times,
        views,
        _standings(members, views, tellings),
        dict(sorted(ties.items())),
        retold,
        wording,
        wires or {},
    )


def _as_shared(found: Retold, words: Mapping[str, Words], sharing: Collection[str]) -> Shared:
    """A retelling as something shared: the share of each text that has a counterpart counts as told in other words."""
    told = min(found.of_a * len(words[found.a].starts), found.of_b * len(words[found.b].starts))
    if found.a in sharing and found.b in sharing:
        told *= BESIDE_WORDS
    return Shared(
        a=found.a, b=found.b, runs=(), words=0, plain=0, of_a=0.0, of_b=0.0,
        told=told, told_a=found.of_a, told_b=found.of_b, passages=(),
    )  # fmt: skip


def _standings(
    members: Sequence[Annotated], views: Mapping[str, View], tellings: Mapping[str, tuple[Telling, ...]]
) -> dict[str, Standing]:
    names = {report: _name_words(side.one) for report, side in views.items()}
    holders: dict[str, int] = {}
    for words in names.values():
        for word in words:
            holders[word] = holders.get(word, 0) + 1
    return {
        one.report.id: read_standing(
            one, tellings[one.report.id], (word for word in names[one.report.id] if holders[word] > 1)
        )
        for one in members
    }


def _name_words(one: Annotated) -> frozenset[str]:
    """Every word of every person's name: a speaker may be called by any of them."""
    return frozenset(last_word(word) for name in one.names if name.kind == "person" for word in name.text.split())
