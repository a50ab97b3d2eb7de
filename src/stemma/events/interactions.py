"""Interactions: who did what to whom, in PLOVER's terms.

Event words are found by the language's patterns (``triggers.py``), parties by names of states and organisations
(``parties.py``). The clause decides who acts: the subject before the verb, the object after it, turned round in the passive;
what somebody says of others is attributed to the speaker and is no event itself. PLOVER's conventions hold: a future
cooperation is AGREE, a future act against somebody THREATEN, a refused cooperation REJECT, "must" in somebody's mouth REQUEST.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from stemma.aliases import Alias
from stemma.events.causes import causes_of
from stemma.events.clauses import clause as clause_round
from stemma.events.limits import LONGEST, is_list
from stemma.events.parties import Known, PartyMention, countries_of_people, mentions, parties_by_alias
from stemma.events.sides import Clause, Sides, clause_of, sides
from stemma.events.triggers import BREAKS, QUADS, Grammar, Trigger, find_triggers, grammar
from stemma.language.dates import opens_clause
from stemma.reasons import give
from stemma.records import Annotated, Confidence, DateLine, Interaction, Party, Sentence, Span, Status, Witness
from stemma.spans import START

COOPERATIVE = frozenset(("CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"))
MATERIAL_CONFLICT = frozenset(kind for kind, quad in QUADS.items() if quad == "material conflict")
MATRIX = frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE"))  # verbs whose clause tells of another act
MEASURES = frozenset(("SANCTION", "COERCE", "AID", "MOBILIZE", "CONCEDE", "RETREAT"))
BEFORE = 4  # tokens before the event word in which tense, negation and the passive are looked for
NEAR = 5  # tokens between a group and the state it belongs to ("rebels in the Ivory Coast")
FAR = 90  # code points between the verb and its parties beyond which a reading is not sure: about fifteen words
MARKS = frozenset('"“”„«»‹›「」')
# Acts of a state on its own people; a visit, a mobilisation, an export ban has another state or none on the other side.
AT_HOME = frozenset(("COERCE", "PROTEST", "ASSAULT"))
DOMESTIC = AT_HOME | {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE", "RETREAT", "AID", "AGREE", "SUPPORT"}


def find_interactions(
    report: Annotated, dates: Sequence[DateLine], aliases: Sequence[Alias] = ()
) -> tuple[Interaction, ...]:
    """The interactions that one report states; ``dates`` are the report's own lines after borrowing, ``aliases`` the user's."""
    words = grammar(report.report.language)
    if not words.known:
        return ()
    known = Known(countries_of_people(report), parties_by_alias(report, aliases))
    found: list[Interaction] = []
    for sentence in report.sentences:
        found += _in_sentence(report, sentence, words, known, dates)
    return tuple(found)


def _in_sentence(
    report: Annotated, sentence: Sentence, words: Grammar, known: Known, dates: Sequence[DateLine]
) -> Iterable[Interaction]:
    if is_list(sentence):
        return
    triggers = find_triggers(report.tokens, sentence.first_token, sentence.last_token, words)
    if not triggers:
        return
    parties = mentions(report, sentence, known.people, words.words.get("domestic", frozenset()), known.called)
    seen: set[tuple[object, ...]] = set()
    for trigger in _leading(report, triggers):
        clause = clause_of(report, sentence, words, parties, trigger)
        interaction = _read(clause, trigger, sentence, dates)
        if interaction is None:
            continue
        key = (interaction.type, interaction.actor, interaction.recipient, interaction.status)
        if key not in seen:
            seen.add(key)
            yield interaction


def _leading(report: Annotated, triggers: Sequence[Trigger]) -> list[Trigger]:
    """The triggers that no verb of demanding, refusing, threatening or agreeing before them takes as its object."""
    kept: list[Trigger] = []
    for one in triggers:
        ruled = any(
            other.pattern.type in MATRIX
            and other.pattern.sort == "sure"
            and not any(t.norm in BREAKS for t in report.tokens[other.last : one.first])
            for other in kept
        )
        if not ruled:
            kept.append(one)
    return sorted(kept, key=lambda t: (t.pattern.sort in ("likely", "vague"), t.first))


def _read(clause: Clause, trigger: Trigger, sentence: Sentence, dates: Sequence[DateLine]) -> Interaction | None:
    """The interaction that the trigger tells, None where no coded party takes part or no act is told."""
    if _conditional(clause, trigger) or _by_nature(clause, trigger, sentence):
        return None
    who = sides(clause, trigger)
    before, after = who.actors, who.recipients
    status = _status(clause, trigger, who)
    if who.noun and _thought(clause, trigger):
        return None  # "a possible attack by X on Y" was made by nobody
    kind: str = trigger.pattern.type
    if clause.is_a("obligation", trigger.first):
        kind, before, after = "REQUEST", list(clause.speaker), before
    elif _obliges(clause, trigger):
        kind, before, after, status = "REQUEST", list(clause.speaker), before or after, "historical"
    elif trigger.pattern.sort != "vague":
        kind, status = _convention(kind, status)
        status = "hypothetical" if status == "historical" and _wished(clause, trigger) else status
    actor = _coded(clause, before, several=who.both)
    abroad = _abroad(clause, after, actor, kind)
    own_first = (
        bool(after) and after[0] not in abroad
    )  # "the court of X found X's minister guilty ... Y": not done to Y
    after = abroad
    recipient = _coded(clause, after)
    said = (actor, recipient)
    actor = _domestic(clause, before, actor, recipient)
    if kind in DOMESTIC:
        recipient = _domestic(clause, after, recipient, actor)
    who = who._replace(guessed=who.guessed or said != (actor, recipient), own_first=own_first)
    if trigger.pattern.sort == "mutual" and len(actor) > 1:
        recipient = ()  # both sides act
    if not _told(clause, trigger, who, actor, recipient):
        return None
    if kind == "ASSAULT" and not (actor and recipient) and _disaster(clause):
        return None
    confidence = _confidence(clause, trigger, who, status, actor, recipient)
    return _record(clause, trigger, sentence, dates, Act(kind, status, actor, recipient, confidence))


def _told(clause: Clause, trigger: Trigger, who: Sides, actor: tuple[Party, ...], recipient: tuple[Party, ...]) -> bool:
    """Whether enough is said: a sure verb needs one party, a word that only may tell of an event both sides, and a noun two
    different states, or for a measure the one whose measure it is."""
    sort = trigger.pattern.sort
    if who.noun:
        owned = trigger.pattern.type in MEASURES and sort != "vague" and bool(actor)
        strict = owned and bool(clause.words.words.get("light"))
        return strict or len({p.code for p in (*actor, *recipient)}) > 1
    if trigger.pattern.type == "CONSULT" or (sort == "mutual" and trigger.pattern.type == "COOPERATE"):
        return len({p.code for p in (*actor, *recipient)}) > 1
    return bool(actor and recipient) if sort == "likely" else bool(actor or recipient)


def _conditional(clause: Clause, trigger: Trigger) -> bool:
    """ "if X attacks Y": a condition is neither an act nor a threat."""
    verb = trigger.pattern.sort not in ("nouns", "vague")
    if verb and clause.has("averting", trigger.first - 1, trigger.first):
        return True  # "advised against travelling"
    for at in range(trigger.first - 1, clause.start - 1, -1):
        if clause.is_a("conditional", at):
            return True
        if clause.norm(at) in BREAKS or clause.is_a("subordinators", at):
            return False
    return False


def _by_nature(clause: Clause, trigger: Trigger, sentence: Sentence) -> bool:
    """Whether an earthquake, a fire or an accident did it, or the sentence tells of a game."""
    if trigger.pattern.type not in ("ASSAULT", "CONSULT", "RETREAT"):
        return False
    whole = range(sentence.first_token, sentence.last_token)
    if trigger.pattern.type == "ASSAULT" and any(clause.is_a("nature", at) for at in whole):
        return True
    return any(clause.is_a("sport", at) for at in whole)


def _disaster(clause: Clause) -> bool:
    """Whether the report opens with an earthquake, a fire, an accident: those killed later in it were killed by that."""
    opening = clause.report.sentences[:2]
    ends = (min(one.last_token, one.first_token + LONGEST) for one in opening)
    return any(
        clause.is_a("nature", at) for one, end in zip(opening, ends, strict=True) for at in range(one.first_token, end)
    )


def _obliges(clause: Clause, trigger: Trigger) -> bool:
    """ "X said that Y must ...": a demand of X on Y."""
    return bool(clause.speaker) and clause.has("obligation", trigger.first - BEFORE, trigger.first)


def _status(clause: Clause, trigger: Trigger, who: Sides) -> Status:
    first, last = trigger.first - BEFORE, trigger.first
    if who.noun:
        return "hypothetical" if clause.has("planned", first, last) else "historical"
    if clause.has("negation", first, last):
        return "negated"
    if clause.has("future", first, last):
        return "future"
    if clause.has("hypothetical", first, last):
        return "hypothetical"
    return "historical"


def _thought(clause: Clause, trigger: Trigger) -> bool:
    """Whether the event told as a noun is only imagined: "suggested that an attack ... could"."""
    first, last = trigger.first, trigger.last
    if clause.has("imagined", first - BEFORE - 2, first):
        return True
    return clause.has("hypothetical", last, min(last + BEFORE, clause.end))


def _wished(clause: Clause, trigger: Trigger) -> bool:
    """ "seeks to restore", "efforts to free": what somebody wants is not done."""
    return clause.has("infinitive", trigger.first - 2, trigger.first) and clause.has(
        "wishes", trigger.first - BEFORE - 1, trigger.first
    )


def _convention(kind: str, status: Status) -> tuple[str, Status]:
    """PLOVER's manual: what is only going to happen is a promise or a threat, what is not granted a refusal."""
    if status == "future" and kind in COOPERATIVE:
        return "AGREE", status
    if status in ("future", "hypothetical") and kind in MATERIAL_CONFLICT:
        return "THREATEN", status
    if status == "negated" and kind in (*COOPERATIVE, "AGREE"):
        return "REJECT", "historical"
    return kind, status


def _coded(clause: Clause, side: Sequence[PartyMention], several: bool = False) -> tuple[Party, ...]:
    """The first party of a side and those joined to it by "and"; a group takes the state that stands beside it."""
    chosen: list[PartyMention] = []
    for one in side:
        if not chosen:
            chosen.append(one)
        elif chosen[-1].code is None and _tokens_between(clause, chosen[-1], one) <= NEAR:
            chosen[-1] = PartyMention(chosen[-1].start, one.end, one.code, _words(clause, chosen[-1].start, one.end))
        elif one.code is not None and one.code == chosen[-1].code:
            chosen[-1] = chosen[-1]._replace(end=one.end)  # "Chilean president Ana Rojas and ...": on behind her
        elif one.code != chosen[-1].code and ((several and len(chosen) < 2) or _joined(clause, chosen[-1], one)):
            chosen.append(one)
        elif one.code is not None:
            break
    parties = [Party(one.code, one.name) for one in chosen if one.code]
    return tuple({party.code: party for party in reversed(parties)}.values())[::-1]


def _abroad(clause: Clause, side: Sequence[PartyMention], actor: tuple[Party, ...], kind: str) -> list[PartyMention]:
    """The recipient's side without the actor's own state, unless it is a group of that state ("Turkish refugees")."""
    own = {party.code for party in actor}
    return [one for one in side if one.code not in own or (kind in DOMESTIC and _is_group(clause, one)) or not one.code]


def _is_group(clause: Clause, one: PartyMention) -> bool:
    """Whether one of the next words is a group ("Turkish refugees")."""
    at = clause.token_at(one.end)
    return clause.has("domestic", at, min(at + 3, clause.end))


def _domestic(
    clause: Clause, side: Sequence[PartyMention], own: tuple[Party, ...], other: tuple[Party, ...]
) -> tuple[Party, ...]:
    """A government, a crowd or an opposition whose state is not said belongs to the state the clause is about."""
    if own or not side or len(other) != 1 or side[0].code is not None:
        return own
    group = clause.is_a("domestic", clause.token_at(side[0].start))
    return (Party(other[0].code, side[0].name),) if group else own


def _tokens_between(clause: Clause, a: PartyMention, b: PartyMention) -> int:
    return sum(a.end <= t.start and t.end <= b.start for t in clause.report.tokens[clause.start : clause.end])


def _joined(clause: Clause, a: PartyMention, b: PartyMention) -> bool:
    """ "a and b", "a, b": nothing but a few words without a break of the clause between them."""
    between = [t.norm for t in clause.report.tokens[clause.start : clause.end] if a.end <= t.start and t.end <= b.start]
    conjunctions = clause.words.words.get("and", frozenset())
    small = clause.words.words.get("relative", frozenset())
    if len(between) > NEAR or any(norm in small for norm in between):
        return False
    return between == [","] or any(norm in conjunctions for norm in between)


def _words(clause: Clause, start: int, end: int) -> str:
    return clause.report.report.text[start:end]


class Act(NamedTuple):
    """What a trigger was read as."""

    kind: str
    status: Status
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    confidence: Confidence


def _record(clause: Clause, trigger: Trigger, sentence: Sentence, dates: Sequence[DateLine], act: Act) -> Interaction:
    report = clause.report.report
    span = Span(clause.report.tokens[trigger.first].start, clause.report.tokens[trigger.last - 1].end)
    vague = trigger.pattern.sort == "vague"
    return Interaction(
        report=report.id,
        start=span.start,
        end=span.end,
        date=_date(clause.report, dates, sentence, span),
        type=None if vague else act.kind,
        quad=QUADS[act.kind],
        measure=span if act.kind in MEASURES else None,
        because=causes_of(clause.report, sentence, clause.words, trigger),
        actor=act.actor,
        recipient=act.recipient,
        status=act.status,
        attributed_to=clause.speaker[0].name if clause.speaker else None,
        confidence=act.confidence,
        reasons=(
            give(
                "event words",
                {report.id: report},
                (Witness(report.id, span.start, span.end),),
                (trigger.pattern.type, trigger.pattern.text),
            ),
        ),
    )


def _confidence(
    clause: Clause, trigger: Trigger, who: Sides, status: Status, actor: tuple[Party, ...], recipient: tuple[Party, ...]
) -> Confidence:
    """Sure only where a clear verb, told as done and in the report's own words, stands near both its parties."""
    clear = trigger.pattern.sort in ("sure", "mutual") and not who.guessed
    whole = bool(actor and recipient) or (trigger.pattern.sort == "mutual" and len(actor) > 1)
    if who.noun:
        return (
            "likely"
            if trigger.pattern.sort != "vague" and len({p.code for p in (*actor, *recipient)}) > 1
            else "unsure"
        )
    if {p.code for p in actor} & {p.code for p in recipient} and trigger.pattern.type not in AT_HOME:
        return "unsure"
    own_words = not clause.speaker and not _in_marks(clause, trigger)
    if clear and whole and status == "historical" and own_words and not who.own_first and _close(clause, trigger, who):
        return "sure"
    return "likely" if clear and (actor or recipient) else "unsure"


def _close(clause: Clause, trigger: Trigger, who: Sides) -> bool:
    """Whether the parties stand near the verb: far away, another verb may come between."""
    tokens = clause.report.tokens
    start, end = tokens[trigger.first].start, tokens[trigger.last - 1].end
    gaps = [min(abs(p.start - end), abs(start - p.end)) for p in (*who.actors[:1], *who.recipients[:1])]
    return max(gaps, default=0) <= FAR


def _in_marks(clause: Clause, trigger: Trigger) -> bool:
    """Whether a quotation mark stands before the event words in their sentence."""
    return any(clause.norm(at) in MARKS for at in range(clause.start, trigger.first))


def _date(report: Annotated, dates: Sequence[DateLine], sentence: Sentence, span: Span) -> str | None:
    """The date stated nearest to the event in its sentence, none of a subordinate clause that is not the event's ("after
    losing the election in 2022"); None where there is none. ``dates`` are in text order."""
    first = bisect_left(dates, sentence.start, key=START)
    inside = [d for d in dates[first : bisect_left(dates, sentence.end, key=START)] if d.end <= sentence.end]
    whole, all_dates = Span(sentence.start, sentence.end), [Span(d.start, d.end) for d in inside]
    own = [
        d
        for d, words in zip(inside, all_dates, strict=True)
        if not _aside(
            report, clause_round(report, words, whole, [other for other in all_dates if other != words]), span
        )
    ]
    nearest = min(own, key=lambda d: (abs(d.start - span.start), d.start), default=None)
    return nearest.value if nearest else None


def _aside(report: Annotated, part: Span, event: Span) -> bool:
    """Whether a clause without the event begins with a word that opens a subordinate clause."""
    if part.start <= event.start < part.end:
        return False
    at = bisect_left(report.tokens, (part.start,))
    return at < len(report.tokens) and opens_clause(report.tokens[at].norm, report.report.language)
