"""Words as arrays: exact spans, the same hash for the same word."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.collate.words import LETTER_WEIGHT, WORD_WEIGHT, read_words


def spans(text: str) -> list[str]:
    words = read_words([text])
    return [text[s:e] for s, e in zip(words.starts.tolist(), words.ends.tolist(), strict=True)]


def hashes(*texts: str) -> list[int]:
    return [int(read_words([text]).hashes[0]) for text in texts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said: "No!" -- and left.', ["He", "said", "No", "and", "left"]),
        ("8-3/4 pct, U.S. (BPI)", ["8-3/4", "pct", "U.S", "BPI"]),
        ("東京で7日、NHKが", ["東", "京", "で", "7", "日", "NHK", "が"]),
        ("Beijing\u2014the first", ["Beijing", "the", "first"]),
        ("เมือง", ["เ", "มื", "อ", "ง"]),
        ("!!! ... \u200b", []),
        ("", []),
    ],
)
def test_words_are_what_stands_between_spaces_without_the_punctuation_at_the_ends(
    text: str, expected: list[str]
) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("ﬁnal", "Final"),
        ("e\u0301t\u00e9", "\u00c9te\u0301"),
        ("ο\u03c2", "ΟΣ"),
        ("don’t", "DON'T"),
        ("co\u00adoperate", "cooperate"),
        ("ｱｲｳ", "アイウ"),
        ("a\u0323\u0307", "a\u0307\u0323"),
    ],
)
def test_words_that_differ_in_form_only_have_one_hash(one: str, other: str) -> None:
    assert hashes(one) == hashes(other)


def test_different_words_have_different_hashes() -> None:
    words = ["ab", "ba", "a", "b", "aab", "aba", "resume", "résumé", "1", "l", "U.S", "US"]
    assert len(set(hashes(*words))) == len(words)


def test_letters_of_unspaced_scripts_weigh_less() -> None:
    assert read_words(["word 字"]).weights.tolist() == [WORD_WEIGHT, LETTER_WEIGHT]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_spans_lie_in_their_text_in_order_and_hold_a_letter_or_digit(texts: list[str]) -> None:
    words = read_words(texts)
    for number, text in enumerate(texts):
        rows = range(int(words.first[number]), int(words.first[number + 1]))
        before = 0
        for row in rows:
            start, end = int(words.starts[row]), int(words.ends[row])
            assert before <= start < end <= len(text)
            assert any(unicodedata.category(c)[0] in "LN" for c in text[start:end])
            before = end


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_a_text_is_read_the_same_alone_and_in_a_pile(texts: list[str]) -> None:
    words = read_words(texts)
    alone = [read_words([text]) for text in texts]
    assert words.hashes.tolist() == [h for one in alone for h in one.hashes.tolist()]
    assert words.starts.tolist() == [s for one in alone for s in one.starts.tolist()]
