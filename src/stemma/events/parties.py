"""Parties: the words of a sentence that stand for a state, an organisation of states or a group, with PLOVER's codes."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TypeVar

from stemma.aliases import Alias, find_forms
from stemma.language.gazetteer import gazetteer
from stemma.records import Anchor, Annotated, Name, Sentence
from stemma.spans import START, overlap

Placed = TypeVar("Placed", Name, Anchor, "PartyMention")
DATA = files("stemma.events") / "data"
# Who leans to a state or against it is not that state; the prefixes are international.
LEANING = ("pro-", "anti-", "filo-")


class PartyMention(NamedTuple):
    """Code points [start, end) that name a party. ``code`` is None for a group whose state the words do not name."""

    start: int
    end: int
    code: str | None
    name: str


class Known(NamedTuple):
    """What the whole report tells of its parties: the states of people by family name, and the parties by the user's aliases."""

    people: Mapping[str, str]
    called: Sequence[PartyMention]


@cache
def alpha3() -> dict[str, str]:
    """ISO 3166-1 alpha-2 to the codes that PLOVER prints."""
    lines = (DATA / "alpha3.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


@cache
def organisations() -> dict[tuple[str, ...], str]:
    """Words of a name, as they are written -> code."""
    data = tomllib.loads((DATA / "organisations.toml").read_text(encoding="utf-8"))
    return {tuple(name.split()): code for code, names in sorted(data.items()) for name in names}


@cache
def _first_words() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First word of a name -> (name, code), longest first."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, code in organisations().items():
        by_first.setdefault(name[0], []).append((name, code))
    return {first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in by_first.items()}


def countries_of_people(report: Annotated) -> dict[str, str]:
    """Family name -> code, from titles that name a state anywhere in the report ("Chilean minister Ana Rojas")."""
    found: dict[str, str] = {}
    for name in report.names:
        if name.kind == "person" and name.title is not None:
            inside = _states(report, name.title.start, name.title.end)
            if inside:
                for word in name.text.split():
                    found.setdefault(word, inside[0].code or "")
    return found


def mentions(
    report: Annotated,
    sentence: Sentence,
    people: Mapping[str, str],
    groups: frozenset[str],
    called: Sequence[PartyMention] = (),
) -> list[PartyMention]:
    """The parties of one sentence in the order of the text; a group with no state beside it has no code. ``called`` are the
    report's parties by the user's aliases, in text order."""
    found = _organisations(report, sentence) + _states(report, sentence.start, sentence.end)
    found += _inside(called, sentence.start, sentence.end)
    names = _inside(report.names, sentence.start, sentence.end)
    for name in names:
        if name.kind not in ("person", "other"):
            continue
        code = next((people[word] for word in reversed(name.text.split()) if word in people), None)
        adjective = None if code else _adjective(report, name)
        if adjective:
            found.append(adjective)
        elif code or name.kind == "person":
            found.append(PartyMention(name.start, name.end, code, report.report.text[name.start : name.end]))
    titles = [name.title for name in names if name.title]
    for token in report.tokens[sentence.first_token : sentence.last_token]:
        # "President Ana Rojas": the title is hers, not a president whose state is not said
        if token.norm in groups and not any(overlap((token.start, token.end), title) for title in titles):
            found.append(PartyMention(token.start, token.end, None, report.report.text[token.start : token.end]))
    return _apart(found)


def parties_by_alias(report: Annotated, aliases: Sequence[Alias]) -> list[PartyMention]:
    """Where the report writes an alias that acts for a state, with the state's code, in text order."""
    codes = alpha3()
    acting = [alias for alias in aliases if alias.code in codes]
    return [
        PartyMention(*span, codes[alias.code or ""], report.report.text[span.start : span.end])
        for span, alias in (find_forms(report, acting) if acting else ())
    ]


def _adjective(report: Annotated, name: Name) -> PartyMention | None:
    """ "Young Chileans", "Forty Syrian [refugees]": a word of a state that was read as part of a name."""
    if name.title is not None:
        return None
    known = gazetteer(report.report.language)
    word = name.text.split()[-1]
    stems = (word.casefold()[: len(word) - n] for n in range(min(known.longest_ending, len(word) - 3) + 1))
    place = next((known.stems[stem] for stem in stems if stem in known.stems), None)
    if place is None or place.code not in alpha3():
        return None
    start = report.report.text.rfind(word, name.start, name.end)
    return PartyMention(start, start + len(word), alpha3()[place.code], word) if start >= 0 else None


def _inside(items: Sequence[Placed], start: int, end: int) -> Sequence[Placed]:
    """Those that begin in [start, end); the items stand in the order of the text."""
    first = bisect_left(items, start, key=START)
    last = bisect_left(items, end, lo=first, key=START)
    return items[first:last]


def _states(report: Annotated, start: int, end: int) -> list[PartyMention]:
    codes = alpha3()
    text = report.report.text
    names = _inside(report.names, start, end)
    firms = {n.end + 1 for n in names if n.kind == "other"}  # where a name goes on: "Air Kenya" is not Kenya
    named = [(n.start, n.end, n.code) for n in names if n.code and n.kind != "person"]
    named += [(a.start, a.end, a.key[2:]) for a in _inside(report.anchors, start, end) if a.key.startswith("T:")]
    return [
        PartyMention(s, e, codes[c], text[s:e])
        for s, e, c in sorted(set(named))
        if c in codes and s not in firms and not text[max(0, s - 5) : s].casefold().endswith(LEANING)
    ]


def _organisations(report: Annotated, sentence: Sentence) -> list[PartyMention]:
    text, tokens = report.report.text, report.tokens
    found = []
    for at in range(sentence.first_token, sentence.last_token):
        for name, code in _first_words().get(text[tokens[at].start : tokens[at].end], ()):
            last = at + len(name) - 1
            if last < sentence.last_token and text[tokens[at].start : tokens[last].end].split() == list(name):
                found.append(PartyMention(tokens[at].start, tokens[last].end, code, " ".join(name)))
                break
    return found


def _apart(found: Sequence[PartyMention]) -> list[PartyMention]:
    """Coded mentions win over those without a code, longer ones over shorter ones."""
    kept: list[PartyMention] = []
    for one in sorted(found, key=lambda m: (m.code is None, m.start - m.end, m.start)):
        if not any(overlap((one.start, one.end), (other.start, other.end)) for other in kept):
            kept.append(one)
    return sorted(kept)
