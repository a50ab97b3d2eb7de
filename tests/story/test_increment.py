"""New reports in a pile that was grouped before: what they touch is grouped again, the rest stays."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from stemma.language import annotate
from stemma.read import read
from stemma.records import Annotated, Story
from stemma.story import group, group_since, keep_ids
from stemma.story.cluster import one_story
from stemma.story.features import profile
from stemma.story.increment import regroup

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))
from generate import write_pile


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> list[Annotated]:
    path = tmp_path_factory.mktemp("pile") / "pile.jsonl"
    write_pile(path, 60)
    return sorted((annotate(one) for one in read([str(path)]).reports), key=lambda one: one.report.id)


def partition(stories: tuple[Story, ...]) -> set[tuple[str, ...]]:
    return {story.reports for story in stories}


def test_nothing_before_is_the_whole_pile(pile: list[Annotated]) -> None:
    assert partition(group_since(pile, (), ())) == partition(group(pile))


def test_nothing_new_changes_nothing_and_scores_nothing(pile: list[Annotated]) -> None:
    former = group(pile)
    assert group_since(pile, (), former) == former
    number = {one.report.id: k for k, one in enumerate(pile)}
    before = [[number[i] for i in story.reports] for story in former]
    assert regroup([profile(one) for one in pile], [], before).scored == 0


def test_one_new_report_scores_few_pairs(pile: list[Annotated]) -> None:
    profiles = [profile(one) for one in pile]
    whole = regroup(profiles, [], [])
    last = len(pile) - 1
    before = [[k for k in members if k != last] for members in whole.groups]
    again = regroup(profiles, [], [members for members in before if members])
    assert again.groups == whole.groups
    assert again.scored < whole.scored / 4


@pytest.mark.parametrize("seed", range(2))
def test_in_portions_as_at_once(pile: list[Annotated], seed: int) -> None:
    mixed = list(pile)
    random.Random(seed).shuffle(mixed)
    former: tuple[Story, ...] = ()
    for end in range(10, len(mixed) + 1, 10):
        former = keep_ids(group_since(mixed[:end], (), former), former)
    assert partition(former) == partition(group(pile))


def test_what_is_not_touched_stays_even_where_it_would_be_grouped_otherwise(pile: list[Annotated]) -> None:
    at_once = group(pile)
    large = max(at_once, key=lambda story: len(story.reports))
    by_id = {one.report.id: one for one in pile}
    odd = [one_story([by_id[large.reports[0]]]), one_story([by_id[i] for i in large.reports[1:]])]
    former = [story for story in at_once if story is not large] + odd
    assert {story.reports for story in odd} <= partition(group_since(pile, (), former))


def test_the_order_of_the_former_stories_tells_nothing(pile: list[Annotated]) -> None:
    former = list(group(pile[:40]))
    first = group_since(pile, (), former)
    random.Random(1).shuffle(former)
    assert group_since(list(reversed(pile)), (), former) == first
