"""Bytes to text in the encodings of the world's newsrooms."""

from __future__ import annotations

import pytest

from stemma.errors import UnreadableInput
from stemma.read.encoding import decode

TEXTS = {
    "utf-8": "Havnerådet sa at «møtet» i går var nødvendig – og gikk hjem.",
    "utf-8-sig": "Havnerådet sa at «møtet» i går var nødvendig – og gikk hjem.",
    "utf-16": "Havnerådet sa at «møtet» i går var nødvendig – og gikk hjem.",
    "utf-16-le": "The harbour council said that the meeting was needed, and went home.",
    "utf-16-be": "The harbour council said that the meeting was needed, and went home.",
    "utf-32": "Havnerådet sa at «møtet» i går var nødvendig – og gikk hjem.",
    "windows-1252": "Havnerådet sa at “møtet” i går var nødvendig – og at arbeidet starter når våren kommer til fjorden.",
    "windows-1250": "Přístavní rada v úterý řekla, že nové nábřeží bude dokončeno před zimou a že práce začnou příští měsíc.",
    "windows-1251": "Портовый совет сообщил во вторник, что новый причал будет построен до зимы следующего года.",
    "windows-1253": "Το συμβούλιο του λιμανιού δήλωσε την Τρίτη ότι η νέα προβλήτα θα κατασκευαστεί πριν από τον χειμώνα.",
    "windows-1254": "Liman kurulu salı günü yeni rıhtımın kıştan önce inşa edileceğini, çalışmaların şehirde başlayacağını söyledi.",
    "windows-1256": "قال مجلس الميناء يوم الثلاثاء إن الرصيف الجديد سيبنى قبل الشتاء وإن العمل سيبدأ في الربيع المقبل.",
    "iso-8859-1": "Der Hafenrat erklärte am Dienstag, der neue Kai werde noch vor dem Winter gebaut, früher als erwartet.",
    "iso-8859-2": "Rada portu poinformowała we wtorek, że nabrzeże zostanie zbudowane przed zimą, później niż sądzono w Łodzi.",
    "iso-8859-5": "Портовый совет сообщил во вторник, что новый причал будет построен до зимы следующего года.",
    "iso-8859-15": "Le conseil du port a déclaré mardi que le quai coûterait 40 millions d'€ à la région entière.",
    "koi8-r": "Портовый совет сообщил во вторник, что новый причал будет построен до зимы следующего года.",
    "shift_jis": "港湾評議会は火曜日、新しい岸壁を来年の冬までに建設すると発表した。作業は春に始まる予定だ。",
    "euc-jp": "港湾評議会は火曜日、新しい岸壁を来年の冬までに建設すると発表した。作業は春に始まる予定だ。",
    "euc-kr": "항만 위원회는 화요일 새 부두를 내년 겨울 전에 건설하겠다고 밝혔다. 공사는 봄에 시작된다.",
    "gb18030": "港务委员会星期二表示，新码头将在明年冬天之前建成，工程将于春天开始，预计每周有四十艘船停靠。",
    "big5": "港務委員會星期二表示，新碼頭將在明年冬天之前建成，工程將於春天開始，預計每週有四十艘船停靠。",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_round_trip(encoding: str) -> None:
    assert decode(TEXTS[encoding].encode(encoding)) == TEXTS[encoding]


def test_a_page_that_calls_itself_latin_1_and_is_not() -> None:
    """Curly quotes of windows-1252 in a page declared ISO 8859-1: lost, they take the quotations with them."""
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>“We are late,” she said – twice.</p></body></html>'
    assert "“We are late,” she said – twice." in decode(page.encode("windows-1252"), page=True)


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x00\x01\x02\x03" * 500, b"\x7fELF" + bytes(2000)])
def test_no_text_at_all(data: bytes) -> None:
    with pytest.raises(UnreadableInput):
        decode(data)


def test_nothing_is_lost_silently() -> None:
    assert decode("På kaia står båten. ".encode() * 9 + b"One bad byte: \xff.").count("\ufffd") == 1
