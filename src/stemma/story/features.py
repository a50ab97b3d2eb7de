"""One report as bags of terms, in separate channels: words, lead, title, names and figures, the names of the lead, dates.

Words tell little across languages, so the language-neutral anchors (names, places, numbers, dates: DESIGN §3) carry a pair
there; names meet across scripts by their consonants. ``pairs.py`` compares the bags, ``score.py`` weighs what is found.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import regex
from anyascii import anyascii
from msgspec import Struct

from stemma.language.words import fold, word_set
from stemma.records import Annotated, Token

STEM = 5  # letters kept of a word: "meeting" and "meetings", "Minister" and "ministeren"; best of 4, 5, 6, 7 on dev
LEAD = 1_200  # code points: the part of a report that tells the event; research note: lead beats full text
HEAD = 400  # code points: the title and two or three sentences, where a report says who did what and where
TAIL_WEIGHT = 0.4  # of a word after the lead, against 1.0 in it
NAMING = frozenset("WPNM%")  # anchors that name something particular
ANCHOR_WEIGHT = {"W": 1.0, "T": 0.5, "P": 0.8, "N": 0.7, "M": 1.0, "%": 0.9, "D": 0.5, "O": 0.2, "A": 0.3, "C": 0.25}
SKELETON_WEIGHT = 0.5  # of a name's consonants: less than its letters, as they meet by chance more often
UNCASED_WEIGHT = 0.3  # of the consonants of a word that may be a name, in a script without capitals
HAN_WEIGHT = 0.25  # of two Han characters, read aloud: what Chinese and Japanese share
CAPITALS = regex.compile(r"\p{Lu}[\p{L}\p{M}]+|\p{Lo}[\p{Lo}\p{M}]++")
WORDS = regex.compile(r"[\p{L}\p{N}\p{M}]++")

Bag = dict[str, float]


class Profile(Struct, frozen=True):
    """One report as bags of terms. ``day`` is the day of publication as a count of days, None where unknown; ``told`` are
    the days that its lead names, as ordinals; ``head`` are the names and figures of its title and first sentences, all of
    them in ``anchors`` too; ``weekdays`` has a bit for each that the head names; ``size`` is the number of tokens."""

    report: str
    language: str | None
    day: float | None
    words: Bag
    lead: Bag
    title: Bag
    anchors: Bag
    names: Bag
    head: frozenset[str]
    told: tuple[int, ...]
    weekdays: int
    size: int


def profile(report: Annotated) -> Profile:
    """The bags of one report; raw term weights, not yet weighed by rarity."""
    start = report.sentences[0].start if report.sentences else 0
    language = report.report.language
    title = report.report.title or ""
    apart = bool(title) and not any(sentence.part == "title" for sentence in report.sentences)
    content = [(term, at - start < LEAD) for term, at in _content(report.tokens, language)]
    headline = _headline(title, language)
    of_title = list(_title_anchors(title)) if apart else []
    if apart:
        content = [(term, True) for term in headline] + content
    return Profile(
        report=report.report.id,
        language=language,
        day=day_of(report.report.published),
        words=_bag((term, 1.0 if early else TAIL_WEIGHT) for term, early in _with_pairs(content)),
        lead=_bag((term, 1.0) for term, early in content if early),
        title=_bag((term, 1.0) for term in headline),
        anchors=_bag([*_anchors(report, start), *of_title]),
        names=_bag(_lead_names(report, start)),
        head=_head(report, start) | {key for key, _ in of_title},
        told=_told(report, start),
        weekdays=_weekdays(report, start),
        size=len(report.tokens) + (len(headline) if apart else 0),
    )


def _anchors(report: Annotated, start: int) -> Iterator[tuple[str, float]]:
    for anchor in report.anchors:
        kind = anchor.key[0]
        if kind in ANCHOR_WEIGHT and _telling(anchor.key):
            place = 1.0 if anchor.start - start < LEAD else TAIL_WEIGHT
            yield anchor.key, ANCHOR_WEIGHT[kind] * place
            if kind == "W" and (bones := skeleton(anchor.key[2:])):
                yield bones, SKELETON_WEIGHT * place
    for token in report.tokens:
        if token.norm[0] >= "\u0590" and token.kind == "word" and token.start - start < LEAD:
            yield from _uncased(token.norm)
    yield from _read_aloud(report, start)


def _uncased(norm: str) -> Iterator[tuple[str, float]]:
    """Arabic, Hebrew, Devanagari, Hangul, Kana ... show no capitals: any longer word there may be a name."""
    if norm[0].upper() == norm[0] and not _is_han(norm[0]) and (bones := skeleton(norm)):
        yield bones, UNCASED_WEIGHT


def _read_aloud(report: Annotated, start: int) -> Iterator[tuple[str, float]]:
    """Neighbouring Han characters by their Mandarin reading, so that old, new and Japanese forms of a character meet."""
    for one, two in pairwise(report.tokens):
        if one.start - start >= LEAD:
            return
        if one.end == two.start and _is_han(one.norm[-1]) and _is_han(two.norm[0]):
            yield f"H:{anyascii(one.norm[-1] + two.norm[0])}", HAN_WEIGHT


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _title_anchors(title: str) -> Iterator[tuple[str, float]]:
    """The capitalised words of a title that stands apart from the text, as words of names."""
    for match in CAPITALS.finditer(title):
        key = fold(match.group())
        if len(key) > 2:
            yield f"W:{key}", ANCHOR_WEIGHT["W"]
            if bones := skeleton(key):
                yield bones, SKELETON_WEIGHT


def _lead_names(report: Annotated, start: int) -> Iterator[tuple[str, float]]:
    """Who and where: the names and places of the lead."""
    for anchor in report.anchors:
        if anchor.start - start >= LEAD:
            return
        if anchor.key[0] in "WPT":
            yield anchor.key, 1.0


def _head(report: Annotated, start: int) -> frozenset[str]:
    """Who, where and how many in the title and the first sentences: what another report of the event would also say."""
    return frozenset(
        anchor.key
        for anchor in report.anchors
        if anchor.start - start < HEAD and anchor.key[0] in "WPTNM%" and _telling(anchor.key)
    )


def _weekdays(report: Annotated, start: int) -> int:
    days = {anchor.key[2:] for anchor in report.anchors if anchor.key[0] == "K" and anchor.start - start < HEAD}
    return sum(1 << int(day) for day in days if day.isdigit())


def _told(report: Annotated, start: int) -> tuple[int, ...]:
    days = {
        day
        for anchor in report.anchors
        if anchor.key[0] == "D" and anchor.start - start < LEAD and (day := _ordinal(anchor.key[2:])) is not None
    }
    return tuple(sorted(days))


@lru_cache(maxsize=50_000)
def _ordinal(edtf: str) -> int | None:
    """The day as a count; None for anything but a full date."""
    if len(edtf) != 10:
        return None
    try:
        return datetime.date.fromisoformat(edtf).toordinal()
    except ValueError:
        return None


@lru_cache(maxsize=50_000)
def _telling(key: str) -> bool:
    """Small whole numbers are everywhere: they tie nothing together."""
    if not key.startswith("N:"):
        return True
    try:
        return abs(float(key[2:])) >= 13 or not float(key[2:]).is_integer()
    except ValueError:
        return False


# What transliterations disagree about, applied in this order; then vowels and h fall out. After JRC-Names (Steinberger).
SOUNDS = (
    ("tsch", "s"), ("tch", "s"), ("tsh", "s"), ("sch", "s"), ("dzh", "s"), ("ch", "s"), ("sh", "s"), ("zh", "s"), ("ts", "s"),
    ("tz", "s"), ("dj", "s"), ("ph", "f"), ("ck", "k"), ("ce", "s"), ("ci", "s"), ("x", "ks"), ("c", "k"), ("q", "k"), ("g", "k"),
    ("w", "f"), ("v", "f"), ("j", "s"), ("z", "s"),
)  # fmt: skip


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants of a name, alike in all scripts: "Caffarelli", "Каффарелли" give "S:kfrl"; "" for what is too short to tell."""
    key = fold(word)
    for old, new in SOUNDS:
        key = key.replace(old, new)
    bones = ("a" if key[:1] in set("aeiouy") else "") + "".join(c for c in key if c not in "aeiouyh")
    single = "".join(c for k, c in enumerate(bones) if k == 0 or c != bones[k - 1])
    return f"S:{single}" if len(single) >= 3 else ""


def _bag(weighted: Iterable[tuple[str, float]]) -> Bag:
    """Terms with 1 + log of their summed weight where they stand often (sublinear)."""
    sums: Bag = {}
    for term, weight in weighted:
        sums[term] = sums.get(term, 0.0) + weight
    return {term: (1.0 + math.log(value) if value > 1 else value) for term, value in sums.items()}


def _content(tokens: Sequence[Token], language: str | None) -> list[tuple[str, int]]:
    """Content words as stems, with their places; characters in pairs where words are not spaced."""
    function = function_words(language)
    found: list[tuple[str, int]] = []
    for start, _, norm, kind in tokens:
        if kind == "word":
            if norm not in function:
                found.extend((term, start) for term in stems(norm))
        elif kind == "number" and len(norm) > 1:
            found.append((norm, start))
    return found


def _headline(title: str, language: str | None) -> list[str]:
    function = function_words(language)
    words = [match.group().casefold() for match in WORDS.finditer(title)]
    return [term for word in words if word not in function for term in stems(word)]


def _with_pairs(content: list[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    yield from content
    for (first, early), (second, _) in pairwise(content):
        yield f"{first} {second}", early


@lru_cache(maxsize=200_000)
def stems(norm: str) -> tuple[str, ...]:
    """The word's first letters without accents; pairs of characters for Han, Kana, Hangul; () for single letters."""
    if norm and ord(norm[0]) >= 0x2E80:
        return tuple(norm[i : i + 2] for i in range(max(1, len(norm) - 1)))
    plain = anyascii(norm).casefold()
    return (plain[:STEM],) if len(plain) > 1 else ()


@lru_cache(maxsize=200)
def function_words(language: str | None) -> frozenset[str]:
    """Words that say nothing about a story."""
    return word_set(language, "words", "function")


@lru_cache(maxsize=50_000)
def day_of(published: str | None) -> float | None:
    """ISO 8601 to days since year 1, UTC; None where there is no full date."""
    if not published:
        return None
    try:
        when = datetime.datetime.fromisoformat(published)
    except ValueError:
        return None
    if when.tzinfo:
        when = when.astimezone(datetime.UTC)
    return when.toordinal() + when.hour / 24
