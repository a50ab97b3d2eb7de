"""Datelines: where and when a report was filed, and by which agency.

The habits that are read (place, date and agency in any of these orders):
``FJORDBY, Norway (AFP) Feb 3, 2026``, ``PARIS, Jan 3 (Reuters) - ``, ``OSLO (NTB): ``, ``BERLIN, 3. März (dpa) - ``,
``(AP) — ``, ``(ANSA) - ROMA, 13 GEN - ``, ``Madrid, 3 ene (EFE).- ``, ``WASHINGTON — ``, ``МОСКВА, 13 января. /ТАСС/. ``,
``東京 13日 ロイター] - ``, ``【東京時事】``, ``新华社北京1月13日电``, ``(서울=연합뉴스)``.
"""

from __future__ import annotations

from typing import Any

import regex
from msgspec import Struct

from stemma.read import furniture
from stemma.read.outlets import agency_name, body_name
from stemma.read.published import find_date

# No dateline is longer (code points); every pattern below looks at this much of a line and no more.
LONGEST = 160

_WORD = r"\p{Lu}[\p{L}\p{M}.'’]*+(?:[-‐/][\p{L}\p{M}.'’]++)*+"
_SMALL = r"(?:d[aeio]s?|del|of|the|l[ae]s?|am|an|der|den|og|i|sur|upon|bei|im|en|y|e)"
_PLACE = rf"(?P<place>{_WORD}(?:,? (?:{_WORD}|{_SMALL}(?= )))" + r"{0,6}?)"
_DAY = (
    r"(?P<date>(?:\p{L}{2,12}\.? )?(?:\d{1,2}\.? ?(?:de )?\p{L}{3,14}\.?(?:,? (?:de )?\d{4})?"
    r"|\p{L}{3,14}\.? \d{1,2}(?:,? \d{4})?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}))"
)
_DAY_2 = _DAY.replace("<date>", "<date2>")
_CLOCK = r"\d{1,2}[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?)?(?: (?:GMT|UTC|CES?T|E[SD]T|Uhr))?"
_BODY = r"[(\[/](?P<body>[^()\[\]]{2,40})[)\]/]"
_DASH = r"(?P<dash>\.? ?[-–—:]{1,2}+|\.?-)"

_FORMS = tuple(
    regex.compile(form)
    for form in (
        # PARIS, Jan 3 (Reuters) - ... | Fjordby, Norway (AFP) Feb 3, 2026 | Madrid, 3 ene (EFE).- ... | МОСКВА, 13 января. /ТАСС/.
        rf"{_PLACE}(?:[,.] {_DAY}[.,]?)? ?{_BODY}(?: {_DAY_2}(?= ?[-–—:.]|$| \p{{Lu}}))?\.?(?: ?{_DASH})?(?=\s|$)",
        # (AP) — ...
        rf"\((?P<body>[^()]{{2,40}})\) ?{_DASH}(?=\s)",
        # МОСКВА, 13 янв — РИА Новости.
        rf"{_PLACE}, {_DAY} [-–—] (?P<body>\p{{Lu}}[\p{{L}} -]{{1,30}})\.(?=\s)",
        # Berlin (Deutschland), 12.01.2009 – ...
        rf"(?P<place>{_WORD}(?: {_WORD}){{0,3}}(?: \([^()]{{2,40}}\))?) ?, {_DAY} ?{_DASH}(?=\s)",
        # ROMA, 13 GEN - ... | OSLO, 3 January: ... | Fjordby, Norway, February 3, 2026 – 9:32 PM – ...
        rf"{_PLACE}, {_DAY}(?: ?[-–—,|]? {_CLOCK})? ?{_DASH}(?=\s)",
        # AFP - ...
        r"(?P<body>\p{Lu}[\p{L}-]{1,11})(?: ?/ ?| [-–—] )(?=\p{Lu})",
        # 【東京時事】... | ［東京 １３日 ロイター］ - ... | (서울=연합뉴스) 홍길동 기자 = ...
        r"[【［\[(（](?P<place>[\p{Lo}ー・]{1,10}?)(?:[ 　=＝、,]+|(?=時事|共同|AFP|ロイター|聯合))"
        r"(?:(?P<date>[\d０-９月日年]{1,14})[ 　]*)?(?P<body>[\p{L}ー・]{2,12})[】］\])）](?: ?[\p{Lo}]{2,12} ?(?:기자|특파원))?(?P<dash> ?[-–—=＝])?",
        # 【新華社北京3月5日】...
        r"[【［\[](?P<body>\p{L}{2,8}社|AFP|ロイター)(?P<place>[\p{Lo}ー・]{2,10}?)(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日)[】］\]](?P<dash>)",
        # 新华社北京1月13日电 (记者 ...)
        r"(?P<body>新华社|新華社|中新社|中新网|路透社?|法新社|中央社|美联社|共同社)(?P<place>\p{Han}{1,10}?)"
        r"(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日)[电電](?:题：|題：|题:|題:)?(?: ?[（(][^（()）]{2,40}[）)])?(?P<dash>)",
    )
)
# WASHINGTON — ... | KYIV, Ukraine – ...
_CAPITALS = regex.compile(
    r"(?P<place>\p{Lu}[\p{Lu}.'’]++(?:[ /-]\p{Lu}[\p{Lu}.'’]++){0,3}+(?:, \p{Lu}[\p{L}.]++(?: \p{Lu}[\p{L}.]++){0,2}+)?)"
    r"(?P<dash> [-–—]{1,2}+|: ?+)(?= ?[\p{Lu}\p{Lo}\"“”„«»‘'\d])"
)


# STOCKHOLM. Regeringen ...: a place that is known.
_CAPITALS_AND_STOP = regex.compile(r"(?P<place>\p{Lu}{3,}(?:[ -]\p{Lu}{3,}){0,2}+)\. (?=[\p{Lu}\"“„«–])")
# Istanbul - Die ... | Beijing – The ...: words with small letters must be a place that is known.
_PLACE_AND_DASH = regex.compile(rf"{_PLACE} [-–—]{{1,2}}+ (?=[\p{{Lu}}\"“„«‘])")


class Dateline(Struct, frozen=True):
    """What a dateline says; ``end`` is where the prose after it begins (an offset into the line)."""

    place: str | None
    agency: str | None
    published: str | None
    end: int


def find_dateline(line: str, language: str | None) -> Dateline | None:
    """The dateline at the start of a line, or None. Two in a row ("(ANSA) - ROMA, 13 GEN - ") are read as one."""
    first = _one(line[:LONGEST], language)
    if first is None:
        return None
    second = _one(line[first.end : first.end + LONGEST], language) if first.place is None else None
    if second is None:
        return first
    return Dateline(
        place=second.place,
        agency=first.agency or second.agency,
        published=first.published or second.published,
        end=first.end + second.end,
    )


def _one(head: str, language: str | None) -> Dateline | None:
    for form in _FORMS:
        match = form.match(head)
        if match is not None:
            found = _judge(match, head, language)
            if found is not None:
                return found
    for form in (_CAPITALS, _PLACE_AND_DASH, _CAPITALS_AND_STOP):
        match = form.match(head)
        if match is None or _is_body(match["place"]):
            continue
        # "Trump – ...", "EXCLUSIVE: ..." are no places: it must be known, or a second part tell it ("ERIE, Pa. — ").
        if (form is _CAPITALS and "," in match["place"]) or is_place(match["place"].title(), language):
            return Dateline(match["place"], None, None, _skip(head, match.end()))
    return None


def is_place(words: str, language: str | None) -> bool:
    """Whether the words, up to a comma or stroke, are a place of the gazetteer."""
    from stemma.language.gazetteer import gazetteer, pieces_of

    pieces = pieces_of(regex.split("[,/]", words)[0])
    known = gazetteer(language).exact.get(pieces[0], ()) if pieces else ()
    return any(name == pieces and place.sort in ("state", "capital", "city", "region") for name, place in known)


def _judge(match: regex.Match[str], head: str, language: str | None) -> Dateline | None:
    """A match is a dateline when what stands where an agency stands is one, or when a date and a dash show it."""
    parts: dict[str, Any] = match.groupdict()
    place, body, dash = parts.get("place"), parts.get("body"), parts.get("dash")
    dates = [words for words in (parts.get("date"), parts.get("date2")) if words]
    known = _agency(body) if body else None
    # "Fjordby, Norway (Coast Wire) Feb 3, 2026" alone on its line: the form tells that an unknown name is an agency
    alone = bool(body and place and dates) and not head[match.end() :].strip() and _could_be_body(body or "")
    if body and known is None and not alone and not (dash and _could_be_body(body)):
        return None
    if not body and not any(mark.isdigit() for words in dates for mark in words):
        return None
    if place is None and known is None:
        return None
    if place is not None and known is None and place.split()[0].strip(",").casefold() in furniture.of(language).dates:
        return None  # "Sunday, 3 February 2026 - ..."
    published = next(filter(None, (find_date(words, language) for words in dates)), None)
    return Dateline(
        place=place.strip(" ,") if place else None,
        agency=known if body and _is_agency(body) else body if alone and known is None else None,
        published=published[0] if published else None,
        end=_skip(head, match.end()),
    )


def _agency(body: str) -> str | None:
    """The agency or outlet among the parts of "AFP/Reuters" or "dpa/lnw"."""
    for part in (body, *regex.split(r"[/,;–-]| og | and | und ", body)):
        name = agency_name(part.strip()) or body_name(part.strip())
        if name:
            return name
    return None


def _is_agency(body: str) -> bool:
    return any(agency_name(part.strip()) for part in (body, *regex.split(r"[/,;–-]| og | and | und ", body)))


def _is_body(words: str) -> bool:
    return body_name(words) is not None


def _could_be_body(body: str) -> bool:
    """Capitalised words or capitals without digits: how a paper that the list lacks would be written."""
    words = body.split()
    return (
        len(words) <= 4
        and all(word[:1].isupper() or not word[:1].isalpha() for word in words)
        and not any(mark.isdigit() for mark in body)
    )


def _skip(head: str, end: int) -> int:
    while end < len(head) and head[end].isspace():
        end += 1
    return end
