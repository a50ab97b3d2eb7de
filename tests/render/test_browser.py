"""The page in a real Chromium: evidence, reading room, copying, keyboard, paper, hostile texts, speed, axe-core.

No page may make a request or write to the console (``conftest.py``). Layout: ``test_layout.py``; search: ``test_search.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import render_crowd as crowds
import render_pile as pile

from stemma.records import Dossiers, Made
from stemma.render import render_html

pytestmark = pytest.mark.browser
Open = Callable[..., Any]

WIDE = {"viewport": {"width": 1400, "height": 900}}
NARROW = {"viewport": {"width": 390, "height": 844}}


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
    page.keyboard.type("nineteen")
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


def test_the_keyboard_alone_reads_a_dossier(visit: Open) -> None:
    """Skip link, search, an answer, its evidence, back, a fold, the copy menu: without a mouse."""
    page = visit(pile.make_dossiers(), permissions=["clipboard-read", "clipboard-write"], **WIDE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    page.keyboard.press("/")
    page.keyboard.type("seventeen 17")
    page.keyboard.press("Control+a")
    page.keyboard.type("17 people")
    page.wait_for_timeout(300)
    assert "one disagreement" in page.inner_text(".answers")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.answers a')"):
            break
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#dHurt"
    page.locator("#dHurt a.ref").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".panel").is_visible()
    page.keyboard.press("Escape")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.copy')"):
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert "17" in page.evaluate("navigator.clipboard.readText()")


HOSTILE = {
    "markup": "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\"><!-- ]]> --> &amp; </textarea></style>",
    "null bytes and controls": "one\x00two\x07three\x1b[31m four\x7f",
    "turned round": "abc \u202e dcba \u2066 x \u2069 \u202c end",
    "a long word": "x" * 10_000 + " and " + "ש" * 10_000,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈🧑🏽‍🚒 " * 60,
    "combining marks": "Z" + "\u0351\u0310\u0336" * 400 + "algo",
    "lone surrogates": "high \ud800 low \udfff end",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_shown_as_text(visit: Open, kind: str) -> None:
    evil = HOSTILE[kind]
    reports = [
        pile.bare_report(
            f"{evil}\n\nA harmless sentence number {n}.", title=evil, outlet=evil[:80], language="ar" if n else "en"
        )
        for n in range(2)
    ]
    bare = pile.bare_dossiers(reports)
    page = visit(Dossiers(reports=bare.reports, made=Made(evil, evil), dossiers=bare.dossiers), **NARROW)
    assert page.title() != "ran" and page.locator("img, iframe, object").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert "A harmless sentence number 0." in page.evaluate("document.body.textContent")
    page.locator(".singles summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_report_of_a_million_letters_can_be_read_and_searched(visit: Open) -> None:
    text = "\n\n".join(
        f"Paragraph {n} of the minutes tells what was decided. " + "Nothing new was said. " * 22 for n in range(2_000)
    )
    assert len(text) > 1_000_000
    page = visit(pile.bare_dossiers([pile.bare_report(text, title="Minutes", language="en")]), **WIDE)
    page.get_by_label("Search this page").fill("1999")
    page.wait_for_selector(".answers", timeout=20_000)
    assert "one more sentence" in page.inner_text(".answers")


SLOWED = 4  # times slower than this machine: what issue 6 calls a normal laptop is measured so
READY_S = 4.0
LONG_TASK_MS = 100
ATTEMPTS = 3  # a shared machine stops now and then: the best of these is the page's own time


def test_three_hundred_reports_open_quickly(browser: Any, busy_page: Path) -> None:
    """From opening to a page that can be used, as processor time of the main thread: other work on the machine does not count."""
    context = browser.new_context(offline=True, **WIDE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(f"file://{busy_page}")
    page.wait_for_timeout(1_500)  # what is put off until the page can be used is counted too
    spent = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}["TaskDuration"]
    wall = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd") / 1000
    context.close()
    print(
        f"\n300 reports: ready after {SLOWED * spent:.2f} s slowed {SLOWED} times ({spent:.2f} s of the processor; {wall:.2f} s by the clock)"
    )
    assert SLOWED * spent < READY_S


def test_three_hundred_reports_scroll_without_a_halt(browser: Any, busy_page: Path) -> None:
    longest = float("inf")
    for _ in range(ATTEMPTS):
        longest = min(longest, _longest_task_while_scrolling(browser, busy_page))
        if longest <= LONG_TASK_MS:
            break
    print(f"\n300 reports, processor slowed {SLOWED} times: longest task while scrolling {longest:.0f} ms")
    assert longest <= LONG_TASK_MS


@pytest.fixture(scope="module")
def busy_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("busy") / "page.html"
    file.write_text(render_html(crowds.busy(300)), encoding="utf-8")
    return file


def _longest_task_while_scrolling(browser: Any, file: Path) -> float:
    context = browser.new_context(offline=True, **WIDE)
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.goto(f"file://{file}")
    page.wait_for_timeout(2_500)
    page.evaluate(
        "window.tasks = []; new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => one.duration))).observe({ type: 'longtask' })"
    )
    for _ in range(25):
        page.mouse.wheel(0, 1_500)
        page.wait_for_timeout(40)
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") > 10_000
    longest = float(page.evaluate("Math.max(0, ...tasks)"))
    context.close()
    return longest


def _axe() -> str:
    """axe-core as the test extra brings it."""
    package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def _violations(page: Any) -> list[tuple[str, str]]:
    page.evaluate(_axe())
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_nothing(visit: Open, scheme: str, size: dict[str, Any]) -> None:
    page = visit(pile.make_dossiers(), color_scheme=scheme, bypass_csp=True, **size)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.locator("#dHurt a.ref").first.click()
    assert _violations(page) == []


def test_axe_finds_nothing_in_the_answers_and_in_norwegian(visit: Open) -> None:
    page = visit(pile.make_dossiers(), language="nb", bypass_csp=True, **WIDE)
    page.get_by_role("searchbox").fill("terminal")
    page.wait_for_selector(".answers")
    assert _violations(page) == []
    page.get_by_role("searchbox").fill("enhjørning")
    page.wait_for_timeout(300)
    assert _violations(page) == []
