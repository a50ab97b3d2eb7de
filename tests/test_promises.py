"""The promises of the design as properties: exact spans, the same answer in any order and with any number of workers,
nothing lost, reasons that replay. They hold on the examples and on piles drawn at random, hostile characters included."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stemma import analyse, read_reports, report_from_text
from stemma.reasons import replay
from stemma.records import Dossiers, Reason, Report, Witness
from stemma.schema import dossiers_from_json, json_schema, to_json

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))
from generate import write_pile

SENTENCES = (
    "Chile's minister Ana Rojas met Kenya's minister Otieno Baraka in Lorvik on Tuesday.",
    '"We will not sell the harbour," Rojas said. "Not this year."',
    "Baraka told The Quay Post that 14 ships were held.",
    "Møtet mellom Rojas og Baraka varte i to timer, skriver Kystbladet.",
    "– Vi selger ikke havna, sa Rojas.",
    "Nach Angaben der Behörde wurden 15 Schiffe festgehalten.",
    "El ministro rechazó la oferta el 5 de enero de 2026.",
    "チリとケニアの大臣が会談した。「港は売らない」とロハス氏は述べた。",
    "The\u202etalks\u0000 cost $40 million \U0001f6a2\u0301 and 3,5 %.",
    '"""«»„“‘’ – — -- 5\'10" \'\' ««',
    "",
    "A" * 300,
)
texts = st.lists(st.one_of(st.sampled_from(SENTENCES), st.text(max_size=60)), max_size=9).map("\n\n".join)
piles = st.lists(
    st.tuples(
        texts, st.sampled_from([None, "2026-01-06", "2026-01-07T10:00:00+01:00"]), st.sampled_from([None, "A", "B"])
    ),
    min_size=1,
    max_size=5,
)


def inside(value: Any, kind: type) -> Iterator[Any]:
    """All records of a kind inside a record."""
    if isinstance(value, kind):
        yield value
    if hasattr(value, "__struct_fields__"):
        for field in value.__struct_fields__:
            yield from inside(getattr(value, field), kind)
    elif isinstance(value, tuple):
        for item in value:
            yield from inside(item, kind)


def reports_of(pile: list[tuple[str, str | None, str | None]]) -> list[Report]:
    return [report_from_text(text, published=day, outlet=outlet) for text, day, outlet in pile]


def check(dossiers: Dossiers) -> None:
    """What every output must hold to."""
    text = {report.id: report.text for report in dossiers.reports}
    for witness in inside(dossiers.dossiers, Witness):
        assert 0 <= witness.start < witness.end <= len(text[witness.report])
    for dossier in dossiers.dossiers:
        ids = sorted(dossier.story.reports)
        assert sorted(i for family in dossier.families for i in family.reports) == ids
        assert sorted(line.report for line in dossier.lineage) == ids
        assert dossier.independent_at_most == len(dossier.families)
        for quotation in dossier.quotations:
            spans = [*quotation.content, *quotation.marked, *filter(None, (quotation.cue, quotation.addressee))]
            assert all(0 <= s < e <= len(text[quotation.report]) for s, e in spans)
        source = {line.report: line.source for line in dossier.lineage}
        for start in ids:  # no ring of sources
            seen, at = set(), start
            while at is not None:
                assert at not in seen
                seen.add(at)
                at = source.get(at)
    told = sorted(i for dossier in dossiers.dossiers for i in dossier.story.reports)
    assert told == sorted(text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(piles, st.randoms(use_true_random=False), st.booleans())
def test_random_piles(pile: list[tuple[str, str | None, str | None]], rng: random.Random, one_story: bool) -> None:
    reports = reports_of(pile)
    first = analyse(reports, one_story=one_story, workers=1)
    check(first)
    rng.shuffle(reports)
    assert to_json(analyse(reports, one_story=one_story, workers=1).dossiers) == to_json(first.dossiers)


@pytest.mark.parametrize("folder", ["harbour", "bridge"])
def test_examples_hold_every_promise(folder: str, examples: Path) -> None:
    dossiers = analyse(read_reports([str(examples / folder)]).reports)
    check(dossiers)
    reports = {report.id: report for report in dossiers.reports}
    reasons = list(inside(dossiers.dossiers, Reason))
    assert reasons
    assert [r for r in reasons if replay(r, reports) != r.score] == []


def test_judgements_carry_confidence_and_reasons(examples: Path) -> None:
    for dossier in analyse(read_reports([str(examples / "harbour")]).reports).dossiers:
        judgements = (*dossier.utterances, *dossier.statements, *dossier.disagreements, *dossier.interactions)
        assert all(one.confidence in ("sure", "likely", "unsure") and one.reasons for one in judgements)
        derived = [line for line in dossier.lineage if line.kind != "independent"]
        assert all(line.reasons or any(parent.reasons for parent in line.sources) for line in derived)


def test_workers_change_nothing(tmp_path: Path) -> None:
    write_pile(tmp_path / "pile.jsonl", 80)
    reports = read_reports([str(tmp_path / "pile.jsonl")]).reports
    one, two = (analyse(reports, workers=n) for n in (1, 2))
    assert to_json(one.dossiers) == to_json(two.dossiers)


def test_the_json_is_the_schema_and_comes_back(examples: Path) -> None:
    dossiers = analyse(read_reports([str(examples / "harbour")]).reports)
    data = to_json(dossiers)
    jsonschema.validate(json.loads(data), json_schema())
    assert dossiers_from_json(data) == dossiers


def test_ids_do_not_depend_on_the_rest_of_the_pile(examples: Path) -> None:
    both = read_reports([str(examples / "harbour"), str(examples / "bridge")]).reports
    alone = read_reports([str(examples / "bridge")]).reports
    assert {r.id for r in alone} <= {r.id for r in both}
    stories = {d.story.id for d in analyse(both).dossiers}
    assert {d.story.id for d in analyse(alone).dossiers} <= stories


def test_no_date_comes_from_the_clock(monkeypatch: pytest.MonkeyPatch, examples: Path) -> None:
    reports = read_reports([str(examples / "harbour")]).reports
    first = to_json(analyse(reports).dossiers)
    import datetime

    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            return datetime.datetime(2041, 5, 5, tzinfo=tz)

    monkeypatch.setattr("stemma.run.datetime.datetime", Later)
    assert to_json(analyse(reports).dossiers) == first
