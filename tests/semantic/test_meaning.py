"""The column of an encoder: candidates, cosines, contrast, and that it is never needed. The encoder here counts words."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence

import numpy as np
import pytest

from stemma import analyse, report_from_text
from stemma.given import Given
from stemma.language import annotate
from stemma.records import Annotated
from stemma.schema import to_json
from stemma.semantic import Meaning, meaning
from stemma.semantic.encoder import Vectors
from stemma.story import group

TEXTS = (
    "The ferry Sula Star sank off Vannvik on Tuesday, police said.",
    "A ferry sank off Vannvik on Tuesday; the Sula Star had 240 on board.",
    "Milk will cost more in Ostrel, the union of farmers said on Friday.",
    "Farmers of Ostrel want more for milk, their union said.",
    "Die Fähre Sula Star ist am Dienstag vor Vannvik gesunken, wie die Polizei mitteilte.",
)


class Words:
    """Counts letters in threes: enough to tell the texts apart, the same on every machine."""

    languages: frozenset[str] | None = frozenset({"en"})

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def encode(self, texts: list[str]) -> Vectors:
        self.asked.append(texts)
        found = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(found, texts, strict=True):
            for at in range(len(text) - 2):
                row[sum(map(ord, text[at : at + 3])) % 64] += 1
        return found


def pile(texts: Sequence[str] = TEXTS) -> list[Annotated]:
    return [annotate(report_from_text(text, language="de" if "Fähre" in text else "en")) for text in texts]


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "WEIGHTS", {"log odds": 1.0, "bias": -3.0, "contrast": 4.0})


def test_each_text_is_encoded_once_and_in_one_order() -> None:
    encoder, again = Words(), Words()
    Meaning.of(pile([*TEXTS, TEXTS[0]]), encoder)
    Meaning.of(pile(TEXTS[::-1]), again)
    assert encoder.asked == again.asked == [sorted(TEXTS[:4])]


def test_the_column_speaks_within_one_language_that_the_model_knows() -> None:
    held = Meaning.of(pile(), Words())
    first, second = np.array([0, 0, 2]), np.array([1, 4, 3])
    assert held.told(first, second).tolist() == [True, False, True]
    assert held.cosines(first, second)[1] == 0.0
    found = np.array([0.3, 0.3, 0.3])
    assert held.moved(found, first, second)[1] == 0.3


def test_the_nearest_are_candidates() -> None:
    held = Meaning.of(pile(), Words())
    pairs = set(zip(*(column.tolist() for column in held.nearest), strict=True))
    assert {(0, 1), (2, 3)} <= pairs
    assert all(i < j for i, j in pairs)
    assert not any(4 in pair for pair in pairs)


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Meaning.of(pile(), Words())
    monkeypatch.setattr(meaning, "BLOCK", 2)
    parts = Meaning.of(pile(), Words())
    assert np.array_equal(whole.best, parts.best)
    assert all(np.array_equal(a, b) for a, b in zip(whole.nearest, parts.nearest, strict=True))


def test_an_empty_pile_and_texts_without_a_language() -> None:
    assert group([], encoder=Words()) == ()
    odd = [annotate(report_from_text(text)) for text in ("", "?", "12")]
    assert len(group(odd, encoder=Words())) == len({one.report.id for one in odd})


@pytest.mark.usefixtures("weighed")
def test_order_and_workers_tell_nothing() -> None:
    reports = [one.report for one in pile()]
    first = analyse(reports, given=Given(encoder=Words()), workers=1)
    random.Random(1).shuffle(reports)
    again = analyse(reports, given=Given(encoder=Words()), workers=2)
    assert to_json(first.dossiers) == to_json(again.dossiers)


def test_nothing_of_it_is_imported_without_the_option() -> None:
    code = (
        "import sys; import stemma.cli.pile;"
        "bad = {'torch', 'sentence_transformers', 'onnxruntime', 'model2vec', 'tokenizers'} & set(sys.modules);"
        "sys.exit(str(bad) if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
