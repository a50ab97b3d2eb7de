"""Clause templates: SOURCE cue (that) CLAUSE; CLAUSE, SOURCE cue; CLAUSE, cue SOURCE, CLAUSE; according to SOURCE, CLAUSE."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from stemma.quotes.found import Found
from stemma.quotes.lexicon import Cue
from stemma.quotes.phrases import Phrase, Subject, left, pronoun, right, verb_group
from stemma.quotes.view import DASHES, PAUSES, Unit, View

# A separated particle stands at its clause's end: within this many tokens.
PARTICLE_REACH = 18
# A sentence with more verbs of saying is none; a clause reaches no farther than this many tokens. Both bound the work on
# text without full stops.
MOST_CUES, REACH = 30, 1200
# A reported clause has at least this many words.
LEAST_WORDS = 2


class Complement(NamedTuple):
    """Where what is said begins, in which frame, and to whom it is said."""

    start: int
    frame: str
    addressee: Phrase | None
    subject: Phrase | None


def clauses(v: View, number: int) -> list[Found]:
    """All attributions of one unit that have a cue in it, in the order of the text."""
    unit = v.units[number]
    cues = _cues(v, unit)
    if not cues and not v.lex.according and not v.lex.behind:
        return []
    behind: list[Found] = []
    done = unit.first
    for j in cues:
        one = _post(v, number, j, v.cues[j], done) if not any(_within(f, j) for f in behind) else None
        if one is not None:
            behind.append(one)
            done = max(one.content[-1][1], j + 1)
    if not any(f.frame == "d" for f in behind):
        first = sources(v, number) or _so_here(v, number, behind) or _pointed(v, number, cues)
        if first:
            return first
    return _before(v, number, cues, behind)


def _pointed(v: View, number: int, cues: list[int]) -> list[Found]:
    """"Das berichtet X." "Det skriver X.": a pronoun that stands for the sentence before."""
    unit = v.units[number]
    if len(cues) != 1 or number == 0 or v.norms[unit.first] not in v.lex.words["points"] or cues[0] != unit.first + 1:
        return []
    phrase = right(v, cues[0] + 1, unit.last)
    before = v.units[number - 1]
    if phrase is None or unit.last - phrase.last > 12 or before.line < unit.line - 1:
        return []
    how = "pronoun" if pronoun(v, phrase.first) else "behind"
    content = [(before.first, _trim_end(v, before.first, before.last))]
    return [Found(number, "pointed", content, (cues[0], cues[0] + 1), phrase, how, address(v, phrase.last, unit.last), "c")]


def _cues(v: View, unit: Unit) -> list[int]:
    """The verbs of saying of a unit that stand outside marks."""
    found: list[int] = []
    headline = _headline(v, unit)
    for j in range(unit.first, unit.last):
        if j in v.cues and not v.barrier(j) and _stands(v, j, v.cues[j], unit, headline):
            found.append(j)
            if len(found) >= MOST_CUES:
                break
    return found


def _before(v: View, number: int, cues: list[int], behind: list[Found]) -> list[Found]:
    """The attributions whose cue stands before its content, beside those found with the cue behind it."""
    unit = v.units[number]
    found = list(behind)
    for j in cues:
        if any(_within(f, j) or (f.cue and f.cue[0] == j) for f in found):
            continue
        earlier = [f for f in found if f.cue and f.cue[0] < j]
        done = max((max(f.content[-1][1], f.cue[1]) for f in earlier if f.cue and f.content[-1][1] <= j), default=unit.first)
        one = _pre(v, number, j, v.cues[j], done, earlier)
        if one is not None:
            found.append(one)
    return sorted(found, key=lambda f: f.cue or (0, 0))


def _within(f: Found, j: int) -> bool:
    return any(a <= j < b for a, b in f.content)


def _stands(v: View, j: int, cue: Cue, unit: Unit, headline: bool) -> bool:
    """Whether the form is used as a cue: its separated particle follows; it is no noun."""
    if cue.particles and _particle(v, j, cue, unit) is None:
        return False
    if v.capital(j) and j > unit.first and (v.lex.capital_nouns or not headline):
        return False
    return not _noun(v, j, cue, unit)


def _noun(v: View, j: int, cue: Cue, unit: Unit) -> bool:
    """Whether a form stands as a noun: behind a determiner, genitive, preposition, or (where it can be one) an adjective."""
    words = v.lex.words
    if j == unit.first:
        return v.norms[j] in words["nounlike"]
    before = v.norms[j - 1]
    if before in words["determiners"] and not (before in words["pronouns"] or before in words["relatives"]):
        return True
    if before in words["possessives"] or (before.endswith(("'s", "s'")) and v.norms[j] in words["nounlike"]):
        return True
    if v.norms[j] in words["nounlike"]:
        if before in words["pronouns"] or before in words["adverbs"] or before in words["relatives"]:
            return False
        after = v.norms[j + 1] if j + 1 < unit.last else ""
        return not (after in words["complementisers"] and v.word(j - 1) and before not in words["prepositions"]) and not v.capital(j - 1)
    return before in words["prepositions"] and before not in words["infinitive"] and v.norms[j] not in words["participles"]


def _headline(v: View, unit: Unit) -> bool:
    """Whether most words of the unit are written with a capital."""
    words = [i for i in range(unit.first, unit.last) if v.word(i)]
    return sum(v.capital(i) for i in words) > 0.6 * len(words)


def _particle(v: View, j: int, cue: Cue, unit: Unit) -> int | None:
    for k in range(j + 1, min(unit.last, j + PARTICLE_REACH)):
        if v.norms[k] in cue.particles and (k + 1 >= unit.last or not v.word(k + 1) or v.norms[k + 1] in v.lex.words["complementisers"]):
            return k
    return None


# ------------------------------------------------------------------------------------------ cue behind or inside


def _post(v: View, number: int, j: int, cue: Cue, done: int) -> Found | None:
    """CLAUSE, SOURCE cue | CLAUSE, cue SOURCE | "...," said SOURCE, and what goes on behind it."""
    if "p" not in cue.frames and "d" not in cue.frames:
        return None
    unit = v.units[number]
    g = verb_group(v, j, done)
    subject, after, group = _inquit(v, j, g, done, unit.last)
    if group is None or group <= done:
        return None
    marked = _closed_before(v, group, done)
    paused = v.norms[group - 1] in PAUSES or _dash(v, group - 1)
    if not (marked or (paused and "p" in cue.frames)) or (v.norms[j] in v.lex.words["participles"] and not marked):
        return None
    what = complement(v, after, unit, cue)
    if what is not None and not (marked and not _ends_sentence(v, group - 1)) and what.frame != "more":
        return None
    start, end = _clause_before(v, done, group)
    if start is None:
        return None
    content = [(start, end)]
    rest = _rest(v, after, unit, marked, what)
    if rest:
        content.append(rest)
    particle = _particle(v, j, cue, unit) if cue.particles else None
    addressee = what.addressee if what else address(v, after, unit.last)
    _ = particle
    return Found(number, "post", content, (j, j + 1), subject.phrase if subject else None, subject.how if subject else "", addressee, "d" if marked else "b")


def _so_here(v: View, number: int, behind: list[Found]) -> list[Found]:
    unit = v.units[number]
    for i in range(unit.first + 1, unit.last):
        if v.norms[i] in v.lex.words["so"] and not v.barrier(i):
            one = _so(v, number, i, unit.first)
            if one is not None:
                return [one]
    return []


def _so(v: View, number: int, i: int, done: int) -> Found | None:
    """German so, Dutch aldus: CLAUSE, so SOURCE; also inside its clause."""
    unit = v.units[number]
    if i <= done or not (v.norms[i - 1] in PAUSES or v.barrier(i - 1)):
        return None
    phrase = right(v, i + 1, unit.last)
    if phrase is None or (phrase.last < unit.last and v.word(phrase.last) and v.norms[phrase.last] not in v.lex.words["prepositions"]):
        return None
    start, end = _clause_before(v, done, i)
    if start is None:
        return None
    content = [(start, end)]
    rest = _rest(v, phrase.last, unit, v.barrier(i - 1), None)
    if rest:
        content.append(rest)
    how = "pronoun" if pronoun(v, phrase.first) else "behind"
    return Found(number, "post", content, (i, i + 1), phrase, how, None, "b")


def _inquit(v: View, j: int, g: int, done: int, last: int) -> tuple[Subject | None, int, int | None]:
    """Subject, first token behind the inquit, first token of the inquit (None: no inquit)."""
    g = _over_manner(v, g, done)
    paused = g > done and (v.barrier(g - 1) or v.norms[g - 1] in PAUSES or _dash(v, g - 1))
    if paused and v.norms[j] not in v.lex.words["participles"]:
        if "-" in v.norms[j] and v.norms[j] not in v.lex.cues:
            return Subject(Phrase(j, j + 1), g, "pronoun"), j + 1, g
        for k in range(g, j):
            if "-" in v.norms[k] and v.norms[k].rpartition("-")[2] in v.lex.words["pronouns"]:
                return Subject(Phrase(k, k + 1), g, "pronoun"), j + 1, g
        i = j + 1
        while i < last and v.word(i) and ((v.norms[i] in v.lex.words["objects"] and v.norms[i] not in v.lex.words["pronouns"]) or v.norms[i] in v.lex.words["adverbs"]):
            i += 1
        phrase = _speaker_behind(v, i, last) if v.lex.drops else right(v, i, last)
        marked = _closed_before(v, g, done)
        if phrase is not None and (marked or v.lex.v2 or _inverted(v, j, phrase, last)):
            place = _impersonal(v, j, Unit(done, last, 0), phrase)
            return Subject(place or phrase, g, "behind"), (place or phrase).last, g
        if phrase is None and marked and (v.lex.drops or i >= last or not v.word(i)) and not pronoun(v, g - 1):
            return None, j + 1, g
    subject = left(v, j, done)
    if subject is not None and subject.how in ("adjacent", "pronoun", "apposition"):
        return subject, j + 1, _before_group(v, subject, done)
    return None, j + 1, None


def _inverted(v: View, j: int, phrase: Phrase, last: int) -> bool:
    """Whether "CLAUSE, said NP" ends there: the verb one of plain saying, the phrase a speaker's, no verb behind it."""
    if v.cues[j].kind != "say":
        return False
    words, k = v.lex.words, phrase.last
    if k < last and v.word(k) and not (v.norms[k] in words["prepositions"] or v.norms[k] in words["times"] or v.norms[k] in words["relatives"]
                                       or v.norms[k] in words["adverbs"] or v.norms[k] in words["subordinators"]):
        return False
    person = any(v.capital(t) or v.norms[t] in words["heads"] for t in range(phrase.first, phrase.last))
    return (person or (pronoun(v, phrase.first) and v.lex.drops)) and not any(t in v.cues for t in range(phrase.first, phrase.last))


def _before_group(v: View, subject: Subject, done: int) -> int:
    """The inquit's first token: the subject's, or where an apposition's first comma binds it to the left."""
    return subject.group if subject.how == "adjacent" else subject.phrase.first


def _ends_sentence(v: View, i: int) -> bool:
    k = v.mark_of[i]
    if k < 0:
        return False
    inner = v.marks[k].inner
    return inner.end > inner.start and v.text[inner.end - 1] == "."


def _clause_before(v: View, done: int, group: int) -> tuple[int | None, int]:
    """The clause that ends before the inquit, from the last attribution or the unit's beginning."""
    end = group
    while end > done and not v.barrier(end - 1) and v.tokens[end - 1].kind == "mark" and v.mark_of[end - 1] < 0:
        end -= 1
    start = done
    while start < end and v.tokens[start].kind == "mark" and v.mark_of[start] < 0:
        start += 1
    if start < end and v.barrier(end - 1):
        k = v.mark_of[end - 1]
        first = end - 1
        while first > start and v.mark_of[first - 1] == k:
            first -= 1
        if first > start and v.norms[first - 1] in (":", ".", ";"):
            start = first
    words = sum(v.tokens[i].kind != "mark" for i in range(start, end))
    if words < LEAST_WORDS and not any(v.mark_of[i] >= 0 for i in range(start, end)):
        return None, end
    return start, end


def _rest(v: View, i: int, unit: Unit, marked: bool, what: Complement | None) -> tuple[int, int] | None:
    """What is said behind the inquit: after a comma, up to the unit's end."""
    if marked:
        for k in range(i, unit.last):
            if v.barrier(k):
                return (k, _end(v, k, unit)) if _only_inquit(v, i, k) else None
        return None
    return clause_rest(v, i, unit)


def clause_rest(v: View, i: int, unit: Unit) -> tuple[int, int] | None:
    """The clause that goes on behind the inquit's comma."""
    while i < unit.last and not (v.norms[i] in PAUSES and v.mark_of[i] < 0):
        if v.tokens[i].kind == "mark" and v.mark_of[i] < 0:
            return None
        i += 1
    i += 1
    if i >= unit.last - 1 or v.norms[i] in v.lex.words["participles"] or (v.norms[i] in v.lex.words["relatives"] and not v.lex.capital_nouns):
        return None
    if v.norms[i] in v.lex.words["conjunctions"] and any(k in v.cues for k in range(i, min(unit.last, i + 5))):
        return None
    if (v.lex.v2 or v.lex.drops or v.lex.dashes) and not _goes_on(v, i):
        return None
    return i, _end(v, i, unit)


def _goes_on(v: View, i: int) -> bool:
    """Whether a clause goes on at token i and not an apposition ("..., sier Moe, leder i ...") or a circumstance."""
    words = v.lex.words
    groups = ("conjunctions", "complementisers", "auxiliaries", "adverbs")
    return pronoun(v, i) or any(v.norms[i] in words[g] for g in groups)


def _only_inquit(v: View, i: int, k: int) -> bool:
    """Whether between the inquit and the next marks there is no verb of its own."""
    gap = v.norms[i:k]
    if not gap:
        return True
    if gap[-1] in PAUSES or gap[-1] in ":" or gap[-1] in DASHES:
        return not any(n in v.lex.words["conjunctions"] or n in v.lex.words["participles"] for n in gap)
    return all(v.tokens[t].kind == "mark" for t in range(i, k))


# ------------------------------------------------------------------------------------------ cue before its clause


def _pre(v: View, number: int, j: int, cue: Cue, done: int, found: list[Found]) -> Found | None:
    """SOURCE cue (that) CLAUSE, SOURCE cue: "...", and on the right side SOURCE where the verb stands second."""
    unit = v.units[number]
    subject = left(v, j, done)
    i = j + 1
    behind: Phrase | None = None
    joined = (subject is not None and subject.how == "shared") or _joined(v, j, done)
    shared = _shared(v, j, found) if joined else None
    if joined and shared is None and (subject is None or v.lex.v2):
        phrase = free_phrase(v, unit.first, j)
        subject = Subject(phrase, unit.first, "shared") if phrase else None
    if v.lex.v2 and not joined and i < unit.last and pronoun(v, i) and (subject is None or subject.how != "pronoun"):
        subject = None
    if v.lex.v2 and not joined and subject is not None and _adverb_like(v, subject.phrase, unit.first, j):
        subject = None
    if subject is None and shared is None:
        behind = _speaker_behind(v, i, unit.last) if v.lex.drops else _behind(v, i, unit.last)
        i = behind.last if behind else i
    what = complement(v, i, unit, cue)
    if what is None or what.frame == "more":
        return None
    end = _content_end(v, what.start, unit, what.frame)
    words = sum(v.tokens[k].kind != "mark" for k in range(what.start, end))
    if words == 0 or (words < LEAST_WORDS and what.frame not in "dk"):
        return None
    impersonal = _impersonal(v, j, unit, behind or (subject.phrase if subject else None))
    if impersonal is not None:
        behind, subject = impersonal, None
    phrase, how = (behind, "behind") if behind else (subject.phrase, subject.how) if subject else (None, "")
    if shared is not None and not behind:
        phrase, how = shared.subject, "shared"
    if phrase is None and what.frame not in "dc" and not shared:
        return None
    return Found(number, "pre", [(what.start, end)], (j, j + 1), phrase, how, what.addressee, what.frame)


def _dash(v: View, i: int) -> bool:
    """A dash between words; a hyphen only where blanks stand round it."""
    return v.norms[i] in DASHES or (v.norms[i] == "-" and i > 0 and v.tokens[i].start > v.tokens[i - 1].end)


def _closed_before(v: View, i: int, done: int) -> bool:
    """Whether a closing mark stands before token i, with at most a comma and a dash between."""
    for k in range(i - 1, max(done, i - 4) - 1, -1):
        if v.barrier(k):
            return True
        if v.norms[k] not in PAUSES and not _dash(v, k) and v.norms[k] not in ".-":
            return False
    return False


def _over_manner(v: View, g: int, done: int) -> int:
    """Step back over a short phrase of manner between the closing mark and its verb: "...", - with a bow said X."""
    words = v.lex.words
    for k in range(g - 1, max(done, g - 5) - 1, -1):
        if v.barrier(k) or not v.word(k):
            return k + 1 if k + 1 < g and v.norms[k + 1] in words["prepositions"] and _closed_before(v, k + 1, done) else g
    return g


def _speaker_behind(v: View, i: int, last: int) -> Phrase | None:
    """The speaker behind the verb, over times and phrases with a preposition, where word order is free."""
    words = v.lex.words
    for _ in range(5):
        while i < last and v.word(i) and (v.norms[i] in words["adverbs"] or v.norms[i] in words["times"]):
            i += 1
        if i < last and v.norms[i] in words["prepositions"]:
            phrase = right(v, i + 1, last)
            if phrase is None:
                return None
            i = phrase.last
            continue
        phrase = right(v, i, last)
        if phrase is None or not any(v.norms[k] in words["times"] for k in range(phrase.first, phrase.last)):
            return phrase
        i = phrase.last
    return None


def _adverb_like(v: View, phrase: Phrase, first: int, j: int) -> bool:
    """Verb-second languages: one word before the verb at the sentence's head that is no known name is an adverb, if a
    phrase that can speak follows the verb ("Ähnlich äußerte sich der Präsident")."""
    if phrase.last - phrase.first > 1 or phrase.first != first or first in v.named or pronoun(v, first) or not v.lex.capital_nouns:
        return False
    i = j + 1
    while i < len(v.tokens) and (v.norms[i] in v.lex.words["reflexives"] or v.norms[i] in v.lex.words["adverbs"]):
        i += 1
    return _determined(v, i) or i in v.named


def _impersonal(v: View, j: int, unit: Unit, phrase: Phrase | None) -> Phrase | None:
    """"In dem Schreiben heißt es": what is said comes from the place named beside an impersonal verb."""
    if phrase is None or v.norms[j] not in v.lex.words["impersonal"] or phrase.last - phrase.first > 1 or not pronoun(v, phrase.first):
        return None
    for k in (*range(phrase.last, min(unit.last - 1, phrase.last + 2)), *range(unit.first, min(j, unit.first + 3))):
        if v.norms[k] in v.lex.words["prepositions"] and not v.barrier(k):
            return right(v, k + 1, unit.last if k > j else j)
    return None


def _joined(v: View, j: int, done: int) -> bool:
    """Whether the verb shares its subject with a verb before it: "and said", ", saying"."""
    g = verb_group(v, j, done)
    before = v.norms[g - 1] if g > 0 else ""
    return v.norms[j] in v.lex.words["participles"] or before in v.lex.words["conjunctions"]


def free_phrase(v: View, first: int, last: int) -> Phrase | None:
    """The first phrase in the tokens that no preposition governs and that can be a speaker."""
    words, i = v.lex.words, first
    if i < last and v.lex.openers and i not in v.named and v.norms[i].endswith(v.lex.openers) and v.norms[i] not in words["determiners"]:
        i = next((k + 1 for k in range(i, min(last, i + 40)) if v.norms[k] in PAUSES and v.mark_of[k] < 0), i)
    while i < last:
        if v.norms[i] in words["prepositions"] and not (i == first and v.capital(i) and i + 1 < last and v.capital(i + 1) and v.lex.capital_nouns):
            governed = right(v, i + 1, last)
            i = governed.last if governed else i + 1
            continue
        phrase = right(v, i, last)
        if phrase is not None and (speaks(v, phrase) or (pronoun(v, phrase.first) and phrase.last - phrase.first == 1)):
            return phrase
        i = phrase.last if phrase else i + 1
    return None


def speaks(v: View, phrase: Phrase) -> bool:
    """Whether a phrase can be a speaker: a name, or a head noun that speaks."""
    return any(v.capital(i) or v.norms[i] in v.lex.words["heads"] for i in range(phrase.first, phrase.last))


def _behind(v: View, i: int, last: int) -> Phrase | None:
    """The subject behind the verb, over reflexives and short adverbs."""
    words = v.lex.words
    while i < last and v.word(i) and (v.norms[i] in words["adverbs"] or v.norms[i] in words["reflexives"]):
        i += 1
    return right(v, i, last)


def _shared(v: View, j: int, found: list[Found]) -> Found | None:
    """The attribution before in the same sentence, whose subject a second verb shares (X said A and added B)."""
    named = [one for one in found if one.subject is not None]
    if not named:
        return None
    return named[0] if v.norms[j] in v.lex.words["participles"] else named[-1]


def complement(v: View, i: int, unit: Unit, cue: Cue) -> Complement | None:
    """What follows the cue from token i on: skip addressee and adverbials, then find where the content begins."""
    if "d" in cue.frames:
        for k in range(i, min(unit.last - 1, i + 5)):
            if v.norms[k] == ":" and v.barrier(k + 1):
                return Complement(k + 1, "d", address(v, i, unit.last), None)
            if k in v.cues or v.tokens[k].kind == "mark" or v.norms[k] in v.lex.words["complementisers"]:
                break
    found = _complement(v, i, unit, cue)
    if found is None and "d" in cue.frames:
        found = _led_to(v, i, unit)
    if i + 1 < unit.last and v.norms[i] in v.lex.words["about"] and (found is None or cue.kind == "call") and not v.barrier(i + 1):
        return Complement(i + 1, "n", None, None)
    return found


def _led_to(v: View, i: int, unit: Unit) -> Complement | None:
    """Direct speech a little farther on: behind a colon, or (where fragments stand apart) inside the object."""
    fragments = "fragments" in v.lex.apart
    for k in range(i, min(unit.last, i + 14)):
        if v.barrier(k) or (fragments and v.mark_of[k] >= 0 and k > i and not v.capital(k - 1)):
            colon = v.norms[k - 1] == ":"
            near = fragments and k - i <= 8 and all(v.tokens[t].kind != "mark" for t in range(i, k))
            return Complement(k, "d", None, None) if colon or near else None
        if (k in v.cues and not v.cues[k].particles) or v.norms[k] == ";":
            return None
    return None


def _complement(v: View, i: int, unit: Unit, cue: Cue) -> Complement | None:
    words, frames, last = v.lex.words, cue.frames, unit.last
    addressee: Phrase | None = None
    skipped = 0
    first = i
    while i < last:
        norm = v.norms[i]
        if v.barrier(i):
            return Complement(i, "d", addressee, None) if "d" in frames else None
        if v.mark_of[i] < 0 and v.tokens[i].kind == "mark":
            return _after_mark(v, i, last, frames, addressee)
        if norm in words["complementisers"] and ("c" in frames):
            return Complement(i, "c", addressee, None)
        if norm in words["questions"] and "w" in frames and norm not in words["pronouns"]:
            return Complement(i, "w", addressee, None)
        if "i" in frames and _infinitive_at(v, i, last):
            return Complement(i, "i", addressee, None)
        if (cue.particles and norm in cue.particles) or (norm in words["adverbs"] and norm not in words["determiners"]):
            i += 1
            continue
        if norm in words["objects"] and ("b" not in frames or "o" in frames or norm not in words["pronouns"]) and "k" not in frames and "n" not in frames:
            if "a" in frames or "o" in frames or "d" in frames:
                addressee = addressee or Phrase(i, i + 1)
            i += 1
            skipped += 1
            continue
        if norm in words["determiners"] and i + 1 < last and v.norms[i + 1] in words["times"]:
            i += 1
            norm = v.norms[i]
        if norm in words["prepositions"] or norm in words["times"]:
            if i + 1 < last and v.norms[i + 1] in words["complementisers"] and "c" in frames:
                return Complement(i + 1, "c", addressee, None)
            phrase = _adverbial(v, i, last)
            if phrase is None:
                return None
            if norm in words["addressing"] or (norm in words["with"] and any(v.norms[k] in words["interviews"] for k in range(max(first, i - 4), i))):
                addressee = addressee or phrase
            i = phrase.last
            skipped += 1
            continue
        if ("o" in frames or (v.lex.capital_nouns and "k" not in frames)) and addressee is None and v.word(i):
            phrase = right(v, i, last)
            if phrase is None or phrase.last >= last:
                return None
            addressee, i = phrase, phrase.last
            continue
        return _bare(v, i, unit, frames, addressee, cue)
    return None


def _infinitive_at(v: View, i: int, last: int) -> bool:
    """Whether "to" and a verb stand at token i."""
    words = v.lex.words
    verb = i + 1 < last and v.word(i + 1) and not v.capital(i + 1) and v.norms[i + 1] not in words["determiners"]
    return verb and v.norms[i] in words["infinitive"]


def _adverbial(v: View, i: int, last: int) -> Phrase | None:
    """The phrase behind a preposition, or a time word with its numbers."""
    words = v.lex.words
    k = i + 1 if v.norms[i] in words["prepositions"] else i
    if k < last and v.norms[k] in words["times"]:
        first = k
        while k < last and (v.norms[k] in words["times"] or v.tokens[k].kind == "number" or (v.norms[k] == "." and v.tokens[k].start == v.tokens[k - 1].end)):
            k += 1
        return Phrase(first, k)
    return right(v, k, last) if k > i else None


def _after_mark(v: View, i: int, last: int, frames: str, addressee: Phrase | None) -> Complement | None:
    """A comma or colon behind the cue: direct speech in marks, a clause (German), or the end."""
    norm = v.norms[i]
    if norm == ":":
        if i + 1 < last and "d" in frames:
            return Complement(i + 1, "d" if v.barrier(i + 1) else "b", addressee, None)
        return None
    if norm not in PAUSES and norm not in DASHES:
        return None
    if i + 1 >= last:
        return None
    k = i + 1
    while k < last and v.tokens[k].kind == "mark" and v.mark_of[k] < 0:
        k += 1
    if k < last and v.barrier(k) and "d" in frames:
        return Complement(k, "d", addressee, None)
    if k < last and v.norms[k] in v.lex.words["complementisers"] and "c" in frames:
        return Complement(k, "c", addressee, None)
    if k < last and v.norms[k] in v.lex.words["questions"] and "w" in frames and v.lex.v2:
        return Complement(k, "w", addressee, None)
    introduced = norm in PAUSES and v.norms[_unit_first(v, i)] in v.lex.words["wie"] and "c" in frames
    if k < last and (introduced or (v.lex.capital_nouns and norm in PAUSES and "b" in frames and _clause_like(v, k))):
        return Complement(k, "b", addressee, None)
    return None


def _unit_first(v: View, i: int) -> int:
    """The first token of the sentence that token i stands in."""
    k = bisect_right(v.units, i, key=lambda u: u.first) - 1
    return v.units[k].first if k >= 0 else 0


def _clause_like(v: View, k: int) -> bool:
    """German: a main clause behind the comma, not a relative clause or a conjunction."""
    words = v.lex.words
    if v.norms[k] in words["conjunctions"] or v.norms[k] in words["subordinators"] or v.norms[k] in words["prepositions"]:
        return v.norms[k] in words["prepositions"]
    return True


def _bare(v: View, i: int, unit: Unit, frames: str, addressee: Phrase | None, cue: Cue) -> Complement | None:
    """A clause, noun phrase or infinitive construction that begins at once."""
    words = v.lex.words
    norm = v.norms[i]
    if norm in words["conjunctions"] or norm in words["subordinators"] or (norm in words["relatives"] and norm not in words["determiners"]):
        return None
    if norm in words["auxiliaries"] or (i in v.cues and not v.capital(i) and "b" not in frames):
        return None
    if "k" in frames:
        return Complement(i, "k", addressee, None)
    if "a" in frames and _infinitive_ahead(v, i, unit):
        return Complement(i, "a", addressee, None)
    if "n" in frames and not _finite_ahead(v, i, unit):
        return Complement(i, "n", addressee, None)
    if "b" in frames and not v.lex.capital_nouns:
        return Complement(i, "b", addressee, None)
    if "n" in frames:
        return Complement(i, "n", addressee, None)
    return None


def _finite_ahead(v: View, i: int, unit: Unit) -> bool:
    """Whether an auxiliary follows soon: a clause, not a mere noun phrase."""
    return any(v.norms[k] in v.lex.words["auxiliaries"] for k in range(i, min(unit.last, i + 14)))


def _infinitive_ahead(v: View, i: int, unit: Unit) -> bool:
    return any(v.norms[k] in v.lex.words["infinitive"] for k in range(i, min(unit.last, i + 12)))


def _end(v: View, start: int, unit: Unit) -> int:
    return _content_end(v, start, unit, "d")


def _content_end(v: View, start: int, unit: Unit, frame: str) -> int:
    """Where what is said ends: at the next attribution of the sentence, else with the sentence."""
    words = v.lex.words
    if frame == "d" and v.mark_of[start] >= 0:
        return _marks_end(v, start, unit)
    for i in range(start + 1, min(unit.last, start + REACH)):
        if v.mark_of[i] >= 0:
            continue
        norm = v.norms[i]
        if norm in PAUSES and i + 1 < unit.last:
            if v.norms[i + 1] in words["participles"] and i + 1 in v.cues:
                return i
            if _source_at(v, i + 1, unit.last):
                return i
            if v.norms[i + 1] in words["closers"] and frame not in "d":
                return i
            if v.norms[i + 1] in words["conjunctions"] and _clause_next(v, i + 2, unit):
                return i
        if norm in words["conjunctions"] and _verb_next(v, i + 1, unit):
            return i - 1 if v.norms[i - 1] in PAUSES else i
        if norm == ";":
            return i
    return _trim_end(v, start, min(unit.last, start + REACH))


def _trim_end(v: View, start: int, end: int) -> int:
    while end > start and v.tokens[end - 1].kind == "mark" and v.mark_of[end - 1] < 0 and v.norms[end - 1] not in (")", "%", "$", "€"):
        end -= 1
    return end


def _marks_end(v: View, start: int, unit: Unit) -> int:
    """The end of the marks at ``start``, and of marks that follow them with nothing but punctuation between."""
    end = start
    k = v.mark_of[start]
    i = start
    while i < unit.last:
        if v.mark_of[i] == k:
            end = i + 1
        elif v.barrier(i) and all(v.tokens[t].kind == "mark" for t in range(end, i)):
            k = v.mark_of[i]
            end = i + 1
        elif v.tokens[i].kind != "mark":
            break
        i += 1
    return end


def _clause_next(v: View, i: int, unit: Unit) -> bool:
    """Whether a short subject and a verb of saying follow: ", and she noted"."""
    for k in range(i + 1, min(unit.last, i + 6)):
        if v.mark_of[k] >= 0 or v.tokens[k].kind == "mark":
            return False
        if k in v.cues and "d" in v.cues[k].frames and not v.cues[k].particles and not _noun(v, k, v.cues[k], unit):
            return True
    return False


def _verb_next(v: View, i: int, unit: Unit) -> bool:
    """Whether a cue follows with auxiliaries or adverbs only between: "and later said"."""
    words = v.lex.words
    for k in range(i, min(unit.last, i + 4)):
        if k in v.cues and not v.barrier(k):
            return v.cues[k].kind not in ("want", "back", "show", "think") and not v.cues[k].particles
        if v.norms[k] not in words["auxiliaries"] and v.norms[k] not in words["adverbs"] and not v.norms[k].endswith("ly"):
            return False
    return False


# ------------------------------------------------------------------------------------------ according to


def _source_at(v: View, i: int, last: int) -> int:
    """The length of an according-to phrase that begins at token i, 0 for none. ``*angaben`` stands for any word so ending."""
    for phrase in v.lex.according.get(v.norms[i], ()):
        if i + len(phrase) < last and all(
            v.norms[i + k] == word or (word[0] == "*" and v.norms[i + k].endswith(word[1:])) for k, word in enumerate(phrase)
        ):
            return len(phrase)
    return 0


def sources(v: View, number: int) -> list[Found]:
    """According to SOURCE: before, behind or inside its clause; SOURCE zufolge; nach SOURCEs Angaben."""
    unit = v.units[number]
    for i in range(unit.first, unit.last):
        if v.barrier(i):
            continue
        size = _source_at(v, i, unit.last)
        one = _source(v, number, i, size) if size else _source_behind(v, number, i) or _source_around(v, number, i)
        if one is not None:
            return [one]
    return []


def _source(v: View, number: int, i: int, size: int) -> Found | None:
    unit = v.units[number]
    phrase = _tight(v, right(v, i + size, unit.last))
    if phrase is None and size > 1:
        phrase = Phrase(i + size - 1, i + size)
    if phrase is None:
        return None
    content = _around(v, unit, i, phrase.last)
    return Found(number, "source", content, (i, i + size), phrase, "source", None, "c") if content else None


def _tight(v: View, phrase: Phrase | None) -> Phrase | None:
    """Where no comma follows a source phrase: its first word, with the capitalised words behind it."""
    if phrase is not None and v.lex.v2 and phrase.last - phrase.first > 2 and _determined(v, phrase.last):
        return Phrase(phrase.first, phrase.last - 1)
    if phrase is None or not v.lex.tight:
        return phrase
    last = phrase.first + 1
    while last < phrase.last and v.capital(last):
        last += 1
    return Phrase(phrase.first, last)


def _determined(v: View, i: int) -> bool:
    """Whether a new noun phrase begins at token i: what stands before it is the verb (volgens het instituut bereikt de storm)."""
    words = v.lex.words
    return i < len(v.tokens) and (v.norms[i] in words["determiners"] or pronoun(v, i)) and v.norms[i] not in words["linking"]


def _source_behind(v: View, number: int, i: int) -> Found | None:
    """SOURCE zufolge, SOURCEn mukaan: the phrase before the word."""
    if not any(v.norms[i] == phrase[-1] for phrase in v.lex.behind):
        return None
    unit = v.units[number]
    words, s = v.lex.words, i
    while s > unit.first and i - s < 8 and not v.barrier(s - 1):
        norm = v.norms[s - 1]
        if (v.tokens[s - 1].kind == "mark" and v.mark_of[s - 1] < 0) or norm in words["auxiliaries"] or norm in words["subordinators"]:
            break
        if norm in words["complementisers"] or (v.lex.capital_nouns and s < i and not v.capital(s - 1) and v.capital(s) and norm not in words["determiners"] and not norm.endswith(("en", "er", "em", "es"))):
            break
        s -= 1
    if s == i:
        return None
    content = _around(v, unit, s, i + 1)
    return Found(number, "source", content, (i, i + 1), Phrase(s, i), "source", None, "c") if content else None


def _source_around(v: View, number: int, i: int) -> Found | None:
    """nach SOURCEs Angaben, etter SOURCEs mening: a phrase between preposition and noun."""
    unit = v.units[number]
    for before, behind in v.lex.around:
        if v.norms[i] != before[0] or tuple(v.norms[i : i + len(before)]) != before:
            continue
        for k in range(i + len(before) + 1, min(unit.last, i + 7)):
            if v.norms[k] in behind:
                content = _around(v, unit, i, k + 1)
                return Found(number, "source", content, (i, i + 1), Phrase(i + len(before), k), "source", None, "c") if content else None
            if v.tokens[k].kind == "mark":
                break
    return None


def _around(v: View, unit: Unit, i: int, after: int) -> list[tuple[int, int]]:
    """The clause round a source phrase at tokens i:after."""
    while after < unit.last and v.tokens[after].kind == "mark" and v.mark_of[after] >= 0 and v.mark_of[after] == v.mark_of[after - 1]:
        after += 1
    start = unit.first
    while start < i and (v.tokens[start].kind == "mark" and v.mark_of[start] < 0):
        start += 1
    before = _trim_end(v, start, i)
    pause = next((k for k in range(after, min(unit.last, after + 80)) if v.mark_of[k] < 0 and v.norms[k] in PAUSES), None)
    content: list[tuple[int, int]] = []
    opening = before - start < 3 and all(not v.word(k) or v.norms[k] in v.lex.words["conjunctions"] or v.norms[k] in v.lex.words["adverbs"] for k in range(start, before))
    if opening:
        begin = _verb_second(v, unit, after) if v.lex.v2 or v.lex.tight else (pause + 1 if pause is not None else None)
        if begin is None:
            return []
        if not v.lex.v2 and not v.lex.tight:
            begin = _over_apposition(v, begin, unit)
        end = _trim_end(v, begin, unit.last)
        return [(begin, end)] if end - begin >= LEAST_WORDS else []
    content.append((start, before))
    bound = v.norms[i - 1] in PAUSES
    if v.lex.v2 and not bound:
        end = _trim_end(v, after, unit.last)
        if end - after >= 1:
            content.append((after, end))
    elif pause is not None and pause - after <= 1 and pause + 1 < unit.last:
        nxt = v.norms[pause + 1]
        if nxt not in v.lex.words["relatives"] and nxt not in v.lex.words["determiners"] and nxt not in v.lex.words["participles"] and nxt not in v.lex.words["conjunctions"]:
            content.append((pause + 1, _trim_end(v, pause + 1, unit.last)))
    return content


def _verb_second(v: View, unit: Unit, after: int) -> int | None:
    """Where the clause begins behind a source phrase at its head: at the verb, over more of the phrase and appositions."""
    begin = after
    for _ in range(4):
        if begin >= unit.last:
            return None
        if v.norms[begin] in PAUSES and v.mark_of[begin] < 0:
            pause = next((k for k in range(begin + 1, min(unit.last, begin + 22)) if v.mark_of[k] < 0 and v.norms[k] in PAUSES), None)
            return begin + 1 if pause is None or begin > after else pause + 1
        if v.norms[begin] not in v.lex.words["prepositions"] and v.mark_of[begin] < 0:
            return begin
        phrase = right(v, begin + 1, unit.last)
        begin = phrase.last if phrase else begin + 1
    return begin


def _over_apposition(v: View, begin: int, unit: Unit) -> int:
    """"According to Ann Lee, a lawyer for X, the ...": begin behind the apposition."""
    if v.norms[begin] in ("a", "an") or v.norms[begin] in v.lex.words["relatives"]:
        pause = next((k for k in range(begin, min(unit.last, begin + 16)) if v.mark_of[k] < 0 and v.norms[k] in PAUSES), None)
        if pause is not None and pause + 1 < unit.last:
            return pause + 1
    return begin


def address(v: View, i: int, last: int) -> Phrase | None:
    """To whom it was said, behind an inquit: "to AFP", "in an interview with NRK"."""
    words = v.lex.words
    talk = False
    for k in range(i, min(last, i + 14)):
        if v.barrier(k) or v.norms[k] in PAUSES or v.norms[k] in (".", ":", ";"):
            return None
        if v.norms[k] in words["complementisers"] or (v.norms[k] in words["relatives"] and v.norms[k] not in words["determiners"]):
            return None
        if v.norms[k] in words["objects"] and k == i:
            return Phrase(k, k + 1)
        if v.norms[k] in words["interviews"]:
            talk = True
        elif (v.norms[k] in words["addressing"] and not talk) or (talk and v.norms[k] in words["with"]):
            return right(v, k + 1, last)
    return None
