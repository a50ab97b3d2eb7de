"""Why a line is there: its rules in plain words, how strongly each speaks, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stemma.errors import BadUsage
from stemma.reasons import describe
from stemma.records import Reason
from stemma.render.clean import clip, shown
from stemma.render.corrected import RULE
from stemma.render.evidence import Apparatus, Refs

MOST_REASONS = 8


@dataclass(frozen=True)
class Why:
    """One reason: the rule in plain words, how strongly it speaks (0 to 1), for or against, and where."""

    words: str
    detail: str
    score: str
    share: int
    against: bool
    refs: Refs


def make_reasons(book: Apparatus, reasons: tuple[Reason, ...]) -> list[Why]:
    """The reasons, the strongest first; those against are kept and say so. What a person corrected is shown elsewhere."""
    told = (one for one in reasons if one.rule != RULE)
    ordered = sorted(told, key=lambda r: (-abs(r.score), r.rule))[:MOST_REASONS]
    return [
        Why(
            words=rule_in_words(one.rule),
            detail=clip(shown(", ".join(v for v in one.values if _readable(v))), 120),
            score=f"{abs(one.score):.2f}",
            share=round(abs(one.score) * 10),
            against=one.score < 0,
            refs=book.refs(one.spans),
        )
        for one in ordered
    ]


def _readable(value: str) -> bool:
    """Whether a reason's value says something to a reader: not an id, an anchor's key or a bare number."""
    return (
        bool(value)
        and not re.fullmatch(r"[A-Z%]:\S+", value)
        and not value.replace(".", "").replace("-", "").isdigit()
        and not (len(value) >= 12 and " " not in value and any(c.isdigit() for c in value))
    )


def rule_in_words(name: str) -> str:
    """The rule's own sentence, or its name where the rule is not known to this version."""
    try:
        return describe(name)
    except (BadUsage, ImportError):
        return name
