"""Texts that nobody meant as news stay cheap in language, actors and events: four times the text takes about four times the
processor time (sixteen times where a step is quadratic)."""

from __future__ import annotations

import time

import pytest

from stemma.events import build_timeline, describe_situation, find_interactions, left_out
from stemma.language import annotate
from stemma.read import report_from_text
from stemma.records import Story
from stemma.story import borrow_dates, join_actors

SMALL, LARGE = 25_000, 100_000  # code points
GROWTH = 9.0  # times: between linear (4) and quadratic (16)
NOISE = 0.15  # seconds of processor time below which growth says nothing
STORY = Story("s1", "", ("r",), None, None, ("en",))
LEAD = "President Ana Rojas of Chile met Kofi Mensah of Ghana in Lima on {day} 3 March 2025. Peru banned tea from {state}. "
TEXTS = {
    "one report of a thousand leads": [LEAD.format(day=day, state=state) for day in ("Monday", "Tuesday") for state in ("Ghana", "Chile")],
    "a sentence of twenty thousand clauses": ["China banned tea from Peru on Monday, and "],
    "no full stop": [LEAD.replace(".", ",").format(day="Monday", state="Ghana")],
    "nothing but dates": ["on 3 March 2020, ", "in May 2019, "],
    "nothing but weekdays": ["Monday ", "Friday "],
    "nothing but states": ["Ghana ", "Peru ", "Chile "],
    "numbers without end": ["7" * 5000, " million "],
    "short lines": ["Read more\n", "ok\n", "Share\n"],
    "blanks": [" " * 1000],
    "no blanks": ["中国は日本を非難した。", "2020年3月"],
    "causes without a cause": ["because of "],
    "names of one family": ["Ana Rojas and Eva Rojas, ", "Rojas "],
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_the_work_is_linear(name: str) -> None:
    unit = "".join(TEXTS[name])
    took = [work(unit * (size // len(unit))) for size in (SMALL, LARGE)]
    assert took[1] < GROWTH * max(took[0], NOISE)


def work(text: str) -> float:
    """Seconds of processor time that language, actors and events take for one report."""
    started = time.process_time()
    one = annotate(report_from_text(text, id="r", language="en", published="2025-03-05"))
    dates, actors = borrow_dates((one,)), join_actors((one,))
    interactions = find_interactions(one, dates)
    timeline = build_timeline((one,), dates, (), ())
    lines = describe_situation(STORY, (one,), interactions, actors)
    took = time.process_time() - started
    assert all(w.end <= len(text) for entry in (*timeline, *lines) for w in entry.witnesses)
    return took


def test_what_a_list_loses_is_said() -> None:
    one = annotate(report_from_text("China banned tea from Peru on Monday, and " * 100, id="r", language="en"))
    line, *_ = left_out(STORY, (one,), ())
    assert line.story == "s1" and line.spans[0].report == "r" and "words" in line.what
    assert find_interactions(one, ()) == ()
    prose = annotate(report_from_text("China banned tea from Peru on Monday.", id="r", language="en"))
    assert left_out(STORY, (prose,), ()) == ()


def test_a_row_of_digits_is_no_figure_and_ends_nothing() -> None:
    one = annotate(report_from_text("The code was " + "7" * 6000 + " and 40 people signed.", id="r", language="en"))
    assert [number.low for number in one.numbers] == [40.0]
