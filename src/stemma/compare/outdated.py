"""Which versions of a figure a later report has overtaken: three dead on the evening, fifteen the next morning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from stemma.compare.sequence import moment

CLOSE = (
    0.75  # what a toll that is put right keeps at least: further down it is the figure of an earlier hour told again
)


class Version(NamedTuple):
    """One version of a figure: its number, when the reports that tell it were published (as stated; undated ones are left
    out), and how many families carry it."""

    number: float
    told: tuple[str, ...]
    families: int


def outdated(versions: Sequence[Version], grows: bool) -> tuple[bool, ...]:
    """For each version whether another one is known to be the later figure. ``grows``: a count that grows while an event
    goes on. Versions of the same hours or without a date are no later than each other: which of them holds is not known.
    Never all of them: of a count put right twice (15, 12, 10) each seems overtaken, and the one told last holds."""
    found = tuple(any(_overtaken(one, other, grows) for other in versions if other is not one) for one in versions)
    if not versions or not all(found):
        return found
    last = max(range(len(versions)), key=lambda k: max(versions[k].told))
    return tuple(k != last for k in range(len(versions)))


def _overtaken(one: Version, other: Version, grows: bool) -> bool:
    """Whether ``other`` is the later figure: it came up after ``one`` was last told. What grows is overtaken by a higher one
    that came up after it did, or that no fewer families knew before a straggler told it; by a lower one only where that puts
    it right (16 after 17, not 3 after 15)."""
    if one.number == other.number or not one.told or not other.told:
        return False
    if not grows:
        return _after(other, one)
    if other.number < one.number:
        return _puts_right(other, one)
    since = any(all(_later(then, before) for then in other.told) for before in one.told)
    straggler = any(_later(then, before) for then in one.told for before in other.told)
    return since or (straggler and other.families >= one.families and not _puts_right(one, other))


def _after(other: Version, one: Version) -> bool:
    return all(_later(then, before) for then in other.told for before in one.told)


def _puts_right(other: Version, one: Version) -> bool:
    return _after(other, one) and other.number >= CLOSE * one.number


def _later(a: str, b: str) -> bool:
    """Whether publication ``a`` is later than ``b``: by the hour where both state it, else by the day."""
    first, second = moment(a), moment(b)
    if first is None or second is None:
        return False
    return first > second if len(a) > 10 and len(b) > 10 else first.date() > second.date()


def versions_told(told: Iterable[tuple[float, Iterable[str | None], int]]) -> tuple[Version, ...]:
    """Versions from (number, publications, families); each publication once."""
    return tuple(Version(number, tuple(sorted({one for one in when if one})), n) for number, when, n in told)
