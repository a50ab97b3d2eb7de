"""The brief: sentences as they stand, in the reader's language, by support, each told once."""

from __future__ import annotations

from stemma.collate import find_statements
from stemma.compare import write_brief
from stemma.language import annotate
from stemma.lineage import Tree
from stemma.records import (
    Annotated,
    BriefSentence,
    DerivationKind,
    Disagreement,
    Family,
    Lineage,
    Reading,
    Reason,
    Report,
    Span,
    Statement,
    Stemma,
    Witness,
)
from stemma.story import one_story

WIRE = (
    "A fire destroyed the Velmar rope factory in Lindhavn on Tuesday and killed 14 workers, the harbour police said.",
    "It was the worst accident there in years.",
    "The blaze began in a store of tar beside the spinning hall, according to the fire brigade of Lindhavn.",
    "Mayor Jorun Hale ordered the schools near the harbour to stay closed until the smoke had cleared on Thursday.",
    "The factory, which opened in 1911, made rope for most of the fishing fleet of the Skarv coast.",
    "Unions had warned in March that the sprinklers of the spinning hall did not work.",
    "Norvik Shipping, the owner of the factory, promised to pay the wages of its 230 employees until the summer.",
    "The ministry of labour will send two inspectors to Lindhavn on Friday to question the managers.",
)
OTHER = (
    "The Velmar rope factory in Lindhavn burned down on Tuesday, and 14 workers were killed, police said.",
    "But that was not all.",
    "Mayor Jorun Hale closed the schools near the harbour until Thursday because of the smoke.",
)
NORWEGIAN = (
    "En brann ødela taufabrikken Velmar i Lindhavn tirsdag og drepte 14 arbeidere, opplyser havnepolitiet.",
    "Ordfører Jorun Hale holdt skolene ved havnen stengt til torsdag på grunn av røyken.",
)


def report(name: str, language: str, sentences: tuple[str, ...]) -> Annotated:
    text = "\n".join(sentences)
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    return annotate(Report(id=name, text=text, language=language, body=tuple(spans)))


def pile() -> list[Annotated]:
    return [report("a", "en", WIRE), report("b", "en", OTHER), report("c", "nb", NORWEGIAN)]


def tree(families: tuple[Family, ...], lines: tuple[Lineage, ...] = ()) -> Tree:
    return Tree(lines, families, Stemma((), ()))


def told(
    members: list[Annotated], language: str | None = None
) -> tuple[tuple[BriefSentence, ...], tuple[Statement, ...]]:
    families = tuple(Family(f"f-{m.report.id}", (m.report.id,), None, "unknown") for m in members)
    statements = find_statements(one_story(members), members, (), families)
    return write_brief(members, statements, tree(families), language), statements


def words(members: list[Annotated], one: BriefSentence) -> str:
    return next(m.report.text for m in members if m.report.id == one.report)[one.start : one.end]


def test_five_to_eight_sentences_as_they_stand() -> None:
    members = pile()
    brief, _ = told(members)
    assert 5 <= len(brief) <= 8
    assert all(words(members, one) in (*WIRE, *OTHER) for one in brief)


def test_the_lead_comes_first_with_its_witnesses() -> None:
    members = pile()
    first = told(members)[0][0]
    assert words(members, first) in (WIRE[0], OTHER[0])
    assert {"a", "b"} <= {first.report, *(w.report for w in first.witnesses)}
    assert len(first.families) >= 2


def test_sentences_that_hang_on_others_stay_out() -> None:
    members = pile()
    shown = [words(members, one) for one in told(members)[0]]
    assert WIRE[1] not in shown
    assert OTHER[1] not in shown


def test_each_statement_is_told_once() -> None:
    members = pile()
    brief, statements = told(members)
    spans = [(one.report, one.start) for one in brief]
    for statement in statements:
        assert sum((w.report, w.start) in spans for w in statement.sentences) <= 1


def test_the_readers_language_where_the_pile_has_it() -> None:
    members = pile()
    assert all(words(members, one) in NORWEGIAN for one in told(members, "nb")[0])
    assert {one.report for one in told(members, "ja")[0]} <= {"a", "b"}


def test_a_pile_of_one_and_an_empty_report() -> None:
    assert told([report("a", "en", WIRE)])[0]
    assert told([report("a", "en", ("",))])[0] == ()
    assert write_brief((), (), tree(()), None) == ()


def test_the_order_of_the_reports_does_not_matter() -> None:
    members = pile()
    assert told(members)[0] == told(members[::-1])[0]


def lineage(report_id: str, kind: DerivationKind, source: str | None) -> Lineage:
    return Lineage(report_id, source, None, kind, "likely", "f")


def test_of_a_statement_the_report_nearest_to_the_source_tells_it() -> None:
    members = [report("a", "en", OTHER), report("b", "en", WIRE)]
    families = (Family("f", ("a", "b"), None, "own reporting shown", (Witness("b", 0, 20),)),)
    statements = find_statements(one_story(members), members, (), families)
    lines = (lineage("a", "rewrite", "b"), lineage("b", "independent", None))
    brief = write_brief(members, statements, tree(families, lines), None)
    told_twice = {w for s in statements for w in s.sentences if w.report == "a"}
    assert told_twice
    assert not any(Witness(one.report, one.start, one.end) in told_twice for one in brief)


def test_what_is_told_as_fact_from_a_forecast_stays_out() -> None:
    members = pile()
    first = told(members)[0][1]
    side = Witness(first.report, first.start + 4, first.start + 20)
    ahead = Witness("b", 0, 10)
    reason = Reason("to come beside done", 1.0, (ahead, side))
    readings = (Reading("x", ("f-b",), (ahead,)), Reading("y", ("f-a",), (side,)))
    line = Disagreement("d", "s", "status", "look", "forecast told as fact", readings, reasons=(reason,))
    families = tuple(Family(f"f-{m.report.id}", (m.report.id,), None, "unknown") for m in members)
    statements = find_statements(one_story(members), members, (), families)
    brief = write_brief(members, statements, tree(families), None, disagreements=(line,))
    assert (first.report, first.start) not in [(one.report, one.start) for one in brief]
    assert len(brief) >= 4


def test_the_lone_side_of_a_clash_stays_out() -> None:
    members = pile()
    lead = told(members)[0][0]
    lone = Reading("14", (f"f-{lead.report}",), (Witness(lead.report, lead.start, lead.end),))
    most = Reading("17", ("f-x", "f-y"), (Witness("x", 0, 1), Witness("y", 0, 1)))
    line = Disagreement("d", "s", "count", "clash", "contradiction", (lone, most))
    families = tuple(Family(f"f-{m.report.id}", (m.report.id,), None, "unknown") for m in members)
    statements = find_statements(one_story(members), members, (), families)
    brief = write_brief(members, statements, tree(families), None, disagreements=(line,))
    assert (lead.report, lead.start) not in [(one.report, one.start) for one in brief]


EVENING = (
    "Three people were killed when the Ostrel cable car fell into Lake Marr on Monday evening, the police said.",
    "Rescuers searched the lake with lamps until the early morning.",
    "The cable car of Ostrel opened in 1954 and was repaired two years ago.",
)
MORNING = (
    "The search on Lake Marr went on at dawn with boats from four villages.",
    "The canton has opened an inquiry into the company that runs the Ostrel cable car.",
    "The toll of the fall of the Ostrel cable car into Lake Marr rose to nine dead on Tuesday, the police said.",
)


def figures(evening: Annotated, morning: Annotated, later: bool) -> Disagreement:
    """The dead of two reports, the evening's overtaken by the morning's where ``later``."""

    def reading(one: Annotated, words: str, old: bool) -> Reading:
        start = one.report.text.index(words)
        return Reading(words, (f"f-{one.report.id}",), (Witness(one.report.id, start, start + len(words)),), old)

    return Disagreement(
        id="d1",
        story="s",
        slot="count",
        tier="look",
        kind="later telling",
        readings=(reading(evening, "Three people", later), reading(morning, "nine dead", False)),
        reasons=(Reason("one thing counted", 1.0, (), ("dead", "P:Marr")),),
    )


def first_line(later: bool) -> str:
    evening, morning = report("a", "en", EVENING), report("b", "en", MORNING)
    families = (Family("f-a", ("a",), None, "unknown"), Family("f-b", ("b",), None, "unknown"))
    known = (figures(evening, morning, later),)
    return words([evening, morning], write_brief([evening, morning], (), tree(families), "en", disagreements=known)[0])


def test_an_old_toll_never_stands_first() -> None:
    assert first_line(later=False) == EVENING[0]
    assert first_line(later=True) in MORNING


def test_a_sentence_is_as_old_as_the_dead_it_tells() -> None:
    from stemma.compare.trust import ages, is_old

    one = report("a", "en", ("Nine people died and five were hurt when the lift of Ostrel fell on Monday.",))
    other = report("b", "en", ("Six were hurt in Ostrel.",))

    def known(sort: str, *told: tuple[Annotated, str, bool]) -> Disagreement:
        readings = []
        for by, said, old in told:
            start = by.report.text.index(said)
            readings.append(Reading(said, (by.report.id,), (Witness(by.report.id, start, start + len(said)),), old))
        reasons = (Reason("one thing counted", 1.0, (), (sort, "")),)
        return Disagreement(sort, "s", "count", "look", "later telling", tuple(readings), reasons=reasons)

    hurt = known("injured", (one, "five", True), (other, "Six", False))
    assert is_old("a", one.sentences[0], ages([hurt])) is True
    dead = known("dead", (one, "Nine", False), (other, "Six", True))
    assert is_old("a", one.sentences[0], ages([hurt, dead])) is False
    assert is_old("b", other.sentences[0], ages([])) is None
