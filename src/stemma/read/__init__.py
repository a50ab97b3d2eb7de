"""Reading: bytes to reports. What cannot be read is set aside with a reason; nothing is lost.

``read(paths)`` takes files, folders, globs, zip archives, "-" and web addresses the user names; ``report_from_text``
makes a report of a text at hand; ``table`` writes and reads the CSV in which a user fills in outlets and dates.
"""

from stemma.read.inputs import Reading, read
from stemma.read.label import label
from stemma.read.limits import Limits
from stemma.read.text import report_from_text

__all__ = ["Limits", "Reading", "label", "read", "report_from_text"]
