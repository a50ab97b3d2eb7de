"""Lineage: which report derives from which, the unseen sources, the families and their standing."""

from stemma.lineage.tree import Tree, trace

__all__ = ["Tree", "trace"]
