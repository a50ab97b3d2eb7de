"""The pages as HTML5: a strict parser finds no error, every reference has its target, and what is named is what it may be.

html5lib reads as the standard says and, when strict, stops at the first parse error. What a parser cannot know (which
element may stand in which) is checked in ``test_page.py``; ``STEMMA_VNU`` names vnu.jar (the Nu HTML checker, needs Java)
where the whole of it is wanted: it is run on the same pages.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import render_crowd as crowds
import render_pile as pile
from test_site import shelf

from stemma.render import render_html, render_site

html5lib = pytest.importorskip("html5lib", reason="html5lib is not installed")
REFERRING = ("aria-labelledby", "aria-describedby", "aria-controls", "for")


EVIL = "</script></style><p><b>&#0;<!--\x00\ud800\u202e" + "x" * 10_000
PAGES: dict[str, Callable[[], str]] = {
    "story": lambda: render_html(pile.make_dossiers()),
    "story in Norwegian": lambda: render_html(pile.make_dossiers(), "nb"),
    "crowd": lambda: render_html(crowds.busy(60)),
    "nothing": lambda: render_html(pile.bare_dossiers([])),
    "hostile": lambda: render_html(
        pile.bare_dossiers([pile.bare_report(EVIL, title=EVIL, outlet=EVIL, language=EVIL[:9])])
    ),
    "many": lambda: render_html(shelf(6)),
    "index of a folder": lambda: _of_folder(lambda name: name == "index.html"),
    "page of a folder": lambda: _of_folder(lambda name: name.startswith("stories/")),
    "page of one report in a folder": lambda: _of_folder(lambda name: name.startswith("stories/"), last=True),
}


def _of_folder(wanted: Callable[[str], bool], last: bool = False) -> str:
    found = [text for name, text in render_site(shelf(6)) if wanted(name)]
    return found[-1 if last else 0]


@pytest.mark.parametrize("name", PAGES)
def test_a_strict_parser_finds_no_error(name: str) -> None:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(PAGES[name]().encode("utf-8", "replace").decode("utf-8"))
    every = list(tree.iter())
    ids = [one.get("id") for one in every if one.get("id")]
    assert len(ids) == len(set(ids))
    for one in every:
        for attribute in REFERRING:
            assert set((one.get(attribute) or "").split()) <= set(ids), (attribute, one.get(attribute))
        assert not any(key.startswith("on") or key == "style" for key in one.attrib if isinstance(key, str))
    assert tree.find("head/title") is not None and tree.get("lang")
    assert not [one for one in every if one.tag in ("img", "iframe", "object", "embed", "form", "base")]


@pytest.mark.skipif(
    not (os.environ.get("STEMMA_VNU") and shutil.which("java")),
    reason="STEMMA_VNU names no vnu.jar, or there is no Java",
)
def test_the_nu_html_checker_finds_nothing(tmp_path: Path) -> None:
    for number, make in enumerate(PAGES.values()):
        (tmp_path / f"{number}.html").write_text(make(), encoding="utf-8", errors="replace")
    command: list[Any] = [
        "java",
        "-jar",
        os.environ["STEMMA_VNU"],
        "--errors-only",
        "--format",
        "text",
        *sorted(tmp_path.glob("*.html")),
    ]
    found = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert found.returncode == 0, found.stderr
