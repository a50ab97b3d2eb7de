"""Many stories as a folder: an index, a page each, a feed that readers take, a site map; the same from the same pile."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ElementTree
from datetime import datetime

import feedparser
import pytest
import render_pile as pile
from msgspec.structs import replace
from test_page import Elements

from stemma.records import Dossiers, Follow, Made
from stemma.render import render_site
from stemma.render.site import IN_FEED, moment_of

ATOM = "{http://www.w3.org/2005/Atom}"


def shelf(size: int = 3) -> Dossiers:
    """The hand-made story, a small crowd, and ``size`` reports that stand alone, the last of them without a date."""
    full, crowd = pile.make_dossiers(), pile.crowd(4)
    bare = pile.bare_dossiers(
        [
            pile.bare_report(f"Text {n} about the lighthouse.", title=f"Story {n} <of> the coast & the sea")
            if n == size - 1
            else pile.bare_report(
                f"Text {n} about the lighthouse.",
                title=f"Story {n}",
                published=f"2026-02-{1 + n % 28:02d}T10:00:00+02:00",
            )
            for n in range(size)
        ]
    )
    return Dossiers(
        reports=(*full.reports, *crowd.reports, *bare.reports),
        made=Made("2026-03-06T00:00:00+00:00", "stemma 0"),
        dossiers=(*full.dossiers, *crowd.dossiers, *bare.dossiers),
        not_compared=full.not_compared,
    )


def test_every_story_has_a_page_and_every_link_of_the_index_a_target() -> None:
    files = dict(render_site(shelf()))
    links = set(re.findall(r'href="(stories/[^"]+)"', files["index.html"]))
    assert links == {name for name in files if name.startswith("stories/")} and len(links) == 5
    for name, text in files.items():
        if name.endswith(".html"):
            page = Elements()
            page.feed(text)
            page.close()
            assert not page.open and len(page.ids) == len(set(page.ids))
            for file in re.findall(r'(?:href|src)="((?:\.\./)?assets/[^"]+)"', text):
                assert file.removeprefix("../") in files
            assert "script-src 'self'" in html.unescape(text) and "style=" not in text


def test_a_storys_page_leads_back_and_holds_every_part() -> None:
    files = dict(render_site(shelf()))
    page = next(text for name, text in files.items() if "Fire closes Tarnholm" in text and name.startswith("stories/"))
    assert 'href="../index.html"' in page
    for part in ("brief", "statement", "disagreement", "origin", "quotation", "date", "interaction"):
        assert f'data-kind="{part}"' in page


def test_the_feed_is_one_that_readers_take() -> None:
    text = dict(render_site(shelf(), base="https://desk.example/x/"))["feed.xml"]
    taken = feedparser.parse(text)
    assert not taken.bozo and taken.version == "atom10"
    feed = ElementTree.fromstring(text)
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == ["https://desk.example/x/feed.xml"]
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 4  # the fifth story carries no date
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in entries]
    assert len(set(ids)) == 4 and all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in ids)
    moments = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert all(datetime.fromisoformat(one).tzinfo for one in moments)
    assert feed.findtext(f"{ATOM}updated") == moments[0]
    assert (
        (entries[0].find(f"{ATOM}link") or entries[0].findall(f"{ATOM}link")[0])
        .get("href", "")
        .startswith("https://desk.example/x/stories/")
    )


def test_dates_are_the_reports_and_never_the_clocks() -> None:
    one = shelf()
    other = replace(one, made=Made("2031-01-01T00:00:00+00:00", "stemma 0"))
    first, second = (dict(render_site(d, base="https://desk.example/")) for d in (one, other))
    assert first["feed.xml"] == second["feed.xml"] and first["sitemap.xml"] == second["sitemap.xml"]
    assert "2026-02-01T08:00:00Z" in first["feed.xml"]


def test_the_same_pile_gives_the_same_files() -> None:
    assert list(render_site(shelf())) == list(render_site(shelf()))


def test_nothing_dated_makes_no_feed_and_no_address_no_site_map() -> None:
    bare = pile.bare_dossiers([pile.bare_report("Nothing is dated here.")])
    files = dict(render_site(bare))
    assert "feed.xml" not in files and "sitemap.xml" not in files and "feed.xml" not in files["index.html"]


def feed_id(*read_from: str | None) -> str | None:
    reports = [
        replace(pile.bare_report(f"Text {n} about the quay.", published="2026-02-01"), read_from=name)
        for n, name in enumerate(read_from)
    ]
    feed = dict(render_site(pile.bare_dossiers(reports)))["feed.xml"]
    return ElementTree.fromstring(feed).findtext(f"{ATOM}id")


def test_without_an_address_a_feed_is_known_by_the_name_of_its_pile() -> None:
    quay = feed_id("in/quay/a.txt", "in/quay/b.txt")
    assert quay == feed_id("in/quay/c.txt") == feed_id("/elsewhere/quay/a.txt", "/elsewhere/quay/new/d.txt")
    assert quay == feed_id("C:\\in\\quay\\a.txt", "https://desk.example/a")
    lines = feed_id("in/quay.jsonl#1", "in/quay.jsonl#2")
    nameless = feed_id(None, "a.txt")
    assert nameless == feed_id("./a.txt") == feed_id("x/a.txt", "y/b.txt")
    assert len({quay, lines, nameless, feed_id("in/ferry/a.txt")}) == 4


def test_the_site_map_names_every_page_by_its_whole_address() -> None:
    files = dict(render_site(shelf(), base="https://desk.example/"))
    places = re.findall(r"<loc>([^<]+)</loc>", files["sitemap.xml"])
    assert set(places) == {f"https://desk.example/{name}" for name in files if name.endswith(".html")}
    ElementTree.fromstring(files["sitemap.xml"])


def test_a_feed_of_many_stories_holds_the_newest() -> None:
    feed = ElementTree.fromstring(dict(render_site(shelf(IN_FEED + 20)))["feed.xml"])
    assert len(feed.findall(f"{ATOM}entry")) == IN_FEED


def test_hostile_titles_are_text_in_every_file() -> None:
    evil = "</title><script>alert(1)</script>]]>&\x00\ud800\u202e\x0b"
    bare = pile.bare_dossiers([pile.bare_report(evil, title=evil, outlet=evil, published="2026-01-01", language="en")])
    files = dict(render_site(bare, base="https://desk.example/"))
    for name, text in files.items():
        text.encode("utf-8")
        assert "<script>alert" not in text
        if name.endswith(".xml"):
            ElementTree.fromstring(text)


@pytest.mark.parametrize(
    ("published", "moment"),
    [
        ("2026-01-13", "2026-01-13T00:00:00+00:00"),
        ("2026-01-13T08:30:00", "2026-01-13T08:30:00+00:00"),
        ("2026-01-13T08:30:00+09:00", "2026-01-12T23:30:00+00:00"),
        ("2026-01", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_a_date_of_publication_as_a_moment(published: str | None, moment: str | None) -> None:
    found = moment_of(published)
    assert (found.isoformat() if found else None) == moment


def test_a_follow_up_names_the_story_before_and_leads_to_its_page() -> None:
    first, second, *rest = shelf().dossiers
    later = replace(second, story=replace(second.story, follows=(Follow(first.story.id, "likely"),)))
    pages = dict(render_site(replace(shelf(), dossiers=(first, later, *rest))))
    ours = next(text for path, text in pages.items() if path.startswith("stories/") and "Follows up" in text)
    target = re.search(r'Follows up <a href="([^"]+)">', ours)
    assert target
    assert f"stories/{target.group(1)}" in pages
