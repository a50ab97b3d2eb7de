"""A run of capitalised words to drafts of names: titles and states are cut off, organisations kept whole."""

from __future__ import annotations

from typing import Literal, NamedTuple

from stemma.language.anchors import agency_name
from stemma.language.looks import organisations
from stemma.language.offices import after, before
from stemma.language.places import Hit
from stemma.language.runs import Run
from stemma.language.view import View
from stemma.records import Sentence, Span

Kind = Literal["person", "organisation", "state", "place", "other"]
ADJECTIVES = ("adjective", "regional")
# "Dr.", "Mrs" say less than a role in apposition; in code points.
HONORIFIC = 4


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


def read_run(view: View, run: Run, sentence: Sentence) -> list[Draft]:
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


def _skip(view: View, at: int, run: Run) -> int:
    """Past titles, states and function words at the beginning of a segment."""
    while at < run.last:
        hit = view.hits.get(at)
        size = view.role(at, run.last)
        if _compound(view, at) or _portfolio(view, at, run):
            at += 1
        elif size and not _organisation_ahead(view, at, run):
            at += size
        elif hit is not None and not _joins(view, hit, run) and not _titled(view, at, hit, run):
            at = max(hit.last, at + 1)
        elif _says_nothing(view, at, run) or not view.looks[at].capital:
            at += 1
        else:
            break
    return at


def _portfolio(view: View, at: int, run: Run) -> bool:
    """ "le ministre de l'Intérieur | Laurent Duval": what a title's holder is in charge of, with a given name behind it."""
    if at + 2 >= run.last or at < 2 or view.looks[at].given or not view.looks[at + 1].given:
        return False
    back = _before_links(view, at)
    return back < at and back > 0 and view.role(back - 1, at) > 0 and not view.looks[at].organisation


def _before_links(view: View, at: int) -> int:
    """The token behind which links and articles lead to ``at``: "ministre | de l'Intérieur"."""
    linking = view.titles.links | view.titles.articles | view.casing.particles
    back = at
    while (
        back > 0 and at - back < 3 and view.tokens[back - 1].norm.replace("’", "'") in linking | {"l'", "d'", "dell'"}
    ):
        back -= 1
    return back


def _titled(view: View, at: int, hit: Hit, run: Run) -> bool:
    """ "President Santos": a city's name right behind a title, without an ending, is a person's."""
    if hit.place.sort != "city" or not hit.whole or view.tokens[hit.last - 1].end != hit.end or at == 0:
        return False
    back = at - 1
    if view.words[back] == "." and back > 0:
        back -= 1
    return view.role(back, at) > 0 and hit.last <= run.last


def _says_nothing(view: View, at: int, run: Run) -> bool:
    """A mark, a modifier of titles, a function word with a capital, a common noun, or a word that this report writes in
    lower case elsewhere and that only opens a sentence here."""
    token = view.tokens[at]
    if token.kind == "mark" or at in view.covered or view.common(at) or _modifies(view, at, run):
        return True
    if token.norm in view.casing.function:
        named = (at > run.first or not run.opening) and at + 1 < run.last and view.looks[at].given
        return not view.looks[at].shouts and not named
    opens = at == run.first and run.opening
    return opens and token.norm in view.lower and not _organisation_ahead(view, at, run)


def _modifies(view: View, at: int, run: Run) -> bool:
    """ "Former" and "Acting" before a title, or opening a sentence; the "New" of "New York Times" is none."""
    if view.tokens[at].norm not in view.titles.modifiers or at in view.hits:
        return False
    behind = at + 1
    while behind < run.last and (view.tokens[behind].norm in view.titles.modifiers or behind in view.hits):
        behind += 1
    ahead = behind < run.last and view.role(behind, run.last) > 0
    return ahead or (
        at == run.first and run.opening and not any(view.looks[k].organisation for k in range(at + 1, run.last))
    )


def _compound(view: View, at: int) -> bool:
    """ "China-Japan", "Kina-spørsmålet", "London-based": states joined to something, which are no name; the places in
    them are found on their own."""
    word = view.words[at]
    if "-" not in word and "‑" not in word:
        return False
    hit = view.hits.get(at)
    return (hit is not None and not hit.whole) or (
        word.replace("‑", "-").rsplit("-", 1)[1][:1].islower() and hit is not None
    )


def _organisation_ahead(view: View, at: int, run: Run) -> bool:
    """Whether this word opens the name of an organisation: "President University" is one, "President Lee" is not."""
    if view.tokens[at].norm in view.titles.modifiers:  # "Republican National Committee"
        return any(view.looks[k].organisation for k in range(at + 1, min(run.last, at + 4)))
    return at + 1 < run.last and view.looks[at + 1].organisation and not view.role(at, at + 1)


def _joins(view: View, hit: Hit, run: Run) -> bool:
    """Whether a state or city is part of a longer name: "Bangkok Post", "Tokyo University", "North Korea" is not."""
    if not hit.whole:
        return True
    behind = hit.last
    if behind >= run.last or not view.looks[behind].capital:
        return False
    if _named_by_state(view, hit.first, run):
        return True
    first = view.looks[hit.first].given
    if first and behind not in view.hits and not view.role(behind, run.last):
        return True
    for at in range(behind, min(run.last, behind + 5)):
        if at in view.hits and view.hits[at].place.sort != "adjective" and view.hits[at] is not hit:
            return False
        if view.role(at, run.last):
            return False
        word = view.tokens[at].norm
        if view.looks[at].organisation or word in view.heads.place or word in view.heads.thing:
            return True
    return False


def _named_by_state(view: View, at: int, run: Run) -> bool:
    """ "Thai PBS": an adjective without an article before it and an acronym that is no well-known organisation's own name."""
    hit = view.hits.get(at)
    if hit is None or hit.place.sort != "adjective" or at + 2 != run.last or not view.looks[at + 1].shouts or run.flat:
        return False
    determined = at > 0 and view.tokens[at - 1].norm in view.titles.articles
    return len(view.words[at + 1]) > 2 and not determined and view.looks[at + 1].base not in organisations()


def _segment_end(view: View, at: int, run: Run) -> int:
    """The end of the name that starts at ``at``: before the next title or state, unless an organisation goes on."""
    end = at + 1
    hit = view.hits.get(at)
    if hit is not None and hit.last <= run.last:
        end = max(end, hit.last)
    while end < run.last:
        hit = view.hits.get(end)
        size = view.role(end, run.last)
        if (size and not view.looks[end].organisation) or view.common(end):
            break
        if hit is not None and hit.whole and hit.place.sort not in ADJECTIVES and not _belongs(view, at, hit, run):
            break
        if _person_follows(view, at, end, run) or _organisation_of(view, at, end, run):
            break
        alone = view.looks[end].shouts and not view.looks[end - 1].shouts and not view.looks[end].organisation
        if alone and not _surname(view, at, end, run) and not _named_by_state(view, end - 1, run):
            break
        initials = "." in view.words[end - 1]
        if (
            view.looks[end - 1].shouts
            and not view.looks[end].shouts
            and end - at == 1
            and not initials
            and not _acronym_name(view, at, run)
        ):
            break
        end += 1
    while end - 1 > at and not view.looks[end - 1].capital:
        end -= 1
    return end


def _organisation_of(view: View, at: int, end: int, run: Run) -> bool:
    """ "Ana Lima | von der Harbour Bank": behind a particle stands the organisation that a person is of."""
    if view.looks[end].capital or view.tokens[end].kind == "mark":
        return False
    return not any(view.looks[k].organisation for k in range(at, end)) and any(
        view.looks[k].organisation for k in range(end + 1, run.last)
    )


def _person_follows(view: View, at: int, end: int, run: Run) -> bool:
    """A given name with a name behind it opens a person's name: after an organisation ("Deutsche Bank | Josef Ackermann"),
    and after a noun where nouns carry capitals ("Skistar | Willy Bogner")."""
    if end + 1 >= run.last or not view.looks[end].given or not view.looks[end + 1].capital:
        return False
    if view.looks[at].given:
        return False
    organisation = any(view.looks[k].organisation for k in range(at, end))
    described = view.casing.nouns or (at > 0 and view.tokens[at - 1].norm in view.titles.articles)
    return organisation or (described and end == at + 1)


def _belongs(view: View, at: int, hit: Hit, run: Run) -> bool:
    """ "University of Tokyo", "Michael Jordan": a place that goes on with the name before it."""
    linked = view.tokens[hit.first - 1].norm in view.heads.links
    if linked or (hit.last < run.last and _joins(view, hit, run)):
        return True
    return hit.first == at + 1 and view.looks[at].given


def _surname(view: View, at: int, end: int, run: Run) -> bool:
    """A surname in capitals: "Hiroshi HIYAMA" but not "Secretary NATO"."""
    word = view.words[end]
    return end == at + 1 and len(word) > 3 and end + 1 == run.last and view.looks[at].given


def _acronym_name(view: View, at: int, run: Run) -> bool:
    """ "BBC News", "HSBC Bank" and "KIM Jong": an acronym that is the beginning of a name."""
    return any(
        view.looks[k].organisation or view.tokens[k].norm in view.heads.thing
        for k in range(at + 1, min(run.last, at + 3))
    )


def _draft(view: View, at: int, end: int, run: Run, sentence: Sentence) -> Draft | None:
    words = [k for k in range(at, end) if view.tokens[k].kind == "word"]
    if all(len(view.words[k]) == 1 for k in words):
        return None
    opening = run.opening and at == run.first
    head = next((k for k in words if view.looks[k].organisation), None)
    if head is not None:
        end = _organisation_end(view, head, end, sentence.last_token, head == at)
        alone = end - at == 1 and view.tokens[at].norm in view.heads.organisation
        return None if alone else Draft(at, end, run.sentence, "organisation", run.flat, None, opening)
    if _known_organisation(view, at, end):
        return Draft(at, end, run.sentence, "organisation", run.flat and not opening, None, opening, run.flat)
    comma = end >= sentence.last_token or view.words[end] in ",.)"
    title = before(view, at, sentence.first_token, comma)
    if title is None and at > run.first and _portfolio(view, at - 1, run):
        office = before(view, _before_links(view, at - 1), sentence.first_token)
        title = Span(office.start, view.tokens[at - 1].end) if office else None
    kind, weak = _guess(view, at, end, words, title, opening, sentence)
    if run.flat and title is None:
        weak = True
    if kind == "person" and (title is None or title.end - title.start <= HONORIFIC):
        title = after(view, end, sentence.last_token) or title
    return Draft(at, end, run.sentence, kind, weak, title, opening, run.flat)


def _links(view: View, at: int, opens: bool) -> bool:
    """ "University of", and where the head opens the name also "Universitetet i"; "Temple University i Tokyo" are two names."""
    word = view.tokens[at].norm.rstrip("'’")
    return word in view.heads.links and (opens or word not in view.heads.locative)


def _known_organisation(view: View, at: int, end: int) -> bool:
    """Whether the run is a well-known organisation's name, with a genitive or a compound's tail behind it or not."""
    base = view.looks[end - 1].base
    start = view.tokens[at].start
    name = view.text[start : view.tokens[end - 1].start] + base
    outlet = end - at > 1 and agency_name(name) is not None
    return outlet or name in organisations() or (name[-1:] == "s" and name[:-1] in organisations())


def _organisation_end(view: View, head: int, end: int, last: int, opens: bool) -> int:
    """ "University | of Tokyo", "Ministry of Foreign Affairs | and Trade": links and the capitals behind them."""
    at = max(end, head + 1)
    if at > head + 1 and any(view.tokens[k].norm in view.heads.links for k in range(head + 1, at)):
        return at
    while at < last and _links(view, at, opens) and not view.looks[at - 1].apostrophe:
        behind = at + 1
        while (
            behind < last
            and behind < at + 3
            and view.tokens[behind].norm.rstrip("'’") in view.heads.links | view.titles.articles
        ):
            behind += 1
        if behind >= last or not view.looks[behind].capital or _person_ahead(view, behind, last):
            break
        at = behind + 1
        while (
            at < last
            and view.looks[at].capital
            and not _person_ahead(view, at, last)
            and not view.looks[at - 1].apostrophe
        ):
            at += 1
        break
    return at


def _person_ahead(view: View, at: int, last: int) -> bool:
    """A title with a name behind it: "Bank of Lima | Governor Vera Holt", but "Ministry of Justice" is whole."""
    size = view.role(at, last)
    return size > 0 and at + size < last and view.looks[at + size].capital


def _guess(
    view: View, at: int, end: int, words: list[int], title: Span | None, opening: bool, sentence: Sentence
) -> tuple[Kind, bool]:
    """What a run without a head of an organisation names, and whether nothing speaks for it yet."""
    norms = [view.tokens[k].norm for k in words]
    if title is not None and not (norms[-1] in view.heads.place and len(words) > 2):
        return "person", False
    heads_place = norms[-1] in view.heads.place or norms[0] in view.heads.place_front
    if len(words) > 1 and heads_place and not _with_particle(view, at, end):
        return "place", False
    given = view.looks[words[0]].given_first
    if any(n in view.heads.thing for n in norms) and not (given and len(words) > 1):
        return "other", len(words) == 1
    spoken = _speaks(view, at, end, sentence)
    if len(words) == 1:
        if norms[0] in view.heads.no_names:
            return "other", True
        if view.looks[at].acronym:
            return "organisation", False
        weak = opening or (view.casing.nouns and not given)
        return (
            ("person", weak and view.casing.nouns and not given)
            if spoken and (not opening or given)
            else ("other", weak)
        )
    if given or any(len(view.words[k]) == 1 or "." in view.words[k] for k in words[:-1]):
        return "person", False
    if words[0] in view.hits and view.hits[words[0]].place.sort == "adjective" and view.looks[words[-1]].shouts:
        return "organisation", False
    if opening and not view.casing.nouns and view.words[at + 1].islower():
        return "other", True  # "Cambriolage du Musée": a noun opens the sentence, and no given name
    state = view.hits.get(words[-1])
    if state is not None and state.place.sort == "state" and view.words[state.first - 1].islower():
        return "other", True  # "Pesca de Islandia"
    common = any(n in view.lower and n not in view.casing.particles for n in norms)
    determined = at > sentence.first_token and view.tokens[at - 1].norm in view.titles.articles
    if common or determined or _quoted(view, at, end):
        return "other", common or (determined and view.casing.nouns)
    return "person", view.casing.nouns and not spoken and (opening or _after_adjective(view, at, sentence))


def _with_particle(view: View, at: int, end: int) -> bool:
    """ "van der Berg" is no mountain."""
    return any(view.tokens[k].norm in view.casing.particles for k in range(at + 1, end - 1))


def _after_adjective(view: View, at: int, sentence: Sentence) -> bool:
    """Whether a numeral, or a word in lower case with an adjective's ending, stands before: two common nouns, it seems."""
    if at <= sentence.first_token:
        return False
    before = view.tokens[at - 1]
    return before.kind == "number" or (
        view.words[at - 1].islower() and before.norm.endswith(view.heads.adjective_endings or ("\0",))
    )


def _speaks(view: View, at: int, end: int, sentence: Sentence) -> bool:
    """Whether a verb of speech stands right beside the name."""
    beside = [k for k in (at - 1, end) if sentence.first_token <= k < sentence.last_token]
    return any(view.tokens[k].norm in view.titles.speech for k in beside)


def _quoted(view: View, at: int, end: int) -> bool:
    """Whether quotation marks stand right around the run."""
    if at == 0 or end >= len(view.tokens):
        return False
    return view.words[at - 1] in "\"“„«'‘" and view.words[end] in "\"”“»'’"
