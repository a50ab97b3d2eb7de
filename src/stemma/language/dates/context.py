"""What a date means where it stands: ranges, tense, the last date of the text, narrative, times of day.

Narrative. A chronicle ("On 28 June 1914 ... On 23 July ...") does not hang on the day it was published: a date without a
year takes the year told of last. The text itself shows which it is: most of its full dates lie far from the report's own
date, and next to none of its dates hang on that date ("yesterday", "on Tuesday", "last month").
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import regex

from stemma.language.dates import tense
from stemma.language.dates.calendar import Point, evaluate, point
from stemma.language.dates.grammar import Found
from stemma.language.dates.lexer import DASHES, Atom, Lexed
from stemma.language.dates.words import Words, words
from stemma.records import Sentence, Status


class Place(NamedTuple):
    """An expression and the sentence it stands in (``low:high`` its atoms). ``inside`` is False where it stands in a line
    between the sentences, such as a heading "1950": then it is no mention, but dates after it may take its year."""

    found: Found
    start: int
    end: int
    sentence: int
    low: int
    high: int
    inside: bool


class Reading(NamedTuple):
    """An expression with its final rule."""

    start: int
    end: int
    sentence: int
    grain: str
    rule: str
    status: Status


def split_ranges(matches: Sequence[Found], found: list[Atom]) -> list[Found]:
    """``1957-58``, ``14 to 18 hours`` and ``March 5-7`` as two expressions each, as they state two dates."""
    result = []
    for one in matches:
        if one.grain not in ("years", "times", "days"):
            result.append(one)
            continue
        numbers = [at for at in range(one.first, one.last) if found[at].kind in "YnNTHo"]
        if one.grain == "years":
            first, second = numbers[:2]
            if "/" in one.rule:  # 492-490 BC
                left, _, right = one.rule.partition("/")
                result.append(one._replace(last=first + 1, grain="year", rule=left))
                result.append(one._replace(first=second, grain="year", rule=right))
                continue
            result.append(one._replace(last=first + 1, grain="year"))
            rule = f"fix:{one.rule[4:6]}{found[second].value}"
            result.append(Found(second, second + 1, "year", rule))
        elif one.grain == "times":
            first, second = numbers[0], numbers[-1]
            left, _, right = one.clock.partition("/")
            result.append(one._replace(last=first + 1, grain="time", clock=left))
            result.append(one._replace(first=second, grain="time", clock=right))
        else:
            left, _, right = one.rule.partition("/")
            first, second = numbers[:2]
            result.append(one._replace(last=first + 1, grain="day", rule=left))
            result.append(one._replace(first=second, grain="day", rule=right))
    return result


OF_A_DAY = regex.compile(r"(fix|part|inyear):([\dX]{4}-\d\d)-\d\d(.*)")
OF_A_MONTH = regex.compile(r"part:XXXX-(\d\d)")
FULL = regex.compile(r"fix:\d{4}")
TRAILING = frozenset(".,fdp-'")


def place(lexed: Lexed, matches: Sequence[Found], sentences: Sequence[Sentence]) -> list[Place]:
    """Where the expressions stand, in text order; those above the first sentence of the body count as inside it."""
    ordered = sorted(range(len(sentences)), key=lambda i: sentences[i].start)
    starts = [sentences[i].start for i in ordered]
    found = lexed.atoms
    atom_starts = [run + atom.start for run, atom in zip(lexed.runs, found, strict=True)]
    body = min((one.start for one in sentences if one.part == "body"), default=0)
    result = []
    for one in matches:
        last = one.last
        while last - 1 > one.first and (
            found[last - 1].kind in TRAILING and not (found[last - 1].kind == "." and found[last - 2].kind in "JVm")
        ):
            last -= 1
        first = one.first
        while first + 1 < last and found[first].kind == "f":
            first += 1
        start, end = lexed.start(first), lexed.end(last - 1)
        at = bisect_right(starts, start) - 1
        number = ordered[max(at, 0)]
        sentence = sentences[number]
        inside = at >= 0 and start < sentence.end
        low = bisect_right(atom_starts, sentence.start - 1) if inside else one.first
        high = bisect_right(atom_starts, sentence.end - 1) if inside else last
        found_here = one._replace(first=first, last=last)
        result.append(Place(found_here, start, end, number, low, high, inside or start < body))
    return result


FINE = {
    "time": 4,
    "day": 3,
    "week": 2.5,
    "weekend": 2.5,
    "month": 2,
    "season": 1.5,
    "quarter": 1.5,
    "half": 1.5,
    "year": 1,
}
NEXT = ("", "p", "d")  # kinds between a time and its day: "10 p.m. Sunday", "at 5:10 a.m. on Monday"
LEAD = 4  # words between "comes" and "a week after": "comes just over a week after"
NEEDS = {"day": 3, "week": 3, "weekend": 3, "month": 2, "quarter": 2, "half": 2}


class Connector:
    """Goes through the expressions in text order and keeps the dates that later ones hang on."""

    def __init__(self, lexed: Lexed, places: Sequence[Place], known: Words, anchor: Point | None):
        self.found, self.kinds, self.places, self.known, self.anchor = lexed.atoms, lexed.kinds, places, known, anchor
        self.narrative = is_narrative(places, anchor)
        self.readings: list[Reading] = []
        self.joined_start = -1  # where a day begins to which the next time of day belongs
        self.year: tuple[str, int] | None = None  # rule and place of the last date that states its year

    def run(self) -> list[Reading]:
        for at, one in enumerate(self.places):
            cues = tense.cues(self.found, one.found.first, one.found.last, one.low, one.high, self.known)
            rule = self.rule(at, one, cues)
            if rule is None:
                continue
            if not one.inside:
                self.year = (rule, at) if rule.startswith("fix:") else self.year
                continue
            start, self.joined_start = self.joined_start if self.joined_start >= 0 else one.start, -1
            self.readings.append(Reading(start, one.end, one.sentence, one.found.grain, rule, tense.status(cues)))
            if self.tells_year(at, rule):
                self.year = (rule, at)
        return self.readings

    def rule(self, at: int, one: Place, cues: list[tuple[int, str]]) -> str | None:
        """The final rule of an expression, None where nothing is there that it could hang on."""
        link, base = one.found.link, one.found.rule
        if link == "tense":
            return self.directed(at, one, cues)
        if link == "next":
            return self.from_next(at, base)
        if link == "clock":
            return self.clocked(at, one)
        if link == "before":
            return self.referred(one, base)
        if link == "before year":
            return self.referred(one, base) if self.narrative else base
        if link == "turned":
            return self.turned(at, one, base)
        if one.found.clock:
            return f"{base}@{one.found.clock}"
        return self.hung(base)

    def tells_year(self, at: int, rule: str) -> bool:
        """Whether a date states the year that a narrative is in: a full date or a year, but not the end of a span of
        years (``1914-1918``), which names a period."""
        if not (rule.startswith("fix:") or "<fix:" in rule) or point(evaluate(rule, None)) is None:
            return False
        one = self.places[at]
        if one.found.grain != "year":
            return True
        pairs = [(self.places[at - 1], one)] if at else []
        pairs += [(one, self.places[at + 1])] if at + 1 < len(self.places) else []
        return not any(left.found.grain == right.found.grain and self.joined(left, right) for left, right in pairs)

    def hung(self, base: str) -> str:
        """In a narrative "a week before" or "on Tuesday" hang on the date told of last; "today" is the writer's."""
        if not self.narrative or not base.startswith(("wday:", "unit:")) or base == "unit:day;0":
            return base
        last = self.last(NEEDS.get(base[5:].partition(";")[0], 1) if base.startswith("unit:") else 3)
        return hang(base, last.rule) if last else base

    def directed(self, at: int, one: Place, cues: list[tuple[int, str]]) -> str | None:
        base = one.found.rule
        if base.startswith("part:"):
            shape = base.removeprefix("part:")
            inherited = self.inherited(at, one, cues)
            if inherited is not None:
                return f"fix:{shape.replace('XXXX', f'{inherited:04d}')}"
            listed = self.listed(at, one, shape)
            if listed is not None:
                return listed
        # "Monday's election": which Monday does not hang on what is said of the election.
        turn = "near" if base.startswith("wday:") and self.owns(one) else tense.direction(cues)
        return self.hung(f"{base};{turn}")

    def owns(self, one: Place) -> bool:
        """Whether an expression is the owner of the next words ("Monday's")."""
        behind = self.found[one.found.last : one.found.last + 2]
        return [atom.word for atom in behind] == ["'", "s"] and all(atom.joined for atom in behind)

    def listed(self, at: int, one: Place, shape: str) -> str | None:
        """``in November and December``: the second month follows the first, in its year or the next."""
        before = self.places[at - 1] if at else None
        if (
            before is None
            or not self.readings
            or not before.found.rule.startswith("part:")
            or not self.joined(before, one)
        ):
            return None
        left, right = _month(before.found.rule), _month(one.found.rule)
        if not (left and right) or left > 12 or right > 12 or self.readings[-1].start != before.start:
            return None
        return hang(f"inyear:{shape};{1 if right < left else 0}", self.readings[-1].rule)

    def inherited(self, at: int, one: Place, cues: list[tuple[int, str]]) -> int | None:
        """The year that another date of the text gives to this one: the end of its range, or the year told of."""
        after = self.places[at + 1] if at + 1 < len(self.places) else None
        if after is not None and after.found.grain in ("day", "month", "season") and self.joined(one, after):
            end = point(after.found.rule.removeprefix("fix:")) if after.found.rule.startswith("fix:") else None
            if end is not None:
                return end.year - (1 if end.month and _month(one.found.rule) > end.month else 0)
        if self.year is None:
            return None
        told = point(evaluate(self.year[0], None))
        if told is None:
            return None
        if self.narrative:
            return told.year + self.turn_of_year(one, told)
        before = self.places[self.year[1]]
        near = before.sentence == one.sentence and before.found.grain in ("month", "day", "season")
        if near and self.anchor and told.year < self.anchor.year - 1 and tense.direction(cues) == "past":
            return told.year
        if at and self.year[1] == at - 1 and self.joined(before, one) and before.found.grain in ("day", "month"):
            return told.year
        return None

    def turn_of_year(self, one: Place, told: Point) -> int:
        """1 where a chronicle goes on from the last months of a year to the first months of the next."""
        last = self.readings[-1] if self.readings else None
        month = _month(one.found.rule)
        told_last = point(evaluate(last.rule, None)) if last and last.grain in ("day", "month") else None
        if told_last is None or told_last.month is None or told_last.year != told.year or not 1 <= month <= 12:
            return 0
        return 1 if told_last.month - month >= TURN else 0

    def joined(self, left: Place, right: Place) -> bool:
        """Whether only words such as "to", "and", a dash or an article stand between two expressions."""
        between = self.kinds[left.found.last : right.found.first]
        return 0 < len(between) <= 4 and all(kind in "-ta,/pdfw@" for kind in between) and between not in (",", ".")

    def from_next(self, at: int, base: str) -> str | None:
        """``6`` of "6-7 April 1862": month and year are those of the next expression."""
        for after in self.places[at + 1 : at + 8]:
            if after.found.link == "next":
                continue
            shape = OF_A_DAY.match(after.found.rule)
            if shape:
                rule = f"{shape[1]}:{shape[2]}-{int(base):02d}{shape[3]}"
                if after.found.link == "tense":
                    cues = tense.cues(
                        self.found, after.found.first, after.found.last, after.low, after.high, self.known
                    )
                    inherited = self.inherited(at + 1, after, cues)
                    if inherited is not None:
                        return f"fix:{shape[2].replace('XXXX', f'{inherited:04d}')}-{int(base):02d}"
                    return f"{rule};{tense.direction(cues)}"
                return rule
        return None

    def clocked(self, at: int, one: Place) -> str | None:
        """A time of day belongs to the day named last in its sentence, else next in it, else to the day being told of."""
        after = self.places[at + 1] if at + 1 < len(self.places) else None
        if after is not None and after.found.grain == "day" and self.kinds[one.found.last : after.found.first] in NEXT:
            rule = self.following(at + 1)
            return f"{rule}@{one.found.clock}" if rule else None
        day = next(
            (r for r in reversed(self.readings) if r.sentence == one.sentence and r.grain in ("day", "time")), None
        )
        if day is not None:
            if self.known.settings.get("clock_joined") and day is self.readings[-1] and one.start - day.end <= 1:
                self.readings.pop()  # "teisipäeval kell 16" states one time
                self.joined_start = day.start
            return f"{day.rule.partition('@')[0]}@{one.found.clock}" if "<" not in day.rule else None
        for offset, after in enumerate(self.places[at + 1 : at + 3], at + 1):
            if after.sentence == one.sentence and after.found.grain == "day" and after.found.link in ("", "tense"):
                rule = self.following(offset)
                return f"{rule}@{one.found.clock}" if rule else None
        if self.narrative:
            last = self.last(3)
            return f"{last.rule.partition('@')[0]}@{one.found.clock}" if last and "<" not in last.rule else None
        return f"{one.found.rule}@{one.found.clock}"

    def following(self, at: int) -> str | None:
        """The rule of an expression that has not been reached yet."""
        one = self.places[at]
        cues = tense.cues(self.found, one.found.first, one.found.last, one.low, one.high, self.known)
        return self.rule(at, one, cues)

    def last(self, fineness: float) -> Reading | None:
        """The last date of the text that is at least so fine."""
        return next((r for r in reversed(self.readings) if FINE.get(r.grain, 0) >= fineness), None)

    def referred(self, one: Place, base: str) -> str | None:
        """``the next day``, ``two years later``: on the last date of the text that is fine enough."""
        unit = base.removeprefix("unit:").partition(";")[0] if base.startswith("unit:") else "year"
        last = self.last(NEEDS.get(unit, 1))
        if last is None or one.sentence - last.sentence > (8 if self.narrative or unit == "year" else 5):
            return base if not self.narrative and base.startswith("unit:") and base.endswith(";0") else None
        return hang(base, last.rule)

    def turned(self, at: int, one: Place, base: str) -> str | None:
        """``On 6 January, a day after the meeting``: the day of the meeting. ``The talks come a week after the meeting``:
        about a week before the report, as the talks are its news."""
        before = self.places[at - 1] if at else None
        if before is not None and before.sentence == one.sentence and self.readings:
            between = self.kinds[before.found.last : one.found.first]
            if len(between) <= 3 and all(kind in ",dpx" for kind in between):
                return hang(base, self.readings[-1].rule)
        unit, _, offset = base.removeprefix("unit:").partition(";")
        leading = self.found[max(one.low, one.found.first - LEAD) : one.found.first]
        happens = any(self.known.tense.get(atom.word) == "present" for atom in leading)
        if happens and unit in ("day", "week") and not self.narrative:
            return f"approx:day;{int(offset) * (7 if unit == 'week' else 1)}"
        return None


def hang(base: str, reference: str) -> str:
    """The base worked out on what the reference gives; a chain of two is worked out as far as it can be."""
    reference = reference.partition("@")[0]
    value = evaluate(reference, None)
    return f"{base}<fix:{value}" if value else f"{base}<{reference}"


def connect(lexed: Lexed, places: Sequence[Place], known: Words, anchor: Point | None) -> list[Reading]:
    """The expressions with their final rules, in text order."""
    return Connector(lexed, places, known, anchor).run()


TURN = 9  # months back: from October, November or December to January is on, not back
FULL_DATES = 4  # fewer full dates say nothing of a text's manner
FAR = 0.7  # the share of them that lies two years or more before the report
HUNG = 0.12  # the most dates, beside each far one, that may hang on the report's own date


def is_narrative(places: Sequence[Place], anchor: Point | None) -> bool:
    """Whether the text tells of a past that it dates by itself."""
    years = [int(one.found.rule[4:8]) for one in places if FULL.match(one.found.rule)]
    far = [year for year in years if anchor is None or year < anchor.year - 1]
    hung = sum(1 for one in places if _hangs(one.found))
    return len(years) >= FULL_DATES and len(far) >= FAR * len(years) and hung <= HUNG * len(far)


def _hangs(one: Found) -> bool:
    """Whether the expression hangs on the report's own date. "Today" often means nowadays: it tells nothing."""
    if one.rule.startswith(("wday:", "part:")):
        return one.rule.startswith("wday:") or one.link == ""
    return one.rule.startswith("unit:") and one.link == "" and one.rule != "unit:day;0"


def _month(rule: str) -> int:
    match = OF_A_MONTH.match(rule)
    return int(match[1]) if match else 0


def joins_range(text: str, left: int, right: int, language: str | None) -> bool:
    """Whether ``text[left:right]`` between two dates makes them a range: a dash, or the language's "to" ("and" after "between")."""
    known = words(language)
    between = text[left:right].strip().casefold()
    if len(between) > 12:
        return False
    if between in DASHES and between:
        return True
    if known is None:
        return False
    kinds = [known.single[word].kind for word in between.split() if word in known.single]
    if len(kinds) == len(between.split()) and kinds and kinds[0] == "t" and all(kind in "tdpf" for kind in kinds):
        return True
    if kinds == ["a"]:
        opening = text[max(0, left - 40) : left].casefold().split()
        return any(known.single[word].kind == "w" for word in opening if word in known.single)
    return False
