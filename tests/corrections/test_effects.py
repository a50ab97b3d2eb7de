"""Corrections replayed on the harbour pile: each takes effect where it should, says so there, and can be run again."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from stemma import analyse, lines, read_reports
from stemma.corrections import parse, told
from stemma.given import Given
from stemma.reasons import replay
from stemma.records import Correction, Dossier, Dossiers, Reason, Report
from stemma.schema import to_json

Reports = tuple[Report, ...]
WIRE, REWRITE, PREVIEW, FERRY = "01-wire.txt", "05-rewrite.txt", "09-preview.txt", "10-other-event.txt"


def entry(kind: str, fields: str) -> str:
    return f'[[correction]]\nkind = "{kind}"\n{fields}\nwho = "Ida Holm"\nwhen = 2026-03-06\nwhy = "asked the desk"\n\n'


@pytest.fixture(scope="module")
def harbour(examples: Path) -> Reports:
    return read_reports([str(examples / "harbour")]).reports


def run(reports: Reports, *corrections: str, workers: int = 1) -> Dossiers:
    dossiers = analyse(reports, workers=workers, given=Given(parse("".join(corrections))))
    by_id = {one.id: one for one in dossiers.reports}
    assert all(replay(reason, by_id) == reason.score for reason in reasons(dossiers))
    return dossiers


def reasons(dossiers: Dossiers) -> list[Reason]:
    found = [reason for report in dossiers.reports for reason in report.corrected]
    for one in dossiers.dossiers:
        found += [*one.story.reasons, *(r for a in one.actors for r in a.reasons)]
        found += [r for line in one.lineage for r in (*line.reasons, *(s for p in line.sources for s in p.reasons))]
        found += [r for line in one.dates for r in line.reasons]
    return [reason for reason in found if reason.rule == "correction"]


def called(dossiers: Dossiers, name: str) -> str:
    return next(one.id for one in dossiers.reports if (one.read_from or "").endswith(name) or one.id == name)


def story_of(dossiers: Dossiers, name: str) -> Dossier:
    wanted = called(dossiers, name)
    return next(one for one in dossiers.dossiers if wanted in one.story.reports)


def outcome(dossiers: Dossiers) -> Correction:
    (one,) = dossiers.corrections
    return one


def test_without_corrections_nothing_is_said(harbour: Reports) -> None:
    plain = analyse(harbour, workers=1)
    assert not reasons(plain)
    assert plain.corrections == ()
    assert to_json(plain.dossiers) == to_json(run(harbour).dossiers)


def test_same_story(harbour: Reports) -> None:
    found = run(harbour, entry("same story", f'reports = ["{WIRE}", "{FERRY}"]'))
    together = story_of(found, WIRE)
    assert together is story_of(found, FERRY)
    assert [told(reason) for reason in together.story.reasons] == ["corrected by Ida Holm, 2026-03-06: asked the desk"]
    assert outcome(found).outcome == "took effect"


def test_not_this_story(harbour: Reports) -> None:
    found = run(harbour, entry("not this story", f'report = "{PREVIEW}"\nstory = "{WIRE}"'))
    assert story_of(found, PREVIEW).story.reports == (called(found, PREVIEW),)
    assert len(story_of(found, WIRE).story.reports) == 8
    assert [reason.score for reason in story_of(found, PREVIEW).story.reasons] == [-1.0]
    assert [reason.score for reason in story_of(found, WIRE).story.reasons] == [-1.0]


def test_copies_go_along(harbour: Reports) -> None:
    found = run(harbour, entry("not this story", f'report = "gazette"\nstory = "{REWRITE}"'))
    assert set(story_of(found, "gazette").story.reports) >= {"gazette", called(found, WIRE)}
    assert "gazette" not in story_of(found, REWRITE).story.reports


def test_out_of_one_story_into_another(harbour: Reports) -> None:
    found = run(
        harbour,
        entry("not this story", f'report = "{PREVIEW}"\nstory = "{WIRE}"'),
        entry("same story", f'reports = ["{PREVIEW}", "{FERRY}"]'),
    )
    assert story_of(found, PREVIEW) is story_of(found, FERRY)
    assert len(story_of(found, WIRE).story.reports) == 8


def test_two_taken_out_stand_apart(harbour: Reports) -> None:
    found = run(
        harbour,
        entry("not this story", f'report = "{PREVIEW}"\nstory = "{WIRE}"'),
        entry("not this story", f'report = "08-propio.txt"\nstory = "{WIRE}"'),
    )
    assert story_of(found, PREVIEW) is not story_of(found, "08-propio.txt")


def test_parted_what_a_third_report_would_put_together(harbour: Reports) -> None:
    found = run(
        harbour,
        entry("same story", f'reports = ["{REWRITE}", "{FERRY}"]'),
        entry("not this story", f'report = "{FERRY}"\nstory = "{PREVIEW}"'),
    )
    assert called(found, FERRY) not in story_of(found, PREVIEW).story.reports


def test_what_is_so_already_is_said(harbour: Reports) -> None:
    found = run(harbour, entry("not this story", f'report = "{FERRY}"\nstory = "{WIRE}"'))
    assert outcome(found).outcome == "was so already"
    assert not reasons(found)


def test_outlet(harbour: Reports) -> None:
    found = run(harbour, entry("this outlet", f'report = "{PREVIEW}"\noutlet = "Tind Post"'))
    report = next(one for one in found.reports if one.id == called(found, PREVIEW))
    assert report.outlet == "Tind Post"
    assert [reason.values[0] for reason in report.corrected] == ["this outlet"]


def test_a_date_is_shown_where_dates_rest_on_it(harbour: Reports) -> None:
    found = run(harbour, entry("this date", f'report = "{REWRITE}"\ndate = 2026-03-04'))
    dates = [line for line in story_of(found, REWRITE).dates if line.report == called(found, REWRITE)]
    own = [line for line in dates if line.basis == "own date"]
    assert own
    assert all([reason.rule for reason in line.reasons] == ["correction"] for line in own)


def test_the_wire_is_the_root(harbour: Reports) -> None:
    before = {line.report: line for line in story_of(run(harbour), WIRE).lineage}
    assert before["courier"].source == called(run(harbour), WIRE)
    found = run(harbour, entry("this is the wire", 'report = "courier"'))
    after = {line.report: line for line in story_of(found, WIRE).lineage}
    assert (after["courier"].source, after["courier"].sources) == (None, ())
    assert after[called(found, WIRE)].source == "courier"
    assert "correction" in [reason.rule for reason in after[called(found, WIRE)].reasons]
    assert "correction" in [reason.rule for reason in after["courier"].reasons]


def test_the_wire_of_an_agency(harbour: Reports) -> None:
    found = run(harbour, entry("this is the wire", f'report = "{REWRITE}"\nagency = "AFP"'))
    assert next(one.agency for one in found.reports if one.id == called(found, REWRITE)) == "AFP"


def test_same_person(harbour: Reports) -> None:
    found = run(harbour, entry("same person", 'names = ["Amelia Quintanilha", "Leonor Castanheda"]'))
    (one,) = [actor for actor in story_of(found, WIRE).actors if actor.reasons]
    assert {"Amelia Quintanilha", "Leonor Castanheda"} <= {form.text for form in one.forms}


def test_not_the_same_person(harbour: Reports) -> None:
    found = run(harbour, entry("not the same person", 'names = ["Duarte Valadim", "Valadim"]'))
    parted = [actor for actor in story_of(found, WIRE).actors if actor.reasons]
    assert sorted(actor.name for actor in parted) == ["Duarte Valadim", "Valadim"]
    assert not set(parted[0].mentions) & set(parted[1].mentions)


def test_a_name_that_is_nobodys_is_not_dropped_silently(harbour: Reports) -> None:
    found = run(harbour, entry("same person", 'names = ["mackerel", "Duarte Valadim"]'))
    assert outcome(found).outcome == "not matched"
    assert "nobody is called 'mackerel' here" in (outcome(found).note or "")


ALL = [
    entry("same story", f'reports = ["{WIRE}", "{FERRY}"]'),
    entry("not this story", f'report = "{PREVIEW}"\nstory = "{WIRE}"'),
    entry("this is the wire", 'report = "courier"'),
    entry("this outlet", f'report = "{PREVIEW}"\noutlet = "Tind Post"'),
    entry("this date", f'report = "{REWRITE}"\ndate = 2026-03-04'),
    entry("same person", 'names = ["Amelia Quintanilha", "Leonor Castanheda"]'),
    entry("not the same person", 'names = ["Duarte Valadim", "Valadim"]'),
    entry("this outlet", 'report = "elsewhere.txt"\noutlet = "Tind Post"'),
]


def test_neither_the_order_of_the_file_nor_of_the_pile_matters(harbour: Reports) -> None:
    first = run(harbour, *ALL)
    mixed, pile = list(ALL), list(harbour)
    random.Random(2).shuffle(mixed)
    random.Random(2).shuffle(pile)
    second = run(tuple(pile), *mixed)
    assert to_json(first.dossiers) == to_json(second.dossiers)
    assert first.corrections == second.corrections
    assert sorted(one.outcome for one in first.corrections) == ["not matched", *["took effect"] * 7]


def test_each_effect_is_shown_somewhere(harbour: Reports) -> None:
    found = run(harbour, *ALL)
    shown = {reason.values[0] for reason in reasons(found)}
    assert shown == {one.kind for one in found.corrections}


def test_lines_are_corrected_too(harbour: Reports) -> None:
    given = Given(parse(ALL[0]))
    stories = lines(harbour, "stories", given=given, workers=1)
    assert [len(story.reports) for story in stories] == [10]
    lineage = lines(harbour, "lineage", given=Given(parse("".join(ALL[:3]))), workers=1)
    assert len(lineage) == 10
    assert next(line.source for line in lineage if line.report == "courier") is None
