"""The answers of ``stemma find`` as text for a terminal."""

from __future__ import annotations

from stemma.records import Disagreement, Dossier, Dossiers, Quotation, Utterance, Witness
from stemma.render.counted import subject
from stemma.render.disagreeing import in_order, value_of
from stemma.render.evidence import Apparatus
from stemma.render.finding import Answer
from stemma.render.sigla import title_of
from stemma.render.situation import stated
from stemma.render.speech import speaker_name
from stemma.render.units import KINDS
from stemma.render.words import Words

MOST = 12  # answers of one kind: a terminal page; -o gives every one
MOST_PLACES = 12  # witnesses named after one answer


def books(dossiers: Dossiers, language: str) -> list[Apparatus]:
    """The stories with their reports named as on the page, the larger ones first."""
    reports = {one.id: one for one in dossiers.reports}
    used: set[str] = set()
    ordered = sorted(dossiers.dossiers, key=lambda one: (-len(one.story.reports), one.story.id))
    return [Apparatus.of(one, reports, Words(language), language, used) for one in ordered]


def written(asked: str, found: list[tuple[Apparatus, list[Answer]]], words: Words, reports: int) -> list[str]:
    """The answers as text, story by story; one line where there is none."""
    told = [(book, answers) for book, answers in found if answers]
    if not told:
        return [
            f"{words('find.none')} ({words.count('headline.reports', reports)}; {words('label.words', words=asked.strip())})"
        ]
    out: list[str] = []
    for book, answers in told:
        title, _ = title_of(book.dossier, (named.report for named in book.named.values()), book.reader)
        count = words.count("headline.reports", len(book.named))
        out += [
            "",
            f"{title or book.dossier.story.id} ({count}, {words.count('headline.sources', book.dossier.independent_at_most)})",
        ]
        for kind in KINDS:
            of = [answer for answer in answers if answer.kind == kind]
            if of:
                out += ["", f"  {words.count(f'find.{kind}', len(of))}"]
                out += [line for answer in of[:MOST] for line in _answer(book, answer, words)]
                if len(of) > MOST:
                    out.append(f"    {words('find.more', n=len(of) - MOST)}")
        named = {w.report for answer in answers for w in answer.witnesses}
        out += ["", *(f"  {one.siglum}  {one.label}" for key, one in book.named.items() if key in named)]
    return out[1:]


def _answer(book: Apparatus, answer: Answer, words: Words) -> list[str]:
    dossier = book.dossier
    doubt = "" if answer.confidence == "sure" else f" ({words(f'confidence.{answer.confidence}')})"
    if answer.kind == "disagreement":
        return _versions(book, next(d for d in dossier.disagreements if d.id == answer.id), doubt)
    letters = " ".join(book.letters[f].letter for f in answer.families if f in book.letters)
    lines = [f"    [{letters}] {_said(book, answer)}{doubt}", f"        {_places(book, answer.witnesses)}"]
    if answer.otherwise:
        lines.append(f"        {book.words('find.otherwise')}: {_places(book, answer.otherwise)}")
    lines += [
        f"        {words('brief.differs', slot=subject(book, d))}: {' / '.join(value_of(book, d, r) for r in in_order(book, d))}"
        for d in dossier.disagreements
        if d.id in answer.disagreements
    ]
    return lines


def _said(book: Apparatus, answer: Answer) -> str:
    """The words of an answer: with the speaker and the verdict for what is quoted, with all spellings for a name."""
    dossier: Dossier = book.dossier
    if answer.kind == "actor":
        actor = next(one for one in dossier.actors if one.id == answer.id)
        others = [form.text for form in actor.forms if form.text != actor.name]
        return actor.name + (f"; {book.words('doing.forms')} {', '.join(dict.fromkeys(others))}" if others else "")
    if answer.kind == "situation":
        found = next(one for one in stated(book) if one.id == answer.id)
        said = f"{found.who} ({found.what})" if found.what else found.who
        return f"{said}: {answer.text}" if said else answer.text
    if answer.kind not in ("quotation", "utterance"):
        return answer.text
    saying: Utterance | None = next((one for one in dossier.utterances if one.id == answer.id), None)
    members = [q for q in dossier.quotations if q.id == answer.id or (saying and q.id in saying.quotations)]
    name = speaker_name(book, saying.actor if saying else None, members) or book.words("speech.speaker_unknown")
    verdict = f" · {book.words('speech.verdict_not')}" if saying and saying.verdict == "not as quoted" else ""
    said = answer.text if _told(book, answer.text, members) else book.words("label.words", words=answer.text)
    return f"{name}: {said}{verdict}"


def _told(book: Apparatus, text: str, members: list[Quotation]) -> bool:
    """Whether these words are a report's own account of what was said: then no marks belong round them."""
    return any(
        q.type == "indirect" and book.quote(Witness(q.report, span.start, span.end)).text == text
        for q in members
        for span in q.content
    )


def _versions(book: Apparatus, found: Disagreement, doubt: str) -> list[str]:
    """Every version, each wording with the places that have it."""
    tier = book.words("disagree.clash" if found.tier == "clash" else "disagree.look")
    lines = [f"    {subject(book, found)} · {tier}{doubt}"]
    for reading in in_order(book, found):
        value = value_of(book, found, reading)
        wordings: dict[str, list[Witness]] = {value: []}
        for witness in reading.witnesses:
            if witness.report in book.named:
                said = value if found.slot == "status" else book.quote(witness).text
                wordings.setdefault(said, []).append(witness)
        told = [f"{said}: {_places(book, tuple(places))}" for said, places in wordings.items() if places]
        lines.append(f"        {'; '.join(told)}")
    return lines


def _places(book: Apparatus, witnesses: tuple[Witness, ...]) -> str:
    """ "A1 ¶3, B ¶1"."""
    inside = sorted((w for w in witnesses if w.report in book.named), key=lambda w: (book.rank(w.report), w.start))
    places = list(dict.fromkeys(f"{book.named[w.report].siglum} {book.place(w)}" for w in inside))
    more = f", {book.words('find.more', n=len(places) - MOST_PLACES)}" if len(places) > MOST_PLACES else ""
    return ", ".join(places[:MOST_PLACES]) + more
