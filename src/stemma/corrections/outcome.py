"""What became of each correction: read off the finished dossiers, where every effect carries its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from stemma.corrections.match import Matched, listed, nearest
from stemma.corrections.rules import RULE, values_of
from stemma.language.words import fold
from stemma.records import Correction, Dossier, Reason, Report


def outcomes(
    corrections: Sequence[Matched], reports: Iterable[Report], dossiers: Sequence[Dossier]
) -> tuple[Correction, ...]:
    """Each correction with its outcome; "was so already" where the pile was read that way without it."""
    seen = {reason.values for reason in _reasons(reports, dossiers) if reason.rule == RULE}
    called = {form.text for dossier in dossiers for actor in dossier.actors for form in actor.forms}
    return tuple(_line(one, values_of(one) in seen, called) for one in corrections)


def _line(one: Matched, effective: bool, called: set[str]) -> Correction:
    entry = one.entry
    note = one.note
    folded = {_folded(name) for name in called} if entry.names else set()
    unknown = [name for name in entry.names if _folded(name) not in folded]
    found = one.found and (effective or not unknown)
    if one.found and not found:
        near = nearest(unknown[0], called)
        told = f"nearest are {listed(near)}" if near else "write the name as `stemma actors` has it"
        note = f"nobody is called {unknown[0]!r} here: {told}"
    return Correction(
        kind=entry.kind,
        who=entry.who,
        when=entry.when,
        why=entry.why,
        reports=one.reports if found else entry.reports,
        names=entry.names,
        value=entry.value,
        outcome="not matched" if not found else "took effect" if effective else "was so already",
        note=note,
    )


def _folded(name: str) -> str:
    return fold(name) or name


def _reasons(reports: Iterable[Report], dossiers: Sequence[Dossier]) -> Iterator[Reason]:
    """The reasons of all places where a correction can take effect."""
    for report in reports:
        yield from report.corrected
    for dossier in dossiers:
        yield from dossier.story.reasons
        for actor in dossier.actors:
            yield from actor.reasons
        for line in dossier.lineage:
            yield from line.reasons
            for parent in line.sources:
                yield from parent.reasons
