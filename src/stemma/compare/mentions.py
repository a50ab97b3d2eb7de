"""Counts of a report as an editor sorts them: what is counted, where, and whether as a part of another count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from stemma.compare.news_counts import NewsCounts, Patterns, news_counts
from stemma.compare.scenes import Scene, place_of
from stemma.compare.sentenced import in_months, whose, years_and_months
from stemma.compare.slots import Line, Slot
from stemma.compare.values import numeral, parse
from stemma.language.concepts import concept_of
from stemma.spans import START

# How far from a number of people stands what happened to them, in pieces; of a number of anything else, where only the
# words next to it are surely about it.
REACH, NEXT = 9, 3
# How far behind a number "a day" makes it a rate, in pieces.
RATE = 4
# How far before a number "will" or "could" stands that makes it a forecast, in pieces: further off is another verb.
AHEAD = 6
# Longest witness, in letters: the count and what happened, not the whole sentence.
LONGEST = 110
# Words of a witness, in letters, up to which who says so is shown with the count.
TELLER = 70
# Things that are people: what happens to them is counted under what happened ("12 protesters were arrested").
HUMAN = frozenset(
    {
        "thieves",
        "protesters",
        "troops",
        "police",
        "firefighters",
        "investigators",
        "passengers",
        "hostages",
        "spectators",
    }
)
# Groups of people that are counted apart from people at large.
APART = ("child", "woman", "man", "soldier")
# What happens to people, and goes on happening while an event does.
HAPPENED = frozenset({"dead", "injured", "missing", "arrested", "displaced", "rescued", "hospitalised"})
SHRINKING = frozenset({"missing"})  # people are found: of two days either figure may be the higher one
# What is given to a person: compared for one person, and not where it is only asked for.
PERSONAL = frozenset({"sentence", "fine"})
# How far behind a number of votes their side stands, in pieces.
SIDE = 6
LENGTHS, TIMES = frozenset({"m"}), frozenset({"minute", "day", "year", "month"})
UNITS: Mapping[str, frozenset[str]] = {
    "detour": LENGTHS,
    "depth": LENGTHS,
    "duration": TIMES,
    "sentence": TIMES,
    "magnitude": frozenset({""}),
}
# The sort of a figure that is a part of another, the whole of one, or a rate.
PART = ("part", "")
# Signs between words at which a clause ends.
MARKS = ";:()[]–—!?。"


class Mention(NamedTuple):
    """A count of one category. ``start:end`` its words with what happened; ``group`` who or what is counted apart ("child");
    ``places``: where, empty where it is not said; ``noun``: who is counted, empty for anybody ("people", "others")."""

    line: Line
    slot: Slot
    category: str
    group: str
    places: tuple[str, ...]
    start: int
    end: int
    value: str
    noun: str


def mentions(view: Scene) -> list[Mention]:
    """The counts of one report that fall under a category of what news counts."""
    found = []
    for line in view.lines:
        counted = news_counts(line.language)
        if not counted.known:
            continue
        slots = _either(line, [s for s in line.slots if s.kind in ("count", "money")], counted)
        slots = years_and_months(line, slots)
        for n, slot in enumerate(slots):
            before = slots[n - 1].last if n else 0
            behind = slots[n + 1].first if n + 1 < len(slots) else len(line.pieces)
            one = _mention(view, line, slot, counted, (before, behind))
            if one is not None:
                found.append(one)
    return found


def _either(line: Line, slots: Sequence[Slot], counted: NewsCounts) -> list[Slot]:
    """ "Three or four" as one count from three to four."""
    joined: list[Slot] = []
    for slot in slots:
        last = joined[-1] if joined else None
        if (
            last is not None
            and slot.first == last.last + 1
            and counted.either.at(line.pieces, last.last)
            and " " not in last.value + slot.value
            and parse(last.value)[0] < parse(slot.value)[0]
        ):
            value = numeral(parse(last.value)[0], parse(slot.value)[1], None)
            joined[-1] = Slot(slot.kind, last.start, slot.end, value, last.first, slot.last, slot.noun)
        else:
            joined.append(slot)
    return joined


def _handed_down(view: Scene, line: Line, slot: Slot, counted: NewsCounts) -> Hit | None:
    """A sentence in a list of them: "... were sentenced too. Mella received 26 years, Torvik got 24"."""
    if parse(slot.value)[2] not in UNITS["sentence"] or not whose(line, slot):
        return None
    low = max(0, slot.first - NEXT)
    if counted.handed.first(line.pieces, low, slot.first) is None:
        return None
    told = any(_tells(one, "sentence", counted.measured) for one in view.lines[: line.sentence + 1])
    return ("sentence", "month", low, slot.last) if told else None


def _tells(line: Line, category: str, patterns: Patterns) -> bool:
    """Whether a sentence holds a word of one category; looked up once."""
    name = f"tells {category}"
    if name not in line.found:
        hits = (patterns.at(line.pieces, n) for n in range(len(line.pieces)))
        line.found[name] = [(0, 0, "")] if any(hit is not None and hit[1] == category for hit in hits) else []
    return bool(line.found[name])


def _mention(view: Scene, line: Line, slot: Slot, counted: NewsCounts, room: tuple[int, int]) -> Mention | None:
    part = _of_a_part(line, slot, counted)
    if (part and not _gravely(line, slot, counted)) or _not_yet(line, slot, room):
        return None
    hit = (
        _gravely(line, slot, counted)
        or _measured(line, slot, counted, room)
        or _handed_down(view, line, slot, counted)
        or _voted(line, slot, counted, room)
        or _counted(line, slot, counted, room)
    )
    if hit is None:
        return None
    category, group, first, last = hit
    low = min(slot.start, line.pieces[first].start)
    high = max(slot.end, line.pieces[last - 1].end)
    start, end = (low, high) if high - low <= LONGEST else (slot.start, slot.end)
    start, end = _with_teller(line, counted, start, end)
    where = whose(line, slot) if category in PERSONAL else place_of(view, line, slot, room)
    noun = slot.noun if category in HAPPENED and not _anybody(line, slot, counted) else ""
    value = in_months(slot.value) if category == "sentence" else slot.value
    group = "" if category == "sentence" else group
    return Mention(line, slot, category, group, where, start, end, value, noun)


def _with_teller(line: Line, counted: NewsCounts, start: int, end: int) -> tuple[int, int]:
    """The words with who says so, where that stands close by: to the end of the sentence, or from its start."""
    if line.end - end <= TELLER:
        first = bisect_left(line.pieces, end, key=START)
        if counted.tellers.first(line.pieces, first, len(line.pieces)) and not _numbered(line, first, len(line.pieces)):
            return start, line.pieces[-1].end
    if start - line.start <= TELLER:
        last = bisect_left(line.pieces, start, key=START)
        if counted.tellers.first(line.pieces, 0, last) and not _numbered(line, 0, last):
            return line.pieces[0].start, end
    return start, end


def _numbered(line: Line, first: int, last: int) -> bool:
    """Whether another number stands there, which the words beside it are about."""
    return any(p.norm[:1].isdigit() for p in line.pieces[first:last])


def _anybody(line: Line, slot: Slot, counted: NewsCounts) -> bool:
    """Whether a number counts people at large, or those to whom it happened: "9 others", "144 dead"."""
    for n in range(slot.last, min(len(line.pieces), slot.last + NEXT)):
        if counted.persons.at(line.pieces, n) or counted.happened.at(line.pieces, n):
            return True
    return False


def _of_a_part(line: Line, slot: Slot, counted: NewsCounts) -> bool:
    """ "including eight", "three of the boats": a part of another count; "700 flights a day": of no event."""
    if counted.rate.first(line.pieces, max(0, slot.first - NEXT), min(len(line.pieces), slot.last + RATE)):
        return True
    if any(counted.part.at(line.pieces, n) for n in range(max(0, slot.first - 3), slot.first)):
        return True
    if _is_whole(line, slot, counted):
        return True
    behind = [concept_of(p.norm, line.language) or "" for p in line.pieces[slot.last : slot.last + 2]]
    return len(behind) == 2 and behind[0] == "_of" and behind[1].startswith("_")


def _is_whole(line: Line, slot: Slot, counted: NewsCounts) -> bool:
    """ "179 of the 181 on board": all of whom a part is counted."""
    before = any(
        (hit := counted.whole.at(line.pieces, n)) is not None and hit[0] == slot.first
        for n in range(max(0, slot.first - 4), slot.first)
    )
    behind = slot.last < len(line.pieces) and counted.whole_behind.at(line.pieces, slot.last) is not None
    return before or behind or _second(line, slot)


def _second(line: Line, slot: Slot) -> bool:
    """ "41 der 99 Sitze", "41 of the 99": with nothing but small words between, the second figure is the whole."""
    for n in range(slot.first - 1, max(-1, slot.first - 4), -1):
        if any(other.last == n + 1 for other in line.slots if other.kind == "count" and other != slot):
            return n + 1 < slot.first
        if not (concept_of(line.pieces[n].norm, line.language) or "").startswith(("_of", "_the", "_from")):
            return False
    return False


def _not_yet(line: Line, slot: Slot, room: tuple[int, int]) -> bool:
    """A count to come, expected or possible: in the words right before it or behind it."""
    low, high = _clause(line, slot, room)
    marks = [hit for name in ("future", "possible", "expected") for hit in line.find(name)]
    return any(max(low, slot.first - AHEAD) <= first < min(high, slot.last + 4) for first, _, _ in marks)


def _clause(line: Line, slot: Slot, room: tuple[int, int]) -> tuple[int, int]:
    """The pieces from the mark before a number to the mark behind it, and no other number between."""
    text, low, high = line.one.report.text, slot.first, slot.last
    while low > room[0] and not _parted(text[line.pieces[low - 1].end : line.pieces[low].start], ","):
        low -= 1
    while high < room[1] and not _parted(text[line.pieces[high - 1].end : line.pieces[high].start], ","):
        high += 1
    return low, high


def _parted(gap: str, more: str) -> bool:
    return any(sign in MARKS or sign in more for sign in gap)


Hit = tuple[str, str, int, int]


def _measured(line: Line, slot: Slot, counted: NewsCounts, room: tuple[int, int]) -> Hit | None:
    """What a length, a time, a sum or a magnitude is of, by the nearest word for it before or right behind the number."""
    unit = parse(slot.value)[2]
    for n in (
        *range(slot.first - 1, max(room[0], slot.first - 7) - 1, -1),
        *range(slot.last, min(room[1], slot.last + 3)),
    ):
        hit = counted.measured.at(line.pieces, n)
        if hit is None:
            continue
        fits = unit in UNITS[hit[1]] if hit[1] in UNITS else slot.kind == "money"
        if hit[1] in PERSONAL and _holds(line, "wanted", counted.wanted):
            return None
        if fits and _near(line, counted, hit[1]):
            return (hit[1], unit, *_stretch(n, hit[0], slot))
    return None


def _stretch(first: int, last: int, slot: Slot) -> tuple[int, int]:
    return min(first, slot.first), max(last, slot.last)


def _voted(line: Line, slot: Slot, counted: NewsCounts, room: tuple[int, int]) -> Hit | None:
    """Votes by their side, named behind the number: "364 deputies voted against", "194 in favour"."""
    if slot.kind != "count" or " " in slot.value or not _near(line, counted, "votes"):
        return None
    high = min(_clause(line, slot, room)[1], slot.last + SIDE)
    hit = counted.sides.first(line.pieces, slot.last, high)
    if hit is None or (hit[2] == room[1] < len(line.pieces)):  # "364 votes against 194": of which side is not said
        return None
    return ("votes", hit[1], *_stretch(hit[0], hit[2], slot))


def opposed(a: Line, x: int, b: Line, y: int) -> bool:
    """Whether two numbers, by their first offsets, are of different things that a sum or a vote can be of (a loss, a cost;
    votes for, votes against): they are no readings of one figure."""
    sorts = (sort_of(a, x), sort_of(b, y))
    return sorts[0] != sorts[1] and (None not in sorts or PART in sorts)


def sort_of(line: Line, start: int) -> tuple[str, str] | None:
    """The category and group of the number that begins at an offset; None where it is of nothing that news counts. Looked up
    once, as every difference with another sentence asks for it."""
    if start not in line.sorts:
        line.sorts[start] = _sort_of(line, start)
    return line.sorts[start]


def _sort_of(line: Line, start: int) -> tuple[str, str] | None:
    counted = news_counts(line.language)
    slots = [s for s in line.slots if s.kind in ("count", "money")]
    n = next((n for n, slot in enumerate(slots) if slot.start == start), None)
    if n is None:
        return None
    room = (slots[n - 1].last if n else 0, slots[n + 1].first if n + 1 < len(slots) else len(line.pieces))
    if _of_a_part(line, slots[n], counted):
        return PART
    hit = _measured(line, slots[n], counted, room) or _voted(line, slots[n], counted, room)
    hit = hit or _counted(line, slots[n], counted, room)
    return None if hit is None else (hit[0], hit[1])


def _counted(line: Line, slot: Slot, counted: NewsCounts, room: tuple[int, int]) -> Hit | None:
    """People by what happened to them, things by their noun."""
    if slot.kind != "count" or " " in slot.value or _hyphened(line, slot):
        return None
    thing = counted.things.first(line.pieces, slot.last, min(room[1], _phrase_end(line, slot)))
    if thing is not None and (not _near(line, counted, thing[1]) or _is_modifier(line, slot, thing[2])):
        thing = None
    if thing is None or thing[1] in HUMAN:
        person = counted.persons.first(line.pieces, slot.last, min(room[1], slot.last + NEXT))
        hit = _happened(line, slot, counted, room, person is not None or thing is not None)
        if hit is not None:
            grave = counted.grave.first(line.pieces, slot.last, min(len(line.pieces), hit[2] + 1))
            group = "grave" if grave else thing[1] if thing and thing[1] in HUMAN else _group(line, slot)
            return (hit[1], group, *_stretch(hit[0], hit[2], slot))
    if thing is None:
        return None
    return (thing[1], "", *_stretch(thing[0], thing[2], slot))


def _is_modifier(line: Line, slot: Slot, last: int) -> bool:
    """Whether a noun is not what is counted but stands before that: "8,000 flight attendants"."""
    follows = line.pieces[last] if last < len(line.pieces) else None
    return (
        follows is not None
        and follows.end == slot.end
        and bool(slot.noun)
        and line.pieces[last - 1].end + 1 == follows.start
    )


def _gravely(line: Line, slot: Slot, counted: NewsCounts) -> Hit | None:
    """ "Of them 25 seriously": the gravely hurt among the hurt, the one part that every report counts."""
    if slot.kind != "count" or " " in slot.value or not _tells(line, "injured", counted.happened):
        return None
    following = (other.first for other in line.slots if other.kind == "count" and other.first > slot.first)
    hit = counted.grave.first(line.pieces, slot.last, min(len(line.pieces), slot.last + NEXT, *following))
    return ("injured", "grave", slot.first, hit[2]) if hit else None


def _hyphened(line: Line, slot: Slot) -> bool:
    """A number that belongs to the next word: "three-storey houses" are not three houses, "7C2216" no seven."""
    end = line.pieces[slot.last - 1].end
    gap = line.one.report.text[end : end + 3]
    if gap[:1].isascii() and gap[:1].isalpha():
        return True
    return gap.strip(" ")[:1] in ("-", "‑") and bool(gap.strip(" "))


def _phrase_end(line: Line, slot: Slot) -> int:
    """The end of the words that may stand between a number and its noun: no article or preposition among them."""
    for n in range(slot.last, min(len(line.pieces), slot.last + NEXT + 1)):
        if (concept_of(line.pieces[n].norm, line.language) or "").startswith("_"):
            return n
    return slot.last + NEXT + 1


def _near(line: Line, counted: NewsCounts, category: str) -> bool:
    """Whether the sentence speaks of what makes these things count (pieces of anything are loot only beside a theft) and not of
    what makes them others (an aftershock has its own magnitude)."""
    needed, barred = counted.near.get(category), counted.far.get(category)
    if barred is not None and _holds(line, f"far {category}", barred):
        return False
    return needed is None or _holds(line, f"near {category}", needed)


def _holds(line: Line, name: str, patterns: Patterns) -> bool:
    """Whether a sentence holds a word of a list; looked up once a sentence."""
    if name not in line.found:
        hit = patterns.first(line.pieces, 0, len(line.pieces))
        line.found[name] = [] if hit is None else [(hit[0], hit[2], hit[1])]
    return bool(line.found[name])


def _happened(
    line: Line, slot: Slot, counted: NewsCounts, room: tuple[int, int], people: bool
) -> tuple[int, str, int] | None:
    """What happened to the counted: right before the number ("killing five displaced children"), behind it, or before."""
    low, high = _clause(line, slot, room)
    back = next(
        (
            (n, hit[1], hit[0])
            for n in range(slot.first - 1, max(low, slot.first - 6) - 1, -1)
            if (hit := counted.happened.at(line.pieces, n))
        ),
        None,
    )
    cut = next((n for n in range(slot.first - 1, low - 1, -1) if counted.parting.at(line.pieces, n)), -1)
    if back is not None and back[0] <= cut:
        back = None
    between = " ".join(p.norm for p in line.pieces[back[2] : slot.first]) if back else ""
    toll = back is not None and counted.tolls.at(line.pieces, back[0]) is not None
    if back is not None and counted.verb_last and not toll:
        back = None
    if back is not None and (not between or between in counted.bounds) and not _noun_before(line, back[0]):
        return back
    reach = slot.last + (REACH if people or not slot.noun else NEXT)
    stop = next((n for n in range(slot.last, high) if counted.parting.at(line.pieces, n)), high)
    ahead = counted.happened.first(line.pieces, slot.last, min(stop, reach))
    if ahead is not None:
        return ahead
    return back if people or toll else None


def _noun_before(line: Line, at: int) -> bool:
    """Whether a number stands right before: "3 dead 5 hurt" belongs to that number."""
    return at > 0 and line.pieces[at - 1].norm[:1].isdigit()


def _group(line: Line, slot: Slot) -> str:
    """Children, women, men, soldiers are counted apart."""
    for piece in line.pieces[slot.last : slot.last + NEXT]:
        concept = concept_of(piece.norm, line.language)
        if concept in APART:
            return concept or ""
    return ""
