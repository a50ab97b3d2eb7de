"""Days, months, seasons, quarters and feasts."""

from __future__ import annotations

from stemma.language.dates.calendar import safe_date
from stemma.language.dates.grammar import Found
from stemma.language.dates.lexer import Atom
from stemma.language.dates.match import DIRECTIONS, YEARS_READ, Match, in_year, number_of


def _whole_month(match: Match, atom: Atom | None) -> bool:
    """An abbreviation that is also a common word counts only beside a number; a name only where it can be one."""
    return atom is not None and ((atom.kind == "M" and not atom.weak) or match.before() in "pPRfdwt")


def literal(match: Match) -> Found | None:
    value = match.named["l"].value
    day, _, clock = value.partition("T")
    return match.found("day", f"fix:{day}", clock=clock[:5])


def short(match: Match) -> Found | None:
    """``am 19.1.``, ``(19.1.)``: with a word that leads to a date, as versions and chapters are written so too."""
    led = match.before() in "pPdft(-" or match.kinds[match.first] in "WV"
    return match.found("day", f"part:{match.named['l'].value}", "tense") if led else None


def day(match: Match) -> Found | None:
    year, month, number = number_of(match.get("y")), int(match.named["m"].value), number_of(match.get("d"))
    if not safe_date(year, month, number):
        return None
    return match.found("day", f"fix:{year:04d}-{month:02d}-{number:02d}")


def mdy(match: Match) -> Found | None:
    return day(match) if match.settings.get("order") == "mdy" else None


def dayless(match: Match) -> Found | None:
    month, number = int(match.named["m"].value), number_of(match.get("d"))
    if not safe_date(2004, month, number):
        return None
    weak = (
        match.named["m"].weak
        and match.named["m"].kind == "M"
        and match.atoms[match.last - 1].word == match.named["m"].word
    )
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
    number = number_of(match.get("d"))
    return Found(match.first, match.first + 1, "day", str(number), "next") if 1 <= number <= 31 else None


def mdy_span(match: Match) -> Found | None:
    """``March 5-7, 2010``: two days."""
    month, first, second = int(match.named["m"].value), number_of(match.get("d")), number_of(match.get("d2"))
    if match.settings.get("order") != "mdy" or not (safe_date(2004, month, first) and safe_date(2004, month, second)):
        return None
    if match.get("y"):
        year = match.named["y"].value
        return match.found("days", f"fix:{year}-{month:02d}-{first:02d}/fix:{year}-{month:02d}-{second:02d}")
    return match.found("days", f"part:XXXX-{month:02d}-{first:02d}/part:XXXX-{month:02d}-{second:02d}", "tense")


def day_of_year(match: Match) -> Found | None:
    """``eelmise aasta 20. novembril``: the day of a year said in words."""
    month, number = int(match.named["m"].value), number_of(match.get("d"))
    if not safe_date(2004, month, number):
        return None
    said = match.get("r") or match.get("x")
    if said and said.kind == "X" and not said.value.startswith("year"):
        return None
    return in_year(match, f"XXXX-{month:02d}-{number:02d}", said, "day")


def day_of_month(match: Match) -> Found | None:
    """``the 29th of the same month``."""
    number, said = number_of(match.get("d")), match.named["r"]
    if match.named["u"].value != "month" or not 1 <= number <= 31:
        return None
    return match.found("day", f"mday:{number};{said.value}", "before" if said.kind == "Z" else "")


def glued(match: Match) -> Found | None:
    month, number = int(match.named["mm"].value), number_of(match.get("d"))
    if not 1 <= month <= 12 or (match.get("d") and not safe_date(2004, month, number)):
        return None
    shape = f"{month:02d}" + (f"-{number:02d}" if number else "")
    grain = "day" if number else "month"
    if match.get("y"):
        return match.found(grain, f"fix:{match.named['y'].value}-{shape}")
    return match.found(grain, f"part:XXXX-{shape}", "tense")


def glued_day(match: Match) -> Found | None:
    """``13日``: a day whose month is the report's."""
    number = number_of(match.get("d"))
    return match.found("day", f"dom:{number}", "tense") if 1 <= number <= 31 else None


def month(match: Match) -> Found | None:
    year = number_of(match.get("y"))
    if not YEARS_READ[0] <= year <= YEARS_READ[1]:
        return None
    return match.found("month", f"fix:{year:04d}-{int(match.named['m'].value):02d}")


def month_of_year(match: Match) -> Found | None:
    said = match.get("r") or match.get("x")
    if said and said.kind == "X" and not said.value.startswith("year"):
        return None
    return in_year(match, f"XXXX-{int(match.named['m'].value):02d}", said, "month")


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
    if not YEARS_READ[0] <= number_of(match.get("y")) <= YEARS_READ[1]:
        return None
    return match.found("season", f"fix:{match.named['y'].value}-{match.named['s'].value}")


def season_of_year(match: Match) -> Found | None:
    said = match.get("r") or match.get("x")
    if said and said.kind == "X" and not said.value.startswith("year"):
        return None
    return in_year(match, f"XXXX-{match.named['s'].value}", said, "season")


def season_said(match: Match) -> Found | None:
    direction = DIRECTIONS.get(match.named["r"].value)
    return match.found("season", f"part:XXXX-{match.named['s'].value};{direction}") if direction else None


def season_bare(match: Match) -> Found | None:
    before = match.before()
    if before == "d":
        before = match.kinds[match.first - 2 : match.first - 1] or "|"
    if match.named["s"].weak and not match.get("part") and before not in "pP":
        return None  # "the spring in the lock", "a fall"
    return match.found("season", f"part:XXXX-{match.named['s'].value}", "tense")


def _quarter(match: Match) -> str:
    """EDTF's code of a quarter (33-36) or half-year (40, 41), "" where it is none."""
    if match.get("q"):
        return match.named["q"].value
    unit, number = match.named["u"].value, number_of(match.get("o"))
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
    return in_year(match, f"XXXX-{code}", said, "quarter")


def quarter_bare(match: Match) -> Found | None:
    code = _quarter(match)
    return match.found("quarter", f"part:XXXX-{code}", "tense") if code else None


def holiday(match: Match) -> Found | None:
    value, year_atom = match.named["e"].value, match.get("y")
    if match.named["e"].weak and not year_atom and match.before() not in "pPRGt":
        return None  # "Christmas sales"
    if value.startswith("easter"):
        offset = value.removeprefix("easter")
        if year_atom:
            return match.found("day", f"easter:{offset}<fix:{year_atom.value}")
        return match.found("day", f"easter:{offset}", "tense")
    if year_atom:
        return match.found("day", f"fix:{year_atom.value}-{value}")
    return match.found("day", f"part:XXXX-{value}", "tense")
