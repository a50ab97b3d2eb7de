"""Clause templates: SOURCE cue (that) CLAUSE; CLAUSE, SOURCE cue; CLAUSE, cue SOURCE, CLAUSE; according to SOURCE, CLAUSE."""

from __future__ import annotations

from stemma.quotes.complements import address, complement
from stemma.quotes.cues import standing
from stemma.quotes.ends import LEAST_WORDS, bound, content_end, trim_end
from stemma.quotes.found import Found
from stemma.quotes.inquits import inquit_after, so_source
from stemma.quotes.lexicon import Cue
from stemma.quotes.phrases import Phrase, pronoun, right
from stemma.quotes.sources import sources
from stemma.quotes.speakers import (
    free_phrase,
    impersonal_source,
    is_joined,
    no_subject,
    phrase_behind,
    shared_with,
    speaker_behind,
)
from stemma.quotes.subjects import Subject, left, main_subject, verb_group
from stemma.quotes.view import PAUSES, Unit, View


def clauses(v: View, number: int) -> list[Found]:
    """All attributions of one unit that have a cue in it, in the order of the text."""
    unit = v.units[number]
    cues = standing(v, unit)
    if not cues and not v.lex.according and not v.lex.behind:
        return []
    behind: list[Found] = []
    done = unit.first
    for j in cues:
        one = inquit_after(v, number, j, v.cues[j], done) if not any(_within(f, j) for f in behind) else None
        if one is not None:
            behind.append(one)
            done = max(one.content[-1][1], j + 1)
    if not any(f.frame == "d" for f in behind):
        first = sources(v, number) or so_source(v, number, behind) or _pointed(v, number, cues)
        if first:
            return first if first[0].place != "source" else _layers(v, number, cues, first[0])
    return _before(v, number, cues, behind)


def _layers(v: View, number: int, cues: list[int], outer: Found) -> list[Found]:
    """The source with what it passes on; "selon lui, il a ajouté que A" is one layer only."""
    inner = _nested(v, number, cues, outer)
    subject = outer.subject
    own = subject is not None and subject.last - subject.first == 1 and v.norms[subject.first] in v.lex.words["objects"]
    return inner if inner and own else [outer, *inner]


def _nested(v: View, number: int, cues: list[int], outer: Found) -> list[Found]:
    """ "Laut BBC sagte der Minister, dass ...": what the source passes on has a speaker of its own."""
    inner = [j for j in cues if _within(outer, j) and v.cues[j].kind in ("say", "tell", "state")]
    return [f for f in _before(v, number, inner[:2], []) if f.frame in "cd" and f.subject is not None]


def _pointed(v: View, number: int, cues: list[int]) -> list[Found]:
    """ "Das berichtet X." "Det skriver X." "Об этом сообщил X.": a pronoun that stands for the sentence before."""
    unit = v.units[number]
    at = unit.first + (v.norms[unit.first] in v.lex.words["prepositions"] and unit.first + 1 < unit.last)
    if len(cues) != 1 or number == 0 or v.norms[at] not in v.lex.words["points"] or cues[0] != at + 1:
        return []
    phrase = right(v, cues[0] + 1, unit.last)
    before = v.units[number - 1]
    if phrase is None or unit.last - phrase.last > 12 or before.line < unit.line - 1:
        return []
    how = "pronoun" if pronoun(v, phrase.first) else "behind"
    content = [(before.first, trim_end(v, before.first, before.last))]
    return [
        Found(number, "pointed", content, (cues[0], cues[0] + 1), phrase, how, address(v, phrase.last, unit.last), "c")
    ]


def _before(v: View, number: int, cues: list[int], behind: list[Found]) -> list[Found]:
    """The attributions whose cue stands before its content, beside those found with the cue behind it."""
    unit = v.units[number]
    found = list(behind)
    for j in cues:
        if any(_within(f, j) or (f.cue and f.cue[0] == j) for f in found):
            continue
        earlier = [f for f in found if f.cue and f.cue[0] < j]
        done = max(
            (max(f.content[-1][1], f.cue[1]) for f in earlier if f.cue and f.content[-1][1] <= j), default=unit.first
        )
        one = _pre(v, number, j, v.cues[j], done, earlier)
        if one is not None:
            found.append(one)
    return sorted(found, key=lambda f: f.cue or (0, 0))


def _resumed(v: View, j: int, done: int, unit: Unit, found: list[Found]) -> Subject | None:
    """ "X, who says A, tweeted that B": behind a relative clause its antecedent's verb goes on."""
    g = verb_group(v, j, done)
    if not found or found[-1].how != "relative" or v.norms[g - 1] not in PAUSES or found[-1].subject is None:
        return None
    return main_subject(v, found[-1].subject.first, unit.first, "apposition")


def _within(f: Found, j: int) -> bool:
    return any(a <= j < b for a, b in f.content)


def _pre(v: View, number: int, j: int, cue: Cue, done: int, found: list[Found]) -> Found | None:
    """SOURCE cue (that) CLAUSE, SOURCE cue: "...", and on the right side SOURCE where the verb stands second."""
    unit = v.units[number]
    subject = left(v, j, done) or _resumed(v, j, done, unit, found)
    i = j + 1
    behind: Phrase | None = None
    joined = (subject is not None and subject.how == "shared") or is_joined(v, j, done)
    shared = shared_with(v, j, found) if joined else None
    if joined and shared is None and (subject is None or v.lex.v2):
        phrase = free_phrase(v, unit.first, j)
        subject = Subject(phrase, unit.first, "shared") if phrase else None
    if v.lex.v2 and not joined and i < unit.last and pronoun(v, i) and (subject is None or subject.how != "pronoun"):
        subject = None
    if v.lex.v2 and not joined and subject is not None and no_subject(v, subject.phrase, unit.first, j):
        subject = None
    if v.norms[j] in v.lex.words["quoting"] and (whom := right(v, j + 1, unit.last)) is not None:
        subject, i = Subject(whom, j, "behind"), whom.last
    if subject is None and shared is None:
        behind = speaker_behind(v, i, unit.last) if v.lex.drops else phrase_behind(v, i, unit.last)
        i = behind.last if behind else i
    what = complement(v, i, unit, cue)
    if what is None or what.frame == "more":
        return None
    end = content_end(v, what.start, unit, what.frame, bound(v, j, subject, unit))
    words = sum(v.tokens[k].kind != "mark" for k in range(what.start, end))
    if words == 0 or (words < LEAST_WORDS and what.frame not in "dk"):
        return None
    impersonal = impersonal_source(v, j, unit, behind or (subject.phrase if subject else None))
    if impersonal is not None:
        behind, subject = impersonal, None
    phrase, how = (behind, "behind") if behind else (subject.phrase, subject.how) if subject else (None, "")
    if shared is not None and not behind:
        phrase, how = shared.subject, "shared"
    dropped = v.lex.drops and v.norms[unit.first] in v.lex.words["wie"]
    if phrase is None and what.frame not in "dc" and not shared and not dropped:
        return None
    return Found(number, "pre", [(what.start, end)], (j, j + 1), phrase, how, what.addressee, what.frame)
