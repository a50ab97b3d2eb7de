"""Language: what one report's text holds, before it is compared with any other.

``annotate`` gives a report's sentences, words and anchors (names, numbers, dates, places ...).
"""

from stemma.language.annotate import annotate

__all__ = ["annotate"]
