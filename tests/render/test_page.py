"""The page as text: every part is there, in its order, and nothing but this file is needed."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import time
from html.parser import HTMLParser

import pytest
import render_crowd as crowds
import render_pile as pile

from stemma.records import Dossiers, Made, Report, SetAside, Span
from stemma.render import render_html, render_markdown
from stemma.render.words import Words, interface_languages

VOID = {"meta", "br", "hr", "img", "input", "link", "path", "circle", "rect"}

BLOCKS = {
    "p",
    "div",
    "ul",
    "ol",
    "dl",
    "details",
    "table",
    "section",
    "article",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "header",
}
INLINE = {"p", "span", "b", "q", "a", "h2", "h3", "h4", "h5", "summary"}


class Elements(HTMLParser):
    """A strict reading: every element is closed in its order; keeps ids, links and tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        assert len(known) == len(attrs), (tag, attrs)
        self.tags.append((tag, known))
        self.ids += [known["id"]] if known.get("id") else []
        self.links += [known["href"][1:]] if (known.get("href") or "").startswith("#") else []  # type: ignore[index]
        if tag in BLOCKS:
            assert not INLINE & set(self.open[self.open.index("body") if "body" in self.open else 0 :]), (
                tag,
                self.open,
                self.getpos(),
            )
        if tag not in VOID or tag in ("path", "circle", "rect"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, (tag, self.open[-5:], self.getpos())
        self.open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID or tag in ("path", "circle", "rect"):
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.text.append(data)


def read(page: str) -> Elements:
    found = Elements()
    found.feed(page)
    found.close()
    assert found.open == []
    return found


@pytest.fixture(scope="module")
def page() -> str:
    return render_html(pile.make_dossiers())


def plain(page: str) -> str:
    return " ".join("".join(read(page).text).split())


def test_every_part_stands_in_the_order_of_the_design(page: str) -> None:
    words = Words("en")
    parts = ["brief", "carried", "disagree", "origins", "speech", "timeline", "doing", "alone", "room", "aside"]
    at = [page.index(f'">{words(f"part.{part}")}</a></h3>') for part in parts]
    assert at == sorted(at)


def test_markup_is_closed_ids_are_unique_and_every_link_arrives(page: str) -> None:
    found = read(page)
    assert len(found.ids) == len(set(found.ids))
    assert set(found.links) - set(found.ids) == set()


@pytest.mark.parametrize("language", interface_languages())
def test_nothing_is_fetched_and_only_the_hashed_script_may_run(language: str) -> None:
    page = render_html(pile.make_dossiers(), language)
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1])  # type: ignore[index]
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        content = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)[1]  # type: ignore[index]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    found = read(page)
    for tag, known in found.tags:
        assert "style" not in known, (tag, known)
        assert not [name for name in known if name.startswith("on")], (tag, known)
        assert tag not in ("img", "link", "iframe", "object", "base", "form")
        for name in ("src", "href", "action"):
            assert not (known.get(name) or "#").strip() or (known.get(name) or "#").startswith("#")


def test_each_link_to_evidence_gives_the_exact_characters(page: str) -> None:
    texts = {f"r-{one.id}": one.text for one in pile.REPORTS}
    links = [known for _, known in read(page).tags if "data-w" in known]
    found = [re.fullmatch(r"#(.+)-(\d+) (\d+)", f"{known['href']} {known['data-w']}") for known in links]
    spans = {(m[1], int(m[2]), int(m[3])) for m in found if m}
    assert len(spans) > 40
    wanted = pile.at(pile.A3, "17 people")
    assert (f"r-{pile.A3.id}", wanted.start, wanted.end) in spans
    assert all(0 <= start < end <= len(texts[report]) for report, start, end in spans)


def test_the_reading_room_holds_every_report_character_for_character() -> None:
    page = render_html(pile.make_dossiers())
    for one in pile.REPORTS:
        sheet = page[page.index(f'id="r-{one.id}"') :]
        sheet = sheet[: sheet.index("</article>")]
        for offset, inner in re.findall(r'<p[^>]* data-o="(\d+)"[^>]*>(.*?)</p>', sheet, re.DOTALL):
            said = html.unescape(re.sub(r"<[^>]+>", "", inner))
            assert said == one.text[int(offset) : int(offset) + len(said)]
        joined = html.unescape(re.sub(r"<[^>]+>", "", "".join(re.findall(r"<p[^>]* data-o.*?</p>", sheet, re.DOTALL))))
        assert "".join(joined.split()) == "".join(one.text.split())


def test_a_reader_finds_the_four_answers_in_the_first_block(page: str) -> None:
    head = page[
        page.index('<header class="headline">') : page.index("</header>", page.index('<header class="headline">'))
    ]
    said = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", head)).split())
    assert "5 reports, at most 3 independent sources" in said
    assert "2 clashes" in said and "14 / 17" in said
    assert (
        "A3 Morning Ledger rewrites A1 North Sea Wire" in said
        and "A2 translates a missing report by North Sea Wire" in said
    )
    assert "Runa Eltang, as quoted in A3" in said and "A1, closest to the source:" in said


def test_the_verdict_names_the_report_not_to_quote_and_the_closest_wording(page: str) -> None:
    saying = page[page.index('id="uHall"') : page.index('id="uJune"')]
    said = " ".join(html.unescape(re.sub(r"<[^>]+>", "", saying)).split())
    assert "Do not use as quoted from A3. Closest to the source: A1." in said
    assert re.search(r"<del>\s*perhaps\s*</del>", saying)
    assert "given to another speaker" in said


def test_versions_stand_in_an_order_that_knows_nothing_of_how_many_carry_them(page: str) -> None:
    clash = page[page.index('id="dHurt"') : page.index('id="dRole"')]
    assert clash.index(">14<") < clash.index(">17<")
    third = (
        page[page.index('id="dThird"') : page.index('id="dMeet"')]
        if page.index('id="dThird"') < page.index('id="dMeet"')
        else page[page.index('id="dThird"') :]
    )
    assert third.index('class="value">2<') < third.index('class="value">3<')


def test_versions_say_when_they_were_published_where_that_differs(page: str) -> None:
    """A later toll may only know more. Where only one version is dated, none says so."""
    said = {
        one: re.findall(
            r'<p class="fine">(Published [^<]*)</p>', page[page.index(f'id="{one}"') :].partition("</ul>\n")[0]
        )
        for one in ("dHurt", "dMeet")
    }
    assert said == {"dHurt": ["Published 4–5 March 2026", "Published 5 March 2026"], "dMeet": []}


def test_borrowed_dates_say_from_whom_and_precision_is_drawn_as_length(page: str) -> None:
    said = plain(page)
    assert "in A2 borrowed from A1" in said
    assert "worked out from the report's own date" in said
    moments = dict(re.findall(r'<b class="date">([^<]+)</b><svg[^>]*>(.*?)</svg>', page))
    assert "<circle" in moments["4 March 2026"]
    assert "<rect" in moments["June 2026"]
    assert "<circle" not in moments["1931"] and "<rect" not in moments["1931"]  # before the scale: an arrow


def test_unseen_sources_are_dashed_and_say_what_they_are_inferred_from(page: str) -> None:
    assert 'class="source unseen"' in page
    assert re.search(r"inferred from\s+<span class=\"refs\">", page)


def test_every_quoted_span_has_its_language(page: str) -> None:
    for tag, known in read(page).tags:
        if tag == "q" and known.get("class") == "plain":
            assert known.get("lang"), known
    assert 'lang="de">Mindestens 14 Menschen' in page


def test_a_second_run_gives_the_same_page_and_the_order_of_the_input_does_not_matter(page: str) -> None:
    again = pile.make_dossiers()
    turned = Dossiers(
        reports=tuple(reversed(again.reports)),
        made=again.made,
        dossiers=again.dossiers,
        set_aside=again.set_aside,
        not_compared=again.not_compared,
    )
    assert render_html(turned) == page


def test_the_interface_speaks_norwegian() -> None:
    page = render_html(pile.make_dossiers(), "nb")
    assert '<html lang="nb">' in page
    said = plain(page)
    assert "5 rapporter, høyst 3 uavhengige kilder" in said
    assert "Der de er uenige" in said
    assert render_html(pile.make_dossiers(), "xx").startswith('<!doctype html>\n<html lang="en">')


def test_a_disputed_sentence_of_the_brief_says_so(page: str) -> None:
    brief = page[page.index("-brief-1") : page.index("-brief-2")]
    assert 'class="flag alarm" href="#dHurt">reports differ: number</a>' in brief
    assert "flag" not in page[page.index("-brief-5") : page.index("</section>", page.index("-brief-5"))]


def test_quoted_words_are_preferred_in_the_language_asked_for_even_without_its_strings() -> None:
    page = render_html(pile.make_dossiers(), "de")
    assert '<html lang="en">' in page
    statement = page[page.index('id="tFire"') :]
    assert statement.index("Mindestens 14 Menschen") < statement.index("A fire tore through")


def test_no_folder_of_the_machine_is_named() -> None:
    reports = [Report(id="rx", text="One line of text.", body=(Span(0, 17),), read_from="/home/someone/secret/a.txt")]
    bare = pile.bare_dossiers(reports)
    aside = (SetAside("/home/someone/secret/b.pdf", "not a text"),)
    both = Dossiers(reports=bare.reports, made=bare.made, dossiers=bare.dossiers, set_aside=aside)
    assert "someone" not in render_html(both) and "someone" not in render_markdown(both)
    assert "secret/b.pdf" in render_html(both)


def test_beyond_three_hundred_lines_the_smaller_stories_are_given_in_short() -> None:
    crowds = [pile.crowd(2 + n % 3, f"c{n}-") for n in range(62)]
    both = Dossiers(
        reports=tuple(one for crowd in crowds for one in crowd.reports),
        made=crowds[0].made,
        dossiers=tuple(one for crowd in crowds for one in crowd.dossiers),
    )
    page = render_html(both)
    found = read(page)
    assert page.count('<article class="story"') == 62
    assert page.count('<p class="note">This pile has many stories') == 62 - 300 // 12  # twelve statements each
    assert len(found.ids) == len(set(found.ids)) and set(found.links) <= set(found.ids)


def test_both_files_of_strings_have_the_same_keys() -> None:
    import tomllib
    from importlib.resources import files

    tables = [
        tomllib.loads((files("stemma.render") / "strings" / f"{one}.toml").read_text("utf-8"))
        for one in interface_languages()
    ]
    first = {(part, key) for part, keys in tables[0].items() for key in keys}
    for table in tables[1:]:
        assert {(part, key) for part, keys in table.items() for key in keys} == first


HOSTILE = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(2)> & </style></script><!-- ]]>",
    "attribute": '" onmouseover="alert(3)" x=\'',
    "template": "{{ 7*7 }} {% raw %} ${7*7}",
    "nulls": "a\x00b\x07c\x1bd\x7fe\x85f",
    "overrides": "user\u202egnp.exe\u2066x\u2069",
    "surrogate": "half \ud800 pair",
    "long": "x" * 10_000,
    "marks": "e" + "\u0301" * 300,
    "emoji": "👩‍👩‍👧‍👦 flags 🇳🇴",
    "separators": "line\u2028sep\u2029par",
    "nonchar": "\ufffe\uffff",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_shown_as_text(name: str) -> None:
    evil = HOSTILE[name]
    reports = [
        Report(id=f"id {n} {evil[:40]}", text=f"{evil}\n\nA sentence. {evil}", title=evil, outlet=evil, byline=evil, url="javascript:alert(4)",
               published=evil[:40], language=evil[:10], body=(Span(0, len(evil)),), read_from=evil)
        for n in range(2)
    ]  # fmt: skip
    bare = pile.bare_dossiers(reports)
    page = render_html(Dossiers(reports=bare.reports, made=Made(evil, evil), dossiers=bare.dossiers))
    page.encode("utf-8")
    found = read(page)
    assert not any(tag in ("img", "iframe") for tag, _ in found.tags)
    assert sum(tag == "script" for tag, _ in found.tags) == 5  # four of data, one of program
    assert not any(name.startswith("on") for _, known in found.tags for name in known)
    assert "javascript:" not in "".join(str(known.get("href")) for _, known in found.tags)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", page)
    if name == "nulls":
        assert "a␀b␇c␛d␡e" in "".join(found.text)


def test_an_empty_pile_is_a_page_too() -> None:
    page = render_html(Dossiers(reports=(), made=Made("2026-01-01T00:00:00+00:00", "stemma 0"), dossiers=()))
    read(page)


def test_single_report_stories_are_listed_compactly_and_keep_their_text() -> None:
    bare = pile.bare_dossiers(
        [pile.bare_report(f"Text {n} of a small story.", title=f"Story {n}", outlet="Paper") for n in range(50)]
    )
    full = pile.make_dossiers()
    both = Dossiers(reports=(*full.reports, *bare.reports), made=full.made, dossiers=(*full.dossiers, *bare.dossiers))
    page = render_html(both)
    found = read(page)
    assert page.count('<article class="story"') == 1
    assert "Text 49 of a small story." in page
    assert len(found.ids) == len(set(found.ids))
    assert set(found.links) - set(found.ids) == set()


def test_three_hundred_reports_in_under_two_seconds_and_a_megabyte_beside_their_text() -> None:
    crowd = crowds.busy(300)
    start = time.process_time()
    page = render_html(crowd)
    assert time.process_time() - start < 2  # 0.5 s
    assert len(page.encode()) - sum(len(one.text.encode()) for one in crowd.reports) < 1_000_000
    found = read(page)
    assert set(found.links) - set(found.ids) == set()
