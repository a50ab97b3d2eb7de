"""A text as a string of kinds: one letter per word, so that the grammar is a list of patterns over letters.

Kinds of numbers: ``Y`` 1000-2999, ``n`` at most two digits, ``N`` any other, ``T`` clock 16:05, ``H`` clock 16.05, ``L``
a numeric date, ``δ`` one without year, ``C`` "1990s". Roman numerals are ``r``. Words have the kinds of ``words.py``. Marks stand for themselves,
``-`` for every dash, ``|`` for the end of a line, ``x`` for any other word.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from stemma.language.dates.words import INFLECTION, Entry, Words
from stemma.records import Token


class Atom(NamedTuple):
    """One word of the text: its kind, its value and where it stands (code points of the text, half-open)."""

    kind: str
    value: str
    start: int
    end: int
    word: str
    weak: bool = False
    joined: bool = False  # no white space before it
    upper: bool = False  # it begins with a capital


# The blanks behind a word belong to its match, so that the next one starts right there: twice as fast as to search for it.
SCAN = regex.compile(
    r"(?:(?P<word>[A-Za-z]++[\p{L}\p{M}]*+|[\p{L}\p{M}]++)"
    r"|(?P<L>(?<![\d.,/\-])(?:\d{4}-\d\d?-\d\d?(?:T\d\d:\d\d(?::\d\d)?)?|\d\d?/\d\d?/(?:\d{4}|\d\d)|\d{4}/\d\d?/\d\d?"
    r"|\d\d?\.[ ]?\d\d?\.[ ]?\d{4}|\d\d\.\d\d\.\d\d)(?![\d/]|[.,:\-]\d))"
    r"|(?P<C>\d{3}0(?=['’]?s\b)['’]?s|(?<![\d\-‐‑])['’]?[1-9]0['’]?s\b|(?<![\d\-‐‑])\d0(?:s|er)\b|\d{3}0er\b)"
    r"|(?P<short>(?<![\d.,/\-:])[0-3]?\d\.[01]?\d\.(?!\d))"
    r"|(?P<y>(?<=\s)['’]\d\d(?![\d\p{L}]))"
    r"|(?P<number>\d+(?:[.,:]\d+)*+)|(?P<line>\n\s*)|(?P<mark>[^\s\p{L}\p{M}\d]))[ ]*+"
)
NUMERIC = regex.compile(r"(\d+)([-/.])\s?(\d+)[-/.]\s?(\d+)(?:T(\d\d:\d\d))?")
CLOCK = regex.compile(r"([01]?\d|2[0-4])([.:])([0-5]\d)(?::[0-5]\d)?")
ROMAN = regex.compile(r"(?=[IVX])X{0,2}(?:IX|IV|V?I{0,3})")
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
DASHES = "-‐‑‒–—−~～"
MARKS = (
    {mark: mark for mark in ".,/()':"} | dict.fromkeys(DASHES, "-") | {"’": "'"} | dict.fromkeys("$€£¥₩₹₽%‰#№§°", "!")
)
YEARS = (1000, 2999)
BLANK = frozenset(("", " "))
ENDS_WORD = frozenset(' ,.;:!?)"”»“')  # what may follow a plain word


def atoms(text: str, tokens: Sequence[Token], end: int, known: Words) -> list[Atom]:
    """The words of ``text[:end]`` with their kinds; ``tokens`` are those of its sentences, so far as they are known."""
    if known.glued is not None:
        return _join_phrases(_scan_glued(text, end, known), known)
    return _join_phrases(_read(text, tokens, end, known), known)


def _read(text: str, tokens: Sequence[Token], end: int, known: Words) -> list[Atom]:
    """Plain words between blanks, and the marks behind them, are taken as the tokens have them; what stands between, numbers
    above all, is scanned."""
    found: list[Atom] = []
    seen, new = known.seen, tuple.__new__
    behind = 0  # where the text that has not been read begins
    for start, stop, folded, kind in tokens:
        if start < behind:
            continue
        read = start == behind or (start == behind + 1 and text[behind] == " ")
        if kind == "mark" and read and folded not in "'’" and stop <= end:
            mark = text[start:stop]
            found.append(new(Atom, (MARKS.get(mark, "x"), "", start, stop, mark, False, start == behind, False)))
            behind = stop
            continue
        if kind != "word" or not folded.isalpha() or text[start - 1 : start] not in BLANK:
            continue
        if stop >= end or text[stop] not in ENDS_WORD:
            continue
        if not read:
            _scan(text, behind, start, known, found)
        word = text[start:stop]
        entry, spelled, upper = seen.get(word) or _look_up(word, known)
        # What Atom(...) does, without its call: this line runs for every word of every report.
        found.append(new(Atom, (entry[0], entry[1], start, stop, spelled, entry[2], False, upper)))
        behind = stop
    _scan(text, behind, end, known, found)
    return found


def _scan(text: str, start: int, end: int, known: Words, found: list[Atom]) -> None:
    """Adds the words of ``text[start:end]``."""
    last = found[-1].end if found else -1
    suffixes = frozenset(suffix.casefold() for suffix in known.settings.get("ordinal_suffixes", ()))
    seen, new = known.seen, tuple.__new__
    for match in SCAN.finditer(text, start, end):
        group = match.lastgroup or "number"
        start, stop = match.span(group)
        word = text[start:stop]
        if group == "word":
            entry, folded, upper = seen.get(word) or _look_up(word, known)
            if start == last and folded in suffixes and found[-1].kind in "nY":
                found[-1] = found[-1]._replace(kind="o", end=stop)
            else:
                # What Atom(...) does, without its call: this line runs for every word of every report.
                found.append(new(Atom, (entry[0], entry[1], start, stop, folded, entry[2], start == last, upper)))
        elif group == "mark":
            found.append(Atom(MARKS.get(word, "x"), "", start, stop, word, False, start == last))
        elif group == "line":
            found.append(Atom("|", "", start, stop, "\n"))
        else:
            found.append(_number(word, group, start, stop, start == last, known))
        last = stop


def _scan_glued(text: str, end: int, known: Words) -> list[Atom]:
    found: list[Atom] = []
    for match in (known.glued or SCAN).finditer(text, 0, end):
        word = match.group()
        if word[0].isdigit():
            found.append(_number(word, "number", match.start(), match.end(), False, known))
            continue
        parts = found_entry(word.casefold(), known)
        kind = parts.kind if parts else MARKS.get(word, "x")
        found.append(Atom(kind, parts.value if parts else "", match.start(), match.end(), word.casefold()))
    return found


def found_entry(word: str, known: Words) -> Entry | None:
    """The entry of a word or of a phrase written without spaces."""
    entry = known.single.get(word)
    if entry:
        return entry
    for first, phrases in known.phrases.items():
        if word.startswith(first):
            for rest, phrase in phrases:
                if first + "".join(rest) == word:
                    return phrase
    return None


OTHER = Entry("x", "")
KEPT = 50_000  # looked-up words kept per language: the vocabulary of some thousand reports, a few megabytes


def _look_up(word: str, known: Words) -> tuple[Entry, str, bool]:
    """The entry of a word as written, the word case-folded, and whether it begins with a capital. Kept, as words recur."""
    found = known.seen.get(word)
    if found is None:
        folded = word.casefold()
        found = (_entry(folded, word, known), folded, word[0].isupper())
        if len(known.seen) >= KEPT:
            known.seen.clear()
        known.seen[word] = found
    return found


def _entry(folded: str, word: str, known: Words) -> Entry:
    entry = known.single.get(folded) or _by_stem(folded, known)
    if entry is None:
        numeral = word.rstrip("abcdefghijklmnopqrstuvwyzèº") if word[0] in "IVX" else ""
        if numeral and ROMAN.fullmatch(numeral) and len(word) - len(numeral) <= 3:
            return Entry("r", str(_roman(numeral)))
        return OTHER
    if entry.kind in "MJWV" and known.settings.get("capitalised") and word[0].islower():
        return OTHER
    if entry.kind == "@" and word.isupper():
        return OTHER
    return entry


def _by_stem(folded: str, known: Words) -> Entry | None:
    for size in range(min(len(folded), known.longest), known.shortest - 1, -1):
        entry = known.stems.get(folded[:size])
        if entry is not None and len(folded) - size <= INFLECTION:
            return entry
    return None


def _roman(word: str) -> int:
    values = [ROMAN_VALUES[letter] for letter in word]
    return sum(-v if any(v < later for later in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


def _number(word: str, group: str, start: int, end: int, joined: bool, known: Words) -> Atom:
    kind, value = "N", word
    if group == "L":
        value = numeric_date(word, str(known.settings.get("order", "dmy")))
        kind = "L" if value else "N"
    elif group == "short":
        value = short_date(word, known)
        kind = "δ" if value else "N"
    elif group == "y":
        kind, value = "y", f"{'20' if int(word[1:]) < 30 else '19'}{word[1:]}"
    elif group == "C":
        kind, value = "C", regex.sub(r"\D", "", word)
    elif word.isdigit():
        kind = "Y" if len(word) == 4 and YEARS[0] <= int(word) <= YEARS[1] else "n" if len(word) <= 2 else "N"
    else:
        clock = CLOCK.fullmatch(word)
        if clock:
            kind, value = ("T" if clock[2] == ":" else "H"), f"{int(clock[1]):02d}:{clock[3]}"
    return Atom(kind, value, start, end, word, False, joined)


def short_date(word: str, known: Words) -> str:
    """``19.1.``: day and month, in languages that write the day first; "" elsewhere."""
    day, month = int(word.split(".")[0]), int(word.split(".")[1])
    if known.settings.get("order") != "dmy" or not 1 <= month <= 12 or not 1 <= day <= 31:
        return ""
    return f"XXXX-{month:02d}-{day:02d}"


def numeric_date(word: str, order: str) -> str:
    """``28.07.2010``, ``7/8/07`` or ``2013-02-28`` as EDTF; "" where it is no day of the calendar. ``order``: dmy or mdy."""
    match = NUMERIC.fullmatch(word)
    if not match:
        return ""
    a, b, c = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) == 4:
        year, month, day = a, b, c
    else:
        year = c if len(match[4]) == 4 else 2000 + c if c < 50 else 1900 + c
        month, day = (a, b) if order == "mdy" and match[2] == "/" else (b, a)
        if month > 12 and match[2] == "/":
            month, day = day, month
    try:
        value = datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""
    return f"{value}T{match[5]}:00" if match[5] else value


def _join_phrases(found: list[Atom], known: Words) -> list[Atom]:
    """Phrases of several words become one atom."""
    if not known.phrases:
        return found
    phrases, pairs = known.phrases, known.pairs
    words = [atom[4] for atom in found]
    joined: list[Atom] = []
    done = 0
    for at in [number for number, pair in enumerate(pairwise(words)) if pair in pairs]:
        if at < done:
            continue
        atom = found[at]
        for rest, entry in phrases[atom.word]:
            if at + len(rest) < len(found) and all(found[at + 1 + n].word == word for n, word in enumerate(rest)):
                joined.extend(found[done:at])
                done = at + len(rest) + 1
                joined.append(
                    atom._replace(kind=entry.kind, value=entry.value, end=found[done - 1].end, weak=entry.weak)
                )
                break
    joined.extend(found[done:])
    return joined
