"""The page's own search gives the same answers as ``stemma find``: both programs on the same words, in Chromium."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import render_crowd as crowds
import render_pile as pile
from test_finding import reports_of
from test_matching import CASES

from stemma.records import Dossiers
from stemma.render.evidence import Apparatus
from stemma.render.finding import answering, make_index
from stemma.render.matching import fold, words_of
from stemma.render.site import render_site
from stemma.render.words import Words

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
WIDE = {"viewport": {"width": 1400, "height": 900}}

ASKED = (
    "fire", "FIRE", "terminal", "terminals", "17", "17 people", "14", "Eltang", "eltang runa", "Drommen", "ferge",
    "fergekaia", "fergekaien", "Fähre", "fahre", "fahren", "Menschen", "40 million", "40 millionen", "kroner", "minutter",
    "perhaps four minutes", "unicorn", "the", "a", "Sund", "“hall”", "Tarnholm's", "...", "June open", "quay second",
    "pledged", "Drommen 40", "warnings", "rejected", "Halberg rejected", "four", "twenty-one", "2.5", "2,5", "tre",
)  # fmt: skip


def asked_of(page: Any, words: str) -> list[int]:
    page.get_by_role("searchbox").fill(words)
    page.wait_for_timeout(230)
    return page.evaluate("document.querySelector('.answers')?.found ?? []")  # type: ignore[no-any-return]


def same(page: Any, dossiers: Dossiers, asked: tuple[str, ...]) -> None:
    known = {one.id: one for one in dossiers.reports}
    index = make_index(Apparatus.of(dossiers.dossiers[0], known, Words("en"), "en", set()))
    for words in asked:
        assert asked_of(page, words) == answering(index, words), words


def test_the_page_and_the_terminal_give_the_same_answers(visit: Open) -> None:
    dossiers = pile.make_dossiers()
    same(visit(dossiers, **WIDE), dossiers, ASKED)


def test_and_over_forty_reports(visit: Open) -> None:
    dossiers = crowds.busy(40)
    same(visit(dossiers, **WIDE), dossiers, ("boat 7", "Bruun", "counted 41", "dusk", "correspondent 39", "met sund"))


def test_and_over_numbers_in_words(visit: Open) -> None:
    texts = (
        ("fr", "Dix-sept marins et vingt et un bateaux. Le sept mars, 7,7 mètres."),
        ("da", "Fire både og syv folk."),
        ("en", "The fire took 17 boats, 2.5 million crowns and four lives."),
    )
    dossiers = reports_of(*texts)
    asked = (
        "17",
        "dix-sept",
        "sept",
        "7",
        "7.7",
        "four",
        "fire",
        "4",
        "21",
        "vingt et un",
        "2.5 million",
        "constructor",
    )
    same(visit(dossiers, **WIDE), dossiers, asked)


def test_and_over_hostile_texts(visit: Open) -> None:
    text = "İstanbul\tΣΑΜΟΣ\u00adλιμάνι \u202eabc\x00def 1,234,567 boats.\u2028大阪港で火事。 مدينةٌ e\u0301tat 👩‍👧 Ｗｉｄｅ ﬁre."
    dossiers = pile.bare_dossiers([pile.bare_report(text, title="One", language="tr")])
    asked = ("istanbul", "σαμος", "1234567", "大阪", "مدينة", "état", "wide", "fire", "abc", "def")
    same(visit(dossiers, **WIDE), dossiers, asked)


def test_every_case_of_matching_holds_in_the_script(visit: Open) -> None:
    page = visit(pile.make_dossiers(), **WIDE)
    from stemma.render.matching import endings_of

    tables = {}
    for language in {case["language"] for case in CASES if case["language"]}:
        endings, beginnings, shortest = endings_of(language)
        tables[language] = {"endings": sorted(endings), "beginnings": list(beginnings), "shortest": shortest}
    found = page.evaluate(
        """([cases, tables]) => cases.map(({ asked, language, word }) => {
          const words = stemmaFind.wordsOf(word);
          return stemmaFind.wordsOf(asked).every((one) => words.some(stemmaFind.sought(one, tables[language])));
        })""",
        [CASES, tables],
    )
    assert [case["meets"] for case in CASES] == found


def test_folding_is_the_same_in_both(visit: Open) -> None:
    page = visit(pile.make_dossiers(), **WIDE)
    texts = [
        "Ærøskøbing Łódź ĿL ß ẞ",
        "ΌΔΟΣ ὀδός",
        "각 각",
        "1.600 1’600 12 345 67",
        "ŉ ǆ ﬀ ½ ²",
        "हिन्दी ไทย தமிழ்",
        "Đorđe þing ıI",
    ]
    assert page.evaluate("(texts) => texts.map(stemmaFind.fold)", texts) == [fold(one) for one in texts]
    assert page.evaluate("(texts) => texts.map((one) => stemmaFind.wordsOf(one))", texts) == [
        words_of(one) for one in texts
    ]


def test_answers_are_counted_linked_and_marked(visit: Open) -> None:
    page = visit(pile.make_dossiers(), **WIDE)
    assert asked_of(page, "17 people")
    assert page.locator(".answers .counts a").first.get_attribute("href") == "#dHurt"
    assert page.evaluate("CSS.highlights.get('found').size") > 1
    assert page.locator("#dHurt").is_visible() and not page.locator("header.headline").is_visible()
    assert asked_of(page, "unicorn") == []
    assert "Not stated" in page.inner_text(".answers")
    page.get_by_role("button", name="Clear").click()
    assert page.locator(".answers").count() == 0 and page.locator("header.headline").is_visible()


def test_the_index_of_a_folder_is_searched_filtered_and_sorted(visit: Open, tmp_path: Path) -> None:
    from test_site import shelf

    for name, text in render_site(shelf(30)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8", errors="replace")
    page = visit(tmp_path / "index.html", **WIDE)
    rows = page.locator("table.stories tbody tr")
    assert rows.count() == 32
    page.get_by_label("Search the stories").fill("coast sea")
    page.wait_for_timeout(250)
    assert page.locator("table.stories tbody tr:visible").count() == 1
    page.get_by_label("Search the stories").fill("eltang")
    page.wait_for_timeout(250)
    assert "Fire closes" in page.locator("table.stories tbody tr:visible").inner_text()
    page.get_by_label("Search the stories").fill("")
    page.get_by_label("only stories of several reports").check()
    assert page.locator("table.stories tbody tr:visible").count() == 2
    page.get_by_label("only stories of several reports").uncheck()
    page.get_by_role("button", name="Reports").click()
    assert [int(row.split("\t")[1]) for row in rows.all_inner_texts()[:3]] == [5, 4, 1]
    page.get_by_role("button", name="Published").click()
    assert "2026" in rows.first.inner_text()
    page.get_by_role("link", name="Fire closes").click()
    page.wait_for_timeout(200)
    assert page.locator("article.story").is_visible() and page.locator(".tools input").is_visible()
    page.get_by_role("link", name="All stories").click()
    assert page.url.endswith("index.html")
