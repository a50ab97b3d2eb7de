"""A real Chromium for the tests of the page. Without Playwright or Chromium they are skipped with a line."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from stemma.records import Dossiers
from stemma.render import render_html

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SCREENS = Path(os.environ.get("STEMMA_SHOTS") or Path(__file__).parents[2] / "out" / "screens")

Open = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    with playwright.sync_playwright() as engine:
        opened = engine.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens dossiers, or a file, offline and at the end holds it to no request, no console line and no error."""
    noise: list[str] = []
    contexts = []

    def visit_page(what: Dossiers | Path, fragment: str = "", language: str = "en", **settings: Any) -> Any:
        file = what if isinstance(what, Path) else tmp_path / "page.html"
        if not isinstance(what, Path):
            file.write_text(render_html(what, language), encoding="utf-8")
        context = browser.new_context(offline=True, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on("request", lambda request: noise.append(request.url) if not request.url.startswith("file:") else None)
        page.goto(f"file://{file}{fragment}")
        page.wait_for_timeout(200)
        return page

    yield visit_page
    for context in contexts:
        context.close()
    assert noise == []


@pytest.fixture(scope="session")
def screens() -> Path:
    """The folder that keeps the screenshots (``STEMMA_SHOTS``, else ``out/screens``)."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    return SCREENS
