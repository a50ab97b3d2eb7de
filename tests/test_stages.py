"""The table of stages is what the code does."""

from __future__ import annotations

from functools import cached_property

from stemma.stages import STAGES, StoryWork

# Views of other stages, and what puts them together.
NOT_STAGES = {"lineage", "comparison", "not_compared", "dossier"}


def test_every_stage_of_a_story_stands_in_the_table_in_the_order_of_the_code() -> None:
    names = [stage.name for stage in STAGES]
    properties = [name for name, value in vars(StoryWork).items() if isinstance(value, cached_property)]
    assert names[names.index("stories") + 1 :] == [name for name in properties if name not in NOT_STAGES]
