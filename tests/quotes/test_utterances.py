"""One act of speech in several reports, its drift, and the reasons that can be replayed."""

from __future__ import annotations

import pytest

from stemma import lineage, story
from stemma.language import annotate
from stemma.quotes import extract_quotations, find_utterances, resolve_speakers
from stemma.reasons import replay
from stemma.records import Annotated, Quotation, Report, Utterance

A = "Harbour master Runa Velde said the crew “had perhaps four minutes to leave the burning hall” in Moss."
WIRE = "Harbour master Runa Velde said the crew had four minutes to leave “the burning hall” in Moss."
B = "“The crew had four minutes to leave the burning hall,” harbour master Runa Velde said in Moss."
C = "Havnesjef Runa Velde sa at mannskapet hadde fire minutter på å forlate den brennende hallen i Moss."
D = "“We will rebuild the market before Christmas,” harbour master Runa Velde said."


def pile(*texts: tuple[str, str], agency: str | None = None) -> list[Annotated]:
    """Reports r0, r1 ...; the first carries the agency."""
    return [
        annotate(Report(id=f"r{n}", text=text, language=language, agency=agency if n == 0 else None))
        for n, (text, language) in enumerate(texts)
    ]


def utterances(members: list[Annotated]) -> tuple[tuple[Quotation, ...], tuple[Utterance, ...]]:
    quotations = resolve_speakers([q for one in members for q in extract_quotations(one)], story.join_actors(members))
    return quotations, find_utterances(members, quotations, (), lineage.trace(members, ()))


def test_two_renderings_are_one_utterance_and_the_moved_marks_are_told() -> None:
    quotations, found = utterances(pile((WIRE, "en"), (B, "en"), agency="Velde Wire"))
    (one,) = found
    assert {q.id for q in quotations} == set(one.quotations)
    assert {"marks moved", "paraphrase made direct"} <= {d.kind for d in one.drift}
    assert one.verdict == "not as quoted"


def test_words_in_marks_are_not_called_false_by_an_independent_report_that_tells_them() -> None:
    told = "Harbour master Runa Velde said that the crew had four minutes to leave the burning hall in Moss."
    (one,) = utterances(pile((told, "en"), (B, "en"), agency="Velde Wire"))[1]
    assert "paraphrase made direct" in {d.kind for d in one.drift}
    assert one.verdict == "several lines"


def test_a_hedge_that_came_in_is_told() -> None:
    _, found = utterances(pile((B, "en"), (A, "en")))
    assert "hedge added or dropped" in {d.kind for u in found for d in u.drift}


SAID = "Harbour master Ida Falk said that the new crane leaked oil into the Velde basin on Friday."


@pytest.mark.parametrize(
    ("other", "language", "denied"),
    [
        ("Harbour master Ida Falk denied that the new crane leaked oil into the Velde basin on Friday.", "en", True),
        ("Havnesjef Ida Falk benektet at den nye kranen lekket olje i Velde basin fredag.", "nb", True),
        (
            "Harbour master Ida Falk confirmed that the new crane leaked oil into the Velde basin on Friday.",
            "en",
            False,
        ),
        (
            "Harbour master Ida Falk did not deny that the new crane leaked oil into the Velde basin on Friday.",
            "en",
            False,
        ),
    ],
)
def test_said_beside_denied_is_told(other: str, language: str, denied: bool) -> None:
    _, found = utterances(pile((SAID, "en"), (other, language)))
    assert ("said or denied" in {d.kind for u in found for d in u.drift}) == denied
    assert all(u.verdict == "not as quoted" for u in found) or not denied


def test_a_denial_of_what_is_so_says_what_a_negation_says() -> None:
    denied = "Harbour master Ida Falk denied that the new crane leaked oil into the Velde basin on Friday."
    said = "Harbour master Ida Falk said that the new crane had not leaked oil into the Velde basin on Friday."
    _, found = utterances(pile((denied, "en"), (said, "en")))
    assert "said or denied" not in {d.kind for u in found for d in u.drift}


def test_different_remarks_of_one_speaker_stay_apart() -> None:
    _, found = utterances(pile((B, "en"), (D, "en")))
    assert found == ()


def test_across_languages() -> None:
    quotations, found = utterances(pile((B, "en"), (C, "nb")))
    (one,) = found
    kinds = {d.kind for d in one.drift}
    assert "translated" in kinds
    assert {q.id for q in quotations} == set(one.quotations)


def test_reasons_replay_and_order_does_not_matter() -> None:
    members = pile((A, "en"), (B, "en"), (C, "nb"))
    reports = {one.report.id: one.report for one in members}
    _, found = utterances(members)
    assert found and all(replay(r, reports) == r.score for u in found for r in u.reasons)
    _, again = utterances(members[::-1])
    assert found == again


ENGINEER = "Harbour engineer Runa Velde told the Coast Gazette that the North Quay would stay closed until Friday."
ANOTHER_DAY = "Havneingeniør Runa Velde sier at North Quay er stengt til søndag."
SHORT = "“We would rather have queues than a rescue,” harbour engineer Runa Velde said."
SHORT_NB = "– Vi vil heller ha kø enn en redning, sier havneingeniør Runa Velde."


def test_other_days_are_no_same_utterance() -> None:
    _, found = utterances(pile((ENGINEER, "en"), (ANOTHER_DAY, "nb")))
    assert found == ()


def test_the_same_words_with_another_day_are_told_as_changed() -> None:
    other = ENGINEER.replace("Friday", "Sunday")
    _, (one,) = utterances(pile((ENGINEER, "en"), (other, "en")))
    assert one.verdict == "not as quoted"
    assert "words changed" in {d.kind for d in one.drift}


def test_a_short_remark_is_found_in_another_language() -> None:
    quotations, (one,) = utterances(pile((SHORT, "en"), (SHORT_NB, "nb")))
    assert {q.id for q in quotations} == set(one.quotations)
    assert one.confidence == "unsure"


def test_general_words_for_people_are_no_change_of_speaker() -> None:
    _, (one,) = utterances(
        pile(
            (B.replace("harbour master Runa Velde", "rescuers"), "en"),
            (B.replace("harbour master Runa Velde", "witnesses"), "en"),
        )
    )
    assert "speaker changed" not in {d.kind for d in one.drift}


def test_an_actor_speaks_only_where_it_heads_the_phrase() -> None:
    text = "Norway's former trade council said that the harbour was closed. Norway said that the harbour was open. Norway has many harbours."
    quotations, _ = utterances(pile((text, "en")))
    first, second = sorted(quotations, key=lambda q: q.content)
    assert first.speaker and first.speaker.actor is None and first.speaker.name == "Norway's former trade council"
    assert second.speaker and second.speaker.name == "Norway"


def test_the_minister_is_the_one_with_the_title() -> None:
    text = "Fisheries minister Runa Velde said that the quay was closed. The minister said that the boats were safe."
    quotations, _ = utterances(pile((text, "en")))
    assert {q.speaker.name for q in quotations if q.speaker} == {"Runa Velde"}


RESULTS = "According to official results, the Harbour Party won 28 of the 60 seats in the council of Moss on Monday."
MORE = "According to official results, the Harbour Party won 31 of the 60 seats in the council of Moss on Monday."


def test_figures_and_unnamed_sources_are_no_speaker_of_one_utterance() -> None:
    quotations, found = utterances(pile((RESULTS, "en"), (MORE, "en")))
    assert len(quotations) == 2 and found == ()


def test_a_witness_in_one_report_direct_in_another_mixed_is_one_utterance() -> None:
    one = "« Le pont s’est plié comme une feuille de papier », a rapporté une témoin, Clara d’Ano."
    two = (
        "Clara d’Ano, une témoin, raconte que le quai a tremblé. Elle a ajouté que le pont s’était « plié comme une feuille "
        "de papier », insistant sur le bruit du métal, et affirmant avoir vu des passagers courir vers la place du marché."
    )
    quotations, (only,) = utterances(pile((one, "fr"), (two, "fr")))
    assert {q.type for q in quotations if q.id in only.quotations} == {"direct", "mixed"}
    assert only.actor is not None
