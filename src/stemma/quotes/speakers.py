"""Who speaks, beyond the noun phrase right before the verb: behind it, shared, impersonal, at the sentence's head."""

from __future__ import annotations

from stemma.quotes.found import Found
from stemma.quotes.phrases import Phrase, pronoun, right
from stemma.quotes.subjects import verb_group
from stemma.quotes.view import DASHES, PAUSES, Unit, View


def speaker_behind(v: View, i: int, last: int) -> Phrase | None:
    """The speaker behind the verb, over times and phrases with a preposition, where word order is free.

    Where nobody is named there but a place, the people of that place speak (Russian "сообщили в полиции").
    """
    words = v.lex.words
    housed: Phrase | None = None
    for _ in range(5):
        while (
            i < last
            and v.word(i)
            and (v.norms[i] in words["adverbs"] or v.norms[i] in words["times"] or _this_day(v, i, last))
        ):
            i += 1
        if i < last and v.norms[i] in words["prepositions"]:
            phrase = _to_name(v, right(v, i + 1, last))
            if phrase is None:
                return housed
            if (
                v.norms[i] in words["housed"]
                and housed is None
                and not any(v.norms[k] in words["times"] for k in range(*phrase))
            ):
                housed = phrase
            i = phrase.last
            continue
        phrase = right(v, i, last)
        if phrase is None or not any(v.norms[k] in words["times"] for k in range(phrase.first, phrase.last)):
            return phrase or housed
        i = phrase.last
    return housed


def _this_day(v: View, i: int, last: int) -> bool:
    """ "este martes": a determiner before a time."""
    return v.norms[i] in v.lex.words["determiners"] and i + 1 < last and v.norms[i + 1] in v.lex.words["times"]


def _to_name(v: View, phrase: Phrase | None) -> Phrase | None:
    """A phrase up to where a person's name begins inside it: "afirmou ao Fanal Carla Velho"."""
    if phrase is None:
        return None
    cut = next(
        (
            k
            for k in range(phrase.first + 1, phrase.last)
            if k in v.persons and v.norms[k - 1] not in v.lex.words["linking"]
        ),
        None,
    )
    return phrase if cut is None or not v.capital(cut - 1) else Phrase(phrase.first, cut)


def no_subject(v: View, phrase: Phrase, first: int, j: int) -> bool:
    """Verb-second languages: whether the phrase before the verb is in an oblique case or an adverb."""
    head = v.norms[phrase.first]
    oblique = head in v.lex.words["oblique"] or (
        v.lex.capital_nouns and head == "der" and phrase.last - phrase.first > 2 and _weak(v, phrase.first + 1)
    )
    return oblique or _adverb_like(v, phrase, first, j)


def _weak(v: View, i: int) -> bool:
    """A lower-case adjective in -en: behind "der" a dative or genitive ("der englischen Zeitung sagte Berg")."""
    return v.norms[i].endswith("en") and not v.capital(i) and v.word(i)


def _adverb_like(v: View, phrase: Phrase, first: int, j: int) -> bool:
    """Verb-second languages: one word before the verb at the sentence's head that is no known name is an adverb, if a
    phrase that can speak follows the verb ("Ähnlich äußerte sich der Präsident")."""
    if (
        phrase.last - phrase.first > 1
        or phrase.first != first
        or first in v.named
        or pronoun(v, first)
        or not v.lex.capital_nouns
        or not (v.norms[first].endswith(v.lex.manner) or v.norms[first] in v.lex.words["adverbs"])
    ):
        return False
    i = j + 1
    while i < len(v.tokens) and (v.norms[i] in v.lex.words["reflexives"] or v.norms[i] in v.lex.words["adverbs"]):
        i += 1
    return i < len(v.tokens) and (v.norms[i] in v.lex.words["determiners"] or pronoun(v, i) or i in v.named)


def impersonal_source(v: View, j: int, unit: Unit, phrase: Phrase | None) -> Phrase | None:
    """ "In dem Schreiben heißt es": what is said comes from the place named beside an impersonal verb."""
    if (
        phrase is None
        or v.norms[j] not in v.lex.words["impersonal"]
        or phrase.last - phrase.first > 1
        or not pronoun(v, phrase.first)
    ):
        return None
    for k in (*range(phrase.last, min(unit.last - 1, phrase.last + 2)), *range(unit.first, min(j, unit.first + 3))):
        if v.norms[k] in v.lex.words["prepositions"] and not v.barrier(k):
            return right(v, k + 1, unit.last if k > j else j)
    return None


def is_joined(v: View, j: int, done: int) -> bool:
    """Whether the verb shares its subject with a verb before it: "and said", ", saying"."""
    g = verb_group(v, j, done)
    before = v.norms[g - 1] if g > 0 else ""
    return v.norms[j] in v.lex.words["participles"] or before in v.lex.words["conjunctions"]


def free_phrase(v: View, first: int, last: int) -> Phrase | None:
    """The first phrase in the tokens that no preposition governs and that can be a speaker."""
    words, i = v.lex.words, first
    if (
        i < last
        and v.lex.openers
        and i not in v.named
        and v.norms[i].endswith(v.lex.openers)
        and v.norms[i] not in words["determiners"]
    ):
        i = next((k + 1 for k in range(i, min(last, i + 40)) if v.norms[k] in PAUSES and v.mark_of[k] < 0), i)
    while i < last:
        if v.norms[i] in words["prepositions"] and not (
            i == first and v.capital(i) and i + 1 < last and v.capital(i + 1) and v.lex.capital_nouns
        ):
            governed = right(v, i + 1, last)
            i = governed.last if governed else i + 1
            continue
        phrase = right(v, i, last)
        if phrase is not None and (speaks(v, phrase) or (pronoun(v, phrase.first) and phrase.last - phrase.first == 1)):
            return phrase
        i = phrase.last if phrase else i + 1
    return None


def speaks(v: View, phrase: Phrase) -> bool:
    """Whether a phrase can be a speaker: a name, or a head noun that speaks."""
    first = phrase.first
    if (
        phrase.last - first == 1
        and (v.lex.v2 or v.lex.drops)
        and first not in v.named
        and (first == 0 or not v.word(first - 1))
    ):
        return v.norms[first] in v.lex.words["heads"]  # the capital of a sentence's first word says nothing
    return any(v.capital(i) or v.norms[i] in v.lex.words["heads"] for i in range(*phrase))


def phrase_behind(v: View, i: int, last: int) -> Phrase | None:
    """The subject behind the verb, over reflexives and short adverbs."""
    words = v.lex.words
    while i < last and v.word(i) and (v.norms[i] in words["adverbs"] or v.norms[i] in words["reflexives"]):
        i += 1
    return right(v, i, last)


def shared_with(v: View, j: int, found: list[Found]) -> Found | None:
    """The attribution before in the same sentence, whose subject a second verb shares (X said A and added B)."""
    named = [one for one in found if one.subject is not None]
    if not named:
        return None
    return named[0] if v.norms[j] in v.lex.words["participles"] else named[-1]


def is_determined(v: View, i: int) -> bool:
    """Whether a new noun phrase begins at token i: what stands before it is the verb (volgens het instituut bereikt de storm)."""
    words = v.lex.words
    return (
        i < len(v.tokens)
        and (v.norms[i] in words["determiners"] or pronoun(v, i))
        and v.norms[i] not in words["linking"]
    )


def is_dash(v: View, i: int) -> bool:
    """A dash between words; a hyphen only where blanks stand round it."""
    return v.norms[i] in DASHES or (v.norms[i] == "-" and i > 0 and v.tokens[i].start > v.tokens[i - 1].end)


def closed_before(v: View, i: int, done: int) -> bool:
    """Whether a closing mark stands before token i, with at most a comma and a dash between."""
    for k in range(i - 1, max(done, i - 4) - 1, -1):
        if v.barrier(k):
            return True
        if v.norms[k] not in PAUSES and not is_dash(v, k) and v.norms[k] not in ".-":
            return False
    return False


def over_manner(v: View, g: int, done: int) -> int:
    """Step back over a short phrase of manner between the closing mark and its verb: "...", - with a bow said X."""
    words = v.lex.words
    for k in range(g - 1, max(done, g - 5) - 1, -1):
        if v.barrier(k) or not v.word(k):
            return (
                k + 1 if k + 1 < g and v.norms[k + 1] in words["prepositions"] and closed_before(v, k + 1, done) else g
            )
    return g
