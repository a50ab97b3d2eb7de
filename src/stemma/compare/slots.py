"""The comparable values of a sentence: what it counts, dates, names and calls by an office."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from stemma.compare.values import numeral
from stemma.compare.vocabulary import Piece, Vocabulary, find, find_all, fold, marked, pieces, vocabulary
from stemma.language.concepts import concept_of
from stemma.language.lexicon import table
from stemma.records import Annotated, Name, Number, Report, Sentence, SlotKind, Span
from stemma.spans import END, START

# Words of a sentence that is compared: the longest of 7,000 on the dev data has 131.
LONGEST = 600
# How far from a name its office is looked for, in pieces: "the bank's second deputy director for loans, Jo Doe".
REACH = 8
SLOT_OF_NUMBER: Mapping[str, SlotKind] = {
    "count": "count",
    "money": "money",
    "percent": "percent",
    "ordinal": "ordinal",
    "measure": "count",
    "age": "count",
    "score": "count",
    "other": "count",
}


class Slot(NamedTuple):
    """A value: ``start:end`` are its words; ``first:last`` its pieces; ``noun`` the folded head of what is counted, or the
    folded name of the person who holds a role."""

    kind: SlotKind
    start: int
    end: int
    value: str
    first: int
    last: int
    noun: str = ""


class Tensed(NamedTuple):
    """A verb group told as to come or as done: its pieces ``first:last``, and the piece of its verb."""

    first: int
    last: int
    verb: int


@dataclass(frozen=True)
class Line:
    """One sentence, made ready for comparison."""

    one: Annotated
    sentence: int
    start: int
    end: int
    pieces: tuple[Piece, ...]
    words: Vocabulary
    slots: tuple[Slot, ...]
    keys: frozenset[str] = field(default_factory=frozenset)
    found: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict, compare=False, repr=False)
    # by the offset of a number, what ``mentions.sort_of`` found
    sorts: dict[int, tuple[str, str] | None] = field(default_factory=dict, compare=False, repr=False)
    # once it is worked out, the one pair that ``across`` found: verbs told as to come, verbs told as done
    tensed: list[tuple[list[Tensed], list[Tensed]]] = field(default_factory=list, compare=False, repr=False)

    @property
    def text(self) -> str:
        return self.one.report.text[self.start : self.end]

    def find(self, name: str) -> list[tuple[int, int, str]]:
        """Where the phrases of one list of the vocabulary ("future", "negation" ...) stand; looked up once."""
        if name not in self.found:
            none = name not in self.words.within and getattr(self.words, name).keys().isdisjoint(self._norms)
            self.found[name] = [] if none else marked(self.words, name, self.pieces)
        return self.found[name]

    @cached_property
    def _norms(self) -> frozenset[str]:
        """The words of the sentence: most lists have none of them."""
        return frozenset([piece.norm for piece in self.pieces])

    @cached_property
    def persons(self) -> frozenset[str]:
        """The full names of the sentence."""
        return frozenset(slot.value for slot in self.slots if slot.kind == "name")

    @property
    def language(self) -> str | None:
        return self.one.report.language


def read(one: Annotated) -> tuple[Line, ...]:
    """All sentences of a report with their slots."""
    words = vocabulary(one.report.language)
    of: dict[int, list[Slot]] = {}
    cut = [() if is_list(s) else pieces(one.report.text, s.start, s.end) for s in one.sentences]
    for sentence, slot in (
        *_numbers(one, cut, words),
        *_dates(one, cut, words),
        *_weekdays(one, cut, words),
        *_people(one, cut, words),
    ):
        of.setdefault(sentence, []).append(slot)
    keys: dict[int, set[str]] = {}
    for anchor in one.anchors:
        if anchor.kind != "S":  # repeats W
            keys.setdefault(anchor.sentence, set()).add(anchor.key)
    return tuple(
        Line(one, n, s.start, s.end, cut[n], words, tuple(sorted(of.get(n, ()))), frozenset(keys.get(n, ())))
        for n, s in enumerate(one.sentences)
    )


def is_list(sentence: Sentence) -> bool:
    """Whether a sentence is so long that it is a list, a table or a page without full stops: it is not compared."""
    return sentence.last_token - sentence.first_token > LONGEST


def _range(line: Sequence[Piece], start: int, end: int) -> tuple[int, int] | None:
    """The pieces that ``start:end`` touches."""
    first = bisect_right(line, start, key=END)
    last = bisect_left(line, end, key=START)
    return (first, last) if first < last else None


# Signs that stand behind an amount in some languages ("70 millones de $").
SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}


def _numbers(one: Annotated, cut: Sequence[Sequence[Piece]], words: Vocabulary) -> list[tuple[int, Slot]]:
    found = []
    taken = -1
    in_a_row = _in_a_row(one)
    # "Scores", "dozens": so wide that no figure contradicts them.
    vague = frozenset(table(one.report.language, "numbers").get("vague", "").split()[::2])
    for number in sorted(one.numbers, key=lambda n: (n.start, -n.end)):
        if number in in_a_row:
            continue
        line = cut[number.sentence]
        place = _range(line, number.start, number.end)
        if (
            place is None
            or number.start < taken
            or _clock(one.report.text, number)
            or _bare(one.report.text, number)
            or _some(one.report.text, number, line, place, words.few | vague)
            or any(p.norm.startswith(tuple(words.clock)) for p in line[place[1] : place[1] + 1])
            or line[place[0]].norm in vague
            or (number.low is None and number.high is None)
        ):
            continue
        kind, unit, end = _kind(one.report.text, number, line, place, words)
        if kind is None:
            continue
        taken = max(number.end, end if kind == "percent" else 0)
        noun = _head(one.report, number.counted) if kind == "count" else ""
        value = numeral(number.low, number.high, "age" if number.kind == "age" else unit)
        found.append((number.sentence, Slot(kind, number.start, max(end, number.end), value, *place, noun)))
    return found


def _in_a_row(one: Annotated) -> set[Number]:
    """Plain numbers with only a space between them ("two dozen"): it is not sure that they were read as they are meant."""
    plain = sorted((n for n in one.numbers if n.kind in ("count", "other")), key=lambda n: n.start)
    found: set[Number] = set()
    for before, number in pairwise(plain):
        if one.report.text[before.end : number.start] == " ":
            found |= {before, number}
    return found


def _clock(text: str, number: Number) -> bool:
    """Whether a number is part of a time or a score written with a colon: "6:40 p.m."."""
    behind, before = text[number.end : number.end + 3], text[max(0, number.start - 3) : number.start]
    return (behind[:1] == ":" and behind[1:].strip()[:1].isdigit()) or (
        before.rstrip()[-1:] == ":" and before.rstrip()[:-1][-1:].isdigit()
    )


def _some(text: str, number: Number, line: Sequence[Piece], place: tuple[int, int], few: frozenset[str]) -> bool:
    """Whether a number in words only says of what size ("a few hundred million"): so wide that no figure contradicts it."""
    before = line[max(0, place[0] - 2) : place[0]]
    return not any(c.isdigit() for c in text[number.start : number.end]) and any(p.norm in few for p in before)


def _bare(text: str, number: Number) -> bool:
    """Whether a number is one letter that stands for thousands, without digits: in Korean and Japanese it also has other senses."""
    return number.end - number.start == 1 and not text[number.start].isdigit() and (number.low or 0) >= 1000


def _kind(
    text: str, number: Number, line: Sequence[Piece], place: tuple[int, int], words: Vocabulary
) -> tuple[SlotKind | None, str | None, int]:
    """The slot, unit and end of a number: what the words right behind it add is taken in."""
    kind = SLOT_OF_NUMBER.get(number.kind)
    behind = find(words.percent_words, line, place[1]) if place[1] < len(line) else None
    if behind and kind == "count":
        return "percent", "%", line[behind[0] - 1].end
    if kind == "percent" and number.unit != "%":
        return "count", None, number.end  # points, of a per cent or of an index: translations do not keep them apart
    sign = (
        text[number.end : number.end + 8]
        .strip(" \u00a0")
        .removeprefix("de ")
        .removeprefix("di ")
        .removeprefix("US")[:1]
    )
    if kind == "count" and sign in SIGNS and not number.unit:
        return "money", SIGNS[sign], number.end
    return kind, number.unit, _with_noun(number) if kind == "count" else number.end


def _with_noun(number: Number) -> int:
    """The end of the number and what it counts, where that stands close behind it (40 letters: two or three words between)."""
    near = number.counted is not None and number.end <= number.counted.start <= number.end + 40
    return number.counted.end if near and number.counted is not None else number.end


# How the noun of a slot begins when it is a concept, the same in every language, and not a word.
CONCEPT = "c:"


def _head(report: Report, span: Span | None) -> str:
    """What is counted: its concept where the table has one, else its folded word."""
    words = report.text[span.start : span.end].split() if span else []
    if not words:
        return ""
    concept = concept_of(words[-1].casefold(), report.language)
    return CONCEPT + concept if concept and not concept.startswith("_") else fold(words[-1])


def _dates(one: Annotated, cut: Sequence[Sequence[Piece]], words: Vocabulary) -> list[tuple[int, Slot]]:
    """Dates as far as they are said: what was worked out from the report's own date is no statement of the report."""
    found = []
    for date in one.dates:
        place = _range(cut[date.sentence], date.start, date.end)
        said = _said(date.rule, date.value)
        named = place is not None and _named(
            one.report.text[date.start : date.end], cut[date.sentence][slice(*place)], words
        )
        if said and place and named and not _ambiguous(one.report.text[date.start : date.end]):
            found.append((date.sentence, Slot("date", date.start, date.end, said, *place)))
    return found


def _named(text: str, line: Sequence[Piece], words: Vocabulary) -> bool:
    """A date by number, month or quarter; feasts and seasons have other names in other languages and are left out."""
    quarter = any(p.norm in words.quarters for p in line)
    return quarter or any(c.isdigit() for c in text) or bool(find_all(words.months, line))


def _ambiguous(text: str) -> bool:
    """ "3/4/09" is March or April: which comes first depends on the writer, so it is compared with nothing."""
    parts = text.replace(".", "/").replace("-", "/").split("/")
    return len(parts) > 1 and all(p.isdigit() for p in parts) and int(parts[0]) <= 12 and int(parts[1]) <= 12


def _said(rule: str, value: str | None) -> str | None:
    """The part of a date that its words say: "XXXX-05-17" of "part:XXXX-05-17;past", the whole of a "fix"."""
    name, _, rest = rule.partition(":")
    return value if name == "fix" else rest.split(";")[0] if name == "part" else None


def _weekdays(one: Annotated, cut: Sequence[Sequence[Piece]], words: Vocabulary) -> list[tuple[int, Slot]]:
    """Weekdays, by the date grammar where it says so, else by their names."""
    found = []
    for date in one.dates:
        name, _, rest = date.rule.partition(":")
        place = _range(cut[date.sentence], date.start, date.end)
        if name == "wday" and place and rest[:1].isdigit():
            found.append((date.sentence, Slot("weekday", date.start, date.end, rest[0], *place)))
    taken = {(sentence, n) for sentence, slot in found for n in range(slot.first, slot.last)}
    for sentence, line in enumerate(cut):
        for first, last, number in find_all(words.weekdays, line):
            if (sentence, first) not in taken:
                spot = Slot("weekday", line[first].start, line[last - 1].end, number, first, last)
                found.append((sentence, spot))
    return found


def _people(one: Annotated, cut: Sequence[Sequence[Piece]], words: Vocabulary) -> list[tuple[int, Slot]]:
    found = []
    for name in one.names:
        place = _range(cut[name.sentence], name.start, name.end)
        if place is None or name.kind not in ("person", "other"):
            continue
        folded = fold_name(name.text)
        if name.kind == "person" and " " in folded:
            found.append((name.sentence, Slot("name", name.start, name.end, folded, *place)))
        role = office(one.report.text, cut[name.sentence], place, words)
        if role is not None:
            first, last, value = role
            start, end = cut[name.sentence][first].start, cut[name.sentence][last - 1].end
            whole = (min(start, name.start), max(end, name.end)) if end <= name.start + 2 else (start, end)
            found.append((name.sentence, Slot("role", *whole, value, first, last, folded)))
    return found


def fold_name(text: str) -> str:
    """A name's words in Latin letters without case, hyphens or titles' dots."""
    return " ".join(piece.norm if piece.norm.isascii() else fold(piece.norm) for piece in pieces(text, 0, len(text)))


def office(text: str, line: Sequence[Piece], place: tuple[int, int], words: Vocabulary) -> tuple[int, int, str] | None:
    """The office beside a name: (first piece, piece after, value), before the name or in apposition after it."""
    return _before(text, line, place[0], words) or _after(text, line, place[1], words)


def _before(text: str, line: Sequence[Piece], name: int, words: Vocabulary) -> tuple[int, int, str] | None:
    """ "former President X", "Norvik chairman X", "la alcaldesa de Lindhavn, X"."""
    begin = name
    while begin > max(0, name - REACH):
        gap = text[line[begin - 1].end : line[begin].start] if begin < len(line) else ""
        if gap.strip(" -–.’'\u00a0") and not (begin == name and gap.strip() == ","):
            break
        begin -= 1
    hits = _roles(line, begin, name, words)
    if not hits:
        return None
    last = hits[-1]
    if any(not (p.capital or p.norm in words.linking or p.norm in words.former) for p in line[last[1] : name]):
        return None
    first = last
    for hit in reversed(hits[:-1]):
        if all(p.norm in words.linking for p in line[hit[1] : first[0]]):
            first = hit
    offices = [office for hit in hits if first[0] <= hit[0] for office in hit[2].split("|")]
    return _value(line, first[0], last[1], offices, begin, words)


def _after(text: str, line: Sequence[Piece], name: int, words: Vocabulary) -> tuple[int, int, str] | None:
    """ "X, the company's former director and head of sales," """
    if name >= len(line) or text[line[name - 1].end : line[name].start].strip() not in (",", "("):
        return None
    end = name
    while end < min(len(line), name + REACH):
        if end > name and text[line[end - 1].end : line[end].start].strip(" -–.’'&\u00a0"):
            break
        end += 1
    hits = _roles(line, name, end, words)
    if not hits or any(p.norm in words.held for p in line[name : hits[0][0]]):
        return None  # "who served as president": whether still, is not said
    taken = [hits[0]]
    for hit in hits[1:]:
        if all(p.norm in words.linking for p in line[taken[-1][1] : hit[0]]):
            taken.append(hit)
    return _value(
        line, taken[0][0], taken[-1][1], [office for hit in taken for office in hit[2].split("|")], name, words
    )


def _roles(line: Sequence[Piece], begin: int, end: int, words: Vocabulary) -> list[tuple[int, int, str]]:
    found, at = [], begin
    while at < end:
        hit = find(words.roles, line, at)
        if hit and hit[0] <= end:
            found.append((at, hit[0], hit[1]))
            at = hit[0]
        else:
            at += 1
    return found


def _value(
    line: Sequence[Piece], first: int, last: int, offices: Sequence[str], begin: int, words: Vocabulary
) -> tuple[int, int, str]:
    """Offices with "former" where it stands at most two pieces before them."""
    past = next(
        (n for n in range(first - 1, max(begin, first - 3) - 1, -1) if n >= 0 and line[n].norm in words.former), None
    )
    value = f"{'former' if past is not None else ''};{'|'.join(sorted(set(offices)))}"
    return (first if past is None else past), last, value


def people(one: Annotated) -> list[Name]:
    """The persons a report names, in order."""
    return [name for name in one.names if name.kind == "person"]
