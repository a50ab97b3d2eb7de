"""Quotation marks: which open, which close, and what they enclose, per paragraph and for any number of marks.

A mark's side is told first by what stands beside it (white space, letters, punctuation) and only then by the glyph's usual
side, because the same glyph opens in one language and closes in the next: ” opens in Swedish, “ closes in German,
» opens in Danish. Odd counts never fail: what cannot be paired is no mark.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from msgspec import Struct

from stemma.records import Span

MARK = regex.compile("[\"“”„‟«»‹›‘’‚‛'＂「」『』《》〈〉`]")

# Families of glyphs that can enclose one quotation together.
DOUBLE, ANGLE, SINGLE, SMALL_ANGLE, ASCII, ASCII_SINGLE, CORNER, WHITE_CORNER, TITLE = range(9)
FAMILY = {
    **dict.fromkeys("“”„‟", DOUBLE),
    **dict.fromkeys("«»", ANGLE),
    **dict.fromkeys("‘’‚‛", SINGLE),
    **dict.fromkeys("‹›", SMALL_ANGLE),
    **dict.fromkeys('"＂', ASCII),
    "'": ASCII_SINGLE,
    "`": ASCII_SINGLE,
    **dict.fromkeys("「」", CORNER),
    **dict.fromkeys("『』", WHITE_CORNER),
    **dict.fromkeys("《》〈〉", TITLE),
}
ALWAYS_OPEN = frozenset("„‚「『《〈‟‛")
ALWAYS_CLOSE = frozenset("」』》〉")
USUALLY_OPEN = frozenset("“«‘‹„‚「『《〈‟‛`")
# „ is closed by “ ” or a typewriter's ", ‚ by ‘ ’ or '.
PARTNERS = {DOUBLE: (DOUBLE, ASCII), SINGLE: (SINGLE, ASCII_SINGLE), ASCII: (DOUBLE,)}
BEFORE_OPENING = frozenset("([{—–-―/\"“”„«»‹›‘‚'「『…:>*_|¿¡‒")
# What no quotation begins with: a mark before it closes.
NEVER_INSIDE = frozenset(",.;:!?)]、。，")
# No quotation is longer than this many code points unless its mark is closed; a lost mark must not swallow a page.
LONGEST = 6000
DEEPEST = 6


class Marked(Struct):
    """A pair of marks: ``start:end`` with the glyphs, ``inner`` without. ``depth`` 0 stands in no other pair.

    ``runs_on``: the paragraph ended without a closing mark and the next begins with the same opening one.
    ``closed``: a closing mark was found.
    """

    start: int
    end: int
    inner: Span
    depth: int
    family: int
    closed: bool
    runs_on: bool = False
    continues: bool = False


class _Open(Struct):
    at: int
    width: int
    family: int
    glyph: str


def pair(text: str, paragraphs: Sequence[Span]) -> list[Marked]:
    """All pairs of marks in the paragraphs, by start. Linear in the length of the text."""
    outward = _angles_outward(text)
    found: list[Marked] = []
    before: Marked | None = None
    for start, end in paragraphs:
        here = _paragraph(text, start, end, outward)
        if before is not None and not before.closed:
            here = _closed_later(text, start, end, here, before)
            _run_on(text, start, here, before)
        found.extend(here)
        before = here[-1] if here and not here[-1].closed and here[-1].depth == 0 else None
    return [
        m
        for m in found
        if m.closed or m.runs_on or m.continues or (_worth_keeping(text, m) and not _bullet(text, m, outward))
    ]


def _bullet(text: str, m: Marked, outward: bool) -> bool:
    """A lone » before a line where « opens: the sign of a list, unless a quotation goes on there."""
    return m.family == ANGLE and (text[m.start] == "»") == outward


def without_glyphs(text: str, span: Span) -> Span:
    """The span without quotation marks and blanks at its edges."""
    start, end = span
    while start < end and (text[start].isspace() or MARK.match(text, start)):
        start += 1
    while end > start and (text[end - 1].isspace() or MARK.match(text, end - 1)):
        end -= 1
    return Span(start, end)


def _closed_later(text: str, start: int, end: int, here: list[Marked], before: Marked) -> list[Marked]:
    """The paragraph's marks with the one that only closes here, without being opened again (Russian: «A. / B»)."""
    hit = MARK.search(text, start, end)
    if hit is None or (here and here[0].start <= hit.start()):
        return here
    at = hit.start()
    closing = FAMILY[text[at]] == before.family and text[at] != text[before.start] and not _blank(text, at - 1)
    if not closing or at == start or not _free_after(text, at + 1):
        return here
    return [Marked(start, at + 1, Span(start, at), 0, before.family, True), *here]


def _run_on(text: str, start: int, here: list[Marked], before: Marked) -> None:
    """Mark a quotation that goes on over the paragraph's end: re-opened by its opening mark, or by » in Spanish."""
    if here and here[0].start <= start + 1 and here[0].family == before.family and here[0].depth == 0:
        before.runs_on = True
        here[0].continues = True


def _worth_keeping(text: str, m: Marked) -> bool:
    """A lost closing mark: believed where the quotation fills its paragraph or follows a colon."""
    head = text[max(0, m.start - 2) : m.start].strip()
    return (
        m.depth == 0 and m.family not in (SINGLE, ASCII_SINGLE) and (not head or head == ":") and m.end - m.start > 20
    )


def _angles_outward(text: str) -> bool:
    """Whether « opens (« A »); False where the report writes »A«. Told by what stands beside the marks."""
    score = 0
    for found in regex.finditer("[«»]", text):
        at = found.start()
        opening = _free_before(text, at) and not _blank(text, at + 1) and text[at + 1] not in NEVER_INSIDE
        closing = not _blank(text, at - 1) and _free_after(text, at + 1)
        if opening != closing:
            score += 1 if opening == (text[at] == "«") else -1
    return score >= 0


def _blank(text: str, at: int) -> bool:
    return at < 0 or at >= len(text) or text[at].isspace()


def _free_before(text: str, at: int) -> bool:
    return _blank(text, at - 1) or text[at - 1] in BEFORE_OPENING


def _free_after(text: str, at: int) -> bool:
    return _blank(text, at) or not (text[at].isalnum())


def _paragraph(text: str, start: int, end: int, outward: bool) -> list[Marked]:
    stack: list[_Open] = []
    found: list[Marked] = []
    skip = -1
    for hit in MARK.finditer(text, start, end):
        at = hit.start()
        if at < skip:
            continue
        glyph = text[at]
        width = 2 if glyph in "'`" and at + 1 < end and text[at + 1] == glyph else 1
        skip = at + width
        family = ASCII if width == 2 else FAMILY[glyph]
        side = _side(text, at, width, family, stack, outward, start)
        if side == "open" and len(stack) < DEEPEST:
            stack.append(_Open(at, width, family, glyph))
        elif side == "close":
            _close(text, stack, found, at, width, family)
    for depth, left in enumerate(stack):
        if left.family in (DOUBLE, ANGLE, ASCII, CORNER):
            stop = min(end, left.at + LONGEST)
            found.append(_marked(text, left, stop, 0, depth, closed=False))
            break
    found.sort(key=lambda m: (m.start, -m.end))
    return _depths(found)


def _depths(found: list[Marked]) -> list[Marked]:
    """Depth by containment, since what lay in an opening that was never closed lies in nothing."""
    ends: list[int] = []
    for m in found:
        while ends and ends[-1] <= m.start:
            ends.pop()
        m.depth = len(ends)
        ends.append(m.end)
    return found


def _marked(text: str, opened: _Open, at: int, width: int, depth: int, closed: bool) -> Marked:
    left, right = opened.at + opened.width, at
    while left < right and text[left].isspace():
        left += 1
    while right > left and text[right - 1].isspace():
        right -= 1
    end = at + width if closed else right
    return Marked(opened.at, end, Span(left, right), depth, opened.family, closed)


def _close(text: str, stack: list[_Open], found: list[Marked], at: int, width: int, family: int) -> None:
    """Close the innermost opening that this mark can close; what was opened inside it and never closed was no mark."""
    for depth in range(len(stack) - 1, -1, -1):
        if family == stack[depth].family or family in PARTNERS.get(stack[depth].family, ()):
            opened = stack[depth]
            del stack[depth:]
            if at > opened.at + opened.width:
                found.append(_marked(text, opened, at, width, depth, closed=True))
            return


def _side(text: str, at: int, width: int, family: int, stack: list[_Open], outward: bool, start: int) -> str:
    """ "open", "close" or "" (no quotation mark)."""
    glyph = text[at]
    if glyph in ALWAYS_OPEN:
        return "open"
    if glyph in ALWAYS_CLOSE:
        return "close"
    opens = (
        (at == start or _free_before(text, at))
        and not _blank(text, at + width)
        and text[at + width] not in NEVER_INSIDE
    )
    closes = at > start and not _blank(text, at - 1) and _free_after(text, at + width)
    if family in (SINGLE, ASCII_SINGLE):
        return _single_side(text, at, opens, closes, stack, family)
    waiting = any(family == o.family or family in PARTNERS.get(o.family, ()) for o in stack)
    if family == ASCII:
        return _typewriter_side(text, at, opens, closes, waiting)
    if family == ANGLE:
        usual = (glyph == "«") == outward
        if at == start and not usual and not opens:
            return "open"  # a mark that usually closes begins the paragraph: the quotation goes on (« A / » B »)
        if opens == closes:
            return "open" if usual else "close"
        if waiting and not usual:
            return "close" if closes or not opens else "open"
        return "open" if opens else "close"
    if glyph == "“" and waiting and closes and not opens:
        return "close"
    if opens != closes:
        if opens and glyph == "”" and waiting and stack and stack[-1].glyph != "”":
            return "close"
        return "open" if opens else ("close" if waiting else "")
    return "open" if glyph in USUALLY_OPEN else ("close" if waiting else "open" if opens else "")


def _typewriter_side(text: str, at: int, opens: bool, closes: bool, waiting: bool) -> str:
    """The typewriter's " is its own partner; after a digit it can be inches or seconds."""
    digit = at > 0 and text[at - 1].isdigit()
    if digit and (not waiting or regex.search(r"\d['’′]\s?\d{1,2}$", text[max(0, at - 8) : at]) is not None):
        return ""
    if waiting:
        return "close" if closes or not opens else "open"
    return "open" if opens else ""


def _single_side(text: str, at: int, opens: bool, closes: bool, stack: list[_Open], family: int) -> str:
    """‘ ’ and ' beside apostrophes: between letters never a mark, before a decade or an elided word neither."""
    glyph = text[at]
    waiting = any(o.family in (SINGLE, ASCII_SINGLE) for o in stack)
    if glyph in "‘`" and not (closes and not opens):
        return "open" if not _blank(text, at + 1) else ""
    if opens and not waiting and glyph in "'’‘":
        return "" if _elided(text, at) or (glyph == "’" and not _same_ahead(text, at)) else "open"
    if closes and waiting:
        return "" if _possessive(text, at) else "close"
    return ""


def _same_ahead(text: str, at: int) -> bool:
    """’ opens only in the Swedish way, ’så här’: a second one closes it within the line, no ‘ before it."""
    line = text[at + 1 : at + 200].split("\n", 1)[0]
    return regex.search(r"[\p{L}.,!?…]’(?!\p{L})", line) is not None and "‘" not in line


def _elided(text: str, at: int) -> bool:
    """'90s, 'n', 'em, 'tis: an apostrophe that stands for letters."""
    return (
        regex.match(
            r"\d\ds?\b|n['’]|em\b|tis\b|twas\b|til\b|cause\b|bout\b|n\b|[stdm]\b|k\b|ns\b", text[at + 1 : at + 8]
        )
        is not None
    )


def _possessive(text: str, at: int) -> bool:
    """Whether a later mark closes better than this: "the bosses’ plan" inside ‘ ’ goes on to a mark beside punctuation."""
    if at > 0 and text[at - 1] not in "sSzxß":
        return False
    if at + 1 >= len(text) or text[at + 1] != " " or not text[at + 2 : at + 3].isalpha():
        return False
    line = text[at + 1 : at + 400].split("\n", 1)[0]
    later = regex.search(r"[‘'’](?!\p{L})", line)
    return later is not None and "‘" not in line[: later.start() + 1] and line[max(0, later.start() - 1)] not in " "
