"""Corrections: what the user knows better, kept in a file with who, when and why, and replayed on every run.

``read_corrections`` reads and checks the file, ``match`` finds the reports of a pile that it names, ``correct_reports``
applies what is said of one report. Stories, people and lineage take the matched corrections from there
(``story/constraints.py``, ``story/identity.py``, ``lineage``). ``outcomes`` says what became of each.
"""

from stemma.corrections.file import Entry, parse, read_corrections
from stemma.corrections.match import Matched, match
from stemma.corrections.outcome import outcomes
from stemma.corrections.reports import correct_reports
from stemma.corrections.rules import because, told

__all__ = ["Entry", "Matched", "because", "correct_reports", "match", "outcomes", "parse", "read_corrections", "told"]
