"""An encoder of the user's choice as one more column of evidence: optional, local, never imported otherwise.

``load_encoder`` opens a model that lies on this machine. ``Meaning`` holds the vectors of a pile: it offers further candidate
pairs and moves the probability of a pair. What it cannot do is replace a span: no line rests on a vector alone.
"""

from stemma.semantic.encoder import Encoder, load_encoder
from stemma.semantic.meaning import Meaning

__all__ = ["Encoder", "Meaning", "load_encoder"]
