"""Cues behind or inside what is said: CLAUSE, SOURCE cue; "...," said SOURCE; CLAUSE, so SOURCE."""

from __future__ import annotations

from stemma.quotes.complements import Complement, address, complement
from stemma.quotes.ends import LEAST_WORDS, speech_end
from stemma.quotes.found import Found
from stemma.quotes.lexicon import Cue
from stemma.quotes.phrases import Phrase, pronoun, right
from stemma.quotes.speakers import closed_before, impersonal_source, is_dash, over_manner, speaker_behind
from stemma.quotes.subjects import Subject, left, verb_group
from stemma.quotes.view import DASHES, PAUSES, Unit, View


def inquit_after(v: View, number: int, j: int, cue: Cue, done: int) -> Found | None:
    """CLAUSE, SOURCE cue | CLAUSE, cue SOURCE | "...," said SOURCE, and what goes on behind it."""
    if "p" not in cue.frames and "d" not in cue.frames:
        return None
    unit = v.units[number]
    g = verb_group(v, j, done)
    subject, after, group = _inquit(v, j, g, done, unit.last)
    if group is None or group <= done:
        return None
    marked = closed_before(v, group, done)
    paused = v.norms[group - 1] in PAUSES or is_dash(v, group - 1)
    if not (marked or (paused and "p" in cue.frames)) or (v.norms[j] in v.lex.words["participles"] and not marked):
        return None
    what = complement(v, after, unit, cue)
    if what is not None and what.frame != "more" and not (marked and not _ends_sentence(v, group - 1)):
        return None
    if what is not None and what.frame in "cw" and _inside(v, group - 1):
        return None
    start, end = _clause_before(v, done, group)
    if start is None:
        return None
    content = [(start, end)]
    rest = _rest(v, after, unit, marked, what)
    if rest:
        content.append(rest)
    addressee = what.addressee if what else address(v, after, unit.last)
    return Found(
        number,
        "post",
        content,
        (j, j + 1),
        subject.phrase if subject else None,
        subject.how if subject else "",
        addressee,
        "d" if marked else "b",
    )


def so_source(v: View, number: int, behind: list[Found]) -> list[Found]:
    unit = v.units[number]
    for i in range(unit.first + 1, unit.last):
        if v.norms[i] in v.lex.words["so"] and not v.barrier(i):
            one = _so(v, number, i, unit.first)
            if one is not None:
                return [one]
    return []


def _so(v: View, number: int, i: int, done: int) -> Found | None:
    """German so, Dutch aldus: CLAUSE, so SOURCE; also inside its clause."""
    unit = v.units[number]
    if i <= done or not (v.norms[i - 1] in PAUSES or v.barrier(i - 1)):
        return None
    phrase = right(v, i + 1, unit.last)
    if (
        v.lex.capital_nouns
        and phrase is not None
        and not (pronoun(v, i + 1) or v.capital(i + 1) or v.norms[i + 1] in v.lex.words["determiners"])
    ):
        return None  # ", so gebe es keine Möglichkeit", ", so heißt es"
    if phrase is None or (
        phrase.last < unit.last
        and v.word(phrase.last)
        and v.norms[phrase.last] not in v.lex.words["prepositions"]
        and v.norms[phrase.last] not in v.lex.words["adverbs"]
    ):
        return None
    start, end = _clause_before(v, done, i)
    if start is None:
        return None
    content = [(start, end)]
    rest = _rest(v, phrase.last, unit, v.barrier(i - 1), None)
    if rest:
        content.append(rest)
    how = "pronoun" if pronoun(v, phrase.first) else "behind"
    return Found(number, "post", content, (i, i + 1), phrase, how, None, "b")


def _inquit(v: View, j: int, g: int, done: int, last: int) -> tuple[Subject | None, int, int | None]:
    """Subject, first token behind the inquit, first token of the inquit (None: no inquit)."""
    g = over_manner(v, g, done)
    paused = g > done and (v.barrier(g - 1) or v.norms[g - 1] in PAUSES or is_dash(v, g - 1))
    if paused and v.norms[j] not in v.lex.words["participles"]:
        if "-" in v.norms[j] and v.norms[j] not in v.lex.cues:
            return Subject(Phrase(j, j + 1), g, "pronoun"), j + 1, g
        for k in range(g, j):
            if "-" in v.norms[k] and v.norms[k].rpartition("-")[2] in v.lex.words["pronouns"]:
                return Subject(Phrase(k, k + 1), g, "pronoun"), j + 1, g
        i = j + 1
        while (
            i < last
            and v.word(i)
            and (
                (v.norms[i] in v.lex.words["objects"] and v.norms[i] not in v.lex.words["pronouns"])
                or v.norms[i] in v.lex.words["adverbs"]
            )
        ):
            i += 1
        if v.lex.drops:
            i = _over_aside(v, i, last)
        phrase = speaker_behind(v, i, last) if v.lex.drops else right(v, i, last)
        marked = closed_before(v, g, done)
        if (
            phrase is not None
            and phrase.last - phrase.first == 1
            and v.norms[phrase.first] in v.lex.words["complementisers"]
        ):
            phrase = None
        if phrase is not None and (marked or v.lex.v2 or _inverted(v, j, phrase, last)):
            place = impersonal_source(v, j, Unit(done, last, 0), phrase)
            return Subject(place or phrase, g, "behind"), (place or phrase).last, g
        if phrase is None and marked and (v.lex.drops or i >= last or not v.word(i)) and not pronoun(v, g - 1):
            return None, j + 1, g
    subject = left(v, j, done)
    if subject is not None and subject.how in ("adjacent", "pronoun", "apposition"):
        return subject, j + 1, _before_group(v, subject, done)
    return None, j + 1, None


def _over_aside(v: View, i: int, last: int) -> int:
    """Step over an aside between the verb and its subject: "ha detto, parlando alla radio, il ministro"."""
    if i >= last or v.norms[i] not in PAUSES or i + 1 >= last or not v.norms[i + 1].endswith(v.lex.gerunds or ("\0",)):
        return i
    pause = next((k for k in range(i + 1, min(last, i + 10)) if v.norms[k] in PAUSES), None)
    return pause + 1 if pause is not None else i


def _inverted(v: View, j: int, phrase: Phrase, last: int) -> bool:
    """Whether "CLAUSE, said NP" ends there: the verb one of plain saying, the phrase a speaker's, no verb behind it."""
    words, k = v.lex.words, phrase.last
    first = phrase.first + (v.norms[phrase.first] in words["determiners"])
    named = k - first > 1 and v.capital(first) and v.capital(first + 1) and (k >= last or not v.word(k))
    if v.lex.drops and v.norms[phrase.first - 1] in words["housed"]:
        return v.cues[j].kind in ("say", "tell")
    if v.cues[j].kind != "say" and not (named and v.cues[j].kind == "state"):
        return False
    if (
        k < last
        and v.word(k)
        and not (
            v.norms[k] in words["prepositions"]
            or v.norms[k] in words["times"]
            or v.norms[k] in words["relatives"]
            or v.norms[k] in words["adverbs"]
            or v.norms[k] in words["subordinators"]
        )
    ):
        return False
    person = any(v.capital(t) or v.norms[t] in words["heads"] for t in range(phrase.first, phrase.last))
    return (person or (pronoun(v, phrase.first) and v.lex.drops)) and not any(
        t in v.cues and not v.capital(t) for t in range(phrase.first, phrase.last)
    )


def _before_group(v: View, subject: Subject, done: int) -> int:
    """The inquit's first token: the subject's, or where an apposition's first comma binds it to the left."""
    return subject.group if subject.how == "adjacent" else subject.phrase.first


def _ends_sentence(v: View, i: int) -> bool:
    k = v.mark_of[i]
    if k < 0:
        return False
    inner = v.marks[k].inner
    return inner.end > inner.start and v.text[inner.end - 1] == "."


def _inside(v: View, i: int) -> bool:
    """Whether marks without punctuation at their edge end at token i: they are part of the clause that goes on."""
    k = v.mark_of[i]
    return k >= 0 and v.text[v.marks[k].inner.end - 1] not in ",.!?…"


def _clause_before(v: View, done: int, group: int) -> tuple[int | None, int]:
    """The clause that ends before the inquit, from the last attribution or the unit's beginning."""
    end = group
    while end > done and not v.barrier(end - 1) and v.tokens[end - 1].kind == "mark" and v.mark_of[end - 1] < 0:
        end -= 1
    start = done
    while start < end and v.tokens[start].kind == "mark" and v.mark_of[start] < 0:
        start += 1
    if start < end and v.barrier(end - 1):
        k = v.mark_of[end - 1]
        first = end - 1
        while first > start and v.mark_of[first - 1] == k:
            first -= 1
        if first > start and v.norms[first - 1] in (":", ".", ";"):
            start = first
    words = sum(v.tokens[i].kind != "mark" for i in range(start, end))
    if words < LEAST_WORDS and not any(v.mark_of[i] >= 0 for i in range(start, end)):
        return None, end
    return start, end


def _rest(v: View, i: int, unit: Unit, marked: bool, what: Complement | None) -> tuple[int, int] | None:
    """What is said behind the inquit: after a comma, up to the unit's end."""
    if marked:
        for k in range(i, unit.last):
            if v.barrier(k):
                return (k, speech_end(v, k, unit)) if _only_inquit(v, i, k) else None
        return None
    return clause_rest(v, i, unit)


def clause_rest(v: View, i: int, unit: Unit) -> tuple[int, int] | None:
    """The clause that goes on behind the inquit's comma."""
    while i < unit.last and not (v.norms[i] in PAUSES and v.mark_of[i] < 0):
        if v.tokens[i].kind == "mark" and v.mark_of[i] < 0:
            return None
        i += 1
    i += 1
    if (
        i >= unit.last - 1
        or v.norms[i] in v.lex.words["participles"]
        or (v.norms[i] in v.lex.words["relatives"] and not v.lex.capital_nouns)
    ):
        return None
    if v.norms[i] in v.lex.words["conjunctions"] and any(k in v.cues for k in range(i, min(unit.last, i + 5))):
        return None
    if (v.lex.v2 or v.lex.drops or v.lex.dashes) and not _goes_on(v, i):
        return None
    return i, speech_end(v, i, unit)


def _goes_on(v: View, i: int) -> bool:
    """Whether a clause goes on at token i and not an apposition ("..., sier Moe, leder i ...") or a circumstance."""
    words = v.lex.words
    groups = ("conjunctions", "complementisers", "auxiliaries", "adverbs")
    return pronoun(v, i) or any(v.norms[i] in words[g] for g in groups)


def _only_inquit(v: View, i: int, k: int) -> bool:
    """Whether between the inquit and the next marks there is no verb of its own."""
    gap = v.norms[i:k]
    if not gap:
        return True
    if gap[-1] in PAUSES or gap[-1] in ":" or gap[-1] in DASHES:
        return not any(n in v.lex.words["conjunctions"] or n in v.lex.words["participles"] for n in gap)
    return all(v.tokens[t].kind == "mark" for t in range(i, k))
