"""Sentences, names and numbers by the case files, and what must hold for any text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_files import cases_in, languages_of
from clock import seconds
from stemma import language
from stemma.language.anchors import cognate
from stemma.language.lexicon import languages
from stemma.records import Annotated, Report, Span

TAGS = languages()


def cases(sort: str) -> list[Any]:
    """The cases of all languages; known failures are strict."""
    found = []
    for tag in languages_of(sort):
        for number, row in enumerate(cases_in(f"{sort}.{tag}.jsonl")):
            case = {**row, "language": tag}
            marks = [pytest.mark.xfail(reason=case["fails"], strict=True)] if case["kind"] == "known failure" else []
            found.append(pytest.param(case, id=f"{sort}.{tag}-{number + 1}", marks=marks))
    return found


def read(text: str, tag: str | None) -> Annotated:
    return language.annotate(Report(id="r", text=text, language=tag, body=(Span(0, len(text)),)))


@pytest.mark.parametrize("case", cases("sentences"))
def test_sentences(case: dict[str, Any]) -> None:
    one = read(case["text"], case["language"])
    assert [case["text"][s.start : s.end] for s in one.sentences] == case["sentences"]


@pytest.mark.parametrize("case", cases("names"))
def test_names(case: dict[str, Any]) -> None:
    text = case["text"]
    one = read(text, case["language"])
    people = {(n.text, text[n.title.start : n.title.end] if n.title else None) for n in one.names if n.kind == "person"}
    assert people == {(name, title) for name, title in case.get("people", [])}
    for kind, key in (("organisation", "organisations"), ("place", "places")):
        if key in case:
            found = {n.text for n in one.names if n.kind == kind}
            assert found >= set(case[key]) if case[key] else not found
    if "states" in case:
        states = {(text[n.start : n.end], n.code) for n in one.names if n.kind == "state"}
        assert states >= {(name, code) for name, code in case["states"]} if case["states"] else not states


@pytest.mark.parametrize("case", cases("numbers"))
def test_numbers(case: dict[str, Any]) -> None:
    text = case["text"]
    one = read(text, case["language"])
    found = [
        [
            text[n.start : n.end],
            n.kind,
            n.low,
            n.high,
            n.unit,
            text[n.counted.start : n.counted.end] if n.counted else None,
        ]
        for n in one.numbers
    ]
    assert found == case["numbers"]


def test_title_outside_of_the_body_is_a_sentence() -> None:
    text = "Storm sinks ferry\n\nBy Orla Venn\n\nA storm sank a ferry."
    one = language.annotate(
        Report(id="r", text=text, title="Storm sinks ferry", language="en", body=(Span(33, len(text)),))
    )
    assert [(s.part, s.paragraph, text[s.start : s.end]) for s in one.sentences] == [
        ("title", -1, "Storm sinks ferry"),
        ("body", 0, "A storm sank a ferry."),
    ]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("geopolitics", "geopolitikk", "Geopolitik", "géopolitique", "геополитика"), "geopol"),
        (("stability", "stabilitet", "Stabilität", "stabilité"), "stabil"),
        (("military", "militært", "Militär", "militaire"), "milita"),
        (("economy", "økonomi", "Ökonomie", "ekonomi"), "ekonom"),
        (("confrontation", "konfrontasjon", "Konfrontation"), "konfro"),
    ],
)
def test_cognates_meet(words: tuple[str, ...], key: str) -> None:
    assert {cognate(word.casefold()) for word in words} == {key}


def test_one_fact_in_many_languages_has_the_same_anchors() -> None:
    texts = {
        "en": "South Korea paid 40 billion dollars.",
        "nb": "Sør-Korea betalte 40 milliarder dollar.",
        "de": "Südkorea zahlte 40 Milliarden Dollar.",
        "fr": "La Corée du Sud a payé 40 milliards de dollars.",
        "es": "Corea del Sur pagó 40.000 millones de dólares.",
        "ru": "Южная Корея заплатила 40 млрд долларов.",
        "ja": "韓国は400億ドルを払った。",
    }
    for tag, text in texts.items():
        keys = {anchor.key for anchor in read(text, tag).anchors}
        assert {"T:KR", "M:40000000000:USD"} <= keys, tag


def test_adjectives_and_capitals_point_to_the_state() -> None:
    for tag, text in (
        ("en", "Peruvian ships"),
        ("nb", "de peruanske skipene"),
        ("de", "peruanische Schiffe"),
        ("en", "Lima objects."),
    ):
        assert "T:PE" in {anchor.key for anchor in read(text, tag).anchors}, text


MIXED = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "Aa Bb Éé.,!?\"“”«»'’-–—()\n\t0123456789%$€ Øø ß Я я ко 日本の。「」한국 ال ـ\u00a0\u202f\u200d\ud7ff🔒İ"
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=300,
)


def assert_apart(one: Annotated) -> None:
    """No two names share a character."""
    for before, after in zip(one.names, one.names[1:], strict=False):
        assert before.end <= after.start, (before.text, after.text)


def test_names_do_not_overlap() -> None:
    for parameters in cases("names"):
        case = parameters.values[0]
        assert_apart(read(case["text"], case["language"]))


@settings(max_examples=150, deadline=None)
@given(text=MIXED, tag=st.sampled_from([*TAGS, "xx", None]))
def test_any_text_is_read_and_all_spans_hold(text: str, tag: str | None) -> None:
    one = language.annotate(Report(id="r", text=text, language=tag))
    last = 0
    for sentence in one.sentences:
        assert last <= sentence.start < sentence.end <= len(text)
        last = sentence.end
        for token in one.tokens[sentence.first_token : sentence.last_token]:
            assert sentence.start <= token.start < token.end <= sentence.end
    assert list(one.tokens) == sorted(one.tokens)
    for thing in (*one.names, *one.numbers, *one.anchors):
        home = one.sentences[thing.sentence]
        assert home.start <= thing.start < thing.end <= home.end
    assert_apart(one)
    assert language.annotate(Report(id="r", text=text, language=tag)) == one


@pytest.mark.parametrize(
    "piece", ["A. ", '"', "1,", "Van der ", "Mr. ", "U.S.", "and ", "- ", "President of the ", "「。"]
)
def test_hostile_repetition_stays_linear(piece: str) -> None:
    read(piece, "en")
    short, long = (seconds(lambda times=times: read(piece * times, "en")) for times in (1000, 4000))
    assert long < 8 * short + 0.5, "four times the text takes about four times as long"
