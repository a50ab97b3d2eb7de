"""Invented sentences in twenty-one languages: marks, dashes, splits, nested and running quotations, speakers, negatives."""

from __future__ import annotations

import cases_reader as reader
import pytest

from case_files import languages_of

LANGUAGES = languages_of("quotes")
# Contents must all be right; speakers in nine of ten.
SPEAKERS = 0.9


def test_there_are_forty_sentences_a_language() -> None:
    assert len(LANGUAGES) >= 21
    assert all(len(reader.rows(language)) >= 40 for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_contents(language: str) -> None:
    wrong = [row["text"] for row in reader.rows(language) if not reader.judge(language, row).content]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_speakers(language: str) -> None:
    told = [v.speaker for row in reader.rows(language) if (v := reader.judge(language, row)).speaker is not None]
    assert sum(told) >= SPEAKERS * len(told)
