"""Stories of a former run: read again, their ids kept by overlap, and what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from stemma.errors import BadUsage
from stemma.ids import content_id
from stemma.records import Story, StoryChange

WRITTEN_BY = "give the file that `stemma stories -o FILE.jsonl` or `stemma report --json FILE` wrote"


class _Held(msgspec.Struct, frozen=True):
    """A dossier, as far as it is needed here."""

    story: Story


class _Dossiers(msgspec.Struct, frozen=True):
    dossiers: tuple[_Held, ...]


def read_stories(path: str | Path) -> tuple[Story, ...]:
    """The stories that a former run wrote, as JSON Lines or inside the dossiers. Raises ``BadUsage`` where it is no such file."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise BadUsage(f"{path} cannot be read ({error.strerror}): check the name after --since") from error
    try:
        if data.lstrip()[:10].startswith(b'{"schema"'):
            return tuple(held.story for held in msgspec.json.decode(data, type=_Dossiers).dossiers)
        return tuple(msgspec.json.decode(line, type=Story) for line in data.splitlines() if line.strip())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadUsage(f"{path} holds no stories ({error}): {WRITTEN_BY}") from error


def keep_ids(stories: Iterable[Story], former: Sequence[Story]) -> tuple[Story, ...]:
    """The stories with the ids of the former ones whose reports they hold.

    Each id goes to one story: pairs of a story and a former one are gone through by how many reports they share, then by how
    much of both that is, then by id, so the answer depends on nothing else. A story without a former one has the id of its
    content; where that is already another story's (a part of a story can have its old content), one made from both.
    """
    ordered = sorted(stories, key=lambda story: story.reports)
    kept: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, old, number in sorted(_overlaps(ordered, former)):
        if number not in kept and old not in taken:
            kept[number] = old
            taken.add(old)
    found = []
    for number, story in enumerate(ordered):
        own = kept.get(number, story.id)
        if number not in kept and own in taken:
            own = content_id("s", "beside", own, *story.reports)
        found.append(replace(story, id=own))
    return tuple(sorted(found, key=lambda s: (-len(s.reports), s.id)))


def _overlaps(stories: Sequence[Story], former: Sequence[Story]) -> list[tuple[int, float, str, int]]:
    """(shared reports, negative; their share of all reports of both, negative; the former id; the story's number)."""
    where = _where(former)
    sizes = {old.id: len(old.reports) for old in former}
    found = []
    for number, story in enumerate(stories):
        for old, shared in Counter(old for report in story.reports for old in where.get(report, ())).items():
            found.append((-shared, -shared / (sizes[old] + len(story.reports) - shared), old, number))
    return found


def changes_since(former: Sequence[Story], stories: Sequence[Story]) -> tuple[StoryChange, ...]:
    """What became of the former stories, and where today's come from; a line for each story and for each id that ended."""
    where = _where(former)
    found = []
    for story in stories:
        sources = tuple(sorted({old for report in story.reports for old in where.get(report, ())}))
        if not sources:
            found.append(StoryChange(story.id, "new", (), story.reports))
        elif len(sources) > 1:
            found.append(StoryChange(story.id, "merged", sources, story.reports))
        else:
            found.append(StoryChange(story.id, "kept" if sources == (story.id,) else "split", sources, story.reports))
    alive = {story.id for story in stories}
    found += [StoryChange(old.id, "ended", (), old.reports) for old in former if old.id not in alive]
    return tuple(sorted(found, key=lambda change: change.id))


def _where(former: Sequence[Story]) -> dict[str, list[str]]:
    """Report -> the ids of the former stories that hold it (one, unless the file was put together by hand)."""
    where: dict[str, list[str]] = {}
    for story in sorted(former, key=lambda one: one.id):
        for report in story.reports:
            where.setdefault(report, []).append(story.id)
    return where
