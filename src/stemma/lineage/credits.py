"""Whom a report's people told something, what it goes by, and what it says of its own reporting.

"told AFP", "sier han til AFP", "sagte dieser Zeitung", "skriver Kystavisen", a dateline with the agency's name. The words come
from the language files (``[lineage]``), the names from the world's agencies and outlets, from the pile's own outlets, and
from their shape (capitals only, "... Post", "Radio ...").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

from anyascii import anyascii

from stemma.language.lexicon import table
from stemma.read.outlets import agency_name, body_name
from stemma.records import Annotated, Report, Sentence, Token, Witness

How = Literal["told", "by way", "own"]

# Words that make a capitalised name the name of an outlet, in the languages that name outlets so.
OUTLET_WORDS = frozenset(
    [
        "post",
        "times",
        "news",
        "press",
        "herald",
        "tribune",
        "gazette",
        "journal",
        "guardian",
        "telegraph",
        "observer",
        "chronicle",
        "mirror",
        "standard",
        "mail",
        "radio",
        "tv",
        "television",
        "broadcasting",
        "wire",
        "agency",
        "zeitung",
        "presse",
        "rundschau",
        "tageblatt",
        "anzeiger",
        "kurier",
        "morgenpost",
        "avisen",
        "avis",
        "posten",
        "bladet",
        "tidende",
        "tidningen",
        "dagblad",
        "dagblaðið",
        "krant",
        "nieuws",
        "journaal",
        "diario",
        "periódico",
        "noticias",
        "mundo",
        "país",
        "faro",
        "corriere",
        "gazzetta",
        "giornale",
        "repubblica",
        "stampa",
        "jornal",
        "folha",
        "notícias",
        "gazeta",
        "dziennik",
        "noviny",
        "pravda",
        "izvestia",
        "sanomat",
        "televisión",
        "televizija",
        "kanal",
        "канал",
        "газета",
        "новости",
        "известия",
        "вести",
    ]
)
# Bodies that are written in capitals and are told things, but print nothing.
OFFICES = frozenset(
    [
        "AU",
        "BND",
        "CDC",
        "CIA",
        "DEA",
        "DHS",
        "EC",
        "ECB",
        "EPA",
        "EU",
        "FAA",
        "FBI",
        "FDA",
        "FEMA",
        "FIFA",
        "FSB",
        "GOP",
        "IAEA",
        "ICC",
        "ICE",
        "IDF",
        "IFRC",
        "ILO",
        "IMF",
        "IOC",
        "IOM",
        "IRS",
        "KGB",
        "MI5",
        "MI6",
        "MPs",
        "NASA",
        "NATO",
        "NCAA",
        "NFL",
        "NGO",
        "NGOs",
        "NHS",
        "NHTSA",
        "NSA",
        "NTSB",
        "OAS",
        "OECD",
        "OPEC",
        "OSCE",
        "PC",
        "PLO",
        "SEC",
        "UAE",
        "UEFA",
        "UK",
        "UN",
        "UNHCR",
        "UNICEF",
        "US",
        "USA",
        "USGS",
        "WFP",
        "WHO",
        "WTO",
        "I",
    ]
)
# Compounds that end so are names of papers: Lorvikavisen, Abendzeitung.
OUTLET_ENDINGS = ("avisen", "avisa", "posten", "bladet", "tidende", "tidningen", "zeitung", "krant", "blatt", "sanomat")
LONGEST_NAME = 4  # words
# How many words may stand between a verb of saying and its "to X" ("said in an interview on Monday to X").
NEAR = 6


class Telling(NamedTuple):
    """Somebody told an outlet something, or the report goes by one. ``outlet`` is its usual name (the name as written where
    it is not known, "" for "this newspaper"); ``speaker`` the last word of the name of the person nearest in the sentence."""

    outlet: str
    how: How
    span: Witness
    speaker: str | None
    sentence: int


class Cues(NamedTuple):
    """A language's words, folded; ``opening`` are those that a cue of telling can begin with."""

    tells: frozenset[str]
    speech: frozenset[str]
    to: frozenset[str]
    own: tuple[str, ...]
    by_way: frozenset[str]
    links: frozenset[str]
    experts: frozenset[str]
    opening: frozenset[str]


@cache
def cues(language: str | None) -> Cues:
    """The language's [lineage] table; empty where there is none."""
    found: dict[str, Any] = table(language, "lineage")
    names = [key for key in Cues._fields if key not in ("own", "opening")]
    sets = {key: frozenset(word.casefold() for word in found.get(key, ())) for key in names}
    opening = sets["tells"] | sets["to"] | {phrase.partition(" ")[0] for phrase in sets["by_way"]}
    return Cues(own=tuple(found.get("own", ())), opening=opening, **sets)


def known_outlets(reports: Iterable[Report]) -> frozenset[str]:
    """The names by which the pile calls its own outlets and agencies, folded."""
    return frozenset(
        name.casefold() for report in reports for name in (report.outlet, report.agency) if name and "." not in name
    )


def usual_name(name: str) -> str:
    """The usual name of an outlet or agency: "Agence France-Presse" is AFP."""
    return agency_name(name) or body_name(name) or name.removeprefix("The ")


def find_tellings(one: Annotated, known: frozenset[str]) -> tuple[Telling, ...]:
    """All tellings of a report, in the order of the text."""
    words = cues(one.report.language)
    found: list[Telling] = []
    for number, sentence in enumerate(one.sentences):
        tokens = one.tokens[sentence.first_token : sentence.last_token]
        found += _own(one, words, sentence, number)
        for place, token in enumerate(tokens):
            if token.norm not in words.opening:
                continue
            how, at = _cue(words, tokens, place, token)
            if how is None:
                continue
            name = _outlet_at(one, words, tokens, at, known, by_shape=how == "told")
            if name:
                first, last, outlet = name
                start = min(token.start, tokens[first].start)
                end = max(token.end, tokens[last - 1].end)
                found.append(
                    Telling(outlet, how, Witness(one.report.id, start, end), _speaker(one, number, start), number)
                )
    found += _credited(one, words)
    return _without_echoes(found)


def _credited(one: Annotated, words: Cues) -> list[Telling]:
    """What the reader found: the words of the credit tell how."""
    found = []
    for credit in one.report.credits:
        number = next((i for i, s in enumerate(one.sentences) if s.start <= credit.span.start < s.end), -1)
        said = one.report.text[credit.span.start : credit.span.end].casefold().split()
        how: How = "by way" if set(said) & words.by_way else "told"
        span = Witness(one.report.id, credit.span.start, credit.span.end)
        speaker = _speaker(one, number, credit.span.start) if number >= 0 else None
        found.append(Telling(usual_name(credit.name), how, span, speaker, number))
    return found


def _cue(words: Cues, tokens: Sequence[Token], place: int, token: Token) -> tuple[How | None, int]:
    """What the word at ``place`` says, and where the outlet's name would begin (negative: it would end there)."""
    if token.norm in words.tells:
        return "told", place + 1
    if token.norm in words.to:
        before = tokens[max(0, place - NEAR) : place]
        if any(t.norm in words.speech for t in before):
            return "told", place + 1
    if token.norm in words.by_way:
        return "by way", place + 1
    if place + 1 < len(tokens):
        two = f"{token.norm} {tokens[place + 1].norm}"
        if two in words.by_way:
            return "by way", place + 2
    return None, 0


def _outlet_at(
    one: Annotated, words: Cues, tokens: Sequence[Token], at: int, known: frozenset[str], *, by_shape: bool
) -> tuple[int, int, str] | None:
    """The outlet's name that begins at ``at`` after linking words: (first token, last token, usual name).

    ``by_shape``: capitals alone will do ("told KBX"); a report goes "according to" offices of all kinds.
    """
    while at < len(tokens) and tokens[at].norm in words.links:
        at += 1
    last = at
    while last < len(tokens) and last - at < LONGEST_NAME and _part_of_name(one.report.text, tokens[last], last - at):
        last += 1
    for end in range(last, at, -1):
        name = one.report.text[tokens[at].start : tokens[end - 1].end]
        if _is_outlet(name, known, by_shape) or _is_own(name, one.report):
            return at, end, usual_name(name)
    return None


def _part_of_name(text: str, token: Token, position: int) -> bool:
    word = text[token.start : token.end]
    return token.kind == "word" and (word[:1].isupper() or not word[:1].islower() or (position == 0 and word.islower()))


def _is_outlet(name: str, known: frozenset[str], by_shape: bool) -> bool:
    """Whether the words name an outlet: known to the world, to the pile, or by their shape."""
    if body_name(name) or agency_name(name) or name.casefold() in known:
        return True
    return (by_shape and _is_short_capitals(name)) or _looks_like_outlet(name)


def _is_short_capitals(name: str) -> bool:
    return 2 <= len(name) <= 6 and name.isascii() and name.isalpha() and name.isupper() and name not in OFFICES


def _is_own(name: str, report: Report) -> bool:
    """Whether the words are the end of the report's own outlet's name: "the Observer" in the Lorvik Observer."""
    own = (report.outlet or "").split()
    return bool(own) and own[-len(name.split()) :] == name.split()


def _looks_like_outlet(name: str) -> bool:
    parts = name.split()
    if any(part[:1].islower() for part in parts):
        return False
    folded = [part.casefold() for part in parts]
    return any(part.endswith(OUTLET_ENDINGS) and part not in OUTLET_WORDS for part in folded) or (
        len(parts) > 1 and any(part in OUTLET_WORDS for part in folded)
    )


def _own(one: Annotated, words: Cues, sentence: Sentence, number: int) -> list[Telling]:
    text = one.report.text[sentence.start : sentence.end].casefold()
    found = []
    for phrase in words.own:
        at = text.find(phrase)
        if at >= 0 and len(text) == sentence.end - sentence.start:
            start = sentence.start + at
            span = Witness(one.report.id, start, start + len(phrase))
            found.append(Telling("", "own", span, _speaker(one, number, start), number))
    return found[:1]


def _speaker(one: Annotated, sentence: int, at: int) -> str | None:
    """The person named nearest before ``at`` in the sentence, else nearest after, else last in the two sentences before
    ("he told AFP"), by the last word of the name, folded."""
    people = [name for name in one.names if name.kind == "person" and sentence - 2 <= name.sentence <= sentence]
    if not people:
        return None
    nearest = min(people, key=lambda name: (sentence - name.sentence, name.start > at, abs(name.start - at)))
    return last_word(nearest.text)


def last_word(name: str) -> str:
    """The last word of a name, in plain small letters of the Latin script: how it is known in every language."""
    return anyascii(name.split()[-1]).casefold()


def _without_echoes(found: list[Telling]) -> tuple[Telling, ...]:
    """Each stretch once; told before by way."""
    kept: list[Telling] = []
    for telling in sorted(found, key=lambda t: (t.span.start, t.how != "told", t.span.end)):
        if all(telling.span.start >= k.span.end or telling.span.end <= k.span.start for k in kept[-2:]):
            kept.append(telling)
    return tuple(kept)
