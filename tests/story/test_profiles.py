"""Profiles as arrays: what goes in comes out, in any portions and any order."""

from __future__ import annotations

import numpy as np
import pytest

from stemma.read import report_from_text
from stemma.records import Report
from stemma.story import profiles as module
from stemma.story.features import Profile, profile
from stemma.story.pairs import compare, pile_of
from stemma.story.profiles import joined, packed, profiled

TEXTS = (
    (
        "en",
        "2031-05-06",
        "The ferry Marlena sank off Port Estwick on Monday. All 214 passengers were saved by fishermen.",
    ),
    ("de", None, "Die Fähre Marlena ist vor Port Estwick gesunken. Fischer retteten alle 214 Passagiere."),
    (None, "2031-05-07T08:00:00Z", "12"),
    ("en", "2031-05-08", "The owner of the Marlena, Estwick Lines, lost 12.5 percent at the exchange on 7 May 2031."),
)


def reports() -> list[Report]:
    return [
        report_from_text(text, id=f"r{k}", language=language, published=published, title=text[:20])
        for k, (language, published, text) in enumerate(TEXTS)
    ]


def values(one: Profile) -> list[object]:
    found: list[object] = []
    for name in one.__struct_fields__:
        value = getattr(one, name)
        arrays = value if isinstance(value, tuple) and name != "told" else (value,)
        found += [(part.dtype, part.tolist()) if isinstance(part, np.ndarray) else part for part in arrays]
    return found


def test_what_goes_in_comes_out() -> None:
    expected = [profile(one) for one in reports()]
    held = profiled(reports())
    assert [values(held[i]) for i in range(len(held))] == [values(one) for one in expected]
    assert len(packed(())) == len(joined([])) == 0


@pytest.mark.parametrize("portion", [1, 3])
def test_portions_change_nothing(portion: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = profiled(reports())
    monkeypatch.setattr(module, "AT_ONCE", portion)
    parts = packed([profile(one) for one in reports()])
    assert [values(parts[i]) for i in range(4)] == [values(whole[i]) for i in range(4)]
    assert parts.words.columns[0].tolist() == whole.words.columns[0].tolist()


def test_any_of_them_in_any_order() -> None:
    held = profiled(reports())
    some = held.take([3, 0, 2])
    assert [values(some[k]) for k in range(3)] == [values(held[i]) for i in (3, 0, 2)]
    assert held.take(range(4)) is held
    assert len(held.take([])) == 0


def test_a_title_cut_inside_a_word_is_compared_all_the_same() -> None:
    """It stands inside the body, whose words are all that is compared; of the last report "The owner of the Mar" lacks one."""
    held = profiled(reports())
    assert any(set(held[k].title.terms.tolist()) - set(held[k].words.terms.tolist()) for k in (0, 3))
    for some in ([0], [3], [0, 3], [3, 0]):
        pile = pile_of(held.take(some))
        assert compare(pile, np.array([0]), np.array([len(some) - 1])).title[0] >= 0.0
