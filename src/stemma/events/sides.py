"""Who acts and who is acted on: the clause of an event word, its subject, its object, its owner.

Which words turn a clause round, close it, or make a place of a name is language data (``[interactions]``); the rules here know
only where they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from stemma.events.parties import PartyMention
from stemma.events.triggers import BREAKS, Grammar, Trigger
from stemma.records import Annotated, Sentence

NEAR = 4  # tokens between a "by" and its agent, or between an inverted verb and its subject, titles included
NOUN_BEFORE, NOUN_AFTER = 6, 14  # tokens around an event told as a noun that may name its parties
# "an appeal from X": X acts; "a withdrawal from X": it does not. "attacked a village in X": X suffers; "met in X": it does not.
FROM = frozenset(("REQUEST", "THREATEN", "ACCUSE", "SUPPORT"))
AT_PLACE = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "AID", "PROTEST", "REQUEST", "SANCTION"))
CLOSES = BREAKS - {"(", ")", ".", "[", "]"}  # "U.S." and a bracket do not end a noun phrase
RELATIVE_REACH = 8  # tokens between a party and the "who" or "which" that goes on with it
OBJECT_REACH = 16  # tokens behind the verb in which its object is looked for: further on, another verb has its own
POSSESSIVE = ("'s", "’s", "s'", "s’")


class Sides(NamedTuple):
    """The parties on the actor's and on the recipient's side. ``noun``: the event is told as a noun; ``both``: the actors
    act on each other; ``guessed``: the words do not settle who acts; ``own_first``: the nearest object is of the actor's own state."""

    actors: list[PartyMention]
    recipients: list[PartyMention]
    noun: bool = False
    both: bool = False
    guessed: bool = False
    own_first: bool = False


class Clause(NamedTuple):
    """The tokens around an event: the clause [start, end), who is said to say so, and its parties."""

    report: Annotated
    words: Grammar
    start: int
    end: int
    speaker: tuple[PartyMention, ...]
    parties: tuple[PartyMention, ...]

    def norm(self, at: int) -> str:
        return self.report.tokens[at].norm

    def between(self, first: int, last: int) -> list[PartyMention]:
        """The parties whose words lie in tokens [first, last)."""
        if last <= first:
            return []
        left, right = self.report.tokens[first].start, self.report.tokens[last - 1].end
        return [p for p in self.parties if left <= p.start and p.end <= right]

    def has(self, kind: str, first: int, last: int) -> bool:
        """Whether a small word of that kind stands in tokens [first, last)."""
        words = self.words.words.get(kind)
        if not words:
            return False
        return any(t.norm in words for t in self.report.tokens[max(first, self.start) : max(last, 0)])

    def is_a(self, kind: str, at: int) -> bool:
        return self.norm(at) in self.words.words.get(kind, frozenset())

    def token_at(self, offset: int) -> int:
        """The clause's first token that ends behind the offset."""
        return next((at for at in range(self.start, self.end) if self.report.tokens[at].end > offset), self.end)


def clause_of(
    report: Annotated, sentence: Sentence, words: Grammar, parties: Sequence[PartyMention], trigger: Trigger
) -> Clause:
    """The clause of the event without who says so: "X said that [...]", "[...], X said"."""
    start, end = sentence.first_token, sentence.last_token
    speaker: tuple[PartyMention, ...] = ()
    whole = Clause(report, words, start, end, (), tuple(parties))
    for at in range(start, trigger.first):
        if whole.is_a("saying", at) and not _names_its_object(whole, trigger, at):
            speaker = tuple(whole.between(start, at))
            start = at + 1
    for at in range(trigger.last, end):
        if whole.is_a("saying", at):
            comma = next((i for i in range(at, trigger.last - 1, -1) if report.tokens[i].norm in BREAKS), None)
            if comma is not None:
                speaker = speaker or tuple(whole.between(comma, end))
                end = comma
            break
    return whole._replace(start=start, end=end, speaker=speaker)


def _names_its_object(clause: Clause, trigger: Trigger, at: int) -> bool:
    """ "announced a suspension of ...": the noun is what was announced, no clause follows."""
    return trigger.pattern.sort == "nouns" and clause.is_a("determiners", at + 1) and trigger.first - at <= NEAR


def sides(clause: Clause, trigger: Trigger) -> Sides:
    """Who acts and who is acted on, as the form of the clause tells it."""
    passive = is_passive(clause, trigger)
    if told_as_noun(clause, trigger) and not (passive and trigger.last - trigger.first > 1):
        return _noun_sides(clause, trigger)
    if passive:
        return _passive_sides(clause, trigger)
    subject = _subject(clause, trigger)
    left = _unplaced(clause, trigger, subject) or [p for p in subject if _behind_a_noun(clause, p)]
    right = _object(clause, trigger)
    if left and right and _opened_by_a_phrase(clause, trigger):
        left = []
    if not left and clause.has("pronouns", clause.start, trigger.first):
        return Sides(list(clause.speaker), right, guessed=True)
    if not left and right and _inverted(clause, trigger):
        placed = clause.between(trigger.first, clause.end) if trigger.pattern.type in AT_PLACE else []
        return Sides(right[:1], right[1:] or [p for p in placed if p not in right])
    if not right and len(left) > 1 and _verb_last(clause, trigger):
        return Sides(left[:1], left[1:])
    return Sides(left, right)


def told_as_noun(clause: Clause, trigger: Trigger) -> bool:
    """Whether the event words stand as a noun: always for patterns of nouns; for words that are noun and verb ("attack")
    behind an article, a possessive or a preposition."""
    if trigger.pattern.sort in ("nouns", "vague"):
        return True
    first = trigger.first
    if not clause.is_a("noun_or_verb", first) or first == clause.start:
        return False
    before = clause.norm(first - 1)
    if clause.is_a("determiners", first - 1) or before.endswith(POSSESSIVE):
        return True
    near = clause.has("articles", first - 3, first - 1)
    plural = clause.norm(first).endswith(
        "s"
    )  # "the minister visits": a verb; "his Japan visit", "a missile strike": nouns
    return near and not before.endswith("s") and not (plural and clause.between(first - 1, first))


def _noun_sides(clause: Clause, trigger: Trigger) -> Sides:
    """ "X's ban on ... Y", "talks between X and Y", "an attack by X on Y", "X began a visit to Y"."""
    right_end = min(clause.end, trigger.last + NOUN_AFTER)
    right_end = next((at for at in range(trigger.last, right_end) if clause.norm(at) in CLOSES), right_end)
    right = clause.between(trigger.first, right_end)
    if any(clause.is_a("between", at) for at in range(trigger.first, min(trigger.last + 1, clause.end))):
        return Sides(_unplaced(clause, trigger, right), [], noun=True, both=True)
    owner = _owner(clause, trigger)
    inside = clause.between(trigger.first, trigger.last)
    if not owner and inside and len(right) > len(inside):  # "the sanctions of X against Y"
        owner, right = inside[:1], [p for p in right if p not in inside]
    for at in range(trigger.first, right_end):
        marks = clause.is_a("noun_by", at) or (trigger.pattern.type in FROM and clause.is_a("from", at))
        agents = clause.between(at, min(right_end, at + NEAR + 2)) if marks else []
        if agents:
            return Sides(agents[:1], [p for p in right if p is not agents[0]] or owner, noun=True)
    return Sides(owner, _objects_only(clause, trigger, right), noun=True)


def _owner(clause: Clause, trigger: Trigger) -> list[PartyMention]:
    """The state that a noun belongs to: the possessive or adjective before it, or the subject of "make", "launch", "pay"."""
    first = max(clause.start, trigger.first - NOUN_BEFORE)
    near = [p for p in clause.between(first, trigger.first) if not _broken(clause, p, trigger)]
    if not clause.words.words.get("light"):
        return near[-1:]
    if near and owns(clause, near[-1]):
        return near[-1:]
    light = next((at for at in range(trigger.first - 1, first - 1, -1) if clause.is_a("light", at)), None)
    return _unplaced(clause, trigger, clause.between(clause.start, light))[-1:] if light is not None else []


def owns(clause: Clause, one: PartyMention) -> bool:
    """A possessive ("Ghana's") or an adjective of a state ("Ghanaian"): what no name of a state, but an anchor, covers."""
    at = clause.token_at(one.end - 1)
    if at < clause.end and clause.norm(at).endswith(POSSESSIVE):
        return True
    return one.code is not None and not any(n.start <= one.start < n.end for n in clause.report.names)


def _broken(clause: Clause, one: PartyMention, trigger: Trigger) -> bool:
    """Whether the clause breaks between the owner and the noun, other than by "..., including ..."."""
    at = range(clause.token_at(one.end), trigger.first)
    return any(clause.norm(i) in BREAKS for i in at) and not any(clause.is_a("including", i) for i in at)


def _passive_sides(clause: Clause, trigger: Trigger) -> Sides:
    left = _subject(clause, trigger)
    for at in range(max(clause.start, trigger.first - 2 * NEAR), clause.end):
        if clause.is_a("by", at):
            agents = clause.between(at, trigger.first if at < trigger.first else clause.end)
            agents = [p for p in agents if clause.token_at(p.start) <= at + NEAR + 1] and agents
            if agents:
                left = [p for p in left if p.end <= clause.report.tokens[at].start]
                rest = [p for p in agents[1:] if clause.token_at(p.start) > at + NEAR] if not left else []
                return Sides(agents, left or rest)
    right = clause.between(trigger.first, clause.end)
    return Sides(right, left, guessed=True)


def is_passive(clause: Clause, trigger: Trigger) -> bool:
    """ "was arrested", "the offer was turned down", "fueron detenidos", and a participle with "by" right behind it."""
    endings = clause.words.participle_endings
    return any(_passive_at(clause, at, endings, trigger.pattern.type) for at in range(trigger.first, trigger.last))


def _passive_at(clause: Clause, at: int, endings: tuple[str, ...], kind: str) -> bool:
    norm = clause.norm(at)
    if clause.is_a("never_passive", at) or not (norm.endswith(endings) or clause.is_a("participles", at)):
        return False
    if clause.has("passive", at - 3, at):
        return True
    if clause.has("passive_far", clause.start, at):  # German: "wurden am Montag von ... festgenommen"
        return True
    # "fordert von X": of demands the word behind is the one who is asked, not the agent
    return kind != "REQUEST" and at + 1 < clause.end and clause.is_a("by", at + 1) and norm.endswith(endings)


def _subject(clause: Clause, trigger: Trigger) -> list[PartyMention]:
    """The parties before the verb in its own clause; for "who", "which" the party just before that word."""
    end = trigger.first
    for at in range(trigger.first - 1, clause.start - 1, -1):
        relative = clause.is_a("relative", at)
        if relative and any(clause.norm(i) in BREAKS for i in range(at, end)):
            end = at  # ", which ..., " is closed before the verb: its words are no subject
        elif relative or clause.is_a("subordinators", at):
            own = clause.between(at + 1, end)
            if own:
                return own
            if (
                relative
            ):  # the party just before it; in "X's handling of the tariffs, which ..." X is not what "which" means
                return [
                    p for p in clause.between(clause.start, at)[-1:] if at - clause.token_at(p.end) <= RELATIVE_REACH
                ]
    return clause.between(clause.start, end)


def _object(clause: Clause, trigger: Trigger) -> list[PartyMention]:
    """The parties behind the verb up to the next subordinator; places last, and none for a meeting or a topic."""
    found = clause.between(trigger.first, min(object_end(clause, trigger), trigger.last + OBJECT_REACH))
    return _objects_only(clause, trigger, found)


def _objects_only(clause: Clause, trigger: Trigger, found: list[PartyMention]) -> list[PartyMention]:
    real = _unplaced(clause, trigger, found)
    if clause.is_a("topical", trigger.first):
        return [p for p in real if _with(clause, trigger, p)]
    return real or (found if trigger.pattern.type in AT_PLACE else [])


def _with(clause: Clause, trigger: Trigger, one: PartyMention) -> bool:
    """ "discussed trade with X": X is a party; "discussed their relations with X": X is the topic."""
    at = clause.token_at(one.start)
    for i in range(at, max(trigger.first, at - NEAR) - 1, -1):
        if clause.is_a("with", i):
            return not (i > 0 and clause.is_a("topics", i - 1))
    return False


def object_end(clause: Clause, trigger: Trigger) -> int:
    """Where the verb's own clause ends: at the next subordinator that follows a party, else with the clause."""
    for at in range(trigger.last, clause.end):
        if clause.is_a("subordinators", at) and clause.between(trigger.first, at):
            return at
    return clause.end


def _unplaced(clause: Clause, trigger: Trigger, found: list[PartyMention]) -> list[PartyMention]:
    """Without the parties that only tell where ("in Norway", "on the Thai border"), if any others are left; an event word
    that holds the preposition ("arrived in Norway") keeps them."""
    return [p for p in found if not is_place(clause, trigger, p)]


def is_place(clause: Clause, trigger: Trigger, one: PartyMention) -> bool:
    """Whether the words before or behind the name make it a place."""
    at = clause.token_at(one.start)
    behind = clause.token_at(one.end)
    if behind < clause.end and clause.is_a("place_nouns", behind):
        return True
    for i in range(at - 1, max(clause.start, at - 3) - 1, -1):
        if trigger.first <= i < trigger.last:
            return False
        if clause.is_a("where", i):
            return not _group_before(clause, i)
        if not clause.is_a("determiners", i):
            return False
    return False


def _behind_a_noun(clause: Clause, one: PartyMention) -> bool:
    """ "Parties in Nepal ...": somebody stands before the place; "In Nepal, ..." nobody does."""
    at = clause.token_at(one.start)
    return any(clause.report.tokens[i].kind == "word" for i in range(clause.start, max(clause.start, at - 2)))


def _group_before(clause: Clause, at: int) -> bool:
    """ "rebels in Ghana": the place says whose they are."""
    return at > clause.start and clause.is_a("domestic", at - 1)


def _opened_by_a_phrase(clause: Clause, trigger: Trigger) -> bool:
    """Norwegian, German ...: "With the ambassador of X in the hall, condemned the minister ...": between the phrase that opens
    the clause and a verb behind its comma stands no subject."""
    first = clause.start
    return clause.is_a("fronted", first) and trigger.first > first and clause.norm(trigger.first - 1) == ","


def _inverted(clause: Clause, trigger: Trigger) -> bool:
    """Subject behind the verb where the verb comes second: "On Tuesday met Iceland ..." said in that order."""
    if not clause.words.words.get("fronted"):
        return False
    first = clause.start
    opened = clause.is_a("fronted", first) or clause.norm(trigger.first - 1) in BREAKS
    right = clause.between(trigger.first, min(clause.end, trigger.last + NEAR))
    return opened and bool(right) and trigger.first > first


def _verb_last(clause: Clause, trigger: Trigger) -> bool:
    """ "Poland has Greece condemned": the participle closes the clause behind its object ("*": every verb does)."""
    if trigger.pattern.sort == "mutual":
        return False
    return "*" in clause.words.words.get("verb_last", frozenset()) or clause.has(
        "verb_last", clause.start, trigger.first
    )
