"""What tells two reports of one template apart, and leaves two tellings of one event together."""

from __future__ import annotations

import numpy as np
import pytest

from stemma.records import Report
from stemma.story import explain_pair
from stemma.story.features import profile
from stemma.story.pairs import compare, pile_of

BULLETIN = (
    "The ferry office of {town} counted {people} passengers on {day}. Of {boats} boats {late} came late, and the queue at "
    "the pier in {town} was {metres} metres long, the office said."
)
FIRST = {"town": "Halvern", "people": "4120", "day": "Monday", "boats": "31", "late": "4", "metres": "220"}


def report(name: str, language: str = "en", **filled: str) -> Report:
    return Report(id=name, text=BULLETIN.format(**{**FIRST, **filled}), language=language)


def one_template(one: Report, two: Report) -> float:
    pile = pile_of([profile(one), profile(two)])
    return float(compare(pile, np.array([0]), np.array([1])).one_template[0])


OTHER_DAY = {"people": "2955", "day": "Tuesday", "boats": "28", "late": "7", "metres": "90"}


@pytest.mark.parametrize(
    ("filled", "apart"),
    [
        ({}, False),
        ({"people": "4310"}, False),  # a figure put right
        ({"people": "4310", "late": "5"}, False),  # two that rose
        (OTHER_DAY, True),
        ({**OTHER_DAY, "town": "Brenvik"}, True),
        ({"town": "Brenvik", "people": "2955", "late": "7"}, True),
    ],
)
def test_frames_filled_otherwise_are_a_template(filled: dict[str, str], apart: bool) -> None:
    assert (one_template(report("a"), report("b", **filled)) > 0.5) is apart


def test_a_copy_with_three_of_many_figures_changed_is_a_copy() -> None:
    long = " ".join(f"Pier {'abcdefgh'[k]}x took {40 + k} crates from dock {'stuvwxyz'[k]}y." for k in range(8))
    one = Report(id="a", text=long, language="en")
    two = Report(id="b", text=long.replace("41", "51").replace("43", "53").replace("45", "55"), language="en")
    assert one_template(one, two) == 0


def test_a_frame_that_one_report_fills_twice_says_nothing() -> None:
    text = "Boats carried {} crates home. Later boats carried {} crates home, and carts {} sacks away, and sheds {} bales over."
    one = Report(id="a", text=text.format(14, 15, 31, 41), language="en")
    two = Report(id="b", text=text.format(16, 17, 32, 42), language="en")
    assert one_template(one, two) == 0  # two frames are left, which is too few


def test_the_explanation_names_the_veto() -> None:
    lines = explain_pair(report("a"), report("b", **OTHER_DAY))
    assert any(line.startswith("  veto  one template") for line in lines)
    assert not any("veto" in line for line in explain_pair(report("a"), report("b")))
