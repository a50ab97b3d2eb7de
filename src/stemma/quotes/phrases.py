"""Noun phrases beside a cue: a small chunker on word lists, capitals and punctuation, without a parser."""

from __future__ import annotations

from typing import NamedTuple

from stemma.quotes.view import View

# Longer subjects exist, but a chunk beyond this many tokens is more often a chunker's mistake.
LONGEST = 14


class Phrase(NamedTuple):
    """A noun phrase as a half-open token range."""

    first: int
    last: int


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
    return _tidy(v, first, i)


def _tidy(v: View, first: int, i: int) -> Phrase | None:
    """The phrase without what hangs loose at its end; None where only articles are left."""
    lex, words = v.lex, v.lex.words
    while i > first and (
        v.norms[i - 1] in words["linking"]
        or (v.tokens[i - 1].kind == "mark" and v.norms[i - 1] not in ")'.»”\"" and not _closing(v, i - 1))
    ):
        i -= 1
    if i - first == 1 and v.norms[first] in words["crowd"] and lex.openers:
        return Phrase(first, i)
    if lex.v2 and not any(v.word(k) for k in range(first, i)):
        return None  # "um 07:00 informierte der Betreiber": where anything can stand before the verb, a clock is nobody
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
        (v.norms[i].endswith("ed") and "ed" in v.lex.openers) or v.norms[i] in v.lex.words["pasts"]
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
    if owning(v, i):
        return False
    return v.word(i) and (
        (v.capital(i) and v.text[v.tokens[i].start : v.tokens[i].end][1:].islower())
        or (len(norm) > 4 and norm.endswith(v.lex.definite))
    )


def owning(v: View, i: int) -> bool:
    """Nordic: whether token i only owns or describes what follows: a genitive ("Norges", "byens"), "danske" at a sentence's head."""
    norm = v.norms[i]
    if i + 1 >= len(v.tokens) or not v.word(i + 1) or i in v.persons:
        return False
    if norm.endswith("s") and len(norm) > 4:
        return i in v.named or norm[:-1].endswith(v.lex.definite)
    return i not in v.named and norm.endswith(tuple(v.lex.words["origins"])) and (i == 0 or not v.word(i - 1))


def _joins(v: View, i: int, last: int) -> bool:
    """Whether a noun phrase goes on behind "and": a name or determiner, and no verb at once."""
    if i >= last or i in v.cues:
        return False
    return v.capital(i) or v.norms[i] in v.lex.words["determiners"]
