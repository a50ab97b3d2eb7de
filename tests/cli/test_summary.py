"""What the terminal calls a story that has no title."""

from __future__ import annotations

import pytest

from stemma.cli.summary import print_summary
from stemma.records import Dossier, Dossiers, Family, Made, Report, Stemma, Story


def _dossiers(title: str) -> Dossiers:
    texts = ("The old bridge at Tarnholm was closed on Tuesday. Nobody was hurt.", "Tarnholm closed its old bridge.")
    reports = tuple(Report(id=f"r{n}", text=text) for n, text in enumerate(texts))
    story = Story("s1", title, ("r0", "r1"), None, None, ("en",))
    families = (Family("f1", ("r0", "r1"), None, "unknown"),)
    dossier = Dossier(
        story=story,
        passages=(),
        lineage=(),
        stemma=Stemma((), ()),
        families=families,
        independent_at_most=1,
        brief=(),
        quotations=(),
        utterances=(),
        actors=(),
        statements=(),
        disagreements=(),
        timeline=(),
        interactions=(),
    )
    return Dossiers(
        reports=reports,
        made=Made("2026-03-06T09:00:00+00:00", "stemma 0"),
        dossiers=(dossier,),
    )


@pytest.mark.parametrize(
    ("title", "said"), [("", "The old bridge at Tarnholm was closed on Tuesday."), ("A bridge", "A bridge")]
)
def test_a_story_is_called_by_its_title_or_its_first_sentence(
    title: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_summary(_dossiers(title), None, "en", to_stderr=False)
    assert capsys.readouterr().out.splitlines()[0] == said
