"""What the terminal calls a story that has no title."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from stemma.cli.summary import print_summary
from stemma.read import report_from_text
from stemma.records import Dossiers
from stemma.run import analyse


def _dossiers(title: str) -> Dossiers:
    texts = ("The old bridge at Tarnholm was closed on Tuesday. Nobody was hurt.", "Tarnholm closed its old bridge.")
    found = analyse([report_from_text(text, id=f"r{n}") for n, text in enumerate(texts)], one_story=True, workers=1)
    (dossier,) = found.dossiers
    return replace(found, dossiers=(replace(dossier, story=replace(dossier.story, title=title)),))


@pytest.mark.parametrize(
    ("title", "said"), [("", "The old bridge at Tarnholm was closed on Tuesday."), ("A bridge", "A bridge")]
)
def test_a_story_is_called_by_its_title_or_its_first_sentence(
    title: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_summary(_dossiers(title), None, "en", to_stderr=False)
    assert capsys.readouterr().out.splitlines()[0] == said
