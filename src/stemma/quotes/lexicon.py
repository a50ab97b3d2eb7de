"""A language's knowledge of reported speech, compiled from its ``quotes`` table.

The table names the *frames* a verb can stand in by putting it into a class; what a class allows is said once, here, for
all languages. Each entry of a class is a lemma's forms separated by spaces; ``teilte teilten | mit`` is a verb with a
separated particle.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec import Struct

from stemma.language.lexicon import table

# What may follow (or precede) a cue of a class:
#   d  direct speech before or after it            c  a clause with a complementiser
#   b  a bare clause                               w  a question clause (whether, how, what ...)
#   p  it may stand behind or inside its clause    o  an addressee stands between cue and content
#   n  a noun phrase                               i  an infinitive
#   a  a noun phrase with an infinitive            k  a noun phrase with a predicate (called X a Y)
#   s  a noun phrase seen as something (described X as Y, referred to X as Y)
FRAMES = {
    "speak": "d",
    "say": "dcbwp",
    "tell": "dcbwpo",
    "state": "dcbwpn",
    "think": "cbwp",
    "urge": "dcapw",
    "vow": "dcbip",
    "want": "ia",
    "call": "dk",
    "frame": "s",
    "hold": "c",
    "blame": "dn",
    "back": "n",
    "show": "cbwnp",
}

WORDS = (
    "complementisers",
    "questions",
    "pronouns",
    "objects",
    "determiners",
    "prepositions",
    "linking",
    "places",
    "auxiliaries",
    "adverbs",
    "conjunctions",
    "subordinators",
    "relatives",
    "times",
    "infinitive",
    "addressing",
    "interviews",
    "with",
    "heads",
    "wie",
    "so",
    "mood",
    "participles",
    "stops",
    "verbs_after",
    "crowd",
    "evidential",
    "reflexives",
    "nounlike",
    "closers",
    "possessives",
    "points",
    "socalled",
    "impersonal",
    "hedges",
    "about",
    "passives",
    "mute",
    "genitives",
    "clausal",
    "talks",
    "pasts",
    "texts",
    "upon",
    "seen_as",
    "quoting",
    "oblique",
    "indefinite",
    "origin",
    "findings",
    "citing",
    "unowned",
    "unreal",
    "housed",
    "binders",
    "onward",
    "origins",
    "taking",
    "tolls",
    "evidence",
    "things",
    "homographs",
    "whatever",
    "fronting",
    "anonymous",
    "denials",
    "collectives",
)


class Cue(Struct, frozen=True):
    """One form of a verb of saying: its class, the frames it allows, the particle that must follow it ("" for none)."""

    kind: str
    frames: str
    particles: tuple[str, ...] = ()


class Lexicon(Struct, frozen=True):
    """The words of reported speech in one language; every word is case-folded, ’ written as '."""

    cues: dict[str, Cue]
    nouns: frozenset[str]
    according: dict[str, tuple[tuple[str, ...], ...]]
    behind: tuple[tuple[str, ...], ...]
    around: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    words: dict[str, frozenset[str]]
    v2: bool
    unmarked: bool
    apart: frozenset[str]
    dashes: bool
    capital_nouns: bool
    drops: bool
    tight: bool
    inside: bool
    definite: tuple[str, ...]
    openers: tuple[str, ...]
    gerunds: tuple[str, ...]
    gender: dict[str, str]
    mood_after: frozenset[str]
    triggers: frozenset[str]
    clause_ends: tuple[str, ...]
    manner: tuple[str, ...]
    bare: bool
    negated: frozenset[str]

    def has(self, group: str, word: str) -> bool:
        """Whether the word belongs to the group."""
        return word in self.words[group]


def fold(word: str) -> str:
    """The form under which words are looked up."""
    return word.replace("’", "'")


@cache
def lexicon(language: str | None) -> Lexicon:
    """The compiled table of the language; an empty one, with marks only, where it has none."""
    data = table(language, "quotes")
    negated = table(language, "dates").get("tense", {}).get("negated", ())  # "not", "never": one list for both stages
    according, behind = _phrases(data.get("according", [])), _phrases(data.get("behind", []))
    around = tuple((tuple(a.split()), tuple(b.split())) for a, b in (p.split(" … ") for p in data.get("around", [])))
    return Lexicon(
        cues=_cues(data.get("verbs", {})),
        nouns=frozenset(_words(data.get("nouns", []))),
        according=_by_first(according),
        behind=behind,
        around=around,
        triggers=frozenset([*(p[0] for p in according), *(p[-1] for p in behind), *(a[0] for a, _ in around)]),
        words={group: frozenset(_words(data.get(group, []))) for group in WORDS},
        v2=bool(data.get("v2", False)),
        unmarked=bool(data.get("unmarked", False)),
        apart=frozenset(data.get("apart", [])),
        dashes=bool(data.get("dashes", True)),
        capital_nouns=bool(data.get("capital_nouns", False)),
        drops=bool(data.get("drops", False)),
        tight=bool(data.get("tight", False)),
        inside=bool(data.get("inside", False)),
        definite=tuple(data.get("definite", ())),
        openers=tuple(data.get("openers", ())),
        gerunds=tuple(data.get("gerunds", ())),
        bare=bool(data.get("bare", True)),
        negated=frozenset(fold(word.casefold()) for word in negated),
        manner=tuple(data.get("manner", ())),
        clause_ends=tuple(data.get("clause_ends", ())),
        mood_after=frozenset(data.get("mood_after", [])),
        gender={word: gender for gender, words in data.get("gender", {}).items() for word in _words(words)},
    )


def _words(entries: list[str]) -> list[str]:
    return [fold(word.casefold()) for entry in entries for word in entry.split()]


def _phrases(entries: list[str]) -> tuple[tuple[str, ...], ...]:
    """Longest first, so that a longer phrase is never hidden by its beginning."""
    return tuple(sorted((tuple(fold(e.casefold()).split()) for e in entries), key=lambda p: (-len(p), p)))


def _by_first(phrases: tuple[tuple[str, ...], ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases:
        found[phrase[0]] = (*found.get(phrase[0], ()), phrase)
    return found


def _cues(classes: dict[str, Any]) -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    for kind in FRAMES:
        for entry in classes.get(kind, []):
            forms, _, particle = entry.partition("|")
            for form in _words([forms]):
                _add(found, form, kind, fold(particle.strip().casefold()))
    return found


def _add(found: dict[str, Cue], form: str, kind: str, particle: str) -> None:
    """A form in several classes has all their frames; a plain entry beats one that needs a particle."""
    old = found.get(form)
    if old is None:
        found[form] = Cue(kind, FRAMES[kind], (particle,) if particle else ())
    elif particle and old.particles:
        found[form] = Cue(old.kind, _union(old.frames, FRAMES[kind]), (*old.particles, particle))
    elif not particle and old.particles:
        found[form] = Cue(kind, FRAMES[kind])
    elif not particle:
        found[form] = Cue(old.kind, _union(old.frames, FRAMES[kind]))


def _union(a: str, b: str) -> str:
    return a + "".join(f for f in b if f not in a)
