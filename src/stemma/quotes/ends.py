"""Where what is said ends."""

from __future__ import annotations

from stemma.quotes.cues import is_noun, source_at
from stemma.quotes.phrases import finite, pronoun, right
from stemma.quotes.subjects import Subject
from stemma.quotes.view import PAUSES, Unit, View

# A clause reaches no farther than this many tokens, which bounds the work on text without full stops.
REACH = 1200
# A reported clause has at least this many words.
LEAST_WORDS = 2


def speech_end(v: View, start: int, unit: Unit) -> int:
    return content_end(v, start, unit, "d")


def bound(v: View, j: int, subject: Subject | None, unit: Unit) -> str:
    """What clause the cue at token j stands in: "fronted" (before its main clause), "relative", or "" (a main clause)."""
    words = v.lex.words
    if subject is not None and subject.how == "relative":
        return "relative"
    if v.lex.v2 or v.norms[unit.first] in words["wie"]:
        return ""
    start = subject.group if subject is not None else j
    while start > unit.first and v.norms[start - 1] in words["adverbs"] and v.mark_of[start - 1] < 0:
        start -= 1
    if v.norms[j] in words["participles"] and start == unit.first:
        return "fronted"
    if start > unit.first and v.norms[start - 1] in words["subordinators"]:
        first = start - 1
        headed = first == unit.first or v.norms[first - 1] in PAUSES or not v.word(first - 1)
        headed = headed or v.norms[first - 1] in words["conjunctions"] or v.norms[first - 1] in words["adverbs"]
        return "fronted" if headed else ""
    if start == unit.first + 2 and v.norms[start - 1] in words["complementisers"]:
        return "fronted" if v.norms[unit.first] in words["fronting"] else ""  # "alors que", "bien que"
    return ""


def main_clause(v: View, i: int, unit: Unit) -> bool:
    """Whether a subject and its finite verb begin at token i, over adverbs: ", though, Ann Lee did say", ", she went"."""
    words = v.lex.words
    while i < unit.last and not v.barrier(i) and (v.norms[i] in words["adverbs"] or v.norms[i] in PAUSES):
        i += 1
    if i >= unit.last or v.norms[i] in words["prepositions"] or v.norms[i] in words["conjunctions"]:
        return False
    phrase = right(v, i, unit.last)
    return phrase is not None and finite(v, phrase.last, unit.last)


def content_end(v: View, start: int, unit: Unit, frame: str, clause: str = "") -> int:
    """Where what is said ends: at the next attribution of the sentence, at the main clause behind a clause before it, or
    with the sentence."""
    words = v.lex.words
    if frame == "d" and v.mark_of[start] >= 0:
        end = _marks_end(v, start, unit)
        return content_end(v, end, unit, "b", clause) if _runs_on(v, start, end, unit) else end
    likely = 0
    for i in range(start + 1, min(unit.last, start + REACH)):
        if v.mark_of[i] >= 0:
            continue
        norm = v.norms[i]
        if norm in PAUSES and i + 1 < unit.last:
            if clause == "fronted" and not v.lex.openers and begins_phrase(v, i + 1):
                likely = i
            if v.norms[i + 1] in words["participles"] and i + 1 in v.cues:
                return i
            if source_at(v, i + 1, unit.last):
                return i
            if (clause == "fronted" and main_clause(v, i + 1, unit)) or (
                clause == "relative" and finite(v, i + 1, unit.last)
            ):
                return i
            if v.norms[i + 1] in words["closers"] and frame not in "d":
                return i
            joined = v.norms[i + 1] in words["conjunctions"] or (
                frame in "naiks" and v.norms[i + 1] in words["subordinators"]
            )
            if joined and _clause_next(v, i + 2, unit):
                return i
        if norm in words["conjunctions"] and _verb_next(v, i + 1, unit):
            return i - 1 if v.norms[i - 1] in PAUSES else i
        if norm == ";":
            return i
    # a clause that stands before its main clause ends somewhere: where the language has no forms to tell a verb by, before
    # the last subject (English has; there the last comma is an apposition's more often than not)
    return likely or trim_end(v, start, min(unit.last, start + REACH))


def begins_phrase(v: View, i: int) -> bool:
    """Whether a subject can begin at token i: an article or a pronoun that links nothing."""
    words, norm = v.lex.words, v.norms[i]
    return (norm in words["determiners"] or pronoun(v, i)) and norm not in words["linking"]


def trim_end(v: View, start: int, end: int) -> int:
    while (
        end > start
        and v.tokens[end - 1].kind == "mark"
        and v.mark_of[end - 1] < 0
        and v.norms[end - 1] not in (")", "%", "$", "€")
    ):
        end -= 1
    return end


def _runs_on(v: View, start: int, end: int, unit: Unit) -> bool:
    """Whether marks are only the beginning of what is said: 'said "the wind is with us" despite the loss'."""
    if end + 1 >= unit.last or v.norms[start - 1] == ":" or not v.lex.words["onward"]:
        return False
    k = v.mark_of[end - 1]
    inner = v.marks[k].inner
    open_end = k >= 0 and inner.end > inner.start and v.text[inner.end - 1] not in ".,!?…"
    return open_end and v.word(end) and v.norms[end] in v.lex.words["onward"]


def _marks_end(v: View, start: int, unit: Unit) -> int:
    """The end of the marks at ``start``, and of marks that follow them with nothing but punctuation between."""
    end = start
    k = v.mark_of[start]
    i = start
    while i < unit.last:
        if v.mark_of[i] == k:
            end = i + 1
        elif v.barrier(i) and all(v.tokens[t].kind == "mark" for t in range(end, i)):
            k = v.mark_of[i]
            end = i + 1
        elif v.tokens[i].kind != "mark":
            break
        i += 1
    return end


def _clause_next(v: View, i: int, unit: Unit) -> bool:
    """Whether a short subject and a verb of saying follow: ", and she noted"."""
    for k in range(i + 1, min(unit.last, i + 6)):
        if v.mark_of[k] >= 0 or v.tokens[k].kind == "mark":
            return False
        if k in v.cues and "d" in v.cues[k].frames and not v.cues[k].particles and not is_noun(v, k, v.cues[k], unit):
            return True
    return False


def _verb_next(v: View, i: int, unit: Unit) -> bool:
    """Whether a cue follows with auxiliaries or adverbs only between: "and later said"."""
    words = v.lex.words
    for k in range(i, min(unit.last, i + 4)):
        if k in v.cues and not v.barrier(k):
            return v.cues[k].kind not in ("want", "back", "show", "think") and not v.cues[k].particles
        if (
            v.norms[k] not in words["auxiliaries"]
            and v.norms[k] not in words["adverbs"]
            and not v.norms[k].endswith("ly")
        ):
            return False
    return False
