"""Noun phrases beside a cue: a small chunker on word lists, capitals and punctuation, without a parser."""

from __future__ import annotations

from typing import NamedTuple

from stemma.quotes.view import PAUSES, STRONG, View

# Longer subjects exist, but a chunk beyond this many tokens is more often a chunker's mistake.
LONGEST = 14


class Phrase(NamedTuple):
    """A noun phrase as a half-open token range."""

    first: int
    last: int


class Subject(NamedTuple):
    """Who speaks, as tokens; ``group`` is where the subject and its verb group begin; ``how`` says how it was found."""

    phrase: Phrase
    group: int
    how: str


def right(v: View, i: int, last: int) -> Phrase | None:
    """The noun phrase that begins at token i, before token ``last``."""
    lex, words = v.lex, v.lex.words
    if i >= last or v.barrier(i) or not _may_begin(v, i):
        return None
    if pronoun(v, i):
        return Phrase(i, i + 1)
    first, head = i, False
    while i < min(last, first + LONGEST):
        norm, token = v.norms[i], v.tokens[i]
        if v.barrier(i):
            break
        if token.kind == "mark":
            i_next = _over_mark(v, i, last, head)
            if i_next == i:
                break
            i = i_next
            continue
        if head and i in v.named and v.capital(i):
            i += 1
            continue
        if norm in words["determiners"]:
            titled = v.capital(i) and i + 1 < last and v.capital(i + 1)  # "le journal Le Fanal"
            if (
                head
                and not titled
                and (
                    norm not in words["linking"]
                    or (lex.capital_nouns and not v.capital(i) and any(k in v.named for k in range(first, i)))
                )
            ):
                break
        elif norm in words["linking"] and i > first:
            head = False
            i += 1
            continue
        elif norm in words["places"] and head and i + 1 < last and v.capital(i + 1) and not v.capital(i - 1):
            i += 1
            continue
        elif norm in words["conjunctions"]:
            if not head or i + 1 >= last or not _joins(v, i + 1, last):
                break
            head = False
        elif _stops(v, i, head, v.norms[first] in words["indefinite"]):
            break
        else:
            head = head or not lex.capital_nouns or v.capital(i) or token.kind == "number"
        i += 1
    while i > first and (
        v.norms[i - 1] in words["linking"]
        or (v.tokens[i - 1].kind == "mark" and v.norms[i - 1] not in ")'.»”\"" and not _closing(v, i - 1))
    ):
        i -= 1
    if i - first == 1 and v.norms[first] in words["crowd"] and lex.openers:
        return Phrase(first, i)
    if i > first and all(
        v.norms[k] in words["determiners"] and v.norms[k] not in words["pronouns"] for k in range(first, i)
    ):
        return None
    return Phrase(first, i) if i > first else None


def _closing(v: View, i: int) -> bool:
    """Whether token i closes the marks it stands in."""
    return v.mark_of[i] >= 0 and (i + 1 >= len(v.tokens) or v.mark_of[i + 1] != v.mark_of[i])


def pronoun(v: View, i: int) -> bool:
    """Whether token i is a subject pronoun, also with a short verb tied to it (he's, they'd)."""
    norm, words = v.norms[i], v.lex.words["pronouns"]
    return norm in words or ("'" in norm and norm.partition("'")[0] in words)


def _may_begin(v: View, i: int) -> bool:
    words, norm = v.lex.words, v.norms[i]
    if v.tokens[i].kind == "mark":
        return v.mark_of[i] >= 0 and not v.barrier(i)
    if norm in words["pronouns"] or norm in words["determiners"]:
        return True
    if norm in words["times"] or (norm in words["prepositions"] and norm not in words["determiners"]):
        return i in v.named and v.capital(i) and norm in words["linking"]
    if norm in words["linking"] and v.lex.openers:
        return False
    if norm in words["wie"] and not v.capital(i):
        return False
    groups = ("conjunctions", "subordinators", "complementisers", "auxiliaries", "adverbs", "stops", "wie")
    return not any(norm in words[g] for g in groups) or (v.capital(i) and (i in v.named or (i > 0 and v.word(i - 1))))


def _over_mark(v: View, i: int, last: int, head: bool) -> int:
    """Step over a dot of an initial, short brackets after a name, or the glyphs of a soft mark; else stay."""
    norm = v.norms[i]
    if v.mark_of[i] >= 0:
        return i + 1
    tight = v.tokens[i].start == v.tokens[i - 1].end
    if norm == "." and tight and i + 1 < last and len(v.norms[i - 1]) <= 4:
        return i + 1
    if norm in ("&", "/", "'", "-", "@", "#") and i + 1 < last:
        return i + 1
    if norm == "(" and head:
        for k in range(i + 1, min(last, i + 7)):
            if v.norms[k] == ")":
                return k + 1
    return i


def _stops(v: View, i: int, head: bool, indefinite: bool) -> bool:
    """Whether a word ends the phrase."""
    words, norm = v.lex.words, v.norms[i]
    if norm in words["prepositions"] or norm in words["subordinators"] or norm in words["complementisers"]:
        return True
    if norm in words["relatives"] or norm in words["auxiliaries"] or norm in words["stops"]:
        return head or norm in words["auxiliaries"]
    if norm in words["times"] or norm in words["adverbs"] or norm in words["pronouns"] or norm in words["objects"]:
        return head
    if i in v.cues:
        return head and not v.capital(i)
    if head and v.lex.definite and not v.capital(i) and _definite(v, i - 1):
        return not indefinite or v.capital(i - 1)
    if head and past_form(v, i) and (v.capital(i - 1) or _object_next(v, i)):
        return True
    # After a capitalised head a lower-case word is no longer part of the name ("sagte Berg nach", "said Berg angrily").
    return head and v.lex.capital_nouns and not v.capital(i)


def past_form(v: View, i: int) -> bool:
    """English: a lower-case form in -ed or of the list of past forms."""
    return (
        v.norms[i].endswith("ed") and "ed" in v.lex.openers or v.norms[i] in v.lex.words["pasts"]
    ) and not v.capital(i)


def finite(v: View, i: int, last: int) -> bool:
    """Whether a finite verb stands at token i, over adverbs."""
    words = v.lex.words
    while i < last and v.mark_of[i] < 0 and (v.norms[i] in words["adverbs"] or v.norms[i].endswith("ly")):
        i += 1
    if i >= last or v.mark_of[i] >= 0:
        return False
    verb = v.norms[i] in words["auxiliaries"] or past_form(v, i) or (i in v.cues and not v.cues[i].particles)
    return verb and v.norms[i] not in words["participles"]


def _object_next(v: View, i: int) -> bool:
    """Whether what follows a past form can be its object or circumstance, so that it is a verb and no attribute."""
    words = v.lex.words
    if i + 1 >= len(v.tokens) or v.mark_of[i + 1] >= 0:
        return True
    norm = v.norms[i + 1]
    return any(norm in words[g] for g in ("determiners", "objects", "complementisers", "possessives"))


def _definite(v: View, i: int) -> bool:
    """Nordic: a noun with its article behind ("politiet") ends the phrase; a capitalised name before a verb does so too."""
    norm = v.norms[i]
    return v.word(i) and (
        (v.capital(i) and v.text[v.tokens[i].start : v.tokens[i].end][1:].islower())
        or (len(norm) > 4 and norm.endswith(v.lex.definite))
    )


def _joins(v: View, i: int, last: int) -> bool:
    """Whether a noun phrase goes on behind "and": a name or determiner, and no verb at once."""
    if i >= last or i in v.cues:
        return False
    return v.capital(i) or v.norms[i] in v.lex.words["determiners"]


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
