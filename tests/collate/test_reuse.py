"""Shared passages: the cases, and what must hold for any pile."""

from __future__ import annotations

import random
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from piles import CASES, read

from stemma.collate.reuse import find_passages
from stemma.collate.words import read_words
from stemma.records import Annotated, Passage, Span, Witness


def pile(*texts: str) -> list[Annotated]:
    return [read(text, f"r{number}") for number, text in enumerate(texts)]


def words_of(text: str) -> list[int]:
    return [int(h) for h in read_words([text]).hashes]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases(case: dict[str, Any]) -> None:
    reports = [read(one["text"], str(n), one.get("outlet")) for n, one in enumerate(case["reports"])]
    text = {one.report.id: one.report.text for one in reports}
    found = find_passages(reports, shortest=case.get("shortest", 12))
    assert len(found) == len(case["expect"])
    for passage, (begin, end, kind) in zip(found, case["expect"], strict=True):
        words = text[passage.a.report][passage.a.start : passage.a.end]
        assert words.startswith(begin)
        assert words.endswith(end)
        assert passage.kind == kind


def test_what_the_reader_set_apart_on_both_sides_is_boilerplate() -> None:
    line = "Read also our long story about the secret life of the harbour cats of Velmar"
    one, two = f"Ships came. {line}", f"Trains left on time. {line}"
    alike = [read(one, "a", body=(Span(0, 11),)), read(two, "b", body=(Span(0, 20),))]
    assert [p.kind for p in find_passages(alike)] == ["boilerplate"]
    only_one = [read(one, "a", body=(Span(0, 11),)), read(two, "b", body=(Span(0, len(two)),))]
    assert [p.kind for p in find_passages(only_one)] == ["verbatim"]


def test_a_footer_is_cut_from_the_passage_before_it() -> None:
    story = (
        "The lighthouse keeper of Grane saw a whale on Monday and rang the bell for a whole hour until the mayor came"
    )
    foot = "Copyright Grane Times all rights reserved no part of this page may be copied without leave"
    filler = [
        "Nine geese crossed the Halden road on Sunday without looking, said driver Moa Lind.",
        "A choir of tailors from Ostby sang in the old Granit hall for president Ernst Holm.",
        story,
    ]
    reports = [read(f"{text} {foot}", f"r{n}", "Grane Times") for n, text in enumerate([*filler, story])]
    kinds = {(p.a.report, p.b.report, p.kind) for p in find_passages(reports)}
    assert ("r2", "r3", "verbatim") in kinds
    assert ("r2", "r3", "boilerplate") in kinds
    body = next(p for p in find_passages(reports) if p.kind == "verbatim")
    assert reports[2].report.text[body.a.start : body.a.end] == story


def test_boilerplate_known_from_a_larger_pile_is_kept() -> None:
    line = "Follow the Grane Times on every channel and never miss a goose again in your life"
    one, two = read(f"Nine geese crossed. {line} Rain.", "a"), read(f"A choir sang all night. {line} Sun.", "b")
    assert [p.kind for p in find_passages([one, two])] == ["verbatim"]
    start = one.report.text.index(line)
    known = [Witness("a", start, start + len(line)), Witness("elsewhere", 0, 5)]
    assert [p.kind for p in find_passages([one, two], boilerplate=known)] == ["boilerplate"]


def test_no_reports_and_empty_reports() -> None:
    assert find_passages([]) == ()
    assert find_passages(pile("", " ", "...")) == ()


VOCABULARY = [f"w{number}" for number in range(400)]


@st.composite
def related(draw: st.DrawFn) -> list[str]:
    """Texts of words that share stretches of a common one."""
    rng = random.Random(draw(st.integers(0, 10**6)))
    source = rng.choices(VOCABULARY, k=80)
    texts = [source]
    for _ in range(draw(st.integers(1, 3))):
        start = rng.randrange(60)
        part = source[start : start + rng.randrange(1, 60)]
        part = [rng.choice(VOCABULARY) if rng.random() < 0.05 else word for word in part]
        texts.append(rng.choices(VOCABULARY, k=20) + part + rng.choices(VOCABULARY, k=20))
    return [" ".join(words) for words in texts]


def longest_common(a: list[int], b: list[int]) -> int:
    best, row = 0, [0] * (len(b) + 1)
    for x in a:
        row = [0] + [row[j] + 1 if x == y else 0 for j, y in enumerate(b)]
        best = max(best, *row)
    return best


@settings(max_examples=60, deadline=None)
@given(related())
def test_every_pair_with_a_run_of_twelve_words_is_found_and_spans_are_exact(texts: list[str]) -> None:
    found = find_passages(pile(*texts))
    pairs = {(p.a.report, p.b.report) for p in found}
    for i in range(len(texts)):
        for j in range(i + 1, len(texts)):
            if longest_common(words_of(texts[i]), words_of(texts[j])) >= 12:
                assert (f"r{i}", f"r{j}") in pairs
    for p in found:
        one, two = (texts[int(w.report[1:])][w.start : w.end] for w in (p.a, p.b))
        assert one == one.strip()
        if p.kind == "verbatim":
            assert words_of(one) == words_of(two)
            assert p.similarity == 1.0
        else:
            assert 0 < p.similarity < 1


@settings(max_examples=30, deadline=None)
@given(related(), st.integers(0, 10**6))
def test_the_order_of_the_pile_does_not_matter(texts: list[str], seed: int) -> None:
    reports = pile(*texts)
    turned = list(reports)
    random.Random(seed).shuffle(turned)
    assert find_passages(turned) == find_passages(reports)


def mirrored(passage: Passage, names: dict[str, str]) -> tuple[Any, ...]:
    sides = [(names[w.report], w.start, w.end) for w in (passage.a, passage.b)]
    return (*sorted(sides), passage.kind, passage.similarity)


@settings(max_examples=30, deadline=None)
@given(related())
def test_passages_are_symmetric(texts: list[str]) -> None:
    there = {f"r{n}": f"r{n}" for n in range(len(texts))}
    back = {f"r{n}": f"r{len(texts) - 1 - n}" for n in range(len(texts))}
    forward = sorted(mirrored(p, there) for p in find_passages(pile(*texts)))
    assert forward == sorted(mirrored(p, back) for p in find_passages(pile(*reversed(texts))))


@pytest.mark.parametrize("unit", ["buy ", "a b ", "字", "x" * 50 + " ", "la la la lalala "])
def test_a_megabyte_of_repetition_stays_fast(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    start = time.process_time()
    find_passages(pile(text, text[:-100], "something else entirely"))
    assert time.process_time() - start < 5
