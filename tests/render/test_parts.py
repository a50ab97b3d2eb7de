"""The small machines behind the page."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest
import render_pile as pile
from msgspec.structs import replace

from stemma.records import Report, Span
from stemma.render import render_markdown
from stemma.render.clean import blocks, context, sentences, shown
from stemma.render.days import days, in_words, published
from stemma.render.markdown import render_brief
from stemma.render.sigla import letter, name_lines, title_of
from stemma.render.tables import TABLES, graphml, plover, rows, web_annotations
from stemma.render.wording import compare, tokens
from stemma.render.words import Words


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2026-03-04", "4 March 2026"),
        ("2026-03-04T18:20:00+01:00", "4 March 2026"),
        ("2026-03", "March 2026"),
        ("2026", "2026"),
        ("1910/1945", "1910 – 1945"),
        ("../2026", "until 2026"),
        ("2026/..", "since 2026"),
        ("2026-03~", "about March 2026"),
        ("202X", "the 2020s"),
        ("19XX", "1900s"),
        ("2025-21", "spring 2025"),
        ("--10", "October, year not stated"),
        ("--10-05", "5 October, year not stated"),
        ("not a date", "not a date"),
        ("2026-99", "2026-99"),
    ],
)
def test_dates_in_words(value: str, said: str) -> None:
    assert in_words(value, Words("en")) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-03-04", "2026-03-06", "4–6 March 2026"),
        ("2026-03-04T08:00", "2026-03-04T18:20", "4 March 2026"),
        ("2026-02-27", "2026-03-06", "27 February – 6 March 2026"),
        ("2025-12-31", "2026-01-02", "31 December 2025 – 2 January 2026"),
        ("2026-03-04", None, "4 March 2026"),
        ("2026-13-04", "2026-13-06", "2026-13-04 – 2026-13-06"),
        (None, None, ""),
    ],
)
def test_the_days_of_a_story_name_month_and_year_once(first: str | None, last: str | None, said: str) -> None:
    assert published(first, last, Words("en")) == said


def test_a_story_is_called_in_the_readers_language_where_a_report_is() -> None:
    told = [
        pile.bare_report("Die Brücke ist gesperrt.", title="Brücke gesperrt", language="de"),
        pile.bare_report("The bridge is shut.", language="en"),
        pile.bare_report("The bridge has been shut.", title="Bridge shut", language="en"),
    ]
    story = pile.bare_dossiers(told[:1]).dossiers[0]
    german = replace(story, story=replace(story.story, title="Brücke gesperrt"))
    assert title_of(german, told, "en") == ("Bridge shut", told[2])
    assert title_of(german, told, "de-AT") == ("Brücke gesperrt", told[0])
    assert title_of(german, told[:2], "en") == ("Brücke gesperrt", told[0])  # a title beats opening words
    assert title_of(german, told, "fr") == ("Brücke gesperrt", told[0])
    named = replace(story, story=replace(story.story, title="Our bridge story"))
    assert title_of(named, told, "en")[0] == "Our bridge story"
    nameless = replace(story, story=replace(story.story, title=""))
    assert title_of(nameless, told[:2], "en") == ("The bridge is shut.", told[1])


def test_a_date_covers_as_many_days_as_it_leaves_open() -> None:
    lengths = {
        value: (span.last - span.first + 1 if (span := days(value)) else None)
        for value in ("2026-03-04", "2026-02", "2024", "1910/1945", "202X", "--10", "2026-02-31")
    }
    assert lengths == {
        "2026-03-04": 1,
        "2026-02": 28,
        "2024": 366,
        "1910/1945": 36 * 365 + 9,
        "202X": 3653,
        "--10": None,
        "2026-02-31": None,
    }


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA")])
def test_letters_go_on_after_z(index: int, name: str) -> None:
    assert letter(index) == name


def test_the_largest_family_is_a_and_sources_stand_before_what_was_made_from_them() -> None:
    lines = name_lines(pile.make_dossier(), {one.id: one for one in pile.REPORTS})
    assert [line.letter for line in lines] == ["A", "B", "C"]
    assert lines[0].reports == (pile.A1.id, pile.A2.id, pile.A3.id)


def test_shown_text_keeps_its_length() -> None:
    wild = "".join(map(chr, [*range(0x250), *range(0x2000, 0x2100), 0xD800, 0xFFFE, 0x1F600]))
    assert len(shown(wild)) == len(wild)
    assert shown("a\x00b") == "a␀b"
    assert shown("plain å ß 中 text\n") == "plain å ß 中 text\n"


def test_paragraphs_of_the_body_are_numbered_and_the_rest_is_named() -> None:
    found = [(block.number, block.place) for block in blocks(pile.A1)]
    assert found == [
        (0, "title"),
        (0, "top"),
        (0, "top"),
        (1, "body"),
        (2, "body"),
        (3, "body"),
        (4, "body"),
        (5, "body"),
        (0, "foot"),
        (0, "foot"),
    ]


def test_sentences_are_not_cut_after_titles_and_initials() -> None:
    text = "Dr. Vane met J. Holt on Jan. 6 in Sund. He left. «Kom inn.» Sa hun det?"
    assert [text[a:b] for a, b in sentences(text, 0, len(text))] == [
        "Dr. Vane met J. Holt on Jan. 6 in Sund.",
        "He left.",
        "«Kom inn.»",
        "Sa hun det?",
    ]


def test_context_keeps_the_hit_whole() -> None:
    report = Report(
        id="r", text="Before it. " + "word " * 60 + "HIT " + "word " * 60 + ". After it.", body=(Span(0, 640),)
    )
    at = report.text.index("HIT")
    found = context(report, blocks(report), at, at + 3)
    assert found.hit == "HIT"
    assert found.before.startswith("… ") and found.after.endswith(" …")


def words_of(pieces: object) -> str:
    marks = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    return "".join(marks[p.change].format(p.text) for p in pieces)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("first", "second", "marked"),
    [
        ("we had perhaps four minutes", "we had four minutes", "we had [-perhaps -]four minutes"),
        ("the hall was cleared", "the hall was emptied", "the hall was [-cleared-][+emptied+]"),
        ("It’s a long road home", "It's a long road home,", "It's a long road home,"),
        ("港は水曜日に閉鎖された", "港は木曜日に閉鎖された", "港は[-水-][+木+]曜日に閉鎖された"),
    ],
)
def test_changed_words_are_marked(first: str, second: str, marked: str) -> None:
    assert words_of(compare(first, second)) == marked


def test_unlike_or_endless_wordings_are_not_marked_word_by_word() -> None:
    assert compare("the harbour is shut", "nobody knows when boats sail") is None
    assert compare("word " * 3000, "word " * 3000) is None
    assert "".join(tokens("a—b  c\n'd")) == "a—b  c\n'd"


def test_same_and_new_joined_are_the_second_wording() -> None:
    second = "But, he said,  the  town (all of it) was dark."
    pieces = compare("And he said the whole town was dark and cold.", second)
    assert pieces is not None
    assert "".join(p.text for p in pieces if p.change != "gone") == second


def test_markdown_has_the_parts_and_escapes_markup() -> None:
    said = render_markdown(pile.make_dossiers())
    order = [
        said.index(f"## {Words('en')(f'part.{part}')}")
        for part in ("brief", "carried", "disagree", "origins", "speech", "timeline", "doing", "alone", "aside")
    ]
    assert order == sorted(order)
    assert "**5 reports, at most 3 independent sources**" in said
    assert "[A1 ¶1, A2 ¶1, B ¶1]" in said
    evil = pile.bare_dossiers(
        [pile.bare_report("# Heading\n\n<b>bold</b> [link](http://x) `code`", title="*stars* <script>")]
    )
    assert "<script>" not in render_markdown(evil) and r"\*stars\*" in render_markdown(evil)
    assert render_markdown(pile.make_dossiers(), "nb").count("\n## ") == 9


def test_the_brief_alone() -> None:
    said = render_brief(pile.make_dossiers())
    assert said.startswith("# Fire closes Tarnholm ferry terminal, 14 hurt\n")
    assert said.count("\n- ") == len(pile.REPORTS) + len(pile.BRIEF)


def test_tables_are_flat_and_their_spans_exact() -> None:
    dossiers = pile.make_dossiers()
    texts = {one.id: one.text for one in dossiers.reports}
    for table in TABLES:
        for row in rows(dossiers, table):
            assert all(value is None or isinstance(value, (str, int, float, bool)) for value in row.values()), table
            if "report" in row and row.get("words") is not None:
                assert texts[row["report"]][row["start"] : row["end"]] == row["words"]
    assert {row["speaker_name"] for row in rows(dossiers, "quotations")} >= {"Runa Eltang", "Aksel Drommen", None}
    with pytest.raises(KeyError, match="there are reports"):
        rows(dossiers, "nothing")


def test_graphml_is_well_formed_and_holds_the_tree() -> None:
    dossiers = pile.make_dossiers()
    root = ET.fromstring(graphml(dossiers.dossiers[0], dossiers.reports))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert len(root.findall(f".//{space}node")) == 6
    assert {(e.get("source"), e.get("target")) for e in root.findall(f".//{space}edge")} >= {
        (pile.UNSEEN, pile.A1.id),
        (pile.A1.id, pile.A3.id),
    }


def test_plover_events_and_annotations_are_json_with_exact_words() -> None:
    dossiers = pile.make_dossiers()
    events = json.loads(json.dumps(plover(dossiers)))
    assert {event["quad_code"] for event in events} == {1, 2, 3}
    text = {one.id: one.text for one in dossiers.reports}
    for event in events:
        start, end = event["text_info"]["start"], event["text_info"]["end"]
        assert event["event_text"] == [text[event["cite_info"]["citation"]][start:end]]
    collection = json.loads(json.dumps(web_annotations(dossiers)))
    assert collection["total"] == len(collection["items"]) > 20
    by_source = {f"urn:stemma:{one.id}": one.text for one in dossiers.reports}
    for item in collection["items"]:
        for target in item["target"]:
            position, quote = target["selector"]
            assert by_source[target["source"]][position["start"] : position["end"]] == quote["exact"]
