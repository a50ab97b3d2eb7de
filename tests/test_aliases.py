"""The user's aliases: read and checked, carried out among actors and interactions, and each effect says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from stemma.aliases import Alias, find_forms, parse, read_aliases
from stemma.errors import BadUsage
from stemma.events import find_interactions
from stemma.language import annotate
from stemma.read import report_from_text
from stemma.reasons import replay
from stemma.records import Actor, Annotated
from stemma.story import join_actors

FILE = """
[[actor]]
name = "Republic of Ghana"
kind = "state"
code = "GH"
forms = ["the Castle", "Ghana"]

[[actor]]
name = "Ana Rojas"
forms = ["the Iron Baker"]
"""


def report(text: str, name: str = "r", language: str = "en") -> Annotated:
    return annotate(report_from_text(text, id=name, language=language))


def named(actors: tuple[Actor, ...], name: str) -> Actor:
    (one,) = [actor for actor in actors if actor.name == name]
    return one


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "aliases.toml"
    file.write_text(FILE, encoding="utf-8")
    assert read_aliases(file) == (
        Alias("Republic of Ghana", ("the Castle", "Ghana"), "state", "GH"),
        Alias("Ana Rojas", ("the Iron Baker",)),
    )
    assert parse("") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[actor]", "TOML"),
        ("actor = 3", "write [[actor]]"),
        ('[[person]]\nname = "A"', "write [[actor]]"),
        ('[[actor]]\nname = "A"\nform = ["a"]', "actor 1: 'form' is not known"),
        ('[[actor]]\nforms = ["a"]', "actor 1: no name"),
        ('[[actor]]\nname = "A"', "actor 1 (A): forms must be a list"),
        ('[[actor]]\nname = "A"\nforms = [""]', "forms must be a list"),
        ('[[actor]]\nname = "A"\nforms = ["a"]\nkind = "ship"', "kind is 'ship'"),
        ('[[actor]]\nname = "A"\nforms = ["a"]\ncode = "NOR"', "code is 'NOR'"),
        (
            '[[actor]]\nname = "A"\nforms = ["x"]\n[[actor]]\nname = "B"\nforms = ["x"]',
            "'x' stands for 'A' and for 'B'",
        ),
        (
            '[[actor]]\nname = "A"\nforms = ["x"]\ncode = "NO"\n[[actor]]\nname = "A"\nforms = ["x"]\ncode = "SE"',
            "'A' has the code 'NO' and the code 'SE': keep one",
        ),
        ('[[actor]]\nname = "A"\nforms = ["a"]\ncode = ["NO"]', "code is ['NO']"),
        ('[[actor]]\nname = "A"\nforms = ["a"]\nkind = {}', "kind is {}"),
        (f"x = {'[' * 20_000}", "take them out"),
        (f"x = {'9' * 6000}", "a number of thousands of digits: take it out"),
    ],
)
def test_errors_say_where_and_what_next(text: str, words: str) -> None:
    with pytest.raises(BadUsage, match="the file") as caught:
        parse(text, "the file")
    assert words in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match="--aliases"):
        read_aliases(tmp_path / "none.toml")


def test_forms_are_found_as_written_the_longest_first() -> None:
    text = "The castle stood. The Castle's guard met the Castle Bank. the Castle"
    forms = (Alias("A", ("the Castle", "The Castle")), Alias("B", ("the Castle Bank",)))
    found = [(text[s.start : s.end], alias.name) for s, alias in find_forms(report(text), forms)]
    assert found == [("The Castle", "A"), ("the Castle Bank", "B"), ("the Castle", "A")]


def test_actors_are_joined_and_say_so() -> None:
    one = report("The tariff worries the Castle. Ghana wants talks, Ghanaian papers say.")
    two = report("President Ana Rojas spoke. They call her the Iron Baker.", "s")
    actors = join_actors((one, two), (), parse(FILE))
    ghana = named(actors, "Republic of Ghana")
    assert (ghana.kind, ghana.code) == ("state", "GH")
    texts = {one.report.text[m.start : m.end] for m in ghana.mentions if m.report == "r"}
    assert {"the Castle", "Ghana", "Ghanaian"} <= texts
    assert ghana.reasons[0].values == ("Republic of Ghana", "Ghana", "the Castle")
    assert replay(ghana.reasons[0], {"r": one.report, "s": two.report}) == 1.0
    rojas = named(actors, "Ana Rojas")
    assert {two.report.text[m.start : m.end] for m in rojas.mentions} == {"Ana Rojas", "the Iron Baker"}


def test_without_its_words_an_alias_changes_nothing() -> None:
    one = report("Norway met Peru in Lima.")
    assert join_actors((one,), (), parse(FILE)) == join_actors((one,))


def test_words_inside_the_name_of_somebody_else_do_not_count() -> None:
    one = report("The Bank of Ghana raised rates. The Bank of Ghana waited.")
    actors = join_actors((one,), (), (Alias("Republic of Ghana", ("Ghana",), "state", "GH"),))
    assert "Republic of Ghana" not in {actor.name for actor in actors if any(m.start == 4 for m in actor.mentions)}


def test_what_an_alias_does_is_its_states_act() -> None:
    one = report("Yesterday the Castle condemned Norway. The Iron Baker sang.")
    assert find_interactions(one, ()) == () or all(
        "GHA" not in {p.code for p in i.actor} for i in find_interactions(one, ())
    )
    (found,) = find_interactions(one, (), parse(FILE))
    assert [p.code for p in found.actor] == ["GHA"] and [p.code for p in found.recipient] == ["NOR"]
