"""The subject of a verb of saying: before it, across its verb group, from the main clause, from who issued a text."""

from __future__ import annotations

from typing import NamedTuple

from stemma.quotes.phrases import LONGEST, Phrase, finite, past_form, pronoun, right
from stemma.quotes.view import PAUSES, STRONG, View


class Subject(NamedTuple):
    """Who speaks, as tokens; ``group`` is where the subject and its verb group begin; ``how`` says how it was found."""

    phrase: Phrase
    group: int
    how: str


def left(v: View, j: int, first: int) -> Subject | None:
    """The subject before the verb at token j, looking back no further than token ``first``."""
    words = v.lex.words
    if v.lex.v2:
        framed = _framed(v, j, first)
        if framed is not None:
            return framed
    g = verb_group(v, j, first)
    if g <= first or v.barrier(g - 1):
        return None
    norm = v.norms[g - 1]
    if relative(v, g - 1) and g - 2 >= first and v.norms[g - 2] in words["texts"]:
        return issuer(v, g - 1, first) or _adjacent(v, g - 1, first)
    if pronoun(v, g - 1) or relative(v, g - 1):
        how = "relative" if relative(v, g - 1) else "pronoun"
        return Subject(Phrase(g - 1, g), g - 1, how)
    if norm in words["conjunctions"] or (norm in PAUSES and _participle(v, j)):
        return main_subject(v, g - 1, first, "shared")
    if norm in PAUSES and v.lex.v2 and _adverbial_first(v, g - 1, first):
        return None
    if norm in PAUSES:
        return main_subject(v, g - 1, first, "apposition")
    if v.tokens[g - 1].kind == "mark" and norm not in ")'." and v.mark_of[g - 1] < 0:
        return None
    if _participle(v, j) and norm in words["seen_as"] and (whom := _quoted(v, g - 1, first)) is not None:
        return Subject(whom, whom.first, "adjacent")
    if _participle(v, j) and (norm in words["prepositions"] or norm in words["subordinators"]):
        return main_subject(v, g - 1, first, "shared")
    if (_participle(v, j) or v.norms[j] in words["infinitive"]) and norm in words["texts"]:
        return issuer(v, g, first) or _adjacent(v, g, first)
    return _adjacent(v, g, first)


def _quoted(v: View, end: int, first: int) -> Phrase | None:
    """ "The paper quoted Lee as saying": the phrase between the verb and token ``end``."""
    for k in range(end - 1, max(first, end - LONGEST) - 1, -1):
        if v.norms[k] in v.lex.words["quoting"] and v.mark_of[k] < 0:
            phrase = right(v, k + 1, end)
            return phrase if phrase is not None and v.norms[k - 1] not in v.lex.words["passives"] else None
    return None


def issuer(v: View, end: int, first: int) -> Subject | None:
    """ "The council issued a statement calling ...", "in a letter that says": who sent the text out, where the clause names it."""
    subject = main_subject(v, end, first, "sentence")
    if subject is None or subject.phrase.last >= end:
        return None
    phrase = subject.phrase
    named = any(v.capital(i) or v.norms[i] in v.lex.words["heads"] for i in range(*phrase))
    return subject if named or pronoun(v, phrase.first) else None


def _adverbial_first(v: View, end: int, first: int) -> bool:
    """Verb-second languages: the sentence begins with something that cannot be its subject."""
    s, words = first, v.lex.words
    for k in range(end - 1, first - 1, -1):
        if v.barrier(k) or (v.mark_of[k] < 0 and v.norms[k] in STRONG and v.norms[k] not in "()"):
            s = k + 1
            break
    groups = ("prepositions", "subordinators", "adverbs", "times", "questions", "auxiliaries")
    return s < end and any(v.norms[s] in words[g] for g in groups) and v.norms[s] not in words["determiners"]


def _framed(v: View, j: int, first: int) -> Subject | None:
    """Verb-second languages: X hat ... erklärt, har X sagt, (wie) X ... mitteilte: the subject of a verb at its clause's end."""
    words = v.lex.words
    start = _clause_start(v, j, first)
    aux = next((k for k in range(start, j) if v.norms[k] in words["auxiliaries"] and v.mark_of[k] < 0), None)
    if aux is not None:
        phrase = right(v, start, aux) if aux > start else None
        if phrase is not None and phrase.last >= aux - 1:
            return Subject(
                phrase, start, "pronoun" if pronoun(v, phrase.first) and phrase.last - phrase.first == 1 else "adjacent"
            )
        phrase = right(v, aux + 1, j)
        return Subject(phrase, start, "adjacent") if phrase else None
    if (
        start > first
        and start < j
        and (
            relative(v, start - 1) or v.norms[start - 1] in words["subordinators"] or v.norms[start - 1] in words["wie"]
        )
    ):
        if relative(v, start - 1):
            return Subject(Phrase(start - 1, start), start - 1, "relative")
        phrase = right(v, start, j)
        return Subject(phrase, start - 1, "adjacent") if phrase else None
    return None


def _clause_start(v: View, j: int, first: int) -> int:
    """The first token of the clause that the verb at j ends or stands in."""
    words = v.lex.words
    s = j
    while s > first and j - s < 3 * LONGEST:
        norm = v.norms[s - 1]
        if v.barrier(s - 1) or (v.mark_of[s - 1] < 0 and (norm in PAUSES or (norm in STRONG and norm not in "()"))):
            break
        if (
            norm in words["complementisers"]
            or norm in words["subordinators"]
            or norm in words["wie"]
            or relative(v, s - 1)
        ):
            break
        if norm in words["conjunctions"] and s < j and not _coordinated(v, s - 1, first, j):
            break
        s -= 1
    return s


def relative(v: View, i: int) -> bool:
    """Whether token i is a relative pronoun; where articles are relatives too (German der), only behind a comma."""
    norm, words = v.norms[i], v.lex.words
    if norm not in words["relatives"] or norm not in words["determiners"]:
        return norm in words["relatives"]
    article = v.lex.capital_nouns and i + 1 < len(v.tokens) and v.capital(i + 1)
    return i > 0 and v.norms[i - 1] in PAUSES and not article


def verb_group(v: View, j: int, first: int) -> int:
    """Where the verb group that ends at j begins: auxiliaries, adverbs, negations and clitics before it."""
    words = v.lex.words
    g = j
    while (
        g > first
        and not v.barrier(g - 1)
        and v.word(g - 1)
        and (
            v.norms[g - 1] in words["auxiliaries"]
            or v.norms[g - 1] in words["adverbs"]
            or v.norms[g - 1] in words["reflexives"]
            or (
                v.norms[g - 1] in words["objects"]
                and v.norms[g - 1] not in words["pronouns"]
                and v.norms[g - 1] not in words["determiners"]
            )
            or _manner(v, g - 1)
        )
    ):
        g -= 1
    return g


def _manner(v: View, i: int) -> bool:
    """English adverbs in -ly; other languages list theirs."""
    return v.norms[i].endswith("ly") and "ly" in v.lex.words["adverbs"] and not v.capital(i)


def _participle(v: View, j: int) -> bool:
    return v.norms[j] in v.lex.words["participles"]


def _adjacent(v: View, g: int, first: int) -> Subject | None:
    """The noun phrase that ends right before the verb group at g."""
    words = v.lex.words
    s = g
    while s > first and g - s < 3 * LONGEST:
        norm = v.norms[s - 1]
        if norm == ")" and (opening := _bracket(v, s - 1, first)) is not None:
            s = opening
            continue
        if v.barrier(s - 1) or (v.mark_of[s - 1] < 0 and (norm in PAUSES or norm in STRONG)):
            break
        if norm in words["complementisers"] or norm in words["subordinators"] or relative(v, s - 1):
            if relative(v, s - 1) and s < g and _verbal(v, s):
                return main_subject(v, s - 1, first, "relative clause")
            break
        if norm in words["conjunctions"] and s < g and not _coordinated(v, s - 1, first, g):
            break
        if norm in words["auxiliaries"] and s < g and norm not in words["determiners"]:
            break
        if s < g and pronoun(v, s - 1) and norm not in words["determiners"]:
            break
        s -= 1
    phrase = _strip(v, s, g)
    return Subject(phrase, s, "adjacent") if phrase else None


def _bracket(v: View, i: int, first: int) -> int | None:
    """The opening bracket of a short bracket that closes at token i."""
    return next((k for k in range(i - 1, max(first, i - 9), -1) if v.norms[k] == "("), None)


def _verbal(v: View, i: int) -> bool:
    """Whether a relative clause seems to begin with its verb."""
    words = v.lex.words
    return not (v.capital(i) or v.norms[i] in words["determiners"] or v.norms[i] in words["pronouns"])


def _coordinated(v: View, at: int, first: int, g: int) -> bool:
    """Whether the "and" at ``at`` joins two noun phrases: a capital or determiner on both sides, and few words."""
    if at <= first or at + 1 >= g:
        return False
    after = v.capital(at + 1) or v.norms[at + 1] in v.lex.words["determiners"]
    before = v.capital(at - 1)
    return (before and after and (g - at) <= 6) or (at - first <= 3 and g - at <= 4)


def _strip(v: View, s: int, g: int) -> Phrase | None:
    """The subject in tokens s:g without leading adverbials; of "In Ohio the governor" the last noun phrase."""
    words = v.lex.words
    while s < g and (
        v.norms[s] in words["adverbs"]
        or v.norms[s] in words["conjunctions"]
        or (v.tokens[s].kind == "mark" and v.mark_of[s] < 0)
    ):
        s += 1
    if s >= g:
        return None
    if v.lex.capital_nouns and v.norms[s] in words["linking"] and v.capital(s) and g - s in (2, 3) and v.capital(g - 1):
        return Phrase(s, g)  # "Von der Weiden betonte"
    if v.norms[s] in words["prepositions"] or v.norms[s] in words["times"]:
        return None if v.lex.v2 else _last_phrase(v, s, g)
    phrase = right(v, s, g)
    if phrase is None:
        return _last_phrase(v, s, g)
    rest = phrase.last
    if rest < g and past_form(v, rest):
        return phrase
    if rest < g and v.lex.tight and v.norms[rest] in words["times"]:
        return _last_phrase(v, rest, g) or phrase  # Finnish has no preposition before a time
    if rest < g and not (
        v.norms[rest] in words["prepositions"] or v.norms[rest] in words["times"] or v.norms[rest] in words["adverbs"]
    ):
        later = _last_phrase(v, s, g)
        return later or phrase
    return phrase


def _last_phrase(v: View, s: int, g: int) -> Phrase | None:
    """The last noun phrase of a run that no preposition governs."""
    words = v.lex.words
    found: Phrase | None = None
    i = s
    governed = False
    while i < g:
        norm = v.norms[i]
        if norm in words["prepositions"]:
            governed = True
            i += 1
            continue
        phrase = right(v, i, g)
        if phrase is None:
            i += 1
            continue
        if not governed or (found is None and phrase.last == g):
            found = phrase
        governed = False
        i = phrase.last
    return found


def main_subject(v: View, end: int, first: int, how: str) -> Subject | None:
    """The subject of the clause that ends before token ``end``: its first noun phrase behind any introduction."""
    words = v.lex.words
    s = first
    for k in range(end - 1, first - 1, -1):
        if v.barrier(k) or (v.mark_of[k] < 0 and v.norms[k] in STRONG and v.norms[k] not in "()"):
            s = k + 1
            break
    for _ in range(4):
        while s < end and (
            v.norms[s] in words["conjunctions"] or v.norms[s] in words["adverbs"] or v.norms[s] in PAUSES
        ):
            s += 1
        if s >= end:
            return None
        norm = v.norms[s]
        intro = (
            norm in words["prepositions"]
            or norm in words["subordinators"]
            or norm in words["times"]
            or norm in words["participles"]
            or (norm in words["linking"] and v.lex.openers)
            or _opens(v, s)
        )
        if not intro:
            break
        pause = next((k for k in range(s, end) if v.norms[k] in PAUSES and v.mark_of[k] < 0), None)
        if pause is None:
            phrase = _last_phrase(v, s, end)
            return Subject(phrase, s, how) if phrase else None
        s = pause + 1
    phrase = _first_with_verb(v, s, end) or right(v, s, end)
    return Subject(phrase, s, how) if phrase else None


def _first_with_verb(v: View, s: int, end: int) -> Phrase | None:
    """The first phrase of the clause, or behind one of its commas, that a finite verb follows: "In Salem, Ohio, Lee went ..."."""
    if not v.lex.openers:
        return None
    at = s
    while at < end:
        phrase = right(v, at, end)
        if phrase is not None and finite(v, phrase.last, end):
            return phrase
        pause = next((k for k in range(at, end) if v.norms[k] in PAUSES and v.mark_of[k] < 0), end)
        at = pause + 1
    return None


def _opens(v: View, i: int) -> bool:
    """Whether a sentence begins at token i with a participle: "Speaking on Monday, ...", "Asked about it, ..."."""
    if not v.lex.openers or i in v.named or not v.norms[i].endswith(v.lex.openers) or len(v.norms[i]) < 5:
        return False
    governing = v.norms[i].endswith("ed") and i + 1 < len(v.tokens) and v.capital(i + 1)
    return v.norms[i] not in v.lex.words["determiners"] and not governing
