"""What a person corrected: shown where it took effect, never folded away."""

from __future__ import annotations

from collections.abc import Iterable

from stemma.records import Reason
from stemma.render.clean import clip, shown
from stemma.render.days import in_words
from stemma.render.words import Words

RULE = "correction"  # its values: the kind, who, when, why, then what it names (stemma.corrections.rules)
LONGEST = 240  # letters of a person's reason: a sentence or two


def corrected(words: Words, reasons: Iterable[Reason]) -> list[str]:
    """ "corrected by Ida Holm, 16 May 2031: the agency told us", each once."""
    found = []
    for one in reasons:
        if one.rule == RULE and len(one.values) > 3:
            _, who, when, why, *_ = one.values
            said = words(
                "corrected.by", who=clip(shown(who), 60), when=in_words(when, words), why=clip(shown(why), LONGEST)
            )
            found.append(said)
    return list(dict.fromkeys(found))
