"""The words of the page: strings as data, one TOML file per language in ``strings/``."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from stemma.render.clean import shown

_STRINGS = files("stemma.render") / "strings"
FALLBACK = "en"


class Words:
    """The strings of one interface language; a missing key is taken from English, a missing sentence shows its key."""

    def __init__(self, language: str) -> None:
        self.language = language if (_STRINGS / f"{language}.toml").is_file() else FALLBACK
        self._tables = (_load(self.language), _load(FALLBACK))

    def raw(self, part: str, key: str) -> Any:
        """The value under ``[part] key``, or None."""
        for tables in self._tables:
            value = tables.get(part, {}).get(key)
            if value is not None:
                return value
        return None

    def __call__(self, name: str, /, **values: object) -> str:
        """The sentence called ``part.key`` with its braces filled in."""
        part, _, key = name.partition(".")
        value = self.raw(part, key)
        if not isinstance(value, str):
            return key
        return value.format(**values) if values else value

    def count(self, name: str, n: int, /, **values: object) -> str:
        """The form of a sentence that goes with a number."""
        part, _, key = name.partition(".")
        forms = self.raw(part, key)
        if not isinstance(forms, dict):
            return self(name, n=n, **values)
        return str(forms["one" if n == 1 and "one" in forms else "other"]).format(n=n, **values)

    def tongue(self, code: str | None) -> str:
        """The name of a language; its code where the file does not know it."""
        if not code:
            return self("languages.unknown")
        return str(self.raw("languages", code.split("-")[0]) or shown(code))

    def as_json(self, parts: tuple[str, ...]) -> str:
        """Whole tables for the page's script; "<" is escaped, so that no string can end the script element."""
        found = {part: {**self._tables[1].get(part, {}), **self._tables[0].get(part, {})} for part in parts}
        return json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")

    def series(self, items: list[str]) -> str:
        """ "A, B and C"."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self('dates.and')} {items[-1]}"


@cache
def _load(language: str) -> dict[str, Any]:
    return tomllib.loads((_STRINGS / f"{language}.toml").read_text(encoding="utf-8"))


def interface_languages() -> tuple[str, ...]:
    """The languages that have a file of strings."""
    return tuple(
        sorted(entry.name.removesuffix(".toml") for entry in _STRINGS.iterdir() if entry.name.endswith(".toml"))
    )
