"""People named in two alphabets are one actor; two people of like names stay two."""

from __future__ import annotations

from typing import Any

import pytest

from case_files import cases_in
from stemma import language
from stemma.language.skeleton import anchor_keys, skeletons
from stemma.records import Report, Span
from stemma.story.actors import join_actors


def cases() -> list[Any]:
    found = []
    for number, case in enumerate(cases_in("names.scripts.jsonl")):
        marks = [pytest.mark.xfail(reason=case["fails"], strict=True)] if case["kind"] == "known failure" else []
        found.append(pytest.param(case, id=f"scripts-{number + 1}", marks=marks))
    return found


@pytest.mark.parametrize("case", cases())
def test_people_in_two_alphabets(case: dict[str, Any]) -> None:
    pile = [
        language.annotate(Report(id=side, text=text, language=tag, body=(Span(0, len(text)),)))
        for side, (tag, text) in ((side, case[side]) for side in "ab")
    ]
    for members in (pile, pile[::-1]):
        people = [actor for actor in join_actors(members) if actor.kind == "person"]
        assert {m.report for actor in people for m in actor.mentions} == {"a", "b"}, "both sides name somebody"
        assert any(len({m.report for m in actor.mentions}) == 2 for actor in people) == case["same"]


def test_a_spelling_that_fits_two_people_is_no_bridge_between_them() -> None:
    texts = {
        "a": ("en", "Minister Ivan Kuzmin met his rival, Minister Iven Kazmon."),
        "b": ("ru", "Министр Евин Кузмин сказал."),
    }
    pile = [
        language.annotate(Report(id=side, text=text, language=tag, body=(Span(0, len(text)),)))
        for side, (tag, text) in texts.items()
    ]
    people = {frozenset(f.text for f in actor.forms) & {"Ivan Kuzmin", "Iven Kazmon"} for actor in join_actors(pile)}
    assert {frozenset({"Ivan Kuzmin"}), frozenset({"Iven Kazmon"})} <= people


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Wolkow", "de"), ("Волков", "ru")),
        (("Schmidt", "de"), ("Шмидт", "ru")),
        (("Bordeaux", "fr"), ("Бордо", "ru")),
        (("Hegseth", "en"), ("Хегсет", "ru")),
        (("Jensen", "nb"), ("Йенсен", "ru")),
        (("Gerald", "fr"), ("Жеральд", "ru")),
        (("Alexander", "en"), ("Александром", "ru")),
        (("Mitsotakis", "en"), ("Μητσοτάκη", "el")),
    ],
)
def test_skeletons_meet(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert set(skeletons(*one)) & set(skeletons(*other))


@pytest.mark.parametrize(
    ("one", "other"), [("Petrov", "Борисов"), ("Laurent", "Лаврентий"), ("Berg", "Богдан"), ("Nunez", "Нинова")]
)
def test_other_names_do_not_meet(one: str, other: str) -> None:
    assert not set(skeletons(one, "en")) & set(skeletons(other, "ru"))


def test_short_words_and_syllables_give_no_anchor() -> None:
    assert anchor_keys("Li", "en") == anchor_keys("Roma", "nb") == anchor_keys("東京", "ja") == ()
