"""The grammar of dates: found, not invented, worked out again, and never from the clock."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_files import cases_in, languages_of
from clock import seconds
from stemma.language.dates import bounds, find_dates, joins_range, own_date, resolve
from stemma.language.dates.calendar import Point, easter, evaluate
from stemma.records import DateMention, Sentence


def mentions(text: str, language: str, published: str | None = "2026-01-14") -> tuple[DateMention, ...]:
    return find_dates(text, (Sentence(0, len(text), 0, "body", 0, 0),), language, published)


def found(case: dict, language: str) -> list[list[str | None]]:
    text = case["text"]
    return [[text[m.start : m.end], m.value] for m in mentions(text, language, case["published"])]


POSITIVE = [
    pytest.param(language, case, id=f"{language}-{number}")
    for language in languages_of("dates")
    for number, case in enumerate(cases_in(f"dates.{language}.jsonl"))
]


@pytest.mark.parametrize(("language", "case"), POSITIVE)
def test_every_date_of_a_sentence_and_no_other(language: str, case: dict) -> None:
    assert found(case, language) == case["dates"]


@pytest.mark.parametrize("case", cases_in("dates.negative.jsonl"), ids=lambda case: case["text"][:30])
def test_no_date_is_invented(case: dict) -> None:
    assert mentions(case["text"], case["language"]) == ()


@pytest.mark.parametrize("case", cases_in("dates.known_failures.jsonl"), ids=lambda case: case["text"][:30])
@pytest.mark.xfail(strict=True)
def test_known_failures(case: dict) -> None:
    assert found(case, case["language"]) == case["dates"]


def test_there_are_two_hundred_negative_sentences() -> None:
    assert len(cases_in("dates.negative.jsonl")) >= 200


def test_an_undated_report_fills_nothing_in() -> None:
    found = mentions("The council met on Tuesday. It last met in October, and in 2019.", "en", None)
    assert [(m.value, m.basis, m.needs) for m in found] == [
        (None, "borrowed", "anchor"),
        ("XXXX-10", "borrowed", "year"),
        ("2019", "stated", ""),
    ]


def test_a_mention_is_worked_out_again_on_another_anchor() -> None:
    weekday, month, after = mentions(
        "It met on Tuesday. In October it closed. On Jan. 6, a day after the talks, it rose.", "en", None
    )[:3]
    assert resolve(weekday, "2026-01-13") == "2026-01-13"
    assert resolve(weekday, "2026-01-14") == "2026-01-13"
    assert resolve(month, "2026-01-13") == "2025-10"
    assert resolve(month, None) == "XXXX-10"
    assert resolve(after, "2025-12-30") == "2026-01-06"


def test_a_relation_hangs_on_the_date_beside_it() -> None:
    text = "On Jan. 6, a day after the talks, the ministry closed the border."
    first, second = mentions(text, "en", None)
    assert (resolve(first, "2026-01-13"), resolve(second, "2026-01-13")) == ("2026-01-06", "2026-01-05")


def test_tense_decides_the_direction_of_a_weekday() -> None:
    assert mentions("The council will meet on Tuesday.", "en")[0].value == "2026-01-20"
    assert mentions("The council met on Tuesday.", "en")[0].value == "2026-01-13"


@pytest.mark.parametrize(
    ("text", "language", "status"),
    [
        ("The council met on Tuesday.", "en", "historical"),
        ("The council will meet on Tuesday.", "en", "future"),
        ("The council could meet on Tuesday.", "en", "hypothetical"),
        ("The council did not meet on Tuesday.", "en", "negated"),
        ("On Tuesday, the council did not meet.", "en", "negated"),
        # the negation of another clause of the sentence
        ("The ferry sank on Tuesday, although its crew was not told.", "en", "historical"),
        ("Rederiet melder tirsdag brann i ei ferje, og at det ikke går flere båter.", "nb", "historical"),
        ("El martes, la alcaldesa dijo que no se sabe por qué cedió el muelle.", "es", "historical"),
    ],
)
def test_status(text: str, language: str, status: str) -> None:
    assert mentions(text, language)[0].status == status


CHRONICLE = (
    "The siege of Varnholt began on 3 May 1642. The town was taken on 7 June. In August the walls were pulled down. "
    "A second siege followed in March 1650. It failed in April. The treaty was signed on 2 February 1651, and on 5 March "
    "the last garrison left. In 1660 the town was rebuilt."
)


def test_a_chronicle_carries_its_year_on() -> None:
    values = [m.value for m in mentions(CHRONICLE, "en")]
    assert values == ["1642-05-03", "1642-06-07", "1642-08", "1650-03", "1650-04", "1651-02-02", "1651-03-05", "1660"]


def test_a_report_that_looks_back_is_no_chronicle() -> None:
    text = (
        "The bridge, built in 1901 and rebuilt in 1946, 1963 and 1980, closed on Monday. It closed last month too. "
        "Repairs are due in May."
    )
    assert [m.value for m in mentions(text, "en")][-1] == "2026-05"


def test_a_dateline_is_the_own_date() -> None:
    text = "Bridge closed after storm\n\nAshwick, January 12, 2026\n\nThe bridge was closed on Sunday. It opened in October."
    start = text.index("The bridge was")
    sentences = (Sentence(0, 25, 0, "title", 0, 0), Sentence(start, len(text), 1, "body", 0, 0))
    found = find_dates(text, sentences, "en", None)
    assert [m.value for m in found] == ["2026-01-12", "2026-01-11", "2025-10"]
    assert own_date(text, found) == "2026-01-12"


def test_a_date_in_a_sentence_is_no_dateline() -> None:
    text = "The bridge was closed on 12 January 2026 after the storm had torn away two piers and a part of the deck.\nMore follows."
    assert own_date(text, mentions(text, "en", None)) is None


def test_ranges_are_told_from_lists() -> None:
    assert joins_range("from 1910 to 1945", 9, 13, "en")
    assert joins_range("1910-1945", 4, 5, "en")
    assert not joins_range("1910 and 1945", 4, 9, "en")
    assert joins_range("between 1910 and 1945", 12, 17, "en")


@pytest.mark.parametrize(
    ("rule", "anchor", "value"),
    [
        ("part:XXXX-10;past", Point(2026, 1, 14), "2025-10"),
        ("part:XXXX-02-29;near", Point(2026, 1, 14), "2024-02-29"),
        ("wday:3;past", Point(2026, 1, 14), "2026-01-14"),
        ("wday:3;last", Point(2026, 1, 14), "2026-01-07"),
        ("unit:month;-1", Point(2026, 1, 14), "2025-12"),
        ("unit:quarter;-1", Point(2026, 1, 14), "2025-36"),
        ("unit:week;0", Point(2026, 1, 14), "2026-01-12/2026-01-18"),
        ("unit:year;-1", Point(2026), "2025"),
        ("unit:day;-1", Point(2026, 1), None),
        ("unit:day;2<fix:2020-12-31", None, "2021-01-02"),
        ("mday:31;0", Point(2026, 2, 3), None),
        ("unit:decade;-1", Point(2026), "201X"),
        ("fix:2026-01-14@16:05", None, "2026-01-14T16:05:00"),
    ],
)
def test_rules(rule: str, anchor: Point | None, value: str | None) -> None:
    assert evaluate(rule, anchor) == value


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("2025-24", "2025-12-01", "2026-02-28"),
        ("2025-33", "2025-01-01", "2025-03-31"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("1910/1945", "1910-01-01", "1945-12-31"),
        ("2026-01-06~", "2026-01-06", "2026-01-06"),
        ("2026-01-06T16:05:00", "2026-01-06", "2026-01-06"),
    ],
)
def test_bounds(value: str, first: str, last: str) -> None:
    limits = bounds(value)
    assert limits is not None
    assert (str(limits[0]), str(limits[1])) == (first, last)


@pytest.mark.parametrize("value", ["XXXX-10", "-0479", "2025-13", "2025-02-30", "", "0000"])
def test_no_bounds(value: str) -> None:
    assert bounds(value) is None


def test_easter() -> None:
    assert [str(easter(year)) for year in (2024, 2025, 2026)] == ["2024-03-31", "2025-04-20", "2026-04-05"]


def test_an_unknown_language_works_with_nothing() -> None:
    assert mentions("Tuesday, 5 March 2020", "xx") == ()


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet="0123456789 .,-/:()'abcMayTuesday of last the next year\nJanüé年月日", max_size=120),
    st.sampled_from(["en", "de", "uk", "ja"]),
)
def test_spans_are_inside_ordered_and_apart(text: str, language: str) -> None:
    found = mentions(text, language) if text else ()
    for one, after in itertools.pairwise(found):
        assert one.end <= after.start
    assert all(0 <= m.start < m.end <= len(text) for m in found)


@pytest.mark.parametrize("piece", ["1 ", "May ", "last year ", "1.", "2019-", "the first of ", "1,", "'80s "])
def test_hostile_text_stays_linear(piece: str) -> None:
    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        return seconds(lambda: mentions(text, "en"))

    cost(1000)
    assert cost(40_000) < 12 * max(cost(10_000), 0.004)
