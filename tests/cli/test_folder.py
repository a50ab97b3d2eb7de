"""A folder as output: whole or not at all, and never over what Stemma did not write."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from stemma.cli.folder import LIST, names_folder, refuse_foreign, write_folder
from stemma.errors import BadUsage, CannotWrite

FILES = [("index.html", "one"), ("stories/a.html", "two")]


def held(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def test_a_missing_folder_is_made_and_can_be_read_by_a_web_server(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "site"
    assert write_folder(f"{target}/", FILES) == 2
    assert held(target) == [LIST, "index.html", "stories/a.html"]
    mask = os.umask(0)
    os.umask(mask)
    assert target.stat().st_mode & 0o777 == 0o777 & ~mask
    assert [one.name for one in target.parent.iterdir()] == ["site"]


def test_the_own_former_folder_is_replaced_whole(tmp_path: Path) -> None:
    write_folder(str(tmp_path / "site"), FILES)
    write_folder(str(tmp_path / "site"), [("index.html", "new")])
    assert held(tmp_path / "site") == [LIST, "index.html"]
    assert (tmp_path / "site" / "index.html").read_text() == "new"
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    refuse_foreign(str(tmp_path / "site"), [])
    write_folder(str(tmp_path / "site"), FILES)
    assert "index.html" in held(tmp_path / "site")


@pytest.mark.parametrize("name", ["CNAME", ".git/config", "stories/mine.html"])
def test_what_stemma_did_not_write_is_never_removed(tmp_path: Path, name: str) -> None:
    target = tmp_path / "site"
    write_folder(str(target), FILES)
    (target / name).parent.mkdir(exist_ok=True)
    (target / name).write_text("mine")
    with pytest.raises(BadUsage, match="did not write"):
        refuse_foreign(str(target), [])
    with pytest.raises(BadUsage, match="did not write"):
        write_folder(str(target), [("index.html", "new")])
    assert (target / name).read_text() == "mine" and (target / "index.html").read_text() == "one"


def test_a_foreign_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_text("x")
    with pytest.raises(BadUsage, match=r"photo\.jpg"):
        refuse_foreign(str(tmp_path), [])


def test_a_folder_of_reports_is_no_place_for_its_pages(tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match="read as reports"):
        refuse_foreign(str(tmp_path / "site"), [str(tmp_path)])


def test_a_failure_on_the_way_leaves_what_stood_there(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[str, str]]:
        yield "index.html", "half"
        raise OSError(28, "No space left on device")

    write_folder(str(tmp_path / "site"), FILES)
    with pytest.raises(CannotWrite, match="No space left"):
        write_folder(str(tmp_path / "site"), broken())
    assert (tmp_path / "site" / "index.html").read_text() == "one"
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def test_a_slash_or_a_folder_means_a_folder(tmp_path: Path) -> None:
    assert names_folder("site/") and names_folder(str(tmp_path))
    assert not names_folder("report.html") and not names_folder("-")


def test_an_empty_folder_of_somebody_is_not_removed(tmp_path: Path) -> None:
    write_folder(str(tmp_path / "site"), FILES)
    refuse_foreign(str(tmp_path / "site"), [])
    (tmp_path / "site" / "drafts").mkdir()
    with pytest.raises(BadUsage, match="drafts"):
        refuse_foreign(str(tmp_path / "site"), [])
    with pytest.raises(BadUsage, match="did not write"):
        write_folder(str(tmp_path / "site"), FILES)
    assert (tmp_path / "site" / "drafts").is_dir()


def test_a_list_that_is_no_text_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / LIST).write_bytes(b"\xff\xfeindex.html")
    with pytest.raises(BadUsage, match="did not write"):
        refuse_foreign(str(tmp_path), [])


def test_what_a_killed_run_left_goes_with_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [".site.ab12_x9z.tmp", ".site.ab12_x9z.old"]
    kept = [".site.mine.tmp", ".other.ab12_x9z.tmp", ".site.cd34_x9z.old", "site"]
    for name in left + kept[:-1]:
        (tmp_path / name).mkdir()
    (tmp_path / left[0] / "index.html").write_text("half")
    (tmp_path / kept[2] / "photo.jpg").write_text("mine")
    write_folder(str(tmp_path / "site"), FILES)
    assert len(list(tmp_path.iterdir())) == 6  # another run may be writing them
    monkeypatch.setattr("stemma.cli.folder.STALE", 0.0)
    write_folder(str(tmp_path / "site"), FILES)
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(kept)
