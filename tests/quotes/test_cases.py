"""Invented sentences in twenty-one languages: marks, dashes, splits, nested and running quotations, speakers, negatives."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

_spec = importlib.util.spec_from_file_location("quotes_cases_reader", Path(__file__).with_name("cases_reader.py"))
assert _spec and _spec.loader
reader: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(reader)

# Contents must all be right but for the cases named here; speakers in nine of ten.
SPEAKERS = 0.9
KNOWN_FAILURES: dict[str, int] = {}


def test_there_are_forty_sentences_a_language() -> None:
    assert len(reader.languages()) >= 21
    assert all(len(reader.rows(language)) >= 40 for language in reader.languages())


@pytest.mark.parametrize("language", reader.languages())
def test_contents(language: str) -> None:
    wrong = [row["text"] for row in reader.rows(language) if not reader.judge(language, row).content]
    assert len(wrong) <= KNOWN_FAILURES.get(language, 0), wrong


@pytest.mark.parametrize("language", reader.languages())
def test_speakers(language: str) -> None:
    told = [v.speaker for row in reader.rows(language) if (v := reader.judge(language, row)).speaker is not None]
    assert sum(told) >= SPEAKERS * len(told)
