"""What a sentence's verbs say of a date in it: past or future, and the status of what it dates."""

from __future__ import annotations

from stemma.language.dates.lexer import Atom
from stemma.language.dates.words import Words
from stemma.records import Status

# Words on each side that may carry the verb of the clause: the lead of a news report names its people between verb and day.
REACH = 24
CLAUSE = 4  # a comma or bracket between counts as so many words: the verb of the own clause comes first


def cues(atoms: list[Atom], first: int, last: int, low: int, high: int, known: Words) -> list[tuple[int, str]]:
    """(distance in words, tense) of the tense cues round the date ``first:last`` inside the sentence ``low:high``, nearest first."""
    found = []
    for at in range(max(low, first - REACH), min(high, last + REACH)):
        if first <= at < last:
            continue
        tense = _tense(atoms[at], known)
        if tense == "past" and any(atom.word in known.auxiliaries for atom in atoms[max(low, at - 2) : at]):
            continue  # "will have", "should be completed": the auxiliary decides
        if tense == "negated" and any(atom.word in known.openers for atom in atoms[min(at, last) : max(at, first)]):
            continue  # "after the fire on Monday, although trains were not running": another clause's negation
        if tense:
            distance = first - at if at < first else at - last + 1
            clauses = sum(1 for between in atoms[min(at, last) : max(at, first)] if between.kind in ",-()")
            found.append((distance + CLAUSE * clauses, at > first, tense))
    # of two verbs equally near, the one before the date is its own: "agreed on Tuesday to set up"
    return [(distance, tense) for distance, _, tense in sorted(found)]


def _tense(atom: Atom, known: Words) -> str:
    if atom.kind == "x":
        return known.tenses[atom.word]
    return "" if atom.kind in ",.|nYN" else known.tense.get(atom.word, "")


def direction(found: list[tuple[int, str]]) -> str:
    """The direction in which a date without a year, or a weekday, is to be looked for."""
    for _, tense in found:
        if tense in ("past", "future"):
            return tense
        if tense == "hypothetical":
            return "near"
    return "near"


def status(found: list[tuple[int, str]]) -> Status:
    """The status of what is dated, by the nearest cues."""
    tenses = [tense for distance, tense in found if distance <= REACH]
    if "negated" in tenses[:2]:
        return "negated"
    for tense in tenses:
        if tense == "hypothetical":
            return "hypothetical"
        if tense == "future":
            return "future"
        if tense == "past":
            return "historical"
    return "historical"
