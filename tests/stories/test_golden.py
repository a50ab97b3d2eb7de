"""The examples against what an editor reads out of them, and what must still hold when the pile is changed."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

from stemma import analyse, read_reports, report_from_text
from stemma.records import Dossier, Dossiers, Report, Witness

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent.parent / "examples"
SLUGS = ("harbour", "bridge")


@cache
def expected(slug: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"expected_{slug}", HERE / slug / "expected.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def reports(slug: str) -> tuple[Report, ...]:
    return read_reports([str(EXAMPLES / expected(slug).PILE)]).reports


@cache
def dossiers(slug: str) -> Dossiers:
    return analyse(reports(slug))


def names(pile: tuple[Report, ...]) -> dict[str, str]:
    """Report id -> the name that expected.py uses."""
    named = {}
    for report in pile:
        path, _, part = (report.read_from or "").partition("#")
        stem = Path(path).stem
        named[report.id] = report.id if path.endswith(".jsonl") else f"{stem}-{part}" if part else stem
    return named


def main_story(slug: str) -> Dossier:
    return max(dossiers(slug).dossiers, key=lambda d: len(d.story.reports))


def everything(slug: str, field: str) -> list[Any]:
    return [line for dossier in dossiers(slug).dossiers for line in getattr(dossier, field)]


def by_name(slug: str) -> dict[str, Report]:
    named = names(reports(slug))
    return {named[r.id]: r for r in reports(slug)}


def words(slug: str, span: Witness) -> str:
    return next(r for r in reports(slug) if r.id == span.report).text[span.start : span.end]


def folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def check_lineage(dossier: Dossier, named: dict[str, str], wanted: dict[str, tuple[set[str], set[str | None]]]) -> None:
    for line in dossier.lineage:
        if named[line.report] in wanted:
            kinds, sources = wanted[named[line.report]]
            assert line.kind in kinds, (named[line.report], line.kind)
            source = named[line.source] if line.source else None
            assert source in sources, (named[line.report], line.kind, source)


def check_families(dossier: Dossier, named: dict[str, str], wanted: list[set[str]]) -> None:
    assert sorted(sorted(named[i] for i in f.reports) for f in dossier.families) == sorted(map(sorted, wanted))


@pytest.mark.parametrize("slug", SLUGS)
class TestGolden:
    def test_stories(self, slug: str) -> None:
        named = names(reports(slug))
        got = sorted(sorted(named[i] for i in d.story.reports) for d in dossiers(slug).dossiers)
        assert got == sorted(map(sorted, expected(slug).STORIES))

    def test_families(self, slug: str) -> None:
        check_families(main_story(slug), names(reports(slug)), expected(slug).FAMILIES)

    def test_standing(self, slug: str) -> None:
        named = names(reports(slug))
        standing = {named[i]: f.standing for f in main_story(slug).families for i in f.reports}
        assert {name: standing[name] for name in expected(slug).STANDING} == expected(slug).STANDING

    def test_lineage(self, slug: str) -> None:
        check_lineage(main_story(slug), names(reports(slug)), expected(slug).LINEAGE)

    def test_by_way_of(self, slug: str) -> None:
        named = names(reports(slug))
        via = {named[line.report]: {p.via for p in line.sources} for line in main_story(slug).lineage}
        for report, outlet in expected(slug).VIA.items():
            assert outlet in via[report]

    def test_disagreements(self, slug: str) -> None:
        missed = []
        for tier, kind, slot, *sides in expected(slug).DISAGREEMENTS:
            for one in main_story(slug).disagreements:
                held = [
                    {n for n, r in enumerate(one.readings) for w in r.witnesses if self._beside(slug, w, side)}
                    for side in sides
                ]
                fits = (tier in (None, one.tier)) and (kind in (None, one.kind)) and slot == one.slot
                if fits and held[0] and held[1] and held[0] != held[1]:
                    break
            else:
                missed.append((slot, sides))
        assert missed == []

    @staticmethod
    def _beside(slug: str, witness: Witness, side: str) -> bool:
        """Whether the witness lies on these words of its report."""
        text = next(r for r in reports(slug) if r.id == witness.report).text
        at = text.find(side)
        return at >= 0 and witness.start < at + len(side) and at < witness.end

    def test_few_clashes_beyond(self, slug: str) -> None:
        sides = [side for *_, a, b in expected(slug).DISAGREEMENTS for side in (a, b)]
        clashes = [d for d in everything(slug, "disagreements") if d.tier == "clash"]
        beyond = [
            c
            for c in clashes
            if not any(self._beside(slug, w, s) for r in c.readings for w in r.witnesses for s in sides)
        ]
        assert len(beyond) <= expected(slug).MOST_CLASHES_BEYOND, [[r.value for r in c.readings] for c in beyond]

    def test_quotations(self, slug: str) -> None:
        named, text = names(reports(slug)), {r.id: r.text for r in reports(slug)}
        got: dict[tuple[str, str], str | None] = {}
        for q in everything(slug, "quotations"):
            name = q.speaker.name if q.speaker else None
            for spans in (q.content, q.marked, *((s,) for s in q.content)):
                got[named[q.report], folded(" ".join(text[q.report][s:e] for s, e in spans))] = name
        missed = [
            (r, said, got.get((r, folded(said))))
            for r, said, who in expected(slug).QUOTATIONS
            if got.get((r, folded(said))) != who
        ]
        assert missed == []

    def test_utterances(self, slug: str) -> None:
        pile, quotations = by_name(slug), {q.id: q for q in everything(slug, "quotations")}
        for wanted in expected(slug).UTTERANCES:
            best = 0
            for utterance in everything(slug, "utterances"):
                spans = [(quotations[i].report, s) for i in utterance.quotations for s in quotations[i].content]
                hits = 0
                for report, piece in wanted.items():
                    at = pile[report].text.index(piece)
                    hits += any(r == pile[report].id and s < at + len(piece) and at < e for r, (s, e) in spans)
                best = max(best, hits)
            assert best == len(wanted), wanted

    def test_moved_marks_are_not_to_be_used(self, slug: str) -> None:
        wanted = expected(slug).NOT_AS_QUOTED
        if wanted is None:
            pytest.skip("no marks are moved in this pile")
        report = by_name(slug)[wanted[0]]
        at = report.text.index(wanted[1])
        quotations = {q.id: q for q in everything(slug, "quotations")}
        verdicts = [
            u.verdict
            for u in everything(slug, "utterances")
            for i in u.quotations
            if quotations[i].report == report.id
            and any(s < at + len(wanted[1]) and at < e for s, e in quotations[i].content)
        ]
        assert "not as quoted" in verdicts

    def test_timeline(self, slug: str) -> None:
        named = names(reports(slug))
        for date, wanted in expected(slug).TIMELINE.items():
            basis: dict[str, set[str]] = {}
            for entry in main_story(slug).timeline:
                if entry.date == date:
                    for w in entry.witnesses:
                        basis.setdefault(named[w.report], set()).add(w.basis)
            assert {r: b for r, b in wanted.items() if b not in basis.get(r, set())} == {}, (date, basis)

    def test_interactions(self, slug: str) -> None:
        got = {(a.code, r.code, i.quad) for i in everything(slug, "interactions") for a in i.actor for r in i.recipient}
        assert set(expected(slug).INTERACTIONS) <= got

    def test_persons(self, slug: str) -> None:
        persons = [a for a in everything(slug, "actors") if a.kind == "person"]
        for name, forms in expected(slug).PERSONS.items():
            fitting = [a for a in persons if folded(a.name) == folded(name)]
            assert len(fitting) == 1, (name, [a.name for a in persons])
            assert forms <= {f.text for f in fitting[0].forms}

    def test_furniture_is_no_body(self, slug: str) -> None:
        body = [report.text[s:e] for report in reports(slug) for s, e in report.body]
        assert [f for f in expected(slug).FURNITURE if any(f in piece for piece in body)] == []


# ------------------------------------------------------------------------------------------------ the pile changed


WIRE = {"01-wire", "02-wire-update", "gazette", "courier", "05-rewrite", "06-oversatt"}


def harbour_without(*left_out: str) -> tuple[Report, ...]:
    named = names(reports("harbour"))
    return tuple(r for r in reports("harbour") if named[r.id] not in left_out)


def test_without_the_wire_the_family_holds_weaker() -> None:
    """The agency's own reports and the verbatim copy are gone: what is left shares passages and credits."""
    pile = harbour_without("01-wire", "02-wire-update", "gazette")
    dossier = max(analyse(pile).dossiers, key=lambda d: len(d.story.reports))
    family = next(f for f in dossier.families if "courier" in f.reports)
    named = names(pile)
    assert {named[i] for i in family.reports} == {"courier", "05-rewrite", "06-oversatt"}
    assert family.unseen and "Meridian Press" in family.unseen
    lines = {named[line.report]: line for line in dossier.lineage}
    assert all(lines[name].confidence != "sure" for name in ("courier", "05-rewrite", "06-oversatt"))


SWAPS = {
    "Haldorsdottir": "Brekkansen", "Haldórsdóttir": "Brekkansen", "Sigrun": "Ylva", "Sigrún": "Ylva", "Valadim": "Tortelli",
    "Duarte": "Ruggero", "Tollefsby": "Grimstveit", "Maren": "Solrun", "Setubal": "Montaro", "Setúbal": "Montaro",
    "Santa Brigida": "Stella Marga", "Pereirinha": "Calandros", "Castanheda": "Villaquera", "Meridian Press": "Parallel Wire",
}  # fmt: skip


def swapped(report: Report) -> Report:
    text = report.text
    for old, new in SWAPS.items():
        text = text.replace(old, new)
    return report_from_text(
        text,
        id=report.id,
        outlet=report.outlet,
        published=report.published,
        language=report.language,
        read_from=report.read_from,
    )


def test_names_swapped_throughout_change_nothing_else() -> None:
    pile = tuple(map(swapped, reports("harbour")))
    dossier = max(analyse(pile).dossiers, key=lambda d: len(d.story.reports))
    named = names(reports("harbour"))
    check_families(dossier, named, expected("harbour").FAMILIES)
    check_lineage(dossier, named, expected("harbour").LINEAGE)


def undated(report: Report) -> Report:
    return msgspec.structs.replace(report, published=None)


def test_without_dates_nothing_is_sure_and_no_direction_is_invented_from_them() -> None:
    pile = tuple(map(undated, reports("harbour")))
    dossier = max(analyse(pile).dossiers, key=lambda d: len(d.story.reports))
    check_families(dossier, names(pile), expected("harbour").FAMILIES)
    assert not [entry for entry in dossier.timeline if entry.basis == "own date" and entry.confidence == "sure"]


def test_a_sixth_report_joins_the_story_and_moves_no_other_family() -> None:
    text = (
        'Vanderhoek\'s despatch aside, our own reporter in Setubal counted 48 boats on Tuesday evening. "We are going nowhere," skipper '
        "Berta Candeias told the Quay Weekly, while Iceland's fisheries minister Sigrun Haldorsdottir and Portugal's sea minister "
        "Duarte Valadim met in the customs house over mackerel."
    )
    pile = (*reports("harbour"), report_from_text(text, id="sixth", outlet="Quay Weekly"))
    dossier = max(analyse(pile).dossiers, key=lambda d: len(d.story.reports))
    assert "sixth" in dossier.story.reports
    check_families(dossier, {**names(reports("harbour")), "sixth": "sixth"}, [*expected("harbour").FAMILIES, {"sixth"}])


def test_two_people_of_one_family_name_stay_two() -> None:
    text = (
        "Chile's minister Ana Rojas met union leader Pedro Rojas in Lorvik on Monday. Ana Rojas offered a loan. "
        'Pedro Rojas refused it. "It is too small," Pedro Rojas said.'
    )
    dossier = analyse([report_from_text(text, id="r", language="en")]).dossiers[0]
    full = sorted(a.name for a in dossier.actors if a.kind == "person")
    assert full == ["Ana Rojas", "Pedro Rojas"]
    assert [q.speaker.name for q in dossier.quotations if q.speaker and q.type == "direct"] == ["Pedro Rojas"]
