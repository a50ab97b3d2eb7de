"""Years, decades and centuries, and when a bare number is a year."""

from __future__ import annotations

from stemma.language.dates.grammar import Found
from stemma.language.dates.match import YEARS_READ, Match, number_of

LEADS = "pPwMABIF@k"  # kinds of words that lead to a year: "in", "since", "between", "early"
PLAIN_YEARS = (1500, 2060)  # a bare number outside is no year that news writes without a leading word
MODERN = 1800  # a bare number below it that is followed by a word counts something more often than not


def bc(match: Match) -> Found | None:
    """``492-490 BC``: EDTF counts a year 0, so that 44 BC is -0043."""
    first, second = number_of(match.get("first")), number_of(match.get("second"))
    if second:
        return match.found("years", f"fix:{-first + 1:05d}/fix:{-second + 1:05d}")
    return match.found("year", f"fix:{-first + 1:05d}") if first > 1 else None


def bc_century(match: Match) -> Found | None:
    number = number_of(match.get("o"))
    return (
        match.found("century", f"fix:-{number - 1:02d}XX")
        if match.named["u"].value == "century" and number > 1
        else None
    )


def short_year(match: Match) -> Found | None:
    """``since '82``."""
    return match.found("year", f"fix:{match.named['y'].value}") if match.before() in "pPtwAf" else None


def decade(match: Match) -> Found | None:
    digits = match.named["c"].value
    if len(digits) == 4 and digits[:2].isdigit():
        if digits.endswith("00") and match.settings.get("hundreds_are_centuries"):
            return match.found("century", f"fix:{digits[:2]}XX")
        return match.found("decade", f"fix:{digits[:3]}X") if digits.endswith("0") else None
    shape = match.kinds[match.first : match.last]
    listed = match.kinds[max(0, match.first - 2) : match.first] in ("Ca", "C,")
    if len(digits) <= 2 and shape.endswith("C") and not listed and "d" not in shape + match.before():
        return None  # "a man in his 30s"
    if digits.isdigit() and len(digits) <= 2 and int(digits) % 10 == 0 and int(digits) >= 20:
        return match.found("decade", f"fix:19{digits[0]}X")
    return None


def decade_by_year(match: Match) -> Found | None:
    """``anni novanta``, ``jaren 90``: the word for years, then the tens."""
    years = match.named["k"]
    if years.kind == "j" and years.word not in match.settings.get("decade_before", ()):
        return None
    digits = match.named["c"].value[-2:]
    return (
        match.found("decade", f"fix:19{digits[0]}X") if digits.isdigit() and int(digits) in range(20, 100, 10) else None
    )


def century(match: Match) -> Found | None:
    number = number_of(match.get("o"))
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
    value = number_of(match.get("y"))
    if not YEARS_READ[0] <= value <= YEARS_READ[1]:
        return None
    marked = "j" in match.kinds[match.first : match.last]
    return match.found("year", f"fix:{value:04d}") if marked or _reads_as_year(match, value) else None


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
    if before == "(" and after in ")-,;" and value >= PLAIN_YEARS[0]:
        return True
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
