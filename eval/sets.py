"""The table of what is measured: set, command, figures, and the bar each figure is held against.

A figure is a path into the JSON of ``score.py``; ``bar`` comes from the issue that asked for it, ``peer`` is the best simple
method measured before (``../shared/eval/README.md``). A figure marked ``lower`` is better when it is smaller.
"""

from __future__ import annotations

from typing import NamedTuple


class Figure(NamedTuple):
    path: str  # "by_marks.direct.exact.f1"
    bar: float | None = None
    peer: float | None = None
    lower: bool = False


class Set(NamedTuple):
    name: str
    task: str  # a task of score.py
    gold: str  # below ../shared/eval
    command: str  # of stemma
    figures: tuple[Figure, ...]
    prepare: str = ""  # "reuse", "reuse-untimed", "cases": how the input is made from the gold
    only: str = ""


def _stories(name: str, bar: float, peer: float) -> Set:
    figures = (
        Figure("bcubed.f1", bar, peer),
        Figure("bcubed.p"),
        Figure("bcubed.r"),
    )
    return Set(f"stories/{name}", "stories", f"stories/{name}.dev.jsonl", "stories", figures)


def _dates(name: str, bar: float | None) -> Set:
    return Set(
        f"dates/{name}",
        "dates",
        f"dates/{name}.dev.jsonl",
        "dates",
        (Figure("value.f1", bar), Figure("span_relaxed.f1")),
    )


_SLOTS = ("count", "money", "percent", "date", "weekday", "ordinal", "name", "role", "status", "negation")
_REUSE_KINDS = {
    "verbatim": 1.0,
    "light": 1.0,
    "cut": 1.0,
    "reorder": 1.0,
    "heavy": 0.99,
    "embed": 0.99,
    "merge": 0.99,
    "quote": 0.95,
}


def _quote_class(path: str, exact: float, token: float, speaker: float) -> tuple[Figure, ...]:
    return (
        Figure(f"{path}.exact.f1", exact),
        Figure(f"{path}.token.f1", token),
        Figure(f"{path}.speaker_end_to_end", speaker),
    )


SETS = (
    Set(
        "quotes/en",
        "quotes",
        "quotes/en_polnear.dev.jsonl",
        "quotes",
        (
            *_quote_class("by_marks.direct", 0.80, 0.97, 0.88),
            *_quote_class("by_marks.mixed", 0.52, 0.86, 0.72),
            *_quote_class("by_marks.indirect", 0.35, 0.68, 0.45),
            *_quote_class("all", 0.46, 0.81, 0.56),
            Figure("all.speaker_precision_explicit", 0.93),
        ),
    ),
    Set(
        "quotes/de",
        "quotes",
        "quotes/de_wikinews.dev.jsonl",
        "quotes",
        (
            *_quote_class("by_marks.direct", 0.82, 0.95, 0.68),
            *_quote_class("all", 0.40, 0.56, 0.34),
            Figure("all.token.p", 0.75),
            Figure("all.speaker_precision_explicit", 0.93),
        ),
    ),
    Set("quotes/cs", "quotes", "quotes/cs_adaq.dev.jsonl", "quotes", _quote_class("by_marks.direct", 0.90, 0.97, 0.72)),
    Set("quotes/ru", "quotes", "quotes/ru_adaq.dev.jsonl", "quotes", _quote_class("by_marks.direct", 0.86, 0.96, 0.68)),
    Set(
        "reuse",
        "reuse",
        "reuse",
        "passages",
        (
            *(Figure(f"by_kind.{kind}.pair_recall", bar) for kind, bar in _REUSE_KINDS.items()),
            Figure("pairs.p", 0.99, 0.869),
            Figure("chars.r", 0.995, 0.87),
            Figure("chars.p", 0.95, 0.72),
        ),
        prepare="reuse",
    ),
    Set(
        "lineage/reuse-times-known",
        "lineage",
        "reuse",
        "lineage",
        (
            Figure("edges.f1", 0.96, 0.938),
            Figure("undirected.f1", None, 0.974),
            Figure("sure_precision", 0.97),
            Figure("cycles", 0, lower=True),
        ),
        prepare="reuse",
    ),
    Set(
        "lineage/reuse-times-hidden",
        "lineage",
        "reuse",
        "lineage",
        (
            Figure("undirected.f1", 0.975, 0.973),
            Figure("edges.f1", 0.78, 0.719),
            Figure("sure_precision", 0.97),
            Figure("cycles", 0, lower=True),
        ),
        prepare="reuse-untimed",
    ),
    Set(
        "lineage/meantime",
        "lineage",
        "lineage/meantime_translations.dev.jsonl",
        "lineage",
        (Figure("undirected.r", 0.95), Figure("undirected.p"), Figure("cycles", 0, lower=True)),
    ),
    Set(
        "disagreements/planted",
        "disagreements",
        "disagreements/planted.dev.jsonl",
        "disagreements",
        (
            Figure("recall", None, 0.269),
            Figure("recall_clash", 0.60),
            Figure("by_where_it_is_stated.also in its own language.recall", 0.80, 0.343),
            Figure("by_where_it_is_stated.in other languages only.recall", 0.65, 0.0),
            *(Figure(f"by_slot.{slot}.recall", 0.40) for slot in _SLOTS),
            Figure("false_alarms_per_untouched_case.clash", 0.05, 0.015, lower=True),
            Figure("false_alarms_per_untouched_case.look", 0.5, None, lower=True),
        ),
        prepare="cases",
    ),
    _dates("en_te3", 0.80),
    _dates("en_meantime", 0.85),
    _dates("de_krauts", 0.75),
    _dates("el_wikiwars", 0.70),
    _dates("uk_wikiwars", 0.70),
    _dates("et_timeml", None),
    Set(
        "interactions/plover",
        "interactions",
        "interactions/plover.dev.jsonl",
        "interactions",
        (
            Figure("quad_precision_where_given", 0.75),
            Figure("coverage", 0.85, 0.96),
            Figure("quad_accuracy", None, 0.60),
            Figure("type_accuracy", 0.55, 0.35),
            Figure("type_precision_sure", 0.80),
            Figure("codes.f1", 0.70),
        ),
    ),
    _stories("ecbplus", 0.93, 0.911),
    _stories("giveme5w1h", 0.94, 0.911),
    _stories("basil", 0.98, 0.980),
    _stories("meantime", 0.97, 0.451),
    _stories("itn", 0.60, 0.491),
)
