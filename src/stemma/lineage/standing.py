"""What speaks for a report's own reporting, and whom it credits.

Own reporting: somebody told this paper something (it says so, or names itself, or is named by the reader of the file); an
agency's dateline; a byline with a place; two people and more who told an otherwise unknown outlet something, or one whom
nobody else has. What was told another outlet, or is told by way of one, is a credit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from stemma.lineage.credits import Telling, usual_name
from stemma.read.outlets import agency_name
from stemma.records import Annotated, Witness

# Where a report names itself before its text begins: title, byline and dateline lie in so many code points.
HEAD = 300


class Standing(Struct, frozen=True):
    """``own``: the words that show own reporting; ``credits``: outlet (usual name) -> the words that credit it;
    ``name``: the outlet or agency that the report is by, as far as it says."""

    own: tuple[Witness, ...]
    credits: Mapping[str, tuple[Witness, ...]]
    by_way: tuple[str, ...]
    name: str | None


def read_standing(one: Annotated, tellings: Sequence[Telling], elsewhere: Iterable[str]) -> Standing:
    """A report's standing. ``elsewhere``: the words of people's names that other reports have too."""
    name = _name(one, tellings, frozenset(elsewhere))
    own: list[Witness] = []
    credited: dict[str, list[Witness]] = {}
    by_way: list[str] = []
    for telling in tellings:
        if telling.how == "own" or (telling.how == "told" and name and _same(telling.outlet, name)):
            own.append(telling.span)
        elif telling.outlet and not (name and _same(telling.outlet, name)):
            credited.setdefault(telling.outlet, []).append(telling.span)
            if telling.how == "by way" and telling.outlet not in by_way:
                by_way.append(telling.outlet)
    if not by_way or one.report.agency:  # who goes by another paper may sign its report, but has not been there
        own = [*_head(one), *own]
    return Standing(tuple(own), {key: tuple(spans) for key, spans in sorted(credited.items())}, tuple(by_way), name)


def _name(one: Annotated, tellings: Sequence[Telling], elsewhere: frozenset[str]) -> str | None:
    """Whose report it is: the agency, the outlet, or whom its people told things."""
    report = one.report
    if report.agency:
        return usual_name(report.agency)
    told = [t for t in tellings if t.how == "told" and t.outlet]
    if report.outlet:
        return usual_name(report.outlet)
    head = report.text[: (one.sentences[0].start if one.sentences else 0) + HEAD // 2][:HEAD]
    for telling in told:
        if telling.span.start > len(head) and telling.outlet in head:
            return telling.outlet
    if any(t.how == "by way" for t in tellings):
        return None
    return _told_to(told, elsewhere)


def _told_to(told: Sequence[Telling], elsewhere: frozenset[str]) -> str | None:
    """The one outlet that the report's people told things, if it is no agency's: two tellings, or a voice nobody else has."""
    outlets = {t.outlet for t in told}
    if len(outlets) != 1 or agency_name(next(iter(outlets))):
        return None
    private = [t for t in told if t.speaker and t.speaker not in elsewhere]
    speakers = {t.speaker for t in told if t.speaker}
    return told[0].outlet if private or len(speakers) > 1 else None


def _same(outlet: str, name: str) -> bool:
    """Whether an outlet's name and what the file calls it ("thetimes.example") are the same."""
    one, two = ("".join(c for c in word.casefold() if c.isalnum()) for word in (outlet, name))
    labels = name.casefold().split(".")
    return bool(one and two) and (one == two or one in labels or (len(one) >= 4 and one in two))


def _head(one: Annotated) -> list[Witness]:
    """The dateline, the agency's name in it, and the byline."""
    report = one.report
    found = []
    if report.dateline and (report.agency or report.byline):
        found.append(report.dateline)
        if report.agency:
            found.append(report.agency)
    if report.byline:
        found.append(report.byline)
    spans = []
    for words in found:
        at = report.text.find(words)
        if at >= 0:
            spans.append(Witness(report.id, at, at + len(words)))
    return sorted(set(spans))
