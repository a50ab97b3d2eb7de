"""When a word that is looked for meets a word of a report: one definition, the same in Python and in the page's script."""

from __future__ import annotations

import json
from typing import Any

import pytest

from case_files import cases_in
from stemma.render.matching import Sought, as_json, fold, words_of

CASES = [case for case in cases_in("find.jsonl") if "word" in case]


def meets(asked: str, word: str, language: str | None) -> bool:
    """Whether all that is asked for meets a word of the text."""
    words = words_of(word)
    return all(any(Sought(one, language).meets(other) for other in words) for one in words_of(asked))


@pytest.mark.parametrize("case", CASES, ids=[f"{c['asked']}-{c['word']}-{c['language']}" for c in CASES])
def test_words_meet(case: dict[str, Any]) -> None:
    assert meets(case["asked"], case["word"], case["language"]) == case["meets"]


@pytest.mark.parametrize(
    "text", ["", "\u0000\ud800", "e\u0301" * 500, "x" * 10_000, "1,234" * 2_000, "\u202eabc", "👩‍👩‍👧 कि"]
)
def test_any_text_can_be_folded_and_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_the_endings_of_unknown_languages_are_left_out() -> None:
    found = json.loads(as_json({"en", "xx", ""}))
    assert list(found) == ["en"] and found["en"]["shortest"] == 4
