"""From single differences to disagreements: which spans carry which reading, and which families stand behind each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, Literal, NamedTuple, TypeVar

from msgspec import structs

from stemma.compare.context import Spot
from stemma.compare.mentions import HAPPENED, SHRINKING
from stemma.compare.outdated import outdated, versions_told
from stemma.compare.values import conflict, stated
from stemma.ids import content_id
from stemma.records import Confidence, Disagreement, DisagreementKind, Reading, Reason, Report, SlotKind, Witness

Tier = Literal["clash", "look"]
ONE_THING = "one thing counted"  # the rule of counts across a story; its first value is what is counted
RANK = {"contradiction": 0, "role": 1, "counted differently": 2, "forecast told as fact": 3, "later telling": 4}


class Told(NamedTuple):
    """A spot in a report."""

    report: str
    spot: Spot


class Finding(NamedTuple):
    """A disagreement before its families are looked up. ``readings`` are spots that agree with each other."""

    slot: SlotKind
    tier: Tier
    kind: DisagreementKind
    readings: tuple[tuple[Told, ...], ...]
    reasons: tuple[Reason, ...]


class Edge(NamedTuple):
    """A difference between two reports' spots, judged. ``reasons`` are worked out where the edge is the one that is shown."""

    slot: SlotKind
    tier: Tier
    kind: DisagreementKind
    a: Told
    b: Told
    reasons: Callable[[], tuple[Reason, ...]]


Node = TypeVar("Node", str, Told)


class Joined(Generic[Node]):
    """What belongs together: each node with the first of its group."""

    def __init__(self) -> None:
        self.root: dict[Node, Node] = {}

    def top(self, one: Node) -> Node:
        """The first node of a group; a node not seen before is a group of its own."""
        while self.root.setdefault(one, one) != one:
            one = self.root[one]
        return one

    def join(self, a: Node, b: Node) -> None:
        """Put two nodes and their groups together."""
        low, high = sorted((self.top(a), self.top(b)))
        self.root[high] = low


def gather(edges: Sequence[Edge], same: Iterable[tuple[Told, Told]]) -> list[Finding]:
    """Differences of one slot that share a spot become one finding; spots with the same value one reading."""
    joined = Joined[Told]()
    for edge in edges:
        joined.join(edge.a, edge.b)
    for a, b in same:
        if a in joined.root or b in joined.root:
            joined.join(a, b)
    groups: dict[Told, list[Told]] = {}
    for one in sorted(joined.root):
        groups.setdefault(joined.top(one), []).append(one)
    return [
        _finding(nodes, [e for e in edges if joined.top(e.a) == key])
        for key, nodes in sorted(groups.items())
        if len(nodes) > 1
    ]


def _finding(nodes: Sequence[Told], edges: Sequence[Edge]) -> Finding:
    best = min(edges, key=lambda e: (e.tier != "clash", RANK.get(e.kind, 9), e.a, e.b))
    values: dict[str, list[Told]] = {}
    for node in nodes:
        values.setdefault(node.spot.value, []).append(node)
    readings: list[list[Told]] = []
    for value in sorted(values, key=lambda v: (-len(values[v]), v)):
        home = next((r for r in readings if _at_one(best.slot, values[value], r, edges)), None)
        if home is None:
            readings.append(list(values[value]))
        else:
            home += values[value]
    return Finding(best.slot, best.tier, best.kind, tuple(tuple(sorted(r)) for r in readings), best.reasons())


def _at_one(slot: SlotKind, left: Sequence[Told], right: Sequence[Told], edges: Sequence[Edge]) -> bool:
    """Whether two values can stand in one reading: both can hold, and no difference was found between them."""
    if slot not in ("count", "money", "percent", "date", "name") or conflict(
        slot, left[0].spot.value, right[0].spot.value
    ):
        return False
    return not any((e.a in left and e.b in right) or (e.a in right and e.b in left) for e in edges)


def settle(
    findings: Iterable[Finding], story: str, reports: Mapping[str, Report], families: Mapping[str, str]
) -> tuple[Disagreement, ...]:
    """The disagreements of a story, clashes first; the same spans are told once."""
    done: dict[str, Disagreement] = {}
    for finding in findings:
        one = _disagreement(finding, story, reports, families)
        if len(one.readings) > 1:
            done.setdefault(one.id, one)
    ordered = _widened(sorted(done.values(), key=_order))
    return tuple(_drop_covered(ordered))


def _order(one: Disagreement) -> tuple[bool, int, int, tuple[Witness, ...], str]:
    """Clashes first, then by kind; of one kind those with more witnesses first."""
    return (
        one.tier != "clash",
        RANK.get(one.kind, 9),
        -sum(len(r.witnesses) for r in one.readings),
        one.readings[0].witnesses,
        one.id,
    )


def _disagreement(
    finding: Finding, story: str, reports: Mapping[str, Report], families: Mapping[str, str]
) -> Disagreement:
    readings = []
    for told, old in zip(finding.readings, _outdated(finding, reports, families), strict=True):
        witnesses = tuple(sorted({Witness(one.report, one.spot.start, one.spot.end) for one in told}))
        first = witnesses[0]
        readings.append(
            Reading(
                value=reports[first.report].text[first.start : first.end],
                families=tuple(sorted({families.get(w.report, w.report) for w in witnesses})),
                witnesses=witnesses,
                outdated=old,
            )
        )
    readings.sort(key=lambda r: (min(_when(reports, w) for w in r.witnesses), r.witnesses, r.value))
    spans = [(w.report, w.start, w.end) for r in readings for w in r.witnesses]
    confidence: Confidence = "likely" if finding.tier == "clash" else "unsure"
    return Disagreement(
        id=content_id("d", story, finding.slot, finding.kind, *spans),
        story=story,
        slot=finding.slot,
        tier=finding.tier,
        kind=finding.kind,
        readings=tuple(readings),
        confidence=confidence,
        reasons=finding.reasons,
    )


def _outdated(finding: Finding, reports: Mapping[str, Report], families: Mapping[str, str]) -> Sequence[bool]:
    """Which readings a later figure has overtaken; none of a slot that is no figure of one thing."""
    sort = next((reason.values[0] for reason in finding.reasons if reason.rule == ONE_THING), "")
    if finding.slot not in ("count", "money", "percent") or not (sort in HAPPENED or finding.kind == "later telling"):
        return [False] * len(finding.readings)
    versions = versions_told(
        (
            stated(told[0].spot.value),
            (reports[one.report].published for one in told),
            len({families.get(one.report, one.report) for one in told}),
        )
        for told in finding.readings
    )
    return outdated(versions, grows=sort in HAPPENED - SHRINKING)


def _when(reports: Mapping[str, Report], witness: Witness) -> str:
    """When a version was told: the readings stand in the order of time, the undated last."""
    return reports[witness.report].published or "~"


def _widened(ordered: Sequence[Disagreement]) -> list[Disagreement]:
    """A clash found in one statement takes over the readings of a look that shows the same ones with more witnesses."""
    return [_widest(one, ordered) if one.tier == "clash" else one for one in ordered]


def _widest(clash: Disagreement, ordered: Sequence[Disagreement]) -> Disagreement:
    for other in ordered:
        wider = (
            other.tier == "look"
            and (other.slot, other.kind) == (clash.slot, clash.kind)
            and _spans(other) > _spans(clash)
        )
        if wider and _covers(other, clash):
            reasons = (*clash.reasons, *(r for r in other.reasons if r not in clash.reasons))
            return structs.replace(clash, readings=other.readings, reasons=reasons)
    return clash


def _spans(one: Disagreement) -> int:
    return sum(len(reading.witnesses) for reading in one.readings)


def _drop_covered(ordered: Sequence[Disagreement]) -> list[Disagreement]:
    """A line is left out when an earlier one of the same slot, or a wider look, shows its readings at the same places; and a
    look at values that earlier lines hold apart (the dead of one report beside the injured of another)."""
    kept: list[Disagreement] = []
    for one in ordered:
        wider = [o for o in ordered if o.slot == one.slot and len(o.readings) > len(one.readings)]
        if one.tier == "look" and any(_covers(other, one) for other in wider):
            continue
        if one.tier == "look" and _mixes([o for o in kept if o.slot == one.slot], one):
            continue
        if not any(_covers(other, one) for other in kept if other.slot == one.slot):
            kept.append(one)
    return kept


def _covers(shown: Disagreement, one: Disagreement) -> bool:
    """Whether every reading of ``one`` touches a reading of ``shown``, each another."""
    taken: set[int] = set()
    for reading in one.readings:
        hit = next((n for n, other in enumerate(shown.readings) if n not in taken and _touch(reading, other)), None)
        if hit is None:
            return False
        taken.add(hit)
    return True


def _mixes(kept: Sequence[Disagreement], one: Disagreement) -> bool:
    """Whether every reading of ``one`` stands in some line, but none of them in the same."""
    homes = [
        {other.id for other in kept if any(_touch(reading, r) for r in other.readings)} for reading in one.readings
    ]
    return all(homes) and not set.intersection(*homes)


def _touch(a: Reading, b: Reading) -> bool:
    return any(x.report == y.report and x.start < y.end and y.start < x.end for x in a.witnesses for y in b.witnesses)
