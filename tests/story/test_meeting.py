"""The compiled kernels of large piles against the lines that small piles go through: the same partners, the same sums."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.story import candidates, meeting
from stemma.story.channels import Channel

pytest.importorskip("numba", reason="the kernels need numba")


def random_channel(seed: int, size: int) -> Channel:
    """Reports of few different terms, so that many meet and many scores are equal."""
    rng = np.random.default_rng(seed)
    vocabulary = int(rng.integers(1, 40))
    held = [np.flatnonzero(rng.random(vocabulary) < rng.random() ** 2) for _ in range(size)]
    terms = np.concatenate([*held, np.zeros(0, np.int64)]).astype(np.int32)
    some = rng.random(4)  # few different weights, some a rounding apart
    weights = (some[rng.integers(0, 4, len(terms))] + rng.integers(-2, 3, len(terms)) * 4e-7).astype(np.float32)
    return Channel(
        at=np.cumsum([0, *map(len, held)]).astype(np.int64),
        terms=terms,
        rarity=np.ones(vocabulary),
        table=np.stack([weights, weights[::-1], 2 * weights], axis=1),
        names=("words", "shared", "who"),
    )


@pytest.mark.parametrize("limits", [{}, {"PARTNERS": 2, "TERMS": 5, "POSTINGS": 9}])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9), size=st.integers(0, 60))
def test_kernels_give_the_same(limits: dict[str, int], seed: int, size: int) -> None:
    channel = random_channel(seed, size)
    first, second = np.triu_indices(size, k=1)
    found = []
    for large in (0, size + 1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(meeting, "LARGE", large)
            for name, value in limits.items():
                patch.setattr(candidates, name, value)
            partners = candidates._sharing(size, channel, "words")
            sums = meeting.products(channel, first, second, ("words",), ("shared",), ("who",))
            found.append([partners, *sums.values()])
    assert all(one.tolist() == other.tolist() for one, other in zip(*found, strict=True))


def test_what_meets_is_summed_by_pair() -> None:
    channel = Channel(
        at=np.array([0, 2, 4, 4]),
        terms=np.array([0, 3, 3, 5], dtype=np.int32),
        rarity=np.ones(6),
        table=np.array([[0.5] * 3, [2.0] * 3, [4.0] * 3, [1.0] * 3], dtype=np.float32),
        names=("words", "shared", "who"),
    )
    pairs = np.array([0, 0, 1]), np.array([1, 2, 2])
    found = meeting.products(channel, *pairs, ("words",), ("shared",), ("who",))
    assert [one.tolist() for one in found.values()] == [[8, 0, 0], [4, 0, 0], [4, 0, 0], [2, 0, 0]]
