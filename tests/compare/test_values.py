"""When two values cannot both hold."""

from __future__ import annotations

import pytest

from stemma.compare.values import bounds_differ, calendar, conflict, names_agree, roles_differ, rounded

HOLD = [
    ("count", "14..14", "14.. "),
    ("count", "14..", "17..17"),
    ("money", "1200000000..1200000000 EUR", "1230000000..1230000000 EUR"),
    ("money", "1200000000..1200000000 EUR", "1100000000..1100000000 USD"),
    ("percent", "3..3 %", "3.24..3.24 %"),
    ("count", "16..16 km", "10..10 mi"),
    ("count", "1200..1200", "1190..1190"),
    ("date", "2031-03-14", "2031-03"),
    ("date", "2031-03-14", "XXXX-03-14"),
    ("date", "2031", "2031-36"),
    ("name", "viktor janukowskij", "viktor yanukovsky"),
    ("name", "j hale", "jorun hale"),
    ("name", "hale jorun", "jorun hale"),
    ("role", ";chief executive", ";chief executive|president"),
    ("role", ";minister", ";mayor"),
]
CLASH = [
    ("count", "14..14", "17..17"),
    ("count", "40..40", "43..43"),
    ("count", "20..", "17..17"),
    ("money", "1200000000..1200000000 EUR", "2100000000..2100000000 EUR"),
    ("percent", "41.5..41.5 %", "47.5..47.5 %"),
    ("date", "2031-03-14", "XXXX-03-24"),
    ("date", "XXXX-34", "XXXX-36"),
    ("ordinal", "2..2", "3..3"),
    ("weekday", "2", "4"),
    ("name", "marit solheim", "marit brandvold"),
    ("role", "former;president", ";president"),
    ("role", ";president", ";vice president"),
]


@pytest.mark.parametrize(("slot", "a", "b"), HOLD)
def test_both_can_hold(slot: str, a: str, b: str) -> None:
    assert not conflict(slot, a, b)
    assert not conflict(slot, b, a)


@pytest.mark.parametrize(("slot", "a", "b"), CLASH)
def test_both_cannot_hold(slot: str, a: str, b: str) -> None:
    assert conflict(slot, a, b)
    assert conflict(slot, b, a)


def test_small_counts_are_not_rounded() -> None:
    assert not rounded(40, 43, counted=True)
    assert not rounded(49, 50, counted=True)
    assert rounded(1200000, 1230000, counted=True)
    assert not rounded(54000, 58000, counted=True)


def test_bounds_of_one_form() -> None:
    assert bounds_differ("20..", "70..")
    assert bounds_differ("10..20 %", "10..40 %")
    assert not bounds_differ("20..", "70..70")
    assert not bounds_differ("20..", "..70")


def test_what_is_no_calendar_date() -> None:
    assert calendar("2031-03-01/2031-03-04") is None
    assert calendar("2031-21") == (2031, None, None)  # seasons differ by half a world, their years do not
    assert calendar("2031-24") is None  # a winter has two years
    assert calendar("198X") is None
    assert calendar("2031-03-14T18:40:00") == (2031, 3, 14)


def test_initials_and_short_family_names() -> None:
    assert names_agree("s wu", "shawn wu")
    assert not names_agree("shawn wu", "shawn whitcombe")


def test_a_leader_may_hold_any_office() -> None:
    assert not roles_differ(";leader", ";president")
    assert roles_differ(";director", ";mayor")
