"""Marks beside which no cue stands: more of the quotation before them, a quotation of their own, or no speech at all."""

from __future__ import annotations

from bisect import bisect_left

from stemma.quotes.found import Found
from stemma.quotes.phrases import Phrase, pronoun, right
from stemma.quotes.speakers import free_phrase
from stemma.quotes.subjects import left
from stemma.quotes.view import DASHES, View, is_title

# Marks round at least this many words in plain narration are somebody's words, not a title or a term. Fewer are enough
# where every fragment in marks is looked for.
LONG_WORDS, LONGER_WORDS = 4, 8
# Who speaks in "X on his plans: ..." is looked for among this many tokens before the words.
BEFORE_COLON = 60


def alone(v: View, found: list[Found]) -> list[Found]:
    """Give each long mark that no finding holds to its neighbour or make it a finding of its own."""
    held: dict[int, Found] = {}
    for one in found:
        for first, last in one.content:
            for i in range(first, last):
                if v.mark_of[i] >= 0:
                    held[v.mark_of[i]] = one
    by_unit: dict[int, list[Found]] = {}
    for one in found:
        by_unit.setdefault(one.unit, []).append(one)
    new: list[Found] = []
    last_direct: Found | None = None
    last_speaker: Found | None = None
    last_line = -1
    for number, unit in enumerate(v.units):
        here = by_unit.get(number, [])
        if here and any(one.subject is not None for one in here):
            last_speaker = next(one for one in reversed(here) if one.subject is not None)
        elif last_speaker is not None and v.units[last_speaker.unit].line < unit.line - 1:
            last_speaker = None
        if here:
            marked = [one for one in here if any(v.mark_of[i] >= 0 for a, b in one.content for i in range(a, b))]
            last_direct = marked[-1] if marked else None
            last_line = unit.line
        pure = _pure(v, number)
        inside = _incise(v, number, pure) if pure and v.lex.inside else None
        if inside is not None:
            new.append(inside)
            last_direct, last_line = inside, unit.line
            continue
        if not pure:
            tail = _signature(v, number, held) if not here else None
            more = [tail] if tail is not None else _unheld(v, number, held, last_speaker)
            if more:
                new.extend(more)
                last_direct, last_line = more[-1], unit.line
            continue
        loose = [k for k in pure if k not in held]
        if not loose:
            continue
        m = v.marks[loose[0]]
        same_line = last_line == unit.line
        if last_direct is None or not (same_line or m.continues):
            led = _led(v, number) or _signed(v, number)
            if led is not None:
                led.content = [(unit.first, unit.last)]
                new.append(led)
                last_direct, last_line = led, unit.line
                continue
        if last_direct is not None and (same_line or m.continues):
            last_direct.content.append((unit.first, unit.last))
            last_line = unit.line
        else:
            one = Found(number, "alone", [(unit.first, unit.last)], inherits=last_direct or last_speaker)
            new.append(one)
            last_direct, last_line = one, unit.line
    return found + _run_together(v, found, new)


def _run_together(v: View, found: list[Found], new: list[Found]) -> list[Found]:
    """What ran on into a paragraph that its own inquit closes belongs to that inquit."""
    home: dict[int, Found] = {}
    for one in (*found, *new):
        for first, last in one.content:
            for i in range(first, last):
                if v.mark_of[i] >= 0:
                    home.setdefault(v.mark_of[i], one)
    kept: list[Found] = []
    for one in reversed(new):
        k = v.mark_of[one.content[0][0]]
        after = home.get(k + 1)
        if (
            one.place == "alone"
            and k >= 0
            and v.marks[k].runs_on
            and after is not None
            and after is not one
            and one.inherits is None
        ):
            after.content = [*one.content, *after.content]
            continue
        kept.append(one)
    return kept[::-1]


def _unheld(v: View, number: int, held: dict[int, Found], before: Found | None) -> list[Found]:
    """Long marks in a sentence of narration: behind a colon the words of its subject; else of nobody we can name."""
    unit = v.units[number]
    found: list[Found] = []
    i = unit.first
    while i < unit.last:
        k = v.mark_of[i]
        if k < 0 or k in held or not v.barrier(i):
            i += 1
            continue
        first = i
        while i < unit.last and v.mark_of[i] == k:
            i += 1
        words = [t for t in range(first, i) if v.word(t)]
        if v.norms[first - 1] == ":" and first > unit.first:
            if before is not None and before.unit == number and before.subject is not None and before.place == "post":
                found.append(Found(number, "pre", [(first, i)], None, before.subject, "sentence", None, "d"))
                continue
            phrase = _before_colon(v, max(unit.first, first - BEFORE_COLON), first - 1)
            how = "colon" if phrase and phrase.last == first - 1 else "sentence"
            found.append(Found(number, "pre", [(first, i)], None, phrase, how, None, "d"))
        elif (
            len(words) >= (LONG_WORDS if "fragments" in v.lex.apart else LONGER_WORDS)
            and sum(v.capital(t) for t in words) < len(words) / 2
        ):
            told = before is not None and before.unit == number
            subject = None if told else _in_sentence(v, max(unit.first, first - BEFORE_COLON), first)
            found.append(
                Found(number, "alone", [(first, i)], None, subject, "sentence" if subject else "", inherits=before)
            )
    return found


def _before_colon(v: View, first: int, colon: int) -> Phrase | None:
    """Who speaks in "X on his plans: ...": the first person named there, else the subject where it can speak."""
    if pronoun(v, first) or v.norms[first] in v.lex.words["possessives"]:
        return Phrase(first, first + 1)
    start, end = v.tokens[first].start, v.tokens[colon].start
    for name in v.report.names:
        if name.kind == "person" and start <= name.start and name.end <= end:
            begin = min(name.start, name.title.start) if name.title else name.start
            tokens = [i for i in range(first, colon) if v.tokens[i].start >= begin and v.tokens[i].end <= name.end]
            return Phrase(tokens[0], tokens[-1] + 1) if tokens else None
    return free_phrase(v, first, colon)


def _in_sentence(v: View, first: int, mark: int) -> Phrase | None:
    """The likeliest speaker of marks in a sentence without a cue: its subject, unless the sentence is reported itself."""
    if any(v.norms[i] in v.lex.words["mood"] for i in range(first, mark)):
        return None
    phrase = free_phrase(v, first, mark)
    return None if phrase is not None and v.norms[phrase.last - 1] in v.lex.words["mute"] else phrase


def _led(v: View, number: int) -> Found | None:
    """ "X said:" at the end of the line before."""
    if number == 0:
        return None
    before = v.units[number - 1]
    if v.norms[before.last - 1] != ":" or before.line < v.units[number].line - 1:
        return None
    for j in range(before.last - 1, before.first - 1, -1):
        cue = v.cues.get(j)
        if cue is None or "d" not in cue.frames or v.barrier(j):
            continue
        subject = left(v, j, before.first)
        phrase = subject.phrase if subject else right(v, j + 1, before.last)
        how = subject.how if subject else "behind" if phrase else ""
        return Found(number, "pre", [], (j, j + 1), phrase, how, None, "d")
    return None


def _incise(v: View, number: int, pure: list[int]) -> Found | None:
    """An inquit inside the marks: « A, a déclaré X, b », «А, — сказал X, — б»."""
    unit = v.units[number]
    for j in range(unit.first + 2, unit.last - 1):
        cue = v.cues.get(j)
        if cue is None or "d" not in cue.frames or v.mark_of[j] not in pure:
            continue
        g = j
        while g > unit.first and (
            v.norms[g - 1] in v.lex.words["auxiliaries"] or v.norms[g - 1] in v.lex.words["objects"]
        ):
            g -= 1
        dashed = v.norms[g - 1] in DASHES and v.norms[g - 2] in (",", "!", "?", "…")
        between = _between_dashes(v, number, g, j) if not dashed else None
        if between is not None:
            return between
        if not dashed and not (v.norms[g - 1] == "," and v.text[v.tokens[g].start].islower()):
            continue
        m = v.marks[v.mark_of[j]]
        end = next((k for k in range(j + 1, min(unit.last, j + 12)) if v.norms[k] in (",", ".")), None)
        if end is None or v.tokens[end].start >= m.inner.end:
            continue
        subject = Phrase(j + 1, end)
        named = any(v.capital(k) or v.norms[k] in v.lex.words["heads"] for k in range(j + 1, end))
        if not named or end == j + 1 or (dashed and v.norms[min(end + 1, unit.last - 1)] not in DASHES):
            continue
        first = next(k for k in range(unit.first, unit.last) if v.tokens[k].start >= m.inner.start)
        last = next((k for k in range(end, unit.last) if v.tokens[k].start >= m.inner.end), unit.last)
        rest = end + 1 + (v.norms[min(end + 1, unit.last - 1)] in DASHES)
        return Found(
            number, "incise", [(first, g - 1 - dashed), (rest, last)], (j, j + 1), subject, "behind", None, "d"
        )
    return None


def _between_dashes(v: View, number: int, g: int, j: int) -> Found | None:
    """ "A – ha detto X – b": an inquit between two dashes inside the marks, without a comma."""
    unit, m = v.units[number], v.marks[v.mark_of[j]]
    if v.norms[g - 1] not in DASHES or g - 2 <= unit.first:
        return None
    end = next((k for k in range(j + 1, min(unit.last, j + 16)) if v.norms[k] in DASHES), None)
    if end is None or v.tokens[end].start >= m.inner.end:
        return None
    subject = Phrase(j + 1, end) if end > j + 1 else None
    if subject is not None and not any(v.capital(k) or v.norms[k] in v.lex.words["heads"] for k in range(*subject)):
        return None
    first = next(k for k in range(unit.first, unit.last) if v.tokens[k].start >= m.inner.start)
    last = next((k for k in range(end, unit.last) if v.tokens[k].start >= m.inner.end), unit.last)
    return Found(
        number, "incise", [(first, g - 1), (end + 1, last)], (j, j + 1), subject, "behind" if subject else "", None, "d"
    )


def _signature(v: View, number: int, held: dict[int, Found]) -> Found | None:
    """One unit that is marks, a dash and a name."""
    unit = v.units[number]
    if not v.barrier(unit.first):
        return None
    k = v.mark_of[unit.first]
    i = unit.first
    while i < unit.last and v.mark_of[i] == k:
        i += 1
    if k in held or i + 1 >= unit.last or (v.norms[i] not in DASHES and v.norms[i] not in ("-", "--")):
        return None
    phrase = right(v, i + 1, unit.last)
    if (
        phrase is None
        or not v.capital(phrase.first)
        or (phrase.last < unit.last and v.word(phrase.last))
        or phrase.last - phrase.first > 6
    ):
        return None
    return Found(number, "post", [(unit.first, i)], None, Phrase(*phrase), "behind", None, "d")


def _signed(v: View, number: int) -> Found | None:
    """'"..." - Name' on one line or with the name alone on the next."""
    if number + 1 >= len(v.units):
        return None
    after = v.units[number + 1]
    if after.line > v.units[number].line + 1 or (
        v.norms[after.first] not in DASHES and v.norms[after.first] not in ("-", "--")
    ):
        return None
    phrase = right(v, after.first + 1, after.last)
    if phrase is None or not v.capital(phrase.first) or (phrase.last < after.last and v.word(phrase.last)):
        return None
    return Found(number, "post", [], None, phrase, "behind", None, "d")


def _pure(v: View, number: int) -> list[int]:
    """The marks of a unit that has no word outside marks, at least one of them longer than a phrase."""
    unit = v.units[number]
    ks: list[int] = []
    for i in range(unit.first, unit.last):
        k = v.mark_of[i]
        if k < 0:
            if v.tokens[i].kind != "mark":
                return []
        elif not ks or ks[-1] != k:
            ks.append(k)
    return ks if any(v.hard[k] or v.marks[k].continues for k in ks) else []


def chain(v: View, found: list[Found]) -> list[Found]:
    """Sentences in the reported mood that follow an attribution go on with it: "Er habe nichts gesehen. ..." """
    if not v.lex.words["mood"]:
        return found
    taken = {one.unit: one for one in sorted(found, key=lambda f: f.content[0])}
    new: list[Found] = []
    last: Found | None = None
    for number, unit in enumerate(v.units):
        if number in taken:
            last = taken[number]
            continue
        if last is None or (last.unit < number - 1 and not (new and new[-1].unit == number - 1)):
            last = None
        elif _opens_chain(v, last) and _reported(v, number):
            one = Found(number, "chain", [(unit.first, _content_last(v, number))], inherits=last)
            new.append(one)
            continue
        last = None
    return found + new


def _opens_chain(v: View, last: Found) -> bool:
    """Whether an attribution goes on in the reported mood: in German any, in French only a stated source ("selon X")."""
    return last.place in v.lex.mood_after if v.lex.mood_after else last.place != "alone"


def _content_last(v: View, number: int) -> int:
    unit = v.units[number]
    return unit.last - (
        unit.last - unit.first > 1 and v.tokens[unit.last - 1].kind == "mark" and v.mark_of[unit.last - 1] < 0
    )


def _reported(v: View, number: int) -> bool:
    """Whether the unit has a finite verb in the reported mood outside marks, and no verb of saying of its own."""
    unit = v.units[number]
    norms = [v.norms[i] for i in range(unit.first, unit.last) if not v.barrier(i)]
    return any(n in v.lex.words["mood"] for n in norms) and not any(n in v.lex.words["unreal"] for n in norms)


def is_term(v: View, k: int, one: Found) -> bool:
    """Whether marks inside a reported clause hold a name, a slogan or a term and not words of the speaker."""
    if v.hard[k] or (one.frame == "d" and one.place == "pre"):
        return False
    m = v.marks[k]
    first = bisect_left(v.tokens, (m.inner.start,))
    words = [i for i in range(first, min(len(v.tokens), first + 8)) if v.tokens[i].start < m.inner.end and v.word(i)]
    if not words:
        return True
    glyph = words[0] - 1
    before = v.norms[glyph - 1] if glyph > 0 else ""
    after = v.text[m.end : m.end + 2]
    named = (v.lex.capital_nouns and v.word(glyph - 1) and v.capital(glyph - 1) and v.capital(words[0])) or is_title(
        v, words
    )
    compound = after[:1] in ("-", "‑") and after[1:].isalpha()
    called = before in v.lex.words["socalled"] or (
        glyph - 1 in v.cues and "k" in v.cues[glyph - 1].frames and one.frame != "k"
    )
    return named or compound or called or (one.frame == "n" and "fragments" not in v.lex.apart)
