"""Extraction in a process of its own, so that a page that takes too long can be given up.

The process is started with the first page and kept; it speaks length-prefixed MessagePack over its standard input and
output. A page that takes longer than its time costs that page and a new process, nothing else.
"""

from __future__ import annotations

import atexit
import os
import struct
import subprocess
import sys
import threading
from typing import IO

import msgspec

from stemma.errors import UnreadableInput
from stemma.read.limits import DEFAULT, Limits
from stemma.read.page import Page, check, extract


class Answer(msgspec.Struct, frozen=True):
    """A page or why there is none."""

    page: Page | None = None
    error: str | None = None


class PageWorker:
    """One extracting process. Calls from several threads wait for one another."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def extract(self, markup: str, limits: Limits = DEFAULT) -> Page:
        """What the page says; ``UnreadableInput`` where it is beyond the limits of size, depth, attributes or time."""
        check(markup, limits)
        with self._lock:
            answer = self._ask(markup, limits.page_seconds)
        if answer.page is None:
            raise UnreadableInput(answer.error or "nothing could be read from the page; hand in its text")
        return answer.page

    def close(self) -> None:
        """Ends the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None

    def _ask(self, markup: str, seconds: float) -> Answer:
        process = self._running()
        # Starting the process and its libraries takes a second or two on a busy machine: not the page's time.
        timer = threading.Timer(seconds, process.kill)
        try:
            assert process.stdin is not None and process.stdout is not None
            timer.start()
            _send(process.stdin, markup.encode("utf-8", "replace"))
            reply = _receive(process.stdout)
        except (OSError, ValueError):
            reply = None
        finally:
            timer.cancel()
        if reply is None:
            self.close()
            return Answer(error=f"the page took more than {seconds:g} seconds to read; hand in its text")
        return msgspec.msgpack.decode(reply, type=Answer)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            paths = os.pathsep.join(path for path in sys.path if path)
            self._process = subprocess.Popen(
                [sys.executable, "-c", "from stemma.read.page_worker import serve; serve()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": paths},
            )
            assert self._process.stdout is not None
            _receive(self._process.stdout)  # says that it is ready
        return self._process


def serve() -> None:
    """The process: pages in, answers out, until the input ends."""
    import trafilatura  # noqa: F401  (loaded before the first page, whose time it is not)

    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _send(sink, b"ready")
    while (markup := _receive(source)) is not None:
        try:
            answer = Answer(page=extract(markup.decode("utf-8")))
        except Exception as error:  # whatever a parser makes of a hostile page, the pile goes on
            answer = Answer(error=f"the page could not be read ({type(error).__name__}); hand in its text")
        _send(sink, msgspec.msgpack.encode(answer))


def _send(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(struct.pack(">I", len(data)) + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    head = pipe.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack(">I", head)
    data = pipe.read(length)
    return data if len(data) == length else None


WORKER = PageWorker()
atexit.register(WORKER.close)
