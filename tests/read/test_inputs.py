"""Inputs of every kind, good and bad: what is read, what is set aside, and that one bad input harms no other."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from stemma.read import Limits, Reading, read, report_from_text
from stemma.read.table import read_table, write_table

TEXT = (
    "The harbour council of Fjordby said on Tuesday that the new quay would be built before the winter.\n\n"
    "The council expects forty ships a week, the master of the harbour told Reuters."
)
SMALL = Limits(
    report_characters=20_000, file_bytes=80_000, page_bytes=200_000, archive_ratio=50, archive_bytes=3_000_000
)


def texts(reading: Reading) -> list[str]:
    return [report.text for report in reading.reports]


def only_reason(path: Path | str, limits: Limits = SMALL) -> str:
    """The reason why the one input was set aside; it ends with the next step."""
    reading = read([str(path)], limits=limits)
    assert reading.reports == ()
    assert len(reading.set_aside) == 1
    assert reading.set_aside[0].read_from.startswith(str(path))
    reason = reading.set_aside[0].reason
    assert ";" in reason or " or " in reason, reason
    return reason


def test_a_folder_is_read_with_its_folders_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(TEXT + " B.", encoding="utf-8")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text(TEXT + " A.", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("Hidden.", encoding="utf-8")
    assert texts(read([str(tmp_path)])) == [TEXT + " A.", TEXT + " B."]


def test_a_glob(tmp_path: Path) -> None:
    for name in ("1.txt", "2.txt", "3.md"):
        (tmp_path / name).write_text(TEXT + name, encoding="utf-8")
    assert texts(read([str(tmp_path / "*.txt")])) == [TEXT + "1.txt", TEXT + "2.txt"]
    assert "check the pattern" in only_reason(tmp_path / "*.nope")


def test_programs_and_settings_in_a_folder_are_set_aside(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("The ferry to Marswik stayed in port on Monday.", encoding="utf-8")
    (tmp_path / "fetch.py").write_text("print('The ferry')", encoding="utf-8")
    found = read([str(tmp_path)])
    assert [one.read_from for one in found.reports] == [str(tmp_path / "one.txt")]
    assert "name the file itself" in found.set_aside[0].reason
    assert len(read([str(tmp_path / "fetch.py")]).reports) == 1


def test_a_folder_without_files(tmp_path: Path) -> None:
    assert "no files" in only_reason(tmp_path)


def test_no_such_file(tmp_path: Path) -> None:
    assert "check the name" in only_reason(tmp_path / "nowhere.txt")


def test_standard_input_is_told_by_its_bytes() -> None:
    assert texts(read(["-"], stdin=io.BytesIO(TEXT.encode()))) == [TEXT]
    assert texts(read(["-"], stdin=io.BytesIO(json.dumps({"text": TEXT}).encode()))) == [TEXT]
    lines = "\n".join(json.dumps({"text": TEXT + str(number)}) for number in range(3))
    assert len(read(["-"], stdin=io.BytesIO(lines.encode())).reports) == 3


def test_the_same_file_twice_is_one_report_by_its_id(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    first, second = read([str(tmp_path)]).reports
    assert first.id == second.id and first.read_from != second.read_from


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "e.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n\n ")
    (tmp_path / "zero.zip").write_bytes(b"")
    for name in ("e.txt", "blank.txt", "zero.zip"):
        assert "empty" in only_reason(tmp_path / name)


def test_a_binary_file(tmp_path: Path) -> None:
    noise = bytes(range(256)) * 40
    (tmp_path / "p.png").write_bytes(b"\x89PNG\r\n\x1a\n" + noise)
    (tmp_path / "p.txt").write_bytes(noise)
    assert "not a text" in only_reason(tmp_path / "p.png")
    assert "not a text" in only_reason(tmp_path / "p.txt")


def test_a_line_longer_than_any_report(tmp_path: Path) -> None:
    """The size is looked at before the file is read; inside JSON Lines the line is set aside and the others are read."""
    (tmp_path / "long.txt").write_bytes(b"word " * 50_000)
    assert "split it" in only_reason(tmp_path / "long.txt")
    (tmp_path / "long.jsonl").write_text(
        json.dumps({"text": TEXT})
        + "\n"
        + json.dumps({"text": "word " * 100_000})
        + "\n"
        + json.dumps({"text": TEXT + "!"})
        + "\n",
        encoding="utf-8",
    )
    reading = read([str(tmp_path / "long.jsonl")], limits=SMALL)
    assert texts(reading) == [TEXT, TEXT + "!"]
    assert [one.read_from.rsplit("#")[1] for one in reading.set_aside] == ["2"]


@pytest.mark.slow
def test_a_hundred_megabytes_on_one_line(tmp_path: Path) -> None:
    with open(tmp_path / "huge.txt", "wb") as file:
        for _ in range(100):
            file.write(b"words " * 166_667)
    assert "split it" in only_reason(tmp_path / "huge.txt", Limits())


def archive(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return packed.getvalue()


def test_an_archive_with_folders_and_an_archive_in_it(tmp_path: Path) -> None:
    inner = archive({"in.txt": (TEXT + " In.").encode()})
    (tmp_path / "a.zip").write_bytes(
        archive(
            {
                "d/b.txt": TEXT.encode(),
                "c.zip": inner,
                "__MACOSX/d/._b.txt": b"x",
                "d/.DS_Store": b"x",
                "d/e.png": bytes(300),
            }
        )
    )
    reading = read([str(tmp_path / "a.zip")])
    assert texts(reading) == [TEXT + " In.", TEXT]
    assert [report.read_from for report in reading.reports] == [
        f"{tmp_path}/a.zip#c.zip#in.txt",
        f"{tmp_path}/a.zip#d/b.txt",
    ]
    assert [one.read_from for one in reading.set_aside] == [f"{tmp_path}/a.zip#d/e.png"]


def test_bombs(tmp_path: Path) -> None:
    """By ratio, by depth, and a gzip one; the file beside the bomb is read."""
    (tmp_path / "ratio.zip").write_bytes(archive({"big.txt": b"a" * 12_000_000, "good.txt": TEXT.encode()}))
    reading = read([str(tmp_path / "ratio.zip")], limits=SMALL)
    assert texts(reading) == [TEXT]
    assert "unpacks to far more" in reading.set_aside[0].reason
    nested = archive({"a.txt": TEXT.encode()})
    for _ in range(4):
        nested = archive({"n.zip": nested})
    (tmp_path / "deep.zip").write_bytes(nested)
    assert "archives in archives" in only_reason(tmp_path / "deep.zip")
    (tmp_path / "g.txt.gz").write_bytes(gzip.compress(b"a" * 20_000_000))
    assert "unpacks to far more" in only_reason(tmp_path / "g.txt.gz")


def test_all_members_together_are_bounded(tmp_path: Path) -> None:
    members = {f"{number}.txt": os.urandom(300_000) for number in range(20)}
    (tmp_path / "many.zip").write_bytes(archive(members))
    reading = read([str(tmp_path / "many.zip")], limits=SMALL)
    assert reading.reports == () and len(reading.set_aside) == 20
    assert any("unpacks to far more" in one.reason for one in reading.set_aside)


def test_damaged_archives(tmp_path: Path) -> None:
    good = archive({"a.txt": (TEXT * 50).encode()})
    (tmp_path / "cut.zip").write_bytes(good[: len(good) // 2])
    assert "damaged" in only_reason(tmp_path / "cut.zip")
    (tmp_path / "not.zip").write_bytes(TEXT.encode())
    assert "not what its name says" in only_reason(tmp_path / "not.zip")
    (tmp_path / "cut.txt.gz").write_bytes(gzip.compress(TEXT.encode())[:-12])
    assert "damaged" in only_reason(tmp_path / "cut.txt.gz")


def test_packed_lines(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": TEXT}).encode()))
    assert texts(read([str(tmp_path / "r.jsonl.gz")])) == [TEXT]


def test_broken_utf_8_keeps_what_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(
        "Møtet på kaia i Fjordby varte lenge, sa han. ".encode() * 5 + b"Det ble s\xc3\xa5 sent \xc3"
    )
    (report,) = read([str(tmp_path / "b.txt")]).reports
    assert report.text.count("\ufffd") == 1 and report.text.endswith("så sent \ufffd")


def test_a_folder_without_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "locked").mkdir()
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    reading = read([str(tmp_path)])
    assert texts(reading) == [TEXT]
    assert "change its rights" in reading.set_aside[0].reason


def test_a_device_is_not_read() -> None:
    if not os.path.exists("/dev/zero"):
        pytest.skip("no devices here")
    assert "device" in only_reason("/dev/zero")


def test_a_pipe_that_the_user_names_is_read(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes here")
    import threading

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    threading.Thread(target=lambda: pipe.write_bytes(TEXT.encode()), daemon=True).start()
    assert texts(read([str(pipe)])) == [TEXT]


def test_an_unknown_language(tmp_path: Path) -> None:
    (tmp_path / "u.txt").write_text("Zxq vrbl knt plomf drisk. " * 10, encoding="utf-8")
    (report,) = read([str(tmp_path / "u.txt")]).reports
    assert report.body


def test_two_reports_given_one_id_get_their_own(tmp_path: Path) -> None:
    rows = [{"id": "x", "text": TEXT, "outlet": outlet} for outlet in ("Fjordposten", "Havnebladet", "Fjordposten")]
    (tmp_path / "r.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "s.jsonl").write_text("\n".join(map(json.dumps, rows[::-1])), encoding="utf-8")
    forth = {report.outlet: report.id for report in read([str(tmp_path / "r.jsonl")]).reports}
    back = {report.outlet: report.id for report in read([str(tmp_path / "s.jsonl")]).reports}
    assert forth == back and len(set(forth.values())) == 2


def test_ten_thousand_one_line_reports(tmp_path: Path) -> None:
    rows = (
        json.dumps({"text": f"The harbour of Fjordby counted {number} ships on Tuesday.", "language": "en"})
        for number in range(10_000)
    )
    (tmp_path / "many.jsonl").write_text("\n".join(rows), encoding="utf-8")
    assert len(read([str(tmp_path / "many.jsonl")]).reports) == 10_000


def test_a_table_holds_no_formula_and_comes_back_as_it_was(tmp_path: Path) -> None:
    texts = (
        "=1+1 was the answer, the teacher said on Monday.",
        "'=quoted from the start, she wrote.",
        "- A dash opens this one, he said.",
    )
    reports = [report_from_text(text, outlet="@home") for text in texts]
    write_table(reports, tmp_path / "pile.csv")
    cells = list(csv.reader((tmp_path / "pile.csv").open(encoding="utf-8-sig", newline="")))[1:]
    assert not [cell for row in cells for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert sorted(report.text for report in read_table(tmp_path / "pile.csv")) == sorted(texts)
    assert {report.outlet for report in read_table(tmp_path / "pile.csv")} == {"@home"}


def test_a_name_that_is_no_text_can_be_shown_and_written(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    data = {b"n\xff.txt": TEXT.encode(), b"n\xff.csv": b"text\nRain fell.\n", b"n\xff.jsonl": b'{"text": "Rain."}\n{\n'}
    data |= {b"n\xff.jsonl.gz": gzip.compress(b'{"text": "Snow."}\n'), b"\xff.py": b"1", b"n\xff.parquet": b"x"}
    try:
        for name, content in data.items():
            Path(os.fsdecode(os.path.join(folder, name))).write_bytes(content)
    except OSError:
        pytest.skip("this file system has no names that are not UTF-8")
    reading = read([str(tmp_path), os.fsdecode(os.path.join(folder, b"\xfe"))])
    names = [one.read_from or "" for one in (*reading.reports, *reading.set_aside)]
    assert [len(reading.reports), len(reading.set_aside)] == [4, 4]
    assert all("\ufffd" in name.encode("utf-8").decode() for name in names)
