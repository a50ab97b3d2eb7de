"""Which verbs of a sentence stand as cues, and the phrases that name a source."""

from __future__ import annotations

from bisect import bisect_left

from stemma.quotes.lexicon import Cue
from stemma.quotes.view import PAUSES, Unit, View

# A separated particle stands at its clause's end: within this many tokens.
PARTICLE_REACH = 18
# A sentence with more verbs of saying is none; this bounds the work on text without full stops.
MOST_CUES = 30


def standing(v: View, unit: Unit) -> list[int]:
    """The verbs of saying of a unit that stand outside marks."""
    found: list[int] = []
    headline: bool | None = None
    first = bisect_left(v.cued, unit.first)
    for j in v.cued[first : bisect_left(v.cued, unit.last, first)]:
        if v.barrier(j):
            continue
        if headline is None:
            headline = _headline(v, unit)
        if _stands(v, j, v.cues[j], unit, headline):
            found.append(j)
            if len(found) >= MOST_CUES:
                break
    return found


def _stands(v: View, j: int, cue: Cue, unit: Unit, headline: bool) -> bool:
    """Whether the form is used as a cue: its separated particle follows; it is no noun."""
    if cue.particles and _particle(v, j, cue, unit) is None:
        return False
    if v.capital(j) and j > unit.first and (v.lex.capital_nouns or not headline):
        return False
    return not is_noun(v, j, cue, unit)


def is_noun(v: View, j: int, cue: Cue, unit: Unit) -> bool:
    """Whether a form stands as a noun: behind a determiner, genitive, preposition, or (where it can be one) an adjective."""
    words = v.lex.words
    if j == unit.first:
        return v.norms[j] in words["nounlike"]
    before = v.norms[j - 1]
    if before in words["determiners"] and not (before in words["pronouns"] or before in words["relatives"]):
        return True
    if before in words["possessives"] or (before.endswith(("'s", "s'")) and v.norms[j] in words["nounlike"]):
        return True
    if v.norms[j] in words["nounlike"]:
        if before in words["pronouns"] or before in words["adverbs"] or before in words["relatives"]:
            return False
        if before in words["prepositions"] or (v.mark_of[j - 1] < 0 and before in words["linking"]):
            return True
        return not (v.capital(j - 1) or _takes_object(v, j, unit))
    return (
        before in words["prepositions"] and before not in words["infinitive"] and v.norms[j] not in words["participles"]
    )


def _takes_object(v: View, j: int, unit: Unit) -> bool:
    """Whether a pronoun, a determiner, a clause or words in marks follow: "the paper calls it", "the daughter claims that"."""
    if j + 1 >= unit.last or (v.mark_of[j - 1] < 0 and not v.word(j - 1) and v.norms[j - 1] not in PAUSES):
        return False
    words, after = v.lex.words, v.norms[j + 1]
    if v.norms[j - 1] in PAUSES and v.capital(j + 1):
        return True
    if after in words["complementisers"]:
        return v.word(j - 1)
    return any(
        after in words[g] and after not in words["adverbs"] for g in ("pronouns", "objects", "possessives", "questions")
    )


def _headline(v: View, unit: Unit) -> bool:
    """Whether most words of the unit are written with a capital."""
    words = [i for i in range(unit.first, unit.last) if v.word(i)]
    return sum(v.capital(i) for i in words) > 0.6 * len(words)


def _particle(v: View, j: int, cue: Cue, unit: Unit) -> int | None:
    for k in range(j + 1, min(unit.last, j + PARTICLE_REACH)):
        if v.norms[k] in cue.particles and (
            k + 1 >= unit.last or not v.word(k + 1) or v.norms[k + 1] in v.lex.words["complementisers"]
        ):
            return k
    return None


def source_at(v: View, i: int, last: int) -> int:
    """The length of an according-to phrase that begins at token i, 0 for none. ``*angaben`` stands for any word so ending."""
    for phrase in v.lex.according.get(v.norms[i], ()):
        if i + len(phrase) < last and all(
            v.norms[i + k] == word or (word[0] == "*" and v.norms[i + k].endswith(word[1:]))
            for k, word in enumerate(phrase)
        ):
            return len(phrase)
    return 0
