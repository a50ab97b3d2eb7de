"""Names of people in scripts without capitals: only where a title says so, or a dot between the parts of a foreign name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import regex

from stemma.language.places import Hit
from stemma.language.words import phrase_set, word_set
from stemma.records import Name, Sentence, Span

# Family and given name of Chinese, Japanese and Korean names: two to five characters. Longer runs before a title are
# names of offices or parties.
HAN = r"[\p{Han}々]"
LONGEST_PLACE = 40  # code points of a place's name
FOREIGN = r"[\p{Katakana}ー]{2,}+(?:[・＝=][\p{Katakana}ー]{2,}+)*+"


class Patterns(NamedTuple):
    """A language's patterns; None where it has no such titles."""

    before_title: Any
    after_title: Any
    dotted: Any
    not_names: frozenset[str]


@cache
def patterns(language: str | None) -> Patterns | None:
    """Patterns for names with titles, or None for a language that has no such data."""
    behind = sorted(phrase_set(language, "names", "titles_after"), key=lambda t: (-len(t), t))
    ahead = sorted(phrase_set(language, "names", "titles_before"), key=lambda t: (-len(t), t))
    if not behind and not ahead:
        return None
    titles = "|".join(map(regex.escape, behind))
    follow = regex.escape("".join(sorted(word_set(language, "names", "after_name")))) or "、"
    hangul = r"(?<![\p{Hangul}])[\p{Hangul}]{2,4}(?= )"
    return Patterns(
        before_title=regex.compile(
            rf"(?P<name>{FOREIGN}|(?<!{HAN}){HAN}{{2,5}}?|{hangul})(?P<gap> ?)(?P<title>{titles})"
        )
        if behind
        else None,
        after_title=regex.compile(
            rf"(?P<title>{'|'.join(map(regex.escape, ahead))})(?P<name>{HAN}{{2,4}}?)(?=[{follow}\s]|$)"
        )
        if ahead
        else None,
        dotted=regex.compile(
            rf"[\p{{Katakana}}ー]{{2,}}+(?:[・＝][\p{{Katakana}}ー]{{2,}}+)++|{HAN}{{1,6}}(?:·{HAN}{{1,5}}?){{1,3}}(?=[{follow}]|[^\p{{Han}}·]|$)"
        ),
        not_names=word_set(language, "names", "not_names"),
    )


def find_titled(text: str, sentences: Sequence[Sentence], places: Sequence[Hit], language: str | None) -> list[Name]:
    """Names with titles, and dotted foreign names, in order; not overlapping."""
    known = patterns(language)
    if known is None:
        return []
    found: dict[int, Name] = {}
    ordered = sorted(places, key=lambda hit: hit.start)
    starts = [hit.start for hit in ordered]
    for number, sentence in enumerate(sentences):
        for pattern in (known.before_title, known.after_title):
            for match in pattern.finditer(text, sentence.start, sentence.end) if pattern is not None else ():
                first = bisect_left(starts, match.start("name") - LONGEST_PLACE)
                hits = ordered[first : bisect_left(starts, match.end("name"))]
                start = _behind_places(match.start("name"), match.end("name"), hits)
                word = text[start : match.end("name")]
                if (
                    len(word) > 1
                    and word not in known.not_names
                    and not any(h.start == start and h.end == match.end("name") for h in hits)
                ):
                    title = Span(match.start("title"), match.end("title"))
                    found.setdefault(start, Name(start, match.end("name"), word, "person", number, title, None))
        for match in known.dotted.finditer(text, sentence.start, sentence.end):
            found.setdefault(
                match.start(), Name(match.start(), match.end(), match.group(), "person", number, None, None)
            )
    kept: list[Name] = []
    for name in sorted(found.values(), key=lambda n: (n.start, -n.end)):
        if not kept or kept[-1].end <= name.start:
            kept.append(name)
    return kept


def _behind_places(start: int, end: int, hits: Sequence[Hit]) -> int:
    """The name without a state's name before it ("韓国李在明大統領")."""
    for hit in hits:
        if hit.start <= start < hit.end < end:
            start = hit.end
    return start
