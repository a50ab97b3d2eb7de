"""Writes ``<language>.calendar.toml``: the names of months and weekdays of the Unicode CLDR, as babel ships them.

Run it after an upgrade of babel: ``python scripts/calendar_names.py``. What CLDR does not have (case forms, words such as
"yesterday") stands in the hand-written ``<language>.toml``.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import babel
from babel.dates import get_day_names, get_month_names

from stemma.language.lexicon import languages, load

DATA = Path(__file__).parents[1] / "src" / "stemma" / "language" / "data"


def clean(name: str) -> str:
    """The name as our lexer sees it: no final period, a plain apostrophe, case-folded."""
    return name.rstrip(".").replace("\u02bc", "'").replace("\u2019", "'").strip().casefold()


def names(getter: object, language: str, widths: tuple[str, ...], keys: dict[int, int]) -> dict[int, list[str]]:
    """Forms by number, formatting and stand-alone ones together, the order of CLDR, each once."""
    found: dict[int, list[str]] = {}
    for key, number in keys.items():
        forms: list[str] = []
        for width in widths:
            for context in ("format", "stand-alone"):
                form = clean(getter(width, context, language)[key])  # type: ignore[operator]
                if form not in forms:
                    forms.append(form)
        found[number] = forms
    return found


def section(title: str, wide: dict[int, list[str]], short: dict[int, list[str]]) -> list[str]:
    """Two TOML tables: full names, and abbreviations that are not full names themselves.

    An abbreviation with a digit ("3月") can be nothing else than the month: it stands with the full names.
    """
    lines = [f"[calendar.{title}]"]
    for number, forms in sorted(wide.items()):
        forms += [form for form in short[number] if form not in forms and any(map(str.isdigit, form))]
        lines.append(f"{number} = {quoted(forms)}")
    lines += ["", f"[calendar.{title}_short]"]
    for number, forms in sorted(short.items()):
        rest = [form for form in forms if form not in wide[number]]
        if rest:
            lines.append(f"{number} = {quoted(rest)}")
    return [*lines, ""]


def quoted(forms: list[str]) -> str:
    """A TOML array of strings."""
    return "[" + ", ".join('"' + form + '"' for form in forms) + "]"


def write(language: str) -> None:
    """One language's file."""
    months, days = {n: n for n in range(1, 13)}, {n: n + 1 for n in range(7)}
    lines = [
        f"# Names of months and weekdays (1 = Monday) in {language}: Unicode CLDR, by babel {babel.__version__}.",
        "# Written by scripts/calendar_names.py; do not edit by hand.",
        "[calendar]",
        "",
        *section(
            "months",
            names(get_month_names, language, ("wide",), months),
            names(get_month_names, language, ("abbreviated",), months),
        ),
        *section(
            "weekdays",
            names(get_day_names, language, ("wide",), days),
            names(get_day_names, language, ("abbreviated",), days),
        ),
    ]
    (DATA / f"{language}.calendar.toml").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    DATA.mkdir(exist_ok=True)
    # A process for each language: babel keeps what it resolved for one and gives it to the next ("1月" in Arabic). A file that
    # only refers to another language ("no") has no names of its own.
    own = [language for language in languages() if set(load(language)) != {"meta"}]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as alone:
        list(alone.map(write, own))
