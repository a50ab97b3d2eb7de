"""Proper names of one report: people, organisations, states, places.

Capitals open the question; titles, verbs of speech, heads of organisations ("University of ..."), the gazetteer and the rest of
the report answer it. What is seen in lower case elsewhere in the report is no name; a word that only ever opens a sentence
is one only if something speaks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal, NamedTuple

from stemma.language.asian import find_titled
from stemma.language.lexicon import DATA
from stemma.language.places import Hit
from stemma.language.roles import Titles, after, before, role_at, titles
from stemma.language.runs import Casing, Run, casing, find_runs, is_capital
from stemma.language.words import APOSTROPHES, fold, norm, word_set
from stemma.records import Name, Sentence, Span, Token

Kind = Literal["person", "organisation", "state", "place", "other"]

# Endings of inflected languages are taken off only when a form without them, or with another of them, stands in the same
# text; the word must keep this many letters.
SHORTEST_STEM = 3
ROMAN = frozenset("IVX")
ADJECTIVES = ("adjective", "regional")
# "Dr.", "Mrs" say less than a role in apposition; in code points.
HONORIFIC = 4


class Heads(NamedTuple):
    """A language's words that say what a name is the name of."""

    organisation: frozenset[str]
    organisation_suffixes: tuple[str, ...]
    place: frozenset[str]
    thing: frozenset[str]
    links: frozenset[str]
    given: frozenset[str]
    locative: frozenset[str]
    static: frozenset[str]
    no_names: frozenset[str]
    common_nouns: frozenset[str]
    noun_endings: tuple[str, ...]
    endings: tuple[str, ...]
    adjective_endings: tuple[str, ...]


class Draft(NamedTuple):
    """A name before the whole report has been seen. ``weak``: nothing speaks for it yet but a capital where every word has
    one (or, in German, where every noun has one)."""

    first: int
    last: int
    sentence: int
    kind: Kind
    weak: bool
    title: Span | None
    opening: bool
    flat: bool = False


@cache
def heads(language: str | None) -> Heads:
    """The language's heads; the English ones count everywhere, as English names stand in every language's news."""
    def both(key: str) -> frozenset[str]:
        return word_set("en", "names", key) | word_set(language, "names", key)

    return Heads(
        organisation=both("org_heads"),
        organisation_suffixes=tuple(sorted(word_set(language, "names", "org_suffixes"))),
        place=both("place_heads"),
        thing=both("thing_heads"),
        links=both("links"),
        given=_given(),
        locative=word_set(language, "places", "locative"),
        static=word_set(language, "places", "static"),
        no_names=both("no_names"),
        common_nouns=word_set(language, "names", "common_nouns"),
        noun_endings=tuple(sorted(word_set(language, "names", "noun_endings"))),
        adjective_endings=tuple(sorted(word_set(language, "names", "adjective_endings"))),
        endings=tuple(sorted({"s"} | {e for e in word_set(language, "names", "endings") if e.isalpha()})),
    )


@cache
def _organisations() -> frozenset[str]:
    """Well-known organisations, as written."""
    text = (DATA / "organisations.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(name.strip() for line in lines for name in line.split(";") if name.strip())


@cache
def _given() -> frozenset[str]:
    text = (DATA / "given_names.txt").read_text(encoding="utf-8")
    return frozenset(fold(name) for line in text.splitlines() if not line.startswith("#") for name in line.split())


def find_names(
    text: str, sentences: Sequence[Sentence], tokens: Sequence[Token], places: Sequence[Hit], language: str | None
) -> tuple[Name, ...]:
    """All names in order of the text, not overlapping."""
    known = titles(language)
    hits, lower, covered = _by_token(places), _lower(text, tokens), _in_titles(text, tokens, known)
    view = _View(text, tokens, casing(language), known, heads(language), hits, lower, covered)
    drafts: list[Draft] = []
    for number, sentence in enumerate(sentences):
        for run in find_runs(text, sentence, number, tokens, view.hits, view.casing):
            taken = drafts[-1].last if drafts else 0
            if run.last > taken:
                drafts.extend(_read_run(view, run._replace(first=max(run.first, taken)), sentence))
    kept = _settle(view, drafts)
    bases = _bases(view, kept, language)
    found = [_name(view, draft, bases) for draft in kept]
    found.extend(find_titled(text, sentences, places, language))
    taken = [(name.start, name.end) for name in found]
    found.extend(_place_names(view, places, taken))
    return tuple(sorted(found, key=lambda name: (name.start, name.end)))


class _View(NamedTuple):
    text: str
    tokens: Sequence[Token]
    casing: Casing
    titles: Titles
    heads: Heads
    hits: dict[int, Hit]
    lower: frozenset[str]
    covered: frozenset[int]

    def word(self, at: int) -> str:
        return self.text[self.tokens[at].start : self.tokens[at].end]


def _by_token(places: Iterable[Hit]) -> dict[int, Hit]:
    return {at: hit for hit in places for at in range(hit.first, hit.last)}


def _in_titles(text: str, tokens: Sequence[Token], known: Titles) -> frozenset[int]:
    """The later words of titles that begin in lower case: the "Affaires" of "ministre des Affaires étrangères"."""
    found: set[int] = set()
    for at, token in enumerate(tokens):
        if token.norm in known.phrases and text[token.start].islower():
            found.update(range(at + 1, at + role_at(tokens, at, len(tokens), known)))
    return frozenset(found)


def _lower(text: str, tokens: Sequence[Token]) -> frozenset[str]:
    """The words that this report writes without a capital somewhere."""
    return frozenset(t.norm for t in tokens if t.kind == "word" and text[t.start].islower())


# ------------------------------------------------------------------------------------------------ reading a run


def _read_run(view: _View, run: Run, sentence: Sentence) -> list[Draft]:
    """The names in a run: titles and states are cut off, organisations kept whole."""
    found: list[Draft] = []
    at = run.first
    while at < run.last:
        at = _skip(view, at, run)
        if at >= run.last:
            break
        end = _segment_end(view, at, run)
        draft = _draft(view, at, end, run, sentence)
        if draft is not None:
            found.append(draft)
            end = draft.last
        at = max(end, at + 1)
    return found


def _skip(view: _View, at: int, run: Run) -> int:
    """Past titles, states and function words at the beginning of a segment."""
    while at < run.last:
        token = view.tokens[at]
        hit = view.hits.get(at)
        size = role_at(view.tokens, at, run.last, view.titles)
        if _compound(view, at):
            at += 1
        elif size and not _organisation_ahead(view, at, run):
            at += size
        elif hit is not None and not _joins(view, hit, run):
            at = max(hit.last, at + 1)
        elif _says_nothing(view, at, run) or not is_capital(view.text, token):
            at += 1
        else:
            break
    return at


def _says_nothing(view: _View, at: int, run: Run) -> bool:
    """A mark, a modifier of titles, a function word with a capital, a common noun, or a word that this report writes in
    lower case elsewhere and that only opens a sentence here."""
    token = view.tokens[at]
    if token.kind == "mark" or at in view.covered or _common_noun(view, at) or _modifies(view, at, run):
        return True
    if token.norm in view.casing.function:
        named = not run.opening and at + 1 < run.last and fold(view.word(at)) in view.heads.given
        return not _shouts(view, at) and not named
    opens = at == run.first and run.opening
    return opens and token.norm in view.lower and not _organisation_ahead(view, at, run)


def _modifies(view: _View, at: int, run: Run) -> bool:
    """"Former" and "Acting" before a title, or opening a sentence; the "New" of "New York Times" is none."""
    if view.tokens[at].norm not in view.titles.modifiers or at in view.hits:
        return False
    behind = at + 1
    while behind < run.last and (view.tokens[behind].norm in view.titles.modifiers or behind in view.hits):
        behind += 1
    ahead = behind < run.last and role_at(view.tokens, behind, run.last, view.titles) > 0
    return ahead or (at == run.first and run.opening and not any(_is_organisation(view, k) for k in range(at + 1, run.last)))


def _common_noun(view: _View, at: int) -> bool:
    """A word that carries a capital only because nouns do: by the language's list, or by its ending."""
    if not view.casing.nouns or at in view.hits:
        return False
    word = view.tokens[at].norm
    if word in view.heads.common_nouns:
        return True
    ending = bool(view.heads.noun_endings) and len(word) > 6 and word.endswith(view.heads.noun_endings)
    return ending and fold(word) not in view.heads.given and not _is_organisation(view, at)


def _compound(view: _View, at: int) -> bool:
    """"China-Japan", "Kina-spørsmålet", "London-based": states joined to something, which are no name; the places in
    them are found on their own."""
    word = view.word(at)
    if "-" not in word and "‑" not in word:
        return False
    hit = view.hits.get(at)
    return (hit is not None and not hit.whole) or (word.replace("‑", "-").rsplit("-", 1)[1][:1].islower() and hit is not None)


def _shouts(view: _View, at: int) -> bool:
    """An acronym. Roman numerals go on with a name ("World War II", "Charles III")."""
    word = view.word(at)
    return len(word) > 1 and word.isupper() and not ROMAN.issuperset(word)


def _is_organisation(view: _View, at: int) -> bool:
    word = view.tokens[at].norm
    word = word[:-2] if word[-2:-1] in APOSTROPHES and len(word) > 3 else word
    return word in view.heads.organisation or (
        bool(view.heads.organisation_suffixes) and word.endswith(view.heads.organisation_suffixes)
    )


def _organisation_ahead(view: _View, at: int, run: Run) -> bool:
    """Whether this word opens the name of an organisation: "President University" is one, "President Lee" is not."""
    if view.tokens[at].norm in view.titles.modifiers:  # "Republican National Committee"
        return any(_is_organisation(view, k) for k in range(at + 1, min(run.last, at + 4)))
    return at + 1 < run.last and _is_organisation(view, at + 1) and not role_at(view.tokens, at, at + 1, view.titles)


def _joins(view: _View, hit: Hit, run: Run) -> bool:
    """Whether a state or city is part of a longer name: "Bangkok Post", "Tokyo University", "North Korea" is not."""
    if not hit.whole:
        return True
    behind = hit.last
    if behind >= run.last or not is_capital(view.text, view.tokens[behind]):
        return False
    first = fold(view.word(hit.first)) in view.heads.given
    if first and behind not in view.hits and not role_at(view.tokens, behind, run.last, view.titles):
        return True
    for at in range(behind, min(run.last, behind + 5)):
        if at in view.hits and view.hits[at].place.sort != "adjective" and view.hits[at] is not hit:
            return False
        if role_at(view.tokens, at, run.last, view.titles):
            return False
        word = view.tokens[at].norm
        if _is_organisation(view, at) or word in view.heads.place or word in view.heads.thing:
            return True
    return False


def _segment_end(view: _View, at: int, run: Run) -> int:
    """The end of the name that starts at ``at``: before the next title or state, unless an organisation goes on."""
    end = at + 1
    hit = view.hits.get(at)
    if hit is not None and hit.last <= run.last:
        end = max(end, hit.last)
    while end < run.last:
        hit = view.hits.get(end)
        size = role_at(view.tokens, end, run.last, view.titles)
        if (size and not _is_organisation(view, end)) or _common_noun(view, end):
            break
        if hit is not None and hit.whole and hit.place.sort not in ADJECTIVES and not _belongs(view, at, hit, run):
            break
        if _person_follows(view, at, end, run) or _organisation_of(view, at, end, run):
            break
        alone = _shouts(view, end) and not _shouts(view, end - 1) and not _is_organisation(view, end)
        if alone and not _surname(view, at, end, run):
            break
        initials = "." in view.word(end - 1)
        if _shouts(view, end - 1) and not _shouts(view, end) and end - at == 1 and not initials and not _acronym_name(view, at, run):
            break
        end += 1
    while end - 1 > at and not is_capital(view.text, view.tokens[end - 1]):
        end -= 1
    return end


def _organisation_of(view: _View, at: int, end: int, run: Run) -> bool:
    """"Ana Lima | von der Harbour Bank": behind a particle stands the organisation that a person is of."""
    if is_capital(view.text, view.tokens[end]) or view.tokens[end].kind == "mark":
        return False
    return not any(_is_organisation(view, k) for k in range(at, end)) and any(
        _is_organisation(view, k) for k in range(end + 1, run.last)
    )


def _person_follows(view: _View, at: int, end: int, run: Run) -> bool:
    """A given name with a name behind it opens a person's name: after an organisation ("Deutsche Bank | Josef Ackermann"),
    and after a noun where nouns carry capitals ("Skistar | Willy Bogner")."""
    if end + 1 >= run.last or fold(view.word(end)) not in view.heads.given or not is_capital(view.text, view.tokens[end + 1]):
        return False
    if fold(view.word(at)) in view.heads.given:
        return False
    organisation = any(_is_organisation(view, k) for k in range(at, end))
    described = view.casing.nouns or (at > 0 and view.tokens[at - 1].norm in view.titles.articles)
    return organisation or (described and end == at + 1)


def _belongs(view: _View, at: int, hit: Hit, run: Run) -> bool:
    """"University of Tokyo", "Michael Jordan": a place that goes on with the name before it."""
    linked = view.tokens[hit.first - 1].norm in view.heads.links
    if linked or (hit.last < run.last and _joins(view, hit, run)):
        return True
    return hit.first == at + 1 and fold(view.word(at)) in view.heads.given


def _surname(view: _View, at: int, end: int, run: Run) -> bool:
    """A surname in capitals: "Hiroshi HIYAMA" but not "Secretary NATO"."""
    word = view.word(end)
    return end == at + 1 and len(word) > 3 and end + 1 == run.last and fold(view.word(at)) in view.heads.given


def _acronym_name(view: _View, at: int, run: Run) -> bool:
    """"BBC News", "HSBC Bank" and "KIM Jong": an acronym that is the beginning of a name."""
    return any(_is_organisation(view, k) or view.tokens[k].norm in view.heads.thing for k in range(at + 1, min(run.last, at + 3)))


def _draft(view: _View, at: int, end: int, run: Run, sentence: Sentence) -> Draft | None:
    words = [k for k in range(at, end) if view.tokens[k].kind == "word"]
    if all(len(view.word(k)) == 1 for k in words):
        return None
    opening = run.opening and at == run.first
    head = next((k for k in words if _is_organisation(view, k)), None)
    if head is not None:
        end = _organisation_end(view, head, end, sentence.last_token, head == at)
        alone = end - at == 1 and view.tokens[at].norm in view.heads.organisation
        return None if alone else Draft(at, end, run.sentence, "organisation", run.flat, None, opening)
    if _known_organisation(view, at, end):
        return Draft(at, end, run.sentence, "organisation", run.flat and not opening, None, opening, run.flat)
    comma = end >= sentence.last_token or view.word(end) in ",.)"
    title = before(view.tokens, at, sentence.first_token, view.hits, view.text, view.titles, comma)
    kind, weak = _guess(view, at, end, words, title, opening, sentence)
    if run.flat and title is None:
        weak = True
    if kind == "person" and (title is None or title.end - title.start <= HONORIFIC):
        title = after(view.tokens, end, sentence.last_token, view.text, view.titles) or title
    return Draft(at, end, run.sentence, kind, weak, title, opening, run.flat)


def _links(view: _View, at: int, opens: bool) -> bool:
    """"University of", and where the head opens the name also "Universitetet i"; "Temple University i Tokyo" are two names."""
    word = view.tokens[at].norm.rstrip("'’")
    return word in view.heads.links and (opens or word not in view.heads.locative)


def _known_organisation(view: _View, at: int, end: int) -> bool:
    """Whether the run is a well-known organisation's name, with a genitive or a compound's tail behind it or not."""
    base = _base(view, end - 1)
    start = view.tokens[at].start
    name = view.text[start : view.tokens[end - 1].start] + base
    return name in _organisations() or (name[-1:] == "s" and name[:-1] in _organisations())


def _acronym(view: _View, at: int) -> bool:
    """"NATO", "NATOs", "NATO-toppmøtet"."""
    base = _base(view, at)
    return len(base) > 1 and (base.isupper() or (len(base) > 2 and base[:-1].isupper() and base[-1] == "s"))


def _organisation_end(view: _View, head: int, end: int, last: int, opens: bool) -> int:
    """"University | of Tokyo", "Ministry of Foreign Affairs | and Trade": links and the capitals behind them."""
    at = max(end, head + 1)
    if at > head + 1 and any(view.tokens[k].norm in view.heads.links for k in range(head + 1, at)):
        return at
    while at < last and _links(view, at, opens) and not _apostrophe(view, at - 1):
        behind = at + 1
        while behind < last and behind < at + 3 and view.tokens[behind].norm.rstrip("'’") in view.heads.links | view.titles.articles:
            behind += 1
        if behind >= last or not is_capital(view.text, view.tokens[behind]) or _person_ahead(view, behind, last):
            break
        at = behind + 1
        while at < last and is_capital(view.text, view.tokens[at]) and not _person_ahead(view, at, last) and not _apostrophe(view, at - 1):
            at += 1
        break
    return at


def _person_ahead(view: _View, at: int, last: int) -> bool:
    """A title with a name behind it: "Bank of Lima | Governor Vera Holt", but "Ministry of Justice" is whole."""
    size = role_at(view.tokens, at, last, view.titles)
    return size > 0 and at + size < last and is_capital(view.text, view.tokens[at + size])


def _apostrophe(view: _View, at: int) -> bool:
    word = view.word(at)
    return len(word) > 2 and word[-2] in APOSTROPHES


def _guess(
    view: _View, at: int, end: int, words: list[int], title: Span | None, opening: bool, sentence: Sentence
) -> tuple[Kind, bool]:
    """What a run without a head of an organisation names, and whether nothing speaks for it yet."""
    norms = [view.tokens[k].norm for k in words]
    if len(words) > 1 and (norms[-1] in view.heads.place or norms[0] in view.heads.place) and not _with_particle(view, at, end):
        return "place", False
    given = fold(view.word(words[0]).partition("-")[0]) in view.heads.given
    if any(n in view.heads.thing for n in norms) and not (given and len(words) > 1):
        return "other", len(words) == 1
    if title is not None:
        return "person", False
    spoken = _speaks(view, at, end, sentence)
    if len(words) == 1:
        if norms[0] in view.heads.no_names:
            return "other", True
        if _acronym(view, at):
            return "organisation", False
        weak = opening or (view.casing.nouns and not given)
        return ("person", weak and view.casing.nouns and not given) if spoken and (not opening or given) else ("other", weak)
    if given or any(len(view.word(k)) == 1 or "." in view.word(k) for k in words[:-1]):
        return "person", False
    common = any(n in view.lower and n not in view.casing.particles for n in norms)
    determined = at > sentence.first_token and view.tokens[at - 1].norm in view.titles.articles
    if common or determined or _quoted(view, at, end):
        return "other", common or (determined and view.casing.nouns)
    return "person", view.casing.nouns and not spoken and (opening or _after_adjective(view, at, sentence))


def _with_particle(view: _View, at: int, end: int) -> bool:
    """"van der Berg" is no mountain."""
    return any(view.tokens[k].norm in view.casing.particles for k in range(at + 1, end - 1))


def _after_adjective(view: _View, at: int, sentence: Sentence) -> bool:
    """Whether a numeral, or a word in lower case with an adjective's ending, stands before: two common nouns, it seems."""
    if at <= sentence.first_token:
        return False
    before = view.tokens[at - 1]
    return before.kind == "number" or (view.word(at - 1).islower() and before.norm.endswith(view.heads.adjective_endings or ("\0",)))


def _speaks(view: _View, at: int, end: int, sentence: Sentence) -> bool:
    """Whether a verb of speech stands right beside the name."""
    beside = [k for k in (at - 1, end) if sentence.first_token <= k < sentence.last_token]
    return any(view.tokens[k].norm in view.titles.speech for k in beside)


def _quoted(view: _View, at: int, end: int) -> bool:
    """Whether quotation marks stand right around the run."""
    if at == 0 or end >= len(view.tokens):
        return False
    return view.word(at - 1) in "\"“„«'‘" and view.word(end) in "\"”“»'’"


# ------------------------------------------------------------------------------------------------ settling with the report


def _settle(view: _View, drafts: Sequence[Draft]) -> list[Draft]:
    """Decides the weak ones by what the rest of the report says."""
    known = _Known(
        people=_words_of(view, (d for d in drafts if d.kind == "person" and not d.weak)),
        firm=_words_of(view, (d for d in drafts if not d.weak)),
        sure=_words_of(view, (d for d in drafts if d.kind == "person" and not d.weak and not _doubtful(view, d))),
    )
    settled = (_settle_one(view, one, known) for draft in drafts for one in _known_parts(view, draft, known))
    return [draft for draft in settled if draft is not None]


def _known_parts(view: _View, draft: Draft, known: _Known) -> list[Draft]:
    """Of a run in a headline whose words all carry capitals: the people whom the report names elsewhere."""
    if not (draft.flat and draft.weak):
        return [draft]
    found: list[Draft] = []
    for k in range(draft.first, draft.last):
        if not _any_form(view, norm(_base(view, k)), known.people):
            continue
        if found and found[-1].last == k:
            found[-1] = found[-1]._replace(last=k + 1)
        else:
            found.append(draft._replace(first=k, last=k + 1, kind="person", weak=False, title=None))
    return found or [draft]


class _Known(NamedTuple):
    """Words of this report's names: of people, of all that is not weak, and of people whose name does not open a sentence."""

    people: frozenset[str]
    firm: frozenset[str]
    sure: frozenset[str]


def _doubtful(view: _View, draft: Draft) -> bool:
    """A name whose first word may only open the sentence: "Troops Berg" beside "Anna Berg"."""
    return draft.opening and draft.title is None and fold(view.word(draft.first).partition("-")[0]) not in view.heads.given


def _settle_one(view: _View, draft: Draft, known: _Known) -> Draft | None:
    words = [norm(_base(view, k)) for k in range(draft.first, draft.last) if view.tokens[k].kind == "word"]
    if not words:
        return None
    if draft.kind != "organisation" and len(words) > 1 and _doubtful(view, draft):
        rest = all(_any_form(view, word, known.sure) for word in words[1:])
        if rest and not _any_form(view, words[0], known.sure) and not view.casing.nouns:
            return draft._replace(first=draft.first + 1, opening=False, weak=False, kind="person")
    fitting = draft.kind in ("other", "person") and _any_form(view, words[-1], known.people)
    if fitting and (draft.kind == "person" or all(_any_form(view, word, known.people) for word in words)):
        return draft._replace(kind="person", weak=False)
    if not draft.weak:
        return draft
    supported = all(_any_form(view, word, known.firm) or word in view.casing.particles for word in words)
    return draft if supported else None


def _any_form(view: _View, word: str, known: frozenset[str]) -> bool:
    """Whether the word, or the word without one of the language's endings, is among ``known``."""
    if word in known:
        return True
    return any(word.endswith(end) and len(word) - len(end) >= SHORTEST_STEM and word[: -len(end)] in known for end in view.heads.endings)


def _words_of(view: _View, drafts: Iterable[Draft]) -> frozenset[str]:
    return frozenset(
        norm(_base(view, k))
        for d in drafts
        for k in range(d.first, d.last)
        if view.tokens[k].kind == "word" and is_capital(view.text, view.tokens[k]) and len(view.word(k)) > 1
    )


def _base(view: _View, at: int) -> str:
    """The word without "'s", and without what a hyphen joins to it ("APEC-toppmøtet")."""
    word = view.word(at)
    if len(word) > 2 and word[-2] in APOSTROPHES and word[-1] in "sS":
        return word[:-2]
    if view.casing.suffixed:
        cut = min((word.find(mark) for mark in APOSTROPHES + ":" if word.find(mark) > 0), default=-1)
        if cut > 1 and word[cut + 1 :].islower():
            return word[:cut]
    head, hyphen, tail = word.rpartition("-")
    if hyphen and head and tail[:1].islower() and (head.isupper() or len(tail) > 3) and tail not in view.casing.particles:
        return head
    return word[:-1] if word[-1] in APOSTROPHES and len(word) > 1 else word


# ------------------------------------------------------------------------------------------------ making names


def _bases(view: _View, drafts: Sequence[Draft], language: str | None) -> dict[str, str]:
    """Inflected last words -> the form without inflection, where the report itself shows that form."""
    forms = sorted({_base(view, draft.last - 1) for draft in drafts if draft.last > draft.first})
    genitive = [e for e in sorted(word_set(language, "names", "genitive"), key=lambda e: (-len(e), e)) if e.isalpha()]
    endings = sorted(word_set(language, "names", "endings"), key=lambda e: (-len(e), e))
    seen = set(forms) | {view.word(k) for d in drafts for k in range(d.first, d.last)}
    known = {
        form: form[: -len(end)]
        for form in forms
        for end in genitive
        if form.endswith(end) and (form[: -len(end)] in seen or (form[: -len(end)].isupper() and len(form) > 2 and end.islower()))
    }
    if endings:
        known.update(_agreeing(forms, endings))
    return known


def _agreeing(forms: Sequence[str], endings: Sequence[str]) -> dict[str, str]:
    """Forms of one word that differ in their endings only, each to the shortest of them."""
    groups: dict[str, list[str]] = {}
    for form in forms:
        for end in (*endings, ""):
            stem = form[: len(form) - len(end)]
            if form.endswith(end) and len(stem) >= SHORTEST_STEM + 1:
                groups.setdefault(stem, []).append(form)
    found: dict[str, str] = {}
    for stem in sorted(groups, key=lambda s: (-len(s), s)):
        group = sorted(set(groups[stem]), key=lambda f: (len(f), f))
        if len(group) > 1:
            for form in group[1:]:
                found.setdefault(form, group[0])
    return found


def _name(view: _View, draft: Draft, bases: dict[str, str]) -> Name:
    last = draft.last - 1
    start, base = view.tokens[draft.first].start, _base(view, last)
    end = view.tokens[last].start + len(base)
    stem = bases.get(base, base)
    text = view.text[start : view.tokens[last].start] + stem
    hit = view.hits.get(draft.first)
    known = hit is not None and hit.place.sort == "organisation" and hit.start == start and hit.end >= end
    code = hit.place.code if known and hit is not None else None
    kind: Kind = "place" if draft.kind == "other" and _stands_in(view, draft) else draft.kind
    return Name(start, end, " ".join(text.split()), kind, draft.sentence, draft.title, code)


def _stands_in(view: _View, draft: Draft) -> bool:
    """"in Vassvik": a name of unknown kind behind a preposition of place, and not in the genitive, is a place."""
    if draft.first == 0 or _apostrophe(view, draft.last - 1) or draft.last - draft.first > 3:
        return False
    word = view.word(draft.last - 1).casefold()
    return view.tokens[draft.first - 1].norm in view.heads.static and word not in view.heads.thing


def _place_names(view: _View, places: Sequence[Hit], taken: Sequence[tuple[int, int]]) -> list[Name]:
    """States and places that are not part of a longer name. Adjectives are anchors, not names."""
    found = []
    for hit in places:
        if hit.place.sort in ADJECTIVES or any(s < hit.end and hit.start < e for s, e in taken):
            continue
        sort = hit.place.sort
        in_place = hit.first > 0 and view.tokens[hit.first - 1].norm in view.heads.locative
        if sort == "state" or (sort == "capital" and not in_place):
            kind: Kind = "state"
        else:
            kind = "organisation" if sort == "organisation" else "place"
        words = view.text[hit.start : hit.end]
        found.append(Name(hit.start, hit.end, words, kind, hit.sentence, None, hit.place.code or None))
    return found
