"""``stemma corpus``: the tables say what ``analyse`` says, whatever the workers, the order of the inputs and the interruptions."""

from __future__ import annotations

import hashlib
import json
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

pytest.importorskip("pyarrow", reason="a corpus needs the extra corpus")
pytest.importorskip("numba", reason="a corpus needs the extra corpus")
import pyarrow.parquet as pq

from stemma import analyse
from stemma.aliases import Alias
from stemma.arrow import rows_of
from stemma.corpus import Settings, build
from stemma.corpus.lock import locked
from stemma.corpus.tables import lines_of, tables
from stemma.errors import BadUsage, NothingRead
from stemma.read import read
from stemma.run import lines

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))
from generate import write_pile

COUNT = 40


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two files of reports, one handed in twice; a file that cannot be read."""
    folder = tmp_path_factory.mktemp("inputs")
    write_pile(folder / "all", COUNT)
    rows = (folder / "all").read_text(encoding="utf-8").splitlines()
    (folder / "all").unlink()
    (folder / "a.jsonl").write_text("\n".join(rows[:30]) + "\n", encoding="utf-8")
    (folder / "b.jsonl").write_text("\n".join(rows[29:]) + '\n{"no": "text"}\n', encoding="utf-8")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00")
    return folder


@pytest.fixture(scope="module")
def corpus(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "out"
    build([str(inputs)], folder, workers=1)
    return folder


def table(folder: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(folder / name).to_pylist()
    return found


def ordered(rows: Iterable[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True, default=str) for row in rows)


def contents(folder: Path) -> dict[str, str]:
    """Every file that a reader of the corpus sees, and a hash of it."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_tables_say_what_analyse_says(inputs: Path, corpus: Path) -> None:
    reading = read([str(inputs)])
    dossiers = analyse(reading.reports, set_aside=reading.set_aside, workers=1)
    for name, kind in tables().items():
        if name in ("passages", "reports", "set_aside", "not_compared"):
            continue
        wanted = [
            row
            for one in dossiers.dossiers
            for row in rows_of(lines_of(one)[name], kind.record, **({"story": one.story.id} if kind.before else {}))
        ]
        assert ordered(table(corpus, name)) == ordered(wanted), name
    for name in ("reports", "set_aside", "not_compared"):
        assert ordered(table(corpus, name)) == ordered(rows_of(getattr(dossiers, name), tables()[name].record)), name
    shared = rows_of(lines(reading.reports, "passages", workers=1), tables()["passages"].record)
    assert ordered({k: v for k, v in row.items() if k != "story"} for row in table(corpus, "passages")) == ordered(
        shared
    )


def test_every_table_is_there_with_its_columns(corpus: Path) -> None:
    manifest = json.loads((corpus / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["tables"]) == list(tables())
    for name, kind in tables().items():
        assert pq.read_table(corpus / name).schema.equals(kind.schema), name
        assert manifest["tables"][name]["rows"] == len(table(corpus, name))
    assert manifest["tables"]["reports"]["rows"] == COUNT
    assert manifest["inputs"]["reports_read"] == COUNT + 1
    assert manifest["inputs"]["set_aside"] == 2
    assert sum(manifest["set_aside"].values()) == 2
    assert not (corpus / ".work").exists()


def test_rows_are_sorted_by_story_or_id(corpus: Path) -> None:
    for name in ("reports", "stories"):
        ids = [row["id"] for row in table(corpus, name)]
        assert ids == sorted(ids)
    for name in ("quotes", "lineage", "statements", "actors"):
        stories = [row["story"] for row in table(corpus, name)]
        assert stories == sorted(stories)


def test_spans_are_exact(corpus: Path) -> None:
    text = {row["id"]: row["text"] for row in table(corpus, "reports")}
    for row in table(corpus, "passages"):
        if row["kind"] == "verbatim":
            a, b = (text[row[s]["report"]][row[s]["start"] : row[s]["end"]] for s in "ab")
            assert a.split()[1:-1] == b.split()[1:-1]


def test_workers_and_order_change_nothing(inputs: Path, corpus: Path, tmp_path: Path) -> None:
    files = [str(inputs / name) for name in ("picture.txt", "b.jsonl", "a.jsonl")]
    build(files, tmp_path / "two", workers=2)
    assert contents(tmp_path / "two") == contents(corpus)


def test_the_users_aliases(tmp_path: Path) -> None:
    text = "Dock Union leader Ann Marlowe met the board on Monday. The Dockers Guild said the strike would go on."
    (tmp_path / "in.jsonl").write_text(json.dumps({"text": text, "language": "en"}) + "\n", encoding="utf-8")
    aliases = (Alias("Union of Dockers", ("Dock Union", "Dockers Guild"), "organisation"),)
    build([str(tmp_path / "in.jsonl")], tmp_path / "out", settings=Settings(aliases=aliases), workers=1)
    (one,) = (row for row in table(tmp_path / "out", "actors") if row["name"] == "Union of Dockers")
    assert one["mentions"] and {form["text"] for form in one["forms"]} >= {"Dock Union", "Dockers Guild"}
    with pytest.raises(BadUsage, match=r"other settings \(aliases\)"):
        build([str(tmp_path / "in.jsonl")], tmp_path / "out", workers=1)


def test_many_partitions_and_windows(
    inputs: Path, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stemma.corpus.layout.REPORTS_OF_A_PARTITION", 16)
    build([str(inputs)], tmp_path / "parts", workers=1)
    assert len(list((tmp_path / "parts" / "reports").iterdir())) == 4
    for name in tables():
        assert ordered(table(tmp_path / "parts", name)) == ordered(table(corpus, name)), name
    manifest = build([str(inputs)], tmp_path / "windows", settings=Settings(window=20, overlap=2.0), workers=1)
    assert manifest["tables"]["lineage"]["rows"] == COUNT  # every report stands in one story


@pytest.mark.parametrize("kills", [2, pytest.param(10, marks=pytest.mark.slow)])
def test_killed_and_resumed(kills: int, inputs: Path, corpus: Path, tmp_path: Path) -> None:
    """SIGKILL at random moments of a run with two workers; the last run finishes, and nothing differs. On 5,000 reports:
    ``./run bench tables 5000 --kills 10``."""
    out = tmp_path / "out"
    call = [sys.executable, "-m", "stemma", "corpus", str(inputs), "-o", str(out), "--workers", "2", "-q"]
    rng = random.Random(kills)
    for _ in range(kills):
        run = subprocess.Popen(call, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.3, 6.0))
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
    subprocess.run(call, check=True)
    assert contents(out) == contents(corpus)


def test_killed_after_any_step(inputs: Path, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped before every mark in turn: the work of that task is there and not marked, as after a kill between the two."""
    from stemma.corpus.layout import Layout

    mark, stopped = Layout.mark, 0
    for number in range(20):
        calls = iter(range(1_000))

        def stop(self: Layout, *given: Any, calls: Any = calls, number: int = number) -> None:
            if next(calls) == 1:
                raise KeyboardInterrupt
            mark(self, *given)

        monkeypatch.setattr(Layout, "mark", stop)
        try:
            build([str(inputs)], tmp_path / "out", workers=1)
        except KeyboardInterrupt:
            stopped += 1
            continue
        break
    assert stopped >= 5
    assert contents(tmp_path / "out") == contents(corpus)


def test_a_finished_corpus_is_left_alone(inputs: Path, corpus: Path) -> None:
    before = contents(corpus)
    assert build([str(inputs)], corpus, workers=1)["tables"]["reports"]["rows"] == COUNT
    assert contents(corpus) == before


def test_other_inputs_or_settings_are_refused(inputs: Path, corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match=r"other inputs \(3 files"):
        build([str(inputs / "a.jsonl")], corpus)
    with pytest.raises(BadUsage, match=r"other settings \(language\)"):
        build([str(inputs)], corpus, settings=Settings(language="nb"))


def test_a_folder_of_something_else_or_among_the_inputs_is_refused(tmp_path: Path) -> None:
    inputs, foreign = tmp_path / "in", tmp_path / "thesis"
    for folder in (inputs, foreign):
        folder.mkdir()
        (folder / "a.txt").write_text("The ferry to Vannvik sank on Monday, the harbour said.", encoding="utf-8")
    with pytest.raises(BadUsage, match=r"holds a\.txt, which no run"):
        build([str(inputs)], foreign)
    for given in (inputs, tmp_path / "*", tmp_path):
        with pytest.raises(BadUsage, match="is inside"):
            build([str(given)], inputs / "tables")
    assert [path.name for path in (*inputs.iterdir(), *foreign.iterdir())] == ["a.txt", "a.txt"]


def test_a_link_to_nowhere_and_a_name_that_is_no_text(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "a.txt").symlink_to(tmp_path / "gone.txt")
    (inputs / "b.jsonl").symlink_to(tmp_path / "gone.jsonl")
    names = [os.path.join(os.fsencode(inputs), name) for name in (b"c\xff.txt", b"d\xff.jsonl", b"e\xff.jsonl.gz")]
    try:
        for name, data in zip(
            names, (b"The ferry to Vannvik sank.", b'{"text": "Rain fell on Tind."}', b"x"), strict=True
        ):
            Path(os.fsdecode(name)).write_bytes(data)
    except OSError:
        pytest.skip("this file system has no names that are not UTF-8")
    for _ in range(2):  # the second call finds the plan of the first
        build([str(inputs)], tmp_path / "out", workers=1)
    assert {Path(row["read_from"]).name for row in table(tmp_path / "out", "reports")} == {
        "c\ufffd.txt",
        "d\ufffd.jsonl#1",
    }
    aside = {Path(row["read_from"]).name: row["reason"] for row in table(tmp_path / "out", "set_aside")}
    assert sorted(aside) == ["a.txt", "b.jsonl", "e\ufffd.jsonl.gz"]
    assert all("check that it is there" in aside[name] for name in ("a.txt", "b.jsonl"))


def test_two_runs_in_one_folder(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with locked(out):
        done = subprocess.run(
            [sys.executable, "-m", "stemma", "corpus", str(inputs), "-o", str(out)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert "another run of stemma corpus is writing" in done.stderr


def test_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"no": "text"}\n', encoding="utf-8")
    with pytest.raises(NothingRead, match="1 inputs set aside"):
        build([str(tmp_path / "a.jsonl")], tmp_path / "out", workers=1)


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_other_programs_read_it(engine: str, corpus: Path) -> None:
    module = pytest.importorskip(engine, reason=f"{engine} is not installed: its reading of the tables is not tested")
    for name in tables():
        parts = str(corpus / name / "*.parquet")
        if engine == "duckdb":
            ((count,),) = module.sql(f"select count(*) from '{parts}'").fetchall()
        else:
            count = module.scan_parquet(parts).collect().height
        assert count == len(table(corpus, name)), name


def test_the_small_pile_imports_none_of_it(examples: Path) -> None:
    """Reading five reports must not load what only a corpus needs."""
    code = (
        "import sys; from stemma.cli import group; group.main(['report', sys.argv[1], '-o', sys.argv[2], '-q'], standalone_mode=False);"
        "print([name for name in ('numba', 'pyarrow', 'pyspark', 'fastwarc', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(examples / "harbour"), os.devnull], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
