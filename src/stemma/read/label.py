"""How a report is called on the page: its outlet, or what helps to tell it from the others; never a file's hash."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from stemma.records import Report

# English names of the languages that the pages speak of most (CLDR); others are called by their tag.
LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "is": "Icelandic", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "ms": "Malay", "nb": "Norwegian", "nl": "Dutch",
    "nn": "Norwegian Nynorsk", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovene", "sr": "Serbian", "sv": "Swedish", "ta": "Tamil", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese", "be": "Belarusian", "ka": "Georgian", "ne": "Nepali", "sq": "Albanian",
}  # fmt: skip
_UNKNOWN = "language not known"


def letter(number: int) -> str:
    """0 -> "A", 25 -> "Z", 26 -> "AA": what a report of a story is called where its outlet is not known."""
    letters = ""
    number += 1
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def printed_by(report: Report) -> str | None:
    """Who printed a report as far as it says: the outlet, else the host of its address, else the agency."""
    return report.outlet or _host(report.url or "") or report.agency


def _host(url: str) -> str | None:
    """The host of a web address without "www."; None where it is none, or a broken one ("http://[x")."""
    try:
        host = urlsplit(url).hostname if url.startswith(("http://", "https://")) else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def label(report: Report, letter: str = "") -> str:
    """The outlet where it is known, else letter, agency, language, date and credits: "B · English · undated · credits NHK"."""
    if report.outlet:
        return report.outlet
    language = LANGUAGES.get(report.language or "", report.language or _UNKNOWN)
    parts = [letter, report.agency or "", language, (report.published or "undated")[:10]]
    credited = list(dict.fromkeys(credit.name for credit in report.credits if credit.name != report.agency))
    if credited:
        parts.append("credits " + ", ".join(credited[:2]) + (" and others" if len(credited) > 2 else ""))
    return " · ".join(part for part in parts if part)


def labels(reports: Sequence[Report]) -> dict[str, str]:
    """The labels of a story's reports by id: letters in the order given; outlets that print several get a number."""
    outlets = [report.outlet for report in reports]
    found: dict[str, str] = {}
    seen: dict[str, int] = {}
    for number, report in enumerate(reports):
        name = label(report, letter(number))
        if report.outlet and outlets.count(report.outlet) > 1:
            seen[report.outlet] = seen.get(report.outlet, 0) + 1
            name = f"{name} ({seen[report.outlet]})"
        found[report.id] = name
    return found
