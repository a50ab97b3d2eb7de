"""States, their adjectives and capitals, cities and regions: what a run of words means, by the language of the text.

The names come from the CLDR (``territories.tsv``, ``cities.tsv``; Unicode License v3) and from ``places.tsv``; adjectives
and the names of inhabitants from each language's ``[places]``. Names of other languages are not looked up: a report in
Norwegian writes Norwegian names, or English ones, which are a fallback.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import regex

from stemma.language import lexicon
from stemma.language.words import norm, word_set

PIECE = regex.compile(r"(?:\p{Lu}\.){2,}+|[\p{L}\p{M}\d]++", regex.V1)
UNSPACED = regex.compile(r"[\p{Han}\p{Katakana}\p{Hiragana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
IN_BRACKETS = regex.compile(r"(.+?)\s*[（(]([^）)]+)[）)]$")
SPECIAL_REGION = regex.compile(r"\s+(?:SAR|特別行政区|特别行政区).*")
# Zone cities whose names are common words or names of people somewhere: they would be wrong more often than right.
NOT_CITIES = {
    "Regina", "Man", "Nome", "Creston", "Resolute", "Oral", "Dawson", "Adak", "Wake", "Midway", "Easter", "Chatham", "Eucla",
    "Wallis", "Norfolk", "Gambier", "Marquesas", "Kanton", "Thule", "Perm", "Split", "Chita", "Efate", "Lindeman", "Midway Islands",
    "Antigua", "Jersey", "Moss", "Victoria", "Troll", "Rothera", "Menominee", "Merida", "Hebron", "Dominica",
}  # fmt: skip
ORGANISATIONS = {"EU", "UN"}
# Two names of one thing: the key is the second, so that languages meet.
SAME = {"Northern America": "North America", "New York City": "New York", "Americas": "America"}


class Place(NamedTuple):
    """What a name in the gazetteer stands for. ``sort``: state, adjective, capital, city, region, regional (an
    adjective of a region), organisation.

    ``code`` is ISO 3166-1 alpha-2 ("" for regions); ``name`` the English name.
    """

    sort: str
    code: str
    name: str


class Gazetteer(NamedTuple):
    """``exact``: first piece -> candidates (pieces, place), longest first; ``stems``: beginning of a word -> place;
    ``beginnings``: the first two letters of the stems; ``genitive``: its endings; ``endings``: what may follow one; ``unspaced`` and ``pattern``: the same for scripts without spaces."""

    exact: dict[str, list[tuple[tuple[str, ...], Place]]]
    stems: dict[str, Place]
    endings: frozenset[str]
    longest_ending: int
    unspaced: dict[str, Place]
    pattern: Any
    capital_adjectives: bool
    cut: str
    prefixes: tuple[str, ...]
    upper: frozenset[str]
    beginnings: frozenset[str]
    genitive: tuple[str, ...]


def pieces_of(name: str) -> tuple[str, ...]:
    """The words of a name, split at spaces, hyphens and apostrophes, case-folded."""
    return tuple(norm(piece) for piece in PIECE.findall(name))


@cache
def gazetteer(language: str | None) -> Gazetteer:
    """The gazetteer for texts in a language; English names stand in where a language has none."""
    tag = language or "en"
    names: dict[str, Place] = {}
    for source in ("en", tag):
        names.update(_cities(source))
        names.update(_territories(source))
    names.update(_more_places(tag))
    adjectives = _own(tag, names)
    return _build(names, adjectives, tag)


def _build(names: dict[str, Place], adjectives: dict[str, Place], tag: str) -> Gazetteer:
    data = lexicon.table(tag, "places")
    exact: dict[str, list[tuple[tuple[str, ...], Place]]] = {}
    stems: dict[str, Place] = dict(adjectives)
    unspaced: dict[str, Place] = {}
    cut = str(data.get("cut", ""))
    for name, place in names.items():
        if _unspaced(name):
            unspaced[name] = place
            continue
        pieces = pieces_of(name)
        if pieces:
            exact.setdefault(pieces[0], []).append((pieces, place))
        if cut and len(pieces) == 1 and len(pieces[0]) > 3:
            stems.setdefault(pieces[0][:-1] if pieces[0][-1] in cut else pieces[0], place)
    for found in exact.values():
        found.sort(key=lambda one: (-len(one[0]), one[0]))
    endings = frozenset(map(norm, str(data.get("endings", "")).split())) | {""}
    ordered = sorted(unspaced, key=lambda one: (-len(one), one))
    pattern = regex.compile("|".join(map(regex.escape, ordered))) if ordered and _unspaced_language(tag) else None
    return Gazetteer(
        exact=exact,
        stems=stems,
        endings=endings,
        longest_ending=max(map(len, endings)),
        unspaced=unspaced,
        pattern=pattern,
        capital_adjectives=bool(data.get("capital_adjectives", False)),
        cut=cut,
        prefixes=tuple(str(data.get("prefixes", "")).split()),
        upper=_upper(names),
        beginnings=frozenset(stem[:2] for stem in stems),
        genitive=tuple(sorted(word_set(tag, "names", "genitive"))),
    )


def _upper(names: dict[str, Place]) -> frozenset[str]:
    """Acronyms that are only ever written in capitals: "US" is a state, "us" and "Us" are not."""
    found: dict[str, bool] = {}
    for name in names:
        found[norm(name)] = found.get(norm(name), True) and name.isupper()
    return frozenset(name for name, upper in found.items() if upper)


def _unspaced(name: str) -> bool:
    return not name.isascii() and UNSPACED.search(name) is not None


def _unspaced_language(tag: str) -> bool:
    return tag in _lines("territories.tsv") and _unspaced(_lines("territories.tsv")[tag])


@cache
def _lines(name: str) -> dict[str, str]:
    """A data file's lines by their first field."""
    text = (lexicon.DATA / name).read_text(encoding="utf-8")
    return dict(line.split("\t", 1) for line in text.splitlines() if line and not line.startswith("#"))


def _pairs(name: str, tag: str) -> list[tuple[str, str]]:
    line = _lines(name).get(tag, "")
    return [(key, value) for key, _, value in (field.partition("=") for field in line.split("\t")) if value]


@cache
def english_names() -> dict[str, str]:
    """Code -> English name of every territory and region."""
    return {code: _plain(value)[0] for code, value in _pairs("territories.tsv", "en")}


def _plain(name: str) -> list[str]:
    """A CLDR display name and its shorter forms: "Myanmar (Burma)" is both, "Hong Kong SAR China" is Hong Kong."""
    name = SPECIAL_REGION.sub("", name).replace("中国香港", "香港").replace("中国澳门", "澳门")
    inner = IN_BRACKETS.match(name)
    return [inner.group(1), inner.group(2)] if inner else [name]


def _territories(tag: str) -> dict[str, Place]:
    english = english_names()
    found = {}
    for code, value in _pairs("territories.tsv", tag):
        sort = "region" if code.isdigit() else "organisation" if code in ORGANISATIONS else "state"
        for name in _plain(value):
            if len(name) > 1:
                known = english.get(code, name)
                found[name] = Place(sort, "" if code.isdigit() else code, SAME.get(known, known))
    return found


def _cities(tag: str) -> dict[str, Place]:
    country = dict(_pairs("cities.tsv", "zones"))
    english = dict(_pairs("cities.tsv", "en"))
    capitals = _capitals()
    found = {}
    for zone, name in _pairs("cities.tsv", tag):
        code, known = country.get(zone, ""), english.get(zone, name)
        if known not in NOT_CITIES and name not in NOT_CITIES and known != english_names().get(code):
            found[name] = Place("capital" if known in capitals.get(code, ()) else "city", code, known)
    return found


@cache
def _capitals() -> dict[str, tuple[str, ...]]:
    """The capitals that time zones name, by country; those of ``places.tsv`` carry their own mark."""
    return {code: tuple(names.split("|")) for code, names in _pairs("capitals.tsv", "zones")}


def _more_places(tag: str) -> dict[str, Place]:
    found = {}
    unspaced = _unspaced_language(tag)
    for code, line in _lines("places.tsv").items():
        for field in line.split("\t"):
            names = field.lstrip("*").split("|")
            sort = "capital" if field.startswith("*") else "region" if code == "-" else "city"
            place = Place(sort, code.replace("-", ""), SAME.get(names[0], names[0]))
            for name in names:
                if unspaced or not _unspaced(name):
                    found[name] = place
    return found


def _own(tag: str, names: dict[str, Place]) -> dict[str, Place]:
    """Adds the language's aliases to ``names``; gives its adjective stems."""
    data = lexicon.table(tag, "places")
    english = english_names()
    for code, line in data.get("aliases", {}).items():
        sort = "organisation" if code in ORGANISATIONS else "state"
        for name in line.split(";"):
            names[name.strip()] = Place(sort, code, english.get(code, code))
    stems = {}
    for region, line in data.get("regional", {}).items():
        for name in line.split(";"):
            place = Place("regional", "", region.replace("_", " "))
            if " " in name.strip() or "-" in name:
                names[name.strip()] = place
            else:
                stems[norm(name.strip())] = place
    for code, line in data.get("adjectives", {}).items():
        for name in line.split(";" if ";" in line or tag != "en" else None):
            place = Place("adjective", code, english.get(code, code))
            if " " in name.strip() or "-" in name or "'" in name or _unspaced(name):
                names[name.strip()] = place
            else:
                stems[norm(name)] = place
    return stems
