"""Numbers in a text as intervals, with what they count: "more than 800 goods" is a count of [800, open) of "goods"."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal, NamedTuple

from stemma.language.amounts import Words, words
from stemma.language.numerals import Numerals, numerals, read_digits, read_words
from stemma.language.places import Hit
from stemma.language.roles import role_at
from stemma.language.words import Page
from stemma.records import Number, Sentence, Span, Token

Kind = Literal["count", "money", "percent", "ordinal", "measure", "age", "year", "score", "other"]

# "About 100" is read as 90 to 110, "nearly 100" as 85 to 100: wide enough that "about 100" and "108" do not clash.
ABOUT = 0.1
NEARLY = 0.15
# Numerals that look like years: reports on the Middle Ages and science fiction are read as counts.
YEARS = (1500, 2100)
# A noun phrase from the numeral to its head is seldom longer ("two nearby South Korean coastal towns"), in words.
LONGEST_PHRASE = 5
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₴": "UAH", "₪": "ILS", "₫": "VND", "₱": "PHP", "฿": "THB", "₦": "NGN"}  # fmt: skip
PREFIXED = {"us": "USD", "u.s.": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "nz": "NZD", "hk": "HKD", "s": "SGD", "r": "BRL", "nt": "TWD"}  # fmt: skip
CODES = frozenset(["usd", "eur", "gbp", "jpy", "cny", "rmb", "nok", "sek", "dkk", "isk", "chf", "aud", "cad", "nzd", "inr", "krw", "rub", "uah", "try", "pln", "czk", "huf", "ils", "brl", "mxn", "zar", "sgd", "hkd"])  # fmt: skip


class Found(NamedTuple):
    """A number and the values its words state (before any "about" widens them), for its anchors."""

    number: Number
    stated: tuple[float, ...]


def find_numbers(page: Page, places: Sequence[Hit] = ()) -> list[Found]:
    """All numbers in order of the text, not overlapping. ``places`` tell whose crowns are meant."""
    known, around = numerals(page.language), words(page.language)
    told: dict[int, set[str]] = {}
    for hit in places:
        told.setdefault(hit.sentence, set()).add(hit.place.code)
    everywhere = frozenset(code for codes in told.values() for code in codes)
    starters = known.starters
    starts = [at for at, token in enumerate(page.tokens) if token[3] == "number" or token[2] in starters]
    found: list[Found] = []
    done = 0
    for number, sentence in enumerate(page.sentences):
        first, done = done, bisect_left(starts, sentence.last_token, done)
        if first == done:
            continue
        here = frozenset(told.get(number, ()))
        reader = _Reader(page.text, page.tokens, sentence, number, known, around, here, everywhere)
        behind = sentence.first_token
        for at in starts[first:done]:
            read = reader.read(at) if at >= behind else None
            if read is not None:
                found.append(read[0])
                behind = read[1]
    return found


class _Value(NamedTuple):
    """A numeral: its values, the tokens it takes, and whether it was written in digits."""

    low: float
    high: float
    first: int
    last: int
    digits: bool


class _Reader(NamedTuple):
    text: str
    tokens: Sequence[Token]
    sentence: Sentence
    number: int
    known: Numerals
    around: Words
    here: frozenset[str] = frozenset()
    everywhere: frozenset[str] = frozenset()

    def read(self, at: int) -> tuple[Found, int] | None:
        """The number that starts at token ``at`` and the index of the token behind it."""
        ordinal = self._ordinal(at)
        if ordinal is not None:
            return ordinal
        value = self._numeral(at)
        if value is None or math.isinf(value.low):
            return None
        value = self._range(value)
        return (
            self._money(value) or self._percent(value) or self._age(value) or self._score(value) or self._plain(value)
        )

    # -------------------------------------------------------------------------------------------- pieces

    def word(self, at: int) -> str:
        """The token's folded form, "" outside of the sentence."""
        return self.tokens[at].norm if self.sentence.first_token <= at < self.sentence.last_token else ""

    def _close(self, at: int) -> bool:
        """Whether token ``at`` stands right behind the one before it, without a space."""
        return 0 < at < self.sentence.last_token and self.tokens[at].start == self.tokens[at - 1].end

    def _numeral(self, at: int) -> _Value | None:
        token = self.tokens[at]
        if token.kind == "number":
            value, end = read_digits(self.text, self.tokens, at, self.sentence.last_token, self.known)
            scaled = read_words(self.tokens, end, self.sentence.last_token, self.known, value)
            if scaled is not None and self._scales(end):
                value, end = self._mixed(*scaled)
            return _Value(value, value, at, end, True)
        if token.norm in self.known.vague and token.kind == "word":
            return _Value(self.known.vague[token.norm], math.inf, at, at + 1, False)
        if token.kind != "word" or not self._number_word(token.norm):
            return None
        if token.norm in self.known.articles and self.word(at + 1) not in self.known.followers:
            return None  # "en", "un": mostly no numeral
        read = read_words(self.tokens, at, self.sentence.last_token, self.known)
        if read is None or (read[1] == at + 1 and token.norm in self.known.articles):
            return None
        return _Value(read[0], read[0], at, read[1], False)

    def _number_word(self, word: str) -> bool:
        known = self.known
        return word in known.small or word in known.magnitudes or word in known.dozens or word in known.fractions

    def _mixed(self, value: float, end: int) -> tuple[float, int]:
        """ "1万2000": where the language writes large numbers so, smaller digits go on behind a magnitude."""
        while self.known.mixed and self._close(end) and self.tokens[end].kind == "number":
            more, behind = read_digits(self.text, self.tokens, end, self.sentence.last_token, self.known)
            scaled = read_words(self.tokens, behind, self.sentence.last_token, self.known, more)
            more, behind = scaled or (more, behind)
            if more >= value:
                break
            value, end = value + more, behind
        return value, end

    def _scales(self, at: int) -> bool:
        """A magnitude of one letter ("m", "k") counts only right behind the digits or behind money."""
        return len(self.word(at)) > 1 or self._close(at) or self.known.mixed

    def _range(self, value: _Value) -> _Value:
        """ "10 to 15", "10-15", "between 10 and 15"."""
        at = value.last
        dash = self.word(at) in ("-", "–", "—", "‑") and self._close(at) and self._close(at + 1)
        joined = self.word(at) in self.around.to or (
            self.word(at) in self.around.both and self.word(value.first - 1) in self.around.between
        )
        if not (dash or joined) or at + 1 >= self.sentence.last_token:
            return value
        second = self._numeral(at + 1)
        if (
            second is None
            or math.isinf(second.high)
            or math.isinf(value.high)
            or (joined and self.word(at) in self.around.to and not self._ranges(value, second))
        ):
            return value
        scale = (
            second.high / value.low if 0 < value.low < 1000 <= second.high and value.last - value.first == 1 else 1.0
        )
        low = value.low * 10 ** (3 * int(_thousands(second.high))) if scale > 1000 and value.low < 100 else value.low
        return _Value(low, second.high, value.first, second.last, value.digits)

    def _ranges(self, first: _Value, second: _Value) -> bool:
        return first.digits == second.digits and first.low < second.high

    def _found(
        self,
        value: _Value,
        kind: Kind,
        unit: str | None,
        start: int,
        end: int,
        counted: Span | None,
        bounded: bool = True,
    ) -> tuple[Found, int]:
        low, high = self._bounds(value, start, end) if bounded else (value.low, value.high)
        left, right = self.tokens[start].start, self.tokens[end - 1].end
        stated: tuple[float, ...] = (value.low,) if value.low == value.high else (value.low, value.high)
        if math.isinf(value.high):
            low, high, stated = value.low, None, ()
        return Found(Number(left, right, kind, low, high, unit, counted, self.number), stated), end

    def _bounds(self, value: _Value, start: int, end: int) -> tuple[float | None, float | None]:
        """The interval that "at least", "about" ... before the numeral, or "or more" behind it, make of it."""
        low: float | None = min(value.low, value.high)
        high: float | None = max(value.low, value.high)
        sort = self._bound_before(start) or self._bound_behind(end)
        if low is None or high is None:
            return low, high
        if sort in ("at_least", "or_more"):
            return low, None
        if sort in ("at_most", "or_less"):
            return None, high
        if sort == "about":
            return round(low * (1 - ABOUT), 6), round(high * (1 + ABOUT), 6)
        return (round(low * (1 - NEARLY), 6), high) if sort == "nearly" else (low, high)

    def _bound_before(self, start: int) -> str | None:
        last = start - 1
        if self.word(last) == "." and self._close(last):
            last -= 1
        for parts, sort in self.around.bounds.get(self.word(last), ()):
            first = last - len(parts) + 1
            if all(self.word(first + i) == part for i, part in enumerate(parts)):
                return sort
        return None

    def _bound_behind(self, end: int) -> str | None:
        two = f"{self.word(end)} {self.word(end + 1)}"
        return self.around.behind.get(two) or self.around.behind.get(self.word(end))

    # -------------------------------------------------------------------------------------------- kinds

    def _ordinal(self, at: int) -> tuple[Found, int] | None:
        token = self.tokens[at]
        if token.kind == "word":
            value = self.known.ordinals.get(token.norm)
            if value is None or (token.norm in self.known.doubtful and not self._determined(at)):
                return None
            if role_at(self.tokens, at, self.sentence.last_token, self.around.titles) > 1:
                return None  # "primer ministro"
            single = _Value(value, value, at, at + 1, False)
            return self._found(single, "ordinal", None, at, at + 1, self._counted(at + 1), bounded=False)
        if token.kind != "number" or not self.text[token.start : token.end].isdecimal() or token.end - token.start > 4:
            return None
        value = int(self.text[token.start : token.end])
        after = self.word(at + 1)
        if (self._close(at + 1) and after in self.known.suffixes) or (
            self.known.point and after == "." and self._close(at + 1) and self._ordinal_point(at + 2)
        ):
            end = at + 2
        else:
            return None
        single = _Value(value, value, at, end, True)
        return self._found(single, "ordinal", None, at, end, self._counted(end), bounded=False)

    def _ordinal_point(self, at: int) -> bool:
        """Whether a word goes on behind "3.": in lower case (any word in German), and no month (that is a date)."""
        if (
            at >= self.sentence.last_token
            or self.tokens[at].kind != "word"
            or self.tokens[at].norm in self.around.months
        ):
            return False
        return self.around.nouns or self.text[self.tokens[at].start].islower()

    def _determined(self, at: int) -> bool:
        """ "Lees andre besøk", "det andre": a word that is an ordinal only behind a determiner or a genitive."""
        before = self.word(at - 1)
        if not before or self.tokens[at - 1].kind != "word":
            return False
        return before in self.around.determiners or (
            self.text[self.tokens[at - 1].start].isupper() and before.endswith("s")
        )

    def _money(self, value: _Value) -> tuple[Found, int] | None:
        start, end = value.first, value.last
        before = self.word(start - 1)
        if before in SYMBOLS:
            unit, start = SYMBOLS[before], start - 1
            if self.word(start - 1) in PREFIXED and self._close(start):
                unit, start = PREFIXED[self.word(start - 1)], start - 1
            scaled = self._short_scale(value)
            return self._found(scaled, "money", unit, start, scaled.last, None)
        if before in CODES and self.text[self.tokens[start - 1].start].isupper():
            scaled = self._short_scale(value)
            return self._found(scaled, "money", _code(before), start - 1, scaled.last, None)
        if before in self.around.currencies and value.digits and before in ("kr", "rs", "usd", "eur"):
            return self._found(value, "money", self.around.currencies[before], start - 1, end, None)
        after = self.word(end)
        skip = after in self.around.linking
        if after in SYMBOLS:
            return self._found(value, "money", SYMBOLS[after], start, end + 1, None)
        if after in CODES and self.text[self.tokens[end].start].isupper():
            return self._found(value, "money", _code(after), start, end + 1, None)
        for reach in range(end, end + 3):
            two = f"{self.word(reach)}_{self.word(reach + 1)}"
            unit = self.around.currencies.get(two) or self.around.currencies.get(self.word(reach), "")
            if reach > end and self.word(reach) in SYMBOLS:
                return self._found(value, "money", SYMBOLS[self.word(reach)], start, reach + 1, None)
            if unit:
                size = 2 if two in self.around.currencies else 1
                return self._found(value, "money", self._whose(unit), start, reach + size, None)
            point = self.word(reach) == "." and self._close(reach)
            if self.word(reach) == "us" and self.word(reach + 1) == "$":
                continue
            if not (point or self.word(reach) in ("de", "d'", "di") or (skip and reach == end)):
                break
        return None

    def _whose(self, unit: str) -> str | None:
        """The currency of a word that several states share ("NOK/DKK/SEK"): of the only one of them that the sentence names,
        else the report; None where none or several are named. ISO 4217 codes begin with the state's code."""
        codes = unit.split("/")
        if len(codes) == 1:
            return unit
        for places in (self.here, self.everywhere):
            named = [code for code in codes if code[:2] in places]
            if named:
                return named[0] if len(named) == 1 else None
        return None

    def _short_scale(self, value: _Value) -> _Value:
        """ "$40 m", "€3 bn": short magnitudes behind money may stand apart."""
        factor = self.known.short.get(self.word(value.last))
        if factor is None:
            return value
        return value._replace(low=round(value.low * factor, 6), high=round(value.high * factor, 6), last=value.last + 1)

    def _percent(self, value: _Value) -> tuple[Found, int] | None:
        for size in (3, 2, 1):
            phrase = " ".join(self.word(value.last + i) for i in range(size))
            if phrase in self.around.points:
                return self._found(value, "percent", "pp", value.first, value.last + size, None)
            if phrase in self.around.percent:
                return self._found(value, "percent", "%", value.first, value.last + size, None)
        return None

    def _age(self, value: _Value) -> tuple[Found, int] | None:
        """ "42-year-old", "aged 42", "(42)", "42 Jahre alt", "42-åring"."""
        end = value.last
        if not 0 < value.low < 130 or value.low != value.high:
            return None
        joined = end
        while self.word(joined) == "-":
            joined += 1
        word = self.word(joined)
        if word and (word in self.around.ages or (joined > end and word.startswith(self.around.ages or ("\0",)))):
            return self._found(value, "age", "year", value.first, joined + 1, None)
        if self.around.units.get(self.word(end)) == "year" and self.word(end + 1) in self.around.old:
            return self._found(value, "age", "year", value.first, end + 2, None)
        if self.word(value.first - 1) in self.around.old and value.digits:
            return self._found(value, "age", "year", value.first, end, None)
        brackets = self.word(value.first - 1) == "(" and self.word(end) == ")" and self._named(value.first - 2)
        commas = (
            self.word(value.first - 1) == ","
            and self.word(end) in (",", ".")
            and self._named(value.first - 2)
            and value.digits
        )
        if value.digits and 5 <= value.low <= 110 and (brackets or commas) and value.low == int(value.low):
            return self._found(value, "age", "year", value.first, end, None)
        return None

    def _named(self, at: int) -> bool:
        return (
            self.sentence.first_token <= at < self.sentence.last_token
            and self.tokens[at].kind == "word"
            and self.text[self.tokens[at].start].isupper()
            and self.tokens[at].norm not in self.around.months
        )

    def _score(self, value: _Value) -> tuple[Found, int] | None:
        """ "3-1": two small numbers with a dash, in a sentence that speaks of a match or falling in value."""
        if value.last - value.first != 3 or not value.digits or max(value.low, value.high) > 30 or value.low < 0:
            return None
        here = range(self.sentence.first_token, self.sentence.last_token)
        if value.low >= value.high or any(self.tokens[k].norm in self.around.scores for k in here):
            return self._found(value, "score", None, value.first, value.last, None, bounded=False)
        return None

    def _plain(self, value: _Value) -> tuple[Found, int]:
        """A measure, a year or a count."""
        at = value.last
        joined = at + 1 if self.word(at) in ("-", "‑") and self._close(at) and self._close(at + 1) else at
        unit = self.around.units.get(self.word(joined))
        if unit is not None:
            return self._found(value, "measure", unit, value.first, joined + 1, self._span(joined))
        if self._is_year(value):
            return self._found(value, "year", None, value.first, value.last, None, bounded=False)
        counted = self._span(joined) if joined > at and self.word(joined).isalpha() else self._counted(at)
        return self._found(value, "count" if counted else "other", None, value.first, value.last, counted)

    def _is_year(self, value: _Value) -> bool:
        if (
            not value.digits
            or value.low != int(value.low)
            or not (YEARS[0] <= value.low <= YEARS[1] and YEARS[0] <= value.high <= YEARS[1])
        ):
            return False
        first = self.tokens[value.first]
        if not self.text[first.start : first.end].isdecimal() or first.end - first.start != 4:
            return False
        before, after = self.word(value.first - 1), self.word(value.last)
        if before in self.around.years or before in self.around.months:
            return True
        return not after or not after[0].isalpha() or after in self.around.stop

    # -------------------------------------------------------------------------------------------- what is counted

    def _span(self, at: int) -> Span:
        return Span(self.tokens[at].start, self.tokens[at].end)

    def _counted(self, at: int) -> Span | None:
        """The head of the noun phrase behind the numeral: the first noun that looks like one, else the next word."""
        first: int | None = None
        for k in range(at, min(at + LONGEST_PHRASE, self.sentence.last_token)):
            token = self.tokens[k]
            if token.norm in self.around.before_nouns:
                continue
            if token.kind != "word" or token.norm in self.around.stop:
                if first is None and k == at and token.norm in ("of", "de", "di", "av", "von", "d'"):
                    continue
                break
            capital = self.text[token.start].isupper()
            if self.around.nouns:
                if capital:
                    return self._span(k)
            elif (
                not capital and self.around.plurals and token.norm.endswith(self.around.plurals) and len(token.norm) > 3
            ):
                return self._span(k)
            if first is None and self.around.verbs and token.norm.endswith(self.around.verbs) and len(token.norm) > 4:
                break
            first = k if first is None else first
        return None if first is None else self._span(first)


def _thousands(value: float) -> int:
    power = 0
    while value >= 1000:
        value, power = value / 1000, power + 1
    return power


def _code(word: str) -> str:
    return "CNY" if word == "rmb" else word.upper()
