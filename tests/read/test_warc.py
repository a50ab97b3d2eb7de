"""Web archives: what is damaged is counted and costs only itself; what is no page is passed over."""

from __future__ import annotations

import gzip
import random
import sys
import time
import zlib
from pathlib import Path

import pytest

pytest.importorskip("fastwarc", reason="reading WARC needs the extra corpus")
sys.path.insert(0, str(Path(__file__).resolve().parent))
from pages import archive, page, record

from stemma.read import read
from stemma.read.limits import Limits
from stemma.read.members import members_of
from stemma.read.pieces import cut, read_piece


def write(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


@pytest.mark.parametrize("count", [500, pytest.param(10_000, marks=pytest.mark.slow)])
def test_one_in_a_hundred_damaged(count: int, tmp_path: Path) -> None:
    damaged = set(random.Random(count).sample(range(count), count // 100)) | {7, 8}  # two in a row among them
    found = read([write(tmp_path, "crawl.warc.gz", archive(count, damaged))])
    assert len(found.reports) == count - len(damaged)
    assert len(found.set_aside) == len(damaged)
    assert all("damaged record at byte" in one.reason for one in found.set_aside)
    urls = {report.url for report in found.reports}
    assert urls == {f"https://quay.example/{number}" for number in range(count) if number not in damaged}


def test_what_is_known_of_a_page(tmp_path: Path) -> None:
    (report,) = read([write(tmp_path, "one.warc.gz", gzip.compress(record(3, page(3))))]).reports
    assert (report.outlet, report.published, report.url) == (
        "The Quay Post",
        "2026-01-04T08:00:00Z",
        "https://quay.example/3",
    )
    assert "“We will open again" in report.text
    assert report.read_from == f"{tmp_path}/one.warc.gz#1"


def test_the_day_of_the_crawl_is_no_day_of_publication(tmp_path: Path) -> None:
    undated = page(3).replace(b"article:published_time", b"nothing")
    (report,) = read([write(tmp_path, "one.warc", record(3, undated))]).reports
    assert report.published is None


@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress], ids=["not packed", "packed as a whole"])
def test_other_packings(pack: object, tmp_path: Path) -> None:
    data = b"".join(record(number, page(number)) for number in range(30))
    name = "crawl.warc" if pack(b"") == b"" else "crawl.warc.gz"  # type: ignore[operator]
    found = read([write(tmp_path, name, pack(data))])  # type: ignore[operator]
    assert (len(found.reports), found.set_aside) == (30, ())


def test_packed_as_a_whole_and_the_first_record_is_large(tmp_path: Path) -> None:
    large = page(0) + b"<!--" + b"x" * 2_000_000 + b"-->"
    data = record(0, large) + b"".join(record(number, page(number)) for number in range(1, 5))
    found = read([write(tmp_path, "whole.warc.gz", gzip.compress(data))])
    assert len(found.reports) == 5 and not found.set_aside


def test_packed_as_a_whole_it_is_unpacked_no_further_than_pages_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stemma.read.bounded.UNPACKED_BYTES", 100_000)
    zeros = b"WARC/1.0\r\nContent-Length: 999999999999\r\n\r\n" + bytes(20_000_000)
    data = b"".join(record(number, page(number)) for number in range(5)) + zeros
    found = read([write(tmp_path, "whole.warc.gz", gzip.compress(data))])
    assert len(found.reports) == 5
    assert "packed more than 200 to one" in found.set_aside[0].reason


def test_a_damaged_header_costs_one_record(tmp_path: Path) -> None:
    data = b"".join(record(number, page(number)) for number in range(9))
    at = data.index(b"WARC/1.0", len(record(0, page(0))))
    found = read([write(tmp_path, "crawl.warc", data[:at] + b"WORC" + data[at + 4 :])])
    assert (len(found.reports), len(found.set_aside)) == (8, 1)


def test_cut_off_at_the_end(tmp_path: Path) -> None:
    found = read([write(tmp_path, "crawl.warc.gz", archive(20, set())[:-200])])
    assert (len(found.reports), len(found.set_aside)) == (19, 1)


def test_what_is_no_page_is_counted(tmp_path: Path) -> None:
    data = [
        record(1, b"GET / HTTP/1.1", kind="request"),
        record(2, b"gone", status="404 Not Found"),
        record(3, b"{}", media="application/json"),
        record(4, page(4)),
    ]
    path = write(tmp_path, "crawl.warc.gz", b"".join(map(gzip.compress, data)))
    found = [read_piece(piece) for piece in cut([path])]
    assert sum(len(one.reports) for one in found) == 1
    assert sum(one.passed_over for one in found) == 3


def test_a_record_larger_than_any_page(tmp_path: Path) -> None:
    limits = Limits(page_bytes=5_000)
    data = gzip.compress(record(1, b"x" * 50_000)) + gzip.compress(record(2, page(2)))
    found = read([write(tmp_path, "crawl.warc.gz", data)], limits=limits)
    assert len(found.reports) == 1
    assert "no news page is so large" in found.set_aside[0].reason


def test_not_a_web_archive(tmp_path: Path) -> None:
    found = read([write(tmp_path, "crawl.warc.gz", b"\x00\x01" * 5_000)])
    assert not found.reports
    assert found.set_aside


@pytest.mark.parametrize("chunk", [1, 7, 1 << 20])
def test_members_across_chunks(chunk: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("stemma.read.members.CHUNK", chunk)
    good, bad = gzip.compress(b"WARC/one"), bytearray(gzip.compress(b"WARC/" + random.Random(1).randbytes(400)))
    bad[200] ^= 0xFF
    with open(write(tmp_path, "m", good + bytes(bad) + good), "rb") as file:
        found = [(member.start, member.data) for member in members_of(file, b"WARC/", 1_000)]
    assert found == [(0, b"WARC/one"), (len(good), None), (len(good) + len(bad), b"WARC/one")]


@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress], ids=["not packed", "packed"])
def test_a_length_of_thousands_of_digits_is_damage(pack: object, tmp_path: Path) -> None:
    head, _, body = record(1, page(1)).partition(b"Content-Length: ")
    bad = head + b"Content-Length: " + b"9" * 5000 + body.lstrip(b"0123456789")
    data = b"".join(pack(one) for one in (record(0, page(0)), bad, record(2, page(2))))  # type: ignore[operator]
    name = "crawl.warc" if pack(b"") == b"" else "crawl.warc.gz"  # type: ignore[operator]
    found = read([write(tmp_path, name, data)])
    assert {"https://quay.example/0", "https://quay.example/2"} <= {report.url for report in found.reports}
    assert [one.read_from for one in found.set_aside] in ([], [f"{tmp_path}/{name}#2"])


def test_a_member_that_holds_gigabytes_is_unpacked_no_further(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = (
        packer.compress(b"WARC/1.0\r\n") + b"".join(packer.compress(bytes(1 << 20)) for _ in range(64)) + packer.flush()
    )
    good = gzip.compress(b"WARC/one")
    with open(write(tmp_path, "m", good + bomb + good), "rb") as file:
        found = list(members_of(file, b"WARC/", 10_000))
    assert [(one.start, one.data, one.too_large) for one in found] == [
        (0, b"WARC/one", False),
        (len(good), None, True),
        (len(good) + len(bomb), b"WARC/one", False),
    ]


def test_a_large_member_that_packs_as_others_do_is_passed_over_whole(tmp_path: Path) -> None:
    inner = gzip.compress(b"WARC/inner", mtime=0)
    large = gzip.compress(b"WARC/" + random.Random(2).randbytes(300_000) + inner + random.Random(3).randbytes(300_000))
    with open(write(tmp_path, "m", large + gzip.compress(b"WARC/one")), "rb") as file:
        found = list(members_of(file, b"WARC/", 10_000))
    assert [(one.data, one.too_large) for one in found] == [(None, True), (b"WARC/one", False)]


# A stored block that holds the beginning and the next head, so that a chain of members runs to the end from each of them.
CHAIN = b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + b"\0\x0f\0\xf0\xff" + b"WARC/"


@pytest.mark.parametrize(
    "pattern",
    [b"\x1f\x8b\x08\x1e", b"\x1f\x8b\x08\x08\0\0\0\0\0\x03", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\0\0\xff\xff\0", CHAIN],
    ids=["a head of any length", "a name without end", "heads in blocks", "members in members"],
)
def test_what_looks_like_members_everywhere_takes_no_longer(
    pattern: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("stemma.read.members.AGAIN", 1 << 20)
    start = time.process_time()
    with open(write(tmp_path, "m", pattern * (600_000 // len(pattern))), "rb") as file:
        found = list(members_of(file, b"WARC/", 6_000_000))
    assert found and all(one.data is None for one in found)
    assert time.process_time() - start < 3
