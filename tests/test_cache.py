"""Where compiled code is kept."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from stemma.cache import cache_folder


def test_compiled_code_is_kept_in_a_folder_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    kept = cache_folder("kernels", "0")
    assert kept is not None
    assert kept.is_relative_to(tmp_path / "cache")
    (tmp_path / "cache" / "stemma").chmod(0o777)  # anybody could have put code there
    elsewhere = cache_folder("kernels", "0")
    assert elsewhere is not None
    assert not elsewhere.is_relative_to(tmp_path / "cache")
    (elsewhere.parent).chmod(0o777)
    assert cache_folder("kernels", "0") is None
