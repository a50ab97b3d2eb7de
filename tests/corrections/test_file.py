"""The file of corrections: what is read, and errors that say the line and the next step."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from msgspec.structs import replace

from stemma import report_from_text
from stemma.corrections import match, parse, read_corrections
from stemma.corrections.file import header_lines
from stemma.errors import BadUsage
from stemma.records import Report

SIGNED = 'who = "Ida Holm"\nwhen = 2031-05-16\nwhy = "the editor told us"\n'


def entry(kind: str, fields: str) -> str:
    return f'[[correction]]\nkind = "{kind}"\n{fields}\n{SIGNED}\n'


OUTLET = entry("this outlet", 'report = "a.txt"\noutlet = "Tind Post"')


def pile() -> list[Report]:
    made = [
        report_from_text("The ferry to Vannvik sank. Mayor Öyvind Løkås was on board.", title="Ferry sinks", id="r1"),
        report_from_text("A ferry sank off Vannvik.", title="Ferry sinks", id="r2", url="https://tind.example/f/"),
    ]
    return [replace(made[0], read_from="in/a.txt"), replace(made[1], read_from="in/b.jsonl#2")]


def test_what_is_read() -> None:
    (one,) = parse(OUTLET)
    assert (one.kind, one.reports, one.value, one.who, one.when, one.line) == (
        "this outlet", ("a.txt",), "Tind Post", "Ida Holm", "2031-05-16", 1,
    )  # fmt: skip


def test_dates_are_iso() -> None:
    (day,) = parse(entry("this date", 'report = "a.txt"\ndate = 2031-05-16'))
    (moment,) = parse(entry("this date", 'report = "a.txt"\ndate = 2031-05-16T09:30:00Z'))
    (said,) = parse(entry("this date", 'report = "a.txt"\ndate = "2031-05-16"'))
    assert [one.value for one in (day, moment, said)] == ["2031-05-16", "2031-05-16T09:30:00+00:00", "2031-05-16"]


def test_an_empty_file_corrects_nothing() -> None:
    assert parse("") == () == parse("# nothing yet\n")


def test_lines_are_those_of_headers_outside_strings() -> None:
    text = "why = \"\"\"\n[[correction]]\n\"\"\"\n[[correction]]  # one\n[[ correction ]]\nx = '''a'''\n"
    assert header_lines(text) == [4, 5]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[correction]]\nkind = \n", "line 2"),
        ("[corrections]\n", "'corrections' is not known here"),
        ('correction = "same story"\n', "must be a list of tables"),
        ("\n\n" + entry("same stroy", 'reports = ["a", "b"]'), "line 3: kind is 'same stroy'; write one of: same story"),
        (entry("same story", 'reports = ["a"]'), "line 1 (same story): reports needs two or more"),
        (entry("same story", 'reports = ["a", " a "]'), "reports needs two or more"),
        (entry("same story", 'reports = "a"'), 'write reports = ["...", "..."]'),
        (entry("not this story", 'report = "a"'), "line 1 (not this story): story is missing or empty"),
        (entry("this outlet", 'report = "a"\noutlet = ""'), "outlet is missing or empty"),
        (entry("this outlet", 'report = "a"\noutlet = "x"\ndate = 2031-01-01'), "'date' is not a field of it"),
        (entry("this date", 'report = "a"\ndate = "Tuesday"'), "date is 'Tuesday', no date: write date = 2031-05-16"),
        (entry("this date", 'report = "a"\ndate = 7'), "date is 7, no date"),
        (entry("this date", 'report = "a"\ndate = "0001-01-01T00:00:00+14:00"'), "no date of the years 1600 to 2200"),
        (entry("this date", 'report = "a"\ndate = 9999-12-31'), "no date of the years 1600 to 2200"),
        ("[[correction]]\nkind = []\n", "line 1: kind is []; write one of"),
        ("[[correction]]\nkind = {}\n", "line 1: kind is {}; write one of"),
        (f"[[correction]]\nkind = 0x{'f' * 6000}\n", "kind is a value too large to be shown (int); write"),
        (f"[[correction]]\nkind{'.a' * 20_000} = 1\n", "line 1: kind is"),
        (f"x = {'[' * 20_000}", "take them out"),
        (f"x = {'9' * 6000}", "a number of thousands of digits: take it out"),
        (OUTLET.replace("when = 2031-05-16\n", ""), "when is missing: write when = 2031-05-16"),
        (OUTLET.replace('who = "Ida Holm"\n', ""), 'who is missing or empty: write who = "..."'),
    ],
)  # fmt: skip
def test_errors_say_the_line_and_the_next_step(text: str, said: str) -> None:
    with pytest.raises(BadUsage) as error:
        parse(text, "desk.toml")
    assert said in str(error.value)
    assert str(error.value).startswith("desk.toml")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match="check the name after --corrections"):
        read_corrections(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadUsage, match="save it as UTF-8"):
        read_corrections(tmp_path / "bad.toml")


@pytest.mark.parametrize("name", ["r1", "a.txt", "A.TXT", "a", "in/a.txt"])
def test_ways_to_name_a_report(name: str) -> None:
    (one,) = match(parse(OUTLET.replace('"a.txt"', f'"{name}"')), pile())
    assert one.found
    assert one.reports == ("r1",)


def test_addresses_and_members_of_a_file() -> None:
    for name in ("https://tind.example/f", "b.jsonl#2"):
        (one,) = match(parse(OUTLET.replace('"a.txt"', f'"{name}"')), pile())
        assert one.reports == ("r2",)


def test_a_title_of_two_reports_names_neither() -> None:
    (one,) = match(parse(OUTLET.replace('"a.txt"', '"Ferry sinks"')), pile())
    assert not one.found
    assert one.note == "'Ferry sinks' fits 2 reports (r1 from in/a.txt, r2 from in/b.jsonl#2): give the id of one"


def test_what_is_not_there_is_said() -> None:
    (one,) = match(parse(OUTLET.replace('"a.txt"', '"c.txt"')), pile())
    assert not one.found
    said = "no report of this pile is called 'c.txt'"
    assert one.note == f"{said}: nearest are 'a.txt', or give its id, address, file name, title or outlet"
    (one,) = match(parse(OUTLET.replace('"a.txt"', '"nowhere"')), pile())
    assert one.note == "no report of this pile is called 'nowhere': give its id, address, file name, title or outlet"
    (person,) = match(parse(entry("same person", 'names = ["Oyvind Lokas", "Otto Lind"]')), pile())
    assert not person.found
    assert person.note == "no report of this pile has the name 'Otto Lind': check how it is written"


@pytest.mark.parametrize("name", ["The Tind Post", "the tind  post", "THE TIND POST"])
def test_a_report_is_called_by_its_outlet_as_it_is_shown(name: str) -> None:
    shown = [replace(one, outlet="The Tind Post") if one.id == "r1" else one for one in pile()]
    (one,) = match(parse(OUTLET.replace('"a.txt"', f'"{name}"')), shown)
    assert (one.found, one.reports) == (True, ("r1",))


def test_the_host_of_an_address_is_shown_where_no_outlet_is_known() -> None:
    (one,) = match(parse(OUTLET.replace('"a.txt"', '"tind.example"')), pile())
    assert one.reports == ("r2",)


def test_an_outlet_of_two_reports_names_neither_and_a_title_goes_before_an_outlet() -> None:
    both = [replace(one, outlet="Tind Post") for one in pile()]
    (one,) = match(parse(OUTLET.replace('"a.txt"', '"Tind Post"')), both)
    assert not one.found and "fits 2 reports" in (one.note or "")
    titled = [replace(one, outlet="Tind", title="Ferry" if one.id == "r1" else "Tind") for one in pile()]
    (one,) = match(parse(OUTLET.replace('"a.txt"', '"Tind"')), titled)
    assert one.reports == ("r2",)


def test_the_nearest_names_are_said() -> None:
    shown = [replace(one, outlet="The Tind Post") for one in pile()[:1]]
    (one,) = match(parse(OUTLET.replace('"a.txt"', '"Tinn Post"')), shown)
    assert "nearest are 'The Tind Post'" in (one.note or "")
    (person,) = match(parse(entry("same person", 'names = ["Oyvind Lokas", "Ovind Løkas"]')), pile())
    assert "nearest are 'Öyvind Løkås'" in (person.note or "")


def test_names_are_found_whatever_their_accents() -> None:
    (one,) = match(parse(entry("same person", 'names = ["Øyvind Løkås", "oyvind lokas"]')), pile())
    assert one.found


CONTRADICTIONS = {
    "two outlets": OUTLET + OUTLET.replace("Tind Post", "Tind Mail").replace("a.txt", "r1"),
    "two dates": entry("this date", 'report = "a"\ndate = 2031-05-16') + entry("this date", 'report = "r1"\ndate = 2031-05-17'),
    "story": entry("same story", 'reports = ["r1", "r2"]') + entry("not this story", 'report = "r2"\nstory = "r1"'),
    "person": entry("same person", 'names = ["Vannvik", "Løkås"]') + entry("not the same person", 'names = ["lokas", "Vannvik"]'),
}  # fmt: skip


@pytest.mark.parametrize("text", CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_contradictions_name_both(text: str) -> None:
    with pytest.raises(BadUsage) as error:
        match(parse(text), pile())
    said = str(error.value)
    assert "contradict each other" in said
    assert "line 1, " in said
    assert f"line {header_lines(text)[1]}, " in said
    assert said.endswith("take one of them out of the file")


def test_a_chain_that_contradicts() -> None:
    third = report_from_text("Another ferry.", id="r3")
    text = (
        entry("same story", 'reports = ["r1", "r3"]')
        + entry("same story", 'reports = ["r3", "r2"]')
        + entry("not this story", 'report = "r1"\nstory = "r2"')
    )
    with pytest.raises(BadUsage, match="contradict"):
        match(parse(text), [*pile(), third])


def test_the_same_said_twice_is_no_contradiction() -> None:
    assert len(match(parse(OUTLET + OUTLET), pile())) == 2


def test_the_order_of_the_file_tells_nothing() -> None:
    parts = [
        OUTLET,
        entry("this date", 'report = "a"\ndate = 2031-05-16'),
        entry("same story", 'reports = ["r2", "r1"]'),
        entry("this is the wire", 'report = "r2"'),
    ]
    first = match(parse("".join(parts)), pile())
    random.Random(3).shuffle(parts)
    second = match(parse("".join(parts)), pile())
    assert [(m.entry.kind, m.reports, m.entry.value) for m in first] == [
        (m.entry.kind, m.reports, m.entry.value) for m in second
    ]
