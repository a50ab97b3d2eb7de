"""Which names of a story name the same person: full names to people, then the bare names between them.

Two full names are one person only by evidence in their letters: the same words in any order or spelling, an initial, a middle
name more, another transcription of another language, an inflected form. A family name alone is never evidence that two
full names are one person.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from stemma.language.skeleton import skeletons
from stemma.language.words import fold, word_set
from stemma.records import Span

# Transcriptions of one name differ by a letter or two in the frame of consonants ("Selenskyj", "Zelensky"); names of two
# people in one family name differ in a whole word. Share of letters that agree, for every word of the name.
SAME_FRAME = 0.75
# An inflected form keeps its stem but for this many letters at the end ("Путина", "Путиным"; "Niinistölle").
LONGEST_ENDING = 4
# Two alphabets' spellings of a full name share all its consonants; with fewer of them in the whole name they may by chance.
FEWEST_CONSONANTS = 4
# Ways to read a whole name aloud; a name of many ambiguous words is no better known for more of them.
MOST_READINGS = 16


class Mention(NamedTuple):
    """One place where a person may be named. ``parts``: the folded words of the name, split at hyphens."""

    report: str
    start: int
    end: int
    surface: str
    text: str
    parts: tuple[str, ...]
    language: str | None
    title: Span | None
    sure: bool


def parts_of(name: str) -> tuple[str, ...]:
    """The folded words of a name: "Lee Jae-Myung" has three."""
    words = name.replace("-", " ").replace("‑", " ").replace("・", " ").replace("·", " ").split()
    return tuple(part for part in (fold(word) for word in words) if part)


def join_people(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """The mentions of each person. Mentions that could be two people's stand with neither."""
    full = [m for m in mentions if len(m.parts) > 1 and m.sure]
    groups = _across_alphabets(_whole_names(full), full)
    people: list[list[Mention]] = [[] for _ in groups]
    owner = {parts: number for number, group in enumerate(groups) for parts in group}
    for mention in full:
        people[owner[mention.parts]].append(mention)
    rest = [m for m in mentions if not (len(m.parts) > 1 and m.sure)]
    return _with_bare(people, rest)


# ------------------------------------------------------------------------------------------------ full names


def _whole_names(full: Sequence[Mention]) -> list[set[tuple[str, ...]]]:
    """Groups of full names, as sets of their parts, that name one person each."""
    languages: dict[tuple[str, ...], set[str]] = {}
    for mention in full:
        languages.setdefault(mention.parts, set()).add(mention.language or "")
    names = sorted(languages, key=lambda parts: (-len(parts), parts))
    groups = _Groups()
    for parts in names:
        if all(len(part) > 1 for part in parts):
            near = groups.near(parts)
            home = [g for g in near if any(_same(parts, other, languages) for other in sorted(groups.members[g]))]
            groups.put(parts, home if _alike([{parts}, *(groups.members[g] for g in home)], languages) else [])
    for parts in names:
        if any(len(part) == 1 for part in parts):
            home = [
                g for g in groups.near(parts) if any(_initials(parts, other) for other in sorted(groups.members[g]))
            ]
            groups.put(parts, home if len(home) == 1 else [])
    return sorted((group for group in groups.members if group), key=sorted)


def _alike(groups: Sequence[set[tuple[str, ...]]], languages: dict[tuple[str, ...], set[str]]) -> bool:
    """Whether groups that one spelling fits may all be one person. Names of one language that differ by more than a letter in
    a word are two people's, and a spelling of another language that fits both is no bridge between them."""
    every = [(k, parts) for k, group in enumerate(groups) for parts in sorted(group)]
    return not any(
        j != k
        and len(a) == len(b)
        and languages[a] & languages[b]
        and not _one_letter(a, b)
        and not _same(a, b, languages)
        for j, a in every
        for k, b in every
    )


def _one_letter(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return all(Levenshtein.distance(x, y) <= 1 for x, y in zip(a, b, strict=True))


class _Groups:
    """Groups of names with an index, so that a name is compared only with those that share a word or a beginning."""

    def __init__(self) -> None:
        self.members: list[set[tuple[str, ...]]] = []
        self._index: dict[str, list[int]] = {}

    def near(self, parts: tuple[str, ...]) -> list[int]:
        """The groups that can hold the name, in the order they were made."""
        found = {g for key in _keys(parts) for g in self._index.get(key, ())}
        return sorted(g for g in found if self.members[g])

    def put(self, parts: tuple[str, ...], home: Sequence[int]) -> None:
        """Adds the name to the groups it belongs to, which become one; to a new one where there are none."""
        if home:
            target, keys = home[0], set(_keys(parts))
            for more in home[1:]:
                keys.update(key for other in self.members[more] for key in _keys(other))
                self.members[target] |= self.members[more]
                self.members[more] = set()
            self.members[target].add(parts)
        else:
            target, keys = len(self.members), set(_keys(parts))
            self.members.append({parts})
        for key in sorted(keys):
            self._index.setdefault(key, []).append(target)


def _keys(parts: tuple[str, ...]) -> list[str]:
    """What two spellings of one name have in common: a word, all letters, the first consonants, or the beginnings."""
    return [
        *(f"p:{part}" for part in parts if len(part) > 1),
        "c:" + "".join(parts),
        "t:" + "|".join(frame(part)[:1] for part in parts),
        "i:" + "|".join(part[:3] for part in parts),
    ]


def _same(a: tuple[str, ...], b: tuple[str, ...], languages: dict[tuple[str, ...], set[str]]) -> bool:
    """Whether two full names without initials are one person's."""
    if "".join(a) == "".join(b) or sorted(a) == sorted(b):
        return True
    short, long = sorted((a, b), key=len)
    if len(short) < len(long):
        within = short == long[: len(short)] or short == long[-len(short) :]
        return within or (short[0] == long[0] and short[-1] == long[-1])
    if a[:-1] == b[:-1] and (a[-1] == b[-1] + "s" or b[-1] == a[-1] + "s"):
        return True
    together = languages[a] & languages[b]
    if together:
        return any(_inflects(tag) for tag in sorted(together)) and all(map(_one_stem, a, b))
    return sum(len(frame(part)) for part in a) >= FEWEST_CONSONANTS - 1 and all(map(_transcribed, a, b))


@cache
def _inflects(language: str) -> bool:
    return bool(word_set(language, "names", "endings"))


def _one_stem(a: str, b: str) -> bool:
    """Whether two words differ in a short ending only."""
    shared = 0
    for left, right in zip(a, b, strict=False):
        if left != right:
            break
        shared += 1
    return shared >= 3 and max(len(a), len(b)) - shared <= LONGEST_ENDING and shared >= min(len(a), len(b)) - 2


def _transcribed(a: str, b: str) -> bool:
    """Whether two words can be transcriptions of one name: their frames of consonants agree."""
    if a == b:
        return True
    left, right = frame(a), frame(b)
    return left[:1] == right[:1] and Levenshtein.normalized_similarity(left, right) >= SAME_FRAME and _one_length(a, b)


def _one_length(a: str, b: str) -> bool:
    return abs(len(a) - len(b)) <= 3 and Levenshtein.normalized_similarity(a, b) >= 0.5


@cache
def frame(word: str) -> str:
    """The consonants of a folded word, in one spelling for sounds that languages write differently."""
    for old, new in (
        ("tsch", "c"), ("tsj", "c"), ("tch", "c"), ("sch", "s"), ("sj", "s"), ("sh", "s"), ("ch", "h"), ("kh", "h"), ("gh", "g"), ("ph", "f"),
        ("th", "t"), ("zh", "s"), ("ts", "c"), ("tz", "c"), ("gu", "g"), ("qu", "k"), ("ck", "k"), ("w", "v"), ("z", "s"), ("q", "k"), ("x", "h"), ("c", "k"), ("j", "i"),
    ):  # fmt: skip
        word = word.replace(old, new)
    rest = "".join(letter for letter in word if letter not in "aeiouyh")
    single = "".join(letter for k, letter in enumerate(rest) if k == 0 or rest[k - 1] != letter)
    return single if single and word[0] not in "aeiouy" else "a" + single


def _initials(weak: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether "j smith" can be "john smith" or "john quincy smith"."""
    if weak[-1] != full[-1] or len(full) < 2:
        return False
    first_fits = full[0].startswith(weak[0]) if len(weak[0]) == 1 else weak[0] == full[0]
    inner = [part for part in weak[1:-1] if len(part) > 1 and part not in full]
    return first_fits and not inner


# ------------------------------------------------------------------------------------------------ other alphabets


def _across_alphabets(groups: list[set[tuple[str, ...]]], full: Sequence[Mention]) -> list[set[tuple[str, ...]]]:
    """Joins the groups of two alphabets whose names have the consonants of all words in common ("Лоран Нуньес", "Laurent Nuñez"):
    where each is the only one of its alphabet that fits the other, so that two people of like names join with nobody."""
    written: dict[tuple[str, ...], set[tuple[str, str | None]]] = {}
    for mention in full:
        written.setdefault(mention.parts, set()).add((mention.text, mention.language))
    seen = [{form for parts in group for form in written.get(parts, ())} for group in groups]
    alphabets = [frozenset(map(alphabet, (text for text, _ in forms))) for forms in seen]
    if len(frozenset[str]().union(*alphabets)) < 2:
        return groups
    found: dict[str, list[int]] = {}
    for k, forms in enumerate(seen):
        for key in sorted({key for text, language in forms for key in read_aloud(text, language)}):
            found.setdefault(key, []).append(k)
    fits: dict[int, set[int]] = {
        k: {other for same in found.values() if k in same for other in same if other != k} for k in range(len(groups))
    }
    home = {
        k: min(others | {k}) if len(others) == 1 and _mutual(k, fits) and _apart(k, others, alphabets) else k
        for k, others in fits.items()
    }
    return [set().union(*(groups[k] for k in sorted(home) if home[k] == first)) for first in sorted(set(home.values()))]


def _mutual(k: int, fits: dict[int, set[int]]) -> bool:
    return all(fits[other] == {k} for other in sorted(fits[k]))


def _apart(k: int, others: Iterable[int], alphabets: Sequence[frozenset[str]]) -> bool:
    return all(not alphabets[k] & alphabets[other] for other in others)


def alphabet(text: str) -> str:
    """The alphabet a name is written in, by its first letter: "LATIN", "CYRILLIC", "GREEK" ..."""
    letter = next((char for char in text if char.isalpha()), "A")
    return unicodedata.name(letter, "LATIN").split()[0]


@cache
def read_aloud(text: str, language: str | None) -> tuple[str, ...]:
    """The consonants of a full name, its words in any order, in each way they may be read; () for names with too few."""
    words = [skeletons(word, language) for word in text.replace("-", " ").split() if any(map(str.isalpha, word))]
    if len(words) < 2 or not all(words):
        return ()
    readings = {" ".join(sorted(one)) for one, _ in zip(product(*words), range(MOST_READINGS), strict=False)}
    return tuple(sorted(one for one in readings if len(one) - one.count(" ") >= FEWEST_CONSONANTS))


# ------------------------------------------------------------------------------------------------ bare names


def _with_bare(people: list[list[Mention]], rest: Sequence[Mention]) -> list[list[Mention]]:
    """Gives the bare names to the people; makes people of bare names that belong to none."""
    variants = [sorted({m.parts for m in person}) for person in people]
    index = _bare_index(variants)
    full = _full_places(people)
    plain = {" ".join(m.parts) for m in rest}
    loose: dict[str, list[Mention]] = {}
    for mention in sorted(rest, key=lambda m: (m.report, m.start)):
        near = sorted({k for key in _bare_keys(mention) for k in index.get(key, ())})
        fitting = [k for k in near if any(_bare_fits(mention, name) for name in variants[k])]
        chosen = _choose(mention, fitting, variants, full)
        if chosen is not None:
            people[chosen].append(mention)
        elif not fitting and mention.sure:
            loose.setdefault(_loose_key(mention, plain), []).append(mention)
    found = [*people, *(loose[key] for key in sorted(loose))]
    return [sorted(person, key=lambda m: (m.report, m.start)) for person in found if person]


def _full_places(people: Sequence[Sequence[Mention]]) -> dict[tuple[int, str], list[int]]:
    """Where each person is named in full: (person, report) -> starts."""
    found: dict[tuple[int, str], list[int]] = {}
    for k, person in enumerate(people):
        for mention in person:
            found.setdefault((k, mention.report), []).append(mention.start)
    return found


def _bare_index(variants: Sequence[Sequence[tuple[str, ...]]]) -> dict[str, list[int]]:
    """People by the words of their names, by their beginnings, and by the words written together."""
    found: dict[str, list[int]] = {}
    for k, names in enumerate(variants):
        keys = {key for parts in names for part in parts for key in (f"p:{part}", f"3:{part[:3]}")}
        keys |= {"c:" + "".join(parts[at:]) for parts in names for at in (0, 1)}
        for key in sorted(keys):
            found.setdefault(key, []).append(k)
    return found


def _bare_keys(mention: Mention) -> list[str]:
    first = mention.parts[0]
    keys = [f"p:{first}", f"p:{mention.parts[-1]}", "c:" + "".join(mention.parts)]
    if first.endswith("s"):
        keys.append(f"p:{first[:-1]}")
    if _inflects(mention.language or ""):
        keys.append(f"3:{first[:3]}")
    return keys


def _loose_key(mention: Mention, plain: set[str]) -> str:
    """One key for "Takaichi" and "Takaichis" where no full name stands in the story."""
    key = " ".join(mention.parts)
    return key[:-1] if key.endswith("s") and key[:-1] in plain else key


def _bare_fits(mention: Mention, full: tuple[str, ...]) -> bool:
    """Whether the bare name is a part of the full one, in any inflection the language has."""
    size = len(mention.parts)
    if size > len(full):
        return False
    if size > 1 and ("".join(mention.parts) == "".join(full) or sorted(mention.parts) == sorted(full)):
        return True
    for at in (len(full) - size, 0):
        piece = full[at : at + size]
        if piece == mention.parts or (piece[:-1] == mention.parts[:-1] and mention.parts[-1] == piece[-1] + "s"):
            return True
        if _inflects(mention.language or "") and len(piece[-1]) > 3 and all(map(_one_stem, piece, mention.parts)):
            return True
    return size == 1 and len(mention.parts[0]) > 4 and mention.parts == ("".join(full[1:]),)


def _choose(
    mention: Mention,
    fitting: Sequence[int],
    variants: Sequence[Sequence[tuple[str, ...]]],
    full: dict[tuple[int, str], list[int]],
) -> int | None:
    """The person a bare name means: the one named in full nearest before in the report, else the only one who fits."""
    before: list[tuple[int, int]] = []
    after: set[int] = set()
    for k in fitting:
        for start in full.get((k, mention.report), ()):
            if start < mention.start:
                before.append((start, k))
            else:
                after.add(k)
    if before:
        return max(before)[1]
    if len(after) == 1:
        return next(iter(after))
    if len(fitting) == 1:
        return fitting[0]
    size = len(mention.parts)
    family = [k for k in fitting if any(name[-size:] == mention.parts for name in variants[k])]
    return family[0] if len(family) == 1 and not after else None


def spread(groups: Iterable[Sequence[Mention]]) -> list[Sequence[Mention]]:
    """The groups in the order of their first mention's name, for output that does not depend on the input's order."""
    return sorted(groups, key=lambda group: (group[0].parts, group[0].report, group[0].start))
