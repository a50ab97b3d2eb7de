"""Expressions that hang on another date: "last year", "two days later", "tomorrow at 16:05"."""

from __future__ import annotations

from stemma.language.dates.grammar import Found
from stemma.language.dates.lexer import Atom
from stemma.language.dates.match import DIRECTIONS, Match


def _plural(match: Match) -> bool:
    """``the coming years`` is a stretch of time, no year."""
    return match.named["u"].word in match.settings.get("plurals", ())


def unit(match: Match) -> Found | None:
    name, said = match.named["u"].value, match.named["r"].value
    if name in ("hour", "minute", "second") or _plural(match):
        return None
    if name == "day":
        return match.found("day", f"unit:day;{said}", "before")
    if name == "weekend" and said == "0":
        return match.found("weekend", "wend:", "tense")
    return match.found(name, f"unit:{name};{said}")


def unit_part(match: Match) -> Found | None:
    """``at the end of the year``: the year that is being told of."""
    name = match.named["u"].value
    if name in ("hour", "minute", "second", "day", "decade", "century") or _plural(match):
        return None
    return match.found(name, f"unit:{name};0", "before year" if name == "year" else "")


def unit_bare_part(match: Match) -> Found | None:
    """``до кінця року``: in languages without articles a part and a unit stand side by side."""
    return unit_part(match) if match.settings.get("bare_parts") else None


def weekday_said(match: Match) -> Found | None:
    said = match.get("r") or match.get("x")
    number = match.named["w"].value
    if said is None or match.named["w"].kind == "V":
        return None
    if said.kind == "X":  # "am morgigen Sonntag"
        return match.found("day", _deictic_rule(said.value)) if said.value.startswith("day") else None
    direction = DIRECTIONS.get(said.value)
    return match.found("day", f"wday:{number};{direction}") if direction else None


def weekday(match: Match) -> Found | None:
    generic = match.before() == "v" or (match.before() == "c" and match.kinds[match.last : match.last + 1] != "x")
    if match.named["w"].weak or generic:
        return None  # "every Thursday", "on a Thursday", but "in a Thursday broadcast"
    return match.found("day", f"wday:{match.named['w'].value}", "tense")


def _deictic_rule(value: str) -> str:
    for sign in "+-":
        name, mark, number = value.partition(sign)
        if mark:
            return f"unit:{name};{int(mark + number)}"
    return f"unit:{value};0"


def deictic(match: Match) -> Found | None:
    value = match.named["x"].value
    name = value.rstrip("0123456789+-")
    if value == "year+0" and match.kinds[match.last : match.last + 1] == "Y":
        return None  # "i år 2026" is the year 2026
    if value == "weekend+0":
        return match.found("weekend", "wend:", "tense")
    return match.found(name, _deictic_rule(value))


def tonight(match: Match) -> Found | None:
    said = match.named["r"].value
    return match.found("day", f"unit:day;{said}") if said in ("0", "-1") else None


def _count(atom: Atom | None) -> int | None:
    if atom is None:
        return 1
    return int(atom.value) if atom.value.isdigit() and len(atom.value) <= 3 else None


def _away(match: Match, sign: int, link: str) -> Found | None:
    number, name = _count(match.get("n")), match.named["u"].value
    vague = match.get("n") is None and match.named["u"].weak  # "days after"
    if number is None or vague or name in ("hour", "minute", "second", "weekend"):
        return None
    return match.found(name, f"unit:{name};{sign * number}", link)


def ago(match: Match) -> Found | None:
    return _away(match, -1, "")


def ahead(match: Match) -> Found | None:
    return _away(match, 1, "")


def later(match: Match) -> Found | None:
    """``two days later``, ``a day after``: away from the last date of the text."""
    said = match.named["f"].value
    return _away(match, -1 if said.startswith("-") else 1, "turned" if said.endswith("of") else "before")


def reference(match: Match) -> Found | None:
    name, said = match.named["u"].value, match.get("z")
    if said is None or name in ("hour", "minute", "second") or _plural(match):
        return None
    return match.found(name, f"unit:{name};{said.value}", "before")


def _clock(atom: Atom, half: str = "") -> str:
    """``hh:mm`` on the 24-hour clock, "" where it is no time of day."""
    value = atom.value
    if ":" in value:
        hour, minute = int(value[:2]), int(value[3:5])
    elif value.isdigit() and len(value) == 4 and int(value[2:]) < 60:
        hour, minute = int(value[:2]), int(value[2:])
    elif value.isdigit() and len(value) <= 2:
        hour, minute = int(value), 0
    else:
        return ""
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}" if hour <= 24 else ""


def clock(match: Match) -> Found | None:
    half = match.get("am")
    value = _clock(match.named["t"], half.value if half else "")
    return match.found("time", "unit:day;0", "clock", value) if value else None


def clock_of_four(match: Match) -> Found | None:
    """``at 0900``: four digits that cannot be a year."""
    return clock(match) if len(match.named["t"].value) == 4 and match.named["t"].value[0] == "0" else None


def clocks(match: Match) -> Found | None:
    """``14 bis 18 Uhr``: the first time; the second is found by ``split_range``."""
    first, second = _clock(match.named["t"]), _clock(match.named["t2"])
    return match.found("times", "unit:day;0", "clock", f"{first}/{second}") if first and second else None
