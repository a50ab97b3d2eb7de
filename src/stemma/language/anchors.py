"""Anchors: what keeps its identity when a text is rewritten or translated, each with a language-neutral key."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple

from stemma.language import lexicon
from stemma.language.gazetteer import PIECE
from stemma.language.kept import Kept
from stemma.language.numbers import Found
from stemma.language.places import Hit
from stemma.language.skeleton import anchor_keys
from stemma.language.words import Page, fold, norm, word_set
from stemma.records import Anchor, DateMention, Name

# International words are long; shorter ones meet by chance. Letters of the folded word, and of the key.
SHORTEST_COGNATE = 6
NO_CURRENCY = "XXX"  # of ISO 4217; "40 million kroner" where no state is named
COGNATE_KEY = 6
CITIES = ("capital", "city")
# Spellings of one Greek or Latin stem across languages: "ph" and "f", "c" and "k" ... applied in this order.
SPELLINGS = (
    ("sch", "sk"), ("tsj", "c"), ("ph", "f"), ("th", "t"), ("rh", "r"), ("ch", "k"), ("ck", "k"), ("qu", "k"), ("x", "ks"),
    ("sjon", "tion"), ("ae", "a"), ("oe", "e"), ("y", "i"), ("w", "v"), ("z", "s"), ("c", "k"), ("q", "k"), ("j", "i"), ("h", ""),
)  # fmt: skip


class Mentions(NamedTuple):
    """What has been found in one report, to be made anchors of."""

    names: Sequence[Name]
    places: Sequence[Hit]
    numbers: Sequence[Found]
    dates: Sequence[DateMention]


def find_anchors(page: Page, mentions: Mentions) -> tuple[Anchor, ...]:
    """All anchors, sorted by where they stand, then by key."""
    text, language = page.text, page.language
    found: set[Anchor] = set()
    names, places, numbers, dates = mentions
    inside = _cities_in_names(names, places)
    for hit in places:
        if hit not in inside:
            found.update(_of_place(hit))
    for name in names:
        found.update(_of_name(name, text, language))
    for number in numbers:
        found.update(_of_number(number))
    for date in dates:
        found.update(_of_date(date, text, language))
    taken = [(name.start, name.end) for name in names] + [(hit.start, hit.end) for hit in places]
    found.update(_cognates(page, sorted(taken)))
    return tuple(sorted(found, key=itemgetter(2, 3, 0)))


def _cities_in_names(names: Sequence[Name], places: Sequence[Hit]) -> set[Hit]:
    """The cities that are part of another name, and all that is part of a person's: the "Bangkok" of "Bangkok Post" stands
    for no state and no place, nor does the "Jordan" of "Michael Jordan"."""
    longer = sorted((name for name in names if name.kind not in ("state", "place")), key=lambda name: name.start)
    starts = [name.start for name in longer]
    found = set()
    for hit in places:
        at = bisect_right(starts, hit.start) - 1  # names do not overlap: only the last one before can hold the city
        if at >= 0 and hit.end <= longer[at].end and (longer[at].kind == "person" or hit.place.sort in CITIES):
            found.add(hit)
    return found


def _anchor(kind: str, value: str, start: int, end: int, sentence: int) -> Anchor:
    return Anchor(f"{kind}:{value}", kind, start, end, sentence)


def _of_place(hit: Hit) -> list[Anchor]:
    """A state, an adjective: T. A capital: its state and itself, as the government is often meant. A city: P."""
    found = []
    if hit.place.sort in ("state", "adjective", "capital", "organisation"):
        found.append(_anchor("T", hit.place.code, hit.start, hit.end, hit.sentence))
    if hit.place.sort in ("capital", "city", "region", "regional"):
        found.append(_anchor("P", hit.place.name, hit.start, hit.end, hit.sentence))
    return found


def _of_name(name: Name, text: str, language: str | None) -> list[Anchor]:
    """W for each word, without links ("of"), and S for its consonants, but for organisations, whose words are translated
    rather than transcribed; A where the reading stage knows the name as an agency or outlet."""
    if name.code is not None:
        return []
    start, sentence = name.start, name.sentence
    keys = _name_keys(text[start : name.end], name.text, name.kind != "organisation", language)
    return [Anchor(key, key[0], start + left, start + right, sentence) for key, left, right in keys]


@lru_cache(maxsize=20_000)
def _name_keys(surface: str, name: str, bony: bool, language: str | None) -> tuple[tuple[str, int, int], ...]:
    """The keys of a name and where they stand in it; ``name`` is the surface without inflection. Kept, as names recur."""
    agency = agency_name(name) or agency_name(name.partition(" ")[2])
    found = [] if agency is None else [(f"A:{agency}", 0, len(surface))]
    skipped = word_set(language, "names", "links") | word_set("en", "names", "links")
    for match, word in zip(PIECE.finditer(surface), PIECE.findall(name), strict=False):
        key = fold(word)
        if len(key) > 1 and norm(word) not in skipped and not key.isdigit():
            bones = anchor_keys(word, language) if bony else ()
            found.extend((one, *match.span()) for one in (f"W:{key}", *(f"S:{bone}" for bone in bones)))
    return tuple(found)


@lru_cache(maxsize=65536)
def agency_name(words: str) -> str | None:
    """The usual name of the agency or outlet that the words spell, by the reading stage's list."""
    from stemma.read import outlets

    return outlets.body_name(words)


def _of_number(found: Found) -> list[Anchor]:
    number = found.number
    kinds = {"ordinal": "O", "money": "M", "percent": "%"}
    anchors = []
    for value in found.stated:
        if number.kind == "year":
            continue
        kind = kinds.get(number.kind, "N")
        key = plain(value) + (f":{number.unit or NO_CURRENCY}" if number.kind == "money" else "")
        anchors.append(_anchor(kind, key, number.start, number.end, number.sentence))
    return anchors


def plain(value: float) -> str:
    """A number without an exponent and without a needless decimal part: 40000000000, 12.5."""
    return str(int(value)) if value == int(value) else f"{value:.6f}".rstrip("0").rstrip(".")


def _of_date(date: DateMention, text: str, language: str | None) -> list[Anchor]:
    """D with the EDTF value, and "--10" where the words state no year, so that a report without a date of its own meets one
    with; K for a weekday."""
    found = set()
    if date.value:
        found.add(_anchor("D", date.value.replace("XXXX-", "--"), date.start, date.end, date.sentence))
    grammar, _, value = date.rule.partition(";")[0].partition(":")
    if grammar == "part" and value.startswith("XXXX-"):
        found.add(_anchor("D", value.replace("XXXX-", "--"), date.start, date.end, date.sentence))
    weekdays = _weekdays(language)
    for match in PIECE.finditer(text, date.start, date.end):
        day = weekdays.get(norm(match.group()))
        if day is not None:
            found.add(_anchor("K", day, match.start(), match.end(), date.sentence))
    return sorted(found)


@cache
def _weekdays(language: str | None) -> dict[str, str]:
    """The language's weekdays, with their short names, to ISO numbers."""
    table = lexicon.table(language, "calendar")
    names = [*table.get("weekdays", {}).items(), *table.get("weekdays_short", {}).items()]
    return {norm(word): str(day) for day, words in names for word in words}


def _cognates(page: Page, taken: Sequence[tuple[int, int]]) -> list[Anchor]:
    """C for each international word outside of the names and places ``taken`` (sorted)."""
    keys, tokens = _cognate_keys(page.language), page.tokens
    keyed = [(at, key) for at, token in enumerate(tokens) if (key := keys[token[2]])]
    found, behind, number = [], 0, 0
    for at, key in keyed:
        start, end, _, kind = tokens[at]
        if kind != "word":
            continue
        while behind < len(taken) and taken[behind][1] <= start:
            behind += 1
        if behind < len(taken) and taken[behind][0] < end and start < taken[behind][1]:
            continue
        while page.sentences[number].last_token <= at:
            number += 1
        found.append(Anchor(key, "C", start, end, number))
    return found


@cache
def _cognate_keys(language: str | None) -> Kept[str]:
    """The anchor's key of a folded word, "" where it is a function word or no international one."""
    function = word_set(language, "words", "function") | word_set(language, "words", "calendar")

    def key_of(word: str) -> str:
        plain = len(word) < SHORTEST_COGNATE or word in function
        key = "" if plain else cognate(word)
        return key and f"C:{key}"

    return Kept(key_of)


@lru_cache(maxsize=65536)
def cognate(word: str) -> str:
    """The key of an international word: "geopolitics", "geopolitikk" and "геополитика" all give "geopol". "" for short ones."""
    key = fold(word)
    if not key.isalpha() or len(key) < SHORTEST_COGNATE:
        return ""
    if word[0] in "øöœ":
        key = "e" + key.removeprefix("oe").removeprefix("o")
    for old, new in SPELLINGS:
        key = key.replace(old, new)
    single = "".join(letter for k, letter in enumerate(key) if k == 0 or letter != key[k - 1])
    return single[:COGNATE_KEY] if len(single) >= COGNATE_KEY - 1 else ""
