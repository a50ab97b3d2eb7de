"""Each person one actor, all forms joined, no two people joined."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from stemma import language
from stemma.records import Actor, Annotated, Report, Span
from stemma.story.actors import join_actors
from stemma.story.people import frame


def pile(*texts: tuple[str, str]) -> list[Annotated]:
    """Reports "r0", "r1" ... of (language, text)."""
    return [
        language.annotate(Report(id=f"r{k}", text=text, language=tag, body=(Span(0, len(text)),)))
        for k, (tag, text) in enumerate(texts)
    ]


def people(*texts: tuple[str, str]) -> dict[str, set[str]]:
    return {a.name: {f.text for f in a.forms} for a in join_actors(pile(*texts)) if a.kind == "person"}


def test_forms_join_across_reports_and_languages() -> None:
    found = people(
        ("en", "Prime Minister Vera Moe-Lind met President Oh Sun Hee. Moe-Lind said Oh was tired."),
        ("nb", "Statsminister Vera Moe-Lind møtte president Oh Sun-Hee. Moe-Linds plan ble Ohs plan."),
        ("en", "It was Moe-Lind's plan, said President Oh."),
    )
    assert found == {
        "Vera Moe-Lind": {"Vera Moe-Lind", "Moe-Lind", "Moe-Linds"},
        "Oh Sun Hee": {"Oh Sun Hee", "Oh Sun-Hee", "Oh", "Ohs"},
    }


def test_two_people_of_one_family_name_stay_two() -> None:
    found = join_actors(
        pile(
            ("en", "Minister Anna Berg spoke. Berg was calm. Her rival, Jonas Berg, shouted. Berg left."),
            ("en", "Minister Anna Berg won. Nobody asked Berg."),
            ("en", "Berg won, said Berg."),
        )
    )
    two = {actor.name: actor for actor in found if actor.kind == "person"}
    assert set(two) == {"Anna Berg", "Jonas Berg"}
    counts = {name: [m.report for m in actor.mentions].count("r0") for name, actor in two.items()}
    assert counts == {"Anna Berg": 2, "Jonas Berg": 2}, "a bare name goes to the one named nearest before"
    assert not any(m.report == "r2" for actor in two.values() for m in actor.mentions), "to none where nobody is named"


def test_particles_belong_to_the_family_name() -> None:
    found = people(
        ("en", 'Minister Jan de Vries met Omar al-Rashid. "Yes," al-Rashid said to de Vries.'),
        ("en", "President de Vries left al-Rashid."),
    )
    assert found == {"Jan de Vries": {"Jan de Vries", "de Vries"}, "Omar al-Rashid": {"Omar al-Rashid", "al-Rashid"}}


def test_initials_and_middle_names_join_only_where_one_fits() -> None:
    assert len(people(("en", "President Karl J. Venn spoke."), ("en", "President Karl Venn left."))) == 1
    found = people(("en", "Minister Karl Venn spoke to K. Venn."), ("en", "Minister Kate Venn left."))
    assert {"Karl Venn", "Kate Venn"} <= set(found)


def test_transcriptions_join_across_languages_not_within_one() -> None:
    found = people(
        ("en", "Minister Sergey Volnov spoke."),
        ("de", "Minister Sergej Wolnow sprach."),
        ("fr", "Le ministre Sergueï Volnov a parlé."),
    )
    assert len(found) == 1
    assert len(people(("en", "Minister Maria Rossini met Minister Mario Rossini."))) == 2
    assert frame("selenskyj") == frame("zelensky")


def test_inflected_forms_join_where_the_language_inflects() -> None:
    found = people(("ru", "Президент Павел Дорин прибыл. Войска Дорина ждали. Встреча с Павлом Дориным прошла."))
    assert len(found) == 1


def test_acronyms_join_their_organisation() -> None:
    found = [
        a
        for a in join_actors(pile(("en", "The Northern Harbour Bank (NHB) paid. NHB is rich.")))
        if a.kind == "organisation"
    ]
    assert [(a.name, {f.text for f in a.forms}) for a in found] == [
        ("Northern Harbour Bank", {"Northern Harbour Bank", "NHB"})
    ]


def test_states_take_adjectives_and_capitals_meant_as_governments() -> None:
    found = join_actors(
        pile(("en", "Peru objects. Peruvian ships left. Lima has stopped the sale. She slept in Lima."))
    )
    state = next(a for a in found if a.code == "PE" and a.kind == "state")
    assert (state.name, {f.text for f in state.forms}) == ("Peru", {"Peru", "Peruvian", "Lima"})
    assert [a.name for a in found if a.kind == "place"] == ["Lima"]


def test_roles_carry_their_spans() -> None:
    members = pile(("en", "Peru's former president Vera Holt, 61, spoke."))
    person = next(a for a in join_actors(members) if a.kind == "person")
    assert [role.text for role in person.roles] == ["Peru's former president"]
    assert all(members[0].report.text[r.start : r.end] == r.text for r in person.roles)


def test_the_order_of_reports_changes_nothing() -> None:
    members = pile(
        ("en", "President Oh Sun Hee met Jan Berg."),
        ("nb", "Statsminister Ida Berg møtte Oh."),
        ("en", "Berg left. Oh Sun-Hee stayed."),
    )
    ways: list[tuple[Actor, ...]] = [join_actors(list(order)) for order in itertools.permutations(members)]
    assert all(way == ways[0] for way in ways)


WORDS = st.sampled_from(
    [
        "President",
        "Minister",
        "Anna",
        "Jonas",
        "Berg",
        "Bergs",
        "Lee",
        "Oh",
        "J.",
        "said",
        "met",
        "in",
        "Peru",
        "Lima",
        "the",
        ".",
        ",",
        "and",
        "Harbour",
        "Bank",
        "(HB)",
    ]
)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.lists(WORDS, min_size=1, max_size=25), min_size=1, max_size=4))
def test_mentions_are_exact_and_belong_to_one_person(texts: list[list[str]]) -> None:
    members = pile(*(("en", " ".join(words)) for words in texts))
    actors = join_actors(members)
    held: dict[tuple[str, int, int], str] = {}
    for actor in actors:
        assert actor.mentions
        for mention in actor.mentions:
            surface = members[int(mention.report[1:])].report.text[mention.start : mention.end]
            assert surface in {form.text for form in actor.forms}
            if actor.kind == "person":
                assert held.setdefault((mention.report, mention.start, mention.end), actor.id) == actor.id
    assert len({actor.id for actor in actors}) == len(actors)


def test_a_state_is_named_by_its_name_not_by_an_adjective() -> None:
    found = join_actors(pile(("nl", "Het Amerikaanse Congres stemde."), ("en", "The US Geological Survey spoke.")))
    assert {actor.code: actor.name for actor in found if actor.kind == "state"} == {"US": "US"}


def test_an_acronym_joins_the_name_that_another_report_spells_out() -> None:
    found = join_actors(
        pile(
            ("en", "The Harbour Safety Institute (HSI) measured it. HSI said so."),
            ("nl", "Dat meldt het Amerikaanse instituut HSI."),
        )
    )
    names = {actor.name: {m.report for m in actor.mentions} for actor in found if actor.kind == "organisation"}
    assert names["Harbour Safety Institute"] == {"r0", "r1"}
