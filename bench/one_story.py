"""One story of 50 reports in four languages: processor seconds of all its stages on one core (bar: 3).

    .venv/bin/python bench/one_story.py [REPORTS]

Wire reports, copies, cut copies and independent tellings in English and Norwegian as ``generate.py`` makes them, and tellings in
German and Spanish, each with facts of its own where it is independent. The words mean nothing; they have the shapes that cost time.
"""

from __future__ import annotations

import datetime
import random
import sys
import time
from typing import Any

import generate

DE = (
    "{role_a} {a} hat {role_b} {b} am Dienstag in {town} zu Gesprächen getroffen.",
    "Das Treffen kam {n} Tage, nachdem {ca} ein Abkommen im Wert von {m} Millionen Dollar ausgesetzt hatte.",
    "„Wir müssen einen Weg finden, der beiden Ländern dient“, sagte {fa} zu Beginn der Gespräche.",
    "{fb} sagte, {cb} werde vor {year} keine neuen Grenzen hinnehmen.",
    "Nach Angaben des Ministeriums sind {count} Unternehmen von dem Streit betroffen.",
    "Der Handel zwischen {ca} und {cb} ging {year_before} um {pct} Prozent zurück.",
    "{fa} wird am Freitag in {town2} erwartet.",
)
ES = (
    "{role_a} {a} se reunió el martes en {town} con {role_b} {b} para hablar de {topic}.",
    "El encuentro llegó {n} días después de que {ca} suspendiera un acuerdo de {m} millones de dólares.",
    "«Tenemos que encontrar un camino que sirva a los dos países», dijo {fa} al comienzo.",
    "{fb} dijo que {cb} no aceptará nuevos límites antes de {year}.",
    "Según el ministerio, {count} empresas están afectadas por la disputa.",
    "El comercio entre {ca} y {cb} cayó un {pct} por ciento en {year_before}.",
    "Se espera que {fa} viaje el viernes a {town2}.",
)
KINDS = ("wire", "copy", "own", "cut", "nb", "de", "es", "own", "de", "es")


def story(reports: int = 50, seed: int = 20261122) -> list[dict[str, str]]:
    """The reports of one story as rows of JSON Lines."""
    rng = random.Random(seed)
    facts: dict[str, str] = generate._facts(rng)
    published = datetime.datetime(2025, 3, 5, 8, tzinfo=datetime.UTC)
    facts["year"], facts["year_before"] = "2026", "2024"
    wire = [template.format(**facts) for template in generate.EN]
    rows = []
    for number in range(reports):
        kind = KINDS[number % len(KINDS)]
        if kind in ("de", "es"):
            told = {**facts, "n": str(rng.randrange(2, 90)), "count": str(rng.randrange(10, 4000))}
            paragraphs = [template.format(**told) for template in (DE if kind == "de" else ES)]
        else:
            paragraphs = generate._told(rng, kind, wire, facts)
        rows.append(
            {
                "id": f"story-{number:03d}",
                "text": "\n\n".join(paragraphs),
                "outlet": f"The {generate._name(rng)} Post",
                "published": (published + datetime.timedelta(minutes=37 * number)).isoformat(),
                "language": kind if kind in ("nb", "de", "es") else "en",
            }
        )
    return rows


def measure(reports: int = 50) -> dict[str, Any]:
    """Processor seconds from the reports to the dossier, in this process, by stage. The language data is loaded before."""
    import msgspec

    from stemma import language, stages
    from stemma.read import report_from_text
    from stemma.run import analyse

    rows = story(reports)
    analyse([_report(report_from_text, row) for row in story(4, seed=1)], one_story=True, workers=1)
    took: dict[str, float] = {}
    mark = time.process_time()

    def stage(name: str) -> None:
        nonlocal mark
        now = time.process_time()
        took[name] = took.get(name, 0.0) + now - mark
        mark = now

    read = [_report(report_from_text, row) for row in rows]
    stage("read")
    annotated = tuple(language.annotate(one) for one in sorted(read, key=lambda one: one.id))
    stage("annotate")
    grouped, passages = stages.stories(annotated, True)
    stage("passages of the pile")
    work = stages.StoryWork(stages.StoryJob(grouped[0], annotated, tuple(passages), (), None, ()))
    for name in (
        "passages", "tree", "actors", "dates", "quotations", "utterances", "statements", "disagreements", "timeline",
        "interactions", "situation", "brief",
    ):  # fmt: skip
        getattr(work, name)
        stage(name)
    msgspec.json.encode(work.dossier)
    stage("dossier")
    return {"seconds": sum(took.values()), "stages": took}


def _report(make: Any, row: dict[str, str]) -> Any:
    return make(row["text"], **{key: value for key, value in row.items() if key != "text"})


def main() -> None:
    found = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
    for name, seconds in found["stages"].items():
        print(f"{name:22s} {seconds:6.2f}")
    print(f"{'all, processor seconds':22s} {found['seconds']:6.2f}")


if __name__ == "__main__":
    main()
