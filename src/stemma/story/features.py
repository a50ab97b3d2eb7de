"""One report as bags of terms, by a glance at its text: words, lead, title, names and figures, days.

Words tell little across languages, so what keeps its identity there (names, places, figures, days: DESIGN §3) carries a pair;
names meet across scripts by their consonants. This is much less than ``language.annotate`` finds, and ten times as quick:
each word is looked up in ``vocabulary.py``. ``pairs.py`` compares the bags, ``score.py`` weighs what is found.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from stemma.language import lexicon
from stemma.language.sentences import paragraphs
from stemma.language.words import TOKEN
from stemma.records import Annotated, Report
from stemma.story.vocabulary import Facts, facts, term

READ = 4_000  # code points of a report that are looked at: who tells more has told the event by then
LEAD = 1_200  # code points: the part of a report that tells the event; research note: lead beats full text
HEAD = 400  # code points: the title and two or three sentences, where a report says who did what and where
TAIL = 0.4  # weight of what stands behind the lead, against 1.0 in it
OPENING = 0.6  # of a name that opens a sentence or stands in a headline of capitals, where common words carry them too
FIGURE = 0.7  # of a figure, DAY of a date: weights of anchors, see vocabulary.py for those of names
DAY = 0.5
PERCENT = 0.9
HAN = 0.25  # of two Han characters, read aloud: what Chinese and Japanese share
SMALLEST = 13  # smaller whole numbers are everywhere: they tie nothing together
YEARS = (1900, 2100)
FLAT = 0.6  # share of capitalised words from which capitals in a title say nothing
ENDS = frozenset('.!?…:;"“”„«»。！？')
MIX = np.uint64(0x9E3779B97F4A7C15)  # makes a term of two (odd, bits well spread)

Terms = NDArray[np.uint64]
Weights = NDArray[np.float32]
WHO, WHERE, FIGURES = 1, 2, 4  # bits of ``Bag.head``


class Bag(NamedTuple):
    """Terms in ascending order with their weights, not yet weighed by rarity."""

    terms: Terms
    weights: Weights


class Profile(Struct, frozen=True):
    """One report as bags of terms. ``day`` is the day of publication as a count of days, None where unknown; ``told`` are
    the days that its lead names, as ordinals; ``kinds`` says of each anchor whether it is a name, a place or a figure (bits
    ``WHO``, ``WHERE``, ``FIGURES``), ``head`` the same where it stands in the title or the first sentences; ``weekdays``
    has a bit for each that the head names; ``size`` is the number of words."""

    report: str
    language: str | None
    day: float | None
    words: Bag
    lead: Bag
    title: Bag
    anchors: Bag
    kinds: NDArray[np.uint8]
    head: NDArray[np.uint8]
    told: tuple[int, ...]
    weekdays: int
    size: int


class _Token(NamedTuple):
    """A word, number or mark; ``at`` is its place behind the beginning of the body, negative in the title."""

    start: int
    end: int
    at: int
    text: str
    known: Facts | None
    opening: bool


class Mention(NamedTuple):
    """A name, place, figure or day where it stands; ``kind`` is ``WHO``, ``WHERE``, ``FIGURES`` or 0."""

    term: int
    weight: float
    kind: int
    start: int
    end: int
    at: int


def profile(one: Annotated | Report) -> Profile:
    """The bags of one report. Only its text and what is known of it count: annotations are not looked at."""
    report = one.report if isinstance(one, Annotated) else one
    title, body = _tokens(report)
    mentions = [*find_mentions(title, report), *find_mentions(body, report)]
    anchors, kinds, head = _anchors(mentions)
    own = _stems(body)
    heading = [one for one, _ in _stems(title)]
    both = [(one, -1) for one in heading] + own if title and title[0].at < 0 else own
    return Profile(
        report=report.id,
        language=report.language,
        day=day_of(report.published),
        words=_words(both),
        lead=_bag([one for one, at in both if at < LEAD], None),
        title=_bag(heading, None),
        anchors=anchors,
        kinds=kinds,
        head=head,
        told=_told(title + body, report),
        weekdays=_weekdays(title + body),
        size=sum(one.known is not None for one in body) + (len(heading) if title and title[0].at < 0 else 0),
    )


def mentions_of(report: Report) -> list[Mention]:
    """The names, places, figures and days of the title and of the body that is read, with their spans (-1 where a title
    stands nowhere in the text)."""
    title, body = _tokens(report)
    return [*find_mentions(title, report), *find_mentions(body, report)]


def _tokens(report: Report) -> tuple[list[_Token], list[_Token]]:
    """Of the title and of the body. A title that stands inside the body belongs to the body; its offsets are then those of
    the body, and where it stands nowhere in the text they are -1."""
    text, spans = report.text, report.body or tuple(paragraphs(report.text))
    begin = spans[0][0] if spans else 0
    body: list[_Token] = []
    for start, end in spans:
        if start - begin >= READ:
            break
        body += _scan(text, start, min(end, begin + READ), begin, report.language)
    title = report.title or ""
    place = text.find(title) if title else -1
    inside = any(start <= place < end for start, end in spans)
    found = _scan(title, 0, len(title), len(title) + 1, report.language)
    flat = _flat(found)
    moved = [
        one._replace(
            start=one.start + place if place >= 0 else -1,
            end=one.end + place if place >= 0 else -1,
            at=0 if inside else one.at,
            opening=one.opening or flat,
        )
        for one in found
    ]
    return moved, body


def _scan(text: str, start: int, end: int, begin: int, language: str | None) -> list[_Token]:
    found: list[_Token] = []
    opening = True
    new = tuple.__new__  # what _Token(...) does, without its call: this loop runs for every word of every report
    for match in TOKEN.finditer(text, start, end):
        kind = match.lastgroup
        left, right = match.span(kind)
        word = text[left:right]
        if kind == "word":
            found.append(new(_Token, (left, right, left - begin, word, facts(language, word), opening)))
            opening = False
        elif kind == "number":
            found.append(new(_Token, (left, right, left - begin, word, None, opening)))
            opening = False
        elif word in ENDS:
            opening = True
        elif word in "%％":
            found.append(new(_Token, (left, right, left - begin, word, facts(language, word), opening)))
    return found


def _flat(title: Sequence[_Token]) -> bool:
    """Whether capitals say nothing in a headline."""
    words = [one.known for one in title if one.known is not None and one.known.stems]
    return len(words) > 3 and sum(known.capital for known in words) >= FLAT * len(words)


def _stems(tokens: Sequence[_Token]) -> list[tuple[int, int]]:
    """Content words as terms, and numbers of several digits, with their places."""
    found: list[tuple[int, int]] = []
    for one in tokens:
        if one.known is None:
            if one.end - one.start > 1 or len(one.text) > 1:
                found.append((_of_digits(one.text), one.at))
        else:
            found += [(stem, one.at) for stem in one.known.stems]
    return found


@lru_cache(maxsize=100_000)
def _of_digits(text: str) -> int:
    return term(text)


def _words(stems: Sequence[tuple[int, int]]) -> Bag:
    """Words and pairs of neighbours; behind the lead they weigh less."""
    single = np.array([one for one, _ in stems], dtype=np.uint64)
    weight = np.where(np.array([at for _, at in stems], dtype=np.int64) < LEAD, 1.0, TAIL)
    if not len(single):
        return _bag([], None)
    pairs = (single[:-1] * MIX) ^ (single[1:] >> np.uint64(1))
    return _summed(np.concatenate([single, pairs]), np.concatenate([weight, weight[:-1]]))


def _bag(terms: Sequence[int], weights: Sequence[float] | None) -> Bag:
    return _summed(
        np.array(terms, dtype=np.uint64),
        np.ones(len(terms)) if weights is None else np.array(weights, dtype=np.float64),
    )


def _summed(terms: Terms, weights: NDArray[np.float64]) -> Bag:
    """Each term once, with 1 + log of its summed weight where it stands often (sublinear)."""
    if not len(terms):
        return Bag(terms.astype(np.uint64), weights.astype(np.float32))
    once, place = np.unique(terms, return_inverse=True)
    total = np.bincount(place, weights=weights)
    return Bag(once, np.where(total > 1, 1.0 + np.log(np.maximum(total, 1e-9)), total).astype(np.float32))


def _anchors(mentions: Sequence[Mention]) -> tuple[Bag, NDArray[np.uint8], NDArray[np.uint8]]:
    bag = _bag([one.term for one in mentions], [one.weight for one in mentions])
    kinds = np.zeros(len(bag.terms), dtype=np.uint8)
    head = np.zeros(len(bag.terms), dtype=np.uint8)
    if mentions:
        place = np.searchsorted(bag.terms, np.array([one.term for one in mentions], dtype=np.uint64))
        kind = np.array([one.kind for one in mentions], dtype=np.uint8)
        np.bitwise_or.at(kinds, place, kind)
        early = np.array([one.at < HEAD for one in mentions])
        np.bitwise_or.at(head, place[early], kind[early])
    return bag, kinds, head


def find_mentions(tokens: Sequence[_Token], report: Report) -> list[Mention]:
    """The names, places, figures and days among the tokens, in order."""
    found: list[Mention] = []
    last = -1  # the last token of a place's name: its words are no other name
    for k, one in enumerate(tokens):
        start, end, at, _, known, opening = one
        weight = 1.0 if at < LEAD else TAIL
        if known is None:
            found.extend(_figure(tokens, k, weight, report))
            continue
        if known.places and k > last:
            for following, keys in known.places:
                if not following or _follows(tokens, k, following):
                    last = k + len(following)
                    found += [Mention(key, w * weight, WHERE, start, tokens[last][1], at) for key, w in keys]
                    break
        if known.name and k > last:
            share = weight * (OPENING if opening else 1.0)
            found += [Mention(key, w * share, WHO, start, end, at) for key, w in known.name]
            found += [Mention(key, w * share, 0, start, end, at) for key, w in known.bones]
        if known.other:
            found += [Mention(key, w * weight, 0, start, end, at) for key, w in known.other]
        if known.han and k + 1 < len(tokens) and tokens[k + 1].start == end:
            behind = tokens[k + 1].known
            if behind is not None and behind.han:
                found.append(Mention(_aloud(known.han, behind.han), HAN * weight, 0, start, tokens[k + 1].end, at))
    return found


@lru_cache(maxsize=200_000)
def _aloud(one: str, two: str) -> int:
    """Neighbouring Han characters by their Mandarin reading, so that old, new and Japanese forms of a character meet."""
    return term(f"H:{one}{two}")


def _follows(tokens: Sequence[_Token], k: int, words: tuple[str, ...]) -> bool:
    for offset, word in enumerate(words, 1):
        if k + offset >= len(tokens):
            return False
        known = tokens[k + offset].known
        if known is None or known.folded != word:
            return False
    return True


def _figure(tokens: Sequence[_Token], k: int, weight: float, report: Report) -> Iterator[Mention]:
    one = tokens[k]
    day = _day(tokens, k, report)
    if day is not None:
        yield Mention(term(f"D:{day[1]:02}-{day[2]:02}"), DAY * weight, 0, one.start, one.end, one.at)
        return
    value = number(one.text, _decimal(report.language))
    behind = tokens[k + 1].known if k + 1 < len(tokens) else None
    if value is None or (behind is not None and behind.month and value <= 31):
        return
    kind, share = "N", FIGURE
    if behind is not None and behind.times:
        value *= behind.times
    elif behind is not None and (behind.percent or _two_words(tokens, k)):
        kind, share = "%", PERCENT
    plain = value.is_integer()
    if kind == "N" and plain and (value < SMALLEST or (len(one.text) == 4 and YEARS[0] <= value < YEARS[1])):
        return
    yield Mention(
        term(f"{kind}:{value:g}" if not plain else f"{kind}:{int(value)}"),
        share * weight,
        FIGURES,
        one.start,
        one.end,
        one.at,
    )


def _two_words(tokens: Sequence[_Token], k: int) -> bool:
    """ "per cent", "por ciento": the second word says it."""
    second = tokens[k + 2].known if k + 2 < len(tokens) else None
    return second is not None and second.percent and second.folded not in "%％"


@lru_cache(maxsize=100_000)
def number(text: str, decimal: str) -> float | None:
    """The value of digits with their separators: before three digits a separator parts thousands, but for the language's
    decimal one where it stands alone; None for what is no single number."""
    parts: list[str] = []
    marks: list[str] = []
    for char in text:
        if char.isdigit():
            parts = parts or [""]
            parts[-1] += char
        else:
            marks.append(char)
            parts.append("")
    if not marks:
        return float(text) if len(text) < 16 else None
    thousands = all(len(part) == 3 for part in parts[1:])
    if thousands and not (len(marks) == 1 and marks[0] == decimal and decimal == "."):
        return float("".join(parts)) if sum(map(len, parts)) < 16 else None
    if len(set(marks[:-1])) <= 1 and marks[-1] in ".," and all(len(part) == 3 for part in parts[1:-1]):
        return float("".join(parts[:-1]) + "." + parts[-1]) if sum(map(len, parts)) < 16 else None
    return None


@cache
def _decimal(language: str | None) -> str:
    return str(lexicon.table(language, "numbers").get("decimal", ""))


def _day(tokens: Sequence[_Token], k: int, report: Report) -> tuple[int, int, int] | None:
    """(year or 0, month, day) where the number is the day of a date: "5 May", "May 5, 2020", "5.5.2020", "5月5日"."""
    one = tokens[k]
    dotted = one.text.split(".")
    if len(dotted) == 3 and all(part.isdigit() for part in dotted):
        return _fitting(int(dotted[2]), int(dotted[1]), int(dotted[0]))
    if not (one.text.isdigit() and len(one.text) <= 2):
        return None
    months, days = _marks(report.language)
    behind = tokens[k + 1] if k + 1 < len(tokens) else None
    if (
        behind is not None
        and behind.text in days
        and k > 1
        and tokens[k - 1].text in months
        and tokens[k - 2].text.isdigit()
    ):
        return _fitting(0, int(tokens[k - 2].text[:4]), int(one.text))
    for offset in (1, 2, -1):  # "5 May", "5 de mayo", "May 5"
        other = tokens[k + offset].known if 0 <= k + offset < len(tokens) else None
        if other is not None and other.month:
            if offset == 2 and (behind is None or behind.known is None or behind.known.stems):
                continue
            return _fitting(_year(tokens, k + max(offset, 0) + 1), other.month, int(one.text))
    return None


@cache
def _marks(language: str | None) -> tuple[frozenset[str], frozenset[str]]:
    """Signs behind the number of a month and of a day."""
    table = lexicon.table(language, "dates")
    return frozenset(table.get("month_marks", ())), frozenset(table.get("day_marks", ()))


def _year(tokens: Sequence[_Token], k: int) -> int:
    """The year that stands there, 0 where none does; Spanish and Portuguese put a word between."""
    for one in tokens[k : k + 2]:
        if one.known is None and one.text.isdigit() and len(one.text) == 4:
            return int(one.text)
    return 0


def _fitting(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    return (year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _told(tokens: Sequence[_Token], report: Report) -> tuple[int, ...]:
    """The days named in the lead: with their year, or in the year that puts them nearest to the report's own date; and of
    weekdays the last before that date."""
    own = day_of(report.published)
    today = None if own is None else int(own)
    found: set[int] = set()
    for k, one in enumerate(tokens):
        if one.at >= LEAD:
            break
        if one.known is None:
            day = _day(tokens, k, report)
            if day is not None and (ordinal := _ordinal(day, today)) is not None:
                found.add(ordinal)
        elif one.known.weekday and today is not None:
            found.add(today - (today - one.known.weekday) % 7)
    return tuple(sorted(found))


@lru_cache(maxsize=50_000)
def _ordinal(day: tuple[int, int, int], today: int | None) -> int | None:
    """The day as a count; None where its year is neither told nor near."""
    year, month, number_ = day
    if not year and today is None:
        return None
    years = [year] if year else [datetime.date.fromordinal(today or 1).year + n for n in (-1, 0, 1)]
    days = []
    for one in years:
        try:
            days.append(datetime.date(one, month, number_).toordinal())
        except ValueError:
            continue
    return min(days, key=lambda d: (abs(d - (today or d)), d)) if days else None


def _weekdays(tokens: Sequence[_Token]) -> int:
    days = {one.known.weekday for one in tokens if one.known is not None and one.at < HEAD}
    return sum(1 << day for day in days if day)


@lru_cache(maxsize=50_000)
def day_of(published: str | None) -> float | None:
    """ISO 8601 to days since year 1, UTC; None where there is no full date."""
    if not published:
        return None
    try:
        when = datetime.datetime.fromisoformat(published)
        when = when.astimezone(datetime.UTC) if when.tzinfo else when
    except (
        ValueError,
        OverflowError,
    ):  # in the first or the last hours of the calendar there may be no such time in UTC
        return None
    return when.toordinal() + when.hour / 24
