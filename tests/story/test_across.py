"""Groups of different languages joined as wholes: invented reports in two languages."""

from __future__ import annotations

import random

import numpy as np
import pytest
from msgspec.structs import replace

from stemma.records import Report, Span
from stemma.story import explain_groups
from stemma.story.across import link_across
from stemma.story.cluster import group_profiles
from stemma.story.features import Profile, profile
from stemma.story.pairs import compare, pile_of
from stemma.story.profiles import packed
from stemma.story.wholes import HELD, wholes

# One landslide. Each report shares a few names and figures with each of the other language, never the same ones.
ENGLISH = (
    ("Landslide buries houses above Velmora", "A landslide buried eleven houses above the village of Velmora on Monday night, and 43 people are missing. Mayor Tadeo Brunswick asked the army for dogs. The slope on Mount Karvenna had moved for weeks."),
    ("Army searches Velmora slope", "Soldiers dug through mud in Velmora on Tuesday for the missing 43. General Odalys Ferrante said that 260 soldiers and two excavators had arrived. The road from Tessin Bridge stays closed."),
    ("Geologist had warned of Mount Karvenna", "The geologist Ilse Vantongeren had warned of Mount Karvenna in spring, before the landslide in Velmora. Her report counted 17 cracks. Mayor Tadeo Brunswick says that he never saw it."),
    ("Dogs find two alive in Velmora", "Dogs found two people alive in Velmora on Tuesday, said General Odalys Ferrante. Of the 43 missing, 41 are still sought by 260 soldiers below Mount Karvenna."),
)  # fmt: skip
GERMAN = (
    ("Erdrutsch verschüttet Dorf", "Ein Erdrutsch am Berg Karvenna hat in der Nacht zum Dienstag das Dorf Velmora getroffen. 43 Menschen werden vermisst, teilte Bürgermeister Brunswick mit. Helfer graben mit den Händen."),
    ("Soldaten suchen Vermisste in Velmora", "In Velmora suchen 260 Soldaten nach Verschütteten. Generalin Ferrante sprach von einem Wettlauf gegen die Zeit. Am Karvenna drohen weitere Rutschungen, warnt die Geologin Vantongeren."),
    ("Zwei Überlebende nach Erdrutsch", "Spürhunde haben in Velmora zwei Menschen lebend gefunden. 41 werden laut Ferrante noch vermisst. Bürgermeister Brunswick sagte, vom Gutachten über 17 Risse am Karvenna wisse er nichts."),
)  # fmt: skip
OTHER = (
    ("Fähre läuft vor Ostrava Point auf Grund", "Vor Ostrava Point ist die Fähre Halcyon mit 312 Passagieren auf Grund gelaufen. Kapitän Lindqvist blieb an Bord. Schlepper aus Port Maringa sind unterwegs."),
    ("Passagiere der Halcyon an Land", "Alle 312 Passagiere der Fähre Halcyon sind an Land, teilte die Reederei in Port Maringa mit. Kapitän Lindqvist wird am Ostrava Point befragt."),
)  # fmt: skip


def made(texts: tuple[tuple[str, str], ...], language: str, published: str | None) -> list[Report]:
    return [
        Report(
            id=f"{language}{number}{texts[0][1][:3].strip()}",
            text=text,
            title=title,
            published=published,
            language=language,
            body=(Span(0, len(text)),),
        )
        for number, (title, text) in enumerate(texts)
    ]


def pile(german: str | None = "2031-05-06") -> list[Report]:
    found = [
        *made(ENGLISH, "en", "2031-05-06"),
        *made(GERMAN, "de", german),
        *made(OTHER, "de", "2031-05-06"),
    ]
    return sorted(found, key=lambda one: one.id)


def by_language(reports: list[Report]) -> list[list[int]]:
    """The landslide in English and in German, and the ferry."""
    landslide = {title for title, _ in (*ENGLISH, *GERMAN)}
    keys = [(one.title in landslide, one.language) for one in reports]
    return [[i for i, own in enumerate(keys) if own == key] for key in sorted(set(keys), key=str)]


def never(pairs: object) -> list[float]:
    raise AssertionError("no pair of one language stands between the groups")


def linked(reports: list[Report]) -> list[set[str]]:
    profiles = [profile(one) for one in reports]
    found = link_across(profiles, by_language(reports), never)
    return sorted(({reports[i].title or "" for i in group} for group in found), key=len)


def test_two_groups_of_one_event_are_one_story_and_a_stranger_stays_apart() -> None:
    assert linked(pile()) == [{title for title, _ in OTHER}, {title for title, _ in (*ENGLISH, *GERMAN)}]


def test_a_month_between_them_keeps_them_apart() -> None:
    assert len(linked(pile("2031-07-20"))) == 3


def test_without_dates_they_meet() -> None:
    assert len(linked(pile(None))) == 2


def test_one_language_is_left_alone() -> None:
    profiles = [profile(one) for one in made(ENGLISH, "en", None)]
    assert link_across(profiles, [[0, 1], [2, 3]], never) == [[0, 1], [2, 3]]


def test_two_single_reports_were_judged_as_a_pair() -> None:
    profiles = [profile(made(ENGLISH, "en", None)[0]), profile(made(GERMAN, "de", None)[0])]
    assert link_across(profiles, [[0], [1]], never) == [[0], [1]]


@pytest.mark.parametrize(("against", "stories"), [(0.2, 2), (0.9, 1)])
def test_reports_of_a_language_that_both_hold_have_a_say(against: float, stories: int) -> None:
    reports = [*made(ENGLISH, "en", "2031-05-06"), *made(GERMAN, "de", "2031-05-06")]
    profiles = [profile(one) for one in reports]
    groups = [[0, 1, 2], [3, 4, 5, 6]]  # one English report stands with the German ones
    assert len(link_across(profiles, groups, lambda pairs: [against] * len(pairs))) == stories


@pytest.mark.parametrize("seed", range(3))
def test_order_does_not_matter(seed: int) -> None:
    def stories(reports: list[Report]) -> set[frozenset[str]]:
        profiles = [profile(one) for one in reports]
        return {frozenset(reports[i].id for i in group) for group in group_profiles(profiles, [])}

    mixed = pile()
    random.Random(seed).shuffle(mixed)
    assert stories(mixed) == stories(pile())


def whole(members: list[Profile]) -> Profile:
    """All of them as one report."""
    return wholes(packed(members), [range(len(members))])[0]


def alike(one: Profile, two: Profile) -> bool:
    pairs = [(getattr(one, name), getattr(two, name)) for name in one.__struct_fields__]
    return all(np.array_equal(a, b) if isinstance(a, np.ndarray) else str(a) == str(b) for a, b in pairs)


class TestWholes:
    def test_a_single_report_is_itself_but_for_its_frames(self) -> None:
        one = profile(pile()[0])
        assert alike(whole([one]), replace(one, frames=one.frames[:0], framed=one.framed[:0]))

    def test_what_all_tell_weighs_most(self) -> None:
        members = [profile(one) for one in made(ENGLISH, "en", "2031-05-06")]
        merged = whole(members)
        everywhere = set.intersection(*(set(one.anchors.terms.tolist()) for one in members))
        assert everywhere
        held = dict(zip(merged.anchors.terms.tolist(), merged.anchors.weights.tolist(), strict=True))
        for term in everywhere:
            mean = np.mean([one.anchors.weights[one.anchors.terms == term][0] for one in members])
            assert held[term] == pytest.approx(float(mean))
        assert len(held) == len(set.union(*(set(one.anchors.terms.tolist()) for one in members)))

    def test_a_day_of_one_in_four_is_not_the_groups(self) -> None:
        members: list[Profile] = [replace(profile(one), told=(), weekdays=0) for one in made(ENGLISH, "en", None)]
        assert HELD > 1 / 4
        rare = whole([replace(members[0], told=(5,), weekdays=1 << 7), *members[1:]])
        often = whole([replace(one, told=(5,), weekdays=1 << 7) for one in members[:2]] + members[2:])
        assert (rare.told, rare.weekdays) == ((), 0)
        assert (often.told, often.weekdays) == ((5,), 1 << 7)

    def test_a_group_is_the_same_whatever_is_made_with_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        held = packed([profile(one) for one in pile()])
        groups = [[0, 2, 4], [1], [3, 5]]
        together = wholes(held, groups)
        monkeypatch.setattr("stemma.story.wholes.AT_ONCE", 2)
        apart = wholes(held, groups)
        assert len(together) == len(apart) == 3
        assert all(alike(together[k], apart[k]) for k in range(3))
        assert together[0].report == min(held.reports[i] for i in groups[0])


def test_explain_names_the_groups_and_what_both_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = pile()
    monkeypatch.setattr("stemma.story.explain.groups_by_pairs", lambda profiles, same: (by_language(reports), never))
    english, german, ferry = (
        [one.id for one in reports if (one.title, one.text) in texts] for texts in (ENGLISH, GERMAN, OTHER)
    )
    lines = explain_groups(reports, english[0], german[0])
    assert lines[0].startswith("linked as groups across languages, of 4 (en) and 3 (de) reports: as wholes 0.")
    assert any(line.count('"Velmora"') == 2 for line in lines[1:])
    assert explain_groups(reports, english[0], english[1]) == []  # their own pairs joined them
    assert explain_groups(reports, english[0], ferry[0]) == []  # two stories


class TestYears:
    # two years, since a later copy often bears the date of its copying
    def apart(self, one: Profile, two: Profile) -> float:
        return float(compare(pile_of([one, two]), np.array([0]), np.array([1])).years_apart[0])

    def test_the_news_of_two_years(self) -> None:
        one = profile(made(ENGLISH, "en", "2031-05-06")[0])  # names Monday, the day before
        later = profile(made(ENGLISH, "en", "2035-05-08")[0])
        assert self.apart(one, later) == 1.0
        assert self.apart(one, profile(made(ENGLISH, "en", "2032-06-08")[0])) == 0.0

    def test_who_looks_back_or_names_no_day_is_not_apart(self) -> None:
        one = profile(made(ENGLISH, "en", "2031-05-06")[0])
        later = profile(made(ENGLISH, "en", "2035-05-08")[0])
        assert self.apart(one, replace(later, told=(*one.told, *later.told))) == 0.0
        assert self.apart(one, replace(later, told=())) == 0.0
        assert self.apart(one, replace(later, day=None)) == 0.0


def test_explain_says_that_a_quiet_time_kept_two_groups_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    days = ["2031-03-01", "2031-03-01", "2031-03-02", "2031-04-20", "2031-04-20", None]
    reports = [
        replace(one, id=f"r{k}", published=day) for k, (one, day) in enumerate(zip(pile()[:6], days, strict=True))
    ]

    def between(found: float) -> list[str]:
        groups = ([[0, 1, 2], [3, 4], [5]], lambda pairs: [found] * len(pairs))
        monkeypatch.setattr("stemma.story.explain.groups_by_pairs", lambda profiles, same: groups)
        monkeypatch.setattr("stemma.story.explain.link_across", lambda profiles, groups, score: groups)
        return explain_groups(reports, "r0", "r3")

    assert between(0.6) == []  # two reports do not make a group of several
    monkeypatch.setattr("stemma.story.linkage.SEVERAL", 2)
    assert between(0.6)[0].startswith("kept apart: groups of 3 and 2 reports with a quiet time")
    assert between(0.4) == between(0.8) == []
