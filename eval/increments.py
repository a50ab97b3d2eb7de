"""Increments on the dev sets of stories: a pile handed in in ten portions, against the same pile all at once.

    .venv/bin/python eval/increments.py [SET...] [--cache FOLDER]

For each set: BCubed F1 all at once and in portions (bar: at most 0.01 less), the share of story ids that survive the next portion
(bar: 0.95) and of all ids ever given that never ended, and pairs scored (the last portion against all at once). Portions are drawn at random
with a fixed seed: reports of one story come in anywhere, which is harder than by date. ``--cache`` keeps the annotated
reports between runs. Exit status 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from fit_stories import DATA, SETS, bcubed, reports

from stemma.collate import find_passages
from stemma.language import annotate
from stemma.records import Annotated, Story
from stemma.story.cluster import group
from stemma.story.features import profile
from stemma.story.former import changes_since, keep_ids
from stemma.story.increment import group_since, regroup

PORTIONS = 10
SEED = 7
SINGLE = 5  # reports left out in turn and handed in alone
LOSS = 0.01  # of F1 against all at once, the bar
SURVIVE = 0.95  # of ids, the bar


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--cache")
    options = parser.parse_args()
    if not DATA.exists():
        print(f"increments: skipped, {DATA} is not here")
        return 0
    print(
        "| set | at once | in portions | ids that never ended | from portion to portion | merged, split, ended | pairs scored for the last portion, and for one more report |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- |")
    fine = [measure(name, options.cache) for name in options.sets or SETS]
    return 0 if all(fine) else 1


def measure(name: str, cache: str | None) -> bool:
    """Print the row of one set; whether it meets both bars."""
    gold, pile = annotated(name, cache)
    at_once = f1(gold, group(pile, find_passages(pile)))
    ever: set[str] = set()
    ended: set[str] = set()
    steps, events = [], {"merged": 0, "split": 0, "ended": 0}
    former: tuple[Story, ...] = ()
    former_before = former
    for before, now in grown(pile):
        stories = keep_ids(group_since(now, find_passages(now), former), former)
        if before:
            alive = {story.id for story in stories}
            steps.append(sum(old.id in alive for old in former) / len(former))
            for change in changes_since(former, stories):
                if change.kind in events:
                    events[change.kind] += 1
                if change.kind == "ended":
                    ended.add(change.id)
        ever |= {story.id for story in stories}
        former_before, former = former, stories
    found = f1(gold, former)
    whole, last, one = scored(pile, former_before, former)
    alive_share = 1 - len(ended) / len(ever)
    print(
        f"| {name} | {at_once:.3f} | {found:.3f} | {alive_share:.3f} | {np.mean(steps):.3f} | {events} | {last:,} and {one:,} of {whole:,} |",
        flush=True,
    )
    return found >= at_once - LOSS and float(np.mean(steps)) >= SURVIVE


def annotated(name: str, cache: str | None) -> tuple[dict[str, str], list[Annotated]]:
    """The stories of a dev set by report, and its reports, annotated."""
    kept = Path(cache) / f"{name}.pkl" if cache else None
    if kept is not None and kept.exists():
        found: tuple[dict[str, str], list[Annotated]] = pickle.loads(kept.read_bytes())
        return found
    gold, pile = reports(name)
    done = sorted(map(annotate, pile), key=lambda one: one.report.id)
    if kept is not None:
        kept.write_bytes(pickle.dumps((gold, done)))
    return gold, done


def grown(pile: Sequence[Annotated]) -> Iterator[tuple[list[Annotated], list[Annotated]]]:
    """The pile after each portion, with what it was before."""
    ordered = sorted(pile, key=lambda one: one.report.id)
    random.Random(SEED).shuffle(ordered)
    ends = [round(len(ordered) * k / PORTIONS) for k in range(PORTIONS + 1)]
    for before, now in pairwise(ends):
        yield ordered[:before], ordered[:now]


def scored(pile: Sequence[Annotated], before: Sequence[Story], after: Sequence[Story]) -> tuple[int, int, int]:
    """Pairs scored for the whole pile at once, for its last portion, and (the mean over some) for one more report."""
    profiles = [profile(one) for one in pile]
    number = {one.report.id: k for k, one in enumerate(pile)}
    known = [[number[i] for i in story.reports] for story in before]
    rng = random.Random(SEED)
    single = []
    for left_out in rng.sample(range(len(pile)), SINGLE):
        rest = [[number[i] for i in story.reports if number[i] != left_out] for story in after]
        single.append(regroup(profiles, [], rest).scored)
    return regroup(profiles, [], []).scored, regroup(profiles, [], known).scored, round(float(np.mean(single)))


def f1(gold: dict[str, str], stories: Sequence[Story]) -> float:
    members = [report for story in stories for report in story.reports]
    number = {report: k for k, report in enumerate(members)}
    groups = [[number[i] for i in story.reports] for story in stories]
    return bcubed([gold[report] for report in members], groups)[2]


if __name__ == "__main__":
    sys.exit(main())
