"""From text to quotations: processor milliseconds on one core for each 2 kB of report (bar: 2.5, which is 400 a second).

    .venv/bin/python bench/speech.py [LANGUAGE...]

Real reports of ``../shared/eval`` where it stands, cut to 2 kB at a paragraph or sentence; Norwegian ones are made from
``generate.py``. Two thirds of them are read first, as a pile's words are known after some hundred reports; the last third is timed,
each report once and never seen before. The quickest of three processes counts: a busy core is slower, never quicker.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import generate

EVAL = Path(__file__).resolve().parent.parent.parent / "shared" / "eval"
SETS = {
    "en": "quotes/en_polnear.dev.jsonl", "de": "quotes/de_wikinews.dev.jsonl", "es": "lineage/meantime_translations.dev.jsonl",
    "it": "lineage/meantime_translations.dev.jsonl", "nl": "lineage/meantime_translations.dev.jsonl", "nb": "",
}  # fmt: skip
SIZE = 2_000  # code points
RUNS = 3


def texts(language: str) -> list[str]:
    """Reports of about ``SIZE`` code points, [] where the set is not there."""
    if language == "nb":
        return [_norwegian(random.Random(number)) for number in range(150)]
    path = EVAL / SETS[language]
    if not path.is_file():
        return []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [_cut(row["text"]) for row in rows if row.get("language", language) == language and len(row["text"]) >= SIZE]


def _cut(text: str) -> str:
    text = text[:SIZE]
    end = max(text.rfind("\n"), text.rfind(". ") + 1)
    return text[:end] if end > SIZE // 2 else text


def _norwegian(rng: random.Random) -> str:
    found = ""
    while len(found) < SIZE:
        facts = {**generate._facts(rng), "year": "2031", "year_before": "2029"}
        found += (
            "\n\n".join(template.format(**facts) for template in rng.sample(generate.NB, len(generate.NB))) + "\n\n"
        )
    return _cut(found)


def measure(language: str, whole: bool) -> float:
    """Milliseconds of processor time for each ``SIZE`` code points of the last third; ``whole``: with the dates, figures and
    anchors that other stages need."""
    from stemma.language import annotate
    from stemma.quotes import extract_quotations, quotations_of
    from stemma.read import report_from_text

    reports = [report_from_text(text, language=language, published="2031-03-05") for text in texts(language)]
    known = len(reports) * 2 // 3
    for report in reports[:known]:
        extract_quotations(annotate(report)) if whole else quotations_of(report)
    started = time.process_time()
    for report in reports[known:]:
        extract_quotations(annotate(report)) if whole else quotations_of(report)
    took = time.process_time() - started
    return 1000 * took / (sum(len(report.text) for report in reports[known:]) / SIZE)


def line(languages: tuple[str, ...] = tuple(SETS)) -> str:
    """The figures of all languages that have texts, as one line."""
    found = []
    for language in languages:
        if texts(language):
            alone, whole = _quickest(language, "alone"), _quickest(language, "whole")
            found.append(
                f"{language} {alone:.2f}, {1000 / alone:.0f} a second ({whole:.2f} with all that other stages need)"
            )
    return "From text to quotations, processor milliseconds for 2 kB (bar: 2.50): " + "; ".join(found) + "."


def _quickest(language: str, what: str) -> float:
    call = [sys.executable, __file__, "--one", language, what]
    return min(float(subprocess.run(call, capture_output=True, text=True, check=True).stdout) for _ in range(RUNS))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(measure(sys.argv[2], sys.argv[3] == "whole"))
    else:
        print(line(tuple(sys.argv[1:]) or tuple(SETS)))
