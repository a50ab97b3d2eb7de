"""What answers some words: every kind of line, names in every spelling, single sentences, and "not stated"."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
import render_pile as pile
from msgspec.structs import replace

from case_files import cases_in
from stemma.records import Actor, Dossiers, Form, Statement, Witness
from stemma.render.evidence import Apparatus
from stemma.render.finding import Index, answering, as_data, find, make_index
from stemma.render.words import Words


def index_of(dossiers: Dossiers) -> Index:
    reports = {one.id: one for one in dossiers.reports}
    return make_index(Apparatus.of(dossiers.dossiers[0], reports, Words("en"), "en", set()))


def test_a_number_is_answered_by_the_disagreement_about_it_first() -> None:
    found = find(index_of(pile.make_dossiers()), "17 people")
    assert (found[0].kind, found[0].id) == ("disagreement", "dHurt")
    assert {w.report for w in found[0].witnesses} >= {pile.A1.id, pile.A3.id}
    assert all("dHurt" in one.disagreements for one in found if one.kind == "statement")


def test_every_word_must_meet_and_what_is_not_there_is_not_stated() -> None:
    index = index_of(pile.make_dossiers())
    assert find(index, "crossed unicorns") == []
    assert find(index, "fire unicorns") == []
    assert find(index, "...") == []
    assert find(index, "fire")


def test_a_saying_is_found_by_its_words_and_by_who_said_it() -> None:
    index = index_of(pile.make_dossiers())
    words = {one.id for one in find(index, "four minutes") if one.kind == "utterance"}
    who = {one.id for one in find(index, "Eltang") if one.kind == "utterance"}
    assert "uHall" in words & who


def test_a_name_is_found_in_every_spelling() -> None:
    dossiers = pile.make_dossiers()
    one = dossiers.dossiers[0]
    named = next(actor for actor in one.actors if "Eltang" in actor.name)
    written = replace(named, forms=(*named.forms, Form("Руна Эльтанг", "ru")))
    actors: tuple[Actor, ...] = tuple(written if actor.id == named.id else actor for actor in one.actors)
    index = index_of(replace(dossiers, dossiers=(replace(one, actors=actors),)))
    assert {a.id for a in find(index, "Эльтангом")} == {a.id for a in find(index, "eltang")}


def test_what_the_reports_state_is_found_by_its_words_and_by_its_party_in_every_wording() -> None:
    index = index_of(pile.make_dossiers())
    for asked in ("40 million", "40 millioner", "Drommen 40", "lover"):
        (found,) = (one for one in find(index, asked) if one.kind == "situation")
        assert (found.id, len(found.witnesses) + len(found.otherwise)) == ("mPledge", 2)
    assert [one.id for one in find(index, "warnings ignoring") if one.kind == "situation"] == ["mCause"]
    assert [one.id for one in find(index, "Halberg rejected") if one.kind == "situation"] == ["mCharge"]
    assert not [one for one in find(index, "crews") if one.kind == "situation"]  # a meeting stands among the acts


def test_a_story_that_states_causes_alone_has_no_situation() -> None:
    dossiers = pile.make_dossiers()
    one = dossiers.dossiers[0]
    causes = tuple(line for line in one.situation if line.kind == "cause")
    bare = index_of(replace(dossiers, dossiers=(replace(one, situation=causes),)))
    assert not [unit for unit in bare.units if unit.kind == "situation"]


def test_a_sentence_of_one_report_answers_where_nothing_else_does() -> None:
    text = "The lighthouse keeper Ada Bruun found an empty boat. Nobody was aboard."
    alone = find(index_of(pile.bare_dossiers([pile.bare_report(text, language="en")])), "empty boats")
    assert [(one.kind, one.text) for one in alone] == [
        ("sentence", "The lighthouse keeper Ada Bruun found an empty boat.")
    ]


def test_a_sentence_that_stands_in_another_answer_is_not_told_twice() -> None:
    found = find(index_of(pile.make_dossiers()), "fire")
    told = [
        (w.report, w.start, w.end)
        for one in found
        if one.kind not in ("sentence", "actor", "situation")
        for w in one.witnesses
    ]
    for one in found:
        if one.kind == "sentence":
            (own,) = one.witnesses
            assert not any(r == own.report and min(e, own.end) > max(s, own.start) for r, s, e in told)


def test_the_text_of_an_answer_is_the_witness_that_has_the_words() -> None:
    found = [one for one in find(index_of(pile.make_dossiers()), "fergekaia") if one.kind == "statement"]
    assert all("ferge" in one.text.casefold() for one in found)


def reports_of(*texts: tuple[str, str]) -> Dossiers:
    """One story of bare reports, each its own line of reporting."""
    bare = pile.bare_dossiers([pile.bare_report(text, language=language) for language, text in texts])
    first = bare.dossiers[0]
    together = replace(
        first,
        story=replace(first.story, reports=tuple(one.id for one in bare.reports)),
        families=tuple(family for one in bare.dossiers for family in one.families),
    )
    return replace(bare, dossiers=(together,))


def joined(dossiers: Dossiers, *spans: tuple[str, int, int]) -> Dossiers:
    """The dossiers with one statement over these spans."""
    one = dossiers.dossiers[0]
    told = Statement("t1", one.story.id, tuple(Witness(*span) for span in spans), (), "likely")
    return replace(dossiers, dossiers=(replace(one, statements=(told,)),))


def test_only_the_reports_that_have_the_words_are_witnesses() -> None:
    dossiers = reports_of(
        ("en", "The lighthouse at Tarn was repaired by twelve masons last year."),
        ("en", "Masons repaired the lighthouse at Tarn."),
    )
    whole = [(one.id, 0, len(one.text)) for one in dossiers.reports]
    index = index_of(joined(dossiers, *whole))
    (found,) = find(index, "twelve masons")
    assert found.kind == "statement" and found.text.startswith("The lighthouse")
    assert [w.report for w in found.witnesses] == [whole[0][0]] and [w.report for w in found.otherwise] == [whole[1][0]]
    (both,) = find(index, "lighthouse masons")
    assert len(both.witnesses) == 2 and both.otherwise == ()


def test_words_of_two_reports_are_no_answer_together() -> None:
    dossiers = reports_of(("en", "The keeper left Tarn on Monday."), ("en", "On Monday the warden of Tarn departed."))
    index = index_of(joined(dossiers, *[(one.id, 0, len(one.text)) for one in dossiers.reports]))
    assert find(index, "keeper warden") == []


def test_a_disagreement_answers_by_what_it_is_about_and_not_by_the_words_round_it() -> None:
    index = index_of(pile.make_dossiers())
    hurt = next(unit for unit in index.units if unit.id == "dHurt")
    for asked in ("17", hurt.about):
        assert "dHurt" in {one.id for one in find(index, asked) if one.kind == "disagreement"}
    assert not [one for one in find(index, "fire") if one.id == "dHurt"]


NUMBERS = [case for case in cases_in("find.jsonl") if "text" in case]


@pytest.mark.parametrize("case", NUMBERS, ids=[f"{c['asked']}-{c['text'][:20]}" for c in NUMBERS])
def test_numbers_in_words_and_figures(case: dict[str, Any]) -> None:
    index = index_of(reports_of((case["language"], case["text"]), *map(tuple, case.get("beside", []))))
    assert bool([a for a in find(index, case["asked"]) if a.text == case["text"]]) == case["meets"]


def test_the_answers_do_not_depend_on_the_order_of_the_pile() -> None:
    dossiers = pile.make_dossiers()
    mixed = list(dossiers.reports)
    random.Random(3).shuffle(mixed)
    assert find(index_of(dossiers), "terminal") == find(index_of(replace(dossiers, reports=tuple(mixed))), "terminal")


def test_the_page_carries_the_whole_index() -> None:
    index = index_of(pile.make_dossiers())
    data = json.loads(as_data(index))
    sentences = sum(len(bounds) // 2 for bounds in data["sentences"])
    assert sum(map(len, data["lines"])) + sentences == len(index.units)
    assert "<" not in as_data(index)
    assert answering(index, "fire")[0] == 0 or index.units[answering(index, "fire")[0]].kind != "sentence"
