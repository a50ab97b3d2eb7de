"""Interactions: who did what to whom, in PLOVER's terms.

Event words are found by the language's patterns (``triggers.py``), parties by names of states and organisations
(``parties.py``). The clause decides who acts: the subject before the verb, the object after it, turned round in the passive;
what somebody says of others is attributed to the speaker and is no event itself. PLOVER's conventions hold: a future
cooperation is AGREE, a future act against somebody THREATEN, a refused cooperation REJECT, "must" in somebody's mouth REQUEST.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from stemma.events.parties import PartyMention, countries_of_people, mentions
from stemma.events.triggers import BREAKS, QUADS, Grammar, Pattern, Trigger, find_triggers, grammar
from stemma.reasons import give
from stemma.records import Annotated, Confidence, DateLine, Interaction, Party, Sentence, Span, Status, Witness

COOPERATIVE = frozenset(("CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"))
MATERIAL_CONFLICT = frozenset(kind for kind, quad in QUADS.items() if quad == "material conflict")
MATRIX = frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE"))  # verbs whose clause tells of another act
MEASURES = frozenset(("SANCTION", "COERCE", "AID", "MOBILIZE", "CONCEDE", "RETREAT"))
BEFORE = 4  # tokens before the event word in which tense, negation and the passive are looked for
NEAR = 5  # tokens between a group and the state it belongs to ("rebels in the Ivory Coast")
NOUN_BEFORE, NOUN_AFTER = 4, 9  # tokens around an event told as a noun that may name its parties


class Clause(NamedTuple):
    """The tokens around an event: the clause [start, end), where its speaker stands, and its parties."""

    report: Annotated
    words: Grammar
    start: int
    end: int
    speaker: tuple[PartyMention, ...]
    parties: tuple[PartyMention, ...]

    def between(self, first: int, last: int) -> list[PartyMention]:
        """The parties whose words lie in tokens [first, last)."""
        if last <= first:
            return []
        left, right = self.report.tokens[first].start, self.report.tokens[last - 1].end
        return [p for p in self.parties if left <= p.start and p.end <= right]

    def has(self, kind: str, first: int, last: int) -> bool:
        """Whether a small word of that kind stands in tokens [first, last)."""
        small = self.words.words.get(kind, frozenset())
        return any(t.norm in small for t in self.report.tokens[max(first, self.start) : last])


def find_interactions(report: Annotated, dates: Sequence[DateLine]) -> tuple[Interaction, ...]:
    """The interactions that one report states; ``dates`` are the report's own lines after borrowing."""
    words = grammar(report.report.language)
    if not words.by_word:
        return ()
    people = countries_of_people(report)
    found: list[Interaction] = []
    for sentence in report.sentences:
        found += _in_sentence(report, sentence, words, people, dates)
    return tuple(found)


def _in_sentence(
    report: Annotated, sentence: Sentence, words: Grammar, people: Mapping[str, str], dates: Sequence[DateLine]
) -> Iterable[Interaction]:
    triggers = find_triggers(report.tokens, sentence.first_token, sentence.last_token, words)
    if not triggers:
        return
    parties = mentions(report, sentence, people, words.words.get("domestic", frozenset()))
    seen: set[tuple[object, ...]] = set()
    for trigger in _leading(report, triggers):
        clause = _clause(report, sentence, words, parties, trigger)
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


def _clause(
    report: Annotated, sentence: Sentence, words: Grammar, parties: Sequence[PartyMention], trigger: Trigger
) -> Clause:
    """The clause of the event without who says so: "X said that [...]", "[...], X said"."""
    start, end = sentence.first_token, sentence.last_token
    saying = words.words.get("saying", frozenset())
    speaker: tuple[PartyMention, ...] = ()
    whole = Clause(report, words, start, end, (), tuple(parties))
    for at in range(start, trigger.first):
        if report.tokens[at].norm in saying:
            speaker = tuple(whole.between(start, at))
            start = at + 1
    for at in range(trigger.last, end):
        if report.tokens[at].norm in saying:
            comma = next((i for i in range(at, trigger.last - 1, -1) if report.tokens[i].norm in BREAKS), None)
            if comma is not None:
                speaker = speaker or tuple(whole.between(comma, end))
                end = comma
            break
    return whole._replace(start=start, end=end, speaker=speaker)


def _read(clause: Clause, trigger: Trigger, sentence: Sentence, dates: Sequence[DateLine]) -> Interaction | None:
    """The interaction that the trigger tells, None where no coded party takes part."""
    before, after = _sides(clause, trigger)
    status = _status(clause, trigger)
    kind: str = trigger.pattern.type
    if _obliges(clause, trigger):
        kind, before, after, status = "REQUEST", list(clause.speaker), before or after, "historical"
    elif trigger.pattern.sort != "vague":
        kind, status = _convention(kind, status)
    actor = _coded(clause, before)
    after = _abroad(clause, after, actor)
    recipient = _coded(clause, after)
    actor, recipient = _domestic(clause, before, actor, recipient), _domestic(clause, after, recipient, actor)
    if trigger.pattern.sort == "mutual" and len(actor) > 1:
        recipient = ()  # both sides act
    if not _told(trigger.pattern, actor, recipient):
        return None
    return _record(clause, trigger, sentence, dates, kind, status, actor, recipient)


def _told(pattern: Pattern, actor: tuple[Party, ...], recipient: tuple[Party, ...]) -> bool:
    """Whether enough is said: a sure verb needs one party, a word that only may tell of an event needs both sides, and a
    noun or a vague word two different states."""
    if pattern.sort in ("nouns", "vague"):
        return len({p.code for p in (*actor, *recipient)}) > 1
    return bool(actor and recipient) if pattern.sort == "likely" else bool(actor or recipient)


def _sides(clause: Clause, trigger: Trigger) -> tuple[list[PartyMention], list[PartyMention]]:
    """The parties on the actor's and on the recipient's side."""
    if trigger.pattern.sort in ("nouns", "vague"):
        left = clause.between(max(clause.start, trigger.first - NOUN_BEFORE), trigger.first)
        right = clause.between(trigger.first, min(clause.end, trigger.last + NOUN_AFTER))
        return left[-1:], right
    left = _subject(clause, trigger)
    right = clause.between(trigger.first, _object_end(clause, trigger))
    if _passive(clause, trigger):
        by = next((i for i in range(trigger.last, clause.end) if _is(clause, "by", i)), None)
        agents = clause.between(by, clause.end) if by is not None else right
        return agents, left
    if not left and clause.has("pronouns", clause.start, trigger.first):
        left = list(clause.speaker)
    return left, right


def _subject(clause: Clause, trigger: Trigger) -> list[PartyMention]:
    """The parties before the verb in its own clause; for "who", "which" the party just before that word."""
    end = trigger.first
    for at in range(trigger.first - 1, clause.start - 1, -1):
        relative = _is(clause, "relative", at)
        if relative and any(t.norm in BREAKS for t in clause.report.tokens[at:end]):
            end = at  # ", which ..., " is closed before the verb: its words are no subject
        elif relative or _is(clause, "subordinators", at):
            own = clause.between(at + 1, end)
            if own:
                return own
            if relative:
                return clause.between(clause.start, at)[-1:]
    return clause.between(clause.start, end)


def _object_end(clause: Clause, trigger: Trigger) -> int:
    """Where the verb's own clause ends: at the next subordinator that follows a party, else with the clause."""
    for at in range(trigger.last, clause.end):
        if _is(clause, "subordinators", at) and clause.between(trigger.first, at):
            return at
    return clause.end


def _passive(clause: Clause, trigger: Trigger) -> bool:
    norm = clause.report.tokens[trigger.first].norm
    participle = norm.endswith("ed") or norm in clause.words.words.get("participles", frozenset())
    return participle and clause.has("passive", trigger.first - 3, trigger.first)


def _is(clause: Clause, kind: str, at: int) -> bool:
    return clause.report.tokens[at].norm in clause.words.words.get(kind, frozenset())


def _obliges(clause: Clause, trigger: Trigger) -> bool:
    """ "X said that Y must ...": a demand of X on Y."""
    return bool(clause.speaker) and clause.has("obligation", trigger.first - BEFORE, trigger.first)


def _status(clause: Clause, trigger: Trigger) -> Status:
    first, last = trigger.first - BEFORE, trigger.first
    if clause.has("negation", first, last):
        return "negated"
    if clause.has("future", first, last):
        return "future"
    if clause.has("hypothetical", first, last):
        return "hypothetical"
    return "historical"


def _convention(kind: str, status: Status) -> tuple[str, Status]:
    """PLOVER's manual: what is only going to happen is a promise or a threat, what is not granted a refusal."""
    if status == "future" and kind in COOPERATIVE:
        return "AGREE", status
    if status in ("future", "hypothetical") and kind in MATERIAL_CONFLICT:
        return "THREATEN", status
    if status == "negated" and kind in (*COOPERATIVE, "AGREE"):
        return "REJECT", "historical"
    return kind, status


def _coded(clause: Clause, side: Sequence[PartyMention]) -> tuple[Party, ...]:
    """The first party of a side and those joined to it by "and"; a group takes the state that stands beside it."""
    chosen: list[PartyMention] = []
    for one in side:
        if not chosen:
            chosen.append(one)
        elif chosen[-1].code is None and _tokens_between(clause, chosen[-1], one) <= NEAR:
            chosen[-1] = PartyMention(chosen[-1].start, one.end, one.code, _words(clause, chosen[-1].start, one.end))
        elif one.code != chosen[-1].code and _joined(clause, chosen[-1], one):
            chosen.append(one)
        elif one.code is not None:
            break
    parties = [Party(one.code, one.name) for one in chosen if one.code]
    return tuple({party.code: party for party in reversed(parties)}.values())[::-1]


def _abroad(clause: Clause, side: Sequence[PartyMention], actor: tuple[Party, ...]) -> list[PartyMention]:
    """The recipient's side without the actor's own state, unless it is a group of that state ("Turkish refugees")."""
    own = {party.code for party in actor}
    groups = clause.words.words.get("domestic", frozenset())
    tokens = clause.report.tokens[clause.start : clause.end]

    def is_group(one: PartyMention) -> bool:
        following = [t.norm for t in tokens if one.end <= t.start][:3]
        return any(norm in groups for norm in following)

    return [one for one in side if one.code is None or one.code not in own or is_group(one)]


def _domestic(
    clause: Clause, side: Sequence[PartyMention], own: tuple[Party, ...], other: tuple[Party, ...]
) -> tuple[Party, ...]:
    """A government, a crowd or an opposition whose state is not said belongs to the state the clause is about."""
    if own or not side or len(other) != 1 or side[0].code is not None:
        return own
    return (Party(other[0].code, side[0].name),)


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


def _record(
    clause: Clause,
    trigger: Trigger,
    sentence: Sentence,
    dates: Sequence[DateLine],
    kind: str,
    status: Status,
    actor: tuple[Party, ...],
    recipient: tuple[Party, ...],
) -> Interaction:
    report = clause.report.report
    span = Span(clause.report.tokens[trigger.first].start, clause.report.tokens[trigger.last - 1].end)
    vague = trigger.pattern.sort == "vague"
    return Interaction(
        report=report.id,
        start=span.start,
        end=span.end,
        date=_date(dates, sentence, span),
        type=None if vague else kind,
        quad=QUADS[kind],
        measure=span if kind in MEASURES else None,
        because=_causes(clause, sentence),
        actor=actor,
        recipient=recipient,
        status=status,
        attributed_to=clause.speaker[0].name if clause.speaker else None,
        confidence=_confidence(trigger.pattern, status, actor, recipient),
        reasons=(
            give(
                "event words",
                {report.id: report},
                (Witness(report.id, span.start, span.end),),
                (trigger.pattern.type, trigger.pattern.text),
            ),
        ),
    )


def _confidence(pattern: Pattern, status: Status, actor: tuple[Party, ...], recipient: tuple[Party, ...]) -> Confidence:
    clear = pattern.sort in ("sure", "mutual")
    if clear and status == "historical" and actor and recipient:
        return "sure"
    return "likely" if clear and (actor or recipient) else "unsure"


def _date(dates: Sequence[DateLine], sentence: Sentence, span: Span) -> str | None:
    """The date stated nearest to the event in its sentence; None where the sentence states none."""
    inside = [d for d in dates if sentence.start <= d.start and d.end <= sentence.end]
    nearest = min(inside, key=lambda d: (abs(d.start - span.start), d.start), default=None)
    return nearest.value if nearest else None


def _causes(clause: Clause, sentence: Sentence) -> tuple[Witness, ...]:
    """Stated causes and replies: from the cue to the end of its clause."""
    tokens = clause.report.tokens
    cues = [tuple(cue.split()) for cue in sorted(clause.words.words.get("causes", frozenset()))]
    found = []
    for at in range(sentence.first_token, sentence.last_token):
        for cue in cues:
            if tuple(t.norm for t in tokens[at : at + len(cue)]) == cue:
                last = at + len(cue)
                while last < sentence.last_token and tokens[last].norm not in BREAKS:
                    last += 1
                found.append(Witness(clause.report.report.id, tokens[at].start, tokens[last - 1].end))
    return tuple(found)
