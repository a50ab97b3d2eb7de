"""Ids of stories over several runs, and the log of what became of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from stemma.errors import BadUsage
from stemma.ids import content_id
from stemma.records import Story
from stemma.schema import to_json_lines
from stemma.story import changes_since, keep_ids, read_stories


def story(reports: str, known: str | None = None) -> Story:
    return Story(known or content_id("s", *reports), "", tuple(reports), None, None, ())


def ids(stories: tuple[Story, ...]) -> dict[str, str]:
    return {"".join(one.reports): one.id for one in stories}


def told(former: list[Story], now: tuple[Story, ...]) -> set[tuple[str, str, tuple[str, ...]]]:
    return {("".join(c.reports), c.kind, c.from_) for c in changes_since(former, now)}


def test_a_story_that_grows_keeps_its_id() -> None:
    former = [story("ab", "s1")]
    now = keep_ids([story("abc"), story("d")], former)
    assert ids(now)["abc"] == "s1"
    assert told(former, now) == {("abc", "kept", ("s1",)), ("d", "new", ())}


def test_merged_stories_keep_the_id_of_the_larger() -> None:
    former = [story("ab", "s1"), story("cde", "s2")]
    now = keep_ids([story("abcdef")], former)
    assert ids(now) == {"abcdef": "s2"}
    assert told(former, now) == {("abcdef", "merged", ("s1", "s2")), ("ab", "ended", ())}


def test_the_larger_part_of_a_split_story_keeps_the_id() -> None:
    former = [story("abcde", "s1")]
    now = keep_ids([story("ab"), story("cde")], former)
    assert ids(now)["cde"] == "s1"
    assert ids(now)["ab"] == content_id("s", *"ab")
    assert told(former, now) == {("cde", "kept", ("s1",)), ("ab", "split", ("s1",))}


def test_no_two_stories_share_an_id() -> None:
    # "ab" grew to "abcde" and kept the id of its content; the part "ab" that splits off again has that content
    grown = story("abcde", content_id("s", *"ab"))
    now = keep_ids([story("ab"), story("cde")], [grown])
    assert ids(now)["cde"] == grown.id
    assert len(set(ids(now).values())) == 2


def test_reports_that_are_gone() -> None:
    former = [story("ab", "s1"), story("c", "s2")]
    now = keep_ids([story("a")], former)
    assert ids(now) == {"a": "s1"}
    assert told(former, now) == {("a", "kept", ("s1",)), ("c", "ended", ())}


def test_one_report_in_two_former_stories() -> None:
    former = [story("ab", "s1"), story("bc", "s2")]
    now = keep_ids([story("abc")], former)
    assert ids(now) == {"abc": "s1"}


@pytest.mark.parametrize("seed", range(5))
def test_order_tells_nothing(seed: int) -> None:
    rng = random.Random(seed)
    reports = "abcdefghijklmnop"
    former = [story("".join(part), f"s{k}") for k, part in enumerate(parts(rng, reports))]
    now = [story("".join(part)) for part in parts(rng, reports + "xyz")]
    first = keep_ids(now, former)
    rng.shuffle(former)
    rng.shuffle(now)
    assert keep_ids(now, former) == first
    assert changes_since(former, keep_ids(now, former)) == changes_since(sorted(former, key=lambda s: s.id), first)
    assert len({one.id for one in first}) == len(first)


def parts(rng: random.Random, reports: str) -> list[list[str]]:
    found: list[list[str]] = [[] for _ in range(6)]
    for report in reports:
        rng.choice(found).append(report)
    return [sorted(part) for part in found if part]


def test_what_a_run_wrote_is_read_again(tmp_path: Path) -> None:
    stories = (story("ab", "s1"), story("c", "s2"))
    (tmp_path / "s.jsonl").write_bytes(to_json_lines(stories))
    assert read_stories(tmp_path / "s.jsonl") == stories
    (tmp_path / "none.jsonl").write_bytes(b"")
    assert read_stories(tmp_path / "none.jsonl") == ()


DEEP = b'{"id": ' + b"[" * 100_000


@pytest.mark.parametrize(
    "data", [b"x", b'{"id": "s1"}\n', b"\xff\xfe\n", b'{"schema": 3}', DEEP, b'{"schema": ' + DEEP]
)
def test_other_files_are_refused_with_the_next_step(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad").write_bytes(data)
    with pytest.raises(BadUsage, match=r"holds no stories .*: give the file that `stemma stories -o FILE.jsonl`"):
        read_stories(tmp_path / "bad")
    with pytest.raises(BadUsage, match="check the name after --since"):
        read_stories(tmp_path / "none")
