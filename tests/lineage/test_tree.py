"""Who has it from whom: the cases, and what must hold for any pile."""

from __future__ import annotations

import random
from functools import cache

import pytest
from msgspec.structs import replace

from case_files import cases_in
from stemma import collate, language
from stemma.lineage import Tree, trace
from stemma.read.text import report_from_text
from stemma.reasons import replay
from stemma.records import Annotated, Parent

CASES = {case["name"]: case for case in cases_in("lineage.jsonl")}
every_case = pytest.mark.parametrize("name", sorted(CASES))


@cache
def members(name: str) -> tuple[Annotated, ...]:
    return tuple(language.annotate(report_from_text(**fields)) for fields in CASES[name]["reports"])


def traced(pile: tuple[Annotated, ...]) -> Tree:
    return trace(pile, (*collate.find_passages(pile), *collate.find_translated(pile)))


@cache
def tree(name: str) -> Tree:
    return traced(members(name))


def parents(name: str) -> list[Parent]:
    return [parent for line in tree(name).lines for parent in line.sources]


@every_case
def test_families(name: str) -> None:
    assert sorted(sorted(f.reports) for f in tree(name).families) == sorted(map(sorted, CASES[name]["families"]))


@every_case
def test_lines(name: str) -> None:
    case = CASES[name]
    for line in tree(name).lines:
        assert line.source in case["sources"].get(line.report, [line.source]), line
        assert line.kind in case.get("kinds", {}).get(line.report, [line.kind]), line
        assert list(line.linked) == case.get("linked", {}).get(line.report, list(line.linked))
        assert {p.source for p in line.sources} >= set(case.get("all_sources", {}).get(line.report, ()))
        if line.report in case.get("via", {}):
            assert case["via"][line.report] in {p.via for p in line.sources}
        if line.report in case.get("rule", {}):
            assert case["rule"][line.report] in {reason.rule for reason in line.reasons}


@every_case
def test_standing_and_unseen_sources(name: str) -> None:
    case = CASES[name]
    for family in tree(name).families:
        for report in family.reports:
            assert family.standing == case.get("standing", {}).get(report, family.standing)
            assert family.unseen == case.get("unseen", {}).get(report, family.unseen)
        assert bool(family.evidence) == (family.standing != "unknown")


@every_case
def test_sure_is_kept_for_what_can_be_shown(name: str) -> None:
    if CASES[name].get("never_sure"):
        assert not [p for p in parents(name) if p.confidence == "sure"]


@every_case
def test_reasons_replay(name: str) -> None:
    reports = {one.report.id: one.report for one in members(name)}
    reasons = [reason for p in parents(name) for reason in p.reasons]
    reasons += [reason for line in tree(name).lines for reason in line.reasons]
    assert [reason for reason in reasons if replay(reason, reports) != reason.score] == []
    assert all(0 <= w.start < w.end <= len(reports[w.report].text) for reason in reasons for w in reason.spans)


@every_case
def test_order_changes_nothing(name: str) -> None:
    shuffled = list(members(name))
    random.Random(len(name)).shuffle(shuffled)
    passages = (*collate.find_passages(shuffled), *collate.find_translated(shuffled))
    assert trace(shuffled, passages[::-1]) == tree(name)


@every_case
def test_every_report_stands_in_one_family_and_one_line_without_rings(name: str) -> None:
    ids = sorted(one.report.id for one in members(name))
    found = tree(name)
    assert [line.report for line in found.lines] == ids
    assert sorted(report for family in found.families for report in family.reports) == ids
    assert {line.report: line.family for line in found.lines} == {r: f.id for f in found.families for r in f.reports}
    above = {line.report: {p.source for p in line.sources} for line in found.lines}
    for start in ids:
        waiting, seen = sorted(above[start]), set()
        while waiting:
            at = waiting.pop()
            assert at != start, "a ring of sources"
            if at not in seen:
                seen.add(at)
                waiting += sorted(above.get(at, ()))


@every_case
def test_the_drawn_tree_holds_every_report_and_every_unseen_source(name: str) -> None:
    found = tree(name)
    nodes = {node.id for node in found.stemma.nodes}
    assert {line.report for line in found.lines} <= nodes
    assert all(edge.from_ in nodes and edge.to in nodes for edge in found.stemma.edges)
    assert {node.unseen for node in found.stemma.nodes if node.report is None} >= {
        line.unseen for line in found.lines if line.unseen
    }


def test_without_dates_no_direction_is_taken_from_them() -> None:
    pile = tuple(
        replace(one, report=replace(one.report, published=None)) for one in members("an edited copy of a copy")
    )
    lines = traced(pile).lines
    assert not [p for line in lines for p in line.sources if p.confidence == "sure"]
    assert len(traced(pile).families) == 1


def test_no_reports_no_tree() -> None:
    assert trace((), ()) == Tree(lines=(), families=(), stemma=type(tree(min(CASES)).stemma)(nodes=(), edges=()))
