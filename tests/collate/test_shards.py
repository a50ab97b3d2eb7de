"""The passage index on disk: the same passages whatever the order, the parts, the workers, and however often it was killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from piles import random_pile

from stemma.collate import find_passages
from stemma.errors import BadUsage

pytest.importorskip("numba", reason="the kernels need numba")
pytest.importorskip("pyarrow", reason="passages come as Arrow batches")

from stemma.collate import shards, shards_index, shards_work
from stemma.collate.shards import Settings, Text, add, passages, text_of, write_parquet

ONE = Settings(workers=1)


@pytest.fixture(scope="module")
def pile() -> list[Text]:
    return [text_of(one) for one in random_pile(random.Random(11), 60)]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many parts and blocks, as with a large pile."""
    monkeypatch.setattr(shards, "PART", 2_000)
    monkeypatch.setattr(shards_work, "BLOCK", 5)


def rows(folder: Path, settings_: Settings = ONE) -> list[dict[str, Any]]:
    return [row for batch in passages(folder, settings_) for row in batch.to_pylist()]


def expected(texts: Iterable[Text]) -> list[dict[str, Any]]:
    from stemma.records import Annotated, Report, Span

    reports = [Report(id=t.id, text=t.text, outlet=t.outlet, body=tuple(Span(*s) for s in t.own)) for t in texts]
    pile = [Annotated(report=r, sentences=(), tokens=(), anchors=(), names=(), numbers=(), dates=()) for r in reports]
    return [
        {
            "a": {"report": p.a.report, "start": p.a.start, "end": p.a.end},
            "b": {"report": p.b.report, "start": p.b.start, "end": p.b.end},
            "kind": p.kind,
            "similarity": p.similarity,
        }
        for p in find_passages(pile)
    ]


@pytest.mark.parametrize("workers", [1, 3])
def test_many_parts_and_blocks_give_what_the_reference_gives(
    tmp_path: Path, pile: list[Text], small: None, workers: int
) -> None:
    assert add(pile, tmp_path, Settings(workers=workers)).new == len(pile)
    found = rows(tmp_path, Settings(workers=workers))
    assert found == expected(pile)
    assert {row["kind"] for row in found} == {"verbatim", "near", "boilerplate"}


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_order_of_the_reports_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, pile: list[Text], seed: int
) -> None:
    turned = random.Random(seed).sample(pile, len(pile))
    folder = tmp_path_factory.mktemp("index")
    add(turned, folder, ONE)
    assert rows(folder) == expected(pile)


def test_reports_added_later_give_the_same_as_all_at_once(tmp_path: Path, pile: list[Text], small: None) -> None:
    add(pile[20:], tmp_path, ONE)
    assert rows(tmp_path) == expected(pile[20:])
    again = add(pile, tmp_path, ONE)
    assert (again.new, again.known) == (20, len(pile) - 20)
    assert rows(tmp_path) == expected(pile)
    assert len(list(tmp_path.glob("work-*"))) == 1


def test_what_a_killed_process_left_behind_is_written_over(
    tmp_path: Path, pile: list[Text], small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = shards_index._write, 0

    def dies(path: Path, size: int, piece: Any) -> int:
        nonlocal calls
        calls += 1
        real(path, size, piece)  # what is written is not in the journal yet
        if calls in (3, 20, 40):
            raise KeyboardInterrupt
        return real(path, size, piece)

    monkeypatch.setattr(shards_index, "_write", dies)
    for _ in range(10):
        try:
            add(pile, tmp_path, ONE)
            break
        except KeyboardInterrupt:
            with (tmp_path / "journal.jsonl").open("ab") as journal:
                journal.write(b'{"sizes": [12')
    assert calls > 40
    assert rows(tmp_path) == expected(pile)


def test_half_a_step_is_done_again(tmp_path: Path, pile: list[Text], small: None) -> None:
    add(pile, tmp_path, ONE)
    step = passages(tmp_path, ONE)
    next(step)
    step.close()
    work = next(tmp_path.glob("work-*"))
    (work / "runs").unlink()
    (work / "runs-1").rename(work / "runs-1.99.part")
    (work / "sides-2").unlink()
    for name in ("postings-0", "text"):  # gone with the step that was done: made again where a run is missing
        assert not (work / name).exists()
    assert rows(tmp_path) == expected(pile)
    assert not list(work.glob("*.part"))


SCRIPT = """
import sys, random
sys.path[:0] = {tests!r}
from pathlib import Path
from piles import random_pile
from stemma.collate import shards, shards_work
shards.PART, shards_work.BLOCK = 2_000, 5
pile = [shards.text_of(one) for one in random_pile(random.Random(11), 60)]
print("ready", flush=True)
shards.add(pile, Path({folder!r}), shards.Settings(workers=1))
shards.write_parquet(Path({folder!r}), Path({target!r}), shards.Settings(workers=1))
"""


@pytest.mark.slow
def test_killed_at_random_moments_and_called_again(tmp_path: Path, pile: list[Text]) -> None:
    import pyarrow.parquet as pq

    target = tmp_path / "passages.parquet"
    script = SCRIPT.format(
        tests=[*map(str, Path(__file__).parents[:2])], folder=str(tmp_path / "index"), target=str(target)
    )
    rng = random.Random(3)
    for _ in range(6):
        process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
        assert process.stdout
        process.stdout.readline()
        time.sleep(rng.random() * 0.6)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    subprocess.run([sys.executable, "-c", script], check=True)
    assert pq.read_table(target).to_pylist() == expected(pile)
    assert not target.with_name("passages.parquet.part").exists()


def test_parquet_holds_the_line_format(tmp_path: Path, pile: list[Text]) -> None:
    import pyarrow.parquet as pq

    add(pile, tmp_path / "index", ONE)
    count = write_parquet(tmp_path / "index", tmp_path / "passages.parquet", ONE)
    table = pq.read_table(tmp_path / "passages.parquet")
    assert table.schema.equals(shards.schema())
    assert table.num_rows == count == len(expected(pile))


def test_progress_is_told(tmp_path: Path, pile: list[Text], small: None) -> None:
    told: list[tuple[str, int, int]] = []
    add(pile, tmp_path, ONE, lambda *step: told.append(step))
    list(passages(tmp_path, ONE, lambda *step: told.append(step)))
    assert {step for step, *_ in told} >= {"reading", "grams", "runs", "boilerplate", "passages"}
    assert told[-1][1] == told[-1][2]


def test_an_empty_index_has_no_passages(tmp_path: Path) -> None:
    assert add([], tmp_path, ONE).new == 0
    assert rows(tmp_path) == []


def test_one_id_for_two_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match="the id a "):
        add([Text("a", "one text"), Text("a", "another text")], tmp_path, ONE)


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").write_text("dear diary\n")
    with pytest.raises(BadUsage, match="name an empty folder"):
        add([Text("a", "one text")], tmp_path, ONE)


def test_an_index_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").write_text('{"format": "stemma.passages/2"}\n{"sizes": [1, 2, 3, 4, 5, 6, 7]}\n')
    with pytest.raises(BadUsage, match="of another version; name an empty folder"):
        add([Text("a", "one text")], tmp_path, ONE)
