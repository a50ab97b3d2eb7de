"""The date words of a language, read from ``<language>.calendar.toml`` and ``<language>.toml``.

Every word or phrase becomes one *kind* (a letter, the alphabet of ``grammar.py``) and a value. A form that ends in ``*``
stands for all words that begin so, with at most five letters more (inflection); ``(a|b)`` in a form is spelled out.
"""

from __future__ import annotations

import itertools
from functools import cache
from typing import Any, NamedTuple

import regex

from stemma.language.kept import Kept
from stemma.language.lexicon import table

INFLECTION = 7  # letters that may follow a stem: Estonian "september" + "i" + "kuiseks" is the longest we know


class Entry(NamedTuple):
    """What a word or phrase means: its kind, its value, and whether it needs a date beside it ("sat", "mar")."""

    kind: str
    value: str
    weak: bool = False


class Words(NamedTuple):
    """A language's date words. ``phrases``: first word -> (further words, entry), the longest first; ``pairs``: their first
    two words; ``suffixes``: what makes digits an ordinal ("th"); ``tenses``: what a plain word tells of its sentence's tense;
    ``openers``: words that open a clause ("when", "although", "that")."""

    single: dict[str, Entry]
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]]
    stems: dict[str, Entry]
    shortest: int
    longest: int
    settings: dict[str, Any]
    tense: dict[str, str]
    endings: tuple[tuple[str, str], ...]
    glued: regex.Pattern[str] | None
    tenses: Kept[str] = Kept(str)
    suffixes: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    pairs: frozenset[tuple[str, str]] = frozenset()


# Section of the TOML file -> kind. Sections whose keys are values (months, weekdays, seasons ...) keep the key as value.
KINDS = {
    "months": "M", "months_short": "J", "weekdays": "W", "weekdays_short": "V", "seasons": "S", "relative": "R",
    "relative_after": "G", "deictic": "X", "parts": "P", "later": "F", "holidays": "E", "dayparts": "g",
    "reference": "Z", "ordinals": "o", "cardinals": "c", "meridiem": "m", "reference_after": "z",
    "quarters": "Q", "decades": "C",
}  # fmt: skip
LISTS = {
    "ago": "A", "ago_before": "B", "ahead": "I", "decade_after": "K", "decade_before": "k", "clock_after": "u",
    "clock_before": "q", "clock_at": "@", "of": "f", "to": "t", "and": "a", "articles": "d", "prepositions": "p",
    "years": "j", "month_marks": "i", "day_marks": "b", "sooner": "e", "between": "w", "not_years": "!", "zones": "Ω", "before_christ": "β",
    "every": "v", "clock_hours": "ħ",
}  # fmt: skip
# Symbols of units, the same in every language: a number before them is no year (Bureau International des Poids et Mesures).
SYMBOLS = (
    "kg",
    "mg",
    "km",
    "cm",
    "mm",
    "kw",
    "mw",
    "gw",
    "kwh",
    "mwh",
    "gwh",
    "ha",
    "hp",
    "rpm",
    "mb",
    "gb",
    "tb",
    "hz",
    "mhz",
    "ghz",
)
# A word of several sections gets the kind of the last: the links between the parts of a date outrank plain prepositions.
RANK = {"prepositions": 0, "articles": 2, "and": 2, "to": 2, "of": 3}
SPLIT = regex.compile(r"\d+|[\p{L}\p{M}]+|[^\s\p{L}\p{M}\d]")


def split(form: str) -> tuple[str, ...]:
    """A form as the lexer will see it in a text."""
    return tuple(SPLIT.findall(form.replace("’", "'")))


def expand(form: str) -> list[str]:
    """``"eil(ne|ses)"`` -> ``["eilne", "eilses"]``."""
    pieces = regex.split(r"\(([^)]*)\)", form)
    choices = [piece.split("|") if number % 2 else [piece] for number, piece in enumerate(pieces)]
    return ["".join(parts) for parts in itertools.product(*choices)]


@cache
def words(language: str | None) -> Words | None:
    """The language's date words, None where nothing is known of the language."""
    calendar, dates = table(language, "calendar"), table(language, "dates")
    if not calendar and not dates:
        return None
    found = Words({}, {}, {}, 99, 0, {}, {}, (), None)
    found.settings.update({key: value for key, value in dates.items() if not isinstance(value, dict)})
    for source in (calendar, dates):
        _sections(source, found)
    for phrases in found.phrases.values():
        phrases.sort(key=lambda item: (-len(item[0]), item[0]))
    lengths = [len(stem) for stem in found.stems]
    tense, endings = _tense(dates.get("tense", {}))
    found = found._replace(tense=tense)
    for symbol in SYMBOLS:
        found.single.setdefault(symbol, Entry("!", ""))
    return found._replace(
        shortest=min(lengths, default=99),
        longest=max(lengths, default=0),
        endings=endings,
        glued=_glued(found) if found.settings.get("glued") else None,
        tenses=Kept(lambda word: _told(word, tense, endings)),
        suffixes=frozenset(suffix.casefold() for suffix in found.settings.get("ordinal_suffixes", ())),
        auxiliaries=frozenset(dates.get("auxiliaries", ())),
        openers=_openers(language) | _complementisers(language),
        pairs=frozenset((first, rest[0]) for first, phrases in found.phrases.items() for rest, _ in phrases if rest),
    )


def _sections(source: dict[str, Any], found: Words) -> None:
    weak = set(found.settings.get("weak", ()))
    for name, content in sorted(source.items(), key=lambda item: RANK.get(item[0], 1)):
        if name == "units":
            for unit, forms in content.items():
                # The first form is the singular: "week ago" is one week, "weeks ago" no date. The others are marked weak.
                _add_all(forms, "j" if unit == "year" else "U", unit, set(forms[1:]), found)
        elif name in KINDS and isinstance(content, dict):
            for value, forms in content.items():
                _add_all(forms, KINDS[name], value, weak, found)
        elif name in LISTS:
            _add_all(content, LISTS[name], "", weak, found)


def _add_all(forms: list[str], kind: str, value: str, weak: set[str], found: Words) -> None:
    for form in itertools.chain.from_iterable(expand(form) for form in forms):
        entry = Entry(kind, value, kind in "JV" or form in weak)
        if form.endswith("*"):
            found.stems[form[:-1].casefold()] = entry
            continue
        first, *rest = split(form.casefold())
        if rest:
            found.phrases.setdefault(first, []).append((tuple(rest), entry))
        elif first not in found.single or kind not in "JV":
            found.single[first] = entry


def _tense(section: dict[str, list[str]]) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """Cue words, and endings (``-ed``) that show a tense; the longest endings first."""
    cues = {form.casefold(): tense for tense, forms in section.items() for form in forms if not form.startswith("-")}
    ends = [(form[1:].casefold(), tense) for tense, forms in section.items() for form in forms if form.startswith("-")]
    return cues, tuple(sorted(ends, key=lambda item: (-len(item[0]), item[0])))


def _told(word: str, tense: dict[str, str], endings: tuple[tuple[str, str], ...]) -> str:
    """The tense that a word shows, by the list or (of more than four letters) by its ending."""
    known = tense.get(word)
    if known is None and len(word) > 4:
        known = next((shown for ending, shown in endings if word.endswith(ending)), None)
    return known or ""


def _glued(found: Words) -> regex.Pattern[str]:
    """For scripts without spaces: the forms themselves, the longest first, cut the text into words."""
    forms = [form for form in found.single if len(form) > 0]
    forms += [cue for cue in found.tense if cue]
    forms += [first + "".join(rest) for first, phrases in found.phrases.items() for rest, _ in phrases]
    alternatives = "|".join(regex.escape(form) for form in sorted(set(forms), key=lambda form: (-len(form), form)))
    return regex.compile(rf"\d+(?:[.:]\d+)*+|{alternatives}|[\p{{L}}\p{{M}}]|[^\s\p{{L}}\p{{M}}\d]")


def opens_clause(word: str, language: str | None) -> bool:
    """Whether a word opens a clause in the language ("since", "when", "who"): the table ``clause_openers``."""
    return word in _openers(language)


@cache
def _openers(language: str | None) -> frozenset[str]:
    return frozenset(table(language, "dates").get("clause_openers", ()))


def _complementisers(language: str | None) -> frozenset[str]:
    """Words that open what is said ("that"): reported speech lists them, and its clauses are clauses here too."""
    return frozenset(word for words in table(language, "quotes").get("complementisers", ()) for word in words.split())
