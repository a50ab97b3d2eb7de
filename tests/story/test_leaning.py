"""What a former grouping tells: in doubt only, of two reports where they stood apart, of two groups where they stood together."""

from __future__ import annotations

import numpy as np
import pytest

from stemma.story.leaning import lean_groups, lean_pairs


def pair(found: float, one: int, two: int) -> float:
    return float(lean_pairs(np.array([found]), np.array([one]), np.array([two]))[0])


def groups(found: float, one: list[int], two: list[int]) -> float:
    """Two groups, each given by the former stories of its reports."""
    story = np.array(one + two)
    first, second = list(range(len(one))), list(range(len(one), len(story)))
    return float(lean_groups(np.array([found]), np.array([0]), np.array([1]), [first, second], story)[0])


def test_two_old_reports_that_stood_apart_stay_apart_in_doubt() -> None:
    assert pair(0.6, 1, 2) < 0.5 < pair(0.75, 1, 2)


@pytest.mark.parametrize(("one", "two"), [(1, 1), (-1, 1), (1, -1), (-1, -1)])
def test_of_a_new_report_or_one_that_stood_beside_nothing_is_told(one: int, two: int) -> None:
    assert pair(0.6, one, two) == pytest.approx(0.6)


@pytest.mark.parametrize("found", [0.0, 1.0])
def test_what_is_certain_stays_certain(found: float) -> None:
    assert pair(found, 1, 2) == found
    assert groups(found, [1], [2]) == found


def test_groups_that_stood_together_stay_so_in_doubt() -> None:
    assert groups(0.2, [1, 1], [1, 1, 1]) < 0.5 < groups(0.4, [1, 1], [1, 1, 1])


def test_groups_that_stood_apart_are_free_to_meet() -> None:
    assert groups(0.6, [1, 1], [2, 2, 2]) == pytest.approx(0.6)


def test_the_more_of_a_group_is_new_the_less_its_past_tells() -> None:
    told = [groups(0.4, old, [1]) for old in ([1, 1, 1], [1, 1, -1], [1, -1, -1], [-1, -1, -1])]
    assert told == sorted(told, reverse=True)
    assert told[-1] == pytest.approx(0.4)
