"""Large inputs in pieces: the same reports as the whole, whatever the packing; a damaged end costs what comes after it."""

from __future__ import annotations

import gzip
import json
import sys
import time
import zlib
from pathlib import Path

import pytest

from stemma.read import read
from stemma.read.pieces import Kind, Piece, Read, cut, files_of, read_piece
from stemma.records import SetAside

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))
from generate import write_pile

COUNT = 60


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("streams") / "pile.jsonl"
    write_pile(path, COUNT)
    return path


def packed(pile: Path, kind: str) -> Path:
    target = pile.with_name(f"pile.jsonl.{kind}")
    if kind == "gz":
        target.write_bytes(gzip.compress(pile.read_bytes()))
    else:
        zstandard = pytest.importorskip("zstandard", reason="zstd needs the extra corpus")
        target.write_bytes(zstandard.ZstdCompressor().compress(pile.read_bytes()))
    return target


@pytest.mark.parametrize("kind", ["gz", "zst"])
def test_packed_lines(kind: str, pile: Path) -> None:
    plain, other = (read([str(path)]) for path in (pile, packed(pile, kind)))
    assert [r.id for r in other.reports] == [r.id for r in plain.reports]
    assert not other.set_aside


@pytest.mark.parametrize("kind", ["gz", "zst"])
def test_cut_off(kind: str, pile: Path) -> None:
    path = packed(pile, kind)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    found = read([str(path)])
    assert len(found.set_aside) >= 1
    assert "fetch it again" in found.set_aside[-1].reason


def test_small_pieces_hold_the_same(pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read([str(pile)]).reports
    monkeypatch.setattr("stemma.read.pieces.PIECE_ITEMS", 7)
    pieces = list(cut([str(pile)]))
    assert len(pieces) == 9
    assert [piece.first for piece in pieces[:3]] == [1, 8, 15]
    assert tuple(r for piece in pieces for r in read_piece(piece).reports) == whole


def test_parquet_with_other_names(pile: Path, tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="Parquet needs the extra corpus")
    from pyarrow import parquet

    rows = [json.loads(line) for line in pile.read_text(encoding="utf-8").splitlines()]
    table = pa.table({"Words": [r["text"] for r in rows], "paper": [r["outlet"] for r in rows], "n": [1] * len(rows)})
    parquet.write_table(table, tmp_path / "t.parquet", row_group_size=11)
    columns = {"text": "words", "outlet": "Paper"}
    found = [read_piece(piece, columns) for piece in cut([str(tmp_path / "t.parquet")], columns)]
    reports = [report for one in found for report in one.reports]
    assert [(r.text, r.outlet) for r in reports] == [(r["text"], r["outlet"]) for r in rows]
    assert reports[0].read_from == f"{tmp_path}/t.parquet#1"


@pytest.mark.parametrize("kind", ["lines", "rows", "warc", "files"])
def test_a_piece_without_items_says_what_was_set_aside(kind: Kind) -> None:
    if kind == "rows":
        pytest.importorskip("pyarrow", reason="Parquet needs the extra corpus")
    aside = SetAside("in/a", "damaged")
    assert read_piece(Piece("in/a", kind, 1, (), set_aside=(aside,))) == Read((), (aside,), 0)


def test_a_parquet_file_that_is_empty_or_no_table_costs_only_itself(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="Parquet needs the extra corpus")
    (tmp_path / "a.parquet").write_bytes(b"")
    (tmp_path / "b.parquet").write_bytes(b"PAR1" + bytes(40))
    (tmp_path / "c.txt").write_text("Lorvik has a new bridge.", encoding="utf-8")
    found = [read_piece(piece) for piece in cut(files_of([str(tmp_path)]))]
    assert [Path(one.read_from).name for read in found for one in read.set_aside] == ["a.parquet", "b.parquet"]
    assert [report.text for read in found for report in read.reports] == ["Lorvik has a new bridge."]


def test_a_bad_line_has_its_number(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text":"Lorvik has a new bridge."}\n\n{"text":\n', encoding="utf-8")
    (piece,) = cut([str(tmp_path / "a.jsonl")])
    found = read_piece(piece)
    assert [one.read_from for one in found.set_aside] == [f"{tmp_path}/a.jsonl#3"]
    assert len(found.reports) == 1


def test_single_files_are_read_whole(tmp_path: Path, pile: Path) -> None:
    (tmp_path / "b.txt").write_text("The quay of Lorvik was closed on Monday.", encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("The quay of Lorvik was opened on Friday.", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("no", encoding="utf-8")
    files = files_of([str(tmp_path), str(tmp_path / "b.txt"), str(tmp_path / "*.txt")])
    assert [Path(file).name for file in files] == ["b.txt", "a.txt"]
    (piece,) = cut(files)
    assert piece.kind == "files"
    assert len(read_piece(piece).reports) == 2


def test_pieces_are_small_messages(pile: Path) -> None:
    assert all(isinstance(piece, Piece) and sum(map(len, piece.items)) < 3_000_000 for piece in cut([str(pile)]))


@pytest.mark.parametrize("kind", ["gz", "zst"])
def test_a_few_bytes_that_hold_gigabytes(kind: str, tmp_path: Path) -> None:
    """A good line, then 300 MB of zeros: the line is read, of the rest a third, in memory and time that are bounded."""
    good, zeros = b'{"text":"Lorvik has a new bridge."}\n', bytes(1 << 20)
    if kind == "gz":
        packer = zlib.compressobj(9, wbits=31)
    else:
        packer = pytest.importorskip("zstandard", reason="zstd needs the extra corpus").ZstdCompressor().compressobj()
    (tmp_path / f"bomb.jsonl.{kind}").write_bytes(
        packer.compress(good) + b"".join(packer.compress(zeros) for _ in range(300)) + packer.flush()
    )
    start = time.process_time()
    found = read([str(tmp_path / f"bomb.jsonl.{kind}")])
    assert [report.text for report in found.reports] == ["Lorvik has a new bridge."]
    assert "unpack it first" in found.set_aside[-1].reason
    assert time.process_time() - start < 5


def test_many_frames_of_zstd(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard", reason="zstd needs the extra corpus")
    lines = [b'{"text":"Lorvik has %d new bridges."}\n' % number for number in range(2, 500)]
    frames = b"".join(
        zstandard.ZstdCompressor().compress(line) + zstandard.ZstdCompressor().compress(b"") for line in lines
    )
    (tmp_path / "a.jsonl.zst").write_bytes(frames)
    assert len(read([str(tmp_path / "a.jsonl.zst")]).reports) == len(lines)
