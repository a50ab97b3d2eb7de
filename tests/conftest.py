"""Fixtures that several folders of tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# A defect must fail the tests, not be set aside.
os.environ["STEMMA_TRACEBACK"] = "1"

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def examples() -> Path:
    """The piles about invented events."""
    return ROOT / "examples"
