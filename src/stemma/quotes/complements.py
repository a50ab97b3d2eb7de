"""What follows a cue: addressee, adverbials, and where the content begins."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from stemma.quotes.lexicon import Cue
from stemma.quotes.phrases import Phrase, pronoun, right
from stemma.quotes.view import DASHES, PAUSES, Unit, View


class Complement(NamedTuple):
    """Where what is said begins, in which frame, and to whom it is said."""

    start: int
    frame: str
    addressee: Phrase | None
    subject: Phrase | None


def complement(v: View, i: int, unit: Unit, cue: Cue) -> Complement | None:
    """What follows the cue from token i on: skip addressee and adverbials, then find where the content begins."""
    if "d" in cue.frames:
        for k in range(i, min(unit.last - 1, i + 5)):
            if v.norms[k] == ":" and v.barrier(k + 1):
                return Complement(k + 1, "d", address(v, i, unit.last), None)
            if k in v.cues or v.tokens[k].kind == "mark" or v.norms[k] in v.lex.words["complementisers"]:
                break
    if cue.kind == "call" and i < unit.last and v.norms[i] in v.lex.words["upon"] and _infinitive_ahead(v, i + 1, unit):
        return Complement(i + 1, "a", None, None)
    if "s" in cue.frames and (start := _seen_as(v, i, unit)) is not None:
        return Complement(start, "s", None, None)
    found = _complement(v, i, unit, cue)
    if found is None and "d" in cue.frames:
        found = _led_to(v, i, unit)
    if (
        i + 1 < unit.last
        and v.norms[i] in v.lex.words["about"]
        and (found is None or cue.kind == "call")
        and not v.barrier(i + 1)
    ):
        return Complement(i + 1, "n", None, None)
    return found


def _seen_as(v: View, i: int, unit: Unit) -> int | None:
    """Where the noun phrase begins of which something is said by "as": "described X as Y", "referred to X as Y"."""
    words = v.lex.words
    if i < unit.last and v.norms[i] in words["linking"] | words["infinitive"] | words["upon"] and v.mark_of[i] < 0:
        i += 1
    for k in range(i + 1, min(unit.last, i + 16)):
        if v.norms[k] in words["seen_as"] and v.mark_of[k] < 0:
            return i
        if v.mark_of[k] < 0 and (v.norms[k] in (";", ":") or (k in v.cues and v.word(k) and not v.capital(k))):
            return None
    return None


def _led_to(v: View, i: int, unit: Unit) -> Complement | None:
    """Direct speech a little farther on: behind a colon, or (where fragments stand apart) inside the object."""
    fragments = "fragments" in v.lex.apart
    for k in range(i, min(unit.last, i + 14)):
        if v.barrier(k) or (fragments and v.mark_of[k] >= 0 and k > i and not v.capital(k - 1)):
            colon = v.norms[k - 1] == ":"
            near = fragments and k - i <= 8 and all(v.tokens[t].kind != "mark" for t in range(i, k))
            return Complement(k, "d", None, None) if colon or near else None
        if (k in v.cues and not v.cues[k].particles) or v.norms[k] == ";":
            return None
    return None


def _complement(v: View, i: int, unit: Unit, cue: Cue) -> Complement | None:
    words, frames, last = v.lex.words, cue.frames, unit.last
    addressee: Phrase | None = None
    first = i
    while i < last:
        norm = v.norms[i]
        if v.barrier(i):
            return Complement(i, "d", addressee, None) if "d" in frames else None
        if v.mark_of[i] < 0 and v.tokens[i].kind == "mark":
            found = _after_mark(v, i, last, frames, addressee)
            return found or (_past_address(v, i, last, addressee) if "o" in frames and addressee else None)
        if (frame := _clause_frame(v, i, last, frames, addressee)) is not None:
            return Complement(i, frame, addressee, None)
        if (cue.particles and norm in cue.particles) or adverb(v, i):
            i += 1
            continue
        if (
            norm in words["objects"]
            and ("b" not in frames or "o" in frames or norm not in words["pronouns"])
            and "k" not in frames
            and "n" not in frames
        ):
            if ("a" in frames or "o" in frames or "d" in frames) and norm not in words["things"]:
                addressee = addressee or Phrase(i, i + 1)
            i += 1
            continue
        if norm in words["determiners"] and i + 1 < last and v.norms[i + 1] in words["times"]:
            i += 1
            norm = v.norms[i]
        if norm in words["prepositions"] or norm in words["times"]:
            if i + 1 < last and v.norms[i + 1] in words["complementisers"] and "c" in frames:
                return Complement(i + 1, "c", addressee, None)
            phrase = adverbial(v, i, last)
            if phrase is None:
                return None
            if _addressed(v, i, first):
                addressee = addressee or _without_verb(v, phrase)
            i = phrase.last
            continue
        if ("o" in frames or (v.lex.capital_nouns and "k" not in frames)) and addressee is None and v.word(i):
            if v.lex.capital_nouns and not (v.capital(i) or norm in words["determiners"] or pronoun(v, i)):
                i += 1
                continue
            phrase = right(v, i, last)
            if phrase is None or phrase.last >= last:
                return None
            addressee, i = phrase, phrase.last
            continue
        return _bare(v, i, unit, frames, addressee, cue)
    return None


def _clause_frame(v: View, i: int, last: int, frames: str, addressee: Phrase | None) -> str | None:
    """The frame of a clause that its first word shows: a complementiser, a question word, an infinitive."""
    words, norm = v.lex.words, v.norms[i]
    if norm in words["complementisers"] and "c" in frames:
        return "c"
    if norm in words["questions"] and "w" in frames and norm not in words["pronouns"]:
        return "w"
    told_to = addressee is not None and ("a" in frames or "o" in frames)
    return "i" if ("i" in frames or told_to) and _infinitive_at(v, i, last) else None


def _addressed(v: View, i: int, first: int) -> bool:
    """Whether the preposition at token i names whom something was told: "to AFP", "in an interview with AFP"."""
    words, norm = v.lex.words, v.norms[i]
    talk = norm in words["with"] and any(v.norms[k] in words["interviews"] for k in range(max(first, i - 4), i))
    return norm in words["addressing"] or talk


def _past_address(v: View, i: int, last: int, addressee: Phrase) -> Complement | None:
    """ "told a crowd in Salem, Ohio, on Monday that A", "told CNN, A": behind the commas of an addressee's place."""
    words = v.lex.words
    for k in range(i, min(last - 1, i + 12)):
        if v.barrier(k) or (v.mark_of[k] < 0 and v.tokens[k].kind == "mark" and v.norms[k] not in PAUSES):
            return None
        if v.norms[k] in words["complementisers"]:
            return Complement(k, "c", addressee, None)
        if k in v.cues and not v.capital(k):
            return None
    clause = v.norms[i] in PAUSES and (pronoun(v, i + 1) or v.norms[i + 1] in words["determiners"])
    return Complement(i + 1, "b", addressee, None) if clause else None


def adverb(v: View, i: int) -> bool:
    """Whether an adverb stands at token i that is no determiner too; English: also lower-case words in -ly."""
    words, norm = v.lex.words, v.norms[i]
    manner = norm.endswith("ly") and "ly" in words["adverbs"] and len(norm) > 4 and not v.capital(i)
    return (norm in words["adverbs"] and norm not in words["determiners"]) or (manner and i not in v.cues)


def _infinitive_at(v: View, i: int, last: int) -> bool:
    """Whether "to" and a verb stand at token i."""
    words = v.lex.words
    verb = i + 1 < last and v.word(i + 1) and not v.capital(i + 1) and v.norms[i + 1] not in words["determiners"]
    return verb and v.norms[i] in words["infinitive"]


def adverbial(v: View, i: int, last: int) -> Phrase | None:
    """The phrase behind a preposition, or a time word with its numbers."""
    words = v.lex.words
    k = i + 1 if v.norms[i] in words["prepositions"] else i
    if k < last and v.norms[k] in words["times"]:
        first = k
        while k < last and (
            v.norms[k] in words["times"]
            or v.tokens[k].kind == "number"
            or (v.norms[k] == "." and v.tokens[k].start == v.tokens[k - 1].end)
        ):
            k += 1
        return Phrase(first, k)
    return right(v, k, last) if k > i else None


def _after_mark(v: View, i: int, last: int, frames: str, addressee: Phrase | None) -> Complement | None:
    """A comma or colon behind the cue: direct speech in marks, a clause (German), or the end."""
    norm = v.norms[i]
    if norm == ":":
        if i + 1 < last and "d" in frames:
            return Complement(i + 1, "d" if v.barrier(i + 1) else "b", addressee, None)
        return None
    if norm not in PAUSES and norm not in DASHES:
        return None
    if i + 1 >= last:
        return None
    k = i + 1
    while k < last and v.tokens[k].kind == "mark" and v.mark_of[k] < 0:
        k += 1
    if k < last and v.barrier(k) and "d" in frames:
        return Complement(k, "d", addressee, None)
    if k < last and v.norms[k] in v.lex.words["complementisers"] and "c" in frames:
        return Complement(k, "c", addressee, None)
    if k < last and v.norms[k] in v.lex.words["questions"] and "w" in frames and v.lex.v2:
        return Complement(k, "w", addressee, None)
    introduced = norm in PAUSES and v.norms[_unit_first(v, i)] in v.lex.words["wie"] and "c" in frames
    if k < last and (introduced or (v.lex.capital_nouns and norm in PAUSES and "b" in frames and _clause_like(v, k))):
        return Complement(k, "b", addressee, None)
    return None


def _unit_first(v: View, i: int) -> int:
    """The first token of the sentence that token i stands in."""
    k = bisect_right(v.units, i, key=lambda u: u.first) - 1
    return v.units[k].first if k >= 0 else 0


def _clause_like(v: View, k: int) -> bool:
    """German: a main clause behind the comma, not a relative clause or a conjunction."""
    words = v.lex.words
    if (
        v.norms[k] in words["conjunctions"]
        or v.norms[k] in words["subordinators"]
        or v.norms[k] in words["prepositions"]
    ):
        return v.norms[k] in words["prepositions"]
    return True


def _bare(v: View, i: int, unit: Unit, frames: str, addressee: Phrase | None, cue: Cue) -> Complement | None:
    """A clause, noun phrase or infinitive construction that begins at once."""
    words = v.lex.words
    norm = v.norms[i]
    if (
        norm in words["conjunctions"]
        or norm in words["subordinators"]
        or (norm in words["relatives"] and norm not in words["determiners"])
    ):
        return None
    if norm in words["auxiliaries"] or (i in v.cues and not v.capital(i) and "b" not in frames):
        return None
    if "k" in frames:
        return Complement(i, "k", addressee, None)
    if "a" in frames and _infinitive_ahead(v, i, unit):
        return Complement(i, "a", addressee, None)
    if "n" in frames and not _finite_ahead(v, i, unit):
        return Complement(i, "n", addressee, None)
    if "b" in frames and "c" in frames and v.capital(i) and addressee is None:
        to = right(v, i, unit.last)
        if to is not None and to.last + 1 < unit.last and v.norms[to.last] in words["complementisers"] and v.lex.v2:
            return Complement(to.last, "c", to, None)
    if "c" in frames and (comma := _comma_clause(v, i, unit)) is not None:
        return Complement(comma, "c", addressee, None)
    if "b" in frames and not v.lex.capital_nouns and v.lex.bare:
        return Complement(i, "b", addressee, None)
    if "n" in frames:
        return Complement(i, "n", addressee, None)
    return None


def _comma_clause(v: View, i: int, unit: Unit) -> int | None:
    """A complementiser behind a comma a few words on: "kertoi verkossa, että A"."""
    for k in range(i, min(unit.last - 1, i + 4)):
        if v.norms[k] in PAUSES and v.mark_of[k] < 0:
            return k + 1 if v.norms[k + 1] in v.lex.words["complementisers"] else None
    return None


def _finite_ahead(v: View, i: int, unit: Unit) -> bool:
    """Whether an auxiliary follows soon: a clause, not a mere noun phrase."""
    return any(v.norms[k] in v.lex.words["auxiliaries"] for k in range(i, min(unit.last, i + 14)))


def _infinitive_ahead(v: View, i: int, unit: Unit) -> bool:
    return any(v.norms[k] in v.lex.words["infinitive"] for k in range(i, min(unit.last, i + 12)))


def address(v: View, i: int, last: int) -> Phrase | None:
    """To whom it was said, behind an inquit: "to AFP", "in an interview with NRK"."""
    words = v.lex.words
    talk = False
    for k in range(i, min(last, i + 14)):
        if v.barrier(k) or v.norms[k] in PAUSES or v.norms[k] in (".", ":", ";"):
            return None
        if v.norms[k] in words["complementisers"] or (
            v.norms[k] in words["relatives"] and v.norms[k] not in words["determiners"]
        ):
            return None
        if v.norms[k] in words["objects"] and k == i:
            return None if v.norms[k] in words["things"] else Phrase(k, k + 1)
        if (
            k == i
            and v.lex.capital_nouns
            and (v.norms[k] in words["oblique"] or v.norms[k] == "der")
            and v.norms[k] not in words["objects"]
        ):
            return right(v, k, last)
        if v.norms[k] in words["interviews"]:
            talk = True
        elif (v.norms[k] in words["addressing"] and not talk) or (talk and v.norms[k] in words["with"]):
            return _without_verb(v, right(v, k + 1, last))
    return None


def _without_verb(v: View, phrase: Phrase | None) -> Phrase | None:
    """ "in an interview with Radio Velde aired on Monday": the name without the past form behind it."""
    if phrase is None or v.norms[phrase.last - 1] in v.lex.words["mute"]:
        return None  # "to loud applause" is said to nobody
    if "ed" not in v.lex.openers or phrase.last - phrase.first < 2:
        return phrase
    end = phrase.last - 1
    return (
        Phrase(phrase.first, end)
        if v.norms[end].endswith("ed") and not v.capital(end) and v.capital(end - 1)
        else phrase
    )
