"""Drawings as SVG text. Colours and strokes come from classes in static/parts.css: the page's policy allows no style attributes."""

from __future__ import annotations

from markupsafe import Markup, escape


def element(tag: str, *inner: Markup | str, **attributes: object) -> Markup:
    """One element. ``class_`` becomes class, other underscores become hyphens; None leaves an attribute out."""
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value) if isinstance(value, str) else _plain(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    content = "".join(one if isinstance(one, Markup) else escape(one) for one in inner)
    return Markup(f"<{tag}{pairs}>{content}</{tag}>" if content else f"<{tag}{pairs}/>")


def _plain(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def drawing(width: float, height: float, label: str | None, *inner: Markup, class_: str, role: str = "img") -> Markup:
    """The whole drawing. Without a label it is decoration that a list beside it says in words. ``role`` is "group" for a
    drawing with links in it."""
    return element(
        "svg",
        *inner,
        viewBox=f"0 0 {_plain(float(width))} {_plain(float(height))}",
        width=_plain(float(width)),
        height=_plain(float(height)),
        class_=class_,
        role=role if label else None,
        aria_label=label,
        aria_hidden=None if label else "true",
    )


def text_width(text: str, size: float) -> float:
    """A guess of the width of sans text in pixels: wide scripts a full em, others a little over half."""
    return sum(size if ord(char) > 0x2E80 else size * 0.56 for char in text)


def fitted(text: str, width: float, size: float) -> str:
    """The text cut with an ellipsis so that it stays within ``width`` pixels."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"
