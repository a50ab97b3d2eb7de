"""The nouns of Stemma: frozen records, one class per word of docs/concepts.md.

Every offset in this module is a Unicode code point into ``Report.text``; every span is half-open, ``text[start:end]``.
The public records (from ``Report`` down to ``Dossiers``) are the JSON contract ``stemma.dossiers/1``: field names and
order are what other programs rely on. ``Annotated`` and what it holds is the working view of one report that the
stages share; it is not written to files.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgspec import Struct, field

Confidence = Literal["sure", "likely", "unsure"]
Status = Literal["historical", "future", "hypothetical", "negated"]
Basis = Literal["stated", "own date", "borrowed"]
Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
Stance = Literal["wants", "refuses", "abstains", "neutral"]

SCHEMA = "stemma.dossiers/1"


class Span(NamedTuple):
    """``text[start:end]`` of one report, in code points; the report is known from where the span stands."""

    start: int
    end: int


class Witness(Struct, frozen=True, order=True):
    """A span and the report it belongs to: what every line of output rests on."""

    report: str
    start: int
    end: int


class Reason(Struct, frozen=True, omit_defaults=True):
    """Why a line is there: a named rule, the spans and values it looked at, and the score it gave.

    ``stemma.reasons.replay`` runs the rule again on the same spans and values and must give the same score.
    ``score`` is in [0, 1] for evidence in favour and in [-1, 0) for evidence against.
    """

    rule: str
    score: float
    spans: tuple[Witness, ...] = ()
    values: tuple[str, ...] = ()


# ------------------------------------------------------------------------------------------------ reading


class Credit(Struct, frozen=True):
    """An outlet or agency that the report names as where it got something, with the words that say so."""

    name: str
    span: Span


class Report(Struct, frozen=True, kw_only=True):
    """One published text with what is known of it. What is not stated is None, never guessed.

    ``text`` is the text as handed in (decoded); ``body`` are the spans of its paragraphs that belong to the report itself
    (no title, byline, dateline line, related links, cookie lines ...). ``published`` is ISO 8601, a date or a date-time
    with the zone as stated. ``language`` is a BCP 47 primary tag ("nb", "en") or None. ``cut`` names the ends ("start",
    "end") at which the text was found to be cut off. ``read_from`` is the path or address and, where a file holds
    several reports, "#" and the line or member. ``corrected``: the user's corrections that changed what is stated here.
    ``unread``: what its row in a table states and nobody can read (a date in no known form), each with the next step.
    """

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    byline: str | None = None
    agency: str | None = None
    dateline: str | None = None
    published: str | None = None
    language: str | None = None
    body: tuple[Span, ...] = ()
    credits: tuple[Credit, ...] = ()
    cut: tuple[Literal["start", "end"], ...] = ()
    read_from: str | None = None
    corrected: tuple[Reason, ...] = ()
    unread: tuple[str, ...] = ()


class SetAside(Struct, frozen=True):
    """An input that could not be read, and why, with the next step."""

    read_from: str
    reason: str


class NotCompared(Struct, frozen=True):
    """Something that was left out of a comparison, and why."""

    what: str
    reason: str
    story: str | None = None
    spans: tuple[Witness, ...] = ()


# ------------------------------------------------------------------------------------------------ language


class Token(NamedTuple):
    """A word, number or single punctuation mark. ``norm`` is NFKC and case-folded; ``kind`` is "word", "number" or "mark"."""

    start: int
    end: int
    norm: str
    kind: str


class Sentence(Struct, frozen=True):
    """One sentence of the body, or the title where the text holds it. ``tokens`` is a half-open range into ``Annotated.tokens``."""

    start: int
    end: int
    paragraph: int
    part: Literal["title", "body"]
    first_token: int
    last_token: int


class Anchor(NamedTuple):
    """What keeps its identity when a text is rewritten or translated.

    ``key`` is language-neutral: a letter for the kind, a colon, a value. ``T:KR`` territory (ISO 3166-1 alpha-2),
    ``P:Nara`` place, ``W:takaichi`` word of a name (transliterated, folded, without inflection), ``S:slnsk`` the consonants
    of such a word, alike in all alphabets (a word may have several; short ones meet by chance), ``D:2025-10`` date (EDTF;
    ``D:--10`` where the year is not stated), ``K:2`` weekday (ISO, 1 = Monday), ``O:2`` ordinal, ``N:136`` number,
    ``M:40000000000:USD`` money, ``%:12.5`` per cent, ``A:AFP`` agency or outlet, ``C:geopolit`` cognate stem.
    ``sentence`` is the index into ``Annotated.sentences``.
    """

    key: str
    kind: str
    start: int
    end: int
    sentence: int


class Name(Struct, frozen=True):
    """One mention of a proper name. ``start:end`` is the name itself; ``title`` the span of the title or role before or
    after it ("President", "Japans statsminister", "an expert at ...") where one stands there. ``text`` is the name without
    inflection ("Takaichi" for "Takaichis"). ``code`` is the territory's alpha-2 for states and their capitals used for them.
    """

    start: int
    end: int
    text: str
    kind: Literal["person", "organisation", "state", "place", "other"]
    sentence: int
    title: Span | None = None
    code: str | None = None


class Number(Struct, frozen=True):
    """A numeral in the text as an interval [low, high] (None: open end).

    ``unit`` is an ISO 4217 code for money, "%" for per cent, a unit word for measures, or None. ``counted`` is the span of
    the counted noun phrase's head ("136 [forced labourers]"); ``ordinal`` "third" has kind "ordinal" and low = high = 3.
    """

    start: int
    end: int
    kind: Literal["count", "money", "percent", "ordinal", "measure", "age", "year", "score", "other"]
    low: float | None
    high: float | None
    unit: str | None
    counted: Span | None
    sentence: int


class DateMention(Struct, frozen=True):
    """A date as one report states it, before anything is borrowed from its story.

    ``value`` is EDTF. ``basis`` is "stated" (all of the value is in these words) or "own date" (worked out from the
    report's own date) or "borrowed" with ``value`` None or partial where the report's own date would be needed and is not
    known. ``needs`` then tells what is missing ("year", "anchor") and ``rule`` names the grammar rule with its values, so
    that the value can be worked out again against another anchor date: ``dates.resolve(mention, anchor)``.
    """

    start: int
    end: int
    value: str | None
    basis: Basis
    needs: Literal["", "year", "anchor"]
    rule: str
    status: Status
    sentence: int


class Annotated(Struct, frozen=True, kw_only=True):
    """A report with its sentences, words and anchors: what all stages after ``language.annotate`` work on."""

    report: Report
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    anchors: tuple[Anchor, ...]
    names: tuple[Name, ...]
    numbers: tuple[Number, ...]
    dates: tuple[DateMention, ...]


# ------------------------------------------------------------------------------------------------ stories


class Follow(Struct, frozen=True):
    """An earlier story that a story follows up: its event is another, and its reports look back to it."""

    story: str
    confidence: Confidence
    reasons: tuple[Reason, ...] = ()


class Story(Struct, frozen=True):
    """The reports that tell one real-world event. ``first`` and ``last`` are the dates of publication known among them.
    ``follows``: the earlier stories that it follows up; ``reasons``: the user's corrections that changed its reports."""

    id: str
    title: str
    reports: tuple[str, ...]
    first: str | None
    last: str | None
    languages: tuple[str, ...]
    follows: tuple[Follow, ...] = ()
    reasons: tuple[Reason, ...] = ()


class StoryChange(Struct, frozen=True):
    """What became of a story since a former run; ``reports`` are its reports now.

    ``kept``: the id lives on (``from`` is the same id). ``new``: none of its reports stood in a story before. ``merged``:
    its reports come from the several stories named in ``from``. ``split``: they come from the one story named in
    ``from``, whose id another story keeps. ``ended``: no story keeps this id; ``reports`` are the ones it had.
    """

    id: str
    kind: Literal["kept", "new", "merged", "split", "ended"]
    from_: tuple[str, ...] = field(name="from")
    reports: tuple[str, ...] = ()


# ------------------------------------------------------------------------------------------------ collation


PassageKind = Literal["verbatim", "near", "translated", "boilerplate"]


class Passage(Struct, frozen=True):
    """A pair of spans in two reports that carry the same text. ``similarity`` in [0, 1]; a.report < b.report."""

    a: Witness
    b: Witness
    kind: PassageKind
    similarity: float


class SentencePair(NamedTuple):
    """Sentence ``a`` of one report and ``b`` of another (indexes into ``Annotated.sentences``) that say the same.

    ``score`` in [0, 1]: 1.0 the same words, above 0.5 the same content surely enough to compare slots.
    """

    a: int
    b: int
    score: float


class Statement(Struct, frozen=True):
    """Sentences (or clauses) of several reports that say the same thing; corroborated by ``len(families)`` families."""

    id: str
    story: str
    sentences: tuple[Witness, ...]
    families: tuple[str, ...]
    confidence: Confidence
    reasons: tuple[Reason, ...] = ()


# ------------------------------------------------------------------------------------------------ lineage


DerivationKind = Literal["copy", "rewrite", "translation", "update", "shared source", "independent"]
Standing = Literal["own reporting shown", "credited", "unknown"]


class Parent(Struct, frozen=True):
    """One source of a report: a report's id or an unseen source's id ("unseen:...")."""

    source: str
    kind: DerivationKind
    confidence: Confidence
    via: str | None = None
    reasons: tuple[Reason, ...] = ()


class Lineage(Struct, frozen=True):
    """Where one report comes from. ``source`` is the main parent in the pile, ``sources`` all, ``linked`` the relatives
    without a shown direction; ``unseen`` the label of an unseen source it goes back to. No cycles over ``source``."""

    report: str
    source: str | None
    unseen: str | None
    kind: DerivationKind
    confidence: Confidence
    family: str
    sources: tuple[Parent, ...] = ()
    linked: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


class Family(Struct, frozen=True):
    """The reports of a story that go back, as far as can be shown, to one source: one witness. ``evidence`` shows its standing."""

    id: str
    reports: tuple[str, ...]
    unseen: str | None
    standing: Standing
    evidence: tuple[Witness, ...] = ()


class StemmaNode(Struct, frozen=True):
    """A report of the tree, or an unseen source (``report`` None, ``unseen`` its label)."""

    id: str
    report: str | None
    unseen: str | None
    label: str


class StemmaEdge(Struct, frozen=True, rename={"from_": "from"}):
    """``from`` is the source, ``to`` what was made from it."""

    from_: str
    to: str
    kind: DerivationKind
    confidence: Confidence
    via: str | None = None


class Stemma(Struct, frozen=True):
    """A story's tree of derivations, unseen sources included."""

    nodes: tuple[StemmaNode, ...]
    edges: tuple[StemmaEdge, ...]


# ------------------------------------------------------------------------------------------------ quotations


class Speaker(Struct, frozen=True):
    """``span`` is the words that name the speaker; ``name`` the actor's fullest form in the story; ``actor`` the actor's id."""

    span: Span | None
    name: str | None
    actor: str | None = None


class Quotation(Struct, frozen=True, kw_only=True):
    """A span of speech. For a mixed quotation ``content`` is the reported clause and ``marked`` the words inside the marks.

    ``held``: the cue tells a belief, a wish or support ("believes", "wants", "opposes") and no act of speech; nobody is
    said to have said it.
    """

    id: str
    report: str
    content: tuple[Span, ...]
    marked: tuple[Span, ...] = ()
    speaker: Speaker | None = None
    cue: Span | None = None
    addressee: Span | None = None
    type: Literal["direct", "mixed", "indirect"]
    marking: Literal["marks", "dash", "none"]
    attribution: Literal["explicit", "adjacent", "inherited", "none"]
    held: bool = False


DriftKind = Literal[
    "words changed",
    "marks moved",
    "paraphrase made direct",
    "direct made paraphrase",
    "speaker changed",
    "hedge added or dropped",
    "said or denied",
    "translated",
]


class Drift(Struct, frozen=True):
    """How one rendering differs from the rendering closest to the source; ``spans`` are the words on both sides."""

    quotation: str
    kind: DriftKind
    spans: tuple[Witness, ...]


class Utterance(Struct, frozen=True, kw_only=True):
    """The quotations that render one act of speech. ``closest`` is the quotation nearest to the source by lineage.

    ``verdict`` is what an editor can do with it: "several lines" (several families carry these words), "one line" (only
    one family), "not as quoted" (marks stand round words that the closest rendering does not have as speech, or one says
    what the other denies), "translated" (marks do not prove verbatim words).
    """

    id: str
    actor: str | None
    quotations: tuple[str, ...]
    drift: tuple[Drift, ...] = ()
    closest: str | None = None
    verdict: Literal["several lines", "one line", "not as quoted", "translated"] = "one line"
    confidence: Confidence = "likely"
    reasons: tuple[Reason, ...] = ()


# ------------------------------------------------------------------------------------------------ actors


class Form(Struct, frozen=True):
    """One way an actor is written, and the language of the report that writes so."""

    text: str
    language: str | None


class Role(Struct, frozen=True):
    """A title or description that a report gives an actor, at its span."""

    text: str
    report: str
    start: int
    end: int


class Actor(Struct, frozen=True):
    """A person, organisation, state or place joined across the story's reports. ``mentions`` are all places it is named;
    ``reasons`` the user's corrections that joined it or parted it from another."""

    id: str
    name: str
    kind: Literal["person", "organisation", "state", "place", "description"]
    forms: tuple[Form, ...]
    roles: tuple[Role, ...]
    mentions: tuple[Witness, ...]
    code: str | None = None
    reasons: tuple[Reason, ...] = ()


# ------------------------------------------------------------------------------------------------ comparison


SlotKind = Literal[
    "count",
    "money",
    "percent",
    "date",
    "weekday",
    "ordinal",
    "role",
    "name",
    "place",
    "status",
    "negation",
    "scope",
    "wording",
]
DisagreementKind = Literal[
    "contradiction",
    "counted differently",
    "later telling",
    "forecast told as fact",
    "hedge added or dropped",
    "detail added or dropped",
    "role",
    "tone turned",
    "one term two things",
]


class Reading(Struct, frozen=True):
    """One value of a slot, the families that carry it and the spans that say so. ``outdated``: another reading is known, from
    the days on which the reports were published, to be the later figure of the same count."""

    value: str
    families: tuple[str, ...]
    witnesses: tuple[Witness, ...]
    outdated: bool = False


class Disagreement(Struct, frozen=True):
    """One slot with different values. ``clash``: surely the same slot, values that cannot all hold; ``look``: anything weaker."""

    id: str
    story: str
    slot: SlotKind
    tier: Literal["clash", "look"]
    kind: DisagreementKind
    readings: tuple[Reading, ...]
    confidence: Confidence = "likely"
    reasons: tuple[Reason, ...] = ()


# ------------------------------------------------------------------------------------------------ events


class DateLine(Struct, frozen=True):
    """A date of one report after borrowing: a line of ``stemma dates``. A borrowed one is never sure and carries its reasons."""

    report: str
    start: int
    end: int
    value: str
    basis: Basis
    borrowed_from: Witness | None
    status: Status
    confidence: Confidence = "likely"
    reasons: tuple[Reason, ...] = ()


class DatedWitness(Struct, frozen=True):
    """A span that dates an event, and how the date is known there. ``start:end`` is the clause or sentence; ``date`` the date's words."""

    report: str
    start: int
    end: int
    basis: Basis
    borrowed_from: Witness | None = None
    date: Span | None = None


class TimelineEntry(Struct, frozen=True):
    """What happened on ``date`` (EDTF), as dated statements of the reports."""

    date: str
    basis: Basis
    confidence: Confidence
    status: Status
    witnesses: tuple[DatedWitness, ...]
    families: tuple[str, ...]


class Party(Struct, frozen=True):
    """An actor or recipient of an interaction: ``code`` ISO 3166-1 alpha-3 or IGO, NGO, IMG, ISM, MNC, UNO, EUR, KOS, or None."""

    code: str | None
    name: str


class Interaction(Struct, frozen=True, kw_only=True):
    """Who did what to whom in PLOVER's terms; ``start:end`` covers the words of the event."""

    report: str
    start: int
    end: int
    date: str | None
    type: str | None
    quad: Quad
    measure: Span | None = None
    because: tuple[Witness, ...] = ()
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    status: Status
    attributed_to: str | None = None
    confidence: Confidence
    reasons: tuple[Reason, ...] = ()


class SituationLine(Struct, frozen=True, kw_only=True):
    """One line of the situation that the reports of a story describe; nothing in it is scored or inferred.

    ``kind`` "dyad": what one party is told to have done to another on one day in one quad class; "measure": a ban, a tariff,
    an advisory, a visit, an agreement, by whom against (or with) whom, ``measure`` being the sort where the words name it;
    "cause": the words that state a cause or a reply; "position": who is said to want, refuse, abstain or take no side.
    ``mutual``: both act, and the order of the two says nothing. ``date`` is EDTF, None where the sentences state none.
    ``attributed_to``: who says so, where no report tells it in its own words. ``witnesses`` are the words of the events, of the measure, of the cause, or from the party to the end of its clause.
    """

    id: str
    kind: Literal["dyad", "measure", "cause", "position"]
    story: str
    date: str | None = None
    actor: tuple[Party, ...] = ()
    recipient: tuple[Party, ...] = ()
    mutual: bool = False
    quad: Quad | None = None
    type: str | None = None
    measure: str | None = None
    stance: Stance | None = None
    status: Status | None = None
    because: tuple[Witness, ...] = ()
    attributed_to: tuple[str, ...] = ()
    families: tuple[str, ...]
    witnesses: tuple[Witness, ...]
    confidence: Confidence
    reasons: tuple[Reason, ...] = ()


# ------------------------------------------------------------------------------------------------ the dossier


class BriefSentence(Struct, frozen=True):
    """One sentence of the brief, taken from a report as it stands, with the sentences of other reports that say the same."""

    report: str
    start: int
    end: int
    families: tuple[str, ...]
    witnesses: tuple[Witness, ...]


class Dossier(Struct, frozen=True, kw_only=True):
    """Everything Stemma knows about one story."""

    story: Story
    passages: tuple[Passage, ...]
    lineage: tuple[Lineage, ...]
    stemma: Stemma
    families: tuple[Family, ...]
    independent_at_most: int
    brief: tuple[BriefSentence, ...]
    quotations: tuple[Quotation, ...]
    utterances: tuple[Utterance, ...]
    actors: tuple[Actor, ...]
    statements: tuple[Statement, ...]
    disagreements: tuple[Disagreement, ...]
    timeline: tuple[TimelineEntry, ...]
    interactions: tuple[Interaction, ...]
    dates: tuple[DateLine, ...] = ()
    situation: tuple[SituationLine, ...] = ()


CorrectionKind = Literal[
    "same story",
    "not this story",
    "same person",
    "not the same person",
    "this is the wire",
    "this outlet",
    "this date",
]


class Correction(Struct, frozen=True, kw_only=True):
    """What the user knows better, and what became of it in this run. ``reports`` are ids where they were found, else the
    words of the file; ``value`` is the outlet, date or agency; ``note`` says what was not found, with the next step."""

    kind: CorrectionKind
    who: str
    when: str
    why: str
    reports: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    value: str | None = None
    outcome: Literal["took effect", "was so already", "not matched"]
    note: str | None = None


class Made(Struct, frozen=True):
    """When and by which version: the only part of the output that differs between two runs."""

    at: str
    by: str


class Dossiers(Struct, frozen=True, kw_only=True):
    """The output of ``stemma report --json``."""

    schema: str = SCHEMA
    reports: tuple[Report, ...]
    made: Made
    dossiers: tuple[Dossier, ...]
    set_aside: tuple[SetAside, ...] = ()
    not_compared: tuple[NotCompared, ...] = ()
    corrections: tuple[Correction, ...] = ()
