"""Counts of one thing across a story: what is counted, where, and which of them are compared."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from stemma.compare.event_slots import event_slots
from stemma.compare.mentions import Mention, mentions
from stemma.compare.scenes import scene
from stemma.compare.slots import read
from stemma.language import annotate
from stemma.records import Report, Span


def told(text: str, language: str = "en") -> list[Mention]:
    one = annotate(Report(id="r", text=text, language=language, body=(Span(0, len(text)),)))
    return mentions(scene(one, read(one)))


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "At least 14 people were killed and 37 injured in Norway.", [("dead", "14.."), ("injured", "37..37")]),
        ("en", "The wall fell, killing five displaced children.", [("dead", "5..5")]),
        ("en", "Police arrested 12 protesters outside the bank.", [("arrested", "12..12")]),
        ("de", "Bei dem Brand kamen 14 Menschen ums Leben.", [("dead", "14..14")]),
        ("nb", "43 arbeidere er savnet etter raset.", [("missing", "43..43")]),
        ("fr", "Selon le parquet, « trois ou quatre » voleurs ont fui.", [("thieves", "3..4")]),
        ("es", "Tiene tres de los barcos amarrados.", []),
        ("en", "A three-storey house stood empty.", []),
        ("en", "The fever could kill 900 people.", []),
        ("en", "Dozens were killed in the storm.", []),
        (
            "pl",
            "W pożarze zginęło co najmniej 14 osób, a 37 zostało rannych.",
            [("dead", "14.."), ("injured", "37..37")],
        ),
        (
            "cs",
            "Při požáru zemřelo nejméně 14 lidí, dalších 37 bylo zraněno.",
            [("dead", "14.."), ("injured", "37..37")],
        ),
        ("fi", "Tulipalossa kuoli ainakin 14 ihmistä ja 37 loukkaantui.", [("dead", "14.."), ("injured", "37..37")]),
        (
            "tr",
            "Yangında en az 14 kişi hayatını kaybetti, 37 kişi yaralandı.",
            [("dead", "14.."), ("injured", "37..37")],
        ),
        ("el", "Τουλάχιστον 14 άνθρωποι σκοτώθηκαν και 37 τραυματίστηκαν.", [("dead", "14.."), ("injured", "37..37")]),
        ("ja", "消防は37人を救助した一方、14人の死亡を確認した。", [("rescued", "37..37"), ("dead", "14..14")]),
        ("ko", "승객 51명 중 14명이 사망하고 37명이 구조됐다.", [("dead", "14..14"), ("rescued", "37..37")]),
        ("zh", "火灾造成14人遇难,37人获救。", [("dead", "14..14"), ("rescued", "37..37")]),
        ("ar", "أسفر الحريق عن 14 قتيلا وإصابة 37 شخصا.", [("dead", "14..14"), ("injured", "37..37")]),
        ("en", "Of the 51 people on board 14 died.", [("dead", "14..14")]),
        ("en", "Flight 7C22 crashed.", []),
    ],
)
def test_what_is_counted(language: str, text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(one.category, one.value) for one in told(text, language)] == wanted


def test_words_lie_in_the_text() -> None:
    text = "In Velmar 14 people were killed. Ambulances make a detour of 14 kilometres."
    for one in told(text):
        assert one.slot.value.split("..")[0] in text[one.start : one.end]


def slots(*reports: Report) -> list[tuple[str, str, int]]:
    return [(f.kind, f.reasons[-1].values[0], len(f.readings)) for f in event_slots(*counted(reports), {})]


def counted(reports: Sequence[Report]) -> tuple[dict[str, Report], dict[str, list[Mention]]]:
    """The reports and their counts, by id."""
    annotated = {one.id: annotate(one) for one in reports}
    return {one.id: one for one in reports}, {name: mentions(scene(one, read(one))) for name, one in annotated.items()}


def report(name: str, text: str, published: str | None = None) -> Report:
    return Report(id=name, text=text, language="en", published=published, body=(Span(0, len(text)),))


def test_all_readings_in_one_line() -> None:
    found = slots(
        report("a", "In Norway 9 people were killed."),
        report("b", "The storm left 14 people dead in Norway."),
        report("c", "Norway mourns. In Norway 21 people died."),
    )
    assert found == [("contradiction", "dead", 3)]


def test_reports_of_one_family_are_not_compared() -> None:
    reports = (report("a", "In Norway 9 people were killed."), report("b", "In Norway 14 people were killed."))
    assert event_slots(*counted(reports), {"a": "f", "b": "f"}) == []


def test_the_order_of_the_reports_does_not_matter() -> None:
    reports = [report(n, f"In Norway {k} people were killed.") for n, k in (("a", 9), ("b", 14), ("c", 12))]
    assert slots(*reports) == slots(*reports[::-1])


def test_where_somebody_came_from_is_not_where_it_was_counted() -> None:
    (one,) = told("A ferry from Norway burned in Portugal and 14 people died.")
    assert one.places == ("T:PT",)
    (one,) = told("A Portugal Air ferry burned and 14 people died.")
    assert one.places == ()
