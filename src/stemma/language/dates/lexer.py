"""A text as a string of kinds: one letter per word, so that the grammar is a list of patterns over letters.

Kinds of numbers: ``Y`` 1000-2999, ``n`` at most two digits, ``N`` any other, ``T`` clock 16:05, ``H`` clock 16.05, ``L``
a numeric date, ``δ`` one without year, ``C`` "1990s". Roman numerals are ``r``. Words have the kinds of ``words.py``. Marks stand for themselves,
``-`` for every dash, ``|`` for the end of a line, ``x`` for any other word.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import regex

from stemma.language.dates.words import INFLECTION, Entry, Words, words
from stemma.language.kept import Kept
from stemma.language.words import EDGES


class Atom(NamedTuple):
    """One word of a text: its kind, its value and where it stands (code points from where its run begins, half-open)."""

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
# What may read otherwise beside its neighbours: "'82" behind a space, "3." before "10. 2031", a line's end before spaces.
OPEN = regex.compile(r"^['’]\d|\d\.$|\s$")
Seen = Kept[tuple[Entry, str, bool]]  # a word's entry, the word case-folded, and whether it begins with a capital


class Lexer(NamedTuple):
    """A language's date words with what has been looked up in them. ``runs``: the atoms of a run without a space, None where
    its neighbours count and it must be read in its place."""

    known: Words
    seen: Seen
    runs: Kept[tuple[Atom, ...] | None]


@cache
def lexer(language: str | None) -> Lexer | None:
    """The lexer of a language, None where nothing is known of the language."""
    known = words(language)
    if known is None:
        return None
    seen: Seen = Kept(lambda word: (_entry(word.casefold(), word, known), _folded(word, known), word[0].isupper()))

    def look_up(run: str) -> tuple[Atom, ...] | None:
        core = run.strip(EDGES)
        if core.isalpha():
            return tuple(_word_with_marks(run, core, seen))
        if OPEN.search(run):
            return None
        return tuple(_scan(run, (0, len(run)), known, seen))

    return Lexer(known, seen, Kept(look_up))


def _folded(word: str, known: Words) -> str:
    """The word without its case; a short name in capitals is no word of tense ("PAS" is not "pas")."""
    folded = word.casefold()
    return word if len(word) > 1 and word.isupper() and folded in known.tense else folded


class Lexed(NamedTuple):
    """A text as atoms. ``runs``: where the run without a space begins that an atom is counted from; ``kinds``: their letters."""

    atoms: list[Atom]
    runs: list[int]
    kinds: str

    def start(self, at: int) -> int:
        """Where an atom begins, in code points of the text."""
        return self.runs[at] + self.atoms[at].start

    def end(self, at: int) -> int:
        """Where an atom ends."""
        return self.runs[at] + self.atoms[at].end


def read(text: str, end: int, of: Lexer) -> Lexed:
    """The words of ``text[:end]`` with their kinds."""
    if of.known.glued is not None:
        atoms = _scan_glued(text, end, of.known)
        runs = [0] * len(atoms)
    else:
        atoms, runs = _read(text, end, of)
    atoms, runs = _join_phrases(atoms, runs, of.known)
    return Lexed(atoms, runs, "".join([atom[0] for atom in atoms]))


def _read(text: str, end: int, of: Lexer) -> tuple[list[Atom], list[int]]:
    """The atoms of the text and where the run of each begins. Most runs without a space read alike everywhere and need a
    look-up only; the others are scanned where they stand, with the digits behind them, as a date in digits may reach over a
    space."""
    atoms: list[Atom] = []
    runs: list[int] = []
    kept = of.runs
    at, unread = 0, -1  # where the run begins, and where the text that has not been read does
    for run in text[:end].split(" "):
        found = kept[run]
        if found is None:
            unread = at if unread < 0 else unread
        elif unread < 0 or (run and not run[0].isdigit()):
            if unread >= 0:
                atoms += _scan(text, (unread, at), of.known, of.seen)
                runs += [0] * (len(atoms) - len(runs))
                unread = -1
            atoms += found
            runs += (at,) if len(found) == 1 else (at,) * len(found)
        at += len(run) + 1
    if unread >= 0:
        atoms += _scan(text, (unread, end), of.known, of.seen)
        runs += [0] * (len(atoms) - len(runs))
    return atoms, runs


def _word_with_marks(run: str, core: str, seen: Seen) -> Iterator[Atom]:
    """The atoms of a run that is one word with marks round it, as most are: what ``_scan`` gives, in a fifth of the time."""
    left = run.index(core)
    right = left + len(core)
    yield from (Atom(MARKS.get(run[at], "x"), "", at, at + 1, run[at], False, at > 0) for at in range(left))
    entry, folded, upper = seen[core]
    yield Atom(entry.kind, entry.value, left, right, folded, entry.weak, left > 0, upper)
    yield from (Atom(MARKS.get(run[at], "x"), "", at, at + 1, run[at], False, True) for at in range(right, len(run)))


def _scan(text: str, part: tuple[int, int], known: Words, seen: Seen) -> list[Atom]:
    """The atoms of a part of the text that begins behind a space, counted from the text's beginning."""
    found: list[Atom] = []
    last = -1
    for match in SCAN.finditer(text, *part):
        group = match.lastgroup or "number"
        start, stop = match.span(group)
        word = text[start:stop]
        if group == "word":
            entry, folded, upper = seen[word]
            if start == last and folded in known.suffixes and found[-1].kind in "nY":
                found[-1] = found[-1]._replace(kind="o", end=stop)
            else:
                found.append(Atom(entry.kind, entry.value, start, stop, folded, entry.weak, start == last, upper))
        elif group == "mark":
            found.append(Atom(MARKS.get(word, "x"), "", start, stop, word, False, start == last))
        elif group == "line":
            found.append(Atom("|", "", start, stop, "\n"))
        else:
            found.append(_number(word, group, start, stop, start == last, known))
        last = stop
    return found


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


def _join_phrases(atoms: list[Atom], runs: list[int], known: Words) -> tuple[list[Atom], list[int]]:
    """Phrases of several words become one atom."""
    phrases, pairs = known.phrases, known.pairs
    joined: list[Atom] = []
    places: list[int] = []
    done = 0
    for at in [number for number, atom in enumerate(atoms) if atom[4] in phrases]:
        if at < done or at + 1 == len(atoms) or (atoms[at].word, atoms[at + 1].word) not in pairs:
            continue
        for rest, entry in phrases[atoms[at].word]:
            last = at + len(rest)
            if last < len(atoms) and all(atoms[at + 1 + n].word == word for n, word in enumerate(rest)):
                end = runs[last] + atoms[last].end - runs[at]
                phrase = atoms[at]._replace(kind=entry.kind, value=entry.value, end=end, weak=entry.weak)
                joined += [*atoms[done:at], phrase]
                places += runs[done : at + 1]
                done = last + 1
                break
    return (joined + atoms[done:], places + runs[done:]) if done else (atoms, runs)
