"""Speech in languages whose verb stands last (Turkish): SPEAKER, "A" dedi; SPEAKER, CLAUSE söyledi; SPEAKERe göre A."""

from __future__ import annotations

from stemma.quotes.clauses import clauses
from stemma.quotes.ends import LEAST_WORDS, trim_end
from stemma.quotes.found import Found
from stemma.quotes.phrases import Phrase
from stemma.quotes.view import PAUSES, Unit, View

# A subject before its comma has at most this many tokens; a verb group behind the words at most this many.
LONGEST_SUBJECT, LONGEST_VERB = 12, 5


def verb_final(v: View, number: int) -> list[Found]:
    """The attributions of one unit; what has its verb in the middle ("A" dedi X) is left to the other templates."""
    unit = v.units[number]
    one = _source(v, number, unit) or _said(v, number, unit)
    return [one] if one is not None else [f for f in clauses(v, number) if f.frame == "d"]


def _source(v: View, number: int, unit: Unit) -> Found | None:
    """SOURCE göre CLAUSE at the sentence's head."""
    ends = {phrase[-1] for phrase in v.lex.behind}
    for i in range(unit.first + 1, min(unit.last, unit.first + LONGEST_SUBJECT)):
        if v.norms[i] in ends and v.mark_of[i] < 0:
            first = i + 1 + (i + 1 < unit.last and v.norms[i + 1] in PAUSES)
            end = trim_end(v, first, unit.last)
            subject = Phrase(unit.first, i)
            return (
                Found(number, "source", [(first, end)], (i, i + 1), subject, "source", None, "c")
                if end - first >= LEAST_WORDS
                else None
            )
    return None


def _said(v: View, number: int, unit: Unit) -> Found | None:
    """SUBJECT, what is said, verb: the words in marks, or a clause whose verb is made a noun."""
    j = _last_cue(v, unit)
    comma = next(
        (
            k
            for k in range(unit.first + 1, min(unit.last, unit.first + LONGEST_SUBJECT))
            if v.norms[k] in PAUSES and v.mark_of[k] < 0
        ),
        None,
    )
    if j is None or comma is None or comma >= j:
        return None
    k = j - 1
    while k > comma and v.norms[k] in v.lex.words["binders"]:
        k -= 1
    if k <= comma:
        return None
    marked = v.mark_of[comma + 1] >= 0 and v.mark_of[k] == v.mark_of[comma + 1]
    if not marked and not (len(v.norms[k]) > 4 and v.norms[k].endswith(v.lex.clause_ends)):
        return None
    return Found(
        number,
        "pre",
        [(comma + 1, k + 1)],
        (j, j + 1),
        Phrase(unit.first, comma),
        "adjacent",
        None,
        "d" if marked else "c",
    )


def _last_cue(v: View, unit: Unit) -> int | None:
    """The verb of saying at the unit's end, with nothing behind it but auxiliaries."""
    end = unit.last
    while end > unit.first and v.tokens[end - 1].kind == "mark" and v.mark_of[end - 1] < 0:
        end -= 1
    for j in range(end - 1, max(unit.first, end - LONGEST_VERB) - 1, -1):
        if v.mark_of[j] >= 0:
            return None
        if j in v.cues:
            return j
        if v.norms[j] not in v.lex.words["auxiliaries"]:
            return None
    return None
