"""A story that follows up an earlier one says so by a day gone by and by whom or what the earlier one is about."""

from __future__ import annotations

import pytest

from stemma import report_from_text
from stemma.language import annotate
from stemma.reasons import replay
from stemma.records import Follow, Report, Story
from stemma.story import link_follow_ups, one_story

EARLIER = "Eleven people died when the ferry Sula Star sank off Vannvik on Tuesday, police chief Ragna Tveit said. The ferry company Brekkeline had sold 240 tickets for the crossing to Holmsund."
LATER = {
    "weekday": "The head of Brekkeline, Odd Sandmo, resigned on Monday. Eleven people died when the company's ferry Sula Star sank off Vannvik last Tuesday.",
    "date": "The head of Brekkeline, Odd Sandmo, has resigned. On 4 March the company's ferry Sula Star sank off Vannvik.",
    "month": "The head of Brekkeline, Odd Sandmo, has resigned. Last month the company's ferry Sula Star sank off Vannvik.",
    "german": "Der Chef von Brekkeline, Odd Sandmo, ist am Montag zurückgetreten. Am 4. März starben vor Vannvik 11 Menschen, wie Polizeichefin Ragna Tveit sagte.",
}  # fmt: skip
OTHERS = [
    ("Farmers in Ostrel want higher prices for milk, the union Melkering said on Friday. Its leader Tor Aune met minister Kari Bru.", "2031-03-01"),
    ("The Lund Quartet gave its last concert in Hammerdal on Sunday, before 900 people, critic Ivo Brandt writes.", "2031-03-06"),
    ("Two banks in Torvik, Nordkassa and Fjordbank, will merge in June. Shares in Fjordbank rose by 12 percent on Thursday.", "2031-03-09"),
]  # fmt: skip


def told(text: str, day: str | None) -> Report:
    return report_from_text(text, published=day, title=text.partition(".")[0])


def follows(*reports: Report) -> list[tuple[Story, Follow]]:
    """The links of a pile in which every report is a story."""
    pile = [annotate(one) for one in (*reports, *(told(text, day) for text, day in OTHERS))]
    found = [(s, follow) for s in link_follow_ups([one_story([one]) for one in pile], pile) for follow in s.follows]
    by_id = {one.report.id: one.report for one in pile}
    assert all(replay(r, by_id) == r.score > 0 for _, follow in found for r in follow.reasons)
    return sorted(found, key=lambda one: (one[0].id, one[1].story))


@pytest.mark.parametrize(("how", "day"), [("weekday", "2031-03-10"), ("date", "2031-03-10"), ("month", "2031-04-07"), ("german", "2031-03-10")])  # fmt: skip
def test_a_follow_up_is_linked(how: str, day: str) -> None:
    earlier, later = told(EARLIER, "2031-03-04"), told(LATER[how], day)
    ((story, follow),) = follows(earlier, later)
    assert story.reports == (later.id,)
    back, about = follow.reasons
    assert [back.rule, about.rule] == ["looks back", "names what it was about"]
    (date,) = back.spans
    assert date.report == later.id
    assert {span.report for span in about.spans} == {earlier.id, later.id}
    words = {later.text[span.start : span.end] for span in about.spans[::2]}
    assert words & {"Vannvik", "Tveit"}
    assert follow.confidence in ("likely", "unsure")  # never sure: nothing states that one follows the other


@pytest.mark.parametrize(
    ("earlier", "later", "days"),
    [
        # the day is another
        (EARLIER, LATER["date"].replace("4 March", "12 February"), ("2031-03-04", "2031-03-10")),
        # only one name is the earlier story's
        (EARLIER, "Odd Sandmo opened a fish market on Monday. On 4 March he bought a house in Vannvik.", ("2031-03-04", "2031-03-10")),
        # the day and the names stand in two sentences
        (EARLIER, "Odd Sandmo owned the Sula Star and sailed to Vannvik and Holmsund. He was born on 4 March.", ("2031-03-04", "2031-03-10")),
        # what is named is still to come
        (EARLIER, "Odd Sandmo will sail the Sula Star to Vannvik and Holmsund next Tuesday.", ("2031-03-11", "2031-03-03")),
        # nothing says when
        (EARLIER, LATER["date"], (None, "2031-03-10")),
        (EARLIER, LATER["date"], ("2031-03-04", None)),
    ],
)  # fmt: skip
def test_what_is_no_follow_up(earlier: str, later: str, days: tuple[str | None, str | None]) -> None:
    assert follows(told(earlier, days[0]), told(later, days[1])) == []


def test_a_report_of_the_same_day_follows_nothing() -> None:
    text = "Odd Sandmo of Brekkeline lit a candle in the church of Osen. The Sula Star had sunk off Vannvik on Tuesday."
    assert follows(told(EARLIER, "2031-03-04"), told(text, "2031-03-05")) == []


def test_order_tells_nothing() -> None:
    one, two = told(EARLIER, "2031-03-04"), told(LATER["date"], "2031-03-10")
    assert follows(one, two) == follows(two, one)
