"""The files of a passage index: what is kept of each report, appended part by part, whole again after a kill.

    reports.jsonl          [id, outlet, fingerprint of the text] of each report, in the order they came
    counts.bin             words of each report
    hashes.bin, starts.bin, ends.bin, flags.bin      a row a word
    grams/00.bin ... ff.bin                          kept grams by their first bits: hash, report, place, neighbours
    journal.jsonl          after each part the sizes of all files: what lies beyond was being written when the process died

Only numbers are kept, no text.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec
import numpy as np

from stemma.collate.kernels_words import Chunk, Small
from stemma.collate.words import Hashes, Ints
from stemma.errors import BadUsage

FORMAT = "stemma.passages/1"  # changes with the files' form and with anything that changes a hash
BITS = 8  # of a gram: 256 buckets, of 50,000 grams each at 100,000 reports: a bucket's table stays in the processor's cache
BUCKETS = 1 << BITS
GRAMS = np.dtype([("gram", np.uint64), ("text", np.uint32), ("place", np.uint32), ("near", np.uint32)])
_COLUMNS = {"hashes": np.uint64, "starts": np.uint32, "ends": np.uint32, "flags": np.uint8}


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(tuple[str, str | None, int])


class Entry(NamedTuple):
    """What is kept of a report beside its words."""

    id: str
    outlet: str | None
    fingerprint: int


class Index:
    """An index in a folder. One process at a time may add to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "grams").mkdir(parents=True, exist_ok=True)
        self._names = ["reports.jsonl", "counts.bin", *(f"{name}.bin" for name in _COLUMNS)]
        self._names += [f"grams/{bucket:02x}.bin" for bucket in range(BUCKETS)]
        self._sizes = self._last()
        self.entries = [Entry(*_DECODER.decode(line)) for line in self._lines()]

    def _last(self) -> list[int]:
        """The sizes that the last whole line of the journal tells; a new index begins with none."""
        journal = self.folder / "journal.jsonl"
        if not journal.exists():
            partial = journal.with_suffix(".part")
            partial.write_text(json.dumps({"format": FORMAT}) + "\n", encoding="utf-8")
            partial.replace(journal)
        whole = journal.read_bytes().rpartition(b"\n")[0].split(b"\n")
        if whole[0] != json.dumps({"format": FORMAT}).encode():
            raise BadUsage(f"{self.folder} holds no passage index of this version; name an empty folder")
        sizes: list[int] = json.loads(whole[-1])["sizes"] if len(whole) > 1 else [0] * len(self._names)
        return sizes

    def _lines(self) -> Iterator[bytes]:
        if self._sizes[0]:
            with (self.folder / "reports.jsonl").open("rb") as file:
                yield from file.read(self._sizes[0]).splitlines()

    def append(self, entries: Sequence[Entry], chunk: Chunk) -> None:
        """Add the words and grams of these reports; after the call they stay, whatever happens."""
        rows = np.empty(len(chunk.grams), GRAMS)
        rows["gram"], rows["place"], rows["near"] = chunk.grams, chunk.places, chunk.near
        rows["text"] = chunk.texts + np.uint32(len(self.entries))
        lines = _ENCODER.encode_lines(entries)
        pieces: list[Any] = [lines, chunk.counts, chunk.hashes, chunk.starts, chunk.ends, chunk.flags]
        pieces += [rows[chunk.buckets[bucket] : chunk.buckets[bucket + 1]] for bucket in range(BUCKETS)]
        for number, (name, piece) in enumerate(zip(self._names, pieces, strict=True)):
            if len(piece):
                self._sizes[number] = _write(self.folder / name, self._sizes[number], piece)
        with (self.folder / "journal.jsonl").open("ab") as journal:
            _whole_lines(journal)
            journal.write(json.dumps({"sizes": self._sizes}).encode() + b"\n")
        self.entries += entries

    def counts(self) -> Small:
        """How many words each report has."""
        return self._column("counts", np.dtype(np.uint32), 1)

    def columns(self) -> tuple[Hashes, Small, Small, np.ndarray[tuple[int], np.dtype[np.uint8]]]:
        """Hashes, starts, ends and flags of all words, mapped from disk."""
        hashes, starts, ends, flags = (
            self._column(name, np.dtype(kind), place) for place, (name, kind) in enumerate(_COLUMNS.items(), 2)
        )
        return hashes, starts, ends, flags

    def _column(self, name: str, kind: np.dtype[np.generic], place: int) -> np.ndarray[tuple[int], np.dtype[Any]]:
        length = self._sizes[place] // kind.itemsize
        if not length:
            return readonly(np.zeros(0, kind))
        return np.memmap(self.folder / f"{name}.bin", kind, "r", shape=(length,)).view(np.ndarray)

    def bucket(self, number: int, rank: Small) -> tuple[Hashes, Small, Small, Small]:
        """The grams of a bucket, the reports that hold them (their ``rank``), the places and neighbours."""
        place = len(self._names) - BUCKETS + number
        count = self._sizes[place] // GRAMS.itemsize
        rows = np.fromfile(self.folder / self._names[place], GRAMS, count) if count else np.zeros(0, GRAMS)
        return rows["gram"].copy(), rank[rows["text"]], rows["place"].copy(), rows["near"].copy()


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


def readonly(column: np.ndarray[tuple[int], np.dtype[Any]]) -> np.ndarray[tuple[int], np.dtype[Any]]:
    """Not to be written to, as mapped columns are: kernels are compiled once for these."""
    column.flags.writeable = False
    return column


def first_of(counts: Small) -> Ints:
    """Where the words of each report begin."""
    first = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=first[1:])
    return first[:-1]
