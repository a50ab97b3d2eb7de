"""One report as bags of terms, by a glance at its text: words, lead, title, names and figures, days.

Words tell little across languages, so what keeps its identity there (names, places, figures, days: DESIGN §3) carries a pair;
names meet across scripts by their consonants. This is much less than ``language.annotate`` finds, and ten times as quick:
each word is looked up in ``vocabulary.py``. ``pairs.py`` compares the bags, ``score.py`` weighs what is found.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from stemma.language import lexicon
from stemma.records import Annotated, Report
from stemma.story.frames import Piece, figure_piece, frames_of, word_piece
from stemma.story.tokens import Token, tokens_of
from stemma.story.vocabulary import Facts, term

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
MIX = np.uint64(0x9E3779B97F4A7C15)  # makes a term of two (odd, bits well spread)

Whole = TypeVar("Whole", np.uint64, np.int64)
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
    ``WHO``, ``WHERE``, ``FIGURES``), ``head`` the same where it stands in the title or the first sentences; ``frames`` are
    what its title and lead put between which words, ``framed`` the kind of each (``frames.py``); ``weekdays`` has a bit for
    each that the head names; ``size`` is the number of words."""

    report: str
    language: str | None
    day: float | None
    words: Bag
    lead: Bag
    title: Bag
    anchors: Bag
    kinds: NDArray[np.uint8]
    head: NDArray[np.uint8]
    frames: Terms
    framed: NDArray[np.uint8]
    told: tuple[int, ...]
    weekdays: int
    size: int


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
    title, body = tokens_of(report)
    mentions = [*find_mentions(title, report), *find_mentions(body, report)]
    anchors, kinds, head = _anchors(mentions)
    own, places = _stems(body)
    heading, _ = _stems(title)
    apart = heading if title and title[0].at < 0 else []  # a title that stands inside the body is read there
    words = np.array(apart + own, dtype=np.uint64)
    leading = np.array([-1] * len(apart) + places, dtype=np.int64) < LEAD
    frames, framed = frames_of([_pieces(title, report), _pieces(body, report)])
    return Profile(
        report=report.id,
        language=report.language,
        day=day_of(report.published),
        words=_words(words, leading),
        lead=_bag(words[leading]),
        title=_bag(np.array(heading, dtype=np.uint64)),
        anchors=anchors,
        kinds=kinds,
        head=head,
        frames=frames,
        framed=framed,
        told=_told(title + body, report),
        weekdays=_weekdays(title + body),
        size=sum([one.known is not None for one in body]) + len(apart),
    )


def mentions_of(report: Report) -> list[Mention]:
    """The names, places, figures and days of the title and of the body that is read, with their spans (-1 where a title
    stands nowhere in the text)."""
    title, body = tokens_of(report)
    return [*find_mentions(title, report), *find_mentions(body, report)]


def _stems(tokens: Sequence[Token]) -> tuple[list[int], list[int]]:
    """Content words as terms, and numbers of several digits; and their places."""
    terms: list[int] = []
    places: list[int] = []
    for start, end, at, text, known, _ in tokens:
        if known is None:
            if end - start > 1 or len(text) > 1:
                terms.append(_of_digits(text))
                places.append(at)
        elif known.stems:
            terms += known.stems
            places += [at] * len(known.stems)
    return terms, places


@lru_cache(maxsize=100_000)
def _of_digits(text: str) -> int:
    return term(text)


def _words(single: Terms, leading: NDArray[np.bool_]) -> Bag:
    """Words and pairs of neighbours; behind the lead they weigh less."""
    weight = np.where(leading, 1.0, TAIL)
    pairs = (single[:-1] * MIX) ^ (single[1:] >> np.uint64(1))
    return _bag(np.concatenate([single, pairs]), np.concatenate([weight, weight[:-1]]))


def _bag(terms: Terms, weights: NDArray[np.float64] | None = None) -> Bag:
    """Each term once, with 1 + log of its summed weight where it stands often (sublinear)."""
    if not len(terms):
        return Bag(terms, np.zeros(0, dtype=np.float32))
    once, place = gathered(terms)
    return Bag(once, _sublinear(np.bincount(place, weights=weights)))


def _sublinear(total: NDArray[Any]) -> Weights:
    often = total > 1
    found = total.astype(np.float32)
    found[often] = 1.0 + np.log(total[often])
    return found


def gathered(terms: NDArray[Whole]) -> tuple[NDArray[Whole], NDArray[np.int64]]:
    """Each term once, ascending, and the place there of each that was given. What np.unique does, without its overhead: it is
    called a few times for every report."""
    order = terms.argsort()
    ordered = terms[order]
    new = np.ones(len(terms), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    place = np.empty(len(terms), dtype=np.int64)
    place[order] = new.cumsum() - 1
    return ordered[new], place


def _anchors(mentions: Sequence[Mention]) -> tuple[Bag, NDArray[np.uint8], NDArray[np.uint8]]:
    if not mentions:
        return _bag(np.zeros(0, dtype=np.uint64)), np.zeros(0, dtype=np.uint8), np.zeros(0, dtype=np.uint8)
    terms, weights, kind, _, _, at = zip(*mentions, strict=True)
    once, place = gathered(np.array(terms, dtype=np.uint64))
    bits = np.array(kind, dtype=np.uint8)
    kinds, head = np.zeros((2, len(once)), dtype=np.uint8)
    np.bitwise_or.at(kinds, place, bits)
    np.bitwise_or.at(head, place, np.where(np.array(at) < HEAD, bits, np.uint8(0)))
    return Bag(once, _sublinear(np.bincount(place, weights=np.array(weights)))), kinds, head


def _pieces(tokens: Sequence[Token], report: Report) -> list[Piece]:
    """The words of the title or the lead as frames see them."""
    found: list[Piece] = []
    decimal = _decimal(report.language)
    for k, (_, _, at, text, known, opening) in enumerate(tokens):
        if at >= LEAD:
            break
        if known is None:
            found.append(_figure_piece(text, decimal))
            continue
        piece = word_piece(known, bool(known.places) and _begins_place(tokens, k, known), opening)
        if piece is not None:
            found.append(piece)
    return found


def _begins_place(tokens: Sequence[Token], k: int, known: Facts) -> bool:
    return any(not following or _follows(tokens, k, following) for following, _ in known.places)


@lru_cache(maxsize=100_000)
def _figure_piece(text: str, decimal: str) -> Piece:
    value = number(text, decimal)
    return figure_piece(text if value is None else f"{value:g}")


def find_mentions(tokens: Sequence[Token], report: Report) -> list[Mention]:
    """The names, places, figures and days among the tokens, in order."""
    found: list[Mention] = []
    new = tuple.__new__  # what Mention(...) does, without its call: fifty times for every report
    last = -1  # the last token of a place's name: its words are no other name
    for k, (start, end, at, _, known, opening) in enumerate(tokens):
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
            for key, w in known.name:
                found.append(new(Mention, (key, w * share, WHO, start, end, at)))
            for key, w in known.bones:
                found.append(new(Mention, (key, w * share, 0, start, end, at)))
        for key, w in known.other:
            found.append(new(Mention, (key, w * weight, 0, start, end, at)))
        if known.han and k + 1 < len(tokens) and tokens[k + 1].start == end:
            behind = tokens[k + 1].known
            if behind is not None and behind.han:
                found.append(Mention(_aloud(known.han, behind.han), HAN * weight, 0, start, tokens[k + 1].end, at))
    return found


@lru_cache(maxsize=200_000)
def _aloud(one: str, two: str) -> int:
    """Neighbouring Han characters by their Mandarin reading, so that old, new and Japanese forms of a character meet."""
    return term(f"H:{one}{two}")


def _follows(tokens: Sequence[Token], k: int, words: tuple[str, ...]) -> bool:
    for offset, word in enumerate(words, 1):
        if k + offset >= len(tokens):
            return False
        known = tokens[k + offset].known
        if known is None or known.folded != word:
            return False
    return True


def _figure(tokens: Sequence[Token], k: int, weight: float, report: Report) -> Iterator[Mention]:
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


def _two_words(tokens: Sequence[Token], k: int) -> bool:
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


def _day(tokens: Sequence[Token], k: int, report: Report) -> tuple[int, int, int] | None:
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


def _year(tokens: Sequence[Token], k: int) -> int:
    """The year that stands there, 0 where none does; Spanish and Portuguese put a word between."""
    for one in tokens[k : k + 2]:
        if one.known is None and one.text.isdigit() and len(one.text) == 4:
            return int(one.text)
    return 0


def _fitting(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    return (year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _told(tokens: Sequence[Token], report: Report) -> tuple[int, ...]:
    """The days named in the lead: with their year, or in the year that puts them nearest to the report's own date; and of
    weekdays the last before that date."""
    own = day_of(report.published)
    today = None if own is None else int(own)
    found: set[int] = set()
    for k, (_, _, at, _, known, _) in enumerate(tokens):
        if at >= LEAD:
            break
        if known is None:
            day = _day(tokens, k, report)
            if day is not None and (ordinal := _ordinal(day, today)) is not None:
                found.add(ordinal)
        elif known.weekday and today is not None:
            found.add(today - (today - known.weekday) % 7)
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


def _weekdays(tokens: Sequence[Token]) -> int:
    days = {known.weekday for _, _, at, _, known, _ in tokens if at < HEAD and known is not None}
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
