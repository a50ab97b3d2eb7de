"""Who told whom, what a report goes by, and when it was published."""

from __future__ import annotations

import pytest

from stemma import language
from stemma.lineage.credits import find_tellings, usual_name
from stemma.lineage.times import before
from stemma.records import Report, Span

TOLD = [
    ("en", '"It floods every spring," the baker Ida Holm told AFP.', ("told", "AFP")),
    ("en", "The baker Ida Holm tells the Lorvik Post that the cellar floods every spring.", ("told", "Lorvik Post")),
    ("en", '"It floods," Ida Holm told this newspaper.', ("own", "")),
    ("en", "The cellar floods every spring, according to Reuters.", ("by way", "Reuters")),
    ("nb", "– Kjelleren står under vann, sier baker Ida Holm til NTB.", ("told", "NTB")),
    ("nb", "Kjelleren står under vann hver vår, skriver Lorvikavisen.", ("by way", "Lorvikavisen")),
    ("de", "„Der Keller ist voll“, sagte die Bäckerin Ida Holm der Nachrichtenagentur Reuters.", ("told", "Reuters")),
    ("de", "„Der Keller ist voll“, sagte die Bäckerin Ida Holm dieser Zeitung.", ("own", "")),
    ("fr", "« La cave est inondée », a déclaré la boulangère Ida Holm à l'AFP.", ("told", "AFP")),
    ("es", "«El sótano se inunda», dijo la panadera Ida Holm a la agencia EFE.", ("told", "EFE")),
    ("sv", "– Källaren står under vatten, säger bagaren Ida Holm till TT.", ("told", "TT")),
]
NOBODY = [
    ("en", "The cellar floods every spring, according to NATO and the U.S. weather office."),
    ("en", "Ida Holm told FBI agents that the cellar floods every spring."),
    ("en", "The baker Ida Holm told Berta Lund that the cellar floods every spring."),
    ("en", "The NATO summit told nobody anything, and Ida Holm went home to Lorvik."),
    ("nb", "Baker Ida Holm kjørte til Lorvik og kjøpte mel."),
]


def told(code: str, text: str) -> list[tuple[str, str]]:
    one = language.annotate(Report(id="r", text=text, language=code, body=(Span(0, len(text)),)))
    return [(telling.how, telling.outlet) for telling in find_tellings(one, frozenset())]


@pytest.mark.parametrize(("code", "text", "wanted"), TOLD)
def test_tellings(code: str, text: str, wanted: tuple[str, str]) -> None:
    assert told(code, text) == [wanted]


@pytest.mark.parametrize(("code", "text"), NOBODY)
def test_what_is_no_telling(code: str, text: str) -> None:
    assert told(code, text) == []


def test_usual_names() -> None:
    assert usual_name("Agence France-Presse") == "AFP"
    assert usual_name("The Lorvik Post") == "Lorvik Post"


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("2025-03-01", "2025-03-02", True),
        ("2025-03-02T08:00:00Z", "2025-03-01T08:00:00Z", False),
        ("2025-03-01", "2025-03-01T18:00:00", None),  # a bare date is the whole day
        ("2025-03-01T10:00:00+09:00", "2025-03-01T03:00:00+01:00", True),
        ("2025-03-01T10:00:00", "2025-03-01T12:00:00Z", None),  # an unknown zone
        ("2025-03-01", None, None),
        ("yesterday", "2025-03-01", None),
    ],
)
def test_before(first: str | None, second: str | None, wanted: bool | None) -> None:
    assert before(first, second) is wanted
