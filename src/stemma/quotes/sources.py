"""According to SOURCE: before, behind or inside its clause."""

from __future__ import annotations

from stemma.quotes.cues import source_at
from stemma.quotes.ends import LEAST_WORDS, trim_end
from stemma.quotes.found import Found
from stemma.quotes.phrases import Phrase, pronoun, right
from stemma.quotes.speakers import is_determined
from stemma.quotes.view import PAUSES, Unit, View

# "according to what X told": the verb stands within this many tokens.
TOLD = 8


def sources(v: View, number: int) -> list[Found]:
    """According to SOURCE: before, behind or inside its clause; SOURCE zufolge; nach SOURCEs Angaben."""
    unit = v.units[number]
    for i in range(unit.first, unit.last):
        if v.norms[i] not in v.lex.triggers or v.barrier(i):
            continue
        size = source_at(v, i, unit.last)
        one = _source(v, number, i, size) if size else _source_behind(v, number, i) or _source_around(v, number, i)
        if one is not None:
            return [one]
    return []


def _source(v: View, number: int, i: int, size: int) -> Found | None:
    unit = v.units[number]
    told = _told(v, i + size, unit)
    if told is not None:
        content = _around(v, unit, i, told[1])
        return Found(number, "source", content, (i, i + size), told[0], "source", None, "c") if content else None
    phrase = _tight(v, right(v, i + size, unit.last))
    if size > 1 and (phrase is None or _compound(v, i, size)):
        phrase = Phrase(i + size - 1, i + size)
    if phrase is None or (size == 1 and not _nominal(v, phrase)):
        return None
    if phrase.last + 1 < unit.last and v.norms[phrase.last] in v.lex.words["origin"] and v.capital(phrase.last + 1):
        behind = right(v, phrase.last + 1, unit.last)
        phrase = Phrase(phrase.first, behind.last) if behind else phrase
    content = _around(v, unit, i, phrase.last)
    return Found(number, "source", content, (i, i + size), phrase, "source", None, "c") if content else None


def _told(v: View, i: int, unit: Unit) -> tuple[Phrase, int] | None:
    """ "secondo quanto riferisce X", "según informó X", "ifølge det X opplyser": who tells it, and the token behind that.

    The verb stands at once behind "according to" or behind a word for "what"; its subject (or a passive's agent) behind it,
    or between the two.
    """
    words, first = v.lex.words, i
    if v.norms[i] in words["whatever"]:
        first += 1
        while first < unit.last and (
            v.norms[first] in words["complementisers"] or v.norms[first] in words["relatives"]
        ):
            first += 1
    j = next((k for k in range(first, min(unit.last, first + TOLD)) if k in v.cues and not v.capital(k)), None)
    if j is None or any(not v.word(k) or v.barrier(k) for k in range(first, j)):
        return None
    before = right(v, first, j)
    if before is not None and first > i:
        return (before, j + 1) if before.last == j or v.norms[before.last] in words["auxiliaries"] else None
    if any(v.norms[k] not in words["auxiliaries"] and v.norms[k] not in words["objects"] for k in range(first, j)):
        return None
    if first == i and not v.lex.drops:
        return None
    agent = j + 1 < unit.last and v.norms[j + 1] in words["prepositions"] and v.norms[j + 1] not in words["determiners"]
    phrase = right(v, j + 1 + agent, unit.last)
    return (phrase, phrase.last) if phrase is not None else None


def _compound(v: View, i: int, size: int) -> bool:
    """ "Nach Polizeiangaben kam der Wagen ...": the source is inside the word, and the clause begins behind it."""
    return any(
        phrase[-1][0] == "*" and len(phrase) == size and len(v.norms[i + size - 1]) > len(phrase[-1]) - 1
        for phrase in v.lex.according.get(v.norms[i], ())
        if v.norms[i + size - 1].endswith(phrase[-1].lstrip("*"))
    )


def _nominal(v: View, phrase: Phrase) -> bool:
    """German writes every noun with a capital: "laut geworden" names no source."""
    return (
        not v.lex.capital_nouns
        or pronoun(v, phrase.first)
        or any(v.capital(k) or v.norms[k] in v.lex.words["determiners"] for k in range(*phrase))
    )


def _tight(v: View, phrase: Phrase | None) -> Phrase | None:
    """Where no comma follows a source phrase: its first word, with the capitalised words behind it."""
    if phrase is not None and v.lex.v2 and phrase.last - phrase.first > 2 and is_determined(v, phrase.last):
        return Phrase(phrase.first, phrase.last - 1)
    if phrase is None or not v.lex.tight:
        return phrase
    last = phrase.first + 1
    while last < phrase.last and v.capital(last):
        last += 1
    return Phrase(phrase.first, last)


def _source_behind(v: View, number: int, i: int) -> Found | None:
    """SOURCE zufolge, SOURCEn mukaan: the phrase before the word."""
    if not any(v.norms[i] == phrase[-1] for phrase in v.lex.behind):
        return None
    unit = v.units[number]
    words, s = v.lex.words, i
    while s > unit.first and i - s < 8 and not v.barrier(s - 1):
        norm = v.norms[s - 1]
        if (
            (v.tokens[s - 1].kind == "mark" and v.mark_of[s - 1] < 0)
            or norm in words["auxiliaries"]
            or norm in words["subordinators"]
        ):
            break
        if norm in words["complementisers"] or (
            v.lex.capital_nouns
            and s < i
            and not v.capital(s - 1)
            and v.capital(s)
            and norm not in words["determiners"]
            and not norm.endswith(("en", "er", "em", "es"))
        ):
            break
        s -= 1
    s = _from_article(v, s, i)
    if s == i:
        return None
    content = _around(v, unit, s, i + 1)
    if i - s <= 2 and v.norms[i - 1] in v.lex.words["unowned"]:
        return Found(number, "source", content, (i, i + 1), None, "", None, "c") if content else None
    return Found(number, "source", content, (i, i + 1), Phrase(s, i), "source", None, "c") if content else None


def _from_article(v: View, s: int, i: int) -> int:
    """Where the phrase that ends at i begins: at its last article, over a genitive's ("den Angaben der Polizei zufolge")."""
    words = v.lex.words
    for k in range(i - 1, s - 1, -1):
        if v.norms[k] in words["determiners"] and v.norms[k] not in words["pronouns"]:
            if v.norms[k] in words["genitives"] and k > s and v.capital(k - 1):
                continue
            return k
    return s


def _source_around(v: View, number: int, i: int) -> Found | None:
    """nach SOURCEs Angaben, etter SOURCEs mening: a phrase between preposition and noun."""
    unit = v.units[number]
    for before, behind in v.lex.around:
        if v.norms[i] != before[0] or tuple(v.norms[i : i + len(before)]) != before:
            continue
        for k in range(i + len(before) + 1, min(unit.last, i + 7)):
            if v.norms[k] in behind:
                if v.lex.capital_nouns and not any(v.capital(t) for t in range(i + len(before), k)):
                    return _owner(v, number, i, k)
                content = _around(v, unit, i, k + 1)
                return (
                    Found(number, "source", content, (i, i + 1), Phrase(i + len(before), k), "source", None, "c")
                    if content
                    else None
                )
            if v.tokens[k].kind == "mark":
                break
    return None


def _owner(v: View, number: int, i: int, k: int) -> Found | None:
    """ "Nach übereinstimmenden Angaben der Zeitungen" names the owner behind the noun; "nach ihren Angaben" is a pronoun's."""
    phrase = (
        right(v, k + 1, v.units[number].last)
        if v.norms[k + 1] in v.lex.words["genitives"] or v.norms[k + 1] in v.lex.words["linking"]
        else None
    )
    how = "source" if phrase is not None else "sentence"
    owned = any(pronoun(v, t) or v.norms[t] in v.lex.words["possessives"] for t in range(i + 1, k))
    phrase = phrase or Phrase(i + 1, k if owned else k + 1)
    content = _around(v, v.units[number], i, max(phrase.last, k + 1))
    return Found(number, "source", content, (i, i + 1), phrase, how, None, "c") if content else None


def _around(v: View, unit: Unit, i: int, after: int) -> list[tuple[int, int]]:
    """The clause round a source phrase at tokens i:after."""
    while (
        after < unit.last
        and v.tokens[after].kind == "mark"
        and v.mark_of[after] >= 0
        and v.mark_of[after] == v.mark_of[after - 1]
    ):
        after += 1
    start = unit.first
    while start < i and (v.tokens[start].kind == "mark" and v.mark_of[start] < 0):
        start += 1
    before = trim_end(v, start, i)
    pause = next(
        (k for k in range(after, min(unit.last, after + 80)) if v.mark_of[k] < 0 and v.norms[k] in PAUSES), None
    )
    content: list[tuple[int, int]] = []
    opening = before - start < 3 and all(
        not v.word(k)
        or v.norms[k] in v.lex.words["conjunctions"]
        or v.norms[k] in v.lex.words["adverbs"]
        or (k == start and before - start == 2 and v.norms[k] in v.lex.words["prepositions"])
        for k in range(start, before)
    )
    if opening:
        begin = _verb_second(v, unit, after) if v.lex.v2 or v.lex.tight else (pause + 1 if pause is not None else None)
        if begin is None:
            return []
        if not v.lex.v2 and not v.lex.tight:
            begin = _over_apposition(v, begin, unit)
        end = trim_end(v, begin, unit.last)
        return [(begin, end)] if end - begin >= LEAST_WORDS else []
    content.append((start, before))
    bound = v.norms[i - 1] in PAUSES
    if (v.lex.v2 or (v.lex.tight and v.lex.behind)) and not bound:
        end = trim_end(v, after, unit.last)
        if end - after >= 1:
            content.append((after, end))
    elif pause is not None and pause - after <= 1 and pause + 1 < unit.last:
        nxt = v.norms[pause + 1]
        if (
            nxt not in v.lex.words["relatives"]
            and nxt not in v.lex.words["determiners"]
            and nxt not in v.lex.words["participles"]
            and nxt not in v.lex.words["conjunctions"]
        ):
            content.append((pause + 1, trim_end(v, pause + 1, unit.last)))
    return content


def _verb_second(v: View, unit: Unit, after: int) -> int | None:
    """Where the clause begins behind a source phrase at its head: at the verb, over more of the phrase and appositions."""
    begin = after
    for _ in range(4):
        if begin >= unit.last:
            return None
        if v.norms[begin] in PAUSES and v.mark_of[begin] < 0:
            pause = next(
                (k for k in range(begin + 1, min(unit.last, begin + 22)) if v.mark_of[k] < 0 and v.norms[k] in PAUSES),
                None,
            )
            return begin + 1 if pause is None or begin > after else pause + 1
        if v.norms[begin] not in v.lex.words["prepositions"] and v.mark_of[begin] < 0:
            return begin
        phrase = right(v, begin + 1, unit.last)
        begin = phrase.last if phrase else begin + 1
    return begin


def _over_apposition(v: View, begin: int, unit: Unit) -> int:
    """ "According to Ann Lee, a lawyer for X, the ...": begin behind the apposition."""
    if v.norms[begin] in ("a", "an") or v.norms[begin] in v.lex.words["relatives"]:
        pause = next(
            (k for k in range(begin, min(unit.last, begin + 16)) if v.mark_of[k] < 0 and v.norms[k] in PAUSES), None
        )
        if pause is not None and pause + 1 < unit.last:
            return pause + 1
    return begin
