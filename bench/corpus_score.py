"""How well the passages of a generated pile were found: pairs by kind, and characters on a sample of the pairs.

What is related is recorded when the pile is made; what related reports really share is computed here, word by word: a pair
must be found when it shares a run of 12 words (20 letters in unspaced scripts). Predictions tagged boilerplate do not count;
pairs of reports that are not related are wrong.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

EACH = 150  # pairs of a kind that are looked at
NEEDED, SEEN, GAP = (12, 20), (8, 14), 12  # words, letters
_WORD = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+")
_UNSPACED = re.compile(r"[\u3400-\u9fff]")

Pair = tuple[str, str]
Span = tuple[int, int]
Found = dict[Pair, tuple[list[Span], list[Span]]]


def sample(gold: Path) -> tuple[dict[Pair, str], dict[Pair, str]]:
    """All related pairs, and those looked at: some of each kind, chosen by their ids."""
    related: dict[Pair, str] = {}
    with gold.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            related[min(row["a"], row["b"]), max(row["a"], row["b"])] = row["kind"]
    kinds: dict[str, list[Pair]] = defaultdict(list)
    for pair, kind in related.items():
        kinds[kind].append(pair)
    looked = {
        pair: kind
        for kind, pairs in kinds.items()
        for pair in sorted(pairs, key=lambda pair: hashlib.sha256("".join(pair).encode()).digest())[:EACH]
    }
    return related, looked


def score(pile: Path, found: Found, *, spans: bool) -> dict[str, Any]:
    """Precision over all pairs predicted and over those of two outlets, as tools that do not know an outlet's own lines find
    them in all its reports; recall by kind and characters over the sample."""
    related, looked = sample(pile.with_suffix(".gold"))
    wanted = {name for pair in looked for name in pair}
    texts: dict[str, str] = {}
    outlets: dict[str, str] = {}
    with pile.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            outlets[row["id"]] = row["outlet"]
            if row["id"] in wanted:
                texts[row["id"]] = row["text"].partition("Copyright Outlet")[0]  # what the footers share is not gold
    hits: dict[str, list[bool]] = defaultdict(list)
    right = said = needed = got = 0
    for pair, kind in looked.items():
        runs, inside = _truth(texts[pair[0]], texts[pair[1]])
        if not runs[0]:
            continue
        hits[kind].append(pair in found)
        for side in (0, 1):
            ours = found.get(pair, ([], []))[side]
            needed += _size(runs[side])
            got += _common(runs[side], ours)
            said += _size(ours)
            right += _common(inside[side], ours)
    every = [hit for several in hits.values() for hit in several]
    return {
        "precision": _share(pair in related for pair in found),
        "precision_apart": _share(pair in related for pair in found if outlets[pair[0]] != outlets[pair[1]]),
        "recall": _share(every),
        "kinds": {kind: sum(several) / len(several) for kind, several in sorted(hits.items())},
        "chars_recall": got / needed if spans and needed else None,
        "chars_precision": right / said if spans and said else None,
    }


def _share(hits: Iterable[bool]) -> float | None:
    every = list(hits)
    return sum(every) / len(every) if every else None


def _truth(one: str, two: str) -> tuple[tuple[list[Span], list[Span]], tuple[list[Span], list[Span]]]:
    """Spans on both sides: of the needed runs (none where the pair need not be found), and of all runs with the gaps between."""
    which = 1 if len(_UNSPACED.findall(one)) * 2 > len(one) else 0
    left, right = _words(one), _words(two)
    runs = _runs([word for word, *_ in left], [word for word, *_ in right], SEEN[which])

    def spans(chosen: Iterable[tuple[int, int, int]], words: Sequence[Any], side: int) -> list[Span]:
        return _union([(words[run[side]][1], words[run[side] + run[2] - 1][2]) for run in chosen])

    long = [run for run in runs if run[2] >= NEEDED[which]]
    bridged = runs + [
        (a[0], a[1], max(b[0] + b[2] - a[0], b[1] + b[2] - a[1]))
        for a in runs
        for b in runs
        if 0 <= b[0] - a[0] - a[2] <= GAP and 0 <= b[1] - a[1] - a[2] <= GAP
    ]
    bridged = [run for run in bridged if run[0] + run[2] <= len(left) and run[1] + run[2] <= len(right)]
    return (spans(long, left, 0), spans(long, right, 1)), (spans(bridged, left, 0), spans(bridged, right, 1))


def _words(text: str) -> list[tuple[str, int, int]]:
    found = []
    for match in _WORD.finditer(text):
        word = match.group().strip(".,;:!?\"'。")
        if word:
            start = match.start() + match.group().index(word)
            found.append((word.casefold(), start, start + len(word)))
    return found


def _runs(left: list[str], right: list[str], least: int) -> list[tuple[int, int, int]]:
    """All maximal common runs of at least ``least`` words: (place, place, length)."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for b in range(len(right) - least + 1):
        places[tuple(right[b : b + least])].append(b)
    found = []
    for a in range(len(left) - least + 1):
        for b in places.get(tuple(left[a : a + least]), ()):
            if a and b and left[a - 1] == right[b - 1]:
                continue
            length = least
            while a + length < len(left) and b + length < len(right) and left[a + length] == right[b + length]:
                length += 1
            found.append((a, b, length))
    return found


def _union(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _size(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in _union(spans))


def _common(one: Iterable[Span], two: Iterable[Span]) -> int:
    left, right = _union(one), _union(two)
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in left for b in right)
