"""Notes among the reports: a README, a .md file. Such a file is a report where it says who published it or when.

A newsroom's folder holds both: reports saved as Markdown, and what somebody wrote about them. The head tells them apart, which
also tells whether the file is of any use as a witness. What a user names by itself or by a glob is always read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import PurePath

import regex
from msgspec.structs import replace

from stemma.ids import content_id
from stemma.read.rows import ALIASES, clean, report_from_row
from stemma.records import Report, SetAside

ENDINGS = frozenset({".md", ".markdown"})
PLAIN = frozenset({"", ".txt", ".text"})  # a table called notes.csv holds rows, not a note
# What the file beside the others is called, in the languages that have a word of their own for it (GNU coding standards; the
# README files of Debian's packages), and what else lies at the top of a shared folder.
NAMES = frozenset(
    {
        "readme", "liesmich", "lisezmoi", "leeme", "leame", "leggimi", "lesmeg", "läsmig", "leesmij", "lueminut", "czytajto",
        "note", "notes", "todo", "changelog", "license", "licence", "copying", "authors", "contributing",
    }
)  # fmt: skip
# A line of front matter: "key: value", a comment, or what belongs to the key above it (indented, or an item of a list).
_FIELD = regex.compile(r"[\p{L}_][\p{L}\p{N}_-]*:(?:\s|$)|#|\s|-\s")
NO_VALUE = frozenset(
    {"null", "~", "none", "|", ">", "|-", ">-", "|+", ">+", "''", '""'}
)  # nothing, or text on the lines below
LINES = 60  # of a front matter; a longer one is no head
UNSIGNED = (
    "a note, by its name: nothing in it says who published it or when; to have it read as a report, name the file itself "
    "(FOLDER/*.md names them all), or begin it with front matter (outlet:, published:)"
)


def without_notes(name: str, found: Iterable[Report | SetAside]) -> Iterator[Report | SetAside]:
    """What a file in a folder or an archive holds; set aside where it may be a note by its name and is not signed."""
    path = PurePath(name)
    ending = path.suffix.lower()
    note = ending in ENDINGS or (ending in PLAIN and path.stem.casefold() in NAMES)
    for one in found:
        unsigned = note and isinstance(one, Report) and not is_signed(one)
        yield SetAside(one.read_from or clean(name), UNSIGNED) if unsigned else one


def is_signed(report: Report) -> bool:
    """Whether a report says who published it or when."""
    return any((report.outlet, report.byline, report.agency, report.dateline, report.published, report.url))


def with_front_matter(text: str, read_from: str) -> Report | None:
    """The report of a text that begins with front matter (lines of "key: value" between two of "---"), which is no body;
    None where it does not."""
    fields, end = _front_matter(text)
    if not fields or not any(mark.isalnum() for mark in text[end:]):
        return None
    blank = "".join(char if char in "\r\n" else " " for char in text[:end]) + text[end:]
    given = {"id": content_id("r", text), **fields, "text": blank}
    return replace(report_from_row(given, read_from), text=text)


def _front_matter(text: str) -> tuple[dict[str, str], int]:
    """The fields that are known (``ALIASES``) and the offset behind the closing line; ({}, 0) where there is none."""
    known = {alias for ours, names in ALIASES.items() if ours != "text" for alias in names}
    fields: dict[str, str] = {}
    at = 0
    for number, line in enumerate(islice(text.splitlines(keepends=True), LINES)):
        at += len(line)
        bare = line.strip()
        if number == 0:
            if bare.removeprefix("\ufeff") != "---":
                break
        elif bare in ("---", "..."):
            return fields, at
        elif bare and not _FIELD.match(line):
            break  # prose between two lines of dashes is no head
        elif (key := line.partition(":")[0].casefold()) in known:
            value = line.partition(":")[2].strip().strip("[]").strip().strip("\"'").strip()
            if value and value.casefold() not in NO_VALUE:
                fields[key] = value
    return {}, 0
