"""Nouns that hold speech: "Lee's claim that A", "her accusation during the debate that A", "Lees Vorwurf, A"."""

from __future__ import annotations

from stemma.quotes.complements import adverbial
from stemma.quotes.ends import LEAST_WORDS, content_end
from stemma.quotes.found import Found
from stemma.quotes.phrases import Phrase, past_form, right
from stemma.quotes.view import PAUSES, Unit, View

# Between owner and noun stand at most this many words ("Lee's widely repeated claim").
NEAR = 3
# Between noun and complementiser stand at most this many phrases with a preposition ("her claim during the debate on Monday that").
PHRASES = 2
# Text without full stops holds no more than this many such nouns, each with a governing verb this near.
MOST, REACH = 30, 60


def noun_cues(v: View, number: int, found: list[Found]) -> list[Found]:
    """The attributions of a unit whose cue is a noun with an owner, outside what other findings hold."""
    unit = v.units[number]
    new: list[Found] = []
    for j in range(unit.first + 1, unit.last - LEAST_WORDS):
        if v.norms[j] not in v.lex.nouns or v.mark_of[j] >= 0 or _held(j, [*found, *new]):
            continue
        if len(new) >= MOST:
            break
        owner, start = _owner(v, j, unit), _clause(v, j + 1, unit)
        if owner is None or start is None or not _governed(v, owner.first, unit):
            continue
        end = content_end(v, start, unit, "c")
        if sum(v.word(k) for k in range(start, end)) > LEAST_WORDS:
            pronoun = owner.last - owner.first == 1 and v.norms[owner.first] in v.lex.words["possessives"]
            new.append(
                Found(number, "noun", [(start, end)], (j, j + 1), owner, "pronoun" if pronoun else "owner", None, "c")
            )
    return new


def _held(j: int, found: list[Found]) -> bool:
    return any(a <= j < b for one in found for a, b in one.content) or any(one.cue and one.cue[0] == j for one in found)


def _owner(v: View, j: int, unit: Unit) -> Phrase | None:
    """Whose words the noun at token j holds: a possessive or a genitive before it, with a few words between."""
    for k in range(j - 1, max(unit.first, j - 1 - NEAR) - 1, -1):
        if v.norms[k] in v.lex.words["possessives"]:
            return Phrase(k, k + 1)
        if v.norms[k].endswith(("'s", "s'")) and v.word(k):
            return _genitive(v, k, unit)
        if not v.word(k) or v.norms[k] in v.lex.words["determiners"]:
            return None
    return None


def _genitive(v: View, k: int, unit: Unit) -> Phrase | None:
    """The noun phrase that ends with the genitive at token k."""
    words, s = v.lex.words, k
    while (
        s > unit.first
        and v.word(s - 1)
        and not v.barrier(s - 1)
        and (v.capital(s - 1) or v.norms[s - 1] in words["heads"])
    ):
        s -= 1
    if s > unit.first and v.norms[s - 1] in words["determiners"]:
        s -= 1
    return Phrase(s, k + 1) if any(v.capital(i) or v.norms[i] in words["heads"] for i in range(s, k + 1)) else None


def _clause(v: View, i: int, unit: Unit) -> int | None:
    """Where the clause begins that the noun before token i holds: at its complementiser, over phrases with a preposition."""
    words = v.lex.words
    for _ in range(PHRASES + 1):
        if i >= unit.last or v.barrier(i):
            return None
        if v.norms[i] in words["complementisers"]:
            return i
        if v.norms[i] in PAUSES and i + 1 < unit.last and v.norms[i + 1] in words["complementisers"]:
            return i + 1
        if v.norms[i] in words["prepositions"] or v.norms[i] in words["times"]:
            phrase = adverbial(v, i, unit.last)
            if phrase is None:
                return None
            i = phrase.last
            continue
        return None
    return None


def _governed(v: View, first: int, unit: Unit) -> bool:
    """Whether a verb or preposition governs the phrase: as the sentence's subject nothing would show where its clause ends."""
    words = v.lex.words
    for i in range(max(unit.first, first - REACH), first):
        if v.mark_of[i] < 0 and (v.norms[i] in words["auxiliaries"] or past_form(v, i) or i in v.cues):
            return True
    return v.norms[first - 1] in words["prepositions"] and right(v, unit.first, first) is not None
