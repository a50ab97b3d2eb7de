"""Where the reports disagree: the versions with their witnesses, as in the apparatus of a critical edition."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from stemma.records import Disagreement, Reading, Witness
from stemma.render.clean import Context, clip, shown
from stemma.render.corrected import corrected
from stemma.render.counted import COUNTS, in_short, spelled_out, spread, subject, told_apart
from stemma.render.days import published
from stemma.render.evidence import Apparatus, Refs, Support
from stemma.render.sigla import anchor
from stemma.render.why import Why, make_reasons

FIRST_SHOWN = 10  # other differences before the rest is folded away

WORDS_AFTER = 2
SAID_VALUE = 40  # letters of a witness's words in the reader's language that may stand for a value in another
LONG_HEADING = 34  # letters of each side of a yes or no in a heading
LONG_VALUE = 28  # a longer value that is the marked words themselves is not set again above them


@dataclass(frozen=True)
class Version:
    """One reading: its value, who carries it, and the words of one witness in their sentence for each language; ``when`` its
    reports were published, where the versions differ in that: a later one may only know more."""

    value: str
    when: str
    refs: Refs
    support: Support
    quotes: list[tuple[Context, str, str | None, str]]


@dataclass(frozen=True)
class Variant:
    """One disagreement."""

    id: str
    anchor: str
    heading: str
    kind: str
    tier: str
    versions: list[Version]
    note: str
    confidence: str
    sigla: str
    corrected: list[str]
    reasons: list[Why]


@dataclass(frozen=True)
class Differences:
    """Clashes, then the others."""

    clashes: list[Variant]
    looks: list[Variant]
    rest: list[Variant]


def make_differences(book: Apparatus) -> Differences:
    """All disagreements of the story, clashes apart. Inside each, the surer before the less sure, counts before others."""
    order = {"sure": 0, "likely": 1, "unsure": 2}
    made = [
        (d, _variant(book, d))
        for d in sorted(book.dossier.disagreements, key=lambda d: (order[d.confidence], *spread(d)))
    ]
    looks = [variant for d, variant in made if d.tier != "clash"]
    return Differences([variant for d, variant in made if d.tier == "clash"], looks[:FIRST_SHOWN], looks[FIRST_SHOWN:])


def _variant(book: Apparatus, found: Disagreement) -> Variant:
    versions = [_version(book, found, reading) for reading in in_order(book, found)]
    if len({v.when for v in versions if v.when}) < 2:
        versions = [replace(v, when="") for v in versions]
    if all(_marked(v) for v in versions):
        if found.slot in COUNTS:
            short = {_value(book, found, reading): in_short(book, reading) for reading in found.readings}
            versions = [replace(v, value=short.get(v.value, v.value)) for v in versions]
        elif any(len(v.value) > LONG_VALUE for v in versions):
            versions = [replace(v, value="") for v in versions]
    return Variant(
        id=found.id,
        anchor=anchor("", found.id),
        heading=_heading(book, found),
        kind=book.words.raw("kind", found.kind) or found.kind,
        tier=found.tier,
        versions=versions,
        note=_note(book, found),
        confidence=found.confidence,
        sigla=" ".join(dict.fromkeys(s for v in versions for s in v.refs.sigla.split())),
        corrected=corrected(book.words, found.reasons),
        reasons=make_reasons(book, found.reasons),
    )


def _when(book: Apparatus, reading: Reading) -> str:
    """The days on which the reports of a version were published; "" where none is dated."""
    dated = sorted(
        date[:10] for w in reading.witnesses if w.report in book.named and (date := book.named[w.report].published)
    )
    return published(dated[0], dated[-1], book.words) if dated else ""


def _heading(book: Apparatus, found: Disagreement) -> str:
    """What it is about; for a yes or no, what one side says and the other denies."""
    told = told_apart([said_of(book, found, one) for one in in_order(book, found)], LONG_HEADING)
    if found.slot != "negation" or not all(told) or len(set(told)) < 2:
        return subject(book, found)
    return f"{subject(book, found)}: {' / '.join(told)}"


_RANKS = {"historical": 0.0, "future": 1.0, "hypothetical": 2.0, "negated": 3.0}
_DIGITS = re.compile(r"\d{1,3}(?:[,.'\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:\.\d+)?")


def in_order(book: Apparatus, found: Disagreement) -> list[Reading]:
    """The versions in an order that knows nothing of how many carry them: by number, else by the alphabet; done before
    to come."""
    return sorted(found.readings, key=lambda reading: (_rank(book, reading), reading.value.casefold()))


def _rank(book: Apparatus, reading: Reading) -> float:
    number = _DIGITS.search(reading.value)
    if number:
        grouped = "." not in number.group() or len(number.group().rpartition(".")[2]) == 3
        return float(re.sub(r"\D", "", number.group()) if grouped else number.group())
    spelled = spelled_out(book, reading)
    return float(spelled) if spelled is not None else _RANKS.get(reading.value, 0.0)


def _version(book: Apparatus, found: Disagreement, reading: Reading) -> Version:
    quotes: list[tuple[Context, str, str | None, str]] = []
    spoken: set[str] = set()
    for witness in sorted(
        (w for w in reading.witnesses if w.report in book.named),
        key=lambda w: (
            not book.reads(w.report),
            _bare(reading.value) not in _bare(book.quote(w).text),
            book.rank(w.report),
            w.start,
        ),
    ):
        named = book.named[witness.report]
        if named.lang in spoken or len(quotes) == 2:
            continue
        spoken.add(named.lang)
        quotes.append((book.part(witness), named.lang, named.dir, named.siglum))
    return Version(
        value=_value(book, found, reading),
        when=_when(book, reading),
        refs=book.refs(reading.witnesses),
        support=book.support(reading.families or book.families_of(reading.witnesses)),
        quotes=quotes,
    )


def _value(book: Apparatus, found: Disagreement, reading: Reading) -> str:
    return clip(value_of(book, found, reading), 160)


def value_of(book: Apparatus, found: Disagreement, reading: Reading) -> str:
    """A version's value as the reader's language has it, where a witness in it is as short; else as the reading has it."""
    status = book.words.raw("status", reading.value) if found.slot == "status" else None
    if status:
        return str(status)
    inside = [w for w in reading.witnesses if w.report in book.named]
    own = sorted((book.rank(w.report), w.start, w) for w in inside if book.reads(w.report))
    said = [book.quote(w).text for _, _, w in own]
    if not said or any(_bare(reading.value) in _bare(one) for one in said) or not _foreign(book, reading, inside):
        return shown(reading.value)
    return said[0] if len(said[0]) <= SAID_VALUE else shown(reading.value)


def said_of(book: Apparatus, found: Disagreement, reading: Reading) -> str:
    """A version's value; for a yes or no, which may be no more than "had not been", with the words that follow it."""
    value = value_of(book, found, reading)
    witness = next((w for w in reading.witnesses if w.report in book.named and book.quote(w).text == value), None)
    if found.slot != "negation" or witness is None:
        return value
    after = book.part(witness).after.split()
    return " ".join([value, *after[:WORDS_AFTER]]).rstrip(".,;:!?") + " …" * (len(after) > WORDS_AFTER)


def _foreign(book: Apparatus, reading: Reading, inside: list[Witness]) -> bool:
    """Whether a value is the words of a witness in another language than the reader's."""
    return any(_bare(reading.value) == _bare(book.quote(w).text) for w in inside if not book.reads(w.report))


def _marked(version: Version) -> bool:
    """Whether a version's value stands in the words that are marked below it."""
    return any(_bare(version.value) in _bare(context.hit or context.before) for context, *_ in version.quotes)


def _bare(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _note(book: Apparatus, found: Disagreement) -> str:
    """What a reader must know before counting: whether the versions come from different lines at all."""
    sets = [set(reading.families or book.families_of(reading.witnesses)) for reading in found.readings]
    if not sets or not all(sets):
        return ""
    union: set[str] = set().union(*sets)
    if len(union) == 1:
        only = next(iter(union))
        return book.words("disagree.inside", letter=book.letters[only].letter) if only in book.letters else ""
    torn = sorted(book.letters[f].letter for f in union if f in book.letters and sum(f in s for s in sets) > 1)
    return book.words.count("disagree.partly", len(torn), letter=book.words.series(torn)) if torn else ""
