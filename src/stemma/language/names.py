"""Proper names of one report: people, organisations, states, places.

Capitals open the question; titles, verbs of speech, heads of organisations ("University of ..."), the gazetteer and the rest of
the report answer it. What is seen in lower case elsewhere in the report is no name; a word that only ever opens a sentence
is one only if something speaks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from stemma.language.asian import find_titled
from stemma.language.places import Hit
from stemma.language.runs import find_runs
from stemma.language.segments import ADJECTIVES, Draft, Kind, read_run
from stemma.language.view import View, make_view
from stemma.language.words import Page, word_set
from stemma.records import Name
from stemma.spans import meets, merge

# Endings of inflected languages are taken off only when a form without them, or with another of them, stands in the same
# text; the word must keep this many letters.
SHORTEST_STEM = 3


def find_names(page: Page, places: Sequence[Hit]) -> tuple[Name, ...]:
    """All names in order of the text, not overlapping."""
    view = make_view(page, places)
    drafts: list[Draft] = []
    for number, sentence in enumerate(page.sentences):
        for run in find_runs(view, sentence, number):
            behind = drafts[-1].last if drafts else 0
            if run.last > behind:
                drafts.extend(read_run(view, run._replace(first=max(run.first, behind)), sentence))
    kept = _settle(view, drafts)
    bases = _bases(view, kept, page.language)
    found = [_name(view, draft, bases) for draft in kept]
    found.extend(find_titled(page.text, page.sentences, places, page.language))
    taken = [(name.start, name.end) for name in found]
    found.extend(_place_names(view, places, taken))
    return tuple(sorted(found, key=lambda name: (name.start, name.end)))


def _settle(view: View, drafts: Sequence[Draft]) -> list[Draft]:
    """Decides the weak ones by what the rest of the report says."""
    known = _Known(
        people=_words_of(view, (d for d in drafts if d.kind == "person" and not d.weak)),
        firm=_words_of(view, (d for d in drafts if not d.weak)),
        led=_led(view, drafts),
        sure=_words_of(view, (d for d in drafts if d.kind == "person" and not d.weak and not _doubtful(view, d))),
    )
    settled = (_settle_one(view, one, known) for draft in drafts for one in _known_parts(view, draft, known))
    return [draft for draft in settled if draft is not None]


def _known_parts(view: View, draft: Draft, known: _Known) -> list[Draft]:
    """Of a run in a headline whose words all carry capitals: the people whom the report names elsewhere."""
    if not (draft.flat and draft.weak):
        return [draft]
    found: list[Draft] = []
    for k in range(draft.first, draft.last):
        if not _any_form(view, view.looks[k].stem, known.people):
            continue
        if found and found[-1].last == k:
            found[-1] = found[-1]._replace(last=k + 1)
        else:
            found.append(draft._replace(first=k, last=k + 1, kind="person", weak=False, title=None))
    return found or [draft]


class _Known(NamedTuple):
    """Words of this report's names: of people, of all that is not weak, and of people whose name does not open a sentence. ``led``:
    last words of people's names with the particles before them ("vries": "de")."""

    people: frozenset[str]
    firm: frozenset[str]
    sure: frozenset[str]
    led: dict[str, tuple[str, ...]]


def _doubtful(view: View, draft: Draft) -> bool:
    """A name whose first word may only open the sentence: "Troops Berg" beside "Anna Berg"."""
    return draft.opening and draft.title is None and not view.looks[draft.first].given_first


def _settle_one(view: View, draft: Draft, known: _Known) -> Draft | None:
    words = [view.looks[k].stem for k in range(draft.first, draft.last) if view.tokens[k].kind == "word"]
    if not words:
        return None
    if draft.kind != "organisation" and len(words) > 1 and _doubtful(view, draft):
        rest = all(_any_form(view, word, known.sure) for word in words[1:])
        if rest and not _any_form(view, words[0], known.sure) and not view.casing.nouns:
            return draft._replace(first=draft.first + 1, opening=False, weak=False, kind="person")
    fitting = draft.kind in ("other", "person") and _any_form(view, words[-1], known.people)
    if fitting and (draft.kind == "person" or all(_any_form(view, word, known.people) for word in words)):
        return _with_particles(view, draft._replace(kind="person", weak=False), words, known)
    if not draft.weak:
        return draft
    supported = all(_any_form(view, word, known.firm) or word in view.casing.particles for word in words)
    return draft if supported else None


def _led(view: View, drafts: Sequence[Draft]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for draft in drafts:
        start = draft.last - 1
        while (
            start - 1 > draft.first
            and view.tokens[start - 1].norm in view.casing.particles
            and view.words[start - 1].islower()
        ):
            start -= 1
        if draft.kind == "person" and start < draft.last - 1:
            found.setdefault(
                view.looks[draft.last - 1].stem, tuple(view.words[k] for k in range(start, draft.last - 1))
            )
    return found


def _with_particles(view: View, draft: Draft, words: Sequence[str], known: _Known) -> Draft:
    """A bare family name with its particles: "de Vries" where the report names "Jan de Vries"."""
    particles = known.led.get(words[0], ()) if len(words) == 1 else ()
    first = draft.first - len(particles)
    if particles and first >= 0 and tuple(view.words[k] for k in range(first, draft.first)) == particles:
        return draft._replace(first=first)
    return draft


def _any_form(view: View, word: str, known: frozenset[str]) -> bool:
    """Whether the word, or the word without one of the language's endings, is among ``known``."""
    if word in known:
        return True
    return any(
        word.endswith(end) and len(word) - len(end) >= SHORTEST_STEM and word[: -len(end)] in known
        for end in view.heads.endings
    )


def _words_of(view: View, drafts: Iterable[Draft]) -> frozenset[str]:
    return frozenset(
        view.looks[k].stem
        for d in drafts
        for k in range(d.first, d.last)
        if view.tokens[k].kind == "word" and view.looks[k].capital and len(view.words[k]) > 1
    )


def _bases(view: View, drafts: Sequence[Draft], language: str | None) -> dict[str, str]:
    """Inflected last words -> the form without inflection, where the report itself shows that form."""
    forms = sorted({view.looks[draft.last - 1].base for draft in drafts if draft.last > draft.first})
    genitive = [e for e in sorted(word_set(language, "names", "genitive"), key=lambda e: (-len(e), e)) if e.isalpha()]
    endings = sorted(word_set(language, "names", "endings"), key=lambda e: (-len(e), e))
    seen = set(forms) | {view.words[k] for d in drafts for k in range(d.first, d.last)}
    known = {
        form: form[: -len(end)]
        for form in forms
        for end in genitive
        if form.endswith(end)
        and (form[: -len(end)] in seen or (form[: -len(end)].isupper() and len(form) > 2 and end.islower()))
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


def _name(view: View, draft: Draft, bases: dict[str, str]) -> Name:
    last = draft.last - 1
    start, base = view.tokens[draft.first].start, view.looks[last].base
    end = view.tokens[last].start + len(base)
    stem = bases.get(base, base)
    text = view.text[start : view.tokens[last].start] + stem
    hit = view.hits.get(draft.first)
    known = hit is not None and hit.place.sort == "organisation" and hit.start == start and hit.end >= end
    code = hit.place.code if known and hit is not None else None
    kind: Kind = "place" if draft.kind == "other" and _stands_in(view, draft) else draft.kind
    return Name(start, end, " ".join(text.split()), kind, draft.sentence, draft.title, code)


def _stands_in(view: View, draft: Draft) -> bool:
    """ "in Vassvik": a name of unknown kind behind a preposition of place, and not in the genitive, is a place."""
    if draft.first == 0 or view.looks[draft.last - 1].apostrophe or draft.last - draft.first > 3:
        return False
    word = view.words[draft.last - 1].casefold()
    return view.tokens[draft.first - 1].norm in view.heads.static and word not in view.heads.thing


def _place_names(view: View, places: Sequence[Hit], taken: Sequence[tuple[int, int]]) -> list[Name]:
    """States and places that are not part of a longer name. Adjectives are anchors, not names."""
    found = []
    held = merge(taken)
    for hit in places:
        if hit.place.sort in ADJECTIVES or meets(held, hit.start, hit.end):
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
