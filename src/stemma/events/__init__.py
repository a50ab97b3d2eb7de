"""Events: what happened when, and who did what to whom."""

from stemma.events import rules as rules  # registers the rules that the reasons name
from stemma.events.interactions import find_interactions
from stemma.events.limits import left_out
from stemma.events.situation import describe_situation
from stemma.events.timeline import build_timeline

__all__ = ["build_timeline", "describe_situation", "find_interactions", "left_out"]
