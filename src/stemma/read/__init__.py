"""Reading: bytes to reports. What cannot be read is set aside with a reason; nothing is lost.

``read(paths)`` takes files, folders, globs, zip archives, "-" and web addresses the user names.
"""

from stemma.read.inputs import Reading, read
from stemma.read.text import report_from_text

__all__ = ["Reading", "read", "report_from_text"]
