"""A piece of HTML (an entry of a feed) to paragraphs of text, by hand: no page around it, so nothing to guess."""

from __future__ import annotations

import html

import regex

_HIDDEN = regex.compile(r"<(?:(?P<tag>script|style|template|noscript)\b|!--)", regex.IGNORECASE)
_BREAKS = regex.compile(
    r"</?(?:p|div|br|h[1-6]|li|ul|ol|blockquote|table|tr|section|article|figure|figcaption|hr|pre)\b[^<>]*>",
    regex.IGNORECASE,
)
_TAGS = regex.compile(r"</?[A-Za-z][^<>]*>")
_SPACES = regex.compile(r"[ \t\xa0\r\n\f]+")


def text_of_markup(markup: str) -> str:
    """The text with a blank line between paragraphs; entities resolved."""
    if "<" not in markup:
        return _tidy(html.unescape(markup))
    bare = _SPACES.sub(" ", without_hidden(markup))
    bare = _TAGS.sub("", _BREAKS.sub("\n", bare))
    return _tidy(html.unescape(bare))


def without_hidden(markup: str) -> str:
    """The markup without scripts, styles and comments. One pass: what is never closed hides the rest."""
    kept: list[str] = []
    folded = markup.lower() if len(markup.lower()) == len(markup) else markup
    at = 0
    while match := _HIDDEN.search(markup, at):
        kept.append(markup[at : match.start()])
        closing = f"</{match['tag'].lower()}" if match["tag"] else "-->"
        end = folded.find(closing, match.end())
        if end < 0:
            return " ".join(kept)
        at = end + len(closing)
        if match["tag"]:
            at = max(markup.find(">", at) + 1, at)
    kept.append(markup[at:])
    return " ".join(kept)


def _tidy(text: str) -> str:
    lines = (line.strip() for line in text.split("\n"))
    return "\n\n".join(line for line in lines if line)
