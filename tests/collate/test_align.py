"""Sentences that say the same, within a language and across languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from stemma.collate import align, find_translated
from stemma.language import annotate
from stemma.records import Annotated, Report, Span

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "cases" / "alignment.jsonl").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def read(side: dict[str, str], name: str) -> Annotated:
    text = side["text"]
    return annotate(Report(id=name, text=text, language=side["language"], body=(Span(0, len(text)),)))


def sentence(one: Annotated, words: str) -> int:
    place = one.report.text.index(words)
    return next(n for n, s in enumerate(one.sentences) if s.start <= place < s.end)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases(case: dict[str, Any]) -> None:
    a, b = read(case["a"], "a"), read(case["b"], "b")
    scores = {(p.a, p.b): p.score for p in align(a, b)}
    for one, other in case["same"]:
        assert scores.get((sentence(a, one), sentence(b, other)), 0) >= 0.5, (one, other)
    for one, other in case["apart"]:
        assert scores.get((sentence(a, one), sentence(b, other)), 0) < 0.5, (one, other)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_alignment_is_symmetric_and_sorted(case: dict[str, Any]) -> None:
    a, b = read(case["a"], "a"), read(case["b"], "b")
    there, back = align(a, b), align(b, a)
    assert list(there) == sorted(there, key=lambda p: (p.a, -p.score, p.b))
    assert {(p.a, p.b, p.score) for p in there} == {(p.b, p.a, p.score) for p in back}


def test_the_same_text_aligns_with_itself() -> None:
    for case in CASES:
        one, two = read(case["a"], "a"), read(case["a"], "b")
        assert {(p.a, p.b) for p in align(one, two) if p.score > 0.9} >= {(n, n) for n in range(len(one.sentences))}


def test_empty_reports() -> None:
    empty = read({"language": "en", "text": ""}, "a")
    assert align(empty, empty) == ()


def test_a_translation_gives_a_translated_passage_and_an_unrelated_report_none() -> None:
    translated, apart = CASES[0], CASES[4]
    a, b = read(translated["a"], "a"), read(translated["b"], "b")
    passages = find_translated([b, a])
    assert [p.kind for p in passages] == ["translated"]
    assert (passages[0].a.start, passages[0].b.start) == (0, 0)
    assert passages[0].a.end == len(a.report.text)
    assert find_translated([read(apart["a"], "a"), read(apart["b"], "b")]) == ()


def test_one_language_gives_no_translated_passage() -> None:
    one = CASES[3]
    assert find_translated([read(one["a"], "a"), read(one["a"], "b")]) == ()


def test_a_large_story_gives_what_its_pairs_give(monkeypatch: pytest.MonkeyPatch) -> None:
    members = [read(case[side], f"{number}{side}") for number, case in enumerate(CASES) for side in "ab"]
    small = find_translated(members)
    monkeypatch.setattr("stemma.collate.translated.SMALL", 4)
    assert find_translated(members) == small
