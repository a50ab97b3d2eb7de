"""What the reading of events leaves out of texts that are no prose, so that it stays linear; all of it is said.

A "sentence" of hundreds of words is a list, a table or a text without full stops: its clauses would be read against each
other. A date told hundreds of times over is a table's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from stemma.records import Annotated, DateLine, NotCompared, Sentence, Span, Story, Witness

LONGEST = 250  # tokens; a longer "sentence" is a list or a table, and its clauses would be read against each other
MOST_DATES = 40  # dates of one sentence that the timeline tells
MOST_TOGETHER = 300  # dated clauses of one date that are compared with each other: a story of 50 reports has some 150


def is_list(sentence: Sentence) -> bool:
    """Whether the sentence is longer than prose."""
    return sentence.last_token - sentence.first_token > LONGEST


def near(one: Annotated, sentence: Sentence, at: int) -> Span:
    """The sentence; of a list only the ``LONGEST`` tokens round the code point ``at``."""
    if not is_list(sentence):
        return Span(sentence.start, sentence.end)
    low, high = sentence.first_token, sentence.last_token
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if one.tokens[middle].start <= at else (low, middle)
    first = max(sentence.first_token, low - LONGEST // 2)
    last = min(sentence.last_token, low + LONGEST // 2)
    return Span(one.tokens[first].start, one.tokens[last - 1].end)


def left_out(story: Story, members: Sequence[Annotated], dates: Sequence[DateLine]) -> tuple[NotCompared, ...]:
    """What timeline, interactions and situation did not look at, by report and place."""
    lists = (line for one in sorted(members, key=lambda m: m.report.id) for line in _lists(story, one))
    told = Counter(line.value.partition("T")[0] for line in dates)
    often = (
        NotCompared(
            what=f"{number} dated clauses of {date}",
            reason=f"a timeline joins at most {MOST_TOGETHER} clauses of one date; the further ones stand alone",
            story=story.id,
        )
        for date, number in sorted(told.items())
        if number > MOST_TOGETHER
    )
    return (*lists, *often)


def _lists(story: Story, one: Annotated) -> Iterator[NotCompared]:
    for sentence in one.sentences:
        if is_list(sentence):
            words = sentence.last_token - sentence.first_token
            yield NotCompared(
                what=f"a sentence of {words} words and marks",
                reason=f"longer than {LONGEST}, so read as a list: no interactions, causes and positions are looked for in it, "
                f"and at most {MOST_DATES} of its dates stand in the timeline",
                story=story.id,
                spans=(Witness(one.report.id, sentence.start, sentence.end),),
            )
