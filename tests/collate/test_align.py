"""Sentences that say the same, within a language and across languages."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from case_files import cases_in
from stemma.collate import align, find_translated
from stemma.language import annotate
from stemma.records import Anchor, Annotated, Report, Sentence, Span, Token

CASES = cases_in("alignment.jsonl")


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


def test_independent_reports_of_one_event_in_two_languages_give_none() -> None:
    own = (
        "Tres días después del choque, el puerto de Almera sigue cerrado. El pescador Ramiro Quel contó a La Boya que "
    )
    own += (
        "perdió sus redes. «No tengo otra cosa», dijo Quel. El choque del carguero Ostra con el ferry Linnet causó el "
    )
    own += "lunes dos muertos. La alcaldesa Inés Prado visitó a las familias. El seguro pagará las redes, según la cofradía."
    other = "Two people died on Monday when the freighter Ostra hit the ferry Linnet off Almera. Captain Ole Hamre told the "
    other += (
        "Harbour Post that his radar had failed. Investigators took the ship's log to the capital. A diver found the "
    )
    other += (
        "rudder on Tuesday. Fog lay over the bay that morning. The owner, Brightline, has lost two ships in a year."
    )
    a, b = read({"language": "es", "text": own}, "a"), read({"language": "en", "text": other}, "b")
    assert any(pair.score >= 0.5 for pair in align(a, b))
    assert find_translated([a, b]) == ()


def test_hostile_text_stays_fast() -> None:
    texts = ["No. " * 20_000, "Paris 1999 " * 10_000, "x" * 300_000]
    for text in texts:
        start = time.process_time()
        report = Report(id="a", text=text, language="en", body=(Span(0, len(text)),))
        tokens = tuple(Token(m.start(), m.end(), m.group(), "word") for m in re.finditer(r"\w+", text))
        anchors = tuple(Anchor(f"W:{t.norm}", "W", t.start, t.end, 0) for t in tokens)
        whole = Sentence(0, len(text), 0, "body", 0, len(tokens))
        one = Annotated(
            report=report, sentences=(whole,), tokens=tokens, anchors=anchors, names=(), numbers=(), dates=()
        )
        align(one, one)
        each = tuple(Sentence(t.start, t.end, 0, "body", n, n + 1) for n, t in enumerate(tokens))
        align(
            *[
                Annotated(report=report, sentences=each, tokens=tokens, anchors=(), names=(), numbers=(), dates=())
                for _ in range(2)
            ]
        )
        assert time.process_time() - start < 5


def test_one_language_gives_no_translated_passage() -> None:
    one = CASES[3]
    assert find_translated([read(one["a"], "a"), read(one["a"], "b")]) == ()


def test_a_large_story_gives_what_its_pairs_give(monkeypatch: pytest.MonkeyPatch) -> None:
    members = [read(case[side], f"{number}{side}") for number, case in enumerate(CASES) for side in "ab"]
    small = find_translated(members)
    monkeypatch.setattr("stemma.collate.translated.SMALL", 4)
    assert find_translated(members) == small
