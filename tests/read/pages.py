"""Generated web pages and the WARC records that hold them: about an invented harbour."""

from __future__ import annotations

import gzip


def page(number: int) -> bytes:
    """One news page; every number gives another text."""
    day = 1 + number % 28
    return (
        f'<html lang="en"><head><title>Harbour {number} closes after storm</title>'
        f'<meta property="article:published_time" content="2026-01-{day:02d}T08:00:00Z">'
        '<meta property="og:site_name" content="The Quay Post"></head><body><article>'
        f"<h1>Harbour {number} closes after storm</h1>"
        f"<p>The harbour of Lorvik number {number} was closed on Tuesday after a storm that broke {number + 3} boats, the "
        "harbour master said in the afternoon.</p>"
        "<p>“We will open again when the water is calm,” said Otieno Baraka, who leads the harbour. He did not say how "
        "long that would take, and nobody asked.</p>"
        f"<p>Some {number * 7 + 11} people waited on the quay for the ferry to the islands, and many of them went home "
        "before the evening came.</p></article></body></html>"
    ).encode()


def record(
    number: int, body: bytes, *, media: str = "text/html; charset=utf-8", kind: str = "response", status: str = "200 OK"
) -> bytes:
    """One WARC record."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://quay.example/{number}\r\n"
        f"WARC-Date: 2026-02-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def archive(count: int, damaged: set[int]) -> bytes:
    """A WARC file packed by record, eight bytes in the middle of each damaged member turned round; a request and an image
    stand between the pages."""
    out = [gzip.compress(record(0, b"software: none", media="application/warc-fields", kind="warcinfo"))]
    for number in range(count):
        member = bytearray(gzip.compress(record(number, page(number))))
        if number in damaged:
            middle = len(member) // 2
            member[middle : middle + 8] = bytes(byte ^ 0x5A for byte in member[middle : middle + 8])
        out.append(bytes(member))
        if number % 100 == 0:
            out.append(gzip.compress(record(number, b"\x89PNG", media="image/png")))
    return b"".join(out)
