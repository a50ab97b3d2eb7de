"""TOML files that a user writes (corrections, aliases): read so that whatever is wrong with one is said as a ``BadUsage``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from stemma.errors import BadUsage

SHOWN = 80  # characters of a wrong value in an error


def read_text(path: str | Path, option: str) -> str:
    """The text of the file that was given with ``option``."""
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadUsage(f"{path} cannot be read ({error.strerror}): check the name after {option}") from error
    except UnicodeDecodeError as error:
        raise BadUsage(f"{path} is not UTF-8: save it as UTF-8 and run again") from error


def tables(text: str, name: str, example: str) -> dict[str, Any]:
    """What the TOML holds; ``name`` is how errors call the file, ``example`` where one is shown."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadUsage(f"{name}: {error}: the file is TOML; {example}") from error
    except RecursionError as error:
        raise BadUsage(f"{name}: lists or tables in one another hundreds deep: take them out; {example}") from error
    except ValueError as error:  # Python reads no whole number of more than 4,300 digits
        raise BadUsage(f"{name}: a number of thousands of digits: take it out; {example}") from error


def shown(value: object) -> str:
    """A value as an error shows it; of a long one the beginning, of one that cannot be written out its type."""
    try:
        words = repr(value)
    except (ValueError, RecursionError):
        return f"a value too large to be shown ({type(value).__name__})"
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}..."
