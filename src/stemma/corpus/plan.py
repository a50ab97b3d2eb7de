"""What a corpus is made from: the files, and the settings that the tables depend on. Kept beside the tables, so that a run
that was stopped goes on only with what it began with."""

from __future__ import annotations

import glob
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from stemma.aliases import Alias
from stemma.corpus.layout import Layout, write_whole
from stemma.corpus.lock import locked
from stemma.corpus.windows import OVERLAP, WINDOW
from stemma.errors import BadUsage
from stemma.read.pieces import files_of
from stemma.read.rows import clean
from stemma.version import VERSION

SCHEMA = "stemma.corpus/1"


class Settings(Struct, frozen=True, kw_only=True):
    """What the tables depend on beside the inputs. ``language`` is the reader's, for the briefs; ``columns`` pairs our name
    of a column with the name it has in the tables read; ``aliases``: how the user calls actors (``stemma.aliases``);
    ``window`` in reports and ``overlap`` in days: ``windows.py``."""

    language: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    aliases: tuple[Alias, ...] = ()
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


def carry_out(
    paths: Iterable[str], folder: str | Path, settings: Settings | None, work: Callable[[Layout, Plan], None]
) -> dict[str, Any]:
    """Make the corpus of ``paths`` in ``folder`` by ``work``, or go on with one that was begun, or leave a finished one as it
    is; gives its manifest. Raises as ``corpus.build`` says."""
    layout, given = Layout(folder), list(paths)
    refuse_place(layout, given)
    plan = plan_of(files_of(given), settings or Settings())
    with locked(layout.folder):
        begin(layout, plan)
        if not layout.manifest.exists():
            layout.clear_halves()
            work(layout, plan)
        shutil.rmtree(layout.working, ignore_errors=True)
        return layout.read_manifest()


def plan_of(files: Sequence[str], settings: Settings) -> Plan:
    """The plan for these files, sorted by name."""
    return Plan(settings=settings, files=tuple(_file(name) for name in sorted(files)))


def _file(name: str) -> File:
    try:
        stat = os.stat(name)
    except OSError:  # a link to nowhere, a file that just went: set aside, with the reason, when it is read
        return File(name, 0, 0)
    return File(name, stat.st_size, stat.st_mtime_ns)


def refuse_place(layout: Layout, paths: Sequence[str]) -> None:
    """Raise ``BadUsage`` where the folder is inside of an input, so that the next run would read the tables as reports, or
    holds what no run of ``stemma corpus`` wrote. Hidden files do not count."""
    place = Path(os.path.realpath(layout.folder))
    for path in paths:
        names = [path] if os.path.exists(path) else glob.glob(path, recursive=True)
        folders = [Path(os.path.realpath(name)) for name in names if os.path.isdir(name)]
        if any(folder == place or folder in place.parents for folder in folders):
            raise BadUsage(
                f"{layout.folder} is inside {path}: its tables would be read as reports the next time; choose a folder "
                "elsewhere with -o"
            )
    found = sorted(one.name for one in place.iterdir() if not one.name.startswith(".")) if place.is_dir() else []
    if found and not _plan_file(layout).exists():
        raise BadUsage(
            f"{layout.folder} holds {clean(found[0])}, which no run of this version of stemma corpus wrote: choose a new "
            "or empty folder with -o"
        )


def _plan_file(layout: Layout) -> Path:
    return layout.folder / ".plan.json"


def begin(layout: Layout, plan: Plan) -> None:
    """Keep the plan, or check that it is the one that was begun with; ``BadUsage`` says what differs."""
    path = _plan_file(layout)
    # as it is kept: JSON has no name that is not text
    plan = replace(plan, files=tuple(replace(file, name=clean(file.name)) for file in plan.files))
    if not path.exists():
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
