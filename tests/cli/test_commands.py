"""The command line as a user meets it: exit status, files, streams, bad input. Each call is a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import jsonschema
import pytest

from stemma.schema import json_schema

LIST_COMMANDS = [
    "stories",
    "passages",
    "lineage",
    "quotes",
    "utterances",
    "dates",
    "statements",
    "disagreements",
    "timeline",
    "interactions",
    "situation",
    "actors",
]


def stemma(
    *arguments: object, stdin: bytes | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    call = [sys.executable, "-m", "stemma", *map(str, arguments)]
    return subprocess.run(call, input=stdin, capture_output=True, cwd=cwd, timeout=120, check=False)


@pytest.fixture(scope="module")
def pile(examples: Path) -> Path:
    return examples / "harbour"


def test_help_is_fast_and_names_all_commands() -> None:
    started = time.perf_counter()
    out = stemma("--help").stdout.decode()
    assert time.perf_counter() - started < 2.0  # the bar is 0.5 s on an idle machine; CI machines are not
    assert all(f"  {name} " in out for name in (*LIST_COMMANDS, "report", "read", "brief", "explain"))


def test_a_misspelt_command_a_wrong_language_and_a_page_of_lines_are_refused_with_what_to_do(pile: Path) -> None:
    for call, hint in (
        (("repor", pile), b"Did you mean 'report'"),
        (("brief", pile, "--language", "klingon"), b"write en, nb, de"),
        (("quotes", pile, "-o", "quotes.html"), b"stemma report"),
    ):
        done = stemma(*call)
        assert done.returncode == 2 and hint in done.stderr


def test_the_help_of_every_command_needs_click_and_nothing_else() -> None:
    """Starting the command line stays under half a second, whatever the machine: by what is imported, not by the clock."""
    code = (
        "import sys; before = set(sys.modules); from stemma.cli import COMMANDS, group; import click;"
        "[group.get_command(click.Context(group), name).get_help(click.Context(group)) for name in COMMANDS];"
        "roots = {name.partition('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names;"
        "ours = {name for name in sys.modules if name.startswith('stemma.') and not name.startswith('stemma.cli')};"
        "print(sorted(roots), sorted(ours))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['click', 'stemma'] ['stemma.errors', 'stemma.version']"


def test_five_reports_import_nothing_heavy(examples: Path, tmp_path: Path) -> None:
    code = (
        "import sys, stemma; stemma.analyse(stemma.read_reports([sys.argv[1]]).reports);"
        "print(sorted({'numba', 'pyarrow', 'pyspark', 'py3langid', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(examples / "harbour")], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"


@pytest.mark.parametrize("command", LIST_COMMANDS)
def test_a_list_command_prints_json_lines(command: str, pile: Path) -> None:
    done = stemma(command, pile)
    assert done.returncode == 0, done.stderr.decode()
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert rows and all(isinstance(row, dict) for row in rows)


@pytest.mark.parametrize("command", LIST_COMMANDS)
def test_a_command_with_nothing_to_say_writes_its_empty_file(command: str, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Rain is falling on the quiet hills.\n", encoding="utf-8")
    done = stemma(command, tmp_path / "one.txt", "-o", tmp_path / "out.jsonl")
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "out.jsonl").exists()


def test_report_writes_page_json_and_markdown(pile: Path, tmp_path: Path) -> None:
    done = stemma(
        "report", pile, "-o", tmp_path / "r.html", "--json", tmp_path / "r.json", "--markdown", tmp_path / "r.md"
    )
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "r.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert (tmp_path / "r.md").stat().st_size > 500
    written = json.loads((tmp_path / "r.json").read_bytes())
    jsonschema.validate(written, json_schema())
    assert written["schema"] == "stemma.dossiers/1"
    assert b"independent source" in done.stdout


def test_two_runs_are_the_same_but_for_made(pile: Path, tmp_path: Path) -> None:
    runs = []
    for name in ("a.json", "b.json"):
        assert stemma("report", pile, "--json", tmp_path / name, "--quiet").returncode == 0
        runs.append(json.loads((tmp_path / name).read_bytes()))
        del runs[-1]["made"]
    assert json.dumps(runs[0]) == json.dumps(runs[1])


def test_json_on_standard_output_is_only_json(pile: Path) -> None:
    done = stemma("report", pile, "--json", "-")
    assert json.loads(done.stdout)["dossiers"]
    assert b"independent source" in done.stderr


def test_reports_from_standard_input() -> None:
    rows = [
        {"text": "Chile expelled two Kenyan diplomats.", "source": "The Quay Post", "date": "2026-02-03", "id": "x"}
    ]
    done = stemma("read", "-", stdin="".join(json.dumps(r) + "\n" for r in rows).encode())
    row = json.loads(done.stdout)
    assert (row["id"], row["outlet"], row["published"]) == ("x", "The Quay Post", "2026-02-03")
    assert row["text"] == rows[0]["text"]


def test_the_table_can_be_edited_and_handed_in(pile: Path, tmp_path: Path) -> None:
    assert stemma("read", pile, "-o", tmp_path / "pile.csv").returncode == 0
    direct = stemma("read", pile).stdout.decode().splitlines()
    again = stemma("read", tmp_path / "pile.csv").stdout.decode().splitlines()
    texts = [sorted((json.loads(line)["id"], json.loads(line)["text"]) for line in lines) for lines in (direct, again)]
    assert texts[0] == texts[1]


def test_parquet(pile: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    assert stemma("quotes", pile, "-o", tmp_path / "q.parquet").returncode == 0
    assert "content" in pq.read_table(tmp_path / "q.parquet").column_names


def test_explain_replays_the_reasons(pile: Path) -> None:
    line = json.loads(stemma("disagreements", pile).stdout.decode().splitlines()[0])
    done = stemma("explain", line["id"], pile)
    assert done.returncode == 0, done.stderr.decode()
    assert "the same when run again" in done.stdout.decode()
    assert "when run again)" in done.stdout.decode() and "[+-]" not in done.stdout.decode()


def test_explain_says_who_the_ids_are(pile: Path) -> None:
    line = json.loads(stemma("disagreements", pile).stdout.decode().splitlines()[0])
    said = stemma("explain", line["id"], pile).stdout.decode()
    reports = {one["id"]: one for one in map(json.loads, stemma("read", pile).stdout.decode().splitlines())}
    for witness in (w for reading in line["readings"] for w in reading["witnesses"]):
        report = reports[witness["report"]]
        (told,) = (one for one in said.splitlines() if one.startswith(f"  {report['id']}  "))
        assert (report["outlet"] or "").split(" · ")[0] in told and (report["title"] or "")[:60] in told


def test_explain_two_reports(pile: Path) -> None:
    ids = [json.loads(line)["id"] for line in stemma("read", pile).stdout.decode().splitlines()][:2]
    done = stemma("explain", *ids, pile)
    assert done.returncode == 0, done.stderr.decode()
    assert "stand in" in done.stdout.decode()


# ------------------------------------------------------------------------------------------------ when things go wrong


def test_nothing_readable_is_status_1_and_says_the_next_step(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    done = stemma("report", tmp_path, "-o", tmp_path / "out.html")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"2 set aside" in done.stderr and b"stemma" in done.stderr
    assert not (tmp_path / "out.html").exists()


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["report"], ["report", "--workers", "0", "x"], ["explain", "only-an-id"]]
)
def test_wrong_usage_is_status_2(arguments: list[str]) -> None:
    done = stemma(*arguments)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_some_set_aside_is_still_status_0(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Ghana and Chile signed a treaty in Lorvik on Monday.\n", encoding="utf-8")
    (tmp_path / "bad.jsonl").write_text('{"text": "Kenya met Peru."}\n{"text": \n', encoding="utf-8")
    zipfile.ZipFile(tmp_path / "empty.zip", "w").close()
    done = stemma("stories", tmp_path)
    assert done.returncode == 0
    assert b"2 set aside: bad.jsonl#2, empty.zip\n" in done.stderr
    assert sum(len(json.loads(line)["reports"]) for line in done.stdout.decode().splitlines()) == 2


def test_a_file_that_is_not_there_is_named_in_the_summary(pile: Path, tmp_path: Path) -> None:
    done = stemma("report", pile, tmp_path / "nowhere.txt", "-o", tmp_path / "out.html")
    assert done.returncode == 0
    assert b"1 set aside: nowhere.txt" in done.stderr and b"there is no such file" in done.stderr
    assert b"1 input set aside (nowhere.txt): the page says why" in done.stdout


def test_a_date_that_is_not_read_is_said_with_its_row_and_counted(tmp_path: Path) -> None:
    pile = tmp_path / "pile.csv"
    rows = ['"The mayor of Tarn opened the quay on Monday.",2031-04-03', '"The quay of Tarn is shut.",03/04/2031']
    pile.write_text("\n".join(["text,published", *rows]), encoding="utf-8")
    done = stemma("report", pile, "-o", tmp_path / "out.html", "--json", tmp_path / "out.json")
    assert done.returncode == 0 and b"1 date of the tables not read" in done.stdout
    assert f'{pile}#2: date "03/04/2031" not read'.encode() in done.stderr and b"1 date not read" in done.stderr
    (line,) = json.loads((tmp_path / "out.json").read_text())["not_compared"]
    assert line["what"] == f"{pile}#2" and "two meanings" in line["reason"]
    assert "two meanings" in (tmp_path / "out.html").read_text(encoding="utf-8")


def test_the_same_report_twice_is_said(tmp_path: Path) -> None:
    text = "Ghana and Chile signed a treaty in Lorvik on Monday.\n"
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "x", "text": text}) + "\n", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "x", "text": text}) + "\n", encoding="utf-8")
    done = stemma("report", tmp_path, "--json", "-", "--quiet")
    assert "handed in twice" in json.dumps(json.loads(done.stdout)["not_compared"])


def test_output_that_cannot_be_written_leaves_nothing(pile: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    done = stemma("stories", pile, "-o", tmp_path / "file" / "such" / "folder.jsonl")
    assert done.returncode == 1
    assert b"cannot be written" in done.stderr and b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_leaves_the_old_file(pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from stemma.cli import output
    from stemma.errors import CannotWrite

    target = tmp_path / "page.html"
    target.write_text("what stood here before", encoding="utf-8")
    real = os.fdopen
    monkeypatch.setattr(
        output.os, "fdopen", lambda handle, mode: (os.close(handle), real(os.open("/dev/full", os.O_WRONLY), mode))[1]
    )
    with pytest.raises(CannotWrite, match="free some space"):
        output.write_file(str(target), lambda file: file.write(b"x" * 100_000))
    assert target.read_text(encoding="utf-8") == "what stood here before"
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def test_ctrl_c_leaves_nothing_and_no_traceback(tmp_path: Path) -> None:
    rows = "".join(
        json.dumps({"id": str(n), "text": f"Chile and Kenya met on Monday for the {n}th time. " * 40}) + "\n"
        for n in range(3000)
    )
    (tmp_path / "many.jsonl").write_text(rows, encoding="utf-8")
    call = [sys.executable, "-m", "stemma", "report", str(tmp_path / "many.jsonl"), "-o", str(tmp_path / "out.html")]
    process = subprocess.Popen(call, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True)
    time.sleep(2.5)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err.decode()
    assert b"Traceback" not in err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["many.jsonl"]


def test_a_reader_that_stops_reading_is_no_error(pile: Path) -> None:
    script = f"{sys.executable} -m stemma passages {pile} | head -n 1"
    done = subprocess.run(["sh", "-c", script], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0 and b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("command", "name", "inside"),
    [
        ("lineage", "tree.graphml", "<graphml"),
        ("interactions", "events.plover.jsonl", '"quad_code"'),
        ("quotes", "spans.annotations.json", "Annotation"),
        ("disagreements", "clashes.csv", "slot"),
    ],
)
def test_formats_of_other_programs(command: str, name: str, inside: str, pile: Path, tmp_path: Path) -> None:
    done = stemma(command, pile, "--one-story", "-o", tmp_path / name)
    assert done.returncode == 0, done.stderr.decode()
    assert inside in (tmp_path / name).read_text(encoding="utf-8-sig")


def test_a_format_that_does_not_hold_the_lines_is_wrong_usage(pile: Path, tmp_path: Path) -> None:
    done = stemma("quotes", pile, "-o", tmp_path / "x.graphml")
    assert done.returncode == 2 and b"stemma lineage" in done.stderr


class TestCorrections:
    ENTRY = '[[correction]]\nkind = "this outlet"\nreport = "{}"\noutlet = "Tind Post"\nwho = "Ida Holm"\nwhen = 2026-03-06\nwhy = "asked"\n'

    def test_on_every_command_that_analyses(self) -> None:
        for name in (*LIST_COMMANDS, "report", "brief", "explain"):
            assert b"--corrections" in stemma(name, "--help").stdout, name

    def test_what_matches_nothing_is_said_and_counted(self, pile: Path, tmp_path: Path) -> None:
        (tmp_path / "desk.toml").write_text(self.ENTRY.format("nowhere.txt") + self.ENTRY.format("09-preview.txt"))
        done = stemma("stories", pile, "--corrections", tmp_path / "desk.toml")
        assert done.returncode == 0
        assert "correction not matched: line 1, this outlet: no report of this pile is called 'nowhere.txt'" in (
            done.stderr.decode()
        )
        assert "1 of 2 corrections not matched" in done.stderr.decode()
        target = tmp_path / "out.json"
        done = stemma("report", pile, "--corrections", tmp_path / "desk.toml", "--json", target)
        assert "2 corrections of yours: 1 took effect, 1 not matched in this pile" in done.stdout.decode()
        found = json.loads(target.read_bytes())
        assert sorted(one["outcome"] for one in found["corrections"]) == ["not matched", "took effect"]
        jsonschema.validate(found, json_schema())

    def test_errors_end_with_the_next_step(self, pile: Path, tmp_path: Path) -> None:
        (tmp_path / "desk.toml").write_text('\n[[correction]]\nkind = "this outlett"\n')
        done = stemma("stories", pile, "--corrections", tmp_path / "desk.toml")
        assert done.returncode == 2
        assert "desk.toml, line 2: kind is 'this outlett'; write one of: same story" in done.stderr.decode()

    def test_the_file_is_never_overwritten(self, pile: Path, tmp_path: Path) -> None:
        file = tmp_path / "desk.jsonl"
        file.write_text(self.ENTRY.format("09-preview.txt"))
        assert stemma("stories", pile, "--corrections", file, "-o", file).returncode == 2
        assert file.read_text().startswith("[[correction]]")


class TestSince:
    def test_ids_are_kept_and_the_log_says_what_became_of_them(self, pile: Path, tmp_path: Path) -> None:
        first, second, log = (tmp_path / name for name in ("first.jsonl", "second.jsonl", "log.jsonl"))
        assert stemma("stories", pile / "01-wire.txt", pile / "10-other-event.txt", "-o", first).returncode == 0
        assert stemma("stories", pile, "--since", first, "-o", second, "--changes", log).returncode == 0
        before, now, changes = ([json.loads(line) for line in f.read_text().splitlines()] for f in (first, second, log))
        assert {one["id"] for one in before} == {one["id"] for one in now}
        assert [(one["kind"], one["from"]) for one in changes] == [("kept", [one["id"]]) for one in changes]
        dossiers = tmp_path / "all.json"
        assert stemma("report", pile, "--since", first, "--json", dossiers, "--changes", log).returncode == 0
        assert {d["story"]["id"] for d in json.loads(dossiers.read_bytes())["dossiers"]} == {one["id"] for one in now}
        assert stemma("stories", pile, "--since", dossiers, "-o", first).returncode == 0
        assert first.read_text() == second.read_text()

    def test_the_file_may_be_kept_up_to_date_in_place(self, pile: Path, tmp_path: Path) -> None:
        file = tmp_path / "stories.jsonl"
        assert stemma("stories", pile, "-o", file).returncode == 0
        text = file.read_text()
        assert stemma("stories", pile, "--since", file, "-o", file).returncode == 0
        assert file.read_text() == text

    def test_changes_need_former_stories(self, pile: Path, tmp_path: Path) -> None:
        done = stemma("stories", pile, "--changes", tmp_path / "log.jsonl")
        assert done.returncode == 2
        assert b"name their file with --since" in done.stderr


def test_an_encoder_that_is_not_here_is_an_error_with_the_next_step(pile: Path) -> None:
    done = stemma("stories", pile, "--encoder", "no-such-model-anywhere")
    assert done.returncode in (1, 2)  # without the library, or without the model
    assert b"pip install" in done.stderr or b"give the folder that holds it" in done.stderr
