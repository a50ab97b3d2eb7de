"""Generated piles for ``./run bench corpus``: reports of invented words with recorded families, footers and shared quotations.

Words come by Zipf's law from vocabularies in six scripts (one of them without spaces), sentences hold stock phrases, so that
unrelated reports share short runs by chance. One report in five is made from an earlier one by recorded edits; three in ten
carry their outlet's footer; some share a quotation. About 2.1 kB a report. A pile is made in blocks of 1,000 reports, each
from its own seed: any size is written as a stream, the same every time, and the texts mean nothing.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

BLOCK = 1_000
VOCABULARY, PHRASES = 40_000, 3_000
BYTES = 2_100  # of a report, on average
KINDS = ("verbatim", "light", "cut", "reorder", "heavy", "embed", "merge")
OUTLETS = 150  # a few of them large
DERIVED, FOOTED, QUOTING = 0.2, 0.3, 0.02  # shares of the reports
# share of the reports, letters, what stands between words
SCRIPTS = (
    (0.62, "abdefghiklmnoprstuvw", " "),
    (0.10, "абвгдежзиклмнопрсту", " "),
    (0.08, "aeéioòuüçñstrlnmdk", " "),
    (0.06, "αβγδεζηθικλμνοπρστ", " "),
    (0.06, "ابتثجحدرسشصعفقكلمنهو", " "),
    (0.08, "".join(chr(0x4E00 + 37 * n) for n in range(500)), ""),
)
Words = list[str]


class Made(NamedTuple):
    """A report and where it comes from: ``parents`` (numbers in its block), ``kind`` of edit, ``quote`` it shares."""

    id: str
    outlet: str
    words: Words
    between: str
    parents: tuple[int, ...]
    kind: str
    quote: int
    footer: Words

    def text(self) -> str:
        return self.between.join([*self.words, *self.footer])


class Script(NamedTuple):
    words: Words
    phrases: list[Words]
    between: str
    mean: float  # words of a report


def scripts(seed: int) -> list[Script]:
    """The vocabularies and stock phrases, the same for all blocks."""
    made = []
    for number, (_, letters, between) in enumerate(SCRIPTS):
        rng = random.Random(f"{seed}-script-{number}")
        short = (1, 3) if not between else (2, 10)
        words = ["".join(rng.choices(letters, k=rng.randint(*short))) for _ in range(VOCABULARY)]
        weight = _weights(VOCABULARY)
        drawn = np.random.default_rng([seed, number]).choice(VOCABULARY, 9 * PHRASES, p=weight).tolist()
        longest = 7 if between else 5  # formulas of news are short: "said in a statement on"
        phrases = [[words[w] for w in drawn[9 * n : 9 * n + rng.randint(3, longest)]] for n in range(PHRASES)]
        size = sum(weight * np.array([len(word.encode()) + len(between) for word in words]))
        made.append(Script(words, phrases, between, BYTES / float(size) * 0.87))
    return made


def _weights(count: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    weight = 1 / (np.arange(count) + 2.7)
    return weight / weight.sum()


def blocks(size: int, seed: int = 20261122) -> Iterator[list[Made]]:
    """``size`` reports in blocks."""
    known = scripts(seed)
    for number in range(-(-size // BLOCK)):
        yield _block(number, min(BLOCK, size - number * BLOCK), known, seed)


def _block(number: int, count: int, known: list[Script], seed: int) -> list[Made]:
    rng = random.Random(f"{seed}-{number}")
    draw = np.random.default_rng([seed, 77, number])
    quotes = [_sentences(known[0], rng, draw, rng.randint(12, 29)) for _ in range(6)]
    made: list[Made] = []
    for place in range(count):
        parents: tuple[int, ...] = ()
        kind, quote = "", -1
        if made and rng.random() < DERIVED:
            kind = rng.choice(KINDS)
            # every second derived report joins a family that is there already: families of many, as with wire reports
            some = [n for n in range(max(0, place - 60), place) if made[n].parents] if rng.random() < 0.5 else []
            parents = (rng.choice(some or range(max(0, place - 200), place)),)
        script = rng.choices(range(len(known)), [share for share, *_ in SCRIPTS])[0]
        if parents:
            script = next(n for n, one in enumerate(known) if one.between == made[parents[0]].between)
        fresh = _sentences(known[script], rng, draw, max(30, int(rng.gauss(1, 0.35) * known[script].mean)))
        between = known[script].between
        if parents and made[parents[0]].between == between:
            others = [n for n in range(max(0, place - 200), place) if made[n].between == between]
            if kind == "merge":
                parents = (parents[0], rng.choice(others))
            words = _edited(kind, [made[n].words for n in parents], fresh, rng, known[script])
        else:
            words = fresh
            if script == 0 and rng.random() < QUOTING / SCRIPTS[0][0]:
                quote = rng.randrange(len(quotes))
                at = rng.randrange(len(words))
                words = words[:at] + quotes[quote] + words[at:]
        outlet = f"Outlet {int(OUTLETS * rng.random() ** 2)}"
        footer = _footer(outlet, known[0], seed) if rng.random() < FOOTED else []
        id_ = f"{rng.getrandbits(48):012x}{number * BLOCK + place:07d}"
        made.append(Made(id_, outlet, words, between, parents, kind, quote, footer))
    return made


def _sentences(script: Script, rng: random.Random, draw: np.random.Generator, length: int) -> Words:
    """Words in sentences, some of which hold a stock phrase."""
    ranks = (2.7 * (((VOCABULARY + 2.7) / 2.7) ** draw.random(length)) - 2.7).astype(np.int64)  # Zipf by inversion
    words = [script.words[rank] for rank in np.minimum(ranks, VOCABULARY - 1).tolist()]
    found: Words = []
    at = 0
    while at < length:
        sentence = words[at : at + rng.randint(8, 26)]
        at += len(sentence)
        if rng.random() < 0.35:
            middle = rng.randrange(len(sentence))
            sentence[middle : middle + 3] = script.phrases[int(PHRASES * rng.random() ** 2)]
        sentence[0] = sentence[0].capitalize()
        sentence[-1] += "." if script.between else "。"
        found += sentence
    return found


def _edited(kind: str, sources: list[Words], fresh: Words, rng: random.Random, script: Script) -> Words:
    """The report made from its sources by one kind of edit."""
    one = sources[0]
    if kind in ("light", "heavy"):
        share = rng.uniform(0.02, 0.08) if kind == "light" else rng.uniform(0.15, 0.25)
        edited = [_edit(word, rng, script) if rng.random() < share else [word] for word in one]
        return [word for words in edited for word in words]
    if kind == "cut":
        start = rng.randrange(len(one) // 4 + 1)
        return one[start : start + max(20, int(len(one) * rng.uniform(0.3, 0.7)))]
    if kind == "reorder":
        third = len(one) // 3
        return one[third : 2 * third] + one[:third] + one[2 * third :]
    if kind == "embed":
        start = rng.randrange(max(1, len(one) // 2))
        middle = len(fresh) // 2
        return fresh[:middle] + one[start : start + rng.randint(25, 80)] + fresh[middle:]
    if kind == "merge":
        return one[: len(one) // 2] + sources[-1][len(sources[-1]) // 2 :]
    return list(one)


def _edit(word: str, rng: random.Random, script: Script) -> Words:
    other = script.words[int(VOCABULARY * rng.random() ** 3)]
    return rng.choice(([], [other], [word, other]))


def _footer(outlet: str, script: Script, seed: int) -> Words:
    rng = random.Random(f"{seed}-{outlet}")
    length = rng.randint(9, 40)
    return ["Copyright", outlet, *(script.words[int(VOCABULARY * rng.random() ** 3)] for _ in range(length))]


def write_pile(target: Path, size: int, seed: int = 20261122) -> int:
    """Write a pile as JSON Lines and what is related in it beside it (``.gold``); gives the bytes of text."""
    total = 0
    with target.open("w", encoding="utf-8") as out, target.with_suffix(".gold").open("w", encoding="utf-8") as gold:
        for made in blocks(size, seed):
            for one in made:
                text = one.text()
                total += len(text.encode())
                row = {"id": one.id, "text": text, "outlet": one.outlet}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
            for row in _related(made):
                gold.write(json.dumps(row) + "\n")
    return total


def _related(made: list[Made]) -> Iterator[dict[str, Any]]:
    """Pairs of one block that are related: parent and child by the kind of edit, others of one family, shared quotations."""
    family = list(range(len(made)))

    def top(place: int) -> int:
        while family[place] != place:
            place = family[place]
        return place

    direct: dict[tuple[int, int], str] = {}
    for place, one in enumerate(made):
        for parent in one.parents:
            direct[parent, place] = one.kind
            family[top(place)] = top(parent)
    groups: dict[int, list[int]] = {}
    for place in range(len(made)):
        groups.setdefault(top(place), []).append(place)
    pairs = {(a, b): "kin" for group in groups.values() for n, a in enumerate(group) for b in group[n + 1 :]} | direct
    quoted: dict[int, list[int]] = {}
    for group in groups.values():  # a quotation goes on with what is made from its report
        for quote in {made[place].quote for place in group} - {-1}:
            quoted.setdefault(quote, []).extend(group)
    for group in quoted.values():
        pairs |= {(a, b): "quote" for a in group for b in group if a < b and (a, b) not in pairs}
    for (a, b), kind in sorted(pairs.items()):
        yield {"a": made[a].id, "b": made[b].id, "kind": kind}


if __name__ == "__main__":
    print(write_pile(Path(sys.argv[1]), int(sys.argv[2])))
