"""The people, organisations, states and places of a story, joined across reports and languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec.structs import replace

from stemma.aliases import Alias
from stemma.corrections import Matched
from stemma.ids import content_id
from stemma.language.gazetteer import PIECE, gazetteer
from stemma.language.words import fold, norm
from stemma.records import Actor, Annotated, Form, Name, Role, Span, Witness
from stemma.story.aliased import name_actors
from stemma.story.identity import correct_people
from stemma.story.people import Mention, join_people, parts_of, spread

Kind = Literal["person", "organisation", "state", "place", "description"]
# When a span lies in two actors' mentions ("Bank of Japan", "Japan"), the longer mention wins, then this order.
ORDER = ("person", "organisation", "state", "place", "description")


def join_actors(
    members: Sequence[Annotated], corrections: Sequence[Matched] = (), aliases: Sequence[Alias] = ()
) -> tuple[Actor, ...]:
    """Every name of the story's reports joined to one actor each; two people of one family name stay two. ``corrections``
    say who is the same person and who is not, ``aliases`` how actors are called; both are the user's."""
    ordered = sorted(members, key=lambda one: one.report.id)
    texts = {one.report.id: one.report.text for one in ordered}
    people = spread(join_people([_mention(one, name) for one in ordered for name in one.names if _maybe_person(name)]))
    taken = {(m.report, m.start) for group in people for m in group}
    corrected = correct_people(people, corrections, {one.report.id: one.report for one in ordered})
    actors = [replace(_person(_with_particles(group, texts), texts), reasons=why) for group, why in corrected]
    actors.extend(_organisations(ordered, taken))
    actors.extend(_states(ordered))
    actors.extend(_places(ordered))
    actors = name_actors(actors, ordered, aliases) if aliases else actors
    return tuple(
        sorted(actors, key=lambda actor: (ORDER.index(actor.kind), -len(actor.mentions), actor.name, actor.id))
    )


def _maybe_person(name: Name) -> bool:
    """People, and names of unknown kind that may turn out to be a person's who is named in full elsewhere."""
    if name.kind in ("person", "other"):
        return True
    return name.kind == "organisation" and name.text.isupper() and " " not in name.text and len(name.text) > 3


def _mention(one: Annotated, name: Name) -> Mention:
    return Mention(
        report=one.report.id,
        start=name.start,
        end=name.end,
        surface=one.report.text[name.start : name.end],
        text=name.text,
        parts=parts_of(name.text) or (name.text.casefold(),),
        language=one.report.language,
        title=name.title,
        sure=name.kind == "person",
    )


def _with_particles(group: Sequence[Mention], texts: dict[str, str]) -> Sequence[Mention]:
    """Bare family names with the particles that the full name has before them: "de Vries" of "Jan de Vries"."""
    led = set()
    for mention in group:
        words = mention.surface.split()
        start = len(words) - 1
        while start > 1 and words[start - 1].islower():
            start -= 1
        if 0 < start < len(words) - 1:
            led.add(" ".join(words[start:-1]) + " ")
    if not led:
        return group
    widened = []
    for mention in group:
        before = texts[mention.report][: mention.start]
        lead = max((particles for particles in sorted(led) if before.endswith(" " + particles)), key=len, default="")
        bare = len(mention.parts) == 1
        start = mention.start - len(lead) if bare else mention.start
        widened.append(mention._replace(start=start, surface=texts[mention.report][start : mention.end]))
    return widened


def _person(group: Sequence[Mention], texts: dict[str, str]) -> Actor:
    name = _fullest(group)
    roles = [(m.report, m.title) for m in group if m.title is not None]
    return _actor(
        "person",
        name,
        " ".join(sorted(parts_of(name))),
        _forms((m.surface, m.language) for m in group),
        roles,
        texts,
        group,
    )


def _fullest(group: Sequence[Mention]) -> str:
    """The name with most whole words; of those the one most reports write, in Latin letters before others."""
    reports: dict[str, set[str]] = {}
    for mention in group:
        reports.setdefault(mention.text, set()).add(mention.report)
    often = Counter(m.text for m in group)

    def rank(text: str) -> tuple[int, int, bool, int, int, str]:
        whole = sum(len(part) > 1 for part in parts_of(text))
        return (-whole, -len(reports[text]), not text.isascii() and not _latin(text), -often[text], len(text), text)

    return min(reports, key=rank)


def _latin(text: str) -> bool:
    return all(ord(char) < 0x250 or not char.isalpha() for char in text)


# ------------------------------------------------------------------------------------------------ organisations, states, places


def _organisations(members: Sequence[Annotated], taken: set[tuple[str, int]]) -> list[Actor]:
    """Organisations by their folded names; an acronym in brackets behind a name, or of its initials, joins it."""
    found: dict[str, list[tuple[Annotated, Name]]] = {}
    for one in members:
        for name in one.names:
            if name.kind == "organisation" and (one.report.id, name.start) not in taken:
                found.setdefault(_organisation_key(name), []).append((one, name))
    for short, long in sorted(_acronyms(members, found).items()):
        if short in found and long in found and short != long:
            found[long].extend(found.pop(short))
    texts = {one.report.id: one.report.text for one in members}
    return [_of_names("organisation", key, group, texts) for key, group in sorted(found.items())]


def _organisation_key(name: Name) -> str:
    return name.code or fold(name.text)


def _acronyms(members: Sequence[Annotated], found: dict[str, list[tuple[Annotated, Name]]]) -> dict[str, str]:
    """Acronym -> organisation, where a report explains it or only one organisation of the story has these initials."""
    joined: dict[str, str] = {}
    for one in members:
        for first, second in zip(one.names, one.names[1:], strict=False):
            between = one.report.text[first.end : second.start]
            if first.kind == second.kind == "organisation" and between.strip() in ("(", "(“", '("'):
                long, short = sorted((first, second), key=lambda name: -len(name.text))
                if short.text.isupper():
                    joined.setdefault(_organisation_key(short), _organisation_key(long))
    initials: dict[str, set[str]] = {}
    for key, group in found.items():
        words = [word for word in group[0][1].text.split() if word[0].isupper()]
        if len(words) > 2:
            initials.setdefault("".join(word[0] for word in words).lower(), set()).add(key)
    for key in sorted(found):
        homes = initials.get(key, set())
        if len(homes) == 1 and found[key][0][1].text.isupper():
            joined.setdefault(key, next(iter(homes)))
    return joined


def _of_names(kind: Kind, key: str, group: Sequence[tuple[Annotated, Name]], texts: dict[str, str]) -> Actor:
    words = Counter(name.text for _, name in group)
    name = min(words, key=lambda text: (-len(text.split()), -words[text], text))
    spans = [(one.report.id, Span(n.start, n.end)) for one, n in group]
    forms = _forms((one.report.text[n.start : n.end], one.report.language) for one, n in group)
    code = next((n.code for _, n in group if n.code), None)
    return Actor(
        id=content_id("a", kind, key),
        name=name,
        kind=kind,
        forms=forms,
        roles=(),
        mentions=_witnesses(spans),
        code=code,
    )


def _states(members: Sequence[Annotated]) -> list[Actor]:
    """States by code. Their adjectives count as mentions, and their capitals where the government is meant."""
    found: dict[str, list[tuple[Annotated, Span, bool]]] = {}
    for one in members:
        places = {(name.start, name.end) for name in one.names if name.kind == "place"}
        capitals = {(anchor.start, anchor.end) for anchor in one.anchors if anchor.kind == "P"}
        states = {(name.start, name.end) for name in one.names if name.kind == "state"}
        for anchor in one.anchors:
            span = Span(anchor.start, anchor.end)
            if anchor.kind == "T" and anchor.key[2:] not in ("EU", "UN") and span not in places:
                proper = span in states and span not in capitals
                found.setdefault(anchor.key[2:], []).append((one, span, proper))
    # The state's name without a genitive where the annotation knows it.
    written = {(one.report.id, name.start, name.end): name.text for one in members for name in one.names}
    return [_state(code, group, written) for code, group in sorted(found.items())]


def _state(
    code: str, group: Sequence[tuple[Annotated, Span, bool]], written: Mapping[tuple[str, int, int], str]
) -> Actor:
    texts: Counter[tuple[int, str]] = Counter()
    for one, span, proper in group:
        form = written.get((one.report.id, *span), one.report.text[span.start : span.end])
        texts[0 if proper else 1 if _is_noun(one, span) else 2, form] += 1
    name = min(texts, key=lambda key: (key[0], -texts[key], key[1]))[1]
    forms = _forms((one.report.text[span.start : span.end], one.report.language) for one, span, _ in group)
    mentions = _witnesses((one.report.id, span) for one, span, _ in group)
    return Actor(
        id=content_id("a", "state", code), name=name, kind="state", forms=forms, roles=(), mentions=mentions, code=code
    )


def _is_noun(one: Annotated, span: Span) -> bool:
    """Whether the words are the state's name, not an adjective or a capital: "US" of "US Survey"."""
    words = tuple(norm(match.group()) for match in PIECE.finditer(one.report.text, span.start, span.end))
    offered = gazetteer(one.report.language).exact.get(words[0], ()) if words else ()
    return any(known == words and place.sort == "state" for known, place in offered)


def _places(members: Sequence[Annotated]) -> list[Actor]:
    """Places by the gazetteer's name, others by their folded words."""
    found: dict[str, list[tuple[Annotated, Name]]] = {}
    for one in members:
        known = {(anchor.start, anchor.end): anchor.key[2:] for anchor in one.anchors if anchor.kind == "P"}
        for name in one.names:
            if name.kind == "place":
                found.setdefault(fold(known.get((name.start, name.end), name.text)), []).append((one, name))
    texts = {one.report.id: one.report.text for one in members}
    return [_of_names("place", key, group, texts) for key, group in sorted(found.items())]


# ------------------------------------------------------------------------------------------------ making records


def _actor(
    kind: Kind,
    name: str,
    key: str,
    forms: tuple[Form, ...],
    roles: Iterable[tuple[str, Span]],
    texts: dict[str, str],
    group: Sequence[Mention],
) -> Actor:
    titles = tuple(
        Role(texts[report][span.start : span.end], report, span.start, span.end) for report, span in sorted(set(roles))
    )
    mentions = _witnesses((m.report, Span(m.start, m.end)) for m in group)
    return Actor(id=content_id("a", kind, key), name=name, kind=kind, forms=forms, roles=titles, mentions=mentions)


def _witnesses(spans: Iterable[tuple[str, Span]]) -> tuple[Witness, ...]:
    return tuple(sorted({Witness(report, span.start, span.end) for report, span in spans}))


def _forms(found: Iterable[tuple[str, str | None]]) -> tuple[Form, ...]:
    """Each way of writing once per language, the most frequent first."""
    often = Counter(found)
    return tuple(Form(text, tag) for text, tag in sorted(often, key=lambda key: (-often[key], key[0], key[1] or "")))
