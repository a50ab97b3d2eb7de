"""``./run eval``: every set of ../shared/eval through stemma's own commands and its score.py, beside the bars and the floors.

    ./run eval                 all sets; exit status 1 when a figure fell below its floor
    ./run eval quotes dates    the sets whose name starts so
    ./run eval --raise         write what was measured into eval/floors.json where it is better (floors only rise)
    ./run eval --figures       also write the table into docs/figures.md

Nothing is measured through a side door: the texts go to the command line's own commands, what they print goes to score.py.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import hashlib
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sets import SETS, Figure, Set

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "eval"
FLOORS = ROOT / "eval" / "floors.json"
SLACK = 0.0005  # figures are kept to three digits


def main() -> int:
    options = _options()
    if not (DATA / "score.py").exists():
        print(f"eval: skipped, {DATA} is not here")
        return 0
    chosen = [s for s in SETS if not options.sets or s.name.startswith(tuple(options.sets))]
    floors: dict[str, float] = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    rows: list[tuple[str, float | None, Figure, float | None]] = []
    with tempfile.TemporaryDirectory() as scratch:
        for one in chosen:
            started = time.perf_counter()
            result = measure(one, Path(scratch))
            print(f"{one.name}: {time.perf_counter() - started:.1f} s", file=sys.stderr, flush=True)
            rows += [
                (f"{one.name} {f.path}", dig(result, f.path), f, floors.get(f"{one.name} {f.path}"))
                for f in one.figures
            ]
    table = _table(rows)
    if not options.sets:
        table += "\n\n" + seeds_table()
    print(table)
    if options.raise_floors:
        FLOORS.write_text(json.dumps(_raised(floors, rows), indent=1, sort_keys=True) + "\n")
    if options.figures:
        sys.path.insert(0, str(ROOT / "bench"))
        from figures import write_figures

        write_figures("eval", table, f", data {fingerprint()}, one default setting for all sets")
    fallen = [name for name, value, figure, floor in rows if _fell(value, figure, floor)]
    for name in fallen:
        print(f"eval: {name} fell below its floor {floors[name]}", file=sys.stderr)
    return 1 if fallen else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run eval")
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--raise", dest="raise_floors", action="store_true")
    parser.add_argument("--figures", action="store_true")
    return parser.parse_args()


def seeds_table() -> str:
    """What is found of the gold of ../shared/seeds; the bars are held by tests/test_seeds.py."""
    sys.path.insert(0, str(ROOT / "tests"))
    from test_seeds import SEEDS, figures

    if not (SEEDS / "gold.json").exists():
        return "seeds: skipped, the five reports are not here"
    rows = [f"| {name} | {value} |" for name, value in figures().items()]
    return "\n".join(["| the five reports of ../shared/seeds | found |", "| --- | --- |", *rows])


def measure(one: Set, scratch: Path) -> dict[str, Any]:
    """The figures of one set: the command's output, scored."""
    predictions = scratch / "predictions.jsonl"
    gold = DATA / one.gold
    if one.prepare == "cases":
        _each_case(gold, one.command, scratch, predictions)
    else:
        given = gold
        if one.prepare:
            given = scratch / "reports.jsonl"
            _reuse_reports(gold, given, timed=one.prepare == "reuse")
        stemma(one.command, str(given), "-o", str(predictions), "--quiet")
    call = [sys.executable, str(DATA / "score.py"), one.task, str(gold), str(predictions), "--json"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"eval: score.py refused the output of `stemma {one.command}` on {one.name}: {done.stderr}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def stemma(*arguments: str) -> None:
    """Run a command of stemma in this process, as the command line does."""
    from stemma.cli import group

    with contextlib.redirect_stdout(io.StringIO()):
        group.main(list(arguments), prog_name="stemma", standalone_mode=False)


def _reuse_reports(folder: Path, target: Path, *, timed: bool) -> None:
    with (
        gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as source,
        target.open("w", encoding="utf-8") as out,
    ):
        for line in source:
            row = json.loads(line)
            if not timed:
                row.pop("published", None)
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _each_case(gold: Path, command: str, scratch: Path, predictions: Path) -> None:
    """Each case is one story as handed in."""
    given, found = scratch / "case.jsonl", scratch / "case.out.jsonl"
    with predictions.open("w", encoding="utf-8") as out:
        for case in _rows(gold):
            given.write_text(
                "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in case["reports"]), encoding="utf-8"
            )
            stemma(command, str(given), "-o", str(found), "--one-story", "--quiet")
            for row in _rows(found):
                out.write(json.dumps({"case": case["case"], **row}, ensure_ascii=False) + "\n")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def dig(result: dict[str, Any], path: str) -> float | None:
    """The number at a dotted path, None where the scorer gives none."""
    value: Any = result
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return None if value is None else round(float(value), 4)


def _fell(value: float | None, figure: Figure, floor: float | None) -> bool:
    if floor is None:
        return False
    if value is None:
        return True
    return value > floor + SLACK if figure.lower else value < floor - SLACK


def _raised(floors: dict[str, float], rows: list[tuple[str, float | None, Figure, float | None]]) -> dict[str, float]:
    """The floors, each moved to what was measured where that is better; none is lowered."""
    raised = dict(floors)
    for name, value, figure, floor in rows:
        if value is not None:
            better = min if figure.lower else max
            raised[name] = round(value if floor is None else better(value, floor), 3)
    return raised


def _table(rows: list[tuple[str, float | None, Figure, float | None]]) -> str:
    out = ["| figure | measured | bar | peer | floor | |", "| --- | --- | --- | --- | --- | --- |"]
    for name, value, figure, floor in rows:
        shown = [_show(x) for x in (value, figure.bar, figure.peer, floor)]
        out.append(
            f"| {name}{' (lower is better)' if figure.lower else ''} | {' | '.join(shown)} | {_verdict(value, figure)} |"
        )
    return "\n".join(out)


def _show(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _verdict(value: float | None, figure: Figure) -> str:
    if figure.bar is None:
        return ""
    if value is None:
        return "not given"
    met = value <= figure.bar + SLACK if figure.lower else value >= figure.bar - SLACK
    return "met" if met else "below"


def fingerprint() -> str:
    """The first 12 hex digits of the sha256 over names and contents of the evaluation data."""
    digest = hashlib.sha256()
    for path in sorted(DATA.rglob("*.jsonl*")):
        digest.update(path.relative_to(DATA).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


if __name__ == "__main__":
    sys.exit(main())
