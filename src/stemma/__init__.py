"""Stemma reads a pile of news reports and gives back one sourced picture of what they tell."""

from stemma.read import read
from stemma.records import Dossier, Dossiers, Report
from stemma.run import analyse
from stemma.version import VERSION as __version__

__all__ = ["Dossier", "Dossiers", "Report", "__version__", "analyse", "read"]
