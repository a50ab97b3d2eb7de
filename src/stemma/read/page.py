"""Saved web pages: the report's text by trafilatura, what is known of it from the page's own statements.

Order of trust: schema.org JSON-LD, then the page's meta elements (OpenGraph and the usual names), then what its text
says. Dates that trafilatura works out from addresses and footers are not used: what a page does not state is not known.
The text is put together as title, blank line, paragraphs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import regex
from msgspec import Struct

from stemma.errors import UnreadableInput
from stemma.read.limits import DEFAULT, Limits
from stemma.read.markup import text_of_markup
from stemma.read.published import parse_published
from stemma.read.rows import normal_language

ARTICLES = frozenset(
    {
        "NewsArticle",
        "Article",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "BackgroundNewsArticle",
        "OpinionNewsArticle",
        "ReviewNewsArticle",
        "LiveBlogPosting",
        "BlogPosting",
        "AdvertiserContentArticle",
        "AskPublicNewsArticle",
        "WebPage",
    }
)
# The names under which pages state when they were published; "modified" is not among them.
_DATES = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "article.published",
    "published_time_telegram",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article_date_original",
    "originalpublicationdate",
    "bt:pubdate",
)
_AUTHORS = (
    "author",
    "article:author",
    "og:article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
)
_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title")
_SITES = ("og:site_name", "application-name", "publisher", "dc.publisher")
_OPEN_TAG = regex.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*+)")
_ATTRIBUTE = regex.compile(r"[^\s=\"'<>/]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>]++))?+")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
# Elements whose end tag may be left out: they do not nest in themselves.
_LOOSE = frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "rt",
        "rp",
        "html",
        "head",
        "body",
    ]
)


class Page(Struct, frozen=True):
    """What a page says."""

    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None


def is_page(head: str) -> bool:
    """Whether a text begins like HTML."""
    return bool(regex.search(r"<(?:!doctype\s+html|html|head|body|article|meta)[\s>]", head[:3000], regex.IGNORECASE))


def check(markup: str, limits: Limits = DEFAULT) -> None:
    """Raises ``UnreadableInput`` where the markup would cost the extraction far more than pages do. One linear pass."""
    depth = 0
    for match in _OPEN_TAG.finditer(markup):
        name = match["name"].lower()
        if name in _VOID or name in _LOOSE:
            continue
        depth = max(0, depth - 1) if match["close"] else depth + 1
        if depth > limits.page_depth:
            raise UnreadableInput(
                f"its elements are nested more than {limits.page_depth} deep, as no news page is; hand in its text"
            )
    _check_attributes(markup, limits)


def _check_attributes(markup: str, limits: Limits) -> None:
    at = markup.find("<")
    while at >= 0:
        end = markup.find(">", at)
        end = len(markup) if end < 0 else end
        # A tag shorter than two characters an attribute cannot hold too many.
        if end - at > 2 * limits.page_attributes:
            count = sum(1 for _ in _ATTRIBUTE.finditer(markup, at + 1, end))
            if count > limits.page_attributes and markup[at + 1 : at + 2].isalpha():
                raise UnreadableInput(
                    f"a tag has more than {limits.page_attributes} attributes, as no news page has; hand in its text"
                )
        at = markup.find("<", end)


def extract(markup: str) -> Page:
    """What the page says. Slow on hostile markup: call it through ``page_worker``, which keeps the time."""
    from lxml import html as lxml_html
    from trafilatura import bare_extraction

    tree = lxml_html.document_fromstring(
        markup.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=False)
    )
    known = _merge(_linked_data(tree), _meta(tree))
    document: Any = bare_extraction(
        markup, include_comments=False, include_tables=False, with_metadata=False, config=_config()
    )
    text = (document.text or "") if document is not None else ""
    said = known.get("body") or ""
    # A page that is drawn by a program holds its report in JSON-LD alone.
    if len(said) > 1.5 * len(text) and len(said) > 200:
        text = text_of_markup(said) if "\n" not in said else said
    title = known.get("title") or (document.title if document is not None else None)
    return Page(
        text=_compose(title, _heading(tree), text),
        title=title,
        outlet=known.get("outlet"),
        url=known.get("url"),
        byline=known.get("byline"),
        published=known.get("published"),
        language=known.get("language"),
    )


@cache
def _config() -> Any:
    """trafilatura takes a page of fewer characters than this for one whose report it missed, and then loses the paragraphs."""
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "60")
    return config


def _compose(title: str | None, heading: str, text: str) -> str:
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    if paragraphs and _plain(paragraphs[0]) in (_plain(title or ""), _plain(heading)):
        paragraphs = paragraphs[1:]
    return "\n\n".join([title, *paragraphs] if title else paragraphs)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _merge(*sources: dict[str, str]) -> dict[str, str]:
    """The first source that states a thing is believed."""
    merged: dict[str, str] = {}
    for source in sources:
        for key, value in source.items():
            if value and value.strip():
                merged.setdefault(key, " ".join(value.split()) if key != "body" else value.strip())
    return merged


def _linked_data(tree: Any) -> dict[str, str]:
    """The first article that the page's JSON-LD describes; news articles before others, web pages last."""
    found: list[tuple[int, dict[str, Any]]] = []
    for script in tree.xpath('//script[contains(@type, "ld+json")]'):
        try:
            data = json.loads((script.text or "").strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data, 0):
            kinds = node.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and kind in ARTICLES for kind in kinds):
                found.append((0 if "NewsArticle" in kinds else 2 if "WebPage" in kinds else 1, node))
    if not found:
        return {}
    node = min(found, key=lambda item: item[0])[1]
    return {
        "title": _string(node.get("headline")) or _string(node.get("name")),
        "byline": _people(node.get("author") or node.get("creator")),
        "outlet": _people(node.get("publisher")),
        "published": parse_published(_string(node.get("datePublished"))) or "",
        "language": normal_language(_string(node.get("inLanguage"))) or "",
        "url": _string(node.get("url")) or _string(node.get("mainEntityOfPage")),
        "body": _string(node.get("articleBody")),
    }


def _nodes(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(data, list):
        for one in data[:200]:
            yield from _nodes(one, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            yield from _nodes(data.get(key), depth + 1)


def _string(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or value.get("@value")
    if isinstance(value, list):
        value = value[0] if value else None
    return text_of_markup(value) if isinstance(value, str) else ""


def _people(value: Any) -> str:
    values = value if isinstance(value, list) else [value]
    names = [_string(one) for one in values]
    return ", ".join(name for name in names if name and "://" not in name)


def _meta(tree: Any) -> dict[str, str]:
    values: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        values.setdefault(name.strip().casefold(), element.get("content").strip())

    def first(names: tuple[str, ...]) -> str:
        return next((values[name] for name in names if values.get(name)), "")

    byline = first(_AUTHORS)
    canonical = tree.xpath('string(//link[@rel="canonical"]/@href)')
    language = tree.get("lang") or tree.xpath(
        "string(/html/@xml:lang)", namespaces={"xml": "http://www.w3.org/XML/1998/namespace"}
    )
    return {
        "title": first(_TITLES) or _heading(tree),
        "byline": byline if "://" not in byline else "",
        "outlet": first(_SITES),
        "published": next(filter(None, (parse_published(values.get(name)) for name in _DATES)), "") or _time(tree),
        "language": normal_language(language)
        or normal_language(values.get("og:locale"))
        or normal_language(values.get("content-language"))
        or "",
        "url": values.get("og:url", "") or str(canonical),
    }


def _heading(tree: Any) -> str:
    headings = tree.xpath("//h1")
    return " ".join(headings[0].text_content().split())[:300] if len(headings) == 1 else ""


def _time(tree: Any) -> str:
    """The time element that says it is the date of publication."""
    path = (
        '//time[@datetime and (@pubdate or contains(@itemprop, "datePublished") or contains(@class, "publish") or contains(@class, "pubdate"))]'
        '/@datetime | //*[@itemprop="datePublished"]/@content'
    )
    return next(filter(None, (parse_published(str(stamp)) for stamp in tree.xpath(path))), "")
