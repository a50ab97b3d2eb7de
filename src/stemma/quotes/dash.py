"""Speech from a dash at the beginning of a line to the inquit, and again behind it.

A dash line without an inquit is speech only where it reads as a sentence; a headline, a list item or a byline does not end
in a full stop.
"""

from __future__ import annotations

from stemma.quotes.complements import address
from stemma.quotes.found import Found
from stemma.quotes.inquits import clause_rest
from stemma.quotes.phrases import Phrase, right
from stemma.quotes.subjects import left, verb_group
from stemma.quotes.view import DASHES, PAUSES, View

FINAL = frozenset({".", "!", "?", "…", "...", "»", "”", '"', "“"})
LEAST_WORDS = 3


def dash_lines(v: View) -> dict[int, list[Found]]:
    """Findings by unit, for every unit of every dash line (an empty list: the unit is taken, without a finding)."""
    if not v.lex.dashes:
        return {}
    by_line: dict[int, list[int]] = {}
    for number, unit in enumerate(v.units):
        by_line.setdefault(v.units[number].line, []).append(number)
        _ = unit
    done: dict[int, list[Found]] = {}
    top: dict[int, int] = {}
    opened = {line: numbers for line, numbers in by_line.items() if _dashed(v, v.units[numbers[0]].first)}
    for line, numbers in sorted(opened.items()):
        top[line] = top[line - 1] if line - 1 in opened else line
        found = _line(v, numbers)
        if found is None:
            if not _speech(v, numbers, top[line], line != top[line] or line + 1 in opened):
                continue
            last = v.units[numbers[-1]].last
            found = Found(numbers[0], "dash", [(v.units[numbers[0]].first + 1, last)], marking="dash", frame="d")
            done.update({n: [] for n in numbers})
            done[numbers[0]] = [found]
            continue
        for n in range(numbers[0], _last_unit(v, found, numbers) + 1):
            done[n] = []
        done[numbers[0]] = [found]
    return done


def _last_unit(v: View, found: Found, numbers: list[int]) -> int:
    """The last unit of the line that the finding reaches into."""
    reach = max(found.content[-1][1], found.cue[1] if found.cue else 0)
    return max(n for n in numbers if v.units[n].first < reach)


def _dashed(v: View, i: int) -> bool:
    """Whether token i is a dash that opens speech: no list bullet glued to a number, something behind it."""
    if (v.norms[i] not in DASHES and v.norms[i] != "-") or i + 1 >= len(v.tokens):
        return False
    return v.tokens[i + 1].kind != "number" or v.norms[i] != "-"


def _line(v: View, numbers: list[int]) -> Found | None:
    """The finding of a dash line that has an inquit."""
    first = v.units[numbers[0]].first + 1
    last = v.units[numbers[-1]].last
    for j in range(first + 1, last):
        cue = v.cues.get(j)
        if cue is None or not ("d" in cue.frames or "p" in cue.frames):
            continue
        inquit = _inquit(v, j, first, last)
        if inquit is None:
            continue
        group, subject, after = inquit
        content = [(first, _trim(v, first, group))]
        content.extend(_resumed(v, after, numbers))
        how = "behind" if subject else ""
        return Found(numbers[0], "dash", content, (j, j + 1), subject, how, address(v, after, last), "d", "dash")
    return None


def _inquit(v: View, j: int, first: int, last: int) -> tuple[int, Phrase | None, int] | None:
    """First token of the inquit, the subject behind the verb, first token behind both."""
    g = verb_group(v, j, first)
    if not _paused(v, g - 1):
        return _split_verb(v, j, first) or _subject_first(v, j, first)
    if "-" in v.norms[j] and v.norms[j] not in v.lex.cues:
        return g, Phrase(j, j + 1), j + 1
    i = j + 1
    while (
        i < last
        and v.word(i)
        and (
            v.norms[i] in v.lex.words["adverbs"]
            or (v.norms[i] in v.lex.words["objects"] and v.norms[i] not in v.lex.words["pronouns"])
        )
    ):
        i += 1
    phrase = right(v, i, last)
    if phrase is None and i < last and v.word(i) and v.norms[i] not in v.lex.words["prepositions"]:
        return None
    return g, phrase, phrase.last if phrase else i


def _split_verb(v: View, j: int, first: int) -> tuple[int, Phrase | None, int] | None:
    """..., har Berg sagt: auxiliary, subject, participle."""
    for k in range(j - 1, max(first, j - 10), -1):
        if v.norms[k] in v.lex.words["auxiliaries"] and _paused(v, k - 1):
            phrase = right(v, k + 1, j)
            return (k, phrase, j + 1) if phrase else None
    return None


def _subject_first(v: View, j: int, first: int) -> tuple[int, Phrase | None, int] | None:
    """..., Berg sanoo: the speaker before the verb, the verb at the sentence's end or before a mere circumstance."""
    if v.lex.v2:
        return None
    subject = left(v, j, first)
    if subject is None or subject.how not in ("adjacent", "pronoun") or subject.phrase.first <= first:
        return None
    if not _paused(v, subject.phrase.first - 1):
        return None
    named = any(v.capital(i) or v.norms[i] in v.lex.words["heads"] for i in range(*subject.phrase))
    return (subject.phrase.first, subject.phrase, j + 1) if named or subject.how == "pronoun" else None


def _paused(v: View, i: int) -> bool:
    norm = v.norms[i]
    return norm in PAUSES or norm in DASHES or norm in FINAL or norm == "-"


def _trim(v: View, first: int, end: int) -> int:
    while end > first and v.tokens[end - 1].kind == "mark" and v.norms[end - 1] not in ("?", "!", ")"):
        end -= 1
    return end


def _resumed(v: View, after: int, numbers: list[int]) -> list[tuple[int, int]]:
    """What is said behind the inquit: after its comma in the sentence, or from the next dash on to the line's end."""
    last = v.units[numbers[-1]].last
    end = next(v.units[n].last for n in numbers if v.units[n].last >= after)
    for k in range(after, last):
        glued = v.tokens[k].start > 0 and not v.text[v.tokens[k].start - 1].isspace()
        if (v.norms[k] in DASHES or v.norms[k] == "-") and not (glued and v.norms[k] == "-"):
            start = k + 1
            while start < last and v.tokens[start].kind == "mark" and v.mark_of[start] < 0:
                start += 1
            if start < last and (
                v.tokens[k].start == v.tokens[k - 1].end or v.norms[k - 1] in (".", ",", "!", "?", ":") or k >= end
            ):
                return [(start, _trim(v, start, last))]
        if v.norms[k] == "." and k + 1 >= end and (end >= last or v.norms[end] not in DASHES):
            break
    unit = next(v.units[n] for n in numbers if v.units[n].last >= after)
    rest = clause_rest(v, after, unit)
    return [rest] if rest else []


def _speech(v: View, numbers: list[int], top: int, listed: bool) -> bool:
    """Whether a dash line without an inquit is speech: a whole sentence, and no item of a list behind a colon."""
    first, last = v.units[numbers[0]].first, v.units[numbers[-1]].last
    words = sum(v.tokens[i].kind == "word" for i in range(first, last))
    if v.norms[last - 1] not in FINAL or words < LEAST_WORDS or (v.norms[first] == "-" and not v.capital(first + 1)):
        return False
    above = v.lines[top - 1] if top else None
    return not (above is not None and v.text[above.end - 1] == ":" and listed)
