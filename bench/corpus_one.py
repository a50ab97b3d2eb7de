"""One tool on one pile, in a process of its own: ``corpus_one.py TOOL PILE OUT`` writes what it found and prints its figures.

Time is processor time from a list of str (for the largest piles from a stream of JSON Lines, whose parsing is taken off) to the
pairs or passages; importing and, for Stemma, loading compiled code come before. The others make shingles of 5 words in Python, as their manuals show, then 128
permutations by their bulk calls. Each of them at two settings, as a list of copies and a search for reused text want different ones:

    stemma             passages with offsets, default settings
    rensa              copies: 32 bands of 4, candidates checked at an estimated similarity of .5
    rensa-reuse        reused text: 128 bands of 1, candidates checked: 8 shingles in common, which a run of 12 words has
    datasketch         copies: threshold .5 (its own choice of bands), ``MinHash.bulk``, checked at .5
    datasketch-reuse   as rensa-reuse
    text-dedup         copies: its minhash command, threshold .5, xxh3; groups, not pairs; the time is of its whole process
"""

from __future__ import annotations

import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

STREAMED = 200_000  # reports: from here on Stemma reads from a stream and holds no texts
FEW = 1_000  # reports that load all of Stemma before the clock starts
BATCH = 1_000  # texts whose shingles are in memory at once: the fastest for both
PERMUTATIONS, THRESHOLD, GRAM = 128, 0.5, 5
SHARED = 8  # shingles in common: a run of 12 words, the shortest passage Stemma looks for
Pairs = Iterator[tuple[int, int]]
_WORD = re.compile(r"\w+")


def rows(pile: Path) -> Iterator[dict[str, Any]]:
    with pile.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def peak() -> float:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)


def stemma(pile: Path, out: Path) -> dict[str, Any]:
    from stemma.collate import shards

    started = time.process_time()
    with tempfile.TemporaryDirectory() as scratch:  # loads (the first time: compiles) every kernel, and pyarrow
        few = (shards.Text(row["id"], row["text"], row.get("outlet")) for row in islice(rows(pile), FEW))
        shards.add(few, Path(scratch))
        list(shards.passages(Path(scratch)))
    loaded = time.process_time() - started
    streamed = sum(1 for _ in pile.open("rb")) >= STREAMED
    parsing = [0.0]
    reports: Iterable[dict[str, Any]] = _timed(rows(pile), parsing) if streamed else list(rows(pile))
    before = peak()
    folder = Path(tempfile.mkdtemp(prefix="stemma-bench-"))
    wall, cpu = time.perf_counter(), time.process_time()
    shards.add((shards.Text(row["id"], row["text"], row.get("outlet")) for row in reports), folder)
    found = sum(batch.num_rows for batch in shards.passages(folder))
    figures = {
        "cpu": time.process_time() - cpu - parsing[0], "wall": time.perf_counter() - wall, "peak": peak(), "beyond": peak() - before,
        "found": found, "loaded": loaded, "streamed": streamed,
    }  # fmt: skip
    shards.write_parquet(folder, out)
    figures["disk"] = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
    shutil.rmtree(folder)
    return figures


def _timed(reports: Iterator[dict[str, Any]], spent: list[float]) -> Iterator[dict[str, Any]]:
    """The same; what this thread works for them is added to ``spent``."""
    while True:
        started = time.thread_time()
        row = next(reports, None)
        spent[0] += time.thread_time() - started
        if row is None:
            return
        yield row


def shingles(text: str) -> set[str]:
    """Words without punctuation, in one case: else a comma or a capital hides a copy."""
    words = _WORD.findall(text.casefold())
    return {" ".join(words[n : n + GRAM]) for n in range(max(1, len(words) - GRAM + 1))}


def rensa(texts: list[str], reuse: bool) -> Pairs:
    from rensa import RMinHash, RMinHashLSH

    hashes, sets = [], []
    for some in _batches(texts):
        hashes += RMinHash.from_token_sets(some, PERMUTATIONS, 42)
        sets += some if reuse else []
    index = RMinHashLSH(THRESHOLD, PERMUTATIONS, PERMUTATIONS if reuse else 32)
    index.insert_many(hashes)
    found = (near for start in range(0, len(hashes), BATCH) for near in index.query_all(hashes[start : start + BATCH]))
    yield from _checked(found, hashes, sets)


def datasketch(texts: list[str], reuse: bool) -> Pairs:
    from datasketch import MinHash, MinHashLSH

    hashes, sets = [], []
    for some in _batches(texts):
        hashes += MinHash.bulk([[one.encode() for one in each] for each in some], num_perm=PERMUTATIONS)
        sets += some if reuse else []
    bands = {"params": (PERMUTATIONS, 1)} if reuse else {"threshold": THRESHOLD}
    index = MinHashLSH(num_perm=PERMUTATIONS, **bands)
    with index.insertion_session() as session:
        for number, one in enumerate(hashes):
            session.insert(number, one)
    yield from _checked(map(index.query, hashes), hashes, sets)


def _batches(texts: list[str]) -> Iterator[list[set[str]]]:
    for start in range(0, len(texts), BATCH):
        yield [shingles(text) for text in texts[start : start + BATCH]]


def _checked(found: Iterable[list[int]], hashes: list[Any], sets: list[set[str]]) -> Pairs:
    """The candidates of each text that hold: by the shingles in common where they are kept, else by the estimate."""
    for a, near in enumerate(found):
        if sets:
            yield from ((a, b) for b in near if a < b and len(sets[a] & sets[b]) >= SHARED)
        else:
            yield from ((a, b) for b in near if a < b and hashes[a].jaccard(hashes[b]) >= THRESHOLD)


def peer(tool: str, pile: Path, out: Path) -> dict[str, Any]:
    name, _, setting = tool.partition("-")
    __import__(name)
    ids, texts = [], []
    for row in rows(pile):
        ids.append(row["id"])
        texts.append(row["text"])
    before = peak()
    wall, cpu = time.perf_counter(), time.process_time()
    pairs = list({"rensa": rensa, "datasketch": datasketch}[name](texts, setting == "reuse"))
    figures = {
        "cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "peak": peak(), "beyond": peak() - before,
        "found": len(pairs),
    }  # fmt: skip
    with out.open("w", encoding="utf-8") as lines:
        for a, b in pairs:
            lines.write(json.dumps(sorted((ids[a], ids[b]))) + "\n")
    return figures


def text_dedup(pile: Path, out: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as scratch:
        call = [
            sys.executable, "-m", "text_dedup.minhash", "--path", "json", "--data_files", str(pile), "--split", "train",
            "--cache_dir", f"{scratch}/cache", "--output", f"{scratch}/out", "--column", "text", "--ngram", str(GRAM),
            "--threshold", str(THRESHOLD), "--num_perm", str(PERMUTATIONS), "--hash_func", "xxh3", "--num_proc", "1",
            "--batch_size", "10000", "--debug",
        ]  # fmt: skip
        wall = time.perf_counter()
        subprocess.run(call, check=True, capture_output=True, cwd=scratch)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        figures = {
            "cpu": used.ru_utime + used.ru_stime, "wall": time.perf_counter() - wall,
            "peak": used.ru_maxrss / (1 if sys.platform == "darwin" else 1024), "beyond": None, "found": None,
        }  # fmt: skip
    out.touch()
    return figures


if __name__ == "__main__":
    name, given, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if name == "stemma":
        print(json.dumps(stemma(given, target)))
    elif name == "text-dedup":
        print(json.dumps(text_dedup(given, target)))
    else:
        print(json.dumps(peer(name, given, target)))
