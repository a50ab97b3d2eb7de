"""Bytes to text. UTF-8 where it fits, then a byte order mark, then what the bytes look like (uchardet by resiliparse)."""

from __future__ import annotations

import codecs

import regex

from stemma.errors import UnreadableInput

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What is looked at to tell binary from text and one encoding from another.
SAMPLE = 64_000
# A text has next to no control characters; a picture or a program has a third.
MOST_CONTROLS = 0.02
# Damaged UTF-8 (a cut in the middle of a letter, one wrong byte) is still UTF-8 when so few bytes are wrong.
MOST_BROKEN = 0.02
_CONTROLS = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32))
_HANGUL = regex.compile(r"\p{Hangul}")


def decode(data: bytes, *, page: bool = False) -> str:
    """The text that the bytes hold, without a byte order mark. ``page``: a declared encoding in HTML counts.

    A byte that fits no letter becomes U+FFFD, so that nothing is lost silently. Binary data raise ``UnreadableInput``.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(data, page)
    if "\0" in text[:SAMPLE]:
        return _decode_other(data, page)
    return text


def is_binary(data: bytes) -> bool:
    """Whether the bytes are no text in any encoding."""
    head = data[:SAMPLE]
    if not head or _wide(head) or any(head.startswith(mark) for mark, _ in _BOMS):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > MOST_CONTROLS * len(head)


def _decode_other(data: bytes, page: bool) -> str:
    wide = _wide(data[:SAMPLE])
    if wide:
        return data.decode(wide, "replace")
    if is_binary(data):
        raise UnreadableInput(
            "not a text: its bytes are those of a picture, a program or a document of another kind; hand in its text"
        )
    broken = data.decode("utf-8", "replace")
    if _damage(broken, data) <= MOST_BROKEN:
        return broken
    name = _guess(data, page)
    text = data.decode(name, "replace")
    # The sign of currency is not used in news; its place is that of the euro in ISO 8859-15.
    return text.replace("¤", "€") if name == "cp1252" else text


def _damage(text: str, data: bytes) -> float:
    """The share of letters beyond ASCII that could not be read as UTF-8."""
    wrong = text.count("\ufffd")
    beyond = sum(byte > 127 for byte in data[:SAMPLE])
    good = sum(ord(mark) > 127 for mark in text[:SAMPLE]) - text[:SAMPLE].count("\ufffd")
    return 0.0 if wrong == 0 else (wrong / len(text) if good * 2 >= wrong and beyond else 1.0)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of western text is zero."""
    controls = sum(head.count(byte) for byte in _CONTROLS[1:])
    if len(head) < 4 or controls > MOST_CONTROLS * len(head):
        return None
    pairs = len(head) // 2
    if head[1::2].count(0) > 0.4 * pairs and head[0::2].count(0) < 0.05 * pairs:
        return "utf-16-le"
    if head[0::2].count(0) > 0.4 * pairs and head[1::2].count(0) < 0.05 * pairs:
        return "utf-16-be"
    return None


def _guess(data: bytes, page: bool) -> str:
    from resiliparse.parse.encoding import detect_encoding

    name = str(detect_encoding(data[:SAMPLE], from_html_meta=page) or "utf-8")
    if name not in ("utf-8", "utf8"):
        return _known(name)
    # The detector says UTF-8 where it knows nothing; Korean is what it misses most.
    korean = data[:SAMPLE].decode("cp949", "ignore")
    if len(_HANGUL.findall(korean)) > 0.3 * len(korean):
        return "cp949"
    return "cp1252" if not page or _damage(data.decode("utf-8", "replace"), data) > 0.2 else "utf-8"


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
