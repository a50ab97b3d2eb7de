"""Piles for the tests of passages: the cases of ``tests/cases/passages.jsonl`` and random ones."""

from __future__ import annotations

import random

from case_files import cases_in
from stemma.records import Annotated, Report, Span

CASES = cases_in("passages.jsonl")


def read(text: str, name: str, outlet: str | None = None, body: tuple[Span, ...] = ()) -> Annotated:
    report = Report(id=name, text=text, outlet=outlet, body=body)
    return Annotated(report=report, sentences=(), tokens=(), anchors=(), names=(), numbers=(), dates=())


def random_pile(rng: random.Random, most: int) -> list[Annotated]:
    """Reports that share edited stretches of a few sources, footers and short phrases; of some the body is known."""
    words = [f"{rng.choice(('', 'x', 'Cap'))}{'word'[: rng.randrange(5)]}{n}" for n in range(rng.choice((15, 60, 400)))]
    if rng.random() < 0.3:
        words += list("日本語東京大阪知事会議経済発表記者")

    def some(count: int) -> str:
        return "".join(word + (" " if len(word) > 1 else "") for word in rng.choices(words, k=count))

    footers = [some(rng.randrange(6, 40)) for _ in range(4)]
    sources = [some(120).split(" ") for _ in range(3)]
    pile = []
    for number in range(rng.randint(2, most)):
        parts = [some(rng.randrange(60))]
        for _ in range(rng.choice((0, 1, 1, 2))):
            source, edits = rng.choice(sources), rng.choice((0, 0.05, 0.15))
            start = rng.randrange(len(source))
            taken = [
                rng.choice(words) if rng.random() < edits else w for w in source[start : start + rng.randrange(100)]
            ]
            parts += [" ".join(taken), some(rng.randrange(30))]
        if rng.random() < 0.6:
            parts.append(rng.choice(footers))
        if rng.random() < 0.2:
            parts.insert(0, rng.choice(footers))
        text = " ".join(parts)
        start = rng.randrange(len(text) // 2 + 1)
        body = (Span(start, rng.randrange(start, len(text) + 1)),) if rng.random() < 0.3 else ()
        name = f"{rng.randrange(10**6):06d}{number}"
        pile.append(read(text, name, rng.choice((None, "A", "B", "C")), body))
    return pile
