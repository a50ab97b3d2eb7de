"""What a corpus is made from: the files, and the settings that the tables depend on. Kept beside the tables, so that a run
that was stopped goes on only with what it began with."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from stemma.corpus.layout import Layout, write_whole
from stemma.corpus.windows import OVERLAP, WINDOW
from stemma.errors import BadUsage
from stemma.version import VERSION

SCHEMA = "stemma.corpus/1"


class Settings(Struct, frozen=True, kw_only=True):
    """What the tables depend on beside the inputs. ``language`` is the reader's, for the briefs; ``columns`` pairs our name
    of a column with the name it has in the tables read; ``window`` in reports and ``overlap`` in days: ``windows.py``."""

    language: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    window: int = WINDOW
    overlap: float = OVERLAP


class File(Struct, frozen=True):
    """One input: its name, its size in bytes, and when it was last written, in nanoseconds."""

    name: str
    size: int
    written: int


class Plan(Struct, frozen=True, kw_only=True):
    """A run's inputs and settings, and the version that makes it."""

    schema: str = SCHEMA
    version: str = VERSION
    settings: Settings
    files: tuple[File, ...]


def plan_of(files: Sequence[str], settings: Settings) -> Plan:
    """The plan for these files, sorted by name."""
    stats = [(name, os.stat(name)) for name in sorted(files)]
    return Plan(settings=settings, files=tuple(File(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats))


def begin(layout: Layout, plan: Plan) -> None:
    """Keep the plan, or check that it is the one that was begun with; ``BadUsage`` says what differs."""
    path = layout.folder / ".plan.json"
    if not path.exists():
        if layout.manifest.exists() or any(layout.folder.glob("*/part-*.parquet")):
            raise BadUsage(
                f"{layout.folder} holds tables that no run of this version began: choose another folder with -o"
            )
        write_whole(path, lambda to: Path(to).write_bytes(msgspec.json.encode(plan)))
        return
    try:
        begun = msgspec.json.decode(path.read_bytes(), type=Plan)
    except msgspec.DecodeError as error:
        raise BadUsage(f"{path} is not a plan of this version ({error}): choose another folder with -o") from error
    if begun != plan:
        raise BadUsage(
            f"{layout.folder} was begun with {_difference(begun, plan)}: give the same again, choose another folder "
            "with -o, or delete this one"
        )


def _difference(begun: Plan, plan: Plan) -> str:
    if begun.version != plan.version:
        return f"version {begun.version}, and this is {plan.version}"
    if begun.settings != plan.settings:
        names = [
            name for name in Settings.__struct_fields__ if getattr(begun.settings, name) != getattr(plan.settings, name)
        ]
        return f"other settings ({', '.join(names)})"
    changed = sorted({file.name for file in set(begun.files) ^ set(plan.files)})
    return (
        f"other inputs ({len(begun.files)} files; {', '.join(changed[:3])}{' ...' if len(changed) > 3 else ''} differ)"
    )
