"""Fetching, against a server on this machine that the tests allow; and the addresses that are never fetched."""

from __future__ import annotations

import gzip
import ipaddress
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from stemma.errors import UnreadableInput
from stemma.read import Limits, read
from stemma.read.addresses import is_public, resolve
from stemma.read.web import Fetcher

TEXT = "The harbour council of Fjordby said on Tuesday that the new quay would be built before the winter."
PAGE = (
    f"<html lang='en'><head><title>Quay</title></head><body><article><h1>Quay</h1><p>{TEXT}</p></article></body></html>"
)
QUICK = Limits(fetch_seconds=2.0, fetch_bytes=100_000, fetch_redirects=3)


class Handler(BaseHTTPRequestHandler):
    """Answers by path. ``hosts`` keeps the Host header of every request."""

    hosts: list[str]

    def do_GET(self) -> None:
        type(self).hosts.append(self.headers["Host"])
        path = self.path.split("?")[0]
        if path == "/robots.txt":
            self.answer(b"User-agent: *\nDisallow: /private/\n", "text/plain")
        elif path == "/page":
            self.answer(PAGE.encode(), "text/html; charset=utf-8")
        elif path == "/text":
            self.answer(TEXT.encode(), "text/plain")
        elif path.startswith("/to/"):
            self.redirect("/" + path.removeprefix("/to/"))
        elif path == "/loop":
            self.redirect("/loop")
        elif path == "/inside":
            self.redirect("http://10.0.0.1/secret")
        elif path == "/large":
            self.answer(b"x" * 200_000, "text/plain")
        elif path == "/bomb":
            self.answer(gzip.compress(b"x" * 50_000_000), "text/plain", "gzip")
        elif path == "/slow":
            self.drip()
        else:
            self.send_error(404)

    def answer(self, data: bytes, kind: str, coding: str | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if coding:
            self.send_header("Content-Encoding", coding)
        self.end_headers()
        self.wfile.write(data)

    def redirect(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target)
        self.end_headers()

    def drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        for _ in range(200):
            try:
                self.wfile.write(b"x")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    Handler.hosts = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://localhost:{running.server_port}"
        running.shutdown()


def reason(url: str, limits: Limits = QUICK, allow: bool = True) -> str:
    reading = read([url], limits=limits, allow_loopback=allow)
    assert reading.reports == ()
    assert reading.set_aside[0].read_from == url
    return reading.set_aside[0].reason


@pytest.mark.parametrize("path", ["/page", "/text", "/to/page", "/to/to/page"])
def test_a_page_is_read(server: str, path: str) -> None:
    (report,) = read([server + path], limits=QUICK, allow_loopback=True).reports
    assert [report.text[s:e] for s, e in report.body] == [TEXT]
    assert report.read_from == server + path
    if "page" in path:
        assert report.url == server + "/page"
    assert set(Handler.hosts) == {server.removeprefix("http://")}


def test_robots_are_asked_once_and_obeyed(server: str) -> None:
    assert "robots.txt" in reason(server + "/private/page")
    read([server + "/page", server + "/text"], limits=QUICK, allow_loopback=True)
    assert len(Handler.hosts) == 1 + 3


def test_limits(server: str) -> None:
    assert "redirects" in reason(server + "/loop")
    assert "bytes" in reason(server + "/large")
    assert "bytes" in reason(server + "/bomb")
    assert "answered 404" in reason(server + "/nowhere")


def test_a_server_that_drips_is_given_up(server: str) -> None:
    start = time.monotonic()
    assert "within 0.5 seconds" in reason(server + "/slow", Limits(fetch_seconds=0.5))
    assert time.monotonic() - start < 3


def test_a_redirect_into_a_private_network_is_refused(server: str) -> None:
    assert "private or special" in reason(server + "/inside")


def test_without_leave_this_machine_is_not_fetched_from(server: str) -> None:
    assert "only https" in reason(server + "/page", allow=False)
    assert "private or special" in reason("https://127.0.0.1/page", allow=False)
    assert "private or special" in reason("https://localhost/page", allow=False)
    assert Handler.hosts == []


@pytest.mark.parametrize(
    "url",
    [
        "https://user:word@fjordposten.example/",
        "https:///page",
        "https://[::1",
        "https://fjordposten.example:8443/",
        "http://fjordposten.example/",
    ],
)
def test_addresses_that_are_not_fetched(url: str) -> None:
    with pytest.raises(UnreadableInput):
        Fetcher(QUICK).fetch(url)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1", "192.88.99.1", "168.63.129.16", "::1", "::", "fe80::1", "fc00::1",
        "ff02::1", "fec0::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::",
        "2001:0:7f00:1::", "::7f00:1", "::ffff:0:127.0.0.1", "fe80::1%lo",
    ],
)  # fmt: skip
def test_private_and_special_addresses(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_a_host_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    with pytest.raises(UnreadableInput, match="private or special"):
        resolve("fjordposten.example", 443)


def test_the_host_is_looked_up_once_and_named_in_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to the checked address; the certificate is checked against the host's name."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=fjordposten.example",
         "-addext", "subjectAltName=DNS:fjordposten.example", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    names: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    Handler.hosts = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        running.socket = context.wrap_socket(running.socket, server_side=True)
        threading.Thread(target=running.serve_forever, daemon=True).start()
        lookups: list[str] = []

        def look_up(host: str, port: int, *_: object, **__: object) -> list[object]:
            if host != "127.0.0.1":
                lookups.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        url = f"https://fjordposten.example:{running.server_port}/page"
        reading = read([url], limits=QUICK, allow_loopback=True)
        assert [report.url for report in reading.reports] == [url], reading.set_aside
        assert set(names) == {"fjordposten.example"}
        assert set(Handler.hosts) == {url.split("/")[2]}
        wrong = url.replace("fjordposten", "havnebladet")
        assert "could not be fetched" in reason(wrong)
        assert len(lookups) <= 4
        running.shutdown()
