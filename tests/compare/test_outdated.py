"""Which figures a later report has overtaken: cases in tests/cases/outdated.jsonl."""

from __future__ import annotations

from typing import Any

import pytest

from case_files import cases_in
from stemma.compare.outdated import outdated, versions_told

CASES = cases_in("outdated.jsonl")


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_figures_that_are_overtaken(case: dict[str, Any]) -> None:
    versions = versions_told(case["versions"])
    assert list(outdated(versions, case["grows"])) == case["outdated"]
    assert list(outdated(versions[::-1], case["grows"])) == case["outdated"][::-1]
