"""When two values of one slot cannot both hold.

A value is written as text, so that a reason can be replayed from it: numbers as ``low..high unit`` (an end left out is
open), dates as EDTF, weekdays and ordinals as digits, names as folded words, roles as ``former;concept|concept``.
"""

from __future__ import annotations

import math
from functools import lru_cache

from rapidfuzz import fuzz

from stemma.compare.vocabulary import fold

# "1.2 million" beside "1.23 million" is rounding; "40" beside "43" is not: what is rounded away is at most this share.
ROUNDED = 0.05
# Below this, people count one by one: no rounding is assumed.
COUNTED_EXACTLY = 100
# Two spellings of one word of a name: Yanukovich, Janukowitsch (79). Unrelated family names stay under 60.
SPELLING = 72

# What a mile, a foot and so on are in one unit of their kind: (unit, factor). The units' names are those of ``[numbers.units]``.
MEASURES = {
    "km": ("m", 1000.0),
    "m": ("m", 1.0),
    "cm": ("m", 0.01),
    "mi": ("m", 1609.344),
    "ft": ("m", 0.3048),
    "in": ("m", 0.0254),
    "kg": ("kg", 1.0),
    "g": ("kg", 0.001),
    "t": ("kg", 1000.0),
    "lb": ("kg", 0.45359237),
    "ha": ("ha", 1.0),
    "acre": ("ha", 0.40468564),
    "mph": ("kmh", 1.609344),
    "kmh": ("kmh", 1.0),
    "hour": ("minute", 60.0),
    "minute": ("minute", 1.0),
    "second": ("minute", 1 / 60),
    "day": ("day", 1.0),
    "week": ("day", 7.0),
}


def numeral(low: float | None, high: float | None, unit: str | None) -> str:
    """An interval (None: open end) with its unit."""
    ends = ["" if end is None else f"{end:.12g}" for end in (low, high)]
    return f"{ends[0]}..{ends[1]} {unit or ''}".rstrip()


KEPT = 20_000  # values whose reading is kept: those of one story are compared with each other again and again


@lru_cache(maxsize=KEPT)
def parse(value: str) -> tuple[float, float, str]:
    """The interval and unit of a written number, measures in the unit of their kind."""
    ends, _, unit = value.partition(" ")
    low, _, high = ends.partition("..")
    unit, factor = MEASURES.get(unit, (unit, 1.0))
    return (float(low) * factor if low else -math.inf, float(high) * factor if high else math.inf, unit)


def stated(value: str) -> float:
    """The number as it is written: the lower end of "at least 14", the upper of "up to 14", the middle of "about 14"."""
    low, high, _ = parse(value)
    if low == -math.inf:
        return high
    return low if high == math.inf else (low + high) / 2


def conflict(slot: str, a: str, b: str) -> bool:
    """Whether both values of one slot cannot hold."""
    if a == b:
        return False
    if slot in ("count", "money", "percent", "ordinal"):
        return numbers_clash(a, b, slot == "count")
    if slot == "date":
        return dates_clash(a, b)
    if slot in ("name", "place"):
        return not names_agree(a, b)
    if slot == "role":
        return roles_clash(a, b)
    return True


def comparable(slot: str, a: str, b: str) -> bool:
    """Whether two values are of one measure at all: the same currency, unit, precision."""
    if slot in ("count", "money", "percent", "ordinal"):
        return parse(a)[2] == parse(b)[2]
    if slot == "date":
        return calendar(a) is not None and calendar(b) is not None
    return True


def measure(slot: str, value: str) -> str:
    """What sort of value it is, so that like is compared with like: the unit of a number, how much a date states."""
    if slot in ("count", "money", "percent", "ordinal"):
        return parse(value)[2]
    if slot == "date":
        return "".join("." if part is None else "d" for part in calendar(value) or ())
    return ""


def numbers_clash(a: str, b: str, counted: bool) -> bool:
    """Intervals clash when they do not meet and neither is the other one rounded."""
    (low_a, high_a, unit_a), (low_b, high_b, unit_b) = parse(a), parse(b)
    if unit_a != unit_b or max(low_a, low_b) <= min(high_a, high_b):
        return False
    if a.partition(" ")[2] != b.partition(" ")[2]:  # one of them was converted, and rounded then
        gap, size = max(low_a, low_b) - min(high_a, high_b), max(abs(low_a), abs(low_b))
        return not math.isfinite(size) or gap > ROUNDED * size
    exact = low_a == high_a and low_b == high_b
    return not (exact and rounded(low_a, low_b, counted)) and not _nearly(low_a, high_a, low_b, high_b)


def one_bound(a: str, b: str) -> bool:
    """Whether two numbers have an end in common: "up to 70" beside "70"."""
    (low_a, high_a, unit_a), (low_b, high_b, unit_b) = parse(a), parse(b)
    ends = {low_a, high_a} & {low_b, high_b} - {-math.inf, math.inf}
    return unit_a == unit_b and bool(ends)


# An approximation's upper end over its lower one: "about" is 1.22 wide, "nearly" 1.18.
NARROW = 1.25


def bounds_differ(a: str, b: str) -> bool:
    """Two intervals of one form ("over 20" and "over 70", "10 to 20" and "10 to 40") whose ends are not the same:
    both may hold, but one of them was not written so."""
    (low_a, high_a, unit_a), (low_b, high_b, unit_b) = parse(a), parse(b)
    if unit_a != unit_b or low_a == high_a or low_b == high_b:
        return False
    if max(low_a, low_b) <= min(high_a, high_b) and all(
        0 < high <= NARROW * low for low, high in ((low_a, high_a), (low_b, high_b))
    ):
        return False  # "nearly 15" and "about 15"
    form = [(math.isfinite(low), math.isfinite(high)) for low, high in ((low_a, high_a), (low_b, high_b))]
    ends = [(x, y) for x, y in ((low_a, low_b), (high_a, high_b)) if math.isfinite(x) and math.isfinite(y)]
    return form[0] == form[1] and any(abs(x - y) > ROUNDED * max(abs(x), abs(y)) for x, y in ends)


def _nearly(low_a: float, high_a: float, low_b: float, high_b: float) -> bool:
    """Ends that differ by less than a thousandth: conversion of units, not disagreement."""
    gap = max(low_a, low_b) - min(high_a, high_b)
    size = max(abs(min(high_a, high_b)), 1e-9)
    return gap / size < 0.001 if math.isfinite(gap) and math.isfinite(size) else False


def rounded(a: float, b: float, counted: bool) -> bool:
    """Whether one value is the other one rounded or cut to fewer digits."""
    coarse, fine = sorted((a, b), key=digits)
    if digits(coarse) == digits(fine):
        return False
    if counted and max(abs(a), abs(b)) < COUNTED_EXACTLY:
        return False
    places = digits(coarse)
    whole = coarse == int(coarse) and fine != int(fine)
    if whole and round(fine) == coarse:
        return True
    close = abs(a - b) <= ROUNDED * max(abs(a), abs(b))
    return close and (_to(fine, places) == coarse or _cut(fine, places) == coarse)


@lru_cache(maxsize=KEPT)
def digits(value: float) -> int:
    """How many significant digits a value shows: 1,200,000 shows two."""
    shown = f"{abs(value):.12g}"
    if "e" in shown:
        shown = shown.split("e")[0]
    bare = shown.replace(".", "").lstrip("0")
    return len(bare.rstrip("0")) if "." not in shown else len(bare)


def _to(value: float, places: int) -> float:
    return float(f"{value:.{max(places - 1, 0)}e}")


def _cut(value: float, places: int) -> float:
    if not value:
        return 0.0
    step = 10.0 ** (math.floor(math.log10(abs(value))) - places + 1)
    return float(f"{math.floor(value / step + 1e-9) * step:.12g}")


def calendar(value: str) -> tuple[int | None, int | None, int | None] | None:
    """Year, month, day of an EDTF date, None where a part is not stated; None for intervals, seasons, times alone."""
    parts = value.split("T")[0].strip("?~%").replace("XXXX", "").split("-")
    if "/" in value or value.startswith("--"):
        parts = ["", *value[2:].split("-")] if value.startswith("--") else []
    numbers: list[int | None] = []
    for part in parts[:3]:
        if part and not part.strip("X").isdigit() and part.strip("X"):
            return None
        numbers.append(int(part) if part.isdigit() else None)
    if not numbers or all(one is None for one in numbers) or len(parts) > 3:
        return None
    if len(numbers) > 1 and numbers[1] is not None and numbers[1] > 12 and not 33 <= numbers[1] <= 36:
        if numbers[0] is None or numbers[1] not in (21, 22, 23):
            return None  # 33 to 36 are the quarters; seasons and halves may overlap with months, winters with years
        numbers = numbers[:1]
    year, month, day = (*numbers, None, None)[:3]
    return year, month, day


def dates_clash(a: str, b: str) -> bool:
    """Dates clash where a part that both state differs."""
    one, other = calendar(a), calendar(b)
    if one is None or other is None:
        return False
    quarters = [(part[1] or 0) > 12 for part in (one, other)]
    if quarters[0] != quarters[1]:
        return one[0] is not None and other[0] is not None and one[0] != other[0]
    return any(x is not None and y is not None and x != y for x, y in zip(one, other, strict=True))


def names_agree(a: str, b: str) -> bool:
    """Whether two names can be one: the same words in another order or spelling, initials, or fewer of them."""
    left, right = a.split(), b.split()
    if min(len(left), len(right)) > 1 and all(words_agree(x, y) for x, y in zip(left[-2:], right[-2:], strict=True)):
        return True  # titles and offices before the given name
    short, long = sorted((left, right), key=len)
    free = list(long)
    for word in short:
        hit = next((other for other in free if words_agree(word, other)), None)
        if hit is None:
            return fuzz.ratio(a.replace(" ", ""), b.replace(" ", "")) >= 90
        free.remove(hit)
    return True


# How "Saint" is shortened and what it is in other languages, in names of places and people.
SAINT = frozenset({"st", "ste", "saint", "sainte", "sankt", "sint", "san", "santa", "santo", "sao"})


def words_agree(a: str, b: str) -> bool:
    """Two words of names: equal, one an initial, beginning or inflection of the other, or two spellings."""
    if a == b or (a in SAINT and b in SAINT):
        return True
    shorter = min(len(a), len(b))
    if shorter == 1:
        return a[0] == b[0]
    if shorter >= 3 and (a.startswith(b) or b.startswith(a)):
        return True
    return shorter >= 4 and fuzz.ratio(sound(a), sound(b), score_cutoff=SPELLING) > 0


@lru_cache(maxsize=20000)
def sound(word: str) -> str:
    """A rough key of sound for names transliterated in different ways."""
    word = fold(word)
    for old, new in (
        ("sch", "sh"),
        ("tch", "ch"),
        ("tsch", "ch"),
        ("ck", "k"),
        ("ph", "f"),
        ("w", "v"),
        ("ou", "u"),
        ("j", "y"),
        ("c", "k"),
        ("q", "k"),
        ("ij", "y"),
    ):
        word = word.replace(old, new)
    return "".join(letter for n, letter in enumerate(word) if n == 0 or letter != word[n - 1])


# Offices that one person does not hold at once in one body: each line is a ladder.
LADDERS = (
    frozenset({"president", "vice president"}),
    frozenset({"prime minister", "deputy prime minister"}),
    frozenset({"chief executive", "chief financial officer", "chief operating officer"}),
    frozenset({"foreign minister", "finance minister", "defence minister", "interior minister"}),
)


def roles_clash(a: str, b: str) -> bool:
    """Roles clash where one office is held by one report's word and was held by the other's, or where they exclude each other."""
    (past_a, offices_a), (past_b, offices_b) = split_role(a), split_role(b)
    if offices_a & offices_b:
        return past_a != past_b
    return past_a == past_b and any(len(offices_a & ladder) and len(offices_b & ladder) for ladder in LADDERS)


# Words for whoever leads: no other office contradicts them.
GENERAL = frozenset({"leader", "head", "founder", "analyst", "professor"})


def roles_differ(a: str, b: str) -> bool:
    """Whether two roles have no office in common, or one is a former one; "leader" goes with any office."""
    (past_a, offices_a), (past_b, offices_b) = split_role(a), split_role(b)
    if offices_a & offices_b:
        return past_a != past_b
    return not (offices_a | offices_b) & GENERAL


def split_role(value: str) -> tuple[bool, frozenset[str]]:
    """Whether a role is a former one, and its offices."""
    past, _, offices = value.partition(";")
    return past == "former", frozenset(offices.split("|")) - {""}
