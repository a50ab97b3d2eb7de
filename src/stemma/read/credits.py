"""Whom a report credits: outlets and agencies named with a crediting cue ("told AFP", "skriver Fjordposten").

A name of the world list counts beside any cue of the language; a name that is also a common word, and a name that the
list lacks but that looks like a paper's ("Lillevik Tidende", "the newspaper Fjordposten"), only beside a strong one.
A credit is found in its sentence alone; nothing is joined across sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import regex
from msgspec import Struct

from stemma.language.lexicon import table
from stemma.read.outlets import spellings
from stemma.records import Credit, Span

# How far before and after a name its cue may begin or end (code points): "in an interview with the Finnish public broadcaster".
WINDOW = 100

# Up to five words between cue and name ("told [the French public broadcaster] X"), an article that is written on ("l'").
_FILLER = regex.compile(r"[\s\"'“„«‘]*+(?:[^\s.,;:!?()\"“”„«»]++[\s]++){0,5}(?:\p{L}{1,5}['’])?[\"'“„«‘]?")
_TIGHT = regex.compile(r"\s*+(?:[^\s.,;:!?()，。、！？；]++\s*+){0,2}(?:\p{L}{1,5}['’])?[\"'“„«‘「『《【]?\s*+")
_AFTER_GAP = regex.compile(r"(?:[\"'”“»’」』》】]|['’]s\b)?[\s,]{0,2}+(?:\p{L}++\s++){0,3}?")
_CJK = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}"
_NAME_END = regex.compile(rf"(?:['’:\-]\p{{Ll}}{{1,4}}|s)?+(?=[{_CJK}]|[^\p{{L}}\p{{N}}]|$)")
_LONGER_NAME = regex.compile(r" \p{Lu}\p{Ll}")
_WORD = regex.compile(rf"(?:(?![{_CJK}])[\p{{L}}\p{{N}}\p{{M}}])++")
_CAPITALS = regex.compile(
    r"\p{Lu}(?:[\p{L}\p{M}&]|\.(?=\p{L}))*+(?:[ \-]\p{Lu}(?:[\p{L}\p{M}&]|\.(?=\p{L}))*+){0,5}+(?: \d{1,2}\b)?"
)
_DOMAIN = regex.compile(
    r"\b[\p{L}\d][\p{L}\d-]{1,30}+\.(?:com|net|org|info|news|tv|no|se|dk|fi|de|at|ch|nl|be|fr|es|it|pt|br|uk|ie|pl|cz|ru|ua|gr|tr|jp|kr|cn|hk|tw|in|au|nz|ca|us|eu|io)\b"
)
_NO_SPACES = regex.compile(rf"[{_CJK}]")
_ARABIC_PREFIXES = "لوبفك"


class Cues(Struct, frozen=True):
    """A language's crediting cues, compiled; None where it has none."""

    before: Any
    after: Any
    strong: Any
    nouns: Any
    endings: frozenset[str]
    compounds: tuple[str, ...]


class Mention(NamedTuple):
    """A name in the text that could be an outlet's. ``weak``: needs a strong cue."""

    start: int
    end: int
    name: str
    weak: bool


def find_credits(
    text: str,
    body: Sequence[Span],
    language: str | None,
    notices: Sequence[Span] = (),
    agency: str | None = None,
) -> tuple[Credit, ...]:
    """The credits in the body and in notices below it, in the order of the text; the span covers cue and name.

    A notice that names the report's own ``agency`` ("© dpa") credits nobody.
    """
    cues = cues_of(language)
    found: list[Credit] = [
        Credit(name=mention.name, span=Span(notice.start, mention.end))
        for notice in notices
        for mention in (*_listed(text, notice), *_listed_without_spaces(text, notice))
        if not mention.weak and mention.name != agency
    ]
    return tuple(sorted((*_in_body(text, body, cues), *found), key=lambda credit: credit.span))


def _in_body(text: str, body: Sequence[Span], cues: Cues) -> list[Credit]:
    found: list[Credit] = []
    if cues.before is None and cues.after is None:
        return found
    for paragraph in body:
        for mention in _mentions(text, paragraph, cues):
            span = _credit(text, paragraph, mention, cues)
            if span and not (found and found[-1].name == mention.name and span.start < found[-1].span.end):
                found.append(Credit(name=mention.name, span=span))
    return found


@cache
def cues_of(language: str | None) -> Cues:
    """The cues of a language."""
    data: dict[str, Any] = table(language, "read").get("credits", {})
    return Cues(
        before=_compile(data.get("before", ())),
        after=_compile(data.get("after", ()), whole=language not in ("ja", "zh", "ko")),
        strong=_compile(data.get("strong", ())),
        nouns=_compile(data.get("nouns", ())),
        endings=frozenset(data.get("endings", ())),
        compounds=tuple(sorted(ending.casefold() for ending in data.get("endings", ()) if len(ending) > 4)),
    )


def _compile(phrases: Sequence[str], whole: bool = True) -> Any:
    if not phrases:
        return None
    gap = r"(?:\s++[^\s.;:!?\"“”„«»]++){0,6}?\s++"
    patterns = [
        gap.join(regex.escape(part.strip(), literal_spaces=True).replace(" ", r"\s+") for part in phrase.split(" ... "))
        for phrase in sorted(phrases, key=lambda one: (-len(one), one))
    ]
    edge = (r"(?<![\p{L}\p{N}])", r"(?![\p{L}\p{N}])") if whole else ("", "")
    ends = [pattern + (edge[1] if phrase_end(pattern) else "") for pattern in patterns]
    return regex.compile(f"{edge[0]}(?:{'|'.join(ends)})", regex.IGNORECASE)


def phrase_end(pattern: str) -> bool:
    """Whether a phrase must end at a word's end; "à l'" and Chinese phrases need not."""
    return not pattern.endswith(("'", "’", " ل")) and not _NO_SPACES.search(pattern[-1])


def _mentions(text: str, paragraph: Span, cues: Cues) -> Iterator[Mention]:
    """Listed names first, then names shaped like a paper's; left to right, not overlapping."""
    found = [*_listed(text, paragraph), *_listed_without_spaces(text, paragraph)]
    taken = bytearray(paragraph.end - paragraph.start)
    for one in found:
        taken[one.start - paragraph.start : one.end - paragraph.start] = b"\1" * (one.end - one.start)
    found.extend(
        mention
        for mention in _shaped(text, paragraph, cues)
        if not any(taken[mention.start - paragraph.start : mention.end - paragraph.start])
    )
    yield from sorted(found)


def _listed(text: str, paragraph: Span) -> Iterator[Mention]:
    index = _by_first_word()
    end = -1
    for match in _first_words().finditer(text, paragraph.start, paragraph.end):
        if match.start() < end:
            continue
        start, word = match.start(), match.group()
        rows = index.get(word, ())
        if not rows and word[-1] == "s":
            rows = index.get(word[:-1], ())
        elif not rows and word[0] in _ARABIC_PREFIXES:
            start, rows = start + 1, index.get(word[1:], ())
        for spelling, name, weak in rows:
            if text.startswith(spelling, start) and _NAME_END.match(text, start + len(spelling)):
                if weak and _LONGER_NAME.match(text, start + len(spelling)):
                    continue
                end = start + len(spelling)
                yield Mention(start, end, name, weak)
                break


def _listed_without_spaces(text: str, paragraph: Span) -> Iterator[Mention]:
    if not _NO_SPACES.search(text, paragraph.start, paragraph.end):
        return
    taken = bytearray(paragraph.end - paragraph.start)
    for spelling, name, weak in _without_spaces():
        at = text.find(spelling, paragraph.start, paragraph.end)
        while at >= 0:
            end = at + len(spelling)
            if not any(taken[at - paragraph.start : end - paragraph.start]):
                taken[at - paragraph.start : end - paragraph.start] = b"\1" * len(spelling)
                yield Mention(at, end, name, weak)
            at = text.find(spelling, end, paragraph.end)


def _shaped(text: str, paragraph: Span, cues: Cues) -> Iterator[Mention]:
    """Names of papers that the list lacks: by their last word, by the noun before or after them, or web addresses."""
    for match in _DOMAIN.finditer(text, paragraph.start, paragraph.end):
        yield Mention(match.start(), match.end(), match.group(), True)
    for match in _CAPITALS.finditer(text, paragraph.start, paragraph.end):
        words = match.group().split()
        last = words[-1]
        named = len(words) > 1 and last in cues.endings
        # "Fjordposten", "Hallingdølen Aftenblad": a word that ends like a paper's in one piece.
        compound = (
            len(words) <= 2
            and len(last) > 6
            and last.endswith(cues.compounds)
            and last.casefold() not in cues.compounds
        )
        if named or compound or _noun_beside(text, paragraph, match.start(), match.end(), cues):
            yield Mention(match.start(), match.end(), match.group().rstrip("."), True)


def _noun_beside(text: str, paragraph: Span, start: int, end: int, cues: Cues) -> bool:
    """ "the newspaper X", "X newspaper": the noun touches the name."""
    if cues.nouns is None:
        return False
    before = text[max(paragraph.start, start - 40) : start].rstrip(" \"'“„«‘")
    if any(match.end() == len(before) for match in cues.nouns.finditer(before)):
        return True
    if " " not in text[start:end]:
        return False  # "the German newspaper" names no paper
    after = cues.nouns.match(text, min(end + 1, paragraph.end), min(end + 40, paragraph.end))
    return after is not None and not text[after.end() : after.end() + 2].strip()[:1].isupper()


def _credit(text: str, paragraph: Span, mention: Mention, cues: Cues) -> Span | None:
    """The words of the credit, cue and name, or None where nothing credits the name."""
    before = cues.strong if mention.weak else cues.before
    start = _cue_before(text, paragraph, mention.start, before)
    if start is not None:
        return Span(start, mention.end)
    after = cues.strong if mention.weak else cues.after
    if after is None:
        return None
    gap = _AFTER_GAP.match(text, mention.end, min(mention.end + 40, paragraph.end))
    for at in _gap_ends(text, mention.end, gap.end() if gap else mention.end, paragraph):
        match = after.match(text, at, min(at + WINDOW, paragraph.end))
        if match:
            return Span(mention.start, match.end())
    return None


def _cue_before(text: str, paragraph: Span, start: int, cue: Any) -> int | None:
    if cue is None:
        return None
    window = text[max(paragraph.start, start - WINDOW) : start]
    offset = start - len(window)
    best = None
    for match in cue.finditer(window, overlapped=True):
        rest = window[match.end() :]
        filler = _TIGHT if len(match.group()) <= 4 else _FILLER
        if filler.fullmatch(rest):
            best = match.start() if best is None or match.start() > best + 12 else best
    return None if best is None else offset + best


def _gap_ends(text: str, start: int, end: int, paragraph: Span) -> Iterator[int]:
    """Where a cue after the name may begin: right at it, after a mark and a space, after up to three words."""
    yield start
    at = start
    words = 0
    while at < min(start + 40, paragraph.end) and words <= 3:
        mark = text[at]
        if mark in ".!?;:\n(":
            return
        at += 1
        if mark.isspace() or mark in "\"'”“»’」』》】,":
            yield at
            words += mark.isspace()


@cache
def _first_words() -> Any:
    """Words that a listed name can begin with: capitalised, of a script without capitals, or one of the few small ones."""
    small = sorted(word for word in _by_first_word() if word[0].islower())
    word = rf"(?:(?![{_CJK}])[\p{{L}}\p{{N}}\p{{M}}])*+"
    either = "|".join(map(regex.escape, small))
    return regex.compile(
        rf"(?:(?<![\p{{L}}\p{{N}}])|(?<=[{_CJK}]))(?:[\p{{Lu}}\p{{N}}]{word}|(?![{_CJK}])\p{{Lo}}{word}|(?:{either})(?:s\b|(?![\p{{L}}\p{{N}}])))"
    )


@cache
def _by_first_word() -> dict[str, tuple[tuple[str, str, bool], ...]]:
    """The first word of each spelling to (spelling, usual name, weak), the longest spelling first."""
    index: dict[str, list[tuple[str, str, bool]]] = {}
    for spelling, (name, _, weak) in spellings().items():
        if _NO_SPACES.search(spelling):
            continue
        first = _WORD.search(spelling)
        if first and first.start() == 0:
            index.setdefault(first.group(), []).append((spelling, name, weak))
    return {word: tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0]))) for word, rows in index.items()}


@cache
def _without_spaces() -> tuple[tuple[str, str, bool], ...]:
    """The spellings in scripts that set no spaces, the longest first."""
    rows = [(spelling, name, weak) for spelling, (name, _, weak) in spellings().items() if _NO_SPACES.search(spelling)]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))
