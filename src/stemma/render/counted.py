"""What a disagreement is about, in a few words: what is counted and where, or the words that all its versions share."""

from __future__ import annotations

import re
from itertools import takewhile

from stemma.language.gazetteer import english_names
from stemma.language.numerals import numerals
from stemma.language.words import norm
from stemma.records import Disagreement, Reading
from stemma.render.clean import clip, shown
from stemma.render.evidence import Apparatus

_RULE = "one thing counted"  # its values: the category, then the places as anchors
_OWNED = "one owner's figure"  # its values: seats or a share, then what its owner is called on both sides
_NUMBER = re.compile(r"\d[\d.,'\u00a0\u202f]*\d|\d")
COUNTS = ("count", "money", "percent")
SHORT_VALUE = 26
_WORDS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BEFORE = 3  # words of a value among which its number stands ("at least three people")
_SHARED = 4  # words named in a heading
_LONG = 4  # letters of a word that says something


def subject(book: Apparatus, found: Disagreement) -> str:
    """What the versions differ in: "Dead in Myanmar", "Office or role: Brandt", or only the kind of slot."""
    for reason in found.reasons:
        if reason.rule == _RULE and reason.values:
            return _counted(book, found, reason.values[0], reason.values[1:])
        if reason.rule == _OWNED:
            return f"{book.words.raw('counted', reason.values[0].replace(' ', '_')) or reason.values[0]}: {reason.values[1]}"
    slot = book.words(f"slot.{found.slot}")
    common = "" if found.slot in ("status", "negation") else shared_words(found)
    if not common and found.slot == "count":
        common = _noun_of_one(book, found)
    if found.slot == "percent" and " " not in common:
        common = ""  # the sign spelled out
    return f"{slot}: {common}" if common else slot


def _counted(book: Apparatus, found: Disagreement, category: str, places: tuple[str, ...]) -> str:
    what = book.words.raw("counted", category) or _noun(found) or book.words(f"slot.{found.slot}")
    where = [name for name in (_place(book, key) for value in places for key in value.split()) if name]
    said = book.words("disagree.counted_in", what=what, place=book.words.series(where)) if where else str(what)
    return said[:1].upper() + said[1:]


def _noun(found: Disagreement) -> str:
    """The words that follow the number, where the category has no name of its own."""
    shared = shared_words(found)
    first = found.readings[0].value if found.readings else ""
    return shared or clip(shown(_NUMBER.sub("", first)), SHORT_VALUE).strip(" ,.-–")


def _noun_of_one(book: Apparatus, found: Disagreement) -> str:
    """What is counted where only some versions name it ("12" beside "21 passengers"); the reader's language first."""
    nouns = []
    for reading in found.readings:
        inside = [book.named[w.report] for w in reading.witnesses if w.report in book.named]
        numbers = {number for one in inside for number in _numbers(one.language or "")}
        words = [word for word in _WORDS.findall(reading.value) if norm(word) not in numbers]
        if 0 < len(words) <= _BEFORE and any(len(word) >= _LONG for word in words):
            foreign = not any(book.reads(one.id) for one in inside)
            nouns.append((foreign, len(words), shown(" ".join(words))))
    return clip(min(nouns)[2], SHORT_VALUE) if nouns else ""


def _numbers(language: str) -> set[str]:
    known = numerals(language)
    return {*known.small, *known.magnitudes, *known.short, *known.dozens}


def told_apart(values: list[str], most: int) -> list[str]:
    """Long values without the words that all begin or end with, but for one beside the difference; at most ``most`` letters."""
    lists = [value.split() for value in values]
    if len(lists) > 1 and any(len(value) > most for value in values):
        same = _alike(lists)
        tail = min(_alike([words[::-1] for words in lists]), *(len(words) - same for words in lists))
        lists = [words[max(0, same - 1) : len(words) - max(0, tail - 1)] for words in lists]
    return [clip(shown(" ".join(words)), most) for words in lists]


def _alike(lists: list[list[str]]) -> int:
    """How many words all lists begin with alike."""
    columns = zip(*lists, strict=False)
    return sum(1 for _ in takewhile(lambda words: len({word.casefold() for word in words}) == 1, columns))


def _place(book: Apparatus, key: str) -> str:
    kind, _, value = key.partition(":")
    if kind == "P":
        return clip(shown(value), 40)
    if kind != "T":
        return ""
    actors = [a for a in book.dossier.actors if a.code == value and a.kind in ("state", "place")]
    forms = sorted(
        form.text
        for a in actors
        for form in a.forms
        if (form.language or "").split("-")[0] == book.words.language and form.text[:1].isupper()
    )
    english = english_names().get(value, "")
    names = [english] if english in forms else forms
    return clip(shown(next(iter(names), english)), 40)


def shared_words(found: Disagreement) -> str:
    """The words that stand in every version, as the first writes them."""
    lists = [_WORDS.findall(reading.value) for reading in found.readings]
    if len(lists) < 2:
        return ""
    every = set.intersection(*({word.casefold() for word in words} for words in lists))
    kept = [word for word in dict.fromkeys(lists[0]) if word.casefold() in every and len(word) >= _LONG]
    return shown(" ".join(kept)) if 0 < len(kept) <= _SHARED else ""


def in_short(book: Apparatus, reading: Reading) -> str:
    """A version's value for a list: its number where one stands in it, in digits or in a word, else its first words."""
    found = _NUMBER.search(reading.value)
    if found:
        return shown(found.group())
    spelled = spelled_out(book, reading)
    return clip(shown(reading.value), SHORT_VALUE) if spelled is None else str(spelled)


def spelled_out(book: Apparatus, reading: Reading) -> int | None:
    """The number that a value begins with as a word ("three people", "negen doden") in a language of its witnesses, or the
    only one that stands further on ("took the lives of three")."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", reading.value)  # "dix-sept" is one number, not ten
    for language in sorted({book.named[w.report].language or "" for w in reading.witnesses if w.report in book.named}):
        known = numerals(language)
        values = [
            (place, known.small[one])
            for place, word in enumerate(words)
            if (one := norm(word)) in known.small and one not in known.articles
        ]
        if values and (values[0][0] < _BEFORE or len(values) == 1):
            return values[0][1]
    return None


def spread(found: Disagreement) -> tuple[bool, bool, int, int, str]:
    """An order for what an editor should see first: clashes, then deaths and other counts by the number of versions, then
    what most lines of reporting differ in."""
    families = {family for reading in found.readings for family in reading.families}
    deaths = any(reason.rule == _RULE and reason.values[:1] == ("dead",) for reason in found.reasons)
    return (
        found.tier != "clash",
        not deaths,
        -int(found.slot in COUNTS) * len(found.readings),
        -len(families),
        found.id,
    )
