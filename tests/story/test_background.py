"""Common words weigh less than the pile alone would say, in the languages that have a table."""

from __future__ import annotations

import numpy as np
import pytest

from stemma.language import lexicon
from stemma.records import Report, Span
from stemma.story.background import shares
from stemma.story.features import profile
from stemma.story.pairs import pile_of
from stemma.story.vocabulary import STEM, term

WORDS = np.array(sorted([term("said"), term("zibbo")]), dtype=np.uint64)


def rarity(language: str) -> set[float]:
    """Of the two words that both reports hold."""
    texts = ("Velm said zibbo", "Tarko said zibbo")
    reports = [Report(id=t[:2], text=t, language=language, body=(Span(0, len(t)),)) for t in texts]
    pile = pile_of([profile(one) for one in reports])
    return set(pile.words.rarity.tolist())


def test_a_common_word_has_a_share_and_a_made_up_one_none() -> None:
    found = dict(zip(WORDS.tolist(), shares(WORDS, ["en", None]).tolist(), strict=True))
    assert found[term("said")] > 0.2
    assert found[term("zibbo")] == 0.0


@pytest.mark.parametrize("languages", [[], [None], ["ja"]])
def test_without_a_table_nothing_is_known(languages: list[str | None]) -> None:
    assert shares(WORDS, languages).tolist() == [0.0, 0.0]


def test_two_reports_agree_on_a_rare_word_rather_than_on_a_common_one() -> None:
    common, *rare = sorted(rarity("en"))
    assert all(common < one / 2 for one in rare)
    assert len(rarity("ja")) == 1


def test_the_tables_hold_stems_and_shares() -> None:
    for language in lexicon.languages():
        table = lexicon.load(language).get("common", {})
        stems = [stem for stems in table.values() for stem in stems.split()]
        assert len(stems) == len(set(stems))
        assert all(len(stem) <= STEM and stem.isalpha() for stem in stems)
        assert all(0 < float(share) < 1 for share in table)
