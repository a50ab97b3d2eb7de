"""The page in a real Chromium: no request, no error, keyboard, narrow and wide, without script, on paper, for axe-core.

Without Playwright or Chromium these tests skip with a line. ``STEMMA_AXE`` names a copy of axe.min.js (``npm pack
axe-core``), ``STEMMA_SHOTS`` a folder that keeps the screenshots of four widths in both schemes.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import render_pile as pile

from stemma.records import Dossiers, Made
from stemma.render import render_html

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (apt-get install chromium)"),
]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as engine:
        opened = engine.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


Open = Callable[..., Any]


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens a page offline and, at the end, holds it to no request, no console line and no error."""
    noise: list[str] = []
    contexts = []

    def visit_page(dossiers: Dossiers, fragment: str = "", language: str = "en", **settings: Any) -> Any:
        file = tmp_path / "page.html"
        file.write_text(render_html(dossiers, language), encoding="utf-8")
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


WIDE = {"viewport": {"width": 1400, "height": 900}}
NARROW = {"viewport": {"width": 390, "height": 844}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 1000, 600, 390, 320])
def test_no_width_scrolls_sideways(visit: Open, width: int, scheme: str) -> None:
    page = visit(pile.make_dossiers(), viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if os.environ.get("STEMMA_SHOTS"):
        page.screenshot(path=f"{os.environ['STEMMA_SHOTS']}/page-{width}-{scheme}.png", full_page=True)


def test_text_at_twice_its_size_stays_inside(visit: Open) -> None:
    page = visit(pile.make_dossiers(), viewport={"width": 700, "height": 450}, device_scale_factor=2)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 700


def test_without_script_everything_can_be_read(visit: Open) -> None:
    page = visit(pile.make_dossiers(), java_script_enabled=False, **WIDE)
    assert page.locator("article.sheet:visible").count() == 5
    assert page.get_by_text("Do not use as quoted").first.is_visible()
    page.locator("#dHurt a.ref").first.click()
    assert page.locator("article.sheet :target").count() <= 1
    assert re.search(r"#r-[0-9a-z]+-\d+$", page.url)
    assert not page.locator(".tools").is_visible()


def test_evidence_opens_beside_the_line_and_escape_goes_back(visit: Open) -> None:
    page = visit(pile.make_dossiers(), **WIDE)
    link = page.locator("#dHurt .readings li:nth-child(2) a.ref").first
    link.focus()
    page.keyboard.press("Enter")
    assert page.locator(".panel .ctxt b").inner_text() == "17 people"
    assert page.locator(".panel").get_attribute("aria-label") == "In the report"
    page.keyboard.press("Escape")
    assert page.locator(".panel").count() == 0
    assert link.evaluate("(one) => one === document.activeElement")


def test_from_the_panel_into_the_reading_room(visit: Open) -> None:
    page = visit(pile.make_dossiers(), **WIDE)
    page.locator("#uHall a.ref").nth(1).click()
    page.get_by_role("button", name="Read the whole report").click()
    sheet = page.locator(f"#r-{pile.A2.id}")
    assert sheet.is_visible()
    assert page.evaluate("CSS.highlights.get('evidence').size") == 1
    assert page.evaluate("[...CSS.highlights.get('evidence')][0].toString()").startswith(
        "Vi hadde kanskje fire minutter"
    )


def test_two_reports_side_by_side_show_what_was_edited(visit: Open) -> None:
    page = visit(pile.make_dossiers(), **WIDE)
    assert page.locator("article.sheet:visible").count() == 2
    edited = page.evaluate("[...CSS.highlights.get('edited')].map((range) => range.toString())")
    assert {"14", "17"} <= set(edited)
    page.locator(".bench select").nth(1).select_option(
        label=page.locator(".bench select").nth(1).locator("option").nth(2).inner_text()
    )
    assert page.evaluate("[...CSS.highlights.keys()].filter((name) => name.startsWith('with1')).length") >= 1


def test_words_and_filters_narrow_the_page(visit: Open) -> None:
    page = visit(pile.make_dossiers(), **WIDE)
    page.keyboard.press("/")
    page.keyboard.type("seventeen")
    page.wait_for_timeout(250)
    assert "No line matches" in page.locator(".status").inner_text()
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("button", name="Filter").click()
    page.get_by_label("Language").select_option("de")
    assert page.locator(".line:visible").count() > 3
    assert page.locator("#uHall").is_hidden() and page.locator("#dHurt").is_visible()


def test_a_line_is_copied_with_its_sources_and_verdict(visit: Open) -> None:
    page = visit(pile.make_dossiers(), permissions=["clipboard-read", "clipboard-write"], **WIDE)
    for how, wanted in {
        "as text": ["Do not use as quoted", "“We had perhaps four minutes", "A3 ¶2 (Morning Ledger"],
        "as Markdown": ["**Runa Eltang", "*Sources: A1 ¶2"],
        "as JSON": ['"kind": "utterance"', '"siglum": "A2"', '"words": "Vi hadde kanskje'],
        "the link": ["page.html#uHall"],
    }.items():
        page.locator("#uHall").hover()
        page.locator("#uHall > .copy").click()
        page.get_by_role("button", name=how).click()
        page.wait_for_timeout(50)
        copied = page.evaluate("navigator.clipboard.readText()")
        assert all(words in copied for words in wanted), (how, copied)
        page.wait_for_timeout(800)


def test_an_anchor_from_a_mail_leads_to_its_line(visit: Open) -> None:
    page = visit(pile.make_dossiers(), fragment="#tStore", **WIDE)
    assert page.locator("#tStore").is_visible()  # it stands in a fold, which opens
    spot = pile.at(pile.A3, "17 people")
    page.goto(f"{page.url.split('#')[0]}#r-{pile.A3.id}-{spot.start}")
    page.wait_for_timeout(200)
    assert page.locator(f"#r-{pile.A3.id}").is_visible()


def test_the_scheme_can_be_turned(visit: Open) -> None:
    page = visit(pile.make_dossiers(), color_scheme="light", **WIDE)
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate(paper) != light


def test_the_keyboard_reaches_every_control(visit: Open) -> None:
    page = visit(pile.bare_dossiers([pile.bare_report("One report.", title="One")]), **WIDE)
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                '((one) => one.tagName + (one.getAttribute("href") || one.textContent || one.ariaLabel))(document.activeElement)'
            )
        )
    shown = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input, summary, select')].filter((one) => one.checkVisibility()).map((one) => one.tagName + (one.getAttribute('href') || one.textContent || one.ariaLabel))"
    )
    assert set(shown) - reached == set()


def test_on_paper_the_room_is_whole_and_the_controls_are_gone(visit: Open) -> None:
    page = visit(pile.make_dossiers(), **WIDE)
    assert len(page.pdf()) > 20_000
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("article.sheet:visible").count() == 5
    assert not page.locator(".tools").is_visible()


def test_many_stories_are_one_page_each_with_an_index(visit: Open) -> None:
    full = pile.make_dossiers()
    bare = pile.bare_dossiers(
        [pile.bare_report(f"Text {n} about the lighthouse.", title=f"Story {n}", outlet="Paper") for n in range(30)]
    )
    crowd = pile.crowd(12)
    page = visit(
        Dossiers(
            reports=(*full.reports, *bare.reports, *crowd.reports),
            made=Made("2026-03-06", "x"),
            dossiers=(*bare.dossiers, *full.dossiers, *crowd.dossiers),
        ),
        **WIDE,
    )
    assert page.locator("article.story:visible").count() == 0
    page.get_by_role("button", name="Reports").click()
    assert "A crowd of reports" in page.locator("table.stories tbody tr").first.inner_text()
    page.get_by_label("Search the stories").fill("story 29")
    page.wait_for_timeout(250)
    assert page.locator(".singles li:visible").count() == 1
    page.get_by_label("Search the stories").fill("")
    page.wait_for_timeout(250)
    page.get_by_role("link", name="Fire closes Tarnholm").first.click()
    page.wait_for_timeout(250)
    assert page.locator("article.story:visible").count() == 1
    assert page.locator("#index").is_hidden()
    page.get_by_role("link", name="All stories").first.click()
    page.wait_for_timeout(250)
    assert page.locator("#index").is_visible()


def test_hostile_text_runs_nothing_and_keeps_the_width(visit: Open) -> None:
    evil = "<script>document.title='ran'</script>" + "x" * 10_000 + "\u202e\x00" + "e" + "\u0301" * 500
    page = visit(pile.bare_dossiers([pile.bare_report(evil, title=evil, outlet=evil[:200], language="ar")]), **NARROW)
    assert "ran" not in page.title()[:20]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_three_hundred_reports_open_quickly(visit: Open) -> None:
    page = visit(pile.crowd(300), **WIDE)
    ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    assert ready < 4000  # milliseconds; about 700 on an idle machine


@pytest.mark.skipif(
    not os.environ.get("STEMMA_AXE"), reason="STEMMA_AXE names no copy of axe.min.js (npm pack axe-core)"
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_nothing(visit: Open, scheme: str, size: dict[str, Any]) -> None:
    page = visit(pile.make_dossiers(), color_scheme=scheme, bypass_csp=True, **size)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.locator("#dHurt a.ref").first.click()
    page.evaluate(Path(os.environ["STEMMA_AXE"]).read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
