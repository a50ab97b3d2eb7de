"""What can go wrong, as a tree.

StemmaError            every error that Stemma raises on purpose; its text ends with the next step
├── UnreadableInput    one input cannot be read; the pile goes on without it (it is set aside)
├── NothingRead        no input at all could be read (exit status 1)
├── BadUsage           the call itself is wrong (exit status 2)
├── MissingPart        an optional library is not installed; names the extra to install
└── CannotWrite        the output cannot be written; what stood there before is untouched

LostWarning            not raised: warns that a report or a story is missing from an answer through a defect of Stemma
"""

from __future__ import annotations


class StemmaError(Exception):
    """Base of all errors raised on purpose."""


class UnreadableInput(StemmaError):
    """One input cannot be read. ``str(error)`` is the reason that is shown."""


class NothingRead(StemmaError):
    """No report could be read from any of the inputs."""


class BadUsage(StemmaError):
    """The call is wrong: an unknown setting, a missing file name."""


class MissingPart(StemmaError):
    """An optional library is needed and not installed."""


def install(extra: str) -> str:
    """How to install the libraries of one extra, for the text of a MissingPart."""
    return f"pip install 'stemma-news[{extra}]' (in a checkout: .venv/bin/pip install -e '.[{extra}]')"


class CannotWrite(StemmaError):
    """The output could not be written; nothing half-written is left."""


class LostWarning(UserWarning):
    """A report or a story is missing from the answer, because a stage failed on it; the text says which and the next step."""
