"""The files of a passage index: what is kept of each report, appended part by part, whole again after a kill.

    reports.jsonl          [id, outlet, fingerprint of the text] of each report, in the order they came
    counts.bin, holds.bin  words of each report, and what is among them
    hashes.bin, spans.bin  a number a word
    wide.bin               spans that do not fit: word, start, end
    grams.bin              kept grams, part by part, in each part by their first bits: gram, report, place, neighbours
    buckets.bin            where in its part each of the buckets begins
    journal.jsonl          after each part the sizes of all files: what lies beyond was being written when the process died

Only numbers are kept, no text.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec
import numpy as np

from stemma.collate.kernels_words import BUCKETS, Chunk, Columns, Small
from stemma.collate.words import Ints
from stemma.errors import BadUsage

FORMAT = "stemma.passages/3"  # changes with the files' form and with anything that changes a hash
_COLUMNS = {
    "counts": np.uint32, "holds": np.uint8, "hashes": np.uint32, "spans": np.uint32, "wide": np.uint64, "grams": np.uint32,
    "buckets": np.int64,
}  # fmt: skip
_NAMES = ["reports.jsonl", *(f"{name}.bin" for name in _COLUMNS)]
_GRAM = 4  # numbers a gram
_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(list[tuple[str, str | None, int]])

Column = np.ndarray[tuple[int], np.dtype[Any]]


class Entries(NamedTuple):
    """What is kept of reports beside their words: a list each, as an object a report would cost more than reading it."""

    ids: list[str]
    outlets: list[str | None]
    fingerprints: list[int]


class Index:
    """An index in a folder. One process at a time may add to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._sizes = self._last()
        self.entries = self._entries()

    def _last(self) -> list[int]:
        """The sizes that the last whole line of the journal tells; a new index begins with none."""
        journal = self.folder / "journal.jsonl"
        if not journal.exists():
            partial = journal.with_suffix(".part")
            partial.write_text(json.dumps({"format": FORMAT}) + "\n", encoding="utf-8")
            partial.replace(journal)
        whole = journal.read_bytes().rpartition(b"\n")[0].split(b"\n")
        if whole[0] != json.dumps({"format": FORMAT}).encode():
            what = "a passage index of another version" if b'"stemma.passages/' in whole[0] else "something else"
            raise BadUsage(f"{self.folder} holds {what}; name an empty folder and add the reports to it")
        sizes: list[int] = json.loads(whole[-1])["sizes"] if len(whole) > 1 else [0] * len(_NAMES)
        return sizes

    def _entries(self) -> Entries:
        if not self._sizes[0]:
            return Entries([], [], [])
        with (self.folder / _NAMES[0]).open("rb") as file:
            lines = file.read(self._sizes[0])
        rows = _DECODER.decode(b"[" + lines[:-1].replace(b"\n", b",") + b"]")
        return Entries([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])

    def append(self, entries: Entries, chunk: Chunk) -> None:
        """Add the words and grams of these reports; after the call they stay, whatever happens."""
        chunk.grams[:, 1] += np.uint32(len(self.entries.ids))
        chunk.wide[:, 0] += np.uint64(self._count("hashes"))
        lines = _ENCODER.encode_lines(list(zip(*entries, strict=True)))
        for number, (name, piece) in enumerate(zip(_NAMES, [lines, *chunk], strict=True)):
            if len(piece):
                self._sizes[number] = _write(self.folder / name, self._sizes[number], piece)
        with (self.folder / "journal.jsonl").open("ab") as journal:
            _whole_lines(journal)
            journal.write(json.dumps({"sizes": self._sizes}).encode() + b"\n")
        self.entries.ids.extend(entries.ids)
        self.entries.outlets.extend(entries.outlets)
        self.entries.fingerprints.extend(entries.fingerprints)

    def columns(self, order: Ints) -> Columns:
        """The words of all reports, mapped from disk, the reports in this order."""
        counts = self._column("counts")
        first = np.zeros(len(counts) + 1, np.int64)
        np.cumsum(counts, out=first[1:])
        of_text = (first[order], counts[order], self._column("holds")[order])
        wide = self._column("wide").reshape(-1, 3)
        return Columns(*of_text, self._column("hashes"), self._column("spans"), wide)

    def _count(self, name: str) -> int:
        """How many numbers there are in a column."""
        return self._sizes[_NAMES.index(f"{name}.bin")] // np.dtype(_COLUMNS[name]).itemsize

    def _column(self, name: str) -> Column:
        kind = np.dtype(_COLUMNS[name])
        length = self._count(name)
        if not length:
            return readonly(np.zeros(0, kind))
        return np.memmap(self.folder / f"{name}.bin", kind, "r", shape=(length,)).view(np.ndarray)

    def buckets(self) -> tuple[Small, Ints]:
        """The rows of all grams, mapped from disk; and for each part where its buckets begin and the last one ends."""
        begin = self._column("buckets").reshape(-1, BUCKETS + 1).copy()
        begin[1:] += np.cumsum(begin[:-1, -1])[:, None]
        return self._column("grams").reshape(-1, _GRAM), begin


def _write(path: Path, size: int, piece: Any) -> int:
    """Write behind the first ``size`` bytes of the file, over what a killed process left; gives the new size."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    with os.fdopen(handle, "r+b") as out:
        out.seek(size)
        out.write(memoryview(piece).cast("B"))
        return out.tell()


def _whole_lines(journal: IO[bytes]) -> None:
    """Cut off half a line at the end."""
    end = journal.tell()
    while end and not _ends_line(journal.name, end):
        end -= 1
    journal.truncate(end)


def _ends_line(name: str, end: int) -> bool:
    with open(name, "rb") as file:
        file.seek(end - 1)
        return file.read(1) == b"\n"


def readonly(column: Column) -> Column:
    """Not to be written to, as mapped columns are: kernels are compiled once for these."""
    column.flags.writeable = False
    return column


def bucket_of(grams: Small, begin: Ints, number: int, rank: Small) -> Small:
    """The rows of a bucket, with the ranks of the reports in place of their numbers."""
    parts = [grams[low:high] for low, high in begin[:, number : number + 2].tolist()]
    rows: Small = np.concatenate(parts) if parts else np.zeros((0, _GRAM), np.uint32)
    rows[:, 1] = rank[rows[:, 1]]
    return rows
