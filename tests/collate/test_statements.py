"""Statements: what several reports say, joined without snowballing."""

from __future__ import annotations

from typing import Any

import pytest

from case_files import cases_in
from stemma.collate import find_statements
from stemma.collate.statements import _groups
from stemma.collate.sureness import CONTENT, Link
from stemma.collate.terms import named
from stemma.language import annotate
from stemma.reasons import give, replay
from stemma.records import Annotated, Family, Report, Span, Statement, Witness
from stemma.story import one_story

FIRE = "A fire destroyed the Velmar rope factory in Lindhavn on Tuesday and killed 14 workers, the harbour police said."
SCHOOLS = (
    "Mayor Jorun Hale ordered the schools near the harbour to stay closed until the smoke had cleared on Thursday."
)
BRANN = "En brann ødela taufabrikken Velmar i Lindhavn tirsdag og drepte 14 arbeidere, opplyser havnepolitiet."


def report(name: str, language: str, *sentences: str) -> Annotated:
    text = "\n".join(sentences)
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    return annotate(Report(id=name, text=text, language=language, body=tuple(spans)))


def statements(members: list[Annotated]) -> tuple[Statement, ...]:
    families = tuple(Family(f"f-{m.report.id}", (m.report.id,), None, "unknown") for m in members)
    return find_statements(one_story(members), members, (), families)


def test_names_titles_and_dates_alone_make_nothing_sure() -> None:
    texts = (
        "Harbour minister Jorun Hale said in Lindhavn on Tuesday that all 14 dead were adults.",
        "In Lindhavn on Tuesday harbour minister Jorun Hale presented 14 new plans for fishing.",
    )
    reports = {name: report(name, "en", text) for name, text in zip("ab", texts, strict=True)}
    pile = {name: one.report for name, one in reports.items()}
    spans = [Witness(name, 0, len(one.report.text)) for name, one in reports.items()]
    left_out = sorted(named(reports["a"], 0) | named(reports["b"], 0))
    assert {"jorun", "hale", "lindhavn", "minister"} <= set(left_out)
    assert give("content in common", pile, spans, left_out).score < CONTENT
    assert not [one for one in statements(list(reports.values())) if one.confidence == "sure"]


def test_what_is_sure_says_why() -> None:
    members = [report("a", "en", FIRE), report("b", "en", FIRE.replace("harbour police", "police"))]
    (one,) = statements(members)
    assert one.confidence == "sure"
    pile = {m.report.id: m.report for m in members}
    assert [r.rule for r in one.reasons][-1] == "content in common"
    assert all(replay(reason, pile) == reason.score for reason in one.reasons)


SURE = cases_in("sureness.jsonl")


@pytest.mark.parametrize("case", SURE, ids=[case["case"] for case in SURE])
def test_what_speaks_against_each_other_is_not_sure(case: dict[str, Any]) -> None:
    members = [report(name, *told) for name, told in zip("abcdef", case["sentences"], strict=False)]
    found = statements(members)
    assert bool([one for one in found if one.confidence == "sure"]) == case["sure"]
    pile = {m.report.id: m.report for m in members}
    assert all(replay(reason, pile) == reason.score for one in found for reason in one.reasons)
    if "because" in case:
        assert case["because"] in [reason.rule for one in found for reason in one.reasons]


def test_the_same_sentence_in_three_reports_is_one_statement() -> None:
    members = [report("a", "en", FIRE, SCHOOLS), report("b", "en", SCHOOLS, FIRE), report("c", "nb", BRANN)]
    found = statements(members)
    fire = next(s for s in found if any(w.start == 0 and w.report == "a" for w in s.sentences))
    assert {w.report for w in fire.sentences} == {"a", "b", "c"}
    assert fire.families == ("f-a", "f-b", "f-c")


def test_two_statements_stay_two() -> None:
    found = statements([report("a", "en", FIRE, SCHOOLS), report("b", "en", SCHOOLS, FIRE)])
    assert [len(s.sentences) for s in found] == [2, 2]
    assert all(s.confidence == "sure" for s in found)


def test_reports_without_a_common_sentence_have_none() -> None:
    assert (
        statements(
            [report("a", "en", FIRE), report("b", "en", "The choir of Brennholm sang in the rain for two hours.")]
        )
        == ()
    )


def test_one_report_makes_no_statement() -> None:
    assert statements([report("a", "en", FIRE, FIRE)]) == ()


def test_a_chain_does_not_snowball() -> None:
    chain = [Link(0.79, (0, 0), (1, 0)), Link(0.75, (1, 0), (2, 0)), Link(0.7, (2, 0), (3, 0))]
    assert [nodes for nodes, _ in _groups(chain)] == [[(0, 0), (1, 0)], [(2, 0), (3, 0)]]


def test_two_sentences_of_one_report_join_only_as_neighbours() -> None:
    split = [Link(0.9, (0, 0), (1, 0)), Link(0.8, (0, 1), (1, 0))]
    assert [nodes for nodes, _ in _groups(split)] == [[(0, 0), (0, 1), (1, 0)]]
    apart = [Link(0.9, (0, 0), (1, 0)), Link(0.8, (0, 5), (1, 0))]
    assert [nodes for nodes, _ in _groups(apart)] == [[(0, 0), (1, 0)]]


def test_reasons_replay() -> None:
    members = [report("a", "en", FIRE, SCHOOLS), report("b", "en", SCHOOLS, FIRE), report("c", "nb", BRANN)]
    by_id = {m.report.id: m.report for m in members}
    for one in statements(members):
        assert one.reasons
        assert all(replay(reason, by_id) == reason.score for reason in one.reasons)


def test_the_order_of_the_reports_does_not_matter() -> None:
    members = [report("a", "en", FIRE, SCHOOLS), report("b", "en", SCHOOLS, FIRE), report("c", "nb", BRANN)]
    assert statements(members) == statements(members[::-1])
