"""Who is who as the user's corrections say: the mentions of one person put together, or of two people parted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import Indel

from stemma.corrections import Matched, because
from stemma.records import Reason, Report
from stemma.story.people import Mention, parts_of

Person = Sequence[Mention]


def correct_people(
    people: Iterable[Person], corrections: Sequence[Matched], reports: Mapping[str, Report]
) -> list[tuple[Person, tuple[Reason, ...]]]:
    """The people of a story with "same person" and "not the same person" carried out, each with the corrections that
    changed it. A name is meant that some mention has, whatever its accents and capitals."""
    found: list[tuple[Person, tuple[Reason, ...]]] = [(person, ()) for person in people]
    for one in corrections:
        if one.found and one.entry.kind == "same person":
            found = _joined(found, one, reports)
    for one in corrections:
        if one.found and one.entry.kind == "not the same person":
            found = [part for person in found for part in _parted(person, one, reports)]
    return found


def _joined(
    people: list[tuple[Person, tuple[Reason, ...]]], one: Matched, reports: Mapping[str, Report]
) -> list[tuple[Person, tuple[Reason, ...]]]:
    meant = [k for k, (person, _) in enumerate(people) if any(_called(person, name) for name in one.entry.names)]
    if len(meant) < 2 or not all(any(_called(people[k][0], name) for k in meant) for name in one.entry.names):
        return people
    mentions = sorted((m for k in meant for m in people[k][0]), key=lambda m: (m.report, m.start))
    reasons = tuple(reason for k in meant for reason in people[k][1])
    rest = [person for k, person in enumerate(people) if k not in meant]
    return [*rest, (mentions, (*reasons, because(one, reports)))]


def _parted(
    person: tuple[Person, tuple[Reason, ...]], one: Matched, reports: Mapping[str, Report]
) -> list[tuple[Person, tuple[Reason, ...]]]:
    mentions, reasons = person
    names = [name for name in one.entry.names if _called(mentions, name)]
    if len(names) < 2:
        return [person]
    parts: dict[str, list[Mention]] = {}
    for mention, name in _sides(mentions, names):
        parts.setdefault(name, []).append(mention)
    return [(part, (*reasons, because(one, reports))) for _, part in sorted(parts.items())]


def _sides(mentions: Person, names: Sequence[str]) -> list[tuple[Mention, str]]:
    """Each mention with the one of the names that is meant: the name itself; else the nearest in letters; where that tells
    nothing, the one named before in the report, else the one named most."""
    near = {mention: _nearest(mention, names) for mention in mentions}
    often = Counter(name for name in near.values() if name)
    most = min(names, key=lambda name: (-often[name], name))
    found: list[tuple[Mention, str]] = []
    last: dict[str, str] = {}
    for mention in sorted(mentions, key=lambda m: (m.report, m.start)):
        name = near[mention] or last.get(mention.report, most)
        last[mention.report] = name
        found.append((mention, name))
    return found


def _nearest(mention: Mention, names: Sequence[str]) -> str | None:
    letters = " ".join(mention.parts)
    ranked = sorted((-Indel.normalized_similarity(letters, " ".join(parts_of(name))), name) for name in names)
    exact = [name for name in names if parts_of(name) == mention.parts or name == mention.text]
    if exact:
        return min(exact)
    return ranked[0][1] if ranked[0][0] < ranked[1][0] else None


def _called(person: Person, name: str) -> bool:
    parts = parts_of(name)
    return any(mention.text == name or (parts and mention.parts == parts) for mention in person)
