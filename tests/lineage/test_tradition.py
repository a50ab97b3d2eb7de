"""Witnesses of one text without times or credits: invented traditions whose tree is known because we made them."""

from __future__ import annotations

import random

import pytest

from stemma.lineage.tradition import collate_witnesses

PLACES = 800
TREE = {"b": "a", "c": "a", "d": "b", "e": "b", "f": "c", "g": "c"}


def copied(text: list[str | None], rate: float, chance: random.Random) -> list[str | None]:
    return [f"{word}{chance.randrange(9)}" if word and chance.random() < rate else word for word in text]


def tradition(seed: int) -> dict[str, list[str | None]]:
    chance = random.Random(seed)
    root: list[str | None] = ["".join(chance.choices("abcdefghij", k=6)) for _ in range(PLACES)]
    texts = {"a": root}
    for child, parent in TREE.items():
        texts[child] = copied(texts[parent], 0.02, chance)
    return texts


@pytest.mark.parametrize("seed", range(5))
def test_the_tree_comes_out(seed: int) -> None:
    found = {frozenset((branch.a, branch.b)) for branch in collate_witnesses(tradition(seed)).branches}
    assert found == {frozenset(edge) for edge in TREE.items()}


@pytest.mark.parametrize("seed", range(5))
def test_nothing_is_contaminated_that_is_not(seed: int) -> None:
    assert collate_witnesses(tradition(seed)).contaminated == ()


@pytest.mark.parametrize("seed", range(5))
def test_a_witness_with_two_exemplars_is_named(seed: int) -> None:
    texts = tradition(seed)
    half = PLACES // 2
    texts["x"] = [*texts["d"][:half], *texts["g"][half:]]
    assert [name for name, _ in collate_witnesses(texts).contaminated] == ["x"]


def test_lost_leaves_are_no_variants() -> None:
    texts = tradition(1)
    texts["d"] = [None if 200 <= k < 420 else word for k, word in enumerate(texts["d"])]
    found = {frozenset((branch.a, branch.b)) for branch in collate_witnesses(texts).branches}
    assert frozenset(("b", "d")) in found


def test_the_order_of_the_witnesses_changes_nothing() -> None:
    texts = tradition(2)
    assert collate_witnesses(dict(reversed(texts.items()))) == collate_witnesses(texts)


def test_no_witnesses() -> None:
    assert collate_witnesses({}).branches == ()
