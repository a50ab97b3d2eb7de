"""``./run bench corpus``: Stemma's passages beside rensa, datasketch and text-dedup on the same piles in one run.

    ./run bench corpus                       10,000 and 20,000 generated reports, and ../shared/eval/reuse where it is
    ./run bench corpus 100000 400000         these sizes
    ./run bench corpus --tools stemma rensa  these tools only
    ./run bench corpus 400000 --rows F       keep the rows in the file F and show those of earlier runs in it, too
    ./run bench corpus --figures             also write the tables into docs/figures.md

The peers are installed into a virtual environment of their own (out/bench-peers), so that Stemma depends on none of them.
Every tool runs in a fresh process. Both ratios are shown: by processor seconds, which is what can be compared where the machine is
shared, and by wall clock, where Stemma has both cores and the peers as many as their own calls use.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from corpus_pile import write_pile
from corpus_score import Found, score
from corpus_table import Row, text_of
from figures import ROOT, write_figures

EVAL = ROOT.parent / "shared" / "eval"
PEERS = ROOT / "out" / "bench-peers"
PACKAGES = ("rensa==0.5.0", "datasketch==2.0.0", "text-dedup==0.4.0")
TOOLS = ("stemma", "rensa", "rensa-reuse", "datasketch", "datasketch-reuse", "text-dedup")
# the largest pile each tool is run on: beyond it takes half an hour or all memory and tells nothing new
UP_TO = {
    "stemma": 10**9, "rensa": 100_000, "rensa-reuse": 20_000, "datasketch": 100_000, "datasketch-reuse": 20_000, "text-dedup": 10_000,
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run bench corpus")
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS))
    parser.add_argument("--up-to", type=int, help="run every tool on piles of up to this size")
    parser.add_argument("--reuse", action="store_true", help="also the corpus of ../shared/eval/reuse")
    parser.add_argument("--rows", type=Path)
    parser.add_argument("--figures", action="store_true")
    options = parser.parse_args()
    measured: list[Row] = json.loads(options.rows.read_text()) if options.rows and options.rows.exists() else []
    with tempfile.TemporaryDirectory() as scratch:
        for size, pile in _piles(
            options.sizes or [10_000, 20_000], Path(scratch), reuse=options.reuse or not options.sizes
        ):
            for tool in options.tools:
                if size <= max(UP_TO[tool], options.up_to or 0) and (row := _run(tool, pile, Path(scratch))):
                    measured = [one for one in measured if (one["tool"], one["name"]) != (tool, pile.stem)]
                    measured.append({"tool": tool, "size": size, "name": pile.stem, **row})
                    if options.rows:
                        options.rows.write_text(json.dumps(measured, indent=1))
                    print(f"{tool}, {size:,} reports: {row['cpu']:.1f} processor seconds", file=sys.stderr, flush=True)
    text = text_of(sorted(measured, key=lambda row: (row["size"], row["name"], TOOLS.index(row["tool"]))))
    print(text)
    if options.figures:
        write_figures("bench-corpus", text)
    return 0


def _piles(sizes: list[int], scratch: Path, *, reuse: bool) -> Any:
    if reuse and (EVAL / "reuse").exists():
        pile = scratch / "reuse.jsonl"
        with gzip.open(EVAL / "reuse" / "docs.jsonl.gz", "rt", encoding="utf-8") as source:
            pile.write_text(source.read(), encoding="utf-8")
        yield sum(1 for _ in pile.open("rb")), pile
    for size in sizes:
        pile = scratch / f"generated-{size}.jsonl"
        write_pile(pile, size)
        yield size, pile


def _run(tool: str, pile: Path, scratch: Path) -> Row | None:
    out = scratch / f"{tool}.out"
    python = sys.executable if tool == "stemma" else _peers()
    if python is None:
        print(f"{tool}: left out, the peers could not be installed", file=sys.stderr)
        return None
    call = [python, str(ROOT / "bench" / "corpus_one.py"), tool, str(pile), str(out)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{tool}: left out, it failed:\n{done.stderr[-600:]}", file=sys.stderr)
        return None
    row: Row = {**json.loads(done.stdout.splitlines()[-1]), "load": os.getloadavg()[0]}
    if tool != "text-dedup":
        row |= _judged(tool, pile, out)
    return row


def _peers() -> str | None:
    """The interpreter with the peers, installed once."""
    python = PEERS / "bin" / "python"
    stamp = PEERS / ".installed"
    if not stamp.exists() or stamp.read_text() != repr(PACKAGES):
        print(f"bench: installing {', '.join(PACKAGES)} into {PEERS}", file=sys.stderr)
        quiet = {"check": False, "stdout": subprocess.DEVNULL}
        subprocess.run([sys.executable, "-m", "venv", str(PEERS)], **quiet)  # type: ignore[call-overload]
        each = [subprocess.run([str(python), "-m", "pip", "install", "-q", one], **quiet) for one in PACKAGES]  # type: ignore[call-overload]
        if any(done.returncode for done in each[:2]):
            return None
        stamp.write_text(repr(PACKAGES))
    return str(python)


def _judged(tool: str, pile: Path, out: Path) -> Row:
    if tool == "stemma":
        found = _spans(out)
    else:
        with out.open(encoding="utf-8") as lines:
            found = {(a, b): ([], []) for a, b in map(json.loads, lines)}
    if pile.stem != "reuse":
        return score(pile, found, spans=tool == "stemma")
    return _judged_by_eval(pile, found, out)


def _spans(out: Path) -> Found:
    """The passages of a Parquet file by pair, without boilerplate."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    found: Found = defaultdict(lambda: ([], []))
    for batch in pq.ParquetFile(out).iter_batches():
        for row in batch.filter(pc.not_equal(batch["kind"], "boilerplate")).to_pylist():
            left, right = found[row["a"]["report"], row["b"]["report"]]
            left.append((row["a"]["start"], row["a"]["end"]))
            right.append((row["b"]["start"], row["b"]["end"]))
    return found


def _judged_by_eval(pile: Path, found: Found, out: Path) -> Row:
    """The figures of ../shared/eval's own scorer; tools without offsets are given whole texts, their characters left out."""
    with pile.open(encoding="utf-8") as lines:
        length = {row["id"]: len(row["text"]) for row in map(json.loads, lines)}
    predictions = out.with_suffix(".predictions.jsonl")
    spans = any(left for left, _ in found.values())
    with predictions.open("w", encoding="utf-8") as lines:
        for (a, b), (left, right) in found.items():
            for one, two in zip(left or [(0, length[a])], right or [(0, length[b])], strict=True):
                sides = {
                    name: {"report": report, "start": start, "end": end}
                    for name, report, (start, end) in (("a", a, one), ("b", b, two))
                }
                lines.write(json.dumps({**sides, "kind": "near"}) + "\n")
    call = [sys.executable, str(EVAL / "score.py"), "reuse", str(EVAL / "reuse"), str(predictions), "--json"]
    result = json.loads(subprocess.run(call, capture_output=True, text=True, check=True).stdout)
    return {
        "precision": result["pairs"]["p"],
        "recall": result["pairs"]["r"],
        "kinds": {kind: value["pair_recall"] for kind, value in result["by_kind"].items()},
        "chars_recall": result["chars"]["r"] if spans else None,
        "chars_precision": result["chars"]["p"] if spans else None,
    }


if __name__ == "__main__":
    sys.exit(main())
