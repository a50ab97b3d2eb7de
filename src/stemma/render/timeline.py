"""What happened when: each date with a strip that shows how exact it is, and how the date is known."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from stemma.records import DatedWitness, TimelineEntry, Witness
from stemma.render.clean import Context, flat
from stemma.render.days import Days, days, in_words, short
from stemma.render.evidence import Apparatus, Ref, Refs, Support
from stemma.render.svg import element

WINDOWS = (
    14,
    45,
    120,
    400,
    1200,
    4000,
    40000,
    400000,
)  # days; the shortest that holds most of the entries is the scale
MOST = 0.6
STRIP = 150.0
FIRST_SHOWN = 30


@dataclass(frozen=True)
class Clause:
    """What happened, between the words of its sentence before and after."""

    before: str
    inner: Context
    after: str


@dataclass(frozen=True)
class Moment:
    """One date with what happened, in the words of one report, and who else dates it so."""

    anchor: str
    date: str
    value: str
    strip: Markup
    clause: Clause
    lang: str
    dir: str | None
    own: Ref | None
    refs: Refs
    support: Support
    basis: str
    borrowed: list[tuple[str, Ref]]
    status: str
    confidence: str


@dataclass(frozen=True)
class Times:
    """The part as a whole, with the words of its scale."""

    moments: list[Moment]
    rest: list[Moment]
    scale: str


def make_timeline(book: Apparatus) -> Times:
    """The timeline of one story, in the order of time."""
    entries = [e for e in book.dossier.timeline if any(w.report in book.named for w in e.witnesses)]
    spans = [days(e.date) for e in entries]
    window = _window([s for s in spans if s])
    order = sorted(range(len(entries)), key=lambda k: (spans[k] or Days(10**7, 10**7), entries[k].date, k))
    moments = [_moment(book, entries[k], spans[k], window, number) for number, k in enumerate(order, 1)]
    scale = ""
    if window:
        years = window.last - window.first > 330
        scale = book.words(
            "timeline.scale", start=short(window.first, book.words, years), end=short(window.last, book.words, True)
        )
    return Times(moments[:FIRST_SHOWN], moments[FIRST_SHOWN:], scale)


def _window(spans: list[Days]) -> Days | None:
    """The stretch of days that the strips draw: the shortest that holds most of the dates; one older date does not flatten it."""
    for width in WINDOWS:
        for low in sorted({s.first for s in spans}, reverse=True):
            inside = [s for s in spans if low <= s.first and s.last <= low + width]
            if len(inside) >= MOST * len(spans):
                edge = max(1, (max(s.last for s in inside) - low) // 20)
                return Days(low - edge, max(s.last for s in inside) + edge)
    return None


def _moment(book: Apparatus, entry: TimelineEntry, span: Days | None, window: Days | None, number: int) -> Moment:
    witnesses = [w for w in entry.witnesses if w.report in book.named]
    plain = [Witness(w.report, w.start, w.end) for w in witnesses]
    best = book.best(plain) or plain[0]
    shown_one = witnesses[plain.index(best)]
    named = book.named[best.report]
    hit = Witness(best.report, shown_one.date.start, shown_one.date.end) if shown_one.date else best
    return Moment(
        anchor=f"when-{number}",
        date=in_words(entry.date, book.words),
        value=entry.date,
        strip=_strip(span, window, entry.status),
        clause=_clause(book, best, hit),
        lang=named.lang,
        dir=named.dir,
        own=book.ref(hit),
        refs=book.refs(plain),
        support=book.support(entry.families or book.families_of(plain)),
        basis=_basis(book, entry, witnesses),
        borrowed=_borrowed(book, witnesses),
        status=book.words(f"timeline.{entry.status}") if entry.status != "historical" else "",
        confidence=entry.confidence,
    )


def _clause(book: Apparatus, whole: Witness, hit: Witness) -> Clause:
    """The clause that happened inside its sentence, with the date's words apart where they stand in it."""
    text = book.named[whole.report].report.text
    around = book.context(whole)
    if whole.start <= hit.start and hit.end <= whole.end and hit != whole:
        before, after = text[whole.start : hit.start], text[hit.end : whole.end]
        inner = Context(flat(before), flat(text[hit.start : hit.end]), flat(after))
    else:
        inner = Context(around.hit, "", "")
    return Clause(around.before, inner, around.after)


def _basis(book: Apparatus, entry: TimelineEntry, witnesses: list[DatedWitness]) -> str:
    """How the date is known where it is not borrowed; nothing where every report borrows it."""
    if all(w.basis == "borrowed" for w in witnesses):
        return "" if any(w.borrowed_from for w in witnesses) else book.words("timeline.borrowed_short")
    own = any(w.basis == "own date" for w in witnesses) and not any(w.basis == "stated" for w in witnesses)
    return book.words("timeline.own" if own else "timeline.stated")


def _borrowed(book: Apparatus, witnesses: list[DatedWitness]) -> list[tuple[str, Ref]]:
    """Which reports borrow the date, by the words they borrow it from."""
    sources: dict[str, tuple[list[str], Ref]] = {}
    for one in sorted(witnesses, key=lambda w: (book.rank(w.report), w.start)):
        there = book.ref(one.borrowed_from) if one.basis == "borrowed" and one.borrowed_from else None
        if there:
            names, _ = sources.setdefault(there.key, ([], there))
            if book.named[one.report].siglum not in names:
                names.append(book.named[one.report].siglum)
    if len(sources) == 1 and all(w.basis == "borrowed" for w in witnesses):
        return [(book.words("timeline.borrowed_all"), there) for _, there in sources.values()]
    return [
        (book.words("timeline.borrowed", list=book.words.series(names[:8])), there) for names, there in sources.values()
    ]


def _strip(span: Days | None, window: Days | None, status: str) -> Markup:
    """A dot for a day, a bar for more, an arrow where the date lies outside the scale."""
    middle, parts = 9.0, [element("path", d=f"M0 9H{STRIP:.0f}", class_="strip-line")]
    class_ = "strip" if status == "historical" else "strip open"
    if span and window:
        unit = STRIP / (window.last - window.first + 1)
        left, right = (span.first - window.first) * unit, (span.last - window.first + 1) * unit
        if right <= 0:
            parts.append(element("path", d="M9 4L2 9L9 14Z", class_="dot"))
        elif left >= STRIP:
            parts.append(element("path", d=f"M{STRIP - 9:.0f} 4L{STRIP - 2:.0f} 9L{STRIP - 9:.0f} 14Z", class_="dot"))
        elif span.first == span.last:
            parts.append(
                element("circle", cx=min(max((left + right) / 2, 5), STRIP - 5), cy=middle, r=4.5, class_="dot")
            )
        else:
            low, high = max(left, 0), min(right, STRIP)
            parts.append(element("rect", x=low, y=middle - 4, width=max(high - low, 6.0), height=8, rx=2, class_="dot"))
    return element("svg", *parts, viewBox=f"0 0 {STRIP:.0f} 18", class_=class_, aria_hidden="true")
