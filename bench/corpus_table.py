"""The tables of ``./run bench corpus``: beside the aims, speed and memory, what was found."""

from __future__ import annotations

import math
from typing import Any

Row = dict[str, Any]

AT, LARGEST = "generated-100000", "generated-400000"  # the piles the aims are for
# what is asked for, from a list of str to passages or pairs, in one run
REPORTS_A_SECOND, GROWTH, BEYOND_MB, PEAK_MB = 8_000, 2.2, 1_024, 4_096
TIMES = {"rensa": 4, "datasketch": 15}


def text_of(measured: list[Row]) -> str:
    """All that the bench writes; ``measured`` by pile, then tool."""
    return "\n\n".join((
        _rows(["aim", "asked", "measured", ""], _aims(measured)),
        _rows(SPEED, [_speed(row, measured) for row in measured]),
        _found([row for row in measured if row.get("kinds")]),
    ))  # fmt: skip


def _rows(titles: list[str], rows: list[list[str]]) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _aims(measured: list[Row]) -> list[list[str]]:
    """A line for each aim whose pile and tools were run."""
    rows = {(row["tool"], row["name"]): row for row in measured}
    found: list[list[str]] = []
    ours = rows.get(("stemma", AT))
    if ours:
        rate = ours["size"] / ours["cpu"]
        found.append(_aim("100,000 reports: reports per processor second", rate, REPORTS_A_SECOND, "{:,.0f}"))
        found.append(_aim("100,000 reports: MB beyond the texts, at most", ours["beyond"], -BEYOND_MB, "{:,.0f}"))
    for tool, times in TIMES.items():
        peer = rows.get((tool, AT))
        if ours and peer:
            for clock, name in (("cpu", "processor seconds"), ("wall", "wall clock")):
                title = f"100,000 reports: times as fast as {tool}, by {name}"
                found.append(_aim(title, peer[clock] / ours[clock], times, "{:.1f}"))
    for tool, times in TIMES.items():
        same = [row for row in measured if row["tool"] == f"{tool}-reuse" and row["name"].startswith("gen")]
        for row in same[-1:]:
            title = f"{row['size']:,} reports: times as fast as {tool} set to find reuse, by processor seconds"
            found.append(_aim(title, row["cpu"] / rows["stemma", row["name"]]["cpu"], times, "{:.1f}"))
    large = rows.get(("stemma", LARGEST))
    for row in (ours, large):
        if row and (growth := _growth(row, measured)):
            title = f"processor seconds per doubling up to {row['size']:,} reports, at most"
            found.append(_aim(title, growth, -GROWTH, "{:.2f}"))
    if large:
        found.append(_aim("400,000 reports: MB, at most", large["peak"], -PEAK_MB, "{:,.0f}"))
    return found


def _aim(title: str, value: float, asked: float, form: str) -> list[str]:
    """``asked`` is below 0 where less is better."""
    met = value <= -asked if asked < 0 else value >= asked
    return [title, form.format(abs(asked)), form.format(value), "met" if met else "**not met**"]


SPEED = [
    "pile", "tool", "reports per processor second", "Stemma is faster, by processor seconds", "by wall clock", "processor s", "wall s",
    "load of the machine", "growth per doubling", "peak MB", "beyond the texts MB", "to load, s",
]  # fmt: skip


def _speed(row: Row, measured: list[Row]) -> list[str]:
    ours = next((one for one in measured if one["tool"] == "stemma" and one["name"] == row["name"]), None)
    growth = _growth(row, measured)
    return [
        f"{row['name']} ({row['size']:,})", row["tool"], f"{row['size'] / row['cpu']:,.0f}",
        *(f"{row[clock] / ours[clock]:.1f}×" if ours and ours is not row else "" for clock in ("cpu", "wall")),
        f"{row['cpu']:.1f}", f"{row['wall']:.1f}", _shown(row.get("load"), "{:.1f}"), _shown(growth, "{:.2f}"),
        f"{row['peak']:,.0f}", "streamed" if row.get("streamed") else _shown(row["beyond"], "{:,.0f}"),
        _shown(row.get("loaded"), "{:.1f}"),
    ]  # fmt: skip


def _found(judged: list[Row]) -> str:
    kinds = sorted({kind for row in judged for kind in row["kinds"]})
    titles = [
        "pile",
        "tool",
        "pair precision",
        "of two outlets",
        "pair recall",
        "character recall",
        "character precision",
    ]
    rows = []
    for row in judged:
        values = [row.get(key) for key in ("precision", "precision_apart", "recall", "chars_recall", "chars_precision")]
        values += [row["kinds"].get(kind) for kind in kinds]
        rows.append([f"{row['name']} ({row['size']:,})", row["tool"], *(_shown(value, "{:.3f}") for value in values)])
    return _rows([*titles, *(f"recall {kind}" for kind in kinds)], rows)


def _growth(row: Row, measured: list[Row]) -> float | None:
    """Processor time per doubling since the next smaller generated pile."""
    smaller = [
        one for one in measured
        if one["tool"] == row["tool"] and one["size"] < row["size"] and one["name"].startswith("gen") and row["name"] != "reuse"
    ]  # fmt: skip
    if not smaller:
        return None
    last = max(smaller, key=lambda one: one["size"])
    growth: float = (row["cpu"] / last["cpu"]) ** (1 / math.log2(row["size"] / last["size"]))
    return growth


def _shown(value: float | None, form: str) -> str:
    return "" if value is None else form.format(value)
