"""Grouping: linkage by hand-made scores, and small invented piles that are read, annotated and grouped for real."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Sequence

import numpy as np
import pytest

from stemma.language import annotate
from stemma.records import Annotated, Report, Span
from stemma.story import explain_pair, group
from stemma.story.features import profile
from stemma.story.linkage import _Linkage, average_linkage
from stemma.story.pairs import compare, pile_of
from stemma.story.vocabulary import skeleton


def made(number: str, text: str, published: str | None = None, language: str = "en") -> Annotated:
    title = text.partition("\n")[0]
    return annotate(
        Report(id=number, text=text, title=title, published=published, language=language, body=(Span(0, len(text)),))
    )


QUAKES = {
    "a": made("a", "Earthquake of magnitude 6.3 shakes Kastamonu\nAn earthquake of magnitude 6.3 shook the Turkish town of Kastamonu on Tuesday, killing at least 21 people and damaging a hospital, governor Meral Demirkan said. Rescue teams from Sinop searched the ruins of a school.", "2031-03-04"),
    "b": made("b", "Kastamonu quake kills at least 21\nAt least 21 people died when a magnitude 6.3 earthquake struck Kastamonu in Turkey on Tuesday. Governor Meral Demirkan said that rescue teams from Sinop were searching a ruined school.", "2031-03-04"),
    "c": made("c", "Earthquake of magnitude 5.8 shakes Arequipa\nAn earthquake of magnitude 5.8 shook the Peruvian town of Arequipa on Friday, killing at least 14 people and damaging a hospital, mayor Nilda Huarca said. Rescue teams from Cusco searched the ruins of a market.", "2031-05-16"),
    "d": made("d", "Arequipa quake kills at least 14\nAt least 14 people died when a magnitude 5.8 earthquake struck Arequipa in Peru on Friday. Mayor Nilda Huarca said that rescue teams from Cusco were searching a ruined market.", "2031-05-16"),
}  # fmt: skip


class TestAverageLinkage:
    def test_a_weak_link_does_not_chain(self) -> None:
        # 0-1 and 2-3 are pairs; one strong edge between them is outvoted by the three that are missing
        scores = {(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.8}
        assert average_linkage(4, scores, 0.5) == [[0, 1], [2, 3]]

    def test_missing_pairs_are_scored_when_needed(self) -> None:
        scores = {(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.8}
        asked: list[tuple[int, int]] = []

        def score(pairs: list[tuple[int, int]]) -> list[float]:
            asked.extend(pairs)
            return [0.7] * len(pairs)

        assert average_linkage(4, scores, 0.5, score) == [[0, 1, 2, 3]]  # type: ignore[arg-type]
        assert sorted(asked) == [(0, 2), (0, 3), (1, 3)]

    def test_a_large_group_with_few_known_pairs_holds_together(self) -> None:
        ring = {(min(i, (i + 1) % 50), max(i, (i + 1) % 50)): 0.9 for i in range(50)}
        assert average_linkage(50, ring, 0.5, lambda pairs: [0.9] * len(pairs)) == [list(range(50))]
        assert max(map(len, average_linkage(50, ring, 0.5, lambda pairs: [0.0] * len(pairs)))) <= 4

    def test_nothing_to_join(self) -> None:
        assert average_linkage(3, {(0, 1): 0.49}, 0.5) == [[0], [1], [2]]
        assert average_linkage(0, {}, 0.5) == []

    def test_order_of_the_scores_does_not_matter(self) -> None:
        rng = random.Random(5)
        scores = {(i, j): round(rng.random(), 1) for i in range(30) for j in range(i + 1, 30) if rng.random() < 0.4}
        shuffled = list(scores.items())
        rng.shuffle(shuffled)
        assert average_linkage(30, dict(shuffled), 0.5) == average_linkage(30, scores, 0.5)

    @pytest.mark.parametrize("seed", range(40))
    def test_chain_by_chain_is_as_all_at_once(self, seed: int) -> None:
        rng = random.Random(seed)
        size, share = rng.randrange(2, 40), rng.choice((0.02, 0.1, 0.3))
        everything = {(i, j): rng.random() ** 1.5 for i in range(size) for j in range(i + 1, size)}
        scores = {pair: score for pair, score in everything.items() if rng.random() < share}
        days = np.array([rng.choice((1.0, 2.0, 30.0, 400.0, math.nan)) for _ in range(size)])

        def missing(pairs: Sequence[tuple[int, int]]) -> list[float]:
            return [everything[pair] for pair in pairs]

        at_once = _Linkage(scores, 0.5, missing, days).groups()
        alone = [[i] for i in range(size) if not any(i in pair for pair in scores)]
        assert average_linkage(size, scores, 0.5, missing, days) == sorted(at_once + alone)


class TestGroup:
    def test_look_alikes_stay_apart(self) -> None:
        assert [sorted(s.reports) for s in sorted(group(list(QUAKES.values())), key=lambda s: s.reports)] == [
            ["a", "b"],
            ["c", "d"],
        ]

    def test_two_strangers_alone_are_two_stories(self) -> None:
        assert len(group([QUAKES["a"], QUAKES["c"]])) == 2

    def test_a_pair_alone_is_one_story(self) -> None:
        assert len(group([QUAKES["a"], QUAKES["b"]])) == 1

    @pytest.mark.parametrize("seed", range(4))
    def test_shuffled(self, seed: int) -> None:
        pile = list(QUAKES.values())
        random.Random(seed).shuffle(pile)
        assert group(pile) == group(list(QUAKES.values()))

    def test_every_report_once(self) -> None:
        stories = group([*QUAKES.values(), made("e", "", None)])
        assert sorted(i for s in stories for i in s.reports) == ["a", "b", "c", "d", "e"]

    def test_no_reports(self) -> None:
        assert group([]) == ()


class TestFeatures:
    def test_figures_and_names_that_conflict_are_seen(self) -> None:
        pile = pile_of([profile(one) for one in QUAKES.values()])
        found = compare(pile, np.array([0, 0]), np.array([1, 2]))
        assert found.figures[0] > 0.5 > found.figures[1]
        assert found.who_apart[0] < 0.2 < found.who_apart[1]
        assert found.weekdays_apart.tolist() == [0.0, 1.0]

    @pytest.mark.parametrize(
        ("one", "two"),
        [("Вашингтон", "washington"), ("Каффарелли", "caffarelli"), ("Πέτροφ", "petrov")],
    )
    def test_names_meet_across_scripts(self, one: str, two: str) -> None:
        assert skeleton(one) == skeleton(two) != ""

    @pytest.mark.parametrize("word", ["Ali", "io", "Lee"])
    def test_short_names_have_no_skeleton(self, word: str) -> None:
        assert skeleton(word) == ""


def test_explain_pair() -> None:
    lines = explain_pair(QUAKES["a"], QUAKES["c"])
    assert lines[0].startswith("probability 0.")
    assert any("against" in line and "weekdays apart" in line for line in lines)
    assert any("only one: a[" in line and "Demirkan" in line for line in lines)
    alike = explain_pair(QUAKES["a"], QUAKES["b"])
    assert any("shared" in line and line.count('"Demirkan"') == 2 for line in alike)
    assert any("what would change it: none of these alone" in line for line in alike)
    assert any("what would change it: the same day of publication" in line for line in lines)


def test_explained_spans_are_the_words_shown() -> None:
    texts = {name: one.report.text for name, one in QUAKES.items()}
    spans = [
        match
        for line in explain_pair(QUAKES["a"], QUAKES["b"])
        for match in re.findall(r'([ab])\[(\d+):(\d+)\] "([^"]*)"', line)
    ]
    assert len(spans) > 4
    assert all(texts[name][int(start) : int(end)] == words for name, start, end, words in spans)


class TestQuietBetween:
    """Two groups of three, each joined in itself; every pair between them has the same score."""

    @staticmethod
    def groups(between: float, *days: float) -> int:
        scores = {(i, j): 0.95 if i // 3 == j // 3 else between for i in range(6) for j in range(i + 1, 6)}
        return len(average_linkage(6, scores, 0.5, None, np.array(days)))

    def test_a_week_of_quiet_asks_for_more(self) -> None:
        assert self.groups(0.6, 1, 1, 2, 20, 20, 21) == 2
        assert self.groups(0.8, 1, 1, 2, 20, 20, 21) == 1

    def test_days_that_go_on_ask_for_nothing_more(self) -> None:
        assert self.groups(0.6, 1, 1, 8, 9, 20, 21) == 1

    def test_where_a_date_is_missing_a_quarter_of_a_year_asks_for_more(self) -> None:
        assert self.groups(0.6, 1, 1, 2, 20, math.nan, 21) == 1
        assert self.groups(0.6, 1, math.nan, 2, 120, math.nan, 121) == 2
        assert self.groups(0.8, 1, math.nan, 2, 120, math.nan, 121) == 1

    def test_a_group_without_a_date_says_nothing(self) -> None:
        assert self.groups(0.6, 1, math.nan, 2, math.nan, math.nan, math.nan) == 1
