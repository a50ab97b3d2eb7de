"""Dates that one report does not state in full, borrowed from another report of its story.

A report without a date of its own says "on Tuesday" or "in October". What is missing is lent by a sibling: first by the
sibling's own mention of the same day or month in a sentence that tells the same (the most shared names, numbers and words),
else by the value that most siblings give that weekday or month (twice as many as give the next), else by the date of the dated sibling whose text shares most with the report, when the story's dated reports lie within a
week of each other or all of them give the same value. What nothing lends stays partial. A borrowed date names the span it
was borrowed from, and is never sure.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from stemma.language.dates import own_date, resolve
from stemma.reasons import give
from stemma.records import Annotated, Confidence, DateLine, DateMention, Report, Witness
from stemma.story.lending import same_shape
from stemma.story.telling import Scale, Telling

WITHIN = 7  # days: dated reports of one event, its preview and its follow-up lie within a week; a serial does not
ALIKE = 0.2  # likeness of two sentences above which a mention of the same day or month is taken for the same event's


class Dated(NamedTuple):
    """A report whose own date is known, as ISO 8601."""

    member: Annotated
    date: str


class Lent(NamedTuple):
    """A sibling's mention whose value is fully known."""

    member: Annotated
    mention: DateMention
    value: str


class Loan(NamedTuple):
    """A value for a mention, the span that lent what was missing, and the rule with its values that says why."""

    value: str
    source: Witness
    rule: str
    values: tuple[str, ...]
    confidence: Confidence


def borrow_dates(members: Sequence[Annotated]) -> tuple[DateLine, ...]:
    """All dates of the story's reports, with basis and, where borrowed, the span they were borrowed from; by report and place."""
    story = sorted(members, key=lambda one: one.report.id)
    own = {one.report.id: known_date(one) for one in story}
    dated = [Dated(one, date) for one in story if one.sentences and (date := own[one.report.id])]
    lacking = any(mention.needs and not own[one.report.id] for one in story for mention in one.dates)
    scale = Scale(story if lacking else ())
    lent = _lent(story, own)
    reports = {one.report.id: one.report for one in story}
    lines: list[DateLine] = []
    for one in story:
        date = own[one.report.id]
        for mention in one.dates:
            if date or not mention.needs:
                line = _own_line(one, mention, date)
            else:
                line = _borrowed_line(one, mention, lent, dated, scale, reports)
            if line is not None:
                lines.append(line)
    return tuple(sorted(lines, key=lambda line: (line.report, line.start, line.end)))


def known_date(one: Annotated) -> str | None:
    """The report's own date: as it was published, else as a dateline at its top says."""
    return one.report.published or own_date(one.report.text, one.dates)


def _own_line(one: Annotated, mention: DateMention, date: str | None) -> DateLine | None:
    value = resolve(mention, date)
    if value is None:
        return None
    place = (one.report.id, mention.start, mention.end)
    if mention.needs:
        corrected = tuple(reason for reason in one.report.corrected if reason.values[0] == "this date")
        return DateLine(*place, value, "own date", None, mention.status, "likely", corrected)
    return DateLine(*place, value, "stated", None, mention.status, "sure")


def _borrowed_line(
    one: Annotated, mention: DateMention, lent: Sequence[Lent], dated: Sequence[Dated], scale: Scale,
    reports: Mapping[str, Report],
) -> DateLine | None:  # fmt: skip
    loan = (
        _from_mention(one, mention, lent, scale)
        or _from_most(one, mention, lent)
        or _from_report(one, mention, dated, scale)
    )
    place = (one.report.id, mention.start, mention.end)
    if loan is not None:
        reason = give(loan.rule, reports, (Witness(*place), loan.source), loan.values)
        return DateLine(*place, loan.value, "borrowed", loan.source, mention.status, loan.confidence, (reason,))
    if mention.value is None:
        return None
    return DateLine(*place, mention.value, "stated", None, mention.status, "unsure")


def _lent(story: Sequence[Annotated], own: Mapping[str, str | None]) -> list[Lent]:
    """The mentions that can lend: whose value is in their own words, or worked out from their report's own date."""
    found = []
    for one in story:
        for mention in one.dates:
            value = resolve(mention, own[one.report.id]) if mention.needs else mention.value
            if value and "X" not in value:
                found.append(Lent(one, mention, value))
    return found


def _from_mention(one: Annotated, mention: DateMention, lent: Sequence[Lent], scale: Scale) -> Loan | None:
    """The value of a sibling's mention of the same day or month in a sentence that tells the same."""
    mine = _told(one, mention, scale)
    best: tuple[float, str, int] | None = None
    loan = None
    for other in lent:
        if other.member is one or not same_shape(mention.rule, other.value):
            continue
        alike = scale.likeness(mine, _told(other.member, other.mention, scale))
        key = (-alike, other.member.report.id, other.mention.start)
        if alike >= ALIKE and (best is None or key < best):
            source = Witness(other.member.report.id, other.mention.start, other.mention.end)
            value = _cut_to(mention, other.value)
            values = (mention.rule, other.value, value)
            best, loan = key, Loan(value, source, "date of the same event", values, "likely")
    return loan


def _from_most(one: Annotated, mention: DateMention, lent: Sequence[Lent]) -> Loan | None:
    """The value that most siblings give this weekday or month: of a story told within days there is one Saturday."""
    told: dict[str, dict[str, Lent]] = {}
    for other in lent:
        if other.member is not one and same_shape(mention.rule, other.value):
            told.setdefault(_cut_to(mention, other.value), {}).setdefault(other.member.report.id, other)
    ranked = sorted(told, key=lambda value: (-len(told[value]), value))
    if not ranked or len(told[ranked[0]]) < 2 or (len(ranked) > 1 and len(told[ranked[1]]) * 2 > len(told[ranked[0]])):
        return None
    lender = told[ranked[0]][min(told[ranked[0]])]
    source = Witness(lender.member.report.id, lender.mention.start, lender.mention.end)
    values = (mention.rule, lender.value, ranked[0])
    return Loan(ranked[0], source, "date of the same event", values, "unsure")


def _cut_to(mention: DateMention, value: str) -> str:
    """The lent value at the mention's own precision: "October" does not become a day because a sibling gives one."""
    value = value.partition("T")[0]
    if mention.rule.startswith("part:"):
        return value[: len(mention.rule[5:].partition(";")[0])]
    return value


def _from_report(one: Annotated, mention: DateMention, dated: Sequence[Dated], scale: Scale) -> Loan | None:
    """The mention worked out on the date of the dated sibling that shares most with the report."""
    values = {lender.member.report.id: resolve(mention, lender.date) for lender in dated}
    offered = [lender for lender in dated if (value := values[lender.member.report.id]) and "X" not in value[:4]]
    if not offered:
        return None
    agree = len({values[lender.member.report.id] for lender in offered}) == 1
    if not agree and not _within_a_week(dated):
        return None
    mine = scale.telling(one, 0, len(one.report.text))
    chosen = min(
        offered,
        key=lambda lender: (
            -round(scale.likeness(mine, scale.telling(lender.member, 0, len(lender.member.report.text))), 6),
            lender.member.report.id,
        ),
    )
    value = values[chosen.member.report.id]
    if not value:
        return None
    values_used = (mention.rule, chosen.date, value)
    return Loan(value, date_span(chosen), "date worked out on a report of the story", values_used, "unsure")


def _within_a_week(dated: Sequence[Dated]) -> bool:
    days = []
    for lender in dated:
        try:
            days.append(datetime.date.fromisoformat(lender.date[:10]))
        except ValueError:
            return False
    return (max(days) - min(days)).days <= WITHIN


def date_span(lender: Dated) -> Witness:
    """Where a dated report shows its date: the mention that states it, else the first that hangs on it, else its first sentence."""
    member = lender.member
    stated = [m for m in member.dates if not m.needs and m.value and m.value[:10] == lender.date[:10]]
    hanging = [m for m in member.dates if m.needs]
    for mention in (*stated[:1], *hanging[:1]):
        return Witness(member.report.id, mention.start, mention.end)
    first = member.sentences[0]  # a report without text lends nothing
    return Witness(member.report.id, first.start, first.end)


def _told(one: Annotated, mention: DateMention, scale: Scale) -> Telling:
    sentence = one.sentences[mention.sentence]
    return scale.telling(one, sentence.start, sentence.end)
