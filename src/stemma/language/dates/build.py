"""From a matched pattern to a rule: one small function for each name in ``grammar.PATTERNS``.

A builder gives None where the words cannot mean a date ("March on Rome", "2000 people", the 40th of May).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from stemma.language.dates.calendar import safe_date
from stemma.language.dates.grammar import Found
from stemma.language.dates.lexer import Atom


class Match(NamedTuple):
    """One match of a pattern: named atoms, the whole text's atoms and the half-open range of the match."""

    named: dict[str, Atom]
    atoms: list[Atom]
    kinds: str
    first: int
    last: int
    settings: dict[str, Any]

    def get(self, name: str) -> Atom | None:
        return self.named.get(name)

    def before(self) -> str:
        """The kind of the word before the match, "|" at the start of a line or text."""
        return self.kinds[self.first - 1] if self.first else "|"

    def found(self, grain: str, rule: str, link: str = "", clock: str = "") -> Found:
        return Found(self.first, self.last, grain, rule, link, clock)


Builder = Callable[[Match], Found | None]
YEARS_READ = (1000, 2100)


def _day_number(atom: Atom | None) -> int:
    return int(atom.value) if atom and atom.value.isdigit() else 0


def _year(atom: Atom | None) -> int:
    return int(atom.value) if atom and atom.value.isdigit() else 0


def _whole_month(match: Match, atom: Atom | None) -> bool:
    """An abbreviation that is also a common word counts only beside a number; a name only where it can be one."""
    return atom is not None and ((atom.kind == "M" and not atom.weak) or match.before() in "pPRfdwt")


def literal(match: Match) -> Found | None:
    value = match.named["l"].value
    day, _, clock = value.partition("T")
    return match.found("day", f"fix:{day}", clock=clock[:5])


def day(match: Match) -> Found | None:
    year, month, number = _year(match.get("y")), int(match.named["m"].value), _day_number(match.get("d"))
    if not safe_date(year, month, number):
        return None
    return match.found("day", f"fix:{year:04d}-{month:02d}-{number:02d}")


def mdy(match: Match) -> Found | None:
    return day(match) if match.settings.get("order") == "mdy" else None


def dayless(match: Match) -> Found | None:
    month, number = int(match.named["m"].value), _day_number(match.get("d"))
    if not safe_date(2004, month, number):
        return None
    weak = match.named["m"].weak and match.named["m"].kind == "M" and match.atoms[match.last - 1].word == match.named["m"].word
    if weak and match.settings.get("order") == "mdy" and match.before() not in "pdftwW,-|":
        return None  # "the 5 may well"
    return match.found("day", f"part:XXXX-{month:02d}-{number:02d}", "tense")


def mdyless(match: Match) -> Found | None:
    if match.settings.get("order") != "mdy":
        return None
    after = match.atoms[match.last].kind if match.last < len(match.atoms) else "|"
    if after in "MJ" or (match.named["m"].weak and match.before() not in "pdftwW,(|Pa-"):
        return None
    return dayless(match)


def first_days(match: Match) -> Found | None:
    """``6`` of "6-7 April": month and year come from the date that follows."""
    number = _day_number(match.get("d"))
    return Found(match.first, match.first + 1, "day", str(number), "next") if 1 <= number <= 31 else None


def mdy_span(match: Match) -> Found | None:
    """``March 5-7, 2010``: two days."""
    month, first, second = int(match.named["m"].value), _day_number(match.get("d")), _day_number(match.get("d2"))
    if match.settings.get("order") != "mdy" or not (safe_date(2004, month, first) and safe_date(2004, month, second)):
        return None
    if match.get("y"):
        year = match.named["y"].value
        return match.found("days", f"fix:{year}-{month:02d}-{first:02d}/fix:{year}-{month:02d}-{second:02d}")
    return match.found("days", f"part:XXXX-{month:02d}-{first:02d}/part:XXXX-{month:02d}-{second:02d}", "tense")


def day_of_year(match: Match) -> Found | None:
    """``eelmise aasta 20. novembril``: the day of a year said in words."""
    month, number = int(match.named["m"].value), _day_number(match.get("d"))
    if not safe_date(2004, month, number):
        return None
    said = match.get("r") or match.get("x")
    if said and said.kind == "X" and not said.value.startswith("year"):
        return None
    return _in_year(match, f"XXXX-{month:02d}-{number:02d}", said, "day")


def day_of_month(match: Match) -> Found | None:
    """``the 29th of the same month``."""
    number, said = _day_number(match.get("d")), match.named["r"]
    if match.named["u"].value != "month" or not 1 <= number <= 31:
        return None
    return match.found("day", f"mday:{number};{said.value}", "before" if said.kind == "Z" else "")


def bc(match: Match) -> Found | None:
    """``492-490 BC``: EDTF counts a year 0, so that 44 BC is -0043."""
    first, second = _year(match.get("first")), _year(match.get("second"))
    if second:
        return match.found("years", f"fix:{-first + 1:05d}/fix:{-second + 1:05d}")
    return match.found("year", f"fix:{-first + 1:05d}") if first > 1 else None


def bc_century(match: Match) -> Found | None:
    number = _day_number(match.get("o"))
    return match.found("century", f"fix:-{number - 1:02d}XX") if match.named["u"].value == "century" and number > 1 else None


def short_year(match: Match) -> Found | None:
    """``since '82``."""
    return match.found("year", f"fix:{match.named['y'].value}") if match.before() in "pPtwAf" else None


def unit_bare_part(match: Match) -> Found | None:
    """``до кінця року``: in languages without articles a part and a unit stand side by side."""
    return unit_part(match) if match.settings.get("bare_parts") else None


def glued(match: Match) -> Found | None:
    month, number = int(match.named["mm"].value), _day_number(match.get("d"))
    if not 1 <= month <= 12 or (match.get("d") and not safe_date(2004, month, number)):
        return None
    shape = f"{month:02d}" + (f"-{number:02d}" if number else "")
    grain = "day" if number else "month"
    if match.get("y"):
        return match.found(grain, f"fix:{match.named['y'].value}-{shape}")
    return match.found(grain, f"part:XXXX-{shape}", "tense")


def glued_day(match: Match) -> Found | None:
    """``13日``: a day whose month is the report's."""
    number = _day_number(match.get("d"))
    return match.found("day", f"dom:{number}", "tense") if 1 <= number <= 31 else None


def month(match: Match) -> Found | None:
    year = _year(match.get("y"))
    if not YEARS_READ[0] <= year <= YEARS_READ[1]:
        return None
    return match.found("month", f"fix:{year:04d}-{int(match.named['m'].value):02d}")


def _in_year(match: Match, shape: str, said: Atom | None, grain: str) -> Found:
    """A shape in a year given by a word: "next year", "that year", "heuer"."""
    if said is None:
        return match.found(grain, f"part:{shape}", "tense")
    value = said.value.removeprefix("year")
    link = "before" if said.kind in "Zz" else ""
    return match.found(grain, f"inyear:{shape};{int(value)}", link)


def month_of_year(match: Match) -> Found | None:
    said = match.get("r") or match.get("x")
    if said and said.kind == "X" and not said.value.startswith("year"):
        return None
    return _in_year(match, f"XXXX-{int(match.named['m'].value):02d}", said, "month")


DIRECTIONS = {"-1": "last", "0": "this", "1": "next"}


def month_said(match: Match) -> Found | None:
    direction = DIRECTIONS.get(match.named["r"].value)
    if direction is None or (match.named["m"].kind == "J" and match.named["m"].weak):
        return None
    return match.found("month", f"part:XXXX-{int(match.named['m'].value):02d};{direction}")


def _part_of_a_name(match: Match) -> bool:
    """``April Halloran``, ``Frau Mai``: a month's name with a capital word beside it and nothing that leads to a date."""
    if match.get("part") or match.kinds[match.first] == "d" or match.before() in "pPRGfdwteABI,-(":
        return False
    before = match.atoms[match.first - 1] if match.first else None
    after = match.atoms[match.last] if match.last < len(match.atoms) else None
    return any(word is not None and word.kind == "x" and word.upper for word in (before, after))


def month_bare(match: Match) -> Found | None:
    atom = match.named["m"]
    if match.before() == "v":
        return None  # "every May"
    alone = match.named["m"].kind == "J" and match.before() not in "pP"
    if alone or not _whole_month(match, atom) or _part_of_a_name(match):
        return None
    return match.found("month", f"part:XXXX-{int(atom.value):02d}", "tense")


def season(match: Match) -> Found | None:
    if not YEARS_READ[0] <= _year(match.get("y")) <= YEARS_READ[1]:
        return None
    return match.found("season", f"fix:{match.named['y'].value}-{match.named['s'].value}")


def season_of_year(match: Match) -> Found | None:
    said = match.get("r") or match.get("x")
    if said and said.kind == "X" and not said.value.startswith("year"):
        return None
    return _in_year(match, f"XXXX-{match.named['s'].value}", said, "season")


def season_said(match: Match) -> Found | None:
    direction = DIRECTIONS.get(match.named["r"].value)
    return match.found("season", f"part:XXXX-{match.named['s'].value};{direction}") if direction else None


def season_bare(match: Match) -> Found | None:
    before = match.before()
    if before == "d":
        before = match.kinds[match.first - 2 : match.first - 1] or "|"
    if match.named["s"].weak and not match.get("part") and before not in "pPfte":
        return None  # "the spring in the lock", "a fall"
    return match.found("season", f"part:XXXX-{match.named['s'].value}", "tense")


def _quarter(match: Match) -> str:
    """EDTF's code of a quarter (33-36) or half-year (40, 41), "" where it is none."""
    if match.get("q"):
        return match.named["q"].value
    unit, number = match.named["u"].value, _day_number(match.get("o"))
    if unit == "quarter" and 1 <= number <= 4:
        return str(32 + number)
    if unit == "half" and 1 <= number <= 2:
        return str(39 + number)
    return ""


def quarter(match: Match) -> Found | None:
    code = _quarter(match)
    return match.found("quarter", f"fix:{match.named['y'].value}-{code}") if code else None


def quarter_of_year(match: Match) -> Found | None:
    code, said = _quarter(match), match.get("r") or match.get("x")
    if not code or (said and said.kind == "X" and not said.value.startswith("year")):
        return None
    return _in_year(match, f"XXXX-{code}", said, "quarter")


def quarter_bare(match: Match) -> Found | None:
    code = _quarter(match)
    return match.found("quarter", f"part:XXXX-{code}", "tense") if code else None


def decade(match: Match) -> Found | None:
    digits = match.named["c"].value
    if len(digits) == 4 and digits[:2].isdigit():
        if digits.endswith("00") and match.settings.get("hundreds_are_centuries"):
            return match.found("century", f"fix:{digits[:2]}XX")
        return match.found("decade", f"fix:{digits[:3]}X") if digits.endswith("0") else None
    if digits.isdigit() and len(digits) <= 2 and int(digits) % 10 == 0 and int(digits) >= 20:
        return match.found("decade", f"fix:19{digits[0]}X")
    return None


def decade_by_year(match: Match) -> Found | None:
    """``anni novanta``, ``jaren 90``: the word for years, then the tens."""
    years = match.named["k"]
    if years.kind == "j" and years.word not in match.settings.get("decade_before", ()):
        return None
    digits = match.named["c"].value[-2:]
    return match.found("decade", f"fix:19{digits[0]}X") if digits.isdigit() and int(digits) in range(20, 100, 10) else None


def century(match: Match) -> Found | None:
    number = _day_number(match.get("o"))
    if match.named["u"].value != "century" or not 2 <= number <= 21:
        return None
    return match.found("century", f"fix:{number - 1:02d}XX")


def years(match: Match) -> Found | None:
    """``1957-58``: the first year; the second is found by ``second_year``."""
    first, second = int(match.named["y"].value), match.named["second"].value
    if len(second) != 2 or not first % 100 < int(second) or not YEARS_READ[0] <= first <= YEARS_READ[1]:
        return None
    return Found(match.first, match.last, "years", f"fix:{first:04d}")


def year(match: Match) -> Found | None:
    value = _year(match.get("y"))
    if not YEARS_READ[0] <= value <= YEARS_READ[1]:
        return None
    marked = "j" in match.kinds[match.first : match.last]
    return match.found("year", f"fix:{value:04d}") if marked or _reads_as_year(match, value) else None


LEADS = "pPwM(ABIF@k"  # kinds of words that lead to a year: "in", "since", "between", "early", a bracket
PLAIN_YEARS = (1500, 2060)  # a bare number outside is no year that news writes without a leading word
MODERN = 1800  # a bare number below it that is followed by a word counts something more often than not


def _reads_as_year(match: Match, value: int) -> bool:
    """Whether a bare number is a year: by the word before it, a range, brackets, or nothing counted after it."""
    at = next(n for n in range(match.first, match.last) if match.kinds[n] == "Y")
    before = match.kinds[at - 1] if at else "|"
    after = match.kinds[at + 1] if at + 1 < len(match.kinds) else "|"
    left = match.kinds[max(0, at - 2) : at]
    if "!" in (before, after) or left in ("N-", "n-"):
        return False  # "$1850", "555-2041"
    if before in "./:" and match.atoms[at].joined and left[:1] != "Y":
        return False
    if before == "t" and match.atoms[at - 1].word in match.settings.get("prepositions", ()):
        return True  # "until 2019", but not "rose to 2019"
    if before in LEADS or left in ("Y-", "Y/", "Yt") or (left == "Ya" and value % 100):
        return before != "p" or value % 100 != 0 or value >= 1500
    if after in "-/t" and match.kinds[at + 2 : at + 3] == "Y":
        return True
    if before in "nN" or (after in "nN" and before != "|"):
        return False  # "555 2041"
    return _alone_as_year(match, value, before, after, at)


def _alone_as_year(match: Match, value: int, before: str, after: str, at: int) -> bool:
    if not PLAIN_YEARS[0] <= value <= PLAIN_YEARS[1]:
        return False
    if value % 100 == 0 and (before not in "f,dx" or (value != 1900 and after not in "|,.)")):
        return False  # round numbers count things
    follows = match.atoms[at + 1] if at + 1 < len(match.atoms) else None
    counted = after == "x" and follows is not None and follows.word.isalpha()
    return not counted or value >= MODERN


def unit(match: Match) -> Found | None:
    name, said = match.named["u"].value, match.named["r"].value
    if name in ("hour", "minute", "second"):
        return None
    if name == "day":
        return match.found("day", f"unit:day;{said}", "before")
    if name == "weekend" and said == "0":
        return match.found("weekend", "wend:", "tense")
    return match.found(name, f"unit:{name};{said}")


def unit_part(match: Match) -> Found | None:
    """``at the end of the year``: the year that is being told of."""
    name = match.named["u"].value
    if name in ("hour", "minute", "second", "day", "decade", "century"):
        return None
    return match.found(name, f"unit:{name};0", "before year" if name == "year" else "")


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
    if said is None or name in ("hour", "minute", "second"):
        return None
    return match.found(name, f"unit:{name};{said.value}", "before")


def holiday(match: Match) -> Found | None:
    value, year_atom = match.named["e"].value, match.get("y")
    if value.startswith("easter"):
        offset = value.removeprefix("easter")
        if year_atom:
            return match.found("day", f"easter:{offset}<fix:{year_atom.value}")
        return match.found("day", f"easter:{offset}", "tense")
    if year_atom:
        return match.found("day", f"fix:{year_atom.value}-{value}")
    return match.found("day", f"part:XXXX-{value}", "tense")


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


BUILDERS: dict[str, Builder] = {
    function.__name__: function
    for function in (
        literal, day, mdy, dayless, mdyless, day_of_month, bc, bc_century, short_year, unit_bare_part, first_days, mdy_span, day_of_year, glued, glued_day, month, month_of_year, month_said, month_bare,
        season, season_of_year, season_said, season_bare, quarter, quarter_of_year, quarter_bare, decade, decade_by_year, century, years,
        year, unit, unit_part, weekday_said, weekday, deictic, tonight, ago, ahead, later, reference, holiday, clock,
        clock_of_four, clocks,
    )
}  # fmt: skip
