"""Web addresses that the user names: fetched once, over https, within limits, as the site's robots.txt allows.

The host is looked up once and the connection goes to the address that was checked, with the host's name in TLS and
in the request; every redirect is checked again from the start.
"""

from __future__ import annotations

import queue
import threading
import time
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from stemma.errors import StemmaError, UnreadableInput
from stemma.read.addresses import resolve
from stemma.read.limits import DEFAULT, Limits
from stemma.version import VERSION

AGENT = "stemma-news"
_HEADERS = {
    "User-Agent": f"{AGENT}/{VERSION} (reads single pages that its user names)",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/json,text/plain;q=0.8,*/*;q=0.1",
    "Accept-Encoding": "gzip, deflate",
}
_CHUNK = 65_536


class Fetched(NamedTuple):
    """A page as it came. ``url`` is where it was found in the end, ``kind`` the media type the server gave."""

    url: str
    data: bytes
    kind: str


class _Answer(NamedTuple):
    status: int
    location: str | None
    kind: str
    data: bytes


def is_address(path: str) -> bool:
    """Whether a PATH is a web address."""
    return path.lower().startswith(("https://", "http://"))


class Fetcher:
    """Fetches pages for one run; what each site's robots.txt says is asked once.

    ``allow_loopback`` is for tests: plain http and any port on this machine are then allowed too.
    """

    def __init__(self, limits: Limits = DEFAULT, allow_loopback: bool = False) -> None:
        self._limits = limits
        self._allow_loopback = allow_loopback
        self._robots: dict[tuple[str, str, int], Any] = {}

    def fetch(self, url: str) -> Fetched:
        """The page, or ``UnreadableInput`` with the reason. Gives up after ``fetch_seconds`` whatever the server does."""
        done: queue.Queue[Fetched | BaseException] = queue.Queue(1)

        def run() -> None:
            try:
                done.put(self._follow(url))
            except BaseException as error:
                done.put(error)

        # A thread of its own, because a look-up of a name and a server that drips bytes cannot be timed otherwise.
        threading.Thread(target=run, daemon=True, name="stemma-fetch").start()
        try:
            result = done.get(timeout=self._limits.fetch_seconds)
        except queue.Empty:
            raise UnreadableInput(
                f"no answer within {self._limits.fetch_seconds:g} seconds; try again or save the page"
            ) from None
        if isinstance(result, StemmaError):
            raise result
        if isinstance(result, BaseException):
            raise UnreadableInput(
                f"could not be fetched ({type(result).__name__}); try again or save the page"
            ) from result
        return result

    def _follow(self, url: str) -> Fetched:
        deadline = time.monotonic() + self._limits.fetch_seconds
        for _ in range(self._limits.fetch_redirects + 1):
            scheme, host, port = self._check(url)
            if not self._allowed(url, (scheme, host, port), deadline):
                raise UnreadableInput(
                    "the site's robots.txt does not allow programs to read it; save the page and hand in the file"
                )
            answer = self._get(url, scheme, host, port, deadline)
            if answer.location is None:
                break
            url = urljoin(url, answer.location)
        else:
            raise UnreadableInput(f"more than {self._limits.fetch_redirects} redirects; name the address it leads to")
        if answer.status != 200:
            raise UnreadableInput(f"the server answered {answer.status}; check the address or save the page")
        return Fetched(url, answer.data, answer.kind)

    def _check(self, url: str) -> tuple[str, str, int]:
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
        except (ValueError, UnicodeError):
            raise UnreadableInput("not a web address that can be read; check it") from None
        if parts.scheme != "https" and not (self._allow_loopback and parts.scheme == "http"):
            raise UnreadableInput("only https addresses are fetched; use https or save the page")
        if not host or parts.username is not None or parts.password is not None:
            raise UnreadableInput("an address without a host or with a password in it is not fetched; save the page")
        default = 443 if parts.scheme == "https" else 80
        if port not in (None, default) and not self._allow_loopback:
            raise UnreadableInput(f"only port {default} is fetched from; save the page and hand in the file")
        return parts.scheme, host, port or default

    def _allowed(self, url: str, site: tuple[str, str, int], deadline: float) -> bool:
        if site not in self._robots:
            self._robots[site] = self._read_robots(site, deadline)
        rules = self._robots[site]
        return bool(rules is None or (rules is not False and rules.can_fetch(url, AGENT)))

    def _read_robots(self, site: tuple[str, str, int], deadline: float) -> Any:
        """The site's rules; None: it has none; False: it is in trouble, which RFC 9309 reads as a no."""
        from protego import Protego

        scheme, host, port = site
        url = f"{scheme}://{host if ':' not in host else f'[{host}]'}:{port}/robots.txt"
        for _ in range(self._limits.fetch_redirects):
            answer = self._get(url, *self._check(url), deadline)
            if answer.location is None:
                break
            url = urljoin(url, answer.location)
        if answer.status >= 500:
            return False
        if answer.status != 200:
            return None
        return Protego.parse(answer.data[:500_000].decode("utf-8", "replace"))

    def _get(self, url: str, scheme: str, host: str, port: int, deadline: float) -> _Answer:
        import urllib3

        address = resolve(host, port, self._allow_loopback)
        timeout = urllib3.Timeout(total=max(0.1, deadline - time.monotonic()))
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        named = f"[{host}]" if ":" in host else host
        default = 443 if scheme == "https" else 80
        headers = {**_HEADERS, "Host": named if port == default else f"{named}:{port}"}
        pool: Any
        if scheme == "https":
            pool = urllib3.HTTPSConnectionPool(
                address,
                port,
                server_hostname=host,
                assert_hostname=host,
                cert_reqs="CERT_REQUIRED",
                timeout=timeout,
                retries=False,
            )
        else:
            pool = urllib3.HTTPConnectionPool(address, port, timeout=timeout, retries=False)
        with pool:
            try:
                response = pool.request("GET", path, headers=headers, redirect=False, preload_content=False)
                location = response.headers.get("Location") if response.status in (301, 302, 303, 307, 308) else None
                data = b"" if location else self._body(response, deadline)
                kind = str(response.headers.get("Content-Type", "")).split(";")[0].strip().lower()
                response.close()
            except urllib3.exceptions.HTTPError as error:
                raise UnreadableInput(
                    f"could not be fetched ({type(error).__name__}); check the address or save the page"
                ) from error
        return _Answer(response.status, location, kind, data)

    def _body(self, response: Any, deadline: float) -> bytes:
        """The body, unpacked, read piece by piece: neither its length nor its packing is believed."""
        pieces: list[bytes] = []
        size = 0
        while True:
            piece = response.read(_CHUNK, decode_content=True)
            if not piece:
                return b"".join(pieces)
            size += len(piece)
            if size > self._limits.fetch_bytes:
                raise UnreadableInput(
                    f"more than {self._limits.fetch_bytes:,} bytes; save the page and hand in its text"
                )
            if time.monotonic() > deadline:
                raise UnreadableInput("the server was too slow; try again or save the page")
            pieces.append(piece)
