"""What the sentences of a report say, as keys that can be compared with another report's, in any pair of languages.

Each content word, name, number or date of a sentence is one *item* with several keys, the surest first: its anchors
(``T:KR``, ``D:2025-10``), its concept (``c:meet``), its stem (only inside one language), its cognate form (``k:diplomat``:
transliterated, with the spelling habits of the European languages levelled). Two items match on the first key that the
other report holds too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import regex
from anyascii import anyascii
from numpy.typing import NDArray
from xxhash import xxh3_64_intdigest

from stemma.language.concepts import concepts_of, is_function_word, stem
from stemma.records import Anchor, Annotated, Token

Hashes = NDArray[np.uint64]

# How much a match on a key of this kind says, before rarity. Anchors keep their identity; a cognate of five letters may lie.
BASE = {"W": 1.0, "A": 1.0, "T": 0.9, "P": 1.0, "K": 0.9, "O": 0.9, "N": 1.2, "M": 1.4, "%": 1.3,
        "C": 0.7, "c": 0.8, "s": 1.0, "k": 0.9, "j": 0.6, "b": 0.45}  # fmt: skip
FIGURES = "DNM%OK"  # kinds of keys that are dates, weekdays, numbers
NAMES = "WTPA"  # kinds of keys that tell who and where, not what
KEPT_WORDS = 200_000  # words whose keys and items are kept: most words of most reports, at most 100 MB
LONGEST = 600  # sentences of a report that are aligned: two such reports make 360,000 pairs, a quarter of a second
WORDLIKE = ("W", "C", "S")  # kinds of anchors that stand for one written word
UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
GROUPED = regex.compile(r"\d{1,3}(?:[.,\u00a0\u202f\u2009' ]\d{3})+")
LEVEL = (
    (regex.compile(r"(?:ss|s|t|c|z)i(?=o)|sj(?=o)|tj(?=o)"), "sj"),
    (regex.compile(r"^es(?=[ptkcq])"), "s"),
    (regex.compile(r"c(?=[eiy])"), "s"),
    (regex.compile(r"qu|ck|[cq]"), "k"),
    (regex.compile(r"ph"), "f"),
    (regex.compile(r"(?<=[tkrg])h"), ""),
    (regex.compile(r"x"), "ks"),
    (regex.compile(r"z"), "s"),
    (regex.compile(r"w"), "v"),
    (regex.compile(r"y"), "i"),
    (regex.compile(r"j(?!o)"), "i"),
    (regex.compile(r"(.)\1"), r"\1"),
)


class Item(NamedTuple):
    """One thing a sentence says. ``keys``: the surest first. ``doubt``: how much its absence in another text says, 0 to 1."""

    keys: tuple[str, ...]
    doubt: float


class Index(NamedTuple):
    """Every key of a report's items as numbers. ``keys``, sorted, are the keys that occur (as hashes that every run gives
    alike), with how much a match on each says (``worth``), whether it is a name, a figure or another word (``sorts``: 0, 1, 2),
    and whether it is stated (``said``). Then one row a key of an item, by item, the surest key first: its ``place`` in
    ``keys``, ``item``, ``sentence``, and whether it is the item's ``surest``."""

    keys: Hashes
    worth: NDArray[np.float64]
    sorts: NDArray[np.int64]
    said: NDArray[np.bool_]
    place: NDArray[np.int64]
    item: NDArray[np.int64]
    sentence: NDArray[np.int64]
    surest: NDArray[np.bool_]


class Content(NamedTuple):
    """A report's sentences as items, each sentence's ``size`` (the logarithm of its length in code points) and ``place`` (its
    middle, as a share of the report), and all keys of the report.

    Stated (``table.said``) is of a date only itself, not the month or the year it lies in, so that two different days of one
    year do not match on the year, while "in 2008" matches a day of it. ``absent`` is what each item weighs where it is not
    matched (a row of doubts, a row of weights), ``holder`` the sentence of each item.
    """

    language: str | None
    sentences: tuple[tuple[Item, ...], ...]
    size: NDArray[np.float64]
    place: NDArray[np.float64]
    keys: frozenset[str]
    table: Index
    absent: NDArray[np.float64]
    holder: NDArray[np.int64]


def content_of(one: Annotated) -> Content:
    """The items of every sentence of the report."""
    language = one.report.language
    by_sentence: list[list[Anchor]] = [[] for _ in one.sentences]
    for anchor in one.anchors:
        by_sentence[anchor.sentence].append(anchor)
    read = one.sentences[:LONGEST]
    sentences = tuple(
        items_of(one.tokens[s.first_token : s.last_token], by_sentence[number], one.report.text, language)
        for number, s in enumerate(read)
    )
    return gather(language, sentences, tuple(s.end - s.start for s in read))


def gather(language: str | None, sentences: tuple[tuple[Item, ...], ...], lengths: tuple[int, ...]) -> Content:
    """The items of a report with their index."""
    items = [item for said in sentences for item in said]
    keys = [key for item in items for key in item.keys]
    holder = np.repeat(np.arange(len(sentences)), [len(said) for said in sentences])
    weights = [key_weight(item.keys[0]) if item.keys else 0.0 for item in items]
    absent = np.array([[item.doubt for item in items], weights], np.float64)
    sizes = np.array(lengths, np.float64)
    return Content(
        language,
        sentences,
        np.log(sizes + 20),
        (np.cumsum(sizes) - sizes / 2) / max(sizes.sum(), 1.0),
        frozenset(keys),
        _index(items, keys, holder),
        absent,
        holder,
    )


def _index(items: Sequence[Item], keys: Sequence[str], holder: NDArray[np.int64]) -> Index:
    count = np.array([len(item.keys) for item in items], np.int64)
    item = np.repeat(np.arange(len(items)), count)
    rank = np.arange(len(keys)) - np.repeat(np.cumsum(count) - count, count)
    number = np.fromiter(map(_number_of, keys), np.uint64, len(keys))
    found, first, place = np.unique(number, return_index=True, return_inverse=True)
    occurring = [keys[at] for at in first.tolist()]
    date = np.array([item.keys[:1] != () and item.keys[0][0] == "D" for item in items], bool)
    said = np.zeros(len(found), bool)
    said[place[(rank == 0) | ~date[item]]] = True
    return Index(
        found,
        np.array([key_weight(key) for key in occurring], np.float64),
        np.array([0 if key[0] in NAMES else 1 if key[0] in FIGURES else 2 for key in occurring], np.int64),
        said,
        place,
        item,
        holder[item],
        rank == 0,
    )


@lru_cache(maxsize=KEPT_WORDS)
def _number_of(key: str) -> int:
    """A key as a number that every run gives alike."""
    return xxh3_64_intdigest(key.encode("utf-8", "surrogatepass"))


def key_weight(key: str) -> float:
    """How much a match on this key says, before rarity. Of a date, a day says more than its month or its year."""
    if key[0] == "D":
        return 1.2 if len(key) >= 9 else 0.8
    return BASE.get(key[0], 0.5)


def items_of(tokens: Sequence[Token], anchors: Sequence[Anchor], text: str, language: str | None) -> tuple[Item, ...]:
    """The items of a stretch of ``text``: its tokens, and the anchors inside of it, sorted by where they begin."""
    items: list[Item] = []
    used: set[Anchor] = set()
    waiting = sorted(anchors, key=lambda a: a.start, reverse=True)
    over: list[Anchor] = []
    for token in tokens:
        while waiting and waiting[-1].start < token.end:
            over.append(waiting.pop())
        if over:
            over = [anchor for anchor in over if token.start < anchor.end]
        start, _, norm, kind = token
        if kind == "mark":
            continue
        if over and _names_more(over, norm, language):
            fresh = [anchor for anchor in over if anchor.kind in WORDLIKE or anchor not in used]
            used.update(over)
            if fresh:
                items.append(_anchored(tuple([anchor[:2] for anchor in fresh]), norm, language))
            continue
        items += _word_items(norm, kind, text[start].isupper(), language)
    return tuple(items)


def _names_more(over: Sequence[Anchor], word: str, language: str | None) -> bool:
    """Whether the anchors over a word say more than the word: a function word with a capital is no name."""
    for anchor in over:
        if anchor.kind not in WORDLIKE:
            return True
    return not is_function_word(word, language)


@lru_cache(maxsize=KEPT_WORDS)
def _anchored(anchors: Sequence[tuple[str, str]], word: str, language: str | None) -> Item:
    """A word under anchors (key, kind) as an item. A capital alone does not make a name: all nouns have one in German."""
    keys = _anchor_keys(sorted((key for key, _ in anchors), key=lambda key: (-key_weight(key), key)))
    words = word_keys(word, language)
    common = all(kind in WORDLIKE for _, kind in anchors) and words[0].startswith("c:")
    cognate_only = all(kind == "C" for _, kind in anchors)
    doubt = 0.5 if common else 0.35 if cognate_only else 1.0
    if common:  # what the word means is surer than how it is written
        return Item((*(key for key in words if key[0] == "c"), *keys, *(key for key in words if key[0] != "c")), doubt)
    return Item((*keys, *words) if len(keys) < 3 else keys, doubt)


def _anchor_keys(anchors: Sequence[str]) -> tuple[str, ...]:
    keys: list[str] = []
    for key in anchors:
        keys.append(key)
        if key.startswith("D:"):
            keys.extend(_coarser(key[2:]))
    return tuple(dict.fromkeys(keys))


def _coarser(date: str) -> list[str]:
    """Keys of a date for reports that say less: the month, the day without its year, the month alone, the year."""
    year, *rest = ["", *date[2:].split("-")] if date.startswith("--") else date.split("-")
    keys = []
    if year and len(rest) > 1:
        keys.append(f"D:{year}-{rest[0]}")
    if year and rest:
        keys.append(f"D:--{'-'.join(rest)}")
    if len(rest) > 1:
        keys.append(f"D:--{rest[0]}")
    if year and rest:
        keys.append(f"D:{year}")
    return keys


@lru_cache(maxsize=KEPT_WORDS)
def _word_items(word: str, kind: str, capital: bool, language: str | None) -> tuple[Item, ...]:
    """A token that no anchor covers, as items."""
    if kind == "number":
        return (Item((f"N:{_number(word)}",), 1.0),)
    if UNSPACED.match(word):
        pairs = [word[i : i + 2] for i in range(max(1, len(word) - 1))]
        return tuple(Item((f"b:{pair}",), 0.5) for pair in pairs)
    if is_function_word(word, language) or (len(word) < 3 and not capital):
        return ()
    concepts = concepts_of(word, language)
    keys = word_keys(word, language)
    if len(concepts) > 1:  # a compound says both its parts
        rest = Item(tuple(key for key in keys if key[0] != "c"), 0.2)
        return (*(Item(tuple(f"c:{sense}" for sense in part), 0.5) for part in concepts), rest)
    return (Item(keys, 0.5 if concepts else 0.8 if capital else 0.35),) if keys else ()


@lru_cache(maxsize=KEPT_WORDS)
def word_keys(word: str, language: str | None) -> tuple[str, ...]:
    """Concept, stem and cognate keys of a folded word."""
    keys = [f"c:{sense}" for part in concepts_of(word, language) for sense in part if not sense.startswith("_")]
    keys.append(f"s:{language}:{stem(word, language)}")
    level = cognate(word)
    if len(level) >= 7:
        keys.append(f"k:{level[:7]}")
    if len(level) >= 5:
        keys.append(f"j:{level[:5]}")
    elif len(level) >= 3:
        keys.append(f"j:{level}")
    return tuple(keys)


@lru_cache(maxsize=KEPT_WORDS)
def cognate(word: str) -> str:
    """The word in Latin letters with spelling habits levelled: "geopolitikk" and "geopolitics" begin alike."""
    level = "".join(c for c in anyascii(word).casefold() if c.isalpha())
    for pattern, plain in LEVEL:
        level = pattern.sub(plain, level)
    return level


def _number(norm: str) -> str:
    """ "25.000" and "25,000" as 25000; "12,5" as 12.5. Which mark parts thousands is told by the groups of three."""
    if GROUPED.fullmatch(norm):
        return "".join(c for c in norm if c.isdigit())
    return norm.replace(",", ".").rstrip(".")
