"""The head of a report: title, byline, dateline, agency and date of publication, as agencies and papers set them.

Two places are looked at: the short lines before the first paragraph of prose, and the start of that paragraph
("PARIS, Jan 3 (Reuters) - "). What is found there is taken out of the body, never guessed beyond its words.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from msgspec import Struct
from msgspec.structs import replace

from stemma.read import furniture
from stemma.read.dateline import Dateline, find_dateline, is_place
from stemma.read.furniture import Furniture
from stemma.read.identify import function_words
from stemma.read.lines import ends_sentence
from stemma.read.outlets import agency_name
from stemma.read.published import find_date
from stemma.read.signoff import find_sign_off
from stemma.records import Span

# A line above the text is at most this long (code points): the longest headlines of the wires are about 120.
TITLE_LENGTH = 200
BYLINE_LENGTH = 140
# Headlines of this length seldom end with a small word; a line that was broken at a column or a page does.
LONG_FOR_TITLE = 60
# How many lines above the first paragraph can be furniture: title, kicker, byline, role, date, reading time, sharing.
HEAD_LINES = 14

_NAMES = regex.compile(r"\p{Lu}[\p{L}\p{M}.'’\-‐]*+(?:,? (?:\p{Lu}[\p{L}\p{M}.'’\-‐]*+|[\p{Ll}&|]{1,3}+)){0,11}+")
_PERSON = regex.compile(
    r"\p{Lu}[\p{Ll}\p{M}.'’\-‐]*+(?: (?:\p{Lu}[\p{L}\p{M}.'’\-‐]*+|d[aeiou]s?|v[ao]n|der|den|bin|al)){1,4}+"
)
# "By Ann LindeFJORDBY (Reuters) - ": a line end that was lost between byline and dateline.
_JOINED = regex.compile(r"By (?P<names>\p{Lu}[\p{L} .'’-]{2,60}?\p{Ll})(?P<place>\p{Lu}{3,}.*+)")
_HAN_NAMES = regex.compile(r"\p{Han}[\p{Han}、，, ]*+")
# "Kari Holt, NTB": the agency that the reporter writes for.
_EMPLOYER = regex.compile(r"\s*[,/|(–-]\s*(?P<agency>[\p{L}][\p{L} -]{1,30}?)\)?$")
_WORD = regex.compile(r"[\p{L}\p{M}]++")


class Head(Struct, frozen=True):
    """What the head says. ``first`` is the index of the first paragraph of the body; ``cut`` the index of the
    paragraph that begins with a dateline and the offset at which its prose begins."""

    title: str | None
    byline: str | None
    dateline: str | None
    agency: str | None
    published: str | None
    first: int
    cut: tuple[int, int] | None


class _Found:
    """What has been gathered while the lines of the head are gone through."""

    def __init__(self, title: str | None) -> None:
        self.title = title
        self.byline: str | None = None
        self.published: str | None = None
        self.dateline: Dateline | None = None
        self.agency: str | None = None


def read_head(text: str, paragraphs: Sequence[Span], language: str | None, title: str | None = None) -> Head:
    """The head of the text. ``title`` is the title where it is known from elsewhere; its line is then no body either."""
    words = furniture.of(language)
    found = _Found(title)
    first = 0
    while first < min(len(paragraphs), HEAD_LINES) and _take(text, paragraphs, first, found, words, language):
        first += 1
    cut = _inline(text, paragraphs, first, found, language)
    line = found.dateline
    return Head(
        title=found.title,
        byline=found.byline,
        dateline=line.place if line else None,
        agency=(line.agency if line else None) or found.agency,
        published=found.published,
        first=first,
        cut=cut,
    )


def _take(
    text: str, paragraphs: Sequence[Span], index: int, found: _Found, words: Furniture, language: str | None
) -> bool:
    """Whether the line belongs to the head; what it says is kept."""
    span = paragraphs[index]
    line = text[span.start : span.end]
    if words.byline_end is not None and words.byline_end.fullmatch(line):
        found.byline = found.byline or line
        return True
    if found.title and _same(line, found.title):
        return True
    if len(paragraphs) == 1:
        return False
    if _place_alone(text, paragraphs, index, found, language):
        return True
    if _dateline_alone(line, found, language) or _date_alone(line, found, words, language):
        return True
    if _agency_byline(line, found, words):
        return True
    byline = _byline(line, words, alone=_is_above_date(text, paragraphs, index, words, language))
    if byline and found.byline is None:
        employer = _EMPLOYER.search(byline)
        agency = agency_name(employer["agency"]) if employer else None
        found.byline = byline[: employer.start()] if employer and agency else byline
        found.agency = found.agency or agency
        return True
    if furniture.is_furniture(line, words):
        return True
    return _title(text, paragraphs, index, found, language)


def _same(line: str, title: str) -> bool:
    return " ".join(line.split()).casefold() == " ".join(title.split()).casefold()


def _title(text: str, paragraphs: Sequence[Span], index: int, found: _Found, language: str | None) -> bool:
    """The first line, where it is short and does not end like a sentence of prose; a kicker above it is passed over."""
    span = paragraphs[index]
    line = text[span.start : span.end]
    if found.title is not None or found.dateline is not None or not looks_like_title(line):
        return False
    after = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
    if after is None or _breaks_off(line, language) or _continues(text[after.start : after.end]):
        return False
    if _is_kicker(line, text[after.start : after.end]):
        return index + 2 < len(paragraphs)
    if find_dateline(line, language) is not None:
        return False
    found.title = line
    return True


def _is_kicker(line: str, after: str) -> bool:
    """The section above a headline: "POLITICS", "Utenriks" above at least four words that could be a headline."""
    words = line.split()
    if not looks_like_title(after):
        return False
    return (line.isupper() and len(words) <= 3) or (len(words) <= 2 and len(line) <= 25 and len(after.split()) >= 4)


def looks_like_title(line: str) -> bool:
    """A line that could be a headline: short, and without the end mark of a sentence that tells."""
    bare = line.rstrip("\"'”’“»«)]* ")
    return 0 < len(line) <= TITLE_LENGTH and not bare.endswith((".", "。", ":", ",", ";", "…", "।", "۔", "-"))


def _continues(line: str) -> bool:
    """Whether a line goes on with the sentence of the line above it."""
    return line[:1].islower() or line.startswith((")", ",", ";"))


def _breaks_off(line: str, language: str | None) -> bool:
    """Whether a line ends with a small word ("... the first reading of"), as a sentence broken in two does."""
    last = line.split()[-1]
    return (
        len(line) > LONG_FOR_TITLE
        and len(last) <= 5
        and last.islower()
        and last in function_words().get(language or "", {})
    )


def _is_above_date(text: str, paragraphs: Sequence[Span], index: int, words: Furniture, language: str | None) -> bool:
    """Whether a date or dateline stands on the next line: then a bare name on this one is a byline."""
    if index == 0 or index + 1 >= len(paragraphs):
        return False
    span = paragraphs[index + 1]
    line = text[span.start : span.end]
    probe = _Found(None)
    return _date_alone(line, probe, words, language) or _dateline_alone(line, probe, language)


def _agency_byline(line: str, found: _Found, words: Furniture) -> bool:
    """ "By REUTERS", "Von dpa", "AFP": the agency stands where the reporter would."""
    if len(line) > 60:
        return False
    match = words.byline.match(line) if words.byline else None
    agency = agency_name(line[match.end() :].strip()) if match else None
    if agency is None:
        sign = find_sign_off(line)
        agency = sign.agency if sign and sign.start == 0 else None
    found.agency = found.agency or agency
    return agency is not None


def _byline(line: str, words: Furniture, alone: bool) -> str | None:
    if len(line) > BYLINE_LENGTH:
        return None
    match = words.byline.match(line) if words.byline else None
    if match:
        rest = line[match.end() :].strip(" :|")
        if rest and len(rest) <= 40 and _HAN_NAMES.fullmatch(rest):
            return rest
        names = _NAMES.match(rest)
        if names and len(names.group()) >= 0.7 * len(rest) and not rest.endswith((".", "?", "!")) and " " in rest:
            return rest
        return None
    if alone and _PERSON.fullmatch(line):
        return line
    return None


def _date_alone(line: str, found: _Found, words: Furniture, language: str | None) -> bool:
    """A line that holds a date and otherwise only words like "published", weekdays, clock times."""
    if len(line) > 80:
        return False
    date = find_date(line, language)
    if date is None:
        return all(word in words.dates for word in _WORD.findall(line.casefold())) and bool(_WORD.search(line))
    rest = _WORD.findall((line[: date[1]] + " " + line[date[2] :]).casefold())
    strange = [word for word in rest if word not in words.dates]
    place = line[: date[1]].rstrip(" ,")
    if strange and place and is_place(place, language) and found.dateline is None:
        found.dateline = Dateline(place, None, None, len(line))
        strange = []
    if len(strange) > 1:
        return False
    found.published = found.published or furniture.stamp(line, language)
    return True


def _dateline_alone(line: str, found: _Found, language: str | None) -> bool:
    got = find_dateline(line, language)
    if got is None or got.end < len(line.rstrip()) or found.dateline is not None:
        return False
    _keep(got, found)
    return True


def _place_alone(text: str, paragraphs: Sequence[Span], index: int, found: _Found, language: str | None) -> bool:
    """A line that is a known place and nothing else, above prose ("Madrid")."""
    span = paragraphs[index]
    line = text[span.start : span.end]
    if len(line) > 30 or len(line.split()) > 3 or not line[0].isupper() or found.dateline is not None:
        return False
    if index + 1 >= len(paragraphs) or not ends_like_prose(text, paragraphs[index + 1]) or not is_place(line, language):
        return False
    found.dateline = Dateline(line, None, None, len(line))
    return True


def _inline(
    text: str, paragraphs: Sequence[Span], first: int, found: _Found, language: str | None
) -> tuple[int, int] | None:
    """The paragraph that begins with a dateline, and where its prose begins: the first one, or an agency's a little later."""
    for index in range(first, min(first + 3, len(paragraphs))):
        span = paragraphs[index]
        got = find_dateline(text[span.start : span.end], language)
        if got is None or span.start + got.end >= span.end or (index > first and got.agency is None):
            continue
        if found.dateline is None:
            _keep(got, found)
        return index, span.start + got.end
    return None


def _keep(got: Dateline, found: _Found) -> None:
    joined = _JOINED.fullmatch(got.place or "")
    if joined:
        found.byline = found.byline or joined["names"]
        got = replace(got, place=joined["place"])
    found.dateline = got
    found.published = found.published or got.published


def ends_like_prose(text: str, span: Span) -> bool:
    """A paragraph of prose: ends like a sentence and is longer than a label."""
    return ends_sentence(text, span) and span.end - span.start >= 40
