"""Saved pages and feeds."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest

from stemma.errors import UnreadableInput
from stemma.read import Limits, read
from stemma.read.markup import text_of_markup
from stemma.read.page import check, extract
from stemma.read.page_worker import PageWorker

FIRST = (
    "The harbour council of Fjordby said on Tuesday that the new quay would be built before the winter of next year."
)
SECOND = "“We are late,” the master of the harbour told Reuters, and added that forty ships a week were expected by the spring."
HEAD = '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Quay to be built | Fjordposten</title>{head}</head>'
BODY = (
    '<body><nav><a href="/">Home</a> <a href="/w">World</a></nav><main><article><h1>Quay to be built</h1><p>{first}</p>'
    '<div class="related"><a href="/x">Related: Storm on its way</a></div><p>{second}</p></article></main>'
    "<footer><p>We use cookies to make this page better.</p></footer></body></html>"
)
LINKED = (
    '<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"}, {"@type": '
    '["NewsArticle"], "headline": "Quay &amp; harbour to be built", "datePublished": "2026-02-03T10:15:00+01:00", "inLanguage": "en-GB", '
    '"author": [{"@type": "Person", "name": "Ann Linde"}, {"@type": "Person", "name": "Bo Quist"}], '
    '"publisher": {"@type": "Organization", "name": "Fjordposten"}, "url": "https://fjordposten.example/quay"}]}</script>'
)
META = (
    '<meta property="og:site_name" content="Fjordposten"><meta property="og:title" content="Quay to be built">'
    '<meta property="article:published_time" content="2026-02-03T10:15:00+01:00"><meta name="author" content="Ann Linde">'
    '<link rel="canonical" href="https://fjordposten.example/quay">'
)


def page(head: str, first: str = FIRST, second: str = SECOND) -> str:
    return HEAD.replace("{head}", head) + BODY.replace("{first}", first).replace("{second}", second)


def test_what_a_page_says_of_itself(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text(page(LINKED), encoding="utf-8")
    (report,) = read([str(tmp_path / "p.html")]).reports
    assert report.title == "Quay & harbour to be built"
    assert (report.outlet, report.byline, report.language) == ("Fjordposten", "Ann Linde, Bo Quist", "en")
    assert (report.published, report.url) == ("2026-02-03T10:15:00+01:00", "https://fjordposten.example/quay")
    assert report.text.startswith("Quay & harbour to be built\n\n")
    assert [report.text[s:e] for s, e in report.body] == [FIRST, SECOND]


def test_meta_elements_where_there_is_no_linked_data(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text(page(META), encoding="utf-8")
    (report,) = read([str(tmp_path / "p.html")]).reports
    assert (report.title, report.outlet, report.byline) == ("Quay to be built", "Fjordposten", "Ann Linde")
    assert (report.published, report.url) == ("2026-02-03T10:15:00+01:00", "https://fjordposten.example/quay")


def test_a_date_that_the_page_does_not_state_is_not_known() -> None:
    assert extract(page("") + "<footer>© 2019</footer>").published is None


def test_a_page_drawn_by_a_program_holds_its_report_in_linked_data() -> None:
    linked = LINKED.replace('"url"', f'"articleBody": "{FIRST} {SECOND} {FIRST} {SECOND}", "url"')
    found = extract(HEAD.replace("{head}", linked) + '<body><div id="root"></div></body></html>')
    assert FIRST in found.text and SECOND in found.text


def test_a_page_in_another_encoding(tmp_path: Path) -> None:
    markup = page(META).replace("utf-8", "iso-8859-1")
    (tmp_path / "p.html").write_bytes(markup.encode("windows-1252"))
    (report,) = read([str(tmp_path / "p.html")]).reports
    assert "“We are late,”" in report.text


def test_pages_beyond_what_pages_are(tmp_path: Path) -> None:
    attributes = "".join(f' a{number}="x"' for number in range(50_000))
    start = time.monotonic()
    for name, markup in {
        "attributes": f"<html><body><p{attributes}>{FIRST}</p></body></html>",
        "depth": "<html><body>" + "<div>" * 20_000 + FIRST + "</div>" * 20_000 + "</body></html>",
        "open": "<html><body>" + "<b><i>" * 20_000 + FIRST,
        "size": "<html><body>" + f"<p>{FIRST}</p>" * 60_000 + "</body></html>",
    }.items():
        (tmp_path / f"{name}.html").write_text(markup, encoding="utf-8")
    reading = read([str(tmp_path)])
    assert reading.reports == () and len(reading.set_aside) == 4
    assert all("hand in its text" in one.reason for one in reading.set_aside)
    assert time.monotonic() - start < 10


def test_the_check_is_linear_in_hostile_markup() -> None:
    start = time.monotonic()
    for markup in ("<" * 1_000_000, "<a " * 300_000, "<a b='" + "x" * 1_000_000, "<!--" * 200_000):
        with contextlib.suppress(UnreadableInput):
            check(markup)
        text_of_markup(markup)
    assert time.monotonic() - start < 10


def test_a_page_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    worker = PageWorker()
    try:
        assert FIRST in worker.extract(page(META)).text
        with pytest.raises(UnreadableInput, match=r"more than 0\.001 seconds"):
            worker.extract(page("", second=f"<p>{SECOND}</p>" * 2_000), Limits(page_seconds=0.001))
        assert FIRST in worker.extract(page(META)).text
    finally:
        worker.close()


def test_a_page_without_a_report(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text("<html><head><title>x</title></head><body></body></html>", encoding="utf-8")
    assert "no report" in read([str(tmp_path / "p.html")]).set_aside[0].reason


RSS = """<?xml version="1.0" encoding="{encoding}"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Fjordposten</title><language>nb-NO</language>
<item><title>Ny kai &amp; havn</title><link>https://fjordposten.example/1</link><dc:creator>Ann Linde</dc:creator>
<description>Kort.</description><content:encoded><![CDATA[<p>Havnerådet i Fjordby sier at kaia skal bygges.</p><p>Det blir mer trafikk &ndash; sier han.</p>]]></content:encoded>
<pubDate>Tue, 03 Feb 2026 10:15:00 +0100</pubDate></item><item><title>Uten tekst</title></item><item></item></channel></rss>"""


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
def test_rss(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "f.xml").write_bytes(RSS.replace("{encoding}", encoding).encode(encoding))
    reading = read([str(tmp_path / "f.xml")])
    report = reading.reports[0]
    assert (report.title, report.outlet, report.byline, report.language) == (
        "Ny kai & havn",
        "Fjordposten",
        "Ann Linde",
        "nb",
    )
    assert (report.published, report.url) == ("2026-02-03T10:15:00+01:00", "https://fjordposten.example/1")
    assert [report.text[s:e] for s, e in report.body] == [
        "Havnerådet i Fjordby sier at kaia skal bygges.",
        "Det blir mer trafikk – sier han.",
    ]
    assert [one.read_from for one in reading.set_aside] == [f"{tmp_path}/f.xml#3"]


def test_atom(tmp_path: Path) -> None:
    (tmp_path / "f.atom").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Fjordposten</title><entry><title>Quay</title><link href="https://fjordposten.example/1"/>'
        "<published>2026-02-03T10:15:00Z</published><updated>2026-02-04T10:15:00Z</updated>"
        f'<content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;</content></entry></feed>',
        encoding="utf-8",
    )
    (report,) = read([str(tmp_path / "f.atom")]).reports
    assert (report.published, report.text) == ("2026-02-03T10:15:00Z", f"Quay\n\n{FIRST}")


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE rss [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd">',
        "<! doctype rss>",
    ],
)
def test_a_feed_with_a_document_type_is_refused(tmp_path: Path, head: str) -> None:
    (tmp_path / "f.rss").write_text(
        f'<?xml version="1.0"?>{head}<rss><channel><item><title>&b;</title></item></channel></rss>', encoding="utf-8"
    )
    reading = read([str(tmp_path / "f.rss")])
    assert reading.reports == () and "document type" in reading.set_aside[0].reason


def test_a_feed_in_utf_16_with_a_document_type_is_refused_too(tmp_path: Path) -> None:
    markup = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE rss [<!ENTITY b "boom">]><rss><channel><item><title>&b;</title></item></channel></rss>'
    (tmp_path / "f.rss").write_bytes(markup.encode("utf-16"))
    assert "document type" in read([str(tmp_path / "f.rss")]).set_aside[0].reason
