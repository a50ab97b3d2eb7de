"""Texts that no one writes: nothing raises, spans stay lawful, and time grows with length and not with its square."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clock import seconds
from stemma.read import report_from_text

PIECES = [
    "told AFP ", "Abc ", "(", "a\n", "By Ann\n", "A", "a.", "a-", "les også ", "\"'", "1 ", "据路透社", "연합뉴스는 ", "\n", " ", "Jan 3, ", "TT\n",
    "sagte ", "Fjordby News, ", "OSLO (NTB): ", "Les også: X\n", "Related Links\n", "© ", "— ", "Foto: A / NTB\n", "\0", "\ufffd", "𝒳", "e\u0301",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_with_length(piece: str) -> None:
    def cost(length: int) -> float:
        text = piece * (length // len(piece))
        return seconds(lambda: report_from_text(text, language="en"))

    short, long = cost(10_000), cost(80_000)
    # Eight times the length: eight times the time where it is linear, sixty-four where it is not; the constant is for
    # texts that take next to nothing.
    assert long < 24 * short + 0.5


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=30))
def test_laws_of_any_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    report = report_from_text(text)
    assert report.text == text
    assert report == report_from_text(text)
    end = 0
    for span in report.body:
        assert end <= span.start < span.end <= len(text)
        end = span.end
    for credit in report.credits:
        assert 0 <= credit.span.start < credit.span.end <= len(text)
