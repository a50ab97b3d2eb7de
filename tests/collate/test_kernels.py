"""The compiled kernels against the reference: the same words, runs and passages on all cases and on random piles."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from piles import CASES, random_pile, read

from stemma.collate import reuse
from stemma.collate.seeds import _winnow
from stemma.collate.words import read_words
from stemma.records import Annotated, Report, Span

pytest.importorskip("numba", reason="the kernels need numba")

from stemma.collate import kernels
from stemma.collate.kernels_words import BUCKETS, LETTER_FLAG, Columns, end_of, flags_of, read_chunk, start_of

ALPHABET = "abcÉé ẞß.,-'’\n字日カﾞไทย\u0301\u3099\ufe0f\u200d\u00ad\u0300ﬁ٣\ud800𝔄"


def same(pile: list[Annotated], shortest: int = 12) -> int:
    expected = reuse.find_passages(pile, shortest)
    assert kernels.find_passages(pile, shortest) == expected
    return len(expected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases(case: dict[str, Any]) -> None:
    pile = [read(one["text"], str(n), one.get("outlet")) for n, one in enumerate(case["reports"])]
    same(pile, case.get("shortest", 12))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.text(ALPHABET, max_size=80), st.text(max_size=40)), max_size=4))
@example(["\u0301a", "", "字\u3099\u3099b", "a" * 300 + " b"])
def test_words_and_grams(texts: list[str]) -> None:
    words = read_words(texts)
    chunk = read_chunk([text.encode("utf-8", "surrogatepass") for text in texts], [()] * len(texts))
    assert chunk.counts.tolist() == np.diff(words.first).tolist()
    assert chunk.hashes.tolist() == words.hashes.tolist()
    columns = Columns(words.first[:-1], *chunk[:5])
    assert [start_of(columns, word) for word in range(len(chunk.spans))] == words.starts.tolist()
    assert [end_of(columns, word) for word in range(len(chunk.spans))] == words.ends.tolist()
    assert [flags_of(span) & LETTER_FLAG for span in chunk.spans] == (words.weights == 3).tolist()
    places, grams = _winnow(words, words.text_of())
    bucket = np.repeat(np.arange(BUCKETS), np.diff(chunk.buckets)).astype(np.uint64)
    found_grams = bucket << np.uint64(32) | chunk.grams[:, 0]
    found_places = words.first[chunk.grams[:, 1]] + chunk.grams[:, 2]
    found = sorted(zip(found_places.tolist(), found_grams.tolist(), strict=True))
    assert found == list(zip(places.tolist(), grams.tolist(), strict=True))


def test_words_that_are_long_or_stand_far_behind() -> None:
    """Their spans do not fit into one number: the same passages, with exact offsets, whatever stands in front."""
    line = " ".join(["www." + "long" * 80, *(f"word{n}" for n in range(30)), "x" * 254, "y" * 255, "end"])
    deep = "la " * 800_000
    pile = [read(f"Here {line} ends", "a"), read(f"{deep}{line}", "b"), read(f"Then {line} again", "c")]
    assert same(pile) == 3


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from([8, 12, 20]))
def test_random_piles(seed: int, shortest: int) -> None:
    same(random_pile(random.Random(seed), 12), shortest)


def test_random_piles_hold_all_kinds() -> None:
    kinds = {p.kind for seed in range(12) for p in kernels.find_passages(random_pile(random.Random(seed), 12))}
    assert kinds == {"verbatim", "near", "boilerplate"}


def test_more_copies_than_are_paired_with_each_other() -> None:
    line = " ".join(f"word{n}" for n in range(40))
    pile = [read(f"Report {n} begins. {line} It ends with {n * 7}.", f"r{n:03d}", f"O{n % 50}") for n in range(200)]
    assert same(pile) < 200 * 199 / 2


def test_a_text_that_repeats_itself() -> None:
    line = " ".join(f"word{n}" for n in range(30))
    same([read(" ".join([line] * 9), "a"), read(" ".join([line, "and", line] * 4), "b"), read("la " * 3_000, "c")])


def test_nothing_to_compare() -> None:
    assert same([]) == same([read("", "a"), read("...", "b")]) == 0


def test_the_switch_is_invisible(monkeypatch: pytest.MonkeyPatch) -> None:
    pile = random_pile(random.Random(1), 20)
    expected = reuse.find_passages(pile)
    called = []
    real = kernels.find_passages
    monkeypatch.setattr(reuse, "LARGE", 1)
    monkeypatch.setattr(kernels, "find_passages", lambda *given: called.append(1) or real(*given))
    assert reuse.find_passages(pile) == expected
    assert called


def test_title_and_body_are_the_report_itself() -> None:
    line = "Read also our long story about the secret life of the harbour cats of Velmar"
    pile = []
    for name, start in (("a", "Ships came."), ("b", "Trains left on time.")):
        report = Report(id=name, text=f"{start} {line}", body=(Span(0, len(start)),))
        pile.append(Annotated(report=report, sentences=(), tokens=(), anchors=(), names=(), numbers=(), dates=()))
    assert same(pile) == 1
    assert kernels.find_passages(pile)[0].kind == "boilerplate"
