"""Numerals: digits as each language writes them, and number words, to a value.

Number words come from the language's ``[numbers]``: the words for 0-19 and the tens, how they are put together, and the
words for hundred, thousand and above.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import regex

from stemma.language import lexicon
from stemma.language.words import norm
from stemma.records import Token

GROUPED = regex.compile(r"\d{1,3}(?:[.,'’\u00a0\u202f\u2009 ]\d{3})+")
MOST_DIGITS = 30  # more make no figure of news: 10^15 with two decimals and its separators has 24
SPACES = "\u00a0\u202f\u2009 "


class Numerals(NamedTuple):
    """A language's numerals. ``small``: word -> 0..999; ``magnitudes``: word -> 1000 and above; ``short``: magnitudes that
    only count behind digits ("bn", "m"); ``decimal``: the decimal mark; ``both``: words that join parts ("and");
    ``articles``: words for one that are articles too; ``ordinals``: word -> value; ``point``: "3." is an ordinal;
    ``suffixes``: what makes digits an ordinal ("th"); ``vague``: "hundreds", "dozens", with the least they can mean; ``dozens``: words that multiply a small number ("two dozen");
    ``fractions``: words that stand before a magnitude or a dozen ("half a million"); ``and_half``: "and a half"; ``followers``:
    what can go on with a numeral."""

    small: dict[str, int]
    magnitudes: dict[str, float]
    short: dict[str, float]
    decimal: str
    both: frozenset[str]
    articles: frozenset[str]
    ordinals: dict[str, int]
    doubtful: frozenset[str]
    point: bool
    suffixes: frozenset[str]
    vague: dict[str, float]
    starters: frozenset[str]
    mixed: bool
    dozens: dict[str, float]
    fractions: dict[str, float]
    and_half: tuple[tuple[str, ...], ...]
    followers: frozenset[str]


@cache
def numerals(language: str | None) -> Numerals:
    """The language's numerals; a language without any has digits with a point."""
    data = lexicon.table(language, "numbers")
    small, magnitudes = _small(data), _table(data, "magnitudes")
    _join(data, small, magnitudes)
    ordinals, vague = _ordinals(data), _table(data, "vague")
    dozens, fractions = _table(data, "dozens"), _table(data, "fractions")
    and_half = tuple(
        tuple(norm(phrase).split()) for phrase in str(data.get("and_half", "")).split(";") if phrase.strip()
    )
    both = frozenset(str(data.get("and", "")).split())
    return Numerals(
        small=small,
        magnitudes=magnitudes,
        short=_table(data, "short"),
        decimal=str(data.get("decimal", ".")),
        both=both,
        articles=frozenset(str(data.get("articles", "")).split()),
        ordinals=ordinals,
        doubtful=frozenset(str(data.get("doubtful_ordinals", "")).split()),
        point=bool(data.get("ordinal_point", False)),
        suffixes=frozenset(str(data.get("ordinal_suffixes", "")).split()),
        vague=vague,
        starters=frozenset({*small, *magnitudes, *ordinals, *vague, *dozens, *fractions}),
        mixed=bool(data.get("mixed", False)),
        dozens=dozens,
        fractions=fractions,
        and_half=and_half,
        followers=frozenset({*small, *magnitudes, *dozens, *both, *(phrase[0] for phrase in and_half)}),
    )


def _table(data: dict[str, Any], key: str) -> dict[str, float]:
    """ "million 1e6 millions 1e6" as a table; "/" separates words of one value: "million/millions 1e6"."""
    parts = str(data.get(key, "")).split()
    found: dict[str, float] = {}
    for words, value in zip(parts[::2], parts[1::2], strict=True):
        found.update((norm(word.replace("_", " ")), float(value)) for word in words.split("/"))
    return found


def _small(data: dict[str, Any]) -> dict[str, int]:
    ones, tens = _variants(data, "ones"), _variants(data, "tens")
    found = {word: value for value, words in enumerate(ones) for word in words}
    found.update({word: 10 * (value + 2) for value, words in enumerate(tens) for word in words})
    for pattern in data.get("compounds", []):
        for at, ten_words in enumerate(tens):
            for unit in range(1, min(10, len(ones))):
                for ten in ten_words:
                    for one in ones[unit]:
                        found.setdefault(pattern.format(t=ten, u=one, cut=ten[:-1]), 10 * (at + 2) + unit)
    hundreds = str(data.get("hundred", "")).split()
    for hundred in hundreds:
        found[hundred] = 100
        for unit in range(2, min(10, len(ones))):
            found.update({one + hundred: 100 * unit for one in ones[unit]})
    found.update({norm(word): int(value) for word, value in _table(data, "more").items()})
    return {norm(word): value for word, value in found.items()}


def _join(data: dict[str, Any], small: dict[str, int], magnitudes: dict[str, float]) -> None:
    """Adds the numbers that languages with ``joined`` (their words for a thousand) write as one word: "hundertzwanzig",
    "zweihundertfünfzig", "duecentomila"; below a million, without what follows the thousands."""
    thousands = [norm(word) for word in str(data.get("joined", "")).split()]
    if not thousands:
        return
    hundreds = {norm(word) for word in str(data.get("hundred", "")).split()}
    small.update({one + hundred: 100 for one, value in list(small.items()) if value == 1 for hundred in hundreds})
    links = ["", *str(data.get("and", "")).split()]
    below = [(word, value) for word, value in small.items() if 0 < value < 100 and word.isalpha()]
    whole = [(word, value) for word, value in small.items() if 100 <= value < 1000 and value % 100 == 0]
    for hundred, value in whole:
        for word, more in below:
            for link in links if any(hundred.endswith(known) for known in hundreds) else [""]:
                small.setdefault(hundred + link + word, value + more)
    for word, value in [(word, value) for word, value in small.items() if 0 < value < 1000 and word.isalpha()]:
        for thousand in thousands:
            magnitudes.setdefault(word + thousand, value * 1000.0)


def _variants(data: dict[str, Any], key: str) -> Any:
    return [words.split("/") for words in str(data.get(key, "")).split()]


def _ordinals(data: dict[str, Any]) -> dict[str, int]:
    """The listed ordinals, and those made from cardinals by the language's patterns ("twenty-" + "first")."""
    found = {word: int(value) for word, value in _table(data, "ordinals").items()}
    listed = dict(found)
    tens = _variants(data, "tens")
    for pattern in data.get("ordinal_compounds", []):
        for at, words in enumerate(tens):
            for word, value in listed.items():
                if 0 < value < 10:
                    found.update({pattern.format(t=ten, o=word): 10 * (at + 2) + value for ten in words})
    return found


# ------------------------------------------------------------------------------------------------ reading


def value_of(digits: str, known: Numerals) -> float:
    """What a token of digits says: "1,500" is 1500 in English and 1.5 in German."""
    bare = digits
    for space in SPACES + "'’":
        bare = bare.replace(space, "")
    marks = [mark for mark in bare if mark in ".,"]
    if not marks:
        return _float(bare)
    if len(set(marks)) == 2:
        decimal = max(bare.rfind("."), bare.rfind(","))
        whole = bare[:decimal].replace(".", "").replace(",", "")
        return _float(whole + "." + bare[decimal + 1 :])
    mark = marks[0]
    grouped = GROUPED.fullmatch(bare) is not None
    if len(marks) > 1 or (grouped and mark != known.decimal and not bare.startswith("0")):
        return _float(bare.replace(mark, "")) if grouped else _float(bare.split(mark)[0])
    return _float(bare.replace(mark, "."))


def _float(digits: str) -> float:
    """The value of plain digits; 0 for digits that this Python's Unicode does not know as such."""
    try:
        return float(digits)
    except ValueError:
        return float("".join(c for c in digits if c.isdecimal()) or 0)


def read_digits(text: str, tokens: Sequence[Token], at: int, last: int, known: Numerals) -> tuple[float, int]:
    """The value of the digits at ``at`` and the index of the token behind: "40 000" is one numeral where groups of three
    digits stand apart by a space. A row of digits that is no figure (a code, a line of a table) is infinite."""
    end = at + 1
    digits = text[tokens[at].start : tokens[at].end]
    if known.decimal == "," and digits.isdecimal() and len(digits) <= 3 and digits[0] != "0":
        while end < last and len(digits) <= MOST_DIGITS and _group(text, tokens[end - 1], tokens[end]):
            digits += text[tokens[end].start : tokens[end].end]
            end += 1
    return (value_of(digits, known) if len(digits) <= MOST_DIGITS else math.inf), end


def _group(text: str, before: Token, after: Token) -> bool:
    if after.kind != "number" or after.start - before.end != 1 or text[before.end] not in SPACES:
        return False
    group = text[after.start : after.end]
    return (len(group) == 3 and group.isdecimal()) or bool(regex.fullmatch(r"\d{3},\d{1,2}", group))


def read_words(
    tokens: Sequence[Token], at: int, last: int, known: Numerals, value: float | None = None
) -> tuple[float, int] | None:
    """The value of the number words at ``at`` and the index behind them; ``value`` is what digits before them say."""
    total, current, end, seen, scale = 0.0, value or 0.0, at, value is not None, 1.0
    if not seen and tokens[at].norm in known.fractions:
        end = at + 1 + (at + 1 < last and tokens[at + 1].norm in known.articles)
        if end >= last or not (tokens[end].norm in known.magnitudes or tokens[end].norm in known.dozens):
            return None
        current, seen = known.fractions[tokens[at].norm], True
    while end < last:
        word = tokens[end].norm
        half = _half(tokens, end, last, known) if seen else 0
        if half:
            total, current = (total, current + 0.5) if current else (total + 0.5 * scale, current)
            end += half
            continue
        if word in known.magnitudes and (seen or word not in known.articles):
            scale = known.magnitudes[word]
            total, current, seen = _scaled(total, current, scale), 0.0, True
        elif (
            word in known.dozens
            and (not seen or 0 < current < 100)
            and not (end == at + 1 and tokens[at].norm in known.articles)
        ):
            current, seen = (current or 1.0) * known.dozens[word], True
        elif value is not None and word in known.short:
            total += current * known.short[word]
            return round(total, 6), end + 1
        elif word in known.small and value is None and _fits(current, known.small[word]):
            small = known.small[word]
            current = max(current, 1.0) * 100 if small == 100 and 0 < current < 10 else current + small
            seen = True
        elif (
            word in known.both
            and seen
            and end + 1 < last
            and value is None
            and _after_and(tokens[end + 1].norm, current, total, known)
        ):
            pass
        else:
            break
        end += 1
    if not seen or end == at:
        return None
    return round(total + current, 6), end


def _scaled(total: float, current: float, scale: float) -> float:
    """A magnitude takes all that was said before and is smaller: "two million", "mil millones", "mille miliardi"; what is
    larger stands beside it ("one million two thousand")."""
    before = total % scale + current
    if total and not before:
        return total * scale  # "a million million"
    return total - total % scale + (before or 1.0) * scale


def _half(tokens: Sequence[Token], at: int, last: int, known: Numerals) -> int:
    """How many tokens from ``at`` say "and a half"."""
    for phrase in known.and_half:
        if at + len(phrase) <= last and all(tokens[at + k].norm == word for k, word in enumerate(phrase)):
            return len(phrase)
    return 0


def _fits(current: float, small: int) -> bool:
    """Whether a small number can go on with what has been read: "twenty" "one", "two" "hundred", "hundred" "five"."""
    if current == 0:
        return True
    if small == 100:
        return current < 10
    if current % 100 == 0:
        return small < 100
    return current % 10 == 0 and current % 100 >= 20 and small < 10


def _after_and(word: str, current: float, total: float, known: Numerals) -> bool:
    small = known.small.get(word)
    if small is None:
        return False
    return (current >= 20 and _fits(current, small)) or (current == 0 and total > 0 and small < 1000)
